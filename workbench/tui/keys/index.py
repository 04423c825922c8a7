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
        "index.quick_number",
        "0,1,2,3,4,5,6,7,8,9",
        "Number",
        "Begin typing the number of a code to apply.",
        per_key=True,
    ),
    Action("index.select_sentence", "s", "Sent.", "Select the sentence under the cursor.", in_footer=True),
    Action("index.select_paragraph", "p", "Para.", "Select the paragraph under the cursor.", in_footer=True),
    Action("index.uncode", "x", "Uncode", "Take a coding under the cursor away.", in_footer=True),
    Action("index.recode", "R", "Recode", "Put another code in place of one under the cursor."),
    Action("index.memo", "m", "Memo", "Write a memo on a coding or on the selected passage.", in_footer=True),
    Action("index.next_coding", "right_square_bracket", "Next coding", "Go to the next coding in the text."),
    Action("index.previous_coding", "left_square_bracket", "Previous coding", "Go to the coding before."),
    Action(
        "index.other_text",
        "t",
        "Text",
        "Switch between original and translation at about the same paragraph.",
    ),
    Action("index.find", "slash", "Find", "Find words in the text."),
    Action("index.find_next", "n", "Find next", "Go to the next place where the words stand."),
    Action(
        "index.coding_history", "h", "History", "Show what was decided about the coding under the cursor."
    ),
)
