"""Proposals of an edited workbook on the chart screen: read, compared, accepted, left and undone."""

from __future__ import annotations

import threading
import time
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import ProgressBar, Static

from tests.exchange.editing import edit
from tests.tui.example import build_study
from tests.tui.waiting import open_stage, until, words_of
from workbench.exchange.charts import write_chart
from workbench.exchange.xlsx import Progress as Tell
from workbench.model.cell import Cell
from workbench.model.memo import Memo
from workbench.stages import chart
from workbench.study.file import open_study
from workbench.study.study import Study
from workbench.tui.app import Workbench
from workbench.tui.dialogs import AskText, GiveReason
from workbench.tui.dialogs.progress import Progress
from workbench.tui.stages.chart import ChartScreen
from workbench.tui.stages.chart_writing import written_in_background
from workbench.tui.stages.proposals import ProposalList
from workbench.tui.widgets.line_list import LineList

SIZES = [(80, 24), (120, 40)]
EDITS = {"E5": "Open to most residents.", "F5": "Mine [b]\u2003here.", "F10": "Theirs.", "C9": "Perhaps"}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Make a study with an edited workbook beside it."""
    made = tmp_path / "two.workbench"
    with build_study(made) as study:
        (tmp_path / "edited.xlsx").write_bytes(edit(write_chart(study, format="xlsx"), EDITS))
        (tmp_path / "same.xlsx").write_bytes(write_chart(study, format="xlsx"))
    return made


async def asked(pilot: Pilot[None], dialog: type[object]) -> None:
    await until(pilot, lambda: isinstance(pilot.app.screen, dialog))


async def read(pilot: Pilot[None], name: str) -> None:
    await pilot.press("p")
    await asked(pilot, AskText)
    entry = pilot.app.screen.query_one("#entry")
    entry.value = name  # type: ignore[attr-defined]
    await pilot.press("enter")


async def listed(pilot: Pilot[None]) -> ProposalList:
    await read(pilot, "edited.xlsx")
    await asked(pilot, ProposalList)
    await pilot.pause()
    screen = pilot.app.screen
    assert isinstance(screen, ProposalList)
    return screen


async def give_reason(pilot: Pilot[None]) -> None:
    await asked(pilot, GiveReason)
    await pilot.press(*"checked", "enter")
    await asked(pilot, ProposalList)
    await pilot.pause()


def lines(dialog: ProposalList) -> list[str]:
    drawn = dialog.query_one(LineList)
    return [drawn.render_line(y).text.rstrip() for y in range(drawn.count)]


def difference(dialog: ProposalList) -> str:
    return words_of(dialog.query_one("#words", Static))


def study_of(pilot: Pilot[None]) -> Workbench:
    assert isinstance(pilot.app, Workbench)
    return pilot.app


@pytest.mark.parametrize("size", SIZES)
async def test_the_list_shows_every_proposal_with_its_difference(path: Path, size: tuple[int, int]) -> None:
    async with open_stage(path, "chart", size) as pilot:
        dialog = await listed(pilot)
        assert lines(dialog)[:3] == [
            "○ 1 summary: North City × 1.1 Assembly",
            "○ 2 comment: North City × 1.1 Assembly",
            "○ 3 comment: 南市 [red] × 1.3 Help with housing",
        ]
        assert lines(dialog)[3].startswith("× Cells!C9: There is no status Perhaps.")
        assert "Open to [-all-]{+most+} residents." in difference(dialog)
        assert dialog.query_one("#dialog-keys").region.bottom <= size[1]
        await pilot.press("end")
        assert "Not taken: Cells!C9" in difference(dialog)


async def test_accepting_asks_why_once_and_goes_on_to_the_next(path: Path) -> None:
    async with open_stage(path, "chart", (80, 24)) as pilot:
        dialog = await listed(pilot)
        study = study_of(pilot).study
        await pilot.press("a")
        await give_reason(pilot)
        await until(pilot, lambda: study.get(Cell, "north.assembly").summary == "Open to most residents.")
        assert lines(dialog)[0].startswith("✓ 1 summary")
        assert "comment" in difference(dialog)
        await pilot.press("a")
        await until(pilot, lambda: study.get(Cell, "north.assembly").comment == "Mine [b]\u2003here.")
        assert study.decisions(latest=1)[0].reason.endswith("row 5: checked")
        await pilot.press("u")
        await until(pilot, lambda: study.get(Cell, "north.assembly").comment == "")
        assert lines(dialog)[1].startswith("○ 2 comment")
        await pilot.press("escape")
        await until(pilot, lambda: len(pilot.app.screen_stack) == 1)
        screen = pilot.app.screen
        assert "2 proposals of edited.xlsx still open." in words_of(screen.query_one("#message", Static))
        await pilot.press("u")
        await until(pilot, lambda: study.get(Cell, "north.assembly").summary == "Open to all residents.")


async def test_what_is_left_is_remembered_and_all_takes_the_rest(path: Path) -> None:
    async with open_stage(path, "chart", (80, 24)) as pilot:
        dialog = await listed(pilot)
        study = study_of(pilot).study
        await pilot.press("down", "r")
        await give_reason(pilot)
        await until(pilot, lambda: len(study.all(Memo)) == 1)
        await pilot.press("A")
        await until(pilot, lambda: study.get(Cell, "south.housing").comment == "Theirs.")
        await until(pilot, lambda: not study_of(pilot).busy)
        await pilot.pause()
        assert [line[0] for line in lines(dialog)] == ["✓", "–", "✓", "×"]
        assert study.get(Cell, "north.assembly").comment == ""
        await pilot.press("A")
        assert "No proposal is open without conflict." in words_of(dialog.query_one("#dialog-keys", Static))


async def test_a_conflict_shows_three_texts_and_is_not_among_all(path: Path) -> None:
    with open_study(path, coder="B. Sato") as study:
        chart.write_cell(study, "south", "housing", comment="Ours.")
    async with open_stage(path, "chart", (80, 24)) as pilot:
        dialog = await listed(pilot)
        assert lines(dialog)[2].startswith("! 3 comment")
        await pilot.press("A")
        await give_reason(pilot)
        held = study_of(pilot).study
        await until(pilot, lambda: held.get(Cell, "north.assembly").comment != "")
        await until(pilot, lambda: not study_of(pilot).busy)
        assert held.get(Cell, "south.housing").comment == "Ours."
        await pilot.press("home", "down", "down")
        for said in ("exported: ", "edited: Theirs.", "now: Ours."):
            assert said in difference(dialog)
        await pilot.press("a")
        await until(pilot, lambda: held.get(Cell, "south.housing").comment == "Theirs.")


async def test_escape_at_the_reason_decides_nothing(path: Path) -> None:
    async with open_stage(path, "chart", (80, 24)) as pilot:
        await listed(pilot)
        before = study_of(pilot).study.head.count
        await pilot.press("a")
        await asked(pilot, GiveReason)
        await pilot.press("escape")
        await asked(pilot, ProposalList)
        assert study_of(pilot).study.head.count == before


async def test_enter_opens_the_cell(path: Path) -> None:
    async with open_stage(path, "chart", (80, 24)) as pilot:
        await listed(pilot)
        await pilot.press("down", "down", "enter")
        await until(pilot, lambda: len(pilot.app.screen_stack) == 1)
        screen = pilot.app.screen
        assert isinstance(screen, ChartScreen)
        await until(pilot, lambda: screen.is_cell_open)
        assert screen.cell_place is not None
        assert screen.cell_place.key == "cell:south.housing"


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("same.xlsx", "it proposes nothing"),
        ("absent.xlsx", "cannot be read"),
        ("two.workbench", "not a workbook"),
    ],
)
async def test_what_cannot_be_listed_is_said(path: Path, name: str, told: str) -> None:
    async with open_stage(path, "chart", (80, 24)) as pilot:
        await read(pilot, name)
        await until(pilot, lambda: told in words_of(pilot.app.screen_stack[0].query_one("#message", Static)))
        assert len(pilot.app.screen_stack) == 1


# writing the workbook


async def test_escape_stops_a_long_writing_and_leaves_no_file(path: Path) -> None:
    async with open_stage(path, "chart", (80, 24)) as pilot:
        app = study_of(pilot)
        made: list[bytes | None] = []
        begun, seen = threading.Event(), []

        def slow(study: Study, tell: Tell) -> bytes:
            for done in range(10_000):
                tell(done, 10_000)
                seen.append(done)
                begun.set()
                time.sleep(0.005)
            return b"never"

        async def write() -> None:
            made.append(await written_in_background(app, slow))

        app.run_worker(write())
        await asked(pilot, Progress)
        await until(pilot, begun.is_set)
        await until(pilot, lambda: pilot.app.screen.query_one(ProgressBar).total == 10_000)
        await pilot.press("escape")
        await until(pilot, lambda: made == [None])
        assert "No file was written." in words_of(pilot.app.screen_stack[0].query_one("#message", Static))
        assert len(seen) < 10_000
        assert not app.busy
