"""Measure what backups cost: made, skipped, restored; and the text form, written and taken in.

python -m benchmarks.backups [DOCUMENTS CODINGS]
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from benchmarks.big_study import make
from workbench.exchange.lossless import export_text
from workbench.exchange.lossless_reading import import_text
from workbench.model.case import Case
from workbench.stages import register
from workbench.stages.backups import restore_backup
from workbench.study.backup import backup_if_changed, keep_before
from workbench.study.backup_names import Why
from workbench.study.connecting import connect
from workbench.study.file import open_study


def timed(what: str, action: Callable[[], object]) -> None:
    wall, cpu = time.perf_counter(), time.process_time()
    action()
    print(f"{what:<44} {time.perf_counter() - wall:7.3f} s, CPU {time.process_time() - cpu:7.3f} s")


def _copy_alone(path: Path, target: Path) -> None:
    with closing(connect(path, "ro")) as connection:
        connection.execute("VACUUM INTO ?", (str(target),))


def main() -> None:
    documents, codings = (int(word) for word in sys.argv[1:3]) if len(sys.argv) > 2 else (200, 20_000)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "big.workbench"
        make(path, documents=documents, codings=codings)
        with open_study(path, read_only=True) as study:
            print(f"{study.head.count} decisions, {path.stat().st_size / 1_000_000:.1f} MB")
        timed("copy alone, which writers wait for", lambda: _copy_alone(path, Path(folder) / "c"))
        timed("backup, verified", lambda: backup_if_changed(path, Why.ASKED))
        timed("backup, nothing changed", lambda: backup_if_changed(path, Why.TIMER))
        with open_study(path, coder="A. Mori") as study:
            timed("before a bulk change, nothing worked", lambda: keep_before(study, Why.BULK))
            register.edit_case(study, study.all(Case)[0].id, attributes={"a": "b"})
            timed("before a bulk change, after work", lambda: keep_before(study, Why.BULK))
        timed("restore", lambda: restore_backup(path, "1", coder="A. Mori", reason="measured"))
        with open_study(path, read_only=True) as study:
            text = Path(folder) / "text"
            timed("export as text", lambda: export_text(study, text, tell=lambda *_: None))
        timed("import-text", lambda: import_text(text, Path(folder) / "again", tell=lambda *_: None))


if __name__ == "__main__":
    main()
