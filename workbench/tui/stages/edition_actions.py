"""What is decided and reported on the screen of index scores."""

from __future__ import annotations

from textual import work

from workbench.model.index_edition import IndexEdition, Indicator
from workbench.tui.screen import StageScreen
from workbench.tui.stages import edition_dialogs as dialogs
from workbench.tui.stages import edition_files as files
from workbench.tui.stages import edition_reports as reports
from workbench.tui.stages.edition_lines import EditionView, Line


class EditionActions(StageScreen):
    """The actions on an edition, on the indicator at the cursor and for the case at the cursor."""

    @property
    def view(self) -> EditionView | None:
        """Give the edition that is shown."""
        raise NotImplementedError

    @property
    def line(self) -> Line | None:
        """Give the line at the cursor."""
        raise NotImplementedError

    @property
    def case_place(self) -> int:
        """Give the number of the case at the cursor."""
        raise NotImplementedError

    def take(self, edition: IndexEdition | None) -> None:
        """Show an edition that was just made."""
        raise NotImplementedError

    @work
    async def action_compare(self) -> None:
        """List the printed scores that do not follow."""
        if self.view is not None:
            await reports.report_departures(self.workbench, self.view)

    @work
    async def action_beside(self) -> None:
        """Show all editions side by side."""
        await reports.report_side_by_side(self.workbench)

    @work
    async def action_counts(self) -> None:
        """Show the areas of the edition beside the themes that are counted."""
        if self.view is not None:
            await reports.report_beside_counts(self.workbench, self.view, self.case_place)

    @work
    async def action_answer(self) -> None:
        """Answer the indicator at the cursor for the case."""
        if (indicator := self._indicator()) is not None and self.view is not None:
            await dialogs.answer(self.workbench, self.view, indicator, self.case_place)

    @work
    async def action_map(self) -> None:
        """Say which codes stand for the indicator at the cursor."""
        if (indicator := self._indicator()) is not None and self.view is not None:
            await dialogs.map_codes(self.workbench, self.view, indicator)

    @work
    async def action_edit_indicator(self) -> None:
        """Change the indicator at the cursor."""
        if (indicator := self._indicator()) is not None:
            await dialogs.edit_indicator(self.workbench, indicator)

    def _indicator(self) -> Indicator | None:
        """Give the indicator at the cursor where something may be decided about it."""
        if not self.workbench.may_decide():
            return None
        if self.line is None or self.line.indicator is None:
            self.say("This is about one indicator: enter opens an area.")
            return None
        return self.line.indicator

    @work
    async def action_import_sheet(self) -> None:
        """Import an edition or a filled sheet."""
        if self.workbench.may_decide():
            self.take(await files.import_from_file(self.workbench))

    @work
    async def action_from_framework(self) -> None:
        """Make an edition of the study's own codes."""
        if self.workbench.may_decide():
            self.take(await files.make_from_framework(self.workbench))

    @work
    async def action_export(self) -> None:
        """Write the edition to a sheet."""
        if self.view is not None:
            await files.export_to_file(self.workbench, self.view)

    @work
    async def action_edit_rules(self) -> None:
        """Change date, level and rules of the edition."""
        if self.view is not None and self.workbench.may_decide():
            await dialogs.edit_rules(self.workbench, self.view.edition)

    @work
    async def action_remove(self) -> None:
        """Take the edition away."""
        if self.view is not None and self.workbench.may_decide():
            await dialogs.remove(self.workbench, self.view.edition)
