"""Charts as one page that works offline and without scripts; every cell leads to its evidence and back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html import escape

from workbench.exchange import matrix_words as words
from workbench.exchange.export_cells import ExportCell
from workbench.exchange.html_style import STYLE
from workbench.exchange.matrix_export import MatrixExport
from workbench.model.visible import visible

_WIDEST_NAME = 24
"""Longer words in the name of a case are broken."""
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"


def write(export: MatrixExport) -> bytes:
    """Write a chart."""
    return ("\n".join(_page(export)) + "\n").encode()


def _text(words_of_others: str) -> str:
    return escape(visible(words_of_others, newlines=True)).replace("\n", "<br>\n")


def _plain(words_of_others: str) -> str:
    return escape(visible(words_of_others))


def _page(export: MatrixExport) -> Iterator[str]:
    title = _plain(f"{export.chart} – {export.study}")
    yield "<!DOCTYPE html>"
    yield '<html lang="en">'
    yield "<head>"
    yield '<meta charset="utf-8">'
    yield f'<meta http-equiv="Content-Security-Policy" content="{escape(_POLICY)}">'
    yield '<meta name="referrer" content="no-referrer">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield f"<title>{title}</title>"
    yield f"<style>{STYLE}:root {{ --names: {_width_of_names(export)}ch; }}\n</style>"
    yield "</head>"
    yield "<body>"
    yield f"<header><h1>{_plain(export.chart)}{_marks(export.table_notes, 'table')}</h1>"
    yield f"<p>{_text(export.study)} · framework {_text(export.version)} · {_text(export.rule.label)}</p>"
    yield '<nav aria-label="Parts"><a href="#matrix">Matrix</a> <a href="#counts">Counts</a> '
    yield '<a href="#evidence">Evidence</a> <a href="#about">About</a></nav></header>'
    yield "<main>"
    yield from _matrix(export)
    yield from _notes(export)
    yield from _counts(export)
    yield from _evidence(export)
    yield from _about(export)
    yield "</main>"
    yield "</body>"
    yield "</html>"


def _width_of_names(export: MatrixExport) -> int:
    """Give the width of the longest word in the names of cases, in digits of bold type."""
    from rich.cells import cell_len

    longest = max((cell_len(word) for row in export.rows for word in visible(row.name).split()), default=0)
    return min(longest, _WIDEST_NAME) * 5 // 4 + 1


def _marks(notes: Iterable[int], place: str) -> str:
    return "".join(
        f'<sup><a id="{place}-n{number}" href="#n{number}" aria-label="Footnote {number}">{number}</a></sup>'
        for number in notes
    )


def _matrix(export: MatrixExport) -> Iterator[str]:
    yield '<section id="matrix" aria-labelledby="matrix-head"><h2 id="matrix-head">Matrix</h2>'
    yield '<div class="wide" role="region" aria-labelledby="matrix-head" tabindex="0"><table class="matrix">'
    yield '<thead><tr><th scope="col">Case</th>'
    for place, column in enumerate(export.columns):
        differs = ' <abbr title="the wording differs by case">≠</abbr>' if column.wordings else ""
        marks = _marks(column.notes, f"column{place}")
        theme = f"<small>{_text(column.theme)}</small>"
        yield f'<th scope="col">{theme}{_text(column.label)}{differs}{marks}</th>'
    yield "</tr></thead><tbody>"
    for place, (head, cells) in enumerate(zip(export.rows, export.cells, strict=True)):
        yield f'<tr><th scope="row">{_text(head.name)}{_marks(head.notes, f"row{place}")}</th>'
        for cell in cells:
            yield from _cell(cell)
        yield "</tr>"
    yield "</tbody></table></div></section>"


def _cell(cell: ExportCell) -> Iterator[str]:
    place = f"c{cell.row}-{cell.column}"
    yield f'<td id="{place}" class="{cell.state.replace(" ", "-")}">'
    yield f'<p class="status">{_text(words.status_line(cell))}{_marks(cell.notes, place)}</p>'
    if cell.cited:
        yield f"<p>{_text(cell.cited)}</p>"
    for quote in cell.quotes:
        source = f' <a href="#{quote.ref}">{quote.ref}</a>' if quote.ref else ""
        yield f"<blockquote><span{_lang(quote.language)}>{_text(quote.content)}</span>{source}</blockquote>"
    if cell.comment:
        yield f'<p class="comment"><span>Comment:</span> {_text(cell.comment)}</p>'
    links = " ".join(f'<a href="#{ref}">{ref}</a>' for ref in cell.evidence)
    state = _text(words.state_line(cell))
    if links or state:
        yield f'<p class="state">{state}{" · " if links and state else ""}{links}</p>'
    yield "</td>"


def _lang(language: str) -> str:
    return f' lang="{_plain(language)}"' if language else ""


def _notes(export: MatrixExport) -> Iterator[str]:
    if export.notes:
        yield '<section aria-labelledby="notes-head"><h2 id="notes-head">Footnotes</h2><ol class="notes">'
        for note in export.notes:
            yield f'<li id="n{note.number}">{_text(note.content)} <small>({_text(note.on)})</small></li>'
        yield "</ol></section>"


def _counts(export: MatrixExport) -> Iterator[str]:
    heads = words.count_heads(export)
    yield '<section id="counts" aria-labelledby="counts-head"><h2 id="counts-head">Counts</h2>'
    yield f"<p>{_text(export.rule.label)}; {_text(export.rounding.name)}.</p>"
    yield f"<p>{_text(words.completeness(export))}</p>"
    yield from _table("Counts", heads, ([label, *values] for label, values in words.printed_rows(export)))
    exact = ([label, *values] for label, values in words.exact_rows(export))
    yield from _table("Exact counts", heads, exact)
    shares = ([label, *values] for label, values in words.share_rows(export))
    yield from _table("Share of the denominator", heads[:-1], shares)
    yield "</section>"


def _table(caption: str, heads: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    yield f'<div class="wide"><table class="figures"><caption>{escape(caption)}</caption><thead><tr>'
    yield "".join(f'<th scope="col">{_text(head)}</th>' for head in heads)
    yield "</tr></thead><tbody>"
    for head, *fields in rows:
        cells = "".join(f"<td>{_text(field)}</td>" for field in fields)
        yield f'<tr><th scope="row">{_text(head)}</th>{cells}</tr>'
    yield "</tbody></table></div>"


def _evidence(export: MatrixExport) -> Iterator[str]:
    yield '<section id="evidence" aria-labelledby="evidence-head"><h2 id="evidence-head">Evidence</h2>'
    yield '<div class="wide"><table class="evidence"><thead><tr>'
    yield "".join(f'<th scope="col">{head}</th>' for head in words.EVIDENCE_HEADS)
    yield "</tr></thead><tbody>"
    quote = words.EVIDENCE_HEADS.index("Words")
    for row, (ref, *fields) in zip(export.evidence, words.evidence_fields(export), strict=True):
        back = f'<a href="#c{row.row}-{row.column}" aria-label="{ref}, back to its cell">{ref}</a>'
        cells = "".join(
            f"<td{_lang(row.language) if place == quote else ''}>{_text(field)}</td>"
            for place, field in enumerate(fields, 1)
        )
        yield f'<tr id="{ref}"><th scope="row">{back}</th>{cells}</tr>'
    yield "</tbody></table></div></section>"


def _about(export: MatrixExport) -> Iterator[str]:
    yield '<section id="about" aria-labelledby="about-head"><h2 id="about-head">About this chart</h2><dl>'
    yield "".join(f"<dt>{_text(name)}</dt><dd>{_text(value)}</dd>" for name, value in words.about(export))
    yield "</dl>"
    yield from _table("Statuses", ["Status", "Definition", "Counts"], words.legend(export))
    if export_wordings := words.wordings(export):
        yield from _table("Wordings by case", ["Measure", "Wording"], export_wordings)
    yield "</section>"
