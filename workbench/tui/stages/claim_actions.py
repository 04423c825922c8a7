"""What can be done to claims, whatever is shown beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import work

from workbench.model.cell import Cell
from workbench.model.claim import Claim, Role
from workbench.tui.screen import StageScreen
from workbench.tui.stages import claim_work, evidence_items
from workbench.tui.widgets.excerpt_list import EvidenceList
from workbench.tui.widgets.line_list import LineList

if TYPE_CHECKING:
    from workbench.matrix.chart import Chart


class ClaimActions(StageScreen):
    """A screen with claims at hand; it says which, and this does what is asked of them."""

    def __init__(self) -> None:
        super().__init__()
        self.chart: Chart | None = None
        """The whole matrix as it stands."""
        self.claims: list[Claim] = []
        self.count_read: tuple[int, int] | None = None
        """Row and column of the count whose evidence is shown."""
        self.claim_read = ""
        """Id of the claim whose evidence is shown."""

    def begin_reading(self, *, count: tuple[int, int] | None = None, claim: str = "") -> None:
        """Show the evidence of a count or of a claim."""
        raise NotImplementedError

    @property
    def evidence(self) -> EvidenceList:
        """Give the list of what stands behind a count or a claim."""
        return self.query_one(EvidenceList)

    @property
    def is_reading(self) -> bool:
        """Tell whether the evidence of a count or a claim is shown."""
        return self.has_class("-reading")

    @property
    def claim(self) -> Claim | None:
        """Give the claim that is read, or else the one at the cursor of the list."""
        if self.claim_read:
            return next((claim for claim in self.claims if claim.id == self.claim_read), None)
        cursor = self.query_one("#claims", LineList).cursor
        return self.claims[cursor] if cursor is not None and cursor < len(self.claims) else None

    @work
    async def action_make_claim(self) -> None:
        """Make a claim."""
        if not self.workbench.may_decide():
            return
        made = await claim_work.make_claim(self.workbench)
        if made is not None:
            self.begin_reading(claim=made.id)

    @work
    async def action_edit_claim(self) -> None:
        """Change what the claim says."""
        if (claim := self._claim_for("change")) is not None:
            await claim_work.edit_claim(self.workbench, claim)

    @work
    async def action_remove_claim(self) -> None:
        """Take the claim away."""
        if (claim := self._claim_for("remove")) is not None:
            await claim_work.remove_claim(self.workbench, claim)

    def action_hold(self) -> None:
        """Say that the claim stands."""
        if (claim := self._claim_for("hold")) is not None:
            claim_work.hold_claim(self.workbench, claim)

    def _claim_for(self, what: str) -> Claim | None:
        if self.claim is None:
            self.say(f"There is no claim to {what}: a makes one.", alarm=True)
        elif not self.workbench.may_decide():
            return None
        return self.claim

    @work
    async def action_link(self) -> None:
        """Let cells or the excerpt at the cursor support a claim."""
        await self._link(Role.SUPPORTS)

    @work
    async def action_link_against(self) -> None:
        """Let cells or the excerpt at the cursor speak against a claim."""
        await self._link(Role.CONTRADICTS)

    async def _link(self, role: Role) -> None:
        if self.is_reading and self.count_read is not None:
            await self._link_item(role)
        elif (claim := self._claim_for("link")) is not None and self.chart is not None:
            cells = await claim_work.choose_cells(self.workbench, self.chart, claim, role)
            if cells:
                claim_work.link(self.workbench, claim, role, cells=cells)

    async def _link_item(self, role: Role) -> None:
        """Link the cell or excerpt at the cursor of a count's evidence to a claim."""
        item = self.evidence.item
        cell = evidence_items.cell_of_item(item) if item is not None else None
        if item is None or (cell is None and not item.is_excerpt):
            self.say("Put the cursor on a cell or an excerpt.", alarm=True)
            return
        claim = await claim_work.choose_claim(self.workbench, "For which claim?")
        if claim is not None and cell is not None:
            claim_work.link(self.workbench, claim, role, cells=[Cell.key(*cell)])
        elif claim is not None:
            claim_work.link(self.workbench, claim, role, excerpt=item.key.partition(":")[2])

    def action_unlink(self) -> None:
        """Take the cell or excerpt at the cursor from the claim that is read."""
        item, claim = self.evidence.item, self.claim
        if not self.claim_read or item is None or claim is None:
            self.say("Open the claim (enter) and put the cursor on what shall go.", alarm=True)
            return
        cell = evidence_items.cell_of_item(item)
        if cell is not None:
            claim_work.unlink(self.workbench, claim, cell=cell)
        elif item.is_excerpt:
            claim_work.unlink(self.workbench, claim, excerpt=item.key.partition(":")[2])
