"""The lossless text form: the log as JSON lines and the contents under their hashes, in a folder.

It is a second form of a study, for keeping, for comparing and for taking in anew; the same study gives the
same bytes every time.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from workbench.errors import Refused, StudyFileError, WorkbenchError
from workbench.exchange.derived import redactions_of
from workbench.model.decision import GENESIS, canonical, decision_hash
from workbench.study.log import Head
from workbench.study.rebuilding import decisions_up_to, primary_data
from workbench.study.study import Study
from workbench.study.telling import Told
from workbench.study.unfinished import UNFINISHED, marked

FORM = "framework-workbench text 1"
MANIFEST = "manifest.json"
LOG = "log.jsonl"
CONTENTS = "contents"
README = "README.txt"
_ABOUT = """\
A study of the framework workbench as text.

log.jsonl      the log: one decision a line, as canonical JSON with its hash
contents/      original files as bytes, texts and place maps in UTF-8, each under its SHA-256
manifest.json  how many decisions, the head of the log, and the size and SHA-256 of every file

Log and contents are all there is to a study; `workbench import-text FOLDER STUDY` makes the study file anew.
Every content can be checked with sha256sum: its name is its hash. The `hash` of a decision is the SHA-256 of
its line without `hash` (keys sorted, no spaces, UTF-8); `prev_hash` is the `hash` of the line before.
"""


def export_text(study: Study, folder: Path, *, tell: Told, unredacted: bool = False) -> Head:
    """Write a study as text into a new folder, whole or not at all; give the head that it holds.

    Raises Refused where something is there already, or where terms shall be blacked out in exports and
    `unredacted` does not say that this one may hold them: it loses nothing. Raises StudyFileError
    where log or contents of the study prove damaged on the way.
    """
    folder = folder.absolute()
    if os.path.lexists(folder) and not (folder.is_dir() and not any(folder.iterdir())):
        raise Refused(f"{folder.name} is already there.", do="Name a new or an empty folder.")
    if (terms := len(redactions_of(study))) and not unredacted:
        raise Refused(
            f"The text form loses nothing: it would hold what exports black out ({terms} redactions).",
            do="Give --unredacted to write it for yourself; for others, use workbench log export -o FOLDER.",
        )
    head, contents = primary_data(study)
    with _folder_made_whole(folder) as making:
        log = _write_log(study, making / LOG, head, tell)
        (making / CONTENTS).mkdir()
        for number, (digest, _) in enumerate(contents):
            tell("Contents", number, len(contents))
            data = study.content(digest)
            if hashlib.sha256(data).hexdigest() != digest:
                raise _damaged(study, f"content {digest} is not what was stored")
            (making / CONTENTS / digest).write_bytes(data)
        (making / README).write_text(_ABOUT, encoding="utf-8", newline="\n")
        manifest = {
            "form": FORM,
            "decisions": head.count,
            "head": head.hash,
            "log": log,
            "contents": [{"sha256": digest, "bytes": size} for digest, size in contents],
        }
        written = json.dumps(manifest, sort_keys=True, indent=1) + "\n"
        _write_through(making / MANIFEST, written.encode())
    return head


def _write_log(study: Study, path: Path, head: Head, tell: Told) -> dict[str, str | int]:
    digest, size, previous = hashlib.sha256(), 0, GENESIS
    with path.open("xb") as file:
        for decision in decisions_up_to(study, head.count):
            if decision.prev_hash != previous or decision_hash(decision.payload()) != decision.hash:
                raise _damaged(study, f"decision {decision.seq} is not what was written")
            previous = decision.hash
            line = (canonical(decision.payload() | {"hash": decision.hash}) + "\n").encode()
            file.write(line)
            digest.update(line)
            size += len(line)
            if decision.seq % 100 == 0:
                tell("Decisions", decision.seq, head.count)
        file.flush()
        os.fsync(file.fileno())
    if previous != head.hash:
        raise _damaged(study, "the log does not end where it should")
    return {"sha256": digest.hexdigest(), "bytes": size}


def _write_through(path: Path, data: bytes) -> None:
    with path.open("xb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


@contextmanager
def _folder_made_whole(folder: Path) -> Iterator[Path]:
    """Give a folder beside the one wanted, which gets its name at the end, or goes where anything fails."""
    try:
        making = Path(tempfile.mkdtemp(prefix=marked(folder), suffix=UNFINISHED, dir=folder.parent))
    except OSError as error:
        raise _not_written(folder, error) from error
    try:
        yield making
        mask = os.umask(0o077)
        os.umask(mask)
        making.chmod(0o777 & ~mask)
        making.rename(folder)
    except OSError as error:
        raise _not_written(folder, error) from error
    finally:
        if making.exists():
            shutil.rmtree(making)


def _not_written(folder: Path, error: OSError) -> WorkbenchError:
    return WorkbenchError(
        f"{folder.name} cannot be written: {error.strerror}.",
        safe="The study is as it was, and nothing was left behind.",
        do="Check the folder, its rights and its free space.",
    )


def _damaged(study: Study, what: str) -> StudyFileError:
    return StudyFileError(
        f"{study.path.name} is damaged: {what}.",
        safe="Nothing was exported.",
        do="See workbench check, and restore a backup: workbench backups.",
    )
