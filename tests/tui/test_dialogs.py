from __future__ import annotations

from typing import Any

import pytest
from textual.app import App
from textual.pilot import Pilot
from textual.screen import ModalScreen

from tests.tui.pilots import press, settle, type_in
from workbench.model.framework import Code, CodeState, Framework, Theme
from workbench.tui.dialogs import AskText, Choice, ChooseCode, ChooseFrom, Confirm, Field, Form, GiveReason
from workbench.tui.dialogs.choose_code import Query
from workbench.tui.dialogs.code_finder import CodeFinder
from workbench.tui.widgets.entry import signs

HOSTILE = "a\x1b[31m\u202eb [red]x[/red]"
FRAMEWORK = Framework(
    [Theme("t1", None, 1, "Language"), Theme("t2", None, 2, "Rights"), Theme("t3", "t2", 1, "Votes")],
    [
        Code("a", "t1", 1, "Interpreters at school", cues=("通訳",)),
        Code("b", "t1", 2, "Printed languages"),
        Code("c", "t3", 1, "School boards"),
        Code("d", "t2", 11, "Eleventh"),
        Code("z", "t2", 12, "Gone", state=CodeState.RETIRED),
    ],
)


class Stage(App[None]):
    """An empty app to show dialogs over."""


async def answer(dialog: ModalScreen[Any], *keys: str, words: str = "", after: tuple[str, ...] = ()) -> Any:
    answers: list[Any] = []
    async with Stage().run_test(size=(80, 24)) as pilot:
        await pilot.app.push_screen(dialog, answers.append)
        await settle(pilot)
        await press(pilot, *keys)
        await type_in(pilot, words)
        await press(pilot, *after)
    assert len(answers) == 1, "the dialog is still open"
    return answers[0]


def lines(pilot: Pilot[None]) -> str:
    strips = pilot.app.screen._compositor.render_strips()
    return "\n".join("".join(segment.text for segment in strip) for strip in strips)


async def test_words_typed_are_answered_and_escape_answers_none() -> None:
    assert await answer(AskText("Name"), words="Sendai", after=("enter",)) == "Sendai"
    assert await answer(AskText("Name"), words="Sendai", after=("escape",)) is None


async def test_several_lines_are_saved_with_their_line_ends() -> None:
    assert await answer(AskText("Note", multiline=True), "a", "enter", "b", "ctrl+s") == "a\nb"


async def test_an_empty_answer_is_taken_only_where_nothing_is_required() -> None:
    assert await answer(AskText("Note", required=False), "enter") == ""
    assert await answer(AskText("Note"), "enter", words="x", after=("enter",)) == "x"


async def test_a_reason_of_blanks_is_not_taken() -> None:
    assert await answer(GiveReason("Remove it"), "space", "enter", words="why", after=("enter",)) == " why"


@pytest.mark.parametrize(("key", "yes"), [("y", True), ("enter", True), ("n", False), ("escape", False)])
async def test_a_question_is_answered_by_one_key(key: str, yes: bool) -> None:
    assert await answer(Confirm("Really?"), key) is yes


async def test_one_row_is_chosen_after_narrowing() -> None:
    rows = [Choice("1", "Kawasaki", "city"), Choice("2", "Sendai", "city"), Choice("3", "Osaka", "city")]
    assert await answer(ChooseFrom("Which?", rows), words="sen", after=("enter",)) == ["2"]


async def test_several_rows_are_ticked_and_answered_in_their_own_order() -> None:
    rows = [Choice(str(n), f"row {n}", chosen=n == 1) for n in range(4)]
    chosen = await answer(ChooseFrom("Which?", rows, multiple=True), "end", "pagedown", "tab", "enter")
    assert chosen == ["1", "3"]


async def test_a_form_answers_every_field_and_keeps_hidden_characters_as_they_are() -> None:
    fields = [Field("name", "Name", HOSTILE), Field("note", "Note", "two\nlines", multiline=True)]
    assert await answer(Form("Case", fields), "ctrl+s") == {"name": HOSTILE, "note": "two\nlines"}


