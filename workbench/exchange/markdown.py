"""Charts as Markdown tables; no text from outside becomes markup."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from workbench.exchange import matrix_words as words
from workbench.exchange.glosses import Glosses
from workbench.exchange.matrix_export import MatrixExport
from workbench.model.visible import visible

_MARKUP = re.compile(r"[\\`*_{}\[\]<>#|!~$^&@]|:(?=//)|(?<=www)\.", re.IGNORECASE)
"""Signs that mean something inside a line; what begins lists never begins a line here."""


def escaped(text: str) -> str:
    """Write foreign words so that Markdown shows them as they are; newlines become `<br>`."""
    return _MARKUP.sub(r"\\\g<0>", visible(text, newlines=True)).replace("\n", "<br>")


def write(export: MatrixExport) -> bytes:
    """Write a chart."""
    return ("\n".join(_lines(export)) + "\n").encode()


def _lines(export: MatrixExport) -> Iterator[str]:
    glosses = Glosses(export.kept)
    title = " ".join(part for part in (export.chart, words.note_marks(export.table_notes)) if part)
    yield f"# {escaped(title)}"
    yield ""
    yield from _table(
        ["Case", *map(words.head_of_column, export.columns)],
        (
            [words.head_of_row(head), *("\n".join(words.cell_lines(cell, glosses)) for cell in cells)]
            for head, cells in zip(export.rows, export.cells, strict=True)
        ),
    )
    for note in export.notes:
        yield f"{escaped(f'[{note.number}] {note.content} ({note.on})')}  "
    yield from _section(
        "Counts", f"{words.completeness(export)} {export.rule.label}; {export.rounding.name}."
    )
    printed = ([label, *values] for label, values in words.printed_rows(export))
    yield from _table(words.count_heads(export), printed)
    yield from _section("Exact counts")
    exact = ([label, *values] for label, values in words.exact_rows(export))
    yield from _table(words.count_heads(export), exact)
    yield from _section("Share of the denominator")
    yield from _table(
        words.count_heads(export)[:-1], ([label, *shares] for label, shares in words.share_rows(export))
    )
    yield from _section("Evidence")
    yield from _table(words.EVIDENCE_HEADS, words.evidence_fields(export, glosses))
    yield from _section("Statuses")
    yield from _table(["Status", "Definition", "Counts"], words.legend(export))
    if export_wordings := words.wordings(export):
        yield from _section("Wordings by case")
        yield from _table(["Measure", "Wording"], export_wordings)
    yield from _section("About")
    yield from _table(["", ""], words.about(export))


def _section(title: str, note: str = "") -> Iterator[str]:
    yield ""
    yield f"## {title}"
    yield ""
    if note:
        yield escaped(note)
        yield ""


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    yield f"| {' | '.join(map(escaped, heads))} |"
    yield f"|{' --- |' * len(heads)}"
    for row in rows:
        yield f"| {' | '.join(map(escaped, row))} |"
    yield ""
