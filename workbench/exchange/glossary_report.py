"""What became of the key terms, as Markdown, CSV and JSON: figures per term, then every place."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass

from workbench.exchange.csv import csv_table
from workbench.exchange.markdown import escaped
from workbench.study.origin import told_head
from workbench.study.study import Study

FORMATS = ("markdown", "csv", "json")


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """A passage with a term and what stands for it, as it is told."""

    term: str
    rule: str
    found: str
    document: str
    source_text: str
    source_place: str
    source_start: int
    source_end: int
    source_words: str
    target_text: str
    target_place: str
    target_start: int
    target_end: int
    target_words: str
    rendering: str
    """As the glossary has it; empty where none of its renderings stands there."""


@dataclass(frozen=True, slots=True)
class CountRow:
    """The figures of one term."""

    id: str
    term: str
    rule: str
    places: int
    looked: int
    as_decided: int
    share: str
    """Of those that were looked at; `undefined` where there are none."""
    exact: str
    findings: str


@dataclass(frozen=True, slots=True)
class Printed:
    """The whole report in words."""

    counts: tuple[CountRow, ...]
    places: tuple[PlaceRow, ...]
    unlooked: tuple[str, ...]
    """In sentences: where the report could not look, and how much."""


def write_report(study: Study, printed: Printed, *, format: str) -> bytes:
    """Write the report with the study and the head of its log; the same study gives the same bytes."""
    if format == "csv":
        return csv_table(_tables(study, printed))
    if format == "json":
        data = {
            "about": dict(_about(study)),
            "terms": [asdict(row) for row in printed.counts],
            "places": [asdict(row) for row in printed.places],
            "not looked at": list(printed.unlooked),
        }
        return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()
    return ("\n".join(_lines(study, printed)) + "\n").encode()


def _about(study: Study) -> list[list[str]]:
    head = told_head(study)
    told = [["study", study.setting("title")], ["log", f"{head.count} decisions"], ["head", head.hash]]
    return told if study.origin is None else [*told, ["changed for export", study.origin.words]]


def _tables(study: Study, printed: Printed) -> Iterator[Sequence[str]]:
    yield list(CountRow.__dataclass_fields__)
    yield from ([str(value) for value in asdict(row).values()] for row in printed.counts)
    yield []
    yield list(PlaceRow.__dataclass_fields__)
    yield from ([str(value) for value in asdict(row).values()] for row in printed.places)
    yield []
    yield from (["not looked at", sentence] for sentence in printed.unlooked)
    yield from _about(study)


def _lines(study: Study, printed: Printed) -> Iterator[str]:
    yield f"# Key terms: {escaped(study.setting('title'))}"
    yield ""
    yield "| term | rule | places | looked at | as decided | share | findings |"
    yield "|---|---|---|---|---|---|---|"
    for row in printed.counts:
        cells = (
            row.term,
            row.rule,
            row.places,
            row.looked,
            row.as_decided,
            row.share,
            row.findings or "none",
        )
        yield f"| {' | '.join(escaped(str(cell)) for cell in cells)} |"
    for place in printed.places:
        yield from ("", f"## {escaped(f'{place.term}: {place.found}')}", "")
        said = f" as “{place.rendering}”" if place.rendering else ""
        yield f"- {escaped(f'{place.document}, rule: {place.rule}{said}')}"
        yield f"- {escaped(f'{place.source_place}: {place.source_words}')}"
        yield f"- {escaped(f'{place.target_place}: {place.target_words}')}"
    yield from ("", "## Not looked at", "")
    yield from (f"- {escaped(sentence)}" for sentence in printed.unlooked or ("Nothing was left out.",))
    yield from ("", "## About", "")
    yield from (f"- {escaped(name)}: {escaped(value)}" for name, value in _about(study))
