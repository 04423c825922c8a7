"""Workbooks of others, read cell by cell: nothing is computed, fetched or guessed.

The parts are expanded within the limits of archives and go straight through a parser that refuses document
types, so that no entity is ever defined and no tree of a million cells is built. A reader of spreadsheets
would turn numbers into dates, leave out what is merged and change `_x005F_` in words; here a cell is what the
file says, with its kind.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from posixpath import join, normpath
from typing import Any
from xml.etree.ElementTree import Element
from xml.parsers import expat

from workbench.errors import UnreadableFile
from workbench.sources.archive import Archive
from workbench.sources.limits import MAX_TABLE_ROWS
from workbench.sources.refusals import reading, refuse_damaged, refuse_hostile, refuse_wrong_kind

EXPECTED = "a workbook (.xlsx)"
MAX_COLUMNS = 16_384
"""A sheet cannot have more."""
_BOOK = "xl/workbook.xml"
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_PLACE = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
_SAVE_AGAIN = (
    "Open it in its own program, save it as a workbook of the kind .xlsx without a password, and read that."
)
_KINDS = {"s": "text", "inlineStr": "text", "str": "text", "b": "truth", "e": "error"}


@dataclass(frozen=True, slots=True)
class Value:
    """What stands in one cell of a sheet."""

    words: str
    kind: str = "text"
    """`text`, `number` (a date is one), `truth`, `error` or `formula`."""


@dataclass(slots=True)
class ReadSheet:
    """The cells of one sheet; rows and columns are counted from 1."""

    rows: dict[int, dict[int, Value]] = field(default_factory=dict)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    """First row, first column, last row and last column of what is merged."""


def place_of(row: int, column: int) -> str:
    """Name a cell as spreadsheets do: `C7`."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row}"


def read_sheet(name: str, data: bytes, wanted: str) -> ReadSheet:
    """Read one sheet of a workbook; raises UnreadableFile where the file or the sheet cannot be read."""
    try:
        archive = _archive(name, data)
        parts = _parts(name, archive, wanted)
        strings = _strings(name, archive, parts["strings"]) if "strings" in parts else []
        return _sheet(name, archive, parts["sheet"], strings)
    except UnreadableFile as error:
        if error.do == _ADD_SHEET:
            raise
        raise UnreadableFile(error.what, do=_SAVE_AGAIN) from error


_ADD_SHEET = "Read the workbook that was exported; the sheet must keep its name."


def _archive(name: str, data: bytes) -> Archive:
    archive = Archive(name, data, EXPECTED)
    if _BOOK not in archive:
        raise refuse_wrong_kind(name, data, EXPECTED)
    return archive


def _parts(name: str, archive: Archive, wanted: str) -> Mapping[str, str]:
    """Find the parts that hold the wanted sheet and the shared words."""
    found = {}
    targets = {}
    for link in archive.tree("xl/_rels/workbook.xml.rels"):
        target = normpath(join("/xl", link.get("Target", ""))).lstrip("/")
        targets[link.get("Id", "")] = target
        if link.get("Type", "").endswith("/sharedStrings"):
            found["strings"] = target
    sheets = [each for each in archive.tree(_BOOK).iter() if _local(each.tag) == "sheet"]
    for sheet in sheets:
        if sheet.get("name") == wanted:
            found["sheet"] = targets.get(_relation(sheet), "")
    if "sheet" not in found:
        there = ", ".join(sheet.get("name", "") for sheet in sheets)
        raise UnreadableFile(f"“{name}” has no sheet {wanted}; its sheets are {there}.", do=_ADD_SHEET)
    if found["sheet"] not in archive:
        raise refuse_damaged(name, EXPECTED, f"the sheet {wanted} is missing")
    return found


def _relation(sheet: Element) -> str:
    """Find the id of the relation, in whichever of the two namespaces of relations it stands."""
    return next((value for key, value in sheet.items() if key.endswith("}id")), "")


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]


def _strings(name: str, archive: Archive, part: str) -> list[str]:
    words = _Strings()
    _parse(name, archive.read(part), words)
    return words.found


def _sheet(name: str, archive: Archive, part: str, strings: list[str]) -> ReadSheet:
    cells = _Cells(name, strings)
    _parse(name, archive.read(part), cells)
    return cells.sheet


def _parse(name: str, data: bytes, handler: _Strings | _Cells) -> None:
    def refuse(*_: Any) -> None:
        raise refuse_hostile(name, "it defines XML entities, which can exhaust memory or fetch other files")

    parser = expat.ParserCreate(namespace_separator="}")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = refuse
    parser.StartElementHandler = lambda tag, attributes: handler.start(_local(tag), attributes)
    parser.EndElementHandler = lambda tag: handler.end(_local(tag))
    parser.CharacterDataHandler = handler.characters
    with reading(name, EXPECTED, expat.ExpatError):
        parser.Parse(data, True)


