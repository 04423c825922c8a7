"""Reasons: which decisions cannot be made without one."""

from __future__ import annotations

from workbench.errors import ReasonMissing
from workbench.model.decision import Verb
from workbench.model.likeness import without_hidden
from workbench.study.study import Study


def is_given(*reasons: str) -> bool:
    """Tell whether any of some reasons has a character that can be seen."""
    return any(without_hidden(reason) for reason in reasons)


def required_reason(verb: Verb, reason: str) -> str:
    """Return the trimmed reason; raises ReasonMissing where there is none."""
    if not is_given(reason):
        raise ReasonMissing(f"To {verb.label} needs a reason.", do="Give it with --reason, or in the dialog.")
    return reason.strip()


def refuse_without(study: Study, doing: str, reason: str) -> None:
    """Raise ReasonMissing for what needs a reason only as things stand, where none is given."""
    if not is_given(reason, study.standing_reason):
        raise ReasonMissing(f"To {doing} needs a reason.", do="Give it with --reason, or in the dialog.")


def refuse_many_without(study: Study, doing: str, count: int, reason: str) -> None:
    """Raise ReasonMissing where several records are changed at once and no reason is given."""
    if count > 1:
        refuse_without(study, f"{doing} {count} codings at once", reason)
