"""The sheet `Cells` of a workbook: what stands in a row, so that an edited one is told from an exported one.

Beside the words of a cell stand, in hidden columns, the ids of its case, its code and its excerpts, and a
fingerprint of every column as it was exported. With them rows may be sorted
or filtered, and what was changed is known without the study.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b

from workbench.exchange import matrix_words as words
from workbench.exchange.export_cells import ExportCell
from workbench.exchange.matrix_export import MatrixExport
from workbench.model.visible import visible

SHEET = "Cells"
EDITED = ("Status", "Note", "Summary", "Comment", "State")
"""Heads of the columns that a reader may change."""
FOLLOWING = ("Quotes", "Footnotes", "Evidence")
"""Heads of the columns that are there to be read."""
CASE_ID, CODE_ID, EXCERPTS, FINGERPRINTS = "Case id", "Code id", "Excerpts", "As exported"
TEXT_HEADS = ("Case", "Code", *EDITED, *FOLLOWING)
ID_HEADS = (CASE_ID, CODE_ID, EXCERPTS, FINGERPRINTS)
HEADS = (*TEXT_HEADS, *ID_HEADS)
LONGEST = 32_767
"""UTF-16 units that a cell of a workbook holds."""
_CUT = " … [cut here: the whole text is on the sheet About under Whole texts]"
_EMPTY = "-"
_ORIGIN = re.compile(r"Study ([0-9a-f]{64}), decision (\d{1,9}), hash ([0-9a-f]{64}), (\d{1,9}) cells")


def shown(text: str) -> str:
    """Make a foreign string fit for a workbook: what XML or a reader cannot show becomes a mark."""
    return visible(text, newlines=True)


def pieces(text: str, longest: int) -> list[str]:
    """Cut a string into pieces of so many UTF-16 units at most."""
    if len(text) * 2 <= longest:
        return [text]
    found, start, used = [], 0, 0
    for place, character in enumerate(text):
        units = 2 if character > "\uffff" else 1
        if used + units > longest:
            found.append(text[start:place])
            start, used = place, 0
        used += units
    return [*found, text[start:]]


def is_cut(text: str) -> bool:
    """Tell whether a string does not fit a cell of a workbook."""
    return len(pieces(shown(text), LONGEST)) > 1


def fitted(text: str) -> str:
    """Give a string as it stands in a cell of a workbook: shown, and cut with a remark if it is too long."""
    whole = shown(text)
    if len(whole) * 2 <= LONGEST:
        return whole
    if len(pieces(whole, LONGEST)) == 1:
        return whole
    return pieces(whole, LONGEST - len(_CUT))[0] + _CUT


def refs_of(export: MatrixExport) -> dict[tuple[int, int], dict[str, str]]:
    """Map excerpt ids to refs of evidence, for every cell (row, column) that rests on excerpts."""
    refs: dict[tuple[int, int], dict[str, str]] = {}
    for line in export.evidence:
        if line.excerpt_id:
            refs.setdefault((line.row, line.column), {})[line.excerpt_id] = line.ref
    return refs


def texts_of(export: MatrixExport, cell: ExportCell) -> tuple[str, ...]:
    """Give what a row says, in the order of `TEXT_HEADS`; the summary carries its citations as marks."""
    notes = {note.number: note.content for note in export.notes}
    return (
        export.counted_cases[cell.places[0][0]],
        export.columns[cell.column].label,
        cell.status,
        cell.note,
        cell.cited,
        cell.comment,
        cell.state,
        "\n".join(f"“{quote.content}” ({quote.ref})" for quote in cell.quotes),
        "\n".join(f"[{number}] {notes[number]}" for number in cell.notes),
        words.evidence_line(cell).removeprefix("Evidence: "),
    )


def ids_of(cell: ExportCell, refs: Mapping[str, str]) -> tuple[str, str, str]:
    """Give case, code and excerpts with their refs as they stand in the hidden columns."""
    excerpts = " ".join(f"{ref}={identifier}" for identifier, ref in refs.items())
    case_id, code_id = cell.places[0]
    return shown(case_id), shown(code_id), fitted(excerpts)


def fingerprints(ids: Sequence[str], texts: Sequence[str]) -> str:
    """Give a fingerprint of the ids of a row, and one of every text as it stands in the workbook."""
    marks = [fingerprint(ids, head, text) for head, text in zip(TEXT_HEADS, texts, strict=True)]
    return " ".join((fingerprint(ids, "", "ids"), *marks))


def fingerprint(ids: Sequence[str], head: str, text: str) -> str:
    """Give the fingerprint of one column of the row with these ids; an empty one is plain to see."""
    if not text:
        return _EMPTY
    return blake2b("\n".join((*ids, head, text)).encode(), digest_size=5).hexdigest()


def origin_line(export: MatrixExport) -> str:
    """Say what a workbook was made from, for whoever reads it back."""
    cells = len(export.rows) * len(export.columns)
    return f"Study {export.study_id}, decision {export.head.count}, hash {export.head.hash}, {cells} cells"


@dataclass(frozen=True, slots=True)
class Origin:
    """What a workbook was made from."""

    study_id: str
    count: int
    """Decisions in the log then."""
    hash: str
    """Hash of the last of them."""
    cells: int


def read_origin(line: str) -> Origin | None:
    """Read that line; None where it says no such thing."""
    found = _ORIGIN.search(line)
    return None if found is None else Origin(found[1], int(found[2]), found[3], int(found[4]))
