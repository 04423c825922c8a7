"""Two hundred single flipped bits over a whole file; more of them: `python -m benchmarks.bit_flips`."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from benchmarks.bit_flips import after_flip, content_of, flips
from tests.tui.example import build_study
from workbench.errors import StudyFileError
from workbench.model.text import Text


@pytest.mark.parametrize("seed", range(8))
def test_every_flipped_bit_is_harmless_or_found(tmp_path: Path, seed: int) -> None:
    begin = tmp_path / "begin.workbench"
    with build_study(begin) as study:
        content = content_of(study)
    whole, folder = begin.read_bytes(), tmp_path / "flipped"
    folder.mkdir()
    became = Counter(
        after_flip(whole, flip, folder / "flipped.workbench", content) for flip in flips(whole, 26, seed)
    )
    assert became["harmless"] > 0
    assert became["found by check"] + became["found on opening"] > 0


def test_a_changed_text_is_not_shown(tmp_path: Path) -> None:
    with build_study(tmp_path / "two.workbench") as study:
        digest = study.all(Text)[0].content_hash
        held = study.content(digest)
        changed = bytes([held[0] ^ 1]) + held[1:]
        study.connection.execute("UPDATE contents SET bytes = ? WHERE hash = ?", (changed, digest))
        with pytest.raises(StudyFileError, match="is damaged: its bytes"):
            study.content(digest)
