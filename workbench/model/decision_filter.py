"""What is asked of the log: which decisions to show."""

from __future__ import annotations

from dataclasses import dataclass, replace

from workbench.model.decision import Verb

STAGES = tuple(dict.fromkeys(verb.stage for verb in Verb))
"""Stages that decisions belong to, in the order of the method."""


@dataclass(frozen=True, slots=True)
class DecisionFilter:
    """Which decisions to show; all that is given must hold, and empty fields let everything through."""

    coder: str = ""
    stage: str = ""
    action: str = ""
    key: str = ""
    """Key of a record that the decision touched."""
    about: tuple[str, ...] = ()
    """Keys of records of which each was touched, or something that belongs to it or ever did."""
    since: str = ""
    """Not dated before this time; UTC, as the log writes it."""
    until: str = ""
    """Not dated after this time."""
    reason: str = ""
    """Words that stand in the reason; width, normal form and case do not matter."""
    words: str = ""
    """Words that stand anywhere in the decision: coder, action, subject, reason, records."""

    @property
    def is_all(self) -> bool:
        """Tell whether nothing is held back."""
        return self == DecisionFilter()

    def of_kind(self, kind: str) -> str:
        """Give the record of a kind that the decisions are to be about; empty where there is none."""
        return next((key for key in self.about if key.startswith(f"{kind}:")), "")

    def with_kind(self, kind: str, key: str) -> DecisionFilter:
        """Ask for decisions about another record of a kind, or about none where the key is empty."""
        others = [each for each in self.about if not each.startswith(f"{kind}:")]
        return replace(self, about=(*others, *([key] if key else [])))
