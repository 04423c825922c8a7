"""Ranks carry their ties, know a threshold, and give nothing a rank that has no score."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.matrix.nagai import CASES, CITIES, build_nagai
from workbench.errors import WrongUsage
from workbench.matrix.chart import build_chart
from workbench.matrix.counts import CountRow, Counts, Tally, count_theme
from workbench.matrix.ranks import Basis, Ranking, clearly_apart, places_of, rank_cases, rank_themes
from workbench.model.cell import CountingRule
from workbench.study.study import Study

ZERO = Fraction(0)
fractions = st.fractions(-20, 20, max_denominator=6)
scored = st.dictionaries(st.sampled_from("abcdefgh"), st.none() | fractions, max_size=8)
thresholds = st.fractions(0, 4, max_denominator=4)


@pytest.fixture
def nagai(study: Study, shared_data: Path) -> Study:
    build_nagai(study, shared_data / "nagai-2019")
    return study


def counted(study: Study, rule_id: str, cases: tuple[str, ...] = CITIES) -> Counts:
    chart = build_chart(study, case_ids=cases)
    return count_theme(chart, next(rule for rule in chart.rules if rule.id == rule_id))


def ranking(threshold: Fraction = ZERO, /, **scores: int | None) -> Ranking:
    exact = {name: None if score is None else Fraction(score) for name, score in scores.items()}
    return Ranking("rule", "basis", threshold, places_of(exact, threshold=threshold))


def test_those_that_are_level_share_a_rank_and_the_next_one_is_left_out() -> None:
    ranked = ranking(a=3, b=5, c=3, d=1)
    assert [(p.name, p.printed, p.last, p.tied) for p in ranked.places] == [
        ("a", "2=", 3, ("c",)),
        ("b", "1", 1, ()),
        ("c", "2=", 3, ("a",)),
        ("d", "4", 4, ()),
    ]
    assert ranked.order() == "b > a = c > d"


def test_a_score_that_is_undefined_has_no_rank_and_pushes_nobody_down() -> None:
    ranked = ranking(a=None, b=-1)
    assert [place.printed for place in ranked.places] == ["undefined", "1"]
    assert (ranked.place("b").last, ranked.order({"b": "Osaka"})) == (1, "Osaka")


def test_a_difference_below_the_threshold_is_no_difference_and_one_that_equals_it_is() -> None:
    assert ranking(Fraction(2), a=26, b=24).order() == "a > b"
    near = ranking(Fraction(5, 2), a=26, b=24, c=22)
    assert near.order() == "a = b = c"
    assert [(p.rank, p.last, p.tied) for p in near.places] == [
        (1, 2, ("b",)),
        (1, 3, ("a", "c")),
        (2, 3, ("b",)),
    ]


def test_a_threshold_below_zero_is_refused() -> None:
    with pytest.raises(WrongUsage, match="below zero"):
        places_of({"a": ZERO}, threshold=Fraction(-1))


@given(scored, thresholds)
def test_a_rank_is_one_more_than_the_number_clearly_before(
    scores: dict[str, Fraction | None], threshold: Fraction
) -> None:
    for place in places_of(scores, threshold=threshold):
        if place.score is None:
            assert (place.rank, place.last, place.tied) == (None, None, ())
            continue
        own = place.score
        others = {n: s for n, s in scores.items() if n != place.name and s is not None}
        apart = {n: s for n, s in others.items() if clearly_apart(own, s, threshold)}
        assert place.rank == 1 + sum(score > own for score in apart.values())
        assert place.tied == tuple(name for name in others if name not in apart)
        assert place.last == place.rank + len(place.tied)


@given(scored, thresholds)
def test_a_case_that_is_not_ahead_of_another_never_has_the_better_rank(
    scores: dict[str, Fraction | None], threshold: Fraction
) -> None:
    ranked = [p for p in places_of(scores, threshold=threshold) if p.score is not None]
    for low in ranked:
        for high in ranked:
            if low.score is not None and high.score is not None and low.score <= high.score:
                assert low.rank is not None
                assert high.rank is not None
                assert low.rank >= high.rank


@given(scored, thresholds, st.randoms())
def test_the_order_of_the_cases_changes_no_rank(
    scores: dict[str, Fraction | None], threshold: Fraction, random: object
) -> None:
    names = list(scores)
    random.shuffle(names)  # type: ignore[attr-defined]
    shuffled = {name: scores[name] for name in names}
    one = {p.name: (p.rank, p.last, set(p.tied)) for p in places_of(scores, threshold=threshold)}
    other = {p.name: (p.rank, p.last, set(p.tied)) for p in places_of(shuffled, threshold=threshold)}
    assert one == other


def test_the_cities_of_the_published_table_rank_as_it_says(nagai: Study) -> None:
    ranked = rank_cases(counted(nagai, "published"))
    assert ranked.order() == "Kawasaki > Hamamatsu > Osaka"
    assert ranked.rule.startswith("Published rule")
    assert [place.score for place in ranked.ordered] == [26, 24, 17]


def test_shares_of_themes_turn_the_published_order_under_the_strict_rule(nagai: Study) -> None:
    ranked = rank_cases(counted(nagai, "strict"), basis=Basis.EQUAL_THEMES)
    assert ranked.order() == "Hamamatsu > Kawasaki > Osaka"
    close = rank_cases(counted(nagai, "published"), basis=Basis.EQUAL_THEMES, threshold=Fraction(1, 100))
    assert close.order() == "Kawasaki = Hamamatsu > Osaka"


def test_a_share_is_taken_of_the_answers_that_count(nagai: Study) -> None:
    ranked = rank_cases(counted(nagai, "published", CASES), basis=Basis.EQUAL_MEASURES)
    assert ranked.place("Japan").score == Fraction(12, 31)
    assert ranked.place("Osaka").score == Fraction(17, 34)


def test_themes_rank_by_their_mean_over_the_cities(nagai: Study) -> None:
    counts = counted(nagai, "published")
    by_count, by_share = rank_themes(counts), rank_themes(counts, basis=Basis.EQUAL_MEASURES)
    assert by_count.ordered[0].name == "education"
    assert by_share.ordered[0].name == "anti-discrimination"
    assert by_share.place("education").score == Fraction(27, 36)


def test_a_case_or_theme_without_a_counted_cell_is_undefined_and_not_zero() -> None:
    rows = (CountRow("t1", "1 T", ("x",)), CountRow("t2", "2 U", ("y",)))
    empty, full = Tally(listed=1, not_assessed=1), Tally(Fraction(1), 1, 1)
    tallies = {("t1", "a"): empty, ("t2", "a"): empty, ("t1", "b"): full, ("t2", "b"): empty}
    counts = Counts(CountingRule("r", "R", 1), rows, ("a", "b"), ("a", "b"), tallies)
    assert [place.score for place in rank_cases(counts).places] == [None, 1]
    assert [p.score for p in rank_cases(counts, basis=Basis.EQUAL_THEMES).places] == [None, None]
    assert [place.score for place in rank_themes(counts).places] == [None, None]


def test_a_theme_that_does_not_apply_to_a_case_leaves_the_mean_instead_of_undoing_it() -> None:
    rows = (CountRow("t1", "1 T", ("x",)), CountRow("t2", "2 U", ("y",)))
    outside, full = Tally(listed=1, outside=1), Tally(Fraction(1), 1, 1)
    tallies = {("t1", "a"): full, ("t2", "a"): outside, ("t1", "b"): full, ("t2", "b"): full}
    counts = Counts(CountingRule("r", "R", 1), rows, ("a", "b"), ("a", "b"), tallies)
    assert [place.score for place in rank_cases(counts, basis=Basis.EQUAL_THEMES).places] == [1, 1]
    for basis in Basis:
        assert [place.score for place in rank_themes(counts, basis=basis).places] == [1, 1]
    assert [counts.mean(row.theme_id) for row in rows] == [1, 1]
