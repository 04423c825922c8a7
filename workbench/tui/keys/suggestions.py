"""Actions of the screen of suggestions: passages offered for a code, answered one after the other."""

from __future__ import annotations

from workbench.tui.keys.action import Action

ACTIONS: tuple[Action, ...] = (
    Action("suggestions.choose", "c", "Code", "Choose the code to look for passages of.", in_footer=True),
    Action("suggestions.accept", "a", "Accept", "Code the passage that is shown.", in_footer=True),
    Action("suggestions.reject", "x", "Reject", "Say that it does not belong there.", in_footer=True),
    Action("suggestions.reject_with_note", "X", "Reject, why", "Reject it and write down why."),
    Action("suggestions.later", "l", "Later", "Put it off.", in_footer=True),
    Action("suggestions.other_code", "o", "Other code", "Code it with another code.", in_footer=True),
    Action("suggestions.begin_earlier", "b", "Begin earlier", "Let the passage begin a sentence earlier."),
    Action("suggestions.begin_later", "B", "Begin later", "Let the passage begin a sentence later."),
    Action("suggestions.end_later", "e", "End later", "Let the passage end a sentence later."),
    Action("suggestions.end_earlier", "E", "End earlier", "Let the passage end a sentence earlier."),
    Action("suggestions.next", "right,n", "Next", "Look at the next suggestion without answering."),
    Action("suggestions.previous", "left,p", "Before", "Look at the suggestion before."),
    Action("suggestions.open", "enter", "Text", "Go to the passage in its text."),
    Action("suggestions.unit", "s", "Sentences", "Suggest sentences, or paragraphs."),
    Action("suggestions.postponed", "w", "Put off", "Offer again what was put off, or leave it out."),
)
