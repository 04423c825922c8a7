"""What became of all that stood on a replaced text, in sentences."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from workbench.language.anchoring import Found
from workbench.model.decision import Verb
from workbench.model.text import Text
from workbench.stages.carrying import REVIEWED, VERIFIED
from workbench.stages.revising import Revision, Waiting
from workbench.study.study import Study

_SHOWN = 60
"""Characters of a passage that is listed."""
_NAMES = {REVIEWED: "Passages marked as reviewed", VERIFIED: "Verifications"}


def revision_summary(revision: Revision) -> str:
    """Say in a sentence or a few what was carried and what was not."""
    told = ["The text that was replaced has no excerpts."]
    if revision.excerpts:
        counts = Counter(each.outcome.found for each in revision.excerpts)
        said = ", ".join(f"{counts[found]} {found.value}" for found in Found)
        told = [f"Excerpts of the text that was replaced: {said}."]
    for what, name in _NAMES.items():
        carried = [each.is_carried for each in revision.passages if each.what == what]
        if carried:
            told.append(f"{name}: {sum(carried)} carried, {len(carried) - sum(carried)} not.")
    return " ".join(told)


def not_carried(revision: Revision) -> Iterator[str]:
    """List what did not come along, excerpts first, each with the why."""
    for each in revision.excerpts:
        if each.outcome.found is not Found.CARRIED:
            yield f"{each.outcome.found}: “{_short(each.excerpt.quote)}” {each.outcome.why}"
    for one in revision.passages:
        if not one.is_carried:
            yield f"{one.what} by {one.by}: “{_short(one.words)}” {one.outcome.why}"


def waits(revision: Revision) -> bool:
    """Tell whether an excerpt stayed behind and somebody has to look at it."""
    return any(each.outcome.found is not Found.CARRIED for each in revision.excerpts)


def _short(words: str) -> str:
    flat = " ".join(words.split())
    return flat if len(flat) <= _SHOWN else f"{flat[: _SHOWN - 1]}…"


def decided_of(study: Study, waiting: Sequence[Waiting]) -> tuple[int, int]:
    """Count the decided ones of all excerpts that stayed behind when the latest versions came, and all."""
    kept = sum(each.is_kept for each in waiting)
    latest = {f"text:{text.id}" for text in study.all(Text) if text.revises is not None}
    latest -= {f"text:{text.revises}" for text in study.all(Text)}
    placed = {
        key
        for decision in study.decisions(action=Verb.PLACE_EXCERPT.label)
        if decision.subject in latest and study.undone_by(decision.seq) is None
        for key in decision.keys
        if key.startswith("excerpt:")
    }
    return kept + len(placed), len(waiting) + len(placed)
