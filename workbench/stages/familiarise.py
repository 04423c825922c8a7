"""Familiarisation: who has read what how far, and notes and ideas anchored to passages."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from workbench.errors import Refused
from workbench.model.case import Reading, ReadingState
from workbench.model.coding import Excerpt
from workbench.model.decision import Verb
from workbench.model.identity import record_id
from workbench.model.memo import Memo, MemoKind
from workbench.model.records import Record, key_of
from workbench.model.text import Passage, Text
from workbench.stages.passages import excerpt_for, spare_excerpts
from workbench.study.study import Study


def reading_of(study: Study, text_id: str) -> Reading:
    """Give how far the current coder has read a text; unread where nothing is recorded."""
    found = study.find(Reading, Reading.key(text_id, study.coder))
    return found or Reading(
        Reading.key(text_id, study.coder), text_id, study.coder, ReadingState.UNREAD, stopped_at=0, furthest=0
    )


def record_progress(study: Study, text_id: str, *, stopped_at: int, furthest: int) -> Reading:
    """Record where the coder stopped and how far they have been; a text once opened counts as skimmed.

    Writes nothing where neither has changed.
    """
    length = study.get(Text, text_id).characters
    before = reading_of(study, text_id)
    state = ReadingState.SKIMMED if before.state is ReadingState.UNREAD else before.state
    after = replace(
        before,
        state=state,
        stopped_at=min(stopped_at, length),
        furthest=max(before.furthest, min(furthest, length)),
    )
    if after != study.find(Reading, after.id):
        study.decide(Verb.RECORD_PROGRESS, key_of(after), put=[after])
    return after


def mark_reading(study: Study, text_id: str, state: ReadingState) -> Reading:
    """Say of a text that it is unread, skimmed or read."""
    length = study.get(Text, text_id).characters
    before = reading_of(study, text_id)
    furthest = length if state is ReadingState.READ else before.furthest
    after = replace(before, state=state, furthest=furthest)
    study.decide(Verb.MARK_READING, key_of(after), put=[after])
    return after


def set_bookmarks(study: Study, text_id: str, offsets: Iterable[int]) -> Reading:
    """Keep the places of a text that the coder wants to come back to, instead of those there are."""
    length = study.get(Text, text_id).characters
    kept = sorted({offset for offset in offsets if 0 <= offset <= length})
    after = replace(reading_of(study, text_id), bookmarks=tuple(map(str, kept)))
    study.decide(Verb.SET_BOOKMARKS, key_of(after), put=[after])
    return after


def write_memo(study: Study, anchor: str, content: str, *, kind: MemoKind = MemoKind.NOTE) -> Memo:
    """Anchor a memo to a record, named by its key, or to the study (`setting:title`)."""
    if not content.strip():
        raise Refused("An empty memo says nothing.")
    if study.by_key(anchor) is None:
        raise Refused(f"There is no {anchor.replace(':', ' ', 1)} to write a memo on.")
    memo = Memo(record_id("m"), anchor, kind, content.strip(), study.coder, study.now())
    study.decide(Verb.WRITE_MEMO, key_of(memo), put=[memo])
    return memo


def note_passage(
    study: Study, text_id: str, passage: Passage, content: str, *, kind: MemoKind = MemoKind.NOTE
) -> Memo:
    """Anchor a memo to a passage of a text."""
    if not content.strip():
        raise Refused("An empty memo says nothing.")
    excerpt, new = excerpt_for(study, text_id, passage)
    memo = Memo(record_id("m"), key_of(excerpt), kind, content.strip(), study.coder, study.now())
    put: list[Record] = [*new, memo]
    study.decide(Verb.WRITE_MEMO, key_of(memo), put=put)
    return memo


def edit_memo(study: Study, memo_id: str, content: str, *, kind: MemoKind | None = None) -> Memo:
    """Change what a memo says or what it is for; the log keeps what it said before."""
    memo = study.get(Memo, memo_id)
    if not content.strip():
        raise Refused("An empty memo says nothing.", do="Remove it instead.")
    changed = replace(memo, content=content.strip(), kind=kind or memo.kind)
    study.decide(Verb.EDIT_MEMO, key_of(memo), put=[changed])
    return changed


def remove_memo(study: Study, memo_id: str) -> None:
    """Take a memo away, and its excerpt where nothing else rests on that."""
    memo = study.get(Memo, memo_id)
    kind, _, identifier = memo.anchor.partition(":")
    excerpts = [study.get(Excerpt, identifier)] if kind == "excerpt" else []
    spare = spare_excerpts(study, excerpts, without={key_of(memo)})
    study.decide(Verb.REMOVE_MEMO, key_of(memo), remove=[key_of(memo), *spare])
