"""What a decision changed, field by field, in words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from textual.content import Content

from workbench.model.decision import Decision
from workbench.model.records import split_key
from workbench.stages.naming import Names
from workbench.tui.display import content

MOST_RECORDS = 200
"""Records of one decision that are spelled out; a bulk decision may hold thousands."""


def difference(decision: Decision, names: Names, *, undone_by: int | None) -> list[Content]:
    """Tell who decided what, when and why, and every field that changed."""
    return [
        content(f"Decision {decision.seq}: {decision.action}", "bold"),
        content(f"{decision.coder}, {decision.at} (UTC), framework version {decision.framework_version}"),
        *_remarks(decision, undone_by),
        *difference_lines(decision, names),
        content(f"hash {decision.hash}", "dim"),
    ]


def _remarks(decision: Decision, undone_by: int | None) -> Iterator[Content]:
    if decision.reason:
        yield Content.assemble(content("Reason: ", "bold"), content(decision.reason, newlines=True))
    if decision.reverses is not None:
        yield content(f"Reverses decision {decision.reverses}.")
    if undone_by is not None:
        yield content(f"↶ Undone by decision {undone_by}.")


def difference_lines(decision: Decision, names: Names) -> Iterator[Content]:
    """Spell out every record and field that changed, the subject of the decision first."""
    keys = sorted(decision.keys, key=lambda key: (key != decision.subject, key))
    for key in keys[:MOST_RECORDS]:
        before, after = decision.before.get(key), decision.after.get(key)
        sign, what = ("+", "new") if before is None else ("−", "gone") if after is None else ("~", "changed")
        kind, _ = split_key(key)
        yield content("")
        yield content(f"{sign} {kind} {names.of(key, after or before)}: {what}", "bold")
        yield from _fields(before, after, names)
    if len(keys) > MOST_RECORDS:
        yield content(f"… and {len(keys) - MOST_RECORDS} records more")


def _fields(before: dict[str, Any] | None, after: dict[str, Any] | None, names: Names) -> Iterator[Content]:
    for field in {**(after or {}), **(before or {})}:
        was = None if before is None else before.get(field)
        now = None if after is None else after.get(field)
        if was == now or field == "id" or not (was or now):
            continue
        label = field.removesuffix("_id").replace("_", " ")
        if before is not None and after is not None:
            yield _field(f"  − {label}", names.of_field(field, was), "strike dim")
            yield _field(f"  + {label}", names.of_field(field, now), "")
        else:
            yield _field(f"    {label}", names.of_field(field, was if after is None else now), "")


def _field(label: str, value: str, style: str) -> Content:
    return Content.assemble(content(f"{label}: ", "dim"), content(value, style, newlines=True))
