"""A suggestion in words: its passage in the text around it, and what speaks for and against it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from textual.content import Content

from workbench.model.text import Passage
from workbench.tui.display import content

if TYPE_CHECKING:
    from workbench.language.reasons import Reason
    from workbench.language.suggesting import Offer

_AROUND = 500
"""Code points shown on each side of the passage."""
_LONGEST = 6000
"""Code points of the passage that are shown."""


def before(said: str, passage: Passage) -> Content:
    """Show what stands before a passage."""
    first = max(0, passage.start - _AROUND)
    return content(f"{'…' if first else ''}{said[first : passage.start].rstrip()}", "dim", newlines=True)


def after(said: str, passage: Passage) -> Content:
    """Show what stands after a passage."""
    last = min(len(said), passage.end + _AROUND)
    words = said[passage.end : last].strip()
    return content(f"{words}{'…' if last < len(said) else ''}", "dim", newlines=True)


def lit(said: str, passage: Passage, reasons: Sequence[Reason]) -> Content:
    """Show a passage with the words that count underlined."""
    start, end = passage.start, min(passage.end, passage.start + _LONGEST)
    places = [
        reason.passage
        for reason in reasons
        if reason.passage is not None and reason.kind in ("cue", "pattern", "term")
    ]
    edges = {start, end}
    for place in places:
        edges |= {min(max(place.start, start), end), min(max(place.end, start), end)}
    parts = []
    for begin, until in pairwise(sorted(edges)):
        marked = any(place.start <= begin and until <= place.end for place in places)
        parts.append(content(said[begin:until], "bold underline" if marked else "bold", newlines=True))
    return Content.assemble(*parts, content("…" if end < passage.end else "", "dim"))


def reasons(offer: Offer, cited: Callable[[str, Passage], str]) -> Content:
    """List what speaks for a suggestion, then what speaks against it, and what was learned from.

    `cited` names a passage of a text, by the id of the text.
    """
    lines = []
    if offer.drawn:
        lines.append(content("drawn at random from what is not due, to test the ranking", "bold"))
    lines.append(content(f"stands at {offer.score:,} of 1,000 between the mean and the best"))
    told = dict.fromkeys((_told(each, cited), each.against, each.kind) for each in offer.reasons)
    for words, against, kind in told:
        sign = "" if kind == "examples" else "− " if against else "+ "
        lines.append(content(f"{sign}{words.removeprefix('against: ')}", "italic" if against else ""))
    return Content("\n").join(lines)


def _told(reason: Reason, cited: Callable[[str, Passage], str]) -> str:
    if reason.kind != "alike" or reason.passage is None:
        return reason.told
    named = cited(reason.text_id, reason.passage)
    return reason.alike(f"{named}, rejected" if reason.against else named)
