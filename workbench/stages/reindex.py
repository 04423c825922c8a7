"""The queue of codings to look at again, because the framework is no longer what they were made under.

Nothing is stored for it: the log tells under which definition a coder last looked at a coding, and the
framework tells what the definition is now.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from operator import itemgetter
from typing import Any

from workbench.model.coding import Coding
from workbench.model.decision import LOOKS_AT_CODINGS, Decision, Verb
from workbench.model.framework import CodeState
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

    @property
    def why(self) -> str:
        """Tell in words what happened since: verb, reason, coder and number of each decision."""
        return "; ".join(
            f"{cause.action}: {cause.reason} ({cause.coder}, decision {cause.seq})" for cause in self.causes
        )


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
    head = study.head.count
    found = []
    for coding in codings.values():
        seen = looks.get(coding.id, 0)
        then = next((code_id for seq, code_id in moved.get(coding.id, ()) if seq > seen), coding.code_id)
        code = study.framework.codes[coding.code_id]
        same = then == code.id and codes.at(then, seen) == codes.at(code.id, head)
        if not same or code.state is CodeState.RETIRED:
            causes = [cause for cause in codes.causes({then, coding.code_id}) if cause.seq > seen]
            found.append(Waiting(coding, tuple(_standing(study, causes))))
    order = {code.id: number for number, code in enumerate(study.framework.ordered_codes())}
    return sorted(found, key=lambda each: (order[each.coding.code_id], each.coding.id))


class _Definitions:
    """What each code was defined as after each decision on it."""

    def __init__(self, decisions: Iterable[Decision]) -> None:
        self._states: dict[str, list[tuple[int, Any]]] = {}
        self._causes: dict[str, list[Decision]] = {}
        for decision in decisions:
            for key in decision.keys:
                kind, _, identifier = key.partition(":")
                if kind == "code":
                    self._add(identifier, decision, decision.after.get(key))

    def _add(self, code_id: str, decision: Decision, data: Mapping[str, Any] | None) -> None:
        state = None if data is None else _meaning(data)
        states = self._states.setdefault(code_id, [])
        if not states or states[-1][1] != state:
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

    def causes(self, code_ids: Iterable[str]) -> list[Decision]:
        """List the decisions that changed any of the codes, in order."""
        found = {cause.seq: cause for code_id in code_ids for cause in self._causes.get(code_id, ())}
        return [found[seq] for seq in sorted(found)]


def _meaning(data: Mapping[str, Any]) -> tuple[Any, ...]:
    """Give what decides borderline cases of a code, and whether it may be applied at all."""
    retired = data.get("state") == CodeState.RETIRED
    return (retired, *(_frozen(data.get(name)) for name in DEFINING))


def _frozen(value: Any) -> Any:
    return tuple(sorted(value.items())) if isinstance(value, dict) else value


def _moved(decisions: Iterable[Decision]) -> dict[str, list[tuple[int, str]]]:
    """Map codings to the decisions on codes that gave them another one: (decision, the code before)."""
    moved: dict[str, list[tuple[int, str]]] = {}
    for decision in decisions:
        for key, data in decision.before.items():
            after = decision.after.get(key)
            if key.startswith("coding:") and after is not None and after["code_id"] != data["code_id"]:
                moved.setdefault(data["id"], []).append((decision.seq, data["code_id"]))
    return moved


def _standing(study: Study, causes: Iterable[Decision]) -> list[Decision]:
    """Leave out what was undone since, and the undoing of it."""
    return [
        cause for cause in causes if cause.action not in _REVERSALS and study.undone_by(cause.seq) is None
    ]
