"""What encryption costs: the same work on a study in the clear and on an encrypted one, in turn.

python -m benchmarks.encrypted
"""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.writing import FILES, LINE, SIZE
from workbench.model.text import Passage, Text
from workbench.sources import read_file
from workbench.stages import framework, index
from workbench.stages.importing import ImportPlan, importing
from workbench.stages.setup import new_study
from workbench.study.backup import copy_to
from workbench.study.check import check_study
from workbench.study.encrypting import change_form
from workbench.study.file import open_study
from workbench.study.keys import forget_keys, key_from
from workbench.study.locked import key_made, unlock

PASSPHRASE = "walrus lantern harbour"
ROUNDS, CODINGS = 3, 200
Figures = dict[str, list[float]]


def _timed(figures: Figures, what: str, action: Callable[[], object]) -> None:
    wall, cpu = time.perf_counter(), time.process_time()
    action()
    figures.setdefault(f"{what}, ms", []).append((time.perf_counter() - wall) * 1000)
    figures.setdefault(f"{what}, ms CPU", []).append((time.process_time() - cpu) * 1000)


def round_of(folder: Path, path: Path, passphrase: str, figures: Figures) -> None:
    """Do all the work once, in one form."""
    with new_study(path, title="T", coder="A. Mori", passphrase=passphrase) as study:
        theme = framework.add_theme(study, "Rights")
        code = framework.add_code(study, theme.id, "Consultation")

        def take_in() -> None:
            with importing(study, ImportPlan(case="Osaka")) as run:
                for file in sorted(folder.iterdir()):
                    run.add(file.name, *read_file(file))

        _timed(figures, f"import of {FILES} files", take_in)
        text_id = study.all(Text)[0].id
        for number in range(CODINGS):
            place = Passage(number * 30, number * 30 + 25)
            _timed(
                figures,
                "one durable coding",
                lambda place=place: index.code_passage(study, text_id, place, [code.id], reason="measured"),
            )
    _timed(figures, "opening", lambda: open_study(path, coder="A. Mori").close())
    with open_study(path, read_only=True) as study:
        _timed(
            figures, "every text read", lambda: [study.text_content(t.content_hash) for t in study.all(Text)]
        )
        _timed(figures, "check", lambda: check_study(study))
    _timed(figures, "verified copy", lambda: copy_to(path, path.with_suffix(".copy"), replace=True))


def main() -> None:
    """Measure both forms in turn and print medians and their ratios."""
    clear: Figures = {}
    shut: Figures = {}
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        folder = root / "files"
        folder.mkdir()
        for number in range(FILES):
            text = f"File {number}\n" + LINE * (SIZE // len(LINE.encode()))
            (folder / f"{number:04d}.txt").write_text(text, encoding="utf-8")
        for number in range(ROUNDS):
            one, other = root / f"clear{number}.workbench", root / f"shut{number}.workbench"
            round_of(folder, one, "", clear)
            round_of(folder, other, PASSPHRASE, shut)
            size = one.stat().st_size
            _timed(shut, "to encrypt it", lambda one=one: change_form(one, key_made(PASSPHRASE)))
            _timed(shut, "to decrypt it", lambda one=one: change_form(one, None))
            forget_keys()
            _timed(shut, "passphrase, first opening", lambda other=other: unlock(other, PASSPHRASE))
            for left in root.glob("*.workbench*"):
                if left.is_file():
                    left.unlink()
        _timed(shut, "key from the passphrase alone", lambda: key_from(PASSPHRASE, b"s" * 16))
    print(f"{FILES} texts of {SIZE} bytes, a study of {size / 1e6:.0f} MB; {ROUNDS} rounds, medians")
    for what, figures in shut.items():
        median = statistics.median(figures)
        plain = statistics.median(clear[what]) if what in clear else None
        beside = f"; in the clear {plain:.2f}; ratio {median / plain:.2f}" if plain else ""
        print(f"{what}: {median:.2f}{beside}; worst {max(figures):.1f}")


if __name__ == "__main__":
    main()
