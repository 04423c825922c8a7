"""The worked example: a study built from the teaching corpus by the same functions an analyst uses."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from workbench.errors import StudyFileError
from workbench.exchange.codebook import read_codebook
from workbench.stages.setup import new_study
from workbench.stages.worked_steps import Building
from workbench.study.study import Study

TITLE = "Worked example: measures for foreign residents (composed for teaching)"


def corpus_folder() -> Path:
    """Find the teaching corpus: inside the package where it was installed, beside it in a checkout."""
    package = Path(__file__).resolve().parents[1]
    for folder in (package / "corpus", package.parent / "corpus"):
        if (folder / "register.csv").is_file():
            return folder
    raise StudyFileError("The teaching corpus is not installed.", do="Install the program anew.")


def build_example(
    path: Path, *, coder: str, second_framework: bool = True, progress: Callable[[str], None] = lambda _: None
) -> None:
    """Build the worked example as a new study file; leaves none behind where anything goes wrong.

    `second_framework` puts the kinds of local citizenship beside the measures, over the same passages.
    """
    corpus = corpus_folder()
    codebook = corpus.parent / "codebook.yaml"
    progress("Reading the codebook")
    book = read_codebook(codebook.name, codebook.read_bytes())
    study = new_study(path, title=TITLE, coder=coder, codebook=book)
    try:
        _work_through(study, Building(study, corpus), second_framework, progress)
    except BaseException:
        study.close()
        path.unlink(missing_ok=True)
        raise
    study.close()


def _work_through(
    study: Study, building: Building, second_framework: bool, progress: Callable[[str], None]
) -> None:
    """Do every stage in one transaction, since nobody waits for the single decisions."""
    steps: list[tuple[str, Callable[[], None]]] = [
        ("Naming the cases", building.name_cases),
        ("Importing the documents", building.import_documents),
        ("Marking the texts as read", building.read_everything),
        ("Agreeing on key terms", building.take_glossary),
        ("Describing and linking the translations", building.describe_translations),
        ("Releasing the framework", building.release),
        ("Indexing", lambda: building.index_passages("codings.csv")),
        ("Writing memos", building.write_memos),
        ("Checking translations", building.verify_translations),
        ("Recording searches in vain", lambda: building.record_searches("searches.csv")),
        ("Charting", lambda: building.chart_cells("cells.csv")),
        ("Writing footnotes", lambda: building.write_footnotes("footnotes.csv")),
        ("Making claims", building.make_claims),
        ("Importing the national index", lambda: building.import_index("national-index.csv")),
        ("Saving charts", lambda: building.save_charts("charts.csv")),
    ]
    if second_framework:
        name = "citizenship"
        steps += [
            ("Applying the second framework", lambda: building.apply_framework(f"{name}.yaml")),
            ("Indexing by it", lambda: building.index_passages(f"{name}-codings.csv")),
            ("Recording its searches in vain", lambda: building.record_searches(f"{name}-searches.csv")),
            ("Charting it", lambda: building.chart_cells(f"{name}-cells.csv")),
            ("Writing its footnotes", lambda: building.write_footnotes(f"{name}-footnotes.csv")),
            ("Saving its charts", lambda: building.save_charts(f"{name}-charts.csv")),
        ]
    coder = study.coder
    with study.transaction():
        for label, step in steps:
            progress(label)
            step()
        study.coder = coder
