"""A text and its translation side by side: level, linked with single keys, coded on either side."""

from __future__ import annotations

import random
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from textual.pilot import Pilot

from tests.tui.conftest import add_framework, add_text, add_translation, shown
from tests.tui.pilots import NORMAL, WIDE, actions, message, opened, press, type_in
from tests.tui.test_goldens import hold
from tests.tui.waiting import until
from workbench.model import identity
from workbench.model.coding import Coding, Excerpt
from workbench.model.decision import Verb
from workbench.model.link_map import Hand
from workbench.model.text import Passage, PlaceMap, Text
from workbench.model.translation import Link, LinkState
from workbench.stages import index
from workbench.stages.linking import (
    Proposed,
    Run,
    confirm_links,
    link_stretches,
    pair_for_run,
    record_run,
    remainder,
)
from workbench.stages.verification import Method, Verdict, verify_translation
from workbench.study.file import create_study, open_study
from workbench.study.places import bytes_of_places
from workbench.study.study import Study
from workbench.study.translation_queries import links_between
from workbench.tui.app import Workbench
from workbench.tui.dialogs import ChooseFrom, Confirm, Report
from workbench.tui.dialogs.progress import Progress
from workbench.tui.stages.parallel import ParallelScreen

BROAD = (140, 40)
SIZES = pytest.mark.parametrize("size", [NORMAL, BROAD], ids=["80", "140"])
ARTICLES = 12
JA = "".join(
    f"第{number}条　市は、{word}を尊重する。市長は、{word}について意見を聞くことができる。\n"
    for number, word in enumerate(("人権", "共生", "言語", "教育", "医療", "住宅") * 2, 1)
)
EN = "".join(
    f"Article {number}. The city shall respect {word}, in every ward and in all that its offices do for "
    f"anybody who lives, works or learns there. The mayor may ask for opinions on {word}.\n"
    for number, word in enumerate(
        ("human rights", "living together", "language", "school", "care", "homes") * 2, 1
    )
)


def unit(text: str, number: int) -> Passage:
    """Find a sentence of one of the texts by its number, from 0."""
    from workbench.language.units import sentences

    return sentences(text, "ja" if text is JA else "en")[number]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a study of a text and its translation: sentence by sentence linked, but for some."""
    path = tmp_path_factory.mktemp("pair") / "pair.workbench"
    study = create_study(path, title="Pair", coder="A. Mori")
    source = add_text(study, "law.txt", JA, case="Hamamatsu")
    target = add_translation(study, source, "law-en.txt", EN, language="en")
    add_text(study, "else.txt", "Something else.\n")
    add_framework(study)
    cut = pair_for_run(study, source.id, target.id)
    assert len(cut.source_units) == len(cut.target_units) == 2 * ARTICLES
    left_out = {3, 9}
    found = tuple(
        Proposed(
            (n,), (n,), "numbers" if n % 2 == 0 else "length", 950 if n % 5 else 620, ("both have a number",)
        )
        for n in range(2 * ARTICLES)
        if n not in left_out
    )
    record_run(study, cut, Run(found, "test-1", 900, ("Only the source has Art. 40.",)))
    study.close()
    return path


@pytest.fixture
def pair(made: Path, tmp_path: Path) -> Path:
    """Give a study of one's own."""
    return Path(shutil.copy(made, tmp_path / "pair.workbench"))


def texts(study: Study) -> tuple[Text, Text]:
    held = {text.file_name: text for text in study.all(Text)}
    return held["law.txt"], held["law-en.txt"]


def links(study: Study) -> list[Link]:
    source, target = texts(study)
    return links_between(study, source.id, target.id)


async def side_by_side(app: Workbench, pilot: Pilot[None]) -> ParallelScreen:
    """Open the pair from the index screen and wait until its sentences are known."""
    await press(pilot, "o")
    await type_in(pilot, "law")
    await press(pilot, "enter", "L")
    await until(pilot, lambda: _screen(app) is not None and _screen(app).linked is not None)  # type: ignore[union-attr]
    screen = _screen(app)
    assert screen is not None
    assert screen.linked is not None
    await until(pilot, lambda: screen.linked is not None and screen.linked.left is not None)
    if screen.hand is Hand.TARGET:
        await press(pilot, "tab")
    await press(pilot, "ctrl+home")
    return screen


