"""The order of rows: by name, by an attribute, or by what they answer in a column."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction

from workbench.matrix.chart import Chart
from workbench.matrix.row_lines import BY_ATTRIBUTE, Line, known_name
from workbench.model.saved_chart import SavedChart

Key = tuple[int, Fraction, str]
StatusOf = Callable[[str, str], str | None]
"""Gives the status id of a case and a code: empty where the cell has none, None where there is no cell."""
_NUMBER = re.compile(r"[-+]?(?:[0-9]{1,3}(?:,[0-9]{3}){1,6}|[0-9]{1,30})(?:\.[0-9]{1,30})?")
_LAST = 9
"""Sort key of what has nothing to be sorted by; it stands last whichever way."""


def sorted_lines(
    chart: Chart,
    view: SavedChart,
    lines: list[Line],
    codes_of: Mapping[str, Sequence[str]],
    names: Sequence[str],
    status_of: StatusOf,
) -> tuple[list[Line], list[str]]:
    """Sort rows as a view wants it; give also what the reader should know of how it was done.

    `codes_of` maps the ids of columns to their codes, `names` are the attributes that rows have.
    """
    remarks: list[str] = []
    if not view.sort:
        return (lines[::-1] if view.descending else lines), remarks
    if view.sort == "name":
        keys = {line.id: (1, Fraction(0), line.label.casefold()) for line in lines}
    elif view.sort in codes_of:
        keys = _by_answers(chart, lines, codes_of[view.sort], status_of)
    else:
        name = view.sort.removeprefix(BY_ATTRIBUTE)
        known_name(name, names, "attribute or column")
        keys, remarks = _by_attribute(lines, name)
    given = [line for line in lines if keys[line.id][0] < _LAST]
    given.sort(key=lambda line: keys[line.id], reverse=view.descending)
    return given + [line for line in lines if keys[line.id][0] == _LAST], remarks


def _by_attribute(lines: Sequence[Line], name: str) -> tuple[dict[str, Key], list[str]]:
    """Sort by numbers where values are numbers; words stand after them."""
    keys: dict[str, Key] = {}
    words = []
    for line in lines:
        value = (line.values or {}).get(name, "").strip()
        number = number_of(value)
        if number is not None:
            keys[line.id] = (0, number, "")
        elif value:
            keys[line.id] = (1, Fraction(0), value.casefold())
            words.append(f"{line.label} (“{value}”)")
        else:
            keys[line.id] = (_LAST, Fraction(0), "")
    mixed = words and any(key[0] == 0 for key in keys.values())
    remark = f"Not every {name} is a number, so words stand apart: {', '.join(words[:3])}"
    more = f" and {len(words) - 3} more" if len(words) > 3 else ""
    return keys, [f"{remark}{more}."] if mixed else []


def number_of(value: str) -> Fraction | None:
    """Read a number as people write it, such as `804,621` or `2.9 %`; None for anything else.

    A comma parts thousands; one that parts anything else makes it words, since `2,9` may be meant either way.
    """
    plain = value.strip().removesuffix("%").strip().replace("\u2212", "-")
    return Fraction(plain.replace(",", "")) if _NUMBER.fullmatch(plain) else None


def _by_answers(
    chart: Chart, lines: Sequence[Line], code_ids: Sequence[str], status_of: StatusOf
) -> dict[str, Key]:
    """Sort by what the answers of a column count under the first rule; least first."""
    statuses = {status.id: status for status in chart.statuses}
    rule = chart.rules[0].id if chart.rules else ""
    keys: dict[str, Key] = {}
    for line in lines:
        answers = [status_of(case_id, code_id) for case_id in line.case_ids for code_id in code_ids]
        values = [statuses[answer].value(rule) for answer in answers if answer]
        known = [value for value in values if value is not None]
        first = min((statuses[answer].position for answer in answers if answer), default=0)
        keys[line.id] = (
            (0, sum(known, Fraction(0)), f"{999 - first:03}") if known else (_LAST, Fraction(0), "")
        )
    return keys
