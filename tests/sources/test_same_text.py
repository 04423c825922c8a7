"""One text in many formats gives the same paragraphs."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from workbench.errors import UnreadableFile
from workbench.sources import Extraction, read_file

FORMATS = ["html", "docx", "odt", "rtf", "epub"]


def _bare(text: str) -> str:
    return "".join(text.split())


def _paragraphs(extraction: Extraction) -> list[str]:
    starts = [*extraction.places.paragraphs, len(extraction.content)]
    return [_bare(extraction.content[start:end]) for start, end in pairwise(starts)]


@pytest.fixture
def folder(shared_data: Path) -> Path:
    return shared_data / "same-text-many-formats"


@pytest.fixture
def expected(folder: Path) -> list[str]:
    lines = (folder / "udhr-ja.expected.txt").read_text(encoding="utf-8").splitlines()
    return [_bare(line) for line in lines if line.strip()]


@pytest.mark.parametrize("extension", FORMATS)
def test_structured_formats_give_exactly_the_expected_paragraphs(
    folder: Path, expected: list[str], extension: str
) -> None:
    _, (extraction,) = read_file(folder / f"udhr-ja.{extension}")
    assert _paragraphs(extraction) == expected
    assert extraction.format == extension


def test_markdown_gives_the_expected_paragraphs_with_its_own_marks(folder: Path, expected: list[str]) -> None:
    _, (extraction,) = read_file(folder / "udhr-ja.md")
    assert [paragraph.lstrip("#").replace("\\", "") for paragraph in _paragraphs(extraction)] == expected


def test_pdf_gives_the_whole_text_and_nearly_all_paragraphs(folder: Path, expected: list[str]) -> None:
    _, (extraction,) = read_file(folder / "udhr-ja.pdf")
    found = _paragraphs(extraction)
    assert "".join(found) == "".join(expected)
    assert sum(paragraph in found for paragraph in expected) >= 0.9 * len(expected)
    assert [label for _, label in extraction.places.pages] == ["1", "2", "3", "4"]


def test_a_scanned_pdf_is_refused_with_the_advice_to_recognise_its_text(folder: Path) -> None:
    with pytest.raises(UnreadableFile, match="no text layer") as refusal:
        read_file(folder / "udhr-ja.scanned.pdf")
    assert "OCR" in refusal.value.do


def test_an_encrypted_pdf_is_refused_as_encrypted(folder: Path) -> None:
    with pytest.raises(UnreadableFile, match="encrypted with a password") as refusal:
        read_file(folder / "udhr-ja.encrypted.pdf")
    assert "without the password" in refusal.value.do
