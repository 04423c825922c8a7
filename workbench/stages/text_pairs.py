"""Which two texts lie side by side: a source and its translation, as links and declarations have it."""

from __future__ import annotations

from dataclasses import dataclass

from workbench.model.text import Text
from workbench.study.study import Study
from workbench.study.translation_queries import links_between, links_of_text, revision_of


@dataclass(frozen=True, slots=True)
class TextPair:
    """A text as the source and another as its translation."""

    source: Text
    target: Text
    declared: bool
    """Whether links or what is said of the texts make them a pair; otherwise it is a guess."""


def pairs_of(study: Study, text_id: str) -> list[TextPair]:
    """List the pairs that a text is half of; where there is none, one with each other text of its document.

    Pairs of texts that have not been replaced come first, then those of the same document.
    """
    text = study.get(Text, text_id)
    linked = {link.source_id for link in links_of_text(study, text.id)}
    linked |= {link.target_id for link in links_of_text(study, text.id)}
    said = {each.id for each in study.all(Text, translates=text.id)}
    if text.translates is not None:
        said.add(text.translates)
    others = [study.get(Text, each) for each in sorted((linked | said) - {text.id})]
    declared = bool(others)
    if not declared:
        others = [each for each in study.all(Text, document_id=text.document_id) if each.id != text.id]
    others.sort(key=lambda each: (_is_replaced(study, each), each.document_id != text.document_id, each.id))
    return [_ordered(study, text, each, declared=declared) for each in others]


def pair_of_two(study: Study, text_id: str, other_id: str) -> TextPair:
    """Say which of two texts is the source: by their links, by what is said of them, else the first named."""
    text, other = study.get(Text, text_id), study.get(Text, other_id)
    return _ordered(study, text, other, declared=False)


def _ordered(study: Study, text: Text, other: Text, *, declared: bool) -> TextPair:
    if links_between(study, text.id, other.id):
        turned = False
    elif links_between(study, other.id, text.id):
        turned = True
    else:
        turned = other.translates != text.id and (
            text.translates == other.id or (text.is_translation and not other.is_translation)
        )
    return TextPair(other, text, declared) if turned else TextPair(text, other, declared)


def _is_replaced(study: Study, text: Text) -> bool:
    return revision_of(study, text.id) is not None
