"""`workbench reviewed` and `workbench unindexed`: what holds nothing, and what is still open."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from workbench.cli import lookup
from workbench.cli.options import Verbs, lists, passage
from workbench.cli.output import put_rows, say
from workbench.model.case import Document
from workbench.model.text import Text
from workbench.stages.reviewing import mark_reviewed, shares_of, unmark_reviewed
from workbench.study.study import Study


def declare(parser: ArgumentParser) -> None:
    """Declare `reviewed` and its verbs."""
    verbs = Verbs(parser)
    for verb in (verbs.writes("mark", mark), verbs.writes("unmark", unmark)):
        verb.add_argument("text", metavar="TEXT", help="id of the text, or key of a document with one text")
        verb.add_argument("--range", type=passage, metavar="START:END", help="the passage; without it all")


def declare_unindexed(parser: ArgumentParser) -> None:
    """Declare `unindexed`."""
    lists(parser, unindexed)
    parser.add_argument("--text", help="list the open passages of this text")
    parser.add_argument("--coder", help="by the work of this coder alone")


def mark(study: Study, arguments: Namespace) -> int:
    """Say of a passage that it was read and holds nothing for the framework."""
    text = lookup.text(study, arguments.text)
    mark_reviewed(study, text.id, arguments.range or text.whole)
    say(f"Marked as reviewed in {text.id}.")
    return 0


def unmark(study: Study, arguments: Namespace) -> int:
    """Take back that a passage was reviewed."""
    text = lookup.text(study, arguments.text)
    unmark_reviewed(study, text.id, arguments.range or text.whole)
    say(f"No longer marked as reviewed in {text.id}.")
    return 0


def unindexed(study: Study, arguments: Namespace) -> int:
    """List how much of each text is indexed, reviewed and open, or the open passages of one text."""
    if arguments.text:
        return _open_passages(study, lookup.text(study, arguments.text), arguments)
    keys = {document.id: document.key for document in study.all(Document)}
    rows = []
    for text in sorted(study.all(Text), key=lambda text: (keys[text.document_id], text.id)):
        shares = shares_of(study, text, coder=arguments.coder)
        rows.append(
            {
                "text": text.id,
                "document": keys[text.document_id],
                "language": text.language,
                "characters": shares.total,
                "indexed": shares.indexed,
                "reviewed": shares.reviewed,
                "open": shares.open,
                "open_passages": len(shares.open_passages),
            }
        )
    columns = ["text", "document", "language", "characters", "indexed", "reviewed", "open", "open_passages"]
    put_rows(columns, rows, arguments.format)
    return 0


def _open_passages(study: Study, text: Text, arguments: Namespace) -> int:
    content, places = study.text_content(text.content_hash), study.places(text)
    rows = [
        {
            "text": text.id,
            "start": passage.start,
            "end": passage.end,
            "place": places.cite(passage),
            "words": content[passage.start : passage.end],
        }
        for passage in shares_of(study, text, coder=arguments.coder).open_passages
    ]
    put_rows(["text", "start", "end", "place", "words"], rows, arguments.format)
    return 0
