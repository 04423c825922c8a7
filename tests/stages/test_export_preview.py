"""What a preview tells is what the export then holds."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.exchange.held import SECRET, build_held
from tests.exchange.test_redaction import words_of_file
from workbench.cli import main
from workbench.errors import WrongUsage
from workbench.exchange.charts import FORMATS as CHARTS
from workbench.model.coding import Excerpt
from workbench.model.text import Passage, Text
from workbench.sources import read_bytes
from workbench.stages import chart, index, register
from workbench.stages.audit import export_bundle
from workbench.stages.export_preview import PREVIEWS, preview_export
from workbench.stages.history import undo
from workbench.stages.importing import ImportPlan, importing
from workbench.stages.redaction import add_redaction
from workbench.study.study import Study

CODERS = ("A. Mori", "J. Berg", "N. Ito")


@pytest.fixture
def held(study: Study) -> Study:
    """Give a study in which one coder writes, another codes in passing, and a third only removes."""
    build_held(study)
    text, code = study.all(Text)[0], study.framework.ordered_codes()[0]
    study.coder = "J. Berg"
    index.code_passage(study, text.id, Passage(40, 56), [code.id])
    study.coder = "N. Ito"
    for coding in index.code_passage(study, text.id, Passage(57, 70), [code.id]):
        index.uncode(study, coding.id)
    return study


EXPORTS = {
    "chart": [f"chart -o out.{format}" for format in CHARTS],
    "picture": ["picture statuses -o out.svg"],
    "memos": ["memos -o out.md", "memos -o out.json"],
    "codebook": ["framework export -o out.yaml"],
    "log": ["log export -o out.jsonl", "log export -o out.md"],
    "report": ["log report -o out.html"],
    "checklist": ["checklist --kind=srqr -o out.md"],
    "bundle": ["log export -o out"],
}


@pytest.mark.parametrize("kind", EXPORTS)
def test_whom_an_export_names_stands_in_its_preview(
    held: Study, tmp_path: Path, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = preview_export(held, kind)
    monkeypatch.chdir(tmp_path)
    named: set[str] = set()
    for place, command in enumerate(EXPORTS[kind]):
        words = command.split()
        at = words.index("-o")
        verbs = [word for word in words[:at] if word in ("framework", "export", "log", "report")]
        rest = words[len(verbs) : at] if verbs else words[1:at]
        output = f"{place}-{words[-1]}"
        assert main([*(verbs or words[:1]), str(held.path), *rest, "-o", output]) == 0
        files = (
            [Path(output)] if Path(output).is_file() else [f for f in Path(output).rglob("*") if f.is_file()]
        )
        content = "\n".join(map(words_of_file, files)).replace("\\", "")
        named |= {name for name in CODERS if name in content}
    assert named == set(told.coders)


def test_a_chart_counts_the_excerpts_behind_its_cells_once(held: Study) -> None:
    told = preview_export(held, "chart")
    assert (list(told.documents.values()), told.excerpts) == ([1], 1)
    case, code = held.all(chart.CellExcerpt)[0].cell_id.split(".")
    other = next(one.id for one in held.all(Excerpt) if one.start == 40)
    chart.link_excerpts(held, case, code, [other])
    assert preview_export(held, "chart").excerpts == 2


def test_the_log_tells_of_what_was_removed(held: Study) -> None:
    told = preview_export(held, "log")
    assert (told.excerpts, told.counts["excerpts ever made"]) == (2, 3)


@pytest.mark.parametrize("is_redacted", [False, True])
def test_a_bundle_tells_of_the_originals_that_are_in_it(
    held: Study, tmp_path: Path, is_redacted: bool
) -> None:
    page = b"<p>The desk answers.</p><p>Nobody is named.</p>"
    for name, data in (("a.txt", b"Nobody is named.\n"), ("b.html", page), ("c.txt", SECRET.encode())):
        with importing(held, ImportPlan(case="Tanaka ward", language="en")) as run:
            run.add(name, data, read_bytes(name, data))
    if is_redacted:
        add_redaction(held, SECRET, reason="Asked for.")
    told = preview_export(held, "bundle")
    written = export_bundle(held, tmp_path / "audit")
    files = list((tmp_path / "audit" / "1-raw-data" / "originals").iterdir())
    assert (told.counts["whole texts"], told.redactions) == (4, int(is_redacted))
    assert told.counts["original files"] == len(files) == (1 if is_redacted else 4)
    assert told.counts["original files withheld"] == written.bundled.withheld == (3 if is_redacted else 0)


def test_places_are_counted_in_what_a_bundle_holds_and_in_no_part_of_it(
    held: Study, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = f"{SECRET} and {SECRET} and {SECRET}.".encode()
    with importing(held, ImportPlan(case="Tanaka ward", language="en")) as run:
        run.add("c.txt", data, read_bytes("c.txt", data))
    undo(held)
    add_redaction(held, SECRET, reason="Asked for.")
    export_bundle(held, tmp_path / "audit")
    assert ", 2 places in texts and " in (tmp_path / "audit" / "README.md").read_text("utf-8")
    assert main(["memos", str(held.path), "-o", str(tmp_path / "memos.md")]) == 0
    told = capsys.readouterr().err + (tmp_path / "memos.md").read_text("utf-8")
    assert "Redacted: 1 term blacked out" in told
    assert "in texts" not in told


def test_a_name_too_short_to_be_found_is_told(held: Study) -> None:
    held.coder = "Li"
    register.add_case(held, "Osaka")
    assert "Li is too short" not in preview_export(held, "log").brief()
    told = preview_export(held, "log", pseudonyms=True)
    assert told.brief().endswith("Li is too short to be looked for in what coders wrote.")
    assert ("note", "Li is too short to be looked for in what coders wrote.") in list(told.lines())


@pytest.mark.parametrize("kind", PREVIEWS)
@pytest.mark.parametrize("format", ["table", "json", "csv"])
def test_every_preview_is_printed(
    study: Study, kind: str, format: str, capsys: pytest.CaptureFixture[str]
) -> None:
    build_held(study)
    assert main(["export-preview", str(study.path), kind, "--format", format]) == 0
    assert capsys.readouterr().out


def test_an_unknown_kind_is_wrong_usage(study: Study) -> None:
    with pytest.raises(WrongUsage, match="no export fax"):
        preview_export(study, "fax")
