"""What the screen of index scores shows: the levels of an edition as lines, its cases as columns."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from workbench.model.case import Case
from workbench.model.cell import DESCRIBED, Cell, CountingRule, Status
from workbench.model.index_edition import Aggregation, AnswerState, IndexAnswer, Indicator
from workbench.tui.display import shortened

if TYPE_CHECKING:
    from workbench.matrix.index_columns import Column
    from workbench.matrix.index_scores import ScoringRules
    from workbench.study.study import Study

_DECIMALS = 2


@dataclass(frozen=True, slots=True)
class Line:
    """One line: the overall score, an area, a dimension, an indicator or a part of one."""

    label: str
    depth: int
    """0 for the overall score, 1 for areas, 2 for dimensions, 3 for indicators, 4 for sub-indicators."""
    area: str = ""
    dimension: str = ""
    indicator: Indicator | None = None


class EditionView:
    """One edition under one rule; a case is scored when it is looked at."""

    def __init__(
        self,
        study: Study,
        edition_id: str,
        *,
        aggregation: Aggregation | None = None,
        counting: CountingRule | None = None,
        begun: Collection[tuple[str, str]] = (),
    ) -> None:
        """Read an edition; with a counting rule the cells of its codes are scored instead of its answers.

        `begun` names (case id, date) that are shown although nothing is answered for them yet.
        """
        from workbench.matrix.index_columns import open_sheet

        self._study = study
        self._counting = counting
        self._begun = set(begun)
        self.sheet = open_sheet(study, edition_id)
        self.edition = self.sheet.edition
        self.aggregation = aggregation or self.edition.aggregation
        self.places = self._places()
        self._columns: dict[int, Column] = {}

    def _places(self) -> list[tuple[Case, str]]:
        """List cases with their dates: those that are answered, and each other once."""
        dates: dict[str, list[str]] = {}
        for case_id, as_of in sorted({*self.sheet.answers, *self._begun}):
            dates.setdefault(case_id, []).append(as_of)
        cases = self._study.all(Case, order="position")
        if self._counting is not None:
            return [(case, self.edition.reference_date) for case in cases]
        return [(c, as_of) for c in cases for as_of in dates.get(c.id, [self.edition.reference_date])]

    @property
    def rules(self) -> ScoringRules:
        """Give the rules that the scores are made by."""
        from workbench.matrix.index_scores import rules_of

        return replace(rules_of(self.edition), aggregation=self.aggregation)

    def column(self, place: int) -> Column:
        """Score one case."""
        from workbench.matrix.index_columns import column_of_answers, column_of_cells

        if place not in self._columns:
            case, as_of = self.places[place]
            if self._counting is not None:
                column = column_of_cells(self._study, self.sheet, case, self._counting, self.rules)
            else:
                column = column_of_answers(self.sheet, case, as_of, self.rules)
            self._columns[place] = column
        return self._columns[place]

    def head(self, place: int, columns: int | None = None) -> str:
        """Name a column; where there is little room the name of the case gives way, not the date."""
        case, as_of = self.places[place]
        said = f" {as_of}".rstrip() if self._counting is None else " (cells)"
        return (case.name if columns is None else shortened(case.name, columns - len(said))) + said

    def warnings(self, places: Collection[int]) -> list[str]:
        """Say what keeps the cases in sight from being compared; those without any answer play no part."""
        from workbench.matrix.index_columns import warnings_of

        columns = [self.column(place) for place in places]
        return warnings_of([column for column in columns if column.result.overall.counted])

    @cached_property
    def _parts(self) -> dict[str, list[Indicator]]:
        parts: dict[str, list[Indicator]] = {}
        for indicator in self.sheet.indicators:
            if indicator.part_of is not None:
                parts.setdefault(indicator.part_of, []).append(indicator)
        return parts

    def lines(self, opened: Collection[str]) -> list[Line]:
        """List the lines with some areas opened into their indicators."""
        areas: dict[str, list[Indicator]] = {}
        for indicator in self.sheet.indicators:
            if indicator.part_of is None:
                areas.setdefault(indicator.area, []).append(indicator)
        lines = [Line("Overall", 0)]
        for area, indicators in areas.items():
            lines.append(Line(area, 1, area))
            if area in opened:
                lines += self._opened(area, indicators)
        return lines

    def _opened(self, area: str, indicators: list[Indicator]) -> list[Line]:
        lines: list[Line] = []
        grouped = self.aggregation is Aggregation.DIMENSIONS
        ordered: dict[str, list[Indicator]] = {}
        for indicator in indicators:
            ordered.setdefault(indicator.dimension if grouped else "", []).append(indicator)
        for dimension, held in ordered.items():
            if grouped:
                lines.append(Line(dimension or "(no dimension)", 2, area, dimension))
            for indicator in held:
                lines.append(Line(indicator.label, 3, area, indicator=indicator))
                lines += [
                    Line(part.label, 4, area, indicator=part) for part in self._parts.get(indicator.id, [])
                ]
        return lines

    def told(self, line: Line, place: int) -> str:
        """Say a line for one case: its score and how many indicators count, or the answer."""
        from workbench.exchange.index_scores import printed_score
        from workbench.matrix.rounding import Rounding

        column, rounding = self.column(place), Rounding(decimals=_DECIMALS)
        if line.indicator is not None:
            given = column.given.get(line.indicator.id)
            if given is None:
                return "·"
            answered = given.state is AnswerState.ANSWERED
            return rounding.printed(given.value) if answered else given.state.value
        score = column.result.overall
        if line.area:
            area = column.area(line.area)
            if area is None:
                return ""
            score = dict(area.dimensions)[line.dimension] if line.depth == 2 else area.score
        return f"{printed_score(score, rounding)}  {score.counted}/{score.listed}"

    def answer(self, indicator: Indicator, place: int) -> IndexAnswer | None:
        """Give the answer to an indicator for one case."""
        case, as_of = self.places[place]
        return self.sheet.answers.get((case.id, as_of), {}).get(indicator.id)

    def codes(self, indicator: Indicator) -> list[str]:
        """List the ids of the codes that stand for an indicator now."""
        mapped = self.sheet.mapped.get(indicator.id, ())
        found = [code.id for code_id in mapped for code in self._study.framework.resolve(code_id)]
        return list(dict.fromkeys(found))

    def details(self, line: Line, place: int) -> list[tuple[str, str]]:
        """Say what stands behind a line for one case, as heading and words."""
        column = self.column(place)
        if line.indicator is None:
            score = column.result.overall
            if line.area and (area := column.area(line.area)) is not None:
                score = dict(area.dimensions)[line.dimension] if line.depth == 2 else area.score
            exact = "undefined" if score.value is None else str(score.value)
            weight = self.edition.area_weights.get(line.area, "")
            found = [("", self.head(place)), ("exact", exact), ("counts", score.k_of_n)]
            return [*found, *([("weight", weight)] if weight else []), ("by", column.rules)]
        return [*self._answered(line.indicator, place), *self._question(line.indicator)]

    def _question(self, indicator: Indicator) -> list[tuple[str, str]]:
        options = "; ".join(f"{value} {words}".strip() for value, words in indicator.choices)
        found = [
            ("question", indicator.question),
            ("options", options or self.edition.scale_words),
            ("dimension", indicator.dimension),
            ("weight", indicator.weight if indicator.weight != "1" else ""),
            ("competence", indicator.competence.value),
        ]
        return [(heading, words) for heading, words in found if words]

    def _answered(self, indicator: Indicator, place: int) -> list[tuple[str, str]]:
        from workbench.model.coding import Excerpt
        from workbench.model.index_edition import AnswerExcerpt

        study, case = self._study, self.places[place][0]
        found = [("", self.head(place))]
        answer = self.answer(indicator, place)
        if answer is not None:
            told = [
                answer.words,
                answer.note,
                answer.in_force and f"in force {answer.in_force}",
                answer.coder,
            ]
            found.append(("answer", " · ".join(part for part in told if part)))
            for link in study.all(AnswerExcerpt, answer_id=answer.id):
                found.append(("rests on", study.get(Excerpt, link.excerpt_id).quote))
        given = self.column(place).given.get(indicator.id)
        if given is not None and given.told:
            found.append(("from cells", given.told))
        if indicator.id not in self.sheet.mapped:
            return [*found, ("codes", "not mapped yet")]
        codes = self.codes(indicator)
        for code_id in codes:
            cell = study.find(Cell, Cell.key(case.id, code_id))
            status = study.find(Status, cell.status_id) if cell is not None and cell.status_id else None
            label = study.framework.label(study.framework.codes[code_id])
            without = "not assessed" if cell is None else DESCRIBED
            found.append(("code", f"{label}: {status.label if status else without}"))
        return found if codes else [*found, ("codes", "none stands for it")]
