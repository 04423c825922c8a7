"""`workbench export-preview`: what an export would contain, before it is written."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from workbench.cli.arranging import add_chart, chart_of
from workbench.cli.options import lists
from workbench.cli.output import put_json, put_rows
from workbench.stages.export_preview import PREVIEWS, preview_export
from workbench.study.study import Study


def declare(parser: ArgumentParser) -> None:
    """Declare `export-preview`."""
    lists(parser, preview)
    parser.add_argument("kind", choices=tuple(PREVIEWS), help="what would be exported")
    parser.add_argument(
        "--pseudonyms", action="store_true", help="name coders as an export with pseudonyms does"
    )
    add_chart(parser)


def preview(study: Study, arguments: Namespace) -> int:
    """Tell what an export would contain: whose words, how many excerpts, originals, and who is named."""
    shown = preview_export(
        study, arguments.kind, view=chart_of(study, arguments), pseudonyms=arguments.pseudonyms
    )
    if arguments.format == "json":
        put_json(
            {
                "kind": shown.kind,
                "documents": dict(shown.documents),
                "excerpts": shown.excerpts,
                "coders": list(shown.coders),
                "counts": dict(shown.counts),
                "terms_blacked_out": shown.redactions,
                "notes": list(shown.notes),
            }
        )
        return 0
    rows = [{"what": what, "contains": said} for what, said in shown.lines()]
    put_rows(("what", "contains"), rows, arguments.format)
    return 0
