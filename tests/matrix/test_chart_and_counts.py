"""What a chart shows and what counts, on small studies made of records."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.matrix.small import build_small
from workbench.errors import WrongUsage
from workbench.matrix.chart import build_chart
from workbench.matrix.counts import count_theme
from workbench.matrix.rounding import Rounding, RoundingRule
from workbench.model.cell import Cell, CellState, Footnote
from workbench.model.decision import Verb
from workbench.model.framework import Code, CodeState
from workbench.study.study import Study


@pytest.fixture
def small(study: Study) -> Study:
    build_small(study)
    return study


def put(study: Study, *records: Cell | Code | Footnote) -> None:
    study.decide(Verb.WRITE_CELL, "cell:any", put=records)


def test_cases_stand_in_study_order_and_codes_in_reading_order(small: Study) -> None:
    chart = build_chart(small)
    assert [case.name for case in chart.cases] == ["Osaka", "Hamamatsu"]
    assert [chart.framework.label(code) for code in chart.codes] == [
        "1.1 Hate speech law",
        "1.2 Consultation",
        "1.3.1 Pupils",
        "2.1 Voting",
    ]


def test_a_theme_is_charted_with_its_subthemes(small: Study) -> None:
    assert [code.id for code in build_chart(small, theme_id="rights").codes] == ["hate", "talk", "pupils"]
    assert [code.id for code in build_chart(small, theme_id="school").codes] == ["pupils"]
    with pytest.raises(WrongUsage, match="no theme gone"):
        build_chart(small, theme_id="gone")


def test_a_retired_or_candidate_code_shows_only_where_it_has_cells(small: Study) -> None:
    put(small, Code("old", "rights", 8, "Old", state=CodeState.RETIRED))
    put(small, Code("idea", "rights", 9, "Idea", state=CodeState.CANDIDATE))
    assert "old" not in [code.id for code in build_chart(small).codes]
    put(small, Cell("Osaka.old", "Osaka", "old", status_id="yes"))
    chart = build_chart(small)
    assert [code.id for code in chart.codes] == ["hate", "talk", "old", "pupils", "vote"]
    counts = count_theme(chart, chart.rules[0])
    assert counts.total("Osaka").listed == 4, "a retired code does not count"


def test_a_cell_that_nobody_assessed_says_so(small: Study) -> None:
    cell = build_chart(small).cells["Hamamatsu", "vote"]
    assert (cell.cell, cell.state, cell.status) == (None, CellState.NOT_ASSESSED, None)


def test_an_excerpt_in_a_cell_names_document_language_place_and_coders(small: Study) -> None:
    [japanese, english] = build_chart(small).cells["Osaka", "hate"].excerpts
    assert (japanese.document.key, japanese.text.language, japanese.place) == (
        "osaka-ordinance",
        "ja",
        "p. 1, para. 1",
    )
    assert (english.text.language, english.place, english.excerpt.quote) == (
        "en",
        "p. 2, para. 2",
        "hate speech",
    )
    assert english.coders == ("A. Mori", "B. Sato")
    assert japanese.coders == (), "the coding there is under another code"


def test_evidence_in_translations_alone_is_told(small: Study) -> None:
    cells = build_chart(small).cells
    assert not cells["Osaka", "hate"].translation_only
    assert cells["Osaka", "talk"].translation_only
    assert not cells["Hamamatsu", "hate"].translation_only, "no evidence at all is another matter"


def test_footnotes_are_numbered_as_they_appear(small: Study) -> None:
    anchors = [
        "cell:Hamamatsu.hate",
        "case:Hamamatsu",
        "cell:Osaka.vote",
        "code:vote",
        "code:hate",
        "theme:rights",
    ]
    put(small, *[Footnote(f"f{n}", anchor, f"on {anchor}", n) for n, anchor in enumerate(anchors)])
    put(small, Footnote("g", "cell:Osaka.vote", "second", 99))
    chart = build_chart(small)
    assert [(note.number, note.note.content) for note in chart.footnotes] == [
        (1, "on theme:rights"),
        (2, "on code:hate"),
        (3, "on code:vote"),
        (4, "on cell:Osaka.vote"),
        (5, "second"),
        (6, "on case:Hamamatsu"),
        (7, "on cell:Hamamatsu.hate"),
    ]
    assert chart.cells["Osaka", "vote"].footnotes == (4, 5)
    assert chart.numbers["case:Hamamatsu"] == (6,)
    narrow = build_chart(small, theme_id="participation", case_ids={"Osaka"})
    assert [note.note.content for note in narrow.footnotes] == [
        "on code:vote",
        "on cell:Osaka.vote",
        "second",
    ]


def test_a_chart_is_read_in_a_number_of_queries_that_cells_do_not_raise(small: Study) -> None:
    def queries(action: Callable[[], object]) -> int:
        seen: list[str] = []
        small.connection.set_trace_callback(seen.append)
        action()
        small.connection.set_trace_callback(None)
        return len(seen)

    before = queries(lambda: build_chart(small))
    for number in range(40):
        put(small, Code(f"more{number}", "rights", 20 + number, f"More {number}"))
        put(small, Cell(f"Osaka.more{number}", "Osaka", f"more{number}", status_id="yes"))
    build_chart(small)
    assert queries(lambda: build_chart(small)) <= before


def test_conflicting_is_not_counted_and_not_applicable_leaves_the_denominator(small: Study) -> None:
    chart = build_chart(small)
    counts = count_theme(chart, chart.rules[0])
    rights = counts.tally("rights", "Osaka")
    assert rights.value == Fraction(1)
    assert (rights.denominator, rights.unvalued, rights.outside) == (1, 1, 1)
    assert (rights.listed, rights.missing) == (3, 1)
    assert counts.tally("participation", "Hamamatsu").not_assessed == 1
    assert counts.tally("participation", "Hamamatsu").share is None


def test_a_theme_with_subthemes_counts_its_own_codes_and_each_subtheme(small: Study) -> None:
    chart = build_chart(small, theme_id="rights")
    counts = count_theme(chart, chart.rules[0])
    assert [(row.label, row.code_ids) for row in counts.rows] == [
        ("1 Rights", ("hate", "talk")),
        ("1.3 School", ("pupils",)),
    ]
    assert counts.total("Osaka").listed == 3


def test_stale_and_draft_cells_are_counted_and_told(small: Study) -> None:
    put(small, Cell("Hamamatsu.vote", "Hamamatsu", "vote", status_id="yes", state=CellState.STALE))
    chart = build_chart(small)
    whole = count_theme(chart, chart.rules[0]).whole
    assert (whole.stale, whole.draft) == (1, 1)


def test_without_cases_nothing_is_divided(study: Study) -> None:
    chart = build_chart(study)
    assert (chart.cases, chart.codes, chart.cells) == ((), (), {})


@given(st.fractions(-1000, 1000, max_denominator=999), st.integers(0, 4))
def test_rounding_stays_within_half_a_step(value: Fraction, decimals: int) -> None:
    step = Fraction(1, 10**decimals)
    half_up = Fraction(Rounding(decimals=decimals).printed(value))
    cut = Fraction(Rounding(RoundingRule.TRUNCATED, decimals).printed(value))
    assert abs(half_up - value) <= step / 2
    assert 0 <= abs(value) - abs(cut) < step
    assert cut * value >= 0


@pytest.mark.parametrize(
    ("value", "printed", "cut"),
    [
        (Fraction(17, 3), "5.7", "5.6"),
        (Fraction(9), "9", "9"),
        (Fraction(899, 100), "9.0", "8.9"),
        (Fraction(1, 20), "0.1", "0.0"),
        (Fraction(-1, 20), "-0.1", "0.0"),
        (Fraction(-1, 40), "0.0", "0.0"),
        (None, "undefined", "undefined"),
    ],
)
def test_figures_print_by_the_rule_that_is_named(value: Fraction | None, printed: str, cut: str) -> None:
    assert Rounding().printed(value) == printed
    assert Rounding(RoundingRule.TRUNCATED).printed(value) == cut


def test_a_rounding_says_its_name() -> None:
    assert Rounding().name == "rounded half up to 1 decimal"
    assert Rounding(RoundingRule.TRUNCATED, 2).name == "truncated to 2 decimals"
    assert Rounding(decimals=0).printed(Fraction(5, 2)) == "3"


def test_a_code_kept_open_for_what_fits_nothing_never_counts(small: Study) -> None:
    put(small, Code("rest", "rights", 9, "Other", other=True))
    put(small, Cell("Osaka.rest", "Osaka", "rest", status_id="yes", state=CellState.CHARTED))
    chart = build_chart(small)
    counts = count_theme(chart, chart.rules[0])
    assert "rest" in [code.id for code in chart.codes]
    assert "rest" not in [code for row in counts.rows for code in row.code_ids]
    assert counts.total("Osaka").value == 2


def test_a_cell_that_is_described_but_not_answered_has_a_tally_of_its_own(small: Study) -> None:
    put(small, Cell("Hamamatsu.talk", "Hamamatsu", "talk", "A desk is open.", state=CellState.CHARTED))
    chart = build_chart(small)
    tally = count_theme(chart, chart.rules[0]).tally("rights", "Hamamatsu")
    assert (tally.listed, tally.denominator, tally.described, tally.not_assessed) == (3, 1, 1, 1)
    assert (tally.value, tally.missing) == (0, 2)


def test_a_code_that_is_described_and_not_answered_never_counts(small: Study) -> None:
    before = count_theme(build_chart(small), build_chart(small).rules[0])
    put(small, Code("limit", "rights", 9, "A limit", described=True))
    put(small, Cell("Osaka.limit", "Osaka", "limit", "Only in the city.", state=CellState.CHARTED))
    put(small, Cell("Hamamatsu.limit", "Hamamatsu", "limit", status_id="yes", state=CellState.CHARTED))
    chart = build_chart(small)
    assert "limit" in [code.id for code in chart.codes]
    assert count_theme(chart, chart.rules[0]) == before


def test_what_is_not_assessed_is_no_figure_and_undoes_the_mean(small: Study) -> None:
    chart = build_chart(small)
    counts = count_theme(chart, chart.rules[0])
    assert counts.tally("participation", "Hamamatsu").figure is None
    assert counts.tally("rights", "Hamamatsu").figure == 0
    assert (counts.mean("participation"), counts.mean("rights")) == (None, Fraction(1, 2))
    assert counts.average("Hamamatsu") is None


def test_what_lies_outside_the_denominator_leaves_the_mean(small: Study) -> None:
    put(small, Cell("Hamamatsu.vote", "Hamamatsu", "vote", status_id="not-applicable", status_note="no"))
    chart = build_chart(small)
    counts = count_theme(chart, chart.rules[0])
    assert counts.mean("participation") == 1
    assert counts.average("Hamamatsu") == 0
