"""Scores of index editions as rows: each carries its edition, rules, weights and date."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from workbench.matrix.index_columns import Column
from workbench.matrix.index_scores import Score
from workbench.matrix.rounding import UNDEFINED, Rounding

NOT_APPLICABLE = "not applicable"
SCORE_COLUMNS = (
    "index",
    "edition",
    "reference_date",
    "case",
    "as_of",
    "area",
    "dimension",
    "indicator",
    "competence",
    "score",
    "printed",
    "counted",
    "listed",
    "not_applicable",
    "missing",
    "counted_from",
    "scale",
    "aggregation",
    "missing_rule",
    "not_applicable_rule",
    "weights",
    "without",
    "rounding",
)


@dataclass(frozen=True, slots=True)
class ScoreLine:
    """One line of a table of scores: a level, and its score in every column."""

    label: str
    depth: int
    """0 for the overall score, 1 for areas, 2 for dimensions, 3 for indicators."""
    scores: tuple[Score | None, ...]
    """None where a column does not have the level."""
    area: str = ""
    competence: str = ""
    """Who can decide what an indicator asks about; of several editions, all that they say."""

    @property
    def heading(self) -> str:
        """Give the label with the competence beside it."""
        return f"{self.label} [{self.competence}]" if self.competence else self.label


def lines_of(columns: Sequence[Column], *, depth: int = 1) -> list[ScoreLine]:
    """List the levels of columns down to a depth: areas in the order they come in, the overall score last."""
    lines = []
    areas = dict.fromkeys(area.area for column in columns for area in column.result.areas)
    for name in areas:
        held = [column.area(name) for column in columns]
        lines.append(ScoreLine(name, 1, tuple(area.score if area else None for area in held), name))
        dimensions = dict.fromkeys(label for area in held if area for label, _ in area.dimensions)
        if depth >= 2:
            for label in dimensions:
                scores = tuple(dict(area.dimensions).get(label) if area else None for area in held)
                lines.append(ScoreLine(label or "(no dimension)", 2, scores, name))
        if depth >= 3:
            lines += _indicators(columns, name)
    overall = tuple(column.result.overall for column in columns)
    return [*lines, ScoreLine("Overall", 0, overall)]


def _indicators(columns: Sequence[Column], name: str) -> Iterator[ScoreLine]:
    held = [column.area(name) for column in columns]
    by_label = [
        {each.label: (each, score) for each, score in area.indicators} if area else {} for area in held
    ]
    for label in dict.fromkeys(label for labels in by_label for label in labels):
        found = [labels.get(label) for labels in by_label]
        said = dict.fromkeys(each[0].competence.value for each in found if each and each[0].competence.value)
        scores = tuple(each[1] if each else None for each in found)
        yield ScoreLine(label, 3, scores, name, " or ".join(said))


def printed_score(score: Score | None, rounding: Rounding) -> str:
    """Print a score; what nothing is known of is undefined, what does not apply says so."""
    if score is None:
        return ""
    return NOT_APPLICABLE if score.leaves and not score.missing else rounding.printed(score.value)


def score_rows(column: Column, rounding: Rounding, *, depth: int = 1) -> Iterator[dict[str, Any]]:
    """Give the scores of a column as rows under `SCORE_COLUMNS`, exact and printed."""
    edition, rules = column.edition, column.result.rules
    about = {
        "index": edition.name,
        "edition": edition.edition,
        "reference_date": edition.reference_date,
        "case": column.case.name,
        "as_of": column.as_of,
        "counted_from": column.counted_from or "answers",
        "scale": edition.scale_words,
        "aggregation": rules.aggregation.words,
        "missing_rule": rules.missing.words,
        "not_applicable_rule": rules.not_applicable.words,
        "weights": "edition" if rules.weighted else "none",
        "without": ", ".join(rules.without),
        "rounding": rounding.name,
    }
    for line in lines_of([column], depth=depth):
        (score,) = line.scores
        assert score is not None
        yield about | {
            "area": line.area,
            "dimension": line.label if line.depth == 2 else "",
            "indicator": line.label if line.depth == 3 else "",
            "competence": line.competence,
            "score": None if score.value is None else str(score.value),
            "printed": printed_score(score, rounding) or UNDEFINED,
            "counted": score.counted,
            "listed": score.listed,
            "not_applicable": score.outside,
            "missing": score.missing,
        }
