"""How work that takes long tells how far it has come."""

from __future__ import annotations

from collections.abc import Callable

Told = Callable[[str, int, int], None]
"""What is told how far work has come: what is done, how many of them, of how many."""


def quietly(what: str, done: int, of: int) -> None:
    """Tell nobody."""
