"""A short run of every fuzz target; the long one is `python -m benchmarks.fuzz`."""

from __future__ import annotations

import pytest

from benchmarks import fuzz, fuzz_seeds
from workbench.errors import UnreadableFile
from workbench.sources import SUPPORTED

SAME = {"markdown": "md", "text": "txt", "htm": "html", "xhtml": "html", "tsv": "csv"}
"""Endings of names that go to a reader with another name."""
NAMES = (
    *fuzz_seeds.PLAIN,
    *fuzz_seeds.PACKED,
    *("pdf", "workbook", "codebook", "register", "index sheet", "printed table", "weights"),
    *("drafts", "preferences", "study file"),
    *("glossary", "glossary table", "redactions", "text form", "bundle"),
)
FEW = {"pdf": 3, "study file": 40, "text form": 20, "bundle": 10}


@pytest.fixture(scope="module")
def targets(tmp_path_factory: pytest.TempPathFactory) -> dict[str, fuzz.Target]:
    return fuzz.targets(tmp_path_factory.mktemp("fuzz"))


def test_every_reader_has_a_target(targets: dict[str, fuzz.Target]) -> None:
    endings = {ending.lstrip(".") for ending in SUPPORTED}
    assert {SAME.get(ending, ending) for ending in endings} <= set(NAMES) == set(targets)


@pytest.mark.parametrize("name", NAMES)
def test_the_good_files_are_read(targets: dict[str, fuzz.Target], name: str) -> None:
    target = targets[name]
    for data in (*target.seeds, *map(fuzz_seeds.packed, target.parts)):
        target.read(data)


@pytest.mark.parametrize("name", NAMES)
def test_bad_files_are_refused_in_plain_words_or_read(targets: dict[str, fuzz.Target], name: str) -> None:
    fuzz.run(targets[name], FEW.get(name, 60))
    assert targets[name].refused + targets[name].taken >= FEW.get(name, 60) // 2


def test_a_target_that_raises_anything_else_is_found() -> None:
    def read(data: bytes) -> None:
        if b"\0" in data:
            raise ZeroDivisionError
        raise UnreadableFile("It is refused.")

    with pytest.raises(ZeroDivisionError):
        fuzz.run(fuzz.Target("bad", read, [b"abc"]), 500)


def test_a_case_that_does_not_end_is_stopped() -> None:
    def read(data: bytes) -> None:
        while True:
            pass

    with pytest.raises(fuzz.TookTooLong):
        fuzz.Target("slow", read, [b"abc"], seconds=1).try_one((0, 0, []))
