"""The sheet `Cells` of a workbook: what stands in a row, so that an edited one is told from an exported one.

Beside the words of a cell stand, in hidden columns, the ids of its case and code and a fingerprint of every
column as it was exported. With them a row may be sorted or filtered, and what was changed in it is known
without the study.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from hashlib import blake2b

from workbench.exchange import matrix_words as words
from workbench.exchange.matrix_export import ExportCell, MatrixExport
from workbench.model.visible import visible

SHEET = "Cells"
EDITED = ("Status", "Note", "Summary", "Comment", "State")
"""Heads of the columns that a reader may change."""
FOLLOWING = ("Quotes", "Footnotes", "Evidence")
"""Heads of the columns that are there to be read."""
CASE_ID, CODE_ID, FINGERPRINTS = "Case id", "Code id", "As exported"
TEXT_HEADS = ("Case", "Code", *EDITED, *FOLLOWING)
HEADS = (*TEXT_HEADS, CASE_ID, CODE_ID, FINGERPRINTS)
LONGEST = 32_767
"""UTF-16 units that a cell of a workbook holds."""
_CUT = "\n… [cut here: the whole text is on the sheet About under Whole texts]"
_EMPTY = "-"
_ORIGIN = re.compile(r"Study ([0-9a-f]{64}), decision (\d+), hash ([0-9a-f]{64})")


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
    if len(pieces(whole, LONGEST)) == 1:
        return whole
    return pieces(whole, LONGEST - len(_CUT))[0] + _CUT


def texts_of(export: MatrixExport, cell: ExportCell) -> tuple[str, ...]:
    """Give what a row says, in the order of `TEXT_HEADS`."""
    notes = {note.number: note.content for note in export.notes}
    return (
        export.rows[cell.row].name,
        export.columns[cell.column].label,
        cell.status,
        cell.note,
        cell.summary,
        cell.comment,
        cell.state,
        "\n".join(f"“{quote.content}” ({quote.ref})" for quote in cell.quotes),
        "\n".join(f"[{number}] {notes[number]}" for number in cell.notes),
        words.evidence_line(cell).removeprefix("Evidence: "),
    )


def fingerprints(case_id: str, code_id: str, texts: Sequence[str]) -> str:
    """Give a fingerprint of the two ids, and one of every text as it stands in the workbook."""
    row = f"{case_id}\n{code_id}"
    marks = (fingerprint(row, head, text) for head, text in zip(TEXT_HEADS, texts, strict=True))
    return " ".join((fingerprint(row, "", "ids"), *marks))


def fingerprint(row: str, head: str, text: str) -> str:
    """Give the fingerprint of one column of the row with these ids; an empty one is plain to see."""
    if not text:
        return _EMPTY
    return blake2b(f"{row}\n{head}\n{text}".encode(), digest_size=5).hexdigest()


def origin_line(export: MatrixExport) -> str:
    """Say what a workbook was made from, for whoever reads it back."""
    return f"Study {export.study_id}, decision {export.head.count}, hash {export.head.hash}"


def read_origin(line: str) -> tuple[str, int, str] | None:
    """Read that line: id of the study, count and hash of its log; None where it says none."""
    found = _ORIGIN.search(line)
    return None if found is None else (found[1], int(found[2]), found[3])
