"""The queue of codings to look at again, because the framework is no longer what they were made under.

Nothing is stored for it: the log tells under which definition a coder last looked at a coding, and the
framework tells what the definition is now.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from operator import itemgetter
from typing import Any

from workbench.model.case import Case, CaseDocument
from workbench.model.coding import Coding, Excerpt
from workbench.model.decision import LOOKS_AT_CODINGS, Decision, Verb
from workbench.model.framework import CodeState
from workbench.model.text import Text
from workbench.stages.framework_rules import DEFINING
from workbench.study.queries import decisions_on_kind, last_looks
from workbench.study.study import Study

_LOOKS = tuple(sorted(verb.label for verb in LOOKS_AT_CODINGS))
_REVERSALS = (Verb.UNDO.label, Verb.REDO.label)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A coding to look at again, and the decisions that are the reason."""

    coding: Coding
    causes: tuple[Decision, ...]

    undone: Mapping[int, Decision] = field(default_factory=dict)
    """The decisions that causes undid or did again, by the number of the cause."""

    @property
    def why(self) -> str:
        """Tell in words what happened since: verb, reason, coder and number of each decision."""
        return "; ".join(map(self._told, self.causes))

    def _told(self, cause: Decision) -> str:
        root = self.undone.get(cause.seq)
        what = cause.action if root is None else f"{cause.action} {root.action}"
        reason = cause.reason if root is None else root.reason
        return f"{what}: {reason} ({cause.coder}, decision {cause.seq})"


def waiting_codings(study: Study) -> list[Waiting]:
    """List the codings whose code was redefined, merged, split or retired since a coder looked at them."""
    decisions = decisions_on_kind(study, "code")
    codes = _Definitions(decisions)
    moved = _moved(decisions)
    codings = {
        coding.id: coding for code_id in codes.changed for coding in study.all(Coding, code_id=code_id)
    }
    codings |= {id_: coding for id_ in moved if (coding := study.find(Coding, id_)) is not None}
    looks = last_looks(study, list(codings), _LOOKS)
    named = {decision.seq: decision for decision in decisions}
    head = study.head.count
    found = []
    for coding in codings.values():
        seen = looks.get(coding.id, 0)
        steps = [step for step in moved.get(coding.id, ()) if step.seq > seen]
        then = steps[0].before if steps else coding.code_id
        code = study.framework.codes[coding.code_id]
        same = then == code.id and _same(study, coding, codes.at(then, seen), codes.at(code.id, head))
        if not same or code.state is CodeState.RETIRED:
            retired_by = codes.retired_by(code.id) if same else None
            causes = [retired_by] if retired_by else _causes(codes, named, then, steps, seen, head)
            standing = _standing(causes)
            undone = {
                cause.seq: study.decision(cause.reverses) for cause in standing if cause.reverses is not None
            }
            found.append(Waiting(coding, tuple(standing), undone))
    order = {code.id: number for number, code in enumerate(study.framework.ordered_codes())}
    return sorted(found, key=lambda each: (order[each.coding.code_id], each.coding.id))


def _causes(
    codes: _Definitions,
    named: Mapping[int, Decision],
    then: str,
    steps: Sequence[_Step],
    seen: int,
    head: int,
) -> list[Decision]:
    """List what happened to each code while the coding stood under it, and what gave it the next one."""
    found: dict[int, Decision] = {}
    code_id, since = then, seen
    for step in steps:
        found |= {cause.seq: cause for cause in codes.causes(code_id) if since < cause.seq <= step.seq}
        found[step.seq] = named[step.seq]
        code_id, since = step.after, step.seq
    found |= {cause.seq: cause for cause in codes.causes(code_id) if since < cause.seq <= head}
    return [found[seq] for seq in sorted(found)]


class _Definitions:
    """What each code was defined as after each decision on it."""

    def __init__(self, decisions: Iterable[Decision]) -> None:
        self._states: dict[str, list[tuple[int, Any]]] = {}
        self._causes: dict[str, list[Decision]] = {}
        self._retired_by: dict[str, Decision] = {}
        for decision in decisions:
            for key in decision.keys:
                kind, _, identifier = key.partition(":")
                if kind == "code":
                    self._add(identifier, decision, decision.after.get(key))

    def _add(self, code_id: str, decision: Decision, data: Mapping[str, Any] | None) -> None:
        state = None if data is None else _meaning(data)
        states = self._states.setdefault(code_id, [])
        if not states or states[-1][1] != state:
            was = states[-1][1] if states else None
            if state is not None and state[0] and not (was is not None and was[0]):
                self._retired_by[code_id] = decision
            if states:
                self._causes.setdefault(code_id, []).append(decision)
            states.append((decision.seq, state))

    @property
    def changed(self) -> list[str]:
        """List the codes that ever became something else."""
        return list(self._causes)

    def at(self, code_id: str, seq: int) -> Any:
        """Give what a code was defined as after a decision."""
        states = self._states[code_id]
        place = bisect_right(states, seq, key=itemgetter(0))
        return states[max(0, place - 1)][1]

    def causes(self, code_id: str) -> list[Decision]:
        """List the decisions that changed a code, in order."""
        return self._causes.get(code_id, [])

    def retired_by(self, code_id: str) -> Decision | None:
        """Give the latest decision that made an applicable code a retired one."""
        return self._retired_by.get(code_id)


def _meaning(data: Mapping[str, Any]) -> tuple[Any, ...]:
    """Give whether a code may be applied at all, and what decides its borderline cases, the wordings last."""
    retired = data.get("state") == CodeState.RETIRED
    return (
        retired,
        *(data.get(name) for name in DEFINING if name != "wordings"),
        _frozen(data.get("wordings")),
    )


def _same(study: Study, coding: Coding, before: Any, now: Any) -> bool:
    """Tell whether two meanings of a code are one for a coding; the wording for another case is not its."""
    if before == now or before is None or now is None or before[:-1] != now[:-1]:
        return bool(before == now)
    text = study.get(Text, study.get(Excerpt, coding.excerpt_id).text_id)
    members = study.all(CaseDocument, document_id=text.document_id)
    names = [study.get(Case, member.case_id).name for member in members]
    wordings, wordings_now = (dict(meaning[-1] or ()) for meaning in (before, now))
    return all(wordings.get(name) == wordings_now.get(name) for name in names)


def _frozen(value: Any) -> Any:
    return tuple(sorted(value.items())) if isinstance(value, dict) else value


@dataclass(frozen=True, slots=True)
class _Step:
    """A change of the framework that gave a coding another code."""

    seq: int
    before: str
    after: str


def _moved(decisions: Iterable[Decision]) -> dict[str, list[_Step]]:
    """Map codings to the decisions on codes that gave them another one, in order."""
    moved: dict[str, list[_Step]] = {}
    for decision in decisions:
        for key, data in decision.before.items():
            after = decision.after.get(key)
            if key.startswith("coding:") and after is not None and after["code_id"] != data["code_id"]:
                step = _Step(decision.seq, data["code_id"], after["code_id"])
                moved.setdefault(data["id"], []).append(step)
    return moved


def _standing(causes: Sequence[Decision]) -> list[Decision]:
    """Leave out what cancels out: a decision with its undoing, an undoing with its redoing."""
    of_root: dict[int, list[Decision]] = {}
    for cause in causes:
        root = cause.reverses if cause.action in _REVERSALS and cause.reverses else cause.seq
        of_root.setdefault(root, []).append(cause)
    left = [events[-1] for events in of_root.values() if len(events) % 2] or list(causes)
    return sorted(left, key=lambda cause: cause.seq)
