"""Editions of policy indices: their indicators, the rules of their scores, and the answers for cases.

An index is scored from the outside: its questions, options and rules belong to one edition of it. Numbers are
exact and written as text: `50`, `37.5`, `1/3`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction

_NUMBER = re.compile(r"-?[0-9]{1,12}(?:\.[0-9]{1,12}|/0*[1-9][0-9]{0,11})?")


class Aggregation(StrEnum):
    """How answers become scores, level by level."""

    AREAS = "areas"
    DIMENSIONS = "dimensions"
    INDICATORS = "indicators"
    SUM = "sum"

    @property
    def words(self) -> str:
        """Say the rule as every score carries it."""
        return _AGGREGATION_WORDS[self.value]


_AGGREGATION_WORDS = {
    "areas": "mean of the indicators per area, mean of the areas",
    "dimensions": "mean of the indicators per dimension, of the dimensions per area, of the areas",
    "indicators": "mean of all indicators, whatever their area",
    "sum": "sum of the indicators per area, sum of the areas",
}


class MissingRule(StrEnum):
    """What an indicator without an answer does to the scores above it."""

    DROP = "drop"
    LOWEST = "lowest"
    BLOCK = "block"

    @property
    def words(self) -> str:
        """Say the rule as every score carries it."""
        return _MISSING_WORDS[self.value]


_MISSING_WORDS = {
    "drop": "missing answers leave the mean",
    "lowest": "missing answers count the lowest value",
    "block": "a missing answer leaves the score undefined",
}


class NotApplicableRule(StrEnum):
    """What an indicator that does not apply to a case does to the scores above it."""

    DROP = "drop"
    LOWEST = "lowest"

    @property
    def words(self) -> str:
        """Say the rule as every score carries it."""
        does = "leaves the mean" if self is NotApplicableRule.DROP else "counts the lowest value"
        return f"what is not applicable {does}"


class Competence(StrEnum):
    """Who can decide what an indicator asks about."""

    NOT_SAID = ""
    NATIONAL = "national"
    SHARED = "shared"
    LOCAL = "local"
    NONE = "none"


class AnswerState(StrEnum):
    """Whether an indicator is answered for a case."""

    ANSWERED = "answered"
    MISSING = "missing"
    NOT_APPLICABLE = "not applicable"


@dataclass(frozen=True, slots=True)
class IndexEdition:
    """One edition of an index: MIPEX 2015 and MIPEX 2020 are two."""

    id: str
    name: str
    edition: str = ""
    reference_date: str = ""
    """What the answers of the edition are as of, such as `2014` or `2019-12-31`."""
    level: str = ""
    """Level of government that its questions are about, such as `national` or `local`."""
    aggregation: Aggregation = Aggregation.AREAS
    missing: MissingRule = MissingRule.DROP
    not_applicable: NotApplicableRule = NotApplicableRule.DROP
    scale: tuple[str, ...] = ("0", "50", "100")
    """Values that an answer may have, ascending."""
    stepless: bool = False
    """Whether an answer may also lie between the first and the last value of the scale."""
    area_weights: Mapping[str, str] = field(default_factory=dict)
    """Area -> weight; an area that is not named weighs 1."""
    source: str = ""

    @property
    def label(self) -> str:
        """Give name and edition as one heading."""
        return f"{self.name} {self.edition}".strip()

    @property
    def lowest(self) -> Fraction:
        """Give the lowest value of the scale."""
        return Fraction(self.scale[0])

    @property
    def highest(self) -> Fraction:
        """Give the highest value of the scale."""
        return Fraction(self.scale[-1])

    @property
    def scale_words(self) -> str:
        """Write the scale as a sheet has it: `0; 50; 100`, or `0 to 100`."""
        return f"{self.scale[0]} to {self.scale[-1]}" if self.stepless else "; ".join(self.scale)


@dataclass(frozen=True, slots=True)
class Indicator:
    """One question of an edition."""

    id: str
    edition_id: str
    number: str
    area: str
    title: str
    position: int
    dimension: str = ""
    question: str = ""
    options: Mapping[str, str] = field(default_factory=dict)
    """Value -> criterion in words; where it is empty the scale of the edition holds."""
    weight: str = "1"
    competence: Competence = Competence.NOT_SAID
    part_of: str | None = None
    """Id of the indicator that it is a sub-indicator of."""

    @property
    def choices(self) -> list[tuple[str, str]]:
        """List its own options with their criteria, the lowest value first."""
        return sorted(self.options.items(), key=lambda option: Fraction(option[0]))

    @property
    def label(self) -> str:
        """Give number and title as one heading."""
        return f"{self.number} {self.title}".strip()


@dataclass(frozen=True, slots=True)
class IndicatorMapping:
    """A code that stands for an indicator in the framework, or the statement that none does."""

    id: str
    indicator_id: str
    code_id: str | None
    """None where no code does, for the reason given."""
    reason: str = ""

    @classmethod
    def of(cls, indicator_id: str, code_id: str | None, reason: str) -> IndicatorMapping:
        """Join an indicator and a code under the one id they can have together."""
        return cls(f"{indicator_id}.{code_id or 'none'}", indicator_id, code_id, reason)


@dataclass(frozen=True, slots=True)
class IndexAnswer:
    """The answer to an indicator for one case, as of one date."""

    id: str
    indicator_id: str
    case_id: str
    as_of: str
    state: AnswerState
    value: str = ""
    """Empty unless it is answered."""
    note: str = ""
    in_force: str = ""
    """Since when what is answered holds."""
    coder: str = ""

    @staticmethod
    def key(indicator_id: str, case_id: str, as_of: str) -> str:
        """Name the one answer that an indicator can have for a case as of a date."""
        return f"{indicator_id}.{case_id}.{as_of}"

    @property
    def words(self) -> str:
        """Say the answer as a sheet has it."""
        return self.value if self.state is AnswerState.ANSWERED else self.state.value


@dataclass(frozen=True, slots=True)
class AnswerExcerpt:
    """An excerpt that an answer rests on."""

    id: str
    answer_id: str
    excerpt_id: str

    @classmethod
    def of(cls, answer_id: str, excerpt_id: str) -> AnswerExcerpt:
        """Link an answer and an excerpt under the one id they can have together."""
        return cls(f"{answer_id}.{excerpt_id}", answer_id, excerpt_id)


@dataclass(frozen=True, slots=True)
class PrintedScore:
    """A score as the source of an edition prints it, kept beside what follows from the answers."""

    id: str
    edition_id: str
    case_id: str
    as_of: str
    area: str
    """Empty for the overall score."""
    value: str

    @classmethod
    def of(cls, edition_id: str, case_id: str, as_of: str, area: str, value: str) -> PrintedScore:
        """Make the one printed score that a case can have in an area as of a date."""
        identifier = f"{edition_id}.{case_id}.{as_of}.{area}"
        return cls(identifier, edition_id, case_id, as_of, area, value)


def exact_number(text: str) -> Fraction | None:
    """Read `50`, `37.5` or `1/3`; None for anything else."""
    return Fraction(text.strip()) if _NUMBER.fullmatch(text.strip()) else None


def number_text(value: Fraction) -> str:
    """Write a number exactly: as a decimal where that ends, as a fraction elsewhere."""
    decimals, rest = 0, value.denominator
    while rest % 10 == 0 or rest % 5 == 0 or rest % 2 == 0:
        rest = rest // 10 if rest % 10 == 0 else rest // 5 if rest % 5 == 0 else rest // 2
        decimals += 1
    if rest != 1 or decimals > 12:
        return str(value)
    if not decimals:
        return str(value.numerator)
    whole, part = divmod(abs(value.numerator) * 10**decimals // value.denominator, 10**decimals)
    return f"{'-' if value < 0 else ''}{whole}.{str(part).zfill(decimals)}"


def as_written(text: str) -> str:
    """Write an exact number in its one form, so that `50.0` and `50` are the same answer."""
    value = exact_number(text)
    return text.strip() if value is None else number_text(value)


def wrong_answer(edition: IndexEdition, indicator: Indicator, value: str) -> str:
    """Say why an indicator cannot have a value; empty where it can."""
    number = exact_number(value)
    if number is None:
        return f"“{value}” is no number"
    allowed = [Fraction(option) for option in indicator.options or edition.scale]
    if number in allowed:
        return ""
    if edition.stepless and not indicator.options and edition.lowest <= number <= edition.highest:
        return ""
    offered = "; ".join(value for value, _ in indicator.choices) or edition.scale_words
    return f"{indicator.number} cannot be answered {value}; its options are {offered}"