def _screen(app: Workbench) -> ParallelScreen | None:
    return app.stage_screen if isinstance(app.stage_screen, ParallelScreen) else None


def heights(screen: ParallelScreen) -> tuple[int, int]:
    """Give the rows of the two lit stretches, counted from the top of their panes."""
    assert screen.lit
    source, target = (
        screen.pane_of(hand).rows.row_of(hand.stretch(screen.lit[0]).start)
        - screen.pane_of(hand).rows_in_view.start
        for hand in Hand
    )
    return source, target


@SIZES
async def test_both_texts_are_shown_and_what_is_linked_stays_level(pair: Path, size: tuple[int, int]) -> None:
    async with opened(pair, stage="index", size=size) as (app, pilot):
        screen = await side_by_side(app, pilot)
        sides = [screen.pane_of(hand).region for hand in Hand]
        assert (sides[0].y == sides[1].y) == (size == BROAD)
        assert (sides[0].x == sides[1].x) == (size == NORMAL)
        drawn = shown(app)
        assert "第1条　市は、人権を尊重する。" in drawn
        assert "Article 1. The city shall respect" in drawn
        for _ in range(8):
            await press(pilot, "alt+down")
        assert heights(screen)[0] == heights(screen)[1]
        await press(pilot, "tab", "alt+down", "alt+down")
        assert heights(screen)[0] == heights(screen)[1]
        assert screen.hand is Hand.TARGET
        await press(pilot, "pagedown")
        rows = screen.pane_of(Hand.SOURCE).rows
        view = screen.pane_of(Hand.SOURCE).rows_in_view
        assert screen.linked is not None
        beside = rows.row_of(screen.linked.beside(Hand.TARGET, screen.pane.cursor))
        assert beside in view


async def test_scrolling_without_the_cursor_leads_the_other_side_along(pair: Path) -> None:
    async with opened(pair, stage="index", size=NORMAL) as (app, pilot):
        screen = await side_by_side(app, pilot)
        source, target = screen.pane_of(Hand.SOURCE), screen.pane_of(Hand.TARGET)
        target.scroll_to(y=20, animate=False)
        await press(pilot)
        assert target.rows_in_view.start == 20
        assert source.rows_in_view.start > 3
        assert (source.cursor, target.cursor) == (0, 0)
        assert screen.hand is Hand.SOURCE


async def test_the_link_under_the_cursor_is_lit_on_both_sides_and_told_below(pair: Path) -> None:
    with open_study(pair, coder="B. Sato") as study:
        _, target = texts(study)
        verify_translation(
            study,
            target.id,
            unit(EN, 0),
            reader="K. Sato",
            method=Method.SECOND_READER,
            verdict=Verdict.SOUND,
        )
    async with opened(pair, stage="index", size=BROAD) as (app, pilot):
        screen = await side_by_side(app, pilot)
        drawn = shown(app).replace("\n", " ")
        assert "proposed by numbers, 620 per mille · 第1条第1項, para. 1 ↔ Art. 1(1), para. 1" in drawn or (
            "proposed by numbers, 620 per mille · 第1条, para. 1 ↔ Art. 1, para. 1" in drawn
        )
        assert "checked: sound by second reader" in " ".join(drawn.split())
        lit = [line for line in shown(app).splitlines() if "?>" in line]
        assert lit
        await press(pilot, "r")
        assert isinstance(app.screen, Report)
        report = shown(app)
        assert "because: both have a number" in report
        assert "sound by second reader, K. Sato" in report
        assert "! Only the source has Art. 40." in report
        await press(pilot, "escape")
        await press(pilot, "alt+down", "alt+down", "alt+down")
        assert screen.lit == []
        assert "linked to nothing" in shown(app)


