"""The worked example: built, read with every listing, and whole."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run


@pytest.fixture
def example(done: Run, tmp_path: Path) -> Path:
    """Build the worked example."""
    return Path(done("demo", "--no-ui", "--dir", tmp_path).first)


def test_the_worked_example_is_whole_and_every_listing_has_rows(done: Run, example: Path) -> None:
    assert done("check", example, "--rule", "whole").out.startswith(done("log", "verify", example).first)
    for words in (
        ("cases",),
        ("documents",),
        ("texts",),
        ("memos",),
        ("excerpts",),
        ("codings",),
        ("framework", "show"),
        ("framework", "statuses"),
        ("framework", "versions"),
        ("cell", "list"),
        ("cell", "footnotes"),
        ("claim", "list"),
        ("log", "show"),
    ):
        place = 2 if words[0] in ("framework", "cell", "claim", "log") else 1
        printed = done(*words[:place], example, *words[place:], "--format", "json").out
        assert json.loads(printed), words


def test_an_example_that_is_there_is_not_built_again(workbench: Run, example: Path) -> None:
    before = example.read_bytes()
    again = workbench("demo", "--no-ui", "--dir", example.parent)
    assert again.status == 3
    assert f"workbench open {example}" in again.err
    assert example.read_bytes() == before


def test_an_interrupted_build_leaves_no_file(
    workbench: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(message: str) -> None:
        if message == "Indexing":
            raise KeyboardInterrupt

    monkeypatch.setattr("workbench.cli.demo.say", interrupted)
    assert workbench("demo", "--no-ui", "--dir", tmp_path).status == 3
    assert not list(tmp_path.glob("*.workbench"))


def test_the_terminal_is_opened_with_what_the_options_say(
    workbench: Run, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[object] = []

    def run_workbench(place: Path, **options: object) -> int:
        opened.extend([place, options])
        return 0

    monkeypatch.setattr("workbench.tui.opening.run_workbench", run_workbench)
    monkeypatch.setattr("workbench.tui.opening.refuse_without_terminal", lambda: None)
    assert workbench("open", path, "--stage", "chart", "--read-only", "--as", "B. Silva").status == 0
    assert opened == [path, {"coder": "B. Silva", "stage": "chart", "read_only": True}]
    opened.clear()
    assert workbench("open", path).status == 0
    assert opened == [path, {"coder": "A. Mori", "stage": "familiarise", "read_only": False}]


def test_without_a_terminal_nothing_is_opened(workbench: Run, path: Path) -> None:
    refused = workbench("open", path)
    assert refused.status == 3
    assert "needs a terminal" in refused.err
