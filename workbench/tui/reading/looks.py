"""How looks become terminal styles: component classes of the pane, tinted from the theme."""

from __future__ import annotations

from collections.abc import Callable

from rich.style import Style
from textual.widget import Widget

from workbench.tui.reading.runs import Look

COLOURS = 12
"""Size of the palette; colour numbers wrap around."""

_TINTS = ("primary", "success", "warning", "error", "accent", "secondary")

TONES = ("lit", "open", "low", "fixed", "link")
"""Stretches of a link: that under the cursor, what nothing is linked to; in the margin also its states."""

TERMS = ("term", "allowed", "forbidden")
"""What a stretch may be to a key term."""

COMPONENTS = frozenset(
    {
        *(f"text-canvas--code-{number}" for number in range(COLOURS)),
        *(f"text-canvas--stripe-{number}" for number in range(COLOURS)),
        "text-canvas--deep",
        "text-canvas--selection",
        "text-canvas--cursor",
        "text-canvas--cursor-resting",
        "text-canvas--hidden",
        "text-canvas--number",
        "text-canvas--overflow",
        "text-canvas--through",
        *(f"text-canvas--tone-{name}" for name in TONES),
        *(f"text-canvas--term-{name}" for name in TERMS),
    }
)

_CODE_STYLES = "\n".join(
    f"""
    TextCanvas > .text-canvas--code-{number} {{
        background: ${tint} {strength};
        text-style: underline;
    }}
    TextCanvas > .text-canvas--stripe-{number} {{
        color: $text-{tint};
        text-style: {"bold" if number < len(_TINTS) else "none"};
    }}
    """
    for number, (tint, strength) in enumerate(
        [(tint, "25%") for tint in _TINTS] + [(tint, "45%") for tint in _TINTS]
    )
)


STYLES = (
    """
    TextCanvas {
        overflow-x: hidden;
        overflow-y: scroll;
        background: $surface;
        color: $foreground;
    }
    TextCanvas > .text-canvas--deep { text-style: bold underline; }
    TextCanvas > .text-canvas--selection { background: $primary; color: $text; text-style: bold; }
    TextCanvas:nocolor > .text-canvas--selection { text-style: bold reverse; }
    TextCanvas > .text-canvas--cursor { text-style: reverse; }
    TextCanvas > .text-canvas--cursor-resting { text-style: underline bold; }
    TextCanvas > .text-canvas--hidden { color: $text-warning; text-style: italic; }
    TextCanvas > .text-canvas--number { color: $text-muted; }
    TextCanvas > .text-canvas--overflow { color: $text-muted; }
    TextCanvas > .text-canvas--through { text-style: italic; }
    TextCanvas > .text-canvas--term-term { color: $text-accent; text-style: underline; }
    TextCanvas > .text-canvas--term-allowed { color: $text-success; text-style: underline; }
    TextCanvas > .text-canvas--term-forbidden { color: $text-error; text-style: bold underline; }
    TextCanvas > .text-canvas--tone-lit { background: $foreground 14%; text-style: bold; }
    TextCanvas > .text-canvas--tone-open { color: $text-warning; }
    TextCanvas > .text-canvas--tone-low { color: $text-warning; text-style: bold; }
    TextCanvas > .text-canvas--tone-fixed { color: $text-success; }
    TextCanvas > .text-canvas--tone-link { color: $text-muted; }
    """
    + _CODE_STYLES
)
"""Default look of the canvas; a theme changes it through its variables."""


def component_style(widget: Widget, name: str) -> Style:
    """Find what a component class sets, and no more, with tints blended into the widget's background."""
    rules = widget.get_component_styles(name)
    blended = widget.get_visual_style(name).rich_style
    style = Style() + rules.text_style
    if rules.has_rule("background"):
        style += Style(bgcolor=blended.bgcolor)
    if rules.has_rule("color"):
        style += Style(color=blended.color)
    return style


class Looks:
    """The styles of one pane under one theme, combined once for each look that occurs."""

    def __init__(self, base: Style, component: Callable[[str], Style], *, focused: bool) -> None:
        """Take the pane's own style and a way to find that of a component, by its last name."""
        self.base = base
        self._component = component
        self.focused = focused
        self._styles: dict[Look, Style] = {}
        self._margin: dict[str, Style] = {}

    def of(self, look: Look) -> Style:
        """Combine the style of a run."""
        style = self._styles.get(look)
        if style is None:
            style = self._styles[look] = self._combine(look)
        return style

    def stripe(self, colour: int | None) -> Style:
        """Find the style of a stripe, or of a count where no colour is given."""
        return self._in_margin("overflow" if colour is None else f"stripe-{colour % COLOURS}")

    def number(self) -> Style:
        """Find the style of a paragraph number."""
        return self._in_margin("number")

    def tone(self, name: str) -> Style:
        """Find the style of a tone in the margin."""
        return self._in_margin(f"tone-{name}")

    def _in_margin(self, name: str) -> Style:
        style = self._margin.get(name)
        if style is None:
            style = self._margin[name] = self.base + self._component(name)
        return style

    def _combine(self, look: Look) -> Style:
        style = self.base
        if look.tone:
            style += self._component(f"tone-{look.tone}")
        if look.colour is not None:
            style += self._component(f"code-{look.colour % COLOURS}")
        if look.through:
            style += Style(underline=False) + self._component("through")
        if look.term:
            style += self._component(f"term-{look.term}")
        if look.deep:
            style += self._component("deep")
        if look.marked:
            style += self._component("hidden")
        if look.selected:
            style += self._component("selection")
        if look.cursor:
            reversed_already = bool(style.reverse)
            style += self._component("cursor" if self.focused else "cursor-resting")
            if reversed_already and self.focused:
                style += Style(reverse=False)
        return style
