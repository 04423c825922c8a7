"""The bar that says of which past a screen tells."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.widgets import Static

from workbench.tui.display import content

if TYPE_CHECKING:
    from workbench.study.study import Study


class PastBar(Static):
    """Say after which decision the study is shown as it stood, and how to get back."""

    DEFAULT_CSS = """
    PastBar { height: 1; background: $warning; color: $text; text-style: bold; padding: 0 1; }
    """

    def __init__(self, past: Study) -> None:
        head = past.head.count
        at = past.decision(head).at[:16].replace("T", " ") if head else ""
        words = f"As of decision {head}, {at} UTC — read only · F12 today"
        super().__init__(content(words), markup=False)
