"""Actions of the screen of searches."""

from __future__ import annotations

from workbench.tui.keys.action import Action

ACTIONS: tuple[Action, ...] = (
    Action("search.ask", "slash", "Search", "Type what to search for.", in_footer=True),
    Action(
        "search.mode",
        "m",
        "Mode",
        "Choose how it is read: words, phrase, pattern, lemma, or codes of codings.",
        in_footer=True,
    ),
    Action(
        "search.scope", "i", "In", "Choose where to search: all, a case, a document, a text.", in_footer=True
    ),
    Action("search.tick", "space", "Tick", "Tick the hit under the cursor, or untick it.", in_footer=True),
    Action("search.tick_all", "A", "Tick all", "Tick all hits, or none where all are ticked."),
    Action(
        "search.spread",
        "s",
        "Spread",
        "Code the words of a hit, its sentence or its paragraph.",
        in_footer=True,
    ),
    Action("search.code", "a", "Code", "Apply codes to the ticked hits, as one decision.", in_footer=True),
)
