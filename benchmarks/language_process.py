"""What the process for language costs: its start, a call, alignment, words, names, and memory.

Run as `python -m benchmarks.language_process`; seconds waited, processor seconds, megabytes held after it.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from workbench.language import working
from workbench.language.keyness import Piece, collocations, frequent
from workbench.language.offers import offers
from workbench.language.units import sentences
from workbench.model.text import Passage, Text, TextKind
from workbench.stages.aligning import run_aligner
from workbench.stages.linking import Pair

_MEGABYTE = 1024 * 1024


def told(what: str, function: Callable[..., Any], *given: Any, **named: Any) -> None:
    from benchmarks.language_process import spent_on  # The process cannot know what is run as a program.

    began = time.perf_counter()
    spent = working.run(spent_on, function, given, named)
    waited = time.perf_counter() - began
    print(f"{what:55} {waited:8.3f} s {spent:8.3f} s {working.held() // _MEGABYTE:5} MB")


def spent_on(function: Callable[..., Any], given: tuple[Any, ...], named: dict[str, Any]) -> float:
    """Call a function and give the processor time it took; runs in the process."""
    began = time.process_time()
    function(*given, **named)
    return time.process_time() - began


def text_of(language: str, kind: TextKind) -> Text:
    return Text(language, "d", language, kind, "h", "h", "h", f"{language}.txt", "", "txt", "utf-8", 1)


def pair_of(units: int) -> Pair:
    """Compose two texts of so many units that are each unlike the others."""
    source = tuple(
        f"第{number}条　市は{number * 7}人の住民に{number}円を支給する。" for number in range(units)
    )
    target = tuple(
        f"Article {number}. The city pays {number} yen to {number * 7} residents." for number in range(units)
    )
    places = tuple(Passage(0, 1) for _ in source)
    texts = text_of("ja", TextKind.ORIGINAL), text_of("en", TextKind.OWN_TRANSLATION)
    return Pair(*texts, places, places, source, target, ())


def main() -> None:
    told("start and first call", sentences, "One. Two.", "en")
    told("a call", sentences, "One. Two.", "en")
    pair = pair_of(1000)
    told("1,000 units a side aligned with vectors, first", run_aligner, pair)
    told("again, vectors at hand", run_aligner, pair)
    told("without vectors", run_aligner, pair, plain=True)
    words = [Piece(f"d{n}", " ".join(pair.target_words[n : n + 50]) + f" {n}", "en") for n in range(950)]
    told("words of 950 texts of 3,000 characters, first", frequent, words)
    told("again", frequent, words)
    told("pairs of words", collocations, words)
    told("what a text of 60,000 characters offers", offers, "\n".join(pair.target_words), "en")


if __name__ == "__main__":
    main()
