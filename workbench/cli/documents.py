"""`workbench documents` and `workbench document`: the register."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from dataclasses import fields
from typing import Any

from workbench.cli import lookup
from workbench.cli.options import Verbs, attribute, lists
from workbench.cli.output import put_rows, say
from workbench.model.case import Document
from workbench.stages.register import (
    assign_case,
    edit_document,
    exclude_document,
    readmit_document,
    unassign_case,
)
from workbench.study.queries import Coverage, coverage
from workbench.study.study import Study

_BRIEF = (
    "document",
    "title",
    "issuer",
    "adopted",
    "cases",
    "texts",
    "reading",
    "codings",
    "excluded_why",
    "id",
)
_FIELDS = tuple(field.name for field in fields(Document) if field.name not in ("id", "key", "extra"))
_ALL = ("document", *_FIELDS, "cases", "texts", "reading", "codings", "id")


def declare_list(parser: ArgumentParser) -> None:
    """Declare `documents`."""
    lists(parser, show)
    parser.add_argument("--case", help="only the documents of this case")
    parser.add_argument(
        "--fields", choices=("brief", "all"), default="brief", help="all gives every field of the register"
    )
    choice = parser.add_mutually_exclusive_group()
    choice.add_argument("--excluded", action="store_true", help="only those left out, with the reason")
    choice.add_argument("--included", action="store_true", help="only those in the corpus")


def declare(parser: ArgumentParser) -> None:
    """Declare `document` and its verbs."""
    verbs = Verbs(parser)
    verb = verbs.writes("edit", edit)
    _add_document(verb)
    verb.add_argument(
        "--set",
        dest="fields",
        metavar="FIELD=VALUE",
        type=attribute,
        action="append",
        required=True,
        help="a field of the register, such as title, issuer, adopted or url; may be given several times",
    )
    _add_document(verbs.writes("exclude", exclude))
    _add_document(verbs.writes("readmit", readmit))
    for verb in (verbs.writes("assign", assign), verbs.writes("unassign", unassign)):
        _add_document(verb)
        verb.add_argument("case", metavar="CASE", help="name or id of the case")


def _add_document(parser: ArgumentParser) -> None:
    parser.add_argument("document", metavar="DOCUMENT", help="key or id of the document")


def show(study: Study, arguments: Namespace) -> int:
    """List the document register, with what is held, read and indexed of each document."""
    lines = coverage(study)
    if arguments.case:
        name = lookup.case(study, arguments.case).name
        lines = [line for line in lines if name in line.cases]
    if arguments.excluded or arguments.included:
        lines = [line for line in lines if line.document.excluded == arguments.excluded]
    rows = [_row(line) for line in lines]
    columns = list(_BRIEF)
    if arguments.fields == "all":
        extra = sorted({name for line in lines for name in _extra(line.document)})
        columns = [*_ALL, *extra]
    put_rows(columns, rows, arguments.format)
    return 0


def _row(line: Coverage) -> dict[str, Any]:
    document = line.document
    return {
        **_extra(document),
        **{name: getattr(document, name) for name in _FIELDS},
        "document": document.key,
        "cases": list(line.cases),
        "texts": [text.id for text in line.texts],
        "reading": line.state.value,
        "codings": line.codings,
        "id": document.id,
    }


def _extra(document: Document) -> dict[str, str]:
    """Give the columns of the document's own register, told apart from ours where they have the same name."""
    return {f"extra:{name}" if name in _ALL else name: value for name, value in document.extra.items()}


def edit(study: Study, arguments: Namespace) -> int:
    """Change fields of a register entry."""
    document = lookup.document(study, arguments.document)
    edit_document(study, document.id, **dict(arguments.fields))
    say(f"Changed {document.key}: {', '.join(name for name, _ in arguments.fields)}.")
    return 0


def exclude(study: Study, arguments: Namespace) -> int:
    """Leave a document out of the corpus; it stays in the register with the reason."""
    document = lookup.document(study, arguments.document)
    exclude_document(study, document.id, reason=arguments.reason)
    say(f"Excluded {document.key}.")
    return 0


def readmit(study: Study, arguments: Namespace) -> int:
    """Take an excluded document back into the corpus."""
    document = lookup.document(study, arguments.document)
    readmit_document(study, document.id, reason=arguments.reason)
    say(f"Readmitted {document.key}.")
    return 0


def assign(study: Study, arguments: Namespace) -> int:
    """Let a document serve a case, beside any it serves already."""
    document, case = lookup.document(study, arguments.document), lookup.case(study, arguments.case)
    assign_case(study, document.id, case.id)
    say(f"{document.key} now serves {case.name}.")
    return 0


def unassign(study: Study, arguments: Namespace) -> int:
    """Take a document from a case; what the case's cells rest on stays linked."""
    document, case = lookup.document(study, arguments.document), lookup.case(study, arguments.case)
    unassign_case(study, document.id, case.id, reason=arguments.reason)
    say(f"{document.key} no longer serves {case.name}.")
    return 0
