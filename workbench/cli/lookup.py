"""Find what a user names: ids by a unique beginning, cases by name, codes by number, documents by key."""

from __future__ import annotations

from collections.abc import Callable

from workbench.errors import WrongUsage
from workbench.model.case import Case, Document
from workbench.model.cell import Cell, CountingRule
from workbench.model.framework import Code, Theme, title_setting
from workbench.model.records import KINDS, R, kind_of
from workbench.model.text import Text
from workbench.stages.register import find_case, find_document
from workbench.study.queries import ids_beginning
from workbench.study.study import Study


def record(study: Study, cls: type[R], wanted: str) -> R:
    """Find a record by its id or a beginning that no other id of its kind has."""
    kind = kind_of(cls)
    found = study.find(cls, wanted)
    if found is not None:
        return found
    ids = ids_beginning(study, kind, wanted) if wanted else []
    if not ids:
        raise WrongUsage(f"There is no {kind} {wanted or '“”'} in this study.")
    if len(ids) > 1:
        shown = ", ".join(ids[:5])
        raise WrongUsage(f"Several ids begin with {wanted}: {shown}.", do="Type one more character.")
    return study.get(cls, ids[0])


def case(study: Study, wanted: str) -> Case:
    """Find a case by name, id or the beginning of its id."""
    ids = ids_beginning(study, "case", wanted) if wanted else []
    named = study.all(Case, name=wanted)
    return study.get(Case, ids[0]) if len(ids) == 1 and not named else find_case(study, wanted)


def document(study: Study, wanted: str) -> Document:
    """Find a document by key, id or the beginning of its id."""
    ids = ids_beginning(study, "document", wanted) if wanted else []
    keyed = study.all(Document, key=wanted)
    return study.get(Document, ids[0]) if len(ids) == 1 and not keyed else find_document(study, wanted)


def text(study: Study, wanted: str) -> Text:
    """Find a text by id, by a beginning of it, or by the key of a document that has only one text."""
    documents = study.all(Document, key=wanted)
    texts = study.all(Text, document_id=documents[0].id) if documents else []
    if len(texts) == 1:
        return texts[0]
    if texts:
        ids = ", ".join(f"{held.id} ({held.language or held.kind})" for held in texts)
        raise WrongUsage(f"{wanted} has several texts: {ids}.", do="Name the text by its id.")
    return record(study, Text, wanted)


def code(study: Study, wanted: str) -> Code:
    """Find a code by number, name, id or the beginning of its id."""
    from workbench.stages.index import find_code

    found = study.framework.find(wanted)
    if found is None and wanted:
        ids = [identifier for identifier in study.framework.codes if identifier.startswith(wanted)]
        found = study.framework.codes[ids[0]] if len(ids) == 1 else None
    return found or find_code(study, wanted)


def theme(study: Study, wanted: str) -> Theme:
    """Find a theme by number, name or id."""
    from workbench.stages.framework import find_theme

    return find_theme(study, wanted)


def rule(study: Study, wanted: str | None) -> CountingRule:
    """Find a counting rule by id or label; the first of the study where none is named."""
    rules = study.all(CountingRule, order="position")
    for found in rules:
        if wanted is None or wanted.casefold() in (found.id.casefold(), found.label.casefold()):
            return found
    known = ", ".join(found.id for found in rules)
    if wanted is None:
        raise WrongUsage("This study has no counting rule.", do="Apply a codebook that names some.")
    raise WrongUsage(f"There is no counting rule {wanted}. Rules: {known or 'none'}.")


def key(study: Study, wanted: str) -> str:
    """Find the key of a record from `KIND:NAME`, such as `case:Hamamatsu`, `code:2.1` or `memo:m7k`.

    A cell is `cell:CASE:CODE`; the study itself is `study`, the table of a whole framework `framework` or
    `framework:LETTERS`. A record that is gone keeps its exact key.
    """
    kind, colon, name = wanted.partition(":")
    if wanted == "study":
        return "setting:title"
    if kind == "framework":
        return f"setting:{title_setting(name)}"
    if kind not in KINDS or not colon:
        raise WrongUsage(f"{wanted} is not KIND:NAME.", do=f"Kinds: {', '.join(KINDS)}.")
    if study.by_key(wanted) is not None or study.last_touch(wanted) is not None:
        return wanted
    if kind == "cell":
        return f"cell:{_cell_id(study, name)}"
    if kind in _FINDERS:
        return f"{kind}:{_FINDERS[kind](study, name).id}"
    return f"{kind}:{record(study, KINDS[kind], name).id}"


def _cell_id(study: Study, name: str) -> str:
    case_name, colon, code_name = name.rpartition(":")
    if not colon:
        return record(study, Cell, name).id
    return Cell.key(case(study, case_name).id, code(study, code_name).id)


_FINDERS: dict[str, Callable[[Study, str], Case | Document | Text | Code | Theme]] = {
    "case": case,
    "document": document,
    "text": text,
    "code": code,
    "theme": theme,
}
