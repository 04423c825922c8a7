"""Check a whole study: the file, the log, the tables, the contents and the quotes."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from workbench.model.cell import CellQuote
from workbench.model.coding import Excerpt
from workbench.model.text import Text
from workbench.study.file import check_replay
from workbench.study.log import Finding
from workbench.study.study import Study
from workbench.study.unreadable import found_not_raised

_BACKUP = "Go back to the last copy that verifies."


@found_not_raised
def check_study(study: Study) -> list[Finding]:
    """Run every check there is and list what they find; an empty list means that all of it holds.

    Each layer rests on the one before, so the first layer that finds something is the last one run.
    """
    for layer in (_file_findings, check_replay, _content_findings, _text_findings):
        found = list(layer(study))
        if found:
            return found
    return [*_excerpt_findings(study), *_quote_findings(study)]


def _file_findings(study: Study) -> Iterator[Finding]:
    for (sentence,) in study.connection.execute("PRAGMA integrity_check(20)"):
        if sentence != "ok":
            yield Finding("file", f"SQLite finds: {sentence}", _BACKUP)
    for table, row, parent, _ in study.connection.execute("PRAGMA foreign_key_check"):
        yield Finding(f"{table}, row {row}", f"It refers to something that is not in {parent}.", _BACKUP)


def _content_findings(study: Study) -> Iterator[Finding]:
    """Hash every stored content anew; SQLite itself does not notice a changed byte."""
    for digest, data in study.contents.execute("SELECT hash, bytes FROM contents ORDER BY hash"):
        if hashlib.sha256(data).hexdigest() != digest:
            yield Finding(f"content {digest}", "The stored bytes are not those that were stored.", _BACKUP)


def _text_findings(study: Study) -> Iterator[Finding]:
    stored = {row[0] for row in study.contents.execute("SELECT hash FROM contents")}
    for text in study.all(Text):
        for what, digest in (
            ("content", text.content_hash),
            ("place map", text.places_hash),
            ("original file", text.original_hash),
        ):
            if digest not in stored:
                yield Finding(f"text {text.id}", f"Its {what} is missing.", _BACKUP)


def _excerpt_findings(study: Study) -> Iterator[Finding]:
    contents: dict[str, str] = {}
    for excerpt in study.all(Excerpt, order="text_id"):
        if excerpt.text_id not in contents:
            text = study.get(Text, excerpt.text_id)
            contents = {excerpt.text_id: study.content(text.content_hash).decode("utf-8", "replace")}
        if contents[excerpt.text_id][excerpt.start : excerpt.end] != excerpt.quote:
            yield Finding(
                f"excerpt {excerpt.id}", "Its words are not those of the text at its place.", _BACKUP
            )


def _quote_findings(study: Study) -> Iterator[Finding]:
    for quote in study.all(CellQuote):
        if quote.content not in study.get(Excerpt, quote.excerpt_id).quote:
            yield Finding(
                f"quote {quote.id}",
                f"The quote in cell {quote.cell_id} is not in its excerpt.",
                "Remove it and quote again.",
            )
