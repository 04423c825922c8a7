"""How a status is tinted, from what the counting rules say of it."""

from __future__ import annotations

from collections.abc import Iterable

from workbench.model.cell import Status
from workbench.tui.matrix.cells import Tone


def tone_of(status: Status | None, rule_ids: Iterable[str]) -> Tone:
    """Give the tint of a status: good where every rule counts it whole, bad where none counts it at all."""
    if status is None:
        return Tone.PLAIN
    values = {value for rule in rule_ids if (value := status.value(rule)) is not None}
    if not values:
        return Tone.ATTENTION if status.in_denominator else Tone.MUTED
    if values == {1}:
        return Tone.GOOD
    return Tone.BAD if values == {0} else Tone.PARTIAL
