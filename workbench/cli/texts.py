"""`workbench texts`, `text` and `read`: what is held, what it says, and how far it is read."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from workbench.cli import lookup
from workbench.cli.options import add_format, lists, passage, reads, writes
from workbench.cli.output import put, put_json, put_rows, say
from workbench.errors import WrongUsage
from workbench.model.case import CaseDocument, Document, Reading, ReadingState
from workbench.model.records import to_json
from workbench.model.text import Passage, Text, TextKind
from workbench.stages.familiarise import mark_reading, set_bookmarks
from workbench.study.queries import coding_counts_by_text
from workbench.study.study import Study

_COLUMNS = (
    "id",
    "document",
    "language",
    "kind",
    "characters",
    "codings",
    "read_by",
    "file",
    "part",
    "notes",
    "bookmarks",
    "maker",
    "translates",
    "revises",
    "revised_by",
    "approved_by",
)


def declare_list(parser: ArgumentParser) -> None:
    """Declare `texts`."""
    lists(parser, show)
    parser.add_argument("--case", help="only texts of documents of this case")
    parser.add_argument("--document", help="only texts of this document")
    parser.add_argument("--language", help="only texts in this language, such as ja")
    parser.add_argument("--kind", choices=[kind.value for kind in TextKind], help="only texts of this kind")


def declare_print(parser: ArgumentParser) -> None:
    """Declare `text`."""
    reads(parser, print_text)
    parser.add_argument("text", metavar="TEXT", help="id of the text, or key of a document with one text")
    parser.add_argument("--range", type=passage, metavar="START:END", help="only these code points")
    parser.add_argument("--offsets", action="store_true", help="write before each line where it begins")
    add_format(parser, ("text", "json"))


def declare_read(parser: ArgumentParser) -> None:
    """Declare `read`."""
    writes(parser, read)
    parser.add_argument("--text", required=True, help="id of the text, or key of a document with one text")
    parser.add_argument("--state", choices=[state.value for state in ReadingState], help="how far it is read")
    parser.add_argument(
        "--bookmarks",
        nargs="*",
        type=int,
        metavar="OFFSET",
        help="places to come back to, instead of those there are; without any, all are taken away",
    )


def show(study: Study, arguments: Namespace) -> int:
    """List the texts with their language, kind, length and file."""
    wanted = {"language": arguments.language, "kind": arguments.kind}
    texts = study.all(Text, order="document_id", **{k: v for k, v in wanted.items() if v is not None})
    documents = _documents(study, arguments)
    counts = coding_counts_by_text(study)
    readings = study.all(Reading)
    newer = {text.revises: text.id for text in study.all(Text) if text.revises is not None}
    rows = [
        {
            "id": text.id,
            "document": documents[text.document_id].key,
            "language": text.language,
            "kind": text.kind.value,
            "characters": text.characters,
            "codings": counts.get(text.id, 0),
            "read_by": [f"{r.coder} ({r.state})" for r in readings if r.text_id == text.id],
            "file": text.file_name,
            "part": text.part,
            "notes": list(text.notes),
            "maker": text.maker,
            "translates": text.translates or "",
            "revises": text.revises or "",
            "revised_by": newer.get(text.id, ""),
            "approved_by": text.approved_by,
            "bookmarks": [
                f"{r.coder}: {', '.join(r.bookmarks)}"
                for r in readings
                if r.text_id == text.id and r.bookmarks
            ],
        }
        for text in texts
        if text.document_id in documents
    ]
    put_rows(_COLUMNS, sorted(rows, key=lambda row: str(row["document"])), arguments.format)
    return 0


def _documents(study: Study, arguments: Namespace) -> dict[str, Document]:
    documents = {document.id: document for document in study.all(Document)}
    if arguments.document:
        document = lookup.document(study, arguments.document)
        documents = {document.id: document}
    if arguments.case:
        case = lookup.case(study, arguments.case)
        served = {link.document_id for link in study.all(CaseDocument, case_id=case.id)}
        documents = {identifier: held for identifier, held in documents.items() if identifier in served}
    return documents


def print_text(study: Study, arguments: Namespace) -> int:
    """Print a text, or a passage of it. Offsets are code points from 0."""
    text = lookup.text(study, arguments.text)
    chosen = Passage(0, text.characters) if arguments.range is None else arguments.range
    if chosen.end > text.characters:
        raise WrongUsage(f"The text has {text.characters} characters.", do="Choose a range inside it.")
    content = study.text_content(text.content_hash)[chosen.start : chosen.end]
    if arguments.format == "json":
        put_json({**to_json(text), "start": chosen.start, "end": chosen.end, "content": content})
    elif arguments.offsets:
        _put_with_offsets(content, chosen.start)
    else:
        put(content)
    return 0


def _put_with_offsets(content: str, offset: int) -> None:
    width = len(str(offset + len(content)))
    for line in content.split("\n"):
        put(f"{offset:>{width}}  {line}")
        offset += len(line) + 1


def read(study: Study, arguments: Namespace) -> int:
    """Say how far you have read a text, and which places of it you want to come back to."""
    text, offsets = lookup.text(study, arguments.text), arguments.bookmarks
    if arguments.state is None and offsets is None:
        raise WrongUsage("There is nothing to say of the text.", do="Give --state or --bookmarks.")
    if any(not 0 <= offset <= text.characters for offset in offsets or ()):
        raise WrongUsage(f"The text has {text.characters} characters.", do="Choose places inside it.")
    with study.transaction():
        if arguments.state is not None:
            mark_reading(study, text.id, ReadingState(arguments.state))
        if offsets is not None:
            set_bookmarks(study, text.id, offsets)
    if arguments.state is not None:
        say(f"The text {text.id} is {arguments.state} by {study.coder}.")
    if offsets is not None:
        say(f"{study.coder} has {len(set(offsets))} bookmarks in the text {text.id}.")
    return 0
