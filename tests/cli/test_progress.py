"""The bar on stderr: for people at a terminal only."""

from __future__ import annotations

import io

import pytest

from workbench.cli import progress
from workbench.cli.progress import telling, with_bar


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_no_terminal_no_bar(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = io.StringIO()
    monkeypatch.setattr("sys.stderr", stream)
    assert list(with_bar("abc", 3)) == ["a", "b", "c"]
    assert stream.getvalue() == ""


def test_the_bar_shows_how_many_are_done_and_goes_at_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = _Terminal()
    monkeypatch.setattr("sys.stderr", stream)
    monkeypatch.setattr(progress, "_EVERY_SECONDS", -1)
    assert list(with_bar("ab", 2)) == ["a", "b"]
    assert "0/2" in stream.getvalue()
    assert f"[{'#' * 15}{'.' * 15}] 1/2" in stream.getvalue()
    assert stream.getvalue().endswith("\r\x1b[K")


def test_the_bar_goes_when_the_work_is_interrupted(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = _Terminal()
    monkeypatch.setattr("sys.stderr", stream)
    bar = with_bar("ab", 2)
    next(bar)
    with pytest.raises(KeyboardInterrupt):
        bar.throw(KeyboardInterrupt)  # type: ignore[attr-defined]
    assert stream.getvalue().endswith("\r\x1b[K")


@pytest.mark.parametrize("patience", [-1.0, 60.0])
def test_what_takes_long_says_how_far_it_has_come_and_what_does_not_says_nothing(
    monkeypatch: pytest.MonkeyPatch, patience: float
) -> None:
    stream = _Terminal()
    monkeypatch.setattr("sys.stderr", stream)
    monkeypatch.setattr(progress, "_EVERY_SECONDS", -1)
    monkeypatch.setattr(progress, "_PATIENCE", patience)
    with telling() as tell:
        tell("two measures left out", 500, 0)
        tell("other ways of counting", 3, 71)
    told = stream.getvalue()
    if patience > 0:
        assert told == ""
    else:
        assert "two measures left out: 500 …" in told
        assert told.endswith("other ways of counting: 3 of 71 …\r\x1b[K")


def test_what_takes_long_is_silent_without_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = io.StringIO()
    monkeypatch.setattr("sys.stderr", stream)
    monkeypatch.setattr(progress, "_PATIENCE", -1.0)
    with telling() as tell:
        tell("two measures left out", 500, 0)
    assert stream.getvalue() == ""
