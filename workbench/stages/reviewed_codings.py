"""Codings to be read again with the words around them: all of a code, those that wait, those in doubt."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from workbench.model.case import Case, CaseDocument
from workbench.model.coding import Coding, Excerpt
from workbench.model.text import Text
from workbench.stages.reindex import waiting_codings
from workbench.study.queries import placed
from workbench.study.study import Study
from workbench.study.translation_queries import Sides

CONTEXT = 160
"""Code points shown on each side of a passage."""


@dataclass(frozen=True, slots=True)
class ReviewedCoding:
    """A coding with its passage, the words around it, and why to look at it."""

    coding: Coding
    excerpt: Excerpt
    text: Text
    document: str
    """Key of the document."""
    cases: str
    """Names of its cases, in study order."""
    place: str
    """Page and paragraph."""
    before: str
    after: str
    why: str = ""
    minded: tuple[str, ...] = ()
    """On which side of a translation it stands, and what else is to be minded."""


def under_code(study: Study, code_id: str) -> list[ReviewedCoding]:
    """List everything under a code, by case, document and place."""
    return _reviewed(study, {coding.id: coding for coding in study.all(Coding, code_id=code_id)}, {})


def waiting(study: Study) -> list[ReviewedCoding]:
    """List what waits for a second look, with the reason."""
    found = waiting_codings(study)
    why = {each.coding.id: each.why for each in found}
    return _reviewed(study, {each.coding.id: each.coding for each in found}, why)


def in_doubt(study: Study) -> list[ReviewedCoding]:
    """List what a coder flagged as doubtful."""
    return _reviewed(study, {coding.id: coding for coding in study.all(Coding, doubtful=1)}, {})


def _reviewed(study: Study, codings: Mapping[str, Coding], why: Mapping[str, str]) -> list[ReviewedCoding]:
    of_excerpt: dict[str, list[Coding]] = {}
    for coding in codings.values():
        of_excerpt.setdefault(coding.excerpt_id, []).append(coding)
    excerpts = sorted((study.get(Excerpt, each) for each in of_excerpt), key=lambda excerpt: excerpt.text_id)
    cases = _cases_of_documents(study)
    found, sides = [], Sides(study)
    for place in placed(study, excerpts):
        content = study.text_content(place.text.content_hash)
        start, end = place.excerpt.start, place.excerpt.end
        found += [
            ReviewedCoding(
                coding,
                place.excerpt,
                place.text,
                place.document.key,
                ", ".join(case.name for case in cases.get(place.document.id, ())),
                place.place,
                content[max(0, start - CONTEXT) : start],
                content[end : end + CONTEXT],
                why.get(coding.id, ""),
                sides.told(place.text, place.excerpt.passage),
            )
            for coding in of_excerpt[place.excerpt.id]
        ]
    position = {document: held[0].position for document, held in cases.items()}
    return sorted(
        found,
        key=lambda each: (
            position.get(each.text.document_id, 1 << 60),
            each.document,
            each.text.kind != "original",
            each.text.id,
            each.excerpt.start,
            each.excerpt.end,
            each.coding.code_id,
        ),
    )


def _cases_of_documents(study: Study) -> dict[str, list[Case]]:
    links: dict[str, set[str]] = {}
    for link in study.all(CaseDocument):
        links.setdefault(link.document_id, set()).add(link.case_id)
    cases = study.all(Case, order="position")
    return {document: [case for case in cases if case.id in held] for document, held in links.items()}
