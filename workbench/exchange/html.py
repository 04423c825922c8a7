"""Charts as one page that works offline; every cell leads to its evidence and back.

Everything can be read without a script. The one it has sorts and filters the matrix and shows what stands
behind a cell in a panel; what it needs is on the page, hidden until it runs.
"""

from __future__ import annotations

import hashlib
from base64 import b64encode
from collections.abc import Iterable, Iterator, Sequence
from html import escape
from io import BytesIO
from itertools import groupby

from workbench.exchange import matrix_words as words
from workbench.exchange.cell_history import CellDecision
from workbench.exchange.export_cells import ExportCell
from workbench.exchange.glosses import Glosses
from workbench.exchange.html_script import SCRIPT
from workbench.exchange.html_style import STYLE
from workbench.exchange.matrix_export import MatrixExport
from workbench.exchange.quoted_sides import QuotedSide, places_of
from workbench.model.cell import CellState
from workbench.model.visible import visible

_WIDEST_NAME = 24
"""Longer words in the name of a case are broken."""
_MANY = 2_000
"""With more cells or evidence, what is out of sight is not laid out, and columns have one width."""


def write(export: MatrixExport) -> bytes:
    """Write a chart."""
    page = BytesIO()
    page.writelines(f"{piece}\n".encode() for piece in _page(export))
    return page.getvalue()


def _text(words_of_others: str) -> str:
    return escape(visible(words_of_others, newlines=True)).replace("\n", "<br>\n")


def _plain(words_of_others: str) -> str:
    return escape(visible(words_of_others))


def _policy(style: str) -> str:
    """Let the browser obey this style sheet and this script, known by their hashes, and nothing else."""
    style_hash, script_hash = (
        b64encode(hashlib.sha256(content.encode()).digest()).decode() for content in (style, SCRIPT)
    )
    return (
        f"default-src 'none'; style-src 'sha256-{style_hash}'; script-src 'sha256-{script_hash}'; "
        "base-uri 'none'; form-action 'none'"
    )


def _page(export: MatrixExport) -> Iterator[str]:
    style = f"{STYLE}:root {{ --names: {_width_of_names(export)}ch; }}\n"
    title = _plain(f"{export.chart} – {export.study}")
    yield "<!DOCTYPE html>"
    yield '<html lang="en">'
    yield "<head>"
    yield '<meta charset="utf-8">'
    yield f'<meta http-equiv="Content-Security-Policy" content="{escape(_policy(style))}">'
    yield '<meta name="referrer" content="no-referrer">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield f"<title>{title}</title>"
    yield f"<style>{style}</style>"
    yield "</head>"
    yield "<body>"
    yield f"<header><h1>{_plain(export.chart)}{_marks(export.table_notes, 'table')}</h1>"
    yield f"<p>{_text(export.study)} · framework {_text(export.version)} · {_text(export.rule.label)}</p>"
    yield '<nav aria-label="Parts"><a href="#matrix">Matrix</a> <a href="#counts">Counts</a> '
    yield '<a href="#evidence">Evidence</a> <a href="#about">About</a></nav></header>'
    many = len(export.rows) * len(export.columns) > _MANY or len(export.evidence) > _MANY
    yield '<main class="many">' if many else "<main>"
    glosses = Glosses(export.kept)
    yield from _matrix(export, glosses)
    yield from _notes(export)
    yield from _counts(export)
    yield from _evidence(export, glosses)
    yield from _about(export)
    yield "</main>"
    yield _PANEL
    yield f"<script>{SCRIPT}</script>"
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


