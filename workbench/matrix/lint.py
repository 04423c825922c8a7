"""Rules that find where a comparison is fragile although no arithmetic is wrong.

Each rule is a plain function on model objects and names the place, what is there and what to do. A finding
is a question to the analyst, not an error: the study stays as it is.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property
from itertools import chain
from urllib.parse import urlsplit

from workbench.errors import WrongUsage
from workbench.matrix.chart import Chart, ChartedCell, build_chart
from workbench.matrix.counts import Counts, count_theme
from workbench.matrix.lint_searches import searches_belied, unfinished_searches
from workbench.matrix.lint_versions import evidence_to_mind
from workbench.matrix.lint_words import cell_words, in_order, listed, short, span
from workbench.matrix.variants import same_named
from workbench.model.case import Case, CaseDocument, Document
from workbench.model.cell import Cell, Need
from workbench.model.framework import Code
from workbench.model.text import Text
from workbench.study.chart_queries import documents_coded
from workbench.study.log import Finding
from workbench.study.study import Study

REFERENCE_DATE = "reference date"
"""Name of the attribute of a case that says on which day its answers hold."""
CUT_OFF = "cut-off"
"""Name of the setting that says up to which day documents were looked at."""


Progress = Callable[[str, int, int], None]
"""`progress(what, done, of)` is told how far looking has come; what it raises ends it."""


def quiet(what: str, done: int, of: int) -> None:
    """Tell nobody how far looking has come."""


def lint(study: Study, rules: Collection[str] | None = None, *, progress: Progress = quiet) -> list[Finding]:
    """Run the rules over a study, all of them or those named, in the order of `RULES`.

    The cut-off comes from the setting `cut-off`, the dates of the cases from their attribute `reference
    date`; a rule whose date is not there finds nothing. Raises WrongUsage for an unknown rule.
    """
    unknown = sorted(set(rules or ()) - set(RULES))
    if unknown:
        raise WrongUsage(f"There is no rule {unknown[0]}. Rules: {', '.join(RULES)}.")
    looked_at = _LookedAt(study)
    wanted = [name for name in RULES if rules is None or name in rules]
    found = []
    for done, name in enumerate(wanted):
        progress(f"rule {name}", done, len(wanted))
        found += [replace(finding, rule=name) for finding in RULES[name](looked_at)]
    return found


class _LookedAt:
    """What the rules look at, read once."""

    def __init__(self, study: Study) -> None:
        self._study = study
        self._contents: dict[str, str] = {}
        self.cut_off = study.setting(CUT_OFF)

    @cached_property
    def charts(self) -> list[Chart]:
        return [build_chart(self._study, prefix=prefix) for prefix in self._study.framework.prefixes]

    @cached_property
    def cases(self) -> list[Case]:
        return self._study.all(Case, order="position")

    @cached_property
    def documents(self) -> list[Document]:
        return self._study.all(Document, order="key")

    @cached_property
    def held(self) -> dict[str, list[Document]]:
        """Give the documents in the corpus that have a text, by case id."""
        with_text = {text.document_id for text in self._study.all(Text)}
        corpus = {each.id: each for each in self.documents if not each.excluded and each.id in with_text}
        held: dict[str, list[Document]] = {}
        for member in self._study.all(CaseDocument):
            if member.document_id in corpus:
                held.setdefault(member.case_id, []).append(corpus[member.document_id])
        return {case_id: sorted(each, key=lambda document: document.key) for case_id, each in held.items()}

    def coded(self, chart: Chart) -> dict[str, set[str]]:
        """Give the documents that the codes of a chart are applied in, by code id."""
        return documents_coded(self._study, [code.id for code in chart.codes])

    def content(self, content_hash: str) -> str:
        if content_hash not in self._contents:
            self._contents[content_hash] = self._study.text_content(content_hash)
        return self._contents[content_hash]


def same_names(chart: Chart) -> Iterator[Finding]:
    """Find codes of one name in several themes: a case that has one tends to score for all."""
    framework = chart.framework
    for group in same_named(code for code in chart.codes if code.is_measure):
        if len({code.theme_id for code in group}) > 1:
            numbers = listed([framework.number(code) for code in group])
            yield Finding(
                f"codes {numbers}",
                f"“{group[0].name}” is listed {len(group)} times, in several themes.",
                "Say in their definitions how they differ, and look at the ranks with the name counted once.",
                f"code:{group[0].id}",
            )


def differing_denominators(chart: Chart, tables: Sequence[Counts]) -> Iterator[Finding]:
    """Find themes in which more answers count for one case than for another, under any of some rules."""
    rules: dict[tuple[str, str, str], list[str]] = {}
    names = {case.id: case.name for case in chart.cases}
    for counts in tables:
        for row in counts.rows:
            cases: dict[int, list[str]] = {}
            for case_id in counts.case_ids:
                cases.setdefault(counts.tally(row.theme_id, case_id).denominator, []).append(names[case_id])
            if len(cases) > 1:
                said = "; ".join(f"{number} for {listed(cases[number])}" for number in sorted(cases))
                rules.setdefault((row.theme_id, row.label, said), []).append(counts.rule.label)
    for (theme_id, label, said), labels in rules.items():
        under = "every rule" if len(labels) == len(tables) else listed([f"“{rule}”" for rule in labels])
        yield Finding(
            f"theme {label}",
            f"The counted answers differ between cases under {under}: {said}.",
            "Compare shares, or assess what is open.",
            f"theme:{theme_id}",
        )


def unread_dates(cases: Iterable[Case], *, attribute: str = REFERENCE_DATE) -> Iterator[Finding]:
    """Find cases whose date is none, so that it cannot be compared with those of others."""
    for case in cases:
        given = case.attributes.get(attribute, "").strip()
        if given and day_of(given) is None:
            yield Finding(
                f"case {case.name}",
                f"Its {attribute} “{given}” is no date.",
                "Write it as 2018-07-02.",
                f"case:{case.id}",
            )


def mixed_dates(chart: Chart, *, attribute: str = REFERENCE_DATE) -> Iterator[Finding]:
    """Find rows whose answers hold on different days; rows of the same days are one finding.

    What is no date is passed over.
    """
    dates = {case.id: day_of(case.attributes.get(attribute, "")) for case in chart.cases}
    rows: dict[tuple[str, ...], list[Code]] = {}
    for code in chart.codes:
        answered = (c for c, day in dates.items() if day and chart.cells[c, code.id].status is not None)
        days = tuple(sorted({day for case_id in answered if (day := dates[case_id])}))
        if len(days) > 1:
            rows.setdefault(days, []).append(code)
    for days, codes in rows.items():
        cases = {day: [case.name for case in chart.cases if dates[case.id] == day] for day in days}
        said = "; ".join(f"{listed(cases[day])} on {day}" for day in days)
        count = f"{len(codes)} {'row' if len(codes) == 1 else 'rows'}"
        yield Finding(
            f"codes {span(chart, codes)}",
            f"{count} put answers of different dates side by side: {said}.",
            "Bring them to one date, or say so in a footnote of the table.",
            f"code:{codes[0].id}",
        )


def late_access(documents: Iterable[Document], cut_off: str) -> Iterator[Finding]:
    """Find documents that were accessed after the cut-off, and dates that cannot be compared with it.

    Without a cut-off there is nothing to find; excluded documents are passed over.
    """
    limit = day_of(cut_off)
    if limit is None:
        if cut_off.strip():
            what = f"The cut-off “{cut_off}” is no date."
            yield Finding(f"setting {CUT_OFF}", what, "Write it as 2018-07-02.", f"setting:{CUT_OFF}")
        return
    for document in documents:
        if document.excluded:
            continue
        accessed = day_of(document.accessed)
        if accessed is not None and accessed > limit:
            yield Finding(
                f"document {document.key}",
                f"It was accessed on {accessed}, after the cut-off of {limit}.",
                "Check that it said the same at the cut-off, or move the cut-off.",
                f"document:{document.id}",
            )
        elif accessed is None and document.accessed.strip():
            yield Finding(
                f"document {document.key}",
                f"Its date of access “{document.accessed}” is no date.",
                "Write it as 2018-07-02.",
                f"document:{document.id}",
            )


def one_url_twice(documents: Iterable[Document]) -> Iterator[Finding]:
    """Find documents of the register that have one address."""
    keys: dict[str, list[Document]] = {}
    for document in documents:
        if document.url.strip():
            keys.setdefault(_address(document.url), []).append(document)
    for group in keys.values():
        if len(group) > 1:
            yield Finding(
                f"documents {listed([document.key for document in group])}",
                f"They have one address: {group[0].url.strip()}.",
                "Keep one of them, or say how the others differ.",
                f"document:{group[0].id}",
            )


def status_without_evidence(chart: Chart) -> Iterator[Finding]:
    """Find statuses that rest on less than the vocabulary asks for, and those of codes that take none."""
    described = {code.id for code in chart.codes if code.described}
    for charted in in_order(chart):
        if charted.status is None:
            continue
        if charted.code_id in described:
            yield Finding(
                cell_words(chart, charted),
                f"“{charted.status.label}” stands there, and its code is described, not answered.",
                "Set the cell back to no status, or change the code.",
                f"cell:{Cell.key(charted.case_id, charted.code_id)}",
            )
            continue
        needs = [_NEEDS[need] for need in charted.status.needs]
        lacking = [words for words, met in needs if not met(charted)]
        if lacking:
            yield Finding(
                cell_words(chart, charted),
                f"“{charted.status.label}” stands there without {listed(lacking)}.",
                "Supply it, or set the cell back to not assessed.",
                f"cell:{Cell.key(charted.case_id, charted.code_id)}",
            )


def differing_wordings(chart: Chart) -> Iterator[Finding]:
    """Find measures that mean something else for some of the cases charted."""
    names = {case.name for case in chart.cases}
    for code in chart.codes:
        own = {case: words for case, words in code.wordings.items() if case in names and words.strip()}
        plain = len(own) < len(names)
        if len({*own.values()}) + plain > 1:
            said = "; ".join(f"“{words}” for {case}" for case, words in own.items())
            yield Finding(
                f"code {chart.framework.label(code)}",
                f"Its wording differs by case: {said}.",
                "Mark the row wherever the cases are compared.",
                f"code:{code.id}",
            )


def quotes_not_in_source(chart: Chart, content: Callable[[str], str]) -> Iterator[Finding]:
    """Find quotes that do not stand in their excerpt's place of the text, character by character.

    `content` gives the text with a content hash.
    """
    for charted in in_order(chart):
        passages = {one.excerpt.id: one for one in charted.excerpts}
        for quote in charted.quotes:
            source = passages.get(quote.excerpt_id)
            if source is None:
                what = "Its excerpt is not linked to the cell."
            else:
                whole = content(source.text.content_hash)
                if quote.content in whole[source.excerpt.start : source.excerpt.end]:
                    continue
                there = "elsewhere in that text" if quote.content in whole else "nowhere in that text"
                what = f"It is not in the excerpt at {source.place} of {source.document.key}; it is {there}."
            yield Finding(
                f"{cell_words(chart, charted)}, quote “{short(quote.content)}”",
                what,
                "Quote again from the source.",
                f"cell:{Cell.key(charted.case_id, charted.code_id)}",
            )


def _in_each(at: _LookedAt, find: Callable[[Chart], Iterator[Finding]]) -> Iterator[Finding]:
    """Look through every framework."""
    return chain.from_iterable(find(chart) for chart in at.charts)


def _denominators(chart: Chart) -> Iterator[Finding]:
    return differing_denominators(chart, [count_theme(chart, rule) for rule in chart.rules])


def _searches(at: _LookedAt, chart: Chart) -> Iterator[Finding]:
    yield from unfinished_searches(chart, at.held)
    yield from searches_belied(chart, at.coded(chart), at.held)


RULES: Mapping[str, Callable[[_LookedAt], Iterator[Finding]]] = {
    "same-names": lambda at: _in_each(at, same_names),
    "denominators": lambda at: _in_each(at, _denominators),
    "dates": lambda at: chain(unread_dates(at.cases), _in_each(at, mixed_dates)),
    "late-access": lambda at: late_access(at.documents, at.cut_off),
    "one-address": lambda at: one_url_twice(at.documents),
    "evidence": lambda at: _in_each(at, status_without_evidence),
    "searches": lambda at: _in_each(at, lambda chart: _searches(at, chart)),
    "versions": lambda at: _in_each(at, evidence_to_mind),
    "wordings": lambda at: _in_each(at, differing_wordings),
    "quotes": lambda at: _in_each(at, lambda chart: quotes_not_in_source(chart, at.content)),
}
"""Name of a rule -> what finds it, in the order in which findings are listed."""

_NEEDS: Mapping[Need, tuple[str, Callable[[ChartedCell], bool]]] = {
    Need.EXCERPT: ("an excerpt", lambda cell: bool(cell.evidence)),
    Need.TWO_EXCERPTS: ("two excerpts", lambda cell: len(cell.evidence) >= 2),
    Need.SEARCH: ("a search record", lambda cell: bool(cell.searches)),
    Need.EXCERPT_OR_SEARCH: (
        "an excerpt or a search record",
        lambda cell: bool(cell.evidence or cell.searches),
    ),
    Need.NOTE: ("a note", lambda cell: cell.cell is not None and bool(cell.cell.status_note.strip())),
}


def day_of(text: str) -> str | None:
    """Read an ISO day, with or without a time after it; a year or a month alone is no day."""
    try:
        return date.fromisoformat(text.strip()[:10]).isoformat()
    except ValueError:
        return None


def _address(url: str) -> str:
    """Fold what makes no other page: scheme, `www.`, case of the host, a last slash, a place in the page.

    A fragment that begins with `/` or `!` is how some sites name their pages, and stays.
    """
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return url.strip()
    if parts.scheme.casefold() not in ("http", "https", ""):
        return url.strip()
    query = f"?{parts.query}" if parts.query else ""
    page = f"#{parts.fragment}" if parts.fragment.startswith(("/", "!")) else ""
    host = parts.netloc.casefold().removeprefix("www.")
    return f"{host}{parts.path.rstrip('/')}{query}{page}"
