"""Records as JSON: how every dataclass of the model is written into the log and read back.

A record is a frozen dataclass with an `id` whose fields are strings, whole numbers, truth values, enums,
tuples of strings or maps of strings. Its key is `kind:id`, where kind is the name in KINDS.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields
from enum import StrEnum
from functools import cache
from operator import attrgetter
from types import NoneType, UnionType
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from workbench.model.case import Case, CaseDocument, Document, Reading
from workbench.model.cell import Cell, CellExcerpt, CellQuote, CountingRule, Footnote, SearchRecord, Status
from workbench.model.claim import Claim, ClaimCell, ClaimExcerpt
from workbench.model.coding import Coding, Excerpt, Reviewed
from workbench.model.framework import Code, FrameworkVersion, Theme
from workbench.model.glossary import Term
from workbench.model.index_edition import (
    AnswerExcerpt,
    IndexAnswer,
    IndexEdition,
    Indicator,
    IndicatorMapping,
    PrintedScore,
)
from workbench.model.memo import Memo
from workbench.model.saved_chart import SavedChart
from workbench.model.suggestion import Suggestion
from workbench.model.text import Text
from workbench.model.translation import Alignment, LeftBehind, Link, Verification
from workbench.model.translation_check import CheckAnswer
from workbench.model.unit_cut import UnitCut


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting of the study, such as its title."""

    id: str
    value: str


Record = (
    Setting
    | Case
    | Document
    | CaseDocument
    | Text
    | UnitCut
    | Alignment
    | Link
    | Verification
    | Term
    | CheckAnswer
    | Reading
    | Memo
    | Theme
    | Code
    | FrameworkVersion
    | CountingRule
    | Status
    | Excerpt
    | LeftBehind
    | Suggestion
    | Coding
    | Reviewed
    | Cell
    | CellExcerpt
    | CellQuote
    | SearchRecord
    | Footnote
    | SavedChart
    | Claim
    | ClaimCell
    | ClaimExcerpt
    | IndexEdition
    | Indicator
    | IndicatorMapping
    | IndexAnswer
    | AnswerExcerpt
    | PrintedScore
)
R = TypeVar("R", bound=Record)

KINDS: dict[str, type[Any]] = {
    "setting": Setting,
    "case": Case,
    "document": Document,
    "case-document": CaseDocument,
    "text": Text,
    "unit-cut": UnitCut,
    "alignment": Alignment,
    "link": Link,
    "verification": Verification,
    "term": Term,
    "check-answer": CheckAnswer,
    "reading": Reading,
    "theme": Theme,
    "code": Code,
    "framework-version": FrameworkVersion,
    "rule": CountingRule,
    "status": Status,
    "excerpt": Excerpt,
    "left-behind": LeftBehind,
    "suggestion": Suggestion,
    "coding": Coding,
    "reviewed": Reviewed,
    "cell": Cell,
    "cell-excerpt": CellExcerpt,
    "cell-quote": CellQuote,
    "search": SearchRecord,
    "footnote": Footnote,
    "chart": SavedChart,
    "claim": Claim,
    "claim-cell": ClaimCell,
    "claim-excerpt": ClaimExcerpt,
    "index-edition": IndexEdition,
    "indicator": Indicator,
    "indicator-mapping": IndicatorMapping,
    "index-answer": IndexAnswer,
    "answer-excerpt": AnswerExcerpt,
    "printed-score": PrintedScore,
    "memo": Memo,
}
"""Kind -> record class; parents before children, so that records can be written in this order."""

_KIND_OF = {cls: kind for kind, cls in KINDS.items()}


def kind_of(cls: type[Any]) -> str:
    """Name the kind of a record class."""
    return _KIND_OF[cls]


def key_of(record: Record) -> str:
    """Give the key of a record: `kind:id`."""
    return f"{kind_of(type(record))}:{record.id}"


