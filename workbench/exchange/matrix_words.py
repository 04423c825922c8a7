"""What an exported chart says in words, the same in every format that people read."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from fractions import Fraction

from workbench.exchange.caveats import counted_with_caveats
from workbench.exchange.export_cells import ExportCell, ExportColumn, ExportRow
from workbench.exchange.glosses import Glosses
from workbench.exchange.matrix_export import MatrixExport
from workbench.matrix.counts import Tally, described_words
from workbench.matrix.rounding import UNDEFINED
from workbench.model.cell import DESCRIBED, DESCRIBED_MARK

EVIDENCE_HEADS = (
    "Ref",
    "Case",
    "Code",
    "Kind",
    "Document",
    "Title",
    "Language",
    "Text",
    "Place",
    "Words",
    "Coders",
    "Excerpt",
    "Side",
    "Other side",
)
NOTHING_ASSESSED = "Not assessed"
KEPT_OPEN = "Kept open"
"""What stands in a cell of a code for what fits no measure, where nothing is charted."""
SEARCHED = "Searched in vain"
"""What stands there instead where the documents were looked through for it."""
NOTHING_LINKED = "Nothing linked"
"""What stands where a row of documents crosses codes of which no cell rests on a passage of them."""
_MARK = re.compile(r"\[E\d+(?: E\d+)*\]")
_REF = re.compile(r"E\d+")
_KEPT_OPEN = "kept open for what fits no measure"
_GLOSSED = "in documents for readers, [brackets] behind a term that stays are ours and no part of the quote"


def note_marks(notes: Iterable[int]) -> str:
    """Write footnote numbers as they stand behind a word: `[1] [2]`."""
    return " ".join(f"[{number}]" for number in notes)


def head_of_row(row: ExportRow) -> str:
    """Name a case with its footnotes."""
    return " ".join(part for part in (row.name, note_marks(row.notes)) if part)


def head_of_column(column: ExportColumn) -> str:
    """Name a code with its footnotes, marked where its wording differs by case."""
    differs = "≠" if column.wordings else ""
    return " ".join(part for part in (column.label, differs, note_marks(column.notes)) if part)


def status_line(cell: ExportCell) -> str:
    """Say the answer of a cell: mark, status and what goes with it."""
    if not cell.status and not cell.state:
        return (SEARCHED if cell.searched else NOTHING_LINKED) if cell.places else ""
    if not cell.status and not cell.mark:
        return KEPT_OPEN
    if not cell.status:
        told = NOTHING_ASSESSED if cell.state == "not assessed" else DESCRIBED.capitalize()
        return f"{cell.mark} {told}"
    note = f": {cell.note}" if cell.note else ""
    return f"{cell.mark} {cell.status}{note}".strip()


def state_line(cell: ExportCell) -> str:
    """Say how far a cell is charted, and what is to be minded about it."""
    if cell.state in ("", "not assessed"):
        return ""
    parts = [f"{cell.state}: {cell.stale_cause}" if cell.stale_cause else cell.state]
    return ", ".join((*parts, *cell.caveats))


def evidence_line(cell: ExportCell) -> str:
    """Name the evidence rows of a cell; they follow one another."""
    if len(cell.evidence) > 1:
        return f"Evidence: {cell.evidence[0]}–{cell.evidence[-1]}"
    return f"Evidence: {cell.evidence[0]}" if cell.evidence else ""


def cited_parts(cell: ExportCell) -> Iterator[tuple[str, str]]:
    """Cut a summary at the refs of the evidence that it cites: (words, ref that they are or empty)."""
    done = 0
    for mark in _MARK.finditer(cell.cited):
        for ref in _REF.finditer(cell.cited, *mark.span()):
            if ref.group() in cell.evidence:
                yield cell.cited[done : ref.start()], ""
                yield ref.group(), ref.group()
                done = ref.end()
    yield cell.cited[done:], ""


def words_of_cell(cell: ExportCell, glosses: Glosses | None = None) -> list[str]:
    """Write what a cell says as lines: status, summary, quotes and comment."""
    glosses = glosses or Glosses(())
    answer = " ".join(part for part in (status_line(cell), note_marks(cell.notes)) if part)
    lines = [answer] if answer else []
    if cell.cited:
        lines.append(cell.cited)
    lines += [quote.printed(glosses) for quote in cell.quotes]
    if cell.comment:
        lines.append(f"Comment: {cell.comment}")
    return lines


def cell_lines(cell: ExportCell, glosses: Glosses | None = None) -> list[str]:
    """Write a cell as lines, with its evidence and state in the last."""
    state = state_line(cell)
    last = " · ".join(part for part in (evidence_line(cell), state and f"State: {state}") if part)
    said = words_of_cell(cell, glosses)
    return [*said, last] if last else said


def about(export: MatrixExport) -> list[tuple[str, str]]:
    """List what a reader needs to know about an export, as pairs of name and words."""
    facts = [
        ("Study", export.study),
        ("Question", export.question),
        ("Chart", export.chart),
        ("Arranged", export.arrangement),
        ("Framework", f"{export.framework} ({export.version})" if export.framework else export.version),
        ("Counting rule", f"{export.rule.label} ({export.rule.id})"),
        ("Never counted", ", ".join(f"{label} ({_KEPT_OPEN})" for label in export.unmeasured)),
        ("Described, not answered", _described(export)),
        ("Rounding", f"{export.rounding.name}; figures without decimals are exact"),
        ("Log", f"{export.head.count} decisions"),
        ("Log head", export.head.hash),
        ("Last decision", export.date),
        ("Changed for export", export.redacted),
        ("Glosses", _GLOSSED if export.kept else ""),
        ("Signs", "≠ the wording of the measure differs by case; [1] footnote; E1 row of evidence"),
    ]
    return [(name, words) for name, words in facts if words]


def _described(export: MatrixExport) -> str:
    """Name the codes that take no status; empty where there is none."""
    if not export.described:
        return ""
    return f"{', '.join(export.described)}: no status is expected, none is counted"


def wordings(export: MatrixExport) -> list[tuple[str, str]]:
    """List the measures whose wording differs by case."""
    return [
        (column.label, f"{case}: {wording}")
        for column in export.columns
        for case, wording in sorted(column.wordings.items())
    ]


def legend(export: MatrixExport) -> list[tuple[str, str, str]]:
    """List the statuses: mark with label, definition, and what each counts under the rule."""
    lines = [("· Not assessed", "Nobody has looked.", "not counted")]
    if export.unmeasured:
        lines.append((KEPT_OPEN, "The place for what fits no measure; no answer is expected.", "not counted"))
    if any(cell.places and not cell.state for cells in export.cells for cell in cells):
        lines.append((NOTHING_LINKED, "No cell rests on a passage of these documents.", "not counted"))
    if any(cell.places and not cell.state and cell.searched for cells in export.cells for cell in cells):
        lines.append((SEARCHED, "The same, and these documents were looked through for it.", "not counted"))
    if export.described or export.counts.whole.described:
        told = (f"{DESCRIBED_MARK} {DESCRIBED.capitalize()}", "The cell is written and has no status.")
        lines.append((*told, "not counted"))
    for status in export.statuses:
        value = status.value(export.rule.id)
        counted = "not counted until it is settled" if value is None else str(value)
        if not status.in_denominator:
            counted = "leaves the denominator"
        lines.append((f"{status.mark} {status.label}", status.definition, counted))
    return lines


def completeness(export: MatrixExport) -> str:
    """Say whether the counts are complete, what they leave out or rest on, and what they count unseen."""
    told = f"{_completeness(export)} {described_words(len(export.described))}".strip()
    if export.all_shown:
        return told
    counts = export.counts
    cases, codes = len(counts.case_ids), sum(len(row.code_ids) for row in counts.rows)
    of_all = f"{_number(cases, 'case')} and {_number(codes, 'code')}"
    return f"{told} Counts are of all {of_all} of the chart, shown or not."


def _number(count: int, what: str) -> str:
    return f"{count} {what}" if count == 1 else f"{count} {what}s"


def _completeness(export: MatrixExport) -> str:
    whole = export.counts.whole
    if not whole.listed:
        return "There is no cell to count."
    codes = [code_id for row in export.counts.rows for code_id in row.code_ids]
    places = [(case_id, code_id) for case_id in export.counts.case_ids for code_id in codes]
    wanting = [
        (whole.not_assessed, NOTHING_ASSESSED.casefold()),
        (whole.described, DESCRIBED),
        *_left_out(export),
        (whole.stale, "counted though stale"),
        (whole.draft, "counted though draft"),
        *counted_with_caveats(export.made_from, places),
    ]
    told = [f"{number} {what}" for number, what in wanting if number]
    if not told:
        return "Complete: every cell is assessed."
    state = "Complete" if export.counts.complete else "Incomplete"
    return f"{state}: of {whole.listed} cells, {', '.join(told)}."


def _left_out(export: MatrixExport) -> Iterator[tuple[int, str]]:
    """Name the statuses in the chart that the rule does not count, with how often they stand there."""
    for status in export.statuses:
        if not status.in_denominator:
            yield export.given.get(status.label, 0), f"{status.label} (outside the denominator)"
        elif status.value(export.rule.id) is None:
            yield export.given.get(status.label, 0), f"{status.label} (not counted until it is settled)"


def absent(tally: Tally) -> str:
    """Say why there is no figure where no cell is counted."""
    if tally.not_assessed:
        return NOTHING_ASSESSED.casefold()
    if tally.described:
        return DESCRIBED
    return "not settled" if tally.unvalued else "not applicable" if tally.outside else UNDEFINED


def count_heads(export: MatrixExport) -> list[str]:
    """Name the columns of the table of counts."""
    return ["Theme", *export.counted_cases.values(), mean_head(export)]


def mean_head(export: MatrixExport) -> str:
    """Name the mean by the cases it is taken over."""
    counts = export.counts
    if counts.averaged == counts.case_ids:
        return "Mean of all cases"
    return f"Mean of {', '.join(export.counted_cases[case] for case in counts.averaged)}"


def count_rows(export: MatrixExport) -> Iterator[tuple[str, list[Fraction | None]]]:
    """Give the table of counts in exact figures: themes, total, average and mean."""
    counts = export.counts
    for row in counts.rows:
        values = [counts.tally(row.theme_id, case).figure for case in counts.case_ids]
        yield row.label, [*values, counts.mean(row.theme_id)]
    yield "Total", [*(counts.total(case).figure for case in counts.case_ids), counts.mean_total]
    yield "Average of themes", [*map(counts.average, counts.case_ids), counts.mean_average]


def printed_rows(export: MatrixExport) -> Iterator[tuple[str, list[str]]]:
    """Give the table of counts as it is printed; what is not assessed says so and is never 0."""
    return _told_rows(export, export.rounding.printed)


def exact_rows(export: MatrixExport) -> Iterator[tuple[str, list[str]]]:
    """Give the table of counts in fractions; what is not assessed says so and is never 0."""
    return _told_rows(export, str)


def _told_rows(export: MatrixExport, printed: Callable[[Fraction], str]) -> Iterator[tuple[str, list[str]]]:
    counts = export.counts
    tallies = [[counts.tally(row.theme_id, case) for case in counts.case_ids] for row in counts.rows]
    tallies.append([counts.total(case) for case in counts.case_ids])
    for place, (label, values) in enumerate(count_rows(export)):
        reasons = [absent(tally) for tally in tallies[place]] if place < len(tallies) else []
        reasons += [UNDEFINED] * (len(values) - len(reasons))
        yield (
            label,
            [
                reason if value is None else printed(value)
                for value, reason in zip(values, reasons, strict=True)
            ],
        )


def share_rows(export: MatrixExport) -> Iterator[tuple[str, list[str]]]:
    """Give value, denominator and share of every theme and case, and of the totals."""
    counts = export.counts
    for row in counts.rows:
        yield row.label, [_share(export, counts.tally(row.theme_id, case)) for case in counts.case_ids]
    yield "Total", [_share(export, counts.total(case)) for case in counts.case_ids]


def _share(export: MatrixExport, tally: Tally) -> str:
    if tally.figure is None:
        return absent(tally)
    return f"{tally.value} of {tally.denominator} ({export.rounding.percent(tally.share)})"


def evidence_fields(export: MatrixExport, glosses: Glosses | None = None) -> Iterator[list[str]]:
    """Give the rows of evidence in the order of `EVIDENCE_HEADS`; quotes as they are without glosses."""
    glosses = glosses or Glosses(())
    for row in export.evidence:
        yield [
            row.ref,
            row.case,
            row.code,
            row.kind,
            row.document,
            row.title,
            row.language,
            row.text_kind,
            row.place,
            glosses.of(row.quote, row.language),
            ", ".join(row.coders),
            row.excerpt_id,
            row.side,
            row.other,
        ]
