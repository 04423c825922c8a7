"""Styles of the matrix by theme variables; every tint is doubled by a mark or a heavier line."""

from __future__ import annotations

from workbench.tui.matrix.cells import Tone

_TINTS = {
    Tone.MUTED: "color: $text-muted;",
    Tone.GOOD: "background: $success 20%;",
    Tone.PARTIAL: "background: $warning 20%;",
    Tone.BAD: "background: $error 20%;",
    Tone.ATTENTION: "background: $accent 25%;",
}

_PARTS = ("rule", "header", "header-active", "mark", "footnote", "cursor", "cursor-resting")

COMPONENTS = frozenset(
    {*(f"matrix-canvas--tone-{tone}" for tone in Tone), *(f"matrix-canvas--{part}" for part in _PARTS)}
)

STYLES = """
    MatrixCanvas {
        overflow-x: scroll;
        overflow-y: scroll;
        background: $surface;
        color: $foreground;
    }
    MatrixCanvas > .matrix-canvas--rule { color: $foreground 30%; }
    MatrixCanvas > .matrix-canvas--header { color: $text-primary; }
    MatrixCanvas > .matrix-canvas--header-active { background: $primary 40%; text-style: bold; }
    MatrixCanvas > .matrix-canvas--mark { text-style: bold; }
    MatrixCanvas > .matrix-canvas--footnote { text-style: dim; }
    MatrixCanvas > .matrix-canvas--cursor { background: $primary; color: $text; }
    MatrixCanvas > .matrix-canvas--cursor-resting { background: $primary 40%; }
    """ + "\n".join(
    f"MatrixCanvas > .matrix-canvas--tone-{tone} {{ {rule} }}" for tone, rule in _TINTS.items()
)
"""Default look of the matrix; a theme changes it through its variables."""
