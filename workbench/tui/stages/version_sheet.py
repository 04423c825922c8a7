"""A text, written out: what is said of it, what it comes from, and what was checked of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from textual.content import Content

from workbench.model.case import Document
from workbench.model.text import Text
from workbench.model.translation import Verification
from workbench.tui.display import content
from workbench.tui.stages.texts import label_of
from workbench.tui.wording import several

if TYPE_CHECKING:
    from workbench.stages.text_tree import TextLine
    from workbench.stages.verification import Verified
    from workbench.study.study import Study

_FIELDS = ("maker", "role", "competence", "made", "tool")
_LISTED = 50
"""Verifications that are spelled out."""


def name_of(document: Document, text: Text) -> str:
    """Name a text by its document: `plan · ja original`."""
    return f"{document.key} · {label_of(text)}"


def figures_of(line: TextLine, share: Verified | None) -> str:
    """Say what stands on a text in a line: excerpts, links, and how much of it is verified."""
    told = [several(line.excerpts, "excerpt"), several(line.links, "link")]
    if share is not None:
        told.append(f"{_percent(share)} verified")
    elif line.verifications:
        told.append(several(line.verifications, "verification"))
    maker = [line.text.maker] if line.text.maker else []
    made = [line.text.made] if line.text.made else []
    return " · ".join([*maker, *made, *told])


def _percent(share: Verified) -> str:
    from workbench.matrix.rounding import Rounding

    return Rounding().percent(share.share)


def version_sheet(study: Study, line: TextLine, share: Verified | None) -> Content:
    """Write out what is known of a text."""
    text = line.text
    parts = [content(name_of(line.document, text), "bold"), content(text.file_name, "dim")]
    if text.is_unapproved_draft:
        parts.append(content("! machine draft that nobody has approved: no evidence", "bold"))
    for label, words in _said(study, line):
        parts.append(_labelled(label, words))
    parts += [_labelled("note", note) for note in text.notes]
    parts.append(content(f"{several(line.excerpts, 'excerpt')}, {several(line.links, 'link')}", "dim"))
    parts += _checked(study, line, share)
    return Content("\n").join(parts)


def _said(study: Study, line: TextLine) -> Iterator[tuple[str, str]]:
    text = line.text
    yield "kind", text.kind.value
    yield "language", text.language or "not said"
    for name in _FIELDS:
        value = getattr(text, name)
        if value or (text.is_translation and name != "tool"):
            yield name, value or "not said"
    for label, other in (
        ("renders", text.translates),
        ("replaces", text.revises),
        ("replaced by", line.replaced_by),
    ):
        if other:
            yield label, _named(study, other)
    if text.approved_by:
        note = f": {text.approval}" if text.approval else ""
        yield "approved", f"{text.approved_by}, {text.approved[:10]}{note}"
    yield "id", text.id


def _named(study: Study, text_id: str) -> str:
    text = study.find(Text, text_id)
    return text_id if text is None else name_of(study.get(Document, text.document_id), text)


def _checked(study: Study, line: TextLine, share: Verified | None) -> Iterator[Content]:
    if not line.verifications:
        if line.text.is_translation:
            yield content("Nobody beside its maker is recorded as having checked it (v records it).", "dim")
        return
    if share is not None:
        yield _labelled(
            "verified",
            f"{share.units} of {share.of_units} sentences, {_percent(share)}; "
            f"{share.evidence} of {share.of_evidence} excerpts that something rests on",
        )
    places = study.places(line.text)
    made = sorted(study.all(Verification, text_id=line.text.id), key=lambda each: (each.passage, each.at))
    for each in made[:_LISTED]:
        note = f": {each.note}" if each.note else ""
        sign = "✓" if each.verdict == "sound" else "!"
        yield content(
            f"{sign} {places.cite(each.passage)}: {each.verdict} ({each.reader}, {each.method}){note}"
        )
    if len(made) > _LISTED:
        yield content(f"… and {len(made) - _LISTED} more", "dim")


def _labelled(label: str, words: str) -> Content:
    return Content.assemble(content(f"{label}: ", "dim"), content(words, newlines=True))
