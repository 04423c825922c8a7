"""Actions of the framework stage."""

from __future__ import annotations

from workbench.tui.keys.action import Action

ACTIONS: tuple[Action, ...] = (
    Action("framework.add_code", "a", "Code", "Add a code under the theme at the cursor.", in_footer=True),
    Action("framework.add_theme", "t", "Theme", "Add a theme, at the top or under another.", in_footer=True),
    Action("framework.edit", "e", "Edit", "Change what the theme or code says.", in_footer=True),
    Action(
        "framework.excerpts",
        "l",
        "Excerpts",
        "Read every excerpt under the code, case by case.",
        in_footer=True,
    ),
    Action("framework.move", "m", "Move", "Move the theme or code under another theme."),
    Action("framework.merge", "g", "Merge", "Merge the code into another; its codings go over."),
    Action("framework.split", "s", "Split", "Split the code into new ones; its codings wait to be sorted."),
    Action("framework.retire", "x", "Retire", "Retire the theme or code, or take it back into use."),
    Action("framework.candidate", "c", "Adopt", "Make a candidate an active code, or the other way round."),
    Action("framework.ideas", "i", "Ideas", "Turn an idea into a candidate code.", in_footer=True),
    Action("framework.release", "v", "Release", "Freeze the framework as the next version.", in_footer=True),
    Action("framework.versions", "d", "Versions", "Compare a version with the present framework or another."),
    Action(
        "framework.apply_codebook",
        "o",
        "Apply codebook",
        "Read a codebook file, see what it changes, apply it.",
    ),
    Action("framework.export_codebook", "w", "Export codebook", "Write the framework as a codebook file."),
    Action(
        "framework.waiting", "n", "Waiting", "List the codings to look at again since the framework changed."
    ),
    Action("framework.find", "slash", "Find", "Go to a theme or code by number or words."),
)
