"""Actions of the screen of words."""

from __future__ import annotations

from workbench.tui.keys.action import Action

ACTIONS: tuple[Action, ...] = (
    Action("words.frequent", "1", "Frequent", "Show the words that stand there most often.", in_footer=True),
    Action(
        "words.keyness",
        "2",
        "Key",
        "Show the words that tell this part from the rest, either way.",
        in_footer=True,
    ),
    Action("words.together", "3", "Together", "Show the words that go together.", in_footer=True),
    Action(
        "words.scope",
        "i",
        "In",
        "Choose what is counted: all texts, a case, a document, a code's passages.",
        in_footer=True,
    ),
    Action("words.next_case", "right_square_bracket", "Next case", "Count the next case.", in_footer=True),
    Action("words.previous_case", "left_square_bracket", "Case before", "Count the case before."),
    Action("words.against", "v", "Against", "Choose what key words are held against: the rest, or a case."),
    Action("words.language", "l", "Language", "Count the next language of this part.", in_footer=True),
    Action("words.grammar", "g", "Grammar", "Count the words of grammar too, or leave them out again."),
)
