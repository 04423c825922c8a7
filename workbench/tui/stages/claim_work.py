"""What the interpretation screen asks before it changes a claim."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from workbench.model.cell import DESCRIBED_MARK, Cell, CellState
from workbench.model.claim import Basis, Claim, ClaimKind, ClaimState, Role
from workbench.model.records import key_of
from workbench.tui.dialogs import Choice, ChooseFrom, Field, Form

if TYPE_CHECKING:
    from workbench.matrix.chart import Chart
    from workbench.study.study import Study
    from workbench.tui.app import Workbench

STATE_MARKS = {ClaimState.DRAFT: "○", ClaimState.HELD: "●", ClaimState.STALE: "!"}
"""Signs of the states of a claim."""

_WHAT_FOR = {
    ClaimKind.CONCEPT: "what a notion means, and how it is built",
    ClaimKind.RANGE: "the full range of what occurs, with its forms",
    ClaimKind.TYPOLOGY: "classes of cases or phenomena",
    ClaimKind.ASSOCIATION: "a pattern between themes, or with an attribute",
    ClaimKind.EXPLANATION: "why the pattern; needs a rival reading and a search for negative cases",
    ClaimKind.STRATEGY: "what follows for policy",
}


async def make_claim(app: Workbench) -> Claim | None:
    """Ask for the kind, the title and the statement of a claim."""
    from workbench.stages import interpret

    rows = [Choice(kind.value, kind.value, _WHAT_FOR[kind]) for kind in ClaimKind]
    chosen = await app.ask(ChooseFrom("What kind of claim?", rows))
    if not chosen:
        return None
    fields = [Field("title", "Title"), Field("statement", "Statement", multiline=True)]
    given = await app.ask(Form(f"A new claim: {chosen[0]}", fields))
    if given is None:
        return None
    return app.attempt(
        lambda: interpret.make_claim(
            app.study, ClaimKind(chosen[0]), given["title"], statement=given["statement"]
        ),
        done="The claim is a draft.",
    )


async def edit_claim(app: Workbench, claim: Claim) -> None:
    """Ask what a claim says, what it rests on, its rival and how negative cases were looked for."""
    from workbench.stages import interpret

    fields = [
        Field("title", "Title", claim.title),
        Field("statement", "Statement", claim.statement, True),
        Field("rival", "Rival reading that was considered", claim.rival, True),
        Field("negative_search", "How negative cases were looked for", claim.negative_search, True),
    ]
    given = await app.ask(
        Form(f"{claim.kind.value.capitalize()}: {claim.title}", fields, about=key_of(claim))
    )
    if given is None:
        return
    bases = sorted(Basis, key=lambda basis: basis is not claim.basis)
    rows = [Choice(basis.value, basis.value, "as it is" if basis is claim.basis else "") for basis in bases]
    basis = await app.ask(ChooseFrom("Where do its reasons come from? esc leaves it.", rows))
    app.attempt(
        lambda: interpret.edit_claim(
            app.study,
            claim.id,
            title=given["title"],
            statement=given["statement"],
            rival=given["rival"],
            negative_search=given["negative_search"],
            basis=Basis(basis[0]) if basis else None,
        ),
        done="The claim is changed; it is a draft, to be held anew.",
    )


def hold_claim(app: Workbench, claim: Claim) -> None:
    """Say that a claim stands; its gaps are told where it does not."""
    from workbench.stages import interpret

    app.attempt(lambda: interpret.hold_claim(app.study, claim.id), done=f"Held: {claim.title}")


async def remove_claim(app: Workbench, claim: Claim) -> None:
    """Take a claim away with a reason."""
    from workbench.stages import interpret

    await app.attempt_with_reason(
        lambda reason: interpret.remove_claim(app.study, claim.id, reason=reason),
        what=f"Remove the claim {claim.title}; its cells and excerpts stay.",
        done="The claim is removed.",
    )


async def choose_claim(app: Workbench, title: str) -> Claim | None:
    """Ask for a claim; the only one there is answers for itself."""
    claims = app.study.all(Claim)
    if not claims:
        app.say("There is no claim yet: a makes one.", alarm=True)
        return None
    if len(claims) == 1:
        return claims[0]
    rows = [Choice(claim.id, claim.title, claim.kind.value) for claim in claims]
    chosen = await app.ask(ChooseFrom(title, rows))
    return next((claim for claim in claims if chosen and claim.id == chosen[0]), None)


async def choose_cells(app: Workbench, chart: Chart, claim: Claim, role: Role) -> list[str]:
    """Ask which assessed cells bear on a claim."""
    rows = []
    for charted in chart.cells.values():
        if charted.cell is not None and charted.state is not CellState.NOT_ASSESSED:
            case = next(case.name for case in chart.cases if case.id == charted.case_id)
            label = chart.framework.label(chart.framework.codes[charted.code_id])
            sign = charted.status.mark if charted.status is not None else DESCRIBED_MARK
            rows.append(Choice(charted.cell.id, f"{sign} {case} × {label}", charted.cell.summary))
    title = f"Which cells {'support' if role is Role.SUPPORTS else 'speak against'} {claim.title}?"
    if not rows:
        app.say("No cell is charted yet.", alarm=True)
        return []
    return await app.ask(ChooseFrom(title, rows, multiple=True)) or []


def link(app: Workbench, claim: Claim, role: Role, *, cells: Sequence[str] = (), excerpt: str = "") -> None:
    """Let cells or an excerpt bear on a claim, each as a decision of its own in one transaction."""
    from workbench.stages import interpret

    def all_of_them() -> None:
        with app.study.transaction():
            for cell_id in cells:
                interpret.link_cell(app.study, claim.id, cell_id, role)
            if excerpt:
                interpret.link_excerpt(app.study, claim.id, excerpt, role)

    how = "supports" if role is Role.SUPPORTS else "speaks against"
    app.attempt(all_of_them, done=f"Linked: it {how} “{claim.title}”.")


def unlink(app: Workbench, claim: Claim, *, cell: tuple[str, str] | None = None, excerpt: str = "") -> None:
    """Take a cell or an excerpt from a claim."""
    from workbench.stages import interpret

    if cell is not None:
        app.attempt(
            lambda: interpret.unlink_cell(app.study, claim.id, Cell.key(*cell)),
            done="The cell no longer bears on the claim; it is a draft.",
        )
    else:
        app.attempt(
            lambda: interpret.unlink_excerpt(app.study, claim.id, excerpt),
            done="The excerpt no longer bears on the claim; it is a draft.",
        )


def claims_in_order(study: Study) -> list[Claim]:
    """List the claims by kind in the order of the method, then by title."""
    kinds = list(ClaimKind)
    return sorted(study.all(Claim), key=lambda claim: (kinds.index(claim.kind), claim.title, claim.id))
