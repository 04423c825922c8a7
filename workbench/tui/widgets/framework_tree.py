"""The framework as a tree: themes and codes in the order of their numbers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from textual.content import Content

from workbench.model.framework import Code, CodeState, Framework, Theme
from workbench.tui.display import content, shortened
from workbench.tui.widgets.line_list import LineList

Node = Theme | Code

STATE_MARKS = {CodeState.CANDIDATE: "?", CodeState.ACTIVE: " ", CodeState.RETIRED: "✕"}
"""Signs of the states of a code."""


def nodes_of(
    framework: Framework, parent_id: str | None = None, depth: int = 0
) -> Iterator[tuple[Node, int]]:
    """Go through themes and codes in reading order, each with its depth from 0."""
    for theme in framework.subthemes(parent_id) if parent_id else framework.roots():
        yield theme, depth
        for code in framework.codes_of(theme.id):
            yield code, depth + 1
        yield from nodes_of(framework, theme.id, depth + 1)


def mark_of(node: Node) -> str:
    """Give the sign of a theme's or a code's state."""
    if isinstance(node, Theme):
        return "✕" if node.retired else " "
    return STATE_MARKS[node.state]


class FrameworkTree(LineList):
    """Show themes and codes, one to a line, with number, state and how many codings there are."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id, empty="No theme yet: t adds one, o applies a codebook.")
        self._framework = Framework((), ())
        self._entries: list[tuple[Node, int]] = []
        self._counts: Mapping[str, int] = {}

    @property
    def node(self) -> Node | None:
        """Give the theme or code under the cursor."""
        return None if self.cursor is None else self._entries[self.cursor][0]

    @property
    def nodes(self) -> list[Node]:
        """List themes and codes as they stand in the tree."""
        return [node for node, _ in self._entries]

    def show_framework(self, framework: Framework, counts: Mapping[str, int]) -> None:
        """Show a framework with the number of codings by code; the cursor stays where it was."""
        here = self.node
        self._framework, self._counts = framework, counts
        self._entries = list(nodes_of(framework))
        self.show_items(len(self._entries), self._draw_node, cursor=self._place_of(here.id if here else ""))

    def go_to_node(self, identifier: str) -> None:
        """Put the cursor on a theme or code."""
        self.go_to(self._place_of(identifier))

    def _place_of(self, identifier: str) -> int:
        places = (place for place, (node, _) in enumerate(self._entries) if node.id == identifier)
        return next(places, min(self.cursor or 0, max(len(self._entries) - 1, 0)))

    def _draw_node(self, item: int, columns: int) -> list[Content]:
        node, depth = self._entries[item]
        count = str(self._counts.get(node.id, "")) if isinstance(node, Code) else ""
        number = numbered(self._framework, node)
        front = f"{'  ' * depth}{mark_of(node)} {number} "
        room = max(columns - len(front) - len(count) - 1, 1)
        name = shortened(node.name, room)
        gap = " " * max(1, columns - len(front) - len(count) - Content(name).cell_length)
        style = "bold" if isinstance(node, Theme) else ""
        return [Content.assemble(content(front, "dim"), content(name, style), gap, content(count, "dim"))]


def numbered(framework: Framework, node: Node) -> str:
    """Give the full number of a theme or a code."""
    return framework.theme_number(node.id) if isinstance(node, Theme) else framework.number(node)
