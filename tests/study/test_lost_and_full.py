"""What happens to an open study when the file, the folder, the medium or the lock goes: nothing is lost."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import textwrap
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from workbench.errors import Refused, StudyFileError, StudyHeld
from workbench.model.case import Case
from workbench.stages import register
from workbench.study.check import check_study
from workbench.study.file import create_study, open_study
from workbench.study.save_as import go_on_in, save_as
from workbench.study.study import Study

NOBODY = 65534
SUPERUSER = pytest.mark.skipif(
    sys.platform == "win32" or os.geteuid() != 0, reason="only the superuser may mount or become another user"
)


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Study]:
    made = create_study(tmp_path / "made.workbench", title="Made", coder="A. Mori")
    register.add_case(made, "Osaka")
    yield made
    made.close()


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """Give a disk of two megabytes."""
    place = tmp_path / "disk"
    place.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(place)], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("no small disk may be mounted here")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=True)


def names(study: Study) -> list[str]:
    return [case.name for case in study.all(Case, order="name")]


def whole(path: Path) -> list[str]:
    with open_study(path, read_only=True) as again:
        assert check_study(again) == []
        return names(again)


def test_a_file_that_was_moved_is_not_written_and_can_be_saved_elsewhere(study: Study) -> None:
    moved = study.path.rename(study.path.with_name("moved.workbench"))
    with pytest.raises(StudyFileError, match=r"was moved or deleted.*action is not.*Save the study"):
        register.add_case(study, "Kawasaki")
    assert names(study) == ["Osaka"], "it can still be read"
    moved.rename(study.path)
    register.add_case(study, "Kawasaki")
    assert names(study) == ["Kawasaki", "Osaka"]


def test_a_deleted_study_is_saved_from_what_is_still_open(study: Study) -> None:
    path, elsewhere = study.path, study.path.with_name("elsewhere.workbench")
    path.unlink()
    with pytest.raises(StudyFileError, match="was moved or deleted"):
        register.add_case(study, "Kawasaki")
    head = save_as(study, elsewhere)
    go_on_in(study, elsewhere)
    assert study.path == elsewhere
    assert study.head == head
    register.add_case(study, "Kawasaki")
    with pytest.raises(StudyHeld, match=r"elsewhere\.workbench is open for writing by A\. Mori"):
        open_study(elsewhere, coder="J. Berg")
    study.close()
    assert whole(elsewhere) == ["Kawasaki", "Osaka"]
    assert not path.exists()


def test_a_deleted_folder_is_said_and_the_study_saved_elsewhere(study: Study, tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    save_as(study, folder / "in.workbench")
    with open_study(folder / "in.workbench", coder="A. Mori") as inside:
        shutil.rmtree(folder)
        with pytest.raises(StudyFileError, match="was moved or deleted"):
            register.add_case(inside, "Kawasaki")
        save_as(inside, tmp_path / "saved.workbench")
    assert whole(tmp_path / "saved.workbench") == ["Osaka"]


def test_another_file_in_its_place_is_left_alone(study: Study, tmp_path: Path) -> None:
    other = create_study(tmp_path / "other.workbench", title="Other", coder="J. Berg")
    other.close()
    os.replace(other.path, study.path)
    before = study.path.read_bytes()
    with pytest.raises(StudyFileError, match="was replaced by another file"):
        register.add_case(study, "Kawasaki")
    assert names(study) == ["Osaka"]
    save_as(study, tmp_path / "saved.workbench")
    assert study.path.read_bytes() == before
    assert whole(tmp_path / "saved.workbench") == ["Osaka"]


def test_while_another_writes_in_its_place_the_study_waits(study: Study, tmp_path: Path) -> None:
    study.path.unlink()
    journal = study.path.with_name(f"{study.path.name}-journal")
    journal.write_bytes(b"of another")
    with pytest.raises(Refused, match="Another program is writing where"):
        save_as(study, tmp_path / "saved.workbench")
    assert journal.read_bytes() == b"of another"
    journal.unlink()
    save_as(study, tmp_path / "saved.workbench")


def test_a_lost_lock_is_taken_again(study: Study) -> None:
    lock = study.path.with_name(f".{study.path.name}.lock")
    lock.unlink()
    register.add_case(study, "Kawasaki")
    assert lock.exists()
    with pytest.raises(StudyHeld):
        open_study(study.path, coder="J. Berg")


def test_where_another_took_the_lost_lock_nothing_is_written(study: Study) -> None:
    study.path.with_name(f".{study.path.name}.lock").unlink()
    other = open_study(study.path, coder="J. Berg")
    with pytest.raises(StudyHeld, match="is open for writing by"):
        register.add_case(study, "Kawasaki")
    register.add_case(other, "Sakai")
    other.close()
    register.add_case(study, "Kawasaki")
    assert names(study) == ["Kawasaki", "Osaka", "Sakai"]
    assert check_study(study) == []


def test_a_full_disk_loses_nothing_and_the_work_goes_on_elsewhere(small_disk: Path, tmp_path: Path) -> None:
    with create_study(small_disk / "made.workbench", title="Made", coder="A. Mori") as study:
        told = 0
        with pytest.raises(StudyFileError, match=r"The disk is full.*acknowledged before is in the file"):
            for number in range(500):
                register.add_case(study, f"City {number}", attributes={"note": "x" * 20_000})
                told += 1
        assert study.count(Case) == told > 3
        with pytest.raises(StudyFileError, match=r"full|No space"):
            save_as(study, small_disk / "copy.workbench")
        assert [path.name for path in small_disk.iterdir() if not path.name.startswith(".")] == [
            "made.workbench"
        ]
        save_as(study, tmp_path / "room.workbench")
        go_on_in(study, tmp_path / "room.workbench")
        register.add_case(study, "After that")
        assert study.count(Case) == told + 1
    assert len(whole(small_disk / "made.workbench")) == told
    assert len(whole(tmp_path / "room.workbench")) == told + 1


def test_room_made_on_a_full_disk_is_used(small_disk: Path) -> None:
    with create_study(small_disk / "made.workbench", title="Made", coder="A. Mori") as study:
        (small_disk / "filler").write_bytes(b"x" * (2 * 1024 * 1024 - study.path.stat().st_size - 65536))
        with pytest.raises(StudyFileError, match="The disk is full"):
            register.add_case(study, "Big", attributes={"note": "x" * 200_000})
        (small_disk / "filler").unlink()
        register.add_case(study, "Big", attributes={"note": "x" * 200_000})
    assert whole(small_disk / "made.workbench") == ["Big"]


def test_a_study_is_not_made_on_a_full_disk_and_leaves_nothing(small_disk: Path) -> None:
    (small_disk / "filler").write_bytes(b"x" * (2 * 1024 * 1024 - 65536))
    with pytest.raises(StudyFileError, match=r"The disk is full\. No study was made"):
        create_study(small_disk / "made.workbench", title="Made", coder="A. Mori")
    assert {path.name for path in small_disk.iterdir()} <= {"filler", ".made.workbench.lock"}


def test_a_read_only_medium_is_read_and_saved_elsewhere(small_disk: Path, tmp_path: Path) -> None:
    with create_study(small_disk / "made.workbench", title="Made", coder="A. Mori") as study:
        register.add_case(study, "Osaka")
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    with open_study(small_disk / "made.workbench", coder="A. Mori") as study:
        assert names(study) == ["Osaka"]
        with pytest.raises(StudyFileError, match=r"the medium of made\.workbench is read-only.*Save it"):
            register.add_case(study, "Kawasaki")
        save_as(study, tmp_path / "copy.workbench")
        go_on_in(study, tmp_path / "copy.workbench")
        register.add_case(study, "Kawasaki")
    assert whole(tmp_path / "copy.workbench") == ["Kawasaki", "Osaka"]


def test_an_open_study_whose_medium_goes_is_refused_plainly(small_disk: Path) -> None:
    with create_study(small_disk / "made.workbench", title="Made", coder="A. Mori") as study:
        register.add_case(study, "Osaka")
        subprocess.run(["umount", "-l", str(small_disk)], check=True)
        try:
            with pytest.raises(StudyFileError, match="was moved or deleted while it was open"):
                register.add_case(study, "Kawasaki")
            assert names(study) == ["Osaka"]
        finally:
            subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(small_disk)], check=True)


@SUPERUSER
@pytest.mark.parametrize(("what", "mode"), [("file", 0o444), ("folder", 0o555)])
def test_what_may_not_be_written_is_read_and_says_why(what: str, mode: int) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path = folder / "made.workbench"
        create_study(path, title="Made", coder="A. Mori").close()
        os.chown(path, NOBODY, NOBODY)
        os.chown(folder, NOBODY, NOBODY)
        (folder / ".made.workbench.lock").unlink()
        folder.chmod(0o755)
        (path if what == "file" else folder).chmod(mode)
        program = textwrap.dedent(
            """
            import os, pathlib, socket, sys, unicodedata
            import filelock, workbench.study.hold, workbench.study.study
            from workbench.stages import register
            from workbench.study.file import open_study
            os.setuid(int(sys.argv[2]))
            study = open_study(pathlib.Path(sys.argv[1]), coder="A. Mori")
            print(study.setting("title"))
            register.add_case(study, "Kawasaki")
            """
        )
        done = subprocess.run(
            [sys.executable, "-c", program, str(path), str(NOBODY)],
            capture_output=True,
            text=True,
            check=False,
        )
        folder.chmod(0o755)
    assert done.stdout == "Made\n", done.stderr
    assert f"open for reading only: the {what} " in done.stderr
    assert "may not be written. Nothing was changed. Save it elsewhere" in done.stderr


@pytest.mark.parametrize("how", ["dies", "closes"])
def test_a_second_process_waits_its_turn_in_both_orders(study: Study, how: str) -> None:
    program = textwrap.dedent(
        """
        import pathlib, sys
        from workbench.errors import StudyHeld
        from workbench.stages import register
        from workbench.study.file import open_study
        path = pathlib.Path(sys.argv[1])
        try:
            open_study(path, coder="Second")
        except StudyHeld as held:
            print(held.what, flush=True)
        sys.stdin.readline()
        second = open_study(path, coder="Second")
        register.add_case(second, "Sakai")
        print("written", flush=True)
        sys.stdin.readline()
        """
    )
    second = subprocess.Popen(
        [sys.executable, "-c", program, str(study.path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert second.stdin is not None
    assert second.stdout is not None
    try:
        assert "is open for writing by A. Mori" in second.stdout.readline()
        register.add_case(study, "Kawasaki")
        study.close()
        second.stdin.write("\n")
        second.stdin.flush()
        assert second.stdout.readline() == "written\n"
        with pytest.raises(StudyHeld, match="open for writing by Second"):
            open_study(study.path, coder="A. Mori")
        if how == "dies":
            second.kill()
        else:
            second.stdin.close()
        second.wait(20)
    finally:
        second.kill()
        second.wait()
    with open_study(study.path, coder="A. Mori") as again:
        assert names(again) == ["Kawasaki", "Osaka", "Sakai"]
        assert check_study(again) == []


def test_a_clock_that_runs_backwards_changes_no_order(study: Study) -> None:
    begin = datetime(2026, 5, 1, 12, tzinfo=UTC)
    for number in range(8):
        study.clock = lambda number=number: begin - timedelta(days=400 * number)  # type: ignore[misc]
        register.add_case(study, f"City {number}")
    made = study.decisions(first=3)
    assert [decision.seq for decision in made] == list(range(3, 11))
    assert made[0].at > made[-1].at
    assert len({decision.id for decision in made}) == 8
    assert check_study(study) == []
