"""The whole log as files: JSON Lines that anyone can check, and forms for reading."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from workbench.errors import Refused, WorkbenchError, WrongUsage
from workbench.exchange.csv import BYTE_ORDER_MARK, spreadsheet_safe
from workbench.exchange.markdown import escaped
from workbench.model.decision import Decision, canonical
from workbench.study.study import Study

LOG_FORMATS = ("jsonl", "md", "csv")
_BATCH = 1000
_LONGEST = 300
"""Characters of a value that the form for reading shows."""
_COLUMNS = ("seq", "at", "coder", "action", "subject", "reason", "framework_version", "reverses", "records")


def export_log(study: Study, path: Path, *, format: str = "jsonl") -> None:
    """Write the log to a new file, decision by decision; no half of a file is left where that fails.

    Raises Refused where the file is there already, and WrongUsage for an unknown format.
    """
    pieces = log_pieces(study, format=format)
    try:
        with path.open("xb") as file:
            try:
                for piece in pieces:
                    file.write(piece)
            except BaseException:
                path.unlink()
                raise
    except FileExistsError as error:
        raise Refused(f"{path.name} is already there.", do="Choose another name.") from error
    except OSError as error:
        raise WorkbenchError(
            f"{path.name} cannot be written: {error.strerror}.",
            safe="The study is as it was.",
            do="Check the folder and its rights.",
        ) from error


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


VERIFIER = """\
import hashlib, json, sys

previous, number, seen = "0" * 64, 0, set()
for line in open(sys.argv[1], encoding="utf-8"):
    record = json.loads(line)
    claimed = record.pop("hash")
    written = json.dumps(record, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    number += 1
    if record["seq"] != number:
        sys.exit(f"decision {number} is missing")
    if record["prev_hash"] != previous:
        sys.exit(f"decision {number} does not follow the one before it")
    if hashlib.sha256(written.encode("utf-8")).hexdigest() != claimed:
        sys.exit(f"decision {number} was changed")
    previous = claimed
    seen.add(claimed)
if len(sys.argv) > 2 and sys.argv[2] not in seen:
    sys.exit(f"no decision has the hash {sys.argv[2]}: cut short or written anew")
print(f"{number} decisions, head {previous}")
"""
"""Checks an exported log with nothing but Python."""


def verify_instructions() -> str:
    """Tell a reader without this program how to check an exported log."""
    indented = "".join(f"    {line}" if line.strip() else line for line in VERIFIER.splitlines(keepends=True))
    return (
        "How to check an exported log\n\n"
        "Each line of the file is one decision as JSON. Take its `hash` away, write what is left as JSON\n"
        "with sorted keys, no spaces and all characters as they are, in UTF-8: the SHA-256 of that is the\n"
        "hash. "
        "`prev_hash` is the hash of the line before; the first has 64 zeros. `seq` counts from 1.\n\n"
        "Save the following as verify.py and run `python3 verify.py LOG.jsonl [HASH]`. HASH is a head that\n"
        "was printed on an export or when the study was closed: without it, a log that was cut short or\n"
        "written anew as a whole looks whole. The chain shows that nothing was changed afterwards; it does\n"
        "not show that what was written is true, nor that a coder is who they said they were.\n\n"
        f"{indented}"
    )
