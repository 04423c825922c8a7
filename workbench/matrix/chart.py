"""Charts: the cells of a theme, cases by codes, with all that stands behind each cell."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from workbench.errors import WrongUsage
from workbench.model.case import Case, Document
from workbench.model.cell import (
    Cell,
    CellQuote,
    CellState,
    CountingRule,
    Footnote,
    SearchRecord,
    Status,
)
from workbench.model.coding import Excerpt
from workbench.model.framework import Code, CodeState, Framework, Theme, title_setting
from workbench.model.text import PlaceMap, Text
from workbench.model.translation import Side
from workbench.study import chart_queries as queries
from workbench.study.study import Study
from workbench.study.translation_queries import Sides

_CASES_A_STEP = 50
"""Cases whose cells are put together at a time where a chart is made in steps."""


@dataclass(frozen=True, slots=True)
class ChartedExcerpt:
    """An excerpt that a cell rests on, with where it stands."""

    excerpt: Excerpt
    text: Text
    document: Document
    place: str
    """Page and paragraph: `p. 3, para. 12`."""
    coders: tuple[str, ...]
    """Who applied the cell's code to the excerpt; empty where it was linked without a coding."""
    side: Side = Side.ORIGINAL
    caveats: tuple[str, ...] = ()
    """What is to be minded about its text: an unapproved draft, a superseded version."""


@dataclass(frozen=True, slots=True)
class ChartedCell:
    """One crossing of a chart; there is one for every case and code, assessed or not."""

    case_id: str
    code_id: str
    cell: Cell | None
    """None where nobody has assessed it."""
    status: Status | None = None
    excerpts: tuple[ChartedExcerpt, ...] = ()
    """By document and place."""
    quotes: tuple[CellQuote, ...] = ()
    searches: tuple[SearchRecord, ...] = ()
    footnotes: tuple[int, ...] = ()
    """Numbers of the footnotes that stand on it."""

    @property
    def state(self) -> CellState:
        """Tell how far the charting has come."""
        return CellState.NOT_ASSESSED if self.cell is None else self.cell.state

    @property
    def is_described(self) -> bool:
        """Tell whether it is written and has no status: described but not answered."""
        return self.status is None and self.state is not CellState.NOT_ASSESSED

    @property
    def evidence(self) -> tuple[ChartedExcerpt, ...]:
        """Give the excerpts that count as evidence: not those of drafts that nobody has approved."""
        return tuple(charted for charted in self.excerpts if not charted.text.is_unapproved_draft)

    @property
    def translation_only(self) -> bool:
        """Tell whether there is evidence and none of it is in an original text, nor linked to one."""
        return {charted.side for charted in self.excerpts} == {Side.TRANSLATION_ONLY}

    @property
    def caveats(self) -> tuple[str, ...]:
        """Say what is to be minded about its evidence: its language, drafts and superseded versions."""
        side = (Side.TRANSLATION_ONLY.value,) if self.translation_only else ()
        return (*side, *dict.fromkeys(each for charted in self.excerpts for each in charted.caveats))


@dataclass(frozen=True, slots=True)
class NumberedNote:
    """A footnote with the number it has in this chart."""

    number: int
    note: Footnote


@dataclass(frozen=True, slots=True)
class Chart:
    """A view of cells: all cases by the codes of one theme, or of the whole framework."""

    theme: Theme | None
    """None for the whole framework."""
    prefix: str
    """Letters of the framework that is charted."""
    framework: Framework
    """All frameworks of the study."""
    cases: tuple[Case, ...]
    """In study order."""
    codes: tuple[Code, ...]
    """In reading order."""
    cells: Mapping[tuple[str, str], ChartedCell]
    """By case id and code id; complete."""
    footnotes: tuple[NumberedNote, ...]
    """In order of appearance: table, column heads, then row by row."""
    numbers: Mapping[str, tuple[int, ...]]
    """Footnote numbers by the key they are anchored to."""
    statuses: tuple[Status, ...]
    rules: tuple[CountingRule, ...]

    @property
    def anchor(self) -> str:
        """Give the key that a footnote on the table as a whole stands on."""
        return f"theme:{self.theme.id}" if self.theme is not None else f"setting:{title_setting(self.prefix)}"

    @property
    def label(self) -> str:
        """Name the chart by its theme."""
        if self.theme is None:
            return f"All themes of {self.prefix}" if self.prefix else "All themes"
        return f"{self.framework.theme_number(self.theme.id)} {self.theme.name}"

    def theme_of_row(self, code: Code) -> Theme:
        """Give the theme that a code is counted under: one step below the charted one, or that itself."""
        top = None if self.theme is None else self.theme.id
        theme = self.framework.themes[code.theme_id]
        while theme.parent_id is not None and top not in (theme.id, theme.parent_id):
            theme = self.framework.themes[theme.parent_id]
        return theme


