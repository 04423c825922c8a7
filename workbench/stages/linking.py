"""Links between a text and its translation: made by a run, mended by hand, and looked through both ways."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from workbench.errors import Refused
from workbench.model.decision import Verb
from workbench.model.identity import record_id
from workbench.model.records import Record, key_of
from workbench.model.stretches import difference, union
from workbench.model.text import Passage, Text
from workbench.model.translation import Alignment, Link, LinkState
from workbench.stages.glossary import Glossary, for_alignment
from workbench.stages.passages import quote_at
from workbench.stages.units import segmenter_of, units_of
from workbench.study.queries import PlacedCoding, codings_of_text
from workbench.study.study import Study
from workbench.study.translation_queries import Counterpart, across, links_between, links_of_text

BY_HAND = "by hand"
"""Method of a link that a person made."""
Progress = Callable[[int, int], bool]
"""Is told how many units of how many are done; giving False ends the run, and nothing is changed."""


@dataclass(frozen=True, slots=True)
class Proposed:
    """A link as a run found it: places of units on both sides, with method, confidence and reasons."""

    source: tuple[int, ...]
    target: tuple[int, ...]
    method: str
    confidence: int
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Run:
    """What a run found over the units of two texts."""

    links: tuple[Proposed, ...]
    method: str
    trust: int
    warnings: tuple[str, ...]
    note: str = ""
    """What was left out of the method and why, in a sentence."""


Fixed = Sequence[tuple[tuple[int, ...], tuple[int, ...]]]
"""Units that a person linked: those of the source, those of the target; one side may be empty."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two texts cut into units, for a run, with what it must leave as it is."""

    source: Text
    target: Text
    source_units: tuple[Passage, ...]
    target_units: tuple[Passage, ...]
    source_words: tuple[str, ...]
    target_words: tuple[str, ...]
    fixed: Fixed
    glossary: Glossary = ()
    """Key terms of the study for these languages, with what may stand for them."""


@dataclass(frozen=True, slots=True)
class ShownCoding:
    """A coding as it shows on a text: made there, or on the other side of a link."""

    placed: PlacedCoding
    passage: Passage
    """Where it shows on this text: its own passage, or the whole stretch that is linked to it."""
    link: Link | None
    """None where it was made on this text."""


@dataclass(frozen=True, slots=True)
class Remainder:
    """What of a text nothing is linked to."""

    passages: tuple[Passage, ...]
    """Sentences, or what is left of them."""
    characters: int
    whole: int
    """Characters of all sentences of the text."""

    @property
    def share(self) -> Fraction:
        """Give what is not linked as a share of the text; 0 for an empty text."""
        return Fraction(self.characters, self.whole) if self.whole else Fraction(0)


def pair_for_run(study: Study, source_id: str, target_id: str) -> Pair:
    """Cut a text and its translation into units for a run.

    Raises Refused for one text twice, and for a translation named before its source.
    """
    source, target = study.get(Text, source_id), study.get(Text, target_id)
    if source.id == target.id:
        raise Refused("A text cannot be aligned with itself.")
    _refuse_other_way_round(study, source, target)
    contents = [study.text_content(text.content_hash) for text in (source, target)]
    cut = [units_of(study, text) for text in (source, target)]
    words = [
        tuple(content[unit.start : unit.end] for unit in units)
        for content, units in zip(contents, cut, strict=True)
    ]
    kept = [link for link in links_between(study, source.id, target.id) if link.is_fixed]
    fixed = _fixed_units(kept, cut[0], cut[1])
    glossary = for_alignment(study, source.language, target.language)
    return Pair(source, target, cut[0], cut[1], words[0], words[1], fixed, tuple(glossary))


def _refuse_other_way_round(study: Study, source: Text, target: Text) -> None:
    """Refuse what would link two texts a second time, each as the source of the other."""
    if source.translates == target.id or links_between(study, target.id, source.id):
        raise Refused("These texts are linked the other way round.", do="Name the source first.")


def _fixed_units(links: Iterable[Link], source: Sequence[Passage], target: Sequence[Passage]) -> Fixed:
    """Say by units what a person linked; links that share a unit become one."""
    groups: list[tuple[set[int], set[int]]] = []
    for link in links:
        new = _touched(link.source, source), _touched(link.target, target)
        shared = [each for each in groups if each[0] & new[0] or each[1] & new[1]]
        for each in shared:
            new = new[0] | each[0], new[1] | each[1]
            groups.remove(each)
        if new[0] or new[1]:
            groups.append(new)
    return [(tuple(sorted(sources)), tuple(sorted(targets))) for sources, targets in groups]


def _touched(passage: Passage, units: Sequence[Passage]) -> set[int]:
    return {place for place, unit in enumerate(units) if unit.overlaps(passage)}


def record_run(study: Study, pair: Pair, run: Run) -> list[Link]:
    """Store what a run found as one decision: it takes the place of what was proposed before.

    Links that a person confirmed or made stay as they are, and nothing proposed touches them.
    """
    before = links_between(study, pair.source.id, pair.target.id)
    kept = [link for link in before if link.is_fixed]
    found = [link for link in map(_link_of(pair), run.links) if not _crosses(link, kept)]
    known = {_what(link): link.id for link in before if not link.is_fixed}
    found = [replace(link, id=known.get(_what(link), link.id)) for link in found]
    key = Alignment.key(pair.source.id, pair.target.id)
    about = Alignment(
        key,
        pair.source.id,
        pair.target.id,
        run.method,
        segmenter_of(study, (pair.source, pair.target)),
        run.trust,
        run.warnings,
        study.coder,
        study.now(),
    )
    standing = {link.id for link in found}
    gone = [key_of(link) for link in before if not link.is_fixed and link.id not in standing]
    put: list[Record] = [about, *found]
    if pair.target.translates is None and pair.source.translates != pair.target.id:
        put.append(replace(pair.target, translates=pair.source.id))
    study.decide(Verb.ALIGN_TEXTS, key_of(about), put=put, remove=gone)
    return found


