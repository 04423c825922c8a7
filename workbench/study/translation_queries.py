"""Read queries about versions of texts: links, sides of excerpts, what rests on drafts and old versions."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from workbench.model.coding import Excerpt
from workbench.model.text import TRANSLATIONS, Passage, Text, TextKind
from workbench.model.translation import Link, Side, Verdict
from workbench.model.translation_check import Reply
from workbench.study.rows import record_of, select_sql
from workbench.study.study import Study

UNAPPROVED = "machine draft that nobody has approved"
SUPERSEDED = "superseded version"
DOUBTED = "translation in doubt"
"""What is to be minded about an excerpt, beside its side."""


def links_of_text(study: Study, text_id: str) -> list[Link]:
    """List the links of a text, with its sources and with its translations, by place."""
    order = "ORDER BY source_start, target_start, id"
    query = f"{select_sql('link')} WHERE source_id = ?1 OR target_id = ?1 {order}"
    return [record_of("link", row) for row in study.connection.execute(query, (text_id,))]


def links_between(study: Study, source_id: str, target_id: str) -> list[Link]:
    """List the links of a text with one translation of it, by place in the source."""
    query = (
        f"{select_sql('link')} WHERE source_id = ? AND target_id = ? "
        "ORDER BY source_start, source_end, target_start, id"
    )
    return [record_of("link", row) for row in study.connection.execute(query, (source_id, target_id))]


@dataclass(frozen=True, slots=True)
class Counterpart:
    """A stretch of another text that a passage is linked to."""

    text_id: str
    passage: Passage
    link: Link


def across(links: Iterable[Link], text_id: str, passage: Passage) -> list[Counterpart]:
    """Follow links of a text from a passage to the other side, text by text and in their order."""
    found = []
    for link in links:
        own, other = (link.source, link.target), (link.target_id, link.target)
        if link.source_id != text_id:
            own, other = (link.target, link.source), (link.source_id, link.source)
        if link.is_whole and own[0].overlaps(passage):
            found.append(Counterpart(other[0], other[1], link))
    return sorted(found, key=lambda each: (each.text_id, each.passage))


def linked_pairs(study: Study) -> list[tuple[str, str]]:
    """List the ids of the texts that are linked as source and translation, neither of them replaced."""
    query = (
        "SELECT DISTINCT source_id, target_id FROM link_records WHERE source_id NOT IN "
        "(SELECT revises FROM text_records WHERE revises IS NOT NULL) AND target_id NOT IN "
        "(SELECT revises FROM text_records WHERE revises IS NOT NULL) ORDER BY source_id, target_id"
    )
    return [(row[0], row[1]) for row in study.connection.execute(query)]


def touched_since(study: Study, seq: int, kinds: Iterable[str]) -> bool:
    """Tell whether a decision after one has touched a record of some kinds."""
    query = "SELECT 1 FROM touches WHERE seq > ? AND key >= ? AND key < ? LIMIT 1"
    return any(study.connection.execute(query, (seq, f"{kind}:", f"{kind};")).fetchone() for kind in kinds)


def evidence_of_cell(study: Study, cell_id: str) -> tuple[set[str], set[str]]:
    """Name the excerpts that a cell rests on: those that count, and those of unapproved machine drafts."""
    query = (
        "SELECT l.excerpt_id, t.kind = ? AND t.approved_by = '' FROM cell_excerpt_records l "
        "JOIN excerpt_records e ON e.id = l.excerpt_id JOIN text_records t ON t.id = e.text_id "
        "WHERE l.cell_id = ?"
    )
    rows = study.connection.execute(query, (TextKind.MACHINE_DRAFT.value, cell_id)).fetchall()
    return {row[0] for row in rows if not row[1]}, {row[0] for row in rows if row[1]}


def cells_on_texts(study: Study, text_ids: Iterable[str]) -> list[str]:
    """List the ids of the cells that rest on an excerpt of one of some texts."""
    query = (
        "SELECT DISTINCT l.cell_id FROM cell_excerpt_records l JOIN excerpt_records e ON e.id = l.excerpt_id "
        "WHERE e.text_id = ? ORDER BY 1"
    )
    found = (row[0] for text_id in text_ids for row in study.connection.execute(query, (text_id,)))
    return list(dict.fromkeys(found))


def excerpts_under_evidence(study: Study, text_id: str) -> list[Excerpt]:
    """List the excerpts of a text that a cell or a claim rests on, by place."""
    query = (
        f"{select_sql('excerpt')} WHERE text_id = ? AND (id IN (SELECT excerpt_id FROM cell_excerpt_records) "
        'OR id IN (SELECT excerpt_id FROM claim_excerpt_records)) ORDER BY start, "end"'
    )
    return [record_of("excerpt", row) for row in study.connection.execute(query, (text_id,))]


def revision_of(study: Study, text_id: str) -> Text | None:
    """Find the text that took the place of a text; None while it is the latest."""
    found = study.all(Text, revises=text_id)
    return found[0] if found else None


def excerpts_by_text(study: Study) -> dict[str, int]:
    """Count the excerpts of every text that has any."""
    return _counted(study, "SELECT text_id, count(*) FROM excerpt_records GROUP BY text_id")


def links_by_text(study: Study) -> dict[str, int]:
    """Count the links of every text that has any, with its sources and its translations."""
    both = "SELECT source_id AS id FROM link_records UNION ALL SELECT target_id FROM link_records"
    return _counted(study, f"SELECT id, count(*) FROM ({both}) GROUP BY id")


def verifications_by_text(study: Study) -> dict[str, int]:
    """Count the verifications of every text that has any."""
    return _counted(study, "SELECT text_id, count(*) FROM verification_records GROUP BY text_id")


def _counted(study: Study, query: str) -> dict[str, int]:
    return {row[0]: row[1] for row in study.connection.execute(query)}


class Sides:
    """On which side excerpts stand, and what else is to be minded about their texts; read once, for many."""

    def __init__(self, study: Study) -> None:
        self._study = study
        self._links: dict[str, list[tuple[Passage, int]]] = {}

    def of(self, text: Text, passage: Passage) -> Side:
        """Tell the side of a passage; a link counts where it shares a code point with it and has words."""
        linked = text.id in self._linked and self._is_linked(text.id, passage)
        if linked:
            return Side.BOTH
        if text.is_translation:
            return Side.TRANSLATION_ONLY
        return Side.SOURCE_ONLY if text.id in self._linked or text.id in self._translated else Side.ORIGINAL

    def caveats(self, text: Text, passage: Passage) -> tuple[str, ...]:
        """Say what is to be minded about anything that rests on a passage of a text."""
        return tuple(
            caveat
            for caveat, holds in (
                (UNAPPROVED, text.is_unapproved_draft),
                (SUPERSEDED, text.id in self._superseded),
                (DOUBTED, any(each.overlaps(passage) for each in self._doubted.get(text.id, ()))),
            )
            if holds
        )

    def told(self, text: Text, passage: Passage) -> tuple[str, ...]:
        """Say on which side a passage stands, where there is another, and what else is to be minded."""
        side = self.of(text, passage)
        return (*(() if side is Side.ORIGINAL else (side.value,)), *self.caveats(text, passage))

    def of_evidence(self, evidence: Iterable[tuple[Text, Passage]]) -> tuple[str, ...]:
        """Say what is to be minded about all that a cell rests on, as charts do."""
        found = list(evidence)
        alone = {self.of(*each) for each in found} == {Side.TRANSLATION_ONLY}
        minded = dict.fromkeys(caveat for each in found for caveat in self.caveats(*each))
        return (*((Side.TRANSLATION_ONLY.value,) if alone else ()), *minded)

    @cached_property
    def are_needed(self) -> bool:
        """Tell whether anything is to be minded at all: a translation, a link or a replaced version."""
        if self._linked or self._translated or self._superseded:
            return True
        kinds = ", ".join("?" * len(TRANSLATIONS))
        query = f"SELECT 1 FROM text_records WHERE kind IN ({kinds}) LIMIT 1"
        values = sorted(kind.value for kind in TRANSLATIONS)
        return self._study.connection.execute(query, values).fetchone() is not None

    def _is_linked(self, text_id: str, passage: Passage) -> bool:
        if text_id not in self._links:
            self._links[text_id] = self._stretches(text_id)
        stretches = self._links[text_id]
        last = bisect_left(stretches, passage.end, key=lambda stretch: stretch[0].start)
        return last > 0 and stretches[last - 1][1] > passage.start

    def _stretches(self, text_id: str) -> list[tuple[Passage, int]]:
        """List the linked stretches by start, each with the furthest end of it and all before it."""
        links = [link for link in links_of_text(self._study, text_id) if link.is_whole]
        own = sorted(link.source if link.source_id == text_id else link.target for link in links)
        found, furthest = [], 0
        for stretch in own:
            furthest = max(furthest, stretch.end)
            found.append((stretch, furthest))
        return found

    @cached_property
    def _linked(self) -> set[str]:
        return self._ids("SELECT source_id FROM link_records UNION SELECT target_id FROM link_records")

    @cached_property
    def _translated(self) -> set[str]:
        return self._ids("SELECT translates FROM text_records WHERE translates IS NOT NULL")

    @cached_property
    def _doubted(self) -> dict[str, list[Passage]]:
        """Give the passages of translations that a reader found wanting, or that a check showed at fault."""
        query = (
            'SELECT text_id, start, "end" FROM verification_records WHERE verdict <> ? UNION ALL '
            "SELECT target_id, target_start, target_end FROM check_answer_records WHERE reply = ?"
        )
        found: dict[str, list[Passage]] = {}
        given = Verdict.SOUND.value, Reply.ACCEPTED.value
        for text_id, start, end in self._study.connection.execute(query, given):
            found.setdefault(text_id, []).append(Passage(start, end))
        return found

    @cached_property
    def _superseded(self) -> set[str]:
        return self._ids("SELECT revises FROM text_records WHERE revises IS NOT NULL")

    def _ids(self, query: str) -> set[str]:
        return {row[0] for row in self._study.connection.execute(query)}


def excerpts_of_texts(study: Study, text_ids: Sequence[str]) -> list[Excerpt]:
    """List the excerpts of some texts, text by text and by place."""
    query = f'{select_sql("excerpt")} WHERE text_id = ? ORDER BY start, "end", id'
    return [
        record_of("excerpt", row)
        for text_id in text_ids
        for row in study.connection.execute(query, (text_id,))
    ]
