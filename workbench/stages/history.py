"""History: undo, redo and what happened to a record."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from itertools import islice, pairwise
from typing import Any

from workbench.errors import Refused, WrongUsage
from workbench.model.decision import PASSED_OVER_BY_UNDO, Decision, Verb, as_in_log
from workbench.model.decision_filter import DecisionFilter
from workbench.model.records import from_json, split_key
from workbench.stages.invariants import BrokenRule, broken_rules
from workbench.study.chart_queries import decisions_about_cell
from workbench.study.decision_finding import DecisionFinder, decisions_numbered
from workbench.study.queries import latest_redoable, latest_undoable, times_of_decisions
from workbench.study.study import Missing, StillInUse, Study, Taken

_PASSED_OVER = tuple(sorted(verb.label for verb in PASSED_OVER_BY_UNDO))
_NO_OBSTACLE_TO_REDO = tuple(
    verb.label for verb in (Verb.RECORD_PROGRESS, Verb.SET_BOOKMARKS, Verb.UNDO, Verb.REDO)
)

_AT_ONCE = 500
"""Decisions read at a time."""


def undo(study: Study, seq: int | None = None) -> Decision:
    """Reverse the current coder's latest standing decision, or a given one, as a new decision.

    Raises Refused where there is nothing to undo, or where later work rests on it, and names that work.
    """
    if seq is None:
        seq = latest_undoable(study, study.coder, _PASSED_OVER)
        if seq is None:
            raise Refused("There is nothing of yours to undo.")
    decision = study.decision(seq)
    if decision.action == Verb.RESTORE_BACKUP.label:
        raise Refused("A restore is not undone by a decision.", do="Use workbench restore STUDY --back.")
    if decision.action in (Verb.UNDO.label, Verb.REDO.label, Verb.CREATE_STUDY.label):
        raise Refused(f"Decision {seq} ({decision.action}) cannot be undone.")
    if study.undone_by(seq) is not None:
        raise Refused(f"Decision {seq} is already undone.")
    return _turn(study, decision, Verb.UNDO, now=decision.after, then=decision.before)


def redo(study: Study) -> Decision:
    """Make the current coder's last undone decision again; refused once they have decided anything since."""
    seq = latest_redoable(study, study.coder, _NO_OBSTACLE_TO_REDO)
    if seq is None:
        raise Refused("There is nothing of yours to redo.")
    decision = study.decision(seq)
    return _turn(study, decision, Verb.REDO, now=decision.before, then=decision.after)


def _turn(
    study: Study, decision: Decision, verb: Verb, *, now: Mapping[str, Any], then: Mapping[str, Any]
) -> Decision:
    changed = [key for key in sorted(decision.keys) if study.by_key(key) != now.get(key)]
    if changed:
        raise _rests_on(study, decision, verb, changed)
    put = [from_json(split_key(key)[0], data) for key, data in then.items()]
    gone = [key for key in sorted(now) if key not in then]
    try:
        with study.transaction():
            turned = study.decide(verb, decision.subject, put=put, remove=gone, reverses=decision.seq)
            for broken in broken_rules(study, turned):
                raise broken
    except (StillInUse, Missing, Taken, BrokenRule) as error:
        raise _rests_on(study, decision, verb, error.holders, why=error.what) from error
    return turned


def _rests_on(study: Study, decision: Decision, verb: Verb, keys: Sequence[str], *, why: str = "") -> Refused:
    """Name the later decisions that stand in the way, latest first."""
    touches = {seq for key in keys if (seq := study.last_touch(key)) is not None}
    later = sorted((seq for seq in touches if seq > decision.seq), reverse=True)
    named = [study.decision(seq) for seq in later[:3]]
    shown = "; ".join(f"{d.seq} {d.action} by {d.coder}" for d in named)
    more = f" and {len(later) - 3} more" if len(later) > 3 else ""
    because = f"{why} Later work" if why else "later work"
    return Refused(
        f"Cannot {verb.label} {decision.seq} ({decision.action}): {because} rests on it: {shown}{more}.",
        do=f"Undo that first: decision {later[0]}." if later else "",
    )


def history_of(study: Study, key: str) -> list[Decision]:
    """List every decision that touched a record, oldest first.

    Those about a cell are also those about what hangs on it: links, quotes, searches and footnotes.
    """
    kind, identifier = split_key(key)
    if kind == "cell":
        case_id, _, code_id = identifier.partition(".")
        return decisions_about_cell(study, case_id, code_id)
    return study.decisions(key=key)


def finder(study: Study) -> DecisionFinder:
    """Give what finds decisions; in a thread, of a study that the thread has opened for itself."""
    from workbench.language.folding import folding

    fold = folding().fold_character
    return DecisionFinder(study, lambda words: words.lower() if words.isascii() else fold(words))


def decisions_that_fit(
    study: Study, wanted: DecisionFilter, *, latest: int | None = None
) -> Iterator[Decision]:
    """Read the decisions that fit, in order; `latest` keeps only so many from the end."""
    seqs = list(islice(finder(study).find(wanted), latest))[::-1]
    for first in range(0, len(seqs), _AT_ONCE):
        yield from decisions_numbered(study, seqs[first : first + _AT_ONCE])


_ALONE = frozenset({"case", "document", "text", "theme", "code", "setting", "status", "rule"})
"""Kinds of record that so much belongs to that their own decisions are asked for by themselves."""


def asking_about(key: str) -> DecisionFilter:
    """Ask for the decisions about a record: its own, or with those about what belongs to it."""
    alone = split_key(key)[0] in _ALONE
    return DecisionFilter(key=key) if alone else DecisionFilter(about=(key,))


def moment_of(given: str, *, end: bool = False) -> datetime:
    """Read a time, in UTC unless it says otherwise; a day alone is its beginning or its end.

    Raises WrongUsage for what is no time.
    """
    try:
        at = datetime.fromisoformat(given.strip())
        if end and re.fullmatch(r"[\d-]+", given.strip()):
            at += timedelta(days=1, milliseconds=-1)
        return at.replace(tzinfo=at.tzinfo or UTC).astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise WrongUsage(f"{given} is no time.", do="Write it as 2025-04-01 or 2025-04-01T09:30.") from error


def time_in_log(given: str, *, end: bool = False) -> str:
    """Write a time that was typed as the log writes times; nothing stays nothing."""
    return as_in_log(moment_of(given, end=end)) if given.strip() else ""


def decision_of(study: Study, given: str) -> int:
    """Find the decision that is meant: by its number, or the last one until a time."""
    if given.strip().isdecimal():
        return study.decision(int(given)).seq
    return decision_at(study, moment_of(given, end=True))


def decision_at(study: Study, moment: datetime) -> int:
    """Find the last decision made until a moment (with time zone).

    Raises WrongUsage where the study did not exist yet, and where a clock that ran backwards leaves it open.
    """
    times = [(seq, datetime.fromisoformat(at)) for seq, at in times_of_decisions(study)]
    later = next((place for place, (_, at) in enumerate(times) if at > moment), len(times))
    if any(at <= moment for _, at in times[later:]):
        raise WrongUsage(
            f"A clock ran backwards after decision {times[later][0]}, so that time names no one state.",
            do="Name a decision by its number; log show lists them with their times.",
        )
    if later == 0:
        raise WrongUsage(f"The study did not exist at {moment.isoformat()}.")
    return times[later - 1][0]


def backward_steps(study: Study) -> list[tuple[int, str, str]]:
    """List the decisions that are dated before the one they follow: (number, time, time before)."""
    times = times_of_decisions(study)
    return [(seq, at, before) for (_, before), (seq, at) in pairwise(times) if at < before]
