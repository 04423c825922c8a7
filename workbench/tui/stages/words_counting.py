"""What the screen of words counts, in a thread, and how a word is drawn on one line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from rich.cells import cell_len, set_cell_size

from workbench.errors import Refused
from workbench.exchange import word_rows
from workbench.stages.words import Asked
from workbench.tui.display import shortened

if TYPE_CHECKING:
    from workbench.language.keyness import Frequent, Key, Together
    from workbench.language.working import Progress
    from workbench.stages.words import Part
    from workbench.study.study import Study

FACES = {"frequent": "Frequent", "keyness": "Key", "together": "Together"}
_MOST = 500
"""Words that are listed."""
_FIGURE = 9
_TERM = 34


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be counted, and how."""

    face: str = "frequent"
    asked: Asked = field(default_factory=Asked)
    against: str = ""
    """Id of a case; empty for all outside the part."""
    all_words: bool = False

    @property
    def is_part(self) -> bool:
        """Tell whether anything is outside it."""
        return bool(self.asked.case_id or self.asked.document_id or self.asked.code_id)

    @property
    def within(self) -> frozenset[str]:
        """Give the ids to search in."""
        return frozenset({self.asked.document_id or self.asked.case_id} - {""})

    def of(self, key: str) -> Wanted:
        """Count another part: a case, a document or a code by its key, or all for none."""
        kind, _, identifier = key.partition(":")
        asked = Asked(language=self.asked.language, **({f"{kind}_id": identifier} if kind else {}))
        face = self.face if kind or self.face != "keyness" else "frequent"
        return replace(self, asked=asked, face=face)

    def in_language(self, language: str) -> Wanted:
        """Count another language."""
        return replace(self, asked=replace(self.asked, language=language))


@dataclass(frozen=True, slots=True)
class Line:
    """One word or pair with its figures, ready to be drawn."""

    terms: tuple[str, ...]
    figures: tuple[str, ...]
    value: float
    more: str
    elsewhere: bool = False
    """Whether it stands outside the part only."""


@dataclass(frozen=True, slots=True)
class Counted:
    """What came of a count."""

    wanted: Wanted
    name: str
    language: str
    others: tuple[str, ...]
    told: str
    heads: tuple[str, ...]
    lines: Sequence[Line]
    most: float

    def head(self, columns: int) -> str:
        """Give the heads of the columns."""
        return self._row(" ".join(self.heads[:1]), self.heads[1:], "", columns)

    def drawn(self, item: int, columns: int) -> str:
        """Draw a line: the word, its figures and a bar in the room that is left."""
        line = self.lines[item]
        room = columns - self._before(columns) - 1
        draw = word_rows.bar_both_ways if self.wanted.face == "keyness" else word_rows.bar
        drawn = draw(line.value, self.most, room) if room >= 5 else ""
        return self._row(" … ".join(line.terms), line.figures, drawn, columns)

    def _term(self, columns: int) -> int:
        return max(10, min(_TERM, columns - _FIGURE * (len(self.heads) - 1) - 14))

    def _before(self, columns: int) -> int:
        return self._term(columns) + _FIGURE * (len(self.heads) - 1)

    def _row(self, name: str, figures: Sequence[str], drawn: str, columns: int) -> str:
        width = self._term(columns)
        shown = set_cell_size(shortened(name, width - 1), width)
        numbers = "".join(" " * max(_FIGURE - cell_len(each), 0) + each for each in figures)
        return f"{shown}{numbers} {drawn}"


def count(shown: Study, wanted: Wanted, progress: Progress) -> Counted:
    """Count on a study of one's own, so that it can be done in a thread."""
    from workbench.language.terms import counted_as
    from workbench.stages.words import part_of
    from workbench.study.faults import told_plainly
    from workbench.study.file import once_more

    with told_plainly(shown.path, safe="Nothing was changed."), once_more(shown) as study:
        try:
            part = part_of(study, wanted.asked)
        except Refused:
            if not wanted.asked.language:
                raise
            wanted = wanted.in_language("")
            part = part_of(study, wanted.asked)
        against, heads, lines = _counted(study, wanted, part, progress)
    texts = len({piece.document for piece in part.pieces})
    also = f" (also {', '.join(part.others)}: l)" if part.others else ""
    named = f"{part.name}{against}, in {part.language}{also}, {texts} document{'s' * (texts != 1)}"
    told = f"{named} · {counted_as(part.language)}"
    most = max((abs(line.value) for line in lines), default=0.0) or 1.0
    return Counted(wanted, part.name, part.language, part.others, told, heads, lines, most)


def _counted(
    study: Study, wanted: Wanted, part: Part, progress: Progress
) -> tuple[str, tuple[str, ...], list[Line]]:
    from workbench.stages import words

    if wanted.face == "keyness":
        rest = words.rest_of(study, wanted.asked, part.language, against=wanted.against)
        keys = words.key_words(part, rest, all_words=wanted.all_words, progress=progress)
        heads = ("word", "here", "there", "G²", "ratio")
        return f" against {rest.name}", heads, _key_lines(keys)
    if wanted.face == "together":
        pairs = words.words_together(part, all_words=wanted.all_words, progress=progress)
        return "", ("words", "times", "docs", "G²", "PMI"), _pair_lines(pairs[:_MOST])
    found = words.frequent_words(part, all_words=wanted.all_words, progress=progress)
    return "", ("word", "times", "‰", "docs"), _frequent_lines(found[:_MOST])


def _frequent_lines(found: Sequence[Frequent]) -> list[Line]:
    lines = []
    for each in found:
        row = word_rows.frequent_row(each)
        figures = (str(each.count), row["per_thousand"], str(len(each.documents)))
        lines.append(Line((each.term,), figures, each.count, _in(each.documents)))
    return lines


def _key_lines(found: Sequence[Key]) -> list[Line]:
    lines = []
    for each in word_rows.most_telling(found, _MOST):
        row = word_rows.key_row(each)
        figures = (str(each.here.count), str(each.there.count), row["g2"], row["log_ratio"])
        more = (
            f"{row['per_thousand']} ‰ here, {row['there_per_thousand']} ‰ there. {_in(each.here.documents)}"
            if each.here.count
            else f"It does not stand here. There: {_in(each.there.documents)}"
        )
        lines.append(Line((each.here.term,), figures, each.g2, more, not each.here.count))
    return lines


def _pair_lines(found: Sequence[Together]) -> list[Line]:
    lines = []
    for each in found:
        row = word_rows.together_row(each)
        figures = (str(each.count), str(len(each.documents)), row["g2"], row["pmi"])
        lines.append(Line((each.first, each.second), figures, each.g2, _in(each.documents)))
    return lines


def _in(documents: Sequence[str]) -> str:
    return f"In {', '.join(documents)}"


def hits_of(line: Line, language: str) -> tuple[str, str]:
    """Say how to search the passages of a word or pair: what to search for, and in which mode."""
    from workbench.language.terms import has_lemmas, main_language

    japanese = main_language(language) == "ja"
    if len(line.terms) == 1:
        if has_lemmas(language):
            return line.terms[0], "lemma"
        return line.terms[0], "plain" if japanese else "phrase"
    first, second = (re.escape(_beginning(term, japanese)) for term in line.terms)
    if japanese:
        return f"{first}[^。]{{0,20}}?{second}", "regex"
    return rf"\b{first}\w*\W+(?:\w+\W+){{0,2}}{second}\w*", "regex"


def _beginning(term: str, japanese: bool) -> str:
    """Give what the forms of a word begin with, so that a pattern finds `cities` for `city`."""
    return term if japanese or len(term) < 4 else term.rstrip("ey") or term
