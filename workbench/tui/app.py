"""The workbench in the terminal: it opens a study, holds the stages and shows what went wrong."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable
from dataclasses import replace
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from rich.text import Text
from textual import events, work
from textual.app import ComposeResult
from textual.screen import ModalScreen, Screen
from textual.widgets import Static
from textual.worker import get_current_worker

from workbench.errors import WHOLE_FAULTS, ReasonMissing, WorkbenchError, fault_report
from workbench.tui.actions import SCREENS
from workbench.tui.backing_up import begin_backups
from workbench.tui.display import content, shortened, visible
from workbench.tui.drafts import Draft, typed_on, watch_for_end
from workbench.tui.keys_in_turn import KeysInTurn
from workbench.tui.palette import ActionCommands
from workbench.tui.preferences import load_preferences
from workbench.tui.theme import MONOCHROME, THEMES
from workbench.tui.trouble import (
    end_with,
    forget_typed,
    give_back,
    keep_what_is_typed,
    remember_typed,
    stand_by,
)
from workbench.tui.ways import Ways, screen_of

if TYPE_CHECKING:
    from workbench.study.whose import Whose
    from workbench.tui.stages.coverage_lines import CoverageLines

T = TypeVar("T")
R = TypeVar("R")

_KINDS_OF_WIDGETS = 1_000
_SETTLED = 0.5
"""Seconds after which the first stage is drawn and what comes later may be loaded."""


class Workbench(Ways):
    """One study, open in the terminal."""

    TITLE = "workbench"
    MODES: ClassVar[dict[str, str | Callable[[], Screen[Any]]]] = {
        name: partial(screen_of, name) for name in SCREENS
    }
    COMMANDS: ClassVar[set[Any]] = {ActionCommands}
    CSS = "#opening { padding: 1 2; }"
    whose: Whose
    """What words are kept for; known from the opening on, also where the study cannot be read any more."""

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
        self.last_refusal = ""
        """Why the last action was refused."""
        self.unkept: list[Draft] = []
        """What was typed and no file could take when the program had to end."""
        self.rescued: Path | None = None
        """Where a study is kept whose file was gone when it was closed."""
        self.notice = ""
        """What is to be known of the file or its place, said once it is open."""
        self.greeting = ""
        """What is said once the study is open."""
        self.leads_to: Callable[[], Workbench] | None = None
        """What makes the workbench that is shown when this one is left; None where the program then ends."""
        self.drafts_file: Path | None = None
        """Where it is kept what was typed and not saved when the terminal went away."""
        self._end_watch: Callable[[], None] = lambda: None
        self.preferences = load_preferences()
        self._keys_in_turn = KeysInTurn(self, super().on_event)
        self.animation_level = "none"
        # Textual keeps 64 parsed styles; with more kinds of widgets, each new kind had all parsed again.
        self.stylesheet._parse_cache.maxsize = _KINDS_OF_WIDGETS

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
        from workbench.study.whose import drafts_there, whose
        from workbench.tui.opening import end_looking_through, open_for

        study = await open_for(self)
        if study is None:
            self.exit(return_code=self.failure.exit_status if self.failure else 0)
            return
        self.study = study
        self.whose = whose(study)
        self._end_watch = watch_for_end(self.end_at_once)
        await self.switch_mode(self.first_stage)
        self.run_worker(end_looking_through(self), group="looking through")
        # What is loaded by now stays to the end; looking through it for garbage would stop the keys.
        gc.freeze()
        self.set_timer(_SETTLED, self._load_what_comes_later)
        if self.preferences.faults:
            self.say(f"Your preferences: {' '.join(self.preferences.faults)}", alarm=True)
        if self.greeting or self.notice:
            self.say(" ".join(filter(None, (self.greeting, self.notice))), alarm=True)
        begin_backups(self)
        if drafts_there(self.whose):
            from workbench.tui.dialogs.take_up import offer_drafts

            await offer_drafts(self)

    @work(thread=True, group="loading")
    def _load_what_comes_later(self) -> None:
        from workbench.tui.opening import load_what_comes_later

        worker = get_current_worker()
        load_what_comes_later(lambda: worker.is_cancelled)

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
        if self.failure is None:
            keep_what_is_typed(self)
        self.exit()

    def _handle_exception(self, error: Exception) -> None:
        """Keep what was typed before an unforeseen fault ends the program."""
        if not end_with(self, error):
            super()._handle_exception(error)

    def close_study(self) -> None:
        """Keep the end of the log and give the file back."""
        if self.is_open:
            if self._today is not None:
                self.study.close()
                self.show_of(None)
            self._is_closed = True
            give_back(self)

    def study_moved(self) -> None:
        """Go on with the study in another file."""
        self.path, self.read_only = self.study.path, self.study.read_only
        self.whose = replace(self.whose, path=self.path)
        if self.stage_screen is not None:
            self.stage_screen.catch_up()

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
        if isinstance(event, events.Key | events.MouseDown):
            self._follow_others()
        if isinstance(event, events.Key) and not event.is_forwarded:
            await self._keys_in_turn.take(event)
        else:
            await super().on_event(event)

    def _follow_others(self) -> None:
        """Show what others decided meanwhile; where the study is open for writing there are none."""
        if self.is_open and self.study.read_only and self.screen is self.stage_screen:
            self.stage_screen.catch_up()

    async def action_quit(self) -> None:
        """Close the study and leave; not in the middle of an import, which can be stopped with escape."""
        if self._may_leave():
            self.exit()

    def leave_for(self, leads_to: Callable[[], Workbench]) -> None:
        """Close the study and show another workbench, which is made once the file is given back."""
        if self._may_leave():
            self.leads_to = leads_to
            self.exit()

    def _may_leave(self) -> bool:
        if self.busy:
            self.bell()
            return False
        if self.is_open and self.stage_screen is not None:
            self.stage_screen.leave()
        unsaved = typed_on(self._screen_stacks.values(), at="", coder="")
        if unsaved:
            self.say(f"{unsaved[0].title} is not saved. Correct it, or throw it away with esc.", alarm=True)
        return not unsaved

    # deciding

    @property
    def status(self) -> str:
        """Say what is saved, and by whom."""
        count = self.study.head.count
        if self.study.looking_through is not None:
            return f"looking through, read-only until then · decision {count}"
        if self.study.as_of is not None:
            return f"as of decision {count} · read-only"
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
            self._refused(action, error, done)
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
            self._refused(lambda: action(""), error, done)
            return None
        self._after_decision(done)
        return result

    def _refused(self, action: Callable[[], object], error: WorkbenchError, done: str) -> None:
        self.last_refusal = str(error)
        self.say(self.last_refusal, alarm=True)
        stand_by(self, action, error, done)

    def _after_decision(self, done: str) -> None:
        forget_typed()
        if self.stage_screen is not None:
            self.stage_screen.catch_up()
        if done:
            self.say(done)

    async def ask(self, dialog: ModalScreen[R]) -> R | None:
        """Show a dialog and wait for its answer; only inside a worker."""
        answer = await self.push_screen_wait(dialog)
        remember_typed(dialog)
        return answer

    def may_decide(self) -> bool:
        """Tell whether decisions can be made; where not, say so."""
        if self.study.as_of is not None:
            self.say("The past can only be read. F12 goes back to today.", alarm=True)
            return False
        if self.study.looking_through is not None:
            self.say("The study is still being looked through. Read meanwhile; then it can be changed.")
            return False
        if self.study.read_only:
            why = self.study.why_read_only and f": {self.study.why_read_only}"
            way_out = " Save it elsewhere (S) to go on." if why else " Nothing can be changed here."
            self.say(f"The study is open for reading only{why}.{way_out}", alarm=True)
        return not self.study.read_only

    def save_as(self) -> None:
        """Save the study under another name and go on there."""
        from workbench.tui.dialogs.trouble import save_elsewhere

        self.run_worker(save_elsewhere(self), group="default")

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
