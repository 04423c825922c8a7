"""What changed from one framework or vocabulary to another, told by id.

A renamed code is not one gone and one new.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from workbench.model.cell import CountingRule, Status
from workbench.model.framework import Code, CodeState, Framework, Theme


class ChangeKind(StrEnum):
    """What can happen to a theme, code, counting rule or status."""

    ADDED = "added"
    REMOVED = "removed"
    RENAMED = "renamed"
    MOVED = "moved"
    REDEFINED = "redefined"
    RETIRED = "retired"
    RESTORED = "restored"
    ACTIVATED = "activated"
    MADE_CANDIDATE = "made candidate"
    MERGED = "merged"
    SPLIT = "split"
    UNRESOLVED = "no longer resolved"


@dataclass(frozen=True, slots=True)
class Change:
    """One difference between two frameworks or vocabularies."""

    kind: ChangeKind
    subject: str
    """Number and name, or kind and label: as it is now, or as it was where it is gone."""
    detail: str
    """One sentence that says what changed, and from what to what."""

    def __str__(self) -> str:
        return f"{self.subject}: {self.detail}"


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The counting rules and statuses of a study, each in its order."""

    rules: tuple[CountingRule, ...]
    statuses: tuple[Status, ...]


def diff_frameworks(old: Framework, new: Framework) -> tuple[Change, ...]:
    """List what changed, in the reading order of the new framework; what is gone comes last."""
    changes: list[Change] = []
    for theme, _ in new.walk():
        changes += _theme_changes(old, new, theme)
        for code in new.codes_of(theme.id):
            changes += _code_changes(old, new, code)
    changes += _removed(old, new)
    return tuple(changes)


def diff_titles(old: tuple[str, str], new: tuple[str, str], prefix: str = "") -> tuple[Change, ...]:
    """List what changed in the title of a framework and in the question of the study, given in this order."""
    subjects = (f"Framework {prefix}".strip(), "Study")
    return tuple(
        _redefined(subject, what, before, after)
        for subject, what, before, after in zip(subjects, ("title", "question"), old, new, strict=True)
        if before != after
    )


def diff_vocabularies(old: Vocabulary, new: Vocabulary) -> tuple[Change, ...]:
    """List what changed in counting rules, then in statuses; what is gone comes last in each."""
    changes: list[Change] = []
    rules, statuses = {rule.id: rule for rule in old.rules}, {status.id: status for status in old.statuses}
    for rule in new.rules:
        subject = f"Rule {rule.label}"
        if rule.id in rules:
            changes += _renamed(subject, rules[rule.id].label, rule.label)
        else:
            changes.append(Change(ChangeKind.ADDED, subject, "The counting rule was added."))
    changes += _gone("Rule", "counting rule", old.rules, new.rules)
    changes += _reordered("Rules", old.rules, new.rules)
    for status in new.statuses:
        changes += _status_changes(statuses.get(status.id), status)
    changes += _gone("Status", "status", old.statuses, new.statuses)
    changes += _reordered("Statuses", old.statuses, new.statuses)
    return tuple(changes)


def _status_changes(was: Status | None, status: Status) -> Iterator[Change]:
    subject = f"Status {status.label}"
    if was is None:
        yield Change(ChangeKind.ADDED, subject, "The status was added.")
        return
    yield from _renamed(subject, was.label, status.label)
    for name, told in _STATUS_FIELDS.items():
        before, after = getattr(was, name), getattr(status, name)
        if before != after:
            yield _redefined(subject, told, _words(before), _words(after))
    for rule in dict.fromkeys((*was.values, *status.values)):
        value, now = was.values.get(rule, ""), status.values.get(rule, "")
        if value != now:
            yield _redefined(subject, f"value under {rule}", value, now)


_Words = Sequence[CountingRule] | Sequence[Status]


def _gone(head: str, kind: str, old: _Words, new: _Words) -> Iterator[Change]:
    stays = {each.id for each in new}
    for each in old:
        if each.id not in stays:
            yield Change(ChangeKind.REMOVED, f"{head} {each.label}", f"The {kind} is not there any more.")


def _reordered(subject: str, old: _Words, new: _Words) -> Iterator[Change]:
    """Tell a new order of those that stay; what came or went moves nothing by itself."""
    both = {each.id for each in old} & {each.id for each in new}
    before = [each.id for each in old if each.id in both]
    after = [each.id for each in new if each.id in both]
    if before != after:
        detail = f"Their order was {', '.join(before)} and is now {', '.join(after)}."
        yield Change(ChangeKind.MOVED, subject, detail)


def _theme_label(framework: Framework, theme: Theme) -> str:
    return f"{framework.theme_number(theme.id)} {theme.name}"


def _parent_label(framework: Framework, theme_id: str | None) -> str:
    return "the top" if theme_id is None else _theme_label(framework, framework.themes[theme_id])


