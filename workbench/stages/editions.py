"""Index editions: their rules, the mapping of their indicators to codes, and the answers for cases."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from workbench.errors import NothingChanged, Refused, WrongUsage
from workbench.model.case import Case
from workbench.model.coding import Excerpt
from workbench.model.decision import Verb
from workbench.model.framework import Code
from workbench.model.identity import record_id
from workbench.model.index_edition import (
    Aggregation,
    AnswerExcerpt,
    AnswerState,
    Competence,
    IndexAnswer,
    IndexEdition,
    Indicator,
    IndicatorMapping,
    MissingRule,
    NotApplicableRule,
    PrintedScore,
    as_written,
    exact_number,
    wrong_answer,
)
from workbench.model.records import Record, key_of
from workbench.study.study import Study


def find_edition(study: Study, wanted: str) -> IndexEdition:
    """Find an edition by id, by name and edition, or by a name that only one has."""
    editions = study.all(IndexEdition, order="name")
    for edition in editions:
        if wanted == edition.id or wanted.casefold() == edition.label.casefold():
            return edition
    named = [edition for edition in editions if edition.name.casefold() == wanted.casefold()]
    if len(named) == 1:
        return named[0]
    known = ", ".join(edition.label for edition in editions) or "none yet"
    said = "There are several editions of" if named else "There is no index edition"
    raise WrongUsage(f"{said} {wanted}. Editions: {known}.")


def find_indicator(study: Study, edition: IndexEdition, wanted: str) -> Indicator:
    """Find an indicator of an edition by number or id; raises WrongUsage where there is none."""
    found = study.all(Indicator, edition_id=edition.id, number=wanted)
    found += [each for each in [study.find(Indicator, wanted)] if each and each.edition_id == edition.id]
    if not found:
        raise WrongUsage(f"{edition.label} has no indicator {wanted}.")
    return found[0]


def scale_of(written: str) -> tuple[tuple[str, ...], bool]:
    """Read a scale: `0; 50; 100` for these values, `0 to 100` for any between; raises WrongUsage."""
    first, to, last = written.partition(" to ")
    stepless = bool(to)
    parts = [first, last] if stepless else [part for part in written.split(";") if part.strip()]
    numbers = [exact_number(part) for part in parts]
    known = [number for number in numbers if number is not None]
    if len(known) < len(numbers) or len(known) < 2 or sorted(set(known)) != known:
        raise WrongUsage(
            f"“{written}” is no scale.", do="Write ascending values: 0; 50; 100, or 0 to 100 for any between."
        )
    return tuple(as_written(part) for part in parts), stepless


def edit_edition(
    study: Study,
    edition_id: str,
    *,
    reference_date: str | None = None,
    level: str | None = None,
    source: str | None = None,
    aggregation: Aggregation | None = None,
    missing: MissingRule | None = None,
    not_applicable: NotApplicableRule | None = None,
    area_weights: Mapping[str, str] | None = None,
    reason: str = "",
) -> IndexEdition:
    """Change the rules or the description of an edition; what is None stays.

    Raises WrongUsage for a weight that is no number of 0 or more, or of an area that it does not have.
    """
    edition = study.get(IndexEdition, edition_id)
    weights = {**edition.area_weights, **(area_weights or {})}
    areas = {indicator.area for indicator in study.all(Indicator, edition_id=edition_id)}
    for area, weight in (area_weights or {}).items():
        if area not in areas:
            raise WrongUsage(f"{edition.label} has no area {area}.")
        weights[area] = _weight(weight)
    changed = replace(
        edition,
        reference_date=edition.reference_date if reference_date is None else reference_date.strip(),
        level=edition.level if level is None else level.strip(),
        source=edition.source if source is None else source.strip(),
        aggregation=aggregation or edition.aggregation,
        missing=missing or edition.missing,
        not_applicable=not_applicable or edition.not_applicable,
        area_weights={area: weight for area, weight in weights.items() if weight != "1"},
    )
    study.decide(Verb.EDIT_EDITION, key_of(edition), put=[changed], reason=reason)
    return changed


def _weight(said: str) -> str:
    number = exact_number(said)
    if number is None or number < 0:
        raise WrongUsage(f"“{said}” is no weight.", do="Give a number of 0 or more, such as 2 or 1/3.")
    return as_written(said)


def remove_edition(study: Study, edition_id: str, *, reason: str) -> None:
    """Take an edition away with its indicators, mappings, answers and printed scores, as one decision."""
    edition = study.get(IndexEdition, edition_id)
    gone: list[Record] = [edition, *study.all(PrintedScore, edition_id=edition_id)]
    for indicator in study.all(Indicator, edition_id=edition_id):
        gone += [indicator, *study.all(IndicatorMapping, indicator_id=indicator.id)]
        for answer in study.all(IndexAnswer, indicator_id=indicator.id):
            gone += [answer, *study.all(AnswerExcerpt, answer_id=answer.id)]
    study.decide(Verb.REMOVE_EDITION, key_of(edition), remove=[key_of(each) for each in gone], reason=reason)


def edit_indicator(
    study: Study,
    indicator_id: str,
    *,
    title: str | None = None,
    question: str | None = None,
    dimension: str | None = None,
    weight: str | None = None,
    competence: Competence | None = None,
    reason: str = "",
) -> Indicator:
    """Change an indicator; what is None stays. Raises WrongUsage for a bad weight."""
    indicator = study.get(Indicator, indicator_id)
    changed = replace(
        indicator,
        title=indicator.title if title is None else title.strip(),
        question=indicator.question if question is None else question.strip(),
        dimension=indicator.dimension if dimension is None else dimension.strip(),
        weight=indicator.weight if weight is None else _weight(weight),
        competence=indicator.competence if competence is None else competence,
    )
    study.decide(Verb.EDIT_INDICATOR, key_of(indicator), put=[changed], reason=reason)
    return changed


def map_indicator(
    study: Study, indicator_id: str, code_ids: Sequence[str], *, none: bool = False, reason: str = ""
) -> None:
    """Say which codes stand for an indicator, in place of those before; with `none`, that no code does.

    Without codes and without `none` the mapping is taken away. That no code stands for it needs a reason.
    """
    indicator = study.get(Indicator, indicator_id)
    reason = reason.strip() or study.standing_reason.strip()
    if none and code_ids:
        raise WrongUsage("An indicator is mapped to codes or to none.")
    if none and not reason:
        raise Refused("That no code stands for an indicator needs a reason.", do="Give it with --reason.")
    for code_id in code_ids:
        study.get(Code, code_id)
    targets: list[str | None] = [None] if none else list(dict.fromkeys(code_ids))
    put = [IndicatorMapping.of(indicator.id, target, reason) for target in targets]
    kept = {mapping.id for mapping in put}
    before = study.all(IndicatorMapping, indicator_id=indicator.id)
    gone = [key_of(mapping) for mapping in before if mapping.id not in kept]
    study.decide(Verb.MAP_INDICATOR, key_of(indicator), put=put, remove=gone, reason=reason)


def answer_indicator(
    study: Study,
    indicator_id: str,
    case_id: str,
    said: str | AnswerState,
    *,
    as_of: str | None = None,
    note: str | None = None,
    in_force: str | None = None,
    excerpt_ids: Collection[str] | None = None,
    reason: str = "",
) -> IndexAnswer:
    """Answer an indicator for a case: a value among its options, or that it is missing or not applicable.

    What is None stays as it is; a date left out is that of the edition. Raises ReasonMissing where an answer
    is changed without a reason, and Refused for a value outside the options.
    """
    indicator = study.get(Indicator, indicator_id)
    edition = study.get(IndexEdition, indicator.edition_id)
    case = study.get(Case, case_id)
    dated = edition.reference_date if as_of is None else as_of.strip()
    state, value = (said, "") if isinstance(said, AnswerState) else (AnswerState.ANSWERED, as_written(said))
    if state is AnswerState.ANSWERED and (why := wrong_answer(edition, indicator, value)):
        raise Refused(f"{why}.", do="Choose one of these.")
    key = IndexAnswer.key(indicator.id, case.id, dated)
    before = study.find(IndexAnswer, key)
    old = before or IndexAnswer(key, indicator.id, case.id, dated, state)
    wanted = replace(
        old,
        state=state,
        value=value,
        note=old.note if note is None else note.strip(),
        in_force=old.in_force if in_force is None else in_force.strip(),
    )
    put, gone = _links(study, key, excerpt_ids)
    if wanted == before and not put and not gone:
        raise NothingChanged
    changed = replace(wanted, coder=study.coder)
    verb = Verb.ANSWER_INDICATOR if before is None else Verb.CHANGE_ANSWER
    study.decide(verb, f"index-answer:{key}", put=[changed, *put], remove=gone, reason=reason)
    return changed


def _links(
    study: Study, answer_id: str, excerpt_ids: Collection[str] | None
) -> tuple[list[AnswerExcerpt], list[str]]:
    """Give the links to make and the keys of those to take away."""
    if excerpt_ids is None:
        return [], []
    for excerpt_id in excerpt_ids:
        study.get(Excerpt, excerpt_id)
    before = {link.excerpt_id: link for link in study.all(AnswerExcerpt, answer_id=answer_id)}
    put = [AnswerExcerpt.of(answer_id, each) for each in dict.fromkeys(excerpt_ids) if each not in before]
    return put, [key_of(link) for each, link in before.items() if each not in excerpt_ids]


def take_answer_away(study: Study, answer_id: str, *, reason: str = "") -> None:
    """Take an answer away with its links, so that the indicator is unanswered for the case."""
    answer = study.get(IndexAnswer, answer_id)
    links = [key_of(link) for link in study.all(AnswerExcerpt, answer_id=answer_id)]
    study.decide(Verb.CHANGE_ANSWER, key_of(answer), remove=[*links, key_of(answer)], reason=reason)


def edition_from_framework(
    study: Study,
    name: str,
    *,
    edition: str = "",
    reference_date: str = "",
    theme_id: str | None = None,
    prefix: str = "",
) -> IndexEdition:
    """Make an edition whose areas are themes and whose indicators are their codes, each mapped to its own.

    Its scale is 0 to 100. Without a theme all top themes of a framework are taken, the first unless letters
    name another; with one, those directly below it, and its own codes under its own name. Codes that are not
    active, places for the rest and codes that are described and not answered are left out.
    """
    if not name.strip():
        raise Refused("An index edition needs a name.")
    framework = study.framework
    codes = framework.ordered_codes(prefix) if theme_id is None else framework.codes_under(theme_id)
    made = IndexEdition(
        record_id("i"),
        name.strip(),
        edition.strip(),
        reference_date.strip(),
        scale=("0", "100"),
        stepless=True,
        source="the framework of the study",
    )
    put: list[Record] = [made]
    for code in codes:
        if not code.is_measure:
            continue
        path = [framework.themes[code.theme_id]]
        while path[0].parent_id is not None and path[0].id != theme_id:
            path.insert(0, framework.themes[path[0].parent_id])
        within = path if theme_id is None or len(path) == 1 else path[1:]
        number = framework.number(code)
        dimension = within[1].name if len(within) > 1 else ""
        indicator = Indicator(
            record_id("i"), made.id, number, within[0].name, code.name, len(put), dimension=dimension
        )
        put += [indicator, IndicatorMapping.of(indicator.id, code.id, "made from the framework")]
    if len(put) == 1:
        raise Refused("There is no active code to make indicators of.", do="Add codes first.")
    study.decide(Verb.IMPORT_EDITION, key_of(made), put=put)
    return made
