"""The document register as a CSV file."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from itertools import chain, count

from workbench.errors import UnreadableFile
from workbench.model.case import Document
from workbench.model.era import iso_of_era
from workbench.model.identity import slug
from workbench.model.text import TextKind

_OTHER_NAMES = {
    "jurisdiction": "cases",
    "case": "cases",
    "author": "issuer",
    "issuing_body": "issuer",
    "title_english": "title_translation",
    "key": "document",
    "file_name": "file",
    "lang": "language",
    "excluded": "excluded_why",
}
"""Column names that registers in use have, and what they are called here."""

_NAMING = ("issuer", "title", "title_translation")
"""Fields that differ only between different documents."""
KEY_IN_REGISTER = "key_in_register"
"""Column that keeps a key as the register has it, where two documents share it."""
_DOCUMENT_FIELDS = frozenset(f.name for f in fields(Document)) - {"id", "key", "extra"}


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """One line of a register: a document, and the file that holds a text of it where there is one."""

    line: int
    document: str
    file: str = ""
    language: str = ""
    kind: TextKind | None = None
    cases: tuple[str, ...] = ()
    values: Mapping[str, str] = field(default_factory=dict)
    """Fields of the register entry."""
    extra: Mapping[str, str] = field(default_factory=dict)
    """Columns that have no field, kept so that nothing is lost."""
    notes: tuple[str, ...] = ()


def read_register(name: str, data: bytes) -> tuple[RegisterRow, ...]:
    """Read a register in UTF-8 CSV; raises UnreadableFile naming the line and the mistake."""
    try:
        content = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableFile(
            f"The register {name} is not UTF-8 (byte {error.start}).", do="Save it as CSV in UTF-8."
        ) from error
    reader = csv.DictReader(io.StringIO(content, newline=""), strict=True)
    try:
        names = [_known(column) for column in reader.fieldnames or ()]
        if len(set(names)) != len(names):
            raise UnreadableFile(f"The register {name} has the same column twice.", do="Rename one of them.")
        reader.fieldnames = names
        rows = [_row(name, reader.line_num, raw) for raw in reader]
    except csv.Error as error:
        raise UnreadableFile(f"The register {name}, line {reader.line_num}: {error}.") from error
    if not rows:
        raise UnreadableFile(f"The register {name} has no rows.")
    return _told_apart(rows)


def _told_apart(rows: Sequence[RegisterRow]) -> tuple[RegisterRow, ...]:
    """Give documents that share a key and are not the same a key of their own, and say so.

    Several lines may be about one document, one for each of its texts; they do not differ in what it is.
    """
    kept: dict[str, RegisterRow] = {row.document: row for row in reversed(rows)}
    told: list[RegisterRow] = []
    for row in rows:
        base = f"{row.document}-{slug(row.cases[0], ())}" if row.cases else row.document
        keys = chain([row.document, base], (f"{base}-{number}" for number in count(2)))
        key = next(key for key in keys if key not in kept or _same(kept[key], row))
        kept.setdefault(key, row)
        told.append(row if key == row.document else _renamed(row, key))
    return tuple(told)


def _renamed(row: RegisterRow, key: str) -> RegisterRow:
    why = f"Another document has the key {row.document} too; this one is {key}."
    extra = {**row.extra, KEY_IN_REGISTER: row.document}
    return replace(row, document=key, extra=extra, notes=(*row.notes, why))


def _same(one: RegisterRow, other: RegisterRow) -> bool:
    """Tell whether two lines are about one document: what names it nowhere differs."""
    given = [(one.values.get(name), other.values.get(name)) for name in _NAMING]
    return all(not first or not second or first == second for first, second in given)


def _known(column: str) -> str:
    name = column.strip().casefold().replace(" ", "_")
    return _OTHER_NAMES.get(name, name)


def _row(name: str, line: int, raw: Mapping[str | None, str | list[str] | None]) -> RegisterRow:
    if None in raw:
        raise UnreadableFile(f"The register {name}, line {line}: more cells than columns.")
    values = {str(column): str(value or "").strip() for column, value in raw.items()}
    given = {column: value for column, value in values.items() if column in _DOCUMENT_FIELDS and value}
    known = {"document", "file", "language", "kind", "cases"}
    extra = {c: v for c, v in values.items() if c not in _DOCUMENT_FIELDS | known and v}
    notes = _settle_dates(given)
    document = values.get("document", "") or given.get("title", "") or values.get("file", "")
    if not document:
        raise UnreadableFile(f"The register {name}, line {line}: no document, title or file is named.")
    cases = tuple(part.strip() for part in values.get("cases", "").split(";") if part.strip())
    kind = _kind(name, line, values.get("kind", ""))
    file, language = values.get("file", ""), values.get("language", "")
    return RegisterRow(line, document, file, language, kind, cases, given, extra, notes)


def _kind(name: str, line: int, value: str) -> TextKind | None:
    if not value:
        return None
    try:
        return TextKind(value)
    except ValueError as error:
        known = ", ".join(TextKind)
        raise UnreadableFile(
            f"The register {name}, line {line}: {value} is no kind of text.", do=f"Use one of: {known}."
        ) from error


def _settle_dates(given: dict[str, str]) -> tuple[str, ...]:
    """Fill the ISO date from the era date, and say where the two disagree."""
    iso = iso_of_era(given.get("adopted_era", ""))
    if not iso:
        return ()
    if "adopted" not in given:
        given["adopted"] = iso
    elif not given["adopted"].startswith(iso):
        return (f"adopted {given['adopted']} is not {given['adopted_era']} ({iso}).",)
    return ()
