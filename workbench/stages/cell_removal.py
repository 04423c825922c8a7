"""Taking a cell away, with all that belongs to it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from workbench.errors import Refused
from workbench.model.case import Case
from workbench.model.cell import Cell, CellExcerpt, CellQuote, Footnote, SearchRecord
from workbench.model.claim import Claim, ClaimCell
from workbench.model.decision import Verb
from workbench.model.framework import Code
from workbench.model.memo import Memo
from workbench.model.records import Record, key_of
from workbench.study.study import Study

_SHOWN = 40
"""Characters of a memo that a refusal quotes."""


def belongings(study: Study, case_id: str, code_id: str) -> list[Record]:
    """List the cell of a case and a code with its links, quotes, searches and footnotes, the cell first."""
    study.get(Case, case_id)
    study.get(Code, code_id)
    key = Cell.key(case_id, code_id)
    cell = study.find(Cell, key)
    return [
        *([] if cell is None else [cell]),
        *study.all(CellExcerpt, cell_id=key),
        *study.all(CellQuote, order="position", cell_id=key),
        *study.all(SearchRecord, order="at", case_id=case_id, code_id=code_id),
        *study.all(Footnote, order="position", anchor=f"cell:{key}"),
    ]


def remove_cell(study: Study, case_id: str, code_id: str, *, reason: str) -> None:
    """Take a cell away with its links, quotes, searches and footnotes; it is not assessed then.

    Refused with names where a claim rests on it or a memo stands on it. Excerpts and codings stay.
    """
    gone = belongings(study, case_id, code_id)
    if not gone:
        raise Refused("Nobody has assessed this cell.")
    key = Cell.key(case_id, code_id)
    refuse_held(study, key, gone)
    study.decide(Verb.REMOVE_CELL, f"cell:{key}", remove=map(key_of, gone), reason=reason)


def refuse_held(study: Study, cell_id: str, gone: Sequence[Record]) -> None:
    """Refuse where a claim rests on a cell that shall go, or memos stand on what goes."""
    claims = [study.get(Claim, link.claim_id).title for link in study.all(ClaimCell, cell_id=cell_id)]
    if claims:
        raise Refused(
            f"Claims rest on the cell: {_quoted(claims)}.",
            do="Unlink it from them first; they are then drafts, to be held anew.",
        )
    memos = [memo.content for record in gone for memo in study.all(Memo, anchor=key_of(record))]
    if memos:
        raise Refused(f"Memos stand on the cell: {_quoted(memos)}.", do="Remove those first.")


def _quoted(words: Sequence[str]) -> str:
    shown = ", ".join(f"“{each}”" for each in map(_shortened, words[:3]))
    return f"{shown} and {len(words) - 3} more" if len(words) > 3 else shown


def _shortened(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= _SHOWN else f"{line[: _SHOWN - 1]}…"


_NOUNS = {
    CellExcerpt: ("linked excerpt", "linked excerpts"),
    CellQuote: ("quote", "quotes"),
    SearchRecord: ("search record", "search records"),
    Footnote: ("footnote", "footnotes"),
}


def and_with(gone: Sequence[Record]) -> str:
    """Say what goes with a cell, such as ` with 2 linked excerpts and 1 quote`; empty where nothing does."""
    parts = list(_counted(gone))
    listed = " and ".join(filter(None, [", ".join(parts[:-1]), *parts[-1:]]))
    return f" with {listed}" if listed else ""


def _counted(gone: Sequence[Record]) -> Iterator[str]:
    for kind, (one, more) in _NOUNS.items():
        if number := sum(isinstance(record, kind) for record in gone):
            yield f"{number} {one if number == 1 else more}"
