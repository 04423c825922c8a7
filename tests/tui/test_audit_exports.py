"""From the history screen: what leaves for an audit, shown before, and what is blacked out in it."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Static

from tests.tui.example import build_study
from tests.tui.pilots import type_in
from tests.tui.test_chart import idle
from tests.tui.test_chart_export import asked
from tests.tui.waiting import open_stage, until, words_of
from workbench.exchange.derived import redactions_of
from workbench.study.file import open_study
from workbench.tui.dialogs.ask_file import AskFile

TERM = "assembly"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "two.workbench"
    build_study(made).close()
    return made


def message(pilot: Pilot[None]) -> str:
    return words_of(pilot.app.screen_stack[0].query_one("#message", Static))


async def choose(pilot: Pilot[None], typed: str) -> None:
    await asked(pilot, "Write what for an audit?")
    await type_in(pilot, typed)
    await pilot.press("enter")
    await until(pilot, lambda: isinstance(pilot.app.screen, AskFile))


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_a_bundle_is_written_after_a_look_at_what_is_in_it(path: Path, size: tuple[int, int]) -> None:
    async with open_stage(path, "history", size) as pilot:
        await pilot.press("x")
        await choose(pilot, "audit bundle")
        told = words_of(pilot.app.screen.query_one("#preview", Static))
        assert "original file" in told
        assert "names A. Mori" in told
        await pilot.press("enter")
        await until(pilot, lambda: "Wrote" in message(pilot), tries=1000)
        await idle(pilot)
        assert "head " in message(pilot)
    folder = path.parent / "two-audit"
    assert (folder / "verify.py").is_file()
    with open_study(path, read_only=True) as study:
        assert study.head.hash in (folder / "VERIFY.md").read_text(encoding="utf-8")


async def test_a_bundle_with_pseudonyms_names_nobody(path: Path) -> None:
    async with open_stage(path, "history", (80, 24)) as pilot:
        await pilot.press("x")
        await choose(pilot, "bundle")
        assert "names A. Mori" in words_of(pilot.app.screen.query_one("#preview", Static))
        await pilot.press("ctrl+n")
        told = words_of(pilot.app.screen.query_one("#preview", Static))
        assert "names Coder 1" in told
        assert "A. Mori" not in told
        await pilot.press("enter")
        await until(pilot, lambda: "Wrote" in message(pilot), tries=1000)
        await idle(pilot)
        assert "Coders are named by number in it." in message(pilot)
    files = [file for file in (path.parent / "two-audit").rglob("*") if file.is_file()]
    assert files
    assert not [file for file in files if b"A. Mori" in file.read_bytes()]


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("report", "two-report.html"),
        ("json lines", "two-log.jsonl"),
        ("log as markdown", "two-log.md"),
        ("coreq checklist as html", "two-coreq.html"),
        ("srqr checklist as markdown", "two-srqr.md"),
    ],
)
async def test_whatever_is_written_for_an_audit_can_leave_with_pseudonyms(
    path: Path, typed: str, name: str
) -> None:
    async with open_stage(path, "history", (80, 24)) as pilot:
        await pilot.press("x")
        await choose(pilot, typed)
        await pilot.press("ctrl+n", "ctrl+n", "ctrl+n")
        assert "ctrl+n coders by name " in words_of(pilot.app.screen.query_one("#dialog-keys", Static))
        await pilot.press("enter")
        await until(pilot, lambda: "Wrote" in message(pilot), tries=1000)
        await idle(pilot)
    page = (path.parent / name).read_text(encoding="utf-8")
    assert "Coder 1" in page
    assert "A. Mori" not in page


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("report", "two-report.html"),
        ("json lines", "two-log.jsonl"),
        ("srqr checklist as docx", "two-srqr.docx"),
        ("coreq checklist as markdown", "two-coreq.md"),
    ],
)
async def test_reports_logs_and_checklists_are_written_beside_the_study(
    path: Path, typed: str, name: str
) -> None:
    async with open_stage(path, "history", (120, 40)) as pilot:
        await pilot.press("x")
        await choose(pilot, typed)
        await pilot.press("enter")
        await until(pilot, lambda: "Wrote" in message(pilot), tries=1000)
        await idle(pilot)
        assert name in message(pilot)
    assert (path.parent / name).stat().st_size


async def test_a_term_is_put_on_the_list_and_taken_off_with_reasons(path: Path) -> None:
    async with open_stage(path, "history", (80, 24)) as pilot:
        await pilot.press("R")
        await asked(pilot, "Blacked out in exports")
        await pilot.press("enter")
        await asked(pilot, "Black out which term?")
        await type_in(pilot, TERM)
        await pilot.press("enter")
        await asked(pilot, "How is it looked for?")
        await pilot.press("enter")
        await asked(pilot, "Why?")
        await type_in(pilot, "Asked for.")
        await pilot.press("enter")
        await until(pilot, lambda: "from now on" in message(pilot))
        await pilot.press("R")
        await asked(pilot, "Blacked out in exports")
        await type_in(pilot, TERM)
        await pilot.press("enter")
        await asked(pilot, "Why?")
        await type_in(pilot, "Consent came.")
        await pilot.press("enter")
        await until(pilot, lambda: "no longer" in message(pilot))
    with open_study(path, read_only=True) as study:
        assert redactions_of(study) == []
        assert [one.reason for one in study.decisions(latest=2)] == ["Asked for.", "Consent came."]


@pytest.mark.parametrize(
    ("stage", "keys", "name"),
    [
        ("chart", ("x", "enter", "xlsx"), "local-measures.xlsx"),
        ("framework", ("w",), "codebook.yaml"),
        ("memos", ("E", "md"), "memos.md"),
    ],
)
async def test_exports_of_every_screen_are_redacted_and_say_so(
    path: Path, stage: str, keys: tuple[str, ...], name: str
) -> None:
    from tests.exchange.test_redaction import words_of_file
    from workbench.model.redaction import MARK
    from workbench.stages.familiarise import write_memo
    from workbench.stages.redaction import add_redaction

    with open_study(path, coder="A. Mori") as study:
        write_memo(study, "setting:title", f"The {TERM} again.")
        add_redaction(study, TERM, reason="Asked for.")
    async with open_stage(path, stage, (120, 40)) as pilot:
        for key in keys:
            before = pilot.app.screen
            if len(key) > 1 and key != "enter":
                await type_in(pilot, key)
                await pilot.press("enter")
            else:
                await pilot.press(key)
            await until(pilot, lambda: pilot.app.screen is not before)  # noqa: B023
            await asyncio.sleep(0)
        await until(pilot, lambda: isinstance(pilot.app.screen, AskFile))
        assert "1 term blacked out" in words_of(pilot.app.screen.query_one("#preview", Static))
        await pilot.press("enter")
        await until(pilot, lambda: "Wrote" in message(pilot), tries=1000)
        await idle(pilot)
        assert "1 term of the redaction list blacked out" in message(pilot)
    words = words_of_file(path.parent / name)
    assert TERM not in words.casefold()
    assert MARK * len(TERM) in words
