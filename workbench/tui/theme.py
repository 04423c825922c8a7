"""Themes, and which colour a code has. No colour is ever the only sign of anything."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.theme import Theme

if TYPE_CHECKING:
    from workbench.model.framework import Code, Framework

LIGHT = Theme(
    name="workbench-light",
    primary="#2f5d8a",
    secondary="#7a4f9a",
    accent="#b35900",
    success="#2e7d4f",
    warning="#9a6b00",
    error="#b3261e",
    foreground="#1d1d1f",
    background="#f4f3ef",
    surface="#fbfaf7",
    panel="#e6e4dc",
    dark=False,
)
DARK = Theme(
    name="workbench-dark",
    primary="#6ea8dc",
    secondary="#b48ad6",
    accent="#f0a45d",
    success="#6fbf8b",
    warning="#d9b44a",
    error="#e5737b",
    foreground="#e4e2dd",
    background="#16181b",
    surface="#1c1f23",
    panel="#2a2e34",
    dark=True,
)
CONTRAST = Theme(
    name="workbench-contrast",
    primary="#66ccff",
    secondary="#ff99ff",
    accent="#ffcc00",
    success="#66ff99",
    warning="#ffff66",
    error="#ff6666",
    foreground="#ffffff",
    background="#000000",
    surface="#000000",
    panel="#262626",
    dark=True,
)
MONOCHROME = Theme(
    name="workbench-monochrome",
    primary="#8a8a8a",
    secondary="#8a8a8a",
    accent="#c0c0c0",
    success="#a0a0a0",
    warning="#d0d0d0",
    error="#ffffff",
    foreground="#e4e4e4",
    background="#000000",
    surface="#101010",
    panel="#303030",
    dark=True,
)
THEMES = (DARK, LIGHT, CONTRAST, MONOCHROME)
"""The themes of the program; the first is the one it starts with."""


def colour_of(framework: Framework, code: Code) -> int:
    """Give the colour number of a code: that of its top theme, by place in the framework."""
    root = framework.root_of(code)
    return next(place for place, theme in enumerate(framework.roots()) if theme.id == root.id)
