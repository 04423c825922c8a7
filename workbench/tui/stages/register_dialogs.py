"""Ask what to change in the register and in the cases, and have it decided."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING

from textual.content import Content

from workbench.model.case import Case, Document
from workbench.tui.dialogs import AskText, Choice, ChooseFrom, Field, Form, GiveReason, Report
from workbench.tui.display import content
from workbench.tui.stages.texts import label_of

if TYPE_CHECKING:
    from workbench.study.queries import Coverage
    from workbench.study.study import Study
    from workbench.tui.app import Workbench

_KEPT = ("id", "key", "excluded_why", "extra")
"""Fields of a document that are not edited as they stand."""


async def show_details(workbench: Workbench, coverage: Coverage) -> None:
    """Show everything the register knows of a document."""
    document = coverage.document
    pairs = [(_spoken(f.name), getattr(document, f.name)) for f in fields(Document) if f.name not in _KEPT]
    pairs += [("cases", ", ".join(coverage.cases)), ("excluded because", document.excluded_why)]
    pairs += list(document.extra.items())
    lines = [_pair(name, value) for name, value in pairs if value]
    for text in coverage.texts:
        how = " ".join(part for part in (text.format, text.encoding) if part)
        lines.append(_pair(label_of(text), f"{text.file_name}, {how}, {text.characters} characters"))
        lines += [content(f"    {note}", "dim") for note in text.notes]
    await workbench.ask(Report(document.key, lines))


def _pair(name: str, value: str) -> Content:
    return Content.assemble(content(f"{name}: ", "bold"), content(value, newlines=True))


def _spoken(name: str) -> str:
    return name.replace("_", " ")


async def edit_details(workbench: Workbench, document: Document) -> None:
    """Ask for the fields of a register entry and change those that differ."""
    from workbench.stages.register import edit_document

    names = [f.name for f in fields(Document) if f.name not in _KEPT]
    form = Form(f"Register entry {document.key}", [Field(n, _spoken(n), getattr(document, n)) for n in names])
    answer = await workbench.ask(form)
    if answer is None:
        return
    changed = {
        name: value.strip() for name, value in answer.items() if value.strip() != getattr(document, name)
    }
    if changed:
        workbench.attempt(
            lambda: edit_document(workbench.study, document.id, **changed),
            done=f"Changed {', '.join(map(_spoken, changed))} of {document.key}.",
        )


async def choose_cases(workbench: Workbench, document: Document, current: tuple[str, ...]) -> None:
    """Ask which cases a document serves; taking it from one needs a reason."""
    from workbench.stages.register import assign_case, unassign_case

    study = workbench.study
    cases = study.all(Case, order="position")
    if not cases:
        workbench.say("There is no case yet. Press C to add one.", alarm=True)
        return
    rows = [Choice(case.id, case.name, chosen=case.name in current) for case in cases]
    answer = await workbench.ask(ChooseFrom(f"Cases of {document.key}", rows, multiple=True))
    if answer is None:
        return
    before = {case.id for case in cases if case.name in current}
    added, gone = sorted(set(answer) - before), sorted(before - set(answer))
    reason = None
    if gone:
        reason = await workbench.ask(GiveReason(f"Take {document.key} from {len(gone)} of its cases."))
        if reason is None:
            return
    if not added and not gone:
        return

    def decide() -> None:
        with study.transaction():
            for case_id in added:
                assign_case(study, document.id, case_id)
            for case_id in gone:
                unassign_case(study, document.id, case_id, reason=reason or "")

    workbench.attempt(decide, done=f"{document.key} now serves {len(answer)} cases.")


async def add_case(workbench: Workbench) -> None:
    """Ask for the name of a new case and add it."""
    from workbench.stages import register

    name = await workbench.ask(AskText("Name of the new case"))
    if name is not None:
        await workbench.attempt_with_reason(
            lambda reason: register.add_case(workbench.study, name, reason=reason),
            done=f"Case {name.strip()} added.",
        )


async def _choose_case(workbench: Workbench, title: str) -> Case | None:
    cases = workbench.study.all(Case, order="position")
    if not cases:
        workbench.say("There is no case yet. Press C to add one.", alarm=True)
        return None
    rows = [Choice(case.id, case.name, _attributes(case, "; ")) for case in cases]
    answer = await workbench.ask(ChooseFrom(title, rows))
    return workbench.study.get(Case, answer[0]) if answer else None


def _attributes(case: Case, between: str) -> str:
    return between.join(f"{name}: {value}" for name, value in case.attributes.items())


async def edit_case(workbench: Workbench) -> None:
    """Ask for a case and change its name, its attributes and its place among the cases."""
    case = await _choose_case(workbench, "Which case?")
    if case is None:
        return
    order = [each.id for each in workbench.study.all(Case, order="position")]
    place = order.index(case.id) + 1
    attributes = _attributes(case, "\n")
    fields = [
        Field("name", "Name", case.name),
        Field("attributes", "Attributes, one to a line: name: value", attributes, multiline=True),
        Field("place", f"Place in every chart, 1 to {len(order)}", str(place)),
    ]
    answer = await workbench.ask(Form(f"Case {case.name}", fields))
    if answer is None:
        return
    wanted = int(answer["place"]) if answer["place"].strip().isdecimal() else place
    order.remove(case.id)
    order.insert(max(wanted, 1) - 1, case.id)
    attributes_now = _read_attributes(answer["attributes"])
    await workbench.attempt_with_reason(
        lambda reason: _change_case(workbench.study, case, answer["name"], attributes_now, order, reason),
        done=f"Case {answer['name'].strip()} changed.",
    )


def _change_case(
    study: Study, case: Case, name: str, attributes: dict[str, str], order: list[str], reason: str
) -> None:
    from workbench.stages import register

    with study.transaction():
        if name.strip() != case.name or attributes != case.attributes:
            merged = dict.fromkeys(case.attributes, "") | attributes
            register.edit_case(study, case.id, name=name, attributes=merged, reason=reason)
        if order != [each.id for each in study.all(Case, order="position")]:
            register.reorder_cases(study, order)


def _read_attributes(typed: str) -> dict[str, str]:
    pairs = (line.partition(":") for line in typed.splitlines() if line.strip())
    return {name.strip(): value.strip() for name, _, value in pairs if value.strip()}


async def remove_case(workbench: Workbench) -> None:
    """Ask for a case and take it away, with a reason."""
    from workbench.stages import register

    case = await _choose_case(workbench, "Remove which case?")
    if case is not None:
        await workbench.attempt_with_reason(
            lambda reason: register.remove_case(workbench.study, case.id, reason=reason),
            what=f"Remove the case {case.name}.",
            done=f"Case {case.name} removed.",
        )


async def exclude_or_readmit(workbench: Workbench, document: Document) -> None:
    """Leave a document out of the corpus with a reason, or take it back."""
    from workbench.stages import register

    if document.excluded:
        what = f"Take {document.key} back; it was excluded because: {document.excluded_why}"
        await workbench.attempt_with_reason(
            lambda reason: register.readmit_document(workbench.study, document.id, reason=reason),
            what=what,
            done=f"{document.key} is in the corpus again.",
        )
        return
    await workbench.attempt_with_reason(
        lambda reason: register.exclude_document(workbench.study, document.id, reason=reason),
        what=f"Exclude {document.key} from the corpus; it stays in the register.",
        done=f"{document.key} is excluded.",
    )
