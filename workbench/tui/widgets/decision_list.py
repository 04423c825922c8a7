"""A list of decisions, each on one line."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from textual.content import Content

from workbench.tui.display import content, shortened
from workbench.tui.widgets.line_list import LineList


@dataclass(frozen=True, slots=True)
class DecisionLine:
    """What the list says of one decision."""

    seq: int
    at: str
    """When, ready to show."""
    coder: str
    action: str
    about: str
    reason: str = ""
    mark: str = ""
    """`↶` for one that was undone."""


class DecisionList(LineList):
    """Show decisions that are asked for as they come into view."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id, empty="No decision fits.")
        self._line: Callable[[int], DecisionLine] = lambda item: DecisionLine(item, "", "", "", "")

    def show_decisions(self, count: int, line: Callable[[int], DecisionLine], *, cursor: int = 0) -> None:
        """Show so many decisions; `line(item)` answers at once."""
        self._line = line
        self.show_items(count, self._draw_decision, cursor=cursor)

    def _draw_decision(self, item: int, columns: int) -> list[Content]:
        line = self._line(item)
        when = line.at if columns >= 90 else line.at[5:]
        front = f"{line.mark or ' '}{line.seq:>6} {when} "
        who = shortened(line.coder, 12)
        rest = columns - len(front) - Content(who).cell_length - len(line.action) - 2
        about = f"{line.about} — {line.reason}" if line.reason else line.about
        return [
            Content.assemble(
                content(front, "dim"),
                Content(who),
                " ",
                content(line.action, "bold"),
                " ",
                Content(shortened(about, max(rest, 1))),
            )
        ]
