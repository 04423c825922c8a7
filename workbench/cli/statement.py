"""`workbench translation-statement`: how the documents were translated, and what is not recorded."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from workbench.cli.files import add_output, deliver
from workbench.cli.options import reads
from workbench.cli.output import say
from workbench.exchange.statement import write_statement
from workbench.stages.translation_statement import translation_statement
from workbench.study.study import Study


def declare(parser: ArgumentParser) -> None:
    """Declare `translation-statement`."""
    reads(parser, write)
    add_output(parser)


def write(study: Study, arguments: Namespace) -> int:
    """Write the translation statement as Markdown; what is not recorded stands at its end."""
    statement = translation_statement(study)
    deliver([write_statement(statement)], output=arguments.output, force=arguments.force, text=True)
    if statement.gaps:
        say(f"{len(statement.gaps)} facts are not recorded; they stand at the end of the statement.")
    return 0
