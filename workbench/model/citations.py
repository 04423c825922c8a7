"""Citations in a summary: marks such as `[E1]` while it is written, excerpts by offset once it is kept."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from workbench.errors import WrongUsage
from workbench.model.text import Passage

Citations = Mapping[str, str]
"""Offset in the summary (code points, in digits) -> ids of the excerpts cited there, apart by spaces."""

_MARK = re.compile(r" ?\[(E\d{1,9}(?:[ ,;]+E\d{1,9})*)\]")
_SPACE = re.compile(r"\s|\Z|\[E\d|[。、）」.,;:)]")
"""What may follow a mark without a space of its own."""
_REF = re.compile(r"E\d+")


def numbered(excerpt_ids: Iterable[str]) -> dict[str, str]:
    """Number the evidence of a cell from E1, in the order given: excerpt id -> ref."""
    return {identifier: f"E{number}" for number, identifier in enumerate(excerpt_ids, 1)}


def with_marks(summary: str, citations: Citations, refs: Mapping[str, str]) -> str:
    """Write citations as marks into a summary; an excerpt without a ref is left out."""
    parts: list[str] = []
    done = 0
    for offset, ids in sorted((int(offset), ids) for offset, ids in citations.items()):
        marks = [refs[identifier] for identifier in ids.split() if identifier in refs]
        parts.append(summary[done:offset])
        if marks:
            parts.append(f"{' ' if _SPACE.match(summary, offset) else ''}[{' '.join(marks)}]")
        done = offset
    return "".join([*parts, summary[done:]])


def without_marks(marked: str, ids: Mapping[str, str]) -> tuple[str, dict[str, str]]:
    """Take the marks out of a summary; give its words, trimmed, and its citations.

    `ids` maps refs to excerpt ids. Raises WrongUsage for a mark that names no evidence.
    """
    words: list[str] = []
    found: dict[int, list[str]] = {}
    length = done = 0
    for match in _MARK.finditer(marked):
        glued = match.group()[0] == " " and not _SPACE.match(marked, match.end())
        words.append(marked[done : match.start()])
        length += len(words[-1])
        done = match.end()
        found.setdefault(length, []).extend(_cited(match.group(1), ids))
        if glued:
            words.append(" ")
            length += 1
    words.append(marked[done:])
    return settled("".join(words), found)


@dataclass(frozen=True, slots=True)
class LostMark:
    """A citation that went with its excerpt from words that are being written."""

    excerpt_id: str
    words: str
    """The words as they were left, without any mark."""
    offset: int
    """Where it stood in them."""
    space: str
    """What stood between it and the word before: a space or nothing."""


def renumbered(marked: str, old: Mapping[str, str], new: Mapping[str, str]) -> str:
    """Write the marks of a summary in new refs; `old` and `new` map excerpt ids to refs.

    An excerpt without a new ref is no longer cited; a mark that never named one stays for its writer to see.
    """
    return without_lost(marked, old, new)[0]


def without_lost(marked: str, old: Mapping[str, str], new: Mapping[str, str]) -> tuple[str, list[LostMark]]:
    """Write the marks of a summary in new refs, and give those that go with their excerpts."""
    ids = {ref: identifier for identifier, ref in old.items()}
    parts: list[str] = []
    gone: list[tuple[str, int, str]] = []
    length = done = 0
    for match in _MARK.finditer(marked):
        named = _REF.findall(match.group(1))
        kept = [new.get(ids[ref], "") if ref in ids else ref for ref in named]
        space = match.group()[: match.group().index("[")]
        left = f"{space}[{' '.join(filter(None, kept))}]" if any(kept) else ""
        parts += [marked[done : match.start()], left]
        length += match.start() - done
        gone += [(ids[ref], length, space) for ref, again in zip(named, kept, strict=True) if not again]
        done = match.end()
    words = _MARK.sub("", marked)
    lost = [LostMark(identifier, words, offset, space) for identifier, offset, space in gone]
    return "".join([*parts, marked[done:]]), lost


def with_found(marked: str, lost: Iterable[LostMark], refs: Mapping[str, str]) -> str:
    """Put lost marks back into words written on meanwhile, where the word before them still stands."""
    places: dict[int, list[str]] = {}
    words = _MARK.sub("", marked)
    for mark in lost:
        offset = place_carried(mark.words, words, mark.offset)
        if offset is not None:
            behind = _behind_marks(marked, offset)
            places.setdefault(behind, []).append(f"{mark.space}[{refs[mark.excerpt_id]}]")
    for offset, marks in sorted(places.items(), reverse=True):
        marked = marked[:offset] + "".join(dict.fromkeys(marks)) + marked[offset:]
    return marked


def _behind_marks(marked: str, offset: int) -> int:
    """Find in marked words the place that has so many characters before it that are no marks."""
    for match in _MARK.finditer(marked):
        if match.start() > offset:
            break
        offset += len(match.group())
    return offset


def place_carried(then: str, now: str, offset: int) -> int | None:
    """Find where a place in some words is once they were changed; None where what stood before it is gone."""
    if now.startswith(then[:offset]):
        return offset
    if offset and now.endswith(then[offset - 1 :]):
        return len(now) - len(then) + offset
    for block in SequenceMatcher(None, then, now, autojunk=False).get_matching_blocks():
        if block.a < offset <= block.a + block.size:
            return block.b + offset - block.a
    return None


def settled(summary: str, found: Mapping[int, Sequence[str]]) -> tuple[str, dict[str, str]]:
    """Trim a summary and bring its citations to the places that are left, each excerpt once a place.

    A citation stands behind a word, never behind white space.
    """
    trimmed = summary.strip()
    before = len(summary) - len(summary.lstrip())
    kept: dict[int, list[str]] = {}
    for offset, ids in sorted(found.items()):
        at = max(0, min(offset - before, len(trimmed)))
        kept.setdefault(len(trimmed[:at].rstrip()), []).extend(ids)
    if not trimmed:
        return "", {}
    return trimmed, {str(at): " ".join(dict.fromkeys(ids)) for at, ids in kept.items() if ids}


def without_excerpt(citations: Citations, excerpt_id: str) -> dict[str, str]:
    """Take an excerpt out of all citations."""
    left = {at: [one for one in ids.split() if one != excerpt_id] for at, ids in citations.items()}
    return {at: " ".join(ids) for at, ids in left.items() if ids}


def by_sentence(citations: Citations, sentences: Sequence[Passage]) -> list[list[str]]:
    """Give the ids that each sentence cites; one between two sentences belongs to the one before."""
    cited: list[list[str]] = [[] for _ in sentences]
    starts = [sentence.start for sentence in sentences]
    for offset, ids in sorted((int(offset), ids) for offset, ids in citations.items()):
        if cited:
            place = max(0, bisect_left(starts, offset) - 1)
            cited[place] += [one for one in ids.split() if one not in cited[place]]
    return cited


def _cited(refs: str, ids: Mapping[str, str]) -> list[str]:
    wanted = _REF.findall(refs)
    for ref in wanted:
        if ref not in ids:
            there = f"it has {', '.join(ids)}" if ids else "it has none"
            raise WrongUsage(f"[{ref}] names no evidence of this cell; {there}.", do="Correct the mark.")
    return [ids[ref] for ref in wanted]
