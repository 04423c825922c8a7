"""What a Word document is made of here: words in their languages, links inside it, and tables.

They are written as XML and put into the document when it is packed: as objects of the library, tables of
many thousand cells would take minutes and gigabytes.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from workbench.model.visible import visible

_EAST_ASIAN = re.compile(
    r"[\u1100-\u11ff\u2e80-\u303f\u3040-\u30ff\u3100-\u31ff\u3200-\u9fff\ua960-\ua97f\uac00-\ud7ff"
    r"\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\U0001b000-\U0001b16f\U0001f200-\U0001f2ff\U00020000-\U0003ffff]+"
)
_HANGUL = re.compile(r"[\u1100-\u11ff\uac00-\ud7ff]")
_FULL_TAGS = {"ja": "ja-JP", "ko": "ko-KR", "zh": "zh-CN", "zh-hans": "zh-CN", "zh-hant": "zh-TW"}
"""What the office programs call the languages that are written in East Asian signs."""
_PAGE_SETUP = b"<w:sectPr"
"""Stands at the end of the body."""
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
    """Gathers the paragraphs and tables of a document."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        """The body as XML so far."""
        self._bookmarks = 0

    def put(self, paragraph: Lines) -> None:
        """Put a paragraph."""
        self.pieces.append(self._paragraph(paragraph))

    def table(self, widths: Sequence[float], head: Sequence[Box], rows: Iterable[Sequence[Box]]) -> None:
        """Put a table with columns of these widths in millimetres; its head, if any, stands on every page."""
        columns = "".join(f'<w:gridCol w:w="{_twips(width)}"/>' for width in widths)
        self.pieces.append(
            f'<w:tbl><w:tblPr><w:tblStyle w:val="ChartTable"/><w:tblW w:w="{sum(map(_twips, widths))}" '
            'w:type="dxa"/><w:tblLayout w:type="fixed"/><w:tblLook w:val="0020" w:firstRow="1"/></w:tblPr>'
            f"<w:tblGrid>{columns}</w:tblGrid>"
        )
        if head:
            self.pieces.append(self._row(widths, head, is_head=True))
        self.pieces += (self._row(widths, row, is_head=False) for row in rows)
        self.pieces.append("</w:tbl>")
        # Two tables in a row would grow together.
        self.put(lines("Chart gap"))

    def _row(self, widths: Sequence[float], boxes: Sequence[Box], *, is_head: bool) -> str:
        places = list(_with_widths(boxes, widths))
        whole = is_head or max((_height(*place) for place in places), default=0) <= _MOST_LINES_WHOLE
        looks = f"{'<w:cantSplit/>' if whole else ''}{'<w:tblHeader/>' if is_head else ''}"
        cells = "".join(self._cell(held, width) for held, width in places)
        return f"<w:tr><w:trPr>{looks}</w:trPr>{cells}</w:tr>"

    def _cell(self, held: Box, width: float) -> str:
        over = f'<w:gridSpan w:val="{held.columns}"/>' if held.columns > 1 else ""
        fill = f'<w:shd w:val="clear" w:color="auto" w:fill="{held.fill}"/>' if held.fill else ""
        looks = f'<w:tcW w:w="{_twips(width)}" w:type="dxa"/>{over}{fill}'
        return f"<w:tc><w:tcPr>{looks}</w:tcPr>{''.join(map(self._paragraph, held.paragraphs))}</w:tc>"

    def _paragraph(self, paragraph: Lines) -> str:
        said = "".join(map(_span, paragraph.spans))
        if paragraph.bookmark:
            self._bookmarks += 1
            begins = f'<w:bookmarkStart w:id="{self._bookmarks}" w:name="{paragraph.bookmark}"/>'
            said = f'{begins}{said}<w:bookmarkEnd w:id="{self._bookmarks}"/>'
        return f'<w:p><w:pPr><w:pStyle w:val="{style_id(paragraph.style)}"/></w:pPr>{said}</w:p>'


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


def _span(span: Span) -> str:
    runs = "".join(
        _run(content, language, linked=bool(span.target))
        for content, language in pieces(span.content, span.language)
    )
    return f'<w:hyperlink w:anchor="{span.target}">{runs}</w:hyperlink>' if span.target else runs


def _run(content: str, language: str, *, linked: bool) -> str:
    eastern = bool(_EAST_ASIAN.match(content))
    looks = '<w:rStyle w:val="Hyperlink"/>' if linked else ""
    looks += '<w:rFonts w:hint="eastAsia"/>' if eastern else ""
    if language:
        looks += f"<w:lang w:{'eastAsia' if eastern else 'val'}={quoteattr(visible(language))}/>"
    words = "<w:br/>".join(
        f'<w:t xml:space="preserve">{escape(line)}</w:t>' if line else "" for line in content.split("\n")
    )
    return f"<w:r><w:rPr>{looks}</w:rPr>{words}</w:r>" if looks else f"<w:r>{words}</w:r>"


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


def packed(document: Any, body: Writer) -> bytes:
    """Save a document with its body so that the same words give the same bytes: all parts of one date."""
    saved, again = io.BytesIO(), io.BytesIO()
    document.save(saved)
    with zipfile.ZipFile(saved) as source, zipfile.ZipFile(again, "w") as target:
        for name in source.namelist():
            part = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            part.compress_type = zipfile.ZIP_DEFLATED
            content = source.read(name)
            if name != "word/document.xml":
                target.writestr(part, content)
                continue
            before, begins, after = content.partition(_PAGE_SETUP)
            with target.open(part, "w") as file:
                file.write(before)
                file.writelines(piece.encode() for piece in body.pieces)
                file.write(begins + after)
    return again.getvalue()
