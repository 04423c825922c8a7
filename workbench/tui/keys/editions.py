"""Actions of the screen of index scores: editions of policy indices, their answers and what follows."""

from __future__ import annotations

from workbench.tui.keys.action import Action

ACTIONS: tuple[Action, ...] = (
    Action("editions.choose", "e", "Edition", "Choose the edition whose scores are shown.", in_footer=True),
    Action("editions.answer", "a", "Answer", "Answer the indicator for the case.", in_footer=True),
    Action("editions.date", "n", "New date", "Answer the case as of another date."),
    Action("editions.map", "m", "Map", "Say which codes stand for the indicator.", in_footer=True),
    Action("editions.rule", "r", "Rule", "Show the scores under another rule.", in_footer=True),
    Action(
        "editions.from_cells",
        "c",
        "Cells",
        "Score the cells of the mapped codes instead of the answers, or the answers again.",
        in_footer=True,
    ),
    Action("editions.import_sheet", "i", "Import", "Import an edition or a filled sheet.", in_footer=True),
    Action("editions.export", "x", "Export", "Write the edition with its answers to a sheet."),
    Action("editions.compare", "p", "Printed", "List the printed scores that do not follow."),
    Action("editions.beside", "s", "Side by side", "Show all editions, each scale in its own table."),
    Action("editions.counts", "b", "Counts", "Show the areas beside the themes that are counted from cells."),
    Action("editions.edit_rules", "R", "Rules", "Change date, level and rules of the edition."),
    Action("editions.edit_indicator", "d", "Indicator", "Change weight, dimension or competence."),
    Action("editions.from_framework", "f", "From framework", "Make an edition of the study's own codes."),
    Action("editions.remove", "delete", "Remove", "Take the edition away with a reason."),
    Action("editions.next_case", "right", "Next case", "Go to the next case."),
    Action("editions.previous_case", "left", "Case before", "Go to the case before."),
)
