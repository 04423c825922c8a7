"""The reference of keys says what the program does."""

from __future__ import annotations

from pathlib import Path

from textual.binding import Binding

from workbench.tui.actions import ACTIONS, SCREENS
from workbench.tui.preferences import known_ids
from workbench.tui.reading.pane import ReadingPane
from workbench.tui.reference import render

WRITTEN = Path(__file__).resolve().parents[2] / "docs" / "reference-keys.md"


def sections(reference: str) -> dict[str, str]:
    """Give what stands under each heading."""
    return dict(part.split("\n", 1) for part in reference.split("\n## ")[1:])


def test_the_reference_of_keys_is_what_the_program_says() -> None:
    assert WRITTEN.read_text(encoding="utf-8") == render(), (
        "write it anew: python -m workbench.tui.reference > docs/reference-keys.md"
    )


def test_every_screen_has_its_actions_in_the_reference() -> None:
    written = sections(render())
    for screen in (*SCREENS, "everywhere"):
        rows = [line for line in written[screen.capitalize()].splitlines() if line.startswith("| `")]
        own = [action for action in ACTIONS if action.stage == screen]
        assert len(rows) == len(own) > 0
        for row, action in zip(rows, own, strict=True):
            assert action.help in row


def test_every_name_that_a_preference_may_give_keys_to_is_in_the_reference() -> None:
    reference = render()
    ranges = {f"index.recent_code.{digit}" for digit in range(2, 9)}
    assert {name for name in known_ids() if f"`{name}`" not in reference} == ranges


def test_every_key_of_the_reading_pane_is_in_the_reference() -> None:
    written = sections(render())["In the text"]
    bound = [binding for binding in ReadingPane.BINDINGS if isinstance(binding, Binding)]
    assert bound
    assert all(f"`{binding.id}`" in written for binding in bound)
