"""Questions about a translation: what stands on one side of a pair and not, or otherwise, on the other.

All are questions: a translator may well have meant what is seen. Pairs are stretches of a source and of its
translation that are linked; nothing is known of whole texts but the usual ratio of lengths.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from workbench.errors import Refused
from workbench.language.checked_pair import Pair, Seen
from workbench.language.checking_extent import alone_question, extent_questions, usual_ratio
from workbench.language.checking_modality import modality_questions, negation_hints
from workbench.language.checking_names import name_questions
from workbench.language.checking_quantities import quantity_questions
from workbench.model.text import Passage

CHECKER = "questions-1"
"""Name and version of the rules."""
Progress = Callable[[int, int], bool]
"""Is told how many pairs of how many are read; giving False ends the work."""
_TOLD_EVERY = 50


@dataclass(frozen=True, slots=True)
class Stretches:
    """Two stretches that are linked, by their places and words; an empty side is linked to nothing."""

    source: Passage
    target: Passage
    source_words: str
    target_words: str


@dataclass(frozen=True, slots=True)
class Asked:
    """One thing to ask about two stretches, with offsets into the texts."""

    stretches: Stretches
    seen: Seen


def checked(
    stretches: Sequence[Stretches],
    languages: tuple[str, str],
    *,
    negation: bool = False,
    progress: Progress | None = None,
) -> list[Asked]:
    """Ask about the linked stretches of two texts, in their order.

    Raises Refused where `progress` ends the work.
    """
    pairs = {
        place: Pair.of(each.source_words, each.target_words, languages)
        for place, each in enumerate(stretches)
        if len(each.source) and len(each.target)
    }
    usual = usual_ratio(list(pairs.values()))
    found: list[Asked] = []
    for place, each in enumerate(stretches):
        if progress is not None and place % _TOLD_EVERY == 0 and not progress(place, len(stretches)):
            raise Refused("The checks were ended.", safe="Nothing was changed.")
        pair = pairs.get(place)
        if pair is None:
            words = each.source_words or each.target_words
            seen = [alone_question(words, in_source=bool(len(each.source)))]
        else:
            seen = questions_of(pair, usual=usual, negation=negation)
        found += (Asked(each, _moved(one, each)) for one in seen)
    return found


def questions_of(pair: Pair, *, usual: float | None = None, negation: bool = False) -> list[Seen]:
    """List what is to be asked about one pair, with offsets into its words."""
    extent = extent_questions(pair, usual)
    if any(one.priority == 1 for one in extent):
        return extent
    found = [*quantity_questions(pair), *name_questions(pair), *modality_questions(pair), *extent]
    return [*found, *negation_hints(pair)] if negation else found


def _moved(seen: Seen, stretches: Stretches) -> Seen:
    source, target = stretches.source.start, stretches.target.start
    return replace(
        seen,
        source=tuple(Passage(place.start + source, place.end + source) for place in seen.source),
        target=tuple(Passage(place.start + target, place.end + target) for place in seen.target),
    )
