"""PDF files, through pdfium. Lines are put together into paragraphs by their place on the page.

The text is all text of the file, also what a viewer does not show (that is reported). Running heads and
page numbers stay in the text as paragraphs: what they are is the analyst's judgement.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from threading import Lock
from typing import TYPE_CHECKING

from workbench.errors import UnreadableFile
from workbench.sources.archive import refuse_encrypted
from workbench.sources.encoding import note_replacements
from workbench.sources.extraction import Extraction
from workbench.sources.limits import MAX_PAGES, MAX_PDF_CHARACTERS
from workbench.sources.paragraphs import Block, join_blocks
from workbench.sources.pdf_layout import Line, paragraphs_of_page, reads_downwards
from workbench.sources.refusals import reading, refuse_hostile, refuse_wrong_kind

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument, PdfPage, PdfTextPage

_EXPECTED = "a PDF file"
_PDFIUM = Lock()
"""pdfium keeps global state: one thread at a time."""
_SIGNATURE_WITHIN = 1_024
_INVISIBLE_MODES = frozenset({3, 7})
"""Text render modes that paint nothing (PDF 32000-1, table 106)."""
_HYPHEN = 0x02
"""What pdfium returns for a hyphen that divides a word at a line end."""
_LINE_END = frozenset({0x0A, 0x0D})
_UNWANTED = {0x00: None, 0xFFFE: None, 0xFFFF: None}
_RIGHT_TO_LEFT = re.compile(r"[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_MEANINGLESS = re.compile(r"[\x01-\x08\x0b\x0e-\x1f\ue000-\uf8ff]")
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_FORM_DEPTH = 4


@dataclass(slots=True)
class _Findings:
    """Numbers of the pages on which something is to be reported."""

    empty: list[int] = field(default_factory=list)
    unseen: list[int] = field(default_factory=list)
    downwards: list[int] = field(default_factory=list)
    right_to_left: list[int] = field(default_factory=list)
    divided: int = 0
    """Words put together again that were divided at a line end."""
    characters: int = 0


def read_pdf(name: str, data: bytes, *, encoding: str | None = None) -> tuple[Extraction, ...]:
    """Read a PDF file; `encoding` does not apply.

    Raises UnreadableFile for encrypted and damaged files and for those that hold only pictures of pages.
    """
    if b"%PDF-" not in data[:_SIGNATURE_WITHIN]:
        raise refuse_wrong_kind(name, data, _EXPECTED)
    from pypdfium2 import PdfDocument, PdfiumError

    found = _Findings()
    with _PDFIUM, reading(name, _EXPECTED, PdfiumError):
        try:
            document = PdfDocument(data)
        except PdfiumError as error:
            raise _unopened(name, error) from error
        with document:
            count = len(document)
            if count > MAX_PAGES:
                raise refuse_hostile(name, f"it has more than {MAX_PAGES} pages")
            title = document.get_metadata_dict().get("Title", "").replace("\0", "").strip()
            blocks = [block for index in range(count) for block in _page_blocks(name, document, index, found)]
    content, places = join_blocks(blocks)
    if not places.paragraphs:
        raise _without_text(name)
    return (Extraction(content, places, "pdf", title=title, notes=_report(found, content)),)


def _unopened(name: str, error: Exception) -> UnreadableFile:
    from pypdfium2 import raw

    if getattr(error, "err_code", None) in {raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY}:
        return refuse_encrypted(name)
    return UnreadableFile(
        f"“{name}” is damaged and cannot be read as a PDF file.",
        do="Fetch it again from its source, or print it to a new PDF from a viewer that still shows it.",
    )


def _without_text(name: str) -> UnreadableFile:
    return UnreadableFile(
        f"“{name}” has no text layer: its pages are pictures.",
        do="Run text recognition (OCR) on it, check the result against the pages, and import that file.",
    )


def _page_blocks(name: str, document: PdfDocument, index: int, found: _Findings) -> list[Block]:
    page = document[index]
    try:
        text_page = page.get_textpage()
        found.characters += text_page.count_chars()
        if found.characters > MAX_PDF_CHARACTERS:
            raise refuse_hostile(name, f"it holds more than {MAX_PDF_CHARACTERS} characters")
        lines = _lines(text_page, found)
        if _holds_unseen(page):
            found.unseen.append(index + 1)
    finally:
        page.close()
    label = document.get_page_label(index).strip() or str(index + 1)
    paragraphs = paragraphs_of_page(lines)
    _note_page(index + 1, lines, found)
    return [Block("", ((0, label),)), *(Block(paragraph) for paragraph in paragraphs)]


def _note_page(number: int, lines: list[Line], found: _Findings) -> None:
    if not any(line.text.strip() for line in lines):
        found.empty.append(number)
    if reads_downwards(lines):
        found.downwards.append(number)
    if any(_RIGHT_TO_LEFT.search(line.text) for line in lines):
        found.right_to_left.append(number)


def _lines(text_page: PdfTextPage, found: _Findings) -> list[Line]:
    """Cut the characters of a page into lines, each with its place."""
    from pypdfium2 import raw

    codes = [raw.FPDFText_GetUnicode(text_page, index) for index in range(text_page.count_chars())]
    lines: list[Line] = []
    start = 0
    for index, code in enumerate([*codes, 0x0A]):
        if code in _LINE_END:
            line = _line(text_page, codes, start, index)
            if line is not None:
                lines.append(line)
                found.divided += line.text.count(chr(_HYPHEN))
            start = index + 1
    return lines


def _line(text_page: PdfTextPage, codes: list[int], start: int, end: int) -> Line | None:
    seen = [index for index in range(start, end) if codes[index] > 0x20 and not chr(codes[index]).isspace()]
    if not seen:
        return None
    text = "".join(map(chr, codes[start:end])).translate(_UNWANTED)
    if _SURROGATE.search(text):
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    first, last = (text_page.get_charbox(index, loose=True) for index in (seen[0], seen[-1]))
    return Line.between(text, first, last)


def _holds_unseen(page: PdfPage) -> bool:
    """Tell whether the page holds text that a viewer paints invisible, transparent or white."""
    from ctypes import byref, c_uint

    from pypdfium2 import raw

    red, green, blue, alpha = c_uint(), c_uint(), c_uint(), c_uint()
    for text in page.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT], max_depth=_FORM_DEPTH):
        if raw.FPDFTextObj_GetTextRenderMode(text) in _INVISIBLE_MODES:
            return True
        painted = raw.FPDFPageObj_GetFillColor(text, byref(red), byref(green), byref(blue), byref(alpha))
        if painted and (alpha.value == 0 or red.value == green.value == blue.value == 255):
            return True
    return False


def _report(found: _Findings, content: str) -> tuple[str, ...]:
    report = ["Lines were put together into paragraphs by their place on the page."]
    if found.empty:
        report.append(f"{_pages(found.empty)} no text; what stands there may be pictures.")
    if found.unseen:
        report.append(
            f"{_pages(found.unseen)} hidden text (invisible or white); it is part of the text here."
        )
    if found.downwards:
        report.append(f"{_pages(found.downwards)} vertical lines; check their order against the page.")
    if found.right_to_left:
        report.append(
            f"{_pages(found.right_to_left)} right-to-left script; check its order against the page."
        )
    if found.divided:
        report.append(f"Words put together that were divided at a line end: {found.divided}.")
    meaningless = len(_MEANINGLESS.findall(content))
    if meaningless:
        report.append(f"Characters whose meaning the file's fonts do not say: {meaningless}.")
    return (*report, *note_replacements(content))


def _pages(numbers: list[int]) -> str:
    """Name the pages by their position in the file, with the verb that follows."""
    if len(numbers) == 1:
        return f"Page {numbers[0]} of the file has"
    shown = ", ".join(map(str, numbers[:20]))
    return f"Pages {shown}{' and more' if len(numbers) > 20 else ''} of the file have"
