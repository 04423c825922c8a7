"""Memos of the text on screen: which there are, and asking for new ones."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from workbench.model.case import Document
from workbench.model.memo import Memo, MemoKind
from workbench.model.records import key_of
from workbench.model.text import Passage, Text
from workbench.tui.dialogs import AskText, Confirm, Field, Form
from workbench.tui.dialogs.ask_memo import AskMemo
from workbench.tui.display import shortened
from workbench.tui.reading.lanes import Highlight
from workbench.tui.widgets.memo_list import PlacedMemo

if TYPE_CHECKING:
    from workbench.study.study import Study
    from workbench.tui.app import Workbench

_SIGNS = {MemoKind.NOTE: "n", MemoKind.IDEA: "i", MemoKind.QUESTION: "?", MemoKind.TRANSLATION: "t"}


def memos_of(study: Study, text: Text) -> list[PlacedMemo]:
    """List the memos on a text's passages and codings by place, after those on the text and its document."""
    from workbench.study.queries import memos_in_text, memos_on

    places = study.places(text)
    document = study.get(Document, text.document_id)
    whole = [PlacedMemo(memo, "on the document", None) for memo in memos_on(study, document)]
    whole += [PlacedMemo(memo, "on the text", None) for memo in memos_on(study, text)]
    return whole + [
        PlacedMemo(memo, places.cite(excerpt.passage), excerpt.passage)
        for memo, excerpt in memos_in_text(study, text.id)
    ]


def memo_highlights(memos: Sequence[PlacedMemo]) -> list[Highlight]:
    """Give a highlight for every memo that is on a passage, marked by its kind."""
    kinds = list(MemoKind)
    return [
        Highlight(
            key=each.memo.id,
            start=each.passage.start,
            end=each.passage.end,
            mark=_SIGNS.get(each.memo.kind, "m"),
            colour=kinds.index(each.memo.kind),
            label=f"{each.memo.kind} by {each.memo.coder}",
        )
        for each in memos
        if each.passage is not None
    ]


async def write_on_passage(
    workbench: Workbench, text: Text, passage: Passage, *, kind: MemoKind = MemoKind.NOTE
) -> None:
    """Ask for a memo on a passage and write it."""
    from workbench.stages.familiarise import note_passage

    study = workbench.study
    quote = study.text_content(text.content_hash)[passage.start : passage.end]
    cited = study.places(text).cite(passage)
    title = f"{kind.capitalize()} on {cited}: “{shortened(' '.join(quote.split()), 120)}”"
    dialog = AskMemo(title)
    typed = await workbench.ask(dialog)
    if typed is None:
        return
    if dialog.is_of_translation:
        await _write_of_translation(workbench, text, passage, typed, cited)
        return
    workbench.attempt(
        lambda: note_passage(study, text.id, passage, typed, kind=kind),
        done=f"{kind.capitalize()} written.",
    )


async def _write_of_translation(
    workbench: Workbench, text: Text, passage: Passage, words: str, cited: str
) -> None:
    """Ask what was considered, chosen and lost in translating a passage, and write the memo."""
    from workbench.stages.verification import write_translator_memo

    given = await workbench.ask(Form(f"Translator's memo on {cited}", _fields_of_translation(words)))
    if given is not None:
        workbench.attempt(
            lambda: write_translator_memo(
                workbench.study, text.id, passage, given.pop("content"), **_said_of_translation(given)
            ),
            done="Translator's memo written.",
        )


def _fields_of_translation(words: str, memo: Memo | None = None) -> list[Field]:
    options = "\n".join(memo.options) if memo is not None else ""
    choice, loss, effect = (memo.choice, memo.loss, memo.effect) if memo is not None else ("", "", "")
    return [
        Field("content", "What there is to say (empty: the choice says it)", words, multiline=True),
        Field("options", "Renderings that were considered, one on a line", options, multiline=True),
        Field("choice", "The rendering that was chosen, and why", choice),
        Field("loss", "What it loses", loss),
        Field("effect", "What that means for coding", effect),
    ]


def _said_of_translation(given: dict[str, str]) -> dict[str, Any]:
    return {**given, "options": given["options"].splitlines()}


def told_of_translation(memo: Memo) -> Iterator[tuple[str, str]]:
    """Give what a translator's memo says beside its words, each with its label."""
    for label, words in (
        ("considered", "; ".join(memo.options)),
        ("chosen", memo.choice),
        ("lost", memo.loss),
        ("for coding", memo.effect),
    ):
        if words:
            yield label, words


async def write_on_document(
    workbench: Workbench, document: Document, *, kind: MemoKind = MemoKind.NOTE
) -> None:
    """Ask for a memo on a whole document and write it."""
    await write_on_record(workbench, key_of(document), f"the document {document.key}", kind=kind)


async def write_on_record(
    workbench: Workbench, anchor: str, named: str, *, kind: MemoKind = MemoKind.NOTE
) -> None:
    """Ask for a memo on any record, named by its key, and write it."""
    from workbench.stages.familiarise import write_memo

    typed = await workbench.ask(AskText(f"{kind.capitalize()} on {named}", multiline=True, about=anchor))
    if typed is not None:
        workbench.attempt(
            lambda: write_memo(workbench.study, anchor, typed, kind=kind),
            done=f"{kind.capitalize()} on {named} written.",
        )


async def edit(workbench: Workbench, memo: Memo) -> None:
    """Ask what a memo shall say instead."""
    from workbench.stages.familiarise import edit_memo

    title = f"{memo.kind.capitalize()} by {memo.coder}, {memo.at[:10]}"
    if memo.kind is MemoKind.TRANSLATION:
        await _edit_of_translation(workbench, memo, title)
        return
    typed = await workbench.ask(AskText(title, value=memo.content, multiline=True, about=memo.anchor))
    if typed is not None:
        workbench.attempt(lambda: edit_memo(workbench.study, memo.id, typed), done="Memo changed.")


async def _edit_of_translation(workbench: Workbench, memo: Memo, title: str) -> None:
    from workbench.stages.verification import edit_translator_memo

    fields = _fields_of_translation(memo.content, memo)
    given = await workbench.ask(Form(title, fields, about=memo.anchor))
    if given is not None:
        workbench.attempt(
            lambda: edit_translator_memo(
                workbench.study, memo.id, given.pop("content"), **_said_of_translation(given)
            ),
            done="Memo changed.",
        )


async def remove(workbench: Workbench, memo: Memo) -> None:
    """Ask whether a memo shall go, and take it away."""
    from workbench.stages.familiarise import remove_memo

    if await workbench.ask(Confirm(f"Remove this {memo.kind}?\n{shortened(memo.content, 200)}")):
        workbench.attempt(
            lambda: remove_memo(workbench.study, memo.id), done="Memo removed. u brings it back."
        )
