"""`workbench settings` and `workbench set`: what holds for the study as a whole."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from workbench.cli.options import lists, writes
from workbench.cli.output import put_rows, say
from workbench.stages.setup import SETTINGS, change_setting, settings_of
from workbench.study.study import Study


def declare_list(parser: ArgumentParser) -> None:
    """Declare `settings`."""
    lists(parser, show)


def declare(parser: ArgumentParser) -> None:
    """Declare `set`."""
    writes(parser, change)
    parser.add_argument("name", metavar="NAME", help=f"one of: {', '.join(SETTINGS)}")
    parser.add_argument("value", metavar="VALUE", help="the new value; an empty one takes it away")


def show(study: Study, arguments: Namespace) -> int:
    """List the settings with what they say."""
    rows = [
        {"name": name, "value": study.setting(name), "says": says}
        for name, says in settings_of(study).items()
    ]
    put_rows(("name", "value", "says"), rows, arguments.format)
    return 0


def change(study: Study, arguments: Namespace) -> int:
    """Change a setting of the study, such as the cut-off.

    Another question or another cut-off than the one that stands needs a reason.
    """
    change_setting(study, arguments.name, arguments.value, reason=arguments.reason)
    value = study.setting(arguments.name)
    say(f"The {arguments.name} is now {value}." if value else f"The study has no {arguments.name} now.")
    return 0