@pytest.mark.parametrize(
    "dialog",
    [
        AskText(HOSTILE, value=HOSTILE),
        AskText(HOSTILE, value=HOSTILE, multiline=True),
        GiveReason(HOSTILE),
        Confirm(HOSTILE),
        ChooseFrom(HOSTILE, [Choice("1", HOSTILE, HOSTILE)]),
        Form(HOSTILE, [Field("a", HOSTILE, HOSTILE)]),
        ChooseCode(
            Framework([Theme("t", None, 1, HOSTILE)], [Code("c", "t", 1, HOSTILE, HOSTILE)]), title=HOSTILE
        ),
    ],
    ids=lambda dialog: type(dialog).__name__,
)
async def test_foreign_words_reach_no_terminal_as_commands_nor_markup(dialog: ModalScreen[Any]) -> None:
    async with Stage().run_test(size=(80, 24)) as pilot:
        await pilot.app.push_screen(dialog)
        await settle(pilot)
        screen = lines(pilot)
        assert "\x1b" not in screen
        assert "\u202e" not in screen
        assert "[red]x[/red]" in screen


async def test_a_code_is_chosen_by_its_number_with_or_without_dots() -> None:
    assert await answer(ChooseCode(FRAMEWORK), words="2.1.1", after=("enter",)) == ["c"]
    assert await answer(ChooseCode(FRAMEWORK), words="12", after=("enter",)) == ["b"]


async def test_several_codes_are_named_by_number_and_the_last_by_words() -> None:
    assert await answer(ChooseCode(FRAMEWORK), words="12 1.1 school bo", after=("enter",)) == ["b", "a", "c"]


async def test_tab_adds_the_code_under_the_cursor_and_goes_on() -> None:
    assert await answer(ChooseCode(FRAMEWORK), "down", "tab", "down", "enter", words="") == ["b"]
    assert await answer(ChooseCode(FRAMEWORK), "down", "tab", words="elev", after=("enter",)) == ["b", "d"]


async def test_words_that_fit_no_code_are_said_and_nothing_is_chosen() -> None:
    assert await answer(ChooseCode(FRAMEWORK), words="zzz", after=("enter", "escape")) is None


async def test_the_code_used_last_is_offered_first() -> None:
    assert await answer(ChooseCode(FRAMEWORK, ["c"]), "enter") == ["c"]


async def test_a_single_code_is_chosen_where_only_one_is_asked_for() -> None:
    assert await answer(ChooseCode(FRAMEWORK, single=True), words="1.2", after=("enter",)) == ["b"]


def test_a_number_that_two_codes_could_mean_without_dots_picks_neither() -> None:
    themes = [Theme("t1", None, 1, "One"), Theme("t11", None, 11, "Eleven")]
    framework = Framework(themes, [Code("a", "t1", 11, "A"), Code("b", "t11", 1, "B")])
    assert Query("111 ", framework).picked == []
    assert [code.id for code in Query("1.11 ", framework).picked] == ["a"]


def test_a_retired_code_is_never_picked() -> None:
    assert Query("2.12 ", FRAMEWORK).picked == []


def test_codes_are_ranked_number_first_then_name_then_cue() -> None:
    codes = FRAMEWORK.ordered_codes()
    assert [code.id for code in CodeFinder(FRAMEWORK, codes).ranked("school")] == ["c", "a"]
    assert [code.id for code in CodeFinder(FRAMEWORK, codes).ranked("通訳")] == ["a"]
    assert CodeFinder(FRAMEWORK, codes).ranked("1.2")[0].id == "b"


def test_hidden_characters_are_drawn_as_one_sign_each_so_that_positions_hold() -> None:
    assert len(signs(HOSTILE)) == len(HOSTILE)
    assert signs(HOSTILE) == "a␛[31m\N{REPLACEMENT CHARACTER}b [red]x[/red]"
    assert signs("平文") == "平文"
