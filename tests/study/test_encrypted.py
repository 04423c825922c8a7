"""Encrypted studies: what opens them, what does not, and that they are like any other inside."""

from __future__ import annotations

import os
import shutil
import sqlite3
import stat
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import REPOSITORY, held_by
from workbench.errors import Locked, Refused, StudyFileError, StudyHeld, WrongPassphrase
from workbench.model.case import Case
from workbench.stages import history, register
from workbench.stages.backups import restore_backup
from workbench.study import keys, sqlcipher
from workbench.study.aside import read_aside, write_aside
from workbench.study.backup import backup_if_changed, backups_of, findings_in
from workbench.study.backup_names import Why
from workbench.study.check import check_study
from workbench.study.connecting import connect
from workbench.study.encrypting import change_form
from workbench.study.file import as_of, create_study, open_study
from workbench.study.live import key_last_used
from workbench.study.locked import is_encrypted, is_locked, key_made, key_of, unlock
from workbench.study.restore import put_back
from workbench.study.save_as import save_as
from workbench.study.whose import places_for_drafts

pytest.importorskip("sqlcipher3", reason="the extra `encrypted` is not installed")

PASSPHRASE = "walrus lantern harbour"
OTHER = "quartz meadow umbrella"


@pytest.fixture(autouse=True)
def no_keys(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    keys.forget_keys()
    yield
    keys.forget_keys()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "shut.workbench"
    with create_study(made, title="Marmalade", coder="A. Mori", passphrase=PASSPHRASE) as study:
        register.add_case(study, "Kanazawa")
    return made


def cases(path: Path) -> list[str]:
    with open_study(path, read_only=True) as study:
        return [case.name for case in study.all(Case, order="position")]


def test_an_encrypted_study_holds_as_any_other_does(path: Path) -> None:
    with open_study(path, coder="A. Mori") as study:
        register.add_case(study, "Osaka")
        assert check_study(study) == []
        history.undo(study)
        with as_of(study, 2) as past:
            assert [case.name for case in past.all(Case)] == ["Kanazawa"]
        assert check_study(study) == []
    data = path.read_bytes()
    for word in (b"Marmalade", b"Kanazawa", b"SQLite format", b"CREATE TABLE", PASSPHRASE.encode()):
        assert word not in data


def test_without_its_passphrase_it_stays_shut_and_untouched(path: Path) -> None:
    before = path.read_bytes()
    keys.forget_keys()
    assert is_encrypted(path)
    assert is_locked(path)
    for read_only in (True, False):
        with pytest.raises(Locked, match=r"is encrypted.*--passphrase-file"):
            open_study(path, coder="A. Mori", read_only=read_only)
    with pytest.raises(WrongPassphrase, match="cannot be recovered"):
        unlock(path, OTHER)
    with pytest.raises(Locked):
        connect(path, "ro")
    assert path.read_bytes() == before
    unlock(path, PASSPHRASE)
    assert cases(path) == ["Kanazawa"]


def test_the_passphrase_is_the_same_however_it_was_composed(tmp_path: Path) -> None:
    path = tmp_path / "accents.workbench"
    create_study(path, title="T", coder="A. Mori", passphrase="caf\u00e9 caf\u00e9 hiver").close()
    keys.forget_keys()
    assert unlock(path, "cafe\u0301 cafe\u0301 hiver") is not None


def test_the_tools_of_sqlcipher_open_it_by_the_passphrase_alone(path: Path) -> None:
    from sqlcipher3 import dbapi2

    connection = dbapi2.connect(str(path))
    connection.execute(f"PRAGMA key = '{PASSPHRASE}'")
    assert connection.execute("SELECT count(*) FROM decisions").fetchone() == (2,)
    connection.close()


@pytest.mark.parametrize("weak", ["", "short", "elevenchars", "a" * 30, "two\nlines of words", "x" * 2000])
def test_weak_passphrases_are_refused(weak: str, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="passphrase"):
        keys.new_key(weak)


def test_somebody_is_asked_until_the_passphrase_is_right_and_only_once_for_all_copies(path: Path) -> None:
    backup, _ = backup_if_changed(path, Why.ASKED)
    assert backup is not None
    keys.forget_keys()
    asked: list[tuple[str, int]] = []

    def ask(file: Path, attempt: int) -> str:
        asked.append((file.name, attempt))
        return OTHER if attempt == 1 else PASSPHRASE

    keys.ask_with(ask)
    assert cases(path) == ["Kanazawa"]
    assert findings_in(backup.path) == []
    assert asked == [(path.name, 1), (path.name, 2)]


def test_whoever_gives_no_passphrase_is_not_asked_again(path: Path) -> None:
    keys.forget_keys()
    asked: list[int] = []
    keys.ask_with(lambda file, attempt: asked.append(attempt))
    for _ in range(3):
        with pytest.raises(Locked):
            open_study(path, read_only=True)
    assert asked == [1]


def test_without_the_extra_it_says_how_to_get_it(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    keys.forget_keys()
    monkeypatch.setattr(sqlcipher, "is_installed", lambda: False)
    with pytest.raises(StudyFileError, match=r"framework-workbench\[encrypted\]"):
        unlock(path, PASSPHRASE)
    with pytest.raises(StudyFileError, match=r"framework-workbench\[encrypted\]"):
        create_study(path.with_name("new.workbench"), title="T", coder="A", passphrase=PASSPHRASE)


def test_a_study_in_the_clear_never_loads_the_extra(tmp_path: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from workbench.study.file import create_study\n"
        "create_study(Path(sys.argv[1]), title='T', coder='A').close()\n"
        "assert 'sqlcipher3' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", script, str(tmp_path / "c.workbench")], check=True, cwd=REPOSITORY)


@pytest.mark.parametrize("content", [b"", b"no database", b"\0" * 9000, b"SQLite format 3\0" + b"\0" * 9000])
def test_what_is_no_study_is_not_taken_for_an_encrypted_one(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "foreign.workbench"
    path.write_bytes(content)
    assert not is_encrypted(path)
    with pytest.raises(StudyFileError) as caught:
        open_study(path, coder="A. Mori")
    assert not isinstance(caught.value, Locked)


@given(st.integers(0, 9_000 * 8 - 1))
def test_a_study_in_the_clear_with_a_flipped_bit_is_not_taken_for_an_encrypted_one(bit: int) -> None:
    page = bytearray(_clear_page())
    page[bit // 8 % len(page)] ^= 1 << bit % 8
    assert keys.salt_of(bytes(page)) is None


def _clear_page(made: list[bytes] = []) -> bytes:  # noqa: B006
    if not made:
        import tempfile

        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "clear.workbench"
            create_study(path, title="T", coder="A. Mori").close()
            made.append(path.read_bytes()[: keys.FIRST_PAGE])
    return made[0]


@pytest.mark.parametrize("page", [0, 1, 5])
def test_a_flipped_bit_anywhere_in_a_page_is_found(path: Path, page: int) -> None:
    data = bytearray(path.read_bytes())
    data[page * 4096 + 1000] ^= 4
    path.write_bytes(data)
    with pytest.raises(StudyFileError, match=r"damaged|not whole"):
        open_study(path, coder="A. Mori")


def test_a_damaged_salt_is_told_as_a_wrong_passphrase_or_damage(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[3] ^= 1
    path.write_bytes(data)
    with pytest.raises(WrongPassphrase, match="or the beginning of the file is damaged"):
        unlock(path, PASSPHRASE)


def test_looking_at_a_file_keeps_the_locks_that_are_on_it(path: Path) -> None:
    """A second process must find the file locked in the middle of a transaction."""
    reads = (
        "import sys; sys.path.insert(0, sys.argv[2]); from pathlib import Path\n"
        "from workbench.study.locked import unlock; from workbench.study.connecting import connect\n"
        "unlock(Path(sys.argv[1]), sys.argv[3])\n"
        "connection = connect(Path(sys.argv[1]), 'rw'); connection.execute('PRAGMA busy_timeout = 0')\n"
        "connection.execute('BEGIN IMMEDIATE')"
    )
    with open_study(path, coder="A. Mori") as study, study.transaction():
        register.add_case(study, "Osaka")
        assert key_of(path) is not None
        assert is_encrypted(path)
        connect(path, "ro").close()
        command = [sys.executable, "-c", reads, str(path), str(REPOSITORY), PASSPHRASE]
        other = subprocess.run(command, capture_output=True, text=True, check=False)
        assert other.returncode != 0
        assert "locked" in other.stderr
    assert cases(path) == ["Kanazawa", "Osaka"]


def test_many_threads_read_while_one_writes(path: Path) -> None:
    faults: list[BaseException] = []

    def read() -> None:
        try:
            for _ in range(10):
                assert cases(path)[0] == "Kanazawa"
        except BaseException as error:
            faults.append(error)

    with open_study(path, coder="A. Mori") as study:
        threads = [threading.Thread(target=read) for _ in range(4)]
        for thread in threads:
            thread.start()
        for number in range(10):
            register.add_case(study, f"City {number}")
        for thread in threads:
            thread.join()
        assert check_study(study) == []
    assert faults == []


def test_errors_of_sqlcipher_are_those_of_sqlite(path: Path) -> None:
    connection = connect(path, "rw")
    with pytest.raises(sqlite3.IntegrityError):
        connection.execute("INSERT INTO contents (hash, bytes) VALUES (NULL, NULL)")
    with pytest.raises(sqlite3.DatabaseError, match="authorized"):
        connection.execute("CREATE VIEW v AS SELECT 1")
    connection.execute("PRAGMA max_page_count = 1")
    with pytest.raises(sqlite3.OperationalError, match="full"):
        connection.execute("INSERT INTO contents (hash, bytes) VALUES ('x', zeroblob(1000000))")
    connection.close()


# backups, copies and restores


def test_copies_and_backups_are_encrypted_with_the_same_passphrase(path: Path, tmp_path: Path) -> None:
    with open_study(path, coder="A. Mori") as study:
        save_as(study, tmp_path / "copy.workbench")
    backup, _ = backup_if_changed(path, Why.ASKED)
    assert backup is not None
    for copy in (tmp_path / "copy.workbench", backup.path):
        assert b"Kanazawa" not in copy.read_bytes()
        keys.forget_keys()
        unlock(copy, PASSPHRASE)
        assert cases(copy) == ["Kanazawa"]


def test_a_restore_and_the_way_back_stay_encrypted(path: Path) -> None:
    backup_if_changed(path, Why.ASKED)
    with open_study(path, coder="A. Mori") as study:
        register.add_case(study, "Osaka")
    restore_backup(path, "1", coder="A. Mori", reason="Too far.")
    assert cases(path) == ["Kanazawa"]
    put_back(path)
    assert cases(path) == ["Kanazawa", "Osaka"]
    for file in [path, *(backup.path for backup in backups_of(path))]:
        assert b"Kanazawa" not in file.read_bytes()


def test_a_copy_in_the_clear_does_not_take_the_place_of_an_encrypted_study(path: Path) -> None:
    clear = path.with_name("clear.workbench")
    shutil.copy(path, clear)
    change_form(clear, None)
    with pytest.raises(Refused, match=r"is encrypted, and clear.workbench is not"):
        restore_backup(path, str(clear), coder="A. Mori", reason="Back.")
    assert is_encrypted(path)


# other forms


@pytest.fixture
def clear(tmp_path: Path) -> Path:
    made = tmp_path / "clear.workbench"
    with create_study(made, title="Marmalade", coder="A. Mori") as study:
        register.add_case(study, "Kanazawa")
    backup_if_changed(made, Why.ASKED)
    return made


def test_there_and_back_again_nothing_is_lost(clear: Path) -> None:
    with open_study(clear, read_only=True) as study:
        head = study.head
    mode = stat.S_IMODE(clear.stat().st_mode)
    for passphrase in (PASSPHRASE, OTHER, ""):
        changed = change_form(clear, key_made(passphrase) if passphrase else None)
        assert (changed.head, changed.backups, changed.left) == (head, 1, ())
        [backup] = backups_of(clear)
        for file in (clear, backup.path):
            assert is_encrypted(file) is bool(passphrase)
            assert (b"Kanazawa" in file.read_bytes()) is not bool(passphrase)
            assert findings_in(file) == []
        if passphrase:
            keys.forget_keys()
            unlock(clear, passphrase)
        with open_study(clear, coder="A. Mori") as study:
            assert check_study(study) == []
        assert stat.S_IMODE(clear.stat().st_mode) == mode
    assert sorted(file.name for file in clear.parent.iterdir() if "unfinished" in file.name) == []


def test_the_former_passphrase_opens_nothing_any_more(clear: Path) -> None:
    change_form(clear, key_made(PASSPHRASE))
    change_form(clear, key_made(OTHER))
    for file in (clear, backups_of(clear)[0].path):
        keys.forget_keys()
        with pytest.raises(WrongPassphrase):
            unlock(file, PASSPHRASE)
        unlock(file, OTHER)


def test_the_form_before_is_kept_only_where_it_is_asked_for(clear: Path) -> None:
    with open_study(clear, coder="A. Mori") as study:
        register.add_case(study, "Osaka")
    change_form(clear, key_made(PASSPHRASE), keep=True)
    first, second = backups_of(clear)
    assert is_encrypted(first.path)
    assert not is_encrypted(second.path)
    assert b"Osaka" in second.path.read_bytes()


def test_a_backup_that_is_damaged_is_named_and_left(clear: Path) -> None:
    [backup] = backups_of(clear)
    with backup.path.open("r+b") as file:
        file.truncate(20_000)
    changed = change_form(clear, key_made(PASSPHRASE))
    assert [path for path, _ in changed.left] == [backup.path]
    assert is_encrypted(clear)


def test_a_study_that_is_open_or_has_two_names_keeps_its_form(clear: Path) -> None:
    key = key_made(PASSPHRASE)
    other = clear.with_name("other-name.workbench")
    os.link(clear, other)
    with pytest.raises(StudyFileError, match="second name"):
        change_form(clear, key)
    other.unlink()
    holding = (
        "import sys; sys.path.insert(0, sys.argv[2]); from pathlib import Path\n"
        "from workbench.study.file import open_study\n"
        "study = open_study(Path(sys.argv[1]), coder='B'); print('open', flush=True); sys.stdin.read()"
    )
    command = [sys.executable, "-c", holding, str(clear), str(REPOSITORY)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as holder:
        assert holder.stdout is not None
        holder.stdout.readline()
        with pytest.raises(StudyHeld):
            change_form(clear, key)
        holder.communicate()
    assert not is_encrypted(clear)
    assert cases(clear) == ["Kanazawa"]


def test_what_was_typed_and_not_saved_is_taken_up_first(clear: Path) -> None:
    place = places_for_drafts(held_by(clear))[0]
    write_aside(place, b"typed", None)
    with pytest.raises(Refused, match="typed and not saved"):
        change_form(clear, key_made(PASSPHRASE))
    assert not is_encrypted(clear)


def test_a_full_disk_leaves_the_study_as_it_was(clear: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from workbench.study import encrypting

    before = clear.read_bytes()

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(encrypting, "name_copy", full)
    with pytest.raises(StudyFileError, match="No space left"):
        change_form(clear, key_made(PASSPHRASE))
    assert clear.read_bytes() == before
    assert [file.name for file in clear.parent.iterdir() if "unfinished" in file.name] == []


def test_a_copy_that_differs_does_not_take_the_place_of_the_study(
    clear: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from workbench.study import encrypting

    export = encrypting._export

    def lossy(path: Path, former: keys.Key | None, target: Path, key: keys.Key | None) -> None:
        export(path, former, target, key)
        connection = connect(target, "rw")
        connection.execute("UPDATE owner SET coder = 'Somebody'")
        connection.close()

    monkeypatch.setattr(encrypting, "_export", lossy)
    with pytest.raises(StudyFileError, match="table owner is not the same"):
        change_form(clear, key_made(PASSPHRASE))
    assert not is_encrypted(clear)


# beside the study


def test_what_is_kept_beside_an_encrypted_study_is_encrypted(path: Path) -> None:
    place = places_for_drafts(held_by(path))[0]
    write_aside(place, b'{"drafts": "Marmalade"}', key_last_used(path))
    assert b"Marmalade" not in place.read_bytes()
    assert stat.S_IMODE(place.stat().st_mode) == 0o600
    assert read_aside(place, 1000) == b'{"drafts": "Marmalade"}'
    assert read_aside(place, 4) == b'{"dra'
    keys.forget_keys()
    with pytest.raises(ValueError, match="does not open"):
        read_aside(place, 1000)


def test_the_key_stays_at_hand_when_the_file_is_gone(path: Path) -> None:
    with open_study(path, coder="A. Mori"):
        path.unlink()
        assert key_last_used(path) is not None


def test_a_key_shows_nowhere() -> None:
    key = keys.new_key(PASSPHRASE)
    assert repr(key) == "Key()"
