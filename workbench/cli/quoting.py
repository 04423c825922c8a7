"""Passages named by their words."""

from __future__ import annotations

from workbench.errors import WrongUsage
from workbench.model.quotation import place_quote
from workbench.model.text import Passage, Text
from workbench.stages.search_scope import Citations
from workbench.study.study import Study

_LISTED = 5


def quoted_passage(study: Study, text: Text, quote: str) -> Passage:
    """Find the one passage of a text that says the words; white space may differ.

    Raises WrongUsage where they stand nowhere, more than once, or in pieces around an omission.
    """
    content = study.text_content(text.content_hash)
    found = place_quote(content, quote)
    if found is None:
        raise WrongUsage(
            f"The words “{quote}” do not stand in the text {text.id}.",
            do="Search for them first.",
        )
    if found.occurrences > 1:
        places = _told(study, text, _places(content, quote))
        more = f" and {found.occurrences - _LISTED} more" if found.occurrences > _LISTED else ""
        raise WrongUsage(
            f"The words stand {found.occurrences} times in the text {text.id}: {places}{more}.",
            do="Quote more of the passage, or name it with --range.",
        )
    if len(found.passages) > 1:
        places = _told(study, text, list(found.passages))
        raise WrongUsage(f"The words stand in pieces: {places}.", do="Code each piece with --range.")
    return found.passages[0]


def _places(content: str, quote: str) -> list[Passage]:
    """Give the first places of words that stand more than once."""
    places: list[Passage] = []
    begin = 0
    while len(places) < _LISTED and (found := place_quote(content[begin:], quote)) is not None:
        first = found.passages[0]
        places.append(Passage(begin + first.start, begin + first.end))
        begin += first.end
    return places


def _told(study: Study, text: Text, places: list[Passage]) -> str:
    citations = Citations(study)
    return "; ".join(f"{place.start}:{place.end} ({citations.of(text, place)})" for place in places)
