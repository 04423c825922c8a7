"""PDF files: paragraphs, pages, order and what cannot be read."""

from __future__ import annotations

from pathlib import Path

import pytest

from workbench.errors import UnreadableFile
from workbench.sources import pdf, read_bytes, read_file
from workbench.sources.pdf_layout import Line, paragraphs_of_page


def _pdf(*streams: str) -> bytes:
    """Write a PDF of one page for each content stream, with Helvetica as /F1."""
    count = len(streams)
    kids = " ".join(f"{4 + 2 * index} 0 R" for index in range(count))
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Count {count}/Kids[{kids}]>>",
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    for index, stream in enumerate(streams):
        resources = "/Resources<</Font<</F1 3 0 R>>>>"
        objects.append(
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]{resources}/Contents {5 + 2 * index} 0 R>>"
        )
        objects.append(f"<</Length {len(stream)}>>stream\n{stream}\nendstream")
    body, offsets = "%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        offsets.append(len(body))
        body += f"{number} 0 obj\n{content}\nendobj\n"
    table = "".join(f"{offset:010d} 00000 n \n" for offset in offsets)
    size = len(objects) + 1
    trailer = f"trailer<</Size {size}/Root 1 0 R>>\nstartxref\n{len(body)}\n%%EOF\n"
    return f"{body}xref\n0 {size}\n0000000000 65535 f \n{table}{trailer}".encode("ascii")


def _shown(text: str, y: int = 700, setting: str = "") -> str:
    return f"BT /F1 12 Tf {setting} 50 {y} Td ({text}) Tj ET"


def test_pages_carry_their_printed_labels(shared_data: Path) -> None:
    _, (extraction,) = read_file(shared_data / "nasty-docs/pdf-pdfminer/pagelabels.pdf")
    assert [label for _, label in extraction.places.pages] == ["iii", "iv", "1", "2", "1"]
    assert extraction.places.page_of(extraction.content.index("2 Second section\nSome")) == "iv"


def test_lines_of_running_text_are_put_together(shared_data: Path) -> None:
    _, (extraction,) = read_file(shared_data / "nasty-docs/pdf-py-pdf/pdflatex-4-pages.pdf")
    first = extraction.content.split("\n")[0]
    assert "what a printed text will look like at this place" in first
    assert len(first) > 3_000


def test_verse_and_lists_keep_their_lines(shared_data: Path) -> None:
    _, (extraction,) = read_file(shared_data / "nasty-docs/pdf-pdfminer/zen_of_python_corrupted.pdf")
    assert "Flat is better than nested." in extraction.content.split("\n")


def test_vertical_japanese_is_read_from_the_right_with_a_caution(shared_data: Path) -> None:
    _, (extraction,) = read_file(shared_data / "nasty-docs/pdf-pdfminer/jo.pdf")
    lines = extraction.content.split("\n")
    assert lines[1:4] == ["わたくしといふ現象は", "假定された有機交流電燈の", "ひとつの青い照明です"]
    assert lines[-1].startswith("大正十三年一月廿日")
    assert any("vertical lines" in note for note in extraction.notes)


def test_right_to_left_script_is_read_with_a_caution(shared_data: Path) -> None:
    _, (extraction,) = read_file(shared_data / "nasty-docs/pdf-py-pdf/habibi.pdf")
    assert "habibi" in extraction.content
    assert any("right-to-left" in note for note in extraction.notes)


def test_annotations_do_not_disturb_the_text(shared_data: Path) -> None:
    _, (extraction,) = read_file(shared_data / "nasty-docs/pdf-py-pdf/annotated_pdf.pdf")
    assert extraction.content == "Some text.\nLine 1\nLine 2\nNot highlighted"
    assert extraction.title == "Annotated PDF"


def test_a_form_that_contains_itself_ends(shared_data: Path) -> None:
    _, (extraction,) = read_file(shared_data / "nasty-docs/pdf-pdfminer/issue-1113-evil-xobjects.pdf")
    assert extraction.content.startswith("Hello world")
    assert len(extraction.content) < 10_000


@pytest.mark.parametrize(
    "name",
    ["pdf-pdfminer/aes-128.pdf", "pdf-pdfminer/rc4-40.pdf", "pdf-py-pdf/libreoffice-writer-password.pdf"],
)
def test_every_kind_of_encryption_is_named_as_such(shared_data: Path, name: str) -> None:
    with pytest.raises(UnreadableFile, match="encrypted with a password"):
        read_file(shared_data / "nasty-docs" / name)


def test_a_picture_in_a_pdf_is_refused(shared_data: Path) -> None:
    with pytest.raises(UnreadableFile, match="no text layer"):
        read_file(shared_data / "nasty-docs/pdf-py-pdf/imagemagick-CCITTFaxDecode.pdf")


