"""Suggestions on contracts that lawyers marked: bounds on what is right of the first ten, and speed."""

from __future__ import annotations

import statistics
from pathlib import Path

import pytest

from benchmarks.suggestions import WAYS, Marked, begun, precision, read, rerank_seconds

CATEGORIES = ("Anti-Assignment", "Cap On Liability", "Governing Law", "License Grant", "Renewal Term")


@pytest.fixture(scope="module")
def marked() -> Marked:
    data = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "cuad-sample"
    if not data.is_dir():
        pytest.skip("../shared/data/cuad-sample is not there")
    return read(data)


def shares(marked: Marked, way: str) -> float:
    found = []
    for category in CATEGORIES:
        hints, known = WAYS[way](category, begun(marked, category, 3, 0))
        right, most = precision(marked, category, known, hints, 0)
        found.append(right / most)
    return statistics.mean(found)


def test_cues_with_what_was_learned_are_right_more_often_than_either_alone(marked: Marked) -> None:
    by_cues, learned, both = (shares(marked, way) for way in ("cues", "learned", "both"))
    assert both >= 0.65
    assert both >= max(by_cues, learned)


def test_a_new_ranking_after_an_answer_costs_little(marked: Marked) -> None:
    seconds, units = rerank_seconds(marked, rounds=5)
    assert units > 3000
    assert seconds < 0.05
