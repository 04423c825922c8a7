"""`workbench new`, `open` and `save-as`."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from workbench.cli.files import bytes_of, make_room
from workbench.cli.options import add_coder, add_study, reads, stands_alone
from workbench.cli.output import say
from workbench.cli.passphrases import add_passphrase, given, is_given, new_passphrase
from workbench.cli.session import coder_named, coder_of_environment, deciding, warn_of_place
from workbench.errors import Refused, WrongUsage
from workbench.study.study import Study

STAGES = ("familiarise", "framework", "index", "chart", "interpret", "history")


def declare_new(parser: ArgumentParser) -> None:
    """Declare `new`."""
    stands_alone(parser, new)
    parser.add_argument("study", metavar="STUDY", type=Path, help="the study file to make")
    parser.add_argument("--title", default="", help="title of the study (default: the name of the file)")
    parser.add_argument("--framework", type=Path, metavar="FILE", help="codebook to begin with, in YAML")
    parser.add_argument(
        "--encrypted", action="store_true", help="encrypt it with a passphrase, which is asked for twice"
    )
    add_passphrase(parser, told=True)
    add_coder(parser)


def declare_open(parser: ArgumentParser) -> None:
    """Declare `open`."""
    stands_alone(parser, open_terminal)
    add_study(parser)
    add_coder(parser)
    parser.add_argument("--stage", choices=STAGES, default=STAGES[0], help="stage to begin at")
    parser.add_argument("--read-only", action="store_true", help="look only; others may write")


def declare_save_as(parser: ArgumentParser) -> None:
    """Declare `save-as`."""
    reads(parser, save_as)
    parser.add_argument("file", metavar="FILE", type=Path, help="the file to make; none may be there yet")


def new(arguments: Namespace) -> int:
    """Make a study, with a framework or with the default statuses alone."""
    from workbench.exchange.codebook import read_codebook
    from workbench.stages.setup import new_study

    coder = coder_named(arguments.coder)
    book = None
    if arguments.framework is not None:
        book = read_codebook(arguments.framework.name, bytes_of(arguments.framework))
    title = arguments.title or arguments.study.stem
    warn_of_place(arguments.study)
    passphrase = _passphrase(arguments)
    with (
        new_study(arguments.study, title=title, coder=coder, codebook=book, passphrase=passphrase) as study,
        deciding(study, before=0),
    ):
        count = len(study.framework.codes)
        say(f"Made {study.path.name}: {title}, {count} codes.")
    return 0


def _passphrase(arguments: Namespace) -> str:
    """Give the passphrase of the study to be made; empty where it is to be in the clear."""
    from workbench.study.sqlcipher import refuse_without

    if not arguments.encrypted:
        if is_given(arguments):
            raise WrongUsage("A passphrase is given, but not --encrypted.", do="Add --encrypted.")
        return ""
    refuse_without()
    if arguments.study.exists():
        raise Refused(f"{arguments.study.name} is already there.", do="Choose another name, or open it.")
    return new_passphrase(arguments, arguments.study)


def open_terminal(arguments: Namespace) -> int:
    """Open a study in the terminal, which asks for the coder where nobody is named."""
    from workbench.study.locked import unlock
    from workbench.tui.opening import refuse_without_terminal, run_workbench

    refuse_without_terminal()
    passphrase = given(arguments)
    if passphrase is not None:
        unlock(arguments.study, passphrase)
    return run_workbench(
        arguments.study,
        coder=arguments.coder.strip() or coder_of_environment(),
        stage=arguments.stage,
        read_only=arguments.read_only,
    )


def save_as(study: Study, arguments: Namespace) -> int:
    """Write a whole, verified copy of a study to another name, also while another process works on it."""
    from workbench.study.save_as import save_as as save

    make_room(arguments.file.absolute())
    head = save(study, arguments.file)
    say(f"Saved as {arguments.file.name}: {head}. {study.path.name} is as it was.")
    warn_of_place(arguments.file)
    return 0