def test_pages_without_text_are_named_and_keep_their_number() -> None:
    (extraction,) = read_bytes("a.pdf", _pdf(_shown("one"), "", "", _shown("four")))
    assert extraction.content == "one\nfour"
    assert "Pages 2, 3 of the file have no text; what stands there may be pictures." in extraction.notes
    assert extraction.places.page_of(4) == "4"


@pytest.mark.parametrize("setting", ["3 Tr", "1 1 1 rg"])
def test_invisible_and_white_text_is_read_and_reported(setting: str) -> None:
    (extraction,) = read_bytes("a.pdf", _pdf(_shown("seen"), _shown("unseen", setting=setting)))
    assert extraction.content == "seen\nunseen"
    assert (
        "Page 2 of the file has hidden text (invisible or white); it is part of the text here."
        in extraction.notes
    )


def test_visible_text_raises_no_suspicion() -> None:
    (extraction,) = read_bytes("a.pdf", _pdf(_shown("seen", setting="0 0 1 rg")))
    assert not any("hidden" in note for note in extraction.notes)


@pytest.mark.parametrize("keep", [20, 200, 500])
def test_a_truncated_file_is_refused_or_mended_but_never_a_crash(keep: int) -> None:
    try:
        (extraction,) = read_bytes("a.pdf", _pdf(_shown("one"))[:keep])
    except UnreadableFile as refusal:
        assert refusal.do
    else:
        assert extraction.content == "one"


def test_a_pdf_that_asks_for_endless_work_is_stopped_and_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "MAX_PDF_SECONDS", 1)
    levels = 30
    forms = "".join(
        f"{10 + level} 0 obj\n<</Type/XObject/Subtype/Form/BBox[0 0 600 800]"
        f"/Resources<</Font<</F1 3 0 R>>/XObject<</X {11 + level} 0 R>>>>/Length 11>>"
        "stream\n/X Do /X Do\nendstream\nendobj\n"
        for level in range(levels)
    )
    page = (
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Resources<</XObject<</X 10 0 R>>>>/Contents 5 0 R>>"
    )
    source = (
        "%PDF-1.4\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n"
        "2 0 obj\n<</Type/Pages/Count 1/Kids[4 0 R]>>\nendobj\n"
        "3 0 obj\n<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>\nendobj\n"
        f"4 0 obj\n{page}\nendobj\n5 0 obj\n<</Length 5>>stream\n/X Do\nendstream\nendobj\n{forms}"
        f"{10 + levels} 0 obj\n<</Type/XObject/Subtype/Form/BBox[0 0 600 800]/Resources<</Font<</F1 3 0 R>>>>"
        "/Length 28>>stream\nBT /F1 9 Tf (x) Tj ET        \nendstream\nendobj\n"
        "trailer<</Root 1 0 R>>\n%%EOF\n"
    )
    with pytest.raises(UnreadableFile, match="took longer than 1 seconds"):
        read_bytes("endless.pdf", source.encode("ascii"))


def test_noise_behind_a_pdf_signature_is_refused_as_damaged() -> None:
    with pytest.raises(UnreadableFile, match="is damaged"):
        read_bytes("a.pdf", b"%PDF-1.7\n" + b"noise " * 500)


def test_a_file_without_a_pdf_signature_is_refused() -> None:
    with pytest.raises(UnreadableFile, match="is not a PDF file"):
        read_bytes("a.pdf", b"Dear all")


def _line(text: str, row: float, *, start: float = 0, end: float = 300, size: float = 10) -> Line:
    return Line(text, start, end, row * 12, size)


def test_a_short_line_ends_its_paragraph() -> None:
    lines = [
        _line("full line of words that", 1),
        _line("ends here.", 2, end=90),
        _line("next line of words which", 3),
    ]
    assert paragraphs_of_page(lines) == ["full line of words that ends here.", "next line of words which"]


def test_wide_characters_are_joined_without_a_space() -> None:
    lines = [_line("一" * 30, 1), _line("二" * 30, 2), _line("三" * 3, 3, end=30)]
    assert paragraphs_of_page(lines) == ["一" * 30 + "二" * 30 + "三" * 3]


def test_a_gap_a_heading_or_an_indent_begins_a_paragraph() -> None:
    full = "words of a full line that runs"
    lines = [
        _line("Heading in large type over all", 1, size=16),
        *[_line(full, row) for row in (2, 3, 4)],
        _line(full, 6),
        _line("\u3000" + full, 7),
        _line(full, 8),
    ]
    assert len(paragraphs_of_page(lines)) == 4


def test_a_word_divided_at_a_line_end_is_put_together() -> None:
    lines = [_line("all are equal before the informa\x02", 1), _line("tion law", 2, end=80)]
    assert paragraphs_of_page(lines) == ["all are equal before the information law"]
