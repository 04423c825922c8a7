"""Web pages, and the reader of blocks that e-books use too.

Block elements become paragraphs; white space collapses as in a browser, and a line end between two East
Asian characters disappears. Scripts, styles, comments, form fields and elements hidden by `hidden` or by
an inline style are left out; hidden ones are reported. Links give their text only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from workbench.sources.encoding import decode
from workbench.sources.extraction import Extraction
from workbench.sources.limits import MAX_HTML_TAGS
from workbench.sources.paragraphs import PAGE_SIGN, join_blocks, turn_pages
from workbench.sources.refusals import reading, refuse_empty, refuse_hostile
from workbench.sources.tables import row_paragraphs

if TYPE_CHECKING:
    from bs4 import BeautifulSoup, Tag
    from bs4.element import PageElement

_EXPECTED = "a web page"
_BLOCKS = frozenset(
    {"[document]", "address", "article", "aside", "blockquote", "body", "caption", "center", "dd",
     "details", "dialog", "dir", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer",
     "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup", "hr", "html", "legend", "li",
     "main", "menu", "nav", "ol", "p", "pre", "search", "section", "summary", "table", "tbody",
     "td", "tfoot", "th", "thead", "tr", "ul"}
)  # fmt: skip
_LEFT_OUT = frozenset(
    {"applet", "audio", "base", "canvas", "datalist", "embed", "frame", "frameset", "head",
     "iframe", "input", "link", "meta", "noframes", "noscript", "object", "option", "rp", "rt",
     "rtc", "script", "select", "style", "svg", "template", "textarea", "title", "video"}
)  # fmt: skip
_HIDING_STYLE = re.compile(
    r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|opacity\s*:\s*0*\.?0+\s*(?:;|$|!)"
    r"|font-size\s*:\s*0*\.?0+\s*(?:[a-z%]+\s*)?(?:;|$|!)"
    r"|(?:left|top|right|bottom|text-indent|margin-left)\s*:\s*-\d{3,})",
    re.IGNORECASE,
)
"""Inline styles by which nothing is drawn, or nothing within the page."""
_SPACE = re.compile(r"[ \t\n\r\x0c]+")
_WIDE = r"[\u3000-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff01-\uff60]"
_WIDE_LINE_END = re.compile(rf"(?<={_WIDE})[ \t]*\n[ \t\n]*(?={_WIDE})")
_DECLARED = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([A-Za-z0-9_:.\-]+)""", re.IGNORECASE)
_XML_DECLARED = re.compile(rb"""\A\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9_:.\-]+)["']""")
_XML_INSTRUCTION = re.compile(r"<\?xml", re.IGNORECASE)
"""The library warns about these on the terminal; they hold no text."""
_DECLARED_WITHIN = 4_096
_BREAK = "\x1e"
"""Stands for `<br>` while a block is gathered; two or more in a row begin a new paragraph."""
_EDGES = " \t\n\r"


@dataclass(slots=True)
class HtmlReading:
    """What is gathered while a page is walked."""

    hidden: int = 0
    """Elements left out because a browser would not show them."""
    readings: int = 0
    """Furigana left out."""
    labels: list[str] = field(default_factory=list)
    """Printed page labels of an e-book, in the order of their signs in the text."""

    def report(self) -> tuple[str, ...]:
        """Say what was left out."""
        report = []
        if self.hidden:
            report.append(f"Hidden text found and left out; places: {self.hidden}.")
        if self.readings:
            report.append(f"Readings over characters (furigana) left out: {self.readings}.")
        return tuple(report)


class _Open(NamedTuple):
    """An element whose children are being read; a stack of them nests as deeply as pages do."""

    children: Iterator[PageElement]
    is_block: bool
    is_verbatim: bool


def read_html(name: str, data: bytes, *, encoding: str | None = None) -> tuple[Extraction, ...]:
    """Read a web page."""
    decoded = decode(name, data, encoding=encoding, declared=declared_encoding(data))
    soup = parse_html(name, decoded.content)
    found = HtmlReading()
    content, places = join_blocks(turn_pages(paragraphs_of(soup, found), found.labels))
    if not places.paragraphs:
        raise refuse_empty(
            name, "the page holds no text of its own; it may be filled in by scripts in a browser"
        )
    title = _SPACE.sub(" ", soup.title.get_text()).strip() if soup.title else ""
    notes = (*decoded.notes, *found.report())
    return (Extraction(content, places, "html", decoded.encoding, title=title, notes=notes),)


