"""The interpretation screen: counts under a named rule, and claims with what they rest on."""

from __future__ import annotations

from asyncio import sleep
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, ClassVar, TypeAlias

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from workbench.model.cell import CountingRule
from workbench.model.records import split_key
from workbench.tui.actions import bindings
from workbench.tui.dialogs import Choice, ChooseFrom
from workbench.tui.display import content, shortened
from workbench.tui.matrix.matrix_view import MatrixView
from workbench.tui.stages import claim_work, evidence_items
from workbench.tui.stages.claim_actions import ClaimActions
from workbench.tui.stages.claim_sheet import claim_sheet
from workbench.tui.stages.going import key_of_item
from workbench.tui.stages.interpret_counts import Counted, counted_in_steps, go_on, sparing_garbage
from workbench.tui.widgets.excerpt_list import EvidenceItem, EvidenceList
from workbench.tui.widgets.line_list import LineList
from workbench.tui.widgets.status_table import StatusTable
from workbench.tui.wording import several

if TYPE_CHECKING:
    from workbench.matrix.chart import Chart
    from workbench.matrix.counts import Counts
    from workbench.model.coding import Excerpt

Shown: TypeAlias = "tuple[Content, list[EvidenceItem], dict[str, Excerpt]]"
"""What is said above the evidence, the evidence, and its excerpts by id."""

_OF_CLAIMS = frozenset({"claim", "claim-cell", "claim-excerpt", "memo"})
_BREATH = 0.002
"""Seconds in which other work is let through between two stretches of counting."""

_LISTED = 500
"""Cells behind a count that are listed at once."""

_LOOKED_THROUGH = 100
"""Decisions that are looked through for changed cells; after more the matrix is read anew."""


