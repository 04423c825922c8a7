"""Where a study lies: folders that another program carries elsewhere, and file systems without sure locks."""

from __future__ import annotations

import os
import re
from pathlib import Path

_MOUNTS = Path("/proc/self/mountinfo")
_NETWORK = re.compile(r"(nfs\d?|cifs|smb\w*|afs|9p|ceph|glusterfs|lustre|ncpfs|davfs|vboxsf|fuse\..*)")
_ON_THIS_MACHINE = frozenset({"fuse.portal", "fuse.lxcfs", "fuse.snapfuse", "fuse.fuse-overlayfs"})
"""File systems by the same driver that are of the system itself."""
_SYNCED = {
    "Dropbox": re.compile(r"dropbox( \(.*\))?", re.IGNORECASE),
    "OneDrive": re.compile(r"onedrive( - .*)?", re.IGNORECASE),
    "iCloud": re.compile(r"(icloud drive|icloud|mobile documents|com~apple~clouddocs)", re.IGNORECASE),
    "Google Drive": re.compile(r"(google ?drive|my drive|googledrive-.*)", re.IGNORECASE),
    "Nextcloud": re.compile(r"(nextcloud|owncloud)\d*", re.IGNORECASE),
}
_MARKS = {
    "Syncthing": (".stfolder", ".stversions"),
    "Dropbox": (".dropbox", ".dropbox.cache"),
    "Nextcloud": (".sync_journal.db",),
}
"""What a program puts into the topmost folder it carries."""


def warning_about(path: Path) -> str:
    """Say what is risky about the place of a study; empty where nothing is known to be."""
    place = path.resolve()
    synced = _synced_by(place)
    if synced:
        return (
            f"{path.name} lies in a folder that {synced} carries to other machines. It may be carried half "
            "written, or two be written at once. Work on it elsewhere, and put only copies there "
            "(workbench save-as)."
        )
    system = _file_system_of(place)
    if _NETWORK.fullmatch(system) and system not in _ON_THIS_MACHINE:
        return (
            f"{path.name} lies on a network file system ({system}), where locks do not always hold. Let "
            "nobody else open it meanwhile, or work on it on this machine's own disk (workbench save-as)."
        )
    return ""


def _synced_by(place: Path) -> str:
    for folder in place.parents:
        for program, name in _SYNCED.items():
            if name.fullmatch(folder.name):
                return program
        for program, marks in _MARKS.items():
            if any(os.path.exists(folder / mark) for mark in marks):
                return program
    return ""


def _file_system_of(place: Path) -> str:
    """Name the file system that a path is on; empty where the system does not tell."""
    try:
        lines = _MOUNTS.read_text(encoding="utf-8", errors="surrogateescape").splitlines()
    except OSError:
        return ""
    best, system = -1, ""
    for line in lines:
        left, _, right = line.partition(" - ")
        mount = Path(re.sub(r"\\([0-7]{3})", lambda octal: chr(int(octal[1], 8)), left.split()[4]))
        if len(mount.parts) >= best and place.is_relative_to(mount):
            best, system = len(mount.parts), right.split()[0]
    return system