def _matrix(export: MatrixExport, glosses: Glosses) -> Iterator[str]:
    yield '<section id="matrix" aria-labelledby="matrix-head"><h2 id="matrix-head">Matrix</h2>'
    if export.is_plain:
        yield from _controls(export)
    yield '<div class="wide tall" role="region" aria-labelledby="matrix-head" tabindex="0">'
    yield f'<table class="matrix"><thead><tr><th scope="col"><span class="label">Case</span>{_SORT}</th>'
    for place, column in enumerate(export.columns):
        differs = ' <abbr title="the wording differs by case">≠</abbr>' if column.wordings else ""
        marks = _marks(column.notes, f"column{place}")
        label = f'<small>{_text(column.theme)}</small><span class="label">{_text(column.label)}</span>'
        yield f'<th scope="col">{label}{differs}{marks}{_SORT}</th>'
    yield "</tr></thead><tbody>"
    order = {status.label: place for place, status in enumerate(export.statuses)}
    for place, (head, cells) in enumerate(zip(export.rows, export.cells, strict=True)):
        label = f'<span class="label">{_text(head.name)}</span>'
        yield f'<tr><th scope="row">{label}{_marks(head.notes, f"row{place}")}</th>'
        for cell in cells:
            yield from _cell(cell, order.get(cell.status), export.history_of(cell), glosses)
        yield "</tr>"
    yield "</tbody></table></div></section>"


_SORT = '<button type="button" class="sort" hidden aria-label="Sort by this column"></button>'
_PANEL = (
    '<dialog id="panel" aria-labelledby="panel-head"><header><h2 id="panel-head"></h2>'
    '<button type="button" autofocus>Close</button></header><div class="content"></div></dialog>'
)


def _controls(export: MatrixExport) -> Iterator[str]:
    """Offer to filter by the statuses and states that there are in the chart."""
    given = {cell.status for cells in export.cells for cell in cells}
    statuses = [
        (str(place), status.label) for place, status in enumerate(export.statuses) if status.label in given
    ]
    if "" in given:
        statuses.append(("none", "none"))
    found = {cell.state for cells in export.cells for cell in cells}
    states = [(_class(state), state.value) for state in CellState if state.value in found]
    yield '<form id="controls" hidden aria-label="Filter the matrix">'
    yield from _select("Status", "status", statuses)
    yield from _select("State", "state", states)
    yield '<button type="button">Show all</button><output aria-live="polite"></output></form>'


def _select(label: str, name: str, options: Iterable[tuple[str, str]]) -> Iterator[str]:
    listed = "".join(f'<option value="{value}">{_plain(words_)}</option>' for value, words_ in options)
    yield f'<label>{label} <select name="{name}"><option value="">all</option>{listed}</select></label>'


def _class(state: str) -> str:
    """Give the classes of a state; several cells that are shown together may have several."""
    return " ".join(part.replace(" ", "-") for part in state.split(", "))


def _cell(
    cell: ExportCell, order: int | None, history: Sequence[CellDecision], glosses: Glosses
) -> Iterator[str]:
    """Write a cell; it can be led to where something on the page leads there."""
    place = f"c{cell.row}-{cell.column}"
    led_to = f' id="{place}"' if cell.evidence else ""
    sorted_as = "" if order is None else f' data-status="{order}"'
    yield f'<td{led_to} class="{_class(cell.state)}"{sorted_as}><div>'
    yield f'<p class="status">{_text(words.status_line(cell))}{_marks(cell.notes, place)}</p>'
    if cell.cited:
        parts = words.cited_parts(cell)
        said = "".join(f'<a href="#{ref}">{ref}</a>' if ref else _text(part) for part, ref in parts)
        yield f"<p>{said}</p>"
    for quote in cell.quotes:
        source = f' <a href="#{quote.ref}">{quote.ref}</a>' if quote.ref else ""
        said = _sides(glosses, quote.content, quote.language, quote.sides)
        yield f"<blockquote>{said}{source}</blockquote>"
    if cell.comment:
        yield f'<p class="comment"><span>Comment:</span> {_text(cell.comment)}</p>'
    links = " ".join(f'<a href="#{ref}">{ref}</a>' for ref in cell.evidence)
    state = _text(words.state_line(cell))
    if links or state:
        yield f'<p class="state">{state}{" · " if links and state else ""}{links}</p>'
    if history:
        yield '<details><summary>Details</summary><ol class="history">'
        yield from (_decision(decision, named=len(cell.places) > 1) for decision in history)
        yield "</ol></details>"
    yield "</div></td>"


