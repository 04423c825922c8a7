"""The ways through the workbench: from stage to stage, to a record and back, into the past and to today."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from importlib import import_module
from typing import TYPE_CHECKING, Any

from textual.app import App
from textual.screen import Screen

from workbench.tui.screen import StageScreen

if TYPE_CHECKING:
    from workbench.model.text import Passage
    from workbench.study.study import Study
    from workbench.tui.drafts import Draft


def screen_of(stage: str, past: Study | None = None) -> Screen[Any]:
    """Make the screen of a stage, of today or of a past; its module is imported at the first visit."""
    module = import_module(f"workbench.tui.stages.{stage}")
    screen: Screen[Any] = getattr(module, f"{stage.capitalize()}Screen")()
    if isinstance(screen, StageScreen):
        screen.past = past
    return screen


class Ways(App[None]):
    """Hold the screens of the stages and what leads from one to the other."""

    study: Study
    """The study as it is shown: as it is today, or as it stood after a decision."""
    first_stage: str

    def __init__(self) -> None:
        super().__init__()
        self._today: Study | None = None
        self._came_from: list[Callable[[], Awaitable[None]]] = []

    @property
    def today(self) -> Study:
        """Give the study as it is today, the only one that is written to."""
        return self._today or self.study

    def show_of(self, past: Study | None) -> None:
        """Let the study be shown as it once stood, or as it is today."""
        today = self.today
        self._came_from.clear()
        self.__dict__.pop("coverage", None)
        self.study, self._today = (today, None) if past is None else (past, today)

    def mode_of(self, stage: str) -> str:
        """Name the mode in which a stage is shown: each past has its own screens."""
        return stage if self.study.as_of is None else f"{stage} as of {self.study.as_of}"

    def _stage_screen_of(self, mode: str) -> StageScreen | None:
        stack = self._screen_stacks.get(mode)
        screen = stack[0] if stack else None
        return screen if isinstance(screen, StageScreen) else None

    @property
    def stage_screen(self) -> StageScreen | None:
        """Give the screen of the current stage, whatever dialog is over it."""
        return self._stage_screen_of(self.current_mode)

    def go_to_stage(self, stage: str) -> None:
        """Show a stage."""
        self._came_from.clear()
        self.run_worker(self.show_stage(stage), group="stages")

    async def show_stage(self, stage: str) -> None:
        """Show a stage once it is there."""
        screen = await self._enter(stage)
        if isinstance(screen, StageScreen):
            screen.arrive()

    async def _enter(self, stage: str) -> Screen[Any]:
        mode = self.mode_of(stage)
        left = self.stage_screen
        if mode != self.current_mode and left is not None and left.study is self.study:
            left.leave()
        await self.switch_mode(mode)
        return self.screen_stack[0]

    def open_passage(self, text_id: str, passage: Passage) -> None:
        """Show a passage in its text, in the indexing stage; going back returns to where one is now."""
        self._go_and("index", "open_passage", text_id, passage)

    def open_parallel(self, where: tuple[str, Passage] | None) -> None:
        """Show a passage beside its translation, or the pair shown last; going back returns to here."""
        if where is None:
            self.visit("parallel")
        else:
            self._go_and("parallel", "open_passage", *where)

    def open_cell(self, case_id: str, code_id: str) -> None:
        """Show a cell in the charting stage; going back returns to where one is now."""
        self._go_and("chart", "open_cell", case_id, code_id)

    async def resume_cell(self, case_id: str, code_id: str, draft: Draft) -> bool:
        """Show a cell with its editor open on words typed before; tell whether it could be shown."""
        self._remember_place()
        typed = (draft.field, draft.text, draft.refs)
        return bool(await self._open_in("chart", "resume_cell", case_id, code_id, *typed))

    def open_claim(self, claim_id: str) -> None:
        """Show a claim in the interpretation stage; going back returns to where one is now."""
        self._go_and("interpret", "open_claim", claim_id)

    def open_document(self, document_id: str) -> None:
        """Show a document in the register; going back returns to where one is now."""
        self._go_and("familiarise", "open_document", document_id)

    def open_decisions(self, key: str) -> None:
        """Show the decisions about a record; going back returns to where one is now."""
        self._go_and("history", "show_about", key)

    def open_numbers(self) -> None:
        """Show the numbers of the matrix; going back returns to where one is now."""
        self._go_and("numbers", "begin")

    def open_glossary(self, term_id: str = "") -> None:
        """Show the key terms, with the cursor on one; going back returns to where one is now."""
        self._go_and("glossary", "open_term", term_id)

    def open_node(self, identifier: str) -> None:
        """Show a theme or code in the framework stage; going back returns to where one is now."""
        self._go_and("framework", "go_to_node", identifier)

    def open_indicator(self, indicator_id: str = "", case_id: str = "") -> None:
        """Show an indicator of an index for a case, or the scores; going back returns to where one is now."""
        self._go_and("editions", "open_indicator", indicator_id, case_id)

    def open_versions(self, key: str = "", passage: Passage | None = None) -> None:
        """Show the versions of texts, those of a record; going back returns to where one is now.

        `passage` is what was selected in the text, to be verified there.
        """
        self._go_and("versions", "show_about", key, passage)

    def open_uncertain(self, text_id: str = "") -> None:
        """Show the excerpts that stayed behind; going back returns to where one is now."""
        self._go_and("uncertain", "show_of", text_id)

    def search_for(self, words: str, mode: str, within: frozenset[str], where: str) -> None:
        """Search some cases or documents, or everywhere; going back returns to where one is now."""
        self._go_and("search", "search_for", words, mode, within, where)

    def review_code(self, code_id: str) -> None:
        """Show everything under a code; going back returns to where one is now."""
        self._go_and("review", "review_code", code_id)

    def suggest_for(self, code_id: str) -> None:
        """Show passages suggested for a code; going back returns to where one is now."""
        self._go_and("suggestions", "suggest_for", code_id)

    def visit(self, stage: str) -> None:
        """Show a screen that serves all stages; going back returns to where one is now."""
        if self.stage_screen is None or stage != self.stage_screen.STAGE:
            self._remember_place()
            self.run_worker(self.show_stage(stage), group="stages")

    def _go_and(self, stage: str, method: str, *arguments: Any) -> None:
        """Call a method of a screen once it is shown, and remember the way back."""
        self._remember_place()
        self.run_worker(self._open_in(stage, method, *arguments), group="stages")

    async def _open_in(self, stage: str, method: str, *arguments: Any) -> Any:
        screen = await self._enter(stage)
        return getattr(screen, method)(*arguments)

    def _remember_place(self) -> None:
        screen = self.stage_screen
        stage = screen.STAGE if screen is not None else self.first_stage
        back = screen.place() if screen is not None else None

        async def return_there() -> None:
            await self._enter(stage)
            if back is not None:
                back()

        self._came_from.append(return_there)

    @property
    def has_way_back(self) -> bool:
        """Tell whether a passage or cell was opened from somewhere."""
        return bool(self._came_from)

    def go_back(self) -> None:
        """Return to where a passage or cell was opened from; does nothing elsewhere."""
        if self._came_from:
            self.run_worker(self._came_from.pop()(), group="stages")
