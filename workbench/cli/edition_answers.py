"""`workbench edition answer`, `map` and `indicator`: what is decided about one indicator of an index."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from workbench.cli import lookup
from workbench.cli.options import Verbs
from workbench.cli.output import say
from workbench.errors import WrongUsage
from workbench.model.coding import Excerpt
from workbench.model.index_edition import AnswerState, Competence, IndexAnswer
from workbench.stages import editions
from workbench.study.study import Study


def declare(verbs: Verbs) -> None:
    """Declare the verbs of `edition` that are about one indicator."""
    verb = verbs.writes("answer", answer)
    _add_indicator(verb)
    verb.add_argument("case", metavar="CASE", help="name or id of the case")
    verb.add_argument("answer", metavar="ANSWER", help="a value among the options, “missing” or “n/a”")
    _add_as_of(verb)
    verb.add_argument("--note", help="what the answer rests on, in words")
    verb.add_argument("--in-force", help="since when what is answered holds")
    verb.add_argument(
        "--excerpt", dest="excerpts", action="append", metavar="ID", help="excerpt that the answer rests on"
    )
    verb = verbs.writes("unanswer", unanswer)
    _add_indicator(verb)
    verb.add_argument("case", metavar="CASE", help="name or id of the case")
    _add_as_of(verb)
    verb = verbs.writes("map", map_codes)
    _add_indicator(verb)
    verb.add_argument("codes", metavar="CODE", nargs="*", help="codes that stand for it, by number or name")
    verb.add_argument("--none", action="store_true", help="say that no code does; needs a --reason")
    verb = verbs.writes("indicator", edit_indicator)
    _add_indicator(verb)
    for name in ("title", "question", "dimension", "weight"):
        verb.add_argument(f"--{name}", help=f"new {name}")
    verb.add_argument(
        "--competence", choices=[each.value for each in Competence if each.value], help="who can decide it"
    )


def add_edition(parser: ArgumentParser) -> None:
    """Take the edition."""
    parser.add_argument("edition", metavar="EDITION", help="name and edition of the index, or its id")


def _add_indicator(parser: ArgumentParser) -> None:
    add_edition(parser)
    parser.add_argument("indicator", metavar="INDICATOR", help="number of the indicator")


def _add_as_of(parser: ArgumentParser) -> None:
    parser.add_argument("--as-of", metavar="DATE", help="date of the answer (default: that of the edition)")


def answer(study: Study, arguments: Namespace) -> int:
    """Answer an indicator for a case, or change the answer with a reason."""
    edition = editions.find_edition(study, arguments.edition)
    indicator = editions.find_indicator(study, edition, arguments.indicator)
    case = lookup.case(study, arguments.case)
    said = {"missing": AnswerState.MISSING, "n/a": AnswerState.NOT_APPLICABLE}.get(
        arguments.answer.casefold(), arguments.answer
    )
    excerpts = arguments.excerpts
    given = editions.answer_indicator(
        study,
        indicator.id,
        case.id,
        said,
        as_of=arguments.as_of,
        note=arguments.note,
        in_force=arguments.in_force,
        excerpt_ids=None
        if excerpts is None
        else [lookup.record(study, Excerpt, each).id for each in excerpts],
        reason=arguments.reason,
    )
    say(f"{indicator.label}, {case.name}: {given.words}.")
    return 0


def unanswer(study: Study, arguments: Namespace) -> int:
    """Take an answer away with a reason."""
    edition = editions.find_edition(study, arguments.edition)
    indicator = editions.find_indicator(study, edition, arguments.indicator)
    case = lookup.case(study, arguments.case)
    as_of = edition.reference_date if arguments.as_of is None else arguments.as_of
    key = IndexAnswer.key(indicator.id, case.id, as_of)
    if study.find(IndexAnswer, key) is None:
        raise WrongUsage(f"{indicator.label} is not answered for {case.name}, {as_of or 'no date'}.")
    editions.take_answer_away(study, key, reason=arguments.reason)
    say(f"{indicator.label} is no longer answered for {case.name}.")
    return 0


def map_codes(study: Study, arguments: Namespace) -> int:
    """Say which codes stand for an indicator, in place of those before; without any the mapping goes."""
    edition = editions.find_edition(study, arguments.edition)
    indicator = editions.find_indicator(study, edition, arguments.indicator)
    codes = [lookup.code(study, wanted) for wanted in arguments.codes]
    editions.map_indicator(
        study, indicator.id, [code.id for code in codes], none=arguments.none, reason=arguments.reason
    )
    stands = ", ".join(study.framework.label(code) for code in codes)
    say(f"{indicator.label}: {stands or ('no code stands for it' if arguments.none else 'not mapped')}.")
    return 0


def edit_indicator(study: Study, arguments: Namespace) -> int:
    """Change title, question, dimension, weight or competence of an indicator, with a reason."""
    edition = editions.find_edition(study, arguments.edition)
    indicator = editions.find_indicator(study, edition, arguments.indicator)
    fields = {name: getattr(arguments, name) for name in ("title", "question", "dimension", "weight")}
    competence = Competence(arguments.competence) if arguments.competence else None
    changed = editions.edit_indicator(
        study, indicator.id, competence=competence, reason=arguments.reason, **fields
    )
    say(f"Changed {changed.label}.")
    return 0
