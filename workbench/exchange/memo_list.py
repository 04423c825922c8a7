"""Memos as Markdown, CSV and JSON, each with what it is on."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass

from workbench.exchange.csv import csv_table
from workbench.exchange.markdown import escaped
from workbench.study.origin import told_head
from workbench.study.study import Study

FORMATS = ("md", "csv", "json")


@dataclass(frozen=True, slots=True)
class MemoRow:
    """One memo as it leaves the study."""

    id: str
    at: str
    coder: str
    kind: str
    on: str
    """Kind of what it is on."""
    name: str
    """What it is on, as people name it; a passage by its citation."""
    quote: str
    content: str
    became: str
    """Id of the code that an idea became."""
    options: str = ""
    """Of a translator's memo: what was considered, apart by semicolons."""
    choice: str = ""
    loss: str = ""
    effect: str = ""


def write_memos(study: Study, rows: Sequence[MemoRow], *, format: str) -> bytes:
    """Write memos in their order, with the study and the head of its log; what repeats is byte-identical."""
    if format == "csv":
        heads = list(MemoRow.__dataclass_fields__)
        return csv_table([heads, *(list(asdict(row).values()) for row in rows), [], *_about(study)])
    if format == "json":
        data = {"about": dict(_about(study)), "memos": [asdict(row) for row in rows]}
        return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()
    return ("\n".join(_lines(study, rows)) + "\n").encode()


def _about(study: Study) -> list[list[str]]:
    head = told_head(study)
    return [
        ["study", study.setting("title")],
        ["framework version", str(study.framework_version or "not released")],
        ["log", f"{head.count} decisions"],
        ["head", head.hash],
        *([] if study.origin is None else [["changed for export", study.origin.words]]),
    ]


def _lines(study: Study, rows: Sequence[MemoRow]) -> Iterator[str]:
    yield f"# Memos: {escaped(study.setting('title'))}"
    for row in rows:
        became = f", became the code {row.became}" if row.became else ""
        yield ""
        yield f"## {escaped(f'{row.kind} on {row.on}: {row.name}')}"
        yield ""
        yield escaped(f"{row.coder}, {row.at[:16].replace('T', ' ')} UTC, memo {row.id}{became}")
        yield ""
        yield escaped(row.content)
        for name in ("options", "choice", "loss", "effect"):
            if value := getattr(row, name):
                yield ""
                yield escaped(f"{name.capitalize()}: {value}")
        if row.quote:
            yield ""
            yield f"> {escaped(row.quote)}"
    yield ""
    yield "## About"
    yield ""
    for name, value in _about(study):
        yield f"- {escaped(name)}: {escaped(value)}"
