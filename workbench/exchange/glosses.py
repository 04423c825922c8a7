"""Glosses: behind a term that stays in its own language, where it stands first in a document, what it means.

The words of a quote stay as they are; the gloss is ours, in square brackets, and is no part of them.
"""

from __future__ import annotations

from collections.abc import Sequence

from workbench.language.glossary import Role, finder
from workbench.model.glossary import Term, TermRule
from workbench.study.study import Study

SETTING = "glosses"
"""Name of the setting that turns them off."""
OFF = "no"


def terms_to_gloss(study: Study) -> tuple[Term, ...]:
    """List the terms that stay and have a gloss; none where the setting turns glosses off."""
    if study.setting(SETTING) == OFF:
        return ()
    staying = study.all(Term, order="term", rule=TermRule.KEEP_SOURCE.value)
    return tuple(term for term in staying if term.gloss)


class Glosses:
    """Puts glosses into the quotes of one document as it is written, each term once."""

    def __init__(self, terms: Sequence[Term]) -> None:
        self._terms = tuple(terms)
        self._glossed: set[str] = set()

    def pieces(self, words: str, language: str) -> list[tuple[str, bool]]:
        """Cut quoted words at the glosses that belong into them; tells of each piece whether it is ours."""
        left = {term.id: term for term in self._terms if term.id not in self._glossed}
        pieces, done = [], 0
        for mark in finder(self._terms, language).marks(words) if left else ():
            if mark.role is Role.KEPT and mark.term_id in left:
                pieces += [(words[done : mark.end], False), (f" [{left.pop(mark.term_id).gloss}]", True)]
                self._glossed.add(mark.term_id)
                done = mark.end
        return [*pieces, (words[done:], False)] if done < len(words) or not pieces else pieces

    def of(self, words: str, language: str) -> str:
        """Write quoted words with the glosses that belong into them."""
        return "".join(piece for piece, _ in self.pieces(words, language))
