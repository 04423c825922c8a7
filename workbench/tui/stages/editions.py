"""The screen of index scores: areas by cases, down to the answer, the codes and the cells behind it."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from workbench.model.cell import CountingRule
from workbench.model.index_edition import Aggregation, IndexEdition, Indicator
from workbench.tui.actions import bindings
from workbench.tui.display import content, shortened
from workbench.tui.stages import edition_dialogs as dialogs
from workbench.tui.stages.edition_actions import EditionActions
from workbench.tui.stages.edition_lines import EditionView, Line
from workbench.tui.widgets.line_list import LineList

_COLUMN = 22
_LABEL = 24
_WARNINGS = 2
"""Warnings shown above the scores before the rest is left to the overall line."""


class EditionsScreen(EditionActions):
    """Read scores of an index, and answer its indicators."""

    STAGE: ClassVar[str] = "editions"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("editions")]
    DEFAULT_CSS = """
    EditionsScreen #table { width: 3fr; height: 1fr; }
    EditionsScreen #told { height: auto; max-height: 3; padding: 0 1; color: $text-muted; }
    EditionsScreen #warnings { height: auto; max-height: 4; padding: 0 1; color: $warning; }
    EditionsScreen #heads { height: 1; padding: 0 1; text-style: bold; }
    EditionsScreen #scores { padding: 0 1; }
    EditionsScreen #behind { width: 2fr; height: 1fr; border-left: solid $panel; padding: 0 1; }
    EditionsScreen.-narrow #body { layout: vertical; }
    EditionsScreen.-narrow #table { width: 100%; height: 1fr; }
    EditionsScreen.-narrow #behind {
        width: 100%; height: 35%; border-left: none; border-top: solid $panel;
    }
    """

    def __init__(self) -> None:
        super().__init__()
        self._edition_id = ""
        self._aggregation: Aggregation | None = None
        self._counting: CountingRule | None = None
        self._view: EditionView | None = None
        self._lines: list[Line] = []
        self._opened: set[str] = set()
        self._begun: set[tuple[str, str]] = set()
        """Case ids and dates that somebody means to answer."""
        self._place = -1
        """Number of the case at the cursor; below 0 before an edition is shown."""

    def compose_body(self) -> ComposeResult:
        """Lay out the scores with what keeps them from comparing, and what stands behind one."""
        with Vertical(id="table"):
            yield Static("", id="told", markup=False)
            yield Static("", id="warnings", markup=False)
            yield Static("", id="heads", markup=False)
            yield LineList(id="scores", empty="i imports an edition; f makes one of the framework.")
        with VerticalScroll(id="behind", can_focus=False):
            yield Static("", id="details", markup=False)

    def on_mount(self) -> None:
        """Begin in the scores."""
        self._list.focus()

    @property
    def _list(self) -> LineList:
        return self.query_one("#scores", LineList)

    @property
    def view(self) -> EditionView | None:
        """Give the edition that is shown."""
        return self._view

    @property
    def case_place(self) -> int:
        """Give the number of the case at the cursor."""
        return self._place

    @property
    def line(self) -> Line | None:
        """Give the line at the cursor."""
        return self._list.at_cursor(self._lines)

    # showing

    def refresh_study(self) -> None:
        """Show the edition as it is now, or the first there is."""
        editions = self.study.all(IndexEdition, order="name")
        if all(edition.id != self._edition_id for edition in editions):
            self._edition_id = editions[0].id if editions else ""
        self._view = None
        if self._edition_id:
            self._view = EditionView(
                self.study,
                self._edition_id,
                aggregation=self._aggregation,
                counting=self._counting,
                begun=self._begun,
            )
            at = self._first_answered(self._view) if self._place < 0 else self._place
            self._place = max(0, min(at, len(self._view.places) - 1))
        self._show(self._list.cursor or 0)

    def _first_answered(self, view: EditionView) -> int:
        """Find the first case that has answers; 0 where none has."""
        answered = (at for at, (case, day) in enumerate(view.places) if (case.id, day) in view.sheet.answers)
        return next(answered, 0)

    def _show(self, cursor: int) -> None:
        self._lines = self._view.lines(self._opened) if self._view and self._view.places else []
        self._list.show_items(len(self._lines), self._draw, cursor=cursor)
        told = ""
        if self._view is not None:
            told = f"{self._view.edition.label} · {self._view.rules.name}"
            if not self._view.places:
                told += " · The study has no case yet: F2 adds some."
        self.query_one("#told", Static).update(content(told))
        self._show_columns()
        self._describe()

    @property
    def _room(self) -> int:
        return self._list.scrollable_content_region.width

    def _in_sight(self) -> list[int]:
        """List the cases that fit on the screen, the one at the cursor among them."""
        if self._view is None or not self._view.places:
            return []
        fitting = max(1, (self._room - _LABEL) // _COLUMN)
        first = min(self._place // fitting * fitting, max(0, len(self._view.places) - fitting))
        return list(range(first, min(first + fitting, len(self._view.places))))

    def _show_columns(self) -> None:
        view, places = self._view, self._in_sight()
        heads = content("")
        warnings: list[str] = []
        if view is not None and places:
            width = self._label_width()
            signs = ["▸" if place == self._place else " " for place in places]
            named = [view.head(place, _COLUMN - 2) for place in places]
            marked = [_filled(sign + head, _COLUMN) for sign, head in zip(signs, named, strict=True)]
            heads = content(" " * width + "".join(marked))
            warnings = view.warnings(places)
        self.query_one("#heads", Static).update(heads)
        shown = [content(f"! {warning}") for warning in warnings[:_WARNINGS]]
        if len(warnings) > _WARNINGS:
            shown.append(content(f"! And {len(warnings) - _WARNINGS} more, told beside Overall."))
        self.query_one("#warnings", Static).update(Content("\n").join(shown))

    def _label_width(self) -> int:
        return max(_LABEL, self._room - len(self._in_sight()) * _COLUMN)

    def _draw(self, item: int, columns: int) -> list[Content]:
        view, line = self._view, self._lines[item]
        assert view is not None
        sign = "" if line.depth != 1 else "▾ " if line.area in self._opened else "▸ "
        width = self._label_width()
        label = _filled(shortened("  " * max(line.depth - 1, 0) + sign + line.label, width - 1), width)
        style = "bold" if line.depth == 0 else ""
        told = [
            content(_filled(shortened(f" {view.told(line, place)}", _COLUMN - 1), _COLUMN), style)
            for place in self._in_sight()
        ]
        return [Content.assemble(content(label, style), *told)]

    @on(LineList.Moved, "#scores")
    def _describe(self) -> None:
        view, line = self._view, self.line
        parts: list[Content] = []
        if view is not None and line is not None:
            parts.append(content(line.label, "bold"))
            for heading, words in view.details(line, self._place):
                named = content(f"{heading}: ", "dim") if heading else content("")
                parts.append(
                    Content.assemble(named, content(words, "" if heading else "bold", newlines=True))
                )
            if line.depth == 0:
                parts += [content(f"! {warning}") for warning in view.warnings(self._in_sight())]
        self.query_one("#details", Static).update(Content("\n").join(parts))
        self.query_one("#behind").scroll_home(animate=False)

    @on(LineList.Resized, "#scores")
    def _resized(self) -> None:
        self._show_columns()

    # going

    def open_indicator(self, indicator_id: str = "", case_id: str = "") -> None:
        """Show an indicator for a case; without one, the scores as they were left."""
        indicator = self.study.find(Indicator, indicator_id)
        if indicator is not None:
            self._edition_id = indicator.edition_id
            self._opened.add(indicator.area)
        self.refresh_study()
        if indicator is not None and self._view is not None:
            at = [number for number, (case, _) in enumerate(self._view.places) if case.id == case_id]
            self._place = at[0] if at else self._place
            rows = [row for row, line in enumerate(self._lines) if line.indicator == indicator]
            self._show(rows[0] if rows else 0)
        self._list.focus()

    def object_key(self) -> str:
        """Give the indicator at the cursor, or else the edition."""
        if self.line is not None and self.line.indicator is not None:
            return f"indicator:{self.line.indicator.id}"
        return f"index-edition:{self.view.edition.id}" if self.view is not None else ""

    def place(self) -> Callable[[], None]:
        """Come back to the line."""
        return lambda: self.set_focus(self._list)

    @on(LineList.Opened, "#scores")
    @work
    async def _open_line(self) -> None:
        line = self.line
        if line is None or self._view is None:
            return
        if line.indicator is not None:
            await dialogs.open_cell_behind(self.workbench, self._view, line.indicator, self._place)
        elif line.depth == 1:
            self._opened ^= {line.area}
            self._show(self._list.cursor or 0)

    def action_next_case(self) -> None:
        """Go to the next case."""
        self._step(1)

    def action_previous_case(self) -> None:
        """Go to the case before."""
        self._step(-1)

    def _step(self, by: int) -> None:
        if self._view is not None and self._view.places:
            self._place = min(max(self._place + by, 0), len(self._view.places) - 1)
            self._show(self._list.cursor or 0)

    # choosing what is shown

    @work
    async def action_choose(self) -> None:
        """Choose the edition."""
        chosen = await dialogs.choose_edition(self.workbench)
        if chosen:
            self._edition_id, self._aggregation = chosen, None
            self._opened, self._begun = set(), set()
            self.refresh_study()

    @work
    async def action_rule(self) -> None:
        """Choose the rule that the scores are made by."""
        if self._view is not None:
            chosen = await dialogs.choose_rule(self.workbench, self._view)
            if chosen is not None:
                self._aggregation = chosen
                self.refresh_study()

    @work
    async def action_from_cells(self) -> None:
        """Score cells instead of answers, or answers again."""
        if self._counting is not None:
            self._counting = None
        else:
            self._counting = await dialogs.choose_counting(self.workbench)
        self.refresh_study()

    # deciding

    @work
    async def action_date(self) -> None:
        """Begin a column for the case as of another date."""
        view = self._view
        if view is not None and view.places and self.workbench.may_decide():
            begun = await dialogs.ask_for_date(self.workbench, view, self._place)
            if begun is not None:
                self._begun.add(begun)
                self._counting = None
                self.refresh_study()
                self._go_to_place(begun)

    def _go_to_place(self, wanted: tuple[str, str]) -> None:
        if self._view is not None:
            places = [(case.id, as_of) for case, as_of in self._view.places]
            self._place = places.index(wanted)
            self._show(self._list.cursor or 0)

    def take(self, edition: IndexEdition | None) -> None:
        """Show an edition that was just made."""
        if edition is not None:
            self._edition_id, self._aggregation = edition.id, None
            self.refresh_study()


def _filled(words: str, width: int) -> str:
    return words + " " * max(width - Content(words).cell_length, 0)
