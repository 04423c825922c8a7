"""Foreign names on the terminal: nothing that a terminal would obey or hide."""

from __future__ import annotations

import csv
import io
import json
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from tests.cli.conftest import Run
from workbench.cli.output import put_json, put_rows
from workbench.model.case import Case
from workbench.model.decision import Verb
from workbench.study.file import open_study

HOSTILE = "Ky\x1b[2Jo\u202eto\u200b\x07\x9b31m[bold]x[/bold]\r\x85"


def _raw(output: str) -> list[str]:
    return [
        character
        for character in output
        if character != "\n" and unicodedata.category(character) in ("Cc", "Cf", "Cs", "Zl", "Zp")
    ]


@pytest.fixture
def hostile(done: Run, path: Path, tmp_path: Path) -> Path:
    """Make a study whose every name is hostile, as one that this program has not named."""
    file = tmp_path / "evil\x1b]0;x\x07\u202e.txt"
    file.write_text("Text with \x1b[31m and \u202e inside.\nNext\x9bline.", encoding="utf-8")
    with open_study(path, coder=HOSTILE) as study:
        case = Case("hostile", HOSTILE.strip(), 1, {HOSTILE.strip(): HOSTILE.strip()})
        study.decide(Verb.ADD_CASE, "case:hostile", put=[case])
    done("import", path, file, "--case", HOSTILE.strip())
    key = json.loads(done("documents", path, "--format", "json").out)[0]["document"]
    done("document", "edit", path, key, "--set", f"title={HOSTILE}")
    done("memo", "add", path, HOSTILE, "--text", key, "--range", "0:12")
    done("memo", "add", path, HOSTILE, "--on", "study", "--reason", HOSTILE)
    return path


@pytest.mark.parametrize(
    "words",
    [
        ("cases",),
        ("documents",),
        ("documents", "--fields", "all"),
        ("texts",),
        ("memos",),
        ("excerpts",),
        ("log", "show"),
        ("history", f"case:{HOSTILE}"),
        ("as-of", "5", "documents"),
        ("case", "edit", "x" + HOSTILE),
        ("text", HOSTILE),
    ],
)
def test_no_control_or_bidi_character_reaches_the_terminal(
    workbench: Run, hostile: Path, words: tuple[str, ...]
) -> None:
    place = 2 if words[0] in ("log", "case") else 1
    result = workbench(*words[:place], hostile, *words[place:])
    assert _raw(result.out) == []
    assert _raw(result.err) == []
    assert result.out or result.status


def test_unknown_options_are_shown_safely(workbench: Run, path: Path) -> None:
    result = workbench("cases", path, f"--{HOSTILE}")
    assert result.status == 2
    assert _raw(result.err) == []


def test_a_printed_text_keeps_its_lines_and_marks_the_rest(done: Run, hostile: Path) -> None:
    identifier = json.loads(done("texts", hostile, "--format", "json").out)[0]["id"]
    assert done("text", hostile, identifier).out == (
        "Text with <U+001B>[31m and <U+202E> inside.\nNext<U+009B>line.\n"
    )


def test_json_is_the_data_itself_without_raw_controls(done: Run, hostile: Path) -> None:
    printed = done("cases", hostile, "--format", "json").out
    assert json.loads(printed)[0]["name"] == HOSTILE.strip()
    assert _raw(printed) == []


@given(st.dictionaries(st.text(), st.lists(st.text())))
def test_every_string_survives_json(value: dict[str, list[str]]) -> None:
    out = io.StringIO()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sys.stdout", out)
        put_json(value)
    assert json.loads(out.getvalue()) == value


@pytest.mark.parametrize("formula", ["=1+1", "+1", "-1", "@SUM(A1)", "＝1", " =1", "\t=1"])
def test_csv_holds_no_live_formula(formula: str, capsys: pytest.CaptureFixture[str]) -> None:
    put_rows(["words", formula], [{"words": formula, formula: "1"}], "csv")
    cells = [cell for row in csv.reader(io.StringIO(capsys.readouterr().out, newline="")) for cell in row]
    assert [cell[0] for cell in (cells[1], cells[2])] == ["'", "'"]


def test_csv_holds_no_control_character(done: Run, hostile: Path) -> None:
    for words in (("cases",), ("documents", "--fields", "all"), ("memos",), ("excerpts",)):
        assert _raw(done(words[0], hostile, *words[1:], "--format", "csv").out) == []


def test_table_columns_line_up_in_terminal_cells(done: Run, path: Path) -> None:
    done("case", "add", path, "浜松市", "--set", "region=東海")
    done("case", "add", path, "Ward", "--set", "region=x")
    lines = done("cases", path).out.splitlines()
    assert lines[1].split("浜松市")[1].startswith("          0  region")
    assert lines[2].split("Ward")[1].startswith("            0  region")


def test_a_wide_table_gives_way_to_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    out = Terminal()
    monkeypatch.setattr("sys.stdout", out)
    monkeypatch.setenv("COLUMNS", "40")
    put_rows(["id", "words"], [{"id": "e1", "words": "浜松市" * 30}, {"id": "e2", "words": "short"}], "table")
    lines = out.getvalue().splitlines()
    assert max(cell_len(line) for line in lines) <= 40
    assert lines[1].endswith("…")
    assert lines[2] == "e2  short"


def test_column_heads_are_made_visible(capsys: pytest.CaptureFixture[str]) -> None:
    for format in ("table", "csv", "json"):
        put_rows(["a\x1bb"], [{"a\x1bb": "x"}], format)
        assert "\x1b" not in capsys.readouterr().out
