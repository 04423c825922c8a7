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
from workbench.stages import chart, index
from workbench.stages.export_preview import PREVIEWS, preview_export
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


def test_a_bundle_tells_of_originals_and_of_what_is_blacked_out(held: Study) -> None:
    add_redaction(held, SECRET, reason="Asked for.")
    told = preview_export(held, "bundle")
    assert (told.counts["whole texts"], told.counts["original files"], told.redactions) == (1, 1, 1)
    assert "withheld" in told.notes[1]
    assert told.brief().endswith("; 1 term blacked out.")


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
