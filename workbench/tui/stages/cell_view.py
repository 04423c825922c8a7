"""One cell, opened: what it says to the left, the passages it rests on to the right."""

from __future__ import annotations

from collections.abc import Mapping

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.widgets import Static

from workbench.tui.display import content
from workbench.tui.stages.cell_parts import CellParts
from workbench.tui.stages.cell_sheet import cell_sheet
from workbench.tui.stages.evidence_items import minding
from workbench.tui.widgets.entry import EntryArea
from workbench.tui.widgets.excerpt_list import EvidenceItem, EvidenceList
from workbench.tui.widgets.summary_editor import SummaryEditor
from workbench.tui.wording import several

LINKED, OFFERED = "✓", "○"
"""Signs of an excerpt that the cell rests on, and of one that has the code but is not linked."""


class CellView(Horizontal):
    """Show a cell with its evidence; while its words are written the evidence stays in view."""

    DEFAULT_CSS = """
    CellView { width: 1fr; height: 1fr; }
    CellView > #cell-side { width: 1fr; height: 1fr; }
    CellView #sheet { height: 1fr; padding: 0 1; }
    CellView #editor { display: none; }
    CellView.-editing #sheet { display: none; }
    CellView.-editing #editor { display: block; }
    CellView > #evidence-side { width: 1fr; height: 1fr; border-left: solid $panel; }
    CellView #evidence-title { height: auto; color: $text-muted; padding: 0 1; }
    """

    def compose(self) -> ComposeResult:
        """Lay out the cell, the field to write in, and the evidence."""
        with Vertical(id="cell-side"):
            with VerticalScroll(id="sheet"):
                yield Static("", id="cell-words", markup=False)
            yield SummaryEditor(id="editor")
        with Vertical(id="evidence-side"):
            yield Static("", id="evidence-title", markup=False)
            yield EvidenceList(id="evidence", empty="No passage here has the code yet.")

    @property
    def editor(self) -> SummaryEditor:
        """Give the field in which words are written."""
        return self.query_one(SummaryEditor)

    @property
    def evidence(self) -> EvidenceList:
        """Give the list of excerpts."""
        return self.query_one(EvidenceList)

    @property
    def is_editing(self) -> bool:
        """Tell whether words are being written."""
        return self.has_class("-editing")

    def show_parts(self, parts: CellParts, *, anew: bool) -> None:
        """Show a cell; `anew` puts the cursor on its first excerpt."""
        self.query_one("#cell-words", Static).update(cell_sheet(parts))
        if self.is_editing and not anew:
            if self.editor.cites:
                self.editor.follow(parts.marked, parts.refs)
            else:
                self.editor.follow(parts.cell.comment if parts.cell is not None else "", None)
        items = [
            EvidenceItem(
                f"excerpt:{each.excerpt.id}",
                f"{each.citation}{minding(parts.minded[each.excerpt.id])}",
                each.excerpt.quote,
                f"{LINKED} {parts.refs[each.excerpt.id]}" if each.excerpt.id in parts.refs else OFFERED,
            )
            for each in parts.evidence
        ]
        title = f"{several(len(items), 'excerpt')} · {LINKED} linked · {OFFERED} offered"
        self.query_one("#evidence-title", Static).update(content(title))
        if anew:
            self.query_one("#sheet").scroll_home(animate=False)
            self.evidence.show_evidence(items)
        else:
            self.evidence.keep_evidence(items)

    def begin_editing(
        self, title: str, words: str, typed: str | None = None, refs: Mapping[str, str] | None = None
    ) -> None:
        """Open the field with words to go on from, or with what was typed in their place and is not saved.

        `refs` are those by which the words cite evidence, where they do.
        """
        self.add_class("-editing")
        self.editor.begin(title, words, refs)
        if typed is not None:
            area = self.editor.query_one(EntryArea)
            area.load_text(typed)
            area.move_cursor(area.document.end)

    def end_editing(self) -> None:
        """Close the field."""
        self.remove_class("-editing")
        self.evidence.focus()
