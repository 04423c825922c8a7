"""The frame that the screens of all stages share."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar, cast

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.screen import Screen

from workbench.tui.widgets.message_line import MessageLine
from workbench.tui.widgets.past_bar import PastBar
from workbench.tui.widgets.stage_bar import StageBar
from workbench.tui.widgets.steady_footer import SteadyFooter

if TYPE_CHECKING:
    from workbench.model.text import Passage
    from workbench.study.study import Study
    from workbench.tui.app import Workbench


class StageScreen(Screen[None]):
    """One stage of the method: its bar, its body, the message line and the footer."""

    STAGE: ClassVar[str] = ""
    DEFAULT_CSS = """
    StageScreen { layout: vertical; }
    StageScreen > #body { height: 1fr; }
    """

    def __init__(self) -> None:
        super().__init__()
        self.HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide")]
        self._seen = -1
        # Its widgets are styled as they are mounted; Textual would parse and apply all styles twice more.
        self._css_update_count = self.app._css_update_count
        self.past: Study | None = None
        """The past that is shown; None for today."""

    @property
    def workbench(self) -> Workbench:
        """Give the app by its own type."""
        return cast("Workbench", self.app)

    @property
    def study(self) -> Study:
        """Give the study that is open."""
        return self.past or self.workbench.today

    # what a stage fills in

    def compose_body(self) -> ComposeResult:
        """Lay out what is between the bar and the message line."""
        raise NotImplementedError

    def refresh_study(self) -> None:
        """Show the study as it is now; called first on mounting, and after every decision."""

    def arrive(self) -> None:
        """Follow what was done in the stage that was left for this one."""

    def leave(self) -> None:
        """Record what must be recorded before another stage is shown or the study is closed."""

    def place(self) -> Callable[[], None] | None:
        """Give what brings one back to the place shown now; None where nothing needs restoring."""
        return None

    def object_key(self) -> str:
        """Give the key of the record that the cursor is on; empty where it is on none."""
        return ""

    def text_place(self) -> tuple[str, Passage] | None:
        """Give the text that the cursor is on, or the first of its document, with the passage."""
        from workbench.stages.targets import place_in_text

        return place_in_text(self.study, self.object_key())

    # the frame

    def compose(self) -> ComposeResult:
        """Lay out the frame."""
        yield StageBar(self.STAGE, self.study.setting("title"))
        if self.past is not None:
            yield PastBar(self.past)
        with Horizontal(id="body"):
            yield from self.compose_body()
        yield MessageLine()
        yield SteadyFooter()

    def on_mount(self) -> None:
        """Show the study for the first time."""
        self.catch_up()

    def on_screen_resume(self) -> None:
        """Show what was decided elsewhere meanwhile."""
        if self.is_mounted:
            if self.study.head.count != self._seen:
                self.say("")
            self.catch_up()

    def catch_up(self) -> None:
        """Show the study again where it has changed since this screen last looked."""
        count = self.study.head.count
        if count != self._seen:
            self._seen = count
            self.query_one(StageBar).show_title(self.study.setting("title"))
            self.refresh_study()
        self.query_one(MessageLine).show_status(self.workbench.status)

    def say(self, sentence: str, *, alarm: bool = False) -> None:
        """Show a sentence in the message line."""
        self.query_one(MessageLine).say(sentence, alarm=alarm)

    @on(StageBar.StageChosen)
    def _go_to_chosen_stage(self, message: StageBar.StageChosen) -> None:
        self.workbench.go_to_stage(message.stage)

    # actions of every screen

    def action_help(self) -> None:
        """Show the keys of this screen."""
        from workbench.tui.dialogs.help import Help

        self.app.push_screen(Help(self.STAGE, self.workbench.preferences.keys))

    def action_familiarise(self) -> None:
        """Go to familiarisation."""
        self.workbench.go_to_stage("familiarise")

    def action_framework(self) -> None:
        """Go to the framework."""
        self.workbench.go_to_stage("framework")

    def action_index(self) -> None:
        """Go to indexing."""
        self.workbench.go_to_stage("index")

    def action_chart(self) -> None:
        """Go to charting."""
        self.workbench.go_to_stage("chart")

    def action_interpret(self) -> None:
        """Go to interpretation."""
        self.workbench.go_to_stage("interpret")

    def action_history(self) -> None:
        """Go to the log."""
        self.workbench.go_to_stage("history")

    def action_memos(self) -> None:
        """Go to all memos."""
        self.workbench.go_to_stage("memos")

    def action_search(self) -> None:
        """Go to the searches."""
        self.workbench.go_to_stage("search")

    def action_review(self) -> None:
        """Go to the codings to read again."""
        self.workbench.go_to_stage("review")

    def action_numbers(self) -> None:
        """Go to the numbers."""
        self.workbench.go_to_stage("numbers")

    def action_texts(self) -> None:
        """Go to the versions of all texts, to the one at hand."""
        place = self.text_place()
        if place is None:
            self.workbench.open_versions(self.object_key())
        else:
            self.workbench.open_versions(f"text:{place[0]}", place[1])

    def term_here(self) -> str:
        """Give the id of the key term that the cursor is on; empty where it is on none."""
        return ""

    def action_glossary(self) -> None:
        """Go to the key terms, to the one at the cursor."""
        self.workbench.open_glossary(self.term_here())

    def action_checks(self) -> None:
        """Go to the questions about translations."""
        self.workbench.visit("checks")

    def action_words(self) -> None:
        """Go to the words."""
        self.workbench.visit("words")

    def action_parallel(self) -> None:
        """Show the text at the cursor beside its translation."""
        self.workbench.open_parallel(self.text_place())

    def action_suggestions(self) -> None:
        """Go to the suggestions, for the code that the cursor is on."""
        from workbench.stages.targets import code_of_key

        self.workbench.suggest_for(code_of_key(self.study, self.object_key()))

    def action_decisions(self) -> None:
        """Go to the decisions about what the cursor is on."""
        key = self.object_key()
        if key:
            self.workbench.open_decisions(key)
        else:
            self.say("There is nothing here that decisions are about.")

    def action_today(self) -> None:
        """Go back from the past to today."""
        from workbench.tui.past import go_to_today

        self.workbench.run_worker(go_to_today(self.workbench), group="stages")

    def action_undo(self) -> None:
        """Undo the coder's latest decision."""
        self.workbench.undo()

    def action_redo(self) -> None:
        """Make the coder's last undone decision again."""
        self.workbench.redo()

    def action_save_as(self) -> None:
        """Save the study under another name and go on there."""
        self.workbench.save_as()

    def action_back(self) -> None:
        """Go back to where one came from."""
        self.workbench.go_back()

    async def action_quit(self) -> None:
        """Close the study."""
        await self.app.action_quit()
