"""All texts as a tree: below each the texts that render it and those that took its place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from workbench.model.case import Document
from workbench.model.text import Text, TextKind
from workbench.study.study import Study
from workbench.study.translation_queries import excerpts_by_text, links_by_text, verifications_by_text


@dataclass(frozen=True, slots=True)
class TextLine:
    """A text at its place in the tree, with how much stands on it."""

    text: Text
    document: Document
    depth: int
    relation: str
    """`revises`, `translates`, or empty for one that stands for itself."""
    replaced_by: str
    """Id of the text that took its place; empty for the latest."""
    excerpts: int
    links: int
    verifications: int


def text_tree(study: Study) -> list[TextLine]:
    """List all texts, document by document; a version or translation stands below what it comes from."""
    texts = study.all(Text)
    documents = {document.id: document for document in study.all(Document)}
    order = sorted(texts, key=lambda text: _place(text, documents[text.document_id]))
    by_id = {text.id: text for text in texts}
    below: dict[str, list[Text]] = {}
    for text in order:
        below.setdefault(_parent(text, by_id), []).append(text)
    replaced = {text.revises: text.id for text in texts if text.revises is not None}
    counts = excerpts_by_text(study), links_by_text(study), verifications_by_text(study)
    return [
        TextLine(
            text,
            documents[text.document_id],
            depth,
            _relation(text, by_id),
            replaced.get(text.id, ""),
            *(each.get(text.id, 0) for each in counts),
        )
        for text, depth in _walked(order, below)
    ]


def _place(text: Text, document: Document) -> tuple[object, ...]:
    return document.key, text.kind is not TextKind.ORIGINAL, text.kind, text.language, text.part, text.id


def _relation(text: Text, texts: dict[str, Text]) -> str:
    if text.revises in texts:
        return "revises"
    return "translates" if text.translates in texts else ""


def _parent(text: Text, texts: dict[str, Text]) -> str:
    """Name the text that another stands below; empty for one at the top."""
    relation = _relation(text, texts)
    return (text.revises if relation == "revises" else text.translates if relation else "") or ""


def _walked(order: Sequence[Text], below: dict[str, list[Text]]) -> Iterator[tuple[Text, int]]:
    """Go through the tree from the top; what stands below itself in a circle comes last."""
    seen: set[str] = set()
    for start in [*below.get("", []), *order]:
        waiting = [(start, 0)]
        while waiting:
            text, depth = waiting.pop()
            if text.id in seen:
                continue
            seen.add(text.id)
            yield text, depth
            waiting += [(each, depth + 1) for each in reversed(below.get(text.id, []))]
