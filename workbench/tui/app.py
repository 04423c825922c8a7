"""The workbench in the terminal: it opens a study, holds the stages and shows what went wrong."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Awaitable, Callable
from functools import cached_property, partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from rich.text import Text
from textual import events, work
from textual.app import App, ComposeResult
from textual.screen import ModalScreen, Screen
from textual.widgets import Static

from workbench.errors import WHOLE_FAULTS, ReasonMissing, WorkbenchError, fault_report
from workbench.tui.actions import SCREENS
from workbench.tui.display import content, shortened, visible
from workbench.tui.drafts import Draft, has_drafts, keep_drafts, typed_on, watch_for_end
from workbench.tui.keys_in_turn import KeysInTurn
from workbench.tui.palette import ActionCommands
from workbench.tui.preferences import load_preferences
from workbench.tui.screen import StageScreen
from workbench.tui.theme import MONOCHROME, THEMES

if TYPE_CHECKING:
    from workbench.model.text import Passage
    from workbench.study.study import Study
    from workbench.tui.stages.coverage_lines import CoverageLines

T = TypeVar("T")
R = TypeVar("R")


def _screen_of(stage: str) -> Screen[Any]:
    """Make the screen of a stage; its module is imported at the first visit."""
    module = import_module(f"workbench.tui.stages.{stage}")
    screen: Screen[Any] = getattr(module, f"{stage.capitalize()}Screen")()
    return screen


class Workbench(App[None]):
    """One study, open in the terminal."""

    TITLE = "workbench"
    MODES: ClassVar[dict[str, str | Callable[[], Screen[Any]]]] = {
        name: partial(_screen_of, name) for name in SCREENS
    }
    COMMANDS: ClassVar[set[Any]] = {ActionCommands}
    CSS = "#opening { padding: 1 2; }"

    study: Study

    def __init__(
        self, path: Path, *, coder: str, stage: str = "familiarise", read_only: bool = False
    ) -> None:
        super().__init__()
        self.path = path
        self.coder = coder
        self.first_stage = stage
        self.read_only = read_only
        self.failure: WorkbenchError | None = None
        """Why the study could not be opened."""
        self.text_in_hand: tuple[str, int] | None = None
        """Id of the text that was read last and where it was left, for another stage to take up."""
        self.busy = False
        """Whether a transaction is being held open; the study is not closed meanwhile."""
        self.closing_head = ""
        """The end of the log when the study was closed."""
        self._is_closed = False
        self.drafts_file: Path | None = None
        """Where it is kept what was typed and not saved when the terminal went away."""
        self._end_watch: Callable[[], None] = lambda: None
        self._came_from: list[Callable[[], Awaitable[None]]] = []
        self.preferences = load_preferences()
        self._keys_in_turn = KeysInTurn(self, super().on_event)
        self.animation_level = "none"

    # opening and closing

    def compose(self) -> ComposeResult:
        """Paint something before anything heavy is imported."""
        yield Static(content(f"Opening {self.path.name} …"), id="opening", markup=False)

    def on_mount(self) -> None:
        """Open the study once the first picture is on the screen."""
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = (
            MONOCHROME.name if os.environ.get("NO_COLOR") else self.preferences.theme or THEMES[0].name
        )
        self.set_keymap(self.preferences.keys)
        self.call_after_refresh(self._open)

    @work
    async def _open(self) -> None:
        from workbench.tui.opening import open_for

        study = await open_for(self)
        if study is None:
            self.exit(return_code=self.failure.exit_status if self.failure else 0)
            return
        self.study = study
        self._end_watch = watch_for_end(self.end_at_once)
        await self.switch_mode(self.first_stage)
        # What is loaded by now stays to the end; looking through it for garbage would stop the keys.
        gc.freeze()
        if self.preferences.faults:
            self.say(f"Your preferences: {' '.join(self.preferences.faults)}", alarm=True)
        if has_drafts(study.path):
            from workbench.tui.dialogs.take_up import offer_drafts

            await offer_drafts(self)

    @cached_property
    def coverage(self) -> CoverageLines:
        """Give the document register, read once and kept up with for all screens."""
        from workbench.tui.stages.coverage_lines import CoverageLines

        return CoverageLines(self.study)

    @property
    def is_open(self) -> bool:
        """Tell whether the study is open."""
        return hasattr(self, "study") and not self._is_closed

    def on_unmount(self) -> None:
        """Give the file back once no screen can look at it any more."""
        self.close_study()
        self._end_watch()

    def end_at_once(self) -> None:
        """Keep what was typed and leave: the terminal goes away, or somebody wants the program to stop."""
        drafts = typed_on(self._screen_stacks.values(), at=self.study.now(), coder=self.coder)
        if drafts and self.drafts_file is None and self.failure is None:
            try:
                self.drafts_file = keep_drafts(self.study.path, drafts)
            except WorkbenchError as error:
                self.failure = error
        self.exit()

    def close_study(self) -> None:
        """Keep the end of the log and give the file back."""
        if self.is_open:
            self.closing_head = str(self.study.head)
            self.study.close()
            self._is_closed = True

    def _fatal_error(self) -> None:
        """Leave after a fault of the program, and say its place without a word of the study."""
        error = self._exception or sys.exception()
        if error is None or os.environ.get(WHOLE_FAULTS):
            super()._fatal_error()
            return
        self._exit_renderables.append(Text(visible(fault_report(error), newlines=True)))
        self._close_messages_no_wait()

    async def on_event(self, event: events.Event) -> None:
        """Deal with typed keys one after the other, so that none overtakes the dialog it is meant for."""
        if isinstance(event, events.Key) and not event.is_forwarded:
            await self._keys_in_turn.take(event)
        else:
            await super().on_event(event)

    async def action_quit(self) -> None:
        """Close the study and leave; not in the middle of an import, which can be stopped with escape."""
        if self.busy:
            self.bell()
            return
        if self.is_open and self.stage_screen is not None:
            self.stage_screen.leave()
        unsaved = typed_on(self._screen_stacks.values(), at="", coder="")
        if unsaved:
            self.say(f"{unsaved[0].title} is not saved. Correct it, or throw it away with esc.", alarm=True)
            return
        self.exit()

    # stages

    def _stage_screen_of(self, stage: str) -> StageScreen | None:
        stack = self._screen_stacks.get(stage)
        screen = stack[0] if stack else None
        return screen if isinstance(screen, StageScreen) else None

    @property
    def stage_screen(self) -> StageScreen | None:
        """Give the screen of the current stage, whatever dialog is over it."""
        return self._stage_screen_of(self.current_mode)

    def go_to_stage(self, stage: str) -> None:
        """Show a stage."""
        self._came_from.clear()
        self.run_worker(self._go_to(stage), group="stages")

    async def _go_to(self, stage: str) -> None:
        screen = await self._enter(stage)
        if isinstance(screen, StageScreen):
            screen.arrive()

    async def _enter(self, stage: str) -> Screen[Any]:
        if stage != self.current_mode and self.stage_screen is not None:
            self.stage_screen.leave()
        await self.switch_mode(stage)
        return self.screen_stack[0]

    def open_passage(self, text_id: str, passage: Passage) -> None:
        """Show a passage in its text, in the indexing stage; going back returns to where one is now."""
        self._remember_place()
        self.run_worker(self._open_in("index", "open_passage", text_id, passage), group="stages")

    def open_cell(self, case_id: str, code_id: str) -> None:
        """Show a cell in the charting stage; going back returns to where one is now."""
        self._remember_place()
        self.run_worker(self._open_in("chart", "open_cell", case_id, code_id), group="stages")

    async def resume_cell(self, case_id: str, code_id: str, draft: Draft) -> bool:
        """Show a cell with its editor open on words typed before; tell whether it could be shown."""
        self._remember_place()
        typed = (draft.field, draft.text, draft.refs)
        return bool(await self._open_in("chart", "resume_cell", case_id, code_id, *typed))

    def open_claim(self, claim_id: str) -> None:
        """Show a claim in the interpretation stage; going back returns to where one is now."""
        self._remember_place()
        self.run_worker(self._open_in("interpret", "open_claim", claim_id), group="stages")

    def open_document(self, document_id: str) -> None:
        """Show a document in the register; going back returns to where one is now."""
        self._remember_place()
        self.run_worker(self._open_in("familiarise", "open_document", document_id), group="stages")

    def open_numbers(self) -> None:
        """Show the numbers of the matrix; going back returns to where one is now."""
        self._remember_place()
        self.run_worker(self._open_in("numbers", "begin"), group="stages")

    def open_node(self, identifier: str) -> None:
        """Show a theme or code in the framework stage; going back returns to where one is now."""
        self._remember_place()
        self.run_worker(self._open_in("framework", "go_to_node", identifier), group="stages")

    def open_indicator(self, indicator_id: str = "", case_id: str = "") -> None:
        """Show an indicator of an index for a case, or the scores; going back returns to where one is now."""
        self._remember_place()
        self.run_worker(self._open_in("editions", "open_indicator", indicator_id, case_id), group="stages")

    def review_code(self, code_id: str) -> None:
        """Show everything under a code; going back returns to where one is now."""
        self._remember_place()
        self.run_worker(self._open_in("review", "review_code", code_id), group="stages")

    async def _open_in(self, stage: str, method: str, *arguments: Any) -> Any:
        screen = await self._enter(stage)
        return getattr(screen, method)(*arguments)

    def _remember_place(self) -> None:
        stage, screen = self.current_mode, self.stage_screen
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

    # deciding

    @property
    def status(self) -> str:
        """Say what is saved, and by whom."""
        count = self.study.head.count
        if self.study.read_only:
            return f"read-only · decision {count}"
        return f"saved · decision {count} by {self.study.coder}"

    def say(self, sentence: str, *, alarm: bool = False) -> None:
        """Show a sentence in the message line of the current stage."""
        if self.stage_screen is not None:
            self.stage_screen.say(sentence, alarm=alarm)

    def attempt(self, action: Callable[[], T], *, done: str = "") -> T | None:
        """Do something to the study; a refusal is shown whole and nothing else is lost."""
        try:
            result = action()
        except WorkbenchError as error:
            self.say(str(error), alarm=True)
            return None
        self._after_decision(done)
        return result

    async def attempt_with_reason(
        self, action: Callable[[str], T], *, what: str = "", done: str = ""
    ) -> T | None:
        """Do something that may need a reason; where it does, ask for it and try again."""
        from workbench.tui.dialogs.give_reason import GiveReason

        try:
            result = action("")
        except ReasonMissing as error:
            reason = await self.ask(GiveReason(what or error.what))
            return None if reason is None else self.attempt(lambda: action(reason), done=done)
        except WorkbenchError as error:
            self.say(str(error), alarm=True)
            return None
        self._after_decision(done)
        return result

    def _after_decision(self, done: str) -> None:
        if self.stage_screen is not None:
            self.stage_screen.catch_up()
        if done:
            self.say(done)

    async def ask(self, dialog: ModalScreen[R]) -> R | None:
        """Show a dialog and wait for its answer; only inside a worker."""
        return await self.push_screen_wait(dialog)

    def may_decide(self) -> bool:
        """Tell whether decisions can be made; where not, say so."""
        if self.study.read_only:
            self.say("The study is open for reading only. Nothing can be changed here.", alarm=True)
        return not self.study.read_only

    def undo(self) -> None:
        """Undo the coder's latest decision, and say which it was."""
        from workbench.stages import history

        decision = self.attempt(lambda: history.undo(self.study))
        if decision is not None:
            self._say_reversed("Undone", decision.reverses)

    def redo(self) -> None:
        """Make the coder's last undone decision again, and say which it was."""
        from workbench.stages import history

        decision = self.attempt(lambda: history.redo(self.study))
        if decision is not None:
            self._say_reversed("Done again", decision.reverses)

    def _say_reversed(self, what: str, seq: int | None) -> None:
        from workbench.stages.naming import Names

        if seq is not None:
            decision = self.study.decision(seq)
            kept = {**decision.before, **decision.after}
            named = Names(self.study, kept).of(decision.subject, kept.get(decision.subject))
            self.say(f"{what}: decision {seq}, {decision.action}: {shortened(named, 60)}.")
