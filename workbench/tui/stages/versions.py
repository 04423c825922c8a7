"""The screen of versions: all texts as a tree, who made them, what replaced them, what was checked."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from workbench.errors import WorkbenchError
from workbench.model.text import Passage, Text
from workbench.tui.actions import bindings
from workbench.tui.display import content, shortened
from workbench.tui.screen import StageScreen
from workbench.tui.stages import version_dialogs as dialogs
from workbench.tui.stages.chart_writing import reading
from workbench.tui.stages.going import text_of_key
from workbench.tui.stages.version_sheet import figures_of, name_of, version_sheet
from workbench.tui.widgets.line_list import LineList
from workbench.tui.wording import several

if TYPE_CHECKING:
    from workbench.stages.text_tree import TextLine
    from workbench.stages.verification import Verified

_SIGNS = {"revises": "└ replaces: ", "translates": "└ renders: ", "": ""}
_DEEPEST = 6
"""Steps to the right that are drawn; deeper lines stay below one another."""


class VersionsScreen(StageScreen):
    """See which texts there are of a document, and decide what they are."""

    STAGE: ClassVar[str] = "versions"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("versions")]
    DEFAULT_CSS = """
    VersionsScreen #shown { width: 3fr; height: 1fr; }
    VersionsScreen #told { height: auto; padding: 0 1; color: $text-muted; }
    VersionsScreen #texts { padding: 0 1; }
    VersionsScreen #behind { width: 2fr; height: 1fr; border-left: solid $panel; padding: 0 1; }
    VersionsScreen.-narrow #body { layout: vertical; }
    VersionsScreen.-narrow #shown { width: 100%; height: 1fr; }
    VersionsScreen.-narrow #behind { width: 100%; height: 45%; border-left: none; border-top: solid $panel; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._lines: list[TextLine] = []
        self._shares: dict[str, Verified] = {}
        """How much of each text is verified, as far as it is counted by now."""
        self._wanted = ""
        """Id of the text that the cursor shall come to once the texts are read."""
        self._selected: tuple[str, Passage] | None = None
        """Id of a text and the passage that was selected where one came from."""

    def compose_body(self) -> ComposeResult:
        """Lay out the tree, and what is known of the text at the cursor."""
        with Vertical(id="shown"):
            yield Static(content("reading the texts…"), id="told", markup=False)
            yield LineList(id="texts", lines_each=2, empty="The study holds no text yet: F2 imports some.")
        with VerticalScroll(id="behind"):
            yield Static("", id="details", markup=False)

    def on_mount(self) -> None:
        """Begin in the tree."""
        self._list.focus()

    @property
    def _list(self) -> LineList:
        return self.query_one("#texts", LineList)

    @property
    def line(self) -> TextLine | None:
        """Give the line at the cursor."""
        return self._list.at_cursor(self._lines)

    # showing

    def refresh_study(self) -> None:
        """Read the texts as they are now, aside."""
        self.run_worker(self._read(), group="tree", exclusive=True)

    def show_about(self, key: str, passage: Passage | None = None) -> None:
        """Put the cursor on the text that a record is in; `passage` is what was selected there."""
        self._wanted = text_of_key(self.study, key)
        self._selected = (self._wanted, passage) if passage is not None and len(passage) else None
        self._go_to_wanted()
        self._list.focus()

    def _go_to_wanted(self) -> None:
        at = [place for place, line in enumerate(self._lines) if line.text.id == self._wanted]
        if at:
            self._wanted = ""
            self._list.go_to(at[0])

    async def _read(self) -> None:
        try:
            self._show(await asyncio.to_thread(self._tree))
            for line in self._lines:
                if line.verifications:
                    self._shares[line.text.id] = await asyncio.to_thread(self._share, line.text)
                    self._list.refresh()
                    self._describe()
        except WorkbenchError as error:
            self.say(str(error), alarm=True)

    def _tree(self) -> list[TextLine]:
        from workbench.stages.text_tree import text_tree

        with reading(self.workbench) as study:
            return text_tree(study)

    def _share(self, text: Text) -> Verified:
        from workbench.stages.verification import verified

        with reading(self.workbench) as study:
            return verified(study, text.id)

    def _show(self, lines: list[TextLine]) -> None:
        here = self.line
        self._lines, self._shares = lines, {}
        same = [at for at, each in enumerate(lines) if here is not None and each.text.id == here.text.id]
        self._list.show_items(len(lines), self._draw, cursor=same[0] if same else self._list.cursor or 0)
        documents = len({line.document.id for line in lines})
        drafts = sum(line.text.is_unapproved_draft for line in lines)
        told = [f"{several(len(lines), 'text')} of {several(documents, 'document')}"]
        told += [f"! {several(drafts, 'machine draft')} that nobody has approved"] if drafts else []
        self.query_one("#told", Static).update(content(" · ".join(told)))
        self._go_to_wanted()
        self._describe()

    def _draw(self, item: int, columns: int) -> list[Content]:
        line = self._lines[item]
        indent = "  " * min(line.depth, _DEEPEST)
        alarm = "! " if line.text.is_unapproved_draft else ""
        old = " (replaced)" if line.replaced_by else ""
        head = f"{indent}{_SIGNS[line.relation]}{alarm}{name_of(line.document, line.text)}{old}"
        below = f"{indent}  {figures_of(line, self._shares.get(line.text.id))}"
        style = "bold" if not line.relation else "dim" if line.replaced_by else ""
        return [content(shortened(head, columns), style), content(shortened(below, columns), "dim")]

    @on(LineList.Moved, "#texts")
    def _describe(self) -> None:
        line = self.line
        sheet = content("")
        if line is not None and self.study.find(Text, line.text.id) is not None:
            sheet = version_sheet(self.study, line, self._shares.get(line.text.id))
        self.query_one("#details", Static).update(sheet)
        self.query_one("#behind").scroll_home(animate=False)

    # going

    def object_key(self) -> str:
        """Give the text at the cursor."""
        return f"text:{self.line.text.id}" if self.line is not None else ""

    def place(self) -> Callable[[], None]:
        """Come back to the line."""
        return lambda: self.set_focus(self._list)

    @on(LineList.Opened, "#texts")
    def _open_text(self) -> None:
        if self.line is not None:
            self.workbench.open_passage(self.line.text.id, Passage(0, 0))

    def action_waiting(self) -> None:
        """Go to the excerpts that stayed behind."""
        self.workbench.open_uncertain()

    # deciding

    def _to_change(self) -> TextLine | None:
        return self.line if self.line is not None and self.workbench.may_decide() else None

    @work
    async def action_describe(self) -> None:
        """Say who made the text at the cursor, how and from which."""
        if (line := self._to_change()) is not None:
            await dialogs.describe(self.workbench, line, self._lines)

    @work
    async def action_approve(self) -> None:
        """Approve the machine draft at the cursor."""
        if (line := self._to_change()) is not None:
            await dialogs.approve(self.workbench, line)

    @work
    async def action_revise(self) -> None:
        """Import a new version of the text at the cursor."""
        if (line := self._to_change()) is not None:
            await dialogs.import_revision(self.workbench, line)

    @work
    async def action_replace(self) -> None:
        """Say which text of the study takes the place of the one at the cursor."""
        if (line := self._to_change()) is not None:
            await dialogs.replace_by(self.workbench, line, self._lines)

    @work
    async def action_verify(self) -> None:
        """Record that a passage of the text at the cursor was checked."""
        if (line := self._to_change()) is not None:
            selected = self._selected
            is_here = selected is not None and selected[0] == line.text.id
            begin = selected[1] if selected is not None and is_here else line.text.whole
            await dialogs.verify(self.workbench, line.text, begin=begin)

    @work
    async def action_unverify(self) -> None:
        """Take a verification of the text at the cursor away."""
        if (line := self._to_change()) is not None:
            await dialogs.unverify(self.workbench, line.text)

    @work
    async def action_compare(self) -> None:
        """Compare the text at the cursor with another version."""
        if self.line is not None:
            await dialogs.compare(self.workbench, self.line, self._lines)

    @work
    async def action_statement(self) -> None:
        """Write the translation statement to a file."""
        await dialogs.export_statement(self.workbench)
