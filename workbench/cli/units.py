"""`workbench units` and `workbench unit`: how a text falls into sentences, mended by hand."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from workbench.cli import lookup
from workbench.cli.options import Verbs, lists, passage
from workbench.cli.output import put_rows, say
from workbench.stages.units import join_units, listed_units, segmenter_of, split_unit
from workbench.study.study import Study

_COLUMNS = ("unit", "start", "end", "by_hand", "words")


def declare_list(parser: ArgumentParser) -> None:
    """Declare `units`."""
    lists(parser, show)
    parser.add_argument("text", metavar="TEXT", help="id of the text, or key of a document with one text")


def declare(parser: ArgumentParser) -> None:
    """Declare `unit` and its verbs."""
    verbs = Verbs(parser)
    verb = verbs.writes("join", join)
    verb.add_argument("text", metavar="TEXT", help="id of the text, or key of a document with one text")
    verb.add_argument("range", metavar="START:END", type=passage, help="a passage that touches those to join")
    verb = verbs.writes("split", split)
    verb.add_argument("text", metavar="TEXT", help="id of the text, or key of a document with one text")
    verb.add_argument("offset", metavar="OFFSET", type=int, help="where the second begins, in code points")


def show(study: Study, arguments: Namespace) -> int:
    """List the units of a text with their places, and which were joined or split by hand."""
    text = lookup.text(study, arguments.text)
    content = study.text_content(text.content_hash)
    rows = [
        {
            "unit": number,
            "start": unit.passage.start,
            "end": unit.passage.end,
            "by_hand": unit.by_hand,
            "words": content[unit.passage.start : unit.passage.end],
        }
        for number, unit in enumerate(listed_units(study, text), 1)
    ]
    put_rows(_COLUMNS, rows, arguments.format)
    say(f"Cut by {segmenter_of(study, [text])}.")
    return 0


def join(study: Study, arguments: Namespace) -> int:
    """Make one unit of all that a passage touches; codings do not move."""
    text = lookup.text(study, arguments.text)
    made = join_units(study, text.id, arguments.range)
    say(f"One unit from {made.start} to {made.end}.")
    return 0


def split(study: Study, arguments: Namespace) -> int:
    """Cut a unit in two; codings do not move."""
    text = lookup.text(study, arguments.text)
    first, second = split_unit(study, text.id, arguments.offset)
    say(f"Two units, {first.start} to {first.end} and {second.start} to {second.end}.")
    return 0
