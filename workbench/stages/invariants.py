"""Rules over several records that undo and redo could break although each record fits by itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from workbench.errors import Refused
from workbench.model.cell import Cell, Status
from workbench.model.decision import Decision
from workbench.model.framework import Code, CodeState, Theme
from workbench.model.index_edition import (
    AnswerState,
    IndexAnswer,
    IndexEdition,
    Indicator,
    wrong_answer,
)
from workbench.model.records import key_of, split_key
from workbench.model.text import Text
from workbench.stages.needs import unmet_needs
from workbench.study.queries import cells_resting_on
from workbench.study.study import Study
from workbench.study.translation_queries import cells_on_texts


class BrokenRule(Refused):
    """A rule of the method that a change would leave broken."""

    def __init__(self, what: str, holders: Sequence[str]) -> None:
        self.holders = list(holders)
        """Keys of the records that stand against the change."""
        super().__init__(what)


def broken_rules(study: Study, decision: Decision) -> Iterator[BrokenRule]:
    """Find the rules that a decision just made leaves broken, around the records it touched."""
    kinds = {split_key(key)[0] for key in decision.keys}
    if kinds & {"theme", "code"}:
        yield from _broken_tree(study)
    if kinds & {"search", "cell-excerpt", "cell", "status", "excerpt", "text"}:
        yield from _unmet_statuses(study, decision)
    if "text" in kinds:
        yield from _translations_of_themselves(study, decision)
    if kinds & {"index-edition", "indicator", "index-answer"}:
        yield from _answers_outside(study, decision)


def _broken_tree(study: Study) -> Iterator[BrokenRule]:
    themes = {theme.id: theme for theme in study.all(Theme)}
    for theme in themes.values():
        above = _above(themes, theme)
        if theme.id in above:
            yield BrokenRule(f"{theme.name} would stand below itself.", [f"theme:{i}" for i in above])
            return
    places: dict[tuple[str | None, str, int], str] = {}
    records: list[Theme | Code] = [*themes.values(), *study.all(Code)]
    for record in records:
        if isinstance(record, Theme):
            place = (record.parent_id, record.framework, record.number)
        else:
            place = (record.theme_id, "", record.number)
        if place in places:
            yield BrokenRule(f"{record.name} would have a number twice.", [key_of(record), places[place]])
        places[place] = key_of(record)
        if isinstance(record, Code) and record.state is not CodeState.RETIRED:
            theme = themes[record.theme_id]
            if theme.retired:
                yield BrokenRule(f"{record.name} would be in use in a retired theme.", [key_of(theme)])


def _above(themes: dict[str, Theme], theme: Theme) -> list[str]:
    """List the ids above a theme; where they run in a circle, the theme itself is among them."""
    above: list[str] = []
    parent = theme.parent_id
    while parent is not None and parent not in above:
        above.append(parent)
        parent = themes[parent].parent_id
    return above


def _unmet_statuses(study: Study, decision: Decision) -> Iterator[BrokenRule]:
    for cell_id in sorted(_cells_touched(study, decision)):
        cell = study.find(Cell, cell_id)
        if cell is None or cell.status_id is None:
            continue
        status = study.get(Status, cell.status_id)
        unmet = unmet_needs(study, cell, status)
        if unmet:
            yield BrokenRule(
                f"“{status.label}” of cell {cell.id} would lack {' and '.join(unmet)}.", [key_of(cell)]
            )


def _cells_touched(study: Study, decision: Decision) -> set[str]:
    touched = set(cells_on_texts(study, _ids_of("text", decision)))
    excerpts = _ids_of("excerpt", decision)
    touched |= {cell.id for cell in cells_resting_on(study, excerpts=excerpts)} if excerpts else set()
    for records in (decision.before, decision.after):
        for key, data in records.items():
            kind, identifier = split_key(key)
            if kind == "cell":
                touched.add(identifier)
            elif kind == "cell-excerpt":
                touched.add(data["cell_id"])
            elif kind == "search":
                touched.add(Cell.key(data["case_id"], data["code_id"]))
    return touched


def _ids_of(wanted: str, decision: Decision) -> list[str]:
    """List the ids of the records of a kind that were there before and after a decision."""
    split = map(split_key, decision.before.keys() & decision.after.keys())
    return sorted(identifier for kind, identifier in split if kind == wanted)


def _translations_of_themselves(study: Study, decision: Decision) -> Iterator[BrokenRule]:
    for identifier in _ids_of("text", decision):
        text = study.find(Text, identifier)
        above = sources_of(study, text) if text is not None else []
        if text is not None and text.id in above:
            yield BrokenRule(
                f"{text.file_name} would be a translation of itself.", [f"text:{each}" for each in above]
            )


def sources_of(study: Study, text: Text) -> list[str]:
    """List the ids of the texts that a text renders, the nearest first; each once, even in a circle."""
    above: list[str] = []
    while text.translates is not None and text.translates not in above:
        above.append(text.translates)
        text = study.get(Text, text.translates)
    return above


def _answers_outside(study: Study, decision: Decision) -> Iterator[BrokenRule]:
    """Find answers that their options do not offer, in the editions and indicators that were touched."""
    indicators = {each.id: each for each in _indicators_touched(study, decision)}
    editions = {edition.id: edition for edition in study.all(IndexEdition)}
    for indicator in indicators.values():
        for answer in study.all(IndexAnswer, indicator_id=indicator.id, state=AnswerState.ANSWERED.value):
            why = wrong_answer(editions[indicator.edition_id], indicator, answer.value)
            if why:
                yield BrokenRule(f"{why}, and it would be.", [key_of(answer)])


def _indicators_touched(study: Study, decision: Decision) -> Iterator[Indicator]:
    for key in decision.keys:
        kind, identifier = split_key(key)
        if kind == "index-edition":
            yield from study.all(Indicator, edition_id=identifier)
        elif kind == "indicator":
            yield from study.all(Indicator, id=identifier)
        elif kind == "index-answer":
            yield from study.all(Indicator, id=identifier.partition(".")[0])
