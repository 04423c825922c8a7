"""A report as one page that needs no network and no script, to be read, searched and printed."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from collections.abc import Iterator, Sequence
from html import escape

from workbench.exchange.html_style import STYLE
from workbench.exchange.report import Facts, Report, Section, Table
from workbench.model.visible import visible

_STYLE = f"""{STYLE}
:root {{ --names: 8ch; }}
body {{ max-width: 70rem; margin-inline: auto; padding: 0 1rem; }}
main p {{ max-width: 48rem; }}
nav {{ margin: .6rem 0; }}
section {{ break-inside: auto; }}
p, h1 {{ overflow-wrap: anywhere; }}
.told td {{ text-align: left; min-width: 3.5rem; }}
.told th, .told td {{ overflow-wrap: break-word; hyphens: none; }}
.told td.number {{ text-align: right; font-variant-numeric: tabular-nums; }}
code {{ overflow-wrap: anywhere; }}
@media (max-width: 40rem) {{ body {{ padding: 0; }} }}
@media print {{
  @page {{ size: A4 portrait; margin: 14mm; }}
  body {{ max-width: none; padding: 0; }}
  .told td {{ overflow-wrap: anywhere; min-width: 0; }}
  h2, h3, caption {{ break-after: avoid; }}
  thead {{ display: table-header-group; }}
}}
"""


def write_html(report: Report) -> bytes:
    """Write a report as a page."""
    return ("\n".join(_page(report)) + "\n").encode()


def _text(words: str) -> str:
    return escape(visible(words, newlines=True)).replace("\n", "<br>\n")


def _page(report: Report) -> Iterator[str]:
    style_hash = b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{style_hash}'; base-uri 'none'; form-action 'none'"
    yield "<!DOCTYPE html>"
    yield '<html lang="en">'
    yield "<head>"
    yield '<meta charset="utf-8">'
    yield f'<meta http-equiv="Content-Security-Policy" content="{escape(policy)}">'
    yield '<meta name="referrer" content="no-referrer">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield f"<title>{_text(report.title)} – {_text(report.study)}</title>"
    yield f"<style>{_STYLE}</style>"
    yield "</head>"
    yield "<body>"
    yield f"<header><h1>{_text(report.title)}: {_text(report.study)}</h1><p>{_text(report.about)}</p>"
    links = " ".join(f'<a href="#{section.id}">{_text(section.title)}</a>' for section in report.sections)
    yield f'<nav aria-label="Parts">{links}</nav></header>'
    yield "<main>"
    for section in report.sections:
        yield from _section(section)
    yield "</main>"
    yield "</body>"
    yield "</html>"


def _section(section: Section) -> Iterator[str]:
    yield f'<section id="{section.id}" aria-labelledby="{section.id}-head">'
    yield f'<h2 id="{section.id}-head">{_text(section.title)}</h2>'
    for place, part in enumerate(section.parts):
        if isinstance(part, Table):
            yield from _table(part, f"{section.id}-{place}")
        elif isinstance(part, Facts):
            yield "<dl>"
            yield from (f"<dt>{_text(name)}</dt><dd>{_text(said)}</dd>" for name, said in part.pairs if said)
            yield "</dl>"
        else:
            yield f"<p>{_text(part)}</p>"
    yield "</section>"


def _table(table: Table, name: str) -> Iterator[str]:
    """Write a table that can be scrolled with the keyboard where it is wider than the page."""
    if not table.rows:
        yield f"<p>{_text(table.caption)}: none.</p>"
        return
    yield f'<div class="wide" role="region" aria-labelledby="{name}" tabindex="0">'
    yield f'<table class="told"><caption id="{name}">{_text(table.caption)}</caption><thead><tr>'
    yield "".join(f'<th scope="col">{_text(head)}</th>' for head in table.heads)
    yield "</tr></thead><tbody>"
    yield from map(_row, table.shown)
    yield "</tbody></table></div>"
    if table.left_out:
        yield f"<p>{table.left_out} more rows are not shown here; the audit bundle has all of them.</p>"


def _row(row: Sequence[str | int]) -> str:
    first, *rest = row
    cells = "".join(
        f'<td class="number">{cell}</td>' if isinstance(cell, int) else f"<td>{_text(cell)}</td>"
        for cell in rest
    )
    return f'<tr><th scope="row">{_text(str(first))}</th>{cells}</tr>'
