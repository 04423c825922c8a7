"""Study: the one object the other rooms receive. It reads records and writes decisions."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from workbench import __version__
from workbench.errors import NothingChanged, ReasonMissing, Refused, StudyFileError, WrongUsage
from workbench.model.coder import is_person
from workbench.model.decision import Decision, Verb, as_in_log
from workbench.model.framework import Code, Framework, Theme
from workbench.model.identity import decision_id
from workbench.model.likeness import without_hidden
from workbench.model.records import R, Record, Setting, kind_of, split_key
from workbench.model.text import PlaceMap, Text
from workbench.study import log
from workbench.study.conflicts import (
    Missing,
    StillInUse,
    Taken,
    changes,
    refuse_dangling,
    refuse_orphans,
)
from workbench.study.contents import read_content
from workbench.study.faults import told_plainly
from workbench.study.hold import Hold, sign
from workbench.study.opening_checks import LookingThrough
from workbench.study.origin import Origin
from workbench.study.places import places_of_bytes
from workbench.study.replay import apply_changes
from workbench.study.rows import json_of, quoted, record_of, select_sql
from workbench.study.schema import ANCHORED, TABLES, referring

__all__ = ["Missing", "StillInUse", "Study", "Taken"]


class Study:
    """One study file, open. All writing goes through `decide`, one transaction per decision."""

    origin: Origin | None = None
    """Of a study that was made for an export: what it was derived from."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        path: Path,
        *,
        coder: str = "",
        read_only: bool = False,
        contents_of: Study | None = None,
        hold: Hold | None = None,
        as_of: int | None = None,
    ) -> None:
        self.connection = connection
        self.path = path
        self.coder = coder
        self.read_only = read_only
        self.as_of = as_of
        """The decision that it is shown after; None for today's."""
        self.standing_reason = ""
        """Reason of every decision that is given none of its own."""
        self.clock: Callable[[], datetime] = lambda: datetime.now(UTC)
        self._contents_of = contents_of
        self._hold = hold
        self.why_read_only = ""
        """What keeps it from being written where it is; empty where it was opened for reading by choice."""
        self.news = ""
        """What opening it changed, in a sentence; empty where that was nothing."""
        self.looking_through: LookingThrough | None = None
        """The checks of opening, while they go on behind the reading."""
        self._framework: tuple[log.Head, Framework] | None = None
        self._texts: dict[str, str] = {}

    # reading

    def find(self, cls: type[R], identifier: str) -> R | None:
        """Read one record by id; None where there is none."""
        kind = kind_of(cls)
        row = self.connection.execute(f"{select_sql(kind)} WHERE id = ?", (identifier,)).fetchone()
        return None if row is None else record_of(kind, row)

    def get(self, cls: type[R], identifier: str) -> R:
        """Read one record by id; raises WrongUsage where there is none."""
        record = self.find(cls, identifier)
        if record is None:
            raise WrongUsage(f"There is no {kind_of(cls)} {identifier} in this study.")
        return record

    def all(self, cls: type[R], *, order: str = "id", **where: str | int | None) -> list[R]:
        """Read the records of a class whose fields equal the given values, ordered by a field."""
        kind = kind_of(cls)
        tests = " AND ".join(f"{quoted(name)} IS ?" for name in where) or "1"
        query = f"{select_sql(kind)} WHERE {tests} ORDER BY {quoted(order)}, id"
        return [record_of(kind, row) for row in self.connection.execute(query, tuple(where.values()))]

    def count(self, cls: type[Record]) -> int:
        """Count the records of a class."""
        name = quoted(TABLES[kind_of(cls)].name)
        return int(self.connection.execute(f"SELECT count(*) FROM {name}").fetchone()[0])

    def by_key(self, key: str) -> dict[str, Any] | None:
        """Read the JSON of a record by its key; None where there is none."""
        kind, identifier = split_key(key)
        row = self.connection.execute(f"{select_sql(kind)} WHERE id = ?", (identifier,)).fetchone()
        return None if row is None else json_of(kind, row)

    def setting(self, name: str, default: str = "") -> str:
        """Read a setting of the study."""
        found = self.find(Setting, name)
        return default if found is None else found.value

    @property
    def contents(self) -> sqlite3.Connection:
        """Give the connection on which stored bytes are read; a study of the past reads those of today."""
        return self.connection if self._contents_of is None else self._contents_of.contents

    def content(self, digest: str) -> bytes:
        """Read stored bytes by their SHA-256; raises WrongUsage where they are not stored.

        Raises StudyFileError where they are no longer those that were stored.
        """
        return read_content(self.contents, digest)

    def text_content(self, content_hash: str) -> str:
        """Read the characters of a text by its content hash; the last few are kept in memory."""
        content = self._texts.pop(content_hash, None)
        if content is None:
            content = self.content(content_hash).decode("utf-8")
        self._texts[content_hash] = content
        if len(self._texts) > 8:
            del self._texts[next(iter(self._texts))]
        return content

    def places(self, text: Text) -> PlaceMap:
        """Read the page and paragraph map of a text."""
        return places_of_bytes(self.content(text.places_hash), self.text_content(text.content_hash))

    @property
    def framework(self) -> Framework:
        """Give the framework as it stands, released or not."""
        head = self.head
        if self._framework is None or self._framework[0] != head:
            seen = self._framework[0] if self._framework is not None else None
            if seen is None or not self._follows(seen) or self._framework_touched_since(seen.count):
                tree = Framework(self.all(Theme), self.all(Code), title=self.setting("framework title"))
            else:
                assert self._framework is not None
                tree = self._framework[1]
            self._framework = (head, tree)
        return self._framework[1]

    def _follows(self, seen: log.Head) -> bool:
        """Tell whether the log goes on from a head seen before; it does not where that was rolled back."""
        row = self.connection.execute("SELECT hash FROM decisions WHERE seq = ?", (seen.count,)).fetchone()
        return seen.count == 0 or (row is not None and row[0] == seen.hash)

    def _framework_touched_since(self, seq: int) -> bool:
        query = (
            "SELECT 1 FROM touches WHERE (key BETWEEN 'code:' AND 'code;' "
            "OR key BETWEEN 'theme:' AND 'theme;' "
            "OR key BETWEEN 'setting:framework title' AND 'setting:framework title~') AND seq > ? LIMIT 1"
        )
        return self.connection.execute(query, (seq,)).fetchone() is not None

    @property
    def framework_version(self) -> int:
        """Give the number of the latest released version; 0 before the first."""
        name = quoted(TABLES["framework-version"].name)
        return int(self.connection.execute(f"SELECT coalesce(max(number), 0) FROM {name}").fetchone()[0])

    @property
    def head(self) -> log.Head:
        """Give the end of the log."""
        return log.read_head(self.connection)

    def decision(self, seq: int) -> Decision:
        """Read one decision; raises WrongUsage where the log has no such number."""
        for decision in log.read(self.connection, "seq = ?", (seq,)):
            return decision
        raise WrongUsage(f"The log has no decision {seq}.")

    def decisions(
        self,
        *,
        key: str = "",
        coder: str = "",
        action: str = "",
        first: int = 1,
        last: int | None = None,
        latest: int | None = None,
    ) -> list[Decision]:
        """Read decisions in order, filtered; `latest` keeps only so many from the end."""
        tests, values = ["seq >= ?"], [first]
        filters: list[tuple[str, Any]] = [
            ("seq IN (SELECT seq FROM touches WHERE key = ?)", key),
            ("coder = ?", coder),
            ("action = ?", action),
            ("seq <= ?", last),
        ]
        for test, value in filters:
            if value not in ("", None):
                tests.append(test)
                values.append(value)
        tail = f"ORDER BY seq DESC LIMIT {int(latest)}" if latest is not None else ""
        found = list(log.read(self.connection, " AND ".join(tests), tuple(values), tail))
        return found[::-1] if latest is not None else found

    def undone_by(self, seq: int) -> int | None:
        """Give the decision that undid this one; None while it stands."""
        row = self.connection.execute("SELECT by_seq FROM undone WHERE seq = ?", (seq,)).fetchone()
        return None if row is None else int(row[0])

    def last_touch(self, key: str) -> int | None:
        """Give the latest decision that touched a record."""
        row = self.connection.execute("SELECT max(seq) FROM touches WHERE key = ?", (key,)).fetchone()
        return None if row[0] is None else int(row[0])

    def referring_keys(self, key: str) -> list[str]:
        """List the keys of the records that refer to a record, by foreign key or by anchor."""
        kind, identifier = split_key(key)
        found = []
        for table, column in referring(kind):
            query = f"SELECT id FROM {quoted(table.name)} WHERE {quoted(column)} = ?"
            found += [f"{table.kind}:{row[0]}" for row in self.connection.execute(query, (identifier,))]
        for anchored in ANCHORED:
            query = f"SELECT id FROM {quoted(TABLES[anchored].name)} WHERE anchor = ?"
            found += [f"{anchored}:{row[0]}" for row in self.connection.execute(query, (key,))]
        return found

    # writing

    def now(self) -> str:
        """Tell the time as the log writes it: UTC, ISO 8601, to the millisecond."""
        return as_in_log(self.clock())

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Hold one transaction over everything inside; inner uses join it. Any exception rolls it back."""
        if self.as_of is not None:
            raise Refused(
                f"This is the study as of decision {self.as_of}; the past can only be read.",
                do="Go back to today.",
            )
        if self.connection.in_transaction:
            yield
            return
        self.refuse_unwritable()
        with told_plainly(self.path):
            self.connection.execute("BEGIN IMMEDIATE")
            try:
                self.connection.execute("PRAGMA defer_foreign_keys = ON")
                yield
                self.connection.execute("COMMIT")
            except BaseException:
                if self.connection.in_transaction:
                    self.connection.execute("ROLLBACK")
                raise

    def refuse_unwritable(self) -> None:
        """Raise where nothing can be decided: read only, not whole, or no longer the file that was opened.

        Waits for the checks of opening where they still go on.
        """
        self.end_looking_through()
        if self.read_only and self.why_read_only:
            raise StudyFileError(
                f"The study is open for reading only: {self.why_read_only}.",
                safe="Nothing was changed.",
                do="Save it elsewhere (S, workbench save-as) and go on there.",
            )
        if self.read_only:
            raise Refused(
                "The study is open for reading only.", do="Open it for writing when nobody else has it."
            )
        if self._hold is not None:
            self._hold.refuse_if_lost()

    def end_looking_through(self) -> None:
        """Wait for the checks of opening; where they find something, the study is for reading only.

        Raises what they found.
        """
        looking, self.looking_through = self.looking_through, None
        if looking is None:
            return
        found = looking.end()
        if found is None:
            self.sign()
            return
        self.read_only, self.why_read_only = True, found.what.rstrip(".")
        raise found

    def sign(self) -> None:
        """Write down who has the study open, for those who find it held."""
        with told_plainly(self.path):
            sign(self.connection, self.coder, self.now())

    def store(self, data: bytes) -> str:
        """Keep bytes once under their SHA-256 and return it; call inside a transaction with the decision."""
        digest = hashlib.sha256(data).hexdigest()
        with self.transaction():
            self.connection.execute(
                "INSERT INTO contents (hash, bytes) VALUES (?, ?) ON CONFLICT(hash) DO NOTHING",
                (digest, data),
            )
        return digest

    def decide(
        self,
        verb: Verb,
        subject: str,
        *,
        put: Iterable[Record] = (),
        remove: Iterable[str] = (),
        reason: str = "",
        reverses: int | None = None,
        method: str = "",
    ) -> Decision:
        """Append one decision and make the tables follow, in one transaction.

        `put` holds records as they shall be, `remove` keys of records to take away. Records that are already
        as they shall be are left out. `method` names what proposes, where no person
        decides. Raises ReasonMissing where the verb needs a reason, and Refused where
        nothing would change, where no coder is named, or where something still refers to a removed record.
        """
        reason = reason.strip() or self.standing_reason.strip()
        self._refuse_nobody()
        if verb.needs_reason and not without_hidden(reason).strip():
            raise ReasonMissing(
                f"To {verb.label} needs a reason.", do="Give it with --reason, or in the dialog."
            )
        with self.transaction():
            before, after = changes(self.connection, put, remove)
            if before == after:
                raise NothingChanged
            refuse_dangling(self.referring_keys, set(before) - set(after), set(after))
            refuse_orphans(self.connection, after)
            try:
                apply_changes(self.connection, before, after)
            except sqlite3.IntegrityError as error:
                raise Taken(str(error), set(after)) from error
            return log.append(
                self.connection,
                {
                    "id": decision_id(),
                    "at": self.now(),
                    "coder": method or self.coder,
                    "action": verb.label,
                    "subject": subject,
                    "before": before,
                    "after": after,
                    "reason": reason,
                    "framework_version": self.framework_version,
                    "reverses": reverses,
                    "program": __version__,
                },
            )

    def _refuse_nobody(self) -> None:
        if not self.coder:
            raise Refused("Nobody is named as the coder.", do="Say who decides with --as NAME.")
        if not is_person(self.coder):
            raise Refused(f"{self.coder} is the name of a method.", do="Name a person with --as NAME.")

    @property
    def is_of_a_file(self) -> bool:
        """Tell whether it is read from a file of its own, not from the log up to a decision."""
        return self._hold is not None

    @property
    def is_in_its_place(self) -> bool:
        """Tell whether the file that was opened is still under its name."""
        return self._hold is None or self._hold.is_there

    def move_into(self, other: Study) -> None:
        """Go on in the file of another open study, which is this one's from now on."""
        self.close()
        self.connection, self.path, self._hold = other.connection, other.path, other._hold
        self.read_only, self.why_read_only = other.read_only, other.why_read_only
        self.looking_through = other.looking_through

    def close(self) -> None:
        """Close the file and give the lock back."""
        self.connection.close()
        if self._hold is not None:
            self._hold.release()

    def __enter__(self) -> Study:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