def build_chart(
    study: Study,
    *,
    theme_id: str | None = None,
    prefix: str | None = None,
    case_ids: Collection[str] | None = None,
) -> Chart:
    """Chart a theme with all below it, or a whole framework; raises WrongUsage for one that is not there.

    `prefix` names the framework by its letters; None is the first. Codes that are candidates or retired
    appear only where they have cells. `case_ids` leaves cases out.
    """
    empty = empty_chart(study, theme_id=theme_id, prefix=prefix, case_ids=case_ids)
    return replace(empty, cells=_Gathering(study, empty, empty.codes, {}).cells(empty.cases))


def with_cells_at(study: Study, chart: Chart, places: Iterable[tuple[str, str]]) -> Chart:
    """Add to a chart the cells at some places that it lacks, such as those of another framework."""
    missing = [place for place in places if place not in chart.cells]
    codes = [study.get(Code, code_id) for code_id in dict.fromkeys(code_id for _, code_id in missing)]
    if not codes:
        return chart
    more = _Gathering(study, chart, codes, {}).cells(chart.cases)
    return replace(chart, cells={**chart.cells, **{place: more[place] for place in missing}})


def chart_in_steps(study: Study, *, prefix: str | None = None) -> Iterator[Chart]:
    """Chart a whole framework in small steps; each chart has the codes so far, and the last has all.

    The charts share their cells, whose order is by code. The study must not change meanwhile.
    """
    whole = empty_chart(study, prefix=prefix)
    cells: dict[tuple[str, str], ChartedCell] = {}
    maps: dict[str, PlaceMap] = {}
    so_far = replace(whole, codes=(), cells=cells)
    yield so_far
    for number, code in enumerate(whole.codes, 1):
        gathering = _Gathering(study, whole, [code], maps)
        for first in range(0, len(whole.cases), _CASES_A_STEP):
            cells |= gathering.cells(whole.cases[first : first + _CASES_A_STEP])
            yield so_far
        so_far = replace(so_far, codes=whole.codes[:number])
        yield so_far


def empty_chart(
    study: Study,
    *,
    theme_id: str | None = None,
    prefix: str | None = None,
    case_ids: Collection[str] | None = None,
) -> Chart:
    """Give a chart with everything but its cells, as `build_chart` does with them."""
    theme = None if theme_id is None else study.get(Theme, theme_id)
    framework = study.framework
    prefix = _framework_charted(framework, theme, prefix)
    cases = [c for c in study.all(Case, order="position") if case_ids is None or c.id in case_ids]
    shown = {case.id for case in cases}
    offered = framework.ordered_codes(prefix) if theme is None else framework.codes_under(theme.id)
    doubtful = [code.id for code in offered if code.state is not CodeState.ACTIVE]
    used = {cell.code_id for cell in queries.cells_of_codes(study, doubtful) if cell.case_id in shown}
    codes = [code for code in offered if code.state is CodeState.ACTIVE or code.id in used]
    tables = [f"theme:{each}" for each in _themes_on(framework, theme, codes)]
    if theme is None:
        tables.insert(0, f"setting:{title_setting(prefix)}")
    notes = _numbered(study.all(Footnote, order="position"), tables, cases, codes)
    numbers: dict[str, tuple[int, ...]] = {}
    for numbered in notes:
        anchor = numbered.note.anchor
        numbers[anchor] = (*numbers.get(anchor, ()), numbered.number)
    return Chart(
        theme,
        prefix,
        framework,
        tuple(cases),
        tuple(codes),
        {},
        notes,
        numbers,
        tuple(study.all(Status, order="position")),
        tuple(study.all(CountingRule, order="position")),
    )


def _framework_charted(framework: Framework, theme: Theme | None, prefix: str | None) -> str:
    if theme is not None:
        return framework.root_of(theme).framework
    prefixes = framework.prefixes or ("",)
    if prefix is None or prefix in prefixes:
        return prefixes[0] if prefix is None else prefix
    known = ", ".join(letters or "the first, which has no letters" for letters in prefixes)
    raise WrongUsage(f"There is no framework {prefix or 'without letters'}. Frameworks: {known}.")


