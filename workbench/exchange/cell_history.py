"""What was decided about each cell of a chart, in words: who, when, what and why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from workbench.matrix.chart import Chart
from workbench.model.cell import Cell, Status
from workbench.model.coding import Excerpt
from workbench.model.decision import Decision
from workbench.model.records import cell_id_of, split_key
from workbench.study import chart_queries as queries
from workbench.study.study import Study

_FIELDS = ("status_id", "status_note", "summary", "citations", "comment", "state", "stale_cause")
"""Fields of a cell that tell what was decided; the others only say who and when, as the decision does."""
_LONGEST = 40
"""Characters of an excerpt that name it."""

Data = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class CellDecision:
    """One decision as far as it is about one cell."""

    cell: str
    """The cell in words: case and code."""
    seq: int
    at: str
    coder: str
    action: str
    changes: tuple[str, ...]
    """What it changed, one thing after the other."""
    reason: str
    undone_by: int | None
    """Number of the decision that undid it; None while it stands."""


def history_of_cells(study: Study, chart: Chart) -> dict[str, tuple[CellDecision, ...]]:
    """Tell for every cell of a chart, by its id, what was decided about it, oldest first.

    The log is read once.
    """
    labels = {code.id: chart.framework.label(code) for code in chart.codes}
    names = {
        Cell.key(case.id, code_id): f"{case.name} × {label}"
        for case in chart.cases
        for code_id, label in labels.items()
    }
    undone = queries.undone_decisions(study)
    words = _Words(study, chart.statuses)
    told: dict[str, list[CellDecision]] = {}
    for decision in queries.decisions_about_cells(study):
        for cell_id, changes in _by_cell(decision, words).items():
            if cell_id not in names:
                continue
            told.setdefault(cell_id, []).append(
                CellDecision(
                    names[cell_id],
                    decision.seq,
                    decision.at,
                    decision.coder,
                    decision.action,
                    tuple(changes),
                    decision.reason,
                    undone.get(decision.seq),
                )
            )
    return {cell_id: tuple(held) for cell_id, held in told.items()}


def _by_cell(decision: Decision, words: _Words) -> dict[str, list[str]]:
    """Put what a decision changed under the cells that it is about; the cell itself comes first."""
    changes: dict[str, list[str]] = {}
    for key in sorted(decision.keys, key=lambda key: (split_key(key)[0], key)):
        before, after = decision.before.get(key), decision.after.get(key)
        cell_id = cell_id_of(key, after or before or {})
        if cell_id:
            changes.setdefault(cell_id, []).extend(words.of(split_key(key)[0], before, after))
    return changes


class _Words:
    """Says what changed about a record that a cell is made of."""

    def __init__(self, study: Study, statuses: Sequence[Status]) -> None:
        self._labels = {status.id: status.label for status in statuses}
        self._study = study
        self._excerpts = queries.words_of_linked(study, _LONGEST + 1)

    def of(self, kind: str, before: Data | None, after: Data | None) -> Iterator[str]:
        """Say it one thing at a time."""
        if kind == "cell":
            yield from self._fields(before or {}, after or {})
            return
        if after is not None:
            yield f"{'added' if before is None else 'changed'} {self._named(kind, after)}"
        elif before is not None:
            yield f"taken away {self._named(kind, before)}"

    def _fields(self, before: Data, after: Data) -> Iterator[str]:
        for name in _FIELDS:
            was, now = before.get(name), after.get(name)
            if was != now and (was or now):
                label = name.removesuffix("_id").replace("_", " ")
                told = f" (before: {self._value(name, was)})" if was else ""
                yield f"{label}: {self._value(name, now) if now else 'nothing'}{told}"

    def _value(self, name: str, value: Any) -> str:
        if name == "citations":
            return f"at {len(value)} place{'' if len(value) == 1 else 's'} of the summary"
        return self._labels.get(value, value) if name == "status_id" else str(value)

    def _named(self, kind: str, data: Data) -> str:
        if kind == "cell-excerpt":
            return f"the link to {self._excerpt(data['excerpt_id'])}"
        if kind == "cell-quote":
            return f"the quote “{data['content']}”"
        if kind == "search":
            return f"a search in vain for {'; '.join(data['terms'])}"
        return f"the footnote “{data['content']}”"

    def _excerpt(self, excerpt_id: str) -> str:
        if excerpt_id not in self._excerpts:
            held = self._study.find(Excerpt, excerpt_id)
            self._excerpts[excerpt_id] = held.quote if held else excerpt_id
        words = self._excerpts[excerpt_id].replace("\n", " ")
        return f"“{words if len(words) <= _LONGEST else words[:_LONGEST] + '…'}”"
