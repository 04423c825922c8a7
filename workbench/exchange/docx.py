"""Charts as a Word document: a table per theme with its notes, evidence side by side, counts and facts.

Footnotes are numbered notes under the table they belong to: the numbers are those of every other format, and
one note may be called from several tables, which the footnotes of Word cannot be.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import TypeVar

from workbench.exchange import matrix_words as words
from workbench.exchange.docx_parts import Box, Lines, Span, Writer, box, lines, packed
from workbench.exchange.docx_style import BAND_FILL, FILLS, HEAD_FILL, WIDTH, new_document
from workbench.exchange.evidence import EvidencePair, EvidenceRow, side_by_side
from workbench.exchange.export_cells import ExportCell, ExportColumn
from workbench.exchange.glosses import Glosses
from workbench.exchange.matrix_export import MatrixExport
from workbench.exchange.quoted_sides import ExportQuote, places_of

_Column = TypeVar("_Column")

_MOST_CODES = 4
"""Codes beside one another in a table."""
_MOST_FIGURES = 8
"""Columns of figures beside one another in a table."""
_NAMES = 30.0
"""Millimetres for the names of cases."""


def write(export: MatrixExport) -> bytes:
    """Write a chart; the file bears the date of the last decision, so that it can be made again."""
    head = export.head
    footer = (
        f"{export.study} · framework {export.version}",
        f"Log: {head.count} decisions, head {head.hash}",
    )
    document = new_document(title=f"{export.study}: {export.chart}", date=export.date, footer=footer)
    body = Writer()
    _Chart(body, export).write()
    return packed(document, body)


class _Chart:
    """One chart being written."""

    def __init__(self, writer: Writer, export: MatrixExport) -> None:
        self._writer = writer
        self._export = export
        self._glosses = Glosses(export.kept)
        self._tables = 0
        self._placed: set[tuple[int, int]] = set()
        """Cells that are written, and can be led to."""
        self._noted: set[int] = set()
        """Numbers of the footnotes that are written."""

    def write(self) -> None:
        export, put = self._export, self._writer.put
        put(lines("Heading 1", export.chart, *self._marks(export.table_notes)))
        about = f"{export.study} · framework {export.version} · {export.rule.label}; {export.rounding.name}."
        put(lines("Chart note", about))
        if export.arrangement:
            put(lines("Chart note", f"Arranged: {export.arrangement}"))
        put(lines("Chart note", words.completeness(export)))
        self._put_notes(export.table_notes)
        for theme, columns in groupby(enumerate(export.columns), key=lambda place: place[1].theme):
            if theme:
                put(lines("Heading 2", theme))
            for some in _blocks(list(columns), _MOST_CODES):
                self._put_block(some)
        self._put_notes(n.number for n in export.notes if n.number not in self._noted)
        self._put_evidence()
        self._put_counts()
        self._put_about()

    # the matrix

    def _put_block(self, columns: Sequence[tuple[int, ExportColumn]]) -> None:
        """Put the cells of a few codes, with the notes that are called there."""
        export = self._export
        self._tables += 1
        heads = [self._head("Case"), *(self._head(column.label, column) for _, column in columns)]
        rows = []
        called = {number for _, column in columns for number in column.notes}
        for row, cells in zip(export.rows, export.cells, strict=True):
            chosen = [cells[place] for place, _ in columns]
            called.update(row.notes, *(cell.notes for cell in chosen))
            name = lines("Chart name", row.name, *self._marks(row.notes))
            rows.append([Box((name,)), *map(self._cell, chosen)])
        share = (WIDTH - _NAMES) / len(columns)
        self._writer.table([_NAMES, *([share] * len(columns))], heads, rows)
        if notes := sorted(called - set(export.table_notes)):
            self._put_notes(notes)
            self._writer.put(lines("Chart gap"))

    def _head(self, label: str, column: ExportColumn | None = None) -> Box:
        differs = [" ≠"] if column and column.wordings else []
        marks = self._marks(column.notes) if column else ()
        return Box((lines("Chart head", label, *differs, *marks),), fill=HEAD_FILL)

    def _cell(self, cell: ExportCell) -> Box:
        place = (cell.row, cell.column)
        bookmark = "" if place in self._placed else _name_of(cell)
        self._placed.add(place)
        status = lines("Chart status", words.status_line(cell), *self._marks(cell.notes), bookmark=bookmark)
        paragraphs = [status]
        if cell.cited:
            paragraphs.append(
                lines("Chart words", *(Span(part, target=ref) for part, ref in words.cited_parts(cell)))
            )
        paragraphs += [_quote(quote, self._glosses) for quote in cell.quotes]
        if cell.comment:
            paragraphs.append(lines("Chart comment", f"Comment: {cell.comment}"))
        if last := list(_last_line(cell)):
            paragraphs.append(lines("Chart state", *last))
        return Box(tuple(paragraphs), fill=FILLS.get(cell.state, ""))

    def _marks(self, notes: Iterable[int]) -> tuple[Span, ...]:
        """Call notes under the table that is being written."""
        return tuple(Span(f" [{number}]", target=f"t{self._tables}n{number}") for number in notes)

    def _put_notes(self, numbers: Iterable[int]) -> None:
        notes = {note.number: note for note in self._export.notes}
        for number in numbers:
            self._noted.add(number)
            note = notes[number]
            said = f"[{number}] {note.content} ({note.on})"
            self._writer.put(lines("Chart note", said, bookmark=f"t{self._tables}n{number}"))

    # the evidence

    def _put_evidence(self) -> None:
        export = self._export
        if not export.evidence:
            return
        self._writer.put(lines("Heading 1", "Evidence"))
        pairs = side_by_side(export.evidence)
        half = (WIDTH - _NAMES) / 2
        heads = [box("Chart head", head, fill=HEAD_FILL) for head in ("Document", "Original", "Translation")]
        for place, of_row in groupby(pairs, key=lambda pair: pair.first.row):
            self._writer.put(lines("Heading 2", words.head_of_row(export.rows[place])))
            rows = []
            for _, of_cell in groupby(of_row, key=lambda pair: (pair.first.case, pair.first.code)):
                held = list(of_cell)
                rows.append([self._band(held[0].first)])
                rows += [_side_by_side(pair, self._glosses) for pair in held]
            self._writer.table([_NAMES, half, half], heads, rows)

    def _band(self, first: EvidenceRow) -> Box:
        """Name the cell whose evidence follows, and lead back to it."""
        target = _name_of(self._export.cell_of(first))
        name = first.code if self._export.is_plain else f"{first.case} × {first.code}"
        return Box((lines("Chart head", Span(name, target=target)),), columns=3, fill=BAND_FILL)

    # the figures

    def _put_counts(self) -> None:
        export = self._export
        heads = words.count_heads(export)
        self._writer.put(lines("Heading 1", "Counts"))
        told = f"{words.completeness(export)} {export.rule.label} ({export.rule.id}); {export.rounding.name}."
        self._writer.put(lines("Chart note", told))
        self._put_figures("Printed figures", heads, list(words.printed_rows(export)))
        self._put_figures("Exact counts", heads, list(words.exact_rows(export)))
        self._put_figures("Share of the denominator", heads[:-1], list(words.share_rows(export)))

    def _put_figures(
        self, title: str, heads: Sequence[str], rows: Sequence[tuple[str, Sequence[str]]]
    ) -> None:
        self._writer.put(lines("Heading 3", title))
        wide = 60.0
        for some in _blocks(list(range(1, len(heads))), _MOST_FIGURES):
            share = min((WIDTH - wide) / len(some), 40.0)
            chosen = [heads[0], *(heads[place] for place in some)]
            self._writer.table(
                [wide, *([share] * len(some))],
                [box("Chart head", head, fill=HEAD_FILL) for head in chosen],
                (
                    [box("Chart name", label), *(box("Chart figure", values[p - 1]) for p in some)]
                    for label, values in rows
                ),
            )

    # what a reader needs to know

    def _put_about(self) -> None:
        export = self._export
        self._writer.put(lines("Heading 1", "About this chart"))
        self._put_words((), (50.0, WIDTH - 50.0), words.about(export))
        self._writer.put(lines("Heading 3", "Statuses"))
        widths = (50.0, WIDTH - 110.0, 60.0)
        self._put_words(("Status", "Definition", "Counts"), widths, words.legend(export))
        if wordings := words.wordings(export):
            self._writer.put(lines("Heading 3", "Wordings by case"))
            self._put_words(("Measure", "Wording"), (70.0, WIDTH - 70.0), wordings)

    def _put_words(
        self, heads: Sequence[str], widths: Sequence[float], rows: Iterable[Sequence[str]]
    ) -> None:
        head = [box("Chart head", each, fill=HEAD_FILL) for each in heads]
        body = ([box("Chart name", first), *(box("Chart words", w) for w in rest)] for first, *rest in rows)
        self._writer.table(widths, head, body)


def _blocks(columns: Sequence[_Column], most: int) -> Iterator[Sequence[_Column]]:
    """Cut columns into blocks of about the same size, none larger than it may be."""
    count = -(-len(columns) // most)
    for number in range(count):
        yield columns[len(columns) * number // count : len(columns) * (number + 1) // count]


def _name_of(cell: ExportCell) -> str:
    """Name the bookmark on a cell."""
    return f"c{cell.row}x{cell.column}"


def _quote(quote: ExportQuote, glosses: Glosses) -> Lines:
    source: list[Span | str] = [" (", Span(quote.ref, target=quote.ref), ")"] if quote.ref else []
    if not quote.sides:
        return lines("Chart quote", "“", *_quoted(quote.content, quote.language, glosses), "”", *source)
    said = [
        part for side in quote.sides for part in ("“", *_quoted(side.words, side.language, glosses), "” — ")
    ]
    return lines("Chart quote", *said, places_of(quote.sides), *source)


def _quoted(words: str, language: str, glosses: Glosses) -> Iterator[Span | str]:
    """Write quoted words in their language, and what is ours in them in none."""
    for piece, ours in glosses.pieces(words, language):
        yield piece if ours else Span(piece, language)


def _last_line(cell: ExportCell) -> Iterator[Span | str]:
    """Say what a cell rests on and how far it is charted."""
    evidence, state = words.evidence_line(cell), words.state_line(cell)
    if evidence:
        yield Span(evidence, target=cell.evidence[0])
    if state:
        yield f"{' · ' if evidence else ''}State: {state}"


def _side_by_side(pair: EvidencePair, glosses: Glosses) -> list[Box]:
    """Put one side beside the other; originals that stand alone have the room of both."""
    originals, translations, first = pair.originals, pair.translations, pair.first
    named = [lines("Chart words", first.document)]
    if first.title:
        named.append(lines("Chart state", first.title))
    linked = tuple(paragraph for row in (originals or translations) for paragraph in _linked(row, glosses))
    if not translations and not linked:
        return [Box(tuple(named)), _of_one_side(originals, glosses, columns=2)]
    if not translations:
        return [Box(tuple(named)), _of_one_side(originals, glosses), Box(linked)]
    alone = Box(linked) if linked else box("Chart state", "translation only")
    left = _of_one_side(originals, glosses) if originals else alone
    return [Box(tuple(named)), left, _of_one_side(translations, glosses)]


def _linked(row: EvidenceRow, glosses: Glosses) -> Iterator[Lines]:
    """Write the other side of evidence that is coded on one."""
    for side in (side for side in row.sides if not side.coded):
        yield lines("Chart words", f"{row.ref} ", *_quoted(side.words, side.language, glosses))
        yield lines("Chart state", f"{side.source} · linked, not coded itself")


def _of_one_side(rows: Sequence[EvidenceRow], glosses: Glosses, *, columns: int = 1) -> Box:
    return Box(tuple(paragraph for row in rows for paragraph in _evidence(row, glosses)), columns=columns)


def _evidence(row: EvidenceRow, glosses: Glosses) -> Iterator[Lines]:
    yield lines("Chart words", f"{row.ref} ", *_quoted(row.quote, row.language, glosses), bookmark=row.ref)
    text = ", ".join(part for part in (row.text_kind, row.language) if part)
    coders = f"{'searched' if row.kind == 'search' else 'coded'} by {', '.join(row.coders)}"
    excerpt = f"excerpt {row.excerpt_id}" if row.excerpt_id else ""
    facts = (text, row.place, coders if row.coders else "", excerpt)
    yield lines("Chart state", " · ".join(fact for fact in facts if fact))
