"""A claim, written out in full."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content

from workbench.model.claim import Claim
from workbench.tui.display import content
from workbench.tui.stages.claim_work import STATE_MARKS


def claim_sheet(claim: Claim, gaps: Sequence[str]) -> Content:
    """Write out what a claim says and how it stands, with what it still lacks."""
    lines = [
        content(f"{STATE_MARKS[claim.state]} {claim.kind.value}: {claim.title}", "bold"),
        content(claim.statement or "It says nothing yet (e writes it).", newlines=True),
        content(f"{claim.state.value} · reasons: {claim.basis.value} · {claim.author}", "dim"),
    ]
    for label, words in (
        ("! stale", claim.stale_cause),
        ("Rival reading", claim.rival),
        ("Negative cases", claim.negative_search),
        ("Lacks", "; ".join(gaps)),
    ):
        if words:
            lines.append(Content.assemble(content(f"{label}: ", "bold"), content(words, newlines=True)))
    return Content("\n").join(lines)
