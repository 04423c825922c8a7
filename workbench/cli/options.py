"""What commands have in common: how they reach a study, and the options they share."""

from __future__ import annotations

from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Callable
from enum import Enum
from pathlib import Path

from workbench.cli.passphrases import add_passphrase
from workbench.model.text import Passage
from workbench.study.study import Study

FORMATS = ("table", "csv", "json")

StudyCommand = Callable[[Study, Namespace], int]
"""A command on an open study; returns the exit status."""


class Access(Enum):
    """What a command needs of a study."""

    NONE = "none"
    READ = "read"
    WRITE = "write"


def stands_alone(parser: ArgumentParser, run: Callable[[Namespace], int]) -> ArgumentParser:
    """Declare a command that opens no study, or opens it itself."""
    parser.description = run.__doc__
    parser.set_defaults(run=run, access=Access.NONE)
    return parser


def reads(parser: ArgumentParser, run: StudyCommand) -> ArgumentParser:
    """Declare a command that reads a study."""
    parser.description = run.__doc__
    parser.set_defaults(run=run, access=Access.READ)
    add_study(parser)
    return parser


def lists(parser: ArgumentParser, run: StudyCommand) -> ArgumentParser:
    """Declare a command that reads a study and prints rows."""
    add_format(reads(parser, run))
    return parser


def writes(parser: ArgumentParser, run: StudyCommand) -> ArgumentParser:
    """Declare a command that decides something."""
    parser.description = run.__doc__
    parser.set_defaults(run=run, access=Access.WRITE)
    add_study(parser)
    add_coder(parser)
    parser.add_argument("--reason", default="", metavar="WHY", help="why; kept in the log with the decision")
    return parser


class Verbs:
    """The verbs below a noun; the first line of a command's docstring is its help."""

    def __init__(self, parser: ArgumentParser) -> None:
        self._verbs = parser.add_subparsers(metavar="VERB", dest="verb", required=True)

    def _add(self, name: str, run: Callable[..., int]) -> ArgumentParser:
        sentence = (run.__doc__ or "").partition("\n")[0].rstrip(".")
        return self._verbs.add_parser(name, help=sentence[:1].lower() + sentence[1:])

    def stands_alone(self, name: str, run: Callable[[Namespace], int]) -> ArgumentParser:
        """Declare a verb that opens no study."""
        return stands_alone(self._add(name, run), run)

    def reads(self, name: str, run: StudyCommand) -> ArgumentParser:
        """Declare a verb that reads a study."""
        return reads(self._add(name, run), run)

    def lists(self, name: str, run: StudyCommand) -> ArgumentParser:
        """Declare a verb that reads a study and prints rows."""
        return lists(self._add(name, run), run)

    def writes(self, name: str, run: StudyCommand) -> ArgumentParser:
        """Declare a verb that decides something."""
        return writes(self._add(name, run), run)


def add_study(parser: ArgumentParser) -> None:
    """Take the study file as the first argument, and where its passphrase comes from."""
    add_study_alone(parser)
    add_passphrase(parser)


def add_study_alone(parser: ArgumentParser) -> None:
    """Take the study file as the first argument."""
    parser.add_argument("study", metavar="STUDY", type=Path, help="the study file")


def add_coder(parser: ArgumentParser) -> None:
    """Take the name of the coder."""
    parser.add_argument(
        "--as",
        dest="coder",
        default="",
        metavar="CODER",
        help="who decides; WORKBENCH_CODER in the environment where this is left out",
    )


def add_format(parser: ArgumentParser, formats: tuple[str, ...] = FORMATS) -> None:
    """Take the format of the output; the first is what comes without the option."""
    parser.add_argument(
        "--format", choices=formats, default=formats[0], help=f"format of the output (default {formats[0]})"
    )


def add_cell(parser: ArgumentParser) -> None:
    """Take the case and the code that name a cell."""
    parser.add_argument("case", metavar="CASE", help="name or id of the case")
    parser.add_argument("code", metavar="CODE", help="number, name or id of the code")


def add_words(parser: ArgumentParser, what: str) -> None:
    """Take the words to write, or `-` to read them from stdin."""
    parser.add_argument("content", metavar="WORDS", help=f"{what}; - reads them from stdin")


def passage(value: str) -> Passage:
    """Read `START:END` as a passage in code points."""
    start, colon, end = value.partition(":")
    if not (colon and start.isdecimal() and end.isdecimal() and int(start) <= int(end)):
        raise ArgumentTypeError(f"{value!r} is not START:END, such as 120:164")
    return Passage(int(start), int(end))


def at_least_one(value: str) -> int:
    """Read a number of things to show."""
    if not value.isdecimal() or int(value) < 1:
        raise ArgumentTypeError(f"{value!r} is not a number above 0")
    return int(value)


def attribute(value: str) -> tuple[str, str]:
    """Read `NAME=VALUE`."""
    name, equals, content = value.partition("=")
    if not (name.strip() and equals):
        raise ArgumentTypeError(f"{value!r} is not NAME=VALUE")
    return name.strip(), content.strip()


def comma_list(value: str) -> list[str]:
    """Read names separated by commas."""
    return [part.strip() for part in value.split(",") if part.strip()]
