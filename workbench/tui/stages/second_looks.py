"""Ask what is missing to move, cut, join and doubt codings, and to make codes from a passage."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from workbench.model.framework import CodeState
from workbench.model.text import Passage, Text
from workbench.tui.dialogs import AskText, Choice, ChooseFrom
from workbench.tui.stages.coding_dialogs import apply, choose_codings, label_of_coding, reason_for_others

if TYPE_CHECKING:
    from workbench.study.queries import PlacedCoding
    from workbench.tui.app import Workbench


async def code_in_vivo(workbench: Workbench, text: Text, passage: Passage) -> None:
    """Ask for the theme and the name of a code in the words of a passage, then make and apply it."""
    from workbench.stages.coding_changes import code_in_vivo as decide

    study = workbench.study
    themes = [theme for theme, _ in study.framework.walk() if not theme.retired]
    if not themes:
        workbench.say("The framework has no theme yet. Press F3 to make one.", alarm=True)
        return
    rows = [Choice(theme.id, f"{study.framework.theme_number(theme.id)} {theme.name}") for theme in themes]
    chosen = await workbench.ask(ChooseFrom("A code in these words, under which theme?", rows))
    if not chosen:
        return
    words = " ".join(study.text_content(text.content_hash)[passage.start : passage.end].split())
    name = await workbench.ask(AskText("Name of the code", value=words[:60]))
    if name is not None:
        await workbench.attempt_with_reason(
            lambda reason: decide(study, text.id, passage, chosen[0], name=name, reason=reason),
            done=f"Made and applied {name}. u takes both back.",
        )


async def code_other(workbench: Workbench, text: Text, passage: Passage) -> None:
    """Apply the code of a theme for what does not fit; ask for the theme where several have one."""
    study = workbench.study
    others = [
        code for code in study.framework.ordered_codes() if code.other and code.state is not CodeState.RETIRED
    ]
    if not others:
        workbench.say("No theme has a code for what does not fit. In the framework, e marks one as other.")
        return
    chosen: list[str] | None = [others[0].id]
    if len(others) > 1:
        rows = [
            Choice(code.id, study.framework.label(code), study.framework.themes[code.theme_id].name)
            for code in others
        ]
        chosen = await workbench.ask(ChooseFrom("Does not fit which theme?", rows))
    if chosen:
        apply(workbench, text, passage, chosen)


async def resize(workbench: Workbench, near: Sequence[PlacedCoding], passage: Passage) -> None:
    """Let a coding stand on another passage."""
    from workbench.stages.coding_changes import resize_coding

    meant = await choose_codings(workbench, near, "Which coding shall stand on the selection?")
    reason = await reason_for_others(workbench, meant, "Move")
    if meant and reason is not None:
        coding, label = meant[0].coding, label_of_coding(workbench.study, meant[0])
        workbench.attempt(
            lambda: resize_coding(workbench.study, coding.id, passage, reason=reason),
            done=f"{label} now stands on the selection.",
        )


async def cut(workbench: Workbench, codings: Sequence[PlacedCoding], at: int) -> None:
    """Cut a coding in two at an offset."""
    from workbench.stages.coding_changes import split_coding

    meant = await choose_codings(workbench, codings, "Cut which coding at the cursor?")
    reason = await reason_for_others(workbench, meant, "Cut")
    if meant and reason is not None:
        coding, label = meant[0].coding, label_of_coding(workbench.study, meant[0])
        workbench.attempt(
            lambda: split_coding(workbench.study, coding.id, at, reason=reason),
            done=f"{label} is cut in two.",
        )


async def join(workbench: Workbench, codings: Sequence[PlacedCoding], near: Passage, content: str) -> None:
    """Join the codings of one code and coder that overlap a passage, and those that touch them.

    Two codings touch where only white space is between them; nothing else is ever drawn into a coding.
    """
    from workbench.stages.coding_changes import merge_codings

    groups: dict[tuple[str, str], list[PlacedCoding]] = {}
    for each in codings:
        groups.setdefault((each.coding.code_id, each.coding.coder), []).append(each)
    joinable = []
    for group in groups.values():
        touched = [place for place, each in enumerate(group) if each.excerpt.passage.overlaps(near)]
        if not touched:
            continue
        first, last = touched[0], touched[-1]
        while first > 0 and _touch(content, group[first - 1], group[first]):
            first -= 1
        while last + 1 < len(group) and _touch(content, group[last], group[last + 1]):
            last += 1
        if last > first:
            joinable.append(group[first : last + 1])
    if not joinable:
        workbench.say("No second coding of one code touches here. Select over both to join them.")
        return
    firsts = await choose_codings(
        workbench, [group[0] for group in joinable], "Join the codings of which code?"
    )
    meant = next((group for group in joinable if firsts and group[0] is firsts[0]), [])
    reason = await reason_for_others(workbench, meant, "Join")
    if meant and reason is not None:
        ids = [each.coding.id for each in meant]
        workbench.attempt(
            lambda: merge_codings(workbench.study, ids, reason=reason),
            done=f"{len(ids)} codings of {label_of_coding(workbench.study, meant[0])} are one.",
        )


async def doubt(workbench: Workbench, codings: Sequence[PlacedCoding]) -> None:
    """Flag a coding as doubtful with a note, or take the flag away."""
    from workbench.stages.coding_changes import clear_doubt, flag_doubt

    study = workbench.study
    meant = await choose_codings(workbench, codings, "Doubt which coding?")
    if not meant:
        return
    coding, label = meant[0].coding, label_of_coding(study, meant[0])
    if coding.doubtful:
        reason = await reason_for_others(workbench, meant, "Settle")
        if reason is not None:
            workbench.attempt(
                lambda: clear_doubt(study, coding.id, reason=reason), done=f"{label} is in doubt no more."
            )
        return
    note = await workbench.ask(AskText(f"What is doubtful about {label}? It may stay empty.", required=False))
    if note is not None:
        workbench.attempt(
            lambda: flag_doubt(study, coding.id, note), done=f"{label} is flagged. d settles the doubt."
        )


def _touch(content: str, one: PlacedCoding, other: PlacedCoding) -> bool:
    """Tell whether only white space, or nothing, is between two codings."""
    return not content[one.excerpt.end : other.excerpt.start].strip()
