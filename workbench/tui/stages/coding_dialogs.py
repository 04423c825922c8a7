"""Ask which codes, and have passages coded, uncoded and recoded."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from workbench.model.case import Case
from workbench.model.coding import Excerpt
from workbench.model.framework import Code, CodeState
from workbench.model.records import key_of
from workbench.model.text import Passage, Text
from workbench.tui.dialogs import Choice, ChooseCode, ChooseFrom, GiveReason, Report
from workbench.tui.display import content, shortened
from workbench.tui.stages import memo_dialogs

if TYPE_CHECKING:
    from workbench.study.queries import PlacedCoding
    from workbench.study.study import Study
    from workbench.tui.app import Workbench

_REMEMBERED = 20


def recent_codes(study: Study) -> list[list[str]]:
    """List the sets of codes that the coder applied last, the latest first."""
    decisions = study.decisions(action="code passage", coder=study.coder, latest=_REMEMBERED)
    order = {code.id: place for place, code in enumerate(study.framework.ordered_codes())}
    sets = []
    for decision in reversed(decisions):
        codes = [record["code_id"] for key, record in decision.after.items() if key.startswith("coding:")]
        sets.append(sorted(codes, key=lambda code_id: order.get(code_id, len(order))))
    return sets


def codes_by_recency(study: Study) -> list[Code]:
    """List the codes in use that the coder applied lately, the latest first."""
    ids = dict.fromkeys(code_id for codes in recent_codes(study) for code_id in codes)
    codes = [study.framework.codes[code_id] for code_id in ids if code_id in study.framework.codes]
    return [code for code in codes if code.state is not CodeState.RETIRED]


def last_place(study: Study) -> tuple[str, int] | None:
    """Find text and offset where the coder coded last, or else read last, if they are still there."""
    for decision in study.decisions(action="code passage", coder=study.coder, latest=1):
        for key, record in decision.after.items():
            if key.startswith("coding:"):
                excerpt = study.find(Excerpt, record["excerpt_id"])
                return (excerpt.text_id, excerpt.start) if excerpt is not None else None
    for decision in study.decisions(action="record reading progress", coder=study.coder, latest=1):
        reading = next(iter(decision.after.values()))
        if study.find(Text, reading["text_id"]) is not None:
            return reading["text_id"], int(reading["stopped_at"])
    return None


def apply(workbench: Workbench, text: Text, passage: Passage, code_ids: Sequence[str]) -> None:
    """Apply codes to a passage and name them."""
    from workbench.stages.unread import unread_case

    case = unread_case(workbench.study, text.id)
    if case is None:
        _apply(workbench, text, passage, code_ids)
    else:
        workbench.run_worker(_apply_unread(workbench, text, passage, code_ids, case))


async def _apply_unread(
    workbench: Workbench, text: Text, passage: Passage, code_ids: Sequence[str], case: Case
) -> None:
    """Warn that nobody has read of the case, and go on where a reason is given."""
    from workbench.stages.unread import warning_of

    reason = await workbench.ask(GiveReason(f"{warning_of(case)} Why is it indexed all the same?"))
    if reason is not None:
        _apply(workbench, text, passage, code_ids, reason=reason)


def _apply(
    workbench: Workbench, text: Text, passage: Passage, code_ids: Sequence[str], *, reason: str = ""
) -> None:
    from workbench.stages.index import code_passage

    study = workbench.study
    codings = workbench.attempt(lambda: code_passage(study, text.id, passage, code_ids, reason=reason))
    if codings:
        names = " + ".join(study.framework.label(study.framework.codes[c.code_id]) for c in codings)
        workbench.say(f"{study.places(text).cite(passage)}: {names}")


async def ask_and_apply(workbench: Workbench, text: Text, passage: Passage, *, typed: str = "") -> None:
    """Ask for codes and apply them to a passage."""
    study = workbench.study
    if not study.framework.codes:
        workbench.say("The framework has no codes yet. Press F3 to make some.", alarm=True)
        return
    recent = [code.id for code in codes_by_recency(study)]
    quote = " ".join(study.text_content(text.content_hash)[passage.start : passage.end].split())
    title = f"Codes for {study.places(text).cite(passage)}: “{shortened(quote, 100)}”"
    codes = await workbench.ask(ChooseCode(study.framework, recent, typed=typed, title=title))
    if codes:
        apply(workbench, text, passage, codes)


async def choose_codings(
    workbench: Workbench, codings: Sequence[PlacedCoding], title: str, *, multiple: bool = False
) -> list[PlacedCoding]:
    """Ask which of some codings is meant; a single one is taken without asking."""
    if len(codings) < 2:
        return list(codings)
    answer = await workbench.ask(
        ChooseFrom(
            title, [_choice(workbench.study, each) for each in codings], multiple=multiple, needed=True
        )
    )
    return [each for each in codings if each.coding.id in (answer or ())]


def _choice(study: Study, placed: PlacedCoding) -> Choice:
    label = study.framework.label(study.framework.codes[placed.coding.code_id])
    return Choice(
        placed.coding.id, label, f"{placed.coding.coder} · “{' '.join(placed.excerpt.quote.split())}”"
    )


async def uncode(workbench: Workbench, codings: Sequence[PlacedCoding]) -> None:
    """Take codings away; a coding of another coder needs a reason."""
    from workbench.stages import index

    study = workbench.study
    meant = await choose_codings(workbench, codings, "Uncode which?", multiple=True)
    reason = await reason_for_others(workbench, meant, "Take away")
    if not meant or reason is None:
        return

    ids = [each.coding.id for each in meant]
    names = ", ".join(study.framework.label(study.framework.codes[each.coding.code_id]) for each in meant)
    await workbench.attempt_with_reason(
        lambda why: index.uncode(study, *ids, reason=why or reason),
        done=f"Uncoded {names}. u brings {'it' if len(ids) == 1 else 'them'} back.",
    )


async def recode(workbench: Workbench, codings: Sequence[PlacedCoding]) -> None:
    """Put another code in place of one; a coding of another coder needs a reason."""
    from workbench.stages import index

    study = workbench.study
    meant = await choose_codings(workbench, codings, "Recode which?")
    if not meant:
        return
    coding = meant[0].coding
    label = study.framework.label(study.framework.codes[coding.code_id])
    recent = [code.id for code in codes_by_recency(study)]
    dialog = ChooseCode(study.framework, recent, single=True, title=f"Which code in place of {label}?")
    answer = await workbench.ask(dialog)
    reason = await reason_for_others(workbench, meant, "Change") if answer else None
    if answer and reason is not None:
        now = study.framework.label(study.framework.codes[answer[0]])
        workbench.attempt(
            lambda: index.recode(study, coding.id, answer[0], reason=reason), done=f"{label} is now {now}."
        )


def label_of_coding(study: Study, placed: PlacedCoding) -> str:
    """Name the code of a coding."""
    return study.framework.label(study.framework.codes[placed.coding.code_id])


async def reason_for_others(workbench: Workbench, codings: Sequence[PlacedCoding], doing: str) -> str | None:
    """Give an empty reason where all codings are one's own, ask otherwise; None where none is given."""
    others = sorted({each.coding.coder for each in codings} - {workbench.study.coder})
    if not others:
        return ""
    return await workbench.ask(GiveReason(f"{doing} a coding of {', '.join(others)}."))


