"""Blacking out: the terms of a redaction list found in words, and marks in their place."""

from __future__ import annotations

from collections.abc import Sequence

from workbench.language.patterns import TIME_LIMIT, Pattern, RegexPattern, WordsPattern
from workbench.model.identity import slug
from workbench.model.redaction import Redaction, RedactionMode, blacked_out


def pattern_of(redaction: Redaction) -> Pattern:
    """Make what is looked for; raises WrongUsage for a term that cannot be read."""
    if redaction.mode is RedactionMode.PATTERN:
        return RegexPattern(redaction.term, limit=TIME_LIMIT)
    return WordsPattern(redaction.term, phrase=redaction.mode is RedactionMode.WORDS)


class Blacking:
    """The terms of a list as one thing to do to words."""

    def __init__(self, redactions: Sequence[Redaction]) -> None:
        self._patterns = [pattern_of(redaction) for redaction in redactions]
        plain = [one.term for one in redactions if one.mode is not RedactionMode.PATTERN]
        self._slugs = tuple({slug(term) for term in plain} - {"unnamed"})

    def __bool__(self) -> bool:
        return bool(self._patterns)

    def of(self, words: str, language: str = "") -> tuple[str, int]:
        """Give words of the same length with marks for the terms, and at how many places they stood.

        Raises Refused where a regular expression takes too long over all words together.
        """
        data = words.encode("utf-8", errors="surrogatepass")
        stretches: list[tuple[int, int]] = []
        for pattern in self._patterns:
            if pattern.may_be_in(data):
                for passage in pattern.hits(words, language):
                    found = words[passage.start : passage.end]
                    start = passage.start + len(found) - len(found.lstrip())
                    end = passage.end - len(found) + len(found.rstrip())
                    if start < end:
                        stretches.append((start, end))
        joined = _joined(sorted(stretches))
        pieces, done = [], 0
        for start, end in joined:
            pieces += [words[done:start], blacked_out(words[start:end])]
            done = end
        return "".join(pieces) + words[done:], len(joined)

    def is_in_name(self, name: str) -> bool:
        """Tell whether the id of a record gives a term away."""
        folded = name.casefold()
        return any(slug in folded for slug in self._slugs) or self.of(name)[1] > 0


def _joined(stretches: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Join stretches that overlap."""
    joined: list[tuple[int, int]] = []
    for start, end in stretches:
        if joined and start < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined
