"""Actions of the screen of questions about translations."""

from __future__ import annotations

from workbench.tui.keys.action import Action

ACTIONS: tuple[Action, ...] = (
    Action("checks.accept", "a", "Fault", "Say that the translation is at fault there.", in_footer=True),
    Action("checks.note", "n", "Note", "Say that both differ and readers are to know.", in_footer=True),
    Action("checks.dismiss_question", "d", "Dismiss", "Say that there is nothing.", in_footer=True),
    Action("checks.alike", "D", "All alike", "Answer all open questions in which the same is seen."),
    Action("checks.withdraw", "delete", "Withdraw", "Take the answer back."),
    Action("checks.choose_kind", "k", "Kind", "Show only some kinds of questions.", in_footer=True),
    Action("checks.choose_document", "t", "Document", "Show only the questions about some documents."),
    Action("checks.answered", "o", "Answered", "Show the answered too, or only the open.", in_footer=True),
    Action("checks.negation", "h", "Negation", "Show hints on negation too, most of them idle."),
    Action("checks.source", "s", "Source", "Go to the place in the source; enter goes to the translation."),
)
