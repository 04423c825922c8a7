"""Actions of the interpret stage."""

from __future__ import annotations

from workbench.tui.keys.action import Action

ACTIONS: tuple[Action, ...] = (
    Action("interpret.rule", "r", "Rule", "Count under another rule.", in_footer=True),
    Action(
        "interpret.open_theme", "o", "Codes", "Open the theme into its codes, or close it.", in_footer=True
    ),
    Action("interpret.count_framework", "g", "Framework", "Count another framework of the study."),
    Action(
        "interpret.count", "number_sign", "Numbers", "Open ranks, sensitivity, printed tables and checks."
    ),
    Action("interpret.make_claim", "a", "Claim", "Make a claim.", in_footer=True),
    Action("interpret.edit_claim", "e", "Edit", "Change what the claim says.", in_footer=True),
    Action(
        "interpret.link",
        "l",
        "Link",
        "Let cells or the excerpt at the cursor support a claim.",
        in_footer=True,
    ),
    Action(
        "interpret.link_against",
        "n,minus",
        "Against",
        "Let cells or the excerpt at the cursor speak against a claim.",
    ),
    Action("interpret.unlink", "delete", "Unlink", "Take the cell or excerpt at the cursor from the claim."),
    Action("interpret.hold", "h", "Hold", "Say that the claim stands.", in_footer=True),
    Action("interpret.remove_claim", "x", "Remove", "Take the claim away with a reason."),
)
