"""Backups: made whole or not at all, thinned but never to nothing, restored and taken back."""

from __future__ import annotations

import hashlib
import os
import sqlite3
import subprocess
import sys
import textwrap
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.errors import NotWhole, ReasonMissing, Refused, StudyFileError, StudyHeld, WrongUsage
from workbench.exchange.codebook import Codebook, default_vocabulary
from workbench.model.case import Case
from workbench.model.decision import Verb
from workbench.model.framework import Code, Theme
from workbench.model.text import Passage, Text
from workbench.sources import read_bytes
from workbench.stages import coding_changes, framework_versions, history, register
from workbench.stages.backups import restore_backup
from workbench.stages.importing import ImportPlan, importing
from workbench.study import backup, restore
from workbench.study.backup import (
    backup_if_changed,
    backups_of,
    copy_to,
    findings_in,
    keep_before,
    known_damage,
)
from workbench.study.backup_names import (
    LATEST,
    THINNED,
    Backup,
    Why,
    backup_named,
    folder_of,
    name_of,
    thinned,
)
from workbench.study.check import check_study
from workbench.study.connecting import connect
from workbench.study.file import create_study, open_study, study_in_memory
from workbench.study.restore import chosen_backup, put_back
from workbench.study.study import Study
from workbench.study.unfinished import UNFINISHED


@pytest.fixture
def path(tmp_path: Path) -> Path:
    with create_study(tmp_path / "made.workbench", title="Made", coder="A. Mori") as made:
        register.add_case(made, "Osaka")
    return made.path


def make(path: Path, why: Why = Why.ASKED) -> Backup:
    made, is_new = backup_if_changed(path, why)
    assert made is not None
    assert is_new
    return made


def add(path: Path, *names: str) -> None:
    with open_study(path, coder="A. Mori") as study:
        for name in names:
            register.add_case(study, name)


def cases(path: Path) -> list[str]:
    with open_study(path, read_only=True) as study:
        return [case.name for case in study.all(Case, order="position")]


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def damage(path: Path) -> None:
    """Change one byte of a case's name in the log, which SQLite does not notice."""
    data = path.read_bytes()
    at = data.index(b'"name":"Osaka"')
    path.write_bytes(data[: at + 9] + b"X" + data[at + 10 :])


# making


def test_a_backup_says_what_it_holds_and_is_a_whole_study(path: Path) -> None:
    made = make(path)
    with open_study(path, read_only=True) as study:
        assert (made.decisions, made.head) == (study.head.count, study.head.hash[:12])
    assert (made.number, made.why, made.verified) == (1, Why.ASKED, True)
    assert backup_named(made.path) == replace(made, at=made.at.replace(microsecond=0))
    assert [b.path for b in backups_of(path)] == [made.path]
    with open_study(made.path, read_only=True) as copy:
        assert check_study(copy) == []


def test_nothing_changed_means_no_second_backup(path: Path) -> None:
    made = make(path)
    again, is_new = backup_if_changed(path, Why.TIMER)
    assert again is not None
    assert (again.path, is_new) == (made.path, False)
    add(path, "Kobe")
    assert make(path, Why.TIMER).number == 2


def test_a_backup_that_rotted_is_made_again_when_asked_for(path: Path) -> None:
    damage(make(path).path)
    second = make(path)
    assert (second.number, findings_in(second.path)) == (2, [])


def test_a_backup_can_be_made_while_somebody_writes(path: Path) -> None:
    with open_study(path, coder="A. Mori") as study:
        register.add_case(study, "Kobe")
        assert make(path).decisions == 3
        with study.transaction():
            register.add_case(study, "Nara")
            assert not backup_if_changed(path, Why.TIMER)[1], "what is not committed is not in a backup"


