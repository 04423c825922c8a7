"""Indexing, continued: many passages at once, codings moved, cut and joined, doubts and second looks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from workbench.errors import Refused
from workbench.model.coding import Coding, Excerpt
from workbench.model.decision import Verb
from workbench.model.framework import Code, CodeState, Origin
from workbench.model.identity import record_id
from workbench.model.likeness import without_hidden
from workbench.model.memo import Memo, MemoKind
from workbench.model.records import Record, key_of
from workbench.model.text import Passage, Text, trimmed
from workbench.stages.framework import new_code, reason_once_released
from workbench.stages.framework_rules import decide_whole
from workbench.stages.index import codable, own
from workbench.stages.passages import excerpt_for, spare_excerpts
from workbench.stages.staleness import stale_by_codings
from workbench.stages.unread import refuse_unread
from workbench.study.backup import keep_before
from workbench.study.backup_names import Why
from workbench.study.study import Study


def code_hits(
    study: Study, hits: Sequence[tuple[str, Passage]], code_ids: Sequence[str], *, reason: str
) -> list[Coding]:
    """Apply codes to many passages, named by text id and place, as one decision that one undo takes back.

    What the coder has there already is passed over; raises Refused where that is everything.
    """
    codes = [codable(study, code_id) for code_id in dict.fromkeys(code_ids)]
    put: list[Record] = []
    codings: list[Coding] = []
    for text_id, passage in dict.fromkeys(hits):
        excerpt, new = excerpt_for(study, text_id, passage)
        already = {c.code_id for c in study.all(Coding, excerpt_id=excerpt.id, coder=study.coder)}
        made = [
            Coding(record_id("k"), excerpt.id, code.id, study.coder)
            for code in codes
            if code.id not in already
        ]
        put += [*(new if made else ()), *made]
        codings += made
    if not codings:
        raise Refused("All these passages have the codes already." if hits else "No passage is chosen.")
    keep_before(study, Why.BULK)
    study.decide(Verb.CODE_HITS, key_of(codings[0]), put=put, reason=reason)
    return codings


def code_in_vivo(
    study: Study, text_id: str, passage: Passage, theme_id: str, *, name: str = "", reason: str = ""
) -> Coding:
    """Make a code in the words of a passage, or under another name, and apply it there, as one decision."""
    excerpt, new = excerpt_for(study, text_id, passage)
    words = " ".join(excerpt.quote.split())
    code = new_code(study, theme_id, name.strip() or without_hidden(words)[:80], origin=Origin.EMERGENT)
    code = replace(code, examples=(words[:300],), source="in vivo")
    reason = reason_once_released(study, Verb.CODE_IN_VIVO, reason)
    refuse_unread(study, text_id, reason)
    coding = Coding(record_id("k"), excerpt.id, code.id, study.coder)
    put: list[Record] = [code, *new, coding]
    decide_whole(study, Verb.CODE_IN_VIVO, key_of(code), put=put, reason=reason)
    return coding


def resize_coding(study: Study, coding_id: str, passage: Passage, *, reason: str = "") -> Coding:
    """Let a coding stand on another passage of its text.

    Its memos stay with it; cells stay linked to the excerpt they were linked to, and become stale.
    """
    coding = own(study, coding_id, reason)
    old = study.get(Excerpt, coding.excerpt_id)
    excerpt, new = excerpt_for(study, old.text_id, passage)
    if excerpt.id == old.id:
        raise Refused("The coding stands on just this passage.")
    changed = replace(coding, excerpt_id=excerpt.id)
    put: list[Record] = [*new, changed, *stale_by_codings(study, [coding], "was given other bounds")]
    spare = _left(study, [old], [coding], kept=changed)
    study.decide(Verb.RESIZE_CODING, key_of(coding), put=put, remove=spare, reason=reason)
    return changed


def split_coding(study: Study, coding_id: str, at: int, *, reason: str = "") -> list[Coding]:
    """Cut a coding in two at a code point of its text; the first part keeps the id and the memos.

    Raises Refused where a part would be blank.
    """
    coding = own(study, coding_id, reason)
    old = study.get(Excerpt, coding.excerpt_id)
    if not old.start < at < old.end:
        raise Refused(
            "The cut must fall inside the coding.", do="Put the cursor where the second part begins."
        )
    content = study.text_content(study.get(Text, old.text_id).content_hash)
    places = trimmed(content, old.start, at), trimmed(content, at, old.end)
    (first, new_first), (second, new_second) = (excerpt_for(study, old.text_id, place) for place in places)
    kept = replace(coding, excerpt_id=first.id)
    cut = replace(coding, id=record_id("k"), excerpt_id=second.id)
    stale = stale_by_codings(study, [coding], "was cut in two")
    put: list[Record] = [*new_first, *new_second, kept, cut, *stale]
    spare = _left(study, [old], [coding], kept=kept)
    _left(study, [], [coding], kept=cut)
    study.decide(Verb.SPLIT_CODING, key_of(coding), put=put, remove=spare, reason=reason)
    return [kept, cut]


def merge_codings(study: Study, coding_ids: Sequence[str], *, reason: str = "") -> Coding:
    """Join codings of one code, coder and text into one over all of them; the first by place keeps its id."""
    codings = [own(study, coding_id, reason) for coding_id in dict.fromkeys(coding_ids)]
    if len(codings) < 2:
        raise Refused("One coding alone cannot be merged.", do="Choose two or more.")
    excerpts = {coding.id: study.get(Excerpt, coding.excerpt_id) for coding in codings}
    alike = {(coding.code_id, coding.coder, excerpts[coding.id].text_id) for coding in codings}
    if len(alike) > 1:
        raise Refused("Only codings of one code, by one coder, in one text can be merged.")
    codings.sort(key=lambda coding: (excerpts[coding.id].start, excerpts[coding.id].end))
    first, *others = codings
    end = max(excerpt.end for excerpt in excerpts.values())
    whole = Passage(excerpts[first.id].start, end)
    excerpt, new = excerpt_for(study, excerpts[first.id].text_id, whole)
    kept = replace(first, excerpt_id=excerpt.id, doubtful=any(coding.doubtful for coding in codings))
    memos = [memo for other in others for memo in study.all(Memo, anchor=key_of(other))]
    put: list[Record] = [*new, kept, *(replace(memo, anchor=key_of(kept)) for memo in memos)]
    put += stale_by_codings(
        study, [c for c in codings if c.excerpt_id != excerpt.id], "was joined with others"
    )
    gone = [key_of(other) for other in others]
    old = [each for each in excerpts.values() if each.id != excerpt.id]
    spare = _left(study, old, codings, kept=kept)
    study.decide(Verb.MERGE_CODINGS, key_of(first), put=put, remove=[*gone, *spare], reason=reason)
    return kept


def flag_doubt(study: Study, coding_id: str, note: str = "") -> Coding:
    """Flag a coding for a second look; the note is kept as a question memo on it. Anyone may doubt."""
    coding = study.get(Coding, coding_id)
    if coding.doubtful and not note.strip():
        raise Refused("The coding is flagged already.", do="Clear the flag, or add a note.")
    flagged = replace(coding, doubtful=True)
    put: list[Record] = [flagged]
    if note.strip():
        anchor = key_of(coding)
        put.append(Memo(record_id("m"), anchor, MemoKind.QUESTION, note.strip(), study.coder, study.now()))
    study.decide(Verb.FLAG_DOUBT, key_of(coding), put=put)
    return flagged


def clear_doubt(study: Study, coding_id: str, *, reason: str = "") -> Coding:
    """Take the flag from a coding; its question memos stay."""
    coding = own(study, coding_id, reason)
    if not coding.doubtful:
        raise Refused("The coding is not in doubt.")
    cleared = replace(coding, doubtful=False)
    study.decide(Verb.CLEAR_DOUBT, key_of(coding), put=[cleared], reason=reason)
    return cleared


def confirm_codings(study: Study, coding_ids: Sequence[str], *, reason: str) -> list[Coding]:
    """Say of codings that they hold under the framework as it is now, as one decision."""
    now = study.now()
    codings = [study.get(Coding, coding_id) for coding_id in dict.fromkeys(coding_ids)]
    if not codings:
        raise Refused("No coding is named.")
    for coding in codings:
        if study.get(Code, coding.code_id).state is CodeState.RETIRED:
            raise Refused(
                f"{study.framework.label(study.framework.codes[coding.code_id])} is retired.",
                do="Give the passage another code, or take the coding away.",
            )
    confirmed = [replace(coding, confirmed=now) for coding in codings]
    study.decide(Verb.CONFIRM_CODING, key_of(confirmed[0]), put=confirmed, reason=reason)
    return confirmed


def _left(study: Study, excerpts: Sequence[Excerpt], moved: Sequence[Coding], *, kept: Coding) -> list[str]:
    """List the excerpts that nothing rests on once codings have moved off; refuse a coding made twice."""
    twins = study.all(Coding, excerpt_id=kept.excerpt_id, code_id=kept.code_id, coder=kept.coder)
    ids = {coding.id for coding in moved}
    if any(twin.id not in ids for twin in twins):
        label = study.framework.label(study.framework.codes[kept.code_id])
        raise Refused(f"That passage already has {label}.", do="Take one of the two away.")
    away = {key_of(coding) for coding in moved}
    return spare_excerpts(study, [each for each in excerpts if each.id != kept.excerpt_id], without=away)
