"""Names that hide something are refused; names that look like another need a reason."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.tui.pilots import message, opened, press, settle, type_in
from workbench.cli import main
from workbench.errors import ReasonMissing, Refused
from workbench.model.case import Case
from workbench.model.framework import Code
from workbench.model.likeness import hidden_in, look_alike, without_hidden
from workbench.sources import read_bytes
from workbench.stages import framework
from workbench.stages.coding_changes import code_in_vivo
from workbench.stages.importing import ImportPlan, importing
from workbench.stages.register import add_case, edit_case
from workbench.study.study import Study

ALIKE = [
    ("Access", "Аccess"),  # a Cyrillic capital
    ("Access", "Ａccess"),
    ("口コミ", "ロコミ"),
    ("データ", "ﾃﾞｰﾀ"),
    ("office", "oﬀice"),
    ("Right to vote", "Right to  vote"),
    ("Vote", "vote"),
    ("café", "cafe\u0301"),
]
APART = [("Vote", "Vote"), ("Type I", "Type II"), ("Type 1", "Type 2"), ("人権", "人種"), ("نص", "نس")]
HIDING = ["a\u202eb", "a\u200bb", "a\x1b[31m", "a\nb", "a\tb", "a\U000e0041", "\ufeffa", "e" + "\u0301" * 20]


@pytest.mark.parametrize(("one", "other"), ALIKE)
def test_names_that_are_drawn_alike_look_alike(one: str, other: str) -> None:
    assert look_alike(one, other)
    assert look_alike(other, one)


@pytest.mark.parametrize(("one", "other"), APART)
def test_names_that_tell_apart_do_not_look_alike(one: str, other: str) -> None:
    assert not look_alike(one, other)


@given(st.text() | st.text("a e\u0301\u200b\u202e\t\n"))
def test_no_name_looks_like_itself_and_nothing_stays_hidden(name: str) -> None:
    assert not look_alike(name, name)
    assert hidden_in(without_hidden(name)) == ""


def test_letters_of_every_script_are_seen() -> None:
    for name in ("نامه\u200cای", "עברית", "हिन्दी", "日本語", "葛\U000e0100城", "👩\u200d👧"):
        assert hidden_in(name) == ""


@pytest.mark.parametrize("name", HIDING)
def test_names_with_hidden_characters_are_refused_everywhere(study: Study, name: str) -> None:
    theme = framework.add_theme(study, "Theme")
    before = study.head.count
    for make in (
        lambda: framework.add_theme(study, name, reason="why"),
        lambda: framework.add_code(study, theme.id, name, reason="why"),
        lambda: add_case(study, name, reason="why"),
    ):
        with pytest.raises(Refused, match="cannot be seen: <"):
            make()
    with pytest.raises(Refused, match="cannot be seen"), importing(study, ImportPlan(case=name)) as run:
        run.add("a.txt", b"words", read_bytes("a.txt", b"words"))
    assert study.head.count == before


def test_a_name_that_looks_like_another_needs_a_reason(study: Study) -> None:
    theme = framework.add_theme(study, "Theme")
    code = framework.add_code(study, theme.id, "Access")
    with pytest.raises(ReasonMissing, match="would look like Access"):
        framework.add_code(study, theme.id, "Аccess")
    made = framework.add_code(study, theme.id, "Аccess", reason="It is the Russian word.")
    assert study.decision(study.head.count).reason == "It is the Russian word."
    assert [each.id for each in study.all(Code)] == [code.id, made.id]
    case = add_case(study, "Kyoto")
    with pytest.raises(ReasonMissing, match="would look like Kyoto"):
        add_case(study, "Ｋyoto")
    assert edit_case(study, case.id, name="KYOTO").name == "KYOTO", "a case is not held against itself"


def test_a_code_in_vivo_is_named_without_what_is_hidden_in_the_text(study: Study) -> None:
    theme = framework.add_theme(study, "Theme")
    data = "ab\u200bcd\u202e ef".encode()
    with importing(study, ImportPlan()) as run:
        run.add("a.txt", data, read_bytes("a.txt", data))
    from workbench.model.text import Passage, Text

    text = study.all(Text)[0]
    coding = code_in_vivo(study, text.id, Passage(0, text.characters), theme.id)
    assert study.get(Code, coding.code_id).name == "abcd ef"
    assert study.get(Code, coding.code_id).examples == ("ab\u200bcd\u202e ef",)


def test_an_import_says_that_a_case_looks_like_another(study: Study) -> None:
    add_case(study, "Kyoto")
    with importing(study, ImportPlan(case="Ｋyoto")) as run:
        run.add("a.txt", b"words", read_bytes("a.txt", b"words"))
        run.add("b.txt", b"other", read_bytes("b.txt", b"other"))
    assert run.reports[0].notes[-1] == "The case Ｋyoto looks like the case Kyoto."
    assert run.reports[1].notes == ()
    assert [case.name for case in study.all(Case, order="position")] == ["Kyoto", "Ｋyoto"]


def test_the_command_line_says_it_and_takes_a_reason(
    study: Study, capsys: pytest.CaptureFixture[str]
) -> None:
    add_case(study, "Kyoto")
    study.close()
    assert main(["case", "add", str(study.path), "KYOTO", "--as", "A"]) == 3
    assert "would look like Kyoto" in capsys.readouterr().err
    assert main(["case", "add", str(study.path), "KYOTO", "--as", "A", "--reason", "Two of them."]) == 0
    assert main(["case", "add", str(study.path), "Osaka", "--as", "A\u202e"]) == 3
    assert "name of the coder holds a character that cannot be seen: <U+202E>" in capsys.readouterr().err


async def test_the_screen_asks_for_the_reason(
    study: Study, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    add_case(study, "Kyoto")
    study.close()
    async with opened(study.path) as (app, pilot):
        await press(pilot, "C")
        await type_in(pilot, "KYOTO")
        await press(pilot, "enter")
        assert "would look like Kyoto" in app.screen._title
        await type_in(pilot, "two")
        await press(pilot, "enter")
        await settle(pilot)
        assert message(app) == "Case KYOTO added."
        assert app.study.decision(app.study.head.count).reason == "two"
