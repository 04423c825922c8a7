"""The glossary: key terms, added, edited and removed as decisions, each with its reason."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

from workbench.errors import Refused, WrongUsage
from workbench.language.folding import folding
from workbench.language.lemmas import main_language
from workbench.model.decision import Decision, Verb
from workbench.model.glossary import Term, TermRule
from workbench.model.identity import record_id
from workbench.model.records import key_of
from workbench.stages.name_rules import refuse_hidden
from workbench.study.study import Study

Glossary = Sequence[tuple[str, Sequence[str]]]
"""What stands in one language, with what may stand for it in another."""
BETWEEN = ";"
"""What stands between the parts of a list where it is typed on one line; no part may hold it."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of the terms of a file."""

    added: tuple[Term, ...]
    changed: tuple[Term, ...]
    same: tuple[Term, ...]
    """Those that the glossary had already, word for word."""


def terms_of(study: Study) -> list[Term]:
    """List the terms by language, target language and term."""
    return sorted(study.all(Term), key=lambda term: (term.language, term.target_language, term.term))


def find_term(study: Study, wanted: str) -> Term:
    """Find a term by id or by any way of writing it; raises WrongUsage where none or several are meant."""
    found = study.find(Term, wanted)
    if found is not None:
        return found
    fold = folding().fold
    terms = [term for term in terms_of(study) if fold(wanted) in map(fold, term.kept)]
    if len(terms) > 1:
        told = ", ".join(f"{term.id} ({term.term}, {term.pair})" for term in terms)
        raise WrongUsage(f"Several terms are written {wanted}: {told}.", do="Name it by its id.")
    if not terms:
        raise WrongUsage(f"There is no term {wanted or '“”'} in the glossary.")
    return terms[0]


def add_term(study: Study, term: Term, *, reason: str = "") -> Term:
    """Add a term; its id is made anew.

    Raises Refused for a term that is there already, also as another's variant, and for one that says too
    little or contradicts itself.
    """
    made = _sound(replace(term, id=record_id("t")))
    _refuse_known(made, study.all(Term))
    study.decide(Verb.ADD_TERM, key_of(made), put=[made], reason=reason)
    return made


def edit_term(study: Study, term_id: str, *, reason: str = "", **changes: Any) -> Term:
    """Change fields of a term; those not named stay. Raises Refused as `add_term` does."""
    term = study.get(Term, term_id)
    changed = _sound(replace(term, **changes))
    _refuse_known(changed, (each for each in study.all(Term) if each.id != term_id))
    study.decide(Verb.EDIT_TERM, key_of(term), put=[changed], reason=reason)
    return changed


def remove_term(study: Study, term_id: str, *, reason: str = "") -> Term:
    """Take a term away; the log keeps it."""
    term = study.get(Term, term_id)
    study.decide(Verb.REMOVE_TERM, key_of(term), remove=[key_of(term)], reason=reason)
    return term


def take_terms(study: Study, terms: Sequence[Term], *, replaces: bool = False, reason: str = "") -> Taken:
    """Take the terms of a file in: new ones are added, those that are there word for word are passed over.

    Raises Refused, and changes nothing, where a term is there in other words; with `replaces` it is changed.
    """
    held = {_what(term): term for term in study.all(Term)}
    added, changed, same = [], [], []
    for term in map(_sound, terms):
        before = held.get(_what(term))
        if before is None:
            added.append(replace(term, id=record_id("t")))
        elif replace(term, id=before.id) == before:
            same.append(before)
        else:
            changed.append(replace(term, id=before.id))
    if changed and not replaces:
        raise Refused(
            f"The glossary says otherwise of {', '.join(term.term for term in changed)}.",
            do="Edit them one by one, or let the file count with --replace.",
        )
    after = {**{term.id: term for term in held.values()}, **{term.id: term for term in changed}}
    for term in changed:
        _refuse_known(term, (each for each in after.values() if each.id != term.id))
    for term in added:
        _refuse_known(term, after.values())
        after[term.id] = term
    with study.transaction():
        for verb, put in ((Verb.EDIT_TERM, changed), (Verb.ADD_TERM, added)):
            if put:
                study.decide(verb, key_of(put[0]), put=put, reason=reason)
    return Taken(tuple(added), tuple(changed), tuple(same))


