"""What a theme or a code says, in full."""

from __future__ import annotations

from collections.abc import Iterator

from textual.content import Content

from workbench.model.framework import Code, CodeState, Framework, Theme
from workbench.tui.display import content
from workbench.tui.widgets.framework_tree import Node, numbered

_STATE_WORDS = {
    CodeState.CANDIDATE: "? candidate, not yet part of the framework",
    CodeState.ACTIVE: "",
    CodeState.RETIRED: "✕ retired",
}


def description(framework: Framework, node: Node, codings: int) -> Content:
    """Show everything the framework says about a theme or a code."""
    title = content(f"{numbered(framework, node)} {node.name}", "bold")
    parts = _of_theme(framework, node) if isinstance(node, Theme) else _of_code(framework, node, codings)
    lines = [_line(label, value) for label, value in parts if value]
    return Content("\n").join([title, *lines])


def _line(label: str, value: str) -> Content:
    words = content(value, newlines=True)
    return Content.assemble(content(f"{label}: ", "bold"), words) if label else words


def _of_theme(framework: Framework, theme: Theme) -> Iterator[tuple[str, str]]:
    below = framework.codes_under(theme.id)
    used = sum(code.state is not CodeState.RETIRED for code in below)
    yield "", "✕ retired" if theme.retired else ""
    yield "Definition", theme.definition
    yield "Codes", f"{used} in use, {len(below) - used} retired"
    yield "Id", theme.id


def _of_code(framework: Framework, code: Code, codings: int) -> Iterator[tuple[str, str]]:
    yield "", _STATE_WORDS[code.state]
    heirs = [framework.codes[heir] for heir in code.successors if heir in framework.codes]
    yield "Now", ", ".join(framework.label(heir) for heir in heirs)
    yield "Definition", code.definition
    yield "Include", code.include
    yield "Exclude", code.exclude
    for example in code.examples:
        yield "Example", example
    yield "Cues", ", ".join(code.cues)
    yield "Speaks against it", ", ".join(code.excluding)
    for pattern in code.patterns:
        yield "Pattern", pattern
    for case, wording in code.wordings.items():
        yield f"Wording for {case}", wording
    yield "Origin", code.origin.value
    yield "Source", code.source
    yield "", "The place for what does not fit elsewhere." if code.other else ""
    yield "", "Its cells are described and not answered: no status is counted." if code.described else ""
    yield "Codings", str(codings)
    yield "Id", code.id
