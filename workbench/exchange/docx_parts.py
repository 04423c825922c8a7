"""What a Word document is made of here: words in their languages, links inside it, and tables.

Tables are written as XML in one go: the library takes time that grows with the square of their size.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from workbench.model.visible import visible

_EAST_ASIAN = re.compile(
    r"[\u1100-\u11ff\u2e80-\u303f\u3040-\u30ff\u3100-\u31ff\u3200-\u9fff\ua960-\ua97f\uac00-\ud7ff"
    r"\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\U0001b000-\U0001b16f\U0001f200-\U0001f2ff\U00020000-\U0003ffff]+"
)
_HANGUL = re.compile(r"[\u1100-\u11ff\uac00-\ud7ff]")
_FULL_TAGS = {"ja": "ja-JP", "ko": "ko-KR", "zh": "zh-CN", "zh-hans": "zh-CN", "zh-hant": "zh-TW"}
"""What the office programs call the languages that are written in East Asian signs."""
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_TWIPS_A_MILLIMETRE = 1440 / 25.4
_MILLIMETRES_A_CELL = 1.6
"""What one cell of a line, as terminals count them, takes of the width of a column."""
_MOST_LINES_WHOLE = 25
"""A row with more lines than that may go on on the next page."""


@dataclass(frozen=True, slots=True)
class Span:
    """Some words of a paragraph."""

    content: str
    language: str = ""
    """Where it is known; signs tell the others apart."""
    target: str = ""
    """Name of a bookmark that the words lead to."""


@dataclass(frozen=True, slots=True)
class Lines:
    """A paragraph; newlines in its words begin new lines."""

    style: str
    spans: tuple[Span, ...]
    bookmark: str = ""

    @property
    def content(self) -> str:
        """Give its words."""
        return "".join(span.content for span in self.spans)


@dataclass(frozen=True, slots=True)
class Box:
    """A cell of a table."""

    paragraphs: tuple[Lines, ...]
    columns: int = 1
    """How many columns it goes over."""
    fill: str = ""
    """Colour behind it, as six hexadecimal digits."""


def lines(style: str, *spans: Span | str, bookmark: str = "") -> Lines:
    """Make a paragraph of words."""
    return Lines(style, tuple(Span(s) if isinstance(s, str) else s for s in spans), bookmark)


def box(style: str, content: str, *, fill: str = "", columns: int = 1) -> Box:
    """Make a cell of a table that holds one paragraph."""
    return Box((lines(style, content),), columns, fill)


class Writer:
    """Puts paragraphs and tables at the end of a document."""

    def __init__(self, document: Any) -> None:
        self._body = document.element.body
        self._bookmarks = 0

    def put(self, paragraph: Lines) -> None:
        """Put a paragraph."""
        self._append(self._paragraph(paragraph))

    def table(self, widths: Sequence[float], head: Sequence[Box], rows: Iterable[Sequence[Box]]) -> None:
        """Put a table with columns of these widths in millimetres; its head, if any, stands on every page."""
        table = _element("tbl")
        properties = _element("tblPr", table)
        _element("tblStyle", properties, val="ChartTable")
        _element("tblW", properties, w=str(sum(map(_twips, widths))), type="dxa")
        _element("tblLayout", properties, type="fixed")
        _element("tblLook", properties, val="0020", firstRow="1")
        grid = _element("tblGrid", table)
        for width in widths:
            _element("gridCol", grid, w=str(_twips(width)))
        if head:
            self._row(table, widths, head, is_head=True)
        for row in rows:
            self._row(table, widths, row, is_head=False)
        self._append(table)
        # Two tables in a row would grow together.
        self.put(lines("Chart gap"))

    def _append(self, element: Any) -> None:
        """Put an element before the last, which holds the page set-up."""
        self._body.insert(len(self._body) - 1, element)

    def _row(self, table: Any, widths: Sequence[float], boxes: Sequence[Box], *, is_head: bool) -> None:
        row = _element("tr", table)
        properties = _element("trPr", row)
        places = list(_with_widths(boxes, widths))
        if is_head or max((_height(*place) for place in places), default=0) <= _MOST_LINES_WHOLE:
            _element("cantSplit", properties)
        if is_head:
            _element("tblHeader", properties)
        for held, width in places:
            cell = _element("tc", row)
            looks = _element("tcPr", cell)
            _element("tcW", looks, w=str(_twips(width)), type="dxa")
            if held.columns > 1:
                _element("gridSpan", looks, val=str(held.columns))
            if held.fill:
                _element("shd", looks, val="clear", color="auto", fill=held.fill)
            for paragraph in held.paragraphs:
                cell.append(self._paragraph(paragraph))

    def _paragraph(self, paragraph: Lines) -> Any:
        element = _element("p")
        _element("pStyle", _element("pPr", element), val=style_id(paragraph.style))
        if paragraph.bookmark:
            self._bookmarks += 1
            _element("bookmarkStart", element, id=str(self._bookmarks), name=paragraph.bookmark)
        for span in paragraph.spans:
            holder = _element("hyperlink", element, anchor=span.target) if span.target else element
            for content, language in pieces(span.content, span.language):
                _run(holder, content, language, linked=bool(span.target))
        if paragraph.bookmark:
            _element("bookmarkEnd", element, id=str(self._bookmarks))
        return element


def style_id(name: str) -> str:
    """Give the id of a style by its name."""
    return name.title().replace(" ", "")


def pieces(content: str, language: str = "") -> Iterator[tuple[str, str]]:
    """Cut words where East Asian signs begin and end: (words made visible, language or empty)."""
    shown = visible(content, newlines=True)
    done = 0
    for match in _EAST_ASIAN.finditer(shown):
        if match.start() > done:
            yield shown[done : match.start()], _western(language)
        yield match.group(), _eastern(language, match.group())
        done = match.end()
    if done < len(shown):
        yield shown[done:], _western(language)


def _eastern(language: str, signs: str) -> str:
    known = _FULL_TAGS.get(language.lower()) or _FULL_TAGS.get(language.lower().partition("-")[0])
    return known or ("ko-KR" if _HANGUL.search(signs) else "ja-JP")


def _western(language: str) -> str:
    """Give the language of words in other signs; a Japanese text does not say in which they are."""
    return "" if language.lower().partition("-")[0] in _FULL_TAGS else language


def _run(holder: Any, content: str, language: str, *, linked: bool) -> None:
    run = _element("r", holder)
    eastern = bool(_EAST_ASIAN.match(content))
    if linked or language:
        looks = _element("rPr", run)
        if linked:
            _element("rStyle", looks, val="Hyperlink")
        if eastern:
            _element("rFonts", looks, hint="eastAsia")
        if language:
            _element("lang", looks, **{"eastAsia" if eastern else "val": language})
    for number, line in enumerate(content.split("\n")):
        if number:
            _element("br", run)
        if line:
            text = _element("t", run)
            text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
            text.text = line


def _element(tag: str, parent: Any = None, /, **attributes: str) -> Any:
    """Make an element of the namespace of Word, at the end of its parent where it has one."""
    from lxml import etree

    named = {f"{{{_WORD}}}{name}": value for name, value in attributes.items()}
    if parent is None:
        return etree.Element(f"{{{_WORD}}}{tag}", named)
    return etree.SubElement(parent, f"{{{_WORD}}}{tag}", named)


def _twips(millimetres: float) -> int:
    return round(millimetres * _TWIPS_A_MILLIMETRE)


def _with_widths(boxes: Sequence[Box], widths: Sequence[float]) -> Iterator[tuple[Box, float]]:
    place = 0
    for held in boxes:
        yield held, sum(widths[place : place + held.columns])
        place += held.columns


def _height(held: Box, width: float) -> int:
    """Guess the lines that a cell of a table takes."""
    from rich.cells import cell_len

    room = max(int(width / _MILLIMETRES_A_CELL), 1)
    return sum(
        1 + cell_len(line) // room
        for paragraph in held.paragraphs
        for line in visible(paragraph.content, newlines=True).split("\n")
    )


def packed(document: Any) -> bytes:
    """Save a document so that the same words give the same bytes: parts in order, all of one date."""
    saved, again = io.BytesIO(), io.BytesIO()
    document.save(saved)
    with zipfile.ZipFile(saved) as source, zipfile.ZipFile(again, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            part = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            part.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(part, source.read(name))
    return again.getvalue()
