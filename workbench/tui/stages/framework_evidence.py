"""The passages that the framework screen lists: those under a code, and those that wait for a second look."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, TypeAlias

from workbench.model.case import Case, CaseDocument
from workbench.model.coding import Excerpt
from workbench.model.framework import Code
from workbench.tui.stages.evidence_items import minding
from workbench.tui.widgets.excerpt_list import EvidenceItem
from workbench.tui.wording import several

if TYPE_CHECKING:
    from workbench.stages.reindex import Waiting
    from workbench.study.queries import PlacedExcerpt
    from workbench.study.study import Study
    from workbench.study.translation_queries import Sides

Evidence: TypeAlias = "tuple[list[EvidenceItem], dict[str, Excerpt]]"
"""The items to list, the first of them a title, and their excerpts by id."""


def under_code(study: Study, code: Code) -> Evidence:
    """List every excerpt under a code, case by case."""
    from workbench.study.queries import excerpts_coded

    excerpts = excerpts_coded(study, code_id=code.id)
    title = EvidenceItem("", f"{study.framework.label(code)}: {several(len(excerpts), 'excerpt')}")
    return [title, *_by_case(study, excerpts)], {excerpt.id: excerpt for excerpt in excerpts}


def waiting(study: Study) -> Evidence:
    """List the passages to look at again since the framework changed, under their code and the reason."""
    from workbench.stages.reindex import waiting_codings

    found = waiting_codings(study)
    excerpts = {each.coding.excerpt_id: study.get(Excerpt, each.coding.excerpt_id) for each in found}
    told = f"{several(len(found), 'coding')} to look at again: enter opens the passage"
    return [EvidenceItem("", told), *_by_reason(study, found, excerpts)], excerpts


def _by_reason(study: Study, found: list[Waiting], excerpts: dict[str, Excerpt]) -> Iterator[EvidenceItem]:
    from workbench.study.queries import placed

    ordered = sorted(excerpts.values(), key=lambda each: (each.text_id, each.start, each.end))
    cited = {each.excerpt.id: each for each in placed(study, ordered)}
    at = {excerpt.id: place for place, excerpt in enumerate(ordered)}
    sides = _sides(study)
    groups: dict[tuple[str, str], list[str]] = {}
    for each in found:
        groups.setdefault((each.coding.code_id, each.why), []).append(each.coding.excerpt_id)
    for (code_id, why), ids in groups.items():
        yield EvidenceItem("", f"{study.framework.label(study.framework.codes[code_id])} · {why}")
        for identifier in sorted(ids, key=at.__getitem__):
            yield _item(cited[identifier], sides)


def _by_case(study: Study, excerpts: list[Excerpt]) -> Iterator[EvidenceItem]:
    """List excerpts under the cases of their documents, in study order; one of two cases stands twice."""
    from workbench.study.queries import placed

    held: dict[str, set[str]] = {}
    for link in study.all(CaseDocument):
        held.setdefault(link.case_id, set()).add(link.document_id)
    shown, sides = placed(study, excerpts), _sides(study)
    groups = [(case.name, held.get(case.id, set())) for case in study.all(Case, order="position")]
    homeless = {each.document.id for each in shown} - set().union(*(documents for _, documents in groups))
    for name, documents in [*groups, ("in no case", homeless)]:
        of_case = [each for each in shown if each.document.id in documents]
        if of_case:
            yield EvidenceItem("", f"{name} ({len(of_case)})")
        yield from (_item(each, sides) for each in of_case)


def _sides(study: Study) -> Sides:
    from workbench.study.translation_queries import Sides

    return Sides(study)


def _item(each: PlacedExcerpt, sides: Sides) -> EvidenceItem:
    minded = minding(sides.told(each.text, each.excerpt.passage))
    return EvidenceItem(f"excerpt:{each.excerpt.id}", f"{each.citation}{minded}", each.excerpt.quote)
