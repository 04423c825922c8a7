"""The registry of actions: bindings, footer, help, palette and documentation are all read from it.

The rows stand in `keys/`, one module per stage. A screen handles an action in its method `action_<name>`.
"""

from __future__ import annotations

from dataclasses import replace

from textual.binding import Binding

from workbench.tui.keys import (
    chart,
    checks,
    editions,
    everywhere,
    familiarise,
    framework,
    glossary,
    history,
    index,
    interpret,
    memos,
    numbers,
    parallel,
    review,
    search,
    suggestions,
    uncertain,
    versions,
    words,
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
    "glossary",
    "checks",
    "words",
    "parallel",
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
    *glossary.ACTIONS,
    *uncertain.ACTIONS,
    *checks.ACTIONS,
    *words.ACTIONS,
    *parallel.ACTIONS,
    *suggestions.ACTIONS,
    *everywhere.ACTIONS,
)


BORROWS = {"parallel": "index"}
"""Screen -> the screen whose actions it has as well, under the same names and keys."""
_IN_BOTH_FOOTERS = frozenset({"index.apply_codes"})
"""What is borrowed for the footer as well: there is not room for everything."""


def actions_of(stage: str) -> list[Action]:
    """List the actions of a stage: its own, then those it borrows and those of every screen.

    Of the latter two, those are left out whose keys are used already.
    """
    found = [action for action in ACTIONS if action.stage == stage]
    for lender in filter(None, (BORROWS.get(stage), "everywhere")):
        taken = {key for action in found for key in action.keys.split(",")}
        lent = [
            action
            if lender == "everywhere" or action.id in _IN_BOTH_FOOTERS
            else replace(action, in_footer=False)
            for action in ACTIONS
            if action.stage == lender
        ]
        found += [action for action in lent if not taken.issuperset(action.keys.split(","))]
    return found


def bindings(stage: str) -> list[Binding]:
    """Give the bindings of a stage's screen."""
    return [binding for action in actions_of(stage) for binding in action.bindings()]
