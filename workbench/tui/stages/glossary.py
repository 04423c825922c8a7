"""The screen of key terms: renderings and rules, and the places where a translation does otherwise."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static
from textual.worker import get_current_worker

from workbench.errors import WorkbenchError
from workbench.model.glossary import Term
from workbench.model.text import Passage
from workbench.tui.actions import bindings
from workbench.tui.dialogs import Report
from workbench.tui.display import content
from workbench.tui.screen import StageScreen
from workbench.tui.stages import glossary_dialogs as dialogs
from workbench.tui.stages.chart_writing import reading
from workbench.tui.stages.glossary_lines import place_lines, term_lines, term_sheet
from workbench.tui.stages.term_layer import found_aside
from workbench.tui.widgets.line_list import LineList
from workbench.tui.wording import several

if TYPE_CHECKING:
    from workbench.exchange.glossary_report import PlaceRow
    from workbench.stages.glossary_report import GlossaryReport, TermCount, Usage


@dataclass(frozen=True, slots=True)
class Found:
    """What a look through the linked texts found, with every place in words."""

    report: GlossaryReport
    places: tuple[PlaceRow, ...]
    """Of the usages, in their order."""
    unlooked: tuple[str, ...]


class GlossaryScreen(StageScreen):
    """Decide on key terms, and go through the places where they are not rendered as decided."""

    STAGE: ClassVar[str] = "glossary"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("glossary")]
    DEFAULT_CSS = """
    GlossaryScreen #shown { width: 2fr; height: 1fr; }
    GlossaryScreen #told, GlossaryScreen #which { height: auto; padding: 0 1; color: $text-muted; }
    GlossaryScreen #terms, GlossaryScreen #places { padding: 0 1; }
    GlossaryScreen #behind { width: 3fr; height: 1fr; border-left: solid $panel; }
    GlossaryScreen #about { height: auto; max-height: 50%; padding: 0 1; }
    GlossaryScreen #which { background: $panel; }
    GlossaryScreen.-narrow #body { layout: vertical; }
    GlossaryScreen.-narrow #shown { width: 100%; height: 40%; }
    GlossaryScreen.-narrow #behind { width: 100%; height: 1fr; border-left: none; border-top: solid $panel; }
    GlossaryScreen.-narrow #about { max-height: 4; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._terms: list[Term] = []
        self._found: Found | None = None
        self._shown: list[int] = []
        """Numbers of the usages that are listed."""
        self._all_findings = False
        self._wanted = ""
        """Id of the term that the cursor shall come to once the terms are there."""

    def compose_body(self) -> ComposeResult:
        """Lay out the terms, and beside them the one at the cursor with its places."""
        with Vertical(id="shown"):
            yield Static("", id="told", markup=False)
            yield LineList(id="terms", lines_each=2, empty="No key term yet: a adds one, i takes a file in.")
        with Vertical(id="behind"):
            with VerticalScroll(id="about", can_focus=False):
                yield Static("", id="details", markup=False)
            yield Static("", id="which", markup=False)
            yield LineList(id="places", lines_each=3)

    def on_mount(self) -> None:
        """Begin in the terms."""
        self._list.focus()

    @property
    def _list(self) -> LineList:
        return self.query_one("#terms", LineList)

    @property
    def _places(self) -> LineList:
        return self.query_one("#places", LineList)

    @property
    def term(self) -> Term | None:
        """Give the term at the cursor."""
        return self._list.at_cursor(self._terms)

    @property
    def usage(self) -> Usage | None:
        """Give the place at the cursor of the places."""
        cursor = self._places.cursor
        if self._found is None or cursor is None or cursor >= len(self._shown):
            return None
        return self._found.report.usages[self._shown[cursor]]

    # showing

    def refresh_study(self) -> None:
        """Show the terms as they are now, and look for their places aside."""
        from workbench.stages.glossary import terms_of

        here = self._wanted or (self.term.id if self.term is not None else "")
        self._terms, self._found = terms_of(self.study), None
        at = [place for place, term in enumerate(self._terms) if term.id == here]
        self._wanted = ""
        self._list.show_items(
            len(self._terms), self._draw_term, cursor=at[0] if at else self._list.cursor or 0
        )
        self._tell(several(len(self._terms), "term") + (" · looking at the texts …" if self._terms else ""))
        self._describe()
        if self._terms:
            self._look()

    def open_term(self, term_id: str = "") -> None:
        """Put the cursor on a term; without one, it stays where it was."""
        self._wanted = term_id
        self.refresh_study()
        self._list.focus()

    def _tell(self, words: str) -> None:
        self.query_one("#told", Static).update(content(words))

    @work(thread=True, exclusive=True, group="glossary")
    def _look(self) -> None:
        from workbench.stages.glossary_report import glossary_report
        from workbench.stages.glossary_words import printed

        worker = get_current_worker()
        try:
            with reading(self.workbench) as study:
                report = glossary_report(
                    study, progress=lambda done, of: not worker.is_cancelled, find=found_aside
                )
                told = printed(study, report, report.usages)
        except WorkbenchError as error:
            if not worker.is_cancelled:
                self.app.call_from_thread(self.say, str(error), alarm=True)
            return
        if not worker.is_cancelled:
            self.app.call_from_thread(self._take, Found(report, told.places, told.unlooked))

    def _take(self, found: Found) -> None:
        self._found = found
        findings = len(found.report.findings)
        told = [several(len(self._terms), "term"), several(len(found.places), "linked place")]
        told.append(f"! {findings} not as decided" if findings else "all as decided")
        left = sum(each.places for each in found.report.unlooked)
        told += [f"{left} not looked at: n"] if left else []
        self._tell(" · ".join(told))
        self._list.refresh()
        self._describe()

    def _count(self, term: Term) -> TermCount | None:
        counts = self._found.report.counts if self._found is not None else ()
        return next((count for count in counts if count.term.id == term.id), None)

    def _draw_term(self, item: int, columns: int) -> list[Content]:
        term = self._terms[item]
        return term_lines(term, self._count(term), columns)

    @on(LineList.Moved, "#terms")
    def _describe(self) -> None:
        self._show_sheet(self.term)
        self._list_places()

    @on(LineList.Moved, "#places")
    def _describe_place(self) -> None:
        if self.usage is not None:
            self._show_sheet(self.usage.term)

    def _show_sheet(self, term: Term | None) -> None:
        from workbench.stages.glossary import decided_on

        sheet = content("")
        if term is not None:
            sheet = term_sheet(term, self._count(term), decided_on(self.study, term.id))
        self.query_one("#details", Static).update(sheet)
        self.query_one("#about").scroll_home(animate=False)

    def _list_places(self) -> None:
        usages: Sequence[Usage] = self._found.report.usages if self._found is not None else ()
        term = self.term
        if self._all_findings:
            self._shown = [at for at, each in enumerate(usages) if each.outcome != "as decided"]
            which = f"{several(len(self._shown), 'place')} of all terms not as decided"
        else:
            own = [at for at, each in enumerate(usages) if term is not None and each.term.id == term.id]
            self._shown = sorted(own, key=lambda at: usages[at].outcome == "as decided")
            which = f"{several(len(own), 'linked place')} of {term.name}" if term is not None else ""
        self._places.say_empty("" if self._found is None else "There is none.")
        self._places.show_items(len(self._shown), self._draw_place)
        self.query_one("#which", Static).update(content(which))

    def _draw_place(self, item: int, columns: int) -> list[Content]:
        assert self._found is not None
        at = self._shown[item]
        usage, place = self._found.report.usages[at], self._found.places[at]
        marks = (
            usage.source.start - usage.source_passage.start,
            usage.source.end - usage.source_passage.start,
            usage.target.start - usage.target_passage.start,
            usage.target.end - usage.target_passage.start if usage.way else 0,
        )
        return place_lines(place, marks, columns, named=self._all_findings)

    # going

    def object_key(self) -> str:
        """Give the term at the cursor."""
        return f"term:{self.term.id}" if self.term is not None else ""

    def text_place(self) -> tuple[str, Passage] | None:
        """Give the place in the translation that is at the cursor."""
        return (self.usage.target_id, self.usage.target) if self.usage is not None else None

    def place(self) -> Callable[[], None]:
        """Come back to the list that has the cursor."""
        held = self._places if self._places.has_focus else self._list
        return lambda: self.set_focus(held)

    def leave(self) -> None:
        """Stop looking at the texts."""
        self.workers.cancel_group(self, "glossary")

    def arrive(self) -> None:
        """Look on where that was stopped."""
        if self._found is None and self._terms:
            self._look()

    @on(LineList.Opened, "#terms")
    def _to_places(self) -> None:
        if self._shown:
            self._places.focus()
        else:
            self.say("No linked place of the term is known.")

    @on(LineList.Opened, "#places")
    def _to_translation(self) -> None:
        if (usage := self.usage) is not None:
            self.workbench.open_passage(usage.target_id, usage.target)

    def action_original(self) -> None:
        """Go to the place in the original."""
        if (usage := self.usage) is not None:
            self.workbench.open_passage(usage.source_id, usage.source)
        else:
            self.say("No linked place is at the cursor.")

    def action_back(self) -> None:
        """Leave the places for the terms, then go back to where one came from."""
        if self._places.has_focus:
            self._list.focus()
        else:
            super().action_back()

    def action_findings(self) -> None:
        """Show all places that are not as decided, or those of the term again."""
        self._all_findings = not self._all_findings
        self._list_places()
        if self._all_findings and self._shown:
            self._places.focus()
            self._describe_place()
        else:
            self._show_sheet(self.term)

    @work
    async def action_unlooked(self) -> None:
        """Tell what could not be looked at."""
        if self._found is not None:
            said = self._found.unlooked or ("Every place of a term in an original is linked.",)
            await self.workbench.ask(Report("Not looked at", [content(sentence) for sentence in said]))

    # deciding and writing

    def _to_change(self) -> Term | None:
        return self.term if self.term is not None and self.workbench.may_decide() else None

    @work
    async def action_add(self) -> None:
        """Add a term."""
        if self.workbench.may_decide():
            made = await dialogs.add(self.workbench, self.term)
            places = [at for at, term in enumerate(self._terms) if made is not None and term.id == made.id]
            for at in places:
                self._list.go_to(at)

    @work
    async def action_edit(self) -> None:
        """Change the term at the cursor."""
        if (term := self._to_change()) is not None:
            await dialogs.edit(self.workbench, term)

    @work
    async def action_remove(self) -> None:
        """Take the term at the cursor away."""
        if (term := self._to_change()) is not None:
            await dialogs.remove(self.workbench, term)

    @work
    async def action_take(self) -> None:
        """Take the terms of a file in."""
        if self.workbench.may_decide():
            await dialogs.take(self.workbench)

    @work
    async def action_export(self) -> None:
        """Write the glossary to a file."""
        await dialogs.export(self.workbench)

    @work
    async def action_report(self) -> None:
        """Write what became of the terms to a file."""
        await dialogs.report(self.workbench)
