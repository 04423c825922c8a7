"""An hour's work at the command line: import, read, code, chart, count, export, undo, search, history.

Run as `python -m tests.hostile.hour FOLDER`; everything it makes is in the folder.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from benchmarks import fuzz_seeds
from workbench.cli import main as workbench
from workbench.model.text import Text
from workbench.study.file import open_study

STUDY = "study.workbench"
BOOK = "title: F\nthemes:\n- name: T\n  codes:\n  - {name: A, definition: d}\n  - {name: B, definition: e}\n"
BEFORE: tuple[tuple[str, ...], ...] = (
    ("framework", "check", "book.yaml"),
    ("new", STUDY, "--title", "An hour", "--framework", "book.yaml"),
    ("import", STUDY, "in", "--case", "North"),
    ("cases", STUDY),
    ("documents", STUDY, "--fields", "all", "--format", "csv"),
    ("texts", STUDY),
    ("search", STUDY, "line"),
    ("search", STUDY, "l.ne", "--regex"),
    ("search", STUDY, "line", "--lemma"),
)
AFTER: tuple[tuple[str, ...], ...] = (
    ("codings", STUDY),
    ("cell", "write", STUDY, "North", "1.1", "--summary", "Words."),
    ("cell", "state", STUDY, "North", "1.1", "charted"),
    ("undo", STUDY),
    ("redo", STUDY),
    ("memo", "add", STUDY, "A thought.", "--on", "code:a"),
    ("claim", "make", STUDY, "concept", "A claim"),
    *(
        ("chart", STUDY, "-o", f"chart.{format}")
        for format in ("xlsx", "docx", "html", "md", "csv", "json", "parquet")
    ),
    ("picture", STUDY, "statuses", "-o", "statuses.svg"),
    ("picture", STUDY, "coverage", "-o", "coverage.png"),
    ("count", STUDY),
    ("rank", STUDY),
    ("proposals", STUDY, "chart.xlsx"),
    ("framework", "release", STUDY, "--reason", "done"),
    ("framework", "export", STUDY, "-o", "out.yaml"),
    ("memos", STUDY, "-o", "memos.md"),
    ("log", "show", STUDY),
    ("log", "verify", STUDY),
    ("log", "export", STUDY, "-o", "log.jsonl"),
    ("history", STUDY, "code:a"),
    ("as-of", STUDY, "2", "cases"),
    ("check", STUDY),
)


def main() -> None:
    """Do the work; every command must end well."""
    os.chdir(sys.argv[1])
    Path("in").mkdir()
    for name, seeds in fuzz_seeds.PLAIN.items():
        Path(f"in/a.{name}").write_bytes(seeds[0])
    for name, parts in fuzz_seeds.PACKED.items():
        Path(f"in/a.{name}").write_bytes(fuzz_seeds.packed(parts))
    Path("in/a.pdf").write_bytes(fuzz_seeds.pdf())
    Path("book.yaml").write_text(BOOK, encoding="utf-8")
    _run(BEFORE)
    with open_study(Path(STUDY), read_only=True) as study:
        text = next(text for text in study.all(Text) if text.format == "md")
        other = next(text for text in study.all(Text) if text.format == "txt")
    _run(
        (
            ("read", STUDY, "--text", text.id, "--state", "read"),
            ("code", STUDY, "--text", text.id, "--range", "0:7", "--code", "1.1"),
            ("align", STUDY, text.id, other.id),
            ("words", STUDY),
            ("attributes", "list", STUDY, "--case", "North"),
            ("extras",),
        )
    )
    _run(AFTER)


def _run(commands: tuple[tuple[str, ...], ...]) -> None:
    for words in commands:
        status = workbench(words)
        if status not in (0, 1):
            sys.exit(f"{' '.join(words)} ended with {status}")


if __name__ == "__main__":
    main()
