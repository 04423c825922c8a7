"""What is coded at one place, in words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.content import Content

from workbench.model.framework import Code, CodeState, Framework
from workbench.model.memo import Memo
from workbench.model.text import PlaceMap
from workbench.tui.display import content
from workbench.tui.reading.lanes import Highlight
from workbench.tui.theme import colour_of

if TYPE_CHECKING:
    from workbench.study.queries import PlacedCoding
    from workbench.study.study import Study

_MARK_COLUMNS = 2


def mark_of(framework: Framework, code: Code) -> str:
    """Give the sign of a code in the margin: its number without dots, or the last part of a long one."""
    number = framework.number(code).replace(".", "")
    return number if len(number) <= _MARK_COLUMNS else str(code.number)[-_MARK_COLUMNS:]


def coding_highlights(framework: Framework, codings: Sequence[PlacedCoding]) -> list[Highlight]:
    """Give one highlight per coding, in the colour of its theme."""
    looks: dict[str, tuple[str, int, str]] = {}
    for each in codings:
        code = framework.codes[each.coding.code_id]
        if code.id not in looks:
            looks[code.id] = mark_of(framework, code), colour_of(framework, code), framework.label(code)
    return [
        Highlight(
            key=each.coding.id,
            start=each.excerpt.start,
            end=each.excerpt.end,
            mark=looks[each.coding.code_id][0],
            colour=looks[each.coding.code_id][1],
            label=f"{looks[each.coding.code_id][2]} · {each.coding.coder}{_doubt(each)}",
        )
        for each in codings
    ]


def _doubt(placed: PlacedCoding) -> str:
    return " · in doubt" if placed.coding.doubtful else ""


def brief(study: Study, places: PlaceMap, codings: Sequence[PlacedCoding]) -> Content:
    """Name the codings at one place, one to a line."""
    lines = []
    for each in codings:
        memos = len(_memos(study, each))
        noted = f" · {memos} memo{'s' if memos > 1 else ''}" if memos else ""
        where = places.cite(each.excerpt.passage)
        label = study.framework.label(study.framework.codes[each.coding.code_id])
        lines.append(
            Content.assemble(
                content(label, "bold"), content(f" · {each.coding.coder} · {where}{noted}{_doubt(each)}")
            )
        )
    return Content("\n").join(lines)


def full(study: Study, places: PlaceMap, codings: Sequence[PlacedCoding]) -> Content:
    """Say everything of the codings at one place: code, definition, coder, citation, memos."""
    parts: list[Content] = []
    for each in codings:
        code = study.framework.codes[each.coding.code_id]
        parts.append(content(study.framework.label(code), "bold"))
        parts.append(
            content(f"{each.coding.coder} · {places.cite(each.excerpt.passage)}{_doubt(each)}", "dim")
        )
        if code.state is CodeState.RETIRED:
            heirs = [h for h in study.framework.resolve(code.id) if h != code]
            names = ", ".join(study.framework.label(heir) for heir in heirs)
            parts.append(content(f"retired{', now ' + names if names else ''}", "italic"))
        for label, words in (("", code.definition), ("include: ", code.include), ("exclude: ", code.exclude)):
            if words:
                parts.append(Content.assemble(content(label, "bold"), content(words, newlines=True)))
        for memo in _memos(study, each):
            parts.append(content(f"▪ {memo.kind} by {memo.coder}: {memo.content}", newlines=True))
        parts.append(Content(""))
    return Content("\n").join(parts[:-1])


def _memos(study: Study, placed: PlacedCoding) -> list[Memo]:
    from workbench.study.queries import memos_on

    return memos_on(study, placed.coding) + memos_on(study, placed.excerpt)
