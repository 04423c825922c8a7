"""Lines that may be headings: what mark they begin with, and what of the line is a title.

Each line is looked at by itself here; what its neighbours say against it is for `headings`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

_NUMERALS = "0-9０-９一二三四五六七八九十百千〇"
_AFTER = r"(?=[\s（(【]|\*\*|\Z)"
_AFTER_NUMBER = r"(?=[\s.:—–(-]|\*\*|\Z)"
_WORDS = (
    "Part|PART|Book|BOOK|Title|TITLE|Chapter|CHAPTER|Division|DIVISION|Article|ARTICLE|Section|SECTION|"
    "Annex|ANNEX|Appendix|APPENDIX|Schedule|SCHEDULE|Exhibit|EXHIBIT|Attachment|ATTACHMENT"
)
_DIGITS = "[0-9０-９]{1,3}+"
_POINTED = r"\d{1,4}(?:\.\d{1,3}){0,3}"
_MARKS = (
    r"(?P<hashes>\#{1,6})[ \t]++(?=\S)",
    rf"第(?P<number>[{_NUMERALS}]{{1,7}})(?P<part>[編部章節款目条])"
    rf"(?P<branch>(?:の[{_NUMERALS}]{{1,5}}){{0,3}}){_AFTER}",
    rf"(?P<supplement>[附別前][ \u3000]{{0,4}}(?:則|表(?:第[{_NUMERALS}]{{1,5}})?|文)){_AFTER}",
    r"(?P<contents>目[ \u3000]{0,4}次|(?:Table of )?Contents|(?:TABLE OF )?CONTENTS)[ \t\u3000]*+(?=\n|\Z)",
    rf"(?P<word>{_WORDS})[ \t]{{1,4}}(?P<label>{_POINTED}|[IVXLC]{{1,7}}|[A-Z]\d{{0,2}}){_AFTER_NUMBER}",
    rf"§{{1,2}}[ \t]{{0,4}}(?P<sign>{_POINTED}){_AFTER_NUMBER}",
    rf"(?P<digits>{_DIGITS}(?:[.．]{_DIGITS}){{0,4}}+)(?![0-9０-９])(?:[.．)）、:：]|(?=[ \t\u3000]))",
    rf"[(（](?P<inner>{_DIGITS})[)）]",
    r"(?P<roman>[IVX]{1,5}|[Ⅰ-Ⅻ])(?:[.．、]|(?=[ \t\u3000]))",
    r"(?P<kanji>[一二三四五六七八九十]{1,3})(?:[、．.]|(?=[ \u3000]))",
    r"(?P<capitals>[A-Z][^a-z\n]{2,79}+)(?=\n|\Z)",
)
_MARK = re.compile(rf"\n[ \t\u3000\f]*+(?:\*\*)?(?:{'|'.join(_MARKS)})")
_RANKS = {
    **dict.fromkeys(("編", "part", "book"), 10),
    **dict.fromkeys(("部", "title"), 15),
    **dict.fromkeys(("章", "chapter", "supplement"), 20),
    **dict.fromkeys(("annex", "appendix", "schedule", "exhibit", "attachment"), 20),
    **dict.fromkeys(("節", "division"), 25),
    "款": 30,
    "目": 35,
    **dict.fromkeys(("条", "article"), 40),
    "section": 45,
    "roman": 49,
    "capitals": 50,
    "kanji": 52,
}
"""Which kind of heading holds which: the smaller number holds the larger."""

_NUMBERED, _IN_BRACKETS = 50, 60
_LONGEST_TITLE = 80
_LONGEST_LOOK = 400
"""Characters of a line that are looked at behind its mark."""

_LONGEST_LEADER = 120
_JAPANESE = re.compile(r"[\u3041-\u30ff\u4e00-\u9fff々]")
_LEADER = re.compile(r"(?:[.．…‥・·]{3}|\t)[\s.．…‥・·]*+\d{1,4}$")
_RUN_IN = re.compile(r"[^.:。：\n]{2,80}[.:](?=\s)")
_CAPTION = re.compile(r"[（(【][^）)】\n]{1,60}[）)】]")
_WORD = re.compile(r"[^\W\d_][\w’'-]*")
_COLUMNS = re.compile(r"[^\s-] {4,}[^\s-]")
_ABBREVIATIONS = frozenset({"Mr", "Ms", "Mrs", "Dr", "No", "St", "Art", "Sec", "Para", "Inc", "Co", "Ltd"})
_UNDERLINE = re.compile(r"[\s=_*-]*$")
_SMALL_WORDS = frozenset(
    {"a", "an", "and", "as", "at", "by", "for", "from", "in", "into", "of", "on", "or", "per", "the", "to"}
    | {"nor", "under", "upon", "via", "with", "without"}
)
_COMPANY = re.compile(r"\b(?:INC|LLC|L\.?L\.?C|LTD|CORP|CORPORATION|COMPANY|L\.?P|LLP|CO|PLC|N\.A)\.?\W*$")


class Title(NamedTuple):
    """What stands behind a mark."""

    words: str
    """Empty where the text begins at once, or nothing follows on the line."""
    length: int = 0
    """Characters from the end of the mark to the end of the title."""
    runs_in: bool = False
    """Whether the text begins on the same line, after the title."""


class Line(NamedTuple):
    """A line that begins with what may be the mark of a heading."""

    kind: str
    """`#`, the word or sign of the mark, `digits`, `inner`, `roman`, `kanji`, `capitals` or `contents`."""
    number: str
    start: int
    end: int
    """Offset after the last character of the line that is not blank."""
    rank: int
    """Headings of a smaller rank hold those of a larger one."""
    mark: str
    title: Title | None
    """None where the line is no heading's."""
    title_end: int

    @property
    def runs_in(self) -> bool:
        """Whether the text begins on the same line."""
        return self.title is not None and self.title.runs_in

    @property
    def is_bare(self) -> bool:
        """Whether nothing but the mark stands on the line, so that the title may be on the next."""
        return self.title == Title("") and self.kind not in ("contents", "capitals")


