"""`workbench history`, `undo`, `redo` and `as-of`: what happened, and how things once stood."""

from __future__ import annotations

from argparse import REMAINDER, ArgumentParser, Namespace

from workbench.cli import lookup
from workbench.cli.log import put_decisions
from workbench.cli.options import Access, lists, reads, writes
from workbench.cli.output import say
from workbench.cli.parser import build_parser, children
from workbench.cli.progress import telling
from workbench.cli.session import run_reading
from workbench.errors import WrongUsage
from workbench.stages.history import decision_of, history_of
from workbench.stages.history import redo as redo_last
from workbench.stages.history import undo as undo_decision
from workbench.study.file import as_of as study_as_of
from workbench.study.study import Study


def declare_history(parser: ArgumentParser) -> None:
    """Declare `history`."""
    lists(parser, history)
    parser.add_argument(
        "key", metavar="KEY", help="the record: case:NAME, code:NUMBER, cell:CASE:CODE, document:KEY, KIND:ID"
    )


def declare_undo(parser: ArgumentParser) -> None:
    """Declare `undo`."""
    writes(parser, undo)
    parser.add_argument(
        "--decision", type=int, metavar="N", help="number of the decision (default: your latest)"
    )


def declare_redo(parser: ArgumentParser) -> None:
    """Declare `redo`."""
    writes(parser, redo)


def declare_as_of(parser: ArgumentParser) -> None:
    """Declare `as-of`."""
    reads(parser, as_of)
    parser.add_argument(
        "moment", metavar="SEQ|TIME", help="number of a decision, or a time (UTC) such as 2025-04-01T09:30"
    )
    parser.add_argument(
        "words",
        metavar="COMMAND",
        nargs=REMAINDER,
        help="a reading command without STUDY: cell show Kyoto 2.1",
    )


def history(study: Study, arguments: Namespace) -> int:
    """List every decision that touched one record, oldest first; of a cell, also what hangs on it."""
    put_decisions(study, history_of(study, lookup.key(study, arguments.key)), arguments.format)
    return 0


def undo(study: Study, arguments: Namespace) -> int:
    """Reverse your latest decision, or a given one, as a new decision."""
    decision = undo_decision(study, arguments.decision)
    reversed_one = study.decision(decision.reverses or 0)
    say(f"Undid decision {reversed_one.seq} ({reversed_one.action}).")
    return 0


def redo(study: Study, arguments: Namespace) -> int:
    """Make your last undone decision again."""
    decision = redo_last(study)
    again = study.decision(decision.reverses or 0)
    say(f"Did decision {again.seq} ({again.action}) again.")
    return 0


def as_of(study: Study, arguments: Namespace) -> int:
    """Run a reading command on the study as it stood after a decision or at a time."""
    seq = decision_of(study, arguments.moment)
    inner = _inner_arguments(arguments)
    say(f"The study as of decision {seq} of {study.head.count}.")
    with telling() as tell:
        then = study_as_of(study, seq, progress=tell)
    with then:
        return run_reading(then, inner, now=study)


def _inner_arguments(arguments: Namespace) -> Namespace:
    """Parse the command that is to run, with the study put where it belongs."""
    words: list[str] = arguments.words
    name = words[0] if words else ""
    parser = build_parser(name)
    noun = children(parser).get(name)
    if noun is None:
        raise WrongUsage("No command is named to run on the study as it stood.", do="Add one: documents")
    place = 2 if children(noun) else 1
    inner = parser.parse_args([*words[:place], str(arguments.study), *words[place:]])
    if inner.access is not Access.READ or inner.run is as_of:
        raise WrongUsage(f"{name} is not a reading command.", do="The past can only be read.")
    return inner
