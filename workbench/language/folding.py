"""Folding: one form for what a reader takes for the same words, with the way back to the stored offsets.

A text is compared character by character as a reader sees characters: a letter with its marks, a kana with
its voicing mark, a joined emoji. Each is folded by itself (compatibility form, composed, case folded), so the
fold of a text is the folds of its characters in a row, and a place in it leads to one place in the text.
Storage is never folded.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable
from enum import Enum
from functools import cached_property, lru_cache
from itertools import pairwise

from workbench.model.text import Passage

_BLOCKS = (
    (0x41, 0x10FC),
    (0x1100, 0x13FD),
    (0x1712, 0x24EA),
    (0x2A0C, 0x33FF),
    (0xA640, 0xABED),
    (0xD7B0, 0xD7FB),
    (0xF900, 0xFFEE),
    (0x101FD, 0x10595),
    (0x10780, 0x107BA),
    (0x10A01, 0x10D8F),
    (0x10EAB, 0x11FFF),
    (0x13430, 0x13455),
    (0x16121, 0x1612F),
    (0x16AF0, 0x16FF1),
    (0x1BC9D, 0x1BC9E),
    (0x1CCD6, 0x1CF46),
    (0x1D15E, 0x1D244),
    (0x1D400, 0x1D7FF),
    (0x1DA00, 0x1E94A),
    (0x1EE00, 0x1EEBB),
    (0x1F100, 0x1F251),
    (0x1F3FB, 0x1F3FF),
    (0x1FBF0, 0x1FBF9),
    (0x2F800, 0x2FA1D),
    (0xE0001, 0xE01EF),
)
"""Where characters stand that fold to something else or belong to the one before; Hangul syllables aside."""

_JOINER = "\u200d"
_TRIMMED = "\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff"
_PASSED_OVER = f"{_TRIMMED}\u034f\u180b-\u180f\u200c\ufe00-\ufe0f\U000e0100-\U000e01ef"
"""Hidden characters that no reader sees: soft hyphens, zero widths, bidi marks, variation selectors."""
_SHAPING = "\u200d\U0001f3fb-\U0001f3ff\U000e0001-\U000e007f"
"""Characters that change the picture before them, and so are not passed over."""
_FLAGS = "\U0001f1e6-\U0001f1ff"
_PICTURES = (
    "\u00a9\u00ae\u203c\u2049\u2122\u2139\u2194-\u21aa\u231a\u231b\u2328\u23cf\u23e9-\u23fa\u24c2\u25aa\u25ab\u25b6\u25c0"
    "\u25fb-\u27bf\u2934\u2935\u2b05-\u2b55\u3030\u303d\u3297\u3299\U0001f000-\U0001f0ff\U0001f10d-\U0001f1e5"
    "\U0001f200-\U0001f3fa\U0001f400-\U0001faff"
)
_PICTURE_BLOCKS = "".join(map(chr, (*range(0xA9, 0xAF), *range(0x2000, 0x3300), *range(0x1F000, 0x1FB00))))
_VOWELS = "\u1161-\u1175\u11a8-\u11c2"
"""Hangul vowels and final consonants, which compose with what stands before them."""

_PASSED = re.compile(f"[{_PASSED_OVER}]+")
_TRIM = re.compile(f"[{_TRIMMED}]+\\Z")
_JOINED = re.compile(f"[{_PICTURES}{_FLAGS}]")


def character_class(characters: Iterable[str]) -> str:
    """Write a class of a regular expression that holds the characters, in runs."""
    codes = sorted({ord(character) for character in characters})
    breaks = [0, *(at for at, (a, b) in enumerate(pairwise(codes), 1) if b != a + 1), len(codes)]
    runs = [(codes[first], codes[last - 1]) for first, last in pairwise(breaks)] if codes else []
    return "[" + "".join(f"\\U{a:08x}-\\U{b:08x}" for a, b in runs) + "]" if runs else "(?!)"


class Fold(Enum):
    """How much is taken for the same."""

    LOOSE = "loose"
    """Normal forms, width, compatibility forms and case do not matter; hidden characters are passed over."""
    CASED = "cased"
    """As loose, but upper and lower case differ."""
    COMPOSED = "composed"
    """Only the normal form does not matter (NFC)."""


class Folding:
    """One way of folding, with the tables it needs; ask `folding` for it, which keeps it."""

    def __init__(self, fold: Fold) -> None:
        self.kind = fold
        self._all = [chr(code) for first, last in _BLOCKS for code in range(first, last + 1)]
        self.attached = _attached(self._all)
        """Characters that belong to the one before them."""
        changing = (one for one in self._all if unicodedata.decomposition(one) or one != one.casefold())
        hidden_ones = filter(_PASSED.match, self.attached)
        self.folds = {
            one: folded for one in (*changing, *hidden_ones) if (folded := self.fold_character(one)) != one
        }
        """Single characters that fold to something else."""
        hidden = f"[{_PASSED_OVER}]*"
        marks = character_class(self.attached)[1:-1]
        joined = f"(?:{_JOINER}{hidden}[{_PICTURES}]|[{marks}])*"
        self.character = re.compile(
            f"(?:[{_FLAGS}]{hidden}[{_FLAGS}]|[^{marks}]){joined}|[{marks}]+", re.DOTALL
        )
        """One character as a reader sees it."""
        self.marks = f"(?:{_JOINER}{hidden}[{_PICTURES}]|[{marks}])*"
        """Regular expression for what may follow the first code point of a character."""

    def fold(self, content: str) -> str:
        """Fold words without keeping offsets."""
        if content.isascii():
            return content.lower() if self.kind is Fold.LOOSE else content
        return "".join(map(self.fold_character, self.character.findall(content)))

    def fold_character(self, character: str) -> str:
        """Fold one character as a reader sees it, or several that no mark follows."""
        if self.kind is Fold.COMPOSED:
            return unicodedata.normalize("NFC", character)
        folded = unicodedata.normalize("NFKC", _PASSED.sub("", character))
        if self.kind is Fold.CASED:
            return folded
        return unicodedata.normalize("NFKC", folded.casefold())

    def reaching(self, content: str, start: int, least: int) -> int:
        """Give the end of the characters that begin at `start` and reach `least` or further."""
        end = start
        while end < least and (match := self.character.match(content, end)):
            end = match.end()
        return end

    def is_cut(self, content: str, offset: int) -> bool:
        """Tell whether a character as a reader sees it begins at the offset, or the text ends."""
        if not 0 < offset < len(content):
            return True
        if content[offset] in self.attached:
            return False
        if not _JOINED.match(content, offset):
            return True
        line = content.rfind("\n", 0, offset) + 1
        return self.reaching(content, line, offset) == offset

    def is_plain(self, folded: str) -> bool:
        """Tell whether each code point of a fold is a character for a reader, wherever it stands."""
        return not self.moving.search(folded) and not _JOINED.search(folded)

    @cached_property
    def unsure(self) -> frozenset[str]:
        """Give the code points that may stand inside a character as a reader sees it."""
        return self.attached.union(_JOINED.findall(_PICTURE_BLOCKS))

    @cached_property
    def several(self) -> dict[str, str]:
        """Give the characters that fold to more than one character as a reader sees them, such as `ﬁ`."""
        return {
            one: folded
            for one, folded in self.folds.items()
            if sum(part not in self.attached for part in folded) > (one not in self.attached)
        }

    @cached_property
    def moving(self) -> re.Pattern[str]:
        """Find the characters that may make a fold longer or shorter than what is folded."""
        longer = {one for one, folded in self.folds.items() if len(folded) != 1}
        return re.compile(character_class(self.attached | longer))

    def first_of(self, character: str) -> set[str]:
        """List the code points that may begin a character with this fold, one that folds to several aside."""
        parts = unicodedata.normalize("NFD", character)
        found = {unicodedata.normalize("NFC", parts[:length]) for length in range(1, len(parts) + 1)}
        marks = set(parts[1:])
        found |= {one for one, rest in self._beginning.get(parts[0], ()) if marks.issuperset(rest)}
        return {one for one in found if len(one) == 1}

    @cached_property
    def _beginning(self) -> dict[str, list[tuple[str, str]]]:
        """Map the base of a fold to the characters with such a fold, each with the marks of its fold."""
        found: dict[str, list[tuple[str, str]]] = {}
        for one in self._all:
            parts = unicodedata.normalize("NFD", self.folds.get(one, one))
            if parts[:1] != one and one not in self.attached and one not in self.several:
                found.setdefault(parts[0], []).append((one, parts[1:]))
        return found


@lru_cache(maxsize=len(Fold))
def folding(fold: Fold = Fold.LOOSE) -> Folding:
    """Give a way of folding; its tables are made once, in some hundredths of a second."""
    return Folding(fold)


class FoldedText:
    """A text folded as a whole, with the way back."""

    def __init__(self, folding: Folding, content: str) -> None:
        self._stored: list[tuple[int, int, bool]] = [(0, 0, True)]
        """Start and end in the text of each piece of the fold, and whether it is folded one to one."""
        self._folded = [0]
        """Where each piece begins in the fold, ascending."""
        if content.isascii() or (folding.kind is Fold.COMPOSED and unicodedata.is_normalized("NFC", content)):
            self.content = folding.fold(content) if content.isascii() else content
            return
        self.content = self._fill(folding, content)

    def passage(self, start: int, end: int) -> Passage:
        """Give the stored passage of a stretch of the fold; half a ligature stands for the whole."""
        first = bisect_right(self._folded, start) - 1
        stored, _, even = self._stored[first]
        begin = stored + start - self._folded[first] if even else stored
        last = bisect_right(self._folded, end - 1) - 1
        stored, after, even = self._stored[last]
        return Passage(begin, stored + end - self._folded[last] if even else after)

    def _fill(self, folding: Folding, content: str) -> str:
        pieces: list[str] = []
        length = done = 0
        while match := folding.moving.search(content, done):
            start = match.start()
            if start > done and content[start] in folding.attached:
                start -= 1
            end = folding.reaching(content, start, start + 1)
            for first, last in ((done, start), (start, end)):
                if first < last:
                    stored = content[first:last]
                    piece = folding.fold_character(stored)
                    self._folded.append(length)
                    even = last == start or piece == stored
                    stop = last if even else trimmed_end(content, first, last)
                    self._stored.append((first, stop, even))
                    pieces.append(piece)
                    length += len(piece)
            done = end
        self._folded.append(length)
        self._stored.append((done, len(content), True))
        pieces.append(folding.fold_character(content[done:]))
        return "".join(pieces)


def trimmed_end(content: str, start: int, end: int) -> int:
    """Leave out hidden characters at the end of a stretch that shape nothing in it."""
    match = _TRIM.search(content, start, end)
    return match.start() if match and match.start() > start else end


def _attached(everything: list[str]) -> frozenset[str]:
    """Find what belongs to the character before: marks, what composes with it, what is passed over."""
    fixed = re.compile(f"[{_PASSED_OVER}{_SHAPING}{_VOWELS}]")

    def attaches(one: str) -> bool:
        return unicodedata.category(one)[0] == "M" or fixed.match(one) is not None

    return frozenset(
        one
        for one in everything
        if attaches(one)
        or (unicodedata.decomposition(one) and attaches(unicodedata.normalize("NFKD", one)[0]))
    )
