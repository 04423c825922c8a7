"""Conditions that the rows of a chart can meet: `NAME=value`, `NAME!=value`, or a code and a status."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from workbench.errors import WrongUsage
from workbench.matrix.chart import Chart
from workbench.model.cell import DESCRIBED

Meets = Callable[[Mapping[str, str], Sequence[str]], bool]
"""Asks of a row by its attributes and its case ids."""

_FORM = re.compile(r"(.+?)\s*(!?=)\s*(.*)", re.DOTALL)
NOT_ASSESSED = "not assessed"


def condition_of(
    words: str, names: Sequence[str], chart: Chart, status_of: Callable[[str, str], str | None]
) -> Meets:
    """Read a condition; an attribute comes before a code of the same name.

    `status_of` gives the status id of a case and a code, empty where the cell has none and None where there
    is no cell. A row meets a condition on a code where any of its cells does. Raises WrongUsage for a form,
    name or status that is not there.
    """
    name, is_not, wanted = _taken_apart(words)
    if name in names:
        return lambda values, _: _equal(values.get(name, ""), wanted) != is_not
    code = chart.framework.find(name)
    if code is None or code not in chart.codes:
        known = ", ".join(names) or "none"
        raise WrongUsage(f"There is no attribute or code {name} in this chart. Attributes: {known}.")
    answers = _answers(chart, wanted)
    return lambda _, cases: any(status_of(case, code.id) in answers for case in cases) != is_not


def theme_condition_of(words: str, names: Sequence[str]) -> Callable[[Mapping[str, str]], bool]:
    """Read a condition on attributes of themes; raises WrongUsage for a form or name that is not there."""
    name, is_not, wanted = _taken_apart(words)
    if name not in names:
        known = ", ".join(names) or "none"
        raise WrongUsage(f"No theme has an attribute {name}. Attributes of themes: {known}.")
    return lambda values: _equal(values.get(name, ""), wanted) != is_not


def _taken_apart(words: str) -> tuple[str, bool, str]:
    """Give name, whether it is denied, and the value wanted."""
    match = _FORM.fullmatch(words.strip())
    if match is None:
        raise WrongUsage(f"“{words}” is no condition.", do="Write NAME=value or NAME!=value.")
    name, sign, value = match.groups()
    return name, sign == "!=", value.strip().casefold()


def _equal(held: str, wanted: str) -> bool:
    """Tell whether a value, or one of several in a group, is the one wanted."""
    return wanted in (held.strip().casefold(), *(part.strip().casefold() for part in held.split(";")))


def _answers(chart: Chart, wanted: str) -> tuple[str | None, ...]:
    """Give the answers that are meant: a status id, empty for a cell without one, None for no cell."""
    for status in chart.statuses:
        if wanted in (status.id.casefold(), status.label.casefold(), status.mark.casefold()):
            return (status.id,)
    without: dict[str, tuple[str | None, ...]] = {"": ("", None), NOT_ASSESSED: (None,), DESCRIBED: ("",)}
    if wanted in without:
        return without[wanted]
    known = ", ".join([*(status.id for status in chart.statuses), NOT_ASSESSED, DESCRIBED])
    raise WrongUsage(f"There is no status {wanted}. Statuses: {known}.")
