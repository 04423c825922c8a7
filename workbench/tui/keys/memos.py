"""Actions of the screen of memos."""

from __future__ import annotations

from workbench.tui.keys.action import Action

ACTIONS: tuple[Action, ...] = (
    Action("memos.add", "a", "Add", "Write a memo on the study, a case, a theme or a code.", in_footer=True),
    Action("memos.edit", "e", "Edit", "Change what the memo says.", in_footer=True),
    Action("memos.change_kind", "k", "Kind", "Change what the memo is for.", in_footer=True),
    Action("memos.remove", "x", "Remove", "Take the memo away.", in_footer=True),
    Action("memos.find", "slash", "Find", "Show only memos that hold the words typed.", in_footer=True),
    Action("memos.by_kind", "f", "Filter", "Show only memos of some kinds.", in_footer=True),
    Action("memos.by_anchor", "o", "On", "Show only memos on some kinds of record."),
    Action("memos.by_case", "c", "Case", "Show only memos on a case, its cells and its documents."),
    Action("memos.by_coder", "b", "By", "Show only the memos of one coder."),
    Action("memos.show_all", "w", "All", "Show all memos again."),
    Action("memos.export", "E", "Export", "Write the memos shown to a file.", in_footer=True),
)
