"""`workbench excerpts`: the passages that something rests on."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Sequence

from workbench.cli import lookup
from workbench.cli.options import lists
from workbench.cli.output import put_rows
from workbench.model.case import CaseDocument, Document
from workbench.model.coding import Coding, Excerpt
from workbench.model.text import Text, TextKind
from workbench.study.queries import placed
from workbench.study.study import Study
from workbench.study.translation_queries import Sides


def declare(parser: ArgumentParser) -> None:
    """Declare `excerpts`."""
    lists(parser, show)
    add_filters(parser)


def add_filters(parser: ArgumentParser) -> None:
    """Take what excerpts and codings can be chosen by."""
    parser.add_argument("--case", help="only those from documents of this case")
    parser.add_argument("--document", help="only those from this document")
    parser.add_argument("--text", help="only those from this text")
    parser.add_argument("--code", help="only those under this code")
    parser.add_argument("--coder", help="only those coded by this coder")


def show(study: Study, arguments: Namespace) -> int:
    """List the excerpts by document and place, with citation, codes and words."""
    codings: dict[str, list[Coding]] = {}
    for coding in codings_chosen(study, arguments):
        codings.setdefault(coding.excerpt_id, []).append(coding)
    excerpts = excerpts_chosen(study, arguments)
    if arguments.code or arguments.coder:
        excerpts = [excerpt for excerpt in excerpts if excerpt.id in codings]
    framework, sides = study.framework, Sides(study)
    rows = [
        {
            "id": place.excerpt.id,
            "document": place.document.key,
            "text": place.text.id,
            "start": place.excerpt.start,
            "end": place.excerpt.end,
            "citation": place.citation,
            "codes": [framework.label(framework.codes[c.code_id]) for c in codings.get(place.excerpt.id, ())],
            "words": place.excerpt.quote,
            "side": sides.of(place.text, place.excerpt.passage).value,
            "mind": list(sides.caveats(place.text, place.excerpt.passage)),
        }
        for place in placed(study, excerpts)
    ]
    columns = ("id", "document", "text", "start", "end", "citation", "codes", "words", "side", "mind")
    put_rows(columns, rows, arguments.format)
    return 0


def excerpts_chosen(study: Study, arguments: Namespace) -> list[Excerpt]:
    """Give the excerpts of the texts that the filters leave, by document, text and place."""
    texts = _texts_chosen(study, arguments)
    found = [excerpt for text in texts for excerpt in study.all(Excerpt, order="start", text_id=text.id)]
    order = {text.id: number for number, text in enumerate(texts)}
    return sorted(found, key=lambda excerpt: (order[excerpt.text_id], excerpt.start, excerpt.end))


def codings_chosen(study: Study, arguments: Namespace) -> Sequence[Coding]:
    """Give the codings that the filters by code and coder leave."""
    wanted = {}
    if arguments.code:
        wanted["code_id"] = lookup.code(study, arguments.code).id
    if arguments.coder:
        wanted["coder"] = arguments.coder
    return study.all(Coding, order="code_id", **wanted)


def _texts_chosen(study: Study, arguments: Namespace) -> list[Text]:
    keys = {document.id: document.key for document in study.all(Document)}
    texts = [lookup.text(study, arguments.text)] if arguments.text else study.all(Text)
    texts.sort(key=lambda text: (keys[text.document_id], text.kind is not TextKind.ORIGINAL, text.id))
    if arguments.document:
        document = lookup.document(study, arguments.document)
        texts = [text for text in texts if text.document_id == document.id]
    if arguments.case:
        case = lookup.case(study, arguments.case)
        served = {link.document_id for link in study.all(CaseDocument, case_id=case.id)}
        texts = [text for text in texts if text.document_id in served]
    return texts
