"""Folders that are carried elsewhere and file systems without sure locks are named, others are not."""

from __future__ import annotations

from pathlib import Path

import pytest

from workbench.study import whereabouts
from workbench.study.whereabouts import warning_about

MOUNTS = """\
22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw
30 22 0:30 / /home/a\\040b/share rw - {system} server:/x rw
31 22 8:2 / /home/a\\040b/share/disk rw - ext4 /dev/sdb rw
"""


@pytest.mark.parametrize(
    ("folder", "program"),
    [
        ("Dropbox", "Dropbox"),
        ("Dropbox (Personal)", "Dropbox"),
        ("OneDrive - University of Osaka", "OneDrive"),
        ("Library/Mobile Documents/com~apple~CloudDocs", "iCloud"),
        ("Google Drive/My Drive", "Google Drive"),
        ("Nextcloud", "Nextcloud"),
    ],
)
def test_a_folder_of_a_program_that_carries_files_is_named(tmp_path: Path, folder: str, program: str) -> None:
    place = tmp_path / folder / "thesis" / "made.workbench"
    place.parent.mkdir(parents=True)
    assert f"a folder that {program} carries" in warning_about(place)
    assert "workbench save-as" in warning_about(place)


def test_a_folder_with_the_mark_of_such_a_program_is_named(tmp_path: Path) -> None:
    assert warning_about(tmp_path / "deep" / "made.workbench") == ""
    (tmp_path / ".stfolder").mkdir()
    assert "Syncthing" in warning_about(tmp_path / "deep" / "made.workbench")


@pytest.mark.parametrize("name", ["dropboxes", "my onedrive notes", "about iCloud"])
def test_a_name_that_only_resembles_one_is_not(tmp_path: Path, name: str) -> None:
    assert warning_about(tmp_path / name / "made.workbench") == ""


def test_a_link_into_such_a_folder_is_followed(tmp_path: Path) -> None:
    (tmp_path / "Dropbox").mkdir()
    (tmp_path / "mine").symlink_to(tmp_path / "Dropbox")
    assert "Dropbox carries" in warning_about(tmp_path / "mine" / "made.workbench")


@pytest.mark.parametrize("system", ["nfs4", "cifs", "smb3", "fuse.sshfs", "9p"])
def test_a_network_file_system_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, system: str) -> None:
    (tmp_path / "mountinfo").write_text(MOUNTS.format(system=system))
    monkeypatch.setattr(whereabouts, "_MOUNTS", tmp_path / "mountinfo")
    assert f"network file system ({system})" in warning_about(Path("/home/a b/share/made.workbench"))
    assert warning_about(Path("/home/a b/share/disk/made.workbench")) == ""
    assert warning_about(Path("/home/c/made.workbench")) == ""


@pytest.mark.parametrize("system", ["ext4", "fuseblk", "tmpfs", "overlay", "btrfs", "fuse.lxcfs"])
def test_a_disk_of_this_machine_is_not(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, system: str) -> None:
    (tmp_path / "mountinfo").write_text(MOUNTS.format(system=system))
    monkeypatch.setattr(whereabouts, "_MOUNTS", tmp_path / "mountinfo")
    assert warning_about(Path("/home/a b/share/made.workbench")) == ""


def test_where_the_system_tells_nothing_nothing_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(whereabouts, "_MOUNTS", tmp_path / "none")
    assert warning_about(tmp_path / "made.workbench") == ""