def split_key(key: str) -> tuple[str, str]:
    """Take a key apart into kind and id."""
    kind, _, identifier = key.partition(":")
    return kind, identifier


def cell_id_of(key: str, data: Mapping[str, Any]) -> str:
    """Name the cell that a record is or belongs to, by its key and JSON; empty where it belongs to none."""
    kind, identifier = split_key(key)
    if kind == "cell":
        return identifier
    if kind in ("cell-excerpt", "cell-quote"):
        return str(data["cell_id"])
    if kind == "search":
        return Cell.key(data["case_id"], data["code_id"])
    if kind == "footnote" and data["anchor"].startswith("cell:"):
        return split_key(data["anchor"])[1]
    return ""


@dataclass(frozen=True, slots=True)
class FieldForm:
    """How one field is written and read."""

    name: str
    shape: str
    """`text`, `integer`, `truth`, `list` or `map`."""
    optional: bool
    read: Callable[[Any], Any]


@cache
def forms(kind: str) -> tuple[FieldForm, ...]:
    """Describe how each field of a kind of record is written and read."""
    cls = KINDS[kind]
    hints = get_type_hints(cls)
    return tuple(_form(field.name, hints[field.name]) for field in fields(cls))


def _form(name: str, hint: Any) -> FieldForm:
    optional = False
    if get_origin(hint) in (Union, UnionType):
        hint = next(arm for arm in get_args(hint) if arm is not NoneType)
        optional = True
    origin = get_origin(hint)
    if origin is tuple:
        item = get_args(hint)[0]
        return FieldForm(name, "list", optional, lambda value: tuple(item(part) for part in value))
    if origin is not None and issubclass(origin, Mapping):
        return FieldForm(name, "map", optional, dict)
    if hint is bool:
        return FieldForm(name, "truth", optional, bool)
    if hint is int:
        return FieldForm(name, "integer", optional, int)
    if issubclass(hint, StrEnum):
        return FieldForm(name, "text", optional, hint)
    return FieldForm(name, "text", optional, str)


@cache
def _layout(kind: str) -> tuple[tuple[str, ...], Callable[[Any], tuple[Any, ...]], tuple[FieldForm, ...]]:
    """Give field names, a way to read all fields at once, and the fields that are not plain by themselves."""
    names = tuple(form.name for form in forms(kind))
    hints = get_type_hints(KINDS[kind])
    special = tuple(
        form
        for form in forms(kind)
        if form.shape in ("list", "map") or (form.shape == "text" and hints[form.name] is not str)
    )
    return names, attrgetter(*names), special


def to_json(record: Record) -> dict[str, Any]:
    """Write a record as plain JSON values.

    What is empty is left out, so that a field added later reads as empty in an older record.
    """
    names, read, special = _layout(kind_of(type(record)))
    data = without_empty(zip(names, read(record), strict=True))
    for form in special:
        if form.name in data:
            data[form.name] = _plain(data[form.name], form.shape)
    return data


def without_empty(values: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    """Leave out the values that say nothing: no text, no items, not true, none. A zero stays."""
    return {name: value for name, value in values if value or (value == 0 and value is not False)}


def _plain(value: Any, shape: str) -> Any:
    if shape == "list":
        return [str(part) for part in value]
    if shape == "map":
        return {str(name): str(part) for name, part in value.items()}
    return str(value)


def empty_value(form: FieldForm) -> Any:
    """Give the JSON value of a field that was left out."""
    if form.optional:
        return None
    return {"text": "", "integer": 0, "truth": False, "list": [], "map": {}}[form.shape]


def from_json(kind: str, data: Mapping[str, Any]) -> Any:
    """Read a record of a kind from its JSON; raises KeyError for an unknown kind."""
    values = {}
    for form in forms(kind):
        value = data.get(form.name, empty_value(form))
        values[form.name] = None if value is None else form.read(value)
    return KINDS[kind](**values)
