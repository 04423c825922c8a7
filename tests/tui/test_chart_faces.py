"""What the matrix shows of cells through documents, and of what their evidence is to be minded for."""

from __future__ import annotations

from pathlib import Path

from tests.tui.example import build_study
from workbench.model.saved_chart import SavedChart
from workbench.model.text import Text, TextKind
from workbench.stages import chart
from workbench.stages.text_versions import describe_text
from workbench.tui.stages.chart_faces import ChartFaces

BY_DOCUMENTS = SavedChart("", "", rows="documents")


def test_a_document_that_was_searched_in_vain_looks_otherwise(tmp_path: Path) -> None:
    study = build_study(tmp_path / "s.workbench")
    try:
        faces = ChartFaces(study, BY_DOCUMENTS)
        rows, columns = faces.arrangement.size
        before = {
            (row, column): faces.face(row, column).mark for row in range(rows) for column in range(columns)
        }
        empty = [place for place, mark in before.items() if mark == "nothing linked"]
        documents = [line.id for line in faces.arrangement.lines]
        row, column = next(place for place in empty if documents[place[0]] == "d-south")
        code = faces.chart.codes[column].id
        chart.record_search(study, "south", code, documents=["d-south"], terms=["desk"])
        assert faces.follow()
        after = {place: faces.face(*place).mark for place in before}
        assert {place for place in before if before[place] != after[place]} == {(row, column)}
        assert after[row, column] == "searched in vain"
    finally:
        study.close()


def test_a_cell_is_marked_where_its_evidence_is_a_translation_only(tmp_path: Path) -> None:
    study = build_study(tmp_path / "s.workbench")
    try:
        plain = ChartFaces(study, SavedChart("", ""))
        place = plain.place_of("north", "assembly")
        assert place is not None
        assert "‡" not in plain.face(*place).footnote
        text = study.get(Text, "t-north")
        describe_text(study, text.id, kind=TextKind.OFFICIAL_TRANSLATION)
        assert not plain.follow(), "another kind of text is read anew"
        assert plain.face(*place).footnote == "charted · 1 exc."
        assert ChartFaces(study, SavedChart("", "")).face(*place).footnote == "charted · 1 exc. ‡"
    finally:
        study.close()
