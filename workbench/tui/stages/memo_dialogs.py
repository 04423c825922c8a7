"""Memos of the text on screen: which there are, and asking for new ones."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from workbench.model.case import Document
from workbench.model.memo import Memo, MemoKind
from workbench.model.records import key_of
from workbench.model.text import Passage, Text
from workbench.tui.dialogs import AskText, Confirm
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
    typed = await workbench.ask(AskText(title, multiline=True))
    if typed is not None:
        workbench.attempt(
            lambda: note_passage(study, text.id, passage, typed, kind=kind),
            done=f"{kind.capitalize()} written.",
        )


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
    typed = await workbench.ask(AskText(title, value=memo.content, multiline=True, about=memo.anchor))
    if typed is not None:
        workbench.attempt(lambda: edit_memo(workbench.study, memo.id, typed), done="Memo changed.")


async def remove(workbench: Workbench, memo: Memo) -> None:
    """Ask whether a memo shall go, and take it away."""
    from workbench.stages.familiarise import remove_memo

    if await workbench.ask(Confirm(f"Remove this {memo.kind}?\n{shortened(memo.content, 200)}")):
        workbench.attempt(
            lambda: remove_memo(workbench.study, memo.id), done="Memo removed. u brings it back."
        )
