"""Suggestions: passages of texts in use, offered for a code by what the coder coded and answered before."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from workbench.errors import Refused
from workbench.language.suggesting import Hints, Known, Offer, Offers, Progress, Stopped, TextToRead, suggest
from workbench.model.suggestion import Answer, Suggestion
from workbench.model.text import Passage, Text
from workbench.model.translation import Link
from workbench.model.unit_cut import UnitCut
from workbench.stages.index import codable
from workbench.stages.search_scope import Place, Scope, places_in
from workbench.study.search_queries import codings_under
from workbench.study.study import Study

SURE_ENOUGH = 500
"""Per mille of confidence from which a link carries an example to the other side."""
LISTED = 10
"""Suggestions that are listed where nobody says how many."""
_LOOKED_THROUGH = 200
"""Suggestions among which an answer looks for its own."""


@dataclass(frozen=True, slots=True)
class Question:
    """All that a ranking needs of a study, as plain data for another thread or process."""

    code_id: str
    coder: str
    """Whose codings and answers count; empty for everybody's."""
    texts: tuple[TextToRead, ...]
    hints: Hints
    known: Known
    answered: int
    """How many suggestions for the code were answered."""
    unit: str = "sentence"

    @property
    def seed(self) -> str:
        """Give what decides which units are drawn at random."""
        return f"{self.code_id} {self.coder} {self.unit}"


def question(
    study: Study,
    code_id: str,
    *,
    coder: str | None = None,
    unit: str = "sentence",
    postponed: bool = False,
    content_of: Callable[[str], str] | None = None,
) -> Question:
    """Gather what a ranking for a code needs: texts in use, hints, what was coded and how it was answered.

    Only the coder's own codings and answers count, so that one coder's work does not lead another's. What is
    coded or rejected on one side of a link counts on the other too. `postponed` offers again what was put
    off; `content_of` gives a content by its hash, where the caller keeps them. Raises Refused for a retired
    code.
    """
    coder = study.coder if coder is None else coder
    code = codable(study, code_id)
    read = content_of or study.text_content
    places = _in_use(study)
    texts = tuple(
        TextToRead(
            place.text.id,
            place.text.content_hash,
            place.text.language,
            read(place.text.content_hash),
            tuple(study.all(UnitCut, text_id=place.text.id)),
        )
        for place in places
    )
    answers = suggestions_for(study, code_id, coder)
    across = _Across(study, {text.id for text in texts})
    known = Known(
        tuple(
            (text, place, excerpt)
            for text, passage, excerpt in _coded(study, [code_id], coder)
            for text, place in across.of(text, passage)
        ),
        tuple(across.all(_places(answers, Answer.REJECTED, Answer.OTHER_CODE))),
        tuple((text, passage) for text, passage, _ in _coded(study, _others(study, code_id), coder)),
        tuple(across.all(_places(answers, Answer.ACCEPTED, *(() if postponed else (Answer.POSTPONED,))))),
    )
    answered = sum(each.answer is not Answer.OPEN for each in answers)
    hints = Hints(code.cues, code.patterns, code.excluding)
    return Question(code_id, coder, texts, hints, known, answered, unit)


def _in_use(study: Study) -> list[Place]:
    """List the texts that no other took the place of, of documents that are not excluded."""
    replaced = {text.revises for text in study.all(Text)}
    return [place for place in places_in(study, Scope()) if place.text.id not in replaced]


def _others(study: Study, code_id: str) -> list[str]:
    return [other for other in study.framework.codes if other != code_id]


def _coded(study: Study, code_ids: list[str], coder: str) -> list[tuple[str, Passage, str]]:
    found = codings_under(study, code_ids, coder)
    return [
        (text_id, each.excerpt.passage, each.excerpt.id)
        for text_id, placed in found.items()
        for each in placed
    ]


def suggestions_for(study: Study, code_id: str, coder: str) -> list[Suggestion]:
    """List the suggestions for a code that were made to a coder, or to anybody, by their last answer."""
    wanted = {"coder": coder} if coder else {}
    return study.all(Suggestion, order="at", code_id=code_id, **wanted)


def _places(answers: Iterable[Suggestion], *wanted: Answer) -> list[tuple[str, Passage]]:
    return [(each.text_id, each.passage) for each in answers if each.answer in wanted]


class _Across:
    """Passages with what sure enough links join them to, among some texts."""

    def __init__(self, study: Study, texts: set[str]) -> None:
        self._links: dict[str, list[tuple[Passage, str, Passage]]] = {}
        for link in study.all(Link):
            sure = link.is_fixed or link.confidence >= SURE_ENOUGH
            if link.is_whole and sure and {link.source_id, link.target_id} <= texts:
                self._links.setdefault(link.source_id, []).append((link.source, link.target_id, link.target))
                self._links.setdefault(link.target_id, []).append((link.target, link.source_id, link.source))

    def of(self, text_id: str, passage: Passage) -> list[tuple[str, Passage]]:
        """Give a passage and its counterparts."""
        found = [
            (other, place) for own, other, place in self._links.get(text_id, ()) if own.overlaps(passage)
        ]
        return [(text_id, passage), *found]

    def all(self, places: Iterable[tuple[str, Passage]]) -> list[tuple[str, Passage]]:
        """Give passages and their counterparts."""
        return [each for place in places for each in self.of(*place)]


def offers_for(asked: Question, *, count: int = LISTED, progress: Progress = lambda done, of: True) -> Offers:
    """Rank what was asked and give the next suggestions; raises Refused where `progress` ends it."""
    try:
        return suggest(
            asked.texts,
            asked.hints,
            asked.known,
            seed=asked.seed,
            answered=asked.answered,
            count=count,
            unit=asked.unit,
            progress=progress,
        )
    except Stopped as error:
        raise Refused("The ranking was ended.") from error


def offer_at(offers: Offers, text_id: str, passage: Passage) -> Offer:
    """Find the suggestion of a passage; raises Refused where it is not offered."""
    for offer in offers.offers:
        if (offer.text_id, offer.passage) == (text_id, passage):
            return offer
    raise Refused(
        f"{passage.start}:{passage.end} of the text {text_id} is not among the suggestions.",
        do="List them with: workbench suggest STUDY CODE",
    )


def looked_through(asked: Question, *, progress: Progress = lambda done, of: True) -> Offers:
    """Give the suggestions among which an answer is looked for."""
    return offers_for(asked, count=_LOOKED_THROUGH, progress=progress)