def declared_encoding(data: bytes) -> str:
    """Return the encoding that a page or an XML file declares of itself; empty without a declaration."""
    beginning = data[:_DECLARED_WITHIN]
    found = _XML_DECLARED.search(beginning) or _DECLARED.search(beginning)
    return found.group(1).decode("ascii") if found else ""


def parse_html(name: str, content: str) -> BeautifulSoup:
    """Parse a page without fetching or running anything; raises UnreadableFile where it is too large."""
    from bs4 import BeautifulSoup
    from bs4.exceptions import ParserRejectedMarkup

    if content.count("<") > MAX_HTML_TAGS:
        raise refuse_hostile(name, f"it has more than {MAX_HTML_TAGS} tags")
    markup = _XML_INSTRUCTION.sub("<?", content).replace("\0", "\ufffd") + "\n"
    with reading(name, _EXPECTED, ParserRejectedMarkup):
        return BeautifulSoup(markup, "lxml")


def paragraphs_of(root: Tag, found: HtmlReading) -> list[str]:
    """List the paragraphs below an element, with a page sign where a page of an e-book begins."""
    from bs4.element import NavigableString, PreformattedString, Tag

    paragraphs: list[str] = []
    line: list[str] = []
    open_elements = [_Open(iter(root.children), is_block=True, is_verbatim=False)]
    while open_elements:
        inside = open_elements[-1]
        child = next(inside.children, None)
        if child is None:
            open_elements.pop()
            if inside.is_block:
                _flush(paragraphs, line)
        elif isinstance(child, Tag):
            if _enter(child, paragraphs, line, found):
                is_verbatim = inside.is_verbatim or child.name == "pre"
                open_elements.append(_Open(iter(child.children), child.name in _BLOCKS, is_verbatim))
        elif isinstance(child, NavigableString) and not isinstance(child, PreformattedString):
            text = child.replace(PAGE_SIGN, " ").replace(_BREAK, " ")
            line.append(text if inside.is_verbatim else _collapse(text))
    return paragraphs


def _enter(element: Tag, paragraphs: list[str], line: list[str], found: HtmlReading) -> bool:
    """Take what an element itself stands for; tell whether its children are to be read too."""
    kind = element.name
    if kind in _LEFT_OUT:
        found.readings += kind == "rt"
        return False
    if _is_hidden(element):
        found.hidden += bool(element.get_text(strip=True))
        return False
    if _is_page_break(element):
        found.labels.append(_page_label(element))
        line.append(PAGE_SIGN)
        return False
    if kind == "br":
        line.append(_BREAK)
    elif kind == "tr":
        _flush(paragraphs, line)
        cells = element.find_all(["td", "th"], recursive=False)
        found.hidden += sum(_is_hidden(cell) for cell in cells)
        paragraphs.extend(
            row_paragraphs([paragraphs_of(cell, found) for cell in cells if not _is_hidden(cell)])
        )
        return False
    elif kind in _BLOCKS:
        _flush(paragraphs, line)
    return True


def _flush(paragraphs: list[str], line: list[str]) -> None:
    """End the paragraph gathered so far."""
    gathered = "".join(line)
    line.clear()
    for text in re.split(rf"{_BREAK}(?:[ ]*{_BREAK})+", gathered):
        lines = (each.strip(_EDGES) for each in re.sub(r" {2,}", " ", text).split(_BREAK))
        paragraph = (
            "\n".join(each for each in lines if each) if "\n" not in text else text.replace(_BREAK, "\n")
        )
        if paragraph.strip() or PAGE_SIGN in paragraph:
            paragraphs.append(paragraph.strip("\n"))


def _collapse(text: str) -> str:
    return _SPACE.sub(" ", _WIDE_LINE_END.sub("", text))


def _is_hidden(element: Tag) -> bool:
    return element.has_attr("hidden") or bool(_HIDING_STYLE.search(str(element.get("style", ""))))


def _is_page_break(element: Tag) -> bool:
    return "pagebreak" in str(element.get("epub:type", "")).split() or element.get("role") == "doc-pagebreak"


def _page_label(element: Tag) -> str:
    label = element.get("aria-label") or element.get("title") or element.get_text(strip=True)
    return str(label or element.get("id") or "?").strip(" .")
