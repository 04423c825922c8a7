"""The framework screen: the tree of themes and codes, and what each says."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical, VerticalScroll
from textual.widgets import Static

from workbench.model.framework import Code
from workbench.model.records import key_of
from workbench.tui.actions import bindings
from workbench.tui.display import content
from workbench.tui.screen import StageScreen
from workbench.tui.stages import framework_changes as changes
from workbench.tui.stages import framework_evidence as evidence
from workbench.tui.stages import framework_exchange as exchange
from workbench.tui.stages.going import key_of_item
from workbench.tui.widgets.excerpt_list import EvidenceList
from workbench.tui.widgets.framework_panel import description
from workbench.tui.widgets.framework_tree import FrameworkTree, Node, numbered
from workbench.tui.widgets.line_list import LineList
from workbench.tui.wording import several

if TYPE_CHECKING:
    from workbench.model.coding import Excerpt


class FrameworkScreen(StageScreen):
    """Build and revise the thematic framework."""

    STAGE: ClassVar[str] = "framework"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("framework")]
    DEFAULT_CSS = """
    FrameworkScreen #tree-side { width: 1fr; height: 1fr; }
    FrameworkScreen #notice { height: auto; color: $text-warning; padding: 0 1; display: none; }
    FrameworkScreen #version { height: 1; color: $text-muted; padding: 0 1; }
    FrameworkScreen #panel { width: 1fr; height: 1fr; border-left: solid $panel; padding: 0 1; }
    FrameworkScreen #excerpts { width: 1fr; height: 1fr; border-left: solid $panel; display: none; }
    FrameworkScreen.-narrow #body { layout: vertical; }
    FrameworkScreen.-narrow #panel, FrameworkScreen.-narrow #excerpts {
        border-left: none; border-top: solid $panel; height: 45%; width: 100%;
    }
    FrameworkScreen.-narrow.-reading #tree-side { display: none; }
    FrameworkScreen.-narrow.-reading #excerpts { height: 1fr; border-top: none; }
    FrameworkScreen.-reading #panel { display: none; }
    FrameworkScreen.-reading #excerpts { display: block; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._counts: dict[str, int] = {}
        self._excerpts: dict[str, Excerpt] = {}
        self._what: Callable[[], evidence.Evidence] | None = None
        """What gives the excerpts that are read."""

    def compose_body(self) -> ComposeResult:
        """Lay out the tree, what a code says, and the excerpts under it."""
        with Vertical(id="tree-side"):
            yield Static("", id="version", markup=False)
            yield Static("", id="notice", markup=False)
            yield FrameworkTree(id="tree")
        with VerticalScroll(id="panel"):
            yield Static("", id="description", markup=False)
        yield EvidenceList(id="excerpts", empty="No passage has this code yet.")

    def on_mount(self) -> None:
        """Begin on the tree."""
        self._tree.focus()

    # showing

    @property
    def _tree(self) -> FrameworkTree:
        return self.query_one(FrameworkTree)

    @property
    def node(self) -> Node | None:
        """Give the theme or code under the cursor."""
        return self._tree.node

    @property
    def is_reading(self) -> bool:
        """Tell whether excerpts are shown in place of the description."""
        return self.has_class("-reading")

    def refresh_study(self) -> None:
        """Show the framework as it stands."""
        from workbench.study.queries import coding_counts_by_code

        self._counts = coding_counts_by_code(self.study)
        self._tree.show_framework(self.study.framework, self._counts)
        version = self.study.framework_version
        released = f"version {version} is the latest released" if version else "not yet released"
        self.query_one("#version", Static).update(content(f"Framework, {released}"))
        self._show_notice()
        self._describe()
        if self.is_reading and self._what is not None:
            items, self._excerpts = self._what()
            self.query_one(EvidenceList).keep_evidence(items)

    def _show_notice(self) -> None:
        split = [code for code in self.study.framework.codes.values() if len(code.successors) > 1]
        waiting = sum(self._counts.get(code.id, 0) for code in split)
        notice = self.query_one("#notice", Static)
        notice.display = waiting > 0
        notice.update(content(f"! {several(waiting, 'coding')} to sort after a split: n lists them"))

    @on(LineList.Moved, "#tree")
    def _describe(self) -> None:
        node = self.node
        shown = content("")
        if node is not None:
            shown = description(self.study.framework, node, self._counts.get(node.id, 0))
        self.query_one("#description", Static).update(shown)

    @on(LineList.Opened, "#tree")
    def _open_node(self) -> None:
        if isinstance(self.node, Code):
            self.action_excerpts()

    def go_to_node(self, identifier: str) -> None:
        """Put the cursor on a theme or code."""
        self._stop_reading()
        self._tree.go_to_node(identifier)
        self._describe()
        self._tree.focus()

    def object_key(self) -> str:
        """Give the theme or code at the cursor, or the passage that is read below it."""
        if self.is_reading:
            return key_of_item(self.query_one(EvidenceList).item)
        return key_of(self.node) if self.node is not None else ""

    def place(self) -> Callable[[], None]:
        """Give the way back to the excerpt that is being read."""
        where = self.query_one(EvidenceList) if self.is_reading else self._tree
        return lambda: self.set_focus(where)

    # reading what is under a code

    def action_excerpts(self) -> None:
        """Show every excerpt under the code, case by case."""
        if self.is_reading:
            self._stop_reading()
        elif isinstance(self.node, Code):
            self._read(partial(evidence.under_code, self.study, self.node))
        else:
            self.say("Put the cursor on a code: its excerpts are listed.")

    def action_waiting(self) -> None:
        """Show the codings to look at again since the framework changed, with the reason."""
        self._read(partial(evidence.waiting, self.study))
        if not self._excerpts:
            self._stop_reading()
            self.say("No coding waits for a second look.")

    def _read(self, what: Callable[[], evidence.Evidence]) -> None:
        self._what = what
        items, self._excerpts = what()
        self.query_one(EvidenceList).show_evidence(items)
        self.add_class("-reading")
        self.query_one(EvidenceList).focus()

    @on(LineList.Opened, "#excerpts")
    def _open_passage(self) -> None:
        item = self.query_one(EvidenceList).item
        if item is not None and item.is_excerpt:
            excerpt = self._excerpts[item.key.partition(":")[2]]
            self.workbench.open_passage(excerpt.text_id, excerpt.passage)

    def _stop_reading(self) -> None:
        self.remove_class("-reading")
        self._tree.focus()

    def action_back(self) -> None:
        """Go back from the excerpts to the tree, or to where one came from."""
        if self.is_reading:
            self._stop_reading()
        else:
            self.workbench.go_back()

    # changing

    @work
    async def action_add_theme(self) -> None:
        """Add a theme."""
        added = await changes.add_theme(self.workbench)
        if added is not None:
            self.go_to_node(added.id)

    @work
    async def action_add_code(self) -> None:
        """Add a code."""
        added = await changes.add_code(self.workbench, self.node)
        if added is not None:
            self.go_to_node(added.id)

    @work
    async def action_edit(self) -> None:
        """Change what the theme or code says."""
        if self.node is not None:
            await changes.edit(self.workbench, self.node)

    @work
    async def action_move(self) -> None:
        """Move the theme or code."""
        if self.node is not None:
            await changes.move(self.workbench, self.node)

    @work
    async def action_merge(self) -> None:
        """Merge the code into another."""
        if (code := self._code_for("merge")) is not None:
            await changes.merge(self.workbench, code)

    @work
    async def action_split(self) -> None:
        """Split the code."""
        if (code := self._code_for("split")) is not None:
            await changes.split(self.workbench, code)

    @work
    async def action_retire(self) -> None:
        """Retire the theme or code, or take it back into use."""
        if self.node is not None:
            await changes.retire_or_restore(self.workbench, self.node)

    @work
    async def action_candidate(self) -> None:
        """Make a candidate active, or an active code a candidate."""
        if (code := self._code_for("adopt")) is not None:
            await changes.turn_candidate(self.workbench, code)

    @work
    async def action_ideas(self) -> None:
        """Turn an idea into a candidate code."""
        adopted = await changes.adopt_idea(self.workbench)
        if adopted is not None:
            self.go_to_node(adopted.id)

    def _code_for(self, what: str) -> Code | None:
        if isinstance(self.node, Code):
            return self.node
        self.say(f"Put the cursor on the code to {what}.", alarm=True)
        return None

    # versions and files

    @work
    async def action_release(self) -> None:
        """Freeze the framework as the next version."""
        await exchange.release_framework(self.workbench)

    @work
    async def action_versions(self) -> None:
        """Compare versions."""
        await exchange.compare_versions(self.workbench)

    @work
    async def action_apply_codebook(self) -> None:
        """Apply a codebook file after a look at what it changes."""
        await exchange.apply_codebook(self.workbench)

    @work
    async def action_export_codebook(self) -> None:
        """Write the framework as a codebook file."""
        await exchange.export_codebook(self.workbench)

    @work
    async def action_find(self) -> None:
        """Go to a theme or code."""
        from workbench.tui.dialogs import Choice, ChooseFrom

        framework = self.study.framework
        rows = [Choice(node.id, f"{numbered(framework, node)} {node.name}") for node in self._tree.nodes]
        chosen = await self.workbench.ask(ChooseFrom("Go to which theme or code?", rows))
        if chosen:
            self.go_to_node(chosen[0])
