"""Find decisions in the log: by who, what, when and why, and by what the records belong to or ever did."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator, Sequence

from workbench.errors import StudyFileError
from workbench.model.decision import Decision, Verb
from workbench.model.decision_filter import DecisionFilter
from workbench.study.log import read
from workbench.study.schema import ANCHORED, TABLES
from workbench.study.study import Study

Fold = Callable[[str], str]
"""Makes words alike that are taken for the same."""

_BELONGS = [
    *(
        (table.kind, field, f"{parent}:")
        for table in TABLES.values()
        for field, parent in table.references.items()
    ),
    *((kind, "anchor", "") for kind in ANCHORED),
]
"""(kind, field, beginning of the key of what a record of the kind belongs to by that field)."""


class Interrupted(Exception):
    """The search was ended from outside."""


class DecisionFinder:
    """Looks decisions up in one study; what belongs to what is read once and then followed."""

    def __init__(self, study: Study, fold: Fold) -> None:
        """Look in a study; in a thread, give it a study that nobody else reads."""
        self._connection = study.connection
        self._fold = fold
        self._read_to = -1
        """The decision up to which it was read what belongs to what."""

    def find(self, wanted: DecisionFilter) -> Iterator[int]:
        """Give the numbers of the decisions that fit, the latest first, as they are found."""
        try:
            yield from self._find(wanted)
        except sqlite3.OperationalError as error:
            if "interrupted" in str(error):
                raise Interrupted from error
            if "JSON" not in str(error):
                raise
            raise StudyFileError(
                f"The log cannot be read: {error}.", safe="", do="See what is damaged with: workbench check"
            ) from error

    def _find(self, wanted: DecisionFilter) -> Iterator[int]:
        tests, values = self._tests(wanted)
        if wanted.about:
            self._follow()
        for number, key in enumerate(wanted.about):
            self._belonging(f"about_{number}", key)
            tests.append(f"d.seq IN (SELECT seq FROM touches WHERE key IN (SELECT key FROM about_{number}))")
        query = f"SELECT d.seq FROM decisions d WHERE {' AND '.join(tests) or '1'} ORDER BY d.seq DESC"
        found = self._connection.execute(query, values)
        try:
            for (seq,) in found:
                yield seq
        finally:
            found.close()

    def _tests(self, wanted: DecisionFilter) -> tuple[list[str], list[str]]:
        verbs = [verb.label for verb in Verb if verb.stage == wanted.stage]
        given = [
            ("d.coder = ?", [wanted.coder]),
            ("d.action = ?", [wanted.action]),
            (f"d.action IN ({', '.join('?' * len(verbs))})", verbs if wanted.stage else [""]),
            ("d.seq IN (SELECT seq FROM touches WHERE key = ?)", [wanted.key]),
            ("d.at >= ?", [wanted.since]),
            ("d.at <= ?", [wanted.until]),
        ]
        kept = [(test, values) for test, values in given if values != [""]]
        tests, values = [test for test, _ in kept], [value for _, each in kept for value in each]
        said = {
            "reason": "d.reason",
            "words": 'd.coder, d.action, d.subject, d.reason, d."before", d."after"',
        }
        for name, columns in said.items():
            if words := getattr(wanted, name).split():
                self._connection.create_function(f"{name}_held", -1, self._holds(words))
                tests.append(f"{name}_held({columns})")
        return tests, values

    def _holds(self, words: list[str]) -> Callable[..., bool]:
        fold = self._fold
        # Records are looked at as they are written, where quotes and the like stand escaped.
        needles = [(fold(word), fold(json.dumps(word, ensure_ascii=False)[1:-1])) for word in words]

        def hold(*columns: str) -> bool:
            said = fold("\n".join(columns))
            return all(plain in said or escaped in said for plain, escaped in needles)

        return hold

    def _follow(self) -> None:
        """Read from the log what belonged to what at any time, as far as that was not read yet."""
        self._make_lists()
        head = self._connection.execute("SELECT coalesce(max(seq), 0) FROM decisions").fetchone()[0]
        for statement in (_WHAT_BELONGS, _DOCUMENTS_OF_CASES, _SEARCHES_OF_CELLS):
            self._connection.execute(statement, (self._read_to,))
        self._read_to = head

    def _make_lists(self) -> None:
        if self._read_to >= 0:
            return
        execute = self._connection.execute
        execute("PRAGMA temp_store = MEMORY")
        execute("DROP TABLE IF EXISTS temp.shapes")
        execute("DROP TABLE IF EXISTS temp.belongs")
        execute("CREATE TEMP TABLE shapes (kind TEXT, field TEXT, parent TEXT)")
        self._connection.executemany("INSERT INTO temp.shapes VALUES (?, ?, ?)", _BELONGS)
        execute(
            "CREATE TEMP TABLE belongs (parent TEXT, child TEXT, PRIMARY KEY (parent, child)) WITHOUT ROWID"
        )

    def _belonging(self, name: str, key: str) -> None:
        """List a record and everything that belongs to it or ever did."""
        self._connection.execute(f"DROP TABLE IF EXISTS temp.{name}")
        self._connection.execute(f"CREATE TEMP TABLE {name} (key TEXT PRIMARY KEY) WITHOUT ROWID")
        self._connection.execute(f"INSERT INTO temp.{name} (key) VALUES (?)", (key,))
        more = f"INSERT OR IGNORE INTO {name} (key) SELECT child FROM belongs JOIN {name} ON parent = key"
        while self._connection.execute(more).rowcount:
            continue


_WHAT_BELONGS = """
INSERT OR IGNORE INTO belongs (parent, child)
SELECT s.parent || json_extract(r.value, '$.' || s.field), r.key
FROM decisions d, json_each(d.after) r JOIN shapes s ON s.kind = substr(r.key, 1, instr(r.key, ':') - 1)
WHERE d.seq > ? AND json_extract(r.value, '$.' || s.field) IS NOT NULL
"""

_DOCUMENTS_OF_CASES = """
INSERT OR IGNORE INTO belongs (parent, child)
SELECT 'case:' || json_extract(r.value, '$.case_id'), 'document:' || json_extract(r.value, '$.document_id')
FROM decisions d, json_each(d.after) r
WHERE d.seq > ? AND r.key >= 'case-document:' AND r.key < 'case-document;' AND d.seq IN
(SELECT seq FROM touches WHERE key >= 'case-document:' AND key < 'case-document;')
"""
"""What a document holds belongs to its cases as well."""

_SEARCHES_OF_CELLS = """
INSERT OR IGNORE INTO belongs (parent, child)
SELECT 'cell:' || json_extract(r.value, '$.case_id') || '.' || json_extract(r.value, '$.code_id'), r.key
FROM decisions d, json_each(d.after) r
WHERE d.seq > ? AND r.key >= 'search:' AND r.key < 'search;' AND d.seq IN
(SELECT seq FROM touches WHERE key >= 'search:' AND key < 'search;')
"""
"""What was searched for in vain belongs to the cell as well."""


def decisions_numbered(study: Study, seqs: Sequence[int]) -> list[Decision]:
    """Read some decisions by their numbers, in the order given."""
    marks = ", ".join("?" * len(seqs))
    found = {decision.seq: decision for decision in read(study.connection, f"seq IN ({marks})", tuple(seqs))}
    return [found[seq] for seq in seqs]