def _sides(glosses: Glosses, quote: str, language: str, sides: Sequence[QuotedSide]) -> str:
    """Write a quote: its words, or each of its sides in its language and then where they stand."""
    if not sides:
        return f"<span{_lang(language)}>{_quoted(glosses, quote, language)}</span>"
    said = [(side.language, _quoted(glosses, side.words, side.language)) for side in sides]
    told = " — ".join(f"<span{_lang(of)}>{words_there}</span>" for of, words_there in said)
    return f"{told} — <small>{_text(places_of(sides))}</small>"


def _decision(decision: CellDecision, *, named: bool) -> str:
    """Write one decision about a cell: when, who, what and why; the cell is named among several."""
    when = decision.at[:16].replace("T", " ")
    about = f" · {decision.cell}" if named else ""
    lines = [_plain(f"{decision.seq} · {when} · {decision.coder}: {decision.action}{about}")]
    changes = escape("\n".join(visible(change, newlines=True) for change in decision.changes))
    lines.append(f"<s>{changes}</s>" if decision.undone_by else changes)
    if decision.reason:
        lines.append(f"Reason: {escape(visible(decision.reason, newlines=True))}")
    if decision.undone_by:
        lines.append(f"Undone by decision {decision.undone_by}.")
    return "<li>" + "\n".join(lines)


def _quoted(glosses: Glosses, quote: str, language: str) -> str:
    """Write quoted words; what is ours in them stands apart."""
    pieces = glosses.pieces(quote, language)
    return "".join(f'<span class="gloss">{_text(one)}</span>' if ours else _text(one) for one, ours in pieces)


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


def _evidence(export: MatrixExport, glosses: Glosses) -> Iterator[str]:
    """List the evidence row by row of the matrix; every item leads back to its cell."""
    yield '<section id="evidence" aria-labelledby="evidence-head"><h2 id="evidence-head">Evidence</h2>'
    named = [(place, head) for place, head in enumerate(words.EVIDENCE_HEADS) if head not in _SAID_APART]
    for row, lines in groupby(
        zip(export.evidence, words.evidence_fields(export), strict=True), key=lambda line: line[0].row
    ):
        yield f'<section><h3>{_text(words.head_of_row(export.rows[row]))}</h3><ul class="evidence">'
        for evidence, fields in lines:
            facts = " · ".join(f"{head}: {fields[place]}" for place, head in named if fields[place])
            yield f'<li id="{evidence.ref}"><a href="#c{row}-{evidence.column}">{evidence.ref}</a> '
            code = evidence.code if export.is_plain else f"{evidence.case} × {evidence.code}"
            said = _quoted(glosses, evidence.quote, evidence.language)
            yield f"{_text(code)}<blockquote{_lang(evidence.language)}>{said}</blockquote>"
            for side in (side for side in evidence.sides if not side.coded):
                words_there = _quoted(glosses, side.words, side.language)
                yield f"<blockquote{_lang(side.language)}>{words_there}</blockquote>"
                yield f"<small>{_text(side.source)}</small> "
            yield f"{_text(facts)}</li>"
        yield "</ul></section>"
    yield "</section>"


_SAID_APART = ("Ref", "Case", "Code", "Words", "Other side")
"""Parts of a row of evidence that stand where they do without being named."""


def _about(export: MatrixExport) -> Iterator[str]:
    yield '<section id="about" aria-labelledby="about-head"><h2 id="about-head">About this chart</h2><dl>'
    yield "".join(f"<dt>{_text(name)}</dt><dd>{_text(value)}</dd>" for name, value in words.about(export))
    yield "</dl>"
    yield from _table("Statuses", ["Status", "Definition", "Counts"], words.legend(export))
    if export_wordings := words.wordings(export):
        yield from _table("Wordings by case", ["Measure", "Wording"], export_wordings)
    yield "</section>"
