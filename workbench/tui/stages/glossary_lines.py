"""The lines of the screen of key terms: a term with its figures, a place with both sides."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual.content import Content

from workbench.model.glossary import Term
from workbench.tui.display import content, shortened
from workbench.tui.wording import several

if TYPE_CHECKING:
    from workbench.exchange.glossary_report import PlaceRow
    from workbench.model.decision import Decision
    from workbench.stages.glossary_report import TermCount

_BEFORE = 24
"""Columns before a word that are kept where its line is too long."""


def term_lines(term: Term, count: TermCount | None, columns: int) -> list[Content]:
    """Draw a term: how it is written and read, then its rule, renderings and figures."""
    alarm = "! " if count is not None and count.looked > count.as_decided else ""
    head = f"{alarm}{term.name}"
    ways = " / ".join(term.renderings)
    told = " · ".join(part for part in (str(term.rule), _brief(count), ways) if part)
    return [content(shortened(head, columns), "bold"), content(shortened(f"  {told}", columns), "dim")]


def _brief(count: TermCount | None) -> str:
    if count is None:
        return ""
    return f"{count.as_decided} of {count.looked} as decided" if count.looked else "none linked"


def figures_of(count: TermCount | None) -> str:
    """Say how often a term stands in originals, and how many linked passages are as decided."""
    if count is None:
        return ""
    looked = f", {count.as_decided} of {count.looked} linked as decided" if count.looked else ""
    return f"{several(count.places, 'place')}{looked}"


def place_lines(
    place: PlaceRow, marks: tuple[int, int, int, int], columns: int, *, named: bool
) -> list[Content]:
    """Draw a place in three lines: what was found where, the passage of the source, and what renders it.

    `marks` are the offsets of the term in its passage and of the rendering in its own.
    """
    alarm = "" if place.found == "as decided" else "! "
    of = f"{place.term}: " if named else ""
    head = f"{alarm}{of}{place.found} · {place.document}, {place.source_place} → {place.target_place}"
    return [
        content(shortened(head, columns), "bold" if alarm else ""),
        _around(place.source_words, marks[0], marks[1], columns),
        _around(place.target_words, marks[2], marks[3], columns),
    ]


def _around(words: str, start: int, end: int, columns: int) -> Content:
    """Draw a passage on one line with a stretch of it underlined and in sight."""
    room = max(columns - 4, 1)
    before = " ".join(f"{words[:start]}|".split())[:-1]
    said = shortened(" ".join(words[start:end].split()), room)
    after = " ".join(f"|{words[end:]}".split())[1:]
    while cell_len(before) > _BEFORE and cell_len(before) + cell_len(said) + cell_len(after) > room:
        cut = max(1, (cell_len(before) - _BEFORE) // 2)
        before = f"…{before.removeprefix('…')[cut:]}"
    lead = shortened(before, room)
    line = content("    ") + content(lead) + content(said, "underline")
    rest = room - cell_len(lead) - cell_len(said)
    return line + content(shortened(after, rest)) if rest > 0 else line


def term_sheet(term: Term, count: TermCount | None, decision: Decision | None) -> Content:
    """Tell everything about a term: what was decided, by whom and why, and what was found."""
    pairs = [
        ("rule", str(term.rule)),
        ("renderings", "; ".join(term.renderings)),
        ("not", "; ".join(term.forbidden)),
        ("also written", "; ".join(term.variants)),
        ("gloss", term.gloss),
        ("definition", term.definition),
        ("sources", "; ".join(term.sources)),
        ("languages", term.pair),
    ]
    if count is not None:
        pairs.append(("found", figures_of(count)))
        pairs += [("", f"{number} {outcome}") for outcome, number in count.outcomes]
    if decision is not None:
        pairs.append(("decided", f"{decision.coder}, {decision.at[:10]}: {decision.reason}"))
    lines = [content(term.name, "bold")]
    for name, value in pairs:
        if value:
            head = content(f"{name}: ", "dim") if name else content("  ")
            lines.append(Content.assemble(head, content(value, newlines=True)))
    return Content("\n").join(lines)
