"""One ranking under way: gathered in a thread with its own connection, done in the process for language."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from workbench.errors import WorkbenchError

if TYPE_CHECKING:
    from workbench.language.suggesting import Offers
    from workbench.study.study import Study

_OFTEN = 0.1
"""Seconds between two words on how far it has come."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What is suggested, and of what."""

    code_id: str = ""
    coder: str = ""
    unit: str = "sentence"
    postponed: bool = False


@dataclass(frozen=True, slots=True)
class Ranked:
    """What came of a ranking."""

    offers: Offers | None
    failure: str = ""


@dataclass
class Ranking:
    """Ranks again and again; the words of the texts are read once."""

    contents: dict[str, str] = field(default_factory=dict)
    """By content hash."""

    def run(
        self, shown: Study, asked: Asked, *, tell: Callable[[str], None], go_on: Callable[[], bool]
    ) -> Ranked:
        """Rank for the study that is shown; `tell` hears how far it is, `go_on` is asked before each text."""
        from workbench.language import working
        from workbench.stages.suggesting import offers_for, question
        from workbench.study.faults import told_plainly
        from workbench.study.file import once_more

        told = 0.0

        def progress(done: int, of: int) -> bool:
            nonlocal told
            if time.monotonic() - told > _OFTEN:
                told = time.monotonic()
                tell(f"reading text {done + 1} of {of} … escape stops")
            return go_on()

        try:
            with told_plainly(shown.path, safe="Nothing was changed."), once_more(shown) as study:
                made = question(
                    study,
                    asked.code_id,
                    coder=asked.coder,
                    unit=asked.unit,
                    postponed=asked.postponed,
                    content_of=lambda digest: self._content(study, digest),
                )
            return Ranked(working.run(offers_for, made, progress=progress))
        except WorkbenchError as error:
            return Ranked(None, str(error))

    def _content(self, study: Study, digest: str) -> str:
        if digest not in self.contents:
            self.contents[digest] = study.text_content(digest)
        return self.contents[digest]
