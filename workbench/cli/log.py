"""`workbench log`: the decisions, their chain and their export."""

from __future__ import annotations

import json
import re
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Iterable
from typing import Any

from workbench.cli import audit, lookup
from workbench.cli.options import Verbs
from workbench.cli.output import put, put_json, put_rows, say
from workbench.model.decision import Decision, Verb
from workbench.stages.history import backward_steps
from workbench.study.log import verify_chain
from workbench.study.study import Study

_COLUMNS = ("seq", "at", "coder", "action", "subject", "reason", "framework_version", "undone_by", "hash")


def declare(parser: ArgumentParser) -> None:
    """Declare `log` and its verbs."""
    verbs = Verbs(parser)
    verb = verbs.lists("show", show)
    verb.add_argument("--key", help="only decisions about this record, such as case:Hamamatsu or code:2.1")
    verb.add_argument("--coder", default="", help="only decisions of this coder")
    verb.add_argument(
        "--action", default="", choices=[v.label for v in Verb], metavar="ACTION", help=_ACTIONS
    )
    verb.add_argument("--search", default="", metavar="WORDS", help="only decisions that hold these words")
    verb.add_argument("--last", type=int, metavar="N", help="only the last N")
    verb = verbs.lists("verify", verify)
    verb.add_argument("--against", type=head_hash, metavar="HASH", help="a head hash that was noted earlier")
    audit.declare(verbs)


_ACTIONS = "only decisions of this kind, such as 'code passage'"


def show(study: Study, arguments: Namespace) -> int:
    """List the decisions in order; JSON holds the records before and after as well."""
    decisions = study.decisions(
        key=lookup.key(study, arguments.key) if arguments.key else "",
        coder=arguments.coder,
        action=arguments.action,
        latest=None if arguments.search else arguments.last,
    )
    if arguments.search:
        decisions = _with_words(decisions, arguments.search)[-arguments.last if arguments.last else 0 :]
    put_decisions(study, decisions, arguments.format)
    return 0


def _with_words(decisions: Iterable[Decision], words: str) -> list[Decision]:
    """Choose the decisions that hold words; width, normal form and case do not matter."""
    from workbench.language.folding import folding

    fold = folding().fold
    needle = fold(words)
    return [
        decision
        for decision in decisions
        if needle in fold(json.dumps(decision.payload(), ensure_ascii=False, default=str))
    ]


def put_decisions(study: Study, decisions: Iterable[Decision], format: str) -> None:
    """Print decisions as rows."""
    if format == "json":
        put_json([_whole(study, decision) for decision in decisions])
    else:
        shorten = 12 if format == "table" else None
        rows = [_whole(study, decision) for decision in decisions]
        put_rows(_COLUMNS, [{**row, "hash": row["hash"][:shorten]} for row in rows], format)


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
    findings = list(verify_chain(study.connection, against=arguments.against or ""))
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
