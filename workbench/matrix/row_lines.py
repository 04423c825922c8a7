"""The rows that a chart can have: cases, groups of them, documents and groups of those."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from workbench.errors import WrongUsage
from workbench.matrix.chart import Chart
from workbench.model.case import Case, CaseDocument, Document
from workbench.model.saved_chart import Rows
from workbench.study.study import Study

T = TypeVar("T")
BY_ATTRIBUTE = "attribute:"
NOT_GIVEN = "not given"
DOCUMENT_FIELDS = ("issuer", "type", "level", "year", "case")
"""What documents can be grouped, filtered and sorted by, beside their names."""


@dataclass(frozen=True, slots=True)
class Line:
    """A row: some cases, seen whole or only through some documents."""

    id: str
    label: str
    case_ids: tuple[str, ...]
    document_ids: frozenset[str] | None = None
    """The documents whose evidence stands in it; None for all."""
    values: dict[str, str] | None = None
    """Its attributes by name; those of a group hold every value once."""
    group: str = ""
    """What it stands together with others under."""


class RowLines:
    """The rows that a chart can have, with their attributes."""

    def __init__(self, study: Study, chart: Chart) -> None:
        self._study = study
        self._cases = chart.cases
        self.names: list[str] = list(dict.fromkeys(n for case in chart.cases for n in case.attributes))
        """Names of the attributes that rows have."""

    def of(self, rows: str) -> list[Line]:
        """List the rows of an axis; raises WrongUsage for one that is not there."""
        if rows == Rows.CASES:
            return [Line(c.id, c.name, (c.id,), values=dict(c.attributes)) for c in self._cases]
        if rows.startswith(BY_ATTRIBUTE):
            name = rows.removeprefix(BY_ATTRIBUTE)
            known_name(name, self.names, "attribute")
            return [
                Line(value, value, tuple(c.id for c in cases), values=_together(cases, self.names))
                for value, cases in _grouped(self._cases, lambda c: c.attributes.get(name, ""))
            ]
        fields: dict[str, Callable[[Document], str]] = {Rows.ISSUERS: lambda d: d.issuer, Rows.YEARS: _year}
        if rows not in (Rows.DOCUMENTS, *fields):
            known = ", ".join([*Rows, *(f"{BY_ATTRIBUTE}{name}" for name in self.names)])
            raise WrongUsage(f"Rows cannot be {rows}. Rows: {known}.")
        documents = self._documents()
        if rows == Rows.DOCUMENTS:
            return [self._of_documents(document.id, document.key, [document]) for document in documents]
        found = _grouped(documents, fields[rows])
        if rows == Rows.YEARS:
            found.sort(key=lambda pair: pair[0])
        return [self._of_documents(value, value, group) for value, group in found]

    def _documents(self) -> list[Document]:
        self.names = list(DOCUMENT_FIELDS)
        self._cases_of: dict[str, list[Case]] = {}
        cases = {case.id: case for case in self._cases}
        for member in self._study.all(CaseDocument):
            if member.case_id in cases:
                self._cases_of.setdefault(member.document_id, []).append(cases[member.case_id])
        everything = self._study.all(Document, order="key")
        return [d for d in everything if not d.excluded and d.id in self._cases_of]

    def _of_documents(self, identifier: str, label: str, documents: Sequence[Document]) -> Line:
        cases = [case for case in self._cases if any(case in self._cases_of[d.id] for d in documents)]
        values = {
            "issuer": _listed(d.issuer for d in documents),
            "type": _listed(d.type for d in documents),
            "level": _listed(d.level for d in documents),
            "year": _listed(_year(d) for d in documents),
            "case": _listed(case.name for case in cases),
        }
        ids = frozenset(document.id for document in documents)
        return Line(identifier, label, tuple(case.id for case in cases), ids, values)


def _grouped(items: Iterable[T], value: Callable[[T], str]) -> list[tuple[str, list[T]]]:
    groups: dict[str, list[T]] = {}
    for item in items:
        groups.setdefault(value(item).strip() or NOT_GIVEN, []).append(item)
    return list(groups.items())


def _together(cases: Iterable[Case], names: Iterable[str]) -> dict[str, str]:
    held = list(cases)
    return {name: _listed(case.attributes.get(name, "") for case in held) for name in names}


def _listed(values: Iterable[str]) -> str:
    return "; ".join(dict.fromkeys(value.strip() for value in values if value.strip()))


def _year(document: Document) -> str:
    dated = next(filter(None, (document.adopted, document.in_force_from, document.version_date)), "")
    return dated[:4] if dated[:4].isdigit() else NOT_GIVEN


def known_name(name: str, names: Sequence[str], what: str) -> None:
    """Raise WrongUsage where a name is not among those there are."""
    if name not in names:
        raise WrongUsage(f"There is no {what} {name}. Attributes: {', '.join(names) or 'none'}.")
