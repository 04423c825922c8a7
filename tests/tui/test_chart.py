"""The charting screen: the matrix, one cell with its evidence, and every decision made there."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Static

from tests.tui.example import build_study, excerpt
from tests.tui.waiting import open_stage, until, words_of
from workbench.model.case import Case
from workbench.model.cell import Cell, CellExcerpt, CellQuote, CellState, Footnote, SearchRecord
from workbench.model.claim import Claim
from workbench.model.decision import Verb
from workbench.model.framework import Code
from workbench.model.saved_chart import SavedChart
from workbench.stages import chart, framework, interpret, register, setup
from workbench.stages.cell_removal import remove_cell
from workbench.study.file import create_study, open_study
from workbench.tui.app import Workbench
from workbench.tui.dialogs import AskText, ChooseFrom, Form, GiveReason, Report
from workbench.tui.dialogs.cell_quote import QuoteWords
from workbench.tui.matrix.matrix_view import MatrixView
from workbench.tui.stages.cell_work import CellPlace
from workbench.tui.stages.chart import ChartScreen
from workbench.tui.widgets.entry import EntryArea
from workbench.tui.widgets.excerpt_list import EvidenceList

SIZES = [(80, 24), (120, 40)]
WIDE = (120, 40)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "two.workbench"
    build_study(made).close()
    return made


def screen_of(pilot: Pilot[None]) -> ChartScreen:
    screen = pilot.app.screen_stack[0]
    assert isinstance(screen, ChartScreen)
    return screen


async def asked(pilot: Pilot[None], dialog: type[object]) -> None:
    await until(pilot, lambda: isinstance(pilot.app.screen, dialog))


async def idle(pilot: Pilot[None]) -> None:
    """Wait until no dialog is open."""
    await until(pilot, lambda: len(pilot.app.screen_stack) == 1)


def matrix_text(screen: ChartScreen) -> str:
    matrix = screen.query_one(MatrixView)
    return "\n".join(matrix.render_line(y).text for y in range(matrix.size.height))


@pytest.mark.parametrize("size", SIZES)
async def test_the_matrix_shows_marks_summaries_and_how_much_they_rest_on(
    path: Path, size: tuple[int, int]
) -> None:
    async with open_stage(path, "chart", size) as pilot:
        screen = screen_of(pilot)
        shown = matrix_text(screen)
        assert "Y ● Open to all" in shown
        assert "charted · 1 exc." in shown
        assert "North City" in shown
        assert "南市 [red]" in shown
        assert "·" in shown
        assert words_of(screen.query_one("#heading", Static)) == (
            "1 Local measures · framework not yet released · 1 of 6 charted"
        )


@pytest.mark.parametrize("size", SIZES)
async def test_two_keys_lead_from_a_cell_of_the_matrix_to_the_passage(
    path: Path, size: tuple[int, int]
) -> None:
    async with open_stage(path, "chart", size) as pilot:
        opened: list[tuple[str, object]] = []
        screen = screen_of(pilot)
        screen.workbench.open_passage = lambda *place: opened.append(place)  # type: ignore[method-assign]
        await pilot.press("enter", "enter")
        quoted = excerpt(screen.study, "The city")
        assert opened == [(quoted.text_id, quoted.passage)]


async def test_the_evidence_says_which_excerpts_are_linked_and_which_are_offered(path: Path) -> None:
    async with open_stage(path, "chart", WIDE) as pilot:
        await pilot.press("enter")
        items = screen_of(pilot).query_one(EvidenceList).items
        assert [(item.mark, item.words) for item in items] == [
            ("✓ E1", "The city opens its assembly of residents"),
            ("○", "everybody"),
        ]


async def test_space_links_an_excerpt_and_unlinks_it(path: Path) -> None:
    async with open_stage(path, "chart", (80, 24)) as pilot:
        study = screen_of(pilot).study
        await pilot.press("enter", "down", "space")
        offered = excerpt(study, "everybody")
        assert study.find(CellExcerpt, f"north.assembly.{offered.id}") is not None
        assert study.decisions(latest=1)[0].action == Verb.LINK_EXCERPTS.label
        assert screen_of(pilot).query_one(EvidenceList).item.mark == "✓ E2"  # type: ignore[union-attr]
        await pilot.press("l")
        assert study.find(CellExcerpt, f"north.assembly.{offered.id}") is None


@pytest.mark.parametrize("size", SIZES)
async def test_a_summary_is_written_while_the_excerpts_stay_in_view(
    path: Path, size: tuple[int, int]
) -> None:
    async with open_stage(path, "chart", size) as pilot:
        screen = screen_of(pilot)
        await pilot.press("enter", "e")
        assert screen.query_one(EvidenceList).region.height > 3
        await pilot.press(*" Q!", "ctrl+s")
        cell = screen.study.get(Cell, "north.assembly")
        assert cell.summary == "Open to all residents. Q!"
        assert screen.study.decisions(latest=1)[0].action == Verb.WRITE_CELL.label
        assert "The summary is saved." in words_of(screen.query_one("#message", Static))
        assert screen.query_one(EvidenceList).has_focus


async def test_escape_asks_nothing_where_nothing_was_typed(path: Path) -> None:
    async with open_stage(path, "chart", WIDE) as pilot:
        before = screen_of(pilot).study.head.count
        await pilot.press("enter", "e", "escape")
        await until(pilot, lambda: not screen_of(pilot).view.is_editing)
        assert screen_of(pilot).study.head.count == before
        assert screen_of(pilot).is_cell_open


async def test_escape_never_loses_what_was_typed(path: Path) -> None:
    async with open_stage(path, "chart", WIDE) as pilot:
        screen = screen_of(pilot)
        await pilot.press("enter", "e", *"more", "escape")
        await asked(pilot, ChooseFrom)
        await pilot.press("escape")
        await idle(pilot)
        assert screen.query_one("#words", EntryArea).text == "Open to all residents.more"
        await pilot.press("escape")
        await asked(pilot, ChooseFrom)
        await pilot.press("enter")
        await until(pilot, lambda: screen.study.get(Cell, "north.assembly").summary.endswith("more"))


async def test_leaving_the_stage_saves_what_was_typed(path: Path) -> None:
    async with open_stage(path, "chart", WIDE) as pilot:
        study = screen_of(pilot).study
        await pilot.press("enter", "e", *"more", "f7")
        await until(pilot, lambda: pilot.app.current_mode == "history")
        assert study.get(Cell, "north.assembly").summary == "Open to all residents.more"


async def test_the_next_cell_and_the_next_one_to_chart_are_one_key_away(path: Path) -> None:
    async with open_stage(path, "chart", WIDE) as pilot:
        screen = screen_of(pilot)
        await pilot.press("enter", "right_square_bracket")
        assert (screen.cell_place.case_id, screen.cell_place.code_id) == ("north", "desk")  # type: ignore[union-attr]
        await pilot.press("left_square_bracket", "left_square_bracket")
        assert (screen.cell_place.case_id, screen.cell_place.code_id) == ("south", "housing")  # type: ignore[union-attr]
        await pilot.press("greater_than_sign", "greater_than_sign")
        assert (screen.cell_place.case_id, screen.cell_place.code_id) == ("north", "housing")  # type: ignore[union-attr]


async def test_a_status_that_lacks_its_evidence_is_refused_in_words(path: Path) -> None:
    async with open_stage(path, "chart", WIDE) as pilot:
        screen = screen_of(pilot)
        before = screen.study.head.count
        await pilot.press("right", "s")
        await asked(pilot, ChooseFrom)
        await pilot.press("enter")
        await idle(pilot)
        assert screen.study.head.count == before
        assert "needs at least one linked excerpt" in words_of(screen.query_one("#message", Static))


async def test_changing_a_status_asks_for_the_note_and_the_reason(path: Path) -> None:
    async with open_stage(path, "chart", (80, 24)) as pilot:
        screen = screen_of(pilot)
        await pilot.press("s")
        await asked(pilot, ChooseFrom)
        await pilot.press(*"restricted", "enter")
        await asked(pilot, AskText)
        await pilot.press(*"adults", "ctrl+s")
        await asked(pilot, GiveReason)
        await pilot.press(*"read again", "enter")
        await idle(pilot)
        decision = screen.study.decisions(latest=1)[0]
        assert (decision.action, decision.reason) == (Verb.CHANGE_STATUS.label, "read again")
        cell = screen.study.get(Cell, "north.assembly")
        assert (cell.status_id, cell.status_note) == ("restricted", "adults")


async def test_a_search_record_lets_not_found_be_said(path: Path) -> None:
    async with open_stage(path, "chart", WIDE) as pilot:
        screen = screen_of(pilot)
        await pilot.press("right", "right", "n")
        await asked(pilot, ChooseFrom)
        await pilot.press("enter")
        await asked(pilot, Form)
        await pilot.press(*"housing", "ctrl+s")
        await until(
            pilot, lambda: "does stand in north-plan" in words_of(screen.query_one("#message", Static))
        )
        await asked(pilot, Form)
        assert pilot.app.screen.query_one("#field-terms", EntryArea).text == "housing"
        pilot.app.screen.query_one("#field-terms", EntryArea).load_text("cinema\n映画")
        await pilot.press("ctrl+s")
        await idle(pilot)
        search = screen.study.all(SearchRecord)[0]
        assert (search.documents, search.terms) == (("d-north",), ("cinema", "映画"))
        await pilot.press("s")
        await asked(pilot, ChooseFrom)
        await pilot.press(*"not found", "enter")
        await until(pilot, lambda: screen.study.find(Cell, "north.housing") is not None)
        assert screen.study.get(Cell, "north.housing").status_id == "not-found"


async def test_a_quote_is_the_selected_words_exactly(path: Path) -> None:
    async with open_stage(path, "chart", WIDE) as pilot:
        screen = screen_of(pilot)
        await pilot.press("enter", "i")
        await asked(pilot, QuoteWords)
        await pilot.press(*["shift+right"] * 8, "enter")
        await idle(pilot)
        quote = screen.study.all(CellQuote)[0]
        assert quote.content == "The city"
        assert "Quote: “The city” (north-plan (ja), para. 1)" in words_of(
            screen.query_one("#cell-words", Static)
        )
        await pilot.press("quotation_mark")
        await asked(pilot, QuoteWords)
        await pilot.press("enter")
        await idle(pilot)
        assert screen.study.all(CellQuote, order="position")[1].content == (
            "The city opens its assembly of residents"
        )


async def test_marks_follow_one_another_and_a_draft_cannot_be_reviewed(path: Path) -> None:
    async with open_stage(path, "chart", WIDE) as pilot:
        screen = screen_of(pilot)
        await pilot.press("down", "right", "right", "v")
        assert "A draft cannot be reviewed" in words_of(screen.query_one("#message", Static))
        await pilot.press("c", "v")
        assert screen.study.get(Cell, "south.housing").state is CellState.REVIEWED
        assert "Yr ✓" in matrix_text(screen)


async def test_a_stale_cell_says_why_and_is_cleared_with_a_reason(path: Path) -> None:
    async with open_stage(path, "chart", WIDE) as pilot:
        screen = screen_of(pilot)
        framework.edit_code(screen.study, "assembly", definition="Narrower.", reason="pilot")
        screen.catch_up()
        assert "Y !" in matrix_text(screen)
        assert "! 1 stale" in words_of(screen.query_one("#heading", Static))
        await pilot.press("enter")
        assert "! stale: The definition of 1.1 Assembly changed." in words_of(
            screen.query_one("#cell-words", Static)
        )
        await pilot.press("y")
        await asked(pilot, GiveReason)
        await pilot.press(*"still so", "enter")
        await idle(pilot)
        assert screen.study.decisions(latest=1)[0].action == Verb.CLEAR_STALE.label
        assert screen.study.get(Cell, "north.assembly").state is CellState.REVIEWED


async def test_a_review_is_taken_back_with_a_reason(path: Path) -> None:
    async with open_stage(path, "chart", WIDE) as pilot:
        screen = screen_of(pilot)
        chart.mark_cell(screen.study, "north", "assembly", CellState.REVIEWED)
        screen.catch_up()
        await pilot.press("enter", "d")
        await asked(pilot, GiveReason)
        assert screen.study.get(Cell, "north.assembly").state is CellState.REVIEWED
        await pilot.press(*"too soon", "enter")
        await idle(pilot)
        decision = screen.study.decisions(latest=1)[0]
        assert (decision.action, decision.reason) == (Verb.MARK_CELL.label, "too soon")
        assert screen.study.get(Cell, "north.assembly").state is CellState.DRAFT


async def test_footnotes_and_comments_stand_apart_from_the_summary(path: Path) -> None:
    async with open_stage(path, "chart", WIDE) as pilot:
        screen = screen_of(pilot)
        await pilot.press("f")
        await asked(pilot, ChooseFrom)
        await pilot.press("enter")
        await asked(pilot, AskText)
        await pilot.press(*"[b] see law", "ctrl+s")
        await idle(pilot)
        assert [(note.anchor, note.content) for note in screen.study.all(Footnote)] == [
            ("cell:north.assembly", "[b] see law")
        ]
        setup.change_setting(screen.study, "framework title", "Local measures")
        await pilot.press("f")
        await asked(pilot, ChooseFrom)
        await pilot.press(*"all themes", "enter")
        await asked(pilot, AskText)
        await pilot.press(*"as of 2018", "ctrl+s")
        await idle(pilot)
        assert screen.study.all(Footnote, anchor="setting:framework title")[0].content == "as of 2018"
        await pilot.press("k", *"my view", "ctrl+s")
        cell = screen.study.get(Cell, "north.assembly")
        assert (cell.comment, cell.summary) == ("my view", "Open to all residents.")
        told = words_of(screen.query_one("#cell-words", Static))
        assert "Footnote 1 on the cell: [b] see law" in told
        assert "Footnote 2 on the framework: as of 2018" in told
        assert "Analyst's comment: my view" in told


async def test_the_history_of_a_cell_names_every_step(path: Path) -> None:
    async with open_stage(path, "chart", WIDE) as pilot:
        await pilot.press("enter", "h")
        await asked(pilot, Report)
        told = words_of(pilot.app.screen.query_one("#lines Static", Static))
        for verb in (Verb.WRITE_CELL, Verb.LINK_EXCERPTS, Verb.SET_STATUS, Verb.MARK_CELL):
            assert verb.label in told
        await pilot.press("escape")
        await idle(pilot)
        chart.set_status(screen_of(pilot).study, "north", "assembly", None, reason="Misread the law.")
        await pilot.press("h")
        await asked(pilot, Report)
        assert "Reason: Misread the law." in words_of(pilot.app.screen.query_one("#lines Static", Static))


@pytest.mark.parametrize("size", SIZES)
async def test_hostile_words_stay_words_in_matrix_and_cell(path: Path, size: tuple[int, int]) -> None:
    async with open_stage(path, "chart", size) as pilot:
        screen = screen_of(pilot)
        screen.open_cell("south", "housing")
        await pilot.pause()
        told = words_of(screen.query_one("#cell-words", Static))
        assert "For some: [bold]not markup[/bold] <U+001B>[31m red <U+202E> turned" in told
        evidence = screen.query_one(EvidenceList)
        drawn = "".join(evidence.render_line(y).text for y in range(evidence.size.height))
        assert "\x1b" not in drawn
        assert "[bold]not" in drawn
        await pilot.press("escape")
        assert "\x1b" not in matrix_text(screen)


async def test_a_chart_opened_from_elsewhere_leads_back_there(path: Path) -> None:
    async with open_stage(path, "history", WIDE) as pilot:
        app = pilot.app
        assert isinstance(app, Workbench)
        app.open_cell("south", "housing")
        await until(pilot, lambda: app.current_mode == "chart")
        await until(pilot, lambda: screen_of(pilot).is_cell_open)
        await pilot.press("escape")
        await until(pilot, lambda: app.current_mode == "history")


async def test_a_cell_that_nobody_assessed_is_not_blank_by_default(path: Path) -> None:
    async with open_stage(path, "chart", WIDE) as pilot:
        screen = screen_of(pilot)
        await pilot.press("right", "enter")
        assert chart.cell_of(screen.study, "north", "desk") is None
        assert "· not assessed" in words_of(screen.query_one("#cell-words", Static))


async def test_the_chart_is_written_to_a_file_beside_the_study(path: Path) -> None:
    async with open_stage(path, "chart", (80, 24)) as pilot:
        screen = screen_of(pilot)
        await pilot.press("x")
        await asked(pilot, ChooseFrom)
        await pilot.press("enter")
        await until(pilot, lambda: "format" in words_of(pilot.app.screen.query_one("#dialog-title", Static)))
        await pilot.press(*"csv", "enter")
        await asked(pilot, AskText)
        await pilot.press("enter")
        await idle(pilot)
        written = (path.parent / "local-measures.csv").read_text(encoding="utf-8")
        assert "Open to all residents." in written
        assert "Wrote " in words_of(screen.query_one("#message", Static))


def heading(screen: ChartScreen) -> str:
    return words_of(screen.query_one("#heading", Static))


async def test_decisions_about_cells_are_followed_and_others_lead_to_reading_anew(path: Path) -> None:
    async with open_stage(path, "chart", WIDE) as pilot:
        screen = screen_of(pilot)
        before = screen._chart
        chart.mark_cell(screen.study, "south", "housing", CellState.CHARTED)
        screen.catch_up()
        assert screen._chart is before
        assert "2 of 6 charted" in heading(screen)
        screen.workbench.undo()
        assert screen._chart is before
        assert "1 of 6 charted" in heading(screen)
        screen.study.decide(Verb.ADD_CODE, "code:new", put=[Code("new", "local", 4, "New")])
        screen.catch_up()
        assert "1 of 8 charted" in heading(screen)
        assert "New" in matrix_text(screen)


async def test_a_first_cell_that_is_undone_is_not_counted(path: Path) -> None:
    async with open_stage(path, "chart", WIDE) as pilot:
        screen = screen_of(pilot)
        chart.write_cell(screen.study, "south", "desk", summary="A desk.")
        screen.catch_up()
        assert "A desk." in matrix_text(screen)
        screen.workbench.undo()
        assert "A desk." not in matrix_text(screen)
        assert "1 of 6 charted" in heading(screen)


async def test_a_large_chart_is_there_before_all_its_cells_are_counted(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import workbench.tui.stages.chart_views as module

    real = module.go_on
    monkeypatch.setattr(module, "go_on", lambda steps: next(steps, "end") == "end")
    monkeypatch.setattr(module, "_BREATH", 0.7)
    async with open_stage(path, "chart", WIDE) as pilot:
        screen = screen_of(pilot)
        assert "Open to all" in matrix_text(screen)
        assert "counting…" in heading(screen)
        monkeypatch.setattr(module, "go_on", real)
        await until(pilot, lambda: "1 of 6 charted" in heading(screen))


async def test_a_memo_is_written_on_a_cell(path: Path) -> None:
    from workbench.model.memo import Memo

    async with open_stage(path, "chart", WIDE) as pilot:
        screen = screen_of(pilot)
        await pilot.press("enter", "m")
        await until(pilot, lambda: len(pilot.app.screen_stack) > 1)
        await pilot.press(*"Why", "ctrl+s")
        await until(pilot, lambda: any(memo.content == "Why" for memo in screen.study.all(Memo)))
        [memo] = [memo for memo in screen.study.all(Memo) if memo.content == "Why"]
        assert memo.anchor.startswith("cell:")


async def test_a_sentence_cites_the_excerpt_at_the_cursor(path: Path) -> None:
    async with open_stage(path, "chart", WIDE) as pilot:
        screen = screen_of(pilot)
        await pilot.press("enter", "e", "tab", "a", "ctrl+s")
        await until(pilot, lambda: bool(screen.study.get(Cell, "north.assembly").citations))
        cell = screen.study.get(Cell, "north.assembly")
        assert cell.summary == "Open to all residents."
        assert "Open to all residents. [E1]" in words_of(screen.query_one("#cell-words", Static))
        assert "0 of 1 sentences cite nothing" in words_of(screen.query_one("#cell-words", Static))


async def test_citing_links_the_excerpt_and_renumbers_what_is_being_written(path: Path) -> None:
    async with open_stage(path, "chart", WIDE) as pilot:
        screen = screen_of(pilot)
        await pilot.press("enter", "e", "tab", "a", "tab", "down", "a", "tab")
        assert screen.query_one("#words", EntryArea).text == "Open to all residents. [E1] [E2]"
        await pilot.press("up", "space")
        await until(pilot, lambda: "[E2]" not in screen.query_one("#words", EntryArea).text)
        assert screen.query_one("#words", EntryArea).text == "Open to all residents. [E1]"
        await pilot.press("a", "ctrl+s")
        await until(pilot, lambda: not screen.view.is_editing)


async def test_undo_brings_back_an_excerpt_and_its_mark_in_what_is_being_written(path: Path) -> None:
    async with open_stage(path, "chart", WIDE) as pilot:
        screen = screen_of(pilot)
        area = screen.query_one("#words", EntryArea)
        await pilot.press("enter", "down", "space", "e", *" [E2] More.", "tab", "space")
        await until(pilot, lambda: area.text == "Open to all residents. More.")
        await pilot.press("tab", *" And", "tab", "u")
        await until(pilot, lambda: area.text == "Open to all residents. [E2] More. And")
        assert area.cursor_location == (0, 37)
        await pilot.press("U")
        await until(pilot, lambda: area.text == "Open to all residents. More. And")


async def test_undo_of_a_saved_summary_leaves_no_old_words_in_the_field(path: Path) -> None:
    async with open_stage(path, "chart", WIDE) as pilot:
        screen = screen_of(pilot)
        area = screen.query_one("#words", EntryArea)
        await pilot.press("enter", "e", *" More.", "ctrl+s", "e", "tab", "u")
        await until(pilot, lambda: area.text == "Open to all residents.")
        await pilot.press("tab", *" Or", "tab", "U")
        await until(pilot, lambda: screen.study.get(Cell, "north.assembly").summary.endswith("More."))
        assert area.text == "Open to all residents. Or"
        assert screen.view.editor.is_changed


async def test_a_mark_without_evidence_keeps_what_was_typed(path: Path) -> None:
    async with open_stage(path, "chart", WIDE) as pilot:
        screen = screen_of(pilot)
        await pilot.press("enter", "e", *" [E7]", "ctrl+s")
        await idle(pilot)
        assert "[E7] names no evidence" in words_of(screen.query_one("#message", Static))
        assert screen.view.is_editing
        assert screen.study.get(Cell, "north.assembly").summary == "Open to all residents."


async def test_extracts_come_into_the_summary_and_leave_a_draft(path: Path) -> None:
    async with open_stage(path, "chart", WIDE) as pilot:
        screen = screen_of(pilot)
        await pilot.press("enter", "w")
        await idle(pilot)
        cell = screen.study.get(Cell, "north.assembly")
        assert cell.summary.endswith("The city opens its assembly of residents")
        assert cell.state is CellState.DRAFT


async def arranged(pilot: Pilot[None], *words: str) -> None:
    """Choose what to arrange by typing, then answer by typing, each ended with enter."""
    await pilot.press("r")
    for each in words:
        await asked(pilot, ChooseFrom)
        await pilot.press(*each, "enter")
        await pilot.pause()
    await idle(pilot)


def matrix_of(pilot: Pilot[None]) -> MatrixView:
    return screen_of(pilot).query_one(MatrixView)


@pytest.mark.parametrize("size", SIZES)
async def test_rows_become_documents_and_a_cell_among_several_is_asked_for(
    path: Path, size: tuple[int, int]
) -> None:
    async with open_stage(path, "chart", size) as pilot:
        screen = screen_of(pilot)
        await arranged(pilot, "Rows", "documents")
        assert screen._chart.row_labels == ["north-plan", "south-plan"]  # type: ignore[union-attr]
        assert "documents by codes" in words_of(screen.query_one("#heading", Static))
        matrix_of(pilot).focus()
        await pilot.press("ctrl+home", "enter")
        await asked(pilot, ChooseFrom)
        await pilot.press("enter")
        await until(pilot, lambda: screen.is_cell_open)
        assert screen.cell_place == CellPlace("north", "assembly")
        await pilot.press("escape")
        await arranged(pilot, "Back to cases")
        assert screen._chart.arrangement.is_plain  # type: ignore[union-attr]


async def test_a_column_and_a_row_can_be_seen_alone(path: Path) -> None:
    async with open_stage(path, "chart", (80, 24)) as pilot:
        screen = screen_of(pilot)
        await pilot.press("right", "o")
        await until(pilot, lambda: screen._chart.arrangement.size == (2, 1))  # type: ignore[union-attr]
        assert screen.cell_place == CellPlace("north", "desk")
        await pilot.press("o")
        assert screen._chart.arrangement.size == (2, 3)  # type: ignore[union-attr]
        await pilot.press("down", "O")
        assert screen._chart.arrangement.size == (3, 1)  # type: ignore[union-attr]
        assert screen.cell_place == CellPlace("south", "desk")
        await pilot.press("escape")
        assert screen._chart.arrangement.size == (2, 3)  # type: ignore[union-attr]


async def test_coverage_shows_counts_of_excerpts_and_states_as_marks(path: Path) -> None:
    async with open_stage(path, "chart", (80, 24)) as pilot:
        screen = screen_of(pilot)
        await pilot.press("b")
        face = screen._chart.face(0, 0)  # type: ignore[union-attr]
        assert (face.mark.split()[0], face.text) == ("Y", "1")
        assert matrix_of(pilot).grid.row_height == 1
        await pilot.press("b")
        assert screen._chart.face(0, 0).text == "Open to all residents."  # type: ignore[union-attr]


async def test_an_arrangement_is_saved_opened_and_forgotten(path: Path) -> None:
    async with open_stage(path, "chart", WIDE) as pilot:
        screen = screen_of(pilot)
        await arranged(pilot, "change places")
        await pilot.press("r")
        await asked(pilot, ChooseFrom)
        await pilot.press(*"under a name", "enter")
        await asked(pilot, AskText)
        await pilot.press(*"turned", "enter")
        await idle(pilot)
        assert [saved.turned for saved in screen.study.all(SavedChart)] == [True]
        await arranged(pilot, "Back to cases")
        assert not screen._chart.view.turned  # type: ignore[union-attr]
        await arranged(pilot, "Open a saved", "turned")
        assert screen._chart.view.turned  # type: ignore[union-attr]
        assert words_of(screen.query_one("#heading", Static)).startswith("turned: ")
        await arranged(pilot, "Forget", "turned")
        assert screen.study.all(SavedChart) == []


async def test_a_condition_that_cannot_be_read_leaves_the_chart_as_it_is(path: Path) -> None:
    async with open_stage(path, "chart", WIDE) as pilot:
        screen = screen_of(pilot)
        await pilot.press("r")
        await asked(pilot, ChooseFrom)
        await pilot.press(*"Only rows", "enter")
        await asked(pilot, AskText)
        await pilot.press(*"size=1", "ctrl+s")
        await idle(pilot)
        assert "There is no attribute or code size" in words_of(screen.query_one("#message", Static))
        assert screen._chart.arrangement.size == (2, 3)  # type: ignore[union-attr]


async def test_rows_are_filtered_sorted_hidden_and_columns_frozen(path: Path) -> None:
    async with open_stage(path, "chart", WIDE) as pilot:
        screen = screen_of(pilot)
        await pilot.press("right")
        await arranged(pilot, "Freeze")
        assert matrix_of(pilot).grid.held == 2
        await arranged(pilot, "Sort", "name", "descending")
        assert screen._chart.row_labels[0].startswith("南市")  # type: ignore[union-attr]
        await arranged(pilot, "Hide this row")
        assert screen._chart.arrangement.size == (1, 3)  # type: ignore[union-attr]
        await arranged(pilot, "Show what is hidden")
        assert screen._chart.arrangement.size == (2, 3)  # type: ignore[union-attr]


@pytest.mark.parametrize("key", ["right_square_bracket", "escape", "k", "q"])
async def test_what_cannot_be_saved_stays_in_the_field(path: Path, key: str) -> None:
    async with open_stage(path, "chart", WIDE) as pilot:
        screen = screen_of(pilot)
        await pilot.press("enter", "e", *" more [E9]", "tab")
        await pilot.press(key)
        await pilot.pause()
        assert screen.is_cell_open
        assert screen.cell_place == CellPlace("north", "assembly")
        assert screen.query_one("#words", EntryArea).text == "Open to all residents. more [E9]"
        assert pilot.app.is_running


async def test_a_framework_that_is_undone_leaves_an_empty_matrix(tmp_path: Path) -> None:
    path = tmp_path / "new.workbench"
    with create_study(path, title="New", coder="A. Mori") as study:
        register.add_case(study, "North")
        theme = framework.add_theme(study, "Rights")
        framework.add_code(study, theme.id, "Votes")
    async with open_stage(path, "chart", (80, 24)) as pilot:
        screen = screen_of(pilot)
        await pilot.press("u", "u")
        await until(pilot, lambda: "no theme yet" in words_of(screen.query_one("#heading", Static)))
        await pilot.press("enter", "down", "e", "r", "o")
        await pilot.pause()
        assert not screen.is_cell_open
        await pilot.press("U", "U")
        await until(pilot, lambda: screen._chart is not None and not screen._chart.is_empty)


async def test_steps_go_through_the_members_of_a_group(path: Path) -> None:
    async with open_stage(path, "chart", WIDE) as pilot:
        screen = screen_of(pilot)
        for case in ("north", "south"):
            register.edit_case(screen.study, case, attributes={"coast": "east"})
        screen.catch_up()
        await arranged(pilot, "Rows", "by coast")
        await pilot.press("enter")
        await asked(pilot, ChooseFrom)
        await pilot.press("enter")
        await until(pilot, lambda: screen.is_cell_open)
        seen = [screen.cell_place]
        for _ in range(5):
            await pilot.press("right_square_bracket")
            seen.append(screen.cell_place)
        assert None not in seen
        assert len(set(seen)) == 6
        await pilot.press("e")
        assert screen.view.is_editing


async def grouped(pilot: Pilot[None]) -> ChartScreen:
    """Put both cases at one row, so that two cells stand at each crossing."""
    screen = screen_of(pilot)
    for case in ("north", "south"):
        register.edit_case(screen.study, case, attributes={"coast": "east"})
    screen.catch_up()
    await arranged(pilot, "Rows", "by coast")
    return screen


async def test_a_status_is_given_to_the_cells_of_a_group_as_one_decision(path: Path) -> None:
    async with open_stage(path, "chart", (80, 24)) as pilot:
        screen = await grouped(pilot)
        study, head = screen.study, screen.study.head.count
        await pilot.press("s")
        await asked(pilot, ChooseFrom)
        await pilot.press("enter")
        await until(pilot, lambda: "Which status for 2" in str(getattr(pilot.app.screen, "_title", "")))
        await pilot.press(*"Not appl", "enter")
        await asked(pilot, AskText)
        await pilot.press(*"Outside.", "ctrl+s")
        await asked(pilot, GiveReason)
        await pilot.press(*"Law", "enter")
        await idle(pilot)
        assert study.head.count == head + 1
        assert study.decisions(latest=1)[0].action == Verb.SET_STATUSES.label
        assert [study.get(Cell, f"{case}.assembly").status_id for case in ("north", "south")] == ["na", "na"]
        assert "Not applicable: 2 cells changed." in words_of(screen.query_one("#message", Static))


async def test_a_status_that_one_of_several_cells_may_not_have_is_given_to_none(path: Path) -> None:
    async with open_stage(path, "chart", WIDE) as pilot:
        screen = await grouped(pilot)
        await pilot.press("right", "s")
        await asked(pilot, ChooseFrom)
        await pilot.press("enter")
        await pilot.pause()
        await pilot.press("enter")
        await idle(pilot)
        said = words_of(screen.query_one("#message", Static))
        assert "North City × 1.2 Advice desk: “Yes” needs at least one linked excerpt" in said
        assert screen.study.find(Cell, "north.desk") is None


async def test_of_several_cells_one_is_asked_for_before_it_is_marked_or_written(path: Path) -> None:
    async with open_stage(path, "chart", WIDE) as pilot:
        screen = await grouped(pilot)
        await pilot.press("v")
        await asked(pilot, ChooseFrom)
        await pilot.press(*"North", "enter")
        await idle(pilot)
        assert screen.study.get(Cell, "north.assembly").state is CellState.REVIEWED
        assert screen.cell_place is None
        await pilot.press("e")
        await asked(pilot, ChooseFrom)
        await pilot.press(*"North", "enter")
        await until(pilot, lambda: screen.view.is_editing)
        assert screen.cell_place == CellPlace("north", "assembly")


async def test_a_cell_is_taken_away_with_a_reason_and_undo_brings_it_back(path: Path) -> None:
    async with open_stage(path, "chart", (80, 24)) as pilot:
        screen = screen_of(pilot)
        study = screen.study
        was = study.get(Cell, "north.assembly")
        await pilot.press("enter", "R")
        await pilot.pause()
        assert "Claims rest on the cell" in words_of(screen.query_one("#message", Static))
        for claim in study.all(Claim):
            interpret.unlink_cell(study, claim.id, was.id)
        await pilot.press("e", *" More", "tab", "R")
        await asked(pilot, GiveReason)
        await pilot.press("escape")
        await idle(pilot)
        assert study.get(Cell, "north.assembly").summary.endswith("More")
        await pilot.press("R")
        await asked(pilot, GiveReason)
        await pilot.press(*"Wrong", "enter")
        await until(pilot, lambda: study.find(Cell, "north.assembly") is None)
        assert not study.all(CellExcerpt, cell_id=was.id)
        assert "not assessed" in words_of(screen.query_one("#cell-words", Static))
        await pilot.press("u")
        await until(pilot, lambda: study.find(Cell, "north.assembly") is not None)


async def test_the_next_cell_to_chart_is_found_in_the_matrix_and_in_groups(path: Path) -> None:
    async with open_stage(path, "chart", WIDE) as pilot:
        screen = screen_of(pilot)
        await pilot.press("full_stop")
        assert screen.cell_place == CellPlace("north", "desk")
        await arranged(pilot, "Columns", "themes")
        await pilot.press("ctrl+home", "full_stop")
        assert "Every cell" not in words_of(screen.query_one("#message", Static))


async def test_an_attribute_column_is_seen_alone_and_hidden(path: Path) -> None:
    async with open_stage(path, "chart", WIDE) as pilot:
        screen = screen_of(pilot)
        for case in ("north", "south"):
            register.edit_case(screen.study, case, attributes={"coast": "east", "size": "2"})
        await arranged(pilot, "Columns", "attributes")
        await pilot.press("o")
        assert screen._chart.column_labels == ["coast"]  # type: ignore[union-attr]
        await pilot.press("o")
        await arranged(pilot, "Hide this column")
        assert screen._chart.column_labels == ["size"]  # type: ignore[union-attr]


async def test_words_taken_up_again_cite_what_they_cited(path: Path) -> None:
    async with open_stage(path, "chart", WIDE) as pilot:
        screen = screen_of(pilot)
        await pilot.press("enter", "e", *" [E1]")
        draft = screen.draft()
        assert draft is not None
        first = next(iter(screen.parts.refs))  # type: ignore[union-attr]
        assert draft.refs == f"{first}=E1"
        moved = " ".join((draft.refs.replace("E1", "E7"), "other=E1"))
        screen.view.editor.saved()
        assert screen.resume_cell("north", "assembly", "summary", "Open. [E7]", moved)
        assert screen.view.editor.words == "Open. [E1]"


async def test_a_study_that_is_only_read_opens_no_editor(path: Path) -> None:
    app = Workbench(path, coder="A. Mori", stage="chart", read_only=True)
    async with app.run_test(size=WIDE) as pilot:
        await until(pilot, lambda: isinstance(app.screen_stack[0], ChartScreen) and app.is_open)
        screen = screen_of(pilot)
        await until(pilot, lambda: screen._chart is not None)
        await pilot.press("enter", "e")
        assert not screen.view.is_editing
        assert "reading only" in words_of(screen.query_one("#message", Static))


async def test_a_case_that_another_process_removes_leaves_the_screen_of_a_reader(path: Path) -> None:
    app = Workbench(path, coder="", stage="chart", read_only=True)
    async with app.run_test(size=WIDE) as pilot:
        await until(pilot, lambda: isinstance(app.screen_stack[0], ChartScreen) and app.is_open)
        screen = screen_of(pilot)
        await until(pilot, lambda: screen._chart is not None)
        await pilot.press("down", "enter")
        assert screen.cell_place == CellPlace("south", "assembly")
        with open_study(path, coder="J. Berg") as other:
            remove_cell(other, "south", "housing", reason="Wrong city.")
            register.unassign_case(other, "d-south", "south", reason="Wrong city.")
            register.remove_case(other, "south", reason="Wrong city.")
        await pilot.press("right_square_bracket")
        await pilot.pause()
        assert app.is_running
        assert not screen.is_cell_open
        assert "南市" not in matrix_text(screen)
        await pilot.press("enter", "h")
        await asked(pilot, Report)


async def test_a_cell_that_falls_out_of_a_filtered_chart_is_not_taken_for_another(path: Path) -> None:
    async with open_stage(path, "chart", WIDE) as pilot:
        screen = screen_of(pilot)
        screen._show_chart(replace(screen._chart.view, where=("1.1=yes",)))  # type: ignore[union-attr]
        await pilot.press("enter", "v")
        assert screen.is_cell_open
        chart.set_status(screen.study, "north", "assembly", None, reason="Misread.")
        screen.catch_up()
        await pilot.pause()
        assert not screen.is_cell_open
        assert "not in this chart any more" in words_of(screen.query_one("#message", Static))


async def test_words_typed_for_a_case_that_is_undone_stay_and_go_to_no_other_cell(path: Path) -> None:
    async with open_stage(path, "chart", WIDE) as pilot:
        screen = screen_of(pilot)
        register.add_case(screen.study, "East")
        screen.catch_up()
        await pilot.press("down", "down", "enter", "e", *"Typed.", "tab", "u")
        await until(pilot, lambda: "any more" not in words_of(screen.query_one("#heading", Static)))
        assert screen.query_one("#words", EntryArea).text == "Typed."
        assert screen.parts is None
        await pilot.press("U", "shift+tab")
        await until(pilot, lambda: len(screen._chart.row_labels) == 3)  # type: ignore[union-attr]
        assert screen.query_one("#words", EntryArea).text == "Typed."
        screen.action_back()
        east = next(case for case in screen.study.all(Case) if case.name == "East")
        assert screen.study.get(Cell, f"{east.id}.assembly").summary == "Typed."
