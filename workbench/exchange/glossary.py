"""The glossary as a file that people write and compare: YAML with one term after another, or CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import fields
from typing import Any

from workbench.errors import UnreadableFile
from workbench.exchange.csv import BYTE_ORDER_MARK, begins_formula
from workbench.exchange.yaml_fields import FieldReader, Fields
from workbench.exchange.yaml_nodes import Mistakes, Place, tree_of
from workbench.exchange.yaml_text import Value, yaml_text
from workbench.model.glossary import Term, TermRule
from workbench.model.records import forms

FORMATS = ("yaml", "csv")
FIELDS = tuple(field.name for field in fields(Term) if field.name != "id")
"""Fields of a term in the order of a file; the id is the study's own."""
_LISTS = frozenset(form.name for form in forms("term") if form.shape == "list")
_BETWEEN = ";"


def write_glossary(terms: Sequence[Term], *, format: str) -> bytes:
    """Write terms; `read_glossary` gives the same terms back, without ids."""
    if format == "csv":
        buffer = io.StringIO()
        rows = [FIELDS, *([_cell(getattr(term, name)) for name in FIELDS] for term in terms)]
        csv.writer(buffer, lineterminator="\n").writerows(map(_guarded, row) for row in rows)
        return (BYTE_ORDER_MARK + buffer.getvalue()).encode()
    return yaml_text({"glossary": [_said(term) for term in terms]}).encode()


def _cell(value: Any) -> str:
    return f"{_BETWEEN} ".join(value) if isinstance(value, tuple) else str(value)


def _said(term: Term) -> dict[str, Value]:
    values = {name: getattr(term, name) for name in FIELDS}
    return {name: str(value) if name == "rule" else value for name, value in values.items() if value}


def read_glossary(name: str, data: bytes) -> tuple[Term, ...]:
    """Read a file that `write_glossary` or a person wrote, as YAML or as CSV by the end of its name.

    Raises UnreadableFile with every mistake found, two terms written alike among them.
    """
    mistakes = Mistakes(name, what="glossary")
    if name.casefold().endswith(".csv"):
        placed = list(_from_csv(name, data, mistakes))
    else:
        root = FieldReader(mistakes).mapping(tree_of(data, mistakes), "the glossary", ("glossary",))
        placed = [(item.place(""), _from_yaml(item)) for item in root.items("glossary", "a term", FIELDS)]
    seen: dict[tuple[str, str, str], int] = {}
    for place, term in placed:
        first = seen.setdefault((term.language, term.target_language, term.term), place.line)
        if first != place.line:
            mistakes.add(place, f"the term {term.term} is already on line {first}")
    if not placed:
        mistakes.add(Place(0, 0), "it holds no term")
    mistakes.settle()
    return tuple(term for _, term in placed)


def _from_yaml(item: Fields) -> Term:
    said: dict[str, Any] = {
        name: item.texts(name) if name in _LISTS else item.text(name) for name in FIELDS if name != "rule"
    }
    for name in ("language", "target_language", "term", "rule"):
        item.needed(name)
    return Term(id="", rule=item.choice("rule", tuple(TermRule), TermRule.BY_CONTEXT), **said)


def _from_csv(name: str, data: bytes, mistakes: Mistakes) -> Iterator[tuple[Place, Term]]:
    try:
        reader = csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""), strict=True)
        unknown = [column for column in reader.fieldnames or () if column not in FIELDS]
        missing = [
            one
            for one in ("language", "target_language", "term", "rule")
            if one not in (reader.fieldnames or ())
        ]
        if unknown or missing:
            what = f"has no column {missing[0]}" if missing else f"has an unknown column {unknown[0]}"
            raise UnreadableFile(f"The glossary {name} {what}.", do=f"Columns: {', '.join(FIELDS)}.")
        for row in reader:
            yield Place(reader.line_num, 1), _from_row(row, Place(reader.line_num, 1), mistakes)
    except UnicodeDecodeError as error:
        raise UnreadableFile(
            f"The glossary {name} is not UTF-8 (byte {error.start}).", do="Save it as UTF-8."
        ) from error
    except csv.Error as error:
        raise UnreadableFile(f"The glossary {name} is not CSV in order: {error}.") from error


def _from_row(row: dict[str, Any], place: Place, mistakes: Mistakes) -> Term:
    if None in row:
        mistakes.add(place, "the row has more cells than there are columns")
    values = {name: _unguarded(row.get(name) or "") for name in FIELDS}
    for name in ("language", "target_language", "term"):
        if not values[name].strip():
            mistakes.add(place, f"a term has no {name}")
    rule = values.pop("rule").strip()
    if rule not in list(TermRule):
        mistakes.add(place, f"unknown rule {rule or '“”'}; known: {', '.join(TermRule)}")
        rule = TermRule.BY_CONTEXT
    said: dict[str, Any] = {
        name: tuple(part.strip() for part in value.split(_BETWEEN) if part.strip())
        if name in _LISTS
        else value
        for name, value in values.items()
    }
    return Term(id="", rule=TermRule(rule), **said)


def _guarded(cell: str) -> str:
    """Put an apostrophe before what a spreadsheet could take for a formula; the rest is as it is."""
    return f"'{cell}" if begins_formula(cell) else cell


def _unguarded(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and begins_formula(cell[1:]) else cell
