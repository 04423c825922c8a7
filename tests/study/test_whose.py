"""What is kept for a study is found by that study, wherever it went, and by no other at its former place."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.conftest import held_by
from workbench.study.file import create_study
from workbench.study.save_as import save_as
from workbench.study.whose import Whose, drafts_there, folder_of_states, note_place, places_for_drafts


@pytest.fixture(autouse=True)
def states(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))


def made(path: Path) -> Whose:
    path.parent.mkdir(exist_ok=True)
    create_study(path, title="Made", coder="A. Mori").close()
    return held_by(path)


def keep(of: Whose, *, place: int = 0) -> Path:
    kept = places_for_drafts(of)[place]
    kept.parent.mkdir(parents=True, exist_ok=True)
    kept.write_text("{}")
    note_place(of)
    return kept


@pytest.mark.parametrize("place", [0, 1], ids=["beside it", "among the states"])
@pytest.mark.parametrize("to", ["a/renamed.workbench", "b/made.workbench", "b/other.workbench"])
def test_a_study_that_was_moved_finds_what_is_kept_for_it(tmp_path: Path, place: int, to: str) -> None:
    path = tmp_path / "a" / "made.workbench"
    kept = keep(made(path), place=place)
    (tmp_path / "b").mkdir()
    path.rename(tmp_path / to)
    assert drafts_there(held_by(tmp_path / to)) == [kept]


def test_a_renamed_study_finds_what_is_beside_it_without_a_note(tmp_path: Path) -> None:
    path = tmp_path / "made.workbench"
    kept = keep(made(path))
    shutil.rmtree(folder_of_states())
    path.rename(tmp_path / "renamed.workbench")
    assert drafts_there(held_by(tmp_path / "renamed.workbench")) == [kept]


def test_another_study_of_the_same_name_gets_none_of_it(tmp_path: Path) -> None:
    path = tmp_path / "made.workbench"
    kept = keep(made(path)), keep(held_by(path), place=1)
    path.rename(tmp_path / "away.workbench")
    other = made(path)
    assert drafts_there(other) == []
    assert places_for_drafts(other)[0] not in kept
    assert sorted(drafts_there(held_by(tmp_path / "away.workbench"))) == sorted(kept)


def test_a_copy_leaves_it_to_the_study_that_is_still_there(tmp_path: Path) -> None:
    path, copy = tmp_path / "made.workbench", tmp_path / "copy.workbench"
    with create_study(path, title="Made", coder="A. Mori") as study:
        save_as(study, copy)
    kept = keep(held_by(path))
    assert drafts_there(held_by(copy)) == []
    path.unlink()
    assert drafts_there(held_by(copy)) == [kept]


def test_what_cannot_be_looked_into_counts_as_there(tmp_path: Path) -> None:
    path, copy = tmp_path / "made.workbench", tmp_path / "copy.workbench"
    with create_study(path, title="Made", coder="A. Mori") as study:
        save_as(study, copy)
    keep(held_by(path))
    path.write_bytes(b"damaged")
    assert drafts_there(held_by(copy)) == []


def test_a_note_goes_when_nothing_is_kept_any_more(tmp_path: Path) -> None:
    of = made(tmp_path / "made.workbench")
    kept = keep(of)
    assert len(list(folder_of_states().iterdir())) == 1
    kept.unlink()
    assert drafts_there(of) == []
    assert list(folder_of_states().iterdir()) == []


@pytest.mark.parametrize("written", [b"", b"[]", b"7", b"\xff", b'"\\u0000"', b'"relative"'])
def test_a_strange_note_is_passed_over(tmp_path: Path, written: bytes) -> None:
    of = made(tmp_path / "made.workbench")
    kept = keep(of)
    (folder_of_states() / f"{of.begins}.strange.place.json").write_bytes(written)
    assert drafts_there(of) == [kept]
