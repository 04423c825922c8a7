"""What the chart screen asks before it changes a cell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from workbench.model.case import CaseDocument, Document
from workbench.model.cell import Cell, CellQuote, CellState, Need, Status
from workbench.tui.dialogs import AskText, Choice, ChooseFrom, Field, Form
from workbench.tui.stages.cell_parts import cell_parts, footnotes_of
from workbench.tui.wording import several

if TYPE_CHECKING:
    from workbench.study.queries import PlacedExcerpt
    from workbench.tui.app import Workbench

_NO_STATUS = "\tnone"
"""Stands for no status among status ids; no id holds a tab."""

_NEEDS = {
    Need.EXCERPT: "a linked excerpt",
    Need.TWO_EXCERPTS: "two linked excerpts",
    Need.SEARCH: "a search record",
    Need.EXCERPT_OR_SEARCH: "a linked excerpt or a search record",
    Need.NOTE: "a note",
}


@dataclass(frozen=True, slots=True)
class CellPlace:
    """The case and the code that a cell crosses."""

    case_id: str
    code_id: str

    @property
    def key(self) -> str:
        """Give the key of the cell."""
        return f"cell:{Cell.key(self.case_id, self.code_id)}"


async def set_status(app: Workbench, places: Sequence[CellPlace]) -> None:
    """Ask for the status of one cell or several, the note it needs and, where one is needed, the reason."""
    from workbench.stages import chart

    cells = [chart.cell_of(app.study, place.case_id, place.code_id) for place in places]
    statuses = app.study.all(Status, order="position")
    rows = [Choice(each.id, f"{each.mark:<3} {each.label}", _told(each)) for each in statuses]
    if any(cell is not None and cell.status_id is not None for cell in cells):
        rows.append(Choice(_NO_STATUS, "take the status away"))
    one = len(places) == 1
    chosen = await app.ask(
        ChooseFrom("Which status?" if one else f"Which status for {len(places)} cells?", rows)
    )
    if not chosen:
        return
    status = next((each for each in statuses if each.id == chosen[0]), None)
    notes = {
        cell.status_note for cell in cells if cell is not None and status and cell.status_id == status.id
    }
    note = notes.pop() if one and notes else ""
    if status is not None and Need.NOTE in status.needs:
        typed = await app.ask(
            AskText(f"{status.label}: note in words", value=note, multiline=True, about=places[0].key)
        )
        if typed is None:
            return
        note = typed
    status_id = None if status is None else status.id
    if one:
        await app.attempt_with_reason(
            lambda reason: chart.set_status(
                app.study, places[0].case_id, places[0].code_id, status_id, note=note, reason=reason
            ),
            what="Another status replaces the one the cell has.",
            done=f"Status: {status.label}." if status is not None else "The cell has no status now.",
        )
    else:
        await _set_statuses(app, places, status, note)


async def _set_statuses(
    app: Workbench, places: Sequence[CellPlace], status: Status | None, note: str
) -> None:
    from workbench.stages import chart

    label = "no status" if status is None else status.label
    changed = await app.attempt_with_reason(
        lambda reason: chart.set_statuses(
            app.study,
            [(place.case_id, place.code_id) for place in places],
            None if status is None else status.id,
            note=note,
            reason=reason,
        ),
        what=f"{len(places)} cells get one status: {label}.",
    )
    if changed is not None:
        app.say(f"{label}: {several(len(changed), 'cell')} changed.")


async def remove(app: Workbench, place: CellPlace) -> bool:
    """Ask why a cell shall go with all that belongs to it; tell whether it went."""
    from workbench.stages.cell_removal import and_with, belongings, remove_cell

    parts = cell_parts(app.study, place.case_id, place.code_id, with_evidence=False)
    gone = and_with(belongings(app.study, place.case_id, place.code_id))
    count = app.study.head.count
    await app.attempt_with_reason(
        lambda reason: remove_cell(app.study, place.case_id, place.code_id, reason=reason),
        what=f"{parts.case.name} × {parts.label} goes{gone}. The excerpts stay; u brings the cell back.",
        done=f"{parts.case.name} × {parts.label} is gone: not assessed.",
    )
    return app.study.head.count > count


def _told(status: Status) -> str:
    needs = ", ".join(_NEEDS[need] for need in status.needs)
    return f"needs {needs} · {status.definition}" if needs else status.definition


async def mark(app: Workbench, place: CellPlace, state: CellState) -> None:
    """Say of the cell that it is a draft, charted or reviewed; a review is taken back with a reason."""
    from workbench.stages import chart

    await app.attempt_with_reason(
        lambda reason: chart.mark_cell(app.study, place.case_id, place.code_id, state, reason=reason),
        what="The cell was reviewed. That is taken back.",
        done=f"The cell is {state.value}.",
    )


async def clear_stale(app: Workbench, place: CellPlace) -> None:
    """Say with a reason that a stale cell stands as it is."""
    from workbench.stages import chart

    await app.attempt_with_reason(
        lambda reason: chart.clear_stale(app.study, place.case_id, place.code_id, reason=reason),
        what="The cell is stale. It was looked at again and stands as it is.",
        done="The cell is reviewed, unchanged.",
    )


def link_or_unlink(app: Workbench, place: CellPlace, excerpt_id: str, *, linked: bool) -> None:
    """Let the cell rest on an excerpt, or no longer where it does."""
    from workbench.stages import chart

    if linked:
        app.attempt(
            lambda: chart.unlink_excerpt(app.study, place.case_id, place.code_id, excerpt_id),
            done="The cell no longer rests on the excerpt.",
        )
    else:
        app.attempt(
            lambda: chart.link_excerpts(app.study, place.case_id, place.code_id, [excerpt_id]),
            done="The cell rests on the excerpt.",
        )


def insert_extracts(app: Workbench, place: CellPlace) -> None:
    """Put the linked excerpts into the summary word for word."""
    from workbench.stages.summaries import insert_extracts as insert

    app.attempt(
        lambda: insert(app.study, place.case_id, place.code_id),
        done="The extracts stand in the summary; the cell is a draft.",
    )


async def insert_quote(app: Workbench, place: CellPlace, source: PlacedExcerpt) -> None:
    """Ask for words of an excerpt and quote them in the cell."""
    from workbench.stages import chart
    from workbench.tui.dialogs.cell_quote import QuoteWords

    words = await app.ask(QuoteWords(source.citation, source.excerpt.quote))
    if words is not None:
        app.attempt(
            lambda: chart.insert_quote(app.study, place.case_id, place.code_id, source.excerpt.id, words),
            done="The quote is in the cell; the excerpt is linked.",
        )


async def remove_quote(app: Workbench, quotes: tuple[CellQuote, ...]) -> None:
    """Ask which quote to take out of the cell."""
    from workbench.stages import chart

    if not quotes:
        app.say("The cell has no quote.")
        return
    rows = [Choice(quote.id, quote.content) for quote in quotes]
    chosen = await app.ask(ChooseFrom("Take out which quote?", rows))
    if chosen:
        app.attempt(lambda: chart.remove_quote(app.study, chosen[0]), done="The quote is out of the cell.")


async def record_search(app: Workbench, place: CellPlace) -> None:
    """Ask which documents of the case were searched in vain for which terms."""
    from workbench.stages import chart

    of_case = {link.document_id for link in app.study.all(CaseDocument, case_id=place.case_id)}
    held = [each for each in app.study.all(Document, order="key") if each.id in of_case and not each.excluded]
    rows = [Choice(each.id, each.key, each.title, chosen=True) for each in held]
    if not rows:
        app.say("The case has no document yet: F2 gives it some.")
        return
    documents = await app.ask(ChooseFrom("Which documents were searched?", rows, multiple=True))
    if not documents:
        return
    title, given = f"Searched in vain through {len(documents)} documents", {"terms": "", "note": ""}
    recorded = None
    while recorded is None:
        fields = [
            Field("terms", "Terms, one to a line", given["terms"], multiline=True),
            Field("note", "Note: why a term that does occur is no evidence", given["note"]),
        ]
        typed = await app.ask(Form(title, fields, about=place.key))
        if typed is None:
            return
        given = typed
        recorded = app.attempt(
            lambda given=given: chart.record_search(  # type: ignore[misc]
                app.study,
                place.case_id,
                place.code_id,
                documents=documents,
                terms=given["terms"].splitlines(),
                note=given["note"],
            ),
            done="The search is recorded.",
        )


async def footnote(app: Workbench, place: CellPlace) -> None:
    """Ask where a footnote stands and what it says, or which to take away."""
    from workbench.model.case import Case
    from workbench.model.framework import Code, title_setting
    from workbench.stages import chart

    case, code = app.study.get(Case, place.case_id), app.study.get(Code, place.code_id)
    theme = app.study.framework.themes[code.theme_id]
    whole = title_setting(app.study.framework.root_of(theme).framework)
    rows = [
        Choice(f"cell:{case.id}.{code.id}", "on this cell"),
        Choice(f"code:{code.id}", "on the column", code.name),
        Choice(f"case:{case.id}", "on the row", case.name),
        Choice(f"theme:{theme.id}", "on the table", theme.name),
        Choice(f"setting:{whole}", "on the table of all themes", app.study.setting(whole)),
    ]
    rows += [
        Choice(note.id, f"take away the one on the {kind}", note.content)
        for kind, note in footnotes_of(app.study, case, code)
    ]
    chosen = await app.ask(ChooseFrom("A footnote: where?", rows))
    if not chosen:
        return
    if ":" not in chosen[0]:
        app.attempt(lambda: chart.remove_footnote(app.study, chosen[0]), done="The footnote is gone.")
        return
    words = await app.ask(AskText("What does the footnote say?", multiline=True, about=chosen[0]))
    if words is not None:
        app.attempt(lambda: chart.add_footnote(app.study, chosen[0], words), done="The footnote is written.")
