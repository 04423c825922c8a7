"""The reference of all keys, written from the registry of actions and the bindings of the widgets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from textual.binding import Binding, BindingType
from textual.keys import format_key

from workbench.tui.actions import ACTIONS, SCREENS, Action
from workbench.tui.dialogs import ChooseCode, ChooseFrom, Form
from workbench.tui.matrix.matrix_view import MatrixView
from workbench.tui.preferences import known_ids
from workbench.tui.reading.moves import move_bindings, other_bindings
from workbench.tui.widgets.document_list import DocumentList
from workbench.tui.widgets.line_list import LineList
from workbench.tui.widgets.summary_editor import SummaryEditor

_HEAD = """# Keys

Written from the registry of actions by `workbench.tui.reference:render`; a test holds it to the program.

`F1` shows the keys of the screen one is on, `ctrl+p` finds an action by name.
The names in the second column can be given other keys: see [preferences](guide/preferences.md).
"""

_WIDGETS: tuple[tuple[str, list[BindingType]], ...] = (
    ("In the text", [*move_bindings(), *other_bindings()]),
    ("In the table", MatrixView.BINDINGS),
    ("In a list", LineList.BINDINGS),
    ("In the list of documents", DocumentList.BINDINGS),
    ("In the summary of a cell", SummaryEditor.BINDINGS),
    ("Where something is chosen", ChooseFrom.BINDINGS),
    ("Where codes are chosen", ChooseCode.BINDINGS),
    ("In a form", Form.BINDINGS),
)
"""What stands on several screens and has keys of its own."""


def render() -> str:
    """Write the reference as Markdown."""
    lines = [_HEAD]
    for screen in ("everywhere", *SCREENS):
        lines += _table(screen.capitalize(), map(_of_action, _own(screen)))
    known = known_ids()
    for title, bound in _WIDGETS:
        keyed = [binding for binding in bound if isinstance(binding, Binding)]
        lines += _table(title, [_of_binding(binding, known) for binding in keyed])
    return "\n".join(lines)


def _own(screen: str) -> list[Action]:
    return [action for action in ACTIONS if action.stage == screen]


def _table(title: str, rows: Iterable[tuple[str, str, str]]) -> Iterator[str]:
    yield f"## {title}\n"
    yield "| keys | name | what it does |"
    yield "| --- | --- | --- |"
    for row in rows:
        yield f"| {' | '.join(row)} |"
    yield ""


def _of_action(action: Action) -> tuple[str, str, str]:
    names = [binding.id or "" for binding in action.bindings()]
    named = " to ".join(dict.fromkeys(f"`{each}`" for each in (names[0], names[-1])))
    return _keys(action.keys), named, action.help


def _of_binding(binding: Binding, known: set[str]) -> tuple[str, str, str]:
    named = f"`{binding.id}`" if binding.id in known else ""
    return _keys(binding.key), named, f"{binding.tooltip or binding.description}."


def _keys(keys: str) -> str:
    """Write keys one by one; none of them may end a cell of the table."""
    return " ".join(f"`{_named(key.strip())}`" for key in keys.split(",")).replace("|", "\\|")


def _named(key: str) -> str:
    """Write a sign as itself and any other key by the name that preferences know it by."""
    held, plus, last = key.rpartition("+")
    sign = format_key(last)
    return f"{held}{plus}{sign if len(sign) == 1 and sign.isascii() else last}"


if __name__ == "__main__":
    print(render(), end="")
