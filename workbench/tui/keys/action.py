"""One row of the action registry."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from textual.binding import Binding


@dataclass(frozen=True, slots=True)
class Action:
    """Something a user can do on a screen, whatever key it is bound to."""

    id: str
    """`stage.name`; the screen's method is `action_name`. The stage `everywhere` means every screen."""
    keys: str
    """Keys that do it, separated by commas."""
    label: str
    """What the footer and the palette call it."""
    help: str
    """One sentence for the help screen and the documentation."""
    in_footer: bool = False
    per_key: bool = False
    """Whether the method is told which of the keys was pressed."""

    @property
    def stage(self) -> str:
        """Name the stage it belongs to, or `everywhere`."""
        return self.id.partition(".")[0]

    @property
    def name(self) -> str:
        """Name the method without `action_`."""
        return self.id.partition(".")[2]

    def bindings(self) -> Iterator[Binding]:
        """Give the Textual bindings of the action."""
        if not self.per_key:
            yield self._binding(self.keys, self.name, self.id)
            return
        for key in self.keys.split(","):
            yield self._binding(key, f"{self.name}('{key}')", f"{self.id}.{key}")

    def _binding(self, keys: str, action: str, identifier: str) -> Binding:
        return Binding(keys, action, self.label, show=self.in_footer, tooltip=self.help, id=identifier)
