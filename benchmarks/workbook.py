"""Write a workbook of 50,000 filled cells, read it back, and compare an edited one with its study."""

from __future__ import annotations

import argparse
import io
import resource
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

from workbench.exchange.charts import write_chart
from workbench.exchange.codebook import Codebook, default_vocabulary
from workbench.exchange.edited_workbook import EditedRow, read_edited
from workbench.exchange.matrix_export import MatrixExport, export_matrix
from workbench.exchange.xlsx import write
from workbench.model.case import Case, CaseDocument, Document
from workbench.model.cell import Cell, CellExcerpt, CellState
from workbench.model.coding import Excerpt
from workbench.model.decision import Verb
from workbench.model.framework import Code, Theme
from workbench.model.records import Record
from workbench.model.text import PlaceMap, Text, TextKind
from workbench.stages.proposal_reading import proposals_of
from workbench.stages.setup import new_study
from workbench.study.places import bytes_of_places
from workbench.study.study import Study

T = TypeVar("T")
_STRINGS = 20
"""Strings that a workbook has for each cell of the chart: 2 in the matrix, 10 in the evidence, 8 to edit."""
SENTENCE = "The city shall hold consultations for foreign residents. 市は相談に応じるものとする。\n"
SUMMARY = "The city consults foreign residents (相談) once a year; the desk answers in four languages. "


def make(path: Path, *, cases: int, codes: int) -> Study:
    """Write a study in which every cell has a status, a summary that cites its excerpt, and a comment."""
    rules, statuses = default_vocabulary()
    themes = tuple(Theme(f"t{n}", None, n, f"Theme {n}") for n in range(1, 11))
    framework = tuple(
        Code(f"k{n}", themes[n * len(themes) // codes].id, n + 1, f"Measure {n}") for n in range(codes)
    )
    study = new_study(
        path,
        title="Big",
        coder="A. Mori",
        codebook=Codebook("Big", "", themes, framework, rules, statuses),
    )
    content = SENTENCE * codes
    with study.transaction():
        digest = study.store(content.encode())
        places = study.store(bytes_of_places(PlaceMap(tuple(n * len(SENTENCE) for n in range(codes)))))
        for number in range(cases):
            put = _case(number, framework, digest, places, len(content))
            study.decide(Verb.APPLY_CODEBOOK, f"case:c{number}", put=put, reason="benchmark")
    return study


def _case(number: int, codes: tuple[Code, ...], digest: str, places: str, characters: int) -> list[Record]:
    case, document = (
        Case(f"c{number}", f"City {number}", number),
        Document(f"d{number}", f"plan-{number:04d}", "A plan"),
    )
    text = Text(
        f"x{number}",
        document.id,
        "en",
        TextKind.ORIGINAL,
        digest,
        places,
        f"{number:064x}",
        "plan.txt",
        "",
        "txt",
        "utf-8",
        characters,
    )
    put: list[Record] = [case, document, CaseDocument.of(case.id, document.id), text]
    for at, code in enumerate(codes):
        start = at * len(SENTENCE)
        excerpt = Excerpt(f"e{number}.{at}", text.id, start, start + len(SENTENCE) - 1, SENTENCE[:-1])
        key = Cell.key(case.id, code.id)
        cell = Cell(key, case.id, code.id, SUMMARY.strip(), "Compare with the plan of 2010.", "yes")
        cell = replace(cell, citations={str(len(cell.summary)): excerpt.id}, state=CellState.CHARTED)
        put += [excerpt, cell, CellExcerpt.of(key, excerpt.id)]
    return put


def timed(label: str, action: Callable[[], T]) -> T:
    """Do something and print how long it took, with the most memory used until then."""
    began, busy = time.perf_counter(), time.process_time()
    result = action()
    wall, spent = time.perf_counter() - began, time.process_time() - busy
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"{label:<44} {wall:6.2f} s ({spent:.2f} s CPU), {memory} MB")
    return result


def gathered(study: Study) -> MatrixExport:
    """Gather what a workbook is written from."""
    return export_matrix(study, with_history=True, with_measures=False)


def alone(cells: int) -> None:
    """Let the library write as many strings as such a workbook has, and nothing else."""
    import xlsxwriter

    book = xlsxwriter.Workbook(io.BytesIO(), {"in_memory": True})
    sheet, style = book.add_worksheet(), book.add_format({"text_wrap": True})
    for row in range(cells):
        for column in range(_STRINGS):
            words = SUMMARY if column in (0, 1, 2) else f"{row} {column}" if column % 2 else "The city"
            sheet.write_string(row, column, words, style)
    book.close()


def main(*, cases: int, codes: int, edits: int) -> None:
    with TemporaryDirectory() as folder:
        study = timed("make the study", lambda: make(Path(folder, "big.workbench"), cases=cases, codes=codes))
        export = timed("gather the chart", lambda: gathered(study))
        steps: list[int] = []
        data = timed("write the workbook", lambda: write(export, progress=lambda done, _: steps.append(done)))
        print(f"{cases * codes} cells, {len(data) // 2**20} MB, {len(steps)} steps told")
        timed("as many strings by the library alone", lambda: alone(cases * codes))
        timed("chart and workbook, as the command does", lambda: write_chart(study, format="xlsx"))
        book = timed("read it back", lambda: read_edited("big.xlsx", data))
        assert not book.rows
        rows = tuple(
            EditedRow(n + 5, f"c{n % cases}", f"k{n % codes}", "", {}, {"Comment": f"{n}"}, {"Comment": "F"})
            for n in range(edits)
        )
        edited = replace(book, rows=rows)
        found = timed(f"compare {edits} edited rows", lambda: proposals_of(study, edited))
        assert len(found.open) == edits
        study.close()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=500)
    parser.add_argument("--codes", type=int, default=100)
    parser.add_argument("--edits", type=int, default=1_000)
    main(**vars(parser.parse_args()))
