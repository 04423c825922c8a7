"""Read queries for whole charts: a few for all their cells, never one for each."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from itertools import chain

from workbench.model.case import Document
from workbench.model.cell import Cell, CellExcerpt, CellQuote, SearchRecord
from workbench.model.coding import Excerpt
from workbench.model.decision import Decision
from workbench.model.records import cell_id_of
from workbench.model.text import Text
from workbench.study.log import read
from workbench.study.rows import record_of, select_sql
from workbench.study.study import Study

_MOST = 500
"""Ids in one query."""
_LOW, _HIGH = 1 << 20, 1 << 40
"""Places at which sums that travel in one number begin; a theme of a case has fewer than a million codes."""
_ABOUT_CELLS = ("cell", "search", "footnote")
"""How the keys of records begin that are cells or hang on them; `;` follows `:` and `-` in every key."""


def cells_of_codes(study: Study, code_ids: Sequence[str]) -> list[Cell]:
    """List the cells of some codes."""
    return _read(study, "cell", "", "code_id IN ({ids})", code_ids)


def links_of_codes(study: Study, code_ids: Sequence[str]) -> list[CellExcerpt]:
    """List the links from cells of some codes to excerpts: by document, originals first, then by place."""
    joins = (
        "JOIN cell_records c ON c.id = r.cell_id JOIN excerpt_records e ON e.id = r.excerpt_id "
        "JOIN text_records t ON t.id = e.text_id JOIN document_records d ON d.id = t.document_id"
    )
    order = "d.key, t.kind <> 'original', t.kind, t.id, e.start, e.\"end\""
    return _read(study, "cell-excerpt", joins, "c.code_id IN ({ids})", code_ids, order)


def quotes_of_codes(study: Study, code_ids: Sequence[str]) -> list[CellQuote]:
    """List the quotes in cells of some codes, in their order."""
    joins = "JOIN cell_records c ON c.id = r.cell_id"
    return _read(study, "cell-quote", joins, "c.code_id IN ({ids})", code_ids, "r.position, r.id")


def searches_of_codes(study: Study, code_ids: Sequence[str]) -> list[SearchRecord]:
    """List the searches in vain for some codes, oldest first."""
    return _read(study, "search", "", "r.code_id IN ({ids})", code_ids, "r.at, r.id")


def excerpts_of_codes(study: Study, code_ids: Sequence[str]) -> list[Excerpt]:
    """List the excerpts that cells of some codes rest on."""
    linked = (
        "r.id IN (SELECT l.excerpt_id FROM cell_excerpt_records l JOIN cell_records c ON c.id = l.cell_id "
        "WHERE c.code_id IN ({ids}))"
    )
    return list({excerpt.id: excerpt for excerpt in _read(study, "excerpt", "", linked, code_ids)}.values())


def texts_by_id(study: Study, ids: Sequence[str]) -> dict[str, Text]:
    """Read some texts."""
    return {text.id: text for text in _read(study, "text", "", "r.id IN ({ids})", ids)}


def documents_by_id(study: Study, ids: Sequence[str]) -> dict[str, Document]:
    """Read some documents."""
    return {document.id: document for document in _read(study, "document", "", "r.id IN ({ids})", ids)}


def words_of_linked(study: Study, length: int) -> dict[str, str]:
    """Map the excerpts that any cell rests on to so many characters of their words."""
    query = (
        "SELECT id, substr(quote, 1, ?) FROM excerpt_records "
        "WHERE id IN (SELECT excerpt_id FROM cell_excerpt_records)"
    )
    return dict(study.connection.execute(query, (length,)).fetchall())


def decisions_about_cells(study: Study) -> Iterator[Decision]:
    """Read every decision that touched a cell or what hangs on one, oldest first.

    What hangs on a cell are its links, quotes, searches in vain and footnotes; footnotes that stand elsewhere
    are among them.
    """
    ranges = " OR ".join("key BETWEEN ? AND ?" for _ in _ABOUT_CELLS)
    bounds = [bound for prefix in _ABOUT_CELLS for bound in (prefix, f"{prefix};")]
    yield from read(study.connection, f"seq IN (SELECT seq FROM touches WHERE {ranges})", tuple(bounds))


def decisions_about_cell(study: Study, case_id: str, code_id: str) -> list[Decision]:
    """Read every decision that touched a cell or what hangs on it, oldest first, as far as it did."""
    cell_id = Cell.key(case_id, code_id)
    named = json.dumps(code_id, ensure_ascii=False)[1:-1]
    beside = ("cell-quote", "search", "footnote")
    query = (
        "seq IN (SELECT seq FROM touches WHERE key = ? OR key BETWEEN ? AND ?) OR ("
        f"seq IN (SELECT seq FROM touches WHERE {' OR '.join('key BETWEEN ? AND ?' for _ in beside)}) "
        "AND (instr(before, ?) OR instr(after, ?)))"
    )
    bounds = [bound for prefix in beside for bound in (prefix, f"{prefix};")]
    values = (
        f"cell:{cell_id}",
        f"cell-excerpt:{cell_id}.",
        f"cell-excerpt:{cell_id}/",
        *bounds,
        named,
        named,
    )
    found = (_as_far_as(decision, cell_id) for decision in read(study.connection, query, values))
    return [decision for decision in found if decision.keys]


def _as_far_as(decision: Decision, cell_id: str) -> Decision:
    """Leave of a decision what is about one cell."""
    before, after = (
        {key: data for key, data in records.items() if cell_id_of(key, data) == cell_id}
        for records in (decision.before, decision.after)
    )
    return replace(decision, before=before, after=after)


def cells_touched_since(study: Study, seq: int) -> set[str]:
    """List the ids of the cells that decisions after one touched; some of the cells may be gone."""
    query = "SELECT DISTINCT key FROM touches WHERE key BETWEEN 'cell:' AND 'cell;' AND seq > ?"
    return {str(key).partition(":")[2] for (key,) in study.connection.execute(query, (seq,))}


def undone_decisions(study: Study) -> dict[int, int]:
    """Map the decisions that are undone to those that undid them."""
    return dict(study.connection.execute("SELECT seq, by_seq FROM undone").fetchall())


def coders_of_evidence(study: Study, code_ids: Sequence[str]) -> dict[tuple[str, str], list[str]]:
    """Map (excerpt, code) to the coders who applied the code there, for excerpts that cells rest on."""
    coders: dict[tuple[str, str], list[str]] = {}
    for some in _batches(code_ids):
        query = (
            "SELECT DISTINCT k.excerpt_id, k.code_id, k.coder FROM cell_records c "
            "JOIN cell_excerpt_records l ON l.cell_id = c.id "
            "JOIN coding_records k ON k.excerpt_id = l.excerpt_id AND k.code_id = c.code_id "
            f"WHERE c.code_id IN ({_marks(some)}) ORDER BY k.excerpt_id, k.code_id, k.coder"
        )
        for excerpt_id, code_id, coder in study.connection.execute(query, some):
            coders.setdefault((excerpt_id, code_id), []).append(coder)
    return coders


def documents_coded(study: Study, code_ids: Sequence[str]) -> dict[str, set[str]]:
    """Map codes to the ids of the documents in which they are applied; a code that is not has none."""
    found: dict[str, set[str]] = {}
    for some in _batches(code_ids):
        query = (
            "SELECT DISTINCT k.code_id, t.document_id FROM coding_records k "
            "JOIN excerpt_records e ON e.id = k.excerpt_id JOIN text_records t ON t.id = e.text_id "
            f"WHERE k.code_id IN ({_marks(some)})"
        )
        for code_id, document_id in study.connection.execute(query, some):
            found.setdefault(code_id, set()).add(document_id)
    return found


def excerpts_through(
    study: Study, places: Sequence[tuple[str, str]], document_ids: Collection[str]
) -> dict[str, int]:
    """Count by cell id the linked excerpts that stand in some documents; cells without one are not in it."""
    counts: dict[str, int] = {}
    for cases in _batches(list(dict.fromkeys(case_id for case_id, _ in places))):
        for codes in _batches(list(dict.fromkeys(code_id for _, code_id in places))):
            query = (
                "SELECT l.cell_id, t.document_id, count(*) FROM cell_records c "
                "JOIN cell_excerpt_records l ON l.cell_id = c.id "
                "JOIN excerpt_records e ON e.id = l.excerpt_id JOIN text_records t ON t.id = e.text_id "
                f"WHERE c.case_id IN ({_marks(cases)}) AND c.code_id IN ({_marks(codes)}) "
                "GROUP BY l.cell_id, t.document_id"
            )
            for cell_id, document_id, number in study.connection.execute(query, (*cases, *codes)):
                if document_id in document_ids:
                    counts[cell_id] = counts.get(cell_id, 0) + number
    return counts


def sums_by_theme(
    study: Study, *, values: Mapping[str, int], unvalued: Collection[str]
) -> Iterator[tuple[str, str, tuple[int, int, int, int, int, int, int]]]:
    """Add up the cells of active measures by their own theme and case: theme id, case id, and the sums.

    The sums are value, counted, unvalued, answered, stale, draft and cells. `values` gives whole numbers for
    the ids of statuses that count. Several sums travel in one number, since adding up is what takes the time.
    """
    weights = {status_id: value * _HIGH + _LOW for status_id, value in values.items()}
    weights |= dict.fromkeys(unvalued, 1)
    weighed = " ".join("WHEN ? THEN ?" for _ in weights) or "WHEN NULL THEN 0"
    counted = f"c.status_id IN ({_marks(values)})"
    query = (
        f"SELECT k.theme_id, c.case_id, sum(CASE c.status_id {weighed} ELSE 0 END), count(c.status_id), "
        f"sum(CASE c.state WHEN 'stale' THEN ({counted}) * {_LOW} WHEN 'draft' THEN {counted} ELSE 0 END), "
        "count(*) FROM cell_records c NOT INDEXED JOIN code_records k ON k.id = c.code_id "
        "WHERE k.state = 'active' AND NOT k.other AND NOT k.described GROUP BY c.case_id, k.theme_id"
    )
    given = [*chain.from_iterable(weights.items()), *values, *values]
    told = cache(_sums_of)  # a few sums are those of thousands of places
    for theme_id, case_id, weight, answered, unsettled, cells in study.connection.execute(query, given):
        yield theme_id, case_id, told(weight, answered, unsettled, cells)


def _sums_of(
    weight: int, answered: int, unsettled: int, cells: int
) -> tuple[int, int, int, int, int, int, int]:
    value, rest = divmod(weight, _HIGH)
    return value, rest // _LOW, rest % _LOW, answered, unsettled // _LOW, unsettled % _LOW, cells


def _read(study: Study, kind: str, joins: str, where: str, ids: Sequence[str], order: str = "r.id") -> list:  # type: ignore[type-arg]
    """Read records under the name `r`, in the order asked for within each batch of ids."""
    found = []
    for some in _batches(ids):
        test = where.format(ids=_marks(some))
        query = f"{select_sql(kind, 'r.')} r {joins} WHERE {test} ORDER BY {order}"
        found += [record_of(kind, row) for row in study.connection.execute(query, some)]
    return found


def _batches(ids: Sequence[str]) -> list[Sequence[str]]:
    return [ids[first : first + _MOST] for first in range(0, len(ids), _MOST)]


def _marks(values: Iterable[str]) -> str:
    return ", ".join("?" for _ in values)
