"""The screen of key terms: terms with their figures, places on both sides, decisions with reasons."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.stages.test_linking import run_over
from tests.tui.conftest import add_text, add_translation, shown
from tests.tui.pilots import NORMAL, WIDE, actions, message, opened, press, type_in
from tests.tui.test_goldens import hold
from tests.tui.waiting import until
from workbench.model.glossary import Term, TermRule
from workbench.model.text import Passage, Text
from workbench.stages.glossary import add_term, remove_term, terms_of
from workbench.study.file import create_study, open_study
from workbench.study.study import Study
from workbench.tui.app import Workbench
from workbench.tui.stages.glossary import GlossaryScreen
from workbench.tui.widgets.line_list import LineList

JA = "第1条 多文化共生を進める。\n\n市は共生[]を支える。\n\n外国人住民は意見を言う。\n"
EN = "Article 1. The city has multicultural coexistence.\n\nIt supports coexistence [].\n\nAliens speak.\n"


@pytest.fixture
def glossed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "terms.workbench"
    monkeypatch.setattr(Study, "now", lambda self: "2026-01-02T03:04:05.678Z")
    with create_study(path, title="Terms [study]", coder="A. Mori") as study:
        plan = add_text(study, "plan.txt", JA, case="Osaka")
        english = add_translation(study, plan, "plan-en.txt", EN, language="en")
        pair = study.get(Text, plan.id), study.get(Text, english.id)
        assert pair[0].language == "ja"
        run_over(study, pair, ((0,), (0,)), ((1,), (1,)), ((2,), (2,)))
        for term in (
            Term(
                *("", "ja", "en", "多文化共生", TermRule.KEEP_SOURCE),
                transliteration="tabunka kyōsei",
                renderings=("multicultural coexistence",),
                gloss="living together of many cultures",
            ),
            Term("", "ja", "en", "共生", TermRule.FIXED, (), "kyōsei", ("coexistence",)),
            Term(
                "",
                "ja",
                "en",
                "外国人住民",
                TermRule.BY_CONTEXT,
                renderings=("resident",),
                forbidden=("alien",),
            ),
        ):
            add_term(study, term, reason="agreed [on]")
    return path


def screen_of(app: Workbench) -> GlossaryScreen:
    assert isinstance(app.stage_screen, GlossaryScreen)
    return app.stage_screen


def told(app: Workbench) -> str:
    return shown(app)


@pytest.mark.parametrize("size", [NORMAL, WIDE])
async def test_the_screen_of_key_terms(glossed: Path, size: tuple[int, int]) -> None:
    async with opened(glossed, stage="glossary", size=size) as (app, pilot):
        await until(pilot, lambda: "2 not as decided" in told(app))
        await press(pilot, "down", "down")
        hold(f"glossary-{size[0]}x{size[1]}", shown(app))


async def test_places_lead_to_both_sides_and_back(glossed: Path) -> None:
    async with opened(glossed, stage="familiarise") as (app, pilot):
        await press(pilot, "G")
        await until(pilot, lambda: "2 not as decided" in told(app))
        await press(pilot, "f")
        screen = screen_of(app)
        assert "2 places of all terms not as decided" in told(app)
        assert screen.usage is not None
        first = screen.usage
        await press(pilot, "enter")
        assert app.stage_screen is not None
        assert app.stage_screen.STAGE == "index"
        assert app.stage_screen.pane.selection == first.target  # type: ignore[attr-defined]
        await press(pilot, "escape")
        await press(pilot, "o")
        assert app.stage_screen.pane.selection == first.source  # type: ignore[attr-defined]
        await press(pilot, "escape", "L")
        assert app.stage_screen.STAGE == "parallel"
        assert app.stage_screen.pane.selection == first.target  # type: ignore[attr-defined]
        await press(pilot, "escape", "escape")
        assert app.stage_screen.STAGE == "glossary"
        await press(pilot, "f", "escape")
        assert screen_of(app).query_one("#terms", LineList).has_focus
        await press(pilot, "enter")
        assert screen_of(app).query_one("#places", LineList).has_focus
        await press(pilot, "escape", "escape")
        assert app.stage_screen.STAGE == "familiarise"


async def test_a_term_is_added_with_a_reading_that_is_looked_at(glossed: Path) -> None:
    async with opened(glossed, stage="glossary", size=NORMAL) as (app, pilot):
        await press(pilot, "a")
        await type_in(pilot, "サポート")
        await press(pilot, "tab", "tab", "tab", "tab")
        await type_in(pilot, "support; help")
        await press(pilot, "ctrl+s")
        await until(pilot, lambda: "as proposed" in shown(app))
        assert "sapōto" in shown(app)
        await press(pilot, "enter")
        await until(pilot, lambda: "Why?" in shown(app))
        await type_in(pilot, "heard often")
        await press(pilot, "enter")
        await until(pilot, lambda: "is in the glossary" in message(app))
        [made] = [term for term in terms_of(app.study) if term.term == "サポート"]
        assert screen_of(app).term == made
        assert (made.transliteration, made.renderings) == ("sapōto", ("support", "help"))
        assert (made.language, made.target_language) == ("ja", "en")
        assert app.study.decision(app.study.head.count).reason == "heard often"


async def test_a_term_is_edited_removed_and_brought_back(glossed: Path) -> None:
    async with opened(glossed, stage="glossary") as (app, pilot):
        await until(pilot, lambda: "2 not as decided" in told(app))
        assert screen_of(app).term is not None
        await press(pilot, "e")
        await press(pilot, "ctrl+s")
        assert message(app) == "Nothing was changed."
        await press(pilot, "e", *["tab"] * 5)
        await type_in(pilot, "symbiosis")
        await press(pilot, "ctrl+s")
        await until(pilot, lambda: "Why?" in shown(app))
        await type_in(pilot, "too biological")
        await press(pilot, "enter")
        assert "not: symbiosis" in told(app)
        await press(pilot, "delete")
        await type_in(pilot, "not needed")
        await press(pilot, "enter")
        assert len(terms_of(app.study)) == 2
        assert actions(app)[-2:] == ["edit term", "remove term"]
        await press(pilot, "u")
        assert len(terms_of(app.study)) == 3


async def test_a_rule_that_is_none_is_told(glossed: Path) -> None:
    async with opened(glossed, stage="glossary") as (app, pilot):
        await press(pilot, "e", "tab", "tab", "tab", "ctrl+u")
        await type_in(pilot, "sometimes")
        await press(pilot, "ctrl+s")
        assert "is no rule" in message(app)
        assert actions(app)[-1] == "add term"


async def test_what_is_not_linked_is_told(glossed: Path) -> None:
    with open_study(glossed, coder="A. Mori") as study:
        add_text(study, "alone.txt", "共生の町。共生の家。\n", case="Osaka")
    async with opened(glossed, stage="glossary") as (app, pilot):
        await until(pilot, lambda: "2 not looked at: n" in told(app))
        await press(pilot, "n")
        assert "2 places of 1 term, no text is said to translate it." in shown(app)


@pytest.mark.parametrize("suffix", ["yaml", "csv"])
async def test_the_glossary_goes_to_a_file_and_comes_back(glossed: Path, suffix: str) -> None:
    async with opened(glossed, stage="glossary") as (app, pilot):
        await press(pilot, "x")
        await until(pilot, lambda: "Write the glossary" in shown(app))
        await press(pilot, "ctrl+u")
        await type_in(pilot, f"out.{suffix}")
        await press(pilot, "enter")
        await until(pilot, (glossed.parent / f"out.{suffix}").exists)
        await until(pilot, lambda: "Wrote" in message(app))
        await press(pilot, "delete")
        await type_in(pilot, "gone")
        await press(pilot, "enter", "i")
        await type_in(pilot, f"out.{suffix}")
        await press(pilot, "ctrl+s")
        await until(pilot, lambda: "Why?" in shown(app))
        await type_in(pilot, "back")
        await press(pilot, "enter")
        await until(pilot, lambda: "2 were there already" in message(app))
        assert len(terms_of(app.study)) == 3


async def test_the_report_goes_to_a_file(glossed: Path) -> None:
    async with opened(glossed, stage="glossary") as (app, pilot):
        await press(pilot, "r")
        await until(pilot, lambda: "Write what became" in shown(app))
        await press(pilot, "enter")
        await until(pilot, lambda: "Wrote" in message(app))
        assert "forbidden rendering" in (glossed.parent / "key-terms.md").read_text("utf-8")


async def test_an_empty_glossary_says_how_to_begin(small: Path) -> None:
    async with opened(small, stage="glossary", size=NORMAL) as (app, pilot):
        assert "No key term yet" in shown(app)
        await press(pilot, "enter", "e", "delete", "f", "o", "n")
        assert actions(app)[-1] != "remove term"


async def test_the_log_leads_to_a_term(glossed: Path) -> None:
    async with opened(glossed, stage="history") as (app, pilot):
        await press(pilot, "g")
        await until(pilot, lambda: app.stage_screen is not None and app.stage_screen.STAGE == "glossary")


def drawn_as(app: Workbench, words: str) -> set[str]:
    """Give the styles in which words are drawn on the screen, as far as they tell of terms."""
    found = set()
    for strip in app.screen._compositor.render_strips():
        for segment in strip:
            if words in segment.text and segment.style is not None and segment.style.underline:
                found.add("forbidden" if segment.style.bold else "marked")
    return found


@pytest.mark.parametrize("stage", ["index", "familiarise", "parallel"])
async def test_terms_are_marked_in_texts_and_told_under_the_cursor(glossed: Path, stage: str) -> None:
    with open_study(glossed, coder="A. Mori") as study:
        english = study.all(Text, language="en")[0]
    async with opened(glossed, stage=stage) as (app, pilot):
        if stage == "familiarise":
            app.stage_screen.reader.open_text(english, cursor=EN.index("Aliens"))  # type: ignore[union-attr]
        else:
            at = EN.index("Aliens")
            app.stage_screen.open_passage(english.id, Passage(at, at))  # type: ignore[union-attr]
        await until(pilot, lambda: drawn_as(app, "liens") == {"forbidden"}, tries=400)
        assert drawn_as(app, "coexistence") == {"marked"}
        await until(pilot, lambda: "term not for 外国人住民: by context, “resident”" in one_line(shown(app)))
        await press(pilot, "T")
        assert drawn_as(app, "liens") == set()
        await press(pilot, "T", "G")
        term = screen_of(app).term
        assert term is not None
        assert term.term == "外国人住民"
        remove_term(app.study, term.id, reason="no")
        await press(pilot, "escape")
        await until(pilot, lambda: app.stage_screen is not None and stage == app.stage_screen.STAGE)
        await until(pilot, lambda: bool(drawn_as(app, "coexistence")), tries=400)
        assert drawn_as(app, "liens") == set()


def one_line(screen: str) -> str:
    """Join the lines of a screen, each without the border between its halves."""
    return " ".join(" ".join(line.split("│")[-1].strip() for line in screen.split("\n")).split())
