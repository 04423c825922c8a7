"""Sheets of index editions into the study, each import as one decision."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TypeVar

from workbench.errors import NothingChanged, ReasonMissing, WrongUsage
from workbench.exchange.index_sheet import NO_CODE, IndexSheet, SheetAnswer, SheetIndicator
from workbench.exchange.index_sheet_reading import refuse_mistakes
from workbench.model.case import Case
from workbench.model.coding import Excerpt
from workbench.model.decision import Verb
from workbench.model.identity import record_id
from workbench.model.index_edition import (
    Aggregation,
    AnswerExcerpt,
    AnswerState,
    IndexAnswer,
    IndexEdition,
    Indicator,
    IndicatorMapping,
    MissingRule,
    NotApplicableRule,
    PrintedScore,
    wrong_answer,
)
from workbench.model.records import Record, key_of
from workbench.stages.editions import scale_of
from workbench.study.backup import keep_before
from workbench.study.backup_names import Why
from workbench.study.edition_queries import (
    answer_excerpts_of_edition,
    answers_of_edition,
    mappings_of_edition,
)
from workbench.study.study import Study

E = TypeVar("E", bound=StrEnum)

_DESCRIBING = ("dimension", "title", "question", "options", "weight", "competence")
"""Fields of an indicator that a sheet without their columns leaves as they are."""


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import brought."""

    edition: IndexEdition
    indicators: int
    answers: int
    scores: int
    changed: int
    """Records that were there and are otherwise now."""
    called_like_areas: tuple[str, ...] = ()
    """Numbers of indicators whose title is the name of their area: likely to be its printed score."""
    reworded: tuple[str, ...] = ()
    """Numbers of indicators that were there and have another title or question now."""

    @property
    def summary(self) -> str:
        """Say in one sentence what was brought."""
        counts = ((self.indicators, "indicator"), (self.answers, "answer"), (self.scores, "printed score"))
        told = ", ".join(f"{count} {noun}{'' if count == 1 else 's'}" for count, noun in counts)
        changed = f" Otherwise than before: {self.changed}." if self.changed else ""
        changed += f" Other title or question: {', '.join(self.reworded)}." if self.reworded else ""
        doubt = ""
        if self.called_like_areas:
            numbers = ",".join(self.called_like_areas)
            doubt = f" Called like their areas: {numbers}. If these lines print area scores, undo and say so."
        return f"{self.edition.label}: {told}.{changed}{doubt}"


def import_sheet(study: Study, sheet: IndexSheet, name: str, *, reason: str = "") -> Imported:
    """Take a sheet in: a new edition, or more of one that is there; what it does not name stays.

    Raises WrongUsage with every line that names an unknown case, code or excerpt or answers outside the
    options, and ReasonMissing where something that is there would change and no reason is given.
    """
    taking = _Taking(study, sheet, name)
    refuse_mistakes(name, taking.mistakes)
    changed = [record for record in taking.put if study.by_key(key_of(record)) is not None]
    altered = [record for record in changed if study.get(type(record), record.id) != record]
    given = reason.strip() or study.standing_reason.strip()
    count, reworded = len(altered) + len(taking.gone), tuple(_reworded(study, altered))
    if count and not given:
        told = f", with another title or question of {', '.join(reworded)}" if reworded else ""
        raise ReasonMissing(
            f"The sheet changes {count} record{'' if count == 1 else 's'} of the study{told}.",
            do="Give a reason with --reason.",
        )
    if not altered and not taking.gone and len(changed) == len(taking.put):
        raise NothingChanged
    subject = key_of(taking.edition)
    keep_before(study, Why.IMPORT)
    study.decide(Verb.IMPORT_EDITION, subject, put=taking.put, remove=taking.gone, reason=reason)
    return Imported(
        taking.edition,
        len(sheet.indicators),
        len(sheet.answers),
        len(sheet.scores),
        count,
        tuple(
            each.number
            for each in taking.put
            if isinstance(each, Indicator) and each.title.casefold() == each.area.casefold()
        ),
        reworded,
    )


