"""Scored cases side by side: each with its edition, date and rules, and with what keeps them from comparing.

What is given for an indicator comes from its answers, or from the cells of the codes that it is mapped to.
Cases on different scales never share one table.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from workbench.matrix.index_scores import (
    NOTHING,
    AreaScore,
    EditionScore,
    Given,
    ScoringRules,
    rules_of,
    score_edition,
)
from workbench.model.case import Case
from workbench.model.cell import Cell, CountingRule, Status
from workbench.model.index_edition import (
    AnswerState,
    Competence,
    IndexAnswer,
    IndexEdition,
    Indicator,
    MissingRule,
)
from workbench.study import edition_queries as queries
from workbench.study.study import Study

LEVEL = "level"
"""Attribute of a case that says whether it is `national` or `local`."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """An edition with its indicators and everything that is answered in it."""

    edition: IndexEdition
    indicators: tuple[Indicator, ...]
    """In their order."""
    answers: Mapping[tuple[str, str], Mapping[str, IndexAnswer]]
    """By case id and date, then by indicator id."""
    mapped: Mapping[str, tuple[str, ...]]
    """Indicator id -> ids of the codes that stand for it; an indicator that nobody mapped is not here."""


@dataclass(frozen=True, slots=True)
class Column:
    """The scores of one case, with all that they rest on."""

    edition: IndexEdition
    case: Case
    as_of: str
    counted_from: str
    """Empty for answers; else the counting rule that the cells are counted by."""
    given: Mapping[str, Given]
    result: EditionScore

    @property
    def head(self) -> str:
        """Name the column: case, date, edition, and what it is counted from."""
        parts = [self.case.name, self.as_of, self.edition.label, self.counted_from and "from cells"]
        return " · ".join(part for part in parts if part)

    @property
    def rules(self) -> str:
        """Name the rules of the scores, with the edition, its date and its scale."""
        edition = self.edition
        dated = f", {edition.reference_date}" if edition.reference_date else ""
        counted = f"; cells counted by: {self.counted_from}" if self.counted_from else ""
        return f"{edition.label}{dated}; scale {edition.scale_words}; {self.result.rules.name}{counted}"

    def area(self, name: str) -> AreaScore | None:
        """Find the score of an area; None where the column has no such area."""
        return next((area for area in self.result.areas if area.area == name), None)


class _AnswersInTurn(Mapping[tuple[str, str], Mapping[str, IndexAnswer]]):
    """Answers by case id and date that are read when they are first asked for."""

    def __init__(self, study: Study, edition_id: str) -> None:
        self._study = study
        self._edition_id = edition_id
        self._places = dict.fromkeys(queries.answered_in_edition(study, edition_id))
        self._read: dict[tuple[str, str], Mapping[str, IndexAnswer]] = {}

    def __getitem__(self, place: tuple[str, str]) -> Mapping[str, IndexAnswer]:
        if place not in self._places:
            raise KeyError(place)
        if place not in self._read:
            answers = queries.answers_of_case(self._study, self._edition_id, *place)
            self._read[place] = {answer.indicator_id: answer for answer in answers}
        return self._read[place]

    def __iter__(self) -> Iterator[tuple[str, str]]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)


def open_sheet(study: Study, edition_id: str) -> Sheet:
    """Read an edition, and its answers case by case as they are asked for; the study must not change."""
    edition = study.get(IndexEdition, edition_id)
    indicators = tuple(study.all(Indicator, order="position", edition_id=edition_id))
    return Sheet(edition, indicators, _AnswersInTurn(study, edition_id), _mapped(study, edition_id))


def read_sheet(study: Study, edition_id: str) -> Sheet:
    """Read an edition whole; raises WrongUsage for an unknown one."""
    edition = study.get(IndexEdition, edition_id)
    indicators = tuple(study.all(Indicator, order="position", edition_id=edition_id))
    answers: dict[tuple[str, str], dict[str, IndexAnswer]] = {}
    for answer in queries.answers_of_edition(study, edition_id):
        answers.setdefault((answer.case_id, answer.as_of), {})[answer.indicator_id] = answer
    return Sheet(edition, indicators, answers, _mapped(study, edition_id))


def _mapped(study: Study, edition_id: str) -> dict[str, tuple[str, ...]]:
    mapped: dict[str, tuple[str, ...]] = {}
    for mapping in queries.mappings_of_edition(study, edition_id):
        held = mapped.setdefault(mapping.indicator_id, ())
        if mapping.code_id is not None:
            mapped[mapping.indicator_id] = (*held, mapping.code_id)
    return mapped


def column_of_answers(sheet: Sheet, case: Case, as_of: str, rules: ScoringRules | None = None) -> Column:
    """Score a case by its answers as of a date."""
    answers = sheet.answers.get((case.id, as_of), {})
    given = {indicator_id: given_by(answer) for indicator_id, answer in answers.items()}
    result = score_edition(sheet.edition, sheet.indicators, given, rules)
    return Column(sheet.edition, case, as_of, "", given, result)


def given_by(answer: IndexAnswer) -> Given:
    """Give what an answer says."""
    return Given(answer.state, Fraction(answer.value) if answer.state is AnswerState.ANSWERED else None)


def column_of_cells(
    study: Study, sheet: Sheet, case: Case, counting: CountingRule, rules: ScoringRules | None = None
) -> Column:
    """Score a case by the statuses of its own cells, through the mapping of indicators to codes.

    A status that counts 0 has the lowest value of the scale, one that counts 1 the highest.
    """
    scoring = rules or rules_of(sheet.edition)
    statuses = {status.id: status for status in study.all(Status)}
    cells = {cell.code_id: cell for cell in study.all(Cell, case_id=case.id)}
    counted = _Counted(study, sheet, {c: statuses.get(cells[c].status_id or "") for c in cells}, counting)
    whole = scoring.missing is not MissingRule.DROP
    given = {
        each.id: counted.given(each, whole=whole) for each in sheet.indicators if each.id in sheet.mapped
    }
    as_of = case.attributes.get("reference date", "")
    result = score_edition(sheet.edition, sheet.indicators, given, scoring)
    return Column(sheet.edition, case, as_of, counting.label, given, result)


class _Counted:
    """What the cells of one case count for indicators."""

    def __init__(
        self, study: Study, sheet: Sheet, statuses: Mapping[str, Status | None], counting: CountingRule
    ) -> None:
        self._framework = study.framework
        self._sheet = sheet
        self._statuses = statuses
        self._counting = counting

    def given(self, indicator: Indicator, *, whole: bool) -> Given:
        """Count the cells of an indicator's codes; with `whole` one without a value leaves it missing."""
        codes = {
            code.id: self._framework.number(code)
            for mapped in self._sheet.mapped[indicator.id]
            for code in self._framework.resolve(mapped)
        }
        if not codes:
            return Given(AnswerState.MISSING, told="no code stands for it")
        held = [self._statuses.get(code_id) for code_id in codes]
        inside = [status for status in held if status is None or status.in_denominator]
        told = f"code{'s' if len(codes) > 1 else ''} {', '.join(codes.values())}"
        if not inside:
            return Given(AnswerState.NOT_APPLICABLE, told=told)
        values = [None if status is None else status.value(self._counting.id) for status in inside]
        known = [value for value in values if value is not None]
        if not known or (whole and len(known) < len(values)):
            return Given(AnswerState.MISSING, told=f"{told}, without a value")
        if len(known) < len(held):
            told += f", {len(known)} of {len(held)} with a value"
        share = sum(known, start=Fraction(0)) / len(known)
        lowest, highest = self._sheet.edition.lowest, self._sheet.edition.highest
        return Given(AnswerState.ANSWERED, lowest + share * (highest - lowest), told)


