"""The redaction list: terms that exports black out; texts and records in the study stay as they are."""

from __future__ import annotations

from workbench.errors import Refused, WrongUsage
from workbench.exchange.blacking import pattern_of
from workbench.exchange.derived import redactions_of
from workbench.model.decision import Verb
from workbench.model.records import Setting
from workbench.model.redaction import Redaction, RedactionMode
from workbench.stages.reason import required_reason
from workbench.study.study import Study


def add_redaction(
    study: Study, term: str, *, mode: RedactionMode = RedactionMode.WORDS, reason: str = ""
) -> Redaction:
    """Put a term on the redaction list, with a reason.

    Raises WrongUsage for a term that cannot be read, and Refused for one that is on the list.
    """
    reason = required_reason(Verb.ADD_REDACTION, reason)
    term = term.strip()
    there = redactions_of(study)
    made = Redaction(str(max((int(one.id) for one in there), default=0) + 1), mode, term)
    pattern_of(made)
    if any((one.mode, one.term) == (mode, term) for one in there):
        raise Refused("That term is on the redaction list.", do="See the list with workbench redact list.")
    study.decide(
        Verb.ADD_REDACTION,
        f"setting:{made.setting}",
        put=[Setting(made.setting, made.value)],
        reason=reason,
    )
    return made


def remove_redaction(study: Study, wanted: str, *, reason: str = "") -> Redaction:
    """Take a term off the list, by its number or as it is written, with a reason."""
    reason = required_reason(Verb.REMOVE_REDACTION, reason)
    there = redactions_of(study)
    found = [one for one in there if one.id == wanted] or [one for one in there if one.term == wanted]
    if not found:
        raise WrongUsage(
            f"There is no term {wanted} on the redaction list.", do="See the list with workbench redact list."
        )
    if len(found) > 1:
        numbers = ", ".join(one.id for one in found)
        raise WrongUsage(f"{wanted} is on the list more than once.", do=f"Name one by its number: {numbers}.")
    key = f"setting:{found[0].setting}"
    study.decide(Verb.REMOVE_REDACTION, key, remove=[key], reason=reason)
    return found[0]
