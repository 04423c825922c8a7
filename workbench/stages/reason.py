"""Reasons: which decisions cannot be made without one."""

from __future__ import annotations

from workbench.errors import ReasonMissing
from workbench.model.decision import Verb


def required_reason(verb: Verb, reason: str) -> str:
    """Return the trimmed reason; raises ReasonMissing where there is none."""
    if not reason.strip():
        raise ReasonMissing(f"To {verb.label} needs a reason.", do="Give it with --reason, or in the dialog.")
    return reason.strip()
