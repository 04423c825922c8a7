"""Index editions as CSV: codebook and scoring sheet in one table, a line for each indicator and case.

The columns are those of `COLUMNS`. A line without an indicator holds a score that the source prints: of its
area, or overall where no area is named either. Cells that a spreadsheet would take for formulas begin with an
apostrophe, which reading takes away again, so that a sheet comes back as it went.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from workbench.exchange.csv import BYTE_ORDER_MARK
from workbench.model.index_edition import AnswerState, Competence
from workbench.sources.encoding import clean_line_ends

EDITION_COLUMNS = (
    "index",
    "edition",
    "reference_date",
    "level",
    "aggregation",
    "missing",
    "not_applicable",
    "scale",
    "source",
)
CODEBOOK_COLUMNS = (
    "area",
    "area_weight",
    "dimension",
    "indicator",
    "sub_indicator",
    "title",
    "question",
    "options",
    "weight",
    "competence",
    "codes",
    "mapping_reason",
)
ANSWER_COLUMNS = ("case", "as_of", "answer", "note", "in_force", "coder", "excerpts")
COLUMNS = (*EDITION_COLUMNS, *CODEBOOK_COLUMNS, *ANSWER_COLUMNS)

NO_CODE = "none"
"""In the column `codes`: no code of the framework stands for the indicator."""

_FORMULA = re.compile(r"[\s']*[=+\-@\t\r＝＋－＠]")
_PLAIN_NUMBER = re.compile(r"-?[0-9][0-9./]*")


@dataclass(frozen=True, slots=True)
class SheetIndicator:
    """One indicator as a sheet describes it."""

    line: int
    number: str
    part_of: str = ""
    """Number of the indicator that it is a sub-indicator of."""
    area: str = ""
    dimension: str = ""
    title: str = ""
    question: str = ""
    options: Mapping[str, str] = field(default_factory=dict)
    weight: str = "1"
    competence: Competence = Competence.NOT_SAID
    codes: tuple[str, ...] = ()
    """Numbers of codes, or `NO_CODE` alone; empty where nobody mapped it."""
    mapping_reason: str = ""


@dataclass(frozen=True, slots=True)
class SheetAnswer:
    """One answer as a sheet has it."""

    line: int
    number: str
    case: str
    as_of: str
    state: AnswerState
    value: str = ""
    note: str = ""
    in_force: str = ""
    coder: str = ""
    excerpts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SheetScore:
    """One printed score as a sheet has it; the area is empty for the overall score."""

    line: int
    area: str
    case: str
    as_of: str
    value: str


@dataclass(frozen=True, slots=True)
class IndexSheet:
    """What a sheet says of one edition."""

    edition: Mapping[str, str]
    """By the names of `EDITION_COLUMNS`; what the sheet does not say is not here."""
    columns: frozenset[str]
    """Columns that the sheet has."""
    area_weights: Mapping[str, str]
    indicators: tuple[SheetIndicator, ...]
    answers: tuple[SheetAnswer, ...]
    scores: tuple[SheetScore, ...]
    ignored: tuple[str, ...] = ()
    """Columns that mean nothing here."""


def written_sheet(rows: Iterable[Mapping[str, str]]) -> bytes:
    """Write lines under all columns: UTF-8 with byte order mark."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows([_kept_from_formulas(row.get(column, "")) for column in COLUMNS] for row in rows)
    return (BYTE_ORDER_MARK + buffer.getvalue()).encode()


def _kept_from_formulas(cell: str) -> str:
    cell = clean_line_ends(cell)
    return f"'{cell}" if _FORMULA.match(cell) and not _PLAIN_NUMBER.fullmatch(cell) else cell


def as_it_was(cell: str) -> str:
    """Take away the apostrophe that keeps a cell from being a formula."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell[1:]) else cell


def options_cell(options: Sequence[tuple[str, str]]) -> str:
    """Write values and criteria, each on a line of its own, or apart by semicolons without criteria."""
    if not any(words for _, words in options):
        return "; ".join(value for value, _ in options)
    return "\n".join(f"{value} = {words}" if words else value for value, words in options)


def list_cell(items: Sequence[str]) -> str:
    """Write numbers of codes or ids in one cell."""
    return "; ".join(items)
