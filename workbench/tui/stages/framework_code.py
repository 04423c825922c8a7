"""All that a code says, as one form to change it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from workbench.errors import WrongUsage
from workbench.model.case import Case
from workbench.model.framework import Code, Origin
from workbench.tui.dialogs import Field, Form

if TYPE_CHECKING:
    from workbench.stages.framework import CodeFields
    from workbench.tui.app import Workbench

_ORIGINS = ", ".join(Origin)


async def edit_code(app: Workbench, code: Code) -> None:
    """Ask what a code shall say, and change it."""
    from workbench.stages import framework as stage

    wanted = await _ask(app, code)
    if wanted is not None:
        await app.attempt_with_reason(
            lambda reason: stage.edit_code(app.study, code.id, reason=reason, **wanted),
            done="The code is changed; charted cells of it are stale where its definition changed.",
        )


async def _ask(app: Workbench, code: Code) -> CodeFields | None:
    """Show the form; what cannot be understood is asked again, with everything as it was typed."""
    title, fault = f"Code {app.study.framework.label(code)}", ""
    cases = [case.name for case in app.study.all(Case)]
    fields = _fields(code)
    while True:
        given = await app.ask(Form(f"{title}\n{fault}".strip(), fields))
        if given is None:
            return None
        try:
            return _understood(code, given, cases)
        except WrongUsage as error:
            fault = str(error)
            fields = [replace(field, value=given[field.name]) for field in fields]


def _fields(code: Code) -> list[Field]:
    return [
        Field("name", "Name", code.name),
        Field("definition", "Definition", code.definition, True),
        Field("include", "Include", code.include, True),
        Field("exclude", "Exclude", code.exclude, True),
        Field("examples", "Examples, one to a line", "\n".join(code.examples), True),
        Field("cues", "Cues, one to a line", "\n".join(code.cues), True),
        Field("excluding", "Words that speak against it, one to a line", "\n".join(code.excluding), True),
        Field("patterns", 'Token patterns, one to a line: [{"LEMMA": "right"}]',
              "\n".join(code.patterns), True),
        Field("wordings", "Wordings for single cases, one to a line: Case name: words",
              "\n".join(_wording_lines(code.wordings)), True),
        Field("origin", f"Origin: {_ORIGINS}", code.origin.value),
        Field("source", "Source", code.source),
        Field("other", "The theme's place for what does not fit: yes or no", "yes" if code.other else "no"),
        Field("described", "Described, not answered (no status, not counted): yes or no",
              "yes" if code.described else "no"),
    ]  # fmt: skip


def _understood(code: Code, given: Mapping[str, str], cases: Sequence[str]) -> CodeFields:
    """Read the form; raises WrongUsage for an origin, a wording or an answer that is none."""
    return {
        "name": given["name"],
        "definition": given["definition"],
        "include": given["include"],
        "exclude": given["exclude"],
        "examples": _kept_lines(given["examples"], code.examples),
        "cues": _kept_lines(given["cues"], code.cues),
        "excluding": _kept_lines(given["excluding"], code.excluding),
        "patterns": _patterns(_kept_lines(given["patterns"], code.patterns)),
        "wordings": _wordings(given["wordings"], code.wordings, cases),
        "origin": _origin(given["origin"]),
        "source": given["source"],
        "other": _is_yes(given["other"]),
        "described": _is_yes(given["described"]),
    }


def _patterns(lines: Sequence[str]) -> tuple[str, ...]:
    from workbench.language.token_patterns import patterns_of

    try:
        return patterns_of(lines)
    except ValueError as error:
        raise WrongUsage(f"A token pattern cannot be used: {error}.") from error


def _kept_lines(typed: str, before: tuple[str, ...]) -> tuple[str, ...]:
    """Read one entry per line; what was not touched stays as it was, even where it holds a line break."""
    if typed == "\n".join(before):
        return before
    return tuple(line.strip() for line in typed.splitlines() if line.strip())


def _wording_lines(wordings: Mapping[str, str]) -> list[str]:
    return [f"{case}: {' '.join(words.split())}" for case, words in wordings.items()]


def _wordings(typed: str, before: Mapping[str, str], cases: Sequence[str]) -> dict[str, str]:
    """Read one `Case name: words` per line; a line that was not touched keeps the words as they were."""
    kept = dict(zip(_wording_lines(before), before.items(), strict=True))
    # The longest name first: one name may begin with another and a colon.
    names = sorted({*cases, *before}, key=len, reverse=True)
    found: dict[str, str] = {}
    for line in filter(None, map(str.strip, typed.splitlines())):
        if line in kept:
            case, words = kept[line]
        else:
            case, words = _wording(line, names)
        if case in found:
            raise WrongUsage(f"There are two wordings for {case}.", do="Keep one of them.")
        found[case] = words
    return found


def _wording(line: str, names: Sequence[str]) -> tuple[str, str]:
    for name in names:
        if line.startswith(f"{name}:") and (words := line[len(name) + 1 :].strip()):
            return name, words
    known = ", ".join(sorted(names)) or "none yet"
    raise WrongUsage(f"“{line}” is no wording of a case.", do=f"Write Case name: words. Cases: {known}.")


def _origin(typed: str) -> Origin:
    try:
        return Origin(typed.strip().casefold())
    except ValueError:
        raise WrongUsage(f"“{typed}” is no origin.", do=f"Origins: {_ORIGINS}.") from None


def _is_yes(typed: str) -> bool:
    answer = typed.strip().casefold()
    if answer not in ("yes", "no"):
        raise WrongUsage(f"“{typed}” is neither yes nor no.")
    return answer == "yes"
