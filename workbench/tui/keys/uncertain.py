"""Actions of the queue of excerpts that stayed behind on versions that were replaced."""

from __future__ import annotations

from workbench.tui.keys.action import Action

ACTIONS: tuple[Action, ...] = (
    Action("uncertain.place", "a", "Accept", "Put the excerpt to the place proposed.", in_footer=True),
    Action("uncertain.elsewhere", "e", "Elsewhere", "Choose its place in the new version.", in_footer=True),
    Action("uncertain.keep", "k", "Keep", "Leave it on the old version with a reason.", in_footer=True),
    Action("uncertain.show_kept", "o", "Kept too", "Show also those that were kept, or no longer."),
    Action("uncertain.compare", "c", "Compare", "Compare the two versions.", in_footer=True),
)
