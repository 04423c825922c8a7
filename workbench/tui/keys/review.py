"""Actions of the screen that reviews codings: all under one code, or all that wait for a second look."""

from __future__ import annotations

from workbench.tui.keys.action import Action

ACTIONS: tuple[Action, ...] = (
    Action(
        "review.choose", "c", "Code", "Choose the code whose passages to read across cases.", in_footer=True
    ),
    Action(
        "review.waiting",
        "w",
        "Waiting",
        "Show the codings to look at again since the framework changed, with the reason.",
        in_footer=True,
    ),
    Action("review.in_doubt", "d", "In doubt", "Show the codings that are flagged as doubtful."),
    Action("review.tick", "space", "Tick", "Tick the coding under the cursor, or untick it.", in_footer=True),
    Action("review.tick_all", "A", "Tick all", "Tick all codings, or none where all are ticked."),
    Action(
        "review.confirm", "k", "Keep", "Say of those ticked that they hold, with a reason.", in_footer=True
    ),
    Action("review.recode", "R", "Recode", "Give those ticked another code.", in_footer=True),
    Action("review.uncode", "x", "Uncode", "Take those ticked away.", in_footer=True),
    Action("review.memo", "m", "Memo", "Write a memo on the coding under the cursor."),
)
