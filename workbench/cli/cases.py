"""`workbench cases` and `workbench case`: the units of analysis."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from workbench.cli import lookup
from workbench.cli.options import Verbs, attribute, lists
from workbench.cli.output import put, put_rows, say
from workbench.model.case import Case, CaseDocument
from workbench.stages.register import add_case, edit_case, remove_case, reorder_cases
from workbench.study.study import Study


def declare_list(parser: ArgumentParser) -> None:
    """Declare `cases`."""
    lists(parser, show)


def declare(parser: ArgumentParser) -> None:
    """Declare `case` and its verbs."""
    verbs = Verbs(parser)
    verb = verbs.writes("add", add)
    verb.add_argument("name", metavar="NAME", help="name of the case")
    _add_attributes(verb)
    verb = verbs.writes("edit", edit)
    verb.add_argument("case", metavar="CASE", help="name or id of the case")
    verb.add_argument("--name", help="new name")
    _add_attributes(verb)
    verb = verbs.writes("order", order)
    verb.add_argument("cases", metavar="CASE", nargs="+", help="every case once, in the new order")
    verb = verbs.writes("remove", remove)
    verb.add_argument("case", metavar="CASE", help="name or id of the case")


def _add_attributes(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--set",
        dest="attributes",
        metavar="NAME=VALUE",
        type=attribute,
        action="append",
        default=[],
        help="an attribute of the case; may be given several times, an empty value takes it away",
    )


def show(study: Study, arguments: Namespace) -> int:
    """List the cases in the order of every chart."""
    columns = ["position", "name", "documents", "attributes", "id"]
    rows = [
        {
            "position": case.position,
            "name": case.name,
            "documents": len(study.all(CaseDocument, case_id=case.id)),
            "attributes": dict(case.attributes),
            "id": case.id,
        }
        for case in study.all(Case, order="position")
    ]
    put_rows(columns, rows, arguments.format)
    return 0


def add(study: Study, arguments: Namespace) -> int:
    """Add a case at the end of the case order; prints its id."""
    case = add_case(study, arguments.name, attributes=dict(arguments.attributes))
    put(case.id)
    say(f"Added the case {case.name}.")
    return 0


def edit(study: Study, arguments: Namespace) -> int:
    """Rename a case or set attributes of it."""
    case = lookup.case(study, arguments.case)
    changed = edit_case(study, case.id, name=arguments.name, attributes=dict(arguments.attributes))
    say(f"Changed the case {changed.name}.")
    return 0


def order(study: Study, arguments: Namespace) -> int:
    """Put the cases into a new order, which every chart follows."""
    cases = [lookup.case(study, name) for name in arguments.cases]
    reorder_cases(study, [case.id for case in cases])
    say("The cases now stand in this order: " + ", ".join(case.name for case in cases) + ".")
    return 0


def remove(study: Study, arguments: Namespace) -> int:
    """Take a case away; refused while cells or searches rest on it."""
    case = lookup.case(study, arguments.case)
    remove_case(study, case.id, reason=arguments.reason)
    say(f"Removed the case {case.name}.")
    return 0