def tables_of(columns: Iterable[Column]) -> list[list[Column]]:
    """Divide columns so that only those on one scale, and summed or averaged alike, share a table."""
    tables: dict[tuple[Fraction, Fraction, bool], list[Column]] = {}
    for column in columns:
        edition, summed = column.edition, column.result.rules.aggregation == "sum"
        tables.setdefault((edition.lowest, edition.highest, summed), []).append(column)
    return list(tables.values())


def warnings_of(columns: Sequence[Column]) -> list[str]:
    """Say in sentences what keeps columns from being compared; nothing where nothing does."""
    warnings = []
    differing = (
        ("Different editions", [column.edition.label for column in columns]),
        ("Different scales, so different tables", [column.edition.scale_words for column in columns]),
        ("Different dates", [column.as_of or "no date" for column in columns]),
        ("Different rules", [column.result.rules.name for column in columns]),
        ("Different sources", [column.counted_from or "answers" for column in columns]),
        ("Different levels of government", [_level(column) for column in columns]),
    )
    for what, said in differing:
        if len(set(said)) > 1:
            heads: dict[str, list[str]] = {}
            for column, words in zip(columns, said, strict=True):
                heads.setdefault(words, []).append(column.case.name)
            told = "; ".join(f"{words}: {', '.join(dict.fromkeys(names))}" for words, names in heads.items())
            warnings.append(f"{what}. {told}.")
    return warnings + [warning for column in columns for warning in _own_warnings(column)] + _unlike(columns)


def _level(column: Column) -> str:
    return column.case.attributes.get(LEVEL, "").strip() or "no level named"


def _own_warnings(column: Column) -> list[str]:
    warnings, edition = [], column.edition
    if column.as_of and edition.reference_date and column.as_of != edition.reference_date:
        warnings.append(f"{column.head}: the edition is as of {edition.reference_date}.")
    level = column.case.attributes.get(LEVEL, "").strip()
    if level and edition.level and level.casefold() != edition.level.casefold():
        warnings.append(f"{column.head}: the edition asks about the {edition.level} level, not {level}.")
    if level.casefold() == "local":
        beyond = [
            indicator.number
            for area in column.result.areas
            for indicator, _ in area.indicators
            if indicator.competence in (Competence.NATIONAL, Competence.NONE)
            and column.given.get(indicator.id, NOTHING).state is AnswerState.ANSWERED
        ]
        if beyond:
            warnings.append(f"{column.head}: answered although beyond what it decides: {', '.join(beyond)}.")
    return warnings


def _unlike(columns: Sequence[Column]) -> list[str]:
    """Say where columns of one edition do not count the same indicators."""
    warnings = []
    by_edition: dict[str, list[Column]] = {}
    for column in columns:
        by_edition.setdefault(column.edition.id, []).append(column)
    for held in by_edition.values():
        counted = {
            frozenset(i for i, given in column.given.items() if given.state is AnswerState.ANSWERED)
            for column in held
        }
        if len(counted) > 1:
            told = "; ".join(f"{column.head}: {column.result.overall.k_of_n}" for column in held)
            warnings.append(f"Not the same indicators are answered. {told}.")
    return warnings
