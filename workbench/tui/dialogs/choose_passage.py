"""Choose a passage of a text in a reading pane."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from workbench.model.text import Passage, PlaceMap
from workbench.tui.dialogs.frame import Dialog
from workbench.tui.reading.growing import Finder
from workbench.tui.reading.pane import ReadingPane


class ChoosePassage(Dialog[Passage | None]):
    """Show a text and ask for a passage of it."""

    DEFAULT_CSS = """
    ChoosePassage > #frame { max-width: 140; height: 95%; }
    ChoosePassage ReadingPane { height: 1fr; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("s", "sentence", "Sentence", show=False),
        Binding("p", "paragraph", "Paragraph", show=False),
        Binding("ctrl+s", "accept", "Accept", show=False, priority=True),
    ]

    def __init__(
        self,
        title: str,
        words: str,
        *,
        begin: Passage,
        places: PlaceMap,
        unit_at: Finder,
        ambiguous_wide: bool = False,
    ) -> None:
        """Ask; `begin` is selected at first, or only gone to where it is empty."""
        keys = "shift+arrows select · s sentence · p paragraph · + grows · ctrl+s accepts · esc cancels"
        super().__init__(title, keys=keys)
        self._words = words
        self._begin = begin
        self._places = places
        self._unit_at = unit_at
        self._ambiguous_wide = ambiguous_wide

    def compose_body(self) -> ComposeResult:
        """Lay out the text."""
        yield ReadingPane(id="passages", ambiguous_wide=self._ambiguous_wide)

    @property
    def pane(self) -> ReadingPane:
        """Give the pane with the text."""
        return self.query_one(ReadingPane)

    def on_mount(self) -> None:
        """Show the text at the passage to begin with."""
        self.pane.unit_at = self._unit_at
        self.pane.show(self._words, places=self._places, cursor=self._begin.start)
        if len(self._begin):
            self.pane.go_to(self._begin.start, self._begin)
        self.pane.focus()

    def action_sentence(self) -> None:
        """Select the sentence under the cursor."""
        self.pane.select_unit()

    def action_paragraph(self) -> None:
        """Select the paragraph under the cursor."""
        self.pane.select_paragraph()

    def action_accept(self) -> None:
        """Answer with the selected passage."""
        if self.pane.selection is None:
            self.remark("Nothing is selected yet.")
        else:
            self.dismiss(self.pane.selection)
