"""A sheet of an index comes out as it went in, whatever words are in it."""

from __future__ import annotations

import csv
import io
import tempfile
from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.matrix.small import build_small
from workbench.errors import NothingChanged, UnreadableFile, WrongUsage
from workbench.exchange.index_sheet import as_it_was, options_cell, written_sheet
from workbench.exchange.index_sheet_reading import read_index_sheet
from workbench.model.index_edition import Aggregation, Competence, MissingRule, NotApplicableRule, number_text
from workbench.stages.edition_export import export_sheet
from workbench.stages.edition_sheets import import_sheet
from workbench.study.file import check_replay, create_study

Row = dict[str, str]
WORDS = st.text(st.sampled_from("ab人 \r=+-@'\"\n,;\u202e[/]0"), max_size=8).map(str.strip)
NUMBERS = st.fractions(min_value=0, max_value=100, max_denominator=12).map(number_text)


@st.composite
def sheets(draw: st.DrawFn) -> list[Row]:
    """Draw an edition with indicators, mappings, answers and printed scores as lines of a sheet."""
    edition = {
        "index": draw(WORDS.filter(bool)),
        "edition": draw(WORDS),
        "reference_date": draw(st.sampled_from(["", "2019"])),
        "level": draw(WORDS),
        "aggregation": draw(st.sampled_from(Aggregation)).value,
        "missing": draw(st.sampled_from(MissingRule)).value,
        "not_applicable": draw(st.sampled_from(NotApplicableRule)).value,
        "scale": "0 to 100",
        "source": draw(WORDS),
    }
    weights = {area: draw(st.sampled_from(["", "2", "1/3"])) for area in ("Rights", "学校")}
    rows: list[Row] = []
    areas = []
    for number in range(1, draw(st.integers(2, 5))):
        area = draw(st.sampled_from(list(weights)))
        options = draw(
            st.dictionaries(NUMBERS, st.sampled_from(["", "a law", "= some", "'x; y"]), max_size=3)
        )
        row = edition | {
            "area": area,
            "area_weight": weights[area],
            "dimension": draw(WORDS),
            "indicator": f"{number}",
            "sub_indicator": f"{number}a" if rows and draw(st.booleans()) else "",
            "title": draw(WORDS),
            "question": draw(WORDS),
            "options": options_cell(sorted(options.items(), key=lambda each: Fraction(each[0]))),
            "weight": draw(NUMBERS),
            "competence": draw(st.sampled_from(Competence)).value,
            "codes": draw(st.sampled_from(["", "1.1", "1.1; 1.2", "none"])),
        }
        if row["sub_indicator"]:
            row["indicator"] = rows[0]["indicator"]
        row["mapping_reason"] = "because" if row["codes"] else ""
        areas.append(area)
        rows += draw(answered(row, list(options)))
    for place in draw(st.sets(st.sampled_from([("", "Osaka"), (areas[0], "Hamamatsu")]))):
        printed = {"area": place[0], "case": place[1], "as_of": "2019", "answer": draw(NUMBERS)}
        rows.append(edition | printed)
    return rows


@st.composite
def answered(draw: st.DrawFn, row: Mapping[str, str], options: list[str]) -> list[Row]:
    """Draw the lines of one indicator: one without a case, or one for each case that is answered."""
    places = draw(st.sets(st.sampled_from([("Osaka", "2019"), ("Osaka", "2021"), ("Hamamatsu", "2019")])))
    values = st.sampled_from(options) if options else NUMBERS
    lines = []
    for case, as_of in sorted(places):
        line = {
            "case": case,
            "as_of": as_of,
            "answer": draw(values | st.sampled_from(["missing", "not applicable"])),
            "note": draw(WORDS),
            "in_force": draw(WORDS),
            "coder": draw(WORDS) or "A. Mori",
            "excerpts": draw(st.sampled_from(["", "e-en", "e-en; e-ja"])),
        }
        lines.append({**row, **line})
    return lines or [dict(row)]


@given(sheets())
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_sheet_goes_in_and_comes_out_the_same(rows: list[Row]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        written = []
        data = written_sheet(rows)
        for number in range(2):
            study = create_study(Path(folder) / f"{number}.workbench", title="Round trip", coder="A. Mori")
            study.connection.execute("PRAGMA synchronous = OFF")
            build_small(study)
            edition = import_sheet(study, read_index_sheet("s.csv", data), "s.csv").edition
            data = export_sheet(study, edition.id)
            written.append(data)
            assert check_replay(study) == []
            with pytest.raises(NothingChanged):
                import_sheet(study, read_index_sheet("s.csv", data), "s.csv")
            study.close()
    assert written[0] == written[1]
    assert _lines(written[0]) == _lines(written_sheet(rows))


def _lines(data: bytes) -> list[list[tuple[str, str]]]:
    """Give the lines without their order and with names and reasons as they mean."""
    rows = csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""))
    return sorted(sorted((key, as_it_was(value)) for key, value in row.items()) for row in rows)


def test_no_cell_of_a_sheet_is_a_formula_for_a_spreadsheet() -> None:
    words = ["=1+1", "'=1", "+x", "-5", "@a", "plain", "\t=2", "'"]
    cells = list(
        csv.DictReader(io.StringIO(written_sheet({"title": each} for each in words).decode("utf-8-sig")))
    )
    assert [cell["title"][:1] for cell in cells] == ["'", "'", "'", "-", "'", "p", "'", "'"]
    assert [as_it_was(cell["title"]) for cell in cells] == words


def test_what_is_no_sheet_is_refused_in_plain_words() -> None:
    with pytest.raises(UnreadableFile, match=r"not UTF-8 \(byte 0\)"):
        read_index_sheet("s.csv", "市".encode("shift_jis"))
    for content in ("", "area,indicator\n", 'area,indicator\n"x,1\n'):
        with pytest.raises(WrongUsage, match="cannot be taken in"):
            read_index_sheet("s.csv", content.encode())
    with pytest.raises(WrongUsage, match="two columns are “area”"):
        read_index_sheet("s.csv", b"area,strand,indicator\nA,A,1\n")
    sheet = read_index_sheet("s.csv", b"Strand,Indicator,Colour\nA,1,red\n")
    assert (sheet.ignored, sheet.indicators[0].area) == (("colour",), "A")


def test_many_mistakes_are_told_with_the_first_twenty() -> None:
    lines = "".join(f"A,{number},Osaka,often\n" for number in range(30))
    with pytest.raises(WrongUsage) as refused:
        read_index_sheet("s.csv", f"area,indicator,case,answer\n{lines}".encode())
    assert str(refused.value).count("Line ") == 20
    assert "And 10 more." in str(refused.value)