class InterpretScreen(ClaimActions):
    """Map and interpret: what is where, and what is claimed from it."""

    STAGE: ClassVar[str] = "interpret"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("interpret")]
    DEFAULT_CSS = """
    InterpretScreen #table-side { width: 3fr; height: 1fr; }
    InterpretScreen #rule { height: auto; color: $text-muted; padding: 0 1; }
    InterpretScreen StatusTable { height: 1fr; }
    InterpretScreen #claims-side { width: 2fr; height: 1fr; border-left: solid $panel; }
    InterpretScreen #claims-title { height: 1; color: $text-muted; padding: 0 1; }
    InterpretScreen #evidence-side { width: 2fr; height: 1fr; border-left: solid $panel; display: none; }
    InterpretScreen #evidence-head { height: auto; max-height: 40%; padding: 0 1; overflow-y: auto; }
    InterpretScreen.-reading #claims-side { display: none; }
    InterpretScreen.-reading #evidence-side { display: block; }
    InterpretScreen.-narrow #body { layout: vertical; }
    InterpretScreen.-narrow #table-side { width: 100%; }
    InterpretScreen.-narrow #claims-side {
        width: 100%; height: 40%; border-left: none; border-top: solid $panel;
    }
    InterpretScreen.-narrow #evidence-side { width: 100%; border-left: none; }
    InterpretScreen.-narrow.-reading #table-side { display: none; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._counted_to = 0
        """The decision up to which the matrix was read."""
        self._rule_id = ""
        self._prefix: str | None = None
        """Letters of the framework that is counted; None for the first."""
        self._counting: Iterator[None] = iter(())
        """What is left to be read and counted, in short steps."""
        self._counts: Counts | None = None
        self._gaps: dict[str, list[str]] = {}
        """What each claim lacks, by its id; those that are not looked at yet are not in it."""
        self._excerpts: dict[str, Excerpt] = {}
        self._sent_here = False
        """Whether the claim was opened from another stage, to which going back leads."""

    def compose_body(self) -> ComposeResult:
        """Lay out the table, the claims, and the evidence that takes their place."""
        with Vertical(id="table-side"):
            yield Static("", id="rule", markup=False)
            yield StatusTable(id="table")
        with Vertical(id="claims-side"):
            yield Static("", id="claims-title", markup=False)
            yield LineList(lines_each=2, id="claims", empty="No claim yet: a makes one.")
        with Vertical(id="evidence-side"):
            yield Static("", id="evidence-head", markup=False)
            yield EvidenceList(id="evidence", empty="Nothing stands behind this.")

    def on_mount(self) -> None:
        """Begin in the table."""
        self._table.focus()

    # what is shown

    @property
    def _table(self) -> StatusTable:
        return self.query_one(StatusTable)

    def refresh_study(self) -> None:
        """Count anew and show the claims as they stand; what takes long goes on while keys are answered."""
        self._counting = self._steps()
        self.workers.cancel_group(self, "counting")
        if not go_on(self._counting):
            self.run_worker(self._count_on(), group="counting", exclusive=True)

    async def _count_on(self) -> None:
        """Go on until everything is counted; after a decision made elsewhere, coming back begins anew."""
        head = self.study.head
        with sparing_garbage():
            while self.study.head == head and not go_on(self._counting):
                await sleep(_BREATH)

    def _steps(self) -> Iterator[None]:
        from workbench.matrix.chart import chart_in_steps

        head = self.study.head.count
        self.claims = claim_work.claims_in_order(self.study)
        self._show_claims()
        if self.chart is None or self._cells_changed():
            yield from self._steps_of_counts(chart_in_steps(self.study, prefix=self._prefix))
        elif (rule := self._rule()) is not None and self._counts is not None and self._counts.rule != rule:
            yield from self._steps_of_counts([self.chart])
        self._counted_to = head
        yield from self._steps_of_gaps()
        if self.is_reading:
            self._show_evidence(anew=not self.evidence.items)

    def _steps_of_counts(self, charts: Iterable[Chart]) -> Iterator[None]:
        """Count; the first time the themes appear as they are counted, later the former counts stay."""
        counted: Counted | None = None
        for counted in counted_in_steps(charts, self._rule_id):
            if self.chart is None and counted.counts not in (None, self._counts):
                self._show_counts(counted)
            self._say_rule(f"counting… {counted.codes} codes read")
            yield
        if counted is not None:
            self._show_counts(counted)
            self.chart = counted.chart
            self._say_counted(counted.counts)

    def _steps_of_gaps(self) -> Iterator[None]:
        from workbench.stages import interpret

        found = {}
        for claim in self.claims:
            found[claim.id] = interpret.gaps(self.study, claim)
            yield
        self._gaps = found
        self._show_claims()

    def _show_claims(self) -> None:
        claims = self.query_one("#claims", LineList)
        claims.show_items(len(self.claims), self._draw_claim, cursor=claims.cursor or 0)
        self.query_one("#claims-title", Static).update(content(f"Claims: {len(self.claims)}"))

    def _cells_changed(self) -> bool:
        """Tell whether anything but claims was decided since the matrix was read, which takes long."""
        last = self.study.head.count
        if self.chart is None or last - self._counted_to > _LOOKED_THROUGH:
            return True
        since = self.study.decisions(first=self._counted_to + 1)
        return any(split_key(key)[0] not in _OF_CLAIMS for decision in since for key in decision.keys)

    def _show_counts(self, counted: Counted) -> None:
        from workbench.matrix.rounding import Rounding

        self._counts = counted.counts
        if counted.counts is not None:
            self._table.show_counts(counted.chart, counted.counts, Rounding())

    def _say_counted(self, counts: Counts | None) -> None:
        from workbench.matrix.counts import open_words
        from workbench.matrix.rounding import Rounding

        if counts is None:
            self._say_rule("The study has no counting rule yet: a codebook brings them (F3, o).")
            return
        parts = [f"Counted {counts.rule.label}", Rounding().name, open_words(counts.whole)]
        self._say_rule(" · ".join(filter(None, parts)))

    def _say_rule(self, words: str) -> None:
        self.query_one("#rule", Static).update(content(words))

    def _rule(self) -> CountingRule | None:
        rules = self.chart.rules if self.chart is not None else ()
        return next((rule for rule in rules if rule.id == self._rule_id), rules[0] if rules else None)

    def _draw_claim(self, item: int, columns: int) -> list[Content]:
        claim = self.claims[item]
        gaps = self._gaps.get(claim.id, [])
        front = f"{claim_work.STATE_MARKS[claim.state]} {claim.kind.value}: "
        title = shortened(claim.title, max(columns - len(front), 1))
        below = "; ".join(gaps) if gaps else claim.stale_cause or claim.state.value
        sign = "  lacks: " if gaps else "  "
        return [
            Content.assemble(content(front), content(title, "bold")),
            content(shortened(sign + below, columns), "dim"),
        ]

    # reading what stands behind a count or a claim

    @on(MatrixView.CellOpened)
    def _open_count(self, message: MatrixView.CellOpened) -> None:
        self.begin_reading(count=(message.row, message.column))

    @on(LineList.Opened, "#claims")
    def _open_claim_at_cursor(self, message: LineList.Opened) -> None:
        self.begin_reading(claim=self.claims[message.item].id)

    def open_claim(self, claim_id: str) -> None:
        """Show a claim with its evidence."""
        place = next((at for at, claim in enumerate(self.claims) if claim.id == claim_id), None)
        if place is None:
            self.say("This claim is no longer there.", alarm=True)
            return
        self.query_one("#claims", LineList).go_to(place)
        self._sent_here = True
        self.begin_reading(claim=claim_id)

    def begin_reading(self, *, count: tuple[int, int] | None = None, claim: str = "") -> None:
        """Show the evidence of a count or of a claim."""
        self.count_read, self.claim_read = count, claim
        self.add_class("-reading")
        self._show_evidence(anew=True)
        self.evidence.focus()

    def _show_evidence(self, *, anew: bool) -> None:
        if self.chart is None:
            self.query_one("#evidence-head", Static).update(content("counting…"))
            self.evidence.show_evidence([])
            return
        shown = self._of_count(self.count_read) if self.count_read is not None else self._of_claim()
        if shown is None:
            self._stop_reading()
            return
        head, items, self._excerpts = shown
        self.query_one("#evidence-head", Static).update(head)
        if anew:
            self.evidence.show_evidence(items)
        else:
            self.evidence.keep_evidence(items)

    def _of_count(self, count: tuple[int, int]) -> Shown | None:
        rule = self._rule()
        if self.chart is None or rule is None:
            return None
        name, places = self._table.behind(*count)
        items, excerpts = evidence_items.behind_count(self.chart, places[:_LISTED], rule)
        rest = f" · the first {_LISTED} are listed: a case or code of its own lists the others"
        remark = content(
            f"{several(len(places), 'cell')}, counted {rule.label} · enter opens the passage or the cell"
            + (rest if len(places) > _LISTED else "")
        )
        return Content("\n").join([content(name, "bold"), remark]), items, excerpts

    def _of_claim(self) -> Shown | None:
        from workbench.matrix.chart import with_cells_at
        from workbench.stages import interpret
        from workbench.study.queries import placed
        from workbench.study.translation_queries import Sides

        claim = self.claim
        if self.chart is None or claim is None:
            return None
        evidence = interpret.evidence_of(self.study, claim.id)
        cited = placed(self.study, [excerpt for excerpt, _ in evidence.excerpts])
        chart = with_cells_at(
            self.study, self.chart, [(cell.case_id, cell.code_id) for cell, _ in evidence.cells]
        )
        items, excerpts = evidence_items.behind_claim(chart, evidence, cited, Sides(self.study))
        return claim_sheet(claim, interpret.gaps(self.study, claim)), items, excerpts

    @on(LineList.Opened, "#evidence")
    def _open_item(self) -> None:
        evidence_items.open_item(self.workbench, self.evidence.item, self._excerpts)

    def _stop_reading(self) -> None:
        self.remove_class("-reading")
        (self._table if self.count_read is not None else self.query_one("#claims")).focus()
        self.count_read, self.claim_read = None, ""

    def action_back(self) -> None:
        """Go back from the evidence to the table or the claims, or to where one came from."""
        if not self.is_reading or self._sent_here:
            self.workbench.go_back()
        if self.is_reading:
            self._stop_reading()
        self._sent_here = False

    def object_key(self) -> str:
        """Give the claim at the cursor, or the cell or excerpt that is read behind it."""
        evidence = self.query_one(EvidenceList)
        if evidence.has_focus:
            return key_of_item(evidence.item)
        return f"claim:{self.claim.id}" if self.claim is not None else ""

    def place(self) -> Callable[[], None]:
        """Give the way back to what one was at."""
        where: Widget | None = self.evidence if self.is_reading else self.focused
        return lambda: self.set_focus(where)

    # actions

    @work
    async def action_rule(self) -> None:
        """Count under another rule."""
        rules = self.chart.rules if self.chart is not None else ()
        rows = [Choice(rule.id, rule.label) for rule in rules]
        chosen = await self.workbench.ask(ChooseFrom("Count under which rule?", rows)) if rows else None
        if chosen:
            self._rule_id = chosen[0]
            self.refresh_study()

    @work
    async def action_count_framework(self) -> None:
        """Count another framework of the study."""
        from workbench.tui.stages.chart_export import choose_framework

        chosen = await choose_framework(self.workbench, "Count which framework?")
        if chosen is not None:
            self._prefix, self.chart = chosen, None
            self.refresh_study()

    def action_count(self) -> None:
        """Open the numbers."""
        self.workbench.open_numbers()

    def action_open_theme(self) -> None:
        """Open the theme at the cursor into its codes, or close it."""
        self._table.toggle_theme()
