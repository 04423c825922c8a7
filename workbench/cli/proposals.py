"""`workbench proposals`: what an edited workbook would change, accepted or left one by one."""

from __future__ import annotations

from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from workbench.cli.files import bytes_of
from workbench.cli.options import add_coder, add_format, add_study, stands_alone
from workbench.cli.output import put, put_rows, say
from workbench.cli.session import reading, writing
from workbench.errors import Refused, WorkbenchError, WrongUsage
from workbench.exchange.edited_workbook import EditedWorkbook, read_edited
from workbench.exchange.files import name_in_utf8
from workbench.model.word_difference import Kept, word_difference
from workbench.stages.proposal_reading import proposals_of
from workbench.stages.proposals import Proposal, Proposals, Standing, accept, leave
from workbench.stages.reason import is_given
from workbench.study.backup import keep_before
from workbench.study.backup_names import Why
from workbench.study.log import Finding
from workbench.study.study import Study

_COLUMNS = (
    "number",
    "standing",
    "place",
    "case",
    "code",
    "part",
    "exported",
    "edited",
    "now",
    "remark",
)
_ALL = "all"
_SIGNS = {Kept.SAME: ("", ""), Kept.GONE: ("[-", "-]"), Kept.NEW: ("{+", "+}")}
Wanted = tuple[int, ...] | str


def declare(parser: ArgumentParser) -> None:
    """Declare `proposals`."""
    stands_alone(parser, proposals)
    add_study(parser)
    parser.add_argument("workbook", metavar="FILE.xlsx", type=Path, help="the edited workbook")
    parser.add_argument(
        "--accept",
        type=_accepted,
        default=(),
        metavar="N,N|all",
        help="proposals to accept by number; all takes those without conflict",
    )
    parser.add_argument(
        "--reject", type=_numbers, default=(), metavar="N,N", help="proposals to leave as they are"
    )
    add_coder(parser)
    parser.add_argument("--reason", default="", metavar="WHY", help="why; kept in the log with each decision")
    add_format(parser)


def _numbers(value: str) -> tuple[int, ...]:
    parts = [part.strip() for part in value.split(",")]
    if not all(part.isascii() and part.isdecimal() and len(part) < 10 for part in parts):
        raise ArgumentTypeError(f"{value!r} is not a list of numbers, such as 1,4")
    return tuple(dict.fromkeys(map(int, parts)))


def _accepted(value: str) -> Wanted:
    return _ALL if value == _ALL else _numbers(value)


def proposals(arguments: Namespace) -> int:
    """List what an edited workbook would change in its study, and accept or leave single proposals.

    Without --accept and --reject nothing is changed. Each accepted proposal is one decision; one that is
    refused leaves the others. The exit status is 1 while proposals are open or something cannot be taken.
    """
    name = name_in_utf8(Path(arguments.workbook.name))
    workbook = read_edited(name, bytes_of(arguments.workbook))
    if not (arguments.accept or arguments.reject):
        with reading(arguments.study) as study:
            return _told(proposals_of(study, workbook), arguments.format)
    if not is_given(arguments.reason):
        raise Refused("What becomes of a proposal needs a reason.", do="Say why with --reason.")
    with writing(arguments.study, coder=arguments.coder) as study:
        refused = _decide(study, workbook, arguments)
        status = _told(proposals_of(study, workbook), arguments.format)
        return 1 if refused else status


def _decide(study: Study, workbook: EditedWorkbook, arguments: Namespace) -> int:
    """Accept and leave what is named; gives how many were refused."""
    found = proposals_of(study, workbook)
    items = {item.number: item for item in found.items}
    taken = arguments.accept
    if taken == _ALL:
        left = set(arguments.reject)
        taken = [item.number for item in found.without_conflict if item.number not in left]
    for number in (*taken, *arguments.reject):
        if number not in items:
            raise WrongUsage(f"There is no proposal {number}.", do="List them without --accept and --reject.")
    if both := set(taken) & set(arguments.reject):
        raise WrongUsage(f"Proposal {min(both)} is named twice, to accept and to reject.")
    reason = arguments.reason
    if len(taken) > 1:
        keep_before(study, Why.BULK)
    refused = _each(
        study, [items[n] for n in taken], "Accepted", lambda one: accept(study, one, reason=reason)
    )
    rejected = [items[n] for n in arguments.reject]
    return refused + _each(study, rejected, "Left as it is", lambda one: leave(study, one, reason=reason))


def _each(study: Study, items: Sequence[Proposal], done: str, action: Callable[[Proposal], object]) -> int:
    refused = 0
    for item in items:
        title = f"{item.number} {item.label}: {item.part}"
        try:
            action(item)
        except WorkbenchError as error:
            refused += 1
            say(f"Refused: {title}. {error.what} {error.do}".rstrip())
        else:
            say(f"{done}: {title}.")
    return refused


def _told(found: Proposals, format: str) -> int:
    """Print the proposals and what cannot be taken; gives the exit status."""
    if format == "table":
        for item in found.open:
            _put(item)
        for finding in found.findings:
            put(f"Not taken: {_sentence(finding)}")
        done = sum(item.standing is Standing.DONE for item in found.items)
        left = sum(item.standing is Standing.LEFT for item in found.items)
        told = [f"{len(found.open)} open", f"{done} done", f"{left} left as they are"]
        say(f"Proposals: {', '.join(told)}; {len(found.findings)} not taken.")
    else:
        rows = [_row(item) for item in found.items]
        rows += [
            {"standing": "not taken", "place": each.place, "remark": f"{each.what} {each.do}".rstrip()}
            for each in found.findings
        ]
        put_rows(_COLUMNS, rows, format)
    return 1 if found.open or found.findings else 0


def _sentence(finding: Finding) -> str:
    return f"{finding.place}: {finding.what} {finding.do}".rstrip()


def _put(item: Proposal) -> None:
    exported, edited, now = item.words
    conflict = " · conflict: the cell changed in the study since" * (item.standing is Standing.CONFLICT)
    put(f"{item.number}  {item.label} · {item.part} · {item.place}{conflict}")
    put(_indented(_marked(exported, edited)))
    if item.standing is Standing.CONFLICT:
        for head, words in (("exported", exported), ("edited", edited), ("now", now)):
            put(_indented(f"{head}: {words}"))
    put("")


def _indented(words: str) -> str:
    return "\n".join(f"   {line}" for line in words.split("\n"))


def _marked(old: str, new: str) -> str:
    """Write a difference word by word: `[-gone-]` and `{+new+}`."""
    parts = []
    for stretch in word_difference(old, new):
        before, after = _SIGNS[stretch.kept]
        parts.append(f"{before}{stretch.words}{after}")
    return "".join(parts)


def _row(item: Proposal) -> dict[str, Any]:
    exported, edited, now = item.words
    return {
        "number": item.number,
        "standing": item.standing.value,
        "place": item.place,
        "case": item.case,
        "code": item.code,
        "part": item.part.value,
        "exported": exported,
        "edited": edited,
        "now": now,
        "remark": "",
    }
