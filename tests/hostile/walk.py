"""Walk all screens and dialogs of the workbench on this terminal, and say where it has been.

Run as `python -m tests.hostile.walk STUDY REPORT FOLDER [SCREEN...]`. Every action of every screen is
done, and what it asks is answered, so that the dialogs behind dialogs are drawn too.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from textual import events
from textual.command import CommandPalette
from textual.keys import _character_to_key
from textual.pilot import Pilot
from textual.widgets import Input, TextArea

from tests.hostile.strings import EATEN, TELL
from workbench.tui.actions import SCREENS, actions_of
from workbench.tui.app import Workbench
from workbench.tui.dialogs import Form
from workbench.tui.dialogs.progress import Progress
from workbench.tui.keys.action import Action
from workbench.tui.screen import StageScreen
from workbench.tui.widgets.message_line import MessageLine

LEFT_OUT = {"everywhere.quit", "everywhere.redo", "everywhere.undo", "history.encryption"}
"""What would end the walk: closing the study, or taking back what is walked through."""
FORM_FILES: dict[str, dict[str, str]] = {
    "Import files": {"path": "incoming", "case": ""},
    "Hold printed tables against the cells": {"tables": "printed.csv"},
    "Import an index edition": {"path": "sheet.csv"},
}
"""Title of a form -> which of its fields are filled, and with what file."""
BEFORE = {"index.memo": ("s",)}
"""Keys without which an action would not come to all its dialogs."""
PATIENCE = 6
"""Answers given before a chain of dialogs is cancelled."""


class Walk:
    """What was seen on the way."""

    def __init__(self, app: Workbench, pilot: Pilot[Any], folder: Path, stages: Sequence[str]) -> None:
        self.app = app
        self.pilot = pilot
        self.folder = folder
        self.stages = stages
        self.report: dict[str, Any] = {
            "screens": [],
            "dialogs": [],
            "actions": [],
            "eaten": [],
            "shown": 0,
            "said": {},
        }

    async def everywhere(self) -> None:
        """Go through all screens."""
        for stage in self.stages:
            await self._go_to(stage)
            own = [a for a in actions_of(stage) if stage in (a.stage, "familiarise")]
            for action in own if stage == "chart" else ():
                await self._do(stage, action, in_cell=True)
            await self._go_to(stage)
            for action in own:
                if action.id not in LEFT_OUT:
                    await self._do(stage, action)
            await self._go_to(stage)
            await self._press("ctrl+p")
            await self._press("escape")
        self.report["done"] = True

    async def _go_to(self, stage: str) -> None:
        await self._leave_dialogs()
        if self.app.study.as_of is not None:
            await self._press("f12")
        self.app.go_to_stage(stage)
        for _ in range(600):
            await asyncio.sleep(0.01)
            if isinstance(self.app.screen, StageScreen) and stage == self.app.screen.STAGE:
                break
        await self._press(*(("o", "enter", "enter") if stage in ("index", "parallel") else ("down",)))

    async def _do(self, stage: str, action: Action, *, in_cell: bool = False) -> None:
        screen = self.app.screen
        if not (isinstance(screen, StageScreen) and stage == screen.STAGE and self.app.study.as_of is None):
            await self._go_to(stage)
        if in_cell != self.app.screen.has_class("-cell"):
            await self._press(*(("ctrl+home", "enter") if in_cell else ("escape",)))
        await self._press(*BEFORE.get(action.id, ()), action.keys.split(",")[0])
        self.report["actions"].append(action.id)
        for _ in range(PATIENCE):
            while isinstance(self.app.screen, Progress):
                await asyncio.sleep(0.01)
                self._look()
            if isinstance(self.app.screen, StageScreen) and not await self._goes_on():
                break
            await self._answer()
        await self._leave_dialogs()
        if isinstance(self.app.focused, TextArea | Input):
            await self._press("end", "x", "ctrl+s", "escape")
        limit = time.monotonic() + 20
        while not self.app.screen.query(MessageLine) and time.monotonic() < limit:
            await asyncio.sleep(0.01)  # another screen is on its way
        self.report["said"][action.id] = self.app.screen.query_one(MessageLine).message
        await self._press("down", "right")

    async def _goes_on(self) -> bool:
        """Wait for what was begun by an answer, such as the reading of a file; tell whether it asks again."""
        limit = time.monotonic() + 60
        while any(not worker.is_finished for worker in self.app.workers) and time.monotonic() < limit:
            await asyncio.sleep(0.01)
            if not isinstance(self.app.screen, StageScreen):
                return True
        return False

    async def _answer(self) -> None:
        """Look over a dialog, then say something plausible."""
        await self.pilot._wait_for_screen()
        limit = time.monotonic() + 20
        while self.app.focused is None and time.monotonic() < limit:
            await asyncio.sleep(0.01)
        screen, focused = self.app.screen, self.app.focused
        if isinstance(screen, Form):
            asked = FORM_FILES.get(screen._title, {})
            for field in screen._fields:
                entry = screen.query_one(f"#field-{field.name}")
                if isinstance(entry, Input) and not entry.value and (field.name in asked or not asked):
                    entry.value = self._file(asked.get(field.name, ""))
            await self._press("tab", "end", "ctrl+s")
            return
        if isinstance(focused, Input) and focused.id == "entry":
            focused.value = focused.value or self._file("chart.xlsx" if "workbook" in screen._title else "")
        elif isinstance(focused, TextArea):
            focused.load_text(focused.text or TELL)
        else:
            await self._press("down", "tab")
        await self._press("end", "enter")
        if self.app.screen is screen:
            await self._press("ctrl+s")

    def _file(self, name: str) -> str:
        return str(self.folder / name) if name else TELL

    async def _leave_dialogs(self) -> None:
        for _ in range(PATIENCE):
            while isinstance(self.app.screen, Progress):
                await asyncio.sleep(0.01)
                self._look()
            if isinstance(self.app.screen, StageScreen):
                return
            await self._press("escape")
            if isinstance(self.app.screen, CommandPalette):
                self.app.screen.dismiss()
        raise AssertionError(f"{self.app.screen!r} cannot be left with escape")

    async def _press(self, *keys: str) -> None:
        """Press keys as the driver would, each once the one before has been dealt with and drawn."""
        driver = self.app._driver
        assert driver is not None
        for key in keys:
            named = _character_to_key(key) if len(key) == 1 and not key.isalnum() else key
            event = events.Key(named, key if len(key) == 1 else None)
            event.set_sender(self.app)
            driver.send_message(event)
            await asyncio.sleep(0)
            turns, limit = self.app._keys_in_turn, time.monotonic() + 12
            while turns._busy or (turns._is_opening() and time.monotonic() < limit):
                await asyncio.sleep(0.002)  # on a busy machine a dialog takes longer than a key waits for it
            await self.pilot._wait_for_screen()
            self._look()

    def _look(self) -> None:
        """Note which screen is drawn, and whether anything took its words for markup."""
        screen = self.app.screen
        seen = self.report["screens" if isinstance(screen, StageScreen) else "dialogs"]
        name = screen.STAGE if isinstance(screen, StageScreen) else type(screen).__name__
        if name not in seen:
            seen.append(name)
        drawn = "\n".join(
            "".join(part.text for part in strip) for strip in screen._compositor.render_strips()
        )
        self.report["shown"] += TELL in drawn
        if EATEN in drawn:
            self.report["eaten"].append(f"{name}: {drawn}")


def main() -> None:
    """Open a study, walk through it, and leave."""
    study, report, folder = map(Path, sys.argv[1:4])
    stages = sys.argv[4:] or SCREENS
    app = Workbench(study, coder="A. Mori")

    async def walk(pilot: Pilot[Any]) -> None:
        for _ in range(200):
            await pilot.pause()
            if app.is_open and app.stage_screen is not None:
                break
            await asyncio.sleep(0.02)
        walked = Walk(app, pilot, folder, stages)
        try:
            await walked.everywhere()
        except BaseException as error:
            walked.report["failed"] = repr(error)
            raise
        finally:
            report.write_text(json.dumps(walked.report), encoding="utf-8")
            app.exit()

    app.run(auto_pilot=walk)


if __name__ == "__main__":
    main()
