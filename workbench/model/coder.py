"""Who decides: persons, and methods whose proposals are logged under their own names."""

from __future__ import annotations

_METHODS = ("suggester ",)
"""What the names of methods begin with; the rest says which method and its version."""


def is_person(coder: str) -> bool:
    """Tell whether a coder is a person; a method never counts as a coder."""
    return not coder.strip().casefold().startswith(_METHODS)
