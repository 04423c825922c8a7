"""Scores of index editions: exact, under named rules, saying what they count."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.matrix.index_scores import Given, rules_of, score_edition
from workbench.model.index_edition import (
    Aggregation,
    AnswerState,
    IndexEdition,
    Indicator,
    MissingRule,
    NotApplicableRule,
    exact_number,
    number_text,
    wrong_answer,
)

EDITION = IndexEdition("x", "Openness", "2020")
MISSING = Given(AnswerState.MISSING)
OUTSIDE = Given(AnswerState.NOT_APPLICABLE)


def answered(value: int | Fraction) -> Given:
    return Given(AnswerState.ANSWERED, Fraction(value))


def indicator(number: int, area: str, dimension: str = "", **fields: str) -> Indicator:
    return Indicator(f"i{number}", "x", str(number), area, f"Question {number}", number, dimension, **fields)


INDICATORS = (
    indicator(1, "Work", "access"),
    indicator(2, "Work", "access"),
    indicator(3, "Work", "support"),
    indicator(4, "School", "access"),
    indicator(5, "School", "support"),
)
GIVEN = {
    "i1": answered(100),
    "i2": answered(50),
    "i3": answered(0),
    "i4": answered(50),
    "i5": answered(100),
}


def test_two_rules_on_the_same_answers_give_two_labelled_scores() -> None:
    straight = score_edition(EDITION, INDICATORS, GIVEN)
    by_dimension = score_edition(
        EDITION, INDICATORS, GIVEN, replace(rules_of(EDITION), aggregation=Aggregation.DIMENSIONS)
    )
    assert [(a.area, a.score.value) for a in straight.areas] == [("Work", 50), ("School", 75)]
    assert [(a.area, a.score.value) for a in by_dimension.areas] == [
        ("Work", Fraction(75, 2)),
        ("School", 75),
    ]
    assert [(name, score.value) for name, score in by_dimension.areas[0].dimensions] == [
        ("access", 75),
        ("support", 0),
    ]
    assert (straight.overall.value, by_dimension.overall.value) == (Fraction(125, 2), Fraction(225, 4))
    assert straight.rules.name.startswith("mean of the indicators per area, mean of the areas;")
    assert straight.rules.name != by_dimension.rules.name
    every = score_edition(
        EDITION, INDICATORS, GIVEN, replace(rules_of(EDITION), aggregation=Aggregation.INDICATORS)
    )
    total = score_edition(EDITION, INDICATORS, GIVEN, replace(rules_of(EDITION), aggregation=Aggregation.SUM))
    assert (every.overall.value, total.overall.value) == (60, 300)


@pytest.mark.parametrize(
    ("rule", "work", "overall"),
    [
        (MissingRule.DROP, Fraction(75), Fraction(75)),
        (MissingRule.LOWEST, Fraction(50), Fraction(125, 2)),
        (MissingRule.BLOCK, None, None),
    ],
)
def test_what_is_missing_does_what_the_rule_says(
    rule: MissingRule, work: Fraction | None, overall: Fraction | None
) -> None:
    edition = replace(EDITION, missing=rule)
    result = score_edition(edition, INDICATORS, GIVEN | {"i3": MISSING})
    assert (result.areas[0].score.value, result.overall.value) == (work, overall)
    assert result.areas[0].score.k_of_n == "2 of 3 indicators"
    assert result.overall.missing == 1
    assert rule.words in result.rules.name


def test_what_does_not_apply_leaves_the_mean_or_counts_the_lowest_value() -> None:
    held = GIVEN | {"i4": OUTSIDE, "i5": OUTSIDE}
    dropped = score_edition(EDITION, INDICATORS, held)
    assert dropped.areas[1].score.leaves
    assert (dropped.areas[1].score.value, dropped.overall.value) == (None, 50)
    assert dropped.overall.k_of_n == "3 of 5 indicators, 2 not applicable"
    lowest = replace(EDITION, not_applicable=NotApplicableRule.LOWEST)
    assert score_edition(lowest, INDICATORS, held).overall.value == 25


def test_an_area_of_which_nothing_is_answered_leaves_the_overall_score_undefined() -> None:
    held = {key: value for key, value in GIVEN.items() if key in ("i1", "i2", "i3")}
    result = score_edition(EDITION, INDICATORS, held)
    assert (result.areas[1].score.value, result.areas[1].score.leaves) == (None, False)
    assert result.overall.value is None
    without = score_edition(EDITION, INDICATORS, held, replace(rules_of(EDITION), without=("School",)))
    assert (without.overall.value, without.overall.listed) == (50, 3)
    assert "without School" in without.rules.name


def test_weights_hold_within_their_level_and_nothing_is_divided_by_zero() -> None:
    weighed = (replace(INDICATORS[0], weight="3"), *INDICATORS[1:])
    edition = replace(EDITION, area_weights={"School": "1/3"})
    result = score_edition(edition, weighed, GIVEN)
    assert result.areas[0].score.value == 70
    assert result.overall.value == (70 + Fraction(75, 3)) / Fraction(4, 3)
    plain = score_edition(edition, weighed, GIVEN, replace(rules_of(edition), weighted=False))
    assert plain.overall.value == Fraction(125, 2)
    unweighed = (replace(INDICATORS[0], weight="0"), *INDICATORS[1:])
    blocking = replace(EDITION, missing=MissingRule.BLOCK)
    assert score_edition(blocking, unweighed, GIVEN | {"i1": MISSING}).areas[0].score.value == 25
    nothing = replace(EDITION, area_weights={"School": "0", "Work": "0"})
    assert score_edition(nothing, INDICATORS, GIVEN).overall.value is None
    assert score_edition(EDITION, (), {}).overall.value is None


def test_sub_indicators_count_only_where_their_indicator_is_not_answered() -> None:
    parts = (indicator(6, "Work", part_of="i1"), indicator(7, "Work", part_of="i1"))
    held = GIVEN | {"i6": answered(0), "i7": answered(50)}
    assert score_edition(EDITION, (*INDICATORS, *parts), held).areas[0].score.value == 50
    del held["i1"]
    result = score_edition(EDITION, (*INDICATORS, *parts), held).areas[0]
    assert result.score.value == 25
    assert (result.score.counted, result.score.listed) == (3, 3)
    for unanswered, outside in ((MISSING, 0), (OUTSIDE, 1)):
        held |= {"i6": unanswered, "i7": unanswered}
        score = score_edition(EDITION, (*INDICATORS, *parts), held).areas[0].score
        assert (score.value, score.counted, score.outside) == (25, 2, outside)


VALUES = st.sampled_from([answered(0), answered(50), answered(100), MISSING, OUTSIDE])


@given(st.lists(VALUES, min_size=5, max_size=5), st.permutations(range(5)), st.sampled_from(Aggregation))
def test_the_order_of_indicators_and_a_single_dimension_change_nothing(
    values: list[Given], order: list[int], aggregation: Aggregation
) -> None:
    held = {f"i{number}": value for number, value in enumerate(values, 1)}
    rules = replace(rules_of(EDITION), aggregation=aggregation)
    one = score_edition(EDITION, INDICATORS, held, rules)
    other = score_edition(EDITION, [INDICATORS[place] for place in order], held, rules)
    assert one == other
    flat = [replace(each, dimension="") for each in INDICATORS]
    straight = score_edition(EDITION, flat, held, replace(rules, aggregation=Aggregation.AREAS))
    grouped = score_edition(EDITION, flat, held, replace(rules, aggregation=Aggregation.DIMENSIONS))
    assert [a.score for a in straight.areas] == [a.score for a in grouped.areas]
    assert straight.overall == grouped.overall
    if straight.overall.value is not None:
        assert 0 <= straight.overall.value <= 100
    assert straight.overall.counted + straight.overall.outside + straight.overall.missing == 5


@given(st.fractions(min_value=-(10**6), max_value=10**6, max_denominator=10_000))
def test_numbers_are_written_exactly_and_in_one_form(value: Fraction) -> None:
    assert exact_number(number_text(value)) == value


@pytest.mark.parametrize(
    ("value", "says"),
    [
        ("yes", "“yes” is no number"),
        ("33", "1 cannot be answered 33; its options are 0; 50; 100"),
        ("1/0", "“1/0” is no number"),
        ("50", ""),
    ],
)
def test_an_answer_is_one_of_the_options(value: str, says: str) -> None:
    assert wrong_answer(EDITION, INDICATORS[0], value) == says


def test_a_scale_without_steps_takes_any_value_between_its_ends() -> None:
    stepless = replace(EDITION, scale=("0", "100"), stepless=True)
    assert wrong_answer(stepless, INDICATORS[0], "37.5") == ""
    assert "0 to 100" in wrong_answer(stepless, INDICATORS[0], "101")
    own = replace(INDICATORS[0], options={"100": "all", "0": "none"})
    assert wrong_answer(stepless, own, "50") == "1 cannot be answered 50; its options are 0; 100"
