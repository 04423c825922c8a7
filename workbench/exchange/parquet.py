"""Charts as Parquet: one row for each cell, for those who go on in R, Python or a database.

Text is unmodified, as in JSON. What is said of the chart as a whole stands as JSON in the metadata of the
schema, under the key `workbench`.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from fractions import Fraction
from typing import Any

from workbench.exchange.evidence import EvidenceRow
from workbench.exchange.export_cells import NOT_ASSESSED_STATE, ExportCell
from workbench.exchange.extras import needed
from workbench.exchange.json import facts
from workbench.exchange.matrix_export import MatrixExport
from workbench.model.cell import DESCRIBED

_QUOTE = ("content", "ref", "language")
_SIDE = ("words", "language", "document", "text_kind", "place")
_SIDE_TRUTHS = ("translated", "coded")
_EVIDENCE = (
    "ref",
    "case",
    "code",
    "kind",
    "document",
    "title",
    "language",
    "text_kind",
    "place",
    "quote",
    "excerpt_id",
    "side",
)


def write(export: MatrixExport) -> bytes:
    """Write a chart; raises Refused where the library for it is not installed."""
    pa = needed("pyarrow", extra="parquet", what="Parquet")
    parquet = needed("pyarrow.parquet", extra="parquet", what="Parquet")
    about = json.dumps(facts(export), ensure_ascii=False)
    schema = _schema(pa, _heads(export)).with_metadata({"workbench": about})
    table = pa.Table.from_pylist(list(_Cells(export).rows()), schema=schema)
    buffer = io.BytesIO()
    parquet.write_table(table, buffer)
    return buffer.getvalue()


def _heads(export: MatrixExport) -> tuple[str, str]:
    """Name what rows and columns are."""
    return ("case", "code") if export.is_plain else ("row", "column")


def _schema(pa: Any, heads: tuple[str, str]) -> Any:
    text, whole = pa.string(), pa.int64()
    notes = pa.list_(pa.struct([("number", whole), ("content", text)]))
    side = [*((name, text) for name in _SIDE), *((name, pa.bool_()) for name in _SIDE_TRUTHS)]
    sides = ("sides", pa.list_(pa.struct(side)))
    quotes = pa.list_(pa.struct([*((name, text) for name in _QUOTE), sides]))
    evidence = pa.struct([*((name, text) for name in _EVIDENCE), ("coders", pa.list_(text)), sides])
    row, column = heads
    fields = [
        (f"{row}_id", text),
        (row, text),
        (f"{row}_attributes", pa.map_(text, text)),
        (f"{row}_footnotes", notes),
        (f"{column}_id", text),
        (f"{column}_number", text),
        (column, text),
        (f"{column}_theme", text),
        (f"{column}_definition", text),
        (f"{column}_wordings", pa.map_(text, text)),
        (f"{column}_attributes", pa.map_(text, text)),
        (f"{column}_footnotes", notes),
        *((name, text) for name in ("state", "status", "status_note", "summary", "summary_cited", "comment")),
        *((name, whole) for name in ("words", "sentences", "unlinked_sentences")),
        ("quotes", quotes),
        ("evidence", pa.list_(evidence)),
        ("footnotes", notes),
        ("translation_only", pa.bool_()),
        ("caveats", pa.list_(text)),
        ("stale_cause", text),
        ("author", text),
        ("framework_version", whole),
        *((name, text) for name in ("counts", "value")),
        *((name, whole) for name in ("value_numerator", "value_denominator")),
    ]
    return pa.schema(fields)


class _Cells:
    """The cells of one chart as rows."""

    def __init__(self, export: MatrixExport) -> None:
        self._export = export
        self._heads = _heads(export)
        self._measures = {code_id for row in export.counts.rows for code_id in row.code_ids}
        self._statuses = {status.label: status for status in export.statuses}
        self._notes = {note.number: note.content for note in export.notes}
        self._evidence: dict[tuple[int, int], list[EvidenceRow]] = {}
        for row in export.evidence:
            self._evidence.setdefault((row.row, row.column), []).append(row)

    def rows(self) -> Iterator[dict[str, Any]]:
        """Give them one after the other."""
        for cells in self._export.cells:
            for cell in cells:
                yield self._placed(cell) | self._said(cell) | self._counted(cell)

    def _placed(self, cell: ExportCell) -> dict[str, Any]:
        row, column = self._export.rows[cell.row], self._export.columns[cell.column]
        return {
            f"{self._heads[0]}_id": row.id,
            self._heads[0]: row.name,
            f"{self._heads[0]}_attributes": dict(row.attributes),
            f"{self._heads[0]}_footnotes": self._noted(row.notes),
            f"{self._heads[1]}_id": column.id,
            f"{self._heads[1]}_number": column.number,
            self._heads[1]: column.name,
            f"{self._heads[1]}_theme": column.theme,
            f"{self._heads[1]}_definition": column.definition,
            f"{self._heads[1]}_wordings": dict(column.wordings),
            f"{self._heads[1]}_attributes": dict(column.attributes),
            f"{self._heads[1]}_footnotes": self._noted(column.notes),
        }

    def _said(self, cell: ExportCell) -> dict[str, Any]:
        evidence = self._evidence.get((cell.row, cell.column), [])
        return {
            "state": cell.state,
            "status": cell.status,
            "status_note": cell.note,
            "summary": cell.summary,
            "summary_cited": cell.cited,
            "comment": cell.comment,
            "words": cell.measures.words,
            "sentences": cell.measures.sentences,
            "unlinked_sentences": cell.measures.unlinked,
            "quotes": [
                {name: getattr(quote, name) for name in _QUOTE} | {"sides": list(map(asdict, quote.sides))}
                for quote in cell.quotes
            ],
            "evidence": [
                {name: getattr(row, name) for name in _EVIDENCE}
                | {"coders": list(row.coders), "sides": list(map(asdict, row.sides))}
                for row in evidence
            ],
            "footnotes": self._noted(cell.notes),
            "translation_only": cell.translation_only,
            "caveats": list(cell.caveats),
            "stale_cause": cell.stale_cause,
            "author": cell.author,
            "framework_version": cell.framework_version,
        }

    def _noted(self, numbers: Iterable[int]) -> list[dict[str, Any]]:
        return [{"number": number, "content": self._notes[number]} for number in numbers]

    def _counted(self, cell: ExportCell) -> dict[str, Any]:
        """Say what a cell counts under the rule, and why where it counts nothing; 0 is not nothing."""
        why, value = self._value(cell)
        return {
            "counts": why,
            "value": None if value is None else str(value),
            "value_numerator": None if value is None else value.numerator,
            "value_denominator": None if value is None else value.denominator,
        }

    def _value(self, cell: ExportCell) -> tuple[str, Fraction | None]:
        if not self._export.is_plain:
            return "arranged", None
        if cell.places[0][1] not in self._measures:
            return "no measure", None
        status = self._statuses.get(cell.status)
        if status is None:
            return cell.state if cell.state == NOT_ASSESSED_STATE else DESCRIBED, None
        if not status.in_denominator:
            return "outside the denominator", None
        value = status.value(self._export.rule.id)
        return ("not settled", None) if value is None else ("counted", value)
