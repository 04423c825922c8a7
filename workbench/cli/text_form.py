"""`workbench export` and `import-text`: a study as text, and the study made from it anew."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from workbench.cli.files import make_room
from workbench.cli.options import reads, stands_alone
from workbench.cli.output import say
from workbench.cli.progress import telling
from workbench.exchange.lossless import export_text
from workbench.study.study import Study


def declare_export(parser: ArgumentParser) -> None:
    """Declare `export`."""
    reads(parser, export)
    parser.add_argument("folder", metavar="FOLDER", type=Path, help="the folder to write; new or empty")
    parser.add_argument(
        "--unredacted", action="store_true", help="write it although it holds terms that exports black out"
    )


def declare_import(parser: ArgumentParser) -> None:
    """Declare `import-text`."""
    stands_alone(parser, import_text)
    parser.add_argument("folder", metavar="FOLDER", type=Path, help="a folder that export wrote")
    parser.add_argument("study", metavar="STUDY", type=Path, help="the study file to make")


def export(study: Study, arguments: Namespace) -> int:
    """Write the whole study as text that loses nothing: the log as JSON lines, contents under their hashes.

    The same study gives the same bytes every time, so that two exports can be compared.
    """
    make_room(arguments.folder.absolute())
    with telling() as tell:
        head = export_text(study, arguments.folder, tell=tell, unredacted=arguments.unredacted)
    say(f"Wrote {arguments.folder}.")
    say(str(head))
    return 0


def import_text(arguments: Namespace) -> int:
    """Make a study file from a folder that export wrote, with the same log and the same tables.

    Sizes, hashes, the chain of the log and every record are checked; a folder that does not hold is refused.
    """
    from workbench.exchange.lossless_reading import import_text as read_text

    make_room(arguments.study.absolute())
    with telling() as tell:
        head = read_text(arguments.folder, arguments.study, tell=tell)
    say(f"Made {arguments.study.name}.")
    say(str(head))
    return 0
