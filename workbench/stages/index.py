"""Indexing: codes applied to passages, by whom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from workbench.errors import ReasonMissing, Refused, WrongUsage
from workbench.model.coding import Coding, Excerpt
from workbench.model.decision import Verb
from workbench.model.framework import Code, CodeState
from workbench.model.identity import record_id
from workbench.model.memo import Memo, MemoKind
from workbench.model.records import Record, key_of
from workbench.model.text import Passage
from workbench.stages.passages import excerpt_for, spare_excerpts
from workbench.stages.reason import is_given, refuse_many_without
from workbench.stages.staleness import stale_by_codings
from workbench.stages.unread import refuse_unread
from workbench.study.study import Study


def find_code(study: Study, wanted: str) -> Code:
    """Find a code by number, id or exact name; raises WrongUsage where none or several are meant."""
    code = study.framework.find(wanted)
    if code is None:
        same = [c for c in study.framework.codes.values() if c.name.casefold() == wanted.casefold()]
        if same:
            numbers = ", ".join(study.framework.number(code) for code in same)
            raise WrongUsage(f"Several codes are named {wanted}: {numbers}.", do="Name it by its number.")
        raise WrongUsage(f"There is no code {wanted}.", do="See them with: workbench framework show")
    return code


def code_passage(
    study: Study,
    text_id: str,
    passage: Passage,
    code_ids: Sequence[str],
    *,
    memo: str = "",
    reason: str = "",
) -> list[Coding]:
    """Apply codes to a passage for the current coder, as one decision; codes already there are passed over.

    Raises Refused where all of them are there already, or where a code is retired, and ReasonMissing where
    nobody has read anything of the case yet and no reason is given.
    """
    refuse_unread(study, text_id, reason)
    codes = [codable(study, code_id) for code_id in dict.fromkeys(code_ids)]
    excerpt, put_excerpt = excerpt_for(study, text_id, passage)
    already = {coding.code_id for coding in study.all(Coding, excerpt_id=excerpt.id, coder=study.coder)}
    codings = [
        Coding(record_id("k"), excerpt.id, code.id, study.coder) for code in codes if code.id not in already
    ]
    if not codings:
        names = ", ".join(study.framework.label(code) for code in codes)
        raise Refused(f"This passage already has {names or 'no new code'}.")
    memos = _memos(study, codings, memo)
    put: list[Record] = [*put_excerpt, *codings, *memos]
    study.decide(Verb.CODE_PASSAGE, key_of(codings[0]), put=put, reason=reason)
    return codings


def _memos(study: Study, codings: Sequence[Coding], memo: str) -> list[Memo]:
    if not memo.strip():
        return []
    now = study.now()
    return [
        Memo(record_id("m"), key_of(coding), MemoKind.NOTE, memo.strip(), study.coder, now)
        for coding in codings
    ]


def codable(study: Study, code_id: str) -> Code:
    """Give a code that may be applied; raises Refused for a retired one and names its heirs."""
    code = study.get(Code, code_id)
    if code.state is CodeState.RETIRED:
        heirs = ", ".join(
            study.framework.label(heir) for heir in study.framework.resolve(code.id) if heir != code
        )
        raise Refused(
            f"{study.framework.label(code)} is retired.",
            do=f"Use {heirs} instead." if heirs else "Restore it first, or use another code.",
        )
    return code


def uncode(study: Study, *coding_ids: str, reason: str = "") -> None:
    """Take codings away with their memos, as one decision, and the excerpts that nothing else rests on.

    Raises Refused for another coder's coding, and ReasonMissing where several codings or another coder's memo
    would go, unless a reason is given.
    """
    codings = [own(study, coding_id, reason) for coding_id in dict.fromkeys(coding_ids)]
    if not codings:
        raise Refused("No coding is named.")
    refuse_many_without(study, "take away", len(codings), reason)
    memos = [memo for coding in codings for memo in study.all(Memo, anchor=key_of(coding))]
    others = sorted({memo.coder for memo in memos} - {study.coder})
    if others and not is_given(reason, study.standing_reason):
        raise ReasonMissing(
            f"A memo by {', '.join(others)} would go with it.", do="Give a reason with --reason."
        )
    gone = {*map(key_of, codings), *map(key_of, memos)}
    excerpts = [study.get(Excerpt, coding.excerpt_id) for coding in codings]
    spare = spare_excerpts(study, excerpts, without=gone)
    stale = stale_by_codings(study, codings, "was uncoded")
    study.decide(Verb.UNCODE, key_of(codings[0]), put=stale, remove=[*sorted(gone), *spare], reason=reason)


def recode(study: Study, coding_id: str, code_id: str, *, reason: str = "") -> Coding:
    """Put another code in place of the one a coding has; its memos stay with it."""
    return recode_all(study, [coding_id], code_id, reason=reason)[0]


def recode_all(study: Study, coding_ids: Sequence[str], code_id: str, *, reason: str = "") -> list[Coding]:
    """Put a code in place of those that codings have, as one decision; those that have it are passed over.

    Raises Refused where a passage would get the code twice from one coder, or has it already everywhere, and
    ReasonMissing where there are several and no reason is given.
    """
    code = codable(study, code_id)
    label = study.framework.label(code)
    changed: list[Coding] = []
    for coding in (own(study, each, reason) for each in dict.fromkeys(coding_ids)):
        if coding.code_id == code.id:
            continue
        twins = study.all(Coding, excerpt_id=coding.excerpt_id, code_id=code.id, coder=coding.coder)
        given = any((c.excerpt_id, c.coder) == (coding.excerpt_id, coding.coder) for c in changed)
        if twins or given:
            quote = study.get(Excerpt, coding.excerpt_id).quote[:60]
            raise Refused(f"“{quote}” already has {label}.", do="Uncode the other one.")
        changed.append(replace(coding, code_id=code.id))
    if not changed:
        raise Refused(f"The passage already has {label}.", do="Choose another code.")
    refuse_many_without(study, "recode", len(changed), reason)
    before = [study.get(Coding, coding.id) for coding in changed]
    stale = stale_by_codings(study, before, f"is {label} now")
    study.decide(Verb.RECODE, key_of(changed[0]), put=[*changed, *stale], reason=reason)
    return changed


def own(study: Study, coding_id: str, reason: str) -> Coding:
    """Give a coding that may be changed: the coder's own, or with a reason anyone's; else raises Refused."""
    coding = study.get(Coding, coding_id)
    if coding.coder != study.coder and not is_given(reason, study.standing_reason):
        raise Refused(f"This coding is {coding.coder}'s.", do="Give a reason to change it all the same.")
    return coding
