"""Small phrases that several screens put together."""

from __future__ import annotations


def several(count: int, noun: str) -> str:
    """Count things in words that agree: `1 cell`, `2 cells`."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
