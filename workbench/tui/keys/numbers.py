"""Actions of the screen of numbers."""

from __future__ import annotations

from workbench.tui.keys.action import Action

ACTIONS: tuple[Action, ...] = (
    Action("numbers.counts", "1", "Counts", "Show counts by theme and case."),
    Action("numbers.ranks", "2", "Ranks", "Show ranks with their ties and how firmly each holds."),
    Action("numbers.sensitivity", "3", "Sensitivity", "Show other ways of counting and what turns a rank."),
    Action(
        "numbers.compare",
        "4,f",
        "Tables",
        "Hold printed tables against the cells; again, choose other files.",
        in_footer=True,
    ),
    Action("numbers.check", "5", "Check", "Show what makes comparisons fragile."),
    Action("numbers.rule", "r", "Rule", "Count under another rule.", in_footer=True),
    Action(
        "numbers.basis", "b", "Basis", "Score by the sum, or with equal measures or themes.", in_footer=True
    ),
    Action(
        "numbers.kind", "k", "Cases/themes", "Rank themes instead of cases, or cases again.", in_footer=True
    ),
    Action("numbers.threshold", "t", "Threshold", "Say what difference is no clear order."),
    Action("numbers.once", "n", "Names once", "Let measures of one name count as one.", in_footer=True),
    Action("numbers.leave_out", "x", "Leave out", "Leave codes out of the count."),
    Action("numbers.weights", "w", "Weights", "Say what themes and codes weigh, or read a file."),
    Action("numbers.cases", "c", "Cases", "Choose the cases that are looked at."),
    Action("numbers.means", "m", "Means", "Choose the cases that means are taken over."),
    Action("numbers.theme", "T", "Theme", "Look at one theme, or at all."),
    Action("numbers.as_listed", "z", "As listed", "Count again as the study lists it, every measure once."),
    Action("numbers.open_theme", "o", "Codes", "Open the theme into its codes, or close it."),
    Action("numbers.settings", "s", "Settings", "Change the cut-off and other settings of the study."),
)
