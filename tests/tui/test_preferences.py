"""The user's own file: keys, colours, widths; what is not known in it is said and not followed."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.tui.conftest import shown
from tests.tui.pilots import message, opened, press
from workbench.tui.dialogs import ChooseCode, Help
from workbench.tui.preferences import load_preferences, preferences_path


@pytest.fixture
def preferences(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    path = preferences_path()
    path.parent.mkdir(parents=True)
    return path


def test_without_a_file_everything_is_as_usual(preferences: Path) -> None:
    assert load_preferences() == load_preferences(Path("nowhere.yaml"))
    assert load_preferences().faults == ()


@pytest.mark.parametrize(
    ("written", "fault"),
    [
        ("keys: {index.fly: f}", "There is no action index.fly."),
        ("keys: {index.cut: j}", "On the screen index, j would do two things."),
        ("keys: [a, b]", "keys must name actions"),
        ("colours: pink", "There are no colours pink; there are dark, light, contrast, monochrome."),
        ("ambiguous: both", "ambiguous is narrow or wide, not both."),
        ("backup minutes: often", "backup minutes is a number from 0, for none, to 1440, not often."),
        ("backup minutes: -1", "not -1."),
        ("wings: 2", "There is no setting wings."),
        ("just words", "is not a list of settings"),
        ("keys: {index.cut: [", "cannot be read and is not followed"),
    ],
)
def test_what_is_not_known_is_reported(preferences: Path, written: str, fault: str) -> None:
    preferences.write_text(written, encoding="utf-8")
    assert fault in " ".join(load_preferences().faults)


async def test_preferred_keys_work_and_stand_in_help(small: Path, preferences: Path) -> None:
    preferences.write_text("colours: light\nkeys:\n  index.apply_codes: W\n  no.such: x\n", encoding="utf-8")
    async with opened(small, stage="index") as (app, pilot):
        assert app.theme == "workbench-light"
        assert "There is no action no.such." in message(app)
        assert "W Code" in shown(app).splitlines()[-1]
        await press(pilot, "o", "enter", "p", "W")
        assert isinstance(app.screen, ChooseCode)
        await press(pilot, "escape", "f1")
        assert isinstance(app.screen, Help)
        [line] = [line for line in shown(app).splitlines() if "Apply codes to the selected passage" in line]
        assert line.split("Apply")[0].split()[-1] == "W"


async def test_quotes_and_dashes_can_take_two_columns(small: Path, preferences: Path) -> None:
    preferences.write_text("ambiguous: wide\n", encoding="utf-8")
    async with opened(small, stage="index") as (app, pilot):
        from workbench.tui.reading.pane import ReadingPane

        await press(pilot, "o", "enter")
        assert app.screen.query_one(ReadingPane).ambiguous_wide
