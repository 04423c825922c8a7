"""The study as it leaves: the one door through which exports take their words.

Where a redaction list is in force or pseudonyms are asked for, an export is made from a study derived in
memory: every decision of the log is reworded, the chain is made anew, and the tables follow by replay. So
whatever a format takes, from a cell, a quote, a text or the log, it takes with the marks in place.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from workbench.exchange.blacking import Blacking
from workbench.exchange.rewording import Rewording, Tally, names_left, pseudonyms_for
from workbench.model.decision import GENESIS, Decision, decision_hash
from workbench.model.records import Setting, split_key
from workbench.model.redaction import Redaction, is_redaction
from workbench.model.saved_chart import SavedChart
from workbench.model.text import Text
from workbench.study.audit_queries import coders_of
from workbench.study.derived import DerivedStudy
from workbench.study.file import study_in_memory
from workbench.study.origin import Origin, first_hash, named_in, told_head
from workbench.study.replay import replay
from workbench.study.study import Study

Progress = Callable[[str, int, int], None]
"""Is told what is being done, how much of it is done, and of how much; stops the work by raising."""
_BATCH = 500


def silent(what: str, done: int, of: int) -> None:
    """Tell nobody."""


@dataclass(frozen=True, slots=True)
class Derived:
    """A study made for leaving, with what was put in place of what."""

    study: Study
    pseudonyms: dict[str, str]
    """Coder -> what they are called in it; empty where coders keep their names."""
    tally: Tally


def redactions_of(study: Study) -> list[Redaction]:
    """List the redactions of a study in the order in which they were added."""
    found = [Redaction.read(one.id, one.value) for one in study.all(Setting) if is_redaction(one.id)]
    return sorted(found, key=lambda one: (len(one.id), one.id))


def as_it_leaves(
    study: Study, *, now: Study | None = None, pseudonyms: bool = False, progress: Progress = silent
) -> Study:
    """Give the study that an export is made from: itself, or one with terms blacked out or coders renamed.

    A past state leaves with the terms that shall not leave today, those of the study as it is `now`.
    """
    redactions = redactions_of(now or study)
    if study.origin is not None or not (redactions or pseudonyms):
        return study
    return derive(study, redactions, pseudonyms=pseudonyms, progress=progress).study


def leaving_originals(study: Study, redactions: Sequence[Redaction]) -> tuple[int, int]:
    """Count the original files that leave in a bundle, and those withheld.

    Nothing can be blacked out inside them; one that is plain text, with nothing marked in it, leaves.
    """
    texts = study.all(Text)
    originals = {text.original_hash for text in texts}
    if not redactions:
        return len(originals), 0
    blacking = Blacking(redactions)
    plain = {text.content_hash: text.language for text in reversed(texts) if text.content_hash in originals}
    leave = sum(not blacking.of(study.text_content(one), language)[1] for one, language in plain.items())
    return leave, len(originals) - leave


def comment_of(study: Study) -> str:
    """Write what is blacked out as a comment for formats that know one; empty where nothing is."""
    return "" if study.origin is None else f"# {study.origin.words}\n"


def derive(
    study: Study, redactions: Sequence[Redaction], *, pseudonyms: bool = False, progress: Progress = silent
) -> Derived:
    """Make a study in memory in which terms are blacked out and, if wanted, coders bear other names.

    Raises Refused where a pattern of the redaction list takes too long.
    """
    named = pseudonyms_for(coders_of(study)) if pseudonyms else {}
    rewording = Rewording(Blacking(redactions), named, study.content)
    made = study_in_memory(coder=study.coder)
    replay(made.connection, _reworded(study, rewording, progress))
    with made.transaction():
        for content in rewording.made.values():
            made.store(content)
    texts = {text.content_hash for text in made.all(Text)}
    origin = Origin(
        head=told_head(study),
        first=first_hash(study),
        redactions=len(redactions),
        text_places=sum(rewording.tally.texts.get(digest, 0) for digest in texts),
        word_places=rewording.tally.words,
        pseudonyms=len(named),
        remarks=tuple(_remarks(named, rewording.tally)),
        asked=rewording.asked,
    )
    return Derived(DerivedStudy(made.connection, study, origin), named, rewording.tally)


def _remarks(named: Mapping[str, str], tally: Tally) -> Iterator[str]:
    for name, places in tally.names.items():
        yield f"{name} stood in what coders wrote at {places} places, and is named otherwise there too."
    for name in names_left(named):
        yield f"{name} is too short to be looked for in what coders wrote."
    for name, texts in tally.names_in_texts.items():
        yield f"{name} also stands in {texts} texts of documents: those are left as they are."


def _reworded(study: Study, rewording: Rewording, progress: Progress) -> Iterator[Decision]:
    """Reword decision by decision and chain them anew."""
    previous = GENESIS
    for decision in _decisions(study, progress):
        said = replace(
            decision,
            coder=rewording.coder(decision.coder),
            subject=rewording.key(decision.subject) if ":" in decision.subject else decision.subject,
            before=_records(decision.before, rewording),
            after=_records(decision.after, rewording),
            reason=rewording.words(decision.reason),
            prev_hash=previous,
        )
        chained = replace(said, hash=decision_hash(said.payload()))
        previous = chained.hash
        yield chained


def _records(records: Mapping[str, Any], rewording: Rewording) -> dict[str, Any]:
    """Reword the records of one side, parents before children."""
    return {
        rewording.key(key): rewording.record(split_key(key)[0], records[key])
        for key in sorted(records, key=_parents_first)
    }


def _parents_first(key: str) -> tuple[int, str]:
    kind, _ = split_key(key)
    return (_ORDER.index(kind) if kind in _ORDER else -1, key)


_ORDER: Sequence[str] = ("text", "excerpt", "cell-quote")
"""Kinds whose words are cut out of those of the kind before."""


def _decisions(study: Study, progress: Progress) -> Iterator[Decision]:
    count = study.head.count
    for first in range(1, count + 1, _BATCH):
        progress("Rewording decisions", first - 1, count)
        yield from study.decisions(first=first, last=first + _BATCH - 1)


def view_in(study: Study, view: SavedChart) -> SavedChart:
    """Give a way to look at the cells of the study as it is, for what is derived from it."""

    def several(names: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(named_in(study, name) for name in names)

    return replace(
        view,
        theme_id=None if view.theme_id is None else named_in(study, view.theme_id),
        rows=named_in(study, view.rows),
        sort=named_in(study, view.sort),
        group=named_in(study, view.group),
        attributes=several(view.attributes),
        theme_attributes=several(view.theme_attributes),
        where=several(view.where),
        columns_where=several(view.columns_where),
        hidden_rows=several(view.hidden_rows),
        hidden_columns=several(view.hidden_columns),
    )
