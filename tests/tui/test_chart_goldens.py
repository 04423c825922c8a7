"""The matrix as text, in every way of looking at it and at three sizes, against files."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from tests.tui.conftest import shown
from tests.tui.example import build_study, excerpt
from tests.tui.pilots import NORMAL, WIDE, opened, press, type_in
from tests.tui.test_goldens import hold
from workbench.model import identity
from workbench.stages.summaries import write_marked
from workbench.study.study import Study

LARGE = (200, 60)


@pytest.fixture
def charted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make the study of two cities with the same ids and times on every run."""
    monkeypatch.setattr(identity.secrets, "randbits", random.Random(11).getrandbits)
    monkeypatch.setattr(Study, "now", lambda _: "2026-01-02T03:04:05.000Z")
    path = tmp_path / "two.workbench"
    study = build_study(path)
    assert excerpt(study, "everybody")
    write_marked(study, "north", "assembly", summary="Open to all residents. [E1] Nobody says how. 共生")
    study.close()
    return path


@pytest.mark.parametrize("size", [NORMAL, WIDE, LARGE])
async def test_the_matrix(charted: Path, size: tuple[int, int]) -> None:
    async with opened(charted, stage="chart", size=size) as (app, pilot):
        hold(f"chart-{size[0]}x{size[1]}", shown(app))
        await press(pilot, "enter")
        hold(f"cell-{size[0]}x{size[1]}", shown(app))


async def test_coverage_and_one_column_and_one_row(charted: Path) -> None:
    async with opened(charted, stage="chart", size=NORMAL) as (app, pilot):
        await press(pilot, "b")
        hold("chart-coverage-80x24", shown(app))
        await press(pilot, "b", "o")
        hold("chart-column-80x24", shown(app))
        await press(pilot, "o", "O")
        hold("chart-row-80x24", shown(app))


async def test_rows_of_documents(charted: Path) -> None:
    async with opened(charted, stage="chart", size=NORMAL) as (app, pilot):
        await press(pilot, "r")
        await type_in(pilot, "rows")
        await press(pilot, "enter")
        await type_in(pilot, "documents")
        await press(pilot, "enter")
        hold("chart-documents-80x24", shown(app))
