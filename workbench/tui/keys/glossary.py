"""Actions of the screen of key terms: what may stand for them, and where a translation does otherwise."""

from __future__ import annotations

from workbench.tui.keys.action import Action

ACTIONS: tuple[Action, ...] = (
    Action("glossary.add", "a", "Add", "Add a key term with its renderings and a reason.", in_footer=True),
    Action("glossary.edit", "e", "Edit", "Change the term at the cursor with a reason.", in_footer=True),
    Action("glossary.remove", "delete", "Remove", "Take the term away with a reason."),
    Action(
        "glossary.findings",
        "f",
        "Findings",
        "Show the places of all terms that are not as decided, or those of the term at the cursor.",
        in_footer=True,
    ),
    Action("glossary.original", "o", "Original", "Go to the place in the original.", in_footer=True),
    Action("glossary.unlooked", "n", "Not looked at", "Tell what could not be looked at, and why."),
    Action("glossary.take", "i", "Import", "Take the terms of a YAML or CSV file in."),
    Action("glossary.export", "x", "Export", "Write the glossary to a YAML or CSV file."),
    Action("glossary.report", "r", "Report", "Write what became of the terms to a file."),
)
