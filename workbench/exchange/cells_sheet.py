"""The sheet `Cells` of a workbook: what stands in a row, so that an edited one is told from an exported one.

Beside the words of a cell stand, in one hidden column, a fingerprint of every column as it was exported and
the ids of its case, its code and its excerpts. With them rows may be sorted or filtered, and what was changed
is known without the study.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
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
KEY = "As exported"
"""Head of the hidden column."""
TEXT_HEADS = ("Case", "Code", *EDITED, *FOLLOWING)
HEADS = (*TEXT_HEADS, KEY)
LONGEST = 32_767
"""UTF-16 units that a cell of a workbook holds."""
_CUT = " … [cut here: the whole text is on the sheet About under Whole texts]"
_EMPTY = "-"
_LONGEST_KEY = LONGEST // 2 - 20
"""Characters of the hidden column, its seal left out; each may take two units."""
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
        "\n".join(quote.printed() for quote in cell.quotes),
        "\n".join(f"[{number}] {notes[number]}" for number in cell.notes),
        words.evidence_line(cell).removeprefix("Evidence: "),
    )


@dataclass(frozen=True, slots=True)
class Key:
    """What the hidden column says of a row."""

    marks: tuple[str, ...]
    """Fingerprints in the order of `TEXT_HEADS`."""
    case_id: str
    """The ids as `id_shown` gives them."""
    code_id: str
    refs: Mapping[str, str]
    """Refs of evidence -> excerpt ids."""


def key_of(cell: ExportCell, refs: Mapping[str, str], texts: Iterable[str]) -> str:
    """Write the hidden column of a row: fingerprints of its texts as they stand there, and the ids.

    What does not fit of very many excerpts is left out.
    """
    held = [fingerprint(text) for text in texts]
    held += map(id_shown, cell.places[0])
    held += [f"{ref}={id_shown(identifier)}" for identifier, ref in refs.items()]
    key = " ".join(held)
    if len(key) > _LONGEST_KEY:
        key = key[: key.rindex(" ", 0, _LONGEST_KEY)]
    return f"{fingerprint(key)} {key}"


def read_key(words: str) -> Key | None:
    """Read what `key_of` wrote; None where something else stands there."""
    seal, _, key = words.partition(" ")
    held, count = key.split(" "), len(TEXT_HEADS)
    if seal != fingerprint(key) or len(held) < count + 2:
        return None
    case_id, code_id, *refs = held[count:]
    return Key(tuple(held[:count]), case_id, code_id, dict(ref.split("=", 1) for ref in refs))


def id_shown(identifier: str) -> str:
    """Give an id as it stands in the hidden column, without a space."""
    return visible(identifier).replace(" ", "<U+0020>")


def fingerprint(text: str) -> str:
    """Give the fingerprint of a text; an empty one is plain to see."""
    return blake2b(text.encode(), digest_size=5).hexdigest() if text else _EMPTY


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
