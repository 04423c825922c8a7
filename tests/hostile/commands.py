"""Run every command of the command line on this terminal, on a study full of hostile words.

Run as `python -m tests.hostile.commands STUDY REPORT`, in a folder of hostile files. The commands are taken
from the parser: one that is new is run too.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path

from tests.hostile.strings import evil
from workbench.cli import main as workbench
from workbench.cli.options import Access
from workbench.cli.parser import Parser, build_parser
from workbench.cli.reference import commands

NOT_HERE = {"workbench open", "workbench serve"}
"""Commands that stay open; the screens have a walk of their own."""
NAMES = {
    "CASE": "c1",
    "CODE": "k1",
    "CODE|THEME": "k2",
    "THEME": "t",
    "DOCUMENT": "d1",
    "DOCUMENTS": "d1",
    "TEXT": "x1o",
    "CODING": "g2",
    "EXCERPT": "e2",
    "MEMO": "w1",
    "CLAIM": "a1",
    "EDITION": "i",
    "INDICATOR": "p1",
    "QUOTE": "q2",
    "FOOTNOTE": "n2",
    "KEY": "code:k1",
    "KIND": "concept",
    "START:END": "0:40",
    "OFFSET": "20",
    "FILE.xlsx": "chart.xlsx",
    "[NAME=]PRINTED.csv": "printed.csv",
    "PATH": "incoming",
    "SEQ|TIME": "1",
    "STATUS": "evil",
    "TERM": "t1",
}
FILES = {"edition import": "sheet.csv", "coding hits": "hits.json", "import": "sheet.csv"}


class Runs:
    """Command lines for every command, made from what its parser says it takes."""

    def __init__(self, study: Path) -> None:
        self._study = str(study)
        self._number = 0

    def of(self, parser: Parser) -> Iterator[list[str]]:
        """Give a command as it is meant, in every format; then with hostile words for all it takes."""
        words = parser.prog.split()[1:]
        taken = [action for action in parser._actions if not action.option_strings]
        options = [action for action in parser._actions if action.option_strings]
        meant = [value for action in taken for value in self._meant(parser, action)]
        must = [word for action in options if action.required for word in self._given(parser, action)]
        for group in parser._mutually_exclusive_groups:
            first = group._group_actions[0]
            if group.required and first.option_strings:
                must += self._given(parser, first)
        if {"--as", "--reason"} <= {name for action in options for name in action.option_strings}:
            must += ["--as", "A. Mori", "--reason", self._evil()]
        formats = next((action.choices for action in options if action.dest == "format"), None)
        for format in formats or [""]:
            yield [*words, *must, *(["--format", format] if format else []), *meant]
        yield [*words, *must, *(self._study if a.metavar == "STUDY" else self._evil() for a in taken)]
        for action in options:
            if action.nargs != 0 and action.dest not in ("format", "reason", "help"):
                value = str(next(iter(action.choices))) if action.choices else self._evil()
                yield [
                    *words,
                    *must,
                    action.option_strings[-1],
                    value,
                    *([] if action.nargs is None else ["--"]),
                    *meant,
                ]
        yield [*words, self._evil(), "--" + self._evil()]

    def _given(self, parser: Parser, action: argparse.Action) -> list[str]:
        return [action.option_strings[-1], *self._meant(parser, action)]

    def _meant(self, parser: Parser, action: argparse.Action) -> list[str]:
        """Give a value that the command can do something with."""
        if action.nargs == argparse.REMAINDER:
            return ["cases"]
        if action.nargs == argparse.OPTIONAL and not action.option_strings:
            return []
        metavar = action.metavar if isinstance(action.metavar, str) else (action.dest or "").upper()
        if isinstance(action.metavar, tuple):
            return [NAMES.get(each, self._evil()) for each in action.metavar]
        if metavar == "STUDY":
            return [self._study]
        if metavar == "FILE":
            return [FILES.get(parser.prog.removeprefix("workbench "), "codebook.yaml")]
        if action.choices:
            return [str(next(iter(action.choices)))]
        first = metavar.partition("[")[0] or metavar
        if "=" in metavar and metavar not in NAMES:
            return [f"title={self._evil()}"]
        return [NAMES.get(metavar) or NAMES.get(first) or self._evil()]

    def _evil(self) -> str:
        """Give the next hostile words, without what no command line can hold."""
        self._number += 1
        return evil(self._number).replace("\0", "\1")


def main() -> None:
    """Run all commands, then write down which ended how."""
    study, report = Path(sys.argv[1]), Path(sys.argv[2])
    os.chdir(report.parent)
    runs = Runs(study)
    ended: dict[str, list[int]] = {}
    failed: list[str] = []
    all_commands = list(commands(build_parser()))
    # What only reads comes first, while there is everything to be read.
    for parser in sorted(all_commands, key=lambda each: each.get_default("access") is Access.WRITE):
        if parser.prog in NOT_HERE:
            continue
        for words in runs.of(parser):
            try:
                status = workbench([*words, *(["--no-ui", "--dir", "demo"] if words[0] == "demo" else [])])
            except Exception as error:
                failed.append(f"{words}: {error!r}")
                status = -1
            ended.setdefault(parser.prog, []).append(status)
    readers = [each.prog for each in all_commands if each.get_default("access") is Access.READ]
    report.write_text(json.dumps({"ended": ended, "readers": readers, "failed": failed}), encoding="utf-8")


if __name__ == "__main__":
    main()
