"""`workbench suggest`, `suggestion` and `suggestions`: passages offered for a code, and the answers."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Callable

from workbench.cli import lookup
from workbench.cli.options import Verbs, at_least_one, lists, passage
from workbench.cli.output import put, put_rows, say
from workbench.cli.progress import bar
from workbench.cli.session import coder_of_environment
from workbench.language.suggesting import Offer, Progress
from workbench.model.framework import Code
from workbench.model.suggestion import Answer, Suggestion
from workbench.model.text import Passage, Text
from workbench.stages.search_scope import Citations
from workbench.stages.suggesting import LISTED, Question, looked_through, offer_at, offers_for, question
from workbench.stages.suggestion_answers import (
    accept_suggestion,
    postpone_suggestion,
    precision_of,
    precisions,
    reject_suggestion,
)
from workbench.study.study import Study

_UNITS = ("sentence", "paragraph")
_OFFERED = ("rank", "score", "drawn", "basis", "text", "start", "end", "citation", "words", "reasons")
_COUNTED = (
    *("code", "coder", "cues_accepted", "cues_answered", "learned_accepted", "learned_answered"),
    *("drawn_accepted", "drawn_answered", "postponed"),
)
_ANSWERED = (
    *("id", "code", "coder", "answer", "text", "start", "end", "citation", "words", "basis", "rank"),
    *("drawn", "note", "reasons"),
)


def declare_suggest(parser: ArgumentParser) -> None:
    """Declare `suggest`."""
    lists(parser, suggest)
    _add_asked(parser)
    parser.add_argument(
        "--limit", type=at_least_one, default=LISTED, metavar="N", help=f"how many (default {LISTED})"
    )
    _add_coder(parser)


def declare(parser: ArgumentParser) -> None:
    """Declare `suggestion` and its verbs."""
    verbs = Verbs(parser)
    for name, run in (("accept", accept), ("reject", reject), ("later", later)):
        verb = verbs.writes(name, run)
        _add_asked(verb)
        verb.add_argument("text", metavar="TEXT", help="id of the text, as it is listed")
        verb.add_argument("range", type=passage, metavar="START:END", help="the passage, as it is listed")
        if name == "accept":
            verb.add_argument(
                "--bounds", type=passage, metavar="START:END", help="code this passage of the text instead"
            )
            verb.add_argument("--other-code", metavar="CODE", help="code it with another code instead")
            verb.add_argument("--memo", default="", help="a note on the coding")
        else:
            verb.add_argument("--note", default="", help="why, or what is to be thought of")


def declare_list(parser: ArgumentParser) -> None:
    """Declare `suggestions`."""
    lists(parser, show)
    parser.add_argument("--code", metavar="CODE", help="only those for this code")
    parser.add_argument("--each", action="store_true", help="every suggestion with its answer")
    _add_coder(parser)


def _add_asked(parser: ArgumentParser) -> None:
    parser.add_argument("code", metavar="CODE", help="number, name or id of the code")
    parser.add_argument("--unit", choices=_UNITS, default=_UNITS[0], help="what is suggested")
    parser.add_argument("--postponed", action="store_true", help="also what was put off")


def _add_coder(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--coder", metavar="CODER", help="whose work counts; WORKBENCH_CODER, else everybody's"
    )


def suggest(study: Study, arguments: Namespace) -> int:
    """List passages that may belong under a code, with what speaks for and against each; codes nothing."""
    code = lookup.code(study, arguments.code)
    coder = coder_of_environment() if arguments.coder is None else arguments.coder
    asked = _asked(study, arguments, code, coder)
    with bar() as draw:
        offers = offers_for(asked, count=arguments.limit, progress=_drawn(draw))
    citations = Citations(study)
    rows = [
        {
            "rank": offer.rank,
            "score": offer.score,
            "drawn": offer.drawn,
            "basis": offer.basis.value,
            "text": offer.text_id,
            "start": offer.passage.start,
            "end": offer.passage.end,
            "citation": citations.of(text, offer.passage),
            "words": _words(study, text, offer.passage),
            "reasons": [reason.sentence for reason in offer.reasons],
        }
        for offer in offers.offers
        for text in [study.get(Text, offer.text_id)]
    ]
    put_rows(_OFFERED, rows, arguments.format)
    learned = ", ".join(f"{language or 'no language'} {many}" for language, many in offers.examples if many)
    say(f"{offers.open} of {offers.units} units are open. Learned from: {learned or 'nothing yet'}.")
    say(f"Answers so far: {precision_of(study, code.id, coder).sentence}.")
    return 0


def _asked(study: Study, arguments: Namespace, code: Code, coder: str) -> Question:
    return question(study, code.id, coder=coder, unit=arguments.unit, postponed=arguments.postponed)


def _drawn(draw: Callable[[int, int], None]) -> Progress:
    """Draw the progress and go on."""

    def tell(done: int, of: int) -> bool:
        draw(done, of)
        return True

    return tell


def _words(study: Study, text: Text, place: Passage) -> str:
    return study.text_content(text.content_hash)[place.start : place.end]


def _offer(study: Study, arguments: Namespace) -> tuple[Code, Offer]:
    """Find the suggestion that is answered; it must be offered to whoever decides."""
    code, text = lookup.code(study, arguments.code), lookup.text(study, arguments.text)
    with bar() as draw:
        offers = looked_through(_asked(study, arguments, code, study.coder), progress=_drawn(draw))
    return code, offer_at(offers, text.id, arguments.range)


def accept(study: Study, arguments: Namespace) -> int:
    """Code a suggested passage, with other bounds or another code where wanted; prints the coding's id."""
    code, offer = _offer(study, arguments)
    other = lookup.code(study, arguments.other_code) if arguments.other_code else code
    coding = accept_suggestion(
        study,
        code.id,
        offer,
        passage=arguments.bounds,
        other_code=other.id,
        memo=arguments.memo,
        reason=arguments.reason,
    )
    put(coding.id)
    say(f"Coded with {study.framework.label(other)}. {precision_of(study, code.id, study.coder).sentence}.")
    return 0


