"""`workbench log`: the decisions, their chain and their export."""

from __future__ import annotations

import re
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Iterable
from typing import Any

from workbench.cli import audit, lookup
from workbench.cli.options import Verbs, at_least_one
from workbench.cli.output import put, put_json, put_rows, say
from workbench.cli.progress import telling
from workbench.model.decision import Decision, Verb
from workbench.model.decision_filter import STAGES, DecisionFilter
from workbench.stages.history import backward_steps, decisions_that_fit, time_in_log
from workbench.study.log import verify_chain
from workbench.study.study import Study

_COLUMNS = ("seq", "at", "coder", "action", "subject", "reason", "framework_version", "undone_by", "hash")


def declare(parser: ArgumentParser) -> None:
    """Declare `log` and its verbs."""
    verbs = Verbs(parser)
    verb = verbs.lists("show", show)
    _add_filters(verb)
    verb.add_argument("--last", type=at_least_one, metavar="N", help="only the last N")
    verb = verbs.lists("verify", verify)
    verb.add_argument("--against", type=head_hash, metavar="HASH", help="a head hash that was noted earlier")
    audit.declare(verbs)


def _add_filters(verb: ArgumentParser) -> None:
    """Take what decisions are wanted; all that is given must hold."""
    verb.add_argument("--key", help="only decisions that touched this record, such as case:Hamamatsu")
    verb.add_argument("--coder", default="", help="only decisions of this coder")
    verb.add_argument(
        "--stage", default="", choices=STAGES, help=f"one of: {', '.join(STAGES)}", metavar="STAGE"
    )
    verb.add_argument(
        "--action", default="", choices=[v.label for v in Verb], metavar="ACTION", help=_ACTIONS
    )
    for kind, what in _ABOUT.items():
        verb.add_argument(f"--{kind}", metavar=kind.upper(), help=f"only decisions about {what}")
    verb.add_argument("--from", dest="since", default="", metavar="TIME", help=f"not before; {_TIMES}")
    verb.add_argument("--to", dest="until", default="", metavar="TIME", help="not after")
    verb.add_argument(
        "--reason", default="", metavar="WORDS", help="only decisions with these words in the reason"
    )
    verb.add_argument(
        "--search", default="", metavar="WORDS", help="only decisions that hold these words anywhere"
    )


_ACTIONS = "only decisions of this kind, such as 'code passage'"
_TIMES = "a day such as 2025-04-01, or 2025-04-01T09:30; UTC"
_ABOUT = {
    "case": "a case, its cells and what is in its documents",
    "code": "a code, its codings and its cells",
    "document": "a document, its texts and what is coded in them",
}


def show(study: Study, arguments: Namespace) -> int:
    """List the decisions in order; JSON holds the records before and after as well."""
    found = decisions_that_fit(study, _wanted(study, arguments), latest=arguments.last)
    if not put_decisions(study, found, arguments.format):
        say("No decision fits.")
    return 0


def _wanted(study: Study, arguments: Namespace) -> DecisionFilter:
    named = {kind: getattr(arguments, kind) for kind in _ABOUT}
    return DecisionFilter(
        coder=arguments.coder,
        stage=arguments.stage,
        action=arguments.action,
        key=lookup.key(study, arguments.key) if arguments.key else "",
        about=tuple(lookup.key(study, f"{kind}:{name}") for kind, name in named.items() if name),
        since=time_in_log(arguments.since),
        until=time_in_log(arguments.until, end=True),
        reason=arguments.reason,
        words=arguments.search,
    )


def put_decisions(study: Study, decisions: Iterable[Decision], format: str) -> int:
    """Print decisions as rows; give how many there were."""
    rows = [_whole(study, decision) for decision in decisions]
    if format == "json":
        put_json(rows)
    else:
        shorten = 12 if format == "table" else None
        put_rows(_COLUMNS, [{**row, "hash": row["hash"][:shorten]} for row in rows], format)
    return len(rows)


def _whole(study: Study, decision: Decision) -> dict[str, Any]:
    return {**decision.payload(), "hash": decision.hash, "undone_by": study.undone_by(decision.seq)}


def head_hash(given: str) -> str:
    """Read a head hash; raises ArgumentTypeError for anything but all its digits."""
    digits = given.strip().lower()
    if not re.fullmatch(r"[0-9a-f]{64}", digits):
        raise ArgumentTypeError(f"{given!r} is not a whole hash: give all 64 digits that log verify printed")
    return digits


def verify(study: Study, arguments: Namespace) -> int:
    """Check that the log is whole, and that a head hash noted earlier is in it; prints count and head."""
    with telling() as tell:
        findings = list(verify_chain(study.connection, against=arguments.against or "", progress=tell))
    if findings:
        rows = [{"place": f.place, "finding": f.what, "advice": f.do} for f in findings]
        put_rows(["place", "finding", "advice"], rows, arguments.format)
        say(f"{len(findings)} findings: the log is not whole.")
        return 1
    head = study.head
    if arguments.format == "table":
        put(str(head))
    else:
        put_rows(["decisions", "head"], [{"decisions": head.count, "head": head.hash}], arguments.format)
    for seq, at, before in backward_steps(study):
        say(f"Note: a clock ran backwards: decision {seq} is dated {at}, the one before it {before}.")
    say("The log is whole.")
    return 0
