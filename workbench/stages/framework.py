"""The thematic framework: themes and codes, changed by logged operations that keep ids."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from enum import StrEnum
from typing import Any, TypedDict, Unpack

from workbench.errors import Refused, WrongUsage
from workbench.model.coding import Coding
from workbench.model.decision import Verb
from workbench.model.framework import Code, CodeState, Origin, Theme
from workbench.model.identity import slug
from workbench.model.memo import Memo, MemoKind
from workbench.model.records import Record, key_of
from workbench.stages.framework_rules import (
    decide_whole,
    moved_memos,
    stale_by_definition,
)
from workbench.stages.reason import required_reason
from workbench.stages.staleness import stale_from
from workbench.study.study import Study

_LETTERS = re.compile("[A-Za-z]{1,3}")


def find_theme(study: Study, wanted: str) -> Theme:
    """Find a theme by number, id or exact name; raises WrongUsage where there is none."""
    theme = study.framework.find_theme(wanted)
    if theme is None:
        known = ", ".join(f"{study.framework.theme_number(t.id)} {t.name}" for t in study.framework.roots())
        raise WrongUsage(f"There is no theme {wanted}. Themes: {known or 'none yet'}.")
    return theme


def reason_once_released(study: Study, verb: Verb, reason: str) -> str:
    """Ask for a reason to add to a framework that is already released."""
    return required_reason(verb, reason) if study.framework_version else reason


def add_theme(
    study: Study,
    name: str,
    *,
    parent_id: str | None = None,
    prefix: str = "",
    definition: str = "",
    reason: str = "",
) -> Theme:
    """Add a theme at the end of its level; a released framework asks for the reason.

    `prefix` names the framework of a theme at the top by its letters; new letters begin a new framework.
    """
    if not name.strip():
        raise Refused("A theme needs a name.")
    if prefix and not _LETTERS.fullmatch(prefix):
        raise WrongUsage(f"A framework is named by one to three letters, not {prefix}.")
    framework = study.framework
    if parent_id is not None:
        study.get(Theme, parent_id)
        prefix = ""
    taken = set(framework.themes) | set(framework.codes)
    number = framework.next_number(parent_id, prefix)
    theme = Theme(slug(name, taken), parent_id, number, name.strip(), definition.strip(), framework=prefix)
    reason = reason_once_released(study, Verb.ADD_THEME, reason)
    decide_whole(study, Verb.ADD_THEME, key_of(theme), put=[theme], reason=reason)
    return theme


def edit_theme(
    study: Study,
    theme_id: str,
    *,
    name: str | None = None,
    definition: str | None = None,
    attributes: Mapping[str, str] | None = None,
    reason: str,
) -> Theme:
    """Rename or redefine a theme, or say its attributes anew; what is None stays as it is."""
    theme = study.get(Theme, theme_id)
    changed = replace(
        theme,
        name=theme.name if name is None else name.strip(),
        definition=theme.definition if definition is None else definition.strip(),
        attributes=theme.attributes if attributes is None else dict(attributes),
    )
    if not changed.name:
        raise Refused("A theme needs a name.")
    decide_whole(study, Verb.EDIT_THEME, key_of(theme), put=[changed], reason=reason)
    return changed


def move_theme(study: Study, theme_id: str, parent_id: str | None, *, reason: str) -> Theme:
    """Move a theme with all below it under another theme, or to the top of its framework with None."""
    theme = study.get(Theme, theme_id)
    above: str | None = parent_id
    while above is not None:
        if above == theme_id:
            raise Refused("A theme cannot stand below itself.")
        above = study.get(Theme, above).parent_id
    framework = study.framework
    prefix = framework.root_of(theme).framework if parent_id is None else ""
    number = framework.next_number(parent_id, prefix)
    changed = replace(theme, parent_id=parent_id, number=number, framework=prefix)
    decide_whole(study, Verb.MOVE_THEME, key_of(theme), put=[changed], reason=reason)
    return changed


def retire_theme(study: Study, theme_id: str, *, reason: str) -> Theme:
    """Take a theme out of use; refused while a code or subtheme below it is in use."""
    theme = study.get(Theme, theme_id)
    framework = study.framework
    active = [code for code in framework.codes_under(theme_id) if code.state is not CodeState.RETIRED]
    active_themes = [sub for sub in framework.subthemes(theme_id) if not sub.retired]
    if active or active_themes:
        names = ", ".join([framework.label(code) for code in active] + [sub.name for sub in active_themes])
        raise Refused(f"{theme.name} still holds {names}.", do="Retire or move those first.")
    changed = replace(theme, retired=True)
    decide_whole(study, Verb.RETIRE_THEME, key_of(theme), put=[changed], reason=reason)
    return changed


def restore_theme(study: Study, theme_id: str, *, reason: str) -> Theme:
    """Take a retired theme back into use; its codes stay as they are."""
    theme = study.get(Theme, theme_id)
    if not theme.retired:
        raise Refused("The theme is in use.")
    changed = replace(theme, retired=False)
    decide_whole(study, Verb.RESTORE_THEME, key_of(theme), put=[changed], reason=reason)
    return changed


def add_code(
    study: Study,
    theme_id: str,
    name: str,
    *,
    definition: str = "",
    include: str = "",
    exclude: str = "",
    origin: Origin = Origin.EMERGENT,
    source: str = "",
    other: bool = False,
    described: bool = False,
    reason: str = "",
) -> Code:
    """Add a code at the end of a theme; a released framework asks for the reason."""
    code = new_code(study, theme_id, name, origin=origin)
    code = replace(
        code,
        definition=definition.strip(),
        include=include.strip(),
        exclude=exclude.strip(),
        source=source.strip(),
        other=other,
        described=described,
    )
    reason = reason_once_released(study, Verb.ADD_CODE, reason)
    decide_whole(study, Verb.ADD_CODE, key_of(code), put=[code], reason=reason)
    return code


def new_code(study: Study, theme_id: str, name: str, *, origin: Origin) -> Code:
    """Give a code at the end of a theme, not written yet; raises Refused without a name."""
    if not name.strip():
        raise Refused("A code needs a name.")
    study.get(Theme, theme_id)
    framework = study.framework
    number = framework.next_number(theme_id)
    taken = set(framework.themes) | set(framework.codes)
    return Code(slug(name, taken), theme_id, number, name.strip(), origin=origin)


def adopt_idea(study: Study, memo_id: str, theme_id: str, name: str, *, reason: str = "") -> Code:
    """Turn an idea into a candidate code that names the idea as its source."""
    memo = study.get(Memo, memo_id)
    if memo.kind is not MemoKind.IDEA:
        raise Refused(f"The memo is a {memo.kind}, not an idea.", do="Change its kind first.")
    if memo.became:
        raise Refused(f"The idea already became the code {memo.became}.")
    code = new_code(study, theme_id, name, origin=Origin.EMERGENT)
    code = replace(code, source=f"idea {memo.id}: {memo.content}"[:300], state=CodeState.CANDIDATE)
    changed = replace(memo, became=code.id)
    reason = reason_once_released(study, Verb.ADOPT_IDEA, reason)
    decide_whole(study, Verb.ADOPT_IDEA, key_of(code), put=[code, changed], reason=reason)
    return code


class CodeFields(TypedDict, total=False):
    """What can be edited of a code; a field that is not given stays as it is."""

    name: str
    definition: str
    include: str
    exclude: str
    source: str
    examples: Sequence[str]
    cues: Sequence[str]
    patterns: Sequence[str]
    excluding: Sequence[str]
    wordings: Mapping[str, str]
    origin: Origin
    other: bool
    described: bool
    state: CodeState


def edit_code(study: Study, code_id: str, *, reason: str, **fields: Unpack[CodeFields]) -> Code:
    """Change what a code says. A changed definition makes the cells and claims on it stale."""
    code = study.get(Code, code_id)
    state = fields.get("state", code.state)
    if state != code.state and CodeState.RETIRED in (state, code.state):
        raise Refused("A code is retired and restored by its own action.")
    given: dict[str, Any] = {
        name: value.strip() if isinstance(value, str) and not isinstance(value, StrEnum) else value
        for name, value in fields.items()
    }
    lists = ("examples", "cues", "excluding")
    given |= {name: tuple(given[name]) for name in lists if name in given}
    if "patterns" in given:
        given["patterns"] = _patterns(given["patterns"])
    changed = replace(code, **given)
    if not changed.name:
        raise Refused("A code needs a name.")
    stale = stale_by_definition(study, code, changed)
    decide_whole(study, Verb.EDIT_CODE, key_of(code), put=[changed, *stale], reason=reason)
    return changed


def _patterns(typed: Sequence[str]) -> tuple[str, ...]:
    from workbench.language.token_patterns import patterns_of

    try:
        return patterns_of(typed)
    except ValueError as error:
        raise WrongUsage(
            f"A pattern cannot be used: {error}.", do="Write it as in docs/codebook.md."
        ) from error


def move_code(study: Study, code_id: str, theme_id: str, *, reason: str) -> Code:
    """Move a code to the end of another theme; its id, codings and cells stay."""
    code = study.get(Code, code_id)
    study.get(Theme, theme_id)
    if code.theme_id == theme_id:
        raise Refused("The code is already there.")
    changed = replace(code, theme_id=theme_id, number=study.framework.next_number(theme_id))
    decide_whole(study, Verb.MOVE_CODE, key_of(code), put=[changed], reason=reason)
    return changed


def merge_codes(study: Study, code_ids: Sequence[str], into_id: str, *, reason: str) -> Code:
    """Merge codes into another: their codings go over, their ids resolve to it, their cells stay readable.

    Cells of the code merged into become stale, since there is more under it now.
    """
    target = study.get(Code, into_id)
    if target.state is CodeState.RETIRED:
        raise Refused("A retired code cannot take others in.", do="Restore it first.")
    merged = [study.get(Code, identifier) for identifier in dict.fromkeys(code_ids)]
    if not merged or target in merged:
        raise Refused("A code cannot be merged into itself.")
    there = {(coding.excerpt_id, coding.coder) for coding in study.all(Coding, code_id=into_id)}
    put: list[Record] = [replace(code, state=CodeState.RETIRED, successors=(into_id,)) for code in merged]
    remove: list[str] = []
    for code in merged:
        for coding in study.all(Coding, code_id=code.id):
            place = (coding.excerpt_id, coding.coder)
            if place not in there:
                there.add(place)
                put.append(replace(coding, code_id=into_id))
            else:
                kept = study.all(Coding, code_id=into_id, excerpt_id=coding.excerpt_id, coder=coding.coder)
                put += moved_memos(study, coding, kept)
                remove.append(key_of(coding))
    names = ", ".join(study.framework.label(code) for code in merged)
    label = study.framework.label(target)
    put += stale_from(study, codes=[into_id, *(c.id for c in merged)], cause=f"{names} merged into {label}.")
    decide_whole(study, Verb.MERGE_CODES, key_of(target), put=put, remove=remove, reason=reason)
    return target


def split_code(study: Study, code_id: str, names: Sequence[str], *, reason: str) -> list[Code]:
    """Split a code into new ones beside it; its id resolves to them, its codings wait to be sorted anew."""
    code = study.get(Code, code_id)
    if code.state is CodeState.RETIRED:
        raise Refused("The code is already retired.")
    wanted = [name.strip() for name in names if name.strip()]
    if len(wanted) < 2 or len({name.casefold() for name in wanted}) != len(wanted):
        raise Refused("A split needs at least two different names.")
    parts: list[Code] = []
    taken = set(study.framework.themes) | set(study.framework.codes)
    first = study.framework.next_number(code.theme_id)
    for number, name in enumerate(wanted, first):
        part = Code(
            slug(name, taken),
            code.theme_id,
            number,
            name,
            origin=Origin.ANALYTICAL,
            source=f"split from {study.framework.label(code)}",
        )
        taken.add(part.id)
        parts.append(part)
    heirs = tuple(part.id for part in parts)
    retired = replace(code, state=CodeState.RETIRED, successors=heirs)
    label = study.framework.label(code)
    stale = stale_from(study, codes=[code.id], cause=f"{label} was split into {', '.join(wanted)}.")
    put: list[Record] = [*parts, retired, *stale]
    decide_whole(study, Verb.SPLIT_CODE, key_of(code), put=put, reason=reason)
    return parts


def retire_code(study: Study, code_id: str, *, reason: str) -> Code:
    """Take a code out of use; its codings and cells stay readable."""
    code = study.get(Code, code_id)
    changed = replace(code, state=CodeState.RETIRED)
    decide_whole(study, Verb.RETIRE_CODE, key_of(code), put=[changed], reason=reason)
    return changed


def restore_code(study: Study, code_id: str, *, reason: str) -> Code:
    """Take a retired code back into use; one that was merged or split resolves to itself again."""
    code = study.get(Code, code_id)
    if code.state is not CodeState.RETIRED:
        raise Refused("The code is in use.")
    changed = replace(code, state=CodeState.ACTIVE, successors=())
    decide_whole(study, Verb.RESTORE_CODE, key_of(code), put=[changed], reason=reason)
    return changed
