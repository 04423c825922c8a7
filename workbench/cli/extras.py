"""`workbench extras`: what is installed beside the plain program, and what is missing."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from workbench.cli.options import add_format, stands_alone
from workbench.cli.output import put_rows


def declare(parser: ArgumentParser) -> None:
    """Declare `extras`."""
    add_format(stands_alone(parser, show))


def show(arguments: Namespace) -> int:
    """List the extras: what each gives, what of it is installed, and what stands against its use."""
    from workbench.stages.extras import extras

    rows = [
        {"extra": each.name, "gives": each.gives, "installed": each.installed, "note": each.note}
        for each in extras()
    ]
    put_rows(("extra", "gives", "installed", "note"), rows, arguments.format)
    return 0
