"""Files with hostile names and contents, for the dialogs and commands that ask for files."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from tests.exchange.editing import edit
from tests.hostile.strings import SEQUENCES, evil
from workbench.exchange.charts import write_chart
from workbench.exchange.codebook import write_codebook
from workbench.model.case import Case
from workbench.stages.edition_export import export_sheet
from workbench.stages.framework_versions import current_codebook
from workbench.study.study import Study

NAMES = (
    "-rf.txt",
    "; rm -rf ~.txt",
    "$(touch owned).txt",
    "`touch owned`.txt",
    "CON.txt",
    "a\nb.txt",
    "[b]bold[red].txt",
    "\u202etxt.fdp.txt",
    "ａ．txt",
    "x" * 200 + ".txt",
    "no-reader\x1b[77;77H.exe",
    "broken\x1b]0;OWNED\x07.docx",
)
"""Names of files that a shell, a terminal or a file system could take for something else."""


def make_files(study: Study, folder: Path) -> Path:
    """Write a folder of files to import, beside it a codebook, a workbook and tables; gives the folder."""
    incoming = folder / "incoming"
    incoming.mkdir()
    names = [
        *NAMES,
        *(
            f"s{number}{sequence}.txt".replace("/", "").replace("\0", "")
            for number, sequence in enumerate(SEQUENCES)
        ),
    ]
    for number, name in enumerate(names):
        (incoming / name).write_text(f"{number} {evil(number)}\n", encoding="utf-8")
    book = write_codebook(current_codebook(study)).replace("definition: ", "definition: Changed. ")
    (folder / "codebook.yaml").write_text(book, encoding="utf-8")
    (folder / "sheet.csv").write_bytes(export_sheet(study, "i"))
    table = io.StringIO()
    cases = [case.name for case in study.all(Case, order="position")]
    rows = [[code.name, *(["1"] * len(cases))] for code in study.framework.codes_under("t")]
    csv.writer(table).writerows([["", *cases], *rows])
    (folder / "printed.csv").write_text(table.getvalue(), encoding="utf-8")
    (folder / "chart.xlsx").write_bytes(_edited_workbook(study))
    return incoming


def _edited_workbook(study: Study) -> bytes:
    words = "".join(letter for letter in evil(59) if letter.isprintable() or letter == "\u202e")
    return edit(write_chart(study, format="xlsx"), {"F5": words})
