"""The verbs of `workbench cell` that decide something."""

from __future__ import annotations

from argparse import Namespace

from workbench.cli import lookup
from workbench.cli.output import put, say, words_given
from workbench.errors import WrongUsage
from workbench.model.case import Case
from workbench.model.cell import CellQuote, CellState, Footnote
from workbench.model.coding import Excerpt
from workbench.model.framework import Code
from workbench.model.records import key_of
from workbench.stages import chart
from workbench.stages.cell_removal import and_with, belongings, remove_cell
from workbench.stages.naming import Names
from workbench.stages.summaries import insert_extracts, measures_of_cell, write_marked
from workbench.study.study import Study


def _cell(study: Study, arguments: Namespace) -> tuple[Case, Code, str]:
    """Give case and code of the cell that is meant, and a heading for it."""
    case, code = lookup.case(study, arguments.case), lookup.code(study, arguments.code)
    return case, code, f"{case.name} × {study.framework.label(code)}"


def write(study: Study, arguments: Namespace) -> int:
    """Write the summary or the analyst's comment of a cell; what is not given stays.

    A sentence cites evidence of the cell by marks such as [E1] or [E1 E3]: `cell show` numbers it. A mark
    that names none is refused.
    """
    if arguments.summary is None and arguments.comment is None:
        raise WrongUsage("Nothing to write is given.", do="Give --summary or --comment.")
    if arguments.summary == arguments.comment == "-":
        raise WrongUsage("Only one of summary and comment can come on stdin.")
    case, code, heading = _cell(study, arguments)
    summary, comment = (
        None if words is None else words_given(words) for words in (arguments.summary, arguments.comment)
    )
    cell = write_marked(study, case.id, code.id, summary=summary, comment=comment)
    measured = measures_of_cell(study, cell)
    unlinked = f" {measured.unlinked} of {measured.sentences} sentences cite nothing." if cell.summary else ""
    say(f"Wrote {heading}.{unlinked}")
    return 0


def link(study: Study, arguments: Namespace) -> int:
    """Let a cell rest on excerpts, beside any it rests on already."""
    case, code, heading = _cell(study, arguments)
    excerpts = [lookup.record(study, Excerpt, wanted).id for wanted in arguments.excerpts]
    chart.link_excerpts(study, case.id, code.id, excerpts)
    say(f"{heading} now rests on {', '.join(excerpts)}.")
    return 0


def extracts(study: Study, arguments: Namespace) -> int:
    """Put linked excerpts into the summary word for word, each cited, to be distilled; leaves a draft."""
    case, code, heading = _cell(study, arguments)
    chosen = [lookup.record(study, Excerpt, wanted).id for wanted in arguments.excerpts] or None
    insert_extracts(study, case.id, code.id, chosen)
    say(f"{heading} holds the extracts and is a draft.")
    return 0


def unlink(study: Study, arguments: Namespace) -> int:
    """Take an excerpt from a cell with the quotes from it."""
    case, code, heading = _cell(study, arguments)
    excerpt = lookup.record(study, Excerpt, arguments.excerpt)
    chart.unlink_excerpt(study, case.id, code.id, excerpt.id)
    say(f"{heading} no longer rests on {excerpt.id}.")
    return 0


def quote(study: Study, arguments: Namespace) -> int:
    """Quote words of an excerpt in a cell; refused unless they stand there exactly. Prints the quote's id."""
    case, code, heading = _cell(study, arguments)
    excerpt = lookup.record(study, Excerpt, arguments.excerpt)
    made = chart.insert_quote(study, case.id, code.id, excerpt.id, words_given(arguments.content))
    put(made.id)
    say(f"Quoted {excerpt.id} in {heading}.")
    return 0


def unquote(study: Study, arguments: Namespace) -> int:
    """Take a quote out of its cell; the excerpt stays linked."""
    gone = lookup.record(study, CellQuote, arguments.quote)
    chart.remove_quote(study, gone.id)
    say(f"Removed the quote {gone.id}.")
    return 0


def status(study: Study, arguments: Namespace) -> int:
    """Give a cell its status, or take it away; replacing another status needs a reason.

    With --case or --code the cells of all the cases under all the codes get it as one decision, which needs a
    reason; where one of them lacks what the status needs, none gets it.
    """
    case, code, heading = _cell(study, arguments)
    chosen = None if arguments.none else chart.find_status(study, arguments.status)
    status_id = None if chosen is None else chosen.id
    label = "no status" if chosen is None else chosen.label
    if not (arguments.cases or arguments.codes):
        chart.set_status(study, case.id, code.id, status_id, note=arguments.note, reason=arguments.reason)
        say(f"{heading}: {label}.")
        return 0
    cases = [case, *(lookup.case(study, wanted) for wanted in arguments.cases)]
    codes = [code, *(lookup.code(study, wanted) for wanted in arguments.codes)]
    places = [(each.id, under.id) for each in cases for under in codes]
    changed = chart.set_statuses(study, places, status_id, note=arguments.note, reason=arguments.reason)
    names = Names(study)
    for cell in changed:
        say(f"{names.of(key_of(cell))}: {label}.")
    return 0


def remove(study: Study, arguments: Namespace) -> int:
    """Take a cell away with its links, quotes, searches and footnotes; needs a reason.

    The cell is not assessed then; excerpts and codings stay. Refused with names where claims rest on the cell
    or memos stand on it.
    """
    case, code, heading = _cell(study, arguments)
    gone = belongings(study, case.id, code.id)
    remove_cell(study, case.id, code.id, reason=arguments.reason)
    say(f"Took {heading} away{and_with(gone)}.")
    return 0


def state(study: Study, arguments: Namespace) -> int:
    """Say of a cell that it is a draft, charted or reviewed; taking back a review needs a reason."""
    case, code, heading = _cell(study, arguments)
    chart.mark_cell(study, case.id, code.id, CellState(arguments.state), reason=arguments.reason)
    say(f"{heading} is {arguments.state}.")
    return 0


def clear(study: Study, arguments: Namespace) -> int:
    """Say that a stale cell was looked at again and stands as it is."""
    case, code, heading = _cell(study, arguments)
    chart.clear_stale(study, case.id, code.id, reason=arguments.reason)
    say(f"{heading} is no longer stale.")
    return 0


def search(study: Study, arguments: Namespace) -> int:
    """Record a search in vain: which documents were looked through for which terms. Prints its id."""
    case, code, heading = _cell(study, arguments)
    documents = [lookup.document(study, wanted).id for wanted in arguments.documents]
    made = chart.record_search(
        study, case.id, code.id, documents=documents, terms=arguments.terms, note=arguments.note
    )
    put(made.id)
    say(f"Recorded a search for {heading}.")
    return 0


def footnote(study: Study, arguments: Namespace) -> int:
    """Put a footnote on a cell, a head, the table of a theme or of a whole framework; prints its id."""
    anchor = lookup.key(study, arguments.anchor)
    note = chart.add_footnote(study, anchor, words_given(arguments.content))
    put(note.id)
    say(f"Put a footnote on {anchor}.")
    return 0


def unfootnote(study: Study, arguments: Namespace) -> int:
    """Take a footnote away."""
    note = lookup.record(study, Footnote, arguments.footnote)
    chart.remove_footnote(study, note.id)
    say(f"Removed the footnote {note.id}.")
    return 0
