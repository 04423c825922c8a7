"""Actions of the index stage."""

from __future__ import annotations

from workbench.tui.keys.action import Action

ACTIONS = (
    Action("index.open_text", "o", "Open", "Choose the document and text to index.", in_footer=True),
    Action("index.apply_codes", "a", "Code", "Apply codes to the selected passage.", in_footer=True),
    Action(
        "index.repeat_codes",
        "full_stop",
        "Again",
        "Apply the codes used last to the selection.",
        in_footer=True,
    ),
    Action(
        "index.recent_code",
        "1,2,3,4,5,6,7,8,9",
        "Recent",
        "Apply one of the nine codes used last, as listed beside the text.",
        per_key=True,
    ),
    Action("index.in_vivo", "v", "In vivo", "Make a code in the words of the selection and apply it."),
    Action("index.other_code", "O", "Other", "Apply a theme's code for what does not fit."),
    Action("index.select_sentence", "s", "Sent.", "Select the sentence under the cursor.", in_footer=True),
    Action("index.select_paragraph", "p", "Para.", "Select the paragraph under the cursor."),
    Action("index.uncode", "x", "Uncode", "Take a coding under the cursor away.", in_footer=True),
    Action("index.recode", "R", "Recode", "Put another code in place of one under the cursor."),
    Action("index.resize", "z", "Resize", "Let an overlapping coding stand on the selection."),
    Action("index.cut", "c", "Cut", "Cut a coding in two at the cursor."),
    Action(
        "index.join", "j", "Join", "Join codings of one code that touch here, or that the selection overlaps."
    ),
    Action(
        "index.join_units",
        "J",
        "Join units",
        "Join the units of the selection, or this one and the next.",
    ),
    Action("index.split_unit", "C", "Split unit", "Split the unit under the cursor in two, there."),
    Action("index.doubt", "d", "Doubt", "Flag a coding for a second look, with a note; again settles it."),
    Action(
        "index.reviewed",
        "e",
        "Nothing here",
        "Say that the selection or paragraph was read and holds nothing.",
    ),
    Action("index.unmark_reviewed", "E", "Not reviewed", "Take back that a passage was reviewed."),
    Action(
        "index.next_open", "right_curly_bracket", "Next open", "Go to what is neither indexed nor reviewed."
    ),
    Action("index.previous_open", "left_curly_bracket", "Open before", "Go to the open passage before."),
    Action("index.memo", "m", "Memo", "Write a memo on a coding or on the selected passage.", in_footer=True),
    Action("index.next_coding", "right_square_bracket", "Next coding", "Go to the next coding in the text."),
    Action("index.previous_coding", "left_square_bracket", "Previous coding", "Go to the coding before."),
    Action(
        "index.other_text",
        "t",
        "Text",
        "Switch between original and translation at about the same paragraph.",
    ),
    Action(
        "index.go_to_place",
        "g",
        "Go to",
        "Go to a heading, a page, a paragraph or an offset.",
        in_footer=True,
    ),
    Action("index.bookmark", "b", "Bookmark", "Set a bookmark at the cursor, or take it away."),
    Action("index.next_bookmark", "B", "Next mark", "Go to the next bookmark."),
    Action(
        "index.filter", "f", "Filter", "Draw only the codings of a code, a theme or a coder, or in doubt."
    ),
    Action("index.terms", "T", "Terms", "Mark the key terms of the text, or mark them no longer."),
    Action("index.find", "slash", "Find", "Find words in the text."),
    Action("index.find_next", "n", "Find next", "Go to the next place where the words stand."),
    Action(
        "index.review_code", "y", "Review", "Read everything under a code at the cursor, across all cases."
    ),
    Action(
        "index.coding_history", "h", "History", "Show what was decided about the coding under the cursor."
    ),
)
