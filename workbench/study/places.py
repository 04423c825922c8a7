"""Page and paragraph maps as stored bytes: the places themselves, or the name of the rule they follow."""

from __future__ import annotations

import json

from workbench.model.text import PlaceMap, places_of_lines

BY_LINES = b'{"rule":"lines-1"}'


def bytes_of_places(places: PlaceMap | None) -> bytes:
    """Write a place map as canonical JSON in UTF-8; None stands for the rule of lines."""
    if places is None:
        return BY_LINES
    data = {"pages": [list(page) for page in places.pages], "paragraphs": places.paragraphs}
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()


def places_of_bytes(data: bytes, content: str) -> PlaceMap:
    """Read the place map of a text from its stored bytes and the characters of the text."""
    if data == BY_LINES:
        return places_of_lines(content)
    loaded = json.loads(data)
    return PlaceMap(tuple(loaded["paragraphs"]), tuple((offset, label) for offset, label in loaded["pages"]))
