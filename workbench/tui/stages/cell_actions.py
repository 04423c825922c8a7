"""What can be done to a cell, whatever way it is shown."""

from __future__ import annotations

from collections.abc import Callable

from textual import on, work

from workbench.model.cell import CellState
from workbench.model.citations import renumbered
from workbench.tui.drafts import Draft
from workbench.tui.screen import StageScreen
from workbench.tui.stages import cell_work
from workbench.tui.stages.cell_parts import CellParts
from workbench.tui.stages.cell_view import CellView
from workbench.tui.stages.cell_work import CellPlace
from workbench.tui.widgets.summary_editor import SummaryEditor

_LABELS = {"summary": "Summary", "comment": "Analyst's comment"}
"""Names of the fields of a cell that are written in the editor."""


def _title(field: str, parts: CellParts) -> str:
    return f"{_LABELS[field]}: {parts.case.name} × {parts.label}"


class CellActions(StageScreen):
    """A screen with a cell at hand; it says which, and this does what is asked of it."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: CellParts | None = None
        """The cell as it is shown."""
        self._edited: tuple[CellPlace, str] | None = None
        """The cell and the field of it that stand in the editor."""

    @property
    def view(self) -> CellView:
        """Give the view of one cell."""
        return self.query_one(CellView)

    @property
    def is_cell_open(self) -> bool:
        """Tell whether one cell fills the screen."""
        return self.has_class("-cell")

    @property
    def cell_place(self) -> CellPlace | None:
        """Give the cell that actions are about."""
        raise NotImplementedError

    def open_view(self) -> None:
        """Let that cell fill the screen."""
        raise NotImplementedError

    async def choose_one(self, question: str) -> CellPlace | None:
        """Give the cell at hand; of several ask which."""
        raise NotImplementedError

    async def choose_some(self, question: str) -> list[CellPlace]:
        """Give the cell at hand; of several ask for which of them."""
        raise NotImplementedError

    def hold(self, place: CellPlace) -> None:
        """Let actions be about one of several cells at the cursor."""
        raise NotImplementedError

    def _with_one(self, act: Callable[[CellPlace], None]) -> None:
        """Do something to the cell at hand; of several ask for which."""
        if self.cell_place is not None:
            act(self.cell_place)
        else:
            self._choose_and(act)

    @work
    async def _choose_and(self, act: Callable[[CellPlace], None]) -> None:
        place = await self.choose_one("Which cell?")
        if place is not None:
            act(place)

    # writing

    def action_edit(self) -> None:
        """Write the summary beside the excerpts."""
        self._with_one(lambda place: self._edit(place, "summary"))

    def action_comment(self) -> None:
        """Write the analyst's comment beside the excerpts."""
        self._with_one(lambda place: self._edit(place, "comment"))

    def _edit(self, place: CellPlace, field: str) -> None:
        self.hold(place)
        self._begin_editing(field)

    def open_cell(self, case_id: str, code_id: str) -> None:
        """Show one cell."""
        raise NotImplementedError

    def resume_cell(self, case_id: str, code_id: str, field: str, typed: str, refs: str) -> bool:
        """Show one cell and go on writing a field of it; tell whether the cell could be shown.

        `refs` are those by which the words cited evidence when they were typed, as a draft keeps them.
        """
        self.open_cell(case_id, code_id)
        if self.cell_place == CellPlace(case_id, code_id):
            if refs and self.parts is not None:
                then = dict(pair.split("=", 1) for pair in refs.split())
                typed = renumbered(typed, then, self.parts.refs)
            self._begin_editing(field if field in _LABELS else "summary", typed)
        return self.view.is_editing

    def draft(self) -> Draft | None:
        """Hand over what stands in the editor and is not saved."""
        if self._edited is None or not self.view.is_editing or not self.view.editor.is_changed:
            return None
        (place, field), parts = self._edited, self.parts
        title = _title(field, parts) if parts is not None else _LABELS[field]
        refs = " ".join(f"{excerpt_id}={ref}" for excerpt_id, ref in self.view.editor.refs.items())
        return Draft(title, self.view.editor.words, about=place.key, field=field, refs=refs)

    def has_unsaved_words_of_another(self, place: CellPlace) -> bool:
        """Tell whether words typed for another cell stand in the editor, to be saved or thrown away first."""
        editing = self.view.is_editing and self.view.editor.is_changed
        return editing and self._edited is not None and self._edited[0] != place

    def _begin_editing(self, field: str, typed: str | None = None) -> None:
        place = self.cell_place
        if place is None or not self.workbench.may_decide():
            return
        if not self.is_cell_open:
            self.open_view()
        if not self.save_typed():
            return
        parts = self.parts
        if parts is not None:
            self._edited = (place, field)
            if field == "summary":
                self.view.begin_editing(_title(field, parts), parts.marked, typed, parts.refs)
            else:
                words = parts.cell.comment if parts.cell is not None else ""
                self.view.begin_editing(_title(field, parts), words, typed)

    @on(SummaryEditor.Saving)
    def _save_and_close(self) -> None:
        if self.save_typed():
            self.view.end_editing()

    def save_typed(self) -> bool:
        """Save what stands in the editor; tell whether nothing is left unsaved."""
        if self._edited is None or not self.view.is_editing or not self.view.editor.is_changed:
            return True
        from workbench.stages.summaries import write_marked

        (place, field), words = self._edited, self.view.editor.words
        given = {field: words}
        saved = self.workbench.attempt(
            lambda: write_marked(self.study, place.case_id, place.code_id, **given),
            done=f"The {field} is saved.",
        )
        if saved is not None:
            self.view.editor.saved()
        return saved is not None

    @on(SummaryEditor.Leaving)
    @work
    async def _leave_editor(self) -> None:
        from workbench.tui.dialogs import Choice, ChooseFrom

        if not self.view.editor.is_changed:
            self.view.end_editing()
            return
        rows = [
            Choice("save", "Save what was typed"),
            Choice("stay", "Go on writing"),
            Choice("drop", "Throw away what was typed"),
        ]
        chosen = await self.workbench.ask(ChooseFrom("What was typed is not saved yet.", rows))
        if chosen == ["save"]:
            self._save_and_close()
        elif chosen == ["drop"]:
            self.view.editor.saved()
            self.view.end_editing()

    # what rests on what

    def action_link(self) -> None:
        """Link the excerpt at the cursor to the cell, or unlink it."""
        item, place, parts = self.view.evidence.item, self.cell_place, self.parts
        if item is None or place is None or parts is None:
            self.say("No excerpt is there to link.")
            return
        identifier = item.key.partition(":")[2]
        cell_work.link_or_unlink(self.workbench, place, identifier, linked=identifier in parts.linked)

    def action_cite(self) -> None:
        """Cite the excerpt at the cursor where the summary is being written; it is linked first."""
        item, parts = self.view.evidence.item, self.parts
        if item is None or parts is None or self.cell_place is None:
            self.say("No excerpt is there to cite.")
            return
        identifier = item.key.partition(":")[2]
        if not self.view.is_editing or self._edited != (self.cell_place, "summary"):
            self._begin_editing("summary")
        if identifier not in parts.linked:
            cell_work.link_or_unlink(self.workbench, self.cell_place, identifier, linked=False)
        if self.parts is not None and identifier in self.parts.linked:
            self.view.editor.cite(identifier)

    def action_extracts(self) -> None:
        """Put the linked excerpts into the summary word for word, to be distilled there."""
        if self.cell_place is not None and self.save_typed():
            self.view.end_editing()
            cell_work.insert_extracts(self.workbench, self.cell_place)

    @work
    async def action_quote(self) -> None:
        """Quote words of the excerpt at the cursor."""
        item, place, parts = self.view.evidence.item, self.cell_place, self.parts
        if item is None or place is None or parts is None:
            self.say("No excerpt is there to quote.")
            return
        source = next(each for each in parts.evidence if item.key == f"excerpt:{each.excerpt.id}")
        await cell_work.insert_quote(self.workbench, place, source)

    @work
    async def action_remove_quote(self) -> None:
        """Take a quote out of the cell."""
        if self.parts is not None:
            await cell_work.remove_quote(self.workbench, self.parts.quotes)

    @work
    async def action_remove_cell(self) -> None:
        """Take the cell away with all that belongs to it."""
        if self.cell_place is None or not self.workbench.may_decide() or not self.save_typed():
            return
        self.view.end_editing()
        await cell_work.remove(self.workbench, self.cell_place)

    @work
    async def action_status(self) -> None:
        """Give the cell its status, or several at the cursor one together."""
        if self.workbench.may_decide() and (places := await self.choose_some("The status of which cells?")):
            await cell_work.set_status(self.workbench, places)

    @work
    async def _mark(self, state: CellState) -> None:
        place = self.cell_place or await self.choose_one("Which cell?")
        if place is not None:
            await cell_work.mark(self.workbench, place, state)

    def action_charted(self) -> None:
        """Say that the cell is charted."""
        self._mark(CellState.CHARTED)

    def action_reviewed(self) -> None:
        """Say that the cell is reviewed."""
        self._mark(CellState.REVIEWED)

    def action_draft(self) -> None:
        """Say that the cell is a draft again."""
        self._mark(CellState.DRAFT)

    @work
    async def action_clear_stale(self) -> None:
        """Say that a stale cell stands as it is."""
        if (place := await self.choose_one("Which cell?")) is not None:
            await cell_work.clear_stale(self.workbench, place)

    @work
    async def action_search_record(self) -> None:
        """Record a search in vain."""
        if self.workbench.may_decide() and (place := await self.choose_one("Which cell?")) is not None:
            await cell_work.record_search(self.workbench, place)

    @work
    async def action_footnote(self) -> None:
        """Write a footnote or take one away."""
        if self.workbench.may_decide() and (place := await self.choose_one("Which cell?")) is not None:
            await cell_work.footnote(self.workbench, place)

    @work
    async def action_memo(self) -> None:
        """Write a memo on the cell."""
        if not self.workbench.may_decide() or (place := await self.choose_one("Which cell?")) is None:
            return
        if self.study.by_key(place.key) is None:
            self.say("The cell is not begun yet: write its summary or link an excerpt first.")
            return
        from workbench.stages.naming import Names
        from workbench.tui.stages import memo_dialogs

        await memo_dialogs.write_on_record(self.workbench, place.key, Names(self.study).of(place.key))

    @work
    async def action_cell_history(self) -> None:
        """Show every decision about the cell."""
        from workbench.tui.stages.cell_history import show_history

        if (place := await self.choose_one("Which cell?")) is not None:
            await show_history(self.workbench, place)
