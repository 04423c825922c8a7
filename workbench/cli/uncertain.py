"""`workbench uncertain` and `workbench excerpt`: what stayed behind when a text was replaced."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from dataclasses import replace

from workbench.cli import lookup
from workbench.cli.options import Verbs, lists, passage
from workbench.cli.output import put_rows, say
from workbench.model.coding import Excerpt
from workbench.stages.revising import Revision, Waiting, keep_excerpt, place_excerpt, waiting_excerpts
from workbench.stages.revision_words import decided_of, not_carried, revision_summary, waits
from workbench.study.queries import placed
from workbench.study.study import Study

_COLUMNS = ("excerpt", "state", "confidence", "citation", "words", "start", "end", "proposed", "why")


def declare_list(parser: ArgumentParser) -> None:
    """Declare `uncertain`."""
    lists(parser, show)
    parser.add_argument("--all", action="store_true", help="also those that somebody decided to keep")


def declare(parser: ArgumentParser) -> None:
    """Declare `excerpt` and its verbs."""
    verbs = Verbs(parser)
    verb = verbs.writes("place", place)
    verb.add_argument("excerpt", metavar="EXCERPT", help="id of the excerpt")
    verb.add_argument(
        "--range",
        type=passage,
        metavar="START:END",
        help="the place in the latest version, in code points (default: that proposed)",
    )
    verbs.writes("keep", keep).add_argument("excerpt", metavar="EXCERPT", help="id of the excerpt")


def show(study: Study, arguments: Namespace) -> int:
    """List the excerpts that stand on a replaced version, with the place proposed in the latest one."""
    found = waiting_excerpts(study)
    waiting = [each for each in found if arguments.all or not each.is_kept]
    places = {place.excerpt.id: place for place in placed(study, [each.excerpt for each in waiting])}
    rows = [
        {
            "excerpt": each.excerpt.id,
            "state": each.state,
            "confidence": each.left.confidence if each.left else 0,
            "citation": places[each.excerpt.id].citation,
            "words": each.excerpt.quote,
            "start": each.left.start if each.left else 0,
            "end": each.left.end if each.left else 0,
            "proposed": _proposed(study, each),
            "why": each.left.why if each.left else "",
        }
        for each in waiting
    ]
    put_rows(_COLUMNS, rows, arguments.format)
    if found:
        decided, whole = decided_of(study, found)
        say(f"{decided} of {whole} decided.")
    return 0


def _proposed(study: Study, waiting: Waiting) -> str:
    if waiting.left is None:
        return ""
    return study.text_content(waiting.latest.content_hash)[waiting.left.start : waiting.left.end]


def place(study: Study, arguments: Namespace) -> int:
    """Put an excerpt to its place in the latest version; what rests on other words becomes stale."""
    excerpt = lookup.record(study, Excerpt, arguments.excerpt)
    moved = place_excerpt(study, excerpt.id, arguments.range, reason=arguments.reason)
    say(f"The excerpt {moved.id} stands at {moved.start}:{moved.end} of the text {moved.text_id}.")
    return 0


def keep(study: Study, arguments: Namespace) -> int:
    """Let an excerpt stay on the version that was replaced, with a reason; it stays marked."""
    excerpt = lookup.record(study, Excerpt, arguments.excerpt)
    keep_excerpt(study, excerpt.id, reason=arguments.reason)
    say(f"The excerpt {excerpt.id} stays where it is.")
    return 0


def tell_revision(revision: Revision) -> None:
    """Say what became of all that stood on a replaced text, and list what was read or checked there only."""
    more = " See them with: workbench uncertain" if waits(revision) else ""
    say(f"{revision_summary(revision)}{more}")
    for line in not_carried(replace(revision, excerpts=())):
        say(f"  not carried: {line}")
