"""The order of the themes, too, comes with what becomes of it under other ways of counting."""

from __future__ import annotations

import itertools
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.matrix.test_sensitivity import tables, variants
from workbench.matrix.ranks import Ranked, places_of
from workbench.matrix.sensitivity import Dropping, drop_measures
from workbench.matrix.variants import Answers, Variant, score_themes


def dropped_one_by_one(
    table: Answers, variant: Variant, count: int, threshold: Fraction, over: frozenset[str]
) -> Dropping:
    """Leave measures out in the plainest way, as the measure of what the quick way gives."""
    weighing = [
        code
        for code in table.code_ids
        if code not in variant.left_out and variant.weights.codes.get(code, Fraction(1))
    ]
    group_of = {c: tuple(o for o in weighing if o in group) for group in variant.counted_once for c in group}
    measures = list(dict.fromkeys(group_of.get(code, (code,)) for code in weighing))
    base = places_of(score_themes(table, variant, over=over), threshold=threshold)
    kept = {place.name: 0 for place in base}
    turning = []
    sets = list(itertools.combinations(measures, count))
    for chosen in sets:
        codes = tuple(code for measure in chosen for code in measure)
        left_out = variant.left_out | set(codes)
        less = Variant("", "r", variant.basis, left_out, variant.counted_once, variant.weights)
        places = places_of(score_themes(table, less, over=over), threshold=threshold)
        same = [(one.rank, one.last) == (two.rank, two.last) for one, two in zip(base, places, strict=True)]
        for place, holds in zip(base, same, strict=True):
            kept[place.name] += holds
        if not all(same):
            turning.append(codes)
    return Dropping(count, len(sets), kept, tuple(turning))


@given(
    st.data(),
    st.sampled_from([1, 2]),
    st.sampled_from([Fraction(0), Fraction(1, 4), Fraction(2)]),
    st.sampled_from(["abc", "a", "bc", ""]),
)
@settings(max_examples=300, deadline=None)
def test_leaving_out_of_themes_gives_what_leaving_out_one_by_one_gives(
    data: st.DataObject, count: int, threshold: Fraction, over: str
) -> None:
    table = data.draw(tables())
    variant = data.draw(variants(table))
    cases = frozenset(over)
    plain = dropped_one_by_one(table, variant, count, threshold, cases)
    given_ = {"threshold": threshold, "ranked": Ranked.THEMES, "average_over": cases}
    assert drop_measures(table, variant, count, **given_) == plain  # type: ignore[arg-type]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("workbench.matrix.leaving_out_themes._LONGEST", 0)
        assert drop_measures(table, variant, count, **given_) == plain  # type: ignore[arg-type]
