"""Everything that belongs to one cell, read from the study at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from workbench.model.case import Case, Document
from workbench.model.cell import Cell, CellQuote, CellState, Footnote, SearchRecord, Status
from workbench.model.citations import numbered, with_marks
from workbench.model.framework import Code, title_setting
from workbench.model.text import Text

if TYPE_CHECKING:
    from workbench.language.summaries import SummaryMeasures
    from workbench.model.coding import Excerpt
    from workbench.model.decision import Decision
    from workbench.study.queries import PlacedExcerpt
    from workbench.study.study import Study


@dataclass(frozen=True, slots=True)
class CellParts:
    """A cell with what it rests on and what stands on it."""

    case: Case
    code: Code
    label: str
    """Number and name of the code."""
    cell: Cell | None
    status: Status | None
    quotes: tuple[CellQuote, ...]
    searches: tuple[SearchRecord, ...]
    searched: tuple[str, ...]
    """Keys of the documents of each search, joined."""
    footnotes: tuple[tuple[str, Footnote], ...]
    """Footnotes with what they stand on: `cell`, `code`, `case` or `theme`."""
    evidence: tuple[PlacedExcerpt, ...]
    """Excerpts linked to the cell or coded with its code in its case, by place."""
    refs: Mapping[str, str]
    """Ids of the excerpts it rests on, with the refs by which its summary cites them."""
    minded: Mapping[str, tuple[str, ...]]
    """Ids of excerpts of the evidence, with their side and what else is to be minded."""
    caveats: tuple[str, ...]
    """What is to be minded about all that it rests on."""
    measures: SummaryMeasures | None
    """Length, citations and copying of its summary; None while there is none."""
    last: Decision | None
    """The latest decision that touched it."""

    @property
    def state(self) -> CellState:
        """Give the state of the cell; one that nobody has touched is not assessed."""
        return CellState.NOT_ASSESSED if self.cell is None else self.cell.state

    @property
    def linked(self) -> frozenset[str]:
        """Give the ids of the excerpts it rests on."""
        return frozenset(self.refs)

    @property
    def marked(self) -> str:
        """Give the summary with its citations written into it."""
        return with_marks(self.cell.summary, self.cell.citations, self.refs) if self.cell else ""

    def citation(self, excerpt_id: str) -> str:
        """Cite an excerpt of the evidence."""
        return next((each.citation for each in self.evidence if each.excerpt.id == excerpt_id), "")


def cell_parts(study: Study, case_id: str, code_id: str, *, with_evidence: bool = True) -> CellParts:
    """Read a cell with all that belongs to it; the evidence only where it is asked for."""
    from workbench.study.queries import excerpts_of_cell
    from workbench.study.translation_queries import Sides

    case, code = study.get(Case, case_id), study.get(Code, code_id)
    key = Cell.key(case_id, code_id)
    cell = study.find(Cell, key)
    searches = study.all(SearchRecord, order="at", case_id=case_id, code_id=code_id)
    status_id = cell.status_id if cell is not None else None
    resting = excerpts_of_cell(study, key)
    evidence, sides = _evidence(study, case_id, code_id) if with_evidence else [], Sides(study)
    texts = {each: study.get(Text, each) for each in {excerpt.text_id for excerpt in resting}}
    return CellParts(
        case=case,
        code=code,
        label=study.framework.label(code),
        cell=cell,
        status=study.find(Status, status_id) if status_id else None,
        quotes=tuple(study.all(CellQuote, order="position", cell_id=key)),
        searches=tuple(searches),
        searched=tuple(_documents(study, search.documents) for search in searches),
        footnotes=tuple(footnotes_of(study, case, code)),
        evidence=tuple(evidence),
        refs=numbered(excerpt.id for excerpt in resting),
        minded={each.excerpt.id: sides.told(each.text, each.excerpt.passage) for each in evidence},
        caveats=sides.of_evidence((texts[each.text_id], each.passage) for each in resting),
        measures=_measured(cell, resting) if cell is not None and cell.summary else None,
        last=next(iter(study.decisions(key=f"cell:{key}", latest=1)), None),
    )


def _measured(cell: Cell, evidence: Sequence[Excerpt]) -> SummaryMeasures:
    from workbench.language.summaries import measure

    return measure(cell.summary, cell.citations, [excerpt.quote for excerpt in evidence])


def _documents(study: Study, ids: Sequence[str]) -> str:
    found = [study.find(Document, identifier) for identifier in ids]
    return ", ".join(document.key for document in found if document is not None)


def footnotes_of(study: Study, case: Case, code: Code) -> list[tuple[str, Footnote]]:
    """List the footnotes that bear on a cell, with what each stands on."""
    anchors = {
        "cell": f"cell:{Cell.key(case.id, code.id)}",
        "code": f"code:{code.id}",
        "case": f"case:{case.id}",
        "theme": f"theme:{code.theme_id}",
        "framework": f"setting:{title_setting(study.framework.root_of(code).framework)}",
    }
    return [
        (kind, note)
        for kind, anchor in anchors.items()
        for note in study.all(Footnote, order="position", anchor=anchor)
    ]


def _evidence(study: Study, case_id: str, code_id: str) -> list[PlacedExcerpt]:
    from workbench.study.queries import excerpts_coded, excerpts_of_cell, placed

    coded = excerpts_coded(study, code_id=code_id, case_id=case_id)
    linked = excerpts_of_cell(study, Cell.key(case_id, code_id))
    known = {excerpt.id for excerpt in coded}
    return placed(study, [*coded, *(excerpt for excerpt in linked if excerpt.id not in known)])
