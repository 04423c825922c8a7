"""Printed scores of an index that do not follow from its answers, and what would give them."""

from __future__ import annotations

import pytest

from workbench.exchange.index_sheet_reading import SheetReading, read_index_sheet
from workbench.matrix.index_columns import read_sheet
from workbench.matrix.index_printed import Departure, departures
from workbench.matrix.printed import Kind
from workbench.model.case import Case
from workbench.model.index_edition import PrintedScore
from workbench.stages.edition_sheets import import_sheet
from workbench.stages.register import add_case
from workbench.study.study import Study

SHEET = """area,dimension,indicator,sub_indicator,weight,case,answer
Work,x,1,,1,Osaka,100
Work,x,2,,1,Osaka,50
Work,y,3,,2,Osaka,0
Work,y,3,3a,1,Osaka,100
Work,y,3,3b,1,Osaka,50
School,,4,,1,Osaka,100
School,,5,,1,Osaka,missing
School,,6,,1,Osaka,50
School,,7,,1,Osaka,50
"""


def found(study: Study, **printed: str) -> dict[str, Departure]:
    """Take the sheet in with printed scores and list those that do not follow."""
    add_case(study, "Osaka")
    lines = "".join(
        f"{'' if area == 'overall' else area},,,,,Osaka,{said}\n" for area, said in printed.items()
    )
    sheet = read_index_sheet("s.csv", (SHEET + lines).encode(), SheetReading({"index": "Lens"}))
    edition = import_sheet(study, sheet, "s.csv").edition
    held = departures(read_sheet(study, edition.id), study.all(PrintedScore), study.all(Case))
    return {each.figure: each for each in held}


def test_what_follows_is_not_listed_and_an_answer_beside_its_parts_is(study: Study) -> None:
    held = found(study, Work="37.5", School="66.6667", overall="52.0833")
    assert list(held) == ["3, from its sub-indicators"]
    assert (held["3, from its sub-indicators"].printed, held["3, from its sub-indicators"].rounded) == (
        "0",
        "75",
    )


@pytest.mark.parametrize(
    ("area", "printed", "kind", "way"),
    [
        ("School", "66.6", Kind.TRUNCATED, "truncated to 1 decimal"),
        ("School", "67", Kind.UNEXPLAINED, None),
        ("School", "50", Kind.UNEXPLAINED, "missing answers count the lowest value"),
        ("Work", "50", Kind.UNEXPLAINED, "without weights"),
        ("Work", "75", Kind.UNEXPLAINED, "mean of the sub-indicators in place of the answers above them"),
        ("Work", "150", Kind.UNEXPLAINED, "sum of the indicators per area, sum of the areas"),
    ],
)
def test_the_rule_that_gives_a_printed_score_is_named(
    study: Study, area: str, printed: str, kind: Kind, way: str | None
) -> None:
    departure = found(study, **{area: printed, "overall": "0.5"})[area]
    assert departure.kind is kind
    assert way is None or way in departure.would_give


def test_an_overall_score_may_be_the_mean_of_the_printed_ones(study: Study) -> None:
    held = found(study, Work="40", School="62", overall="51")
    assert held["overall"].would_give == ("mean of the printed area scores",)
    assert held["Work"].would_give == ()


def test_nothing_follows_from_nothing(study: Study) -> None:
    add_case(study, "Osaka")
    content = (
        "index,missing,area,indicator,case,answer\nLens,block,A,1,Osaka,missing\nLens,block,A,,Osaka,9\n"
    )
    edition = import_sheet(study, read_index_sheet("s.csv", content.encode()), "s.csv").edition
    [departure] = departures(read_sheet(study, edition.id), study.all(PrintedScore), study.all(Case))
    assert (departure.kind, departure.exact, departure.rounded) == (Kind.UNDEFINED, None, "undefined")
