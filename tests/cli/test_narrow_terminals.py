"""On a terminal of 80 columns no line is longer, and what is cut away shows."""

from __future__ import annotations

from pathlib import Path

import pytest
from rich.cells import cell_len

from tests.cli.conftest import Run
from tests.cli.test_records import held

__all__ = ["held"]


def _narrow(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let stdout be a terminal of 80 columns; only inside a test, which has its own stdout."""
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)


def _longest(output: str) -> int:
    return max(cell_len(line) for line in output.split("\n"))


def test_a_table_that_cannot_fit_becomes_a_block_for_each_line(
    done: Run, held: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done("document", "edit", held, "plan", "--set", f"title={'外国人' * 40}")
    _narrow(monkeypatch)
    listed = done("documents", held).out
    assert 78 < _longest(listed) <= 80
    lines = [line.split(maxsplit=1) for line in listed.splitlines()]
    assert (lines[0], lines[1][0], lines[1][1][-1]) == (["document", "plan"], "title", "…")
    assert "issuer" not in listed, "what is empty is left out"


def test_a_table_that_can_fit_stays_a_table(done: Run, held: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    done("case", "edit", held, "Kyoto", "--set", f"note={'long ' * 60}")
    _narrow(monkeypatch)
    listed = done("cases", held).out
    assert _longest(listed) <= 80
    assert listed.count("\n") == 3
    assert "…" in listed


def test_hits_keep_their_words_in_sight_and_their_context_gives_way(
    done: Run, held: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "long.txt"
    file.write_text(f"{'before ' * 20}the needle itself {'after ' * 20}", encoding="utf-8")
    done("import", held, file)
    _narrow(monkeypatch)
    found = done("search", held, "needle", "--context", "90").out
    assert _longest(found) <= 80
    line = next(line for line in found.splitlines() if "needle" in line)
    assert ">>needle<<" in line
    assert line.count("…") == 2


def test_hits_are_whole_where_stdout_is_no_terminal(done: Run, held: Path, tmp_path: Path) -> None:
    file = tmp_path / "long.txt"
    file.write_text(f"{'before ' * 20}the needle itself {'after ' * 20}", encoding="utf-8")
    done("import", held, file)
    assert _longest(done("search", held, "needle", "--context", "90").out) > 180
