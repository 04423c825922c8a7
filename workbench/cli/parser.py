"""Build the parser. Only the noun that is called is declared in full; the others are names with a line."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from importlib import import_module
from itertools import groupby
from typing import Any, NoReturn

from workbench import __version__
from workbench.cli.nouns import NOUNS

EXIT_STATUSES = "exit status: 0 done, 1 findings, 2 wrong usage, 3 refused (nothing was changed)"


class Parser(argparse.ArgumentParser):
    """A parser that takes no shortened options and shows foreign words safely."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("formatter_class", argparse.RawDescriptionHelpFormatter)
        super().__init__(allow_abbrev=False, **options)

    def error(self, message: str) -> NoReturn:
        """Print the usage and the mistake to stderr and leave with status 2."""
        from workbench.cli.output import say

        self.print_usage(sys.stderr)
        say(f"{self.prog}: {message}")
        raise SystemExit(2)


def build_parser(wanted: str | None = None) -> Parser:
    """Build the parser with one noun declared in full, or with all of them where None is wanted."""
    parser = Parser(
        prog="workbench",
        description="Framework analysis of policy documents, from first reading to a defensible matrix.",
        epilog=_overview(),
        usage="workbench COMMAND ...",
    )
    parser.add_argument("--version", action="version", version=f"workbench {__version__}")
    commands = parser.add_subparsers(metavar="COMMAND", dest="command", help=argparse.SUPPRESS)
    for noun in NOUNS:
        below = commands.add_parser(noun.name, prog=f"workbench {noun.name}", description=noun.help)
        if wanted in (None, noun.name):
            module = import_module(f"workbench.cli.{noun.module}")
            getattr(module, noun.declare)(below)
    return parser


def children(parser: argparse.ArgumentParser) -> dict[str, Parser]:
    """Give the commands directly below a parser by name."""
    for action in parser._actions:
        if isinstance(action.choices, dict):
            return action.choices
    return {}


def _overview() -> str:
    lines = []
    for stage, nouns in groupby(NOUNS, key=lambda noun: noun.stage):
        lines += [f"{stage}:", *(f"  {noun.name:<14} {noun.help}" for noun in nouns), ""]
    lines += ["Scripts open an encrypted study with --passphrase-file FILE or --passphrase-fd N."]
    lines += ["More about one command: workbench COMMAND --help", EXIT_STATUSES]
    return "\n".join(lines)


def parse(words: Sequence[str]) -> argparse.Namespace:
    """Parse the words of a command line; prints help and leaves with status 0 where there are none."""
    wanted = next((word for word in words if not word.startswith("-")), "")
    parser = build_parser(wanted)
    if not words:
        parser.print_help()
        raise SystemExit(0)
    arguments, unknown = parser.parse_known_args(words)
    if unknown:
        _meant(parser, words).error(f"unrecognized arguments: {' '.join(unknown)}")
    if not hasattr(arguments, "run"):
        parser.error("name a command")
    return arguments


def _meant(parser: Parser, words: Sequence[str]) -> Parser:
    """Find the command that the words name, so that its own usage is shown."""
    for word in words:
        parser = children(parser).get(word, parser)
    return parser