def _numbered(
    notes: Sequence[Footnote],
    tables: Sequence[str],
    cases: Sequence[Case],
    codes: Sequence[Code],
) -> tuple[NumberedNote, ...]:
    if not notes:
        return ()
    by_anchor: dict[str, list[Footnote]] = {}
    for note in notes:
        by_anchor.setdefault(note.anchor, []).append(note)
    anchors = [*tables, *(f"code:{code.id}" for code in codes)]
    for case in cases:
        anchors += [f"case:{case.id}", *(f"cell:{Cell.key(case.id, code.id)}" for code in codes)]
    ordered = [note for anchor in anchors for note in by_anchor.get(anchor, ())]
    return tuple(NumberedNote(number, note) for number, note in enumerate(ordered, 1))


def _themes_on(framework: Framework, theme: Theme | None, codes: Sequence[Code]) -> list[str]:
    """List the themes that show in a chart: its own first, then those of its codes."""
    on = {} if theme is None else {theme.id: None}
    for code in codes:
        branch = []
        above: str | None = code.theme_id
        while above is not None and above not in on:
            branch.append(above)
            above = framework.themes[above].parent_id
        on.update(dict.fromkeys(reversed(branch)))
    return list(on)


class _Gathering:
    """What stands behind the cells of some codes, read once for all of them."""

    def __init__(
        self,
        study: Study,
        chart: Chart,
        codes: Sequence[Code],
        maps: dict[str, PlaceMap],
    ) -> None:
        """Read; `maps` are those of texts read before, to which more are added."""
        ids = [code.id for code in codes]
        self._codes = codes
        self._numbers = chart.numbers
        self._statuses = {status.id: status for status in chart.statuses}
        self._cells = {(cell.case_id, cell.code_id): cell for cell in queries.cells_of_codes(study, ids)}
        self._placing = _Placing(study, queries.excerpts_of_codes(study, ids), maps)
        self._coders = queries.coders_of_evidence(study, ids)
        self._links: dict[str, list[str]] = {}
        for link in queries.links_of_codes(study, ids):
            self._links.setdefault(link.cell_id, []).append(link.excerpt_id)
        self._quotes: dict[str, list[CellQuote]] = {}
        for quote in queries.quotes_of_codes(study, ids):
            self._quotes.setdefault(quote.cell_id, []).append(quote)
        self._searches: dict[tuple[str, str], list[SearchRecord]] = {}
        for search in queries.searches_of_codes(study, ids):
            self._searches.setdefault((search.case_id, search.code_id), []).append(search)

    def cells(self, cases: Sequence[Case]) -> dict[tuple[str, str], ChartedCell]:
        """Put some cases and every code together."""
        places = [(case.id, code.id) for case in cases for code in self._codes]
        return {place: self._cell(place, self._cells.get(place)) for place in places}

    def _cell(self, place: tuple[str, str], cell: Cell | None) -> ChartedCell:
        case_id, code_id = place
        searches = tuple(self._searches.get(place, ()))
        if cell is None:
            return ChartedCell(case_id, code_id, None, searches=searches)
        status = None if cell.status_id is None else self._statuses[cell.status_id]
        excerpts = [
            self._placing.charted(identifier, self._coders.get((identifier, code_id), ()))
            for identifier in self._links.get(cell.id, ())
        ]
        return ChartedCell(
            case_id,
            code_id,
            cell,
            status,
            tuple(excerpts),
            tuple(self._quotes.get(cell.id, ())),
            searches,
            self._numbers.get(f"cell:{cell.id}", ()),
        )


class _Placing:
    """Excerpts beside their texts and documents; the map of a text is read when it is first needed."""

    def __init__(self, study: Study, excerpts: Sequence[Excerpt], maps: dict[str, PlaceMap]) -> None:
        self._study = study
        self._excerpts = {excerpt.id: excerpt for excerpt in excerpts}
        text_ids = list(dict.fromkeys(excerpt.text_id for excerpt in excerpts))
        self._texts = queries.texts_by_id(study, text_ids)
        document_ids = list(dict.fromkeys(text.document_id for text in self._texts.values()))
        self._documents = queries.documents_by_id(study, document_ids)
        self._maps = maps
        self._sides = Sides(study)

    def charted(self, excerpt_id: str, coders: Sequence[str]) -> ChartedExcerpt:
        excerpt = self._excerpts[excerpt_id]
        text = self._texts[excerpt.text_id]
        if text.places_hash not in self._maps:
            self._maps[text.places_hash] = self._study.places(text)
        place = self._maps[text.places_hash].cite(excerpt.passage)
        return ChartedExcerpt(
            excerpt,
            text,
            self._documents[text.document_id],
            place,
            tuple(coders),
            self._sides.of(text, excerpt.passage),
            self._sides.caveats(text, excerpt.passage),
        )
