"""What pdfium finds on the pages of a PDF: the program of the process that reads one.

Run as `python -m workbench.sources.pdf_pages`, it takes the bytes of a PDF on its standard input and
writes `Pages` or a `Refusal` as JSON on its standard output.
"""

from __future__ import annotations

import json
import re
import sys
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING

from workbench.sources.limits import (
    MAX_PAGES,
    MAX_PDF_CHARACTERS,
    MAX_PDF_MEMORY_BYTES,
    MAX_PDF_SECONDS,
)
from workbench.sources.pdf_layout import Line, paragraphs_of_page, reads_downwards

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument, PdfPage, PdfTextPage

ENCRYPTED = "encrypted"
DAMAGED = "damaged"
_INVISIBLE_MODES = frozenset({3, 7})
"""Text render modes that paint nothing (PDF 32000-1, table 106)."""
_HYPHEN = 0x02
"""What pdfium returns for a hyphen that divides a word at a line end."""
_LINE_END = frozenset({0x0A, 0x0D})
_UNWANTED = {0x00: None, 0xFFFE: None, 0xFFFF: None}
_RIGHT_TO_LEFT = re.compile(r"[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_FORM_DEPTH = 4


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a PDF cannot be read."""

    refused: str
    """`encrypted`, `damaged` or a clause that says what is too much."""


@dataclass(slots=True)
class Pages:
    """The text of a PDF and what is to be reported about it. Pages are named by their position, from 1."""

    title: str = ""
    pages: list[tuple[str, list[str]]] = field(default_factory=list)
    """(printed label, paragraphs) of each page."""
    empty: list[int] = field(default_factory=list)
    unseen: list[int] = field(default_factory=list)
    """Pages with text that a viewer paints invisible, transparent or white."""
    downwards: list[int] = field(default_factory=list)
    right_to_left: list[int] = field(default_factory=list)
    divided: int = 0
    """Words put together again that were divided at a line end."""


class TooMuchError(Exception):
    """A PDF that holds more than is read."""


def read_pages(data: bytes) -> Pages:
    """Read all pages; raises PdfiumError over damaged and encrypted files and TooMuchError."""
    from pypdfium2 import PdfDocument

    with PdfDocument(data) as document:
        if len(document) > MAX_PAGES:
            raise TooMuchError(f"it has more than {MAX_PAGES} pages")
        found = Pages(document.get_metadata_dict().get("Title", "").replace("\0", "").strip())
        characters = 0
        for index in range(len(document)):
            characters += _read_page(document, index, found)
            if characters > MAX_PDF_CHARACTERS:
                raise TooMuchError(f"it holds more than {MAX_PDF_CHARACTERS} characters")
    return found


def _read_page(document: PdfDocument, index: int, found: Pages) -> int:
    """Add a page to what was found and return how many characters pdfium sees on it."""
    page = document[index]
    text_page = page.get_textpage()
    count: int = text_page.count_chars()
    if count > MAX_PDF_CHARACTERS:
        return count
    lines = _lines(text_page, count)
    number = index + 1
    marks = (
        (found.empty, not lines),
        (found.unseen, _holds_unseen(page)),
        (found.downwards, reads_downwards(lines)),
        (found.right_to_left, any(_RIGHT_TO_LEFT.search(line.text) for line in lines)),
    )
    for numbers, is_marked in marks:
        if is_marked:
            numbers.append(number)
    found.divided += sum(line.text.count(chr(_HYPHEN)) for line in lines)
    found.pages.append((document.get_page_label(index).strip() or str(number), paragraphs_of_page(lines)))
    page.close()
    return count


def _lines(text_page: PdfTextPage, count: int) -> list[Line]:
    """Cut the characters of a page into lines, each with its place."""
    from pypdfium2 import raw

    codes = [raw.FPDFText_GetUnicode(text_page, index) for index in range(count)]
    lines: list[Line] = []
    start = 0
    for index, code in enumerate([*codes, 0x0A]):
        if code in _LINE_END:
            line = _line(text_page, codes, start, index)
            if line is not None:
                lines.append(line)
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


def _limit_resources() -> None:
    """Bound memory and processor time where the system can."""
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (MAX_PDF_MEMORY_BYTES, MAX_PDF_MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (MAX_PDF_SECONDS, MAX_PDF_SECONDS))


def _answer(data: bytes) -> Pages | Refusal:
    from pypdfium2 import PdfiumError, raw

    try:
        return read_pages(data)
    except PdfiumError as error:
        locked = error.err_code in {raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY}
        return Refusal(ENCRYPTED if locked else DAMAGED)
    except TooMuchError as error:
        return Refusal(str(error))


def main() -> None:
    """Read the PDF on the standard input and answer on the standard output."""
    _limit_resources()
    answer = _answer(sys.stdin.buffer.read())
    sys.stdout.buffer.write(json.dumps(asdict(answer)).encode("ascii"))


if __name__ == "__main__":
    main()
