"""What a decision changed, field by field, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from textual.content import Content

from workbench.model.decision import Decision
from workbench.model.records import split_key
from workbench.model.word_difference import Kept, word_difference
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
        if before is None or after is None:
            yield _field(f"    {label}", names.of_field(field, was if after is None else now), "")
        else:
            yield from _changed(field, label, was, now, names)


def _changed(field: str, label: str, was: Any, now: Any, names: Names) -> Iterator[Content]:
    """Tell what became of a field: word by word for a text, item by item for a list or a map."""
    if isinstance(was, str) and isinstance(now, str) and len(was) + len(now) > _A_TEXT:
        yield Content.assemble(content(f"  ~ {label}: ", "dim"), *edited_words(was, now))
        return
    gone, new = _items(was), _items(now)
    if gone is None or new is None:
        yield _field(f"  − {label}", names.of_field(field, was), "strike dim")
        yield _field(f"  + {label}", names.of_field(field, now), "")
        return
    yield from (_field(f"  − {label}", item, "strike dim") for item in gone if item not in new)
    yield from (_field(f"  + {label}", item, "") for item in new if item not in gone)
    if sorted(gone) == sorted(new):
        yield _field(f"  ~ {label}, in another order", names.of_field(field, now), "")


def _items(value: Any) -> list[str] | None:
    """List what a list or a map holds; None for what is neither."""
    if value is None:
        return []
    if isinstance(value, Mapping):
        return [f"{name}: {item}" for name, item in value.items()]
    return [str(item) for item in value] if isinstance(value, list | tuple) else None


def edited_words(was: str, now: str) -> Iterator[Content]:
    """Draw an edit word by word: what went in [- -], what came in {+ +}."""
    for stretch in word_difference(was, now):
        before, after = _BRACKETS[stretch.kept]
        yield content(f"{before}{stretch.words}{after}", _LOOKS[stretch.kept], newlines=True)


_A_TEXT = 60
"""Characters from which words before and after are shown as one edited text."""
_LOOKS = {Kept.SAME: "", Kept.GONE: "strike dim", Kept.NEW: "bold underline"}
_BRACKETS = {Kept.SAME: ("", ""), Kept.GONE: ("[-", "-]"), Kept.NEW: ("{+", "+}")}


def _field(label: str, value: str, style: str) -> Content:
    return Content.assemble(content(f"{label}: ", "dim"), content(value, style, newlines=True))
