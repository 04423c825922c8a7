"""`workbench attributes`: what texts offer to the register, and what of it is accepted."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from workbench.cli import lookup
from workbench.cli.options import Verbs
from workbench.cli.output import put_rows, say
from workbench.errors import WrongUsage
from workbench.model.case import CaseDocument, Document
from workbench.model.text import Text
from workbench.study.study import Study

_COLUMNS = ("offer", "document", "name", "value", "now", "words", "text", "start", "end", "place", "why")


def declare(parser: ArgumentParser) -> None:
    """Declare `attributes` and its verbs."""
    verbs = Verbs(parser)
    verb = verbs.lists("list", show)
    where = verb.add_mutually_exclusive_group(required=True)
    where.add_argument("--document", help="key or id of the document")
    where.add_argument("--case", help="all documents of this case")
    verb = verbs.writes("accept", accept)
    verb.add_argument("document", metavar="DOCUMENT", help="key or id of the document")
    verb.add_argument("offers", metavar="OFFER", nargs="+", help="ids of the offers, as list prints them")


def show(study: Study, arguments: Namespace) -> int:
    """List what texts offer to the register: dates, law numbers, bodies, places; nothing is entered."""
    from workbench.language.english_model import lacking
    from workbench.stages.attributes import offered

    documents = _documents(study, arguments)
    rows = [
        {
            "offer": each.id,
            "document": document.key,
            "name": each.offer.name,
            "value": each.offer.value,
            "now": each.now,
            "words": each.offer.words,
            "text": each.text.id,
            "start": each.offer.place.start,
            "end": each.offer.place.end,
            "place": each.place,
            "why": each.offer.why,
        }
        for document in documents
        for each in offered(study, document.id)
    ]
    put_rows(_COLUMNS, rows, arguments.format)
    english = any(
        text.language.startswith("en")
        for document in documents
        for text in study.all(Text, document_id=document.id)
    )
    if english and (missing := lacking()):
        say(f"English names were found by rules alone. {missing}")
    return 0


def _documents(study: Study, arguments: Namespace) -> list[Document]:
    if arguments.document:
        return [lookup.document(study, arguments.document)]
    case = lookup.case(study, arguments.case)
    served = {link.document_id for link in study.all(CaseDocument, case_id=case.id)}
    return [document for document in study.all(Document, order="key") if document.id in served]


def accept(study: Study, arguments: Namespace) -> int:
    """Write offers into the register entry, as one decision that names their places."""
    from workbench.stages.attributes import accept_offers, offered

    document = lookup.document(study, arguments.document)
    known = {each.id: each for each in offered(study, document.id)}
    unknown = [each for each in arguments.offers if each not in known]
    if unknown:
        raise WrongUsage(
            f"{document.key} offers nothing with the id {unknown[0]}.",
            do="List them: workbench attributes list",
        )
    chosen = [known[each] for each in dict.fromkeys(arguments.offers)]
    accept_offers(study, document.id, chosen, reason=arguments.reason)
    say(f"Changed {document.key}: {', '.join(f'{c.offer.name} = {c.offer.value}' for c in chosen)}.")
    return 0
