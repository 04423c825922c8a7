"""Where English sentences end, and where a full stop only ends an abbreviation, an initial or a number."""

from __future__ import annotations

import re

_STOP = re.compile(r"[.!?…]+[\"'”’)\]]*(?=\s)|[。！？]+[」』）]*")
_NEXT = re.compile(r"\s+(?:[\"'“‘(\[]*[A-Z\dÀ-Þ\u3041-\u9fff§•]|\([a-z]{1,4}\)\s)")
_LAST_WORD = re.compile(r"([\w.]+)\.[\"'”’)\]]*$")
_SHORT = """
no nos art arts para paras sec secs ch chs vol vols p pp ed eds rev dr mr mrs ms prof st jr sr inc ltd co
corp dept govt gov min approx e.g i.e cf viz vs etc al fig figs tab ca jan feb mar apr jun jul aug sep sept
oct nov dec mon tue wed thu fri sat sun u.s u.k u.n e.u a.m p.m ph.d v d.c
"""
_SHORT_AT_THE_END = "etc a.m p.m inc ltd co corp al"
_COMPANY = re.compile(r",?\s+(?:Ltd|Inc)\b")
_PLACES = frozenset({"u.s", "u.k", "u.n", "e.u", "d.c"})
_BEGINS = re.compile(
    r"\s+[\"“‘(]?(?:The|This|That|These|Those|It|Its|In|On|At|For|If|When|While|As|But|And|However|He|She|They|We|"
    r"Their|Our|There|A|An|All|No|Such|Each|After|Before|Under|Article|Section)\b"
)
"""A word that begins sentences far more often than it goes on a name such as U.S. Embassy."""
_ABBREVIATIONS = frozenset(_SHORT.split())
_ENDS_ANYWAY = frozenset(_SHORT_AT_THE_END.split())
"""Abbreviations that often end a sentence: a capital after them begins a new one."""
_BARE_NUMBER = re.compile(r"(?:^|\s)[(\[]?(?:\d{1,3}(?:\.\d{1,3})*|[ivxlc]{1,5}|[IVXLC]{1,5}|[A-Za-z])$")
_HEADING = re.compile(
    r"(?:Table|Figure|Box|Note|Article|Section|Chapter|Part|Annex|No|ARTICLE|SECTION|CHAPTER|PART|ANNEX)\s+[\dIVXLC.-]+"
)


_ENOUGH_TO_TELL = 200
"""Code points before a stop that decide what it ends; whole blocks may be one sentence."""


def boundaries(block: str) -> list[int]:
    """List the offsets in a block where a new sentence begins, the first left out."""
    found: list[int] = []
    last = len(block.rstrip())
    start = seen = depth = in_square = 0
    for match in _STOP.finditer(block):
        at = match.end()
        passed, seen = block[seen:at], at
        depth += passed.count("(") - passed.count(")")
        in_square += passed.count("[") - passed.count("]")
        if at >= last:
            break
        if not _NEXT.match(block, at) and match.group()[-1] not in "。！？」』）":
            continue
        if (
            depth > 0
            or in_square > 0
            or _held_back(block[max(start, at - _ENOUGH_TO_TELL) : at], block[at : at + 20])
        ):
            continue
        found.append(at)
        start, depth, in_square = at, 0, 0
    return found


def _held_back(sentence: str, after: str) -> bool:
    """Tell whether a stop ends something smaller than a sentence, by what stands before it."""
    body = sentence.rstrip("\"'”’)]")
    if body != sentence or not body.endswith(".") or body.endswith(".."):
        return False
    body = body[:-1]
    if _HEADING.fullmatch(body.strip()):
        return True
    if _BARE_NUMBER.search(body) and (_is_mark(body) or _is_initial(body)):
        return True
    word = _LAST_WORD.search(body + ".")
    last = word.group(1).casefold() if word else ""
    if last in ("co", "inc") and _COMPANY.match(after):
        return True
    if last in _PLACES:
        return not _BEGINS.match(after)
    return last in _ABBREVIATIONS and last not in _ENDS_ANYWAY


def _is_mark(body: str) -> bool:
    """Tell whether all that stands before the stop is a list mark, such as `1.` or `(a).`."""
    return len(body.split()) == 1


def _is_initial(body: str) -> bool:
    last = body.rsplit(maxsplit=1)[-1]
    return len(last) == 1 and last.isalpha() and last.isupper() and last != "I"
