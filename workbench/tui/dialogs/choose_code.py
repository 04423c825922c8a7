"""Ask for codes by number or by part of the name, with the definition in view."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Input, Static

from workbench.model.framework import Code, CodeState, Framework
from workbench.tui.dialogs.code_finder import CodeFinder
from workbench.tui.dialogs.frame import Dialog
from workbench.tui.display import content
from workbench.tui.widgets.code_list import CodeList
from workbench.tui.widgets.entry import EntryLine
from workbench.tui.widgets.line_list import LineList


class Query:
    """What was typed: whole numbers of codes first, then words of one more."""

    def __init__(self, typed: str, framework: Framework) -> None:
        words = typed.split()
        finished = len(words) if typed.endswith(" ") else len(words) - 1
        self.picked: list[Code] = []
        """Codes named by number with something typed after them."""
        for word in words[: max(finished, 0)]:
            code = _numbered(framework, word)
            if code is None:
                break
            self.picked.append(code)
        self.rest = " ".join(words[len(self.picked) :])
        """What is left to look for."""


def _numbered(framework: Framework, word: str) -> Code | None:
    """Find the code in use that has a number, written with its dots or, where that is clear, without."""
    usable = {
        framework.number(code): code
        for code in framework.codes.values()
        if code.state is not CodeState.RETIRED
    }
    if word in usable:
        return usable[word]
    without_dots = [code for number, code in usable.items() if number.replace(".", "") == word]
    return without_dots[0] if len(without_dots) == 1 else None


class ChooseCode(Dialog[list[str] | None]):
    """Ask for codes. Answers with their ids in the order they were named."""

    DEFAULT_CSS = """
    ChooseCode CodeList { height: auto; max-height: 5; min-height: 3; }
    ChooseCode #dialog-title { max-height: 2; }
    ChooseCode #picked { height: auto; color: $text-success; display: none; }
    ChooseCode #picked.-some { display: block; }
    ChooseCode #definition { height: auto; max-height: 9; border-top: solid $panel; }
    ChooseCode.-high CodeList { max-height: 12; }
    ChooseCode.-high #definition { max-height: 16; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", "Up", show=False, priority=True),
        Binding("down", "move(1)", "Down", show=False, priority=True),
        Binding("pageup", "move(-8)", "Page up", show=False, priority=True),
        Binding("pagedown", "move(8)", "Page down", show=False, priority=True),
        Binding("tab", "pick", "Add", show=False, priority=True),
    ]

    def __init__(
        self,
        framework: Framework,
        recent: Sequence[str] = (),
        *,
        typed: str = "",
        single: bool = False,
        title: str = "",
    ) -> None:
        """Offer the codes in use; `recent` ids come first, `typed` is in the field already."""
        keys = "number or words · enter accepts · esc cancels"
        super().__init__(
            title or ("Which code?" if single else "Which codes?"),
            keys=keys if single else f"{keys} · tab adds another",
        )
        self.VERTICAL_BREAKPOINTS = [(0, "-low"), (32, "-high")]
        self._framework = framework
        self._typed = typed
        self._single = single
        usable = [code for code in framework.ordered_codes() if code.state is not CodeState.RETIRED]
        first = [framework.codes[each] for each in dict.fromkeys(recent) if each in framework.codes]
        first = [code for code in first if code in usable]
        known = set(map(id, first))
        self._finder = CodeFinder(framework, first + [code for code in usable if id(code) not in known])
        self._query = Query(typed, framework)

    def compose_body(self) -> ComposeResult:
        """Lay out the field, what is picked, the list and the definition."""
        yield EntryLine(
            self._typed, placeholder="1.2, part of the name, or words of the definition", id="code"
        )
        yield Static("", id="picked", markup=False)
        codes = CodeList(self._framework, id="codes")
        codes.can_focus = False
        yield codes
        yield Static("", id="definition", markup=False)

    def on_mount(self) -> None:
        """Show the codes that fit what is typed already."""
        self.query_one(EntryLine).cursor_position = len(self._typed)
        self._look(self._typed)

    @on(Input.Changed)
    def _typed_on(self, event: Input.Changed) -> None:
        self.remark("")
        self._look(event.value)

    def _look(self, typed: str) -> None:
        self._query = Query("" if self._single else typed, self._framework)
        wanted = typed if self._single else self._query.rest
        picked = {code.id for code in self._query.picked}
        found = [code for code in self._finder.ranked(wanted) if code.id not in picked]
        self.query_one(CodeList).show_codes(found)
        names = " + ".join(self._framework.label(code) for code in self._query.picked)
        self.query_one("#picked", Static).update(content(names))
        self.query_one("#picked", Static).set_class(bool(names), "-some")
        self._define()

    @on(LineList.Moved)
    def _define(self) -> None:
        code = self.query_one(CodeList).code
        shown = content("") if code is None else definition_of(self._framework, code)
        self.query_one("#definition", Static).update(shown)

    @on(LineList.Opened)
    @on(Input.Submitted)
    def _accept(self) -> None:
        chosen = list(self._query.picked)
        under = self.query_one(CodeList).code
        if (self._query.rest or not chosen) and under is not None:
            chosen.append(under)
        elif self._query.rest:
            self.remark(f"No code fits “{self._query.rest}”.")
            return
        if chosen:
            self.dismiss(list(dict.fromkeys(code.id for code in chosen)))

    def action_move(self, by: int) -> None:
        """Move the cursor of the list while typing goes on."""
        self.query_one(CodeList).action_move(by)

    def action_pick(self) -> None:
        """Add the code under the cursor and go on with another."""
        code = self.query_one(CodeList).code
        if code is None or self._single:
            return
        numbers = [self._framework.number(each) for each in (*self._query.picked, code)]
        entry = self.query_one(EntryLine)
        entry.value = " ".join(numbers) + " "
        entry.cursor_position = len(entry.value)


def definition_of(framework: Framework, code: Code) -> Content:
    """Show what a code means: definition, what goes in and what stays out."""
    parts = [content(framework.label(code), "bold")]
    if code.state is CodeState.CANDIDATE:
        parts.append(content("a candidate, not yet part of the framework", "italic"))
    for label, value in (
        ("", code.definition),
        ("include: ", code.include),
        ("exclude: ", code.exclude),
        ("example: ", code.examples[0] if code.examples else ""),
    ):
        if value:
            parts.append(Content.assemble(content(label, "bold"), content(value, newlines=True)))
    return Content("\n").join(parts)
