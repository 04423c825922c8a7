"""`workbench demo`: the worked example."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from workbench.cli.options import add_coder, stands_alone
from workbench.cli.output import put, say
from workbench.cli.session import coder_of_environment
from workbench.errors import Refused

FILE_NAME = "worked-example.workbench"
CODER = "A. Mori"
"""Who decides in the worked example unless somebody else is named."""


def declare(parser: ArgumentParser) -> None:
    """Declare `demo`."""
    stands_alone(parser, demo)
    parser.add_argument(
        "--dir", type=Path, default=Path(), metavar="DIR", help="folder to build it in (default: this one)"
    )
    parser.add_argument("--no-ui", action="store_true", help="build it only; prints the path of the study")
    add_coder(parser)


def demo(arguments: Namespace) -> int:
    """Build the worked example from the teaching corpus and open it; one built earlier is opened as it is."""
    path: Path = arguments.dir / FILE_NAME
    coder = arguments.coder.strip() or coder_of_environment() or CODER
    if path.exists() and arguments.no_ui:
        raise Refused(f"{path} is already there.", do=f"Open it: workbench open {path}")
    if not path.exists():
        arguments.dir.mkdir(parents=True, exist_ok=True)
        _build(path, coder)
    if arguments.no_ui:
        put(str(path))
        return 0
    from workbench.tui.opening import refuse_without_terminal, run_workbench

    refuse_without_terminal()
    return run_workbench(path, coder=coder)


def _build(path: Path, coder: str) -> None:
    from workbench.stages.worked_example import build_example
    from workbench.study.file import open_study

    build_example(path, coder=coder, progress=say)
    with open_study(path, read_only=True) as study:
        say(str(study.head))
