"""The reference of all commands, written from the parser itself."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from itertools import groupby

from workbench.cli.nouns import NOUNS
from workbench.cli.parser import EXIT_STATUSES, Parser, build_parser, children

_HEAD = f"""# Commands

Written from the parser by `workbench.cli.reference:render`; a test holds it to the program.

Data goes to stdout, talk and progress to stderr. {EXIT_STATUSES[:1].upper()}{EXIT_STATUSES[1:]}.
Ids may be typed as any beginning that no other id of the kind has; cases are named by name,
codes by number or name, documents by key.
Whoever decides is named with `--as`, or in the environment variable `WORKBENCH_CODER`.
Every command that takes a study takes `--passphrase-file FILE` or `--passphrase-fd N` for an encrypted
one; without them the passphrase is asked for on the terminal.
"""


def render() -> str:
    """Write the reference as Markdown."""
    parser = build_parser()
    nouns = children(parser)
    lines = [_HEAD]
    for stage, group in groupby(NOUNS, key=lambda noun: noun.stage):
        lines.append(f"## {stage}\n")
        for noun in group:
            lines += _command(nouns[noun.name], noun.help)
    lines += _counterparts()
    return "\n".join(lines)


def _counterparts() -> Iterator[str]:
    """Name the command for every action of the screens."""
    from workbench.cli.counterparts import COMMANDS
    from workbench.tui.actions import ACTIONS

    yield "## From the screens to the command line\n"
    yield "Actions that only move about on a screen are left out.\n"
    yield "| Action | What it does | Command |"
    yield "| --- | --- | --- |"
    for action in ACTIONS:
        if action.id in COMMANDS:
            yield f"| `{action.id}` | {action.help} | `workbench {COMMANDS[action.id]}` |"
    yield ""


def commands(parser: Parser) -> Iterator[Parser]:
    """Go through every command that can be run, verbs included."""
    below = children(parser)
    if not below:
        yield parser
    for child in below.values():
        yield from commands(child)


def _command(parser: Parser, help: str) -> Iterator[str]:
    verbs = list(commands(parser))
    if verbs != [parser]:
        yield f"### `{parser.prog}`\n"
        yield f"{help[:1].upper()}{help[1:]}.\n"
    for verb in verbs:
        yield f"{'###' if verb is parser else '####'} `{verb.prog}`\n"
        yield f"{' '.join((verb.description or '').split())}\n"
        yield f"```\n{_usage(verb)}\n```\n"
        yield from _arguments(verb)


def _usage(parser: Parser) -> str:
    """Write the usage on one line, so that it does not depend on the width of a terminal."""
    parser.formatter_class = lambda prog: argparse.HelpFormatter(prog, width=10_000)
    return parser.format_usage().removeprefix("usage: ").strip()


def _arguments(parser: Parser) -> Iterator[str]:
    rows = [a for a in parser._actions if a.help not in (None, argparse.SUPPRESS) and a.dest != "help"]
    for action in rows:
        names = ", ".join(action.option_strings) or str(action.metavar or action.dest)
        choices = f"; one of: {', '.join(map(str, action.choices))}" if action.choices else ""
        yield f"- `{names}` – {action.help}{choices}"
    yield ""


if __name__ == "__main__":
    print(render(), end="")
