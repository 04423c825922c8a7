"""Key terms marked in texts, for reading: where they stand, what they are, and what is to be known of them.

What was found in a text is kept by the hash of its content, so that it is looked through once.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from workbench.language.glossary import Mark, Role, candidates_in, longest
from workbench.model.glossary import Term, TermRule
from workbench.model.text import Text
from workbench.stages.glossary import terms_of
from workbench.study.study import Study

Find = Callable[[tuple[Term, ...], str, str], list[Mark]]
"""Looks for terms in a content of a language, here or in the process for language."""
_MOST_KEPT = 2_000
_kept: OrderedDict[tuple[str, str, tuple[Term, ...]], list[Mark]] = OrderedDict()


class TermLook(StrEnum):
    """How a stretch is drawn."""

    TERM = "term"
    ALLOWED = "allowed"
    FORBIDDEN = "forbidden"


@dataclass(frozen=True, slots=True)
class TermMark:
    """A stretch that is something to one key term or several."""

    start: int
    end: int
    look: TermLook
    term_ids: tuple[str, ...]
    told: str
    """What is to be known of it, in a line."""


def candidates_of(
    study: Study, text: Text, terms: Sequence[Term], *, find: Find = candidates_in
) -> list[Mark]:
    """Find every stretch of a text that is something to a term; they may overlap."""
    return _candidates(tuple(terms), text, lambda: study.text_content(text.content_hash), find)


def _candidates(terms: tuple[Term, ...], text: Text, content: Callable[[], str], find: Find) -> list[Mark]:
    key = (text.content_hash, text.language, terms)
    found = _kept.get(key)
    if found is None:
        found = _kept[key] = find(terms, text.language, content())
        while len(_kept) > _MOST_KEPT:
            _kept.popitem(last=False)
    return found


def term_marks(study: Study, text: Text, *, find: Find = candidates_in) -> list[TermMark]:
    """Mark the key terms of the study in a text, by place."""
    return marks_in(terms_of(study), text, study.text_content(text.content_hash), find=find)


def marks_in(
    terms: Sequence[Term], text: Text, content: str, *, find: Find = candidates_in
) -> list[TermMark]:
    """Mark some terms in the content of a text, by place; needs no study, so that a thread can do it."""
    known = {term.id: term for term in terms}
    stretches: dict[tuple[int, int], list[Mark]] = {}
    for mark in longest(_candidates(tuple(terms), text, lambda: content, find)) if known else ():
        stretches.setdefault((mark.start, mark.end), []).append(mark)
    return [
        TermMark(
            start,
            end,
            min((_look(mark.role) for mark in marks), key=_FIRST.index),
            tuple(dict.fromkeys(mark.term_id for mark in marks)),
            " | ".join(dict.fromkeys(told(known[mark.term_id], mark.role) for mark in marks)),
        )
        for (start, end), marks in stretches.items()
    ]


_FIRST = (TermLook.FORBIDDEN, TermLook.TERM, TermLook.ALLOWED)
"""Where a stretch is several things, the first of these is drawn."""


def _look(role: Role) -> TermLook:
    if role is Role.TERM:
        return TermLook.TERM
    return TermLook.FORBIDDEN if role is Role.FORBIDDEN else TermLook.ALLOWED


def told(term: Term, role: Role) -> str:
    """Say in a line what a stretch is to a term, and what was decided on that."""
    if role is Role.FORBIDDEN:
        return f"not for {term.name}: {_wanted(term)}"
    if role is Role.TERM:
        return f"{term.name}: {_wanted(term)}"
    return f"for {term.name}: {_wanted(term)}"


def _wanted(term: Term) -> str:
    ways = " / ".join(f"“{way}”" for way in term.renderings)
    if term.rule is TermRule.KEEP_SOURCE:
        gloss = f" [{term.gloss}]" if term.gloss else ""
        return f"{term.rule}{gloss}"
    return f"{term.rule}, {ways}"
