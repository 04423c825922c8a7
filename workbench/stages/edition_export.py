"""Index editions as sheets: codebook and answers in one table, to be filled on and imported again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from workbench.exchange.index_sheet import NO_CODE, list_cell, options_cell, written_sheet
from workbench.matrix.index_columns import Sheet, read_sheet
from workbench.model.case import Case
from workbench.model.index_edition import (
    IndexAnswer,
    IndexEdition,
    Indicator,
    IndicatorMapping,
    PrintedScore,
)
from workbench.study.edition_queries import answer_excerpts_of_edition, mappings_of_edition
from workbench.study.study import Study


def export_sheet(study: Study, edition_id: str, *, to_fill: Sequence[tuple[str, str]] = ()) -> bytes:
    """Write an edition with all its answers as a sheet that can be filled on and imported again.

    `to_fill` names (case id, date) that get a line for every indicator, whether anything is answered or not.
    """
    sheet = read_sheet(study, edition_id)
    return written_sheet(_rows(study, sheet, to_fill))


def _rows(study: Study, sheet: Sheet, to_fill: Sequence[tuple[str, str]]) -> Iterator[dict[str, str]]:
    names = {case.id: case.name for case in study.all(Case, order="position")}
    order = list(names)
    columns = sorted({*sheet.answers, *to_fill}, key=lambda each: (order.index(each[0]), each[1]))
    whole = set(to_fill)
    edition = _edition_row(sheet.edition)
    described = _Described(study, sheet)
    links: dict[str, list[str]] = {}
    for link in answer_excerpts_of_edition(study, sheet.edition.id):
        links.setdefault(link.answer_id, []).append(link.excerpt_id)
    for indicator in sheet.indicators:
        row = edition | described.row(indicator)
        alone = True
        for case_id, as_of in columns:
            answer = sheet.answers.get((case_id, as_of), {}).get(indicator.id)
            if answer is None and (case_id, as_of) not in whole:
                continue
            alone = False
            place = {"case": names[case_id], "as_of": as_of}
            yield row | place | (_answer_row(answer, links.get(answer.id, [])) if answer else {})
        if alone:
            yield row
    for score in study.all(PrintedScore, edition_id=sheet.edition.id):
        yield edition | {
            "area": score.area,
            "case": names[score.case_id],
            "as_of": score.as_of,
            "answer": score.value,
        }


def _edition_row(edition: IndexEdition) -> dict[str, str]:
    return {
        "index": edition.name,
        "edition": edition.edition,
        "reference_date": edition.reference_date,
        "level": edition.level,
        "aggregation": edition.aggregation.value,
        "missing": edition.missing.value,
        "not_applicable": edition.not_applicable.value,
        "scale": edition.scale_words,
        "source": edition.source,
    }


class _Described:
    """The codebook columns of an edition."""

    def __init__(self, study: Study, sheet: Sheet) -> None:
        self._framework = study.framework
        self._edition = sheet.edition
        self._numbers = {indicator.id: indicator.number for indicator in sheet.indicators}
        self._mappings: dict[str, list[IndicatorMapping]] = {}
        for mapping in mappings_of_edition(study, sheet.edition.id):
            self._mappings.setdefault(mapping.indicator_id, []).append(mapping)

    def row(self, indicator: Indicator) -> dict[str, str]:
        mappings = self._mappings.get(indicator.id, [])
        codes = [self._framework.codes[each.code_id] for each in mappings if each.code_id is not None]
        numbers = [self._framework.number(code) for code in codes] or ([NO_CODE] if mappings else [])
        above = self._numbers.get(indicator.part_of or "", "")
        return {
            "area": indicator.area,
            "area_weight": self._edition.area_weights.get(indicator.area, ""),
            "dimension": indicator.dimension,
            "indicator": above or indicator.number,
            "sub_indicator": indicator.number if above else "",
            "title": indicator.title,
            "question": indicator.question,
            "options": options_cell(indicator.choices),
            "weight": indicator.weight,
            "competence": indicator.competence.value,
            "codes": list_cell(sorted(numbers)),
            "mapping_reason": mappings[0].reason if mappings else "",
        }


def _answer_row(answer: IndexAnswer, excerpt_ids: Sequence[str]) -> dict[str, str]:
    return {
        "answer": answer.words,
        "note": answer.note,
        "in_force": answer.in_force,
        "coder": answer.coder,
        "excerpts": list_cell(excerpt_ids),
    }