def decided_on(study: Study, term_id: str) -> Decision | None:
    """Give the latest decision about a term: who, when and why."""
    seq = study.last_touch(f"term:{term_id}")
    return None if seq is None else study.decision(seq)


def for_alignment(study: Study, language: str, target: str) -> list[tuple[str, tuple[str, ...]]]:
    """Give what the aligner takes for anchors: each way of writing a term, with what may stand for it.

    Terms of the other language are turned round.
    """
    terms = terms_of(study)
    found = [
        (written, (*term.renderings, *term.kept))
        for term in terms_between(terms, language, target)
        for written in term.written
    ]
    found += [
        (way, term.written)
        for term in terms_between(terms, target, language)
        for way in (*term.renderings, *term.kept)
    ]
    return found


def terms_between(terms: Iterable[Term], language: str, target: str) -> list[Term]:
    """Give the terms of a language that are rendered in another; `ja` stands for `ja-JP` too."""
    return [
        term
        for term in terms
        if main_language(term.language) == main_language(language)
        and main_language(term.target_language) == main_language(target)
    ]


def list_typed(typed: str) -> tuple[str, ...]:
    """Take a list apart that was typed on one line or on several."""
    return tuple(
        part for piece in typed.split("\n") for each in piece.split(BETWEEN) if (part := each.strip())
    )


def _sound(term: Term) -> Term:
    """Give a term with its white space in order; raises Refused where it cannot be used."""
    said: dict[str, Any] = {}
    for field in fields(Term):
        value = getattr(term, field.name)
        if isinstance(value, tuple):
            said[field.name] = tuple(
                dict.fromkeys(part for each in value if (part := " ".join(each.split())))
            )
        elif field.name != "rule":
            said[field.name] = value.strip() if field.name == "definition" else " ".join(value.split())
    term = replace(term, **said)
    if not term.term:
        raise Refused("A term needs its words.")
    if not term.language or not term.target_language:
        raise Refused(f"{term.term} needs its language and the one it is rendered in.", do="Say ja and en.")
    if main_language(term.language) == main_language(term.target_language):
        raise Refused(f"{term.term} cannot be rendered in its own language.")
    for words in (term.gloss, *term.definition.split("\n"), *term.sources):
        refuse_hidden(words, "term")
    for words in (*term.kept, *term.renderings, *term.forbidden):
        refuse_hidden(words, "term")
        if not any(map(str.isalnum, words)):
            raise Refused(f"“{words}” holds no letter to look for.")
    _refuse_contradiction(term, said)
    return term


def _refuse_contradiction(term: Term, said: Mapping[str, Any]) -> None:
    for value in said.values():
        for part in value if isinstance(value, tuple) else ():
            if BETWEEN in part:
                raise Refused(f"“{part}” holds a semicolon, which stands between the parts of a list.")
    fold = folding().fold
    both = set(map(fold, term.forbidden)) & set(map(fold, (*term.renderings, *_staying(term))))
    if both:
        raise Refused(f"{term.term} may not be rendered “{min(both)}” and may be so.", do="Choose one.")
    if term.rule is not TermRule.KEEP_SOURCE and not term.renderings:
        raise Refused(
            f"{term.term} has no rendering, and the rule is {term.rule}.",
            do="Name one, or say that the term stays: keep source.",
        )


def _staying(term: Term) -> tuple[str, ...]:
    return term.kept if term.rule is TermRule.KEEP_SOURCE else ()


def _refuse_known(term: Term, others: Iterable[Term]) -> None:
    fold = folding().fold
    own = {fold(words) for words in term.written}
    for other in others:
        if not terms_between([other], term.language, term.target_language):
            continue
        if own & {fold(words) for words in other.written}:
            raise Refused(
                f"The glossary has {other.term} already ({other.id}, {other.pair}).",
                do=f"Edit that term instead of adding {term.term}.",
            )


def _what(term: Term) -> tuple[str, str, str]:
    return term.language, term.target_language, folding().fold(term.term)
