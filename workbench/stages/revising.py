"""Revised texts: what stood on the old version is found in the new one, and nothing moves silently."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from workbench.errors import Refused
from workbench.language.anchoring import Anchored, Found, place_of
from workbench.model.case import Document
from workbench.model.cell import Cell, CellQuote
from workbench.model.claim import Claim
from workbench.model.coding import Excerpt
from workbench.model.decision import Verb
from workbench.model.records import Record, key_of
from workbench.model.text import Passage, Text, TextKind
from workbench.model.translation import LeftBehind, LeftState, Link
from workbench.stages.carrying import CarriedPassage, Look, answers_carried, cuts_carried, passages_carried
from workbench.stages.invariants import broken_rules
from workbench.stages.passages import quote_at
from workbench.stages.staleness import stale_from, with_all_causes
from workbench.stages.text_versions import versions_before
from workbench.study.backup import keep_before
from workbench.study.backup_names import Why
from workbench.study.queries import excerpt_at
from workbench.study.study import Study
from workbench.study.translation_queries import excerpts_of_texts, links_of_text, revision_of

_SHOWN = 40
"""Characters of a passage that a cause quotes."""


@dataclass(frozen=True, slots=True)
class Carriage:
    """What became of one excerpt of the old version."""

    excerpt: Excerpt
    """As it was before."""
    outcome: Anchored


@dataclass(frozen=True, slots=True)
class Revision:
    """What became of everything that stood on the old version."""

    excerpts: tuple[Carriage, ...]
    passages: tuple[CarriedPassage, ...]
    """Those that were reviewed or verified."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """An excerpt on a version that has been replaced, and what is known of its place in the new one."""

    excerpt: Excerpt
    text: Text
    """The version it stands on."""
    latest: Text
    left: LeftBehind | None
    """None for one that was made, or moved there, after the new version came."""

    @property
    def is_kept(self) -> bool:
        """Tell whether somebody decided that it stays."""
        return self.left is not None and self.left.state is LeftState.KEPT

    @property
    def state(self) -> str:
        """Say how it stands: the state of what was left, or that it was made later."""
        return "made later" if self.left is None else self.left.state.value


def revise_text(study: Study, old_id: str, new_id: str, *, reason: str, look: Look | None = None) -> Revision:
    """Let a text take the place of another, and carry the excerpts whose words stand in it, as one decision.

    Carried excerpts keep their ids, codings, memos and cells; links to the other language go along where
    their words do, and so do what was reviewed and verified, and units joined or split. Uncertain and lost
    ones stay on the old version, and what rests on them becomes stale. `look` may have looked ahead.
    """
    old, new, look = study.get(Text, old_id), study.get(Text, new_id), look or Look()
    _refuse_revision(study, old, new)
    now = study.text_content(new.content_hash)
    outcomes = _outcomes(study, old, new, now, look)
    revised = _revised(study, old, new)
    put: list[Record] = [revised]
    gone: list[str] = []
    for carriage in outcomes:
        excerpt, outcome = carriage.excerpt, carriage.outcome
        gone += [key_of(each) for each in study.all(LeftBehind, excerpt_id=excerpt.id)]
        if outcome.found is Found.CARRIED and outcome.passage is not None:
            put += _moved(study, excerpt, new, outcome.passage)
        else:
            put.append(_left(excerpt, new, outcome))
    put += _links_moved(study, old, revised, now, look)
    passages, made = passages_carried(study, old, revised, now, look)
    put += [*made, *answers_carried(study, old, revised, now, look)]
    put += cuts_carried(study, old, revised, now, look)
    put += _stale(study, old, [each for each in outcomes if each.outcome.found is not Found.CARRIED])
    keep_before(study, Why.BULK)
    _decide_sound(study, Verb.CARRY_EXCERPTS, new, put, gone, reason)
    return Revision(tuple(outcomes), tuple(passages))


def look_ahead(study: Study, old_id: str, now: str, language: str, look: Look) -> None:
    """Look for all that stands on a text in the words of a new version, to be decided later at once."""
    old = study.get(Text, old_id)
    new = replace(old, id="", language=language)
    _outcomes(study, old, new, now, look)
    _links_moved(study, old, new, now, look)
    passages_carried(study, old, new, now, look)
    answers_carried(study, old, new, now, look)
    cuts_carried(study, old, new, now, look)


def kind_of_revision(old: Text) -> TextKind:
    """Say what a new version of a text is unless somebody says else: that of a machine draft stays one."""
    return old.kind if old.is_unapproved_draft else TextKind.REVISION


def _refuse_revision(study: Study, old: Text, new: Text) -> None:
    if old.id == new.id or old in versions_before(study, new) or new in versions_before(study, old):
        raise Refused("One of the two texts is already a version of the other.")
    if new.revises is not None:
        raise Refused("The new text already takes the place of another one.")
    if (later := revision_of(study, old.id)) is not None:
        raise Refused(f"The text {old.id} has been replaced already.", do=f"Revise {later.id} instead.")


def _revised(study: Study, old: Text, new: Text) -> Text:
    """Give the new text as it shall be: what it renders is what the old one rendered, unless it says else."""
    kind, translates = new.kind, new.translates or old.translates
    if kind is TextKind.REVISION and old.is_translation and translates is None:
        kind = old.kind
    return replace(new, kind=kind, revises=old.id, translates=None if translates == new.id else translates)


def _outcomes(study: Study, old: Text, new: Text, now: str, look: Look) -> list[Carriage]:
    """Look for every excerpt of the old version, and those still waiting on the versions before it."""
    found: list[Carriage] = []
    taken = {excerpt.passage for excerpt in excerpts_of_texts(study, [new.id])}
    for text in [old, *versions_before(study, old)]:
        excerpts = [each for each in excerpts_of_texts(study, [text.id]) if not _is_kept(study, each)]
        places = [excerpt.passage for excerpt in excerpts]
        outcomes = look(study.text_content(text.content_hash), now, places, new.language)
        for excerpt, outcome in zip(excerpts, outcomes, strict=True):
            place = outcome.passage
            if outcome.found is Found.CARRIED and place in taken:
                there = Anchored(Found.UNCERTAIN, place, 500, "There is an excerpt at that place already.")
                found.append(Carriage(excerpt, there))
                continue
            if outcome.found is Found.CARRIED and place is not None:
                taken.add(place)
            found.append(Carriage(excerpt, outcome))
    return found


def _is_kept(study: Study, excerpt: Excerpt) -> bool:
    return any(left.state is LeftState.KEPT for left in study.all(LeftBehind, excerpt_id=excerpt.id))


def _left(excerpt: Excerpt, new: Text, outcome: Anchored) -> LeftBehind:
    place = outcome.passage or Passage(0, 0)
    state = LeftState.LOST if outcome.found is Found.LOST else LeftState.UNCERTAIN
    key = LeftBehind.key(excerpt.id, new.id)
    return LeftBehind(key, excerpt.id, new.id, state, place.start, place.end, outcome.confidence, outcome.why)


def _moved(study: Study, excerpt: Excerpt, new: Text, passage: Passage) -> list[Record]:
    """Give an excerpt at its place in the new version, with the quotes of it as they stand there."""
    words = quote_at(study, new, passage)
    quotes = [
        replace(quote, content=there)
        for quote in study.all(CellQuote, excerpt_id=excerpt.id)
        if (there := _words_in(quote.content, words))
    ]
    moved = replace(excerpt, text_id=new.id, start=passage.start, end=passage.end, quote=words)
    return [moved, *quotes]


def _words_in(quote: str, words: str) -> str:
    """Give the words of a quote as they stand in other words; empty where they do not."""
    place = place_of(quote, words)
    return "" if place is None else words[place.start : place.end]


def _links_moved(study: Study, old: Text, new: Text, now: str, look: Look) -> list[Link]:
    """Give the links of the old version whose stretch stands in the new one, at their new place."""
    links = [link for link in links_of_text(study, old.id) if new.id not in (link.source_id, link.target_id)]
    sides = [link.source if link.source_id == old.id else link.target for link in links]
    was = study.text_content(old.content_hash)
    whole = [(link, side) for link, side in zip(links, sides, strict=True) if len(side)]
    sides_there = [side for _, side in whole]
    places = look(was, now, sides_there, new.language, propose=False)
    moved = []
    for (link, _), place in zip(whole, places, strict=True):
        if place.found is not Found.CARRIED or place.passage is None:
            continue
        start, end = place.passage.start, place.passage.end
        if link.source_id == old.id:
            moved.append(replace(link, source_id=new.id, source_start=start, source_end=end))
        else:
            moved.append(replace(link, target_id=new.id, target_start=start, target_end=end))
    return moved


def _stale(study: Study, old: Text, left: Iterable[Carriage]) -> list[Cell | Claim]:
    """Give what rests on excerpts that stay behind, as stale, each with all its causes."""
    key = study.get(Document, old.document_id).key
    stale: list[Cell | Claim] = []
    for carriage in left:
        lost = carriage.outcome.found is Found.LOST
        what = "is not in the new version of" if lost else "is not found for certain in the new version of"
        cause = f"“{_short(carriage.excerpt.quote)}” {what} {key}."
        stale += stale_from(study, excerpts=[carriage.excerpt.id], cause=cause)
    return with_all_causes(stale)


def _short(words: str) -> str:
    return words if len(words) <= _SHOWN else f"{words[: _SHOWN - 1]}…"


def _decide_sound(
    study: Study, verb: Verb, new: Text, put: Sequence[Record], gone: Sequence[str], reason: str
) -> None:
    """Decide, unless a status would be left without the evidence it needs."""
    with study.transaction():
        decision = study.decide(verb, key_of(new), put=put, remove=gone, reason=reason)
        for broken in broken_rules(study, decision):
            raise Refused(broken.what, do="Approve the new version first, or change the status.")


def waiting_excerpts(study: Study) -> list[Waiting]:
    """List every excerpt that stands on a replaced version, by text and place, decided ones too."""
    newer = {text.revises: text for text in study.all(Text) if text.revises is not None}
    found = []
    for text in study.all(Text):
        if text.id not in newer:
            continue
        latest = text
        while latest.id in newer:
            latest = newer[latest.id]
        for excerpt in excerpts_of_texts(study, [text.id]):
            left = study.find(LeftBehind, LeftBehind.key(excerpt.id, latest.id))
            found.append(Waiting(excerpt, text, latest, left))
    return found


def _waiting(study: Study, excerpt_id: str) -> Waiting:
    for waiting in waiting_excerpts(study):
        if waiting.excerpt.id == excerpt_id:
            return waiting
    study.get(Excerpt, excerpt_id)
    raise Refused("The excerpt stands on the latest version of its text.")


def place_excerpt(
    study: Study, excerpt_id: str, passage: Passage | None = None, *, reason: str = ""
) -> Excerpt:
    """Put an excerpt that stayed behind to a place in the latest version; without a passage to that proposed.

    Where the words are others, what rests on the excerpt becomes stale, and quotes that no longer stand there
    go from their cells.
    """
    waiting = _waiting(study, excerpt_id)
    excerpt, latest, left = waiting.excerpt, waiting.latest, waiting.left
    if passage is None:
        if left is None or not len(left.passage):
            raise Refused("No place is proposed for this excerpt.", do="Name the passage it shall stand on.")
        passage = left.passage
    if excerpt_at(study, latest.id, passage.start, passage.end) is not None:
        raise Refused(
            "There is an excerpt at that place already.", do="Give it the codes, and keep the old one."
        )
    put = _moved(study, excerpt, latest, passage)
    moved = next(record for record in put if isinstance(record, Excerpt))
    kept = {key_of(record) for record in put}
    quotes = [key_of(quote) for quote in study.all(CellQuote, excerpt_id=excerpt.id)]
    gone = [key_of(each) for each in study.all(LeftBehind, excerpt_id=excerpt.id)]
    gone += [key for key in quotes if key not in kept]
    if "".join(moved.quote.split()) != "".join(excerpt.quote.split()):
        cause = f"“{_short(excerpt.quote)}” reads “{_short(moved.quote)}” in the new version."
        put += stale_from(study, excerpts=[excerpt.id], cause=cause)
    _decide_sound(study, Verb.PLACE_EXCERPT, latest, put, gone, reason)
    return moved


def keep_excerpt(study: Study, excerpt_id: str, *, reason: str) -> LeftBehind:
    """Say that an excerpt stays on the old version; it is no longer asked about, and stays marked."""
    waiting = _waiting(study, excerpt_id)
    left = waiting.left
    if left is not None and left.state is LeftState.KEPT:
        raise Refused("The excerpt is kept where it is already.")
    key = LeftBehind.key(excerpt_id, waiting.latest.id)
    kept = LeftBehind(key, excerpt_id, waiting.latest.id, LeftState.KEPT, 0, 0, 0, left.why if left else "")
    study.decide(Verb.KEEP_EXCERPT, key_of(waiting.excerpt), put=[kept], reason=reason)
    return kept