def heading_lines(content: str) -> Iterator[Line]:
    """Find every line that begins like a heading, in order, but entries of contents that lead to a page."""
    for match in _MARK.finditer("\n" + content):
        start = match.start()
        while content[start] in " \t\u3000\f":
            start += 1
        newline = content.find("\n", start)
        end = len(content) if newline < 0 else newline
        while content[end - 1].isspace():
            end -= 1
        if not (
            content[end - 1].isdigit() and _LEADER.search(content, max(start, end - _LONGEST_LEADER), end)
        ):
            yield _line(match, content, start, end)


def _line(match: re.Match[str], content: str, start: int, end: int) -> Line:
    kind, number, rank = _kind(match)
    mark_end = min(match.end() - 1, end)
    mark = content[start:mark_end]
    rest = content[mark_end : min(end, mark_end + _LONGEST_LOOK)]
    title = _title(kind, mark, rest, whole=end - mark_end <= _LONGEST_LOOK)
    if title is not None and title.runs_in and kind == "digits" and mark.isdigit():
        title = None
    return Line(kind, number, start, end, rank, mark, title, mark_end + (title.length if title else 0))


def _kind(match: re.Match[str]) -> tuple[str, str, int]:
    """Tell kind, number and rank of a mark."""
    kind = match.lastgroup or ""
    number = match[kind]
    if kind == "hashes":
        return "#", "", len(number)
    if kind == "branch":
        return match["part"], match["number"] + number, _RANKS[match["part"]]
    if kind == "label":
        word = match["word"].casefold()
        return word, number, _RANKS[word]
    if kind == "sign":
        return "section", number, _RANKS["section"]
    if kind in ("digits", "inner"):
        number = number if number.isascii() else unicodedata.normalize("NFKC", number)
        return kind, number, _IN_BRACKETS if kind == "inner" else _NUMBERED + number.count(".")
    return kind, number.strip(), _RANKS.get(kind, 0)


def _title(kind: str, mark: str, rest: str, *, whole: bool) -> Title | None:
    """Find the title behind a mark; `whole` where `rest` is all of the line."""
    if kind == "contents":
        return Title("")
    if kind == "#":
        title = _all_of(rest.rstrip("# "))
        return title if title.words else None
    if kind == "capitals":
        return _capitals(mark)
    if kind == "条":
        return _article(rest)
    if kind in ("roman", "kanji", "digits", "inner"):
        title = _short_title(rest, whole=whole)
        return title if title.words else None
    return _named(mark, rest, whole=whole)


def _article(rest: str) -> Title | None:
    """Read a Japanese article: its caption in brackets, if any, is the title."""
    caption = _CAPTION.match(rest)
    if caption is None:
        return Title("", runs_in=True)
    after = rest[caption.end() : caption.end() + 2]
    if after and not after[0].isspace() and after != "**":
        return None
    return Title(caption.group(), caption.end(), runs_in=True)


def _named(mark: str, rest: str, *, whole: bool) -> Title | None:
    """Read what stands behind a word and its number, such as `Article 3`."""
    bare = rest.strip(" \t\u3000*")
    if not bare:
        return Title("")
    if rest[0] == "(":
        after = rest[rest.find(")") + 1 :]
        return Title("", runs_in=True) if after[:1].isspace() and after.lstrip()[:1].isupper() else None
    if bare[0].islower():
        return None
    if _JAPANESE.search(mark):
        return _all_of(rest) if whole and len(bare) <= 60 and not bare.endswith("。") else None
    return _short_title(rest, whole=whole)


def _short_title(rest: str, *, whole: bool) -> Title:
    """Find a title at the beginning of a line: all of a short line, or the words before the first stop."""
    lead = len(rest) - len(rest.lstrip(" \t\u3000*.:—–-"))
    body = rest[lead : _UNDERLINE.search(rest).start()]  # type: ignore[union-attr]
    if _JAPANESE.search(body[:40]):
        closed = body.endswith(tuple("。、，．：；:;？！?!"))
        return _all_of(rest) if whole and len(body) <= 40 and not closed else Title("", runs_in=True)
    if whole and len(body) <= _LONGEST_TITLE and not body.endswith((",", ";", ":")):
        ended = body.endswith((".", "?", "!"))
        if (_is_title_case(body) if ended else body[:1].isupper()) and ". " not in body:
            return Title(_clean(body), lead + len(body))
    run_in = _RUN_IN.match(body)
    if run_in and _is_title_case(run_in.group()) and run_in.group()[:-1] not in _ABBREVIATIONS:
        return Title(_clean(run_in.group()[:-1]), lead + run_in.end() - 1, runs_in=True)
    return Title("", runs_in=True)


def _all_of(rest: str) -> Title:
    """Take a whole line for the title."""
    return Title(_clean(rest), len(rest.rstrip(" \t\u3000*")))


def _is_title_case(words: str) -> bool:
    """Tell whether every word that carries meaning begins with a capital."""
    found = _WORD.findall(words)
    if not found or len(found) > 12 or not found[0][0].isupper():
        return False
    return all(word[0].isupper() or word in _SMALL_WORDS for word in found)


def _capitals(line: str) -> Title | None:
    """Read a line of capitals as a title, unless it is a name, an address or a row of a table.

    The line is the mark as well, so the title ends before the end of it where it is underlined.
    """
    words = line[: _UNDERLINE.search(line).start()]  # type: ignore[union-attr]
    letters = sum(character.isalpha() for character in words)
    if letters < 4 or not words.isascii() or letters * 2 < len(words.replace(" ", "")):
        return None
    if words.endswith((",", ";")) or _COMPANY.search(words) or _COLUMNS.search(words):
        return None
    longest = max(map(len, _WORD.findall(words)), default=0)
    return Title("", len(words) - len(line)) if longest >= 4 else None


def _clean(words: str) -> str:
    """Take Markdown stars and runs of blanks out of a label."""
    return " ".join(words.replace("**", "").split())
