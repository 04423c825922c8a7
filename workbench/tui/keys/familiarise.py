"""Actions of the familiarise stage."""

from __future__ import annotations

from workbench.tui.keys.action import Action

ACTIONS = (
    Action(
        "familiarise.note",
        "n",
        "Note",
        "Write a note on the selected passage or the document.",
        in_footer=True,
    ),
    Action(
        "familiarise.idea",
        "i",
        "Idea",
        "Write down an idea for the framework, on the passage or document.",
        in_footer=True,
    ),
    Action("familiarise.mark", "m", "Mark", "Say that the text is unread, skimmed or read.", in_footer=True),
    Action(
        "familiarise.other_text",
        "t",
        "Text",
        "Switch between the original and the translations.",
        in_footer=True,
    ),
    Action(
        "familiarise.import_files",
        "I",
        "Import",
        "Import files or a folder into the register.",
        in_footer=True,
    ),
    Action("familiarise.find", "slash", "Find", "Narrow the list to documents that hold what you type."),
    Action("familiarise.sort", "s", "Sort", "Sort the list by key, reading, codings, title or case."),
    Action("familiarise.grid", "g", "Grid", "Show how far each case is covered, document by document."),
    Action("familiarise.resume", "r", "Resume", "Go on reading where you last stopped.", in_footer=True),
    Action("familiarise.details", "d", "Details", "Show the register entry of the document."),
    Action("familiarise.edit_details", "D", "Edit details", "Change the register entry of the document."),
    Action(
        "familiarise.cases",
        "c",
        "Cases",
        "Assign the document to cases, or take it from them.",
        in_footer=True,
    ),
    Action(
        "familiarise.attributes",
        "A",
        "Attributes",
        "Choose from what the texts offer to the register entry: dates, law numbers, bodies, places.",
    ),
    Action("familiarise.add_case", "C", "Add case", "Add a case to the study."),
    Action("familiarise.edit_case", "E", "Edit case", "Change the name, attributes or place of a case."),
    Action("familiarise.remove_case", "R", "Remove case", "Take a case away, with a reason."),
    Action("familiarise.exclude", "x", "Exclude", "Leave the document out with a reason, or take it back."),
    Action("familiarise.terms", "T", "Terms", "Mark the key terms of the text, or mark them no longer."),
    Action("familiarise.memos", "l", "Memos", "Go to the list of memos, and back to the text."),
    Action("familiarise.edit_memo", "e", "Edit memo", "Change the memo chosen in the list."),
    Action("familiarise.remove_memo", "delete", "Remove memo", "Take away the memo chosen in the list."),
)