async def test_what_is_not_linked_is_marked_and_its_share_told(pair: Path) -> None:
    async with opened(pair, stage="index", size=NORMAL) as (app, pilot):
        screen = await side_by_side(app, pilot)
        source, target = texts(app.study)
        for one, other, words in ((source, target, "untranslated"), (target, source, "only here")):
            share = 100 * float(remainder(app.study, one.id, other.id).share)
            assert f"{share:.1f} % {words}" in shown(app)
        await press(pilot, "right_parenthesis")
        assert screen.pane.selection == unit(JA, 3)
        assert message(app) == "1 of 2 parts linked to nothing. 2 parts on the other side."
        assert "!" in {line.strip()[:1] for line in shown(app).splitlines()}
        await press(pilot, "right_parenthesis")
        assert screen.pane.selection == unit(JA, 9)
        await press(pilot, "left_parenthesis", "N")
        assert "stands alone" in message(app)
        assert [link.is_whole for link in links(app.study) if link.state is LinkState.MENDED] == [False]
        await press(pilot, "right_parenthesis")
        assert message(app) == "1 of 1 part linked to nothing. 2 parts on the other side."


async def test_sentences_at_both_cursors_are_linked_confirmed_and_unlinked(pair: Path) -> None:
    async with opened(pair, stage="index", size=NORMAL) as (app, pilot):
        screen = await side_by_side(app, pilot)
        await press(pilot, "right_parenthesis", "escape", "tab")
        assert screen.hand is Hand.TARGET
        assert screen.pane.unit_around(screen.pane.cursor).overlaps(unit(EN, 3))
        tops = [screen.pane_of(hand).rows_in_view.start for hand in Hand]
        await press(pilot, "l")
        made = [link for link in links(app.study) if link.state is LinkState.MENDED]
        assert [(link.source, link.target) for link in made] == [(unit(JA, 3), unit(EN, 3))]
        assert [screen.pane_of(hand).rows_in_view.start for hand in Hand] == tops
        assert actions(app)[-1] == "link stretches"
        assert "Link made by hand" in shown(app)
        await press(pilot, "X")
        assert [link for link in links(app.study) if link.state is LinkState.MENDED] == []
        await press(pilot, "u", "u")
        assert len(links(app.study)) == 2 * ARTICLES - 2
        await press(pilot, "alt+down", "k")
        assert [link.target for link in links(app.study) if link.state is LinkState.CONFIRMED] == [
            unit(EN, 4)
        ]
        assert actions(app)[-1] == "confirm links"


async def test_far_apart_sentences_are_linked_only_after_asking(pair: Path) -> None:
    async with opened(pair, stage="index", size=NORMAL) as (app, pilot):
        screen = await side_by_side(app, pilot)
        await press(pilot, "tab", "ctrl+end", "l")
        assert isinstance(app.screen, Confirm)
        assert "人権を尊重" in shown(app)
        await press(pilot, "n")
        assert all(link.state is LinkState.PROPOSED for link in links(app.study))
        await press(pilot, "l", "y")
        made = [link for link in links(app.study) if link.state is LinkState.MENDED]
        assert [(link.source, link.target) for link in made] == [(unit(JA, 0), unit(EN, 2 * ARTICLES - 1))]
        assert screen.pane.selection is None


async def test_what_is_sure_and_in_sight_is_confirmed_at_once_after_asking(pair: Path) -> None:
    async with opened(pair, stage="index", size=NORMAL) as (app, pilot):
        screen = await side_by_side(app, pilot)
        await press(pilot, "Y")
        assert isinstance(app.screen, Confirm)
        assert "in sight with 900 per mille or more?" in shown(app)
        await press(pilot, "y")
        confirmed = [link for link in links(app.study) if link.state is LinkState.CONFIRMED]
        assert 0 < len(confirmed) < 2 * ARTICLES - 6
        assert all(link.confidence >= 900 for link in confirmed)
        assert actions(app).count("confirm links") == 1
        await press(pilot, "Y")
        assert message(app).startswith("No proposed link with 900 per mille or more is in sight")
        await press(pilot, "D")
        await press(pilot, "ctrl+u")
        await type_in(pilot, "500")
        await press(pilot, "enter", "greater_than_sign")
        assert message(app) == "No proposed link is below 500 per mille."
        assert screen.linked is not None
        assert screen.linked.doubtful() == []
        await press(pilot, "u")
        assert all(link.state is LinkState.PROPOSED for link in links(app.study))


