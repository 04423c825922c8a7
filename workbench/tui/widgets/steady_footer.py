"""The keys at the bottom, drawn anew only where others are offered."""

from __future__ import annotations

from textual.screen import Screen
from textual.widgets import Footer


class SteadyFooter(Footer):
    """Show the keys; where the focus moves between widgets with the same keys, nothing is made anew."""

    def __init__(self) -> None:
        super().__init__(compact=True, show_command_palette=False)
        self._offered: list[tuple[str, str, bool]] | None = None

    def bindings_changed(self, screen: Screen[object]) -> None:
        """Compare what is offered now with what is shown."""
        offered = [
            (key, active.binding.description, active.enabled)
            for key, active in screen.active_bindings.items()
            if active.binding.show
        ]
        if offered != self._offered:
            self._offered = offered
            super().bindings_changed(screen)
