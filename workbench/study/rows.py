"""Records as SQL rows and back: the one converter between storage and the model."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import Any

from workbench.model.records import KINDS, empty_value, forms, without_empty
from workbench.study.schema import TABLES


def quoted(name: str) -> str:
    """Quote a column or table name of the schema."""
    return f'"{name}"'


@cache
def select_sql(kind: str, prefix: str = "") -> str:
    """Write the start of a query for all columns of a kind in field order."""
    columns = ", ".join(prefix + quoted(form.name) for form in forms(kind))
    return f"SELECT {columns} FROM {quoted(TABLES[kind].name)}"


@cache
def upsert_sql(kind: str) -> str:
    """Write the statement that puts one record, new or changed."""
    names = [form.name for form in forms(kind)]
    columns = ", ".join(map(quoted, names))
    marks = ", ".join("?" for _ in names)
    updates = ", ".join(f"{quoted(name)}=excluded.{quoted(name)}" for name in names if name != "id")
    return (
        f"INSERT INTO {quoted(TABLES[kind].name)} ({columns}) VALUES ({marks}) "
        f"ON CONFLICT(id) DO UPDATE SET {updates}"
    )


@cache
def delete_sql(kind: str) -> str:
    """Write the statement that takes one record away."""
    return f"DELETE FROM {quoted(TABLES[kind].name)} WHERE id = ?"


@cache
def _columns(kind: str) -> tuple[tuple[str, ...], tuple[Any, ...], tuple[tuple[int, str], ...]]:
    """Give names and values when left out of all columns, and (place, shape) of those stored otherwise."""
    names = tuple(form.name for form in forms(kind))
    empty = tuple(empty_value(form) for form in forms(kind))
    special = tuple(
        (place, form.shape)
        for place, form in enumerate(forms(kind))
        if form.shape in ("list", "map", "truth")
    )
    return names, empty, special


def row_of(kind: str, data: Mapping[str, Any]) -> list[Any]:
    """Turn the JSON of a record into column values."""
    names, empty, special = _columns(kind)
    row = list(map(data.get, names, empty))
    for place, shape in special:
        row[place] = _stored(row[place], shape)
    return row


def _stored(value: Any, shape: str) -> Any:
    if value is None:
        return None
    if shape == "truth":
        return int(value)
    if not value:
        return "[]" if shape == "list" else "{}"
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def json_of(kind: str, row: Iterable[Any]) -> dict[str, Any]:
    """Turn column values into the JSON of a record."""
    names, _, special = _columns(kind)
    values = list(row)
    for place, shape in special:
        values[place] = _unstored(values[place], shape)
    return without_empty(zip(names, values, strict=True))


def _unstored(value: Any, shape: str) -> Any:
    if value is None:
        return None
    if shape == "truth":
        return bool(value)
    if value in ("[]", "{}"):
        return [] if shape == "list" else {}
    return json.loads(value)


@cache
def _readers(kind: str) -> tuple[tuple[int, str, Callable[[Any], Any]], ...]:
    """Give (place, shape, reader) of the columns whose values are not already those of the record."""
    return tuple(
        (place, form.shape, form.read)
        for place, form in enumerate(forms(kind))
        if form.read not in (str, int)
    )


def record_of(kind: str, row: Iterable[Any]) -> Any:
    """Turn column values into a record."""
    values = list(row)
    for place, shape, read in _readers(kind):
        value = values[place]
        if value is not None:
            values[place] = read(value if shape == "text" else _unstored(value, shape))
    return KINDS[kind](*values)
