"""What pictures show is what the tables count."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

from tests.matrix.nagai import build_nagai
from tests.matrix.small import build_small
from workbench.matrix.chart import build_chart
from workbench.matrix.counts import count_theme
from workbench.matrix.pictures import coverage, rank_lines, status_bars
from workbench.model.cell import Cell, CellState, CountingRule
from workbench.model.decision import Verb
from workbench.study.study import Study


def test_bars_hold_every_measure_once_and_count_as_the_table_does(study: Study, shared_data: Path) -> None:
    build_nagai(study, shared_data / "nagai-2019")
    chart = build_chart(study)
    for rule in chart.rules:
        counts = count_theme(chart, rule)
        shown = status_bars(chart, rule)
        assert len(shown.bars) == len(counts.rows) * len(counts.case_ids)
        assert all(sum(bar.numbers) == bar.tally.listed for bar in shown.bars)
        assert sum((bar.tally.value for bar in shown.bars), Fraction()) == counts.whole.value
        values = {status.label: status.value(rule.id) or 0 for status in chart.statuses} | {"Not assessed": 0}
        labels = [label for _, label in shown.statuses]
        for bar in shown.bars:
            worth = sum(values[label] * number for label, number in zip(labels, bar.numbers, strict=True))
            assert worth == bar.tally.value


def test_bars_show_what_is_not_assessed_as_a_piece_of_its_own(study: Study) -> None:
    build_small(study)
    chart = build_chart(study)
    shown = status_bars(chart, chart.rules[0])
    assert [mark for mark, _ in shown.statuses] == ["Y", "R", "NF", "C", "NA", "·"]
    assert [(bar.theme, bar.case, bar.numbers) for bar in shown.bars] == [
        ("1 Rights", "Osaka", (1, 0, 0, 1, 1, 0)),
        ("1 Rights", "Hamamatsu", (0, 0, 1, 0, 0, 2)),
        ("2 Participation", "Osaka", (0, 1, 0, 0, 0, 0)),
        ("2 Participation", "Hamamatsu", (0, 0, 0, 0, 0, 1)),
    ]


def test_bars_show_what_is_described_but_not_answered_apart(study: Study) -> None:
    build_small(study)
    cell = Cell("Hamamatsu.talk", "Hamamatsu", "talk", "A desk is open.", state=CellState.CHARTED)
    study.decide(Verb.WRITE_CELL, "cell:Hamamatsu.talk", put=[cell])
    chart = build_chart(study)
    shown = status_bars(chart, chart.rules[0])
    assert shown.statuses[-2:] == (("–", "Described but not answered"), ("·", "Not assessed"))
    assert [bar.numbers[-2:] for bar in shown.bars] == [(0, 0), (1, 1), (0, 0), (0, 1)]


def test_the_map_counts_the_excerpts_behind_every_cell(study: Study) -> None:
    build_small(study)
    shown = coverage(build_chart(study))
    assert shown.cases == ("Osaka", "Hamamatsu")
    assert [number for number, _ in shown.codes] == ["1.1", "1.2", "1.3.1", "2.1"]
    assert shown.excerpts == ((2, 1, 0, 0), (0, 0, 0, 0))
    assert shown.states == (("✓", "●", "○", "○"), ("●", "·", "·", "·"))
    assert shown.most == 2


def test_ranks_are_those_of_the_sensitivity_panel(study: Study, shared_data: Path) -> None:
    build_nagai(study, shared_data / "nagai-2019")
    chart = build_chart(study)
    shown = rank_lines(chart, chart.rules[0])
    base = shown.lines[0]
    assert base.label == f"{chart.rules[0].label}; sum of what the answers count"
    assert len({line.label for line in shown.lines}) == len(shown.lines)
    for place, kept in enumerate(shown.kept):
        same = [
            (line.places[place].rank, line.places[place].last)
            == (base.places[place].rank, base.places[place].last)
            for line in shown.lines[1:]
        ]
        assert kept == Fraction(sum(same), len(same))
    assert dict(zip(shown.cases, (held.printed for held in base.places), strict=True))["Japan"] == "4"


def test_ways_of_one_outcome_are_one_group_and_hold_all_ways(study: Study, shared_data: Path) -> None:
    build_nagai(study, shared_data / "nagai-2019")
    chart = build_chart(study)
    shown = rank_lines(chart, chart.rules[0])
    groups = shown.groups
    outcomes = [tuple((place.rank, place.last) for place in group.places) for group in groups]
    assert len(set(outcomes)) == len(outcomes) < len(shown.lines)
    assert sum(group.ways for group in groups) == len(shown.lines)
    base = tuple((place.rank, place.last) for place in shown.lines[0].places)
    assert outcomes[0] == base
    assert [group.ways for group in groups[1:]] == sorted((g.ways for g in groups[1:]), reverse=True)
    tried = sum({change: of for group in groups for change, _, of in group.changes}.values())
    assert tried == len(shown.lines)
    left_out = [group for group in groups for change, n, of in group.changes if change.endswith("left out")]
    assert left_out
    assert all(change == "measures as listed" or "“" in change or "every" in change
               for group in groups for change, _, _ in group.changes)  # fmt: skip


def test_an_empty_study_shows_nothing(study: Study) -> None:
    chart = build_chart(study)
    rule = CountingRule("none", "none", 1)
    assert status_bars(chart, rule).bars == ()
    assert coverage(chart).most == 0
    assert rank_lines(chart, rule).lines == ()
