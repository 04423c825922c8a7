"""`workbench redact`: the terms that exports black out."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from workbench.cli.options import Verbs
from workbench.cli.output import put, put_rows, say
from workbench.exchange.derived import redactions_of
from workbench.model.redaction import RedactionMode
from workbench.stages.redaction import add_redaction, remove_redaction
from workbench.study.study import Study


def declare(parser: ArgumentParser) -> None:
    """Declare `redact` and its verbs."""
    verbs = Verbs(parser)
    verb = verbs.writes("add", add)
    verb.add_argument("term", metavar="TERM", help="what shall not leave the study")
    verb.add_argument(
        "--as-it-stands",
        action="store_const",
        dest="mode",
        const=RedactionMode.PLAIN,
        default=RedactionMode.WORDS,
        help="also inside longer words; by itself, whole words are blacked out",
    )
    verb.add_argument(
        "--pattern",
        action="store_const",
        dest="mode",
        const=RedactionMode.PATTERN,
        help="read the term as a regular expression; it may take 20 seconds over the whole study",
    )
    verb = verbs.writes("remove", remove)
    verb.add_argument("term", metavar="TERM", help="number of the term in the list, or the term")
    verbs.lists("list", show)


def add(study: Study, arguments: Namespace) -> int:
    """Black a term out in every export from now on, with a reason; prints its number.

    Width, normal form and case do not matter. Texts and records in the study stay as they are.
    """
    made = add_redaction(study, arguments.term, mode=arguments.mode, reason=arguments.reason)
    put(made.id)
    say("Exports black it out from now on. The log of the study itself holds the term and your reason.")
    return 0


def remove(study: Study, arguments: Namespace) -> int:
    """Let a term leave the study again, with a reason."""
    removed = remove_redaction(study, arguments.term, reason=arguments.reason)
    say(f"Exports no longer black out {removed.term}.")
    return 0


def show(study: Study, arguments: Namespace) -> int:
    """List the terms that exports black out."""
    rows = [
        {"number": one.id, "looked for": one.mode.value, "term": one.term} for one in redactions_of(study)
    ]
    put_rows(("number", "looked for", "term"), rows, arguments.format)
    return 0