async def write_memo(
    workbench: Workbench, text: Text, codings: Sequence[PlacedCoding], selected: Passage | None
) -> None:
    """Ask what a memo is on, where several things are possible, and write it."""
    study = workbench.study
    choices = [_choice(study, each) for each in codings]
    if selected is not None:
        choices.append(Choice("passage", "the selected passage", study.places(text).cite(selected)))
    if not choices:
        workbench.say("Select a passage, or go to a coding, to write a memo on it.", alarm=True)
        return
    answer = (
        await workbench.ask(ChooseFrom("Memo on what?", choices)) if len(choices) > 1 else [choices[0].id]
    )
    if answer == ["passage"] and selected is not None:
        await memo_dialogs.write_on_passage(workbench, text, selected)
    for each in codings:
        if answer == [each.coding.id]:
            label = study.framework.label(study.framework.codes[each.coding.code_id])
            await memo_dialogs.write_on_record(
                workbench, key_of(each.coding), f"{label}, {each.coding.coder}"
            )


async def show_history(workbench: Workbench, codings: Sequence[PlacedCoding]) -> None:
    """Show every decision that touched a coding."""
    from workbench.stages.history import history_of

    study = workbench.study
    for each in await choose_codings(workbench, codings, "History of which coding?"):
        lines = []
        for decision in history_of(study, key_of(each.coding)):
            undone = study.undone_by(decision.seq)
            ending = f", undone by {undone}" if undone else ""
            when = decision.at[:16].replace("T", " ")
            head = f"{decision.seq} · {when} · {decision.coder} · {decision.action}{ending}"
            lines.append(content(head, "bold"))
            record = decision.after.get(key_of(each.coding))
            lines.append(content(f"    {_coded(study, record)}"))
            if decision.reason:
                lines.append(content(f"    because: {decision.reason}"))
        await workbench.ask(Report(f"Decisions on “{shortened(each.excerpt.quote, 80)}”", lines))


def _coded(study: Study, record: dict[str, str] | None) -> str:
    if record is None:
        return "no coding"
    code = study.framework.codes.get(record["code_id"])
    return study.framework.label(code) if code else record["code_id"]
