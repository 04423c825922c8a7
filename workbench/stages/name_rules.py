"""Names of codes, themes, cases and coders: nothing hidden in them, and none that looks like another."""

from __future__ import annotations

from collections.abc import Iterable

from workbench.errors import ReasonMissing, Refused
from workbench.model.decision import Decision
from workbench.model.framework import Code, Theme
from workbench.model.likeness import hidden_in, look_alike
from workbench.model.records import split_key
from workbench.stages.reason import is_given
from workbench.study.audit_queries import coders_of, has_decided
from workbench.study.study import Study


def refuse_hidden(name: str, what: str) -> None:
    """Refuse a name that holds a character no reader sees; `what` says whose name it is."""
    name.encode()  # what no encoding can hold is a mistake of another kind
    hidden = hidden_in(name)
    if hidden:
        raise Refused(
            f"The name of the {what} holds a character that cannot be seen: {hidden}.",
            do="Type the name anew without it.",
        )


def doubtful(name: str, others: Iterable[str]) -> str:
    """Give the first other name that a reader would take for this one; empty where there is none."""
    return next((other for other in others if look_alike(name, other)), "")


def check_name(name: str, what: str, others: Iterable[str], *, reason: str) -> None:
    """Refuse a name with hidden characters; one that looks like another needs a reason."""
    refuse_hidden(name, what)
    other = doubtful(name, others)
    if other and not is_given(reason):
        raise ReasonMissing(
            f"The {what} {name} would look like {other}.",
            do="Choose another name, or say why both are needed (--reason).",
        )


def doubt_about_coder(study: Study, name: str) -> str:
    """Say whom somebody who has not decided anything yet would be taken for; empty where for nobody.

    Raises Refused for a name with a character that nobody sees.
    """
    refuse_hidden(name, "coder")
    other = "" if has_decided(study, name) else doubtful(name, coders_of(study))
    return f"The coder {name} would look like {other}, who decided here before." if other else ""


def check_names_of_framework(study: Study, decision: Decision, *, reason: str) -> None:
    """Check the names that a decision on the framework gave or changed."""
    reason = reason or study.standing_reason
    for key, record in decision.after.items():
        kind, identifier = split_key(key)
        before = decision.before.get(key)
        if (
            kind in ("theme", "code")
            and record is not None
            and (before is None or before["name"] != record["name"])
        ):
            named: list[Theme | Code] = [*(study.all(Theme) if kind == "theme" else study.all(Code))]
            others = [each.name for each in named if each.id != identifier]
            check_name(record["name"], kind, others, reason=reason)
