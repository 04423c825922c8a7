"""Sentences and paragraphs of a text as passages, from rules alone: no model is needed.

A text falls into blocks by its lines, a block into sentences by the rules of its script. The same rules
feed the spaCy component in `components`, so that `doc.sents` and these passages agree.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

from workbench.language import english, japanese
from workbench.model.text import Passage, trimmed

SEGMENTER = "blocks-3"
"""Name and version of these rules; units that are stored name it."""

_LINE = re.compile(r"[^\n]+")
_JAPANESE = re.compile(r"[\u3041-\u30ff\u4e00-\u9fff々]")
_LATIN_WORD = re.compile(r"[A-Za-zÀ-ɏ]+(?:['’-][A-Za-zÀ-ɏ]+)*")
_LIST_MARK = re.compile(
    r"\s*(?:[-*•・○●◎■□▪◆※①-⑳㋐-㋾]|[(（][\dA-Za-z０-９ア-ンｱ-ﾝ一二三四五六七八九十]{1,4}[)）]|"
    r"[\dA-Za-z０-９]{1,3}(?:[.．][\d０-９]+)*[.．)）]\s|[一二三四五六七八九十]{1,3}[\s　]|"
    r"第[\d０-９一二三四五六七八九十百千]+[章節条項号]|(?:Article|Section|Chapter|Part)\s+[\dIVX]+)"
)
_LOWER_CASE = re.compile(r"\s*[a-zà-öø-ÿ]")
_CLOSED = re.compile(r"[.!?:;。！？：；][\"'”’)\]）」』】]*\s*$")


def paragraph_at(content: str, offset: int) -> Passage:
    """Give the line around an offset, trimmed of white space at both ends."""
    start = content.rfind("\n", 0, offset) + 1
    end = content.find("\n", offset)
    return trimmed(content, start, len(content) if end < 0 else end)


def sentences(content: str, language: str = "") -> tuple[Passage, ...]:
    """Cut a whole text into sentences: in order, not overlapping, trimmed, covering all that is not blank.

    `language` decides where a block could be read either way; the script of a block decides otherwise.
    """
    return tuple(
        Passage(start + cut.start, start + cut.end)
        for start, end in blocks(content)
        for cut in _cuts(content[start:end], language)
    )


def sentence_at(content: str, offset: int, language: str = "") -> Passage:
    """Give the sentence around an offset; looks only at the block the offset stands in.

    Between two sentences it is the one before; in a blank line the nearest block before, or the first.
    """
    start, end = _block_at(content, offset)
    cuts = _cuts(content[start:end], language)
    if not cuts:
        return Passage(start, start)
    place = max(0, bisect_right(cuts, offset - start, key=lambda cut: cut.start) - 1)
    return Passage(start + cuts[place].start, start + cuts[place].end)


def blocks(content: str) -> Iterator[tuple[int, int]]:
    """Cut a text into blocks: a line each, joined with the next where that only goes on."""
    begun: int | None = None
    previous = ""
    end = 0
    for match in _LINE.finditer(content):
        line = match.group()
        if begun is not None and not (match.start() == end + 1 and _goes_on(previous, line)):
            yield begun, end
            begun = None
        if begun is None:
            begun = match.start()
        previous, end = line, match.end()
    if begun is not None:
        yield begun, end


def _goes_on(previous: str, line: str) -> bool:
    """Tell whether a line only continues the one before it."""
    if not previous.strip() or not line.strip() or _LIST_MARK.match(line):
        return False
    if previous.rstrip().endswith("、"):
        return True
    return bool(_LOWER_CASE.match(line)) and not _CLOSED.search(previous)


def _block_at(content: str, offset: int) -> tuple[int, int]:
    """Find the block around an offset by going out from its line."""
    start, end = _line_around(content, min(offset, max(0, len(content) - 1)))
    if start > 0 and not content[start:end].strip():
        start, end = _line_around(content, max(0, len(content[:start].rstrip()) - 1))
    while start > 0:
        before = _line_around(content, start - 1)
        if not _goes_on(content[slice(*before)], content[start:end]):
            break
        start = before[0]
    while end < len(content):
        last = _line_around(content, max(start, end - 1))
        after = _line_around(content, end + 1)
        if not _goes_on(content[slice(*last)], content[slice(*after)]):
            break
        end = after[1]
    return start, end


def _line_around(content: str, offset: int) -> tuple[int, int]:
    start = content.rfind("\n", 0, offset) + 1
    end = content.find("\n", offset)
    return start, len(content) if end < 0 else end


@lru_cache(maxsize=64)
def _cuts(block: str, language: str) -> tuple[Passage, ...]:
    """Cut one block into sentences, with offsets inside the block."""
    rules = japanese if _is_japanese(block, language) else english
    edges = [0, *rules.boundaries(block), len(block)]
    cuts = [trimmed(block, start, end) for start, end in pairwise(edges)]
    return tuple(cut for cut in cuts if len(cut))


def _is_japanese(block: str, language: str) -> bool:
    """Tell which rules a block is cut by; a few Japanese terms in English prose leave it English."""
    if block.isascii():
        return False
    characters = len(_JAPANESE.findall(block))
    return characters > len(_LATIN_WORD.findall(block)) if characters else language.startswith("ja")
