"""Actions of the screen where a text and its translation lie side by side; it has those of indexing too."""

from __future__ import annotations

from workbench.tui.keys.action import Action

ACTIONS: tuple[Action, ...] = (
    Action("parallel.other_side", "tab", "Other side", "Work on the other text.", in_footer=True),
    Action("parallel.choose_pair", "t,L", "Beside", "Choose which text lies beside this one."),
    Action(
        "parallel.link",
        "l",
        "Link",
        "Link the selections of both sides, or the sentences at both cursors.",
        in_footer=True,
    ),
    Action("parallel.unlink", "X", "Unlink", "Take the link under the cursor away."),
    Action("parallel.confirm_link", "k", "Confirm", "Say that the link holds.", in_footer=True),
    Action("parallel.confirm_sure", "Y", "Confirm all", "Confirm the links in sight that are sure enough."),
    Action(
        "parallel.stands_alone",
        "N",
        "Alone",
        "Say that the other text has nothing for the selection or the sentence.",
    ),
    Action("parallel.extend_link", "w", "Wider", "Let the link here or before take in the next sentence."),
    Action("parallel.cut_link", "i", "In two", "Cut the link in two where both cursors are."),
    Action("parallel.align", "A", "Align", "Propose links; what a person linked stays.", in_footer=True),
    Action(
        "parallel.next_doubtful",
        "greater_than_sign",
        "Doubt",
        "Go to the next proposed link that is not sure.",
        in_footer=True,
    ),
    Action("parallel.previous_doubtful", "less_than_sign", "Doubt before", "Go to the one before."),
    Action(
        "parallel.next_open_part",
        "right_parenthesis",
        "Next unlinked",
        "Go to the next part that is linked to nothing.",
    ),
    Action("parallel.previous_open_part", "left_parenthesis", "Unlinked before", "Go to the one before."),
    Action("parallel.least_sure", "D", "Sure", "Say below which confidence a proposed link is in doubt."),
    Action("parallel.reasons", "r", "Reasons", "Show how and why the link was made, and what was checked."),
)
