"""One cell of the matrix, written out in full."""

from __future__ import annotations

from collections.abc import Iterator

from textual.content import Content

from workbench.model.cell import CellState
from workbench.tui.display import content
from workbench.tui.stages.cell_parts import CellParts
from workbench.tui.wording import several


def cell_sheet(parts: CellParts, *, compact: bool = False) -> Content:
    """Write a cell out; `compact` leaves away what is the same for the whole column."""
    sections = [_title(parts), *(() if compact else _meaning(parts)), *_standing(parts), *_words(parts)]
    return Content("\n").join([*sections, *_apparatus(parts)])


def _title(parts: CellParts) -> Content:
    return content(f"{parts.case.name} × {parts.label}", "bold")


def _meaning(parts: CellParts) -> Iterator[Content]:
    if parts.code.definition:
        yield content(parts.code.definition, "dim", newlines=True)
    wording = parts.code.wordings.get(parts.case.name, "")
    if wording:
        yield _labelled("Here it means", wording)


def _standing(parts: CellParts) -> Iterator[Content]:
    from workbench.exchange.caveats import SAID

    cell = parts.cell
    linked = f"{several(len(parts.linked), 'excerpt')} linked"
    if cell is None:
        yield content(f"{parts.state.mark} {parts.state.value} · {linked}")
        return
    under = (
        f"framework version {cell.framework_version}" if cell.framework_version else "framework unreleased"
    )
    yield content(f"{parts.state.mark} {parts.state.value} · {linked} · {under} · {cell.author}")
    if cell.state is CellState.STALE:
        yield content(f"! stale: {cell.stale_cause}", "bold")
    for caveat in parts.caveats:
        yield content(f"‡ {SAID[caveat][0]}")
    if parts.status is not None:
        note = f": {cell.status_note}" if cell.status_note else ""
        yield _labelled("Status", f"{parts.status.mark} {parts.status.label}{note}")


def _words(parts: CellParts) -> Iterator[Content]:
    cell = parts.cell
    yield _labelled("Summary", parts.marked or "nothing yet (e writes it)")
    if parts.measures is not None:
        from workbench.language.summaries import words_of_measures

        yield content(words_of_measures(parts.measures), "dim")
    for quote in parts.quotes:
        yield _labelled(
            "Quote", f"“{quote.content}” ({parts.citation(quote.excerpt_id) or 'linked excerpt'})"
        )
    if cell is not None and cell.comment:
        yield _labelled("Analyst's comment", cell.comment)


def _apparatus(parts: CellParts) -> Iterator[Content]:
    for search, documents in zip(parts.searches, parts.searched, strict=True):
        note = f" {search.note}" if search.note else ""
        terms = ", ".join(search.terms)
        yield _labelled(
            "Searched in vain", f"{documents} for {terms} ({search.coder}, {search.at[:10]}).{note}"
        )
    for number, (kind, footnote) in enumerate(parts.footnotes, 1):
        yield _labelled(f"Footnote {number} on the {kind}", footnote.content)
    if parts.last is not None:
        last = parts.last
        yield content(
            f"Last: {last.action} by {last.coder}, {last.at[:16].replace('T', ' ')}, decision {last.seq}",
            "dim",
        )


def _labelled(label: str, words: str) -> Content:
    return Content.assemble(content(f"{label}: ", "bold"), content(words, newlines=True))
