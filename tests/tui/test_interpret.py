"""The interpretation screen: counts with denominators, claims, and the way from both to the passages."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from threading import Event

import pytest
from textual.pilot import Pilot
from textual.widgets import Static

from tests.tui.example import HOSTILE, build_study, excerpt
from tests.tui.waiting import open_stage, until, words_of
from workbench.matrix.chart import build_chart, chart_in_steps
from workbench.matrix.counts import count_theme
from workbench.model.claim import Claim, ClaimCell, ClaimExcerpt, ClaimKind, ClaimState, Role
from workbench.model.decision import Verb
from workbench.model.framework import Code
from workbench.stages import chart, interpret
from workbench.study.file import open_study
from workbench.tui.dialogs import ChooseFrom, Form, GiveReason
from workbench.tui.stages.interpret import InterpretScreen
from workbench.tui.stages.interpret_counts import counted_in_steps
from workbench.tui.widgets.excerpt_list import EvidenceList
from workbench.tui.widgets.line_list import LineList
from workbench.tui.widgets.status_table import StatusTable

SIZES = [(80, 24), (120, 40)]
WIDE = (120, 40)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "two.workbench"
    build_study(made).close()
    return made


def screen_of(pilot: Pilot[None]) -> InterpretScreen:
    screen = pilot.app.screen_stack[0]
    assert isinstance(screen, InterpretScreen)
    return screen


async def asked(pilot: Pilot[None], dialog: type[object]) -> None:
    await until(pilot, lambda: isinstance(pilot.app.screen, dialog))


async def idle(pilot: Pilot[None]) -> None:
    """Wait until no dialog is open."""
    await until(pilot, lambda: len(pilot.app.screen_stack) == 1)


def table_text(screen: InterpretScreen) -> str:
    table = screen.query_one(StatusTable)
    return "\n".join(table.render_line(y).text for y in range(table.size.height))


def claims_text(screen: InterpretScreen) -> str:
    claims = screen.query_one("#claims", LineList)
    return "\n".join(claims.render_line(y).text for y in range(claims.size.height))


def said(screen: InterpretScreen, name: str) -> str:
    return words_of(screen.query_one(name, Static))


@pytest.mark.parametrize("size", SIZES)
async def test_counts_carry_denominator_rule_rounding_and_what_is_missing(
    path: Path, size: tuple[int, int]
) -> None:
    async with open_stage(path, "interpret", size) as pilot:
        screen = screen_of(pilot)
        assert "1 of 1" in table_text(screen)
        assert "…2 open" in table_text(screen)
        assert "○1 draft" in table_text(screen)
        assert said(screen, "#rule") == (
            "Counted as published · rounded half up to 1 decimal · … incomplete: 4 of 6 cells open"
        )


async def test_another_rule_counts_otherwise_and_is_named(path: Path) -> None:
    async with open_stage(path, "interpret", WIDE) as pilot:
        screen = screen_of(pilot)
        await pilot.press("r")
        await asked(pilot, ChooseFrom)
        await pilot.press(*"strict", "enter")
        await idle(pilot)
        await until(pilot, lambda: "Counted strict" in said(screen, "#rule"))
        assert "0 of 1" in table_text(screen)
        assert "0.5 (1/2)" in table_text(screen)


async def test_a_theme_opens_into_its_codes_with_status_marks(path: Path) -> None:
    async with open_stage(path, "interpret", WIDE) as pilot:
        screen = screen_of(pilot)
        assert "▸ 1 Local" in table_text(screen)
        await pilot.press("right", "o", "right", "right", "right")
        shown = table_text(screen)
        assert "Yr ○ Yes but" in shown
        assert "· not assessed" in shown
        await pilot.press("o")
        assert "Yr ○" not in table_text(screen)


@pytest.mark.parametrize("size", SIZES)
async def test_two_keys_lead_from_a_count_to_the_passage(path: Path, size: tuple[int, int]) -> None:
    async with open_stage(path, "interpret", size) as pilot:
        screen = screen_of(pilot)
        opened: list[tuple[str, object]] = []
        screen.workbench.open_passage = lambda *place: opened.append(place)  # type: ignore[method-assign]
        await pilot.press("enter", "enter")
        quoted = excerpt(screen.study, "The city")
        assert opened == [(quoted.text_id, quoted.passage)]
        assert [item.head for item in screen.query_one(EvidenceList).items] == [
            "North City × 1.1 Assembly: Yes, counts 1",
            "north-plan (ja), para. 1",
            "North City × 1.2 Advice desk: not assessed, not counted",
            "North City × 1.3 Help with housing: not assessed, not counted",
        ]


@pytest.mark.parametrize("size", SIZES)
async def test_two_keys_lead_from_a_claim_to_the_passage(path: Path, size: tuple[int, int]) -> None:
    async with open_stage(path, "interpret", size) as pilot:
        screen = screen_of(pilot)
        opened: list[tuple[str, object]] = []
        screen.workbench.open_passage = lambda *place: opened.append(place)  # type: ignore[method-assign]
        screen.query_one("#claims", LineList).focus()
        await pilot.press("enter", "enter")
        quoted = excerpt(screen.study, "The city")
        assert opened == [(quoted.text_id, quoted.passage)]
        await pilot.press("escape")
        assert screen.query_one("#claims", LineList).has_focus


async def test_the_cell_behind_a_count_opens_in_its_chart_and_escape_comes_back(path: Path) -> None:
    async with open_stage(path, "interpret", WIDE) as pilot:
        app = screen_of(pilot).workbench
        await pilot.press("enter", "up", "enter")
        await until(pilot, lambda: app.current_mode == "chart")
        await pilot.press("escape")
        await until(pilot, lambda: app.current_mode == "interpret")
        await until(pilot, lambda: screen_of(pilot).query_one(EvidenceList).has_focus)


async def test_a_claim_is_made_as_a_draft_that_says_what_it_lacks(path: Path) -> None:
    async with open_stage(path, "interpret", (80, 24)) as pilot:
        screen = screen_of(pilot)
        await pilot.press("a")
        await asked(pilot, ChooseFrom)
        await pilot.press(*"explanation", "enter")
        await asked(pilot, Form)
        await pilot.press(*"Why [x]", "ctrl+s")
        await idle(pilot)
        claim = next(claim for claim in screen.study.all(Claim) if claim.title == "Why [x]")
        assert (claim.kind, claim.state) == (ClaimKind.EXPLANATION, ClaimState.DRAFT)
        await until(pilot, lambda: "no rival reading is recorded" in said(screen, "#evidence-head"))
        await pilot.press("escape")
        assert "○ explanation: Why [x]" in claims_text(screen)
        assert "lacks: it says nothing yet" in claims_text(screen)


async def test_a_claim_with_gaps_cannot_be_held_and_the_gaps_are_named(path: Path) -> None:
    async with open_stage(path, "interpret", WIDE) as pilot:
        screen = screen_of(pilot)
        before = screen.study.head.count
        await pilot.press("h")
        assert screen.study.head.count == before
        assert "negative cases were not looked for" in said(screen, "#message")


async def test_a_claim_is_edited_linked_against_and_held(path: Path) -> None:
    async with open_stage(path, "interpret", WIDE) as pilot:
        screen = screen_of(pilot)
        await pilot.press("e")
        await asked(pilot, Form)
        await pilot.press(*" now", "ctrl+s")
        await asked(pilot, ChooseFrom)
        await pilot.press(*"stated", "enter")
        await idle(pilot)
        claim = screen.study.all(Claim)[0]
        assert (claim.title, claim.basis.value) == ("Openness now", "stated in data")
        await pilot.press("n")
        await asked(pilot, ChooseFrom)
        await pilot.press(*"housing", "tab", "enter")
        await idle(pilot)
        link = screen.study.get(ClaimCell, f"{claim.id}.south.housing")
        assert link.role is Role.CONTRADICTS
        await pilot.press("h")
        assert screen.study.get(Claim, claim.id).state is ClaimState.HELD
        assert "● association: Openness now" in claims_text(screen)
        screen.query_one("#claims", LineList).focus()
        await pilot.press("enter")
        heads = [item.head for item in screen.query_one(EvidenceList).items]
        assert "Supports (1 cell, 0 excerpts)" in heads
        at = heads.index("Speaks against it: negative cases (1 cell, 0 excerpts)")
        assert heads[at + 1] == "南市 [red] × 1.3 Help with housing: Yes but restricted"


async def test_an_excerpt_behind_a_count_is_linked_to_a_claim_and_taken_away(path: Path) -> None:
    async with open_stage(path, "interpret", WIDE) as pilot:
        screen = screen_of(pilot)
        await pilot.press("enter", "l")
        await idle(pilot)
        claim, quoted = screen.study.all(Claim)[0], excerpt(screen.study, "The city")
        assert screen.study.find(ClaimExcerpt, f"{claim.id}.{quoted.id}") is not None
        screen.open_claim(claim.id)
        evidence = screen.query_one(EvidenceList)
        at = [item.mark for item in evidence.items].index("+", 2)
        evidence.go_to(at)
        await pilot.press("delete")
        assert screen.study.find(ClaimExcerpt, f"{claim.id}.{quoted.id}") is None
        assert screen.study.decisions(latest=1)[0].action == Verb.UNLINK_EVIDENCE.label


async def test_a_claim_is_removed_with_a_reason(path: Path) -> None:
    async with open_stage(path, "interpret", (80, 24)) as pilot:
        screen = screen_of(pilot)
        await pilot.press("x")
        await asked(pilot, GiveReason)
        await pilot.press(*"not borne out", "enter")
        await idle(pilot)
        assert screen.study.all(Claim) == []
        decision = screen.study.decisions(latest=1)[0]
        assert (decision.action, decision.reason) == (Verb.REMOVE_CLAIM.label, "not borne out")


async def test_a_claim_on_a_changed_cell_is_marked_stale_with_the_cause(path: Path) -> None:
    async with open_stage(path, "interpret", WIDE) as pilot:
        screen = screen_of(pilot)
        claim = screen.study.all(Claim)[0]
        interpret.edit_claim(screen.study, claim.id, negative_search="read all")
        interpret.hold_claim(screen.study, claim.id)
        chart.write_cell(screen.study, "north", "assembly", summary="Open to some.")
        screen.catch_up()
        await pilot.pause()
        assert "! association: Openness" in claims_text(screen)
        assert "North City × 1.1 Assembly changed" in claims_text(screen)


async def test_a_hostile_claim_is_shown_as_words(path: Path) -> None:
    async with open_stage(path, "interpret", (80, 24)) as pilot:
        screen = screen_of(pilot)
        claim = interpret.make_claim(screen.study, ClaimKind.RANGE, HOSTILE, statement=HOSTILE)
        screen.catch_up()
        await pilot.pause()
        assert "[bold]not markup[/bold] <U+001B>[31m red" in claims_text(screen)
        screen.open_claim(claim.id)
        assert "<U+202E> turned" in said(screen, "#evidence-head")
        assert "\x1b" not in claims_text(screen) + said(screen, "#evidence-head")


async def test_the_matrix_is_read_anew_only_where_more_than_claims_changed(
    path: Path,
) -> None:
    async with open_stage(path, "interpret", (80, 24)) as pilot:
        screen = screen_of(pilot)
        await until(pilot, lambda: screen.chart is not None)
        before = screen.chart
        interpret.make_claim(screen.study, ClaimKind.RANGE, "Another")
        screen.catch_up()
        assert screen.chart is before
        chart.write_cell(screen.study, "south", "desk", summary="A desk.")
        screen.catch_up()
        await until(pilot, lambda: screen.chart is not before)
        assert screen.chart is not None
        assert screen.chart.cells["south", "desk"].cell is not None


async def test_a_long_count_fills_in_while_keys_are_answered(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import workbench.tui.stages.interpret as module

    held = Event()
    real = module.go_on
    first: list[Iterator[None]] = []

    def first_step(steps: Iterator[None]) -> bool:
        if held.is_set():
            return real(steps)
        if not first:
            first.append(steps)
            next(steps)
        return False

    monkeypatch.setattr(module, "go_on", first_step)
    monkeypatch.setattr(module, "_BREATH", 0.05)
    async with open_stage(path, "interpret", WIDE) as pilot:
        screen = screen_of(pilot)
        assert said(screen, "#rule").startswith("counting… ")
        assert "Claims: 1" in said(screen, "#claims-title")
        screen.open_claim(screen.claims[0].id)
        assert said(screen, "#evidence-head") == "counting…"
        held.set()
        await until(pilot, lambda: "Openness" in said(screen, "#evidence-head"))
        assert said(screen, "#rule").startswith("Counted as published")
        assert any("North City × 1.1" in item.head for item in screen.query_one(EvidenceList).items)


async def test_a_decision_meanwhile_begins_the_count_anew(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import workbench.tui.stages.interpret as module

    real = module.go_on
    monkeypatch.setattr(module, "go_on", lambda steps: False)
    monkeypatch.setattr(module, "_BREATH", 0.05)
    async with open_stage(path, "interpret", WIDE) as pilot:
        screen = screen_of(pilot)
        chart.write_cell(screen.study, "south", "desk", summary="A desk.")
        await pilot.pause(0.2)
        assert screen.chart is None
        monkeypatch.setattr(module, "go_on", real)
        screen.catch_up()
        await until(pilot, lambda: screen.chart is not None)
        assert screen.chart is not None
        assert screen.chart.cells["south", "desk"].cell is not None
        assert said(screen, "#rule").startswith("Counted as published")


@pytest.mark.parametrize("rule", ["published", "strict"])
def test_counts_in_steps_are_those_made_at_once(path: Path, rule: str) -> None:
    with open_study(path, coder="A. Mori") as study:
        study.decide(Verb.ADD_CODE, "code:far", put=[Code("far", "other", 1, "Far away")])
        chart.write_cell(study, "north", "far", summary="There.")
        chart.link_excerpts(study, "north", "far", [excerpt(study, "The city").id])
        chart.set_status(study, "north", "far", "yes")
        whole = build_chart(study)
        steps = list(counted_in_steps(chart_in_steps(study), rule))
        last = steps[-1]
        assert last.counts == count_theme(whole, next(each for each in whole.rules if each.id == rule))
        assert (last.chart.codes, last.chart.cells) == (whole.codes, whole.cells)
        assert next(len(step.counts.rows) for step in steps if step.counts is not None) == 1
        assert list(counted_in_steps([whole], rule))[-1].counts == last.counts
