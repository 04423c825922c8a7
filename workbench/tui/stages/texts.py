"""What the reading screens need to know of texts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbench.model.text import PlaceMap, Text

if TYPE_CHECKING:
    from workbench.study.study import Study


def label_of(text: Text) -> str:
    """Name a text among those of its document: `ja original`."""
    part = f", {text.part}" if text.part else ""
    return f"{text.language or '?'} {text.kind}{part}"


def texts_of(study: Study, document_id: str) -> list[Text]:
    """List the texts of a document, originals first."""
    held = study.all(Text, document_id=document_id)
    return sorted(
        held, key=lambda text: (text.kind != "original", text.kind, text.language, text.part, text.id)
    )


def next_text(study: Study, text: Text) -> Text | None:
    """Give the text of the same document that follows, round and round; None where it is alone."""
    texts = texts_of(study, text.document_id)
    held = [each.id for each in texts]
    return texts[(held.index(text.id) + 1) % len(held)] if len(held) > 1 else None


def same_place(offset: int, here: PlaceMap, there: PlaceMap) -> int:
    """Find about the same paragraph in another text: the same number, or the same share of all paragraphs."""
    number = max(here.paragraph_of(offset), 1)
    count, other = len(here.paragraphs), len(there.paragraphs)
    if not count or not other:
        return 0
    if count != other:
        number = max(1, round(number * other / count))
    return there.paragraphs[min(number, other) - 1]