def _theme_changes(old: Framework, new: Framework, theme: Theme) -> Iterator[Change]:
    was, subject = old.themes.get(theme.id), _theme_label(new, theme)
    if was is None:
        where = "" if theme.parent_id is None else f" under {_parent_label(new, theme.parent_id)}"
        state = " as retired" if theme.retired else ""
        yield Change(ChangeKind.ADDED, subject, f"The theme was added{where}{state}.")
        return
    yield from _renamed(subject, was.name, theme.name)
    if (was.parent_id, was.framework, was.number) != (theme.parent_id, theme.framework, theme.number):
        before, after = old.theme_number(theme.id), new.theme_number(theme.id)
        stays = was.parent_id == theme.parent_id
        yield _moved(subject, before, after, "" if stays else _parent_label(new, theme.parent_id))
    if was.definition != theme.definition:
        yield _redefined(subject, "definition", was.definition, theme.definition)
    if was.attributes != theme.attributes:
        yield _redefined(subject, "list of attributes", _words(was.attributes), _words(theme.attributes))
    if was.retired != theme.retired:
        kind = ChangeKind.RETIRED if theme.retired else ChangeKind.RESTORED
        yield Change(kind, subject, f"The theme was {kind}.")


def _code_changes(old: Framework, new: Framework, code: Code) -> Iterator[Change]:
    was, subject = old.codes.get(code.id), new.label(code)
    if was is None:
        where = _parent_label(new, code.theme_id)
        state = "" if code.state is CodeState.ACTIVE else f" as {code.state}"
        yield Change(ChangeKind.ADDED, subject, f"The code was added under {where}{state}.")
        if code.successors:
            yield _resolution(new, code, subject)
        return
    yield from _renamed(subject, was.name, code.name)
    if (was.theme_id, was.number) != (code.theme_id, code.number):
        stays = was.theme_id == code.theme_id
        where = "" if stays else _parent_label(new, code.theme_id)
        yield _moved(subject, old.number(was), new.number(code), where)
    for name, told in _FIELDS.items():
        before, after = getattr(was, name), getattr(code, name)
        if before != after:
            yield _redefined(subject, told, _words(before), _words(after))
    yield from _state_changes(new, was, code, subject)


def _state_changes(new: Framework, was: Code, code: Code, subject: str) -> Iterator[Change]:
    if was.successors != code.successors:
        yield _resolution(new, code, subject)
        if code.successors and code.state is CodeState.RETIRED:
            return
    if was.state is not code.state:
        kind = _INTO[code.state]
        if was.state is CodeState.RETIRED and code.state is CodeState.ACTIVE:
            kind = ChangeKind.RESTORED
        yield Change(kind, subject, f"The code is {code.state}; it was {was.state}.")


def _resolution(new: Framework, code: Code, subject: str) -> Change:
    heirs = [new.label(new.codes[heir]) if heir in new.codes else heir for heir in code.successors]
    if not heirs:
        return Change(ChangeKind.UNRESOLVED, subject, "It stands for itself again.")
    if len(heirs) == 1:
        return Change(ChangeKind.MERGED, subject, f"It was merged into {heirs[0]}.")
    return Change(ChangeKind.SPLIT, subject, f"It was split into {', '.join(heirs[:-1])} and {heirs[-1]}.")


def _removed(old: Framework, new: Framework) -> Iterator[Change]:
    for theme, _ in old.walk():
        if theme.id not in new.themes:
            yield Change(ChangeKind.REMOVED, _theme_label(old, theme), "The theme is not there any more.")
        for code in old.codes_of(theme.id):
            if code.id not in new.codes:
                yield Change(ChangeKind.REMOVED, old.label(code), "The code is not there any more.")


def _renamed(subject: str, before: str, after: str) -> Iterator[Change]:
    if before != after:
        yield Change(ChangeKind.RENAMED, subject, f"Its name was “{before}” and is now “{after}”.")


def _moved(subject: str, before: str, after: str, where: str) -> Change:
    under = f" under {where}" if where else ""
    return Change(ChangeKind.MOVED, subject, f"Its number was {before} and is now {after}{under}.")


def _redefined(subject: str, name: str, before: str, after: str) -> Change:
    if not before:
        detail = f"Its {name} is now “{after}”; there was none."
    elif not after:
        detail = f"Its {name} was “{before}”; there is none now."
    else:
        detail = f"Its {name} was “{before}” and is now “{after}”."
    return Change(ChangeKind.REDEFINED, subject, detail)


def _words(value: str | bool | tuple[str, ...] | Mapping[str, str]) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, str):
        return value
    if isinstance(value, tuple):
        return " | ".join(value)
    return " | ".join(f"{case}: {wording}" for case, wording in sorted(value.items()))


_FIELDS = {
    "definition": "definition",
    "include": "include rule",
    "exclude": "exclude rule",
    "examples": "list of examples",
    "origin": "origin",
    "source": "source",
    "cues": "list of cues",
    "patterns": "list of patterns",
    "excluding": "list of excluding cues",
    "wordings": "wording by case",
    "other": "use for what fits nowhere else",
    "described": "place among what is described and not answered",
}
"""Field of a code -> what it is called in a sentence."""

_STATUS_FIELDS = {
    "mark": "mark",
    "definition": "definition",
    "needs": "list of needs",
    "in_denominator": "place in the denominator",
}
"""Field of a status -> what it is called in a sentence."""

_INTO = {
    CodeState.ACTIVE: ChangeKind.ACTIVATED,
    CodeState.CANDIDATE: ChangeKind.MADE_CANDIDATE,
    CodeState.RETIRED: ChangeKind.RETIRED,
}