async def test_keys_lead_to_proposed_links_that_are_not_sure(pair: Path) -> None:
    async with opened(pair, stage="index", size=BROAD) as (app, pilot):
        screen = await side_by_side(app, pilot)
        await press(pilot, "greater_than_sign")
        assert screen.pane.cursor == unit(JA, 5).start
        assert message(app) == "2 of 5 proposed links to look at. k confirms."
        await press(pilot, "k", "greater_than_sign")
        assert screen.pane.cursor == unit(JA, 10).start
        await press(pilot, "less_than_sign")
        assert screen.pane.cursor == 0


async def test_a_link_is_made_longer_and_cut_again(pair: Path) -> None:
    async with opened(pair, stage="index", size=BROAD) as (app, pilot):
        screen = await side_by_side(app, pilot)
        before = links(app.study)
        await press(pilot, "w")
        assert links(app.study)[0].source == Passage(unit(JA, 0).start, unit(JA, 1).end)
        assert unit(EN, 1) not in [link.target for link in links(app.study)]
        await press(pilot, "i")
        assert message(app) == "Put both cursors where the second part begins; tab changes the side."
        await press(pilot, "tab", "w", "alt+down", "i")
        assert [(link.source, link.target) for link in links(app.study)[:2]] == [
            (unit(JA, 0), unit(EN, 0)),
            (unit(JA, 1), unit(EN, 1)),
        ]
        assert screen.hand is Hand.TARGET
        await press(pilot, "u", "u", "u")
        assert links(app.study) == before


@SIZES
async def test_a_coding_on_one_side_shows_on_both_and_undo_takes_it_from_both(
    pair: Path, size: tuple[int, int]
) -> None:
    async with opened(pair, stage="index", size=size) as (app, pilot):
        screen = await side_by_side(app, pilot)
        for hand, text in zip(Hand, (JA, EN), strict=True):
            if screen.hand is not hand:
                await press(pilot, "escape", "tab")
            await press(pilot, "s", "a")
            await type_in(pilot, "21")
            await press(pilot, "enter")
            [coding] = app.study.all(Coding)
            assert app.study.get(Excerpt, coding.excerpt_id).passage == unit(text, 0)
            own, other = screen.pane_of(hand), screen.pane_of(hand.other)
            assert [(each.start, each.through) for each in own._lanes.highlights] == [(0, False)]
            assert [(each.start, each.through) for each in other._lanes.highlights] == [(0, True)]
            assert shown(app).count("»21") == 1
            assert "2.1 Right to vote · A. Mori" in shown(app)
            await press(pilot, "escape", "tab")
            assert "» on the other side: 2.1 Right to vote · A. Mori" in shown(app)
            await press(pilot, "enter")
            assert isinstance(app.screen, Report)
            assert "Who may vote." in shown(app)
            await press(pilot, "escape", "x")
            assert app.study.all(Coding) == []
            assert "»" not in shown(app)
            await press(pilot, "u", "u")
            assert app.study.all(Coding) == []
            assert [own._lanes.highlights, other._lanes.highlights] == [[], []]
            await press(pilot, "tab")


async def test_a_coding_over_several_links_shows_on_each_stretch_that_is_linked(pair: Path) -> None:
    with open_study(pair, coder="A. Mori") as study:
        source, _ = texts(study)
        index.code_passage(study, source.id, Passage(unit(JA, 1).start, unit(JA, 4).end), ["vote"])
        passage = unit(JA, 2)
    async with opened(pair, stage="index", size=BROAD) as (app, pilot):
        screen = await side_by_side(app, pilot)
        drawn = screen.pane_of(Hand.TARGET)._lanes.highlights
        assert [Passage(each.start, each.end) for each in drawn] == [unit(EN, n) for n in (1, 2, 4)]
        screen.pane.go_to(passage.start, passage)
        await press(pilot, "tab", "c")
        assert message(app) == "Put the cursor inside a coding, where its second part shall begin."


