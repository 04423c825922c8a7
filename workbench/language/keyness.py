"""Which words are frequent, which are characteristic of one part of a corpus, and which go together.

All of it helps to read and decides nothing: a word that stands out is a reason to look at its passages.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import log, log2

from workbench.errors import Refused
from workbench.language.terms import Sentences, read_terms, stop_words
from workbench.language.working import Progress

SPAN = 3
"""Words between which two words count as together, in one sentence."""
LEAST = 3
"""How often something must stand somewhere to be listed: below, every figure is chance."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Words that are counted, with the name of the document they stand in."""

    document: str
    content: str
    language: str


@dataclass(frozen=True, slots=True)
class Frequent:
    """How often a word stands in a part."""

    term: str
    count: int
    of: int
    """All words of the part."""
    documents: tuple[str, ...]
    """Names of those it stands in."""

    @property
    def per_thousand(self) -> Fraction:
        """Give its share among all words, in thousandths."""
        return Fraction(1000 * self.count, self.of) if self.of else Fraction(0)


@dataclass(frozen=True, slots=True)
class Key:
    """How much more, or less, often a word stands in one part than in another."""

    here: Frequent
    there: Frequent
    g2: float
    """Log-likelihood of the difference, with a minus where the word stands here less often."""
    log_ratio: float
    """How often the frequency doubles from there to here."""


@dataclass(frozen=True, slots=True)
class Together:
    """Two words that stand near each other more often than their frequencies let expect."""

    first: str
    second: str
    count: int
    g2: float
    pmi: float
    documents: tuple[str, ...]


def frequent(
    part: Sequence[Piece], *, all_words: bool = False, least: int = 1, progress: Progress | None = None
) -> list[Frequent]:
    """List the words of a part by how often they stand there; `all_words` keeps those of grammar."""
    counted = _counted(part, all_words, _Step(progress, len(part)))
    return [each for each in counted.all() if each.count >= least]


def keyness(
    here: Sequence[Piece],
    there: Sequence[Piece],
    *,
    all_words: bool = False,
    least: int = LEAST,
    progress: Progress | None = None,
) -> list[Key]:
    """List words by how much a part differs from another in them; those it prefers come first.

    G² in the form of Rayson and Garside (2000) after Dunning (1993): 2·(a·ln(a/E₁) + b·ln(b/E₂)) with
    E₁ = c·(a+b)/(c+d), for a word that stands a times among c words here and b times among d there. It tells
    how sure a difference is. How large it is, the log ratio of Hardie (2014) tells: log₂((a/c)/(b/d)), with
    half an occurrence where there is none.
    """
    step = _Step(progress, len(here) + len(there))
    ours, theirs = _counted(here, all_words, step), _counted(there, all_words, step)
    found = []
    for term in {*ours.counts, *theirs.counts}:
        one, other = ours.of(term), theirs.of(term)
        if one.count + other.count >= least and one.of and other.of:
            found.append(_key(one, other))
    return sorted(found, key=lambda key: (-key.g2, key.here.term))


def _key(one: Frequent, other: Frequent) -> Key:
    expected = Fraction(one.count + other.count, one.of + other.of)
    g2 = 2 * (_surprise(one.count, one.of * expected) + _surprise(other.count, other.of * expected))
    ratio = Fraction(2 * one.count or 1, one.of) / Fraction(2 * other.count or 1, other.of)
    more = one.count * other.of >= other.count * one.of
    return Key(one, other, max(g2, 0.0) if more else -max(g2, 0.0), log2(ratio))


def _surprise(count: int, expected: Fraction) -> float:
    return count * log(count / expected) if count else 0.0


def collocations(
    part: Sequence[Piece], *, all_words: bool = False, least: int = LEAST, progress: Progress | None = None
) -> list[Together]:
    """List pairs of words at most three words apart in a sentence, by how firmly they go together.

    G² over the four cells of Dunning (1993): both words, one without the other, neither. Beside it the
    pointwise mutual information log₂(O/E), which alone would prefer rare pairs; pairs below `least` are
    left out, and so are those that stand together less often than chance.
    """
    step = _Step(progress, len(part))
    pairs: Counter[tuple[str, str]] = Counter()
    firsts: Counter[str] = Counter()
    seconds: Counter[str] = Counter()
    places: dict[tuple[str, str], set[str]] = {}
    for piece in part:
        step()
        stops = frozenset[str]() if all_words else stop_words(piece.language)
        for pair in _pairs(read_terms(piece.content, piece.language), stops):
            pairs[pair] += 1
            firsts[pair[0]] += 1
            seconds[pair[1]] += 1
            places.setdefault(pair, set()).add(piece.document)
    whole = pairs.total()
    found = []
    for (first, second), count in pairs.items():
        expected = Fraction(firsts[first] * seconds[second], whole)
        if count >= least and count > expected:
            g2 = _association(count, firsts[first], seconds[second], whole)
            documents = tuple(sorted(places[first, second]))
            found.append(Together(first, second, count, g2, log2(count / expected), documents))
    return sorted(found, key=lambda pair: (-pair.g2, pair.first, pair.second))


def _pairs(read: Sentences, stops: Collection[str]) -> Iterator[tuple[str, str]]:
    """Give every two words in order that stand near each other; a word is no pair with itself."""
    for words in read:
        for place, first in enumerate(words):
            if first in stops:
                continue
            for second in words[place + 1 : place + 1 + SPAN]:
                if second not in stops and second != first:
                    yield first, second


def _association(both: int, first: int, second: int, whole: int) -> float:
    rows, columns = (first, whole - first), (second, whole - second)
    seen = ((both, first - both), (second - both, whole - first - second + both))
    return 2 * sum(
        _surprise(seen[row][column], Fraction(rows[row] * columns[column], whole))
        for row in (0, 1)
        for column in (0, 1)
    )


class _Counts:
    """The words of a part: how often, and in which documents."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self.whole = 0
        self._documents: dict[str, set[str]] = {}

    def add(self, document: str, read: Iterable[Sequence[str]], stops: Collection[str]) -> None:
        """Count the words of one text; those of grammar count for the whole only."""
        here = Counter(word for words in read for word in words)
        self.whole += here.total()
        for word in [word for word in here if word in stops or (len(word) == 1 and word.isascii())]:
            del here[word]
        self.counts.update(here)
        for word in here:
            self._documents.setdefault(word, set()).add(document)

    def of(self, term: str) -> Frequent:
        """Tell how often a word stands there."""
        documents = tuple(sorted(self._documents.get(term, ())))
        return Frequent(term, self.counts[term], self.whole, documents)

    def all(self) -> list[Frequent]:
        """List all words, the most frequent first."""
        return [
            self.of(term) for term, _ in sorted(self.counts.items(), key=lambda each: (-each[1], each[0]))
        ]


class _Step:
    """Counts the texts that are done, and ends the work where that is asked for."""

    def __init__(self, progress: Progress | None, of: int) -> None:
        self._progress = progress
        self._of = of
        self._done = 0

    def __call__(self) -> None:
        if self._progress is not None and not self._progress(self._done, self._of):
            raise Refused("Counting was ended.")
        self._done += 1


def _counted(part: Sequence[Piece], all_words: bool, step: _Step) -> _Counts:
    counts = _Counts()
    for piece in part:
        step()
        stops = frozenset[str]() if all_words else stop_words(piece.language)
        counts.add(piece.document, read_terms(piece.content, piece.language), stops)
    return counts
