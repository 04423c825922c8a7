"""The method from the first reading to an exported chart, through keys alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from textual.events import Key
from textual.pilot import Pilot
from textual.widgets import Static

from tests.tui.pilots import NORMAL, actions, message, opened
from tests.tui.waiting import until, words_of
from workbench.model.case import Case
from workbench.model.cell import Cell, CellExcerpt, CellQuote, CellState
from workbench.model.claim import Claim, ClaimCell, Role
from workbench.model.coding import Coding, Excerpt
from workbench.model.decision import Verb
from workbench.model.framework import Code, CodeState
from workbench.model.memo import Memo, MemoKind
from workbench.model.text import Passage
from workbench.stages import setup
from workbench.study.check import check_study
from workbench.study.file import open_study
from workbench.study.queries import decisions_on_kind
from workbench.tui.app import Workbench
from workbench.tui.dialogs import AskText, ChooseCode, ChooseFrom, Form, GiveReason, Report
from workbench.tui.dialogs.cell_quote import QuoteWords
from workbench.tui.reading.pane import ReadingPane

KYOTO = "The city opens a desk for foreign residents.\n\nThe desk answers in four languages.\n"
OSAKA = "The city may open a desk where the budget allows.\n\nNothing is said of languages.\n"

NAMES = {" ": "space", ".": "full_stop", "-": "minus"}


@dataclass(frozen=True)
class Hands:
    """Whoever sits at the keyboard, and looks at the screen before pressing the next key."""

    app: Workbench
    pilot: Pilot[None]

    async def until(self, come_about: Callable[[], bool]) -> None:
        """Wait until something holds, also on a machine that has much else to do."""
        await until(self.pilot, come_about, tries=500)

    async def press(self, *keys: str) -> None:
        """Press keys one after another."""
        await self.pilot.press(*keys)

    async def type(self, words: str, *keys: str) -> None:
        """Type words as fast as they come, then press keys."""
        for character in words:
            self.app.post_message(Key(NAMES.get(character, character), character))
        await self.press(*keys)

    async def asked(self, dialog: type[object], title: str = "") -> None:
        """Wait for a dialog with some words in its title."""
        await self.until(
            lambda: (
                isinstance(self.app.screen, dialog)
                and title in words_of(self.app.screen.query_one("#dialog-title", Static))
            ),
        )

    async def done(self, verb: Verb, count: int) -> None:
        """Wait until a verb stands so often in the log, with no dialog open any more."""
        await self.until(
            lambda: len(self.app.screen_stack) == 1 and actions(self.app).count(verb.label) == count,
        )

    async def told(self, words: str) -> None:
        """Wait until the message line says something."""
        await self.until(lambda: words in message(self.app))

    async def go(self, key: str, stage: str) -> None:
        """Press a key that leads to a stage."""
        await self.press(key)
        await self.at(stage)

    async def at(self, stage: str) -> None:
        """Wait until a stage is on the screen."""
        await self.until(lambda: self.app.current_mode == stage and len(self.app.screen_stack) == 1)
        await self.until(lambda: self.app.screen.focused is not None)

    async def selects(self, words: str, *, of: str = KYOTO) -> None:
        """Wait until some words of a text are selected."""
        start = of.index(words)
        await self.until(
            lambda: self.app.screen.query_one(ReadingPane).selection == Passage(start, start + len(words)),
        )


async def test_the_method_goes_from_the_first_reading_to_an_exported_chart_by_keys(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for city, content in (("kyoto", KYOTO), ("osaka", OSAKA)):
        (tmp_path / f"{city}.txt").write_text(content, encoding="utf-8")
    path = tmp_path / "desks.workbench"
    setup.new_study(path, title="Desks for foreign residents", coder="A. Mori").close()
    async with opened(path, size=NORMAL) as (app, pilot):
        hands = Hands(app, pilot)
        await documents_are_imported(hands)
        await texts_are_read(hands)
        await the_framework_is_built_and_released(hands)
        await passages_are_coded(hands)
        await hands.press("q")
    async with opened(path, size=NORMAL, stage="index") as (app, pilot):
        hands = Hands(app, pilot)
        await what_was_done_before_closing_is_undone(hands)
        await another_text_is_coded(hands)
        await cells_are_charted(hands)
        await the_definition_of_a_code_changes(hands)
        await a_claim_is_made(hands)
        await the_claim_is_walked_back_to_its_passages(hands)
        await the_chart_is_exported(hands)
        await the_history_tells_it(hands)
        await hands.press("q")
    study = open_study(path, coder="A. Mori", read_only=True)
    assert check_study(study) == []
    study.close()


async def documents_are_imported(hands: Hands) -> None:
    for count, city in enumerate(("Kyoto", "Osaka"), 1):
        await hands.press("I")
        await hands.asked(Form, "Import files")
        await hands.type(f"{city.lower()}.txt", "enter")
        await hands.type(city, "enter")
        await hands.type("en", "ctrl+s")
        await hands.asked(Report, "1 imported")
        await hands.press("escape")
        await hands.done(Verb.IMPORT_TEXTS, count)


async def texts_are_read(hands: Hands) -> None:
    await hands.press("home", "enter")
    await hands.until(lambda: isinstance(hands.app.focused, ReadingPane))
    await hands.press("shift+end")
    await hands.selects(KYOTO.splitlines()[0])
    await hands.press("n")
    await hands.asked(AskText, "Note on para. 1")
    await hands.type("A duty.", "ctrl+s")
    await hands.told("Note written.")
    await hands.press("i")
    await hands.asked(AskText, "Idea on para. 1")
    await hands.type("Desks", "ctrl+s")
    await hands.told("Idea written.")
    await hands.press("m")
    await hands.asked(ChooseFrom)
    await hands.press("enter")
    await hands.told("kyoto marked read.")
    written = {memo.kind: memo.content for memo in hands.app.study.all(Memo)}
    assert written == {MemoKind.NOTE: "A duty.", MemoKind.IDEA: "Desks"}


async def the_framework_is_built_and_released(hands: Hands) -> None:
    await hands.go("f3", "framework")
    await hands.press("t")
    await hands.asked(Form, "A new theme")
    await hands.type("Information", "ctrl+s")
    await hands.done(Verb.ADD_THEME, 1)
    await hands.press("a")
    await hands.asked(Form, "A new code under Information")
    await hands.type("Languages", "enter")
    await hands.type("Answers in several languages.", "ctrl+s")
    await hands.done(Verb.ADD_CODE, 1)
    await hands.press("i")
    await hands.asked(ChooseFrom, "Which idea becomes a code?")
    await hands.press("enter")
    await hands.asked(ChooseFrom, "Under which theme?")
    await hands.press("enter")
    await hands.asked(AskText, "Name of the code")
    await hands.press("enter")
    await hands.told("The idea is now a candidate code")
    await hands.until(lambda: "Desks" in said(hands, "#description"))
    await hands.press("c")
    await hands.asked(GiveReason, "Desks becomes active")
    await hands.type("Tried on both.", "enter")
    await hands.told("Desks is now active.")
    await hands.press("v")
    await hands.asked(GiveReason)
    await hands.type("First version.", "enter")
    await hands.until(lambda: hands.app.study.framework_version == 1)
    states = [(code.name, code.state) for code in hands.app.study.framework.ordered_codes()]
    assert states == [("Languages", CodeState.ACTIVE), ("Desks", CodeState.ACTIVE)]


async def passages_are_coded(hands: Hands) -> None:
    first, _, second = KYOTO.splitlines()
    await hands.go("f4", "index")
    await text_is_opened(hands, "kyoto")
    await hands.press("p")
    await hands.selects(first)
    await hands.press("a")
    await hands.asked(ChooseCode, "The city opens a desk")
    await hands.type("1.1 1.2", "enter")
    await hands.told("para. 1: 1.1 Languages + 1.2 Desks")
    await hands.press("escape", "ctrl+down", "s")
    await hands.selects(second)
    await hands.press("full_stop")
    await hands.told("para. 2: ")
    assert coded(hands) == {(first, "1.1"), (first, "1.2"), (second, "1.1"), (second, "1.2")}
    assert actions(hands.app)[-2:] == ["code passage", "code passage"]
    await hands.press("x")
    await hands.asked(ChooseFrom, "Uncode which?")
    await hands.type("Desks", "enter")
    await hands.told("Uncoded 1.2 Desks.")
    assert coded(hands) == {(first, "1.1"), (first, "1.2"), (second, "1.1")}
    await hands.press("u")
    await hands.told("uncode: 1.2 Desks")
    assert coded(hands) == {(first, "1.1"), (first, "1.2"), (second, "1.1"), (second, "1.2")}


async def text_is_opened(hands: Hands, document: str) -> None:
    await hands.press("o")
    await hands.asked(ChooseFrom)
    await hands.type(document, "enter")
    await hands.until(
        lambda: (
            len(hands.app.screen_stack) == 1
            and words_of(hands.app.screen.query_one("#text-title", Static)).startswith(document)
        ),
    )


def coded(hands: Hands) -> set[tuple[str, str]]:
    study = hands.app.study
    return {
        (study.get(Excerpt, each.excerpt_id).quote, study.framework.number(study.get(Code, each.code_id)))
        for each in study.all(Coding)
    }


async def what_was_done_before_closing_is_undone(hands: Hands) -> None:
    first, _, second = KYOTO.splitlines()
    await hands.at("index")
    await hands.press("u")
    await hands.told("Undone: decision")
    assert coded(hands) == {(first, "1.1"), (first, "1.2")}
    await hands.press("U")
    await hands.told("Done again: decision")
    assert (second, "1.2") in coded(hands)
    await hands.press("ctrl+home", "ctrl+down", "x")
    await hands.asked(ChooseFrom, "Uncode which?")
    await hands.type("Desks", "enter")
    await hands.told("Uncoded 1.2 Desks.")
    assert coded(hands) == {(first, "1.1"), (first, "1.2"), (second, "1.1")}
    assert actions(hands.app)[-4:] == ["undo", "undo", "redo", "uncode"]


async def another_text_is_coded(hands: Hands) -> None:
    await text_is_opened(hands, "osaka")
    await hands.press(*["ctrl+shift+right"] * 3, "shift+end")
    await hands.selects(OSAKA.splitlines()[0], of=OSAKA)
    await hands.press("a")
    await hands.asked(ChooseCode)
    await hands.type("1.2", "enter")
    await hands.told("para. 1: 1.2 Desks")
    assert (OSAKA.splitlines()[0], "1.2") in coded(hands)


async def cells_are_charted(hands: Hands) -> None:
    await hands.go("f5", "chart")
    await hands.press("enter")
    await summary_is_written(hands, "Four languages.", 1)
    await hands.press("space")
    await hands.told("The cell rests on the excerpt.")
    await hands.press("down", "space")
    await hands.done(Verb.LINK_EXCERPTS, 2)
    await hands.press("i")
    await hands.asked(QuoteWords)
    await hands.press("enter")
    await hands.told("The quote is in the cell")
    await hands.press("s")
    await hands.asked(ChooseFrom, "Which status?")
    await hands.press("enter")
    await hands.told("Status: Yes.")
    await hands.press("c")
    await hands.told("The cell is charted.")
    await hands.press(*["right_square_bracket"] * 3)
    await summary_is_written(hands, "Only where money allows.", 2)
    await hands.press("space")
    await hands.done(Verb.LINK_EXCERPTS, 3)
    await hands.press("escape")
    kyoto, osaka = cells(hands)
    assert (kyoto.summary, kyoto.state) == ("Four languages.", CellState.CHARTED)
    assert (osaka.summary, osaka.state) == ("Only where money allows.", CellState.DRAFT)
    assert [quote.content for quote in hands.app.study.all(CellQuote)] == [KYOTO.splitlines()[2]]


def cells(hands: Hands) -> list[Cell]:
    """List the cells that were written, in the order of their cases."""
    study = hands.app.study
    return sorted(study.all(Cell), key=lambda cell: study.get(Case, cell.case_id).position)


async def summary_is_written(hands: Hands, words: str, count: int) -> None:
    await hands.press("e")
    await hands.until(lambda: hands.app.screen.focused is not None)
    await hands.type(words, "ctrl+s")
    await hands.done(Verb.WRITE_CELL, count)


async def the_definition_of_a_code_changes(hands: Hands) -> None:
    await hands.go("f3", "framework")
    await hands.press("slash")
    await hands.asked(ChooseFrom, "Go to which theme or code?")
    await hands.type("Languages", "enter")
    await hands.until(lambda: len(hands.app.screen_stack) == 1)
    await hands.press("e")
    await hands.asked(Form, "Code 1.1 Languages")
    await hands.press("enter")
    await hands.type(" Spoken ones.", "ctrl+s")
    await hands.asked(GiveReason)
    await hands.type("Forms count elsewhere.", "enter")
    await hands.told("The code is changed")
    await hands.go("f5", "chart")
    await hands.press("ctrl+home")
    kyoto = cells(hands)[0]
    assert (kyoto.state, kyoto.stale_cause) == (
        CellState.STALE,
        "The definition of 1.1 Languages changed.",
    )
    await hands.press("y")
    await hands.asked(GiveReason, "The cell is stale.")
    await hands.type("They are spoken.", "enter")
    await hands.told("The cell is reviewed, unchanged.")
    assert hands.app.study.get(Cell, kyoto.id).state is CellState.REVIEWED
    assert hands.app.study.decisions(latest=1)[0].reason == "They are spoken."


async def a_claim_is_made(hands: Hands) -> None:
    await hands.go("f6", "interpret")
    await hands.press("a")
    await hands.asked(ChooseFrom, "What kind of claim?")
    await hands.type("association", "enter")
    await hands.asked(Form, "A new claim: association")
    await hands.type("Desks speak", "enter")
    await hands.type("A desk that is opened speaks.", "ctrl+s")
    await hands.done(Verb.MAKE_CLAIM, 1)
    await hands.until(lambda: hands.app.screen.has_class("-reading"))
    for count, (key, city) in enumerate((("l", "Kyoto"), ("n", "Osaka")), 1):
        await hands.press(key)
        await hands.asked(ChooseFrom, "Which cells")
        await hands.type(city, "tab", "enter")
        await hands.done(Verb.LINK_EVIDENCE, count)
    links = {link.cell_id: link.role for link in hands.app.study.all(ClaimCell)}
    kyoto, osaka = cells(hands)
    assert links == {kyoto.id: Role.SUPPORTS, osaka.id: Role.CONTRADICTS}
    assert [claim.title for claim in hands.app.study.all(Claim)] == ["Desks speak"]


async def the_claim_is_walked_back_to_its_passages(hands: Hands) -> None:
    first = KYOTO.splitlines()[0]
    await hands.press("escape")
    await hands.until(lambda: not hands.app.screen.has_class("-reading"))
    await hands.press("enter", "enter")
    await hands.at("index")
    await hands.selects(first)
    await hands.go("escape", "interpret")
    await hands.press("up", "enter")
    await hands.at("chart")
    await hands.until(lambda: hands.app.screen.has_class("-cell"))
    await hands.press("enter")
    await hands.at("index")
    await hands.selects(first)
    await hands.go("escape", "chart")
    await hands.go("escape", "interpret")


async def the_chart_is_exported(hands: Hands) -> None:
    await hands.go("f5", "chart")
    await hands.press("x")
    await hands.asked(ChooseFrom, "Export which chart?")
    await hands.press("enter")
    await hands.asked(ChooseFrom, "As which format?")
    await hands.type("md", "enter")
    await hands.asked(AskText, "Write the chart to which file?")
    await hands.press("enter")
    await hands.told("Wrote ")
    written = (hands.app.path.parent / "information.md").read_text(encoding="utf-8")
    for words in ("Four languages.", "Only where money allows.", "Languages", "Desks", "Kyoto", "Osaka"):
        assert words in written
    assert str(hands.app.study.head.count) in written


async def the_history_tells_it(hands: Hands) -> None:
    study = hands.app.study
    await hands.go("f7", "history")
    await hands.until(lambda: f"{study.head.count} decisions" in said(hands, "#wanted"))
    await hands.press("slash")
    await hands.asked(AskText, "Decisions with which words?")
    await hands.type("Forms count elsewhere.", "enter")
    await hands.until(lambda: said(hands, "#wanted").startswith("1 decision "))
    for words in ("Answers in several languages.", "Spoken ones.", "Forms count elsewhere."):
        assert words in said(hands, "#changed")
    done = actions(hands.app)
    counts = {Verb.CODE_PASSAGE: 3, Verb.UNCODE: 2, Verb.UNDO: 2, Verb.REDO: 1, Verb.CLEAR_STALE: 1}
    assert {verb: done.count(verb.label) for verb in counts} == counts
    assert {decision.coder for decision in study.decisions()} == {"A. Mori"}
    assert len(study.all(CellExcerpt)) == 3
    assert decisions_on_kind(study, "claim")


def said(hands: Hands, selector: str) -> str:
    return words_of(hands.app.screen.query_one(selector, Static))