def _reworded(study: Study, altered: Sequence[Record]) -> Iterator[str]:
    """Give the numbers of the indicators that say something else than before."""
    for record in altered:
        if isinstance(record, Indicator):
            before = study.get(Indicator, record.id)
            if (before.title, before.question) != (record.title, record.question):
                yield record.number


class _Taking:
    """The records that a sheet makes of a study, and its mistakes."""

    def __init__(self, study: Study, sheet: IndexSheet, name: str) -> None:
        self.mistakes: list[str] = []
        self.put: list[Record] = []
        self.gone: list[str] = []
        self._study = study
        self._sheet = sheet
        self._cases = {case.name: case.id for case in study.all(Case)}
        self.edition = self._edition(name)
        self.put.append(self.edition)
        self._there = {each.number: each for each in study.all(Indicator, edition_id=self.edition.id)}
        self._links_there: dict[str, set[str]] = {}
        for link in answer_excerpts_of_edition(study, self.edition.id):
            self._links_there.setdefault(link.answer_id, set()).add(link.excerpt_id)
        self._mapped_there: dict[str, list[IndicatorMapping]] = {}
        for mapping in mappings_of_edition(study, self.edition.id):
            self._mapped_there.setdefault(mapping.indicator_id, []).append(mapping)
        self._indicators: dict[str, Indicator] = dict(self._there)
        for described in sheet.indicators:
            self._take_indicator(described)
        for answer in sheet.answers:
            self._take_answer(answer)
        self._take_scores()
        self._look_at_answers_that_stay()

    def _edition(self, name: str) -> IndexEdition:
        said = self._sheet.edition
        index = said.get("index", "")
        if not index:
            raise WrongUsage(
                f"The sheet {name} does not say of which index it is.",
                do="Fill its column “index”, or give --index NAME.",
            )
        there = self._study.all(IndexEdition, name=index, edition=said.get("edition", ""))
        before = there[0] if there else IndexEdition(record_id("i"), index, said.get("edition", ""))
        scale, stepless = scale_of(said["scale"]) if "scale" in said else (before.scale, before.stepless)
        weights = {**before.area_weights, **self._sheet.area_weights}
        return replace(
            before,
            reference_date=said.get("reference_date", before.reference_date),
            level=said.get("level", before.level),
            source=said.get("source", before.source),
            aggregation=_chosen(Aggregation, "aggregation", said, before.aggregation),
            missing=_chosen(MissingRule, "missing", said, before.missing),
            not_applicable=_chosen(NotApplicableRule, "not_applicable", said, before.not_applicable),
            scale=scale,
            stepless=stepless,
            area_weights={area: weight for area, weight in weights.items() if weight != "1"},
        )

    def _take_indicator(self, described: SheetIndicator) -> None:
        line, number = described.line, described.number
        above = self._indicators.get(described.part_of) if described.part_of else None
        if described.part_of and above is None:
            self._mistake(line, f"the indicator {described.part_of}, which {number} is part of, is not there")
            return
        if above is not None and above.part_of is not None:
            self._mistake(line, f"{number} is part of {above.number}, which is part of another itself")
            return
        before = self._there.get(number)
        position = (
            before.position if before else max((i.position for i in self._indicators.values()), default=0) + 1
        )
        fresh = Indicator(
            before.id if before else record_id("i"),
            self.edition.id,
            number,
            described.area,
            described.title,
            position,
            described.dimension,
            described.question,
            described.options,
            described.weight,
            described.competence,
            above.id if above else None,
        )
        if before is not None:
            kept = [field for field in _DESCRIBING if field not in self._sheet.columns]
            fresh = replace(fresh, **{field: getattr(before, field) for field in kept})
        self._indicators[number] = fresh
        self.put.append(fresh)
        if "codes" in self._sheet.columns:
            self._take_mapping(described, fresh)

    def _take_mapping(self, described: SheetIndicator, indicator: Indicator) -> None:
        targets: list[str | None] = []
        for number in described.codes:
            code = self._study.framework.find(number)
            if number == NO_CODE:
                targets.append(None)
            elif code is None:
                self._mistake(described.line, f"the framework has no code {number}")
            else:
                targets.append(code.id)
        if None in targets and len(targets) > 1:
            self._mistake(
                described.line, f"{described.number} is mapped to codes or to {NO_CODE}, not to both"
            )
        if targets == [None] and not described.mapping_reason:
            self._mistake(
                described.line, f"that no code stands for {described.number} needs a mapping_reason"
            )
        before = self._mapped_there.get(indicator.id, [])
        reason = described.mapping_reason
        if "mapping_reason" not in self._sheet.columns and before:
            reason = before[0].reason
        put = [IndicatorMapping.of(indicator.id, each, reason) for each in targets]
        kept = {mapping.id for mapping in put}
        self.put += put
        self.gone += [key_of(mapping) for mapping in before if mapping.id not in kept]

    def _take_answer(self, answer: SheetAnswer) -> None:
        case_id, indicator = self._cases.get(answer.case), self._indicators.get(answer.number)
        if case_id is None:
            self._mistake(answer.line, f"“{answer.case}” is no case of this study")
            return
        if indicator is None:
            return
        if answer.state is AnswerState.ANSWERED:
            why = wrong_answer(self.edition, indicator, answer.value)
            if why:
                self._mistake(answer.line, why)
        key = IndexAnswer.key(indicator.id, case_id, answer.as_of)
        before = self._study.find(IndexAnswer, key)
        fresh = IndexAnswer(
            key,
            indicator.id,
            case_id,
            answer.as_of,
            answer.state,
            answer.value,
            answer.note,
            answer.in_force,
            answer.coder,
        )
        if before is not None:
            kept = [field for field in ("note", "in_force") if field not in self._sheet.columns]
            fresh = replace(fresh, **{field: getattr(before, field) for field in kept})
        if not fresh.coder:
            same = before is not None and replace(fresh, coder=before.coder) == before
            fresh = replace(fresh, coder=before.coder if before and same else self._study.coder)
        self.put.append(fresh)
        if "excerpts" in self._sheet.columns:
            self._take_excerpts(answer, key)

    def _take_excerpts(self, answer: SheetAnswer, key: str) -> None:
        for excerpt_id in answer.excerpts:
            if self._study.find(Excerpt, excerpt_id) is None:
                self._mistake(answer.line, f"there is no excerpt {excerpt_id}")
            else:
                self.put.append(AnswerExcerpt.of(key, excerpt_id))
        gone = self._links_there.get(key, set()) - set(answer.excerpts)
        self.gone += [key_of(AnswerExcerpt.of(key, excerpt_id)) for excerpt_id in sorted(gone)]

    def _take_scores(self) -> None:
        areas = {indicator.area for indicator in self._indicators.values()}
        for score in self._sheet.scores:
            case_id = self._cases.get(score.case)
            if case_id is None:
                self._mistake(score.line, f"“{score.case}” is no case of this study")
            elif score.area and score.area not in areas:
                self._mistake(
                    score.line, f"a score of the area {score.area} is printed, which has no indicator"
                )
            else:
                place = (self.edition.id, case_id, score.as_of, score.area)
                self.put.append(PrintedScore.of(*place, score.value))

    def _look_at_answers_that_stay(self) -> None:
        """Name the answers that new options or a new scale would leave outside."""
        indicators = {indicator.id: indicator for indicator in self._indicators.values()}
        taken = {key_of(record) for record in self.put}
        for answer in answers_of_edition(self._study, self.edition.id):
            if key_of(answer) not in taken and answer.state is AnswerState.ANSWERED:
                why = wrong_answer(self.edition, indicators[answer.indicator_id], answer.value)
                if why:
                    case = self._study.get(Case, answer.case_id).name
                    self.mistakes.append(f"An answer for {case}, {answer.as_of}, would not fit: {why}.")

    def _mistake(self, line: int, what: str) -> None:
        self.mistakes.append(f"Line {line}: {what}.")


def _chosen(kind: type[E], column: str, said: Mapping[str, str], before: E) -> E:
    written = said.get(column)
    if written is None:
        return before
    try:
        return kind(written.casefold())
    except ValueError as error:
        known = ", ".join(each.value for each in kind)
        raise WrongUsage(f"“{written}” is no rule for {column}.", do=f"Rules: {known}.") from error
