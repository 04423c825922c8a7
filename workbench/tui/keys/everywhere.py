"""Actions of every screen."""

from __future__ import annotations

from workbench.tui.keys.action import Action

ACTIONS = (
    Action("everywhere.help", "f1", "Help", "Show the keys of this screen.", in_footer=True),
    Action("everywhere.familiarise", "f2", "Familiarise", "Go to the documents and read."),
    Action("everywhere.framework", "f3", "Framework", "Go to the thematic framework."),
    Action("everywhere.index", "f4", "Index", "Go to indexing: codes on passages."),
    Action("everywhere.chart", "f5", "Chart", "Go to the charts: cases by codes."),
    Action("everywhere.interpret", "f6", "Interpret", "Go to mapping and interpretation: claims."),
    Action("everywhere.history", "f7", "History", "Go to the log of all decisions."),
    Action("everywhere.memos", "f8", "Memos", "Go to all memos of the study."),
    Action("everywhere.search", "f9,ctrl+f", "Search", "Search all texts, or the codings."),
    Action("everywhere.review", "f10,ctrl+r", "Review", "Read codings again: of a code, waiting, in doubt."),
    Action("everywhere.numbers", "f11", "Numbers", "Go to counts, ranks, printed tables and checks."),
    Action("everywhere.texts", "V", "Versions", "Go to the versions of all texts."),
    Action("everywhere.glossary", "G", "Glossary", "Go to the key terms, to the one at the cursor."),
    Action("everywhere.checks", "K", "Checks", "Go to the questions about translations."),
    Action("everywhere.words", "W", "Words", "Go to frequent and key words, and those that go together."),
    Action("everywhere.parallel", "L", "Side by side", "Show the text at the cursor beside its translation."),
    Action(
        "everywhere.suggestions", "P", "Suggestions", "Go to passages suggested for the code at the cursor."
    ),
    Action("everywhere.decisions", "H", "Decisions", "Go to the decisions about what the cursor is on."),
    Action("everywhere.today", "f12", "Today", "Go back from the past to today."),
    Action("everywhere.undo", "u", "Undo", "Undo your latest decision, as a new decision.", in_footer=True),
    Action("everywhere.redo", "U", "Redo", "Make your last undone decision again."),
    Action("everywhere.save_as", "S", "Save as", "Save the study under another name and go on there."),
    Action("everywhere.back", "escape,backspace", "Back", "Go back to where you came from."),
    Action("everywhere.quit", "q", "Quit", "Close the study; everything is already saved.", in_footer=True),
)
