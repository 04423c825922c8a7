"""What SQLite or Python cannot even read while a study is checked is a finding, not the end of the check."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from workbench.errors import NotWhole, StudyFileError
from workbench.study.faults import UNTOUCHED, told_plainly
from workbench.study.log import Finding
from workbench.study.opening_checks import refuse_not_whole
from workbench.study.study import Study

P = ParamSpec("P")
STUMBLES = (ValueError, TypeError, LookupError, AttributeError)
"""What Python raises where a record does not say what it should."""
_DO = "Go back to the last copy that verifies."


def found_not_raised(
    check: Callable[Concatenate[Study, P], list[Finding]],
) -> Callable[Concatenate[Study, P], list[Finding]]:
    """Let a check list as a finding what it stumbles over where the study is damaged."""

    @wraps(check)
    def checked(study: Study, /, *arguments: P.args, **options: P.kwargs) -> list[Finding]:
        try:
            with told_plainly(study.path, safe=UNTOUCHED):
                return check(study, *arguments, **options)
        except StudyFileError as error:
            return [Finding("file", error.what, _DO)]
        except STUMBLES:
            try:
                refuse_not_whole(study.connection, study.path)
            except NotWhole as damage:
                return [Finding("file", damage.what, _DO)]
            raise

    return checked


def damage_behind(study: Study, error: BaseException) -> NotWhole | None:
    """Give the damage of a study over which a program stumbled; None where the fault is the program's."""
    from workbench.study.check import check_study

    if not isinstance(error, STUMBLES):
        return None
    for finding in check_study(study):
        what = f"{study.path.name} is not whole: {finding.place}: {finding.what}"
        return NotWhole(what, safe=UNTOUCHED, do=_DO)
    return None
