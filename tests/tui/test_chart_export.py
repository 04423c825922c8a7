"""From the chart screen into a file: every format, and the pictures."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Static

from tests.tui.example import build_study
from tests.tui.pilots import type_in
from tests.tui.test_chart import idle
from tests.tui.waiting import open_stage, until, words_of
from workbench.exchange.charts import FORMATS
from workbench.exchange.pictures import FORMATS as PICTURE_FORMATS
from workbench.exchange.pictures import KINDS
from workbench.tui.stages.chart_export import _forms


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "two.workbench"
    build_study(made).close()
    return made


async def asked(pilot: Pilot[None], title: str) -> None:
    """Wait for the dialog with some words in its title."""
    await until(
        pilot,
        lambda: any(
            title in words_of(held) for held in pilot.app.screen.query("#dialog-title").results(Static)
        ),
    )


def test_the_screen_offers_what_the_command_line_writes() -> None:
    pictures = [f"{kind}.{format}" for kind in KINDS for format in PICTURE_FORMATS]
    assert [choice.id for choice in _forms()] == [*FORMATS, *pictures]


@pytest.mark.parametrize(
    ("typed", "keys", "name", "sign"),
    [
        ("docx", (), "{}.docx", b"PK"),
        ("parquet", (), "{}.parquet", b"PAR1"),
        ("picture of statuses", (), "{}-statuses.svg", b"<?xml"),
        ("excerpts behind", ("down",), "{}-coverage.png", b"\x89PNG"),
    ],
)
async def test_a_chart_or_picture_is_written_beside_the_study(
    path: Path, typed: str, keys: tuple[str, ...], name: str, sign: bytes
) -> None:
    async with open_stage(path, "chart", (120, 40)) as pilot:
        await pilot.press("x")
        await asked(pilot, "Export which chart?")
        await pilot.press("down", "enter")
        await asked(pilot, "As which format?")
        await type_in(pilot, typed)
        await pilot.press(*keys, "enter")
        await asked(pilot, "to which file?")
        await pilot.press("enter")
        await idle(pilot)
    assert (path.parent / name.format("chart")).read_bytes().startswith(sign)


async def test_a_chart_leaves_with_coders_named_by_number(path: Path) -> None:
    async with open_stage(path, "chart", (80, 24)) as pilot:
        await pilot.press("x")
        await asked(pilot, "Export which chart?")
        await pilot.press("down", "enter")
        await asked(pilot, "As which format?")
        await type_in(pilot, "json")
        await pilot.press("enter")
        await asked(pilot, "to which file?")
        assert "A. Mori" in words_of(pilot.app.screen.query_one("#preview", Static))
        await pilot.press("ctrl+n")
        assert "Coder 1" in words_of(pilot.app.screen.query_one("#preview", Static))
        await pilot.press("enter")
        await idle(pilot)
    written = (path.parent / "chart.json").read_text(encoding="utf-8")
    assert "Coder 1" in written
    assert "A. Mori" not in written
