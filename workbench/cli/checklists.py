"""`workbench checklist`: COREQ and SRQR drafts, filled from the study."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from workbench.cli.files import add_output, deliver, file_named, format_of_file
from workbench.cli.options import reads
from workbench.stages.checklist_items import CHECKLISTS
from workbench.stages.checklists import FORMATS, write_checklist
from workbench.study.study import Study


def declare(parser: ArgumentParser) -> None:
    """Declare `checklist`."""
    reads(parser, checklist)
    parser.add_argument("--kind", choices=tuple(CHECKLISTS), required=True, help="which checklist")
    parser.add_argument("--format", choices=FORMATS, help="format (default: that of FILE, or md without one)")
    add_output(parser)


def checklist(study: Study, arguments: Namespace) -> int:
    """Write a reporting checklist as a draft: what the study says to each item, and what is not reported."""
    output = file_named(arguments.output)
    format = arguments.format or format_of_file(output, FORMATS) or FORMATS[0]
    data = write_checklist(study, arguments.kind, format=format)
    deliver([data], output=output, force=arguments.force, text=format != "docx")
    return 0
