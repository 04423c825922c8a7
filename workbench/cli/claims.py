"""`workbench claim`: what the analyst makes of the matrix, and what it rests on."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from workbench.cli import lookup
from workbench.cli.options import Verbs, add_format
from workbench.cli.output import put, put_json, put_rows, say
from workbench.errors import WrongUsage
from workbench.model.case import Case
from workbench.model.cell import Cell
from workbench.model.claim import Basis, Claim, ClaimKind, ClaimState, Role
from workbench.model.coding import Excerpt
from workbench.model.framework import Code
from workbench.model.records import to_json
from workbench.stages import interpret
from workbench.study.queries import placed
from workbench.study.study import Study

_KINDS = [kind.value for kind in ClaimKind]


def declare(parser: ArgumentParser) -> None:
    """Declare `claim` and its verbs."""
    verbs = Verbs(parser)
    verb = verbs.lists("list", listing)
    verb.add_argument("--kind", choices=_KINDS, help="only claims of this kind")
    verb.add_argument(
        "--state", choices=[state.value for state in ClaimState], help="only claims in this state"
    )
    verb = verbs.reads("show", show)
    _add_claim(verb)
    add_format(verb, ("text", "json"))
    verb = verbs.writes("make", make)
    verb.add_argument("kind", metavar="KIND", choices=_KINDS, help="what the analyst is doing")
    verb.add_argument("title", metavar="TITLE", help="the claim in a few words")
    verb.add_argument("--statement", default="", metavar="WORDS", help="the claim in full")
    verb = verbs.writes("edit", edit)
    _add_claim(verb)
    verb.add_argument("--title", metavar="WORDS", help="the claim in a few words")
    verb.add_argument("--statement", metavar="WORDS", help="the claim in full")
    verb.add_argument("--basis", choices=[basis.value for basis in Basis], help="where its reasons come from")
    verb.add_argument("--rival", metavar="WORDS", help="the rival reading that was considered")
    verb.add_argument("--negative-search", metavar="WORDS", help="how negative cases were looked for")
    _add_claim(verbs.writes("hold", hold))
    verb = verbs.writes("link", link)
    _add_evidence(verb)
    verb.add_argument("--contradicts", action="store_true", help="it speaks against the claim")
    _add_evidence(verbs.writes("unlink", unlink))
    _add_claim(verbs.writes("remove", remove))


def _add_claim(parser: ArgumentParser) -> None:
    parser.add_argument("claim", metavar="CLAIM", help="id of the claim")


def _add_evidence(parser: ArgumentParser) -> None:
    _add_claim(parser)
    choice = parser.add_mutually_exclusive_group(required=True)
    choice.add_argument("--cell", nargs=2, metavar=("CASE", "CODE"), help="the cell that bears on it")
    choice.add_argument("--excerpt", help="id of the excerpt that bears on it")


def listing(study: Study, arguments: Namespace) -> int:
    """List the claims with what they still lack."""
    wanted = {"kind": arguments.kind, "state": arguments.state}
    claims = study.all(Claim, **{name: value for name, value in wanted.items() if value is not None})
    rows = [
        {**to_json(claim), "gaps": interpret.gaps(study, claim)}
        for claim in sorted(claims, key=lambda claim: (list(ClaimKind).index(claim.kind), claim.title))
    ]
    put_rows(["id", "kind", "state", "title", "statement", "basis", "author", "gaps"], rows, arguments.format)
    return 0


def show(study: Study, arguments: Namespace) -> int:
    """Show one claim with the cells and excerpts that bear on it and what it still lacks."""
    claim = lookup.record(study, Claim, arguments.claim)
    evidence = interpret.evidence_of(study, claim.id)
    if arguments.format == "json":
        _put_as_json(study, claim, evidence)
        return 0
    put(f"{claim.kind}: {claim.title}")
    put(f"State: {claim.state}" + (f" ({claim.stale_cause})" if claim.stale_cause else ""))
    for heading, words in (
        ("Statement", claim.statement),
        ("Basis", claim.basis),
        ("Rival reading", claim.rival),
        ("Search for negative cases", claim.negative_search),
        ("Author", claim.author),
    ):
        if words:
            put(f"{heading}: {words}")
    for cell, role in evidence.cells:
        put(f"{role.capitalize()}: {_heading(study, cell)} [{cell.state}] {cell.summary}")
    for excerpt, role in evidence.excerpts:
        put(f"{role.capitalize()}: {placed(study, [excerpt])[0].citation}: {excerpt.quote}")
    for gap in interpret.gaps(study, claim):
        put(f"Gap: {gap}")
    return 0


def _put_as_json(study: Study, claim: Claim, evidence: interpret.Evidence) -> None:
    put_json(
        {
            **to_json(claim),
            "cells": [
                {"cell": _heading(study, cell), "id": cell.id, "role": role} for cell, role in evidence.cells
            ],
            "excerpts": [
                {**to_json(excerpt), "citation": placed(study, [excerpt])[0].citation, "role": role}
                for excerpt, role in evidence.excerpts
            ],
            "gaps": interpret.gaps(study, claim),
        }
    )


def _heading(study: Study, cell: Cell) -> str:
    return f"{study.get(Case, cell.case_id).name} × {study.framework.label(study.get(Code, cell.code_id))}"


def make(study: Study, arguments: Namespace) -> int:
    """Begin a claim as a draft; prints its id."""
    claim = interpret.make_claim(
        study, ClaimKind(arguments.kind), arguments.title, statement=arguments.statement
    )
    put(claim.id)
    say(f"Began the {claim.kind} “{claim.title}”.")
    return 0


def edit(study: Study, arguments: Namespace) -> int:
    """Change what a claim says; it is then a draft, to be held anew."""
    claim = lookup.record(study, Claim, arguments.claim)
    fields = ("title", "statement", "rival", "negative_search")
    words = {name: getattr(arguments, name) for name in fields}
    basis = Basis(arguments.basis) if arguments.basis else None
    changed = interpret.edit_claim(study, claim.id, basis=basis, **words)
    say(f"Changed “{changed.title}”.")
    return 0


def hold(study: Study, arguments: Namespace) -> int:
    """Say that a claim stands; refused while it lacks what its kind needs."""
    claim = lookup.record(study, Claim, arguments.claim)
    interpret.hold_claim(study, claim.id)
    say(f"“{claim.title}” is held.")
    return 0


def link(study: Study, arguments: Namespace) -> int:
    """Let a cell or an excerpt bear on a claim."""
    claim = lookup.record(study, Claim, arguments.claim)
    role = Role.CONTRADICTS if arguments.contradicts else Role.SUPPORTS
    if arguments.cell:
        evidence = _cell(study, arguments)
        interpret.link_cell(study, claim.id, evidence, role)
    else:
        evidence = lookup.record(study, Excerpt, arguments.excerpt).id
        interpret.link_excerpt(study, claim.id, evidence, role)
    say(f"{evidence} {role} “{claim.title}”.")
    return 0


def unlink(study: Study, arguments: Namespace) -> int:
    """Take a cell or an excerpt from a claim, which is then a draft."""
    claim = lookup.record(study, Claim, arguments.claim)
    if arguments.cell:
        interpret.unlink_cell(study, claim.id, _cell(study, arguments))
    else:
        interpret.unlink_excerpt(study, claim.id, lookup.record(study, Excerpt, arguments.excerpt).id)
    say(f"Took it from “{claim.title}”.")
    return 0


def _cell(study: Study, arguments: Namespace) -> str:
    """Give the id of the cell that is meant; raises WrongUsage where nobody has opened it."""
    case, code = lookup.case(study, arguments.cell[0]), lookup.code(study, arguments.cell[1])
    cell = study.find(Cell, Cell.key(case.id, code.id))
    if cell is None:
        heading = f"{case.name} × {study.framework.label(code)}"
        raise WrongUsage(f"The cell {heading} is not assessed yet.", do="Chart it first.")
    return cell.id


def remove(study: Study, arguments: Namespace) -> int:
    """Take a claim away with its links; the cells and excerpts stay."""
    claim = lookup.record(study, Claim, arguments.claim)
    interpret.remove_claim(study, claim.id, reason=arguments.reason)
    say(f"Removed “{claim.title}”.")
    return 0