def reject(study: Study, arguments: Namespace) -> int:
    """Say that a suggested passage does not belong under the code; it is not offered again."""
    code, offer = _offer(study, arguments)
    reject_suggestion(study, code.id, offer, note=arguments.note, reason=arguments.reason)
    say(f"Rejected. {precision_of(study, code.id, study.coder).sentence}.")
    return 0


def later(study: Study, arguments: Namespace) -> int:
    """Put a suggestion off; --postponed offers it again."""
    code, offer = _offer(study, arguments)
    postpone_suggestion(study, code.id, offer, note=arguments.note, reason=arguments.reason)
    say(f"Put off. {precision_of(study, code.id, study.coder).sentence}.")
    return 0


def show(study: Study, arguments: Namespace) -> int:
    """List how often suggestions were right by code and coder, or with --each every answer.

    Right are those that were accepted with their code; with other bounds too.
    """
    code = lookup.code(study, arguments.code) if arguments.code else None
    if arguments.each:
        return _show_each(study, arguments, code)
    rows = [
        {
            "code": study.framework.label(study.framework.codes[each.code_id]),
            "coder": each.coder,
            "cues_accepted": each.by_cues.accepted,
            "cues_answered": each.by_cues.answered,
            "learned_accepted": each.learned.accepted,
            "learned_answered": each.learned.answered,
            "drawn_accepted": each.drawn.accepted,
            "drawn_answered": each.drawn.answered,
            "postponed": each.postponed,
        }
        for each in precisions(study)
        if code is None or each.code_id == code.id
        if not arguments.coder or each.coder == arguments.coder
    ]
    put_rows(_COUNTED, rows, arguments.format)
    return 0


def _show_each(study: Study, arguments: Namespace, code: Code | None) -> int:
    citations = Citations(study)
    rows = [
        {
            "id": each.id,
            "code": study.framework.label(study.framework.codes[each.code_id]),
            "coder": each.coder,
            "answer": each.answer.value,
            "text": text.id,
            "start": each.start,
            "end": each.end,
            "citation": citations.of(text, each.passage),
            "words": _words(study, text, each.passage),
            "basis": each.basis.value,
            "rank": each.rank,
            "drawn": each.drawn,
            "note": each.note,
            "reasons": list(each.reasons),
        }
        for each in study.all(Suggestion, order="at")
        if each.answer is not Answer.OPEN
        if code is None or each.code_id == code.id
        if not arguments.coder or each.coder == arguments.coder
        for text in [study.get(Text, each.text_id)]
    ]
    put_rows(_ANSWERED, rows, arguments.format)
    return 0
