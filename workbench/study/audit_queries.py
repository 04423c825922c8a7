"""What an audit asks of the log as a whole."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from workbench.model.coder import is_person
from workbench.model.decision import Decision
from workbench.study import log
from workbench.study.rows import quoted
from workbench.study.schema import TABLES
from workbench.study.study import Study

_CODER_COLUMNS = ("coder", "author")


def coders_of(study: Study) -> list[str]:
    """Name every person who decided anything, by their first decision, then who else a record names."""
    rows = study.connection.execute("SELECT coder FROM decisions GROUP BY coder ORDER BY min(seq)")
    found = [row[0] for row in rows]
    for table in TABLES.values():
        for column in _CODER_COLUMNS:
            if column in table.columns:
                query = f"SELECT DISTINCT {quoted(column)} FROM {quoted(table.name)} ORDER BY 1"
                found += [row[0] for row in study.connection.execute(query)]
    return [name for name in dict.fromkeys(found) if name and is_person(name)]


def has_decided(study: Study, coder: str) -> bool:
    """Tell whether a coder decided anything yet."""
    query = "SELECT 1 FROM decisions WHERE coder = ? LIMIT 1"
    return study.connection.execute(query, (coder,)).fetchone() is not None


class ActionCount(NamedTuple):
    """How many decisions of one kind a coder made in a month."""

    action: str
    coder: str
    month: str
    """`2026-11`, by the clock of the machine that decided."""
    number: int


def action_counts(study: Study) -> list[ActionCount]:
    """Count the decisions by what they did, by coder and by month."""
    query = (
        "SELECT action, coder, substr(at, 1, 7), count(*) FROM decisions GROUP BY 1, 2, 3 ORDER BY 3, 2, 1"
    )
    return [ActionCount(*row) for row in study.connection.execute(query)]


def decisions_of_kinds(study: Study, actions: Iterable[str]) -> list[Decision]:
    """Read the decisions of some kinds in the order of the log."""
    named = tuple(actions)
    return list(log.read(study.connection, f"action IN ({', '.join('?' * len(named))})", named))


def standing_undone(study: Study) -> dict[int, int]:
    """Map every decision that is undone to the one that undid it."""
    return dict(study.connection.execute("SELECT seq, by_seq FROM undone ORDER BY seq").fetchall())


def decisions_with_reasons(study: Study) -> list[Decision]:
    """Read the decisions that give a reason, in the order of the log."""
    return list(log.read(study.connection, "reason <> ''"))


def times_named(study: Study, kind: str) -> int:
    """Count the records of a kind that there ever were."""
    query = "SELECT count(DISTINCT key) FROM touches WHERE key >= ? AND key < ?"
    return int(study.connection.execute(query, (f"{kind}:", f"{kind};")).fetchone()[0])
