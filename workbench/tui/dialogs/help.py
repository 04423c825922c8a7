"""The keys of a screen, read from the registry."""

from __future__ import annotations

from collections.abc import Mapping

from textual.binding import Binding
from textual.content import Content
from textual.keys import format_key

from workbench.tui.actions import Action, actions_of
from workbench.tui.dialogs.report import Report
from workbench.tui.display import content
from workbench.tui.matrix.matrix_view import MatrixView
from workbench.tui.reading.moves import move_bindings, other_bindings


class Help(Report):
    """Show what each key does here."""

    def __init__(self, stage: str, keys: Mapping[str, str]) -> None:
        """Name the keys of a screen; `keys` are those that the user prefers, by action."""
        rows = [(_keys(action, keys), action.help) for action in actions_of(stage)]
        rows += [
            ("ctrl+p", "Find any of these by name, and change the colours."),
            ("tab", "Go to the next pane."),
        ]
        lines = [_line(keys, what) for keys, what in rows]
        if stage in ("familiarise", "index"):
            lines += [content(""), content("In the text", "bold")]
            of_text = (*move_bindings(), *other_bindings())
            lines += [_line(keys.get(each.id or "", each.key), f"{each.tooltip}.") for each in of_text]
        if stage in ("chart", "interpret"):
            lines += [content(""), content("In the table", "bold")]
            lines += [_line(format_key(binding.key), binding.tooltip) for binding in table_bindings()]
        super().__init__(f"Keys: {stage}", lines)


def _keys(action: Action, preferred: Mapping[str, str]) -> str:
    keys = [format_key(key.strip()) for key in preferred.get(action.id, action.keys).split(",")]
    return f"{keys[0]}-{keys[-1]}" if action.per_key else " ".join(keys)


def table_bindings() -> list[Binding]:
    """List the keys of a table."""
    return [each for each in MatrixView.BINDINGS if isinstance(each, Binding)]


def _line(keys: str, what: str) -> Content:
    return Content.assemble(content(keys.ljust(18), "bold"), " ", content(what))
