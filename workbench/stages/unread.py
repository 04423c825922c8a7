"""The warning before a case is indexed of which nobody has read anything yet; a reason overrides it."""

from __future__ import annotations

from workbench.errors import ReasonMissing
from workbench.model.case import Case
from workbench.stages.reason import is_given
from workbench.study.queries import first_unread_case
from workbench.study.study import Study


def unread_case(study: Study, text_id: str) -> Case | None:
    """Give a case of a text that would be indexed before anyone read of it.

    None once anything of the case is read or indexed by anyone, and where the document is in no case.
    """
    case_id = first_unread_case(study, text_id)
    return None if case_id is None else study.get(Case, case_id)


def warning_of(case: Case) -> str:
    """Say what is to be thought of before a case is indexed."""
    return f"Nobody has read anything of {case.name} yet."


def refuse_unread(study: Study, text_id: str, reason: str) -> None:
    """Raise ReasonMissing where a case would be indexed before anyone read of it and no reason is given."""
    if is_given(reason, study.standing_reason):
        return
    case = unread_case(study, text_id)
    if case is not None:
        raise ReasonMissing(
            warning_of(case), do="Read first, or give a reason with --reason to index it all the same."
        )
