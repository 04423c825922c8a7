"""The frame that all dialogs share: a title, a body, and the keys that end it."""

from __future__ import annotations

from typing import ClassVar, TypeVar

from textual.app import ComposeResult
from textual.await_complete import AwaitComplete
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Static

from workbench.tui.display import content
from workbench.tui.drafts import Draft, Drafting

R = TypeVar("R")


class Dialog(ModalScreen[R]):
    """Ask for one thing; escape answers None."""

    DEFAULT_CSS = """
    Dialog { align: center middle; background: $background 60%; }
    Dialog > #frame {
        width: 96%; max-width: 100; height: auto; max-height: 95%;
        background: $surface; border: round $primary; padding: 0 1;
    }
    Dialog #dialog-title { text-style: bold; height: auto; max-height: 4; }
    Dialog #dialog-keys { color: $text-muted; height: auto; }
    Dialog Input { border: none; height: 1; padding: 0; background: $panel; }
    Dialog TextArea { border: none; padding: 0; background: $panel; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "cancel", "Cancel", show=False)]

    def __init__(self, title: str, *, keys: str) -> None:
        super().__init__()
        self._title = title
        self._keys = keys
        self.left: Draft | None = None
        """What was typed and not what stood there before, once it is answered."""

    def compose(self) -> ComposeResult:
        """Lay out title, body and keys."""
        with Vertical(id="frame"):
            yield Static(content(self._title, newlines=True), id="dialog-title", markup=False)
            yield from self.compose_body()
            yield Static(content(self._keys), id="dialog-keys", markup=False)

    def compose_body(self) -> ComposeResult:
        """Lay out what is asked."""
        yield from ()

    def dismiss(self, result: R | None = None) -> AwaitComplete:
        """Answer; what was typed stays at hand until it is decided."""
        if result is not None and isinstance(self, Drafting):
            self.left = self.draft()
        return super().dismiss(result)

    def action_cancel(self) -> None:
        """Answer nothing."""
        self.dismiss(None)

    def remark(self, sentence: str) -> None:
        """Say below what is still wrong, or nothing any more; the dialog stays."""
        words = f"! {sentence}  {self._keys}" if sentence else self._keys
        self.query_one("#dialog-keys", Static).update(content(words))
