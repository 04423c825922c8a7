"""The whole log as files: JSON Lines that anyone can check, and forms for reading."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import Any

from workbench.errors import WrongUsage
from workbench.exchange.csv import BYTE_ORDER_MARK, spreadsheet_safe
from workbench.exchange.log_names import LogNames
from workbench.exchange.markdown import escaped
from workbench.model.decision import Decision, canonical
from workbench.model.records import split_key
from workbench.study.study import Study

LOG_FORMATS = ("jsonl", "md", "csv")
_BATCH = 1000
_LONGEST = 300
"""Characters of a value that the form for reading shows."""
_COLUMNS = ("seq", "at", "coder", "action", "subject", "reason", "framework_version", "reverses", "records")


def log_pieces(study: Study, *, format: str = "jsonl") -> Iterator[bytes]:
    """Give the log in pieces of bytes: a heading where the format has one, then decision by decision."""
    if format not in LOG_FORMATS:
        raise WrongUsage(f"There is no log format {format}. Formats: {', '.join(LOG_FORMATS)}.")
    if format == "jsonl":
        return (line.encode() for line in _json_lines(study))
    return (line.encode() for line in (_markdown(study) if format == "md" else _csv(study)))


def _decisions(study: Study) -> Iterator[Decision]:
    for first in range(1, study.head.count + 1, _BATCH):
        yield from study.decisions(first=first, last=first + _BATCH - 1)


def _json_lines(study: Study) -> Iterator[str]:
    for decision in _decisions(study):
        yield canonical(decision.payload() | {"hash": decision.hash}) + "\n"


def _csv(study: Study) -> Iterator[str]:
    yield BYTE_ORDER_MARK + _csv_line([*_COLUMNS, "hash"])
    for decision in _decisions(study):
        fields = {name: getattr(decision, name, "") for name in _COLUMNS}
        fields["records"] = "; ".join(sorted(decision.keys))
        cells = ["" if fields[name] is None else str(fields[name]) for name in _COLUMNS]
        yield _csv_line([*cells, decision.hash])


def _csv_line(cells: list[str]) -> str:
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\n").writerow(map(spreadsheet_safe, cells))
    return buffer.getvalue()


def _markdown(study: Study) -> Iterator[str]:
    head = study.head
    yield f"# Decisions: {escaped(study.setting('title'))}\n\n"
    yield f"{head.count} decisions, head `{head.hash}`. Times are UTC; the order is that of the numbers.\n"
    if study.origin is not None:
        told = study.origin.head
        yield f"\nDerived: {study.origin.words}. "
        yield f"The original log has {told.count} decisions, head `{told.hash}`.\n"
    names = LogNames()
    for decision in _decisions(study):
        names.follow(decision)
        yield from _told(decision, names)


def _told(decision: Decision, names: LogNames) -> Iterator[str]:
    yield f"\n## {decision.seq} · {escaped(decision.action)} · {escaped(decision.coder)}\n\n"
    reverses = f", of decision {decision.reverses}" if decision.reverses else ""
    yield f"{decision.at}, on {_called(decision.subject, names)}{reverses}, "
    yield f"framework version {decision.framework_version}\n"
    if decision.reason:
        yield f"\nReason: {escaped(decision.reason)}\n"
    yield "\n"
    for key in sorted(decision.keys):
        change = _Change(split_key(key)[0], names)
        yield f"- {_called(key, names)}: {change.told(decision.before.get(key), decision.after.get(key))}\n"
    yield f"\n`{decision.hash}`\n"


def _called(key: str, names: LogNames) -> str:
    """Write a key, with what the record is called where the key does not say so itself."""
    name = names.of(key)
    return f"{escaped(key)} ({_short(name)})" if name and name != split_key(key)[1] else escaped(key)


class _Change:
    """What changed in a record of one kind, for a reader."""

    def __init__(self, kind: str, names: LogNames) -> None:
        self._kind = kind
        self._names = names

    def told(self, before: dict[str, Any] | None, after: dict[str, Any] | None) -> str:
        """Say what a record holds where it is new, and else which fields were changed from what to what."""
        if before is None:
            held = {name: value for name, value in (after or {}).items() if value and name != "id"}
            return "new" + "".join(f"; {name} {self._value(name, value)}" for name, value in held.items())
        if after is None:
            return "removed"
        changed = [name for name in {**before, **after} if after.get(name) != before.get(name)]
        return "; ".join(
            f"{name} from {self._of(before, name)} to {self._of(after, name)}" for name in changed
        )

    def _of(self, data: dict[str, Any], name: str) -> str:
        return self._value(name, data[name]) if name in data else "nothing"

    def _value(self, name: str, value: Any) -> str:
        called = self._names.of_field(self._kind, name, value)
        return f"“{_short(_words(value))}”" + (f" ({_short(called)})" if called and called != value else "")


def _words(value: Any) -> str:
    if isinstance(value, list):
        return "; ".join(map(str, value))
    if isinstance(value, dict):
        return "; ".join(f"{name}: {each}" for name, each in value.items())
    if isinstance(value, bool) or value is None:
        return {True: "yes", False: "no", None: "nothing"}[value]
    return str(value)


def _short(words: str) -> str:
    return escaped(words if len(words) <= _LONGEST else f"{words[:_LONGEST]}…")
