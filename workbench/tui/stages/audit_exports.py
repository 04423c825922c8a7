"""What leaves for an audit, and what shall not leave, as the history screen asks for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbench.model.identity import slug
from workbench.study.unfinished import clear_unfinished
from workbench.tui.dialogs import AskText, Choice, ChooseFrom
from workbench.tui.exporting import Export, ask_file, changed_in_it, write_export
from workbench.tui.stages.chart_writing import written_in_background
from workbench.tui.wording import several

if TYPE_CHECKING:
    from workbench.exchange.xlsx import Progress as Tell
    from workbench.model.redaction import RedactionMode
    from workbench.stages.audit import AuditBundle
    from workbench.study.study import Study
    from workbench.tui.app import Workbench

_BUNDLE = "bundle"
_FORMS = (
    Choice(_BUNDLE, "audit bundle", "a folder that a stranger can read and verify"),
    Choice("report.html", "audit report", "one page for a supervisor"),
    Choice("log.jsonl", "log as JSON lines", "everything, to be verified"),
    Choice("log.md", "log as Markdown", "to read"),
    Choice("log.csv", "log as CSV", "for spreadsheets"),
    Choice("coreq.docx", "COREQ checklist as docx", "a draft with its gaps named"),
    Choice("coreq.html", "COREQ checklist as HTML", "the same as a page"),
    Choice("coreq.md", "COREQ checklist as Markdown", "the same as plain text"),
    Choice("srqr.docx", "SRQR checklist as docx", "a draft with its gaps named"),
    Choice("srqr.html", "SRQR checklist as HTML", "the same as a page"),
    Choice("srqr.md", "SRQR checklist as Markdown", "the same as plain text"),
)
_ADD = "\tadd"
"""Stands for a new term; no number of a term holds a tab."""


async def export_for_audit(app: Workbench) -> None:
    """Ask what to write and where, show what it would contain, and write it."""
    chosen = await app.ask(ChooseFrom("Write what for an audit?", list(_FORMS)))
    if not chosen:
        return
    name = slug(app.path.stem)
    if chosen == [_BUNDLE]:
        question = "Write the bundle to which new folder?"
        export = await ask_file(app, question, value=f"{name}-audit", kind="bundle")
        if export is not None:
            await _write_bundle(app, export)
        return
    what, _, format = chosen[0].partition(".")
    kind = what if what in ("log", "report") else "checklist"
    question, value = f"Write the {what} to which file?", f"{name}-{what}.{format}"
    export = await ask_file(app, question, value=value, kind=kind)
    if export is not None and what == "report":
        await write_export(app, export, lambda study, _: _report(app, study, export), derives=True)
    elif export is not None:
        await write_export(app, export, lambda study, _: _written(study, what, format))


def _written(study: Study, what: str, format: str) -> bytes:
    if what == "log":
        from workbench.exchange.log_export import log_pieces

        return b"".join(log_pieces(study, format=format))
    from workbench.stages.checklists import write_checklist

    return write_checklist(study, what, format=format)


def _report(app: Workbench, study: Study, export: Export) -> bytes:
    from workbench.stages.audit import audit_page
    from workbench.study.file import open_study

    with open_study(app.path, read_only=True) as now:
        return audit_page(study, now=now, pseudonyms=export.pseudonyms)[0]


async def _write_bundle(app: Workbench, export: Export) -> None:
    def make(study: Study, tell: Tell) -> AuditBundle:
        from workbench.stages.audit import export_bundle
        from workbench.study.file import open_study

        with open_study(app.path, read_only=True) as now:
            return export_bundle(
                study,
                export.path,
                now=now,
                pseudonyms=export.pseudonyms,
                progress=lambda _, done, of: tell(done, of),
            )

    cleared = clear_unfinished(export.path)
    written = await written_in_background(app, make, title="Writing the audit bundle", derives=True)
    if written is None:
        return
    bundled = written.bundled
    said = [cleared, f"Wrote {export.path}: {several(bundled.files, 'file')}, head {bundled.head}."]
    if bundled.withheld:
        said.append(f"{several(bundled.withheld, 'original')} withheld.")
    app.say(" ".join(filter(None, (*said, changed_in_it(app, export)))))


async def edit_redactions(app: Workbench) -> None:
    """Show what exports black out; a new term is added, a chosen one leaves the list, each with a reason."""
    from workbench.exchange.derived import redactions_of
    from workbench.stages.redaction import remove_redaction

    rows = [
        Choice(_ADD, "add a term …", "black it out in every export"),
        *(Choice(one.id, one.term, one.mode.value) for one in redactions_of(app.study)),
    ]
    chosen = await app.ask(ChooseFrom("Blacked out in exports. Choose a term to let it leave again.", rows))
    if not chosen:
        return
    if chosen[0] == _ADD:
        await _add(app)
        return
    await app.attempt_with_reason(
        lambda reason: remove_redaction(app.study, chosen[0], reason=reason),
        what="The term may leave again.",
        done="Exports no longer black it out.",
    )


async def _add(app: Workbench) -> None:
    from workbench.model.redaction import RedactionMode
    from workbench.stages.redaction import add_redaction

    term = await app.ask(AskText("Black out which term?"))
    if term is None:
        return
    modes: list[tuple[RedactionMode, str]] = [
        (RedactionMode.WORDS, "whole words"),
        (RedactionMode.PLAIN, "also inside longer words"),
        (RedactionMode.PATTERN, "a regular expression"),
    ]
    chosen = await app.ask(ChooseFrom("How is it looked for?", [Choice(m.value, told) for m, told in modes]))
    if chosen:
        await app.attempt_with_reason(
            lambda reason: add_redaction(app.study, term, mode=RedactionMode(chosen[0]), reason=reason),
            what="Black out a term in every export.",
            done="Exports black it out from now on.",
        )
