"""An exported workbook that somebody edited: what in its sheet `Cells` differs from what was exported."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

from workbench.errors import UnreadableFile
from workbench.exchange import cells_sheet as layout
from workbench.exchange.xlsx_reading import ReadSheet, Value, place_of, read_sheet
from workbench.study.log import Finding

_MOST_HEADS = 50
"""Rows in which the heads of the columns are looked for."""
_LOST_HEADS = 3
"""Heads that a row may lack to be taken for the row of heads still."""
_EXPORT_AGAIN = "Export the chart again and edit that."
_KINDS = {
    "number": "a number or a date",
    "truth": "a truth value",
    "error": "an error",
    "formula": "a formula",
}
_NAMES = ("Case", "Code")
_SORTED_APART = "Sort all columns together, the hidden one too; cases and codes are renamed in the study."
_ELSEWHERE = {
    "Quotes": "A quote is put in with workbench cell quote and taken out with workbench cell unquote.",
    "Footnotes": "A footnote is written with workbench cell footnote.",
    "Evidence": "Evidence is linked with workbench cell link.",
}
"""How to do what a workbook cannot."""


@dataclass(frozen=True, slots=True)
class EditedRow:
    """A row in which something differs from what was exported."""

    row: int
    case_id: str
    """The id as it stands in the hidden column."""
    code_id: str
    label: str
    """Case and code as the row names them."""
    refs: Mapping[str, str]
    """Refs of evidence -> excerpt ids, as exported."""
    changed: Mapping[str, str]
    """Heads of columns -> what stands there now."""
    places: Mapping[str, str]
    """Heads of columns -> the cell of the workbook."""


@dataclass(frozen=True, slots=True)
class EditedWorkbook:
    """What an edited workbook says against the one that was exported."""

    name: str
    digest: str
    """SHA-256 of the file."""
    origin: layout.Origin
    rows: tuple[EditedRow, ...]
    findings: tuple[Finding, ...]
    """What is in the workbook and cannot be taken, with its place."""


def read_edited(name: str, data: bytes) -> EditedWorkbook:
    """Read a workbook and tell what was edited in it.

    Raises UnreadableFile where it is no exported chart any more; what is wrong in single rows is found and
    leaves the others.
    """
    reader = _Reader(name, read_sheet(name, data, layout.SHEET))
    rows = tuple(reader.rows())
    return EditedWorkbook(name, sha256(data).hexdigest(), reader.origin, rows, tuple(reader.findings))


class _Reader:
    """Goes through the sheet `Cells` of one workbook."""

    def __init__(self, name: str, sheet: ReadSheet) -> None:
        self._name = name
        self._sheet = sheet
        self._head, self._columns = self._heads()
        self.origin = self._origin()
        self.findings: list[Finding] = []

    def _unreadable(self, what: str) -> UnreadableFile:
        return UnreadableFile(f"“{self._name}” cannot be read as an edited chart: {what}.", do=_EXPORT_AGAIN)

    def _heads(self) -> tuple[int, dict[str, int]]:
        """Find the row of heads; columns may have been moved, and others put between them."""
        for row in sorted(self._sheet.rows)[:_MOST_HEADS]:
            held = [(value.words, column) for column, value in self._sheet.rows[row].items()]
            if len({words for words, _ in held}.intersection(layout.HEADS)) < len(layout.HEADS) - _LOST_HEADS:
                continue
            columns = {words: column for words, column in held if words in layout.HEADS}
            for words, count in Counter(words for words, _ in held if words in columns).items():
                if count > 1:
                    raise self._unreadable(f"row {row} of {layout.SHEET} has {count} columns {words}")
            for head in layout.HEADS:
                if head not in columns:
                    raise self._unreadable(f"row {row} of {layout.SHEET} has no column {head}")
            return row, columns
        raise self._unreadable(f"{layout.SHEET} has no row with the heads {', '.join(layout.HEADS)}")

    def _origin(self) -> layout.Origin:
        for row in sorted(self._sheet.rows)[:_MOST_HEADS]:
            for value in self._sheet.rows[row].values():
                if row < self._head and (origin := layout.read_origin(value.words)) is not None:
                    return origin
        raise self._unreadable(f"the line above the table of {layout.SHEET} that names the study is gone")

    def rows(self) -> Iterator[EditedRow]:
        """Give the rows that differ from what was exported, and find what cannot be taken."""
        found = ((row, self._key(row)) for row in sorted(self._sheet.rows) if row > self._head)
        keys = {row: key for row, key in found if key is not None}
        of_ids: dict[tuple[str, str], list[int]] = {}
        for row, key in keys.items():
            of_ids.setdefault((key.case_id, key.code_id), []).append(row)
        for rows in of_ids.values():
            if len(rows) > 1:
                listed = " and ".join(map(str, rows))
                self._find(rows[0], f"Rows {listed} are for one cell, {self._label(rows[0])}; none is read.")
            elif (edited := self._edited(rows[0], keys[rows[0]])) is not None:
                yield edited
        if len(of_ids) < self.origin.cells:
            gone = self.origin.cells - len(of_ids)
            what = f"{gone} of {self.origin.cells} exported rows cannot be read or are gone."
            self.findings.append(Finding(layout.SHEET, what, "Their cells stay as they are."))

    def _find(self, row: int, what: str, *, head: str = "Case", do: str = "") -> None:
        self.findings.append(Finding(self._place(row, head), what, do))

    def _place(self, row: int, head: str) -> str:
        return f"{layout.SHEET}!{place_of(row, self._columns[head])}"

    def _value(self, row: int, head: str) -> Value:
        return self._sheet.rows[row].get(self._columns[head], Value(""))

    def _texts(self, row: int, heads: Sequence[str]) -> tuple[str, ...]:
        return tuple(self._value(row, head).words for head in heads)

    def _label(self, row: int) -> str:
        return " × ".join(self._texts(row, ("Case", "Code")))

    def _key(self, row: int) -> layout.Key | None:
        """Give the key of a row that was exported; None for another, of which it is found what it is."""
        if not any(self._texts(row, layout.HEADS)):
            return None
        for first_row, first, last_row, last in self._sheet.merged:
            if first_row <= row <= last_row:
                merged = f"{place_of(first_row, first)}:{place_of(last_row, last)}"
                self._find(
                    row, f"The cells {merged} are merged; the row is not read.", do="Split them again."
                )
                return None
        held = self._value(row, layout.KEY).words
        if not held:
            self._find(row, "The row was added; a case or code is not added by a workbook.")
            return None
        key = layout.read_key(held)
        if key is None:
            what = "The hidden column of this row was changed; the row is not read."
            self._find(row, what, head=layout.KEY, do=_EXPORT_AGAIN)
        return key

    def _edited(self, row: int, key: layout.Key) -> EditedRow | None:
        changed = {}
        for head, mark in zip(layout.TEXT_HEADS, key.marks, strict=True):
            value = self._value(row, head)
            if value.kind == "text" and layout.fingerprint(value.words) == mark:
                continue
            if head in _NAMES:
                what = f"The {head.casefold()} is not the one that was exported; the row is not read."
                self._find(row, what, head=head, do=_SORTED_APART)
                return None
            if head in _ELSEWHERE:
                what = f"{head}: what stands there is not what was exported; it is not taken."
                self._find(row, what, head=head, do=_ELSEWHERE[head])
            elif value.kind != "text":
                what = f"The {head.casefold()} is {_KINDS[value.kind]} ({value.words}), not words."
                self._find(row, what, head=head, do="Type it as words, with an apostrophe before them.")
            else:
                changed[head] = value.words
        if not changed:
            return None
        places = {head: self._place(row, head) for head in changed}
        return EditedRow(row, key.case_id, key.code_id, self._label(row), key.refs, changed, places)
