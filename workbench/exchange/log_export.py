"""The whole log as files: JSON Lines that anyone can check, and forms for reading."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import Any

from workbench.errors import WrongUsage
from workbench.exchange.csv import BYTE_ORDER_MARK, spreadsheet_safe
from workbench.exchange.markdown import escaped
from workbench.model.decision import Decision, canonical
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
    for decision in _decisions(study):
        yield from _told(decision)


def _told(decision: Decision) -> Iterator[str]:
    yield f"\n## {decision.seq} · {escaped(decision.action)} · {escaped(decision.coder)}\n\n"
    reverses = f", of decision {decision.reverses}" if decision.reverses else ""
    yield f"{decision.at}, on {escaped(decision.subject)}{reverses}, "
    yield f"framework version {decision.framework_version}\n"
    if decision.reason:
        yield f"\nReason: {escaped(decision.reason)}\n"
    yield "\n"
    for key in sorted(decision.keys):
        yield f"- {escaped(key)}: {_change(decision.before.get(key), decision.after.get(key))}\n"
    yield f"\n`{decision.hash}`\n"


def _change(before: dict[str, Any] | None, after: dict[str, Any] | None) -> str:
    if before is None:
        held = {name: value for name, value in (after or {}).items() if value and name != "id"}
        return "new" + "".join(f"; {name} {_value(value)}" for name, value in held.items())
    if after is None:
        return "removed"
    changed = [name for name in {**before, **after} if after.get(name) != before.get(name)]
    return "; ".join(f"{name} from {_of(before, name)} to {_of(after, name)}" for name in changed)


def _of(data: dict[str, Any], name: str) -> str:
    return _value(data[name]) if name in data else "nothing"


def _value(value: Any) -> str:
    words = value if isinstance(value, str) else canonical(value)
    return f"“{escaped(words if len(words) <= _LONGEST else words[:_LONGEST] + '…')}”"