def test_what_is_written_while_a_backup_is_made_is_in_its_name(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = backup.whole_copy

    def late(source: sqlite3.Connection, target: Path, *, replace: bool) -> object:
        add(path, "Kobe")
        return copy(source, target, replace=replace)

    monkeypatch.setattr(backup, "whole_copy", late)
    made = make(path)
    assert (made.decisions, findings_in(made.path)) == (3, [])


def test_a_damaged_study_is_marked_and_its_good_backups_stay(path: Path) -> None:
    good = make(path)
    before = digest(good.path)
    add(path, "Kobe")
    damage(path)
    for _ in range(2):
        with pytest.raises(StudyFileError, match=r"is damaged: decision 2.*restore"):
            backup_if_changed(path, Why.ASKED)
    assert "decision 2" in known_damage(path)
    assert backup_if_changed(path, Why.TIMER)[1] is False, "the timer does not try again and again"
    assert [b.path for b in backups_of(path)] == [good.path]
    assert digest(good.path) == before
    with pytest.raises(NotWhole, match="decision 2"):
        open_study(path, coder="A. Mori")
    with (
        closing(connect(path, "ro")) as connection,
        pytest.raises(StudyFileError, match="known to be damaged"),
    ):
        keep_before(Study(connection, path, coder="A. Mori"), Why.BULK)
    restore_backup(path, "1", coder="A. Mori", reason="damaged")
    assert known_damage(path) == ""
    assert cases(path) == ["Osaka"]


def test_a_study_mended_by_hand_is_backed_up_again_when_asked(path: Path) -> None:
    whole = path.read_bytes()
    damage(path)
    with pytest.raises(StudyFileError):
        backup_if_changed(path, Why.ASKED)
    path.write_bytes(whole)
    with (
        open_study(path, coder="A. Mori") as study,
        pytest.raises(StudyFileError, match="known to be damaged"),
    ):
        keep_before(study, Why.BULK)
    make(path)
    assert known_damage(path) == ""


def test_what_a_killed_program_left_unfinished_is_cleared_and_never_listed(path: Path) -> None:
    make(path)
    old, new = (folder_of(path) / f".{name}.workbench.x{UNFINISHED}" for name in ("old", "new"))
    for file in (old, new):
        file.write_bytes(b"half")
    os.utime(old, (1, 1))
    add(path, "Kobe")
    make(path)
    assert (old.exists(), new.exists()) == (False, True)
    assert len(backups_of(path)) == 2


def test_only_what_has_the_name_of_a_backup_is_one(path: Path) -> None:
    made = make(path)
    (folder_of(path) / "notes.txt").write_text("mine")
    (folder_of(path) / made.path.name.replace("0001", "0002")).symlink_to(made.path)
    (folder_of(path) / "0003-20259999T999999Z-damaged-timer.workbench").touch()
    (folder_of(path) / "0003-20250101T000000Z-damaged-never.workbench").touch()
    assert [b.number for b in backups_of(path)] == [1]


def test_a_link_to_a_study_has_the_backups_of_the_study(path: Path, tmp_path: Path) -> None:
    made = make(path)
    (tmp_path / "elsewhere").mkdir()
    link = tmp_path / "elsewhere" / "link.workbench"
    link.symlink_to(path)
    assert [b.path for b in backups_of(link)] == [made.path]
    assert backup_if_changed(link, Why.TIMER) == (backups_of(path)[0], False)
    add(link, "Kobe")
    restore_backup(link, "1", coder="A. Mori", reason="try")
    assert link.is_symlink()
    assert cases(path) == ["Osaka"]


# before risky work


def codebook() -> Codebook:
    rules, statuses = default_vocabulary()
    return Codebook("T", "", (Theme("a", None, 1, "A"),), (Code("a1", "a", 1, "A1"),), rules, statuses)


def bring_in(study: Study, name: str) -> None:
    content = f"{name}: the city opens a desk.\n".encode()
    with importing(study, ImportPlan()) as run:
        run.add(name, content, read_bytes(name, content))


def test_imports_and_bulk_changes_make_a_backup_where_there_is_work_to_save(path: Path) -> None:
    with open_study(path, coder="A. Mori") as study:
        framework_versions.apply_codebook(study, codebook(), reason="first")
        assert [b.why for b in backups_of(path)] == [Why.BULK]
        bring_in(study, "a.txt")
        bring_in(study, "b.txt")
        assert len(backups_of(path)) == 1, "files at hand can be imported again"
        text = study.all(Text)[0]
        [_] = coding_changes.code_hits(study, [(text.id, Passage(0, 4))], ["a1"], reason="all of them")
        assert len(backups_of(path)) == 1
        coding_changes.code_hits(study, [(text.id, Passage(5, 9))], ["a1"], reason="more of them")
        bring_in(study, "c.txt")
    assert [b.why for b in backups_of(path)] == [Why.BULK, Why.BULK, Why.IMPORT]
    assert [findings_in(b.path) for b in backups_of(path)] == [[], [], []]


def test_a_dry_run_a_transaction_and_memory_make_no_backup(path: Path) -> None:
    with open_study(path, coder="A. Mori") as study:
        with importing(study, ImportPlan(), dry=True) as run:
            run.add("a.txt", b"A desk.", read_bytes("a.txt", b"A desk."))
        with study.transaction():
            bring_in(study, "a.txt")
    assert backups_of(path) == []
    memory = study_in_memory(coder="A. Mori")
    register.add_case(memory, "Osaka")
    assert keep_before(memory, Why.IMPORT) is None


def test_a_large_study_is_not_copied_again_within_ten_minutes(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make(path)
    add(path, "Kobe")
    monkeypatch.setattr(backup, "_LARGE", 1)
    with open_study(path, coder="A. Mori") as study:
        assert keep_before(study, Why.BULK) is None
        monkeypatch.setattr(backup, "_FRESH", timedelta(0))
        assert keep_before(study, Why.BULK) is not None


def test_where_no_backup_can_be_made_the_change_is_not_begun(path: Path) -> None:
    folder_of(path).write_text("a file where the folder should be")
    with open_study(path, coder="A. Mori") as study:
        with pytest.raises(StudyFileError, match=r"No backup could be made first: .* was not begun"):
            bring_in(study, "a.txt")
        assert study.count(Text) == 0


# thinning


def named(number: int, at: datetime, why: Why = Why.TIMER, *, head: str = "abcdefabcdef") -> Backup:
    return Backup(Path(f"{number}"), number, at, why, "0123456789ab", number, head)


moments = st.datetimes(datetime(2020, 1, 1), datetime(2026, 1, 1)).map(lambda at: at.replace(tzinfo=UTC))
many = st.lists(st.tuples(moments, st.sampled_from(Why), st.booleans()), max_size=80).map(
    lambda drawn: [
        named(n, at, why, head="abcdefabcdef" if whole else "") for n, (at, why, whole) in enumerate(drawn)
    ]
)


@given(many)
def test_thinning_takes_neither_the_last_verified_one_nor_what_was_asked_for(
    found: list[Backup],
) -> None:
    gone = thinned(found)
    stays = [b for b in found if b not in gone]
    verified = [b for b in found if b.verified]
    assert not verified or verified[-1] in stays
    assert all(b.verified and b.why in THINNED for b in gone)
    assert thinned(stays) == [], "thinning twice is thinning once"
    automatic = [b for b in stays if b.verified and b.why in THINNED]
    assert len(automatic) <= LATEST + 7 + 5 + 12
    assert automatic[-LATEST:] == [b for b in found if b in automatic or b in gone][-LATEST:]


def test_a_year_of_work_leaves_days_weeks_and_months() -> None:
    start = datetime(2025, 1, 1, 9, tzinfo=UTC)
    kept: list[Backup] = []
    for number in range(365 * 8):
        kept.append(named(number, start + timedelta(hours=3 * number)))
        gone = set(thinned(kept))
        kept = [b for b in kept if b not in gone]
    ages = sorted((kept[-1].at.date() - b.at.date()).days for b in kept)
    assert ages[-1] > 300
    assert {0, 1, 2, 3, 4, 5, 6} <= set(ages)
    assert len(kept) < 35


def test_thinning_deletes_only_what_it_chose(path: Path) -> None:
    for number in range(LATEST + 3):
        add(path, f"City {number}")
        make(path, Why.TIMER)
    files = {b.path for b in backups_of(path)}
    assert len(files) == LATEST, "they are all of one day"
    stranger = replace(backups_of(path)[0], study="ffffffffffff", number=1)
    other = folder_of(path) / name_of(stranger)
    other.write_bytes(b"of another study")
    add(path, "One more")
    make(path, Why.TIMER)
    assert other.exists()


# restoring


def test_a_restore_keeps_what_stood_there_and_can_be_undone(path: Path) -> None:
    make(path)
    add(path, "Kobe")
    before = digest(path)
    done = restore_backup(path, "1", coder="A. Mori", reason="Kobe was a mistake")
    assert cases(path) == ["Osaka"]
    assert done.set_aside is not None
    assert digest(done.set_aside.path) == before
    with open_study(path, coder="A. Mori") as study:
        decision = study.decision(study.head.count)
        assert (decision.action, decision.reason) == (Verb.RESTORE_BACKUP.label, "Kobe was a mistake")
        assert done.set_aside.path.name in decision.after["setting:restored"]["value"]
        assert check_study(study) == []
        with pytest.raises(Refused, match="--back"):
            history.undo(study, decision.seq)
    restored = digest(path)
    put_back(path)
    assert (digest(path), cases(path)) == (before, ["Osaka", "Kobe"])
    put_back(path)
    assert digest(path) == restored, "taking it back twice changes nothing"


@pytest.mark.parametrize("state", ["missing", "empty", "text", "truncated", "flipped"])
def test_a_restore_works_whatever_stands_there(path: Path, state: str) -> None:
    make(path)
    add(path, "Kobe")
    data = path.read_bytes()
    path.unlink()
    if state != "missing":
        wrecks = {"empty": b"", "text": b"These are notes." * 99, "truncated": data[:9000], "flipped": data}
        path.write_bytes(wrecks[state])
        if state == "flipped":
            damage(path)
    wreck = path.read_bytes() if path.exists() else None
    done = restore_backup(path, "1", coder="A. Mori", reason="lost")
    assert cases(path) == ["Osaka"]
    with open_study(path, read_only=True) as study:
        assert check_study(study) == []
    if wreck is None:
        assert done.set_aside is None
        with pytest.raises(Refused, match="No restore has set anything aside"):
            put_back(path)
    else:
        assert done.set_aside is not None
        assert not done.set_aside.verified
        assert done.set_aside.path.read_bytes() == wreck
        put_back(path)
        assert path.read_bytes() == wreck, "what was damaged comes back byte for byte"


def test_a_journal_of_a_killed_writer_is_never_rolled_into_a_restored_file(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make(path)
    program = textwrap.dedent(
        """
        import os, pathlib, sys
        from workbench.study.file import open_study
        connection = open_study(pathlib.Path(sys.argv[1]), coder="A. Mori").connection
        connection.execute("PRAGMA cache_size = 2")
        connection.execute("BEGIN IMMEDIATE")
        for number in range(300):
            connection.execute("INSERT INTO contents VALUES (?, ?)", (str(number), b"x" * 5000))
        os._exit(9)
        """
    )
    subprocess.run([sys.executable, "-c", program, str(path)], check=False)
    journal = path.with_name(f"{path.name}-journal")
    wreck, its_journal = path.read_bytes(), journal.read_bytes()
    assert its_journal
    done = restore_backup(path, "1", coder="A. Mori", reason="killed")
    assert not journal.exists()
    assert done.set_aside is not None
    assert done.set_aside.verified, "SQLite took back what was half done before it was set aside"
    path.write_bytes(b"\xff" * 100 + wreck[100:])
    journal.write_bytes(its_journal)
    monkeypatch.setattr(restore, "_take_back_half_done", lambda path: None)
    done = restore_backup(path, "1", coder="A. Mori", reason="killed and damaged")
    assert done.set_aside is not None
    assert cases(path) == ["Osaka"]
    with open_study(path, read_only=True) as study:
        assert check_study(study) == []
    put_back(path)
    assert (path.read_bytes(), journal.read_bytes()) == (b"\xff" * 100 + wreck[100:], its_journal)


def hot_journal(path: Path, folder: Path) -> bytes:
    """Make the journal that a writer killed in the middle of a transaction leaves."""
    other = folder / "killed.workbench"
    other.write_bytes(path.read_bytes())
    program = textwrap.dedent(
        """
        import os, sqlite3, sys
        connection = sqlite3.connect(sys.argv[1], isolation_level=None)
        connection.execute("PRAGMA cache_size = 2")
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("UPDATE case_records SET name = hex(randomblob(20000))")
        connection.execute("UPDATE setting_records SET value = hex(randomblob(20000))")
        os._exit(9)
        """
    )
    subprocess.run([sys.executable, "-c", program, str(other)], check=False)
    journal = other.with_name(f"{other.name}-journal").read_bytes()
    assert journal
    return journal


def test_no_stale_journal_is_rolled_into_what_takes_its_name(path: Path, tmp_path: Path) -> None:
    journal = hot_journal(path, tmp_path)
    add(path, *(f"City {number}" for number in range(30)))
    make(path)
    add(path, "Kobe")
    path.with_name(f".{path.name}.restoring-journal").write_bytes(journal)
    restore_backup(path, "1", coder="A. Mori", reason="try")
    copy = tmp_path / "copy.workbench"
    copy.with_name("copy.workbench-journal").write_bytes(journal)
    copy_to(path, copy)
    for place in (path, copy):
        with open_study(place, coder="A. Mori") as study:
            assert check_study(study) == []
            assert study.count(Case) == 31


def test_a_backup_that_is_not_whole_is_never_put_in_place(path: Path) -> None:
    made = make(path)
    add(path, "Kobe")
    before = digest(path)
    damage(made.path)
    with pytest.raises(StudyFileError, match=r"0001.*is not whole: decision 2"):
        restore_backup(path, "1", coder="A. Mori", reason="try")
    assert digest(path) == before
    assert len(backups_of(path)) == 1
    assert list(path.parent.glob(".*restoring*")) == []


def test_a_backup_of_another_study_is_refused(path: Path, tmp_path: Path) -> None:
    create_study(tmp_path / "other.workbench", title="Other", coder="A. Mori").close()
    made = make(tmp_path / "other.workbench")
    before = digest(path)
    with pytest.raises(Refused, match="another study"):
        restore_backup(path, str(made.path), coder="A. Mori", reason="try")
    assert digest(path) == before


def test_a_foreign_or_missing_backup_is_refused(path: Path, tmp_path: Path) -> None:
    foreign = tmp_path / "other.db"
    connection = sqlite3.connect(foreign)
    connection.execute("CREATE TABLE t (x)")
    connection.close()
    with pytest.raises(StudyFileError, match="not a study"):
        restore_backup(path, str(foreign), coder="A. Mori", reason="try")
    for missing in ("7", "nowhere.workbench"):
        with pytest.raises(WrongUsage, match="There is no"):
            chosen_backup(path, missing)
    with pytest.raises(Refused, match="itself"):
        restore_backup(path, str(path), coder="A. Mori", reason="try")


def test_a_restore_needs_a_reason_a_coder_and_the_study_for_itself(path: Path) -> None:
    make(path)
    before = digest(path)
    with pytest.raises(ReasonMissing):
        restore_backup(path, "1", coder="A. Mori", reason=" ")
    with pytest.raises(Refused, match="Nobody is named"):
        restore_backup(path, "1", coder="", reason="try")
    assert digest(path) == before
    with open_study(path, coder="J. Berg"), pytest.raises(StudyHeld):
        restore_backup(path, "1", coder="A. Mori", reason="try")
    with open_study(path, coder="J. Berg"), pytest.raises(StudyHeld):
        put_back(path)


def test_the_log_tells_of_the_restore_before_the_file_takes_its_place(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make(path)
    add(path, "Kobe")

    def last_moment(ready: Path, *_: object) -> None:
        with sqlite3.connect(ready) as connection:
            assert connection.execute(
                "SELECT action, reason FROM decisions ORDER BY seq DESC"
            ).fetchone() == (
                "restore backup",
                "try",
            )
        connection.close()
        raise KeyboardInterrupt

    monkeypatch.setattr(restore, "_put_in_place", last_moment)
    with pytest.raises(KeyboardInterrupt):
        restore_backup(path, "1", coder="A. Mori", reason="try")
    assert cases(path) == ["Osaka", "Kobe"]
    assert sorted(p.name for p in path.parent.iterdir() if not p.name.endswith(".lock")) == [
        "made.workbench",
        "made.workbench.backups",
    ]


@pytest.mark.parametrize("step", ["_set_aside", "_put_in_place", "os.replace"])
def test_a_restore_that_fails_midway_leaves_the_study_as_it_was(
    path: Path, step: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    make(path)
    add(path, "Kobe")
    before = digest(path)

    def fail(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    owner = restore.os if step == "os.replace" else restore
    monkeypatch.setattr(owner, step.removeprefix("os."), fail)
    with pytest.raises((OSError, StudyFileError)):
        restore_backup(path, "1", coder="A. Mori", reason="try")
    monkeypatch.undo()
    assert digest(path) == before
    assert cases(path) == ["Osaka", "Kobe"]
