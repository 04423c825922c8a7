"""What a study that was derived for an export comes from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from workbench.study.log import Head

if TYPE_CHECKING:
    from workbench.study.study import Study


@dataclass(frozen=True, slots=True)
class Origin:
    """The study that another was derived from, and what was put in place of what."""

    head: Head
    first: str
    """Hash of the first decision, which every copy of the study begins with."""
    redactions: int
    """Terms of the redaction list."""
    text_places: int
    """Places blacked out in the texts it has."""
    word_places: int
    """Places blacked out in what coders wrote, counted once for each different wording."""
    pseudonyms: int = 0
    """Coders who bear another name."""
    remarks: tuple[str, ...] = ()
    """What whoever makes an export should know of those names; it tells them, and so stands in no export."""
    asked: Callable[[str], str] = str
    """Gives what a user's name for something, or its id, is in the derived study."""

    @property
    def words(self) -> str:
        """Say what was put in place of what; true of any part of the study."""
        return self._words("")

    @property
    def words_of_all(self) -> str:
        """Say it of an export that holds all texts and the whole log, with the places in them."""
        texts = _several(self.text_places, "place")
        return self._words(f", {texts} in texts and {self.word_places} in what coders wrote")

    def _words(self, where: str) -> str:
        said = []
        if self.redactions:
            said.append(f"Redacted: {_several(self.redactions, 'term')} blacked out{where}")
        if self.pseudonyms:
            said.append(f"Pseudonyms: {_several(self.pseudonyms, 'coder')} named otherwise")
        return ". ".join(said)


def _several(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


def told_head(study: Study) -> Head:
    """Give the head that an export names: of a derived study, the end of the log it was derived from."""
    return study.head if study.origin is None else study.origin.head


def first_hash(study: Study) -> str:
    """Give the hash that every copy of a study begins with; empty where nothing is decided."""
    if study.origin is not None:
        return study.origin.first
    return study.decision(1).hash if study.head.count else ""


def named_in(study: Study, name: str) -> str:
    """Give what a name or an id from the study as it is is called in what is derived from it."""
    return name if study.origin is None else study.origin.asked(name)
