"""The keys of a screen, read from the registry."""

from __future__ import annotations

from textual.content import Content
from textual.keys import format_key

from workbench.tui.actions import Action, actions_of
from workbench.tui.dialogs.report import Report
from workbench.tui.display import content
from workbench.tui.reading.moves import move_bindings


class Help(Report):
    """Show what each key does here."""

    def __init__(self, stage: str) -> None:
        rows = [(_keys(action), action.help) for action in actions_of(stage)]
        rows += [
            ("ctrl+p", "Find any of these by name, and change the colours."),
            ("tab", "Go to the next pane."),
        ]
        lines = [_line(keys, what) for keys, what in rows]
        if stage in ("familiarise", "index"):
            lines += [content(""), content("In the text", "bold")]
            lines += [_line(binding.key, binding.tooltip) for binding in move_bindings()]
            lines.append(_line("ctrl+c", "Copy the selected passage."))
        super().__init__(f"Keys: {stage}", lines)


def _keys(action: Action) -> str:
    keys = [format_key(key) for key in action.keys.split(",")]
    return "0-9" if action.per_key else " ".join(keys)


def _line(keys: str, what: str) -> Content:
    return Content.assemble(content(keys.ljust(18), "bold"), " ", content(what))
