"""What changed from one framework to another, told by id: a renamed code is not one gone and one new."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from workbench.model.framework import Code, CodeState, Framework, Theme


class ChangeKind(StrEnum):
    """What can happen to a theme or code."""

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
    """One difference between two frameworks."""

    kind: ChangeKind
    subject: str
    """Number and name of the theme or code: as it is now, or as it was where it is gone."""
    detail: str
    """One sentence that says what changed, and from what to what."""

    def __str__(self) -> str:
        return f"{self.subject}: {self.detail}"


def diff_frameworks(old: Framework, new: Framework) -> tuple[Change, ...]:
    """List what changed, in the reading order of the new framework; what is gone comes last."""
    changes: list[Change] = []
    for theme, _ in new.walk():
        changes += _theme_changes(old, new, theme)
        for code in new.codes_of(theme.id):
            changes += _code_changes(old, new, code)
    changes += _removed(old, new)
    return tuple(changes)


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
    "wordings": "wording by case",
    "other": "use for what fits nowhere else",
}
"""Field of a code -> what it is called in a sentence."""

_INTO = {
    CodeState.ACTIVE: ChangeKind.ACTIVATED,
    CodeState.CANDIDATE: ChangeKind.MADE_CANDIDATE,
    CodeState.RETIRED: ChangeKind.RETIRED,
}
