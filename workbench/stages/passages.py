"""Excerpts: made when something first rests on a passage, gone when nothing does any more."""

from __future__ import annotations

from collections.abc import Iterable

from workbench.errors import Refused
from workbench.model.coding import Excerpt
from workbench.model.identity import record_id
from workbench.model.records import key_of, split_key
from workbench.model.text import Passage, Text
from workbench.study.queries import excerpt_at
from workbench.study.study import Study


def excerpt_for(study: Study, text_id: str, passage: Passage) -> tuple[Excerpt, list[Excerpt]]:
    """Give the excerpt of a passage, and in a list the same excerpt where it still has to be written.

    Raises Refused for a passage that is empty, blank or beyond the end of the text.
    """
    quote = quote_at(study, study.get(Text, text_id), passage)
    found = excerpt_at(study, text_id, passage.start, passage.end)
    if found is not None:
        return found, []
    made = Excerpt(record_id("e"), text_id, passage.start, passage.end, quote)
    return made, [made]


def quote_at(study: Study, text: Text, passage: Passage) -> str:
    """Give the words of a passage; raises Refused for one that is blank or beyond the end of the text."""
    if passage.end > text.characters:
        raise Refused(
            f"Cannot take {passage.start}-{passage.end}: the text has {text.characters} characters.",
            do="Choose a passage inside the text.",
        )
    quote = study.text_content(text.content_hash)[passage.start : passage.end]
    if not quote.strip():
        raise Refused("The passage is blank.", do="Select some words first.")
    return quote


def spare_excerpts(study: Study, excerpts: Iterable[Excerpt], *, without: set[str]) -> list[str]:
    """List the keys of the excerpts that nothing rests on once the records in `without` are gone.

    What a revision of the text noted about them goes with them.
    """
    spare = []
    for excerpt in {excerpt.id: excerpt for excerpt in excerpts}.values():
        key = key_of(excerpt)
        holders = [holder for holder in study.referring_keys(key) if holder not in without]
        if all(split_key(holder)[0] == "left-behind" for holder in holders):
            spare += [key, *holders]
    return spare
