"""What the screen of index scores asks before it decides."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from workbench.errors import WrongUsage
from workbench.model.cell import Cell, CellExcerpt, CountingRule
from workbench.model.coding import Excerpt
from workbench.model.index_edition import (
    Aggregation,
    AnswerExcerpt,
    AnswerState,
    Competence,
    IndexEdition,
    Indicator,
    MissingRule,
    NotApplicableRule,
    wrong_answer,
)
from workbench.tui.dialogs import AskText, Choice, ChooseFrom, Field, Form

if TYPE_CHECKING:
    from collections.abc import Callable
    from enum import StrEnum

    from workbench.tui.app import Workbench
    from workbench.tui.stages.edition_lines import EditionView

    E = TypeVar("E", bound=StrEnum)

_AWAY = "\taway"
"""Stands for taking an answer away among answers; no value holds a tab."""
_NONE = "\tnone"
"""Stands for no code among the ids of codes."""


async def choose_edition(app: Workbench) -> str | None:
    """Ask for an edition; answers with its id."""
    editions = app.study.all(IndexEdition, order="name")
    if not editions:
        app.say("There is no index edition yet: i imports one.")
        return None
    rows = [Choice(each.id, each.label, each.aggregation.words) for each in editions]
    chosen = await app.ask(ChooseFrom("The scores of which edition?", rows))
    return chosen[0] if chosen else None


async def choose_rule(app: Workbench, view: EditionView) -> Aggregation | None:
    """Ask for the rule that scores are made by; nothing is decided by it."""
    own = view.edition.aggregation
    rows = [Choice(each.value, each.words, "the edition's" if each is own else "") for each in Aggregation]
    chosen = await app.ask(ChooseFrom("Show the scores by which rule?", rows))
    return Aggregation(chosen[0]) if chosen else None


async def choose_counting(app: Workbench) -> CountingRule | None:
    """Ask for the rule that cells are counted by."""
    rules = app.study.all(CountingRule, order="position")
    rows = [Choice(rule.id, rule.label) for rule in rules]
    if not rows:
        app.say("The study has no counting rule: apply a codebook that names some.")
        return None
    chosen = await app.ask(ChooseFrom("Score the cells of mapped codes by which rule?", rows))
    return app.study.get(CountingRule, chosen[0]) if chosen else None


async def open_cell_behind(app: Workbench, view: EditionView, indicator: Indicator, place: int) -> None:
    """Go to the cell of a code that stands for an indicator."""
    codes = view.codes(indicator)
    if not codes:
        app.say("No code stands for this indicator: m maps it.")
        return
    framework = app.study.framework
    rows = [Choice(code_id, framework.label(framework.codes[code_id])) for code_id in codes]
    chosen = codes[:1] if len(codes) == 1 else await app.ask(ChooseFrom("Which cell?", rows))
    if chosen:
        app.open_cell(view.places[place][0].id, chosen[0])


async def answer(app: Workbench, view: EditionView, indicator: Indicator, place: int) -> None:
    """Ask for an answer, what it rests on, and decide it."""
    from workbench.stages import editions

    case, as_of = view.places[place]
    before = view.answer(indicator, place)
    title = f"{indicator.label}: {view.head(place)}" + (
        f"\n{indicator.question}" if indicator.question else ""
    )
    chosen = await app.ask(
        ChooseFrom(title, _answers(view, indicator, known=before is not None), free=_allowed(view, indicator))
    )
    if not chosen:
        return
    if chosen[0] == _AWAY and before is not None:
        away = before.id
        await app.attempt_with_reason(
            lambda reason: editions.take_answer_away(app.study, away, reason=reason),
            done="The answer is taken away. u brings it back.",
        )
        return
    states = {state.value: state for state in AnswerState}
    said = states.get(chosen[0], chosen[0])
    fields = (
        Field("note", "What it rests on, in words", before.note if before else ""),
        Field("in_force", "Since when it holds", before.in_force if before else ""),
    )
    given = await app.ask(Form(f"{indicator.label}: {chosen[0]}", fields))
    if given is None:
        return
    excerpts = await _excerpts(app, view, indicator, place)
    if excerpts is None:
        return
    await app.attempt_with_reason(
        lambda reason: editions.answer_indicator(
            app.study,
            indicator.id,
            case.id,
            said,
            as_of=as_of,
            note=given["note"],
            in_force=given["in_force"],
            excerpt_ids=excerpts,
            reason=reason,
        ),
        done=f"{indicator.label}, {case.name}: {chosen[0]}.",
    )


def _answers(view: EditionView, indicator: Indicator, *, known: bool) -> list[Choice]:
    own = indicator.choices or ([] if view.edition.stepless else [(each, "") for each in view.edition.scale])
    rows = [Choice(value, value, words) for value, words in own]
    if not own:
        rows += [Choice(each, each, "or type a value between") for each in view.edition.scale]
    rows += [Choice(each.value, each.value) for each in (AnswerState.MISSING, AnswerState.NOT_APPLICABLE)]
    return rows + ([Choice(_AWAY, "take the answer away")] if known else [])


def _allowed(view: EditionView, indicator: Indicator) -> Callable[[str], None]:
    def check(typed: str) -> None:
        if why := wrong_answer(view.edition, indicator, typed):
            raise WrongUsage(f"{why}.", safe="")

    return check


async def _excerpts(app: Workbench, view: EditionView, indicator: Indicator, place: int) -> list[str] | None:
    """Offer the excerpts of the cells behind the indicator, and those that the answer rests on already."""
    study, case = app.study, view.places[place][0]
    before = view.answer(indicator, place)
    linked = study.all(AnswerExcerpt, answer_id=before.id) if before else []
    resting = [link.excerpt_id for link in linked]
    keys = [Cell.key(case.id, code_id) for code_id in view.codes(indicator)]
    offered = [link.excerpt_id for key in keys for link in study.all(CellExcerpt, cell_id=key)]
    found = [study.get(Excerpt, each) for each in dict.fromkeys([*resting, *offered])]
    if not found:
        return []
    rows = [Choice(each.id, each.quote, chosen=each.id in resting) for each in found]
    return await app.ask(ChooseFrom("Which excerpts does it rest on?", rows, multiple=True))


async def map_codes(app: Workbench, view: EditionView, indicator: Indicator) -> None:
    """Ask which codes stand for an indicator, and why."""
    from workbench.stages import editions

    framework, mapped = app.study.framework, view.codes(indicator)
    none = indicator.id in view.sheet.mapped and not mapped
    rows = [Choice(_NONE, "no code stands for it", chosen=none)]
    rows += [
        Choice(code.id, framework.label(code), code.definition, chosen=code.id in mapped)
        for code in framework.ordered_codes()
        if not code.successors
    ]
    title = f"Which codes stand for {indicator.label}?"
    chosen = await app.ask(ChooseFrom(title, rows, multiple=True))
    if chosen is None:
        return
    why = await app.ask(AskText("Why do they stand for it?", required=_NONE in chosen))
    if why is not None:
        codes = [code_id for code_id in chosen if code_id != _NONE]
        app.attempt(
            lambda: editions.map_indicator(app.study, indicator.id, codes, none=_NONE in chosen, reason=why),
            done=f"{indicator.label} is mapped.",
        )


async def edit_rules(app: Workbench, edition: IndexEdition) -> None:
    """Ask for date, level and rules of an edition, and why they change."""
    from workbench.stages import editions

    fields = (
        Field("date", "Date it is as of", edition.reference_date),
        Field("level", "Level of government it asks about", edition.level),
        Field("source", "Where it is published", edition.source),
        Field(
            "weights", "Weights of areas other than 1: AREA=WEIGHT, apart by semicolons", _weights(edition)
        ),
        Field("aggregation", f"Aggregation: {_names(Aggregation)}", edition.aggregation.value),
        Field("missing", f"Missing answers: {_names(MissingRule)}", edition.missing.value),
        Field(
            "outside", f"What is not applicable: {_names(NotApplicableRule)}", edition.not_applicable.value
        ),
    )
    given = await app.ask(Form(f"Rules of {edition.label}", fields))
    if given is not None:
        await app.attempt_with_reason(
            lambda reason: editions.edit_edition(
                app.study,
                edition.id,
                reference_date=given["date"],
                level=given["level"],
                source=given["source"],
                area_weights=_weighed(edition, given["weights"]),
                aggregation=_meant(Aggregation, given["aggregation"]),
                missing=_meant(MissingRule, given["missing"]),
                not_applicable=_meant(NotApplicableRule, given["outside"]),
                reason=reason,
            ),
            done=f"{edition.label} is changed.",
        )


def _weights(edition: IndexEdition) -> str:
    return "; ".join(f"{area}={weight}" for area, weight in edition.area_weights.items())


def _weighed(edition: IndexEdition, typed: str) -> dict[str, str]:
    """Read weights of areas; one that is no longer named weighs 1 again."""
    pairs = [each.rpartition("=") for each in typed.split(";") if each.strip()]
    return dict.fromkeys(edition.area_weights, "1") | {a.strip(): weight.strip() for a, _, weight in pairs}


async def ask_for_date(app: Workbench, view: EditionView, place: int) -> tuple[str, str] | None:
    """Ask as of which date a case is to be answered; answers with the id of the case and the date."""
    case, as_of = view.places[place]
    typed = await app.ask(AskText(f"Answer {case.name} as of which date?", value=as_of))
    return None if typed is None else (case.id, typed.strip())


async def edit_indicator(app: Workbench, indicator: Indicator) -> None:
    """Ask for what describes an indicator, and why it changes."""
    from workbench.stages import editions

    fields = (
        Field("title", "Title", indicator.title),
        Field("question", "Question", indicator.question, True),
        Field("dimension", "Dimension", indicator.dimension),
        Field("weight", "Weight, such as 2 or 1/3", indicator.weight),
        Field("competence", f"Who can decide it: {_names(Competence)}", indicator.competence.value),
    )
    given = await app.ask(Form(f"Indicator {indicator.label}", fields))
    if given is not None:
        await app.attempt_with_reason(
            lambda reason: editions.edit_indicator(
                app.study,
                indicator.id,
                title=given["title"],
                question=given["question"],
                dimension=given["dimension"],
                weight=given["weight"],
                competence=_meant(Competence, given["competence"]),
                reason=reason,
            ),
            done=f"{indicator.label} is changed.",
        )


def _names(kind: type[E]) -> str:
    return ", ".join(each.value for each in kind if each.value)


def _meant(kind: type[E], typed: str) -> E:
    try:
        return kind(typed.strip().casefold())
    except ValueError as error:
        raise WrongUsage(f"“{typed}” is none of: {_names(kind)}.") from error


async def remove(app: Workbench, edition: IndexEdition) -> None:
    """Take an edition away with a reason."""
    from workbench.stages import editions

    await app.attempt_with_reason(
        lambda reason: editions.remove_edition(app.study, edition.id, reason=reason),
        what=f"{edition.label} goes with all its indicators and answers.",
        done=f"{edition.label} is removed. u brings it back.",
    )
