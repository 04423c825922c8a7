"""What became of the key terms in translations: which renderings stand where, and which are not as decided.

It goes by links: a term of the source and the stretch that renders its passage. Where nothing is linked, the
report says that it could not look.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from workbench.errors import Refused
from workbench.language.glossary import Mark, Outcome, Role, candidates_in, longest, outcome, within
from workbench.model.case import Document
from workbench.model.glossary import Term, TermRule
from workbench.model.text import Passage, Text
from workbench.model.translation import Link
from workbench.stages.glossary import terms_between, terms_of
from workbench.stages.term_marks import Find, candidates_of
from workbench.study.study import Study
from workbench.study.translation_queries import links_between

Progress = Callable[[int, int], bool]
"""Is told how many pairs of texts of how many are done; giving False ends the report."""
NOT_LINKED = "not linked"
NO_TRANSLATION = "no text is said to translate it"


@dataclass(frozen=True, slots=True)
class Usage:
    """A passage that holds a term, and the linked stretch that renders it."""

    term: Term
    outcome: Outcome
    source_id: str
    source: Passage
    """Where the term stands, for the first time in the passage."""
    target_id: str
    target: Passage
    """The rendering that tells; the whole linked stretch where there is none."""
    way: str
    """The rendering as the glossary has it; empty where none of them stands there."""
    source_passage: Passage
    target_passage: Passage


@dataclass(frozen=True, slots=True)
class Unlooked:
    """Places of terms in a text of which it cannot be told what became of them."""

    text_id: str
    why: str
    terms: tuple[tuple[str, int], ...]
    """Ids of terms, each with how many places."""
    other_id: str = ""
    """The translation that they are not linked with; empty where none is held."""

    @property
    def places(self) -> int:
        """Count the places."""
        return sum(count for _, count in self.terms)


@dataclass(frozen=True, slots=True)
class TermCount:
    """How the passages with one term were rendered."""

    term: Term
    places: int
    """How often the term stands in texts of its language."""
    looked: int
    """Linked passages that hold it."""
    outcomes: tuple[tuple[Outcome, int], ...]

    @property
    def as_decided(self) -> int:
        """Count the passages that render it as was decided."""
        return dict(self.outcomes).get(Outcome.AS_DECIDED, 0)

    @property
    def share(self) -> Fraction | None:
        """Give those as a share of the passages that were looked at; None where there is none."""
        return Fraction(self.as_decided, self.looked) if self.looked else None


@dataclass(frozen=True, slots=True)
class GlossaryReport:
    """Everything that was found, from one state of the study."""

    counts: tuple[TermCount, ...]
    usages: tuple[Usage, ...]
    """By term, text and place."""
    unlooked: tuple[Unlooked, ...]

    @property
    def findings(self) -> list[Usage]:
        """List the passages that do not render their term as was decided."""
        return [usage for usage in self.usages if usage.outcome is not Outcome.AS_DECIDED]


def glossary_report(
    study: Study,
    term_ids: Iterable[str] = (),
    *,
    progress: Progress | None = None,
    find: Find = candidates_in,
) -> GlossaryReport:
    """Look through all linked texts that are not replaced by another version nor left out.

    Without ids all terms are looked for. Raises Refused where `progress` ends it.
    """
    wanted = set(term_ids)
    terms = tuple(terms_of(study))
    reader = _Reader(study, terms, find)
    pairs = _pairs(study, reader)
    for done, (source, target) in enumerate(pairs):
        if progress is not None and not progress(done, len(pairs)):
            raise Refused("The report was ended.")
        reader.read_pair(source, target)
    reader.read_alone({source.id for source, _ in pairs})
    usages = _settled(reader.usages, terms)
    chosen = [term for term in terms if not wanted or term.id in wanted]
    usages = [usage for usage in usages if not wanted or usage.term.id in wanted]
    return GlossaryReport(
        tuple(_counted(term, usages, reader.places[term.id]) for term in chosen),
        tuple(usages),
        tuple(_only(each, wanted) for each in reader.unlooked if not wanted or _only(each, wanted).terms),
    )


def _only(unlooked: Unlooked, wanted: set[str]) -> Unlooked:
    if not wanted:
        return unlooked
    return replace(unlooked, terms=tuple(each for each in unlooked.terms if each[0] in wanted))


def _pairs(study: Study, reader: _Reader) -> list[tuple[Text, Text]]:
    """List the sources with their translations, those that are linked and those that are only declared."""
    linked = {(link.source_id, link.target_id) for link in study.all(Link)}
    declared = {(text.translates, text.id) for text in reader.texts.values() if text.translates}
    return [
        (reader.texts[source], reader.texts[target])
        for source, target in sorted(linked | declared)
        if source in reader.texts and target in reader.texts
    ]


class _Reader:
    """Reads texts pair by pair and gathers what is found."""

    def __init__(self, study: Study, terms: tuple[Term, ...], find: Find) -> None:
        self._study = study
        self._find = find
        self._terms = terms
        included = {document.id for document in study.all(Document) if not document.excluded}
        replaced = {text.revises for text in study.all(Text)}
        self.texts = {
            text.id: text
            for text in study.all(Text)
            if text.document_id in included and text.id not in replaced
        }
        self.usages: list[Usage] = []
        self.unlooked: list[Unlooked] = []
        self.places: Counter[str] = Counter()
        self._read: dict[str, list[Mark]] = {}

    def _marks(self, text: Text) -> list[Mark]:
        """Give the terms in a text of their own language; counted when it is read first."""
        if text.id not in self._read:
            marks = longest(candidates_of(self._study, text, self._terms, find=self._find))
            self._read[text.id] = [mark for mark in marks if mark.role is Role.TERM]
            self.places.update(mark.term_id for mark in self._read[text.id])
        return self._read[text.id]

    def read_pair(self, source: Text, target: Text) -> None:
        """Look what became in a translation of the terms of its source."""
        between = {term.id: term for term in terms_between(self._terms, source.language, target.language)}
        marks = [mark for mark in self._marks(source) if mark.term_id in between]
        if not marks:
            return
        there = candidates_of(self._study, target, self._terms, find=self._find)
        links = links_between(self._study, source.id, target.id)
        looked: set[Mark] = set()
        for link in links:
            here = [mark for mark in within(marks, link.source) if mark not in looked]
            looked.update(here)
            if link.is_whole and here:
                self._read_link(link, here, there, between)
        self._leave_out(source, [mark for mark in marks if mark not in looked], NOT_LINKED, target.id)

    def _read_link(
        self, link: Link, here: Sequence[Mark], there: Sequence[Mark], between: dict[str, Term]
    ) -> None:
        firsts: dict[str, Mark] = {}
        for mark in here:
            firsts.setdefault(mark.term_id, mark)
        found = longest(mark for mark in within(there, link.target) if mark.term_id in firsts)
        for term_id, first in firsts.items():
            own = [mark for mark in found if mark.term_id == term_id]
            became = outcome(between[term_id], own)
            telling = _telling(own, became)
            self.usages.append(
                Usage(
                    between[term_id],
                    became,
                    link.source_id,
                    first.passage,
                    link.target_id,
                    telling.passage if telling else link.target,
                    telling.way if telling else "",
                    link.source,
                    link.target,
                )
            )

    def read_alone(self, with_translation: set[str]) -> None:
        """Count the terms of texts of which no translation is held."""
        for text in self.texts.values():
            if text.id not in with_translation and not text.is_translation:
                self._leave_out(text, self._marks(text), NO_TRANSLATION)

    def _leave_out(self, text: Text, marks: Sequence[Mark], why: str, other_id: str = "") -> None:
        if marks:
            counts = Counter(mark.term_id for mark in marks)
            self.unlooked.append(Unlooked(text.id, why, tuple(sorted(counts.items())), other_id))


_TELLING = {
    Outcome.FORBIDDEN: (Role.FORBIDDEN,),
    Outcome.AWAY: (Role.RENDERING,),
    Outcome.LEFT: (Role.KEPT,),
    Outcome.AS_DECIDED: (Role.KEPT, Role.RENDERING),
}


def _telling(marks: Sequence[Mark], became: Outcome) -> Mark | None:
    """Find the stretch that an outcome rests on."""
    roles = _TELLING.get(became, ())
    return next((mark for mark in marks if mark.role in roles), None)


def _settled(usages: Sequence[Usage], terms: Sequence[Term]) -> list[Usage]:
    """Hold fixed terms to one rendering: the one used most, of equals the one that is listed first."""
    norms: dict[str, str] = {}
    for term in terms:
        used = Counter(usage.way for usage in usages if usage.term.id == term.id and _is_rendered(usage))
        if term.rule is TermRule.FIXED and len(used) > 1:
            norms[term.id] = max(term.renderings, key=lambda way: (used[way], -term.renderings.index(way)))
    held = [
        replace(usage, outcome=Outcome.ANOTHER)
        if _is_rendered(usage) and usage.way != norms.get(usage.term.id, usage.way)
        else usage
        for usage in usages
    ]
    order = {term.id: place for place, term in enumerate(terms)}
    return sorted(held, key=lambda each: (order[each.term.id], each.source_id, each.source, each.target_id))


def _is_rendered(usage: Usage) -> bool:
    return usage.outcome is Outcome.AS_DECIDED and usage.way in usage.term.renderings


def _counted(term: Term, usages: Iterable[Usage], places: int) -> TermCount:
    outcomes = Counter(usage.outcome for usage in usages if usage.term.id == term.id)
    ordered = tuple((each, outcomes[each]) for each in Outcome if outcomes[each])
    return TermCount(term, places, outcomes.total(), ordered)
