"""Search the codings of a study: passages under one code that stand with, near or without another.

An expression is a code or theme, then any number of conditions, each an operator and a code or theme:
`1.2 AND 2.1`, `1.2 NEAR/sentence 2.1`, `1.2 NEAR/200 2.1 NOT 3`. The passages found are those of the first.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

from workbench.errors import WrongUsage
from workbench.language.units import paragraph_at, sentence_at
from workbench.model.coding import Excerpt
from workbench.model.framework import Code, Framework
from workbench.stages.search_scope import Place, Scope, places_in
from workbench.study.queries import PlacedCoding
from workbench.study.search_queries import codings_under
from workbench.study.study import Study

_OPERATOR = re.compile(r"(?<!\S)(AND|NOT|NEAR(?:/\S*)?)(?!\S)")


@dataclass(frozen=True, slots=True)
class Clause:
    """One condition of an expression on the passages of its first code."""

    operator: str
    """`AND`, `NOT`, or `NEAR/` with `sentence`, `paragraph` or a number of characters."""
    wanted: str
    """Number, name or id of a code or theme."""
    at: int
    """Where the code stands in the expression, in characters from 0."""


@dataclass(frozen=True, slots=True)
class CodedPassage:
    """An excerpt that an expression finds."""

    place: Place
    excerpt: Excerpt
    codes: tuple[Code, ...]
    """Those of the first code or theme that it carries."""
    beside: tuple[Excerpt, ...]
    """The excerpts that meet its conditions, by place; none for NOT."""


def parse(expression: str) -> tuple[Clause, ...]:
    """Read an expression; the first clause is the code itself, as AND. Raises WrongUsage with the place."""
    pieces = [
        ("AND", 0, 0),
        *((match[1], match.start(), match.end()) for match in _OPERATOR.finditer(expression)),
    ]
    clauses = []
    for number, (operator, begin, start) in enumerate(pieces):
        end = pieces[number + 1][1] if number + 1 < len(pieces) else len(expression)
        wanted = expression[start:end]
        at = start + len(wanted) - len(wanted.lstrip())
        if operator.startswith("NEAR") and not re.fullmatch(r"NEAR/(sentence|paragraph|\d{1,9})", operator):
            raise _Unreadable(
                expression, begin, f"{operator} needs a reach: NEAR/sentence, NEAR/paragraph or NEAR/200"
            )
        if not wanted.strip():
            raise _Unreadable(expression, at, "a code or theme is missing")
        clauses.append(Clause(operator, wanted.strip(), at))
    return tuple(clauses)


def search_codings(
    study: Study,
    expression: str,
    scope: Scope | None = None,
    *,
    coder: str = "",
    stopped: Callable[[], bool] = lambda: False,
) -> Iterator[CodedPassage]:
    """Find the passages of an expression, text by text, each once; only one coder's where one is named.

    Raises WrongUsage at once for an expression or a scope that cannot be read.
    """
    clauses = parse(expression)
    framework = study.framework
    codings = [codings_under(study, _codes(framework, expression, one), coder) for one in clauses]
    places = places_in(study, scope or Scope())
    return _walk(study, clauses, codings, places, stopped)


def _walk(
    study: Study,
    clauses: Sequence[Clause],
    codings: Sequence[Mapping[str, list[PlacedCoding]]],
    places: Sequence[Place],
    stopped: Callable[[], bool],
) -> Iterator[CodedPassage]:
    framework = study.framework
    for place in places:
        held: dict[str, list[PlacedCoding]] = {}
        for placed in codings[0].get(place.text.id, ()):
            held.setdefault(placed.excerpt.id, []).append(placed)
        if stopped():
            return
        others = [_Spans(found.get(place.text.id, ())) for found in codings[1:]] if held else []
        for mine in held.values():
            ids = dict.fromkeys(one.coding.code_id for one in mine)
            beside = _beside(study, place, mine[0].excerpt, set(ids), clauses[1:], others)
            if beside is not None:
                codes = tuple(framework.codes[code_id] for code_id in ids)
                yield CodedPassage(place, mine[0].excerpt, codes, beside)


def _beside(
    study: Study,
    place: Place,
    excerpt: Excerpt,
    codes: set[str],
    clauses: Sequence[Clause],
    others: Sequence[_Spans],
) -> tuple[Excerpt, ...] | None:
    """List the excerpts that meet the conditions; None where one is not met.

    `codes` are those of the first clause that the excerpt carries: by them alone it is not near itself.
    """
    found: dict[str, Excerpt] = {}
    for clause, spans in zip(clauses, others, strict=True):
        start, end = _reach(study, place, excerpt, clause.operator)
        near = spans.overlapping(start, end)
        if clause.operator.startswith("NEAR"):
            near = [other for other in near if other.id != excerpt.id or spans.codes[other.id] - codes]
        if bool(near) == (clause.operator == "NOT"):
            return None
        found |= {other.id: other for other in near}
    return tuple(sorted(found.values(), key=lambda other: (other.start, other.end)))


def _reach(study: Study, place: Place, excerpt: Excerpt, operator: str) -> tuple[int, int]:
    """Give the stretch that another excerpt must overlap."""
    reach = operator.partition("/")[2]
    if not reach:
        return excerpt.start, excerpt.end
    if reach.isdecimal():
        return excerpt.start - int(reach) - 1, excerpt.end + int(reach) + 1
    content = study.text_content(place.text.content_hash)
    if reach == "paragraph":
        first, last = paragraph_at(content, excerpt.start), paragraph_at(content, excerpt.end - 1)
    else:
        first = sentence_at(content, excerpt.start, place.text.language)
        last = sentence_at(content, excerpt.end - 1, place.text.language)
    return min(first.start, excerpt.start), max(last.end, excerpt.end)


class _Spans:
    """Excerpts of one text, to be asked what overlaps a stretch."""

    def __init__(self, placed: Sequence[PlacedCoding]) -> None:
        self._excerpts = list(dict.fromkeys(one.excerpt for one in placed))
        self.codes: dict[str, set[str]] = {}
        """Id of each excerpt -> codes it carries of those asked for."""
        for one in placed:
            self.codes.setdefault(one.excerpt.id, set()).add(one.coding.code_id)
        self._starts = [excerpt.start for excerpt in self._excerpts]
        self._furthest = list(accumulate((excerpt.end for excerpt in self._excerpts), max))

    def overlapping(self, start: int, end: int) -> list[Excerpt]:
        """List the excerpts that share a code point with a stretch."""
        found = []
        at = bisect_left(self._starts, end) - 1
        while at >= 0 and self._furthest[at] > start:
            if self._excerpts[at].end > start:
                found.append(self._excerpts[at])
            at -= 1
        return found


def _codes(framework: Framework, expression: str, clause: Clause) -> list[str]:
    """Give the ids of the code, or of all codes of the theme, that a clause names."""
    code = framework.find(clause.wanted)
    if code is not None:
        return [code.id]
    theme = framework.find_theme(clause.wanted)
    if theme is None:
        raise _Unreadable(expression, clause.at, f"there is no code or theme {clause.wanted}")
    return [code.id for code in framework.codes_under(theme.id)]


class _Unreadable(WrongUsage):
    """An expression with a mistake at a known place."""

    def __init__(self, expression: str, at: int, mistake: str) -> None:
        shown = f"{expression[:at]}>>{expression[at:]}"
        super().__init__(f"{shown.rstrip()}: {mistake} (character {at + 1}).", safe="")