def _link_of(pair: Pair) -> Callable[[Proposed], Link]:
    def made(found: Proposed) -> Link:
        source, target = _hull(pair.source_units, found.source), _hull(pair.target_units, found.target)
        return Link(
            record_id("l"),
            pair.source.id,
            pair.target.id,
            source.start,
            source.end,
            target.start,
            target.end,
            found.method,
            found.confidence,
            LinkState.PROPOSED,
            found.reasons,
        )

    return made


def _hull(units: Sequence[Passage], places: Sequence[int]) -> Passage:
    return Passage(units[min(places)].start, units[max(places)].end)


def _crosses(link: Link, kept: Iterable[Link]) -> bool:
    return any(link.source.overlaps(each.source) or link.target.overlaps(each.target) for each in kept)


def _what(link: Link) -> tuple[Passage, Passage]:
    return link.source, link.target


def link_stretches(
    study: Study,
    source: tuple[str, Passage],
    target: tuple[str, Passage],
) -> Link:
    """Link a stretch of a text with one of its translation by hand; proposed links there give way.

    Where one of them is empty, the other is said to stand alone. Raises Refused where another link that a
    person made or confirmed stands there.
    """
    (source_id, here), (target_id, there) = source, target
    if source_id == target_id:
        raise Refused("A link joins two texts.")
    if not len(here) and not len(there):
        raise Refused("A link needs words on one side at least.")
    texts = study.get(Text, source_id), study.get(Text, target_id)
    for text, passage in zip(texts, (here, there), strict=True):
        if len(passage):
            quote_at(study, text, passage)
    _refuse_other_way_round(study, *texts)
    link = Link(
        record_id("l"),
        source_id,
        target_id,
        here.start if len(here) else 0,
        here.end if len(here) else 0,
        there.start if len(there) else 0,
        there.end if len(there) else 0,
        BY_HAND,
        1000,
        LinkState.MENDED,
    )
    crossed = [each for each in links_between(study, source_id, target_id) if _crosses(link, [each])]
    fixed = [each for each in crossed if each.is_fixed]
    if fixed:
        raise Refused(f"The link {fixed[0].id} stands there.", do="Take it away first.")
    study.decide(Verb.LINK_STRETCHES, key_of(link), put=[link], remove=map(key_of, crossed))
    return link


def unlink_stretches(study: Study, link_ids: Sequence[str]) -> None:
    """Take links away; a run may propose them again, unless the stretches are said to stand alone."""
    links = [study.get(Link, each) for each in dict.fromkeys(link_ids)]
    if not links:
        raise Refused("No link is named.")
    study.decide(Verb.UNLINK_STRETCHES, key_of(links[0]), remove=map(key_of, links))


def confirm_links(study: Study, link_ids: Sequence[str]) -> list[Link]:
    """Say of proposed links that they hold; the next run keeps them."""
    links = [study.get(Link, each) for each in dict.fromkeys(link_ids)]
    open_links = [link for link in links if not link.is_fixed]
    if not open_links:
        raise Refused("These links are vouched for already." if links else "No link is named.")
    confirmed = [replace(link, state=LinkState.CONFIRMED) for link in open_links]
    study.decide(Verb.CONFIRM_LINKS, key_of(confirmed[0]), put=confirmed)
    return confirmed


def counterparts(study: Study, text_id: str, passage: Passage) -> list[Counterpart]:
    """Give the stretches of other texts that a passage is linked to, text by text and in their order."""
    return across(links_of_text(study, text_id), text_id, passage)


def codings_shown(study: Study, text_id: str) -> list[ShownCoding]:
    """List the codings that show on a text, by place: its own, and those made on the other side of a link."""
    shown = [ShownCoding(each, each.excerpt.passage, None) for each in codings_of_text(study, text_id)]
    links = links_of_text(study, text_id)
    others = dict.fromkeys(link.target_id if link.source_id == text_id else link.source_id for link in links)
    for other_id in others:
        between = [link for link in links if other_id in (link.source_id, link.target_id)]
        for placed in codings_of_text(study, other_id):
            shown += [
                ShownCoding(placed, each.passage, each.link)
                for each in across(between, other_id, placed.excerpt.passage)
                if each.text_id == text_id
            ]
    return sorted(shown, key=lambda each: (each.passage, each.link is not None, each.placed.coding.id))


def remainder(study: Study, text_id: str, other_id: str) -> Remainder:
    """Give what of a text has no link with another: what is untranslated, or in the translation only."""
    text = study.get(Text, text_id)
    units = units_of(study, text)
    links = [*links_between(study, text_id, other_id), *links_between(study, other_id, text_id)]
    return left_over(units, links, text_id)


def left_over(units: Sequence[Passage], links: Iterable[Link], text_id: str) -> Remainder:
    """Give what of a text, cut into sentences, some links leave."""
    own = [link.source if link.source_id == text_id else link.target for link in links if link.is_whole]
    left = difference(units, union(own))
    return Remainder(tuple(left), sum(map(len, left)), sum(map(len, units)))
