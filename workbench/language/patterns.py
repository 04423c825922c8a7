"""What is looked for in a text: words, a phrase or a regular expression, as passages of the stored text."""

from __future__ import annotations

import re
import time
import unicodedata
from collections.abc import Iterator
from math import prod
from typing import TYPE_CHECKING, Protocol

from workbench.errors import Refused, WrongUsage
from workbench.language.folding import Fold, FoldedText, Folding, character_class, folding, trimmed_end
from workbench.model.text import Passage

if TYPE_CHECKING:
    import regex

TIME_LIMIT = 20.0
"""Seconds that a regular expression may take over a whole search."""

_ASCII = bytes(range(128))
_LONGEST_PATTERN = 2000
_MOST_REPEATED = 100_000
"""How often counted repetitions may repeat each other; the engine writes them out in memory."""
_COUNTED = re.compile(r"\{(\d+)?(?:,(\d+)?)?\}")
UNSPACED = re.compile("[\u3005-\u3007\u3041-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
"""Characters of Japanese and Chinese, whose words have no spaces between them."""


class Pattern(Protocol):
    """Anything that can be looked for in a text."""

    def hits(self, content: str, language: str = "") -> Iterator[Passage]:
        """Find the passages in order, none overlapping another."""
        ...

    def may_be_in(self, data: bytes) -> bool:
        """Tell from the UTF-8 of a text whether a hit is possible, without decoding it."""
        ...


class WordsPattern:
    """Words as they stand, or a phrase whose white space and line breaks are free."""

    def __init__(self, query: str, *, phrase: bool = False, cased: bool = False) -> None:
        self._folding = folding(Fold.CASED if cased else Fold.LOOSE)
        self._phrase = phrase
        self._characters, self._gaps = _characters_and_gaps(self._folding, query, phrase)
        self._folded = "".join(self._characters)
        if not self._folded.strip():
            raise WrongUsage("There is nothing to search for.", safe="", do="Type at least one letter.")
        self._exact = re.compile("".join(map(_joined, self._gaps, map(re.escape, self._characters))))
        attached = self._folding.attached
        self._whole = any(sum(part not in attached for part in one) != 1 for one in self._characters)
        """Whether only the fold of the whole text tells: flags, joined pictures, marks by themselves."""
        self._near: dict[str, re.Pattern[str]] = {}
        several = self._folding_to_several()
        self._several = re.compile(character_class(several)) if several else None
        self._alike = self._folding.attached.union(several, *map(self._folding.first_of, self._characters))
        """Beside ASCII, what has to be looked at more closely where a text holds it."""
        self._simple = not phrase and self._folding.is_plain(self._folded)
        self._needles = () if several or self._whole else self._rare_bytes()

    def may_be_in(self, data: bytes) -> bool:
        """Tell from the UTF-8 of a text whether a hit is possible, without decoding it."""
        return all(any(needle in data for needle in needles) for needles in self._needles)

    def hits(self, content: str, language: str = "") -> Iterator[Passage]:
        """Find the passages in order, none overlapping another; no character is cut in two."""
        even = self._folded_evenly(content)
        if even is not None:
            found = self._in_even(even)
        elif self._whole or (self._several is not None and self._several.search(content)):
            found = self._in_fold(content)
        else:
            found = self._in_stored(content, self._near_in(content))
        return found

    def _folded_evenly(self, content: str) -> str | None:
        """Fold the ASCII letters of a text in which nothing else can matter; None where something can."""
        if content.isascii():
            return self._folding.fold(content) if self._folded.isascii() else ""
        if not self._folded.isascii():
            return None
        data = content.encode()
        others = data.translate(None, _ASCII)
        if len(others) * 4 > len(data) or not self._alike.isdisjoint(others.decode()):
            return None
        return content if self._folding.kind is Fold.CASED else data.lower().decode()

    def _in_even(self, folded: str) -> Iterator[Passage]:
        """Search a fold that has the offsets of its text."""
        position, length = 0, len(self._folded)
        if not self._phrase:
            while (start := folded.find(self._folded, position)) >= 0:
                position = start + length
                yield Passage(start, position)
        while self._phrase and (match := self._exact.search(folded, position)):
            start, end = match.span()
            position = start + 1
            if self._stands_alone(folded, start, end):
                yield Passage(start, end)
                position = end

    def _in_fold(self, content: str) -> Iterator[Passage]:
        """Search the fold of the whole text."""
        view = FoldedText(self._folding, content)
        done = position = 0
        while match := self._exact.search(view.content, position):
            start, end = match.span()
            position = start + 1
            if self._folding.is_cut(view.content, start) and self._folding.is_cut(view.content, end):
                passage = view.passage(start, end)
                if passage.start >= done and self._stands_alone(content, passage.start, passage.end):
                    yield passage
                    done, position = passage.end, end

    def _in_stored(self, content: str, near: re.Pattern[str]) -> Iterator[Passage]:
        """Search the text itself for what may fold to the words, and fold only that."""
        attached, folding = self._folding.attached, self._folding
        position = 0
        while match := near.search(content, position):
            start, stop = match.span()
            position, end = start + 1, stop
            simple = self._simple and match.group() == self._folded
            if not simple or content[end : end + 1] in attached:
                end = folding.reaching(content, start, end)
                folded = folding.fold(content[start:end])
                exact = self._exact.match(folded)
                if not (exact and folding.is_cut(folded, exact.end()) and folding.is_cut(content, start)):
                    continue
                stop = trimmed_end(content, start, end)
            if not self._phrase or self._stands_alone(content, start, stop):
                yield Passage(start, stop)
                position = end

    def _stands_alone(self, content: str, start: int, end: int) -> bool:
        """Tell whether a phrase is not part of longer words; words without spaces between are not asked."""
        if not self._phrase:
            return True
        return not (
            (start and _is_one_word(content[start - 1], content[start]))
            or (end < len(content) and _is_one_word(content[end - 1], content[end]))
        )

    def _near_in(self, content: str) -> re.Pattern[str]:
        """Write what stored characters may fold to the words.

        Classes without characters beyond U+FFFF are much faster, and serve for texts that have none.
        """
        highest = "\U0010ffff" if len(content.encode("utf-16-le")) > 2 * len(content) else "\uffff"
        if highest not in self._near:
            marks = self._folding.marks
            gaps = [gap.replace(r"\s", rf"(?:\s{marks})") for gap in self._gaps]
            firsts = (
                {first for first in self._folding.first_of(one) if first <= highest}
                for one in self._characters
            )
            self._near[highest] = re.compile(marks.join(map(_joined, gaps, map(_class_of, firsts))))
        return self._near[highest]

    def _folding_to_several(self) -> set[str]:
        """List the characters that fold to several and may hold a part of the words."""
        bases = _bases(self._characters)
        known = set(bases)
        found = set()
        for one, folded in self._folding.several.items():
            parts = _bases([part for part in folded if part not in self._folding.attached])
            shifts = range(1 - len(parts), len(bases))
            if not known.isdisjoint(parts) and any(_agree(bases, parts, shift) for shift in shifts):
                found.add(one)
        return found

    def _rare_bytes(self) -> tuple[tuple[bytes, ...], ...]:
        """Give for the two characters with the fewest forms what each may be stored as."""
        forms = [self._folding.first_of(one) for one in dict.fromkeys(self._characters) if one.strip()]
        return tuple(
            tuple(form.encode() for form in some) for some in sorted(forms, key=len)[:2] if len(some) <= 4
        )


class RegexPattern:
    """A regular expression over the text as it is stored, composed to NFC, under a time limit.

    The limit is for the time spent matching over all texts together.
    """

    def __init__(self, pattern: str, *, cased: bool = False, limit: float = TIME_LIMIT) -> None:
        self._compiled = _compiled(unicodedata.normalize("NFC", pattern), cased=cased)
        self._limit = limit
        self._left = limit

    def may_be_in(self, data: bytes) -> bool:
        """Say yes, since only matching tells."""
        return True

    def hits(self, content: str, language: str = "") -> Iterator[Passage]:
        """Find the passages in order; matches of nothing are passed over.

        Raises Refused when the time is up.
        """
        view = None
        if not content.isascii() and not unicodedata.is_normalized("NFC", content):
            view = FoldedText(folding(Fold.COMPOSED), content)
            content = view.content
        position = done = 0
        while (match := self._next(content, position)) is not None:
            start, end = match
            position = max(end, position + 1)
            passage = view.passage(start, end) if view and start < end else Passage(start, end)
            if start < end and passage.start >= done:
                yield passage
                done = passage.end

    def _next(self, content: str, position: int) -> tuple[int, int] | None:
        if position > len(content):
            return None
        began = time.monotonic()
        try:
            match = self._compiled.search(content, position, timeout=max(self._left, 0.001), concurrent=True)
        except TimeoutError:
            raise Refused(
                f"The pattern took longer than {self._limit:g} seconds, and the search was stopped.",
                do="Make it simpler: avoid a repetition inside a repetition, or search fewer texts.",
            ) from None
        self._left -= time.monotonic() - began
        return match.span() if match else None


def _compiled(pattern: str, *, cased: bool) -> regex.Pattern[str]:
    try:
        import regex
    except ModuleNotFoundError:
        raise Refused(
            "Regular expressions need the package regex, which is not installed.",
            do="Install it with: pip install regex",
        ) from None
    if not pattern or len(pattern) > _LONGEST_PATTERN:
        raise WrongUsage(f"A pattern has 1 to {_LONGEST_PATTERN} characters.", safe="")
    counts = [max(int(least or 1), int(most or 1), 1) for least, most in _COUNTED.findall(pattern)]
    if prod(counts) > _MOST_REPEATED:
        raise WrongUsage(
            f"The counted repetitions of the pattern come to {prod(counts)}.",
            safe="",
            do=f"Keep their product under {_MOST_REPEATED}.",
        )
    try:
        return regex.compile(pattern, regex.MULTILINE | (0 if cased else regex.IGNORECASE))
    except regex.error as error:
        mistake, _, position = str(error).partition(" at position ")
        at = f" at character {int(position.split()[0]) + 1}" if position else ""
        raise WrongUsage(f"The pattern cannot be read{at}: {mistake}.", safe="") from None


def _characters_and_gaps(folding: Folding, query: str, phrase: bool) -> tuple[list[str], list[str]]:
    """Fold a query to characters, each with what may stand before it."""
    if not phrase:
        characters = folding.character.findall(folding.fold(query))
        return characters, [""] * len(characters)
    characters, gaps = [], []
    for word in folding.fold(query).split():
        for place, character in enumerate(folding.character.findall(word)):
            unspaced = characters and UNSPACED.search(characters[-1][0] + character[0])
            gap = r"\s+" if characters and not place else ""
            gaps.append(r"\s*" if unspaced else gap)
            characters.append(character)
    return characters, gaps


def _joined(gap: str, character: str) -> str:
    return gap + character


def _class_of(characters: set[str]) -> str:
    return re.escape(next(iter(characters))) if len(characters) == 1 else character_class(characters)


def _bases(characters: list[str]) -> list[str]:
    return [unicodedata.normalize("NFD", one)[0] for one in characters if not one.isspace()]


def _agree(words: list[str], parts: list[str], shift: int) -> bool:
    """Tell whether parts laid over words from `shift` on are the same where both are."""
    overlap = [(words[at], part) for at, part in enumerate(parts, shift) if 0 <= at < len(words)]
    return all(word == part for word, part in overlap)


def _is_one_word(before: str, after: str) -> bool:
    """Tell whether two neighbours belong to one word of a script with spaces."""
    if UNSPACED.match(before) or UNSPACED.match(after):
        return False
    return _is_letter(before) and _is_letter(after)


def _is_letter(character: str) -> bool:
    return character.isalnum() or unicodedata.category(character)[0] == "M"
