"""What a stranger can hand back of a study, changed at random: its text form, a bundle, a redaction list."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from workbench.exchange.audit_verifying import LOG as BUNDLED_LOG
from workbench.exchange.audit_verifying import SCRIPT
from workbench.exchange.blacking import Blacking
from workbench.exchange.lossless import LOG, MANIFEST, export_text
from workbench.exchange.lossless_reading import import_text
from workbench.model.decision import GENESIS, canonical, decision_hash
from workbench.model.redaction import Redaction, RedactionMode
from workbench.stages.audit import export_bundle
from workbench.study.study import Study
from workbench.study.telling import quietly

WORDS = "Ms Tanaka runs the desk.\n市民の相談窓口。 A. Mori, 2018-07-02\n"
REDACTIONS = [b"words:Tanaka", b"plain:\xe5\xb8\x82\xe6\xb0\x91", rb"pattern:\d{4}-\d\d", b"pattern:(a|aa)+$"]


def text_form(study: Study, folder: Path) -> tuple[Callable[[bytes], object], bytes]:
    """Write the text form of a study; give what takes in a changed log of it, and the good log.

    Lines that can still be understood get the hashes of what they say, and so does the manifest: what is
    tried are the records, not the hashes.
    """
    form, made = folder / "form", folder / "made.workbench"
    export_text(study, form, tell=quietly)
    log, manifest = (form / LOG).read_bytes(), json.loads((form / MANIFEST).read_bytes())

    def read(data: bytes) -> None:
        lines, head = _chained(data)
        (form / LOG).write_bytes(b"".join(lines))
        said = manifest | {
            "decisions": len(lines),
            "head": head,
            "log": {"sha256": hashlib.sha256(b"".join(lines)).hexdigest(), "bytes": sum(map(len, lines))},
        }
        (form / MANIFEST).write_text(json.dumps(said))
        made.unlink(missing_ok=True)
        import_text(form, made, tell=quietly)

    return read, log


def _chained(data: bytes) -> tuple[list[bytes], str]:
    """Chain the lines of a log anew, as far as they are decisions; give them and the last hash."""
    made: list[bytes] = []
    previous = GENESIS
    for line in data.splitlines(keepends=True):
        try:
            decision: dict[str, Any] = json.loads(line)
            decision |= {"seq": len(made) + 1, "prev_hash": previous}
            decision.pop("hash", None)
            previous = decision_hash(decision)
            made.append(f"{canonical(decision | {'hash': previous})}\n".encode())
        except (ValueError, TypeError, AttributeError, RecursionError):
            made.append(line)
    return made, previous


def bundle(study: Study, folder: Path) -> tuple[Callable[[bytes], object], bytes]:
    """Write a bundle of a study; give what verifies it with a changed log, and the good log."""
    export_bundle(study, folder / "bundle")
    log = folder / "bundle" / BUNDLED_LOG

    def read(data: bytes) -> None:
        log.write_bytes(data)
        command = [sys.executable, "-I", "-S", str(folder / "bundle" / SCRIPT)]
        done = subprocess.run(command, capture_output=True, check=False)
        said = done.stdout + done.stderr
        assert done.returncode in (0, 1), done.returncode
        assert b"Traceback" not in said, said
        assert b"\x1b" not in said, said

    return read, log.read_bytes()


def redaction(data: bytes) -> None:
    """Read a term as the study keeps it, and black it out in a few words."""
    mode, _, term = data.decode("utf-8", errors="replace").partition(":")
    modes = {each.value: each for each in RedactionMode}
    Blacking([Redaction("1", modes.get(mode, RedactionMode.PATTERN), term)]).of(WORDS)
