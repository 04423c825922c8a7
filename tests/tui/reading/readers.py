"""A reading pane alone in an app, its messages kept and its screen read as text."""

from __future__ import annotations

from textual.app import App, ComposeResult
from textual.message import Message

from workbench.model.text import PlaceMap
from workbench.tui.reading.lanes import Highlight
from workbench.tui.reading.pane import ReadingPane

FAMILY = "👨\u200d👩\u200d👧"
PARAGRAPHS = (
    "Basic plan",
    "The council shall support “newcomers” in every ward.",
    f"市民は、「共生」を進める。{FAMILY}がいる。",
    "End.",
)
PLAN = "\n".join(PARAGRAPHS)
PLACES = PlaceMap(tuple(map(PLAN.index, PARAGRAPHS)))


class Reader(App[None]):
    def __init__(self, content: str = PLAN, *, wide: bool = False, **shown: object) -> None:
        super().__init__()
        self.content, self.shown, self.posted = content, shown, list[Message]()
        self.pane = ReadingPane(ambiguous_wide=wide)

    def compose(self) -> ComposeResult:
        yield self.pane

    def on_mount(self) -> None:
        self.animation_level = "none"
        self.pane.show(self.content, **self.shown)  # type: ignore[arg-type]
        self.pane.focus()

    def on_reading_pane_cursor_moved(self, message: ReadingPane.CursorMoved) -> None:
        self.posted.append(message)

    def on_reading_pane_selection_changed(self, message: ReadingPane.SelectionChanged) -> None:
        self.posted.append(message)

    def on_reading_pane_highlight_activated(self, message: ReadingPane.HighlightActivated) -> None:
        self.posted.append(message)

    def on_reading_pane_furthest_read(self, message: ReadingPane.FurthestRead) -> None:
        self.posted.append(message)

    def of_kind(self, kind: type[Message]) -> list[Message]:
        return [message for message in self.posted if isinstance(message, kind)]

    def lines(self) -> list[str]:
        return [strip.text.rstrip() for strip in self.screen._compositor.render_strips()]


def coding(number: int, start: int, end: int) -> Highlight:
    return Highlight(f"c{number}", start, end, str(number), number, f"Code {number}")


def chosen(app: Reader) -> str:
    selection = app.pane.selection
    return "" if selection is None else app.content[selection.start : selection.end]
