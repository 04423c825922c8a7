"""Actions of the screen of versions: all texts, who made them, what replaced them and what was checked."""

from __future__ import annotations

from workbench.tui.keys.action import Action

ACTIONS: tuple[Action, ...] = (
    Action("versions.describe", "d", "Describe", "Say who made it, how and from which.", in_footer=True),
    Action("versions.approve", "a", "Approve", "Approve a machine draft as evidence.", in_footer=True),
    Action("versions.compare", "c", "Compare", "Compare the text with another version.", in_footer=True),
    Action("versions.revise", "r", "Revise", "Import a new version of the text.", in_footer=True),
    Action("versions.replace", "R", "Replaced by", "Say that a text of the study takes its place."),
    Action("versions.verify", "v", "Verify", "Record that a passage was checked.", in_footer=True),
    Action("versions.unverify", "delete", "Take back", "Take a verification away with a reason."),
    Action("versions.waiting", "w", "Waiting", "Go to the excerpts that stayed behind.", in_footer=True),
    Action("versions.statement", "x", "Statement", "Write the translation statement to a file."),
)