async def test_aligning_asks_nothing_proposes_anew_and_tells_what_does_not_fit(pair: Path) -> None:
    async with opened(pair, stage="index", size=BROAD) as (app, pilot):
        screen = await side_by_side(app, pilot)
        with open_study(pair, read_only=True) as study:
            first = links(study)[0]
        await press(pilot, "k", "A")
        await until(
            pilot,
            lambda: "align texts" in actions(app)[-1:] and not isinstance(app.screen, Progress),
            tries=1500,
        )
        found = links(app.study)
        assert [link.id for link in found if link.state is LinkState.CONFIRMED] == [first.id]
        assert screen.linked is not None
        assert screen.linked.alignment is not None
        assert screen.linked.alignment.method != "test-1"
        await press(pilot, "escape", "u")
        assert len(links(app.study)) == 2 * ARTICLES - 2


async def test_aligning_can_be_stopped_and_leaves_nothing(
    pair: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from threading import Event

    from workbench.errors import Refused
    from workbench.language import working

    begun = Event()

    def endless(*_: object, progress: object, **__: object) -> None:
        begun.set()
        while callable(progress) and progress(1, 2):
            Event().wait(0.01)
        raise Refused("The run was ended.")

    monkeypatch.setattr(working, "run", endless)
    async with opened(pair, stage="index", size=BROAD) as (app, pilot):
        await side_by_side(app, pilot)
        head = app.study.head
        await press(pilot, "A")
        await until(pilot, lambda: begun.is_set() and isinstance(app.screen, Progress))
        await press(pilot, "escape")
        await until(pilot, lambda: not isinstance(app.screen, Progress))
        assert message(app) == "The run was stopped. Nothing was changed."
        assert app.study.head == head


async def test_where_no_translation_is_known_or_several_are_it_is_asked(pair: Path) -> None:
    async with opened(pair, stage="index", size=NORMAL) as (app, pilot):
        await press(pilot, "o")
        await type_in(pilot, "else")
        await press(pilot, "enter", "L")
        assert isinstance(app.screen, ChooseFrom)
        assert "No translation of else · und original is linked or named yet." in shown(app).replace(
            "\n", " "
        ) or ("No translation of else" in shown(app))
        await press(pilot, "escape", "escape")
        assert app.stage_screen is not None
        assert app.stage_screen.STAGE == "index"
        screen = await side_by_side(app, pilot)
        await press(pilot, "t")
        assert isinstance(app.screen, ChooseFrom)
        assert "22 links" in shown(app)
        await type_in(pilot, "else")
        await press(pilot, "enter")
        assert screen.linked is not None
        assert screen.linked.texts[1].file_name == "else.txt"
        assert "A proposes links" in shown(app)


async def test_the_pair_opens_from_reading_searching_and_the_log_and_escape_leads_back(pair: Path) -> None:
    async with opened(pair, stage="search", size=WIDE) as (app, pilot):
        await type_in(pilot, "homes")
        await press(pilot, "enter")
        await until(pilot, lambda: "hits in" in shown(app))
        await press(pilot, "L")
        screen = _screen(app)
        assert screen is not None
        await until(pilot, lambda: screen.linked is not None and screen.linked.left is not None)
        assert screen.hand is Hand.TARGET
        selected = screen.pane.selection
        assert selected is not None
        assert EN[selected.start : selected.end] == "homes"
        await press(pilot, "escape", "escape")
        assert app.stage_screen is not None
        assert app.stage_screen.STAGE == "search"
        await press(pilot, "f7", "L")
        assert _screen(app) is screen
        await press(pilot, "escape")
        assert app.stage_screen.STAGE == "history"


async def test_a_pressed_pane_is_worked_on_and_a_text_that_goes_closes_both(pair: Path) -> None:
    async with opened(pair, stage="index", size=BROAD) as (app, pilot):
        screen = await side_by_side(app, pilot)
        await pilot.click("#other-text", offset=(30, 4))
        await press(pilot)
        assert screen.hand is Hand.TARGET
        assert screen.pane.cursor > 0
        source, target = texts(app.study)
        assert screen.linked is not None
        assert screen.linked.texts == (source, target)


async def test_composed_and_half_width_characters_and_an_empty_text_are_shown(tmp_path: Path) -> None:
    path = tmp_path / "odd.workbench"
    study = create_study(path, title="Odd", coder="A. Mori")
    odd = "か\u3099くせい。ﾊﾟﾝﾌﾚｯﾄを配る。\n" * 3
    source = add_text(study, "odd.txt", odd)
    target = add_translation(
        study, source, "odd-en.txt", "Students.\nBooklets are handed out.\n" * 3, language="en"
    )
    empty = replace(target, id="empty", file_name="empty.txt", part="empty", characters=0)
    with study.transaction():
        empty = replace(
            empty, content_hash=study.store(b""), places_hash=study.store(bytes_of_places(PlaceMap(())))
        )
        study.decide(Verb.IMPORT_TEXTS, "text:empty", put=[empty])
    cut = pair_for_run(study, source.id, target.id)
    for number in range(len(cut.source_units)):
        link_stretches(study, (source.id, cut.source_units[number]), (target.id, cut.target_units[number]))
    confirm = links_between(study, source.id, target.id)
    with pytest.raises(Exception, match="vouched"):
        confirm_links(study, [confirm[0].id])
    study.close()
    async with opened(path, stage="index", size=BROAD) as (app, pilot):
        await press(pilot, "o")
        await type_in(pilot, "odd.txt"[:3])
        await press(pilot, "enter", "L")
        screen = _screen(app)
        assert screen is not None
        await until(pilot, lambda: screen.linked is not None and screen.linked.left is not None)
        await press(pilot, "ctrl+home", "alt+down")
        assert "ﾊﾟﾝﾌﾚｯﾄを配る。" in shown(app)
        assert heights(screen) == (0, 1)
        await press(pilot, "t")
        await type_in(pilot, "empty")
        await press(pilot, "enter")
        await until(pilot, lambda: screen.linked is not None and screen.linked.texts[1].id == empty.id)
        await press(pilot, "tab", "l", "tab", "alt+down", "tab", "N", "w", "k", "X", "Y", "i", "s", "x")
        assert links_between(app.study, source.id, empty.id) == []


@pytest.mark.parametrize("size", [NORMAL, WIDE], ids=["80x24", "120x40"])
async def test_the_screen(pair: Path, size: tuple[int, int], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(identity.secrets, "randbits", random.Random(11).getrandbits)
    with open_study(pair, coder="A. Mori") as study:
        source, target = texts(study)
        index.code_passage(study, source.id, unit(JA, 2), ["vote"])
        index.code_passage(study, target.id, unit(EN, 4), ["interpreters"])
        confirm_links(study, [links(study)[2].id])
        link_stretches(study, (source.id, unit(JA, 3)), (target.id, unit(EN, 3)))
    async with opened(pair, stage="index", size=size) as (app, pilot):
        await side_by_side(app, pilot)
        await press(pilot, "alt+down", "alt+down")
        hold(f"parallel-{size[0]}x{size[1]}", shown(app))


async def test_a_part_linked_to_nothing_goes_to_the_link_before_it(pair: Path) -> None:
    async with opened(pair, stage="index", size=NORMAL) as (app, pilot):
        screen = await side_by_side(app, pilot)
        await press(pilot, "right_parenthesis", "w")
        assert Passage(unit(JA, 2).start, unit(JA, 3).end) in [link.source for link in links(app.study)]
        assert [screen.hand.stretch(link).end for link in screen.lit] == [unit(JA, 3).end]


async def test_the_decisions_about_a_link_are_one_key_away(pair: Path) -> None:
    async with opened(pair, stage="index", size=BROAD) as (app, pilot):
        await side_by_side(app, pilot)
        await press(pilot, "k", "H")
        assert app.stage_screen is not None
        assert app.stage_screen.STAGE == "history"
        assert "confirm links" in shown(app)
        assert "code passage" not in shown(app)
        await press(pilot, "escape")
        assert _screen(app) is not None
