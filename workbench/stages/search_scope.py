"""Where to search: the texts that filters leave, in the order of cases and documents."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, fields

from workbench.errors import WrongUsage
from workbench.model.case import Case, CaseDocument, Document
from workbench.model.text import Passage, PlaceMap, Text, TextKind
from workbench.study.study import Study


@dataclass(frozen=True, slots=True)
class Condition:
    """A value that an attribute of a case or a field of the document register must have."""

    of: str
    """`case` or `document`."""
    name: str
    value: str
    """Compared without case, width and white space at the ends."""


def condition_of(typed: str) -> Condition:
    """Read `case.NAME=VALUE` or `document.NAME=VALUE`; raises WrongUsage for anything else."""
    name, equals, value = typed.partition("=")
    of, dot, field = name.strip().partition(".")
    if not equals or not dot or of not in ("case", "document") or not field:
        raise WrongUsage(f"“{typed}” is not case.NAME=VALUE or document.NAME=VALUE.", safe="")
    return Condition(of, field, value.strip())


@dataclass(frozen=True, slots=True)
class Scope:
    """The texts to search. An empty field asks nothing; all that are filled must hold."""

    within: frozenset[str] = frozenset()
    """Ids of texts, documents and cases; a text belongs where any of them holds it."""
    languages: frozenset[str] = frozenset()
    """Languages such as `ja`, which stands for `ja-JP` too."""
    kinds: frozenset[TextKind] = frozenset()
    conditions: tuple[Condition, ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """A text to search, with the document it gives and the cases that document serves."""

    text: Text
    document: Document
    cases: tuple[Case, ...]
    """In study order."""


class Citations:
    """Pages and paragraphs of passages; quick for passages of the same text one after the other."""

    def __init__(self, study: Study) -> None:
        self._study = study
        self._map: tuple[str, PlaceMap] | None = None

    def of(self, text: Text, passage: Passage) -> str:
        """Cite a passage: `p. 3, para. 12`."""
        if self._map is None or self._map[0] != text.id:
            self._map = text.id, self._study.places(text)
        return self._map[1].cite(passage)


def places_in(study: Study, scope: Scope) -> list[Place]:
    """List the texts of a scope by first case, document, original before translations.

    A document that serves several cases comes once. Excluded documents are left out unless they or their
    texts are named. Raises WrongUsage for a condition on a name that nothing has.
    """
    documents = {document.id: document for document in study.all(Document)}
    cases = {case.id: case for case in study.all(Case, order="position")}
    serves: dict[str, list[Case]] = {}
    links = {(link.case_id, link.document_id) for link in study.all(CaseDocument)}
    for case_id, document_id in sorted(links, key=lambda link: cases[link[0]].position):
        serves.setdefault(document_id, []).append(cases[case_id])
    _refuse_unknown_names(scope, list(documents.values()), list(cases.values()))
    every = [
        Place(text, documents[text.document_id], tuple(serves.get(text.document_id, ())))
        for text in study.all(Text)
    ]
    found = [place for place in every if _holds(scope, place)]
    return sorted(found, key=_order)


def _order(place: Place) -> tuple[int, str, bool, str, str]:
    first = place.cases[0].position if place.cases else 1 << 60
    text = place.text
    return first, place.document.key, text.kind is not TextKind.ORIGINAL, text.language, text.id


def _holds(scope: Scope, place: Place) -> bool:
    text, document = place.text, place.document
    named = {text.id, document.id} & scope.within
    if scope.within and not named and not any(case.id in scope.within for case in place.cases):
        return False
    if document.excluded and not named:
        return False
    if scope.languages and not any(
        text.language == one or text.language.startswith(f"{one}-") for one in scope.languages
    ):
        return False
    if scope.kinds and text.kind not in scope.kinds:
        return False
    return all(_meets(condition, place) for condition in scope.conditions)


def _meets(condition: Condition, place: Place) -> bool:
    wanted = _plain(condition.value)
    if condition.of == "case":
        return any(_plain(case.attributes.get(condition.name, "")) == wanted for case in place.cases)
    return _plain(register_fields(place.document).get(condition.name, "")) == wanted


def _plain(value: str) -> str:
    return unicodedata.normalize("NFKC", value).casefold().strip()


def register_fields(document: Document) -> Mapping[str, str]:
    """Give the fields of a document that a condition can name, columns of its own register included."""
    own = {field.name: getattr(document, field.name) for field in fields(Document) if field.name != "extra"}
    return {**document.extra, **own}


def _refuse_unknown_names(scope: Scope, documents: list[Document], cases: list[Case]) -> None:
    for condition in scope.conditions:
        if condition.of == "case":
            known = {name for case in cases for name in case.attributes}
        else:
            own = {field.name for field in fields(Document)} - {"id", "extra"}
            known = own.union(*(document.extra for document in documents))
        if condition.name not in known:
            names = ", ".join(sorted(known)) or "none"
            raise WrongUsage(f"No {condition.of} has {condition.name}.", safe="", do=f"There are: {names}.")
