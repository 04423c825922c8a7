"""Check a whole study: the file, the log, the tables, the contents and the quotes."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from workbench.model.cell import CellQuote
from workbench.model.coding import Excerpt
from workbench.model.text import Text
from workbench.study.file import check_replay
from workbench.study.log import Finding
from workbench.study.past import Progress, quiet
from workbench.study.study import Study
from workbench.study.unreadable import found_not_raised

_BACKUP = "Restore a backup: workbench backups lists them."
_STEPS = 1_000_000
"""Steps of SQLite's machine between two questions whether to go on: some hundredths of a second."""
_TOLD_EACH = 5000


@found_not_raised
def check_study(study: Study, *, progress: Progress = quiet) -> list[Finding]:
    """Run every check there is and list what they find; an empty list means that all of it holds.

    Each layer rests on the one before, so the first layer that finds something is the last one run.
    `progress` is told how far it has come; what it raises stops the check.
    """
    for layer in (_file_findings, check_replay, _content_findings, _text_findings):
        found = list(layer(study, progress=progress))
        if found:
            return found
    return [*_excerpt_findings(study, progress=progress), *_quote_findings(study)]


@contextmanager
def _asked(connection: sqlite3.Connection, what: str, progress: Progress) -> Iterator[None]:
    """Tell what SQLite works on while it answers one long question, and stop it where that raises."""
    connection.set_progress_handler(lambda: progress(what, 0, 0), _STEPS)
    try:
        yield
    except sqlite3.OperationalError as error:
        if "interrupted" not in str(error):
            raise
        # SQLite stops where the handler raises, and keeps to itself what was raised.
        progress(what, 0, 0)
        raise KeyboardInterrupt from error
    finally:
        connection.set_progress_handler(None, 0)


def _file_findings(study: Study, *, progress: Progress) -> Iterator[Finding]:
    with _asked(study.connection, "the file", progress):
        told = study.connection.execute("PRAGMA integrity_check(20)").fetchall()
        loose = study.connection.execute("PRAGMA foreign_key_check").fetchall()
    for (sentence,) in told:
        if sentence != "ok":
            yield Finding("file", f"SQLite finds: {sentence}", _BACKUP)
    for table, row, parent, _ in loose:
        yield Finding(f"{table}, row {row}", f"It refers to something that is not in {parent}.", _BACKUP)


def _content_findings(study: Study, *, progress: Progress) -> Iterator[Finding]:
    """Hash every stored content anew; SQLite itself does not notice a changed byte."""
    count = study.contents.execute("SELECT count(*) FROM contents").fetchone()[0]
    rows = study.contents.execute("SELECT hash, bytes FROM contents ORDER BY hash")
    for done, (digest, data) in enumerate(rows):
        progress("contents", done, count)
        if hashlib.sha256(data).hexdigest() != digest:
            yield Finding(f"content {digest}", "The stored bytes are not those that were stored.", _BACKUP)


def _text_findings(study: Study, *, progress: Progress) -> Iterator[Finding]:
    progress("texts", 0, 0)
    stored = {row[0] for row in study.contents.execute("SELECT hash FROM contents")}
    for text in study.all(Text):
        for what, digest in (
            ("content", text.content_hash),
            ("place map", text.places_hash),
            ("original file", text.original_hash),
        ):
            if digest not in stored:
                yield Finding(f"text {text.id}", f"Its {what} is missing.", _BACKUP)


def _excerpt_findings(study: Study, *, progress: Progress) -> Iterator[Finding]:
    count, held, content = study.count(Excerpt), "", ""
    query = 'SELECT id, text_id, start, "end", quote FROM excerpt_records ORDER BY text_id'
    for done, (identifier, text_id, start, end, quote) in enumerate(study.connection.execute(query)):
        if done % _TOLD_EACH == 0:
            progress("excerpts", done, count)
        if text_id != held:
            content = study.content(study.get(Text, text_id).content_hash).decode("utf-8", "replace")
            held = text_id
        if content[start:end] != quote:
            yield Finding(
                f"excerpt {identifier}", "Its words are not those of the text at its place.", _BACKUP
            )


def _quote_findings(study: Study) -> Iterator[Finding]:
    for quote in study.all(CellQuote):
        if quote.content not in study.get(Excerpt, quote.excerpt_id).quote:
            yield Finding(
                f"quote {quote.id}",
                f"The quote in cell {quote.cell_id} is not in its excerpt.",
                "Remove it and quote again.",
            )
