"""Actions of the history stage."""

from __future__ import annotations

from workbench.tui.keys.action import Action

ACTIONS: tuple[Action, ...] = (
    Action(
        "history.go_to_object",
        "g",
        "Go to",
        "Go to the passage, cell, claim or code of the decision.",
        in_footer=True,
    ),
    Action(
        "history.undo_this",
        "u",
        "Undo this",
        "Undo the decision at the cursor, as a new decision.",
        in_footer=True,
    ),
    Action("history.by_coder", "c", "Coder", "Show only the decisions of one coder.", in_footer=True),
    Action("history.by_action", "a", "Action", "Show only decisions of one kind.", in_footer=True),
    Action("history.find", "slash", "Find", "Show only decisions that hold the words typed.", in_footer=True),
    Action("history.export", "x", "Export", "Write an audit bundle, a report, the log or a checklist."),
    Action("history.redactions", "R", "Redactions", "See and change what exports black out."),
    Action("history.show_all", "w", "Whole log", "Show all decisions again."),
)
