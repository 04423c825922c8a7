"""The bar at the top: the stages of the method with their keys."""

from __future__ import annotations

from dataclasses import dataclass

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.message import Message
from textual.widgets import Static

from workbench.tui.actions import ACTIONS, SCREENS, STAGES
from workbench.tui.display import content

_KEYS = {
    action.name: f"{action.keys.partition(',')[0].upper()} "
    for action in ACTIONS
    if action.stage == "everywhere"
}
"""The first key that leads to each screen from everywhere; some are reached from another screen only."""


class StageTab(Static):
    """One stage in the bar."""

    def __init__(self, stage: str, key: str, *, current: bool) -> None:
        sign = "▸" if current else " "
        super().__init__(content(f"{sign}{key}{stage.capitalize()}"), markup=False)
        self.stage = stage
        self.set_class(current, "-current")

    def on_click(self, event: events.Click) -> None:
        """Ask for the stage that was clicked."""
        event.stop()
        self.post_message(StageBar.StageChosen(self.stage))


class StageBar(Horizontal):
    """Show where one is in the method, and the study's title."""

    DEFAULT_CSS = """
    StageBar { height: 1; background: $panel; color: $foreground; }
    StageBar > StageTab { width: auto; padding-right: 1; }
    StageBar > StageTab.-current { text-style: bold reverse; }
    StageBar > #title { width: 1fr; text-align: right; text-wrap: nowrap; text-overflow: ellipsis; }
    StageScreen.-narrow StageBar > #title { display: none; }
    """

    @dataclass
    class StageChosen(Message):
        """A stage was clicked."""

        stage: str

    def __init__(self, current: str, title: str = "") -> None:
        super().__init__()
        self._current = current
        self._title = title

    def compose(self) -> ComposeResult:
        """Lay out one tab per stage, and the title."""
        for screen in SCREENS:
            if screen in STAGES or screen == self._current:
                yield StageTab(screen, _KEYS.get(screen, ""), current=screen == self._current)
        yield Static(content(self._title), id="title", markup=False)

    def show_title(self, title: str) -> None:
        """Show the title of the study."""
        self.query_one("#title", Static).update(content(title))
