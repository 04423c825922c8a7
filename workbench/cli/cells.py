"""`workbench cell`: what the matrix says of one case and one code."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from workbench.cli import cell_writing as writing
from workbench.cli import lookup
from workbench.cli.arranging import add_chart, chart_of
from workbench.cli.options import Verbs, add_cell, add_format, add_words
from workbench.cli.output import put, put_json, put_rows
from workbench.language.summaries import measures_as_json, standing_out, words_of_measures
from workbench.matrix.chart import build_chart
from workbench.model.case import Case, Document
from workbench.model.cell import Cell, CellQuote, CellState, Footnote, SearchRecord, Status
from workbench.model.citations import numbered, with_marks
from workbench.model.memo import Memo
from workbench.model.records import key_of, to_json
from workbench.stages.chart import cell_of
from workbench.stages.summaries import measures_of_cell, measures_of_chart, refs_of_cell
from workbench.study.queries import excerpts_coded, excerpts_of_cell, placed
from workbench.study.study import Study
from workbench.study.translation_queries import Sides


def declare(parser: ArgumentParser) -> None:
    """Declare `cell` and its verbs."""
    verbs = Verbs(parser)
    _declare_reading(verbs)
    verb = verbs.writes("write", writing.write)
    add_cell(verb)
    verb.add_argument("--summary", metavar="WORDS", help="the summary; - reads it from stdin")
    verb.add_argument("--comment", metavar="WORDS", help="the analyst's comment; - reads it from stdin")
    verb = verbs.writes("link", writing.link)
    add_cell(verb)
    verb.add_argument("excerpts", metavar="EXCERPT", nargs="+", help="ids of the excerpts")
    verb = verbs.writes("extracts", writing.extracts)
    add_cell(verb)
    verb.add_argument("excerpts", metavar="EXCERPT", nargs="*", help="ids of the excerpts (default: all)")
    verb = verbs.writes("unlink", writing.unlink)
    add_cell(verb)
    verb.add_argument("excerpt", metavar="EXCERPT", help="id of the excerpt")
    verb = verbs.writes("quote", writing.quote)
    add_cell(verb)
    verb.add_argument("excerpt", metavar="EXCERPT", help="id of the excerpt")
    add_words(verb, "the words, exactly as they stand in the excerpt")
    verbs.writes("unquote", writing.unquote).add_argument("quote", metavar="QUOTE", help="id of the quote")
    _declare_assessing(verbs)
    add_cell(verbs.writes("remove", writing.remove))
    verb = verbs.writes("footnote", writing.footnote)
    verb.add_argument(
        "anchor",
        metavar="KEY",
        help="cell:CASE:CODE, case:NAME, code:NUMBER, theme:NUMBER, framework[:LETTERS]",
    )
    add_words(verb, "what the footnote says")
    verb = verbs.writes("unfootnote", writing.unfootnote)
    verb.add_argument("footnote", metavar="FOOTNOTE", help="id of the footnote")


def _declare_reading(verbs: Verbs) -> None:
    verb = verbs.lists("list", listing)
    verb.add_argument("--case", help="only cells of this case")
    verb.add_argument("--code", help="only cells of this code")
    verb.add_argument("--theme", help="only cells of codes under this theme")
    verb.add_argument(
        "--state", choices=[state.value for state in CellState], help="only cells in this state"
    )
    verb = verbs.reads("show", show)
    add_cell(verb)
    add_format(verb, ("text", "json"))
    verbs.lists("footnotes", footnotes)
    verb = verbs.lists("measures", measures)
    add_chart(verb)
    verb.add_argument("--standing-out", action="store_true", help="only summaries unlike the others")


def _declare_assessing(verbs: Verbs) -> None:
    verb = verbs.writes("status", writing.status)
    add_cell(verb)
    choice = verb.add_mutually_exclusive_group(required=True)
    choice.add_argument("status", metavar="STATUS", nargs="?", help="id, label or mark of the status")
    choice.add_argument("--none", action="store_true", help="take the status away")
    verb.add_argument("--note", default="", metavar="WORDS", help="the restriction or part, in words")
    for name, dest in (("case", "cases"), ("code", "codes")):
        verb.add_argument(
            f"--{name}",
            dest=dest,
            action="append",
            default=[],
            help=f"another {name} whose cells get the status as well; may be given several times",
        )
    verb = verbs.writes("state", writing.state)
    add_cell(verb)
    verb.add_argument("state", choices=["draft", "charted", "reviewed"], help="how far the charting has come")
    add_cell(verbs.writes("clear", writing.clear))
    verb = verbs.writes("search", writing.search)
    add_cell(verb)
    verb.add_argument(
        "--document",
        dest="documents",
        action="append",
        required=True,
        help="a document that was looked through; may be given several times",
    )
    verb.add_argument(
        "--term",
        dest="terms",
        action="append",
        required=True,
        help="what was looked for; may be given several times",
    )
    verb.add_argument("--note", default="", metavar="WORDS", help="what there is to say about the search")


def listing(study: Study, arguments: Namespace) -> int:
    """List the cells that somebody has opened, by code and case."""
    framework = study.framework
    codes = framework.ordered_codes()
    if arguments.theme:
        codes = framework.codes_under(lookup.theme(study, arguments.theme).id)
    if arguments.code:
        codes = [lookup.code(study, arguments.code)]
    cases = [lookup.case(study, arguments.case)] if arguments.case else study.all(Case, order="position")
    rows = []
    for code in codes:
        for case in cases:
            cell = cell_of(study, case.id, code.id)
            if cell is not None and arguments.state in (None, cell.state):
                row = {"case": case.name, "code": framework.label(code), "state": cell.state.value}
                row |= {"status": cell.status_id or "", "summary": cell.summary, "comment": cell.comment}
                rows.append(row | {"note": cell.status_note, "stale_cause": cell.stale_cause, "id": cell.id})
    columns = ["case", "code", "state", "status", "summary", "comment", "note", "stale_cause", "id"]
    put_rows(columns, rows, arguments.format)
    return 0


def show(study: Study, arguments: Namespace) -> int:
    """Show one cell with its evidence, quotes, searches, footnotes and memos."""
    case, code = lookup.case(study, arguments.case), lookup.code(study, arguments.code)
    cell = cell_of(study, case.id, code.id) or Cell(
        Cell.key(case.id, code.id), case.id, code.id, state=CellState.NOT_ASSESSED
    )
    if arguments.format == "json":
        put_json(_as_json(study, cell))
        return 0
    status = study.get(Status, cell.status_id).label if cell.status_id else "none"
    put(f"{case.name} × {study.framework.label(code)}")
    put(f"State: {cell.state}" + (f" ({cell.stale_cause})" if cell.stale_cause else ""))
    put(f"Status: {status}" + (f" – {cell.status_note}" if cell.status_note else ""))
    summary = with_marks(cell.summary, cell.citations, refs_of_cell(study, case.id, code.id))
    for heading, words in (("Summary", summary), ("Comment", cell.comment), ("Author", cell.author)):
        if words:
            put(f"{heading}: {words}")
    if cell.summary:
        put(f"Measured: {words_of_measures(measures_of_cell(study, cell))}")
    _put_evidence(study, cell)
    for note in study.all(Footnote, order="position", anchor=key_of(cell)):
        put(f"Footnote [{note.id}]: {note.content}")
    for memo in study.all(Memo, order="at", anchor=key_of(cell)):
        put(f"Memo by {memo.coder} [{memo.id}]: {memo.content}")
    return 0


def _put_evidence(study: Study, cell: Cell) -> None:
    linked = excerpts_of_cell(study, cell.id)
    waiting = [
        e for e in excerpts_coded(study, code_id=cell.code_id, case_id=cell.case_id) if e not in linked
    ]
    refs, sides = numbered(excerpt.id for excerpt in linked), Sides(study)
    for heading, excerpts in (("Evidence", linked), ("Coded, not linked", waiting)):
        for place in placed(study, excerpts):
            ref = refs.get(place.excerpt.id, "")
            named = f"{heading} {ref}".rstrip()
            told = sides.told(place.text, place.excerpt.passage)
            mind = f" ({'; '.join(told)})" if told else ""
            put(f"{named} [{place.excerpt.id}] {place.citation}{mind}: {place.excerpt.quote}")
    for quote in study.all(CellQuote, order="position", cell_id=cell.id):
        put(f"Quote [{quote.id}] from {quote.excerpt_id}: “{quote.content}”")
    for search in study.all(SearchRecord, order="at", case_id=cell.case_id, code_id=cell.code_id):
        where = ", ".join(_keys(study, search))
        note = f" – {search.note}" if search.note else ""
        put(f"Searched in vain by {search.coder}, {search.at}: {', '.join(search.terms)} in {where}{note}")


def _keys(study: Study, search: SearchRecord) -> list[str]:
    """Name the documents that were looked through."""
    return [study.get(Document, document_id).key for document_id in search.documents]


def _as_json(study: Study, cell: Cell) -> dict[str, object]:
    searches = study.all(SearchRecord, order="at", case_id=cell.case_id, code_id=cell.code_id)
    return {
        **to_json(cell),
        "measures": measures_as_json(measures_of_cell(study, cell)),
        "excerpts": [
            {**to_json(place.excerpt), "document": place.document.key, "citation": place.citation}
            for place in placed(study, excerpts_of_cell(study, cell.id))
        ],
        "quotes": [to_json(quote) for quote in study.all(CellQuote, order="position", cell_id=cell.id)],
        "searches": [{**to_json(search), "document_keys": _keys(study, search)} for search in searches],
        "footnotes": [to_json(n) for n in study.all(Footnote, order="position", anchor=key_of(cell))],
        "memos": [to_json(memo) for memo in study.all(Memo, order="at", anchor=key_of(cell))],
    }


def measures(study: Study, arguments: Namespace) -> int:
    """List the length, the uncited sentences and the verbatim share of every summary, and what stands out."""
    view = chart_of(study, arguments)
    chart = build_chart(study, theme_id=view.theme_id, prefix=view.framework or None)
    measured = measures_of_chart(chart)
    notable = standing_out(measured)
    names = {case.id: case.name for case in chart.cases}
    columns = ["case", "code", "words", "sentences", "unlinked", "verbatim", "compression", "standing_out"]
    rows = []
    for (case_id, code_id), each in measured.items():
        row = {"case": names[case_id], "code": study.framework.label(study.framework.codes[code_id])}
        said = "; ".join(notable.get((case_id, code_id), ()))
        if said or not arguments.standing_out:
            rows.append(row | measures_as_json(each) | {"standing_out": said})
    put_rows(columns, rows, arguments.format)
    return 0


def footnotes(study: Study, arguments: Namespace) -> int:
    """List the footnotes in their order."""
    rows = [to_json(note) for note in study.all(Footnote, order="position")]
    put_rows(["position", "anchor", "content", "id"], rows, arguments.format)
    return 0
