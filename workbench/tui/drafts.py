"""What was typed but not saved when the terminal went away: kept beside the study until it is taken up."""

from __future__ import annotations

import asyncio
import json
import os
import select
import signal
import sys
import threading
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, runtime_checkable

from workbench.errors import WorkbenchError
from workbench.model.text import Passage

if TYPE_CHECKING:
    from textual.screen import Screen

    from workbench.study.keys import Key
    from workbench.study.whose import Whose

_LOOKED_EVERY = 1.0
"""Seconds after which it is looked again whether the terminal is there."""

_LARGEST = 16 * 1024 * 1024
"""Bytes of a file of drafts that is still read."""


@dataclass(frozen=True, slots=True)
class Draft:
    """Words that were typed and not saved."""

    title: str
    """What was asked when they were typed."""
    text: str
    about: str = ""
    """Key of the record they are for; empty where it is not known."""
    start: int = 0
    """First code point of the passage they are for, where `about` is a text."""
    end: int = 0
    """The code point after that passage; 0 where there is none."""
    field: str = ""
    """Field of the cell, where they stood in the editor of a cell: `summary` or `comment`."""
    refs: str = ""
    """How the words cite evidence: excerpt ids with their refs, `e7k2=E1 ex9p=E2`."""
    at: str = ""
    coder: str = ""

    @property
    def passage(self) -> Passage | None:
        """Give the passage they are for."""
        return Passage(self.start, self.end) if self.about.startswith("text:") and self.end else None


@dataclass(frozen=True, slots=True)
class KeptDraft:
    """A draft with the file it is kept in."""

    draft: Draft
    file: Path


@runtime_checkable
class Drafting(Protocol):
    """A screen in which words can be typed that are not saved yet."""

    def draft(self) -> Draft | None:
        """Hand over what is typed and not saved."""


# the screens


def typed_on(
    stacks: Iterable[list[Screen[Any]]], *, at: str, coder: str, also: Iterable[Draft] = ()
) -> list[Draft]:
    """Gather what is typed and not saved on all screens, with the passage in hand where it is for one."""
    found = [replace(draft, at=at, coder=coder) for draft in also]
    for stack in stacks:
        for screen in stack:
            draft = screen.draft() if isinstance(screen, Drafting) else None
            if draft is not None and draft.text.strip():
                located = draft if draft.about else _on_passage_in_hand(draft, stack[0])
                found.append(replace(located, at=at, coder=coder))
    return found


def _on_passage_in_hand(draft: Draft, screen: Screen[Any]) -> Draft:
    from workbench.tui.stages.reader import Reader

    for reader in screen.query(Reader):
        passage = reader.pane.selection
        if reader.reading is not None and passage is not None and screen.focused is reader.pane:
            return replace(draft, about=f"text:{reader.reading.id}", start=passage.start, end=passage.end)
    return draft


def watch_for_end(end: Callable[[], None]) -> Callable[[], None]:
    """Call `end` when the terminal is closed or the program is asked to stop; gives what ends the watch.

    A signal that is ignored, as under `nohup`, stays ignored; a terminal that nobody holds any more ends the
    program all the same, which would read from it without end.
    """
    if os.name != "posix" or threading.current_thread() is not threading.main_thread():
        return lambda: None
    loop = asyncio.get_running_loop()
    before = {number: signal.getsignal(number) for number in (signal.SIGHUP, signal.SIGTERM)}
    watched = {number: was for number, was in before.items() if was not in (signal.SIG_IGN, None)}
    for number in watched:
        loop.add_signal_handler(number, end)
    look_away = _watch_terminal(loop, end)

    def restore() -> None:
        look_away()
        for number, was in watched.items():
            loop.remove_signal_handler(number)
            signal.signal(number, was)

    return restore


def _watch_terminal(loop: asyncio.AbstractEventLoop, end: Callable[[], None]) -> Callable[[], None]:
    """Call `end` once the terminal that is read from has no other end; gives what ends the watch."""
    if sys.__stdin__ is None or sys.__stdin__.closed or not sys.__stdin__.isatty():
        return lambda: None
    poller = select.poll()
    poller.register(sys.__stdin__.fileno(), 0)
    waiting: list[asyncio.TimerHandle] = []

    def look() -> None:
        if poller.poll(0):
            end()
        else:
            waiting[:] = [loop.call_later(_LOOKED_EVERY, look)]

    def look_away() -> None:
        for handle in waiting:
            handle.cancel()

    look()
    return look_away


# the files


def keep_drafts(of: Whose, drafts: Iterable[Draft]) -> Path:
    """Add drafts to those of a study; gives the file, which is encrypted where the study is.

    A file that cannot be read is left as it is.
    """
    from workbench.study.live import key_last_used
    from workbench.study.whose import note_place, places_for_drafts

    key = key_last_used(of.path)
    faults = []
    for place in places_for_drafts(of):
        try:
            _write(place, [*_read(place), *drafts], key)
        except (OSError, ValueError) as error:
            faults.append(f"{place.name}: {error}")
        else:
            note_place(of)
            return place
    raise WorkbenchError(
        f"What was typed could not be kept ({'; '.join(faults)}).", safe="Everything saved is safe."
    )


def kept_drafts(of: Whose) -> tuple[list[KeptDraft], list[Path]]:
    """List the drafts kept for a study, and the files of drafts that cannot be read."""
    from workbench.study.whose import drafts_there

    found, unread = [], []
    for place in drafts_there(of):
        try:
            found += [KeptDraft(draft, place) for draft in _read(place)]
        except (OSError, ValueError):
            unread.append(place)
    return found, unread


def drop_draft(kept: KeptDraft) -> None:
    """Keep a draft no longer; a file without drafts is taken away."""
    from workbench.study.aside import key_of

    try:
        drafts = _read(kept.file)
        if kept.draft in drafts:
            drafts.remove(kept.draft)
        if drafts:
            _write(kept.file, drafts, key_of(kept.file))
        else:
            kept.file.unlink(missing_ok=True)
    except (OSError, ValueError) as error:
        raise WorkbenchError(
            f"{kept.file.name} cannot be changed: {error}.",
            safe="What was typed is still in it and will be offered again.",
        ) from error


def _read(place: Path) -> list[Draft]:
    """Read a file of drafts; one that is not there holds none. Raises ValueError for anything else."""
    from workbench.study.aside import read_aside

    try:
        data = read_aside(place, _LARGEST)
    except (FileNotFoundError, NotADirectoryError):
        return []
    if len(data) > _LARGEST:
        raise ValueError("it is too large")
    held = json.loads(data)
    if not isinstance(held, dict) or not isinstance(held.get("drafts"), list):
        raise ValueError("it is no list of drafts")
    return [_understood(each) for each in held["drafts"]]


def _understood(data: Any) -> Draft:
    if not isinstance(data, dict):
        raise ValueError("it holds something that is no draft")
    try:
        draft = Draft(**data)
    except TypeError as error:
        raise ValueError("it holds something that is no draft") from error
    for name, value in asdict(draft).items():
        if type(value) is not (int if name in ("start", "end") else str):
            raise ValueError(f"{name} of a draft is not what it should be")
    if draft.end and not 0 <= draft.start < draft.end:
        raise ValueError("the passage of a draft is no passage")
    return draft


def _write(place: Path, drafts: list[Draft], key: Key | None) -> None:
    from workbench.study.aside import write_aside

    if not place.name.startswith("."):
        # The folder of a study that is gone is not made anew: its disk may only be away.
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    written = json.dumps({"drafts": [asdict(draft) for draft in drafts]}, indent=1)
    write_aside(place, written.encode("ascii"), key)
