"""Where in the study the thing stands that a decision was about."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from workbench.model.decision import Decision
from workbench.model.records import split_key
from workbench.model.text import Passage

if TYPE_CHECKING:
    from workbench.study.study import Study


@dataclass(frozen=True, slots=True)
class Target:
    """A place to go to."""

    kind: str
    """`passage`, `cell`, `claim` or `node`."""
    first: str
    """Id of the text, the case, the claim, or the theme or code."""
    second: str = ""
    """Id of the code of a cell."""
    passage: Passage | None = None


def target_of(study: Study, decision: Decision) -> Target | None:
    """Find where the subject of a decision stands; None where it has no place or is gone."""
    return _target(study, decision, decision.subject)


def _target(study: Study, decision: Decision, key: str) -> Target | None:
    kind, identifier = split_key(key)
    data = study.by_key(key) or decision.after.get(key) or decision.before.get(key)
    if kind in ("theme", "code"):
        return Target("node", identifier) if study.by_key(key) else None
    if kind == "claim":
        return Target("claim", identifier) if study.by_key(key) else None
    if data is None:
        return None
    if kind == "excerpt":
        return Target("passage", data["text_id"], passage=Passage(data["start"], data["end"]))
    if kind == "text":
        return Target("passage", identifier, passage=Passage(0, 0)) if study.by_key(key) else None
    if kind == "reading":
        at = int(data["stopped_at"])
        return Target("passage", data["text_id"], passage=Passage(at, at))
    return _beyond(study, decision, data)


def _beyond(study: Study, decision: Decision, data: dict[str, Any]) -> Target | None:
    """Follow a record to the one it stands on."""
    if "case_id" in data and "code_id" in data:
        return Target("cell", data["case_id"], data["code_id"])
    if "anchor" in data:
        return _target(study, decision, data["anchor"])
    for field, kind in (("cell_id", "cell"), ("claim_id", "claim"), ("excerpt_id", "excerpt")):
        if field in data:
            return _target(study, decision, f"{kind}:{data[field]}")
    return None
