"""Page and paragraph maps as stored bytes."""

from __future__ import annotations

import json

from workbench.model.text import PlaceMap


def bytes_of_places(places: PlaceMap) -> bytes:
    """Write a place map as canonical JSON in UTF-8."""
    data = {"pages": [list(page) for page in places.pages], "paragraphs": places.paragraphs}
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()


def places_of_bytes(data: bytes) -> PlaceMap:
    """Read a place map from its stored bytes."""
    loaded = json.loads(data)
    return PlaceMap(tuple(loaded["paragraphs"]), tuple((offset, label) for offset, label in loaded["pages"]))
