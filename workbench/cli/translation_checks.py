"""`workbench translation-checks` and `workbench translation-check`: questions about translations."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from workbench.cli import lookup
from workbench.cli.options import FORMATS, Verbs, add_format, reads
from workbench.cli.output import Row, put, put_rows, say
from workbench.cli.progress import bar
from workbench.errors import WrongUsage
from workbench.model.text import Passage, Text
from workbench.model.translation_check import CheckAnswer, CheckKind, Reply
from workbench.study.study import Study

if TYPE_CHECKING:
    from workbench.stages.translation_checks import Question

_COLUMNS = (
    "id",
    "document",
    "kind",
    "priority",
    "state",
    "question",
    "source",
    "source_range",
    "source_seen",
    "source_words",
    "target",
    "target_range",
    "target_seen",
    "target_words",
    "note",
)
_REPLIES = {"accept": Reply.ACCEPTED, "note": Reply.NOTED, "dismiss": Reply.DISMISSED}


def declare_list(parser: ArgumentParser) -> None:
    """Declare `translation-checks`."""
    add_format(reads(parser, show), (*FORMATS, "markdown"))
    parser.add_argument(
        "--document", action="append", default=[], metavar="KEY", help="only of this document"
    )
    parser.add_argument(
        "--kind", action="append", default=[], choices=[*map(str, CheckKind)], help="only of this kind"
    )
    parser.add_argument("--all", action="store_true", help="those that are answered too")
    parser.add_argument("--negation", action="store_true", help="also hints on negation, most of them idle")


def declare(parser: ArgumentParser) -> None:
    """Declare `translation-check` and its verbs."""
    verbs = Verbs(parser)
    verb = verbs.writes("answer", answer)
    verb.add_argument("question", metavar="QUESTION", help="id of the question, or its beginning")
    verb.add_argument(
        "reply",
        choices=[*_REPLIES],
        help="accept: the translation is at fault; note: readers are to know; dismiss: there is nothing",
    )
    verb.add_argument(
        "--alike", action="store_true", help="and with it all open questions in which the same is seen"
    )
    verb = verbs.writes("withdraw", withdraw)
    verb.add_argument("question", metavar="QUESTION", help="id of the question, or its beginning")


def show(study: Study, arguments: Namespace) -> int:
    """List questions about translations with both sides; leaves with 1 where any is open.

    Numbers, dates, amounts, references, names, modality and what is missing or added are asked about, of
    every pair of texts that is linked. A question is no error: the translator may have meant what is seen.
    """
    kinds = [CheckKind(kind) for kind in arguments.kind]
    found = _asked(study, arguments.document, kinds, negation=arguments.negation)
    shown = [each for each in found if arguments.all or each.answer is None]
    if arguments.format == "markdown":
        _put_markdown(study, shown)
    else:
        put_rows(_COLUMNS, [_row(study, each) for each in shown], arguments.format)
    waiting = [each for each in found if each.answer is None]
    counts = Counter(each.kind.value for each in waiting)
    of = ", ".join(f"{count} {kind}" for kind, count in counts.items())
    say(f"{len(waiting)} questions are open{f' ({of})' if of else ''}, {len(found) - len(waiting)} answered.")
    return 1 if waiting else 0


def _asked(
    study: Study, documents: Sequence[str] = (), kinds: Sequence[CheckKind] = (), *, negation: bool = False
) -> list[Question]:
    from workbench.stages.translation_checks import questions

    ids = [lookup.document(study, key).id for key in documents]
    with bar() as draw:

        def tell(done: int, of: int) -> bool:
            draw(done, of)
            return True

        return questions(study, kinds=kinds, document_ids=ids, negation=negation, progress=tell)


def _row(study: Study, each: Question) -> Row:
    return {
        "id": each.id,
        "document": each.document.key,
        "kind": each.kind.value,
        "priority": each.priority,
        "state": each.state,
        "question": each.question,
        "source": each.source.id,
        "source_range": _range(each.source_passage),
        "source_seen": [_range(place) for place in each.source_seen],
        "source_words": _words(study, each.source, each.source_passage),
        "target": each.target.id,
        "target_range": _range(each.target_passage),
        "target_seen": [_range(place) for place in each.target_seen],
        "target_words": _words(study, each.target, each.target_passage),
        "note": each.answer.note if each.answer is not None else "",
    }


def _range(place: Passage) -> str:
    return f"{place.start}:{place.end}" if len(place) else ""


def _words(study: Study, text: Text, place: Passage) -> str:
    return study.text_content(text.content_hash)[place.start : place.end]


def _put_markdown(study: Study, shown: Sequence[Question]) -> None:
    """Print the questions document by document, as a list to hand to a translator."""
    document = ""
    for each in shown:
        if each.document.key != document:
            document = each.document.key
            put(f"# {_plain(document)}\n")
        put(f"## {each.kind.value}: {_plain(each.question)}\n")
        for text, place in ((each.source, each.source_passage), (each.target, each.target_passage)):
            words = _plain(_words(study, text, place)) or "(nothing)"
            put(f"- {text.language or text.kind.value} {_range(place)}: {words}")
        note = f" {_plain(each.answer.note)}" if each.answer is not None else ""
        put(f"- {each.state}{note} (`{each.id}`)\n")


def _plain(words: str) -> str:
    from workbench.exchange.markdown import escaped

    return escaped(" ".join(words.split()))


def _question(asked: Sequence[Question], wanted: str) -> Question:
    """Find a question by its id or a beginning that no other has."""
    found = [each for each in asked if each.id.startswith(wanted)] if wanted else []
    if len(found) > 1:
        shown = ", ".join(each.id for each in found[:5])
        raise WrongUsage(f"Several questions begin with {wanted}: {shown}.", do="Type one more character.")
    if not found:
        raise WrongUsage(
            f"There is no question {wanted or '“”'}.", do="See `translation-checks STUDY --all`."
        )
    return found[0]


def answer(study: Study, arguments: Namespace) -> int:
    """Answer a question; an answer given before gives way.

    What is accepted is a fault of the translation: evidence in that passage of it is marked, and the
    translation statement lists it.
    """
    from workbench.stages.translation_checks import answer_questions

    asked = _asked(study, negation=True)
    question = _question(asked, arguments.question)
    alike = [
        each for each in asked if each.seen == question.seen and each.answer is None and each != question
    ]
    given = answer_questions(
        study,
        [question, *(alike if arguments.alike else ())],
        _REPLIES[arguments.reply],
        reason=arguments.reason,
    )
    more = f" (and {len(given) - 1} like it)" if len(given) > 1 else ""
    say(f"{given[0].reply.value.capitalize()}{more}: {question.question}")
    return 0


def withdraw(study: Study, arguments: Namespace) -> int:
    """Take an answer back, so that the question is open again."""
    from workbench.stages.translation_checks import withdraw_answer

    held = lookup.record(study, CheckAnswer, arguments.question)
    withdraw_answer(study, held.id, reason=arguments.reason)
    say(f"Open again: {held.question}")
    return 0
