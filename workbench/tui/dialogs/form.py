"""Ask for several things at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.widgets import Input, Static

from workbench.tui.dialogs.frame import Dialog
from workbench.tui.display import content
from workbench.tui.drafts import Draft
from workbench.tui.widgets.entry import EntryArea, EntryLine


@dataclass(frozen=True, slots=True)
class Field:
    """One thing to fill in."""

    name: str
    label: str
    value: str = ""
    multiline: bool = False


class Form(Dialog[dict[str, str] | None]):
    """Ask for the values of some fields; enter goes to the next, ctrl+s saves."""

    DEFAULT_CSS = """
    Form #fields { height: auto; max-height: 18; }
    Form EntryArea { height: 4; }
    Form .label { color: $text-muted; height: auto; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+s", "accept", "Save", show=False, priority=True)]

    def __init__(self, title: str, fields: Sequence[Field], *, about: str = "") -> None:
        """Ask; `about` is the key of the record that the words are for, should they be kept for later."""
        super().__init__(title, keys="tab next field · ctrl+s saves · esc cancels")
        self._fields = list(fields)
        self._about = about

    def compose_body(self) -> ComposeResult:
        """Lay out one entry per field."""
        with VerticalScroll(id="fields", can_focus=False):
            for field in self._fields:
                yield Static(content(field.label), classes="label", markup=False)
                identifier = f"field-{field.name}"
                if field.multiline:
                    yield EntryArea(field.value, id=identifier)
                else:
                    yield EntryLine(field.value, id=identifier)

    def on_mount(self) -> None:
        """Put every cursor behind what is there already."""
        for area in self.query(EntryArea):
            area.move_cursor(area.document.end)
        self.call_after_refresh(self.query_one("#fields").scroll_home, animate=False)

    def draft(self) -> Draft | None:
        """Hand over the fields that were changed, each under its label."""
        changed = [field for field in self._fields if self.is_mounted and self._typed(field) != field.value]
        text = "\n\n".join(f"{field.label}:\n{self._typed(field)}" for field in changed)
        return Draft(self._title, text, about=self._about) if changed else None

    @on(Input.Submitted)
    def _next(self, event: Input.Submitted) -> None:
        last = self._fields[-1]
        if event.input.id == f"field-{last.name}":
            self.action_accept()
        else:
            self.focus_next()

    def action_accept(self) -> None:
        """Answer with every field by name."""
        self.dismiss({field.name: self._typed(field) for field in self._fields})

    def _typed(self, field: Field) -> str:
        if field.multiline:
            return self.query_one(f"#field-{field.name}", EntryArea).text
        return self.query_one(f"#field-{field.name}", EntryLine).value
