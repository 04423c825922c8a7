"""Where a thing stands in the study: the way from a decision or memo to its passage, cell, claim or code."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from workbench.model.decision import Decision
from workbench.model.records import KINDS, split_key
from workbench.model.text import Passage, Text
from workbench.study.study import Study


@dataclass(frozen=True, slots=True)
class Target:
    """A place to go to."""

    kind: str
    """`passage`, `cell`, `claim`, `document`, `node`, `indicator` or `term`."""
    first: str
    """Id of the text, the case, the claim, the document, the theme or code, the indicator or the term."""
    second: str = ""
    """Id of the code of a cell, or of the case of an indicator."""
    passage: Passage | None = None


def target_of(study: Study, decision: Decision) -> Target | None:
    """Find where the subject of a decision stands; None where it has no place or is gone."""
    return target_of_key(study, decision.subject, {**decision.before, **decision.after})


def target_of_key(study: Study, key: str, kept: Mapping[str, Any] | None = None) -> Target | None:
    """Find where a record stands; `kept` holds what the log kept of records that may be gone."""
    kind, identifier = split_key(key)
    there = study.by_key(key)
    data = there or (kept or {}).get(key)
    if kind in ("theme", "code"):
        return Target("node", identifier) if there else None
    if kind in ("claim", "document", "indicator", "term"):
        return Target(kind, identifier) if there else None
    if data is None:
        return None
    if kind in ("excerpt", "verification", "reviewed", "suggestion"):
        return Target("passage", data["text_id"], passage=Passage(data["start"], data["end"]))
    if kind == "text":
        return Target("passage", identifier, passage=Passage(0, 0)) if there else None
    if kind == "reading":
        at = int(data["stopped_at"])
        return Target("passage", data["text_id"], passage=Passage(at, at))
    return _beyond(study, data, kept)


def place_in_text(study: Study, key: str) -> tuple[str, Passage] | None:
    """Find the text in which a record stands, and where; of a document the start of its first text."""
    target = target_of_key(study, key) if key else None
    if target is None:
        return None
    if target.kind == "document":
        texts = study.all(Text, document_id=target.first)
        first = min(texts, key=lambda text: (text.is_translation, text.id), default=None)
        return (first.id, Passage(0, 0)) if first is not None else None
    return (target.first, target.passage) if target.passage is not None else None


def code_of_key(study: Study, key: str) -> str:
    """Give the id of the code that a record is or belongs to; empty where there is none."""
    kind, identifier = split_key(key)
    data = study.by_key(key) if kind in KINDS else None
    if data is None:
        return ""
    return identifier if kind == "code" else str(data.get("code_id", ""))


def _beyond(study: Study, data: Mapping[str, Any], kept: Mapping[str, Any] | None) -> Target | None:
    """Follow a record to the one it stands on."""
    if "case_id" in data and "code_id" in data:
        return Target("cell", data["case_id"], data["code_id"])
    if "source_start" in data:
        side = "source" if data["source_end"] > data["source_start"] else "target"
        passage = Passage(data[f"{side}_start"], data[f"{side}_end"])
        return Target("passage", data[f"{side}_id"], passage=passage)
    if "source_id" in data:
        return Target("passage", data["source_id"], passage=Passage(0, 0))
    if "indicator_id" in data and study.by_key(f"indicator:{data['indicator_id']}"):
        return Target("indicator", data["indicator_id"], str(data.get("case_id", "")))
    if "anchor" in data:
        return target_of_key(study, data["anchor"], kept)
    for field, kind in (("cell_id", "cell"), ("claim_id", "claim"), ("excerpt_id", "excerpt")):
        if field in data:
            return target_of_key(study, f"{kind}:{data[field]}", kept)
    return None
