"""What the operations on the framework share: deciding as a whole, and what a change leaves behind."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from workbench.exchange.codebook import Codebook
from workbench.model.coding import Coding
from workbench.model.decision import Verb
from workbench.model.framework import Code, CodeState, Framework
from workbench.model.memo import Memo
from workbench.model.records import Record, key_of
from workbench.stages.invariants import broken_rules
from workbench.stages.staleness import stale_from
from workbench.study.study import Study

DEFINING = ("definition", "include", "exclude", "wordings")
"""Fields that decide borderline cases: a change of one makes what rests on the code stale."""


def decide_whole(
    study: Study,
    verb: Verb,
    subject: str,
    *,
    put: Iterable[Record],
    remove: Iterable[str] = (),
    reason: str,
) -> None:
    """Decide, unless the framework as a whole would no longer hold together."""
    with study.transaction():
        decision = study.decide(verb, subject, put=put, remove=remove, reason=reason)
        for broken in broken_rules(study, decision):
            raise broken


def stale_by_definition(study: Study, old: Code, new: Code) -> list[Record]:
    """Give what becomes stale where a code's definition changed, as it shall be."""
    fields = [name for name in DEFINING if getattr(old, name) != getattr(new, name)]
    if not fields:
        return []
    cause = f"The {' and '.join(fields)} of {study.framework.label(old)} changed."
    return stale_from(study, codes=[old.id], cause=cause)


def stale_by_codebook(study: Study, codebook: Codebook) -> list[Record]:
    """Give what becomes stale by all the definitions that a codebook changes."""
    stale: dict[str, Record] = {}
    for code in codebook.codes:
        old = study.framework.codes.get(code.id)
        for record in stale_by_definition(study, old, code) if old is not None else []:
            stale[key_of(record)] = record
    return list(stale.values())


def moved_memos(study: Study, gone: Coding, kept: Sequence[Coding]) -> list[Record]:
    """Hang the memos of a coding that goes on the one that stays, or else on the excerpt."""
    anchor = key_of(kept[0]) if kept else f"excerpt:{gone.excerpt_id}"
    return [replace(memo, anchor=anchor) for memo in study.all(Memo, anchor=key_of(gone))]


def left_out(old: Framework, codebook: Codebook) -> list[Record]:
    """Give the themes and codes that a codebook leaves out, retired, with numbers that it does not take.

    Frameworks of which it has no theme are not spoken of, and stay.
    """
    spoken = {theme.framework for theme in codebook.themes if theme.parent_id is None}
    named = {theme.id for theme in codebook.themes} | {code.id for code in codebook.codes}
    taken: dict[tuple[str | None, str], set[int]] = {}
    for theme in codebook.themes:
        taken.setdefault((theme.parent_id, theme.framework), set()).add(theme.number)
    for code in codebook.codes:
        taken.setdefault((code.theme_id, ""), set()).add(code.number)
    retired: list[Record] = []
    for theme in old.themes.values():
        if theme.id not in named and old.root_of(theme).framework in spoken:
            number = _free(taken.setdefault((theme.parent_id, theme.framework), set()), theme.number)
            retired.append(replace(theme, retired=True, number=number))
    for code in old.codes.values():
        if code.id not in named and old.root_of(code).framework in spoken:
            number = _free(taken.setdefault((code.theme_id, ""), set()), code.number)
            retired.append(replace(code, state=CodeState.RETIRED, number=number))
    return retired


def _free(taken: set[int], wanted: int) -> int:
    """Take the wanted number, or the next after all that are taken."""
    number = wanted if wanted not in taken else max(taken) + 1
    taken.add(number)
    return number
