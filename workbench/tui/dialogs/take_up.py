"""Offer what was typed but not saved before: as a memo, as a copy, or back in the editor of its cell."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from workbench.errors import WorkbenchError
from workbench.model.records import KINDS, split_key
from workbench.tui.dialogs.choose_from import Choice, ChooseFrom
from workbench.tui.display import shortened
from workbench.tui.drafts import Draft, KeptDraft, drop_draft, kept_drafts

if TYPE_CHECKING:
    from workbench.tui.app import Workbench

_STUDY = "setting:title"
"""What a memo on the whole study is anchored to."""


async def offer_drafts(app: Workbench) -> None:
    """Offer one kept draft after the other, until one is gone on with in its cell."""
    found, unread = kept_drafts(app.whose)
    for kept in found:
        if await _offer(app, kept):
            break
    if unread:
        names = ", ".join(path.name for path in unread)
        app.say(f"Something typed is kept in {names}, which cannot be read. It is left as it is.", alarm=True)


async def _offer(app: Workbench, kept: KeptDraft) -> bool:
    """Offer a draft; tell whether it stands in an editor now. Escape keeps it for later."""
    copied = ""
    while True:
        chosen = await app.ask(ChooseFrom(copied + _told(kept.draft), _choices(app, kept.draft)))
        match chosen:
            case ["copy"]:
                app.copy_to_clipboard(kept.draft.text)
                copied = "Copied, and still kept. "
            case ["memo"] if app.attempt(lambda: _write_memo(app, kept.draft), done="Memo written."):
                _drop(app, kept)
                return False
            case ["drop"]:
                _drop(app, kept)
                return False
            case ["cell"] if await app.resume_cell(*_cell_of(kept.draft), kept.draft):
                _drop(app, kept)
                return True
            case _:
                return False


def _drop(app: Workbench, kept: KeptDraft) -> None:
    try:
        drop_draft(kept)
    except WorkbenchError as error:
        app.say(str(error), alarm=True)


def _told(draft: Draft) -> str:
    when = draft.at
    try:
        local = datetime.fromisoformat(draft.at).astimezone()
        when = f"{local.day} {local:%b %H:%M}"
    except ValueError:
        when = draft.at or "an unknown day"
    title = shortened(" ".join(draft.title.split()), 120)
    who = f" by {draft.coder}" if draft.coder else ""
    return f"Typed but not saved on {when}{who}: {title} — {shortened(' '.join(draft.text.split()), 160)}"


def _choices(app: Workbench, draft: Draft) -> list[Choice]:
    rows = []
    if not app.study.read_only:
        if draft.field and _is_charted(app, draft):
            rows.append(Choice("cell", "Go on writing it in its cell"))
        rows.append(Choice("memo", f"Take it as a memo on {_named(app, draft)}"))
    rows += [
        Choice("copy", "Copy it to the clipboard"),
        Choice("later", "Keep it for later"),
        Choice("drop", "Throw it away"),
    ]
    return rows


def _is_there(app: Workbench, draft: Draft) -> bool:
    return split_key(draft.about)[0] in KINDS and app.study.by_key(draft.about) is not None


def _is_charted(app: Workbench, draft: Draft) -> bool:
    """Tell whether the case and the code of a cell are still there; the cell itself may not be yet."""
    case_id, code_id = _cell_of(draft)
    return app.study.by_key(f"case:{case_id}") is not None and code_id in app.study.framework.codes


def _cell_of(draft: Draft) -> tuple[str, str]:
    case_id, _, code_id = draft.about.partition(":")[2].partition(".")
    return case_id, code_id


def _named(app: Workbench, draft: Draft) -> str:
    from workbench.stages.naming import Names

    if not _is_there(app, draft) or draft.about == _STUDY:
        return "the study"
    kind = split_key(draft.about)[0]
    return f"the {'passage of the text' if draft.passage else kind} {Names(app.study).of(draft.about)}"


def _write_memo(app: Workbench, draft: Draft) -> object:
    from workbench.stages.familiarise import note_passage, write_memo

    if draft.passage is not None and _is_there(app, draft):
        return note_passage(app.study, split_key(draft.about)[1], draft.passage, draft.text)
    anchor = draft.about if _is_there(app, draft) else _STUDY
    return write_memo(app.study, anchor, f"{draft.title}\n\n{draft.text}")
