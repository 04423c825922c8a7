"""Answers to suggestions: codings made, passages rejected or put off, and how often suggestions were right.

An answer is two decisions in one transaction: the suggestion under the name of the method, and what the
person decided. Undoing the answer offers the passage again.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from workbench.errors import Refused
from workbench.language.suggesting import Offer
from workbench.model.coding import Coding
from workbench.model.decision import Verb
from workbench.model.identity import record_id
from workbench.model.memo import Memo, MemoKind
from workbench.model.records import Record, key_of
from workbench.model.suggestion import METHOD, Answer, Basis, Suggestion
from workbench.model.text import Passage, Text
from workbench.stages.index import codable
from workbench.stages.passages import excerpt_for, quote_at
from workbench.stages.suggesting import suggestions_for
from workbench.stages.unread import refuse_unread
from workbench.study.study import Study


@dataclass(frozen=True, slots=True)
class Tally:
    """How some suggestions were answered; those put off are in neither number."""

    accepted: int = 0
    answered: int = 0


@dataclass(frozen=True, slots=True)
class Precision:
    """How often suggestions for a code were right, by one coder's own answers."""

    code_id: str
    coder: str
    by_cues: Tally
    learned: Tally
    drawn: Tally
    """Those drawn at random, whatever the ranking rested on."""
    postponed: int

    @property
    def ranked(self) -> Tally:
        """Give those that the ranking chose."""
        return Tally(
            self.by_cues.accepted + self.learned.accepted, self.by_cues.answered + self.learned.answered
        )

    @property
    def sentence(self) -> str:
        """Say it in a line, with numbers."""
        parts = [
            f"{name} {tally.accepted} of {tally.answered} right"
            for name, tally in (
                ("by cues", self.by_cues),
                ("learned", self.learned),
                ("at random", self.drawn),
            )
            if tally.answered
        ]
        parts += [f"{self.postponed} put off"] if self.postponed else []
        return " · ".join(parts) or "none answered yet"


def accept_suggestion(
    study: Study,
    code_id: str,
    offer: Offer,
    *,
    passage: Passage | None = None,
    other_code: str = "",
    memo: str = "",
    reason: str = "",
) -> Coding:
    """Code a suggested passage for the current coder, with other bounds or another code where wanted.

    With another code it counts as a suggestion that was wrong. Raises Refused where the coder has the coding
    already, and ReasonMissing where nobody has read of the case and no reason is given.
    """
    refuse_unread(study, offer.text_id, reason)
    code = codable(study, other_code or code_id)
    excerpt, new = excerpt_for(study, offer.text_id, passage or offer.passage)
    if study.all(Coding, excerpt_id=excerpt.id, code_id=code.id, coder=study.coder):
        raise Refused(f"This passage already has {study.framework.label(code)}.")
    with study.transaction():
        open_one = _offered(study, code_id, offer)
        coding = Coding(record_id("k"), excerpt.id, code.id, study.coder, suggestion=open_one.id)
        answer = Answer.ACCEPTED if code.id == code_id else Answer.OTHER_CODE
        put: list[Record] = [*new, replace(open_one, answer=answer), coding]
        if memo.strip():
            note = memo.strip()
            put.append(Memo(record_id("m"), key_of(coding), MemoKind.NOTE, note, study.coder, study.now()))
        study.decide(Verb.ACCEPT_SUGGESTION, key_of(coding), put=put, reason=reason)
    return coding


def reject_suggestion(
    study: Study, code_id: str, offer: Offer, *, note: str = "", reason: str = ""
) -> Suggestion:
    """Say that a suggested passage does not belong under the code; it is not offered again."""
    return _answered(study, Verb.REJECT_SUGGESTION, code_id, offer, Answer.REJECTED, note, reason)


def postpone_suggestion(
    study: Study, code_id: str, offer: Offer, *, note: str = "", reason: str = ""
) -> Suggestion:
    """Put a suggestion off; it is offered again where those put off are asked for."""
    return _answered(study, Verb.POSTPONE_SUGGESTION, code_id, offer, Answer.POSTPONED, note, reason)


def _answered(
    study: Study, verb: Verb, code_id: str, offer: Offer, answer: Answer, note: str, reason: str
) -> Suggestion:
    with study.transaction():
        given = replace(_offered(study, code_id, offer), answer=answer, note=note.strip())
        study.decide(verb, key_of(given), put=[given], reason=reason)
    return given


def _offered(study: Study, code_id: str, offer: Offer) -> Suggestion:
    """Write a suggestion down under the name of the method; one that was open or put off is kept."""
    text = study.get(Text, offer.text_id)
    quote_at(study, text, offer.passage)
    codable(study, code_id)
    before = study.all(
        Suggestion,
        text_id=text.id,
        start=offer.passage.start,
        end=offer.passage.end,
        code_id=code_id,
        coder=study.coder,
    )
    if before and before[0].answer not in (Answer.OPEN, Answer.POSTPONED):
        raise Refused(f"This suggestion is answered: {before[0].answer}.", do="Undo that answer first.")
    made = Suggestion(
        before[0].id if before else record_id("s"),
        text.id,
        offer.passage.start,
        offer.passage.end,
        code_id,
        study.coder,
        METHOD,
        offer.basis,
        offer.score,
        offer.rank,
        offer.drawn,
        offer.seed,
        tuple(reason.sentence for reason in offer.reasons),
        offer.examples,
        study.now(),
    )
    if [made] != before:
        study.decide(Verb.SUGGEST_CODE, key_of(made), put=[made], method=METHOD)
    return made


def precision_of(study: Study, code_id: str, coder: str) -> Precision:
    """Count how a coder answered the suggestions for a code."""
    answers = suggestions_for(study, code_id, coder)
    ranked = [each for each in answers if not each.drawn]
    return Precision(
        code_id,
        coder,
        _tally(each for each in ranked if each.basis is Basis.CUES),
        _tally(each for each in ranked if each.basis is Basis.LEARNED),
        _tally(each for each in answers if each.drawn),
        sum(each.answer is Answer.POSTPONED for each in answers),
    )


def _tally(answers: Iterable[Suggestion]) -> Tally:
    counted = [
        each.answer is Answer.ACCEPTED
        for each in answers
        if each.answer not in (Answer.OPEN, Answer.POSTPONED)
    ]
    return Tally(sum(counted), len(counted))


def precisions(study: Study) -> list[Precision]:
    """Count the answers by code, in the order of the framework, and coder."""
    given = {(each.code_id, each.coder) for each in study.all(Suggestion) if each.answer is not Answer.OPEN}
    order = {code_id: place for place, code_id in enumerate(c.id for c in study.framework.ordered_codes())}
    return [
        precision_of(study, code_id, coder)
        for code_id, coder in sorted(given, key=lambda one: (order.get(one[0], 1 << 30), one))
    ]
