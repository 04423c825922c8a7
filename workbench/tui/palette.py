"""The command palette, read from the action registry."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from textual.command import DiscoveryHit, Hit, Hits, Provider

from workbench.tui.actions import actions_of
from workbench.tui.display import content
from workbench.tui.preferences import preferences_path
from workbench.tui.screen import StageScreen
from workbench.tui.theme import THEMES


class ActionCommands(Provider):
    """Offer every action of the screen that is open, and the themes."""

    def _commands(self) -> Iterator[tuple[str, str, Callable[[], Any]]]:
        screen = self.screen
        if isinstance(screen, StageScreen):
            for action in actions_of(screen.STAGE):
                if not action.per_key:
                    yield action.label, action.help, partial(screen.run_action, action.name)
        for theme in THEMES:
            name = theme.name.removeprefix("workbench-")
            yield (
                f"Colours: {name}",
                f"Show everything in the {name} theme.",
                partial(self._paint, theme.name),
            )

    def _paint(self, theme: str) -> None:
        self.app.theme = theme
        if isinstance(self.screen, StageScreen):
            name = theme.removeprefix("workbench-")
            self.screen.say(f"Colours: {name}. To keep them, write colours: {name} in {preferences_path()}.")

    async def discover(self) -> Hits:
        """Offer everything while nothing is typed."""
        for label, help_text, command in self._commands():
            yield DiscoveryHit(content(f"{label}: {help_text}"), command, text=label)

    async def search(self, query: str) -> Hits:
        """Offer what resembles the words typed."""
        matcher = self.matcher(query)
        for label, help_text, command in self._commands():
            line = f"{label}: {help_text}"
            if (score := matcher.match(line)) > 0:
                yield Hit(score, matcher.highlight(line), command, text=line)
