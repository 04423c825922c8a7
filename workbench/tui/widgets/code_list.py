"""A list of codes, each with its number, theme and state."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content

from workbench.model.framework import Code, CodeState, Framework
from workbench.tui.display import content, shortened
from workbench.tui.widgets.line_list import LineList


class CodeList(LineList):
    """Show codes one to a line."""

    def __init__(self, framework: Framework, *, id: str | None = None) -> None:
        super().__init__(id=id, empty="No code fits.")
        self._framework = framework
        self._codes: list[Code] = []

    @property
    def code(self) -> Code | None:
        """The code under the cursor."""
        return None if self.cursor is None else self._codes[self.cursor]

    def show_codes(self, codes: Sequence[Code]) -> None:
        """Show some codes with the cursor on the first."""
        self._codes = list(codes)
        self.show_items(len(self._codes), self._draw_code)

    def _draw_code(self, item: int, columns: int) -> list[Content]:
        code = self._codes[item]
        sign = "?" if code.state is CodeState.CANDIDATE else " "
        number = f"{self._framework.number(code):>6}{sign} "
        name = shortened(code.name, max(columns - len(number), 1))
        theme = shortened(self._framework.themes[code.theme_id].name, columns)
        room = columns - len(number) - Content(name).cell_length - 2
        beside = theme if Content(theme).cell_length <= room else ""
        return [
            Content.assemble(content(number, "bold"), Content(name), "  ", Content(beside).stylize("dim"))
        ]
