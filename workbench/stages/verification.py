"""Translations checked by others than their maker, and what a translator had to decide."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from workbench.errors import Refused
from workbench.model.decision import Verb
from workbench.model.identity import record_id
from workbench.model.memo import Memo, MemoKind
from workbench.model.records import Record, key_of
from workbench.model.stretches import difference, union
from workbench.model.text import Passage, Text
from workbench.model.translation import Method, Verdict, Verification
from workbench.stages.passages import excerpt_for, quote_at
from workbench.stages.units import units_of
from workbench.study.study import Study
from workbench.study.translation_queries import excerpts_under_evidence


@dataclass(frozen=True, slots=True)
class Verified:
    """How much of a translation someone beside its maker has checked."""

    units: int
    """Sentences that are checked whole."""
    of_units: int
    evidence: int
    """Excerpts that a cell or a claim rests on and that are checked whole."""
    of_evidence: int

    @property
    def share(self) -> Fraction:
        """Give the checked sentences as a share; 0 for a text without any."""
        return Fraction(self.units, self.of_units) if self.of_units else Fraction(0)


def verify_translation(
    study: Study,
    text_id: str,
    passage: Passage,
    *,
    reader: str,
    method: Method,
    verdict: Verdict,
    note: str = "",
) -> Verification:
    """Record that somebody checked a stretch of a translation, how, and what it came to.

    Refused for an original, without a name, for the maker of the text, and where a doubt is not explained.
    """
    text = study.get(Text, text_id)
    quote_at(study, text, passage)
    if not text.is_translation:
        raise Refused("The text is no translation.", do="Say of it what it translates first.")
    if not reader.strip():
        raise Refused("A verification names who checked.")
    if reader.strip() == text.maker:
        raise Refused(f"{text.maker} made the translation.", do="Name somebody else as the reader.")
    if verdict is not Verdict.SOUND and not note.strip():
        raise Refused(f"A segment that is {verdict} needs a note.", do="Say what is wrong with it.")
    made = Verification(
        record_id("v"),
        text_id,
        passage.start,
        passage.end,
        reader.strip(),
        method,
        verdict,
        study.coder,
        study.now(),
        note.strip(),
    )
    study.decide(Verb.VERIFY_TRANSLATION, key_of(made), put=[made])
    return made


def remove_verification(study: Study, verification_id: str, *, reason: str) -> None:
    """Take a verification away that was recorded in error; the log keeps it."""
    made = study.get(Verification, verification_id)
    study.decide(Verb.REMOVE_VERIFICATION, key_of(made), remove=[key_of(made)], reason=reason)


def verifications_of(study: Study, text_id: str) -> list[Verification]:
    """List the verifications of a text by place."""
    return sorted(study.all(Verification, text_id=text_id), key=lambda each: (each.passage, each.at))


def verified(study: Study, text_id: str) -> Verified:
    """Count what of a translation was checked: sentences, and excerpts that something rests on."""
    text = study.get(Text, text_id)
    units = units_of(study, text)
    checked = union(each.passage for each in study.all(Verification, text_id=text_id))
    evidence = [excerpt.passage for excerpt in excerpts_under_evidence(study, text_id)]
    return Verified(_inside(units, checked), len(units), _inside(evidence, checked), len(evidence))


def _inside(passages: Sequence[Passage], checked: Sequence[Passage]) -> int:
    return sum(not difference([passage], checked) for passage in passages)


def write_translator_memo(
    study: Study,
    text_id: str,
    passage: Passage,
    content: str,
    *,
    options: Sequence[str] = (),
    choice: str = "",
    loss: str = "",
    effect: str = "",
) -> Memo:
    """Record a translator's decision on a passage: what was considered, chosen and lost, and what follows.

    The words of the memo may be left out where the choice is given.
    """
    excerpt, new = excerpt_for(study, text_id, passage)
    words = content.strip() or choice.strip()
    if not words:
        raise Refused("A translator's memo needs words or a choice.")
    considered = tuple(option.strip() for option in options if option.strip())
    memo = Memo(
        record_id("m"),
        key_of(excerpt),
        MemoKind.TRANSLATION,
        words,
        study.coder,
        study.now(),
        options=considered,
        choice=choice.strip(),
        loss=loss.strip(),
        effect=effect.strip(),
    )
    put: list[Record] = [*new, memo]
    study.decide(Verb.WRITE_MEMO, key_of(memo), put=put)
    return memo


def edit_translator_memo(
    study: Study,
    memo_id: str,
    content: str,
    *,
    options: Sequence[str],
    choice: str,
    loss: str,
    effect: str,
) -> Memo:
    """Change what a translator's memo says; the log keeps what it said before."""
    memo, words = study.get(Memo, memo_id), content.strip() or choice.strip()
    if not words:
        raise Refused("A translator's memo needs words or a choice.", do="Remove it instead.")
    changed = replace(
        memo,
        kind=MemoKind.TRANSLATION,
        content=words,
        options=tuple(option.strip() for option in options if option.strip()),
        choice=choice.strip(),
        loss=loss.strip(),
        effect=effect.strip(),
    )
    study.decide(Verb.EDIT_MEMO, key_of(memo), put=[changed])
    return changed
