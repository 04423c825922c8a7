"""The registry of actions: bindings, footer, help, palette and documentation are all read from it.

The rows stand in `keys/`, one module per stage. A screen handles an action in its method `action_<name>`.
"""

from __future__ import annotations

from textual.binding import Binding

from workbench.tui.keys import (
    chart,
    editions,
    everywhere,
    familiarise,
    framework,
    history,
    index,
    interpret,
    memos,
    numbers,
    review,
    search,
    suggestions,
    uncertain,
    versions,
)
from workbench.tui.keys.action import Action

__all__ = ["ACTIONS", "SCREENS", "STAGES", "Action", "actions_of", "bindings"]

STAGES = ("familiarise", "framework", "index", "chart", "interpret", "history")
"""Names of the stages in the order of the method, with the log at the end."""

SCREENS = (
    *STAGES,
    "memos",
    "search",
    "review",
    "numbers",
    "editions",
    "versions",
    "uncertain",
    "suggestions",
)
"""Names of all screens: the stages, and what serves all of them."""

ACTIONS: tuple[Action, ...] = (
    *familiarise.ACTIONS,
    *framework.ACTIONS,
    *index.ACTIONS,
    *chart.ACTIONS,
    *interpret.ACTIONS,
    *history.ACTIONS,
    *memos.ACTIONS,
    *numbers.ACTIONS,
    *review.ACTIONS,
    *search.ACTIONS,
    *editions.ACTIONS,
    *versions.ACTIONS,
    *uncertain.ACTIONS,
    *suggestions.ACTIONS,
    *everywhere.ACTIONS,
)


def actions_of(stage: str) -> list[Action]:
    """List the actions of a stage: its own, then those of every screen whose keys it does not use itself."""
    own = [action for action in ACTIONS if action.stage == stage]
    taken = {key for action in own for key in action.keys.split(",")}
    shared = [action for action in ACTIONS if action.stage == "everywhere"]
    return own + [action for action in shared if not taken.issuperset(action.keys.split(","))]


def bindings(stage: str) -> list[Binding]:
    """Give the bindings of a stage's screen."""
    return [binding for action in actions_of(stage) for binding in action.bindings()]
