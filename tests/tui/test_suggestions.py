"""The screen of suggestions: chosen code, passage in context, reasons, answers and their undoing."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from textual.pilot import Pilot

from tests.tui.conftest import VISION, add_text, shown
from tests.tui.pilots import NORMAL, WIDE, actions, message, opened, press, settle, type_in
from tests.tui.test_goldens import hold
from tests.tui.waiting import until
from workbench.language.reasons import Reason
from workbench.language.suggesting import Offer
from workbench.model.coding import Coding, Excerpt
from workbench.model.suggestion import METHOD, Answer, Basis, Suggestion
from workbench.model.text import Passage, Text
from workbench.stages import familiarise, framework, text_versions
from workbench.study.file import open_study
from workbench.tui.app import Workbench
from workbench.tui.stages.index import IndexScreen
from workbench.tui.stages.suggestion_bounds import moved
from workbench.tui.stages.suggestion_lines import reasons
from workbench.tui.stages.suggestions import SuggestionsScreen

SCHOOLS = "\n\n".join(
    f"School {number} has a room. Interpreters visit school {number}. It opens at nine."
    for number in range(1, 7)
)


@pytest.fixture
def cued(small: Path) -> Path:
    with open_study(small, coder="A. Mori") as study:
        add_text(study, "schools.txt", SCHOOLS, case="Hamamatsu")
        for text in study.all(Text):
            familiarise.record_progress(study, text.id, stopped_at=5, furthest=5)
            if text.file_name in ("vision.txt", "schools.txt") and text.language != "en":
                text_versions.describe_text(study, text.id, language="en")
        framework.edit_code(
            study, "interpreters", cues=["interpreter", "通訳"], excluding=["nine"], reason="to be suggested"
        )
    return small


def screen_of(app: Workbench) -> SuggestionsScreen:
    assert isinstance(app.stage_screen, SuggestionsScreen)
    return app.stage_screen


async def ranked(pilot: Pilot[None], app: Workbench) -> SuggestionsScreen:
    """Wait until a ranking is at an end and drawn."""
    await until(pilot, lambda: bool(screen_of(app).asked.code_id), tries=400)
    await until(pilot, lambda: not screen_of(app).under_way and screen_of(app).offers is not None, tries=400)
    await settle(pilot)
    return screen_of(app)


async def begin(pilot: Pilot[None], app: Workbench, code: str = "1.1") -> SuggestionsScreen:
    await press(pilot, "c")
    await type_in(pilot, code)
    await press(pilot, "enter")
    return await ranked(pilot, app)


@pytest.mark.parametrize("size", [NORMAL, WIDE])
async def test_a_suggestion_stands_lit_in_its_text_with_reasons_beside_it(
    cued: Path, size: tuple[int, int]
) -> None:
    async with opened(cued, coder="B. Sato", stage="suggestions", size=size) as (app, pilot):
        assert "Press c to choose the code" in shown(app)
        screen = await begin(pilot, app)
        assert "1.1 Interpreters: none answered yet" in shown(app)
        assert "+ cue “" in shown(app)
        await until(pilot, lambda: "█" in "".join(shown(app).splitlines()[4:13]))
        hold(f"suggestions-{size[0]}x{size[1]}", shown(app))
        assert screen.offers is not None
        assert screen.offers.open == screen.offers.units


async def test_answers_are_decisions_and_are_offered_again_once_undone(cued: Path) -> None:
    async with opened(cued, coder="B. Sato", stage="suggestions") as (app, pilot):
        first = (await begin(pilot, app)).offer
        assert first is not None
        await press(pilot, "a")
        second = (await ranked(pilot, app)).offer
        assert actions(app)[-2:] == ["suggest code", "accept suggestion"]
        assert [d.coder for d in app.study.decisions()[-2:]] == [METHOD, "B. Sato"]
        [coding] = app.study.all(Coding)
        [made] = app.study.all(Suggestion)
        excerpt = app.study.get(Excerpt, coding.excerpt_id)
        assert (coding.suggestion, coding.coder) == (made.id, "B. Sato")
        assert (excerpt.text_id, excerpt.passage) == (first.text_id, first.passage)
        assert "by cues 1 of 1 right" in shown(app)
        assert second is not None
        assert (second.text_id, second.passage) != (first.text_id, first.passage)
        await press(pilot, "x")
        await ranked(pilot, app)
        assert "by cues 1 of 2 right" in shown(app)
        await press(pilot, "u")
        again = (await ranked(pilot, app)).offer
        assert again == second
        await press(pilot, "u")
        assert (await ranked(pilot, app)).offer == first
        assert app.study.count(Coding) == 0
        assert {each.answer for each in app.study.all(Suggestion)} == {Answer.OPEN}


async def test_what_is_put_off_comes_back_when_asked_for(cued: Path) -> None:
    async with opened(cued, coder="B. Sato", stage="suggestions") as (app, pilot):
        first = (await begin(pilot, app)).offer
        assert first is not None
        await press(pilot, "l")
        other = (await ranked(pilot, app)).offer
        assert other is not None
        assert other.passage != first.passage
        assert "1 put off" in shown(app)
        await press(pilot, "w")
        back = await ranked(pilot, app)
        assert back.offers is not None
        assert (first.text_id, first.passage) in [(o.text_id, o.passage) for o in back.offers.offers]
        await press(pilot, "X")
        await type_in(pilot, "about rooms")
        await press(pilot, "enter")
        await ranked(pilot, app)
        assert [(s.answer, s.note) for s in app.study.all(Suggestion, order="at")][-1][1] == "about rooms"


async def test_bounds_and_code_can_be_changed_before_accepting(cued: Path) -> None:
    async with opened(cued, coder="B. Sato", stage="suggestions") as (app, pilot):
        screen = await begin(pilot, app)
        offer = next(
            place
            for place, each in enumerate(screen.offers.offers if screen.offers else ())
            if each.passage.end - each.passage.start == len("Interpreters visit school 1.")
        )
        for _ in range(offer):
            await press(pilot, "n")
        assert screen.offer is not None
        whole = screen.offer.passage
        await press(pilot, "b", "e")
        assert screen.passage is not None
        assert (screen.passage.start, screen.passage.end) == (whole.start - 21, whole.end + 18)
        await press(pilot, "B", "E")
        assert screen.passage == whole
        await press(pilot, "B")
        assert "cannot begin later" in message(app)
        await press(pilot, "e", "o")
        await type_in(pilot, "1.2")
        await press(pilot, "enter")
        await ranked(pilot, app)
        [coding] = app.study.all(Coding)
        excerpt = app.study.get(Excerpt, coding.excerpt_id)
        assert (coding.code_id, excerpt.end) == ("printed", whole.end + 18)
        assert app.study.all(Suggestion)[0].answer is Answer.OTHER_CODE
        assert "by cues 0 of 1 right" in shown(app)


async def test_the_code_at_the_cursor_is_suggested_for_and_enter_leads_to_the_text(cued: Path) -> None:
    async with opened(cued, stage="framework") as (app, pilot):
        await press(pilot, "down", "P")
        await until(pilot, lambda: isinstance(app.stage_screen, SuggestionsScreen))
        screen = await ranked(pilot, app)
        assert screen.asked.code_id == "interpreters"
        await press(pilot, "enter")
        await until(pilot, lambda: isinstance(app.stage_screen, IndexScreen))
        await press(pilot, "escape")
        await until(pilot, lambda: isinstance(app.stage_screen, SuggestionsScreen))
        assert screen.offer is not None


async def test_paragraphs_are_suggested_too_and_an_empty_code_says_what_to_do(cued: Path) -> None:
    async with opened(cued, coder="B. Sato", stage="suggestions") as (app, pilot):
        await begin(pilot, app)
        await press(pilot, "s")
        screen = await ranked(pilot, app)
        assert "paragraphs" in shown(app)
        assert screen.offers is not None
        assert screen.offers.units < 20
        await press(pilot, "left")
        assert "no other suggestion" in message(app)
        await begin(pilot, app, "2.1")
        assert screen.offers.offers == () or screen.offers.offers[0].drawn


async def test_a_study_open_for_reading_is_ranked_and_not_answered(cued: Path) -> None:
    async with opened(cued, coder="B. Sato", stage="suggestions", read_only=True) as (app, pilot):
        screen = await begin(pilot, app)
        assert screen.offer is not None
        await press(pilot, "a")
        assert "reading only" in message(app)
        assert app.study.count(Coding) == 0


def test_bounds_stay_inside_the_text() -> None:
    for start, end in ((0, 5), (0, len(VISION)), (20, 60), (len(VISION) - 5, len(VISION))):
        for edge in ("begin", "end"):
            for earlier in (True, False):
                new = moved(VISION, "en", Passage(start, end), edge, earlier)
                assert new is None or (0 <= new.start < new.end <= len(VISION) and new != Passage(start, end))


def test_a_passage_that_is_like_is_named_by_its_place() -> None:
    coded = Reason("alike", "", Passage(3, 9), 412, excerpt_id="e1", text_id="t1")
    against = replace(coded, against=True)
    offer = Offer("t1", Passage(20, 30), Basis.LEARNED, 500, 1, False, "", 3, (coded, against))
    said = reasons(offer, lambda text_id, passage: f"{text_id}, {passage.start}").plain
    assert "+ 41 % like t1, 3\n" in said
    assert said.endswith("− 41 % like t1, 3, rejected")
