"""All memos of a study in one place: what each is on, and finding them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from workbench.exchange.memo_list import MemoRow, write_memos
from workbench.model.case import CaseDocument
from workbench.model.coding import Coding, Excerpt
from workbench.model.memo import Memo, MemoKind
from workbench.model.records import R, kind_of, split_key
from workbench.model.text import Text
from workbench.stages.naming import Names
from workbench.study.origin import named_in
from workbench.study.queries import PlacedExcerpt, placed
from workbench.study.study import Study


@dataclass(frozen=True, slots=True)
class AnchoredMemo:
    """A memo with what it is on."""

    memo: Memo
    on: str
    """Kind of the record: study, case, document, text, passage, code, theme, coding, cell or claim."""
    name: str
    """The record as people name it; a passage by its citation."""
    quote: str = ""
    """The words of the passage, for memos on passages and codings."""
    document_id: str = ""


def anchored_memos(
    study: Study,
    *,
    kinds: Sequence[MemoKind] = (),
    on: Sequence[str] = (),
    coder: str = "",
    case_id: str = "",
    document_id: str = "",
    words: str = "",
) -> list[AnchoredMemo]:
    """List memos by time, those that every given filter lets through.

    Width, normal form and case of `words` do not matter.
    A case holds the memos on itself, on its cells, and on its documents and whatever is in them.
    """
    memos = study.all(Memo, order="at")
    if kinds:
        memos = [memo for memo in memos if memo.kind in kinds]
    if coder:
        memos = [memo for memo in memos if memo.coder == coder]
    found = _anchored(study, memos)
    if on:
        found = [each for each in found if each.on in on]
    if document_id:
        found = [each for each in found if each.document_id == document_id]
    if case_id:
        served = {link.document_id for link in study.all(CaseDocument, case_id=case_id)}
        found = [each for each in found if each.document_id in served or _of_case(each.memo.anchor, case_id)]
    if words:
        from workbench.language.folding import folding

        fold = folding().fold
        needle = fold(words)
        found = [each for each in found if any(needle in fold(text) for text in _searched(each))]
    return found


def write_anchored(study: Study, found: Sequence[AnchoredMemo], *, format: str) -> bytes:
    """Write memos to leave the study: `md`, `csv` or `json`."""
    rows = [
        MemoRow(
            id=each.memo.id,
            at=each.memo.at,
            coder=each.memo.coder,
            kind=each.memo.kind.value,
            on=each.on,
            name=each.name,
            quote=each.quote,
            content=each.memo.content,
            became=each.memo.became,
            options="; ".join(each.memo.options),
            choice=each.memo.choice,
            loss=each.memo.loss,
            effect=each.memo.effect,
        )
        for each in found
    ]
    return write_memos(study, rows, format=format)


def write_chosen(study: Study, memo_ids: Sequence[str], *, format: str) -> bytes:
    """Write memos, named by the ids they have in the study as it is, from the study as it leaves."""
    there = {each.memo.id: each for each in anchored_memos(study)}
    return write_anchored(study, [there[named_in(study, one)] for one in memo_ids], format=format)


def _searched(each: AnchoredMemo) -> tuple[str, ...]:
    return each.memo.content, each.quote, each.name


def _of_case(anchor: str, case_id: str) -> bool:
    kind, identifier = split_key(anchor)
    return anchor == f"case:{case_id}" or (kind == "cell" and identifier.startswith(f"{case_id}."))


def _anchored(study: Study, memos: Sequence[Memo]) -> list[AnchoredMemo]:
    names = Names(study)
    codings = {coding.id: coding for coding in _records(study, memos, Coding)}
    excerpts = _records(study, memos, Excerpt)
    excerpts += [study.get(Excerpt, coding.excerpt_id) for coding in codings.values()]
    places = {place.excerpt.id: place for place in placed(study, excerpts)}
    found = []
    for memo in memos:
        kind, identifier = split_key(memo.anchor)
        if kind == "excerpt":
            found.append(_on_passage(memo, "passage", places[identifier]))
        elif kind == "coding":
            coding = codings[identifier]
            label = study.framework.label(study.framework.codes[coding.code_id])
            found.append(_on_passage(memo, "coding", places[coding.excerpt_id], label))
        else:
            found.append(_on_whole(study, memo, names))
    return found


def _records(study: Study, memos: Sequence[Memo], cls: type[R]) -> list[R]:
    """Read the records of a class that memos are on."""
    beginning = kind_of(cls) + ":"
    ids = {memo.anchor.removeprefix(beginning) for memo in memos if memo.anchor.startswith(beginning)}
    return [study.get(cls, identifier) for identifier in sorted(ids)]


def _on_passage(memo: Memo, on: str, place: PlacedExcerpt, label: str = "") -> AnchoredMemo:
    name = f"{label}, {place.citation}" if label else place.citation
    return AnchoredMemo(memo, on, name, place.excerpt.quote, place.document.id)


def _on_whole(study: Study, memo: Memo, names: Names) -> AnchoredMemo:
    kind, identifier = split_key(memo.anchor)
    if kind == "setting":
        return AnchoredMemo(memo, "study", study.setting("title"))
    if kind == "text":
        document_id = study.get(Text, identifier).document_id
        return AnchoredMemo(memo, kind, names.of(f"document:{document_id}"), document_id=document_id)
    return AnchoredMemo(
        memo, kind, names.of(memo.anchor), document_id=identifier if kind == "document" else ""
    )
