"""What a summary is like beside the evidence it distils: its length, its citations, what it only copies."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from fractions import Fraction
from typing import TypeVar

from workbench.language.units import sentences
from workbench.model.citations import by_sentence
from workbench.model.text import Passage

_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_EAST_ASIAN = re.compile(r"[\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff々ー]")
_RUN = re.compile(
    r"[^\W_\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff]+|[\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff々ー]"
)
_SHORTEST_RUN = 5
"""Words in a row that count as copied; fewer are the terms that a summary should keep."""
_EAST_ASIAN_RUN = 12
"""Characters in a row, where words are not written apart."""


@dataclass(frozen=True, slots=True)
class SummaryMeasures:
    """Length, citations and copying of one summary."""

    words: int
    sentences: int
    unlinked: int
    """Sentences that cite no excerpt."""
    verbatim: Fraction | None
    """Share of its words that stand in the evidence in the same runs; None where it has no words."""
    compression: Fraction | None
    """Its words by those of the evidence; None without evidence."""


def measure(summary: str, citations: Mapping[str, str], evidence: Sequence[str]) -> SummaryMeasures:
    """Measure a summary against the words of the excerpts that its cell rests on."""
    cut = sentences(summary)
    words = count_words(summary)
    source = sum(map(count_words, evidence))
    return SummaryMeasures(
        words,
        len(cut),
        sum(1 for ids in by_sentence(citations, cut) if not ids),
        _verbatim(summary, evidence),
        Fraction(words, source) if source else None,
    )


_FEWEST = 8
"""Summaries from which on their lengths are compared."""
_COPIED = Fraction(1, 2)
"""Verbatim share above which a summary is mostly copied."""

K = TypeVar("K")


def standing_out(measured: Mapping[K, SummaryMeasures]) -> dict[K, list[str]]:
    """Say of summaries what is unlike the others: long, short, copied, or uncited; the others are not in it.

    Only where there is evidence can a sentence lack a citation.

    Long and short is what lies one and a half times the range between the quartiles beyond them (Tukey 1977);
    quartiles are the medians of the halves, the middle left out. Nothing is forbidden: it is for the eye.
    """
    written = {key: each for key, each in measured.items() if each.words}
    low, high, usual = _fences([each.words for each in written.values()])
    found: dict[K, list[str]] = {}
    for key, each in written.items():
        said = []
        if low is not None and high is not None and not low <= each.words <= high:
            said.append(f"{'long' if each.words > high else 'short'}: {each.words} words, most have {usual}")
        if each.verbatim is not None and each.verbatim > _COPIED:
            said.append(f"copied: {_percent(each.verbatim)} stands in the evidence word for word")
        if each.unlinked and each.compression is not None:
            said.append(f"uncited: {each.unlinked} of {each.sentences} sentences")
        if said:
            found[key] = said
    return found


def _fences(lengths: Sequence[int]) -> tuple[Fraction | None, Fraction | None, str]:
    if len(lengths) < _FEWEST:
        return None, None, ""
    ordered = sorted(lengths)
    half = len(ordered) // 2
    first, third = _median(ordered[:half]), _median(ordered[-half:])
    reach = (third - first) * Fraction(3, 2)
    return first - reach, third + reach, f"{round(first)} to {round(third)}"


def _median(ordered: Sequence[int]) -> Fraction:
    middle = len(ordered) // 2
    return Fraction(ordered[middle] + ordered[-middle - 1], 2)


def words_of_measures(measures: SummaryMeasures) -> str:
    """Say the measures of a summary in one line; without evidence there is nothing to cite or to copy."""
    said = [f"{measures.words} words"]
    if measures.compression is not None:
        said.append(f"{measures.unlinked} of {measures.sentences} sentences cite nothing")
        said.append(f"{_percent(measures.compression)} of the length of its evidence")
        said.append(f"{_percent(measures.verbatim or Fraction(0))} verbatim")
    return ", ".join(said)


def measures_as_json(measures: SummaryMeasures) -> dict[str, int | str | None]:
    """Give the measures with exact shares as fractions."""
    shares = {"verbatim": measures.verbatim, "compression": measures.compression}
    counts = {"words": measures.words, "sentences": measures.sentences, "unlinked": measures.unlinked}
    return counts | {name: None if share is None else str(share) for name, share in shares.items()}


def _percent(share: Fraction) -> str:
    return f"{round(share * 100)} %"


def count_words(text: str) -> int:
    """Count words; where they are not written apart, two characters count as one, rounded up."""
    characters = len(_EAST_ASIAN.findall(text))
    return len(_WORD.findall(_EAST_ASIAN.sub(" ", text))) + (characters + 1) // 2


def carried(old: str, citations: Mapping[str, str], new: str) -> dict[int, list[str]]:
    """Carry citations over to a summary written anew: those of sentences that stand in both, in order."""
    before, after = sentences(old), sentences(new)
    cited = by_sentence(citations, before)
    matcher = SequenceMatcher(None, _words_of(old, before), _words_of(new, after), autojunk=False)
    found: dict[int, list[str]] = {}
    for block in matcher.get_matching_blocks():
        for step in range(block.size):
            if ids := cited[block.a + step]:
                found[after[block.b + step].end] = ids
    return found


def _words_of(text: str, cut: Sequence[Passage]) -> list[str]:
    return [text[sentence.start : sentence.end] for sentence in cut]


def _verbatim(summary: str, evidence: Sequence[str]) -> Fraction | None:
    """Find the share of the tokens of a summary that are in runs long enough to be copied."""
    tokens = [match.group().casefold() for match in _RUN.finditer(summary)]
    if not tokens:
        return None
    sources = [[match.group().casefold() for match in _RUN.finditer(words)] for words in evidence]
    runs = {
        length: {tuple(source[at : at + length]) for source in sources for at in range(len(source))}
        for length in (_SHORTEST_RUN, _EAST_ASIAN_RUN)
    }
    copied = [False] * len(tokens)
    for at in range(len(tokens)):
        length = _EAST_ASIAN_RUN if _EAST_ASIAN.match(tokens[at]) else _SHORTEST_RUN
        if tuple(tokens[at : at + length]) in runs[length] and at + length <= len(tokens):
            copied[at : at + length] = [True] * length
    return Fraction(sum(copied), len(tokens))
