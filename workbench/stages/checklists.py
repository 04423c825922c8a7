"""COREQ and SRQR as drafts: filled from the study, with every gap named."""

from __future__ import annotations

from itertools import groupby

from workbench.errors import WrongUsage
from workbench.exchange.report import Report, Section, Table
from workbench.stages.checklist_facts import FACTS
from workbench.stages.checklist_items import CHECKLISTS, Item
from workbench.study.origin import told_head
from workbench.study.study import Study

NOT_REPORTED = "not reported"
_PEOPLE = "asks about people who were interviewed; does not apply to documents"
FORMATS = ("md", "docx", "html")


def checklist(study: Study, kind: str) -> Report:
    """Fill a checklist from a study; what the study does not hold is `not reported`.

    Raises WrongUsage for a checklist that there is not.
    """
    if kind not in CHECKLISTS:
        raise WrongUsage(f"There is no checklist {kind}. Checklists: {', '.join(CHECKLISTS)}.")
    title, source, items = CHECKLISTS[kind]
    answers = {item.number: answer(study, item) for item in items}
    gaps = [[str(item.number), item.title] for item in items if answers[item.number].startswith(NOT_REPORTED)]
    people = sum(item.people for item in items)
    intro = (
        f"A draft after {source}. Items are named in words of our own: hold the draft against the original. "
        "What stands here is what the study holds; write the rest. "
        f"Not reported: {len(gaps)} of {len(items)} items"
        + (f", {people} of them about people who were interviewed." if people else ".")
    )
    tables = [
        Table(part, ("No.", "Item", "What the study says"), [_row(item, answers) for item in some])
        for part, some in groupby(items, key=lambda item: item.part)
    ]
    sections = [
        Section("draft", "About this draft", [intro]),
        Section("items", "Items", tables),
        Section("gaps", "Not reported", [Table("Gaps", ("No.", "Item"), gaps)]),
    ]
    head = told_head(study)
    told = f"{head.count} decisions, head {head.hash}"
    if study.origin is not None:
        told += f". {study.origin.words}"
    return Report(f"{title} checklist", study.setting("title"), told, sections)


def answer(study: Study, item: Item) -> str:
    """Say what a study says to an item."""
    said = FACTS[item.fill](study) if item.fill else ""
    if said:
        return said
    return f"{NOT_REPORTED}: {_PEOPLE}" if item.people else NOT_REPORTED


def _row(item: Item, answers: dict[int, str]) -> list[str]:
    return [str(item.number), item.title, answers[item.number]]


def write_checklist(study: Study, kind: str, *, format: str) -> bytes:
    """Write a checklist in a format; raises WrongUsage for one that there is not."""
    from workbench.exchange.report_docx import write_docx
    from workbench.exchange.report_html import write_html
    from workbench.exchange.report_markdown import write_markdown

    report = checklist(study, kind)
    if format == "docx":
        return write_docx(report, date=study.decision(study.head.count).at)
    if format == "html":
        return write_html(report)
    if format == "md":
        return write_markdown(report)
    raise WrongUsage(f"There is no format {format}. Formats: {', '.join(FORMATS)}.")