def _unescaped(words: str) -> str:
    """Undo the escapes of workbooks, and write line ends as one character."""
    if "_x" in words:
        words = _ESCAPE.sub(lambda match: chr(int(match[1], 16)), words)
    return words.replace("\r\n", "\n").replace("\r", "\n") if "\r" in words else words


class _Words:
    """Gathers the words of rich and plain text; what only tells how to pronounce them is left out."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._piece: list[str] | None = None
        self._passed_over = 0

    def start(self, tag: str) -> None:
        """Begin a run of words, or something that is passed over."""
        if tag == "rPh":
            self._passed_over += 1
        elif tag == "t" and not self._passed_over:
            self._piece = []

    def end(self, tag: str) -> None:
        """End it."""
        if tag == "rPh":
            self._passed_over -= 1
        elif tag == "t" and self._piece is not None:
            self._pieces.append(_unescaped("".join(self._piece)))
            self._piece = None

    def characters(self, words: str) -> None:
        """Take words of a run."""
        if self._piece is not None:
            self._piece.append(words)

    def taken(self) -> str:
        """Give everything since the last time."""
        words = "".join(self._pieces)
        self._pieces.clear()
        return words


class _Strings:
    """Gathers the shared words of a workbook."""

    def __init__(self) -> None:
        self.found: list[str] = []
        self._words = _Words()
        self.characters = self._words.characters

    def start(self, tag: str, _: Mapping[str, str]) -> None:
        """Begin something."""
        self._words.start(tag)

    def end(self, tag: str) -> None:
        """End something; `si` is one string."""
        self._words.end(tag)
        if tag == "si":
            self.found.append(self._words.taken())


class _Cells:
    """Gathers the cells of a sheet."""

    def __init__(self, name: str, strings: list[str]) -> None:
        self.sheet = ReadSheet()
        self._name = name
        self._strings = strings
        self._row = self._column = 0
        self._type = ""
        self._computed = False
        self._held = ""
        self._value: list[str] | None = None
        self._words = _Words()

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Begin a row, a cell or what stands in it."""
        if tag == "c":
            self._start_cell(attributes)
        elif tag in ("v", "f"):
            self._value = []
            self._computed |= tag == "f"
        elif tag == "row":
            self._row = int(attributes.get("r", self._row + 1))
            self._column = 0
            if not 0 < self._row <= MAX_TABLE_ROWS:
                raise refuse_hostile(self._name, f"a sheet of it has more than {MAX_TABLE_ROWS} rows")
        elif tag == "mergeCell":
            self._merge(attributes.get("ref", ""))
        else:
            self._words.start(tag)

    def _start_cell(self, attributes: Mapping[str, str]) -> None:
        place = attributes.get("r")
        self._column = self._column + 1 if place is None else _place(place)[1]
        if not 0 < self._column <= MAX_COLUMNS:
            raise ValueError(f"there is no column {self._column}")
        self._type = attributes.get("t", "n")
        self._computed = False
        self._value = None
        self._held = ""

    def characters(self, words: str) -> None:
        """Take what stands in a cell."""
        if self._value is not None:
            self._value.append(words)
        else:
            self._words.characters(words)

    def end(self, tag: str) -> None:
        """End a cell or what stands in it."""
        self._words.end(tag)
        if tag == "v":
            self._held = "".join(self._value or ())
            self._value = None
        elif tag == "f":
            self._value = None
        elif tag == "c":
            self._end_cell()

    def _end_cell(self) -> None:
        inline = self._words.taken()
        words = inline if self._type == "inlineStr" else self._held
        if self._type == "s" and words:
            words = self._shared(int(words))
        elif self._type == "str":
            words = _unescaped(words)
        if words or self._computed:
            kind = "formula" if self._computed else _KINDS.get(self._type, "number")
            self.sheet.rows.setdefault(self._row, {})[self._column] = Value(words, kind)

    def _shared(self, number: int) -> str:
        if not 0 <= number < len(self._strings):
            raise ValueError(f"there are no shared words {number}")
        return self._strings[number]

    def _merge(self, ref: str) -> None:
        first, _, last = ref.partition(":")
        self.sheet.merged.append((*_place(first), *_place(last or first)))


def _place(place: str) -> tuple[int, int]:
    """Read `C7` as row and column."""
    match = _PLACE.fullmatch(place.replace("$", ""))
    if match is None:
        raise ValueError(f"{place} is no place in a sheet")
    column = 0
    for letter in match[1]:
        column = 26 * column + ord(letter) - 64
    return int(match[2]), column
