"""A workbook that came back: what was edited is found, and what cannot be read is named with its place."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, cast

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.exchange.editing import FIRST, edit, packed, parts_of, put_raw, renumbered, rows_of, with_sheet
from tests.matrix.small import build_small
from workbench.errors import UnreadableFile
from workbench.exchange.cells_sheet import LONGEST, fingerprint, id_shown, key_of, read_key
from workbench.exchange.charts import write_chart
from workbench.exchange.edited_workbook import EditedWorkbook, read_edited
from workbench.exchange.xlsx_reading import place_of, read_sheet
from workbench.study.study import Study

if TYPE_CHECKING:
    from workbench.exchange.export_cells import ExportCell


@pytest.fixture
def book(study: Study) -> bytes:
    build_small(study)
    return write_chart(study, format="xlsx")


def read(data: bytes) -> EditedWorkbook:
    return read_edited("chart.xlsx", data)


def found(data: bytes) -> list[tuple[str, str]]:
    return [(finding.place, finding.what) for finding in read(data).findings]


def changed(data: bytes) -> list[tuple[int, dict[str, str]]]:
    return [(row.row, dict(row.changed)) for row in read(data).rows]


def test_an_exported_workbook_says_nothing_new(book: bytes, study: Study) -> None:
    edited = read(book)
    assert (edited.rows, edited.findings) == ((), ())
    assert (edited.origin.count, edited.origin.hash) == (study.head.count, study.head.hash)
    assert edited.origin.study_id == study.decision(1).hash
    assert edited.origin.cells == 8


def test_what_was_typed_is_found_with_its_row_and_column(book: bytes) -> None:
    data = edit(book, {"E5": "Banned.\n=1+1 _x0041_ <b> 憎悪 ", "C6": "Yes", "F5": ""})
    assert changed(data) == [
        (5, {"Summary": "Banned.\n=1+1 _x0041_ <b> 憎悪 ", "Comment": ""}),
        (6, {"Status": "Yes"}),
    ]
    assert read(data).rows[0].places == {"Summary": "Cells!E5", "Comment": "Cells!F5"}
    assert read(data).rows[0].refs == {"E1": "e-ja", "E2": "e-en"}


def test_a_workbook_saved_by_another_library_is_read_alike(book: bytes) -> None:
    held = openpyxl.load_workbook(io.BytesIO(book))
    held["Cells"]["E6"] = "Written there."
    buffer = io.BytesIO()
    held.save(buffer)
    assert changed(buffer.getvalue()) == [(6, {"Summary": "Written there."})]
    assert read(buffer.getvalue()).findings == ()


def test_rich_words_are_read_without_their_looks_and_readings(book: bytes) -> None:
    reading = "<rPh sb='0' eb='2'><t>トウキョウ</t></rPh>"
    runs = f"<is><r><rPr><b/></rPr><t>In </t></r><r><t>東京</t></r>{reading}</is>"
    data = put_raw(book, "E6", f'<c r="E6" t="inlineStr">{runs}</c>')
    assert changed(data) == [(6, {"Summary": "In 東京"})]


def test_rows_may_be_sorted(book: bytes) -> None:
    def turned(sheet: str) -> str:
        rows = rows_of(sheet)
        first = sheet.index(rows[0])
        after = "".join(renumbered(row, FIRST + place) for place, row in enumerate(reversed(rows)))
        return sheet[:first] + after + sheet[first + len("".join(rows)) :]

    data = with_sheet(book, turned)
    assert (changed(data), found(data)) == ([], [])


def test_columns_may_be_moved(book: bytes) -> None:
    held = openpyxl.load_workbook(io.BytesIO(book))
    sheet = held["Cells"]
    sheet.insert_cols(3)
    for row in range(4, sheet.max_row + 1):
        sheet.cell(row, 3).value, sheet.cell(row, 6).value = sheet.cell(row, 6).value, None
    sheet["C4"], sheet["F4"] = "Summary", "Mine"
    sheet["C6"], sheet["F6"] = "Moved and edited.", "a column of one's own"
    buffer = io.BytesIO()
    held.save(buffer)
    assert changed(buffer.getvalue()) == [(6, {"Summary": "Moved and edited."})]
    assert read(buffer.getvalue()).findings == ()


def test_rows_that_are_gone_are_counted(book: bytes) -> None:
    data = with_sheet(book, lambda sheet: sheet.replace(rows_of(sheet)[1], "").replace(rows_of(sheet)[4], ""))
    assert found(data) == [("Cells", "2 of 8 exported rows cannot be read or are gone.")]
    assert changed(data) == []


def test_a_row_that_stands_twice_is_not_read(book: bytes) -> None:
    data = edit(book, {"E5": "Edited."})
    data = with_sheet(
        data, lambda sheet: sheet.replace("</sheetData>", renumbered(rows_of(sheet)[0], 40) + "</sheetData>")
    )
    assert found(data) == [
        ("Cells!A5", "Rows 5 and 40 are for one cell, Osaka × 1.1 Hate speech law; none is read.")
    ]
    assert changed(data) == []


def test_an_added_row_is_named(book: bytes) -> None:
    added = '<row r="40"><c r="A40" t="inlineStr"><is><t>Kyoto</t></is></c></row>'
    data = with_sheet(book, lambda sheet: sheet.replace("</sheetData>", added + "</sheetData>"))
    assert found(data) == [("Cells!A40", "The row was added; a case or code is not added by a workbook.")]


@pytest.mark.parametrize("part", range(15))
def test_a_row_whose_hidden_column_was_changed_is_not_read(book: bytes, part: int) -> None:
    key = str(openpyxl.load_workbook(io.BytesIO(book))["Cells"]["K5"].value).split(" ")
    assert len(key) == 15, "a seal, ten fingerprints, case, code and two excerpts"
    key[part] = "E1=Hamamatsu"
    data = edit(book, {"K5": " ".join(key), "E5": "Edited."})
    assert found(data) == [
        ("Cells!K5", "The hidden column of this row was changed; the row is not read."),
        ("Cells", "1 of 8 exported rows cannot be read or are gone."),
    ]
    assert changed(data) == []


def test_hidden_words_swapped_between_rows_are_not_taken_for_edits(book: bytes) -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(book))["Cells"]
    values = {f"K{row}": str(sheet[f"K{11 - row}"].value) for row in (5, 6)}
    data = edit(book, values)
    assert changed(data) == []
    assert [place for place, _ in found(data)] == ["Cells!B5", "Cells!B6"]


@given(st.text(), st.text(), st.dictionaries(st.from_regex(r"E[1-9]\d{0,3}", fullmatch=True), st.text()))
def test_a_key_is_read_back_whatever_ids_are(case_id: str, code_id: str, excerpts: dict[str, str]) -> None:
    cell = SimpleNamespace(places=((case_id, code_id),))
    refs = {identifier: ref for ref, identifier in excerpts.items()}
    texts = ["a", *[""] * 9]
    read = read_key(key_of(cast("ExportCell", cell), refs, texts))
    assert read is not None
    assert (read.case_id, read.code_id) == (id_shown(case_id), id_shown(code_id))
    assert read.refs == {ref: id_shown(identifier) for identifier, ref in refs.items()}
    assert read.marks == (fingerprint("a"), *"-" * 9)


def test_a_key_of_very_many_excerpts_fits_a_cell_and_keeps_whole_excerpts() -> None:
    cell = SimpleNamespace(places=(("case", "code"),))
    refs = {f"{number:036}": f"E{number}" for number in range(1, 2_000)}
    key = key_of(cast("ExportCell", cell), refs, [""] * 10)
    assert len(key) < LONGEST
    read = read_key(key)
    assert read is not None
    assert 100 < len(read.refs) < len(refs)
    assert all(refs[identifier] == ref for ref, identifier in read.refs.items())


def test_merged_cells_are_named_with_their_rows(book: bytes) -> None:
    data = edit(book, {"E6": "Edited."})
    merged = '<mergeCells count="1"><mergeCell ref="E5:E6"/></mergeCells>'
    data = with_sheet(data, lambda sheet: sheet.replace("</sheetData>", f"</sheetData>{merged}"))
    assert [what for _, what in found(data)] == [
        "The cells E5:E6 are merged; the row is not read.",
        "The cells E5:E6 are merged; the row is not read.",
        "2 of 8 exported rows cannot be read or are gone.",
    ]
    assert changed(data) == []


@pytest.mark.parametrize(
    ("cell", "what"),
    [
        ('<c r="C5"><v>45231</v></c>', "a number or a date (45231)"),
        ('<c r="C5" t="b"><v>1</v></c>', "a truth value (1)"),
        ('<c r="C5" t="e"><v>#N/A</v></c>', "an error (#N/A)"),
        ('<c r="C5" t="str"><f>A1</f><v>Yes</v></c>', "a formula (Yes)"),
        ('<c r="C5" t="d"><v>2024-05-01</v></c>', "a number or a date (2024-05-01)"),
    ],
)
def test_what_is_not_words_is_named_with_sheet_and_cell(book: bytes, cell: str, what: str) -> None:
    data = put_raw(book, "C5", cell)
    assert found(data) == [("Cells!C5", f"The status is {what}, not words.")]
    assert changed(data) == []


def test_rows_sorted_without_their_hidden_columns_are_not_read(book: bytes) -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(book))["Cells"]
    turned = {
        f"{letter}{row}": str(sheet[f"{letter}{17 - row}"].value or "")
        for row in range(5, 13)
        for letter in "ABCDEFGHIJ"
    }
    data = edit(book, turned)
    assert changed(data) == []
    assert [place for place, _ in found(data)] == [f"Cells!A{row}" for row in range(5, 13)]


@pytest.mark.parametrize(("place", "name"), [("A5", "case"), ("B5", "code")])
def test_a_row_with_another_case_or_code_is_not_read(book: bytes, place: str, name: str) -> None:
    data = edit(book, {place: "Kyoto", "E5": "Edited."})
    told = f"The {name} is not the one that was exported; the row is not read."
    assert found(data) == [(f"Cells!{place}", told)]
    assert changed(data) == []


@pytest.mark.parametrize("place", ["H5", "I5", "J5"])
def test_what_a_workbook_cannot_change_is_named(book: bytes, place: str) -> None:
    (finding,) = read(edit(book, {place: "something else"})).findings
    assert finding.place == f"Cells!{place}"
    assert "it is not taken" in finding.what
    assert "workbench" in finding.do


# beyond recognition


def refused(data: bytes, name: str = "chart.xlsx") -> str:
    with pytest.raises(UnreadableFile) as caught:
        read_edited(name, data)
    assert caught.value.safe == "Nothing was changed."
    assert caught.value.do
    return caught.value.what


def test_a_workbook_without_the_sheet_says_which_it_has(book: bytes) -> None:
    parts = parts_of(book)
    parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace(b'name="Cells"', b'name="Mine"')
    assert refused(packed(parts)).startswith("“chart.xlsx” has no sheet Cells; its sheets are Matrix, Mine,")


@pytest.mark.parametrize("head", ["Summary", "As exported", "Evidence"])
def test_a_column_that_is_gone_is_named(book: bytes, head: str) -> None:
    letter = {"Summary": "E", "As exported": "K", "Evidence": "J"}[head]
    assert f"row 4 of Cells has no column {head}" in refused(edit(book, {f"{letter}4": "Mine"}))


def test_a_column_that_stands_twice_is_named(book: bytes) -> None:
    assert "row 4 of Cells has 2 columns Summary" in refused(edit(book, {"F4": "Summary"}))


def test_a_table_without_heads_or_origin_is_refused(book: bytes) -> None:
    assert "no row with the heads" in refused(edit(book, {f"{letter}4": "" for letter in "CDEK"}))
    assert "that names the study is gone" in refused(edit(book, {"A3": "my chart"}))


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"", "is not a workbook"),
        (b"Case,Code,Status\n", "is not a workbook"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "old Microsoft Office file"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"),
            "is encrypted with a password",
        ),
        (b"PK\x03\x04" + b"\0" * 40, "is damaged"),
    ],
)
def test_what_is_no_workbook_is_refused(data: bytes, what: str) -> None:
    assert what in refused(data)


def test_an_open_document_sheet_is_told_from_a_workbook() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as book:
        book.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
    with pytest.raises(UnreadableFile, match=r"save it as a workbook of the kind \.xlsx"):
        read_edited("chart.ods", buffer.getvalue())


def test_a_part_that_grows_without_bound_is_refused(book: bytes) -> None:
    parts = parts_of(book)
    parts["xl/sharedStrings.xml"] = b"<sst>" + b" " * (40 * 2**20) + b"</sst>"
    assert "200 times its size" in refused(packed(parts))


@pytest.mark.parametrize("part", ["xl/sharedStrings.xml", "xl/worksheets/sheet2.xml", "xl/workbook.xml"])
def test_xml_entities_are_refused_in_every_part(book: bytes, part: str) -> None:
    parts = parts_of(book)
    body = parts[part].decode()
    start = body.index("?>") + 2
    declared = '<!DOCTYPE x [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;">]>'
    assert "XML entities" in refused(
        packed({**parts, part: (body[:start] + declared + body[start:]).encode()})
    )


@pytest.mark.parametrize(
    ("was", "instead"),
    [
        (r'<c r="E5"[^>]*><v>\d+</v>', '<c r="E5" t="s"><v>99999</v>'),
        (r'<c r="E5"[^>]*><v>\d+</v>', '<c r="E5" t="s"><v>-1</v>'),
        (r'<c r="E5"[^>]*><v>\d+</v>', '<c r="E5" t="s"><v>many</v>'),
        (r'<c r="E5"', '<c r="5E"'),
        (r'<row r="5"', '<row r="999999"'),
        ("</sheetData>", ""),
    ],
)
def test_a_sheet_that_contradicts_itself_is_refused(book: bytes, was: str, instead: str) -> None:
    assert refused(with_sheet(book, lambda sheet: re.sub(was, instead, sheet, count=1)))


def test_places_are_named_as_spreadsheets_do() -> None:
    assert [place_of(7, column) for column in (1, 26, 27, 702, 703)] == ["A7", "Z7", "AA7", "ZZ7", "AAA7"]


def test_cells_without_places_follow_one_another(book: bytes) -> None:
    parts = parts_of(book)
    bare = re.sub(r'(<c|<row) r="[A-Z]*\d+"', r"\1", parts["xl/worksheets/sheet2.xml"].decode())
    sheet = read_sheet("chart.xlsx", packed({**parts, "xl/worksheets/sheet2.xml": bare.encode()}), "Cells")
    assert sheet.rows[4][1].words == "Case"


def test_a_real_workbook_of_others_is_refused_by_name(shared_data: Path) -> None:
    for path in sorted(shared_data.rglob("*.xlsx"))[:5]:
        with pytest.raises(UnreadableFile, match="has no sheet Cells"):
            read_edited(path.name, path.read_bytes())
