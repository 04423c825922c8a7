"""What the matrix shows: the rows and columns of a chart as it is arranged, and the face of each cell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from copy import copy
from dataclasses import replace
from enum import StrEnum
from typing import TYPE_CHECKING

from workbench.model.cell import DESCRIBED_MARK, Cell, CellExcerpt, CellState
from workbench.model.records import split_key
from workbench.model.saved_chart import SavedChart
from workbench.model.text import Text
from workbench.tui.matrix.cells import CellFace, Tone
from workbench.tui.widgets.tones import tone_of
from workbench.tui.wording import several

if TYPE_CHECKING:
    from workbench.matrix.arrangement import Crossing
    from workbench.study.study import Study

_LOOKED_THROUGH = 100
"""Decisions that are looked through for changed cells; after more the chart is read anew."""

_BESIDE = frozenset(
    {
        *("cell-excerpt", "cell-quote", "search", "claim", "claim-cell", "claim-excerpt"),
        *("memo", "excerpt", "coding", "reviewed", "reading", "chart"),
    }
)
"""Kinds of records whose change leaves the rows, columns and states of a chart as they are."""


class Look(StrEnum):
    """What the cells of a matrix show."""

    WORDS = "words"
    COVERAGE = "coverage"


class ChartFaces:
    """One chart as it is arranged; cells are read when they come into view."""

    def __init__(self, study: Study, view: SavedChart) -> None:
        """Lay the chart out; raises WrongUsage where the view names what is not there any more."""
        from workbench.matrix.arrangement import arrange
        from workbench.matrix.chart import empty_chart
        from workbench.study.translation_queries import Sides

        self._study = study
        self.view = view
        self.look = Look.WORDS
        self.chart = empty_chart(study, theme_id=view.theme_id, prefix=view.framework or None)
        self.arrangement = arrange(study, self.chart, view)
        framework = study.framework
        theme = self.chart.theme
        offered = framework.codes_under(theme.id) if theme else framework.ordered_codes(self.chart.prefix)
        self._offered = {code.id for code in offered}
        self._names = {case.id: case.name for case in self.chart.cases}
        self._statuses = {status.id: status for status in self.chart.statuses}
        self._rules = [rule.id for rule in self.chart.rules]
        self._searched: dict[str, dict[str, set[str]]] = {}
        self._sides = Sides(study)
        self._texts: dict[str, Text] = {}
        self._states: dict[tuple[str, str], CellState] = {}
        """By case id and code id; cells that nobody has touched are not in it."""
        self._followed = study.head.count
        """The decision up to which the chart is known."""
        self._unread = list(self.chart.codes)
        self.reading = self._read_states()
        """What is left to be read of the states of all cells, code by code."""

    def arranged(self, view: SavedChart) -> ChartFaces:
        """Give the same cells otherwise arranged; what is read of them is shared."""
        from workbench.matrix.arrangement import arrange

        other = copy(self)
        other.view, other.arrangement = view, arrange(self._study, self.chart, view)
        return other

    def is_about(self, view: SavedChart) -> bool:
        """Tell whether a view is of the same theme and framework."""
        return (view.theme_id, view.framework) == (self.view.theme_id, self.view.framework)

    @property
    def is_empty(self) -> bool:
        """Tell whether there is nothing to show."""
        return 0 in self.arrangement.size

    @property
    def corner(self) -> str:
        """Say what stands over the row heads."""
        theme = self.chart.theme
        return self.chart.framework.theme_number(theme.id) if theme else self.chart.prefix

    def _read_states(self) -> Iterator[None]:
        from workbench.study.chart_queries import cells_of_codes

        while self._unread:
            for cell in cells_of_codes(self._study, [self._unread.pop(0).id]):
                self._states[cell.case_id, cell.code_id] = cell.state
            yield

    def follow(self) -> bool:
        """Take up what was decided since; tell whether that could be done without reading all anew."""
        last = self._study.head.count
        if last - self._followed > _LOOKED_THROUGH:
            return False
        for decision in self._study.decisions(first=self._followed + 1):
            if not all(self._takes_up(*split_key(key)) for key in decision.keys):
                return False
        self._followed = last
        return True

    def _takes_up(self, kind: str, identifier: str) -> bool:
        if kind == "search":
            self._searched.clear()
        if kind != "cell":
            return kind in _BESIDE
        if self.view.sort or self.view.where:
            return False
        cell = self._study.find(Cell, identifier)
        if cell is None:
            return False
        self._states[cell.case_id, cell.code_id] = cell.state
        return cell.code_id not in self._offered or any(code.id == cell.code_id for code in self.chart.codes)

    @property
    def row_labels(self) -> list[str]:
        """Name the rows, cases with a footnote marked."""
        return self._noted(0)

    @property
    def column_labels(self) -> list[str]:
        """Name the columns, cases with a footnote marked."""
        return self._noted(1)

    def _noted(self, axis: int) -> list[str]:
        heads = self.arrangement.heads[axis]
        if axis != int(self.view.turned):
            return heads
        numbers = self.chart.numbers
        return [
            f"{head} *" if numbers.get(f"case:{line.id}") else head
            for head, line in zip(heads, self.arrangement.lines, strict=True)
        ]

    def place_of(self, case_id: str, code_id: str) -> tuple[int, int] | None:
        """Give row and column of a cell; None where it is not in this chart."""
        return self.arrangement.place_of(case_id, code_id)

    def crossing(self, row: int, column: int) -> Crossing:
        """Give what stands at a row and a column."""
        return self.arrangement.crossing(row, column)

    def face(self, row: int, column: int) -> CellFace:
        """Read what stands at one place as the matrix shows it."""
        crossing = self.crossing(row, column)
        if not crossing.places:
            return CellFace(text=crossing.words, tone=Tone.MUTED)
        if crossing.single is not None:
            return self._face(crossing.single)
        return self._face_of_several(crossing)

    def described(self, place: tuple[str, str]) -> str:
        """Say in one line what a cell says, by case id and code id: its marks, then its words."""
        face = self._face(place)
        return f"{face.mark} {face.text}".strip()[:200]

    def words_at(self, row: int, column: int) -> str:
        """Write out what stands at a place of no one cell."""
        if self.is_empty:
            return ""
        face = self.face(row, column)
        return "\n".join(part for part in (face.mark, face.text) if part)

    def alone(self, row: int, column: int, *, rows: bool) -> SavedChart:
        """Arrange one row or column alone, its cells one below the other."""
        arrangement = self.arrangement
        if self.view.turned:
            row, column, rows = column, row, not rows
        if rows:
            others = tuple(line.id for at, line in enumerate(arrangement.lines) if at != row)
            return replace(self.view, hidden_rows=(*self.view.hidden_rows, *others), turned=True, frozen=0)
        gone = tuple(head.id for at, head in enumerate(arrangement.columns) if at != column)
        alone = arrangement.columns[column].attribute
        return replace(
            self.view,
            hidden_columns=(*self.view.hidden_columns, *gone),
            attributes=(alone,) if alone else (),
            turned=False,
            frozen=0,
        )

    def _face(self, place: tuple[str, str]) -> CellFace:
        study, key = self._study, Cell.key(*place)
        cell = study.find(Cell, key)
        if cell is None:
            is_open = self.chart.framework.codes[place[1]].other
            mark = "kept open" if is_open else CellState.NOT_ASSESSED.mark
            return CellFace(mark=mark, tone=Tone.MUTED)
        status = self._statuses.get(cell.status_id or "")
        links = study.all(CellExcerpt, cell_id=key)
        noted = " *" if self.chart.numbers.get(f"cell:{key}") else ""
        noted += " ‡" if links and self._is_minded(key) else ""
        mark = f"{status.mark} {cell.state.mark}" if status is not None else cell.state.mark
        tone = Tone.ATTENTION if cell.state is CellState.STALE else tone_of(status, self._rules)
        if self.look is Look.COVERAGE:
            return CellFace(text=f"{len(links)}{noted}" if links else noted, mark=mark, tone=tone)
        footnote = f"{cell.state.value} · {len(links)} exc.{noted}"
        return CellFace(cell.summary or cell.status_note, mark, tone, footnote)

    def _is_minded(self, cell_id: str) -> bool:
        """Tell whether exports put a footnote on what a cell rests on: its side, a draft, an old version."""
        from workbench.study.queries import excerpts_of_cell

        if not self._sides.are_needed:
            return False
        resting = excerpts_of_cell(self._study, cell_id)
        for text_id in {each.text_id for each in resting} - self._texts.keys():
            self._texts[text_id] = self._study.get(Text, text_id)
        return bool(self._sides.of_evidence((self._texts[each.text_id], each.passage) for each in resting))

    def members(self, crossing: Crossing) -> list[tuple[str, str]]:
        """List the cells at a place by case id and code id; through documents those that rest on them."""
        if crossing.document_ids is None:
            return list(crossing.places)
        from workbench.study.chart_queries import excerpts_through

        held = excerpts_through(self._study, crossing.places, crossing.document_ids)
        return [place for place in crossing.places if held.get(Cell.key(*place))]

    def _is_searched(self, crossing: Crossing) -> bool:
        """Tell whether a search in vain looked into the documents through which cells are shown."""
        documents = crossing.document_ids or frozenset()
        return any(
            not documents.isdisjoint(self._looked_into(code_id).get(case_id, ()))
            for case_id, code_id in crossing.places
        )

    def _looked_into(self, code_id: str) -> dict[str, set[str]]:
        """Map cases to the documents that were searched in vain for a code; read once for a code."""
        from workbench.study.chart_queries import searches_of_codes

        if code_id not in self._searched:
            held = self._searched[code_id] = {}
            for search in searches_of_codes(self._study, [code_id]):
                held.setdefault(search.case_id, set()).update(search.documents)
        return self._searched[code_id]

    def _face_of_several(self, crossing: Crossing) -> CellFace:
        """Show several cells together: how often each answer is given, and what each says under its name."""
        members = self.members(crossing)
        if not members:
            searched = self._is_searched(crossing)
            return CellFace(mark="searched in vain" if searched else "nothing linked", tone=Tone.MUTED)
        cells = [self._study.find(Cell, Cell.key(*place)) for place in members]
        answers = Counter(self._answer(cell) for cell in cells)
        mark = " ".join(f"{answer}{number}" for answer, number in sorted(answers.items()))
        if self.look is Look.COVERAGE:
            return CellFace(mark=mark, tone=Tone.PLAIN)
        words = [
            f"{self.name(crossing, place)}: {cell.summary or cell.status_note}"
            for place, cell in zip(members, cells, strict=True)
            if cell is not None and (cell.summary or cell.status_note)
        ]
        return CellFace("\n".join(words), mark, Tone.PLAIN, several(len(members), "cell"))

    def _answer(self, cell: Cell | None) -> str:
        status = self._statuses.get(cell.status_id or "") if cell is not None else None
        without = CellState.NOT_ASSESSED.mark if cell is None else DESCRIBED_MARK
        return status.mark if status is not None else without

    def name(self, crossing: Crossing, place: tuple[str, str]) -> str:
        """Name one of several cells by what tells it from the others."""
        cases = len({case_id for case_id, _ in crossing.places}) > 1
        codes = len({code_id for _, code_id in crossing.places}) > 1
        framework = self.chart.framework
        parts = [self._names[place[0]]] if cases or not codes else []
        return " ".join([*parts, *([framework.number(framework.codes[place[1]])] if codes else [])])

    def heading(self) -> str:
        """Say what chart this is, under which framework, and how far it has come."""
        version = self._study.framework_version
        framework = f"framework version {version}" if version else "framework not yet released"
        shown = {code.id for code in self.chart.codes if not code.other}
        states = Counter(state for (_, code_id), state in self._states.items() if code_id in shown)
        done = states[CellState.CHARTED] + states[CellState.REVIEWED]
        all_cells = len(self.chart.cases) * len(shown)
        come = f"{done} of {all_cells} charted" if not self._unread else "counting…"
        stale = f" · ! {states[CellState.STALE]} stale" if states[CellState.STALE] else ""
        noted = " *" if self.chart.numbers.get(self.chart.anchor) else ""
        name = f"{self.view.name}: " if self.view.name else ""
        arranged = f" · {self.arrangement.words}" if self.arrangement.words else ""
        return f"{name}{self.chart.label}{noted} · {framework} · {come}{stale}{arranged}"

    def next_to_chart(self, row: int, column: int) -> tuple[tuple[int, int], tuple[str, str]] | None:
        """Find the next place, row by row, with a cell neither charted nor reviewed, and that cell."""
        for _ in self.reading:
            continue
        settled = (CellState.CHARTED, CellState.REVIEWED)
        done = {place for place, state in self._states.items() if state in settled}
        kept_open = {code.id for code in self.chart.codes if code.other}
        rows, columns = self.arrangement.size
        here = row * columns + column
        for step in range(1, rows * columns + 1):
            at = divmod((here + step) % (rows * columns), columns)
            for place in self.members(self.crossing(*at)):
                if place not in done and not (place[1] in kept_open and place not in self._states):
                    return at, place
        return None
