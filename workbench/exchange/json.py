"""Charts as JSON: everything as it is, with nothing made safe, shortened or rounded away."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from workbench.exchange import matrix_words as words
from workbench.exchange.matrix_export import MatrixExport
from workbench.language.summaries import measures_as_json
from workbench.matrix.counts import Tally


def write(export: MatrixExport) -> bytes:
    """Write a chart; figures are exact fractions as strings beside the printed ones."""
    rows, columns = ("cases", "codes") if export.is_plain else ("rows", "columns")
    data = {
        "profile": "lossless: text is unmodified; make it safe before a spreadsheet or terminal reads it",
        **facts(export),
        rows: [asdict(row) for row in export.rows],
        columns: [asdict(column) for column in export.columns],
        "cells": [_cell(export, row, column) for row, column in _places(export)],
        "evidence": [asdict(row) for row in export.evidence],
    }
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()


def facts(export: MatrixExport) -> dict[str, Any]:
    """Give what is said of a chart as a whole: its rules, its log, its footnotes, statuses and counts."""
    return {
        "study": export.study,
        "question": export.question,
        "chart": export.chart,
        "framework": {"title": export.framework, "version": export.framework_version},
        "rule": {"id": export.rule.id, "label": export.rule.label},
        "rounding": {
            "rule": export.rounding.rule.value,
            "decimals": export.rounding.decimals,
            "name": export.rounding.name,
        },
        "log": {"decisions": export.head.count, "head": export.head.hash, "last_decision": export.date},
        "changed_for_export": export.redacted,
        "arrangement": export.arrangement,
        "footnotes": [asdict(note) for note in export.notes],
        "table_footnotes": list(export.table_notes),
        "statuses": [_status(export, place) for place in range(len(export.statuses))],
        "never_counted": list(export.unmeasured),
        "described_not_answered": list(export.described),
        "counts": _counts(export),
    }


def _places(export: MatrixExport) -> list[tuple[int, int]]:
    return [(row, column) for row in range(len(export.rows)) for column in range(len(export.columns))]


def _cell(export: MatrixExport, row: int, column: int) -> dict[str, Any]:
    cell = export.cells[row][column]
    fields = asdict(cell) | {"measures": measures_as_json(cell.measures)}
    fields["history"] = [asdict(decision) for decision in export.history_of(cell)]
    del fields["row"], fields["column"]
    heads = ("case", "code") if export.is_plain else ("row", "column")
    return {heads[0]: export.rows[row].id, heads[1]: export.columns[column].id, **fields}


def _status(export: MatrixExport, place: int) -> dict[str, Any]:
    status = export.statuses[place]
    return {
        "id": status.id,
        "label": status.label,
        "mark": status.mark,
        "definition": status.definition,
        "values": dict(status.values),
        "needs": [need.value for need in status.needs],
        "in_denominator": status.in_denominator,
    }


def _counts(export: MatrixExport) -> dict[str, Any]:
    """Give the counts, with the answers they are made of where those do not all stand among the cells."""
    counts = export.counts
    shown = export.all_shown and export.is_plain
    return {
        "complete": counts.complete,
        "note": words.completeness(export),
        "heads": words.count_heads(export),
        "printed": [[label, *values] for label, values in words.printed_rows(export)],
        "exact": [
            [label, *(None if value is None else str(value) for value in values)]
            for label, values in words.count_rows(export)
        ],
        "averaged_over": list(counts.averaged),
        "tallies": [
            {"theme": row.theme_id, "case": case, "codes": list(row.code_ids)}
            | _tally(counts.tally(row.theme_id, case))
            for row in counts.rows
            for case in counts.case_ids
        ],
        **({} if shown else {"answers": list(_answers(export))}),
    }


def _answers(export: MatrixExport) -> Iterator[dict[str, str]]:
    """List the answer of every cell that is counted; empty where nobody assessed it."""
    for row in export.counts.rows:
        for case in export.counts.case_ids:
            for code in row.code_ids:
                status = export.made_from.cells[case, code].status
                yield {"case": case, "code": code, "status": "" if status is None else status.label}


def _tally(tally: Tally) -> dict[str, Any]:
    share = None if tally.share is None else str(tally.share)
    value = None if tally.figure is None else str(tally.figure)
    return asdict(tally) | {"value": value, "share": share}
