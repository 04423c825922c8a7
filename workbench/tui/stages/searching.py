"""One search under way: in a thread with a connection of its own, handing over what it finds in batches."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from workbench.errors import WorkbenchError
from workbench.model.text import Passage
from workbench.tui.widgets.hit_list import Found

if TYPE_CHECKING:
    from workbench.stages.search_scope import Place
    from workbench.study.study import Study

CODINGS = "codings"
"""The mode that searches codings instead of texts."""
MODES = {
    "plain": "words as they stand, anywhere",
    "phrase": "whole words in order, across line breaks",
    "regex": "a regular expression",
    "lemma": "words in any of their forms",
    CODINGS: "codes together: 1.2 AND 2.1, 1.2 NEAR/sentence 2.1, 1.2 NOT 3",
}
MOST = 20_000
"""Hits after which a search stops."""
_BATCH_SECONDS = 0.1


@dataclass(frozen=True, slots=True)
class Asked:
    """What is searched for, how and where."""

    words: str
    mode: str = "plain"
    within: frozenset[str] = frozenset()
    """Ids of texts, documents or cases; empty for the whole corpus."""
    condition: str = ""
    """`case.NAME=VALUE` or `document.NAME=VALUE`: an attribute that the case or document must have."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a search ended."""

    texts: int = 0
    """Texts that were to be searched."""
    failure: str = ""
    """Why it could not begin or go on."""
    remarks: tuple[str, ...] = ()
    """What was left out."""
    is_full: bool = False
    """Whether it stopped because there was too much."""


def search(
    shown: Study,
    asked: Asked,
    *,
    deliver: Callable[[list[Found]], None],
    stopped: Callable[[], bool],
) -> Outcome:
    """Search the study that is shown and deliver what is found as it comes; the first hit at once."""
    from workbench.study.faults import told_plainly
    from workbench.study.file import once_more

    try:
        with told_plainly(shown.path, safe="Nothing was changed."), once_more(shown) as study:
            return _run(study, asked, deliver, stopped)
    except WorkbenchError as error:
        return Outcome(failure=str(error))


def _run(
    study: Study, asked: Asked, deliver: Callable[[list[Found]], None], stopped: Callable[[], bool]
) -> Outcome:
    hits, texts, left_out = _hits(study, asked, stopped)
    batch: list[Found] = []
    count, sent, failure = 0, 0.0, ""
    try:
        for hit in hits:
            count += 1
            batch.append(hit)
            if time.monotonic() - sent > _BATCH_SECONDS:
                deliver(batch)
                batch, sent = [], time.monotonic()
            if count >= MOST:
                break
    except WorkbenchError as error:
        failure = str(error)
    if batch:
        deliver(batch)
    remarks = tuple(f"{number} texts were left out. {why}" for why, number in left_out.items())
    return Outcome(texts, failure, remarks, is_full=count >= MOST)


def _hits(
    study: Study, asked: Asked, stopped: Callable[[], bool]
) -> tuple[Iterator[Found], int, dict[str, int]]:
    from workbench.stages.coding_search import search_codings
    from workbench.stages.search import Mode, Query, Search
    from workbench.stages.search_scope import Scope, condition_of, places_in

    conditions = (condition_of(asked.condition),) if asked.condition else ()
    scope = Scope(within=asked.within, conditions=conditions)
    if asked.mode == CODINGS:
        passages = search_codings(study, asked.words, scope, stopped=stopped)
        labels = study.framework.number
        found = (
            _found(
                each.place,
                each.excerpt.passage,
                ", ".join(map(labels, each.codes)) + "  ",
                each.excerpt.quote,
                "",
            )
            for each in passages
        )
        return found, len(places_in(study, scope)), {}
    run = Search(study, Query(asked.words, Mode(asked.mode)), scope, context=80)
    hits = run.hits(stopped=stopped)
    found = (_found(hit.place, hit.passage, hit.before, hit.words, hit.after) for hit in hits)
    return found, len(run.places), run.left_out


def _found(place: Place, passage: Passage, before: str, words: str, after: str) -> Found:
    cases = ", ".join(case.name for case in place.cases)
    return Found(place.text, place.document.key, cases, passage, before, words, after)
