"""Frequent words, words that are characteristic of a case, and words that go together: an aid to reading.

All of it only reads. The counting is done in the process for language, over one language at a time.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from workbench.errors import Refused
from workbench.language import keyness, working
from workbench.language.keyness import Frequent, Key, Piece, Together
from workbench.language.terms import main_language
from workbench.model.stretches import difference, union
from workbench.model.text import Passage, Text
from workbench.stages.search_scope import Place, Scope, places_in
from workbench.study.queries import excerpts_coded
from workbench.study.study import Study

Progress = working.Progress
LEAST = keyness.LEAST
UNKNOWN = "und"
"""The language of texts of which none is recorded."""


@dataclass(frozen=True, slots=True)
class Part:
    """What is counted: the texts of a case, a document, a code, or all of them, in one language."""

    name: str
    language: str
    others: tuple[str, ...]
    """Languages of its texts that are not counted."""
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """Which part is asked for; nothing set asks for all texts."""

    case_id: str = ""
    document_id: str = ""
    code_id: str = ""
    """Only passages that this code is applied to."""
    language: str = ""
    """Empty for the language of most of it."""


def part_of(study: Study, asked: Asked) -> Part:
    """Gather what is asked for.

    Left out are documents excluded from the corpus, versions that were replaced, and machine drafts that
    nobody approved: none of them would be counted as evidence. Raises Refused where nothing is left.
    """
    coded = _coded(study, asked.code_id)
    pieces = [
        piece
        for place in _standing(study, asked)
        if coded is None or place.text.id in coded
        for piece in _pieces(place, _whole(study, place), coded)
    ]
    sizes = Counter[str]()
    for piece in pieces:
        sizes[_language_of(piece.language)] += len(piece.content)
    name = _name(study, asked)
    language = main_language(asked.language) or (sizes.most_common(1)[0][0] if sizes else "")
    if not sizes.get(language):
        raise Refused(f"{name} has no words to count{f' in {language}' if language else ''}.", safe="")
    chosen = tuple(piece for piece in pieces if _language_of(piece.language) == language)
    return Part(name, language, tuple(sorted(set(sizes) - {language})), chosen)


def rest_of(study: Study, asked: Asked, language: str, *, against: str = "") -> Part:
    """Gather what a part is held against: the texts of another case, or all texts outside the part.

    The other passages of a text are outside where the part is what a code is applied to.
    """
    if against:
        return part_of(study, Asked(case_id=against, language=language))
    inside = {place.text.id for place in _standing(study, asked)}
    coded = _coded(study, asked.code_id)
    pieces: list[Piece] = []
    for place in _standing(study, Asked()):
        if _language_of(place.text.language) != language:
            continue
        whole = _whole(study, place)
        if place.text.id not in inside:
            pieces.append(whole)
        elif coded is not None:
            around = difference([Passage(0, len(whole.content))], coded.get(place.text.id, ()))
            pieces += _cut_out(whole, around)
    if not any(piece.content.strip() for piece in pieces):
        raise Refused(
            "There is nothing outside it to hold it against.", safe="", do="Choose a part of the corpus."
        )
    return Part("all else", language, (), tuple(pieces))


def frequent_words(
    part: Part, *, all_words: bool = False, progress: Progress | None = None
) -> list[Frequent]:
    """List the words of a part by how often they stand there."""
    return working.run(keyness.frequent, part.pieces, all_words=all_words, progress=progress)


def key_words(
    part: Part,
    rest: Part,
    *,
    all_words: bool = False,
    least: int = LEAST,
    progress: Progress | None = None,
) -> list[Key]:
    """List words by how much a part differs from the rest in them."""
    return working.run(
        keyness.keyness, part.pieces, rest.pieces, all_words=all_words, least=least, progress=progress
    )


def words_together(
    part: Part, *, all_words: bool = False, least: int = LEAST, progress: Progress | None = None
) -> list[Together]:
    """List pairs of words that go together in a part."""
    return working.run(keyness.collocations, part.pieces, all_words=all_words, least=least, progress=progress)


def _language_of(declared: str) -> str:
    return main_language(declared) or UNKNOWN


def _name(study: Study, asked: Asked) -> str:
    from workbench.stages.naming import Names

    names = Names(study)
    parts = [names.of(f"case:{asked.case_id}")] if asked.case_id else []
    parts += [names.of(f"document:{asked.document_id}")] if asked.document_id else []
    parts += [names.of(f"code:{asked.code_id}")] if asked.code_id else []
    return ", ".join(parts) or "The whole corpus"


def _standing(study: Study, asked: Asked) -> list[Place]:
    """List the texts that stand for evidence, of a document, a case or all."""
    within = frozenset({asked.document_id or asked.case_id} - {""})
    replaced = {text.revises for text in study.all(Text) if text.revises is not None}
    places = places_in(study, Scope(within))
    return [
        place
        for place in places
        if place.text.id not in replaced
        and not place.text.is_unapproved_draft
        and not place.document.excluded
    ]


def _whole(study: Study, place: Place) -> Piece:
    return Piece(place.document.key, study.text_content(place.text.content_hash), place.text.language)


def _pieces(place: Place, whole: Piece, coded: Mapping[str, Sequence[Passage]] | None) -> list[Piece]:
    """Give the words of a text that are counted: all, or those of the passages that a code is applied to."""
    if coded is None:
        return [whole] if whole.content.strip() else []
    return _cut_out(whole, coded.get(place.text.id, ()))


def _cut_out(whole: Piece, passages: Iterable[Passage]) -> list[Piece]:
    return [replace(whole, content=whole.content[each.start : each.end]) for each in passages]


def _coded(study: Study, code_id: str) -> dict[str, list[Passage]] | None:
    """Give the passages that a code is applied to, by text, overlapping ones once; None without a code."""
    if not code_id:
        return None
    found: dict[str, list[Passage]] = {}
    for excerpt in excerpts_coded(study, code_id=code_id):
        found.setdefault(excerpt.text_id, []).append(excerpt.passage)
    return {text_id: union(passages) for text_id, passages in found.items()}
