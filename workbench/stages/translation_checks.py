"""Questions about translations, asked of the links of a study, and what was answered to them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace

from workbench.errors import Refused
from workbench.language import working
from workbench.language.checking import Asked, LinkedTexts, checked
from workbench.model.case import Document
from workbench.model.decision import Verb
from workbench.model.records import key_of
from workbench.model.stretches import difference, union
from workbench.model.text import Passage, Text
from workbench.model.translation_check import (
    CheckAnswer,
    CheckKind,
    Reply,
    fingerprint,
    question_key,
)
from workbench.stages.units import units_of
from workbench.study.study import Study
from workbench.study.translation_queries import linked_pairs, links_between, touched_since

Progress = Callable[[int, int], bool]
"""Is told how many stretches of how many are read; giving False ends the work."""


@dataclass(frozen=True, slots=True)
class Question:
    """A question about a passage of a source and the passage that renders it, with its answer."""

    id: str
    document: Document
    """That of the translation."""
    source: Text
    target: Text
    kind: CheckKind
    priority: int
    """From 1, look at it first, to 4, a mere hint."""
    question: str
    source_passage: Passage
    target_passage: Passage
    """The stretches that are linked; one of them may be empty."""
    source_seen: tuple[Passage, ...]
    target_seen: tuple[Passage, ...]
    """What is in question on each side."""
    seen: str
    """Fingerprint of what is seen."""
    answer: CheckAnswer | None = None

    @property
    def state(self) -> str:
        """Say how it was answered, or that it is open."""
        return "open" if self.answer is None else self.answer.reply.value


def questions(
    study: Study,
    *,
    kinds: Collection[CheckKind] = (),
    document_ids: Collection[str] = (),
    negation: bool = False,
    progress: Progress | None = None,
) -> list[Question]:
    """Ask about every linked pair of texts that nothing has replaced, in the order of documents and places.

    Negation is a mere hint and asked about only where that is wanted. The work is done in the process for
    language. Raises Refused where `progress` ends it.
    """
    pairs = [pair for pair in _pairs(study) if not document_ids or pair[2].id in document_ids]
    texts = [linked_texts(study, source, target) for source, target, _ in pairs]
    whole, done = sum(map(_size, texts)), 0
    hints = negation or CheckKind.NEGATION in kinds
    found: list[Question] = []
    for pair, given in zip(pairs, texts, strict=True):
        if progress is not None and not progress(done, whole):
            raise Refused("The questions were not all asked.", safe="Nothing was changed.")
        tell = _after(done, whole, progress)
        asked = working.run(checked, given, negation=hints, progress=tell)
        done += _size(given)
        found += [_question(study, pair, one) for one in asked if not kinds or one.seen.kind in kinds]
    return found


def _size(texts: LinkedTexts) -> int:
    return len(texts.links) + sum(map(len, texts.alone))


def _after(done: int, whole: int, progress: Progress | None) -> Progress:
    return lambda more, of: progress is None or progress(done + more, whole)


def _pairs(study: Study) -> list[tuple[Text, Text, Document]]:
    found = []
    for source_id, target_id in linked_pairs(study):
        source, target = study.get(Text, source_id), study.get(Text, target_id)
        document = study.get(Document, target.document_id)
        if not document.excluded:
            found.append((source, target, document))
    return sorted(found, key=lambda pair: (pair[2].key, pair[0].id, pair[1].id))


def linked_texts(study: Study, source: Text, target: Text) -> LinkedTexts:
    """Give two texts with what is linked of them and what is not.

    A stretch that a person said stands alone is on neither list.
    """
    links = links_between(study, source.id, target.id)
    whole = [(link.source, link.target) for link in links if link.is_whole]
    contents = study.text_content(source.content_hash), study.text_content(target.content_hash)
    alone = [
        _alone(units_of(study, text), places, content)
        for text, places, content in (
            (source, [link.source for link in links], contents[0]),
            (target, [link.target for link in links], contents[1]),
        )
    ]
    languages = source.language, target.language
    return LinkedTexts(*contents, languages, tuple(whole), (tuple(alone[0]), tuple(alone[1])))


def _alone(units: Sequence[Passage], linked: Sequence[Passage], content: str) -> list[Passage]:
    """List the units, or what is left of them, that nothing is linked to; neighbours in a line are one."""
    runs: list[Passage] = []
    for passage in difference(units, union(place for place in linked if len(place))):
        if not any(sign.isalnum() for sign in content[passage.start : passage.end]):
            continue
        if runs and not content[runs[-1].end : passage.start].strip(" \t\u3000"):
            runs[-1] = Passage(runs[-1].start, passage.end)
        else:
            runs.append(passage)
    return runs


def _question(study: Study, pair: tuple[Text, Text, Document], asked: Asked) -> Question:
    source, target, document = pair
    seen = asked.seen
    words = [
        [study.text_content(text.content_hash)[place.start : place.end] for place in places]
        for text, places in ((source, seen.source), (target, seen.target))
    ]
    mark = fingerprint(seen.kind, words[0], words[1])
    key = question_key(source.id, target.id, mark, _first(seen.source), _first(seen.target))
    return Question(
        key,
        document,
        source,
        target,
        seen.kind,
        seen.priority,
        seen.question,
        asked.source,
        asked.target,
        seen.source,
        seen.target,
        mark,
        study.find(CheckAnswer, key),
    )


def _first(places: Sequence[Passage]) -> int:
    return places[0].start if places else -1


def with_answers(study: Study, found: Sequence[Question]) -> list[Question]:
    """Give questions with the answers as they are now, without asking them again."""
    return [replace(each, answer=study.find(CheckAnswer, each.id)) for each in found]


def still_the_same(study: Study, seq: int) -> bool:
    """Tell whether nothing that questions are made of has changed since a decision."""
    return not touched_since(study, seq, ("text", "link", "unit-cut", "document"))


def answer_questions(
    study: Study, asked: Sequence[Question], reply: Reply, *, reason: str
) -> list[CheckAnswer]:
    """Answer questions as one decision; answers that were given before give way.

    Accepted says that the translation is at fault: what rests on that passage of it is marked. An answer
    stays with the passage and what was seen there, whatever becomes of the links.
    """
    if not asked:
        raise Refused("No question is named.")
    at = study.now()
    answers = [_answer(each, reply, reason.strip(), study.coder, at) for each in asked]
    study.decide(Verb.ANSWER_CHECK, key_of(answers[0]), put=answers, reason=reason)
    return answers


def _answer(asked: Question, reply: Reply, note: str, coder: str, at: str) -> CheckAnswer:
    return CheckAnswer(
        asked.id,
        asked.source.id,
        asked.target.id,
        asked.source_passage.start,
        asked.source_passage.end,
        asked.target_passage.start,
        asked.target_passage.end,
        _first(asked.source_seen),
        _first(asked.target_seen),
        asked.kind,
        asked.seen,
        asked.question,
        reply,
        note,
        coder,
        at,
    )


def withdraw_answer(study: Study, question_id: str, *, reason: str = "") -> None:
    """Take an answer back, so that the question is open again."""
    answer = study.find(CheckAnswer, question_id)
    if answer is None:
        raise Refused("The question is not answered.")
    study.decide(Verb.WITHDRAW_CHECK_ANSWER, key_of(answer), remove=[key_of(answer)], reason=reason)
