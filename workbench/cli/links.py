"""`workbench align`, `links`, `link`, `counterparts`, `untranslated`: a text and its translation as one."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from typing import Any

from workbench.cli import lookup
from workbench.cli.options import Verbs, lists, passage, writes
from workbench.cli.output import put, put_rows, say
from workbench.cli.progress import bar
from workbench.errors import WrongUsage
from workbench.model.link_map import Hand
from workbench.model.text import Passage
from workbench.model.translation import Link, LinkState
from workbench.stages.linking import (
    confirm_links,
    counterparts,
    link_stretches,
    remainder,
    unlink_stretches,
)
from workbench.stages.passages import quote_at
from workbench.study.study import Study
from workbench.study.translation_queries import links_of_text

_NOTHING = Passage(0, 0)
_SIDES = ("source", "target")
_COLUMNS = (
    "id",
    "state",
    "method",
    "confidence",
    "source",
    "source_start",
    "source_end",
    "source_words",
    "target",
    "target_start",
    "target_end",
    "target_words",
    "reasons",
)


def declare_align(parser: ArgumentParser) -> None:
    """Declare `align`."""
    writes(parser, align)
    parser.add_argument(
        "source", metavar="SOURCE", help="id of the source, or key of a document with one text"
    )
    parser.add_argument("target", metavar="TARGET", help="id of its translation")
    parser.add_argument("--plain", action="store_true", help="without sentence vectors, though installed")


def declare_list(parser: ArgumentParser) -> None:
    """Declare `links`."""
    lists(parser, show)
    parser.add_argument("text", metavar="TEXT", help="id of the text, or key of a document with one text")
    parser.add_argument(
        "--state", choices=[state.value for state in LinkState], help="only links in this state"
    )
    parser.add_argument(
        "--below", type=int, metavar="N", help="only links with a confidence below N per mille"
    )


def declare(parser: ArgumentParser) -> None:
    """Declare `link` and its verbs."""
    verbs = Verbs(parser)
    verb = verbs.writes("add", add)
    for side, what in (("source", "source"), ("target", "translation")):
        verb.add_argument(side, metavar=side.upper(), help=f"id of the {what}")
        verb.add_argument(
            f"--{side}-range",
            type=passage,
            default=_NOTHING,
            metavar="START:END",
            help=f"stretch of the {what}; left out, the other stretch stands alone",
        )
    verb = verbs.writes("extend", extend)
    verb.add_argument("link", metavar="LINK", help="id of the link")
    verb.add_argument("--side", choices=_SIDES, required=True, help="which stretch takes in a sentence")
    verb = verbs.writes("split", split)
    verb.add_argument("link", metavar="LINK", help="id of the link")
    for side in _SIDES:
        verb.add_argument(
            f"--{side}-at", type=int, required=True, metavar="N", help=f"where its second part begins, {side}"
        )
    for name, run in (("remove", remove), ("confirm", confirm)):
        verb = verbs.writes(name, run)
        verb.add_argument("links", metavar="LINK", nargs="+", help="ids of the links")


def declare_counterparts(parser: ArgumentParser) -> None:
    """Declare `counterparts`."""
    lists(parser, show_counterparts)
    parser.add_argument("text", metavar="TEXT", help="id of the text, or key of a document with one text")
    parser.add_argument("range", type=passage, metavar="START:END", help="the passage, in code points")


def declare_untranslated(parser: ArgumentParser) -> None:
    """Declare `untranslated`."""
    lists(parser, untranslated)
    parser.add_argument("text", metavar="TEXT", help="id of the text")
    parser.add_argument("other", metavar="OTHER", help="id of its translation, or of its source")


def align(study: Study, arguments: Namespace) -> int:
    """Propose links between a text and its translation; those confirmed or made by hand stay.

    Leaves with 1 where something does not fit together.
    """
    from workbench.stages.aligning import align_texts

    source, target = lookup.text(study, arguments.source), lookup.text(study, arguments.target)
    with bar() as draw:

        def tell(done: int, of: int) -> bool:
            draw(done, of)
            return True

        aligned = align_texts(study, source.id, target.id, progress=tell, plain=arguments.plain)
    about = aligned.alignment
    say(f"Proposed {len(aligned.links)} links by {about.method}, trust {about.trust} per mille.")
    if aligned.note:
        say(aligned.note)
    for warning in about.warnings:
        say(f"Warning: {warning}")
    return 1 if about.warnings else 0


def show(study: Study, arguments: Namespace) -> int:
    """List the links of a text by place, with the words of both sides."""
    text = lookup.text(study, arguments.text)
    links = [
        link
        for link in links_of_text(study, text.id)
        if arguments.state in (None, link.state)
        and (arguments.below is None or link.confidence < arguments.below)
    ]
    put_rows(_COLUMNS, [_row(study, link) for link in links], arguments.format)
    return 0


def _row(study: Study, link: Link) -> dict[str, Any]:
    return {
        "id": link.id,
        "state": link.state.value,
        "method": link.method,
        "confidence": link.confidence,
        "source": link.source_id,
        "source_start": link.source_start,
        "source_end": link.source_end,
        "source_words": _words(study, link.source_id, link.source),
        "target": link.target_id,
        "target_start": link.target_start,
        "target_end": link.target_end,
        "target_words": _words(study, link.target_id, link.target),
        "reasons": list(link.reasons),
    }


def _words(study: Study, text_id: str, place: Passage) -> str:
    text = lookup.text(study, text_id)
    return study.text_content(text.content_hash)[place.start : place.end]


def add(study: Study, arguments: Namespace) -> int:
    """Link two stretches by hand, or say that one stands alone; prints the id of the link."""
    source, target = lookup.text(study, arguments.source), lookup.text(study, arguments.target)
    if not (len(arguments.source_range) or len(arguments.target_range)):
        raise WrongUsage("A link needs a stretch.", do="Give --source-range, --target-range or both.")
    link = link_stretches(study, (source.id, arguments.source_range), (target.id, arguments.target_range))
    put(link.id)
    say("Linked the two stretches." if link.is_whole else "The stretch stands alone.")
    return 0


def extend(study: Study, arguments: Namespace) -> int:
    """Let a link take in the next sentence on one side; a proposed link gives it away."""
    from workbench.stages.link_mending import extend_link

    link = lookup.record(study, Link, arguments.link)
    made = extend_link(study, link.id, Hand(_SIDES.index(arguments.side)))
    say(
        f"The link now holds {made.source_start}:{made.source_end} and {made.target_start}:{made.target_end}."
    )
    return 0


def split(study: Study, arguments: Namespace) -> int:
    """Cut a link in two; prints the ids of the parts."""
    from workbench.stages.link_mending import split_link

    link = lookup.record(study, Link, arguments.link)
    for part in split_link(study, link.id, arguments.source_at, arguments.target_at):
        put(part.id)
    return 0


def remove(study: Study, arguments: Namespace) -> int:
    """Take links away; a run may propose them again."""
    links = [lookup.record(study, Link, each) for each in arguments.links]
    unlink_stretches(study, [link.id for link in links])
    say(f"Took {len(links)} links away.")
    return 0


def confirm(study: Study, arguments: Namespace) -> int:
    """Say of proposed links that they hold; the next run keeps them."""
    links = [lookup.record(study, Link, each) for each in arguments.links]
    say(f"Confirmed {len(confirm_links(study, [link.id for link in links]))} links.")
    return 0


def show_counterparts(study: Study, arguments: Namespace) -> int:
    """List the stretches of other texts that a passage is linked to, with their words."""
    text = lookup.text(study, arguments.text)
    quote_at(study, text, arguments.range)
    rows = [
        {
            "text": each.text_id,
            "start": each.passage.start,
            "end": each.passage.end,
            "link": each.link.id,
            "state": each.link.state.value,
            "confidence": each.link.confidence,
            "words": _words(study, each.text_id, each.passage),
        }
        for each in counterparts(study, text.id, arguments.range)
    ]
    columns = ("text", "start", "end", "link", "state", "confidence", "words")
    put_rows(columns, rows, arguments.format)
    return 0


def untranslated(study: Study, arguments: Namespace) -> int:
    """List what of a text is linked to nothing of another, and tell its share."""
    text, other = lookup.text(study, arguments.text), lookup.text(study, arguments.other)
    left = remainder(study, text.id, other.id)
    rows = [
        {"start": each.start, "end": each.end, "words": _words(study, text.id, each)}
        for each in left.passages
    ]
    put_rows(("start", "end", "words"), rows, arguments.format)
    say(f"{left.characters} of {left.whole} characters are linked to nothing ({float(left.share):.1%}).")
    return 0
