"""Where a text can be cited, as stored bytes: the places themselves, or the name of the rule they follow."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from workbench.model.text import PlaceMap, places_of_lines

_BY_LINES = "lines-1"


def bytes_of_places(places: PlaceMap | None, numbers: tuple[tuple[int, str], ...] = ()) -> bytes:
    """Write a place map as canonical JSON in UTF-8; None stands for the rule of lines.

    `numbers` are those by which the text itself counts; they are kept as they were when it came.
    """
    data: dict[str, Any] = {"rule": _BY_LINES}
    if places is not None:
        data = {"pages": places.pages, "paragraphs": places.paragraphs}
    if numbers:
        data["numbers"] = numbers
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()


def places_of_bytes(data: bytes, content: str) -> PlaceMap:
    """Read the place map of a text from its stored bytes and the characters of the text."""
    loaded = json.loads(data)
    places = (
        places_of_lines(content)
        if loaded.get("rule") == _BY_LINES
        else PlaceMap(tuple(loaded["paragraphs"]), _labelled(loaded["pages"]))
    )
    return replace(places, numbers=_labelled(loaded.get("numbers", ())))


def _labelled(pairs: Any) -> tuple[tuple[int, str], ...]:
    return tuple((offset, label) for offset, label in pairs)
