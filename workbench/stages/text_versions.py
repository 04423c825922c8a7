"""Texts as versions: who made them, what they render, and machine drafts that a person approves."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from workbench.errors import Refused, WrongUsage
from workbench.model.decision import Verb
from workbench.model.records import key_of
from workbench.model.text import Passage, Text, TextKind
from workbench.model.word_difference import Kept, Stretch, word_difference
from workbench.stages.invariants import broken_rules, sources_of
from workbench.study.study import Study

FIELDS = ("language", "maker", "role", "competence", "made", "tool")
"""What can be said of a text beside its kind and what it renders."""


def describe_text(
    study: Study,
    text_id: str,
    *,
    kind: TextKind | None = None,
    translates: str | None = None,
    reason: str = "",
    **fields: str,
) -> Text:
    """Say who made a text, how and from which; its words never change. The log keeps what was said before.

    An empty `translates` says that it renders no text held. Refused for a machine draft that would become
    something else, since only approval makes it evidence, and where a status would lose its evidence.
    """
    text = study.get(Text, text_id)
    if unknown := sorted(set(fields) - set(FIELDS)):
        raise WrongUsage(f"A text has no field {unknown[0]}.", do=f"Fields: {', '.join(FIELDS)}.")
    if kind not in (None, TextKind.MACHINE_DRAFT) and text.is_unapproved_draft:
        raise Refused("A machine draft stays one until somebody approves it.", do="Approve the text instead.")
    if translates:
        _refuse_circle(study, text, study.get(Text, translates))
    said: dict[str, Any] = {name: value.strip() for name, value in fields.items()}
    changed = replace(
        text,
        **said,
        kind=text.kind if kind is None else kind,
        translates=text.translates if translates is None else translates or None,
    )
    with study.transaction():
        decision = study.decide(Verb.DESCRIBE_TEXT, key_of(text), put=[changed], reason=reason)
        for broken in broken_rules(study, decision):
            raise Refused(broken.what, do="Change the status first, or link other evidence.")
    return changed


def _refuse_circle(study: Study, text: Text, source: Text) -> None:
    if source.id == text.id or text.id in sources_of(study, source):
        raise Refused("A text cannot be a translation of itself.")


def approve_text(study: Study, text_id: str, *, reason: str, note: str = "") -> Text:
    """Say that a machine draft may be evidence; who and when are kept with the text.

    Refused for what no machine made, and for a draft that is approved already.
    """
    text = study.get(Text, text_id)
    if text.kind is not TextKind.MACHINE_DRAFT:
        raise Refused(f"The text is no machine draft, but {text.kind}: it needs no approval.")
    if text.approved_by:
        raise Refused(f"{text.approved_by} approved it on {text.approved[:10]}.")
    changed = replace(text, approved_by=study.coder, approved=study.now(), approval=note.strip())
    study.decide(Verb.APPROVE_TEXT, key_of(text), put=[changed], reason=reason)
    return changed


def versions_before(study: Study, text: Text) -> list[Text]:
    """List the versions that a text took the place of, the latest first."""
    found: list[Text] = []
    while text.revises is not None and all(text.revises != each.id for each in found):
        text = study.get(Text, text.revises)
        found.append(text)
    return found


def text_difference(study: Study, old_id: str, new_id: str) -> tuple[Stretch, ...]:
    """Tell what became of the words of a text in another: sentence by sentence, and inside word by word."""
    from workbench.language.units import sentences

    pieces = []
    for text in (study.get(Text, old_id), study.get(Text, new_id)):
        content = study.text_content(text.content_hash)
        pieces.append(_pieces(content, sentences(content, text.language)))
    return tuple(_joined(_differing(*pieces)))


def _pieces(content: str, units: tuple[Passage, ...]) -> list[str]:
    """Cut a text behind every sentence, so that the pieces give it back."""
    ends = [*(unit.end for unit in units), len(content)] if units else [len(content)]
    return [content[start:end] for start, end in zip([0, *ends], ends, strict=False) if start < end]


def _differing(old: list[str], new: list[str]) -> list[Stretch]:
    from difflib import SequenceMatcher

    found: list[Stretch] = []
    for tag, start, end, first, last in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        was, now = "".join(old[start:end]), "".join(new[first:last])
        if tag == "equal":
            found.append(Stretch(was, Kept.SAME))
        else:
            found += word_difference(was, now)
    return found


def _joined(stretches: list[Stretch]) -> list[Stretch]:
    joined: list[Stretch] = []
    for stretch in stretches:
        if joined and joined[-1].kept is stretch.kept:
            joined[-1] = Stretch(joined[-1].words + stretch.words, stretch.kept)
        elif stretch.words:
            joined.append(stretch)
    return joined
