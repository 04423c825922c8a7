"""What the operations on the framework share: deciding as a whole, and what a change leaves behind."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from workbench.errors import Refused
from workbench.exchange.codebook import Codebook
from workbench.model.case import Case
from workbench.model.cell import Cell, CountingRule, Status
from workbench.model.claim import Claim
from workbench.model.coding import Coding
from workbench.model.decision import Verb
from workbench.model.framework import Code, CodeState, Framework, Theme
from workbench.model.framework_diff import Vocabulary
from workbench.model.memo import Memo
from workbench.model.records import Record, key_of
from workbench.stages.invariants import broken_rules
from workbench.stages.name_rules import check_names_of_framework
from workbench.stages.staleness import stale_cells, stale_from, with_all_causes
from workbench.study.study import Study

DEFINING = ("definition", "include", "exclude", "wordings")
"""Fields that decide borderline cases: a change of one makes what rests on the code stale."""


def decide_whole(
    study: Study,
    verb: Verb,
    subject: str,
    *,
    put: Iterable[Record],
    remove: Iterable[str] = (),
    reason: str,
) -> None:
    """Decide, unless the framework as a whole would no longer hold together."""
    with study.transaction():
        decision = study.decide(verb, subject, put=put, remove=remove, reason=reason)
        for broken in broken_rules(study, decision):
            raise broken
        check_names_of_framework(study, decision, reason=reason)


def stale_by_definition(study: Study, old: Code, new: Code) -> list[Cell | Claim]:
    """Give what becomes stale where a code's definition changed, as it shall be.

    The wording for one case concerns the cell of that case only.
    """
    label = study.framework.label(old)
    fields = [name for name in DEFINING if name != "wordings" and getattr(old, name) != getattr(new, name)]
    stale: list[Cell | Claim] = []
    if fields:
        stale += stale_from(study, codes=[old.id], cause=f"The {' and '.join(fields)} of {label} changed.")
    for case in study.all(Case):
        if old.wordings.get(case.name) != new.wordings.get(case.name):
            cell = study.find(Cell, Cell.key(case.id, old.id))
            what = " and ".join([*fields, f"wording for {case.name}"])
            stale += stale_cells(study, [cell] if cell is not None else [], f"The {what} of {label} changed.")
    return list({key_of(record): record for record in stale}.values())


def stale_by_codebook(study: Study, codebook: Codebook) -> list[Cell | Claim]:
    """Give what becomes stale by all the definitions that a codebook changes, each with all its causes."""
    stale: list[Cell | Claim] = []
    for code in codebook.codes:
        old = study.framework.codes.get(code.id)
        stale += stale_by_definition(study, old, code) if old is not None else []
    return with_all_causes(stale)


def moved_memos(study: Study, gone: Coding, kept: Sequence[Coding]) -> list[Record]:
    """Hang the memos of a coding that goes on the one that stays, or else on the excerpt."""
    anchor = key_of(kept[0]) if kept else f"excerpt:{gone.excerpt_id}"
    return [replace(memo, anchor=anchor) for memo in study.all(Memo, anchor=key_of(gone))]


def left_out(old: Framework, codebook: Codebook) -> list[Record]:
    """Give the themes and codes that a codebook leaves out, retired, with numbers that it does not take.

    Frameworks of which it has no theme are not spoken of, and stay.
    """
    spoken = {theme.framework for theme in codebook.themes if theme.parent_id is None}
    named = {theme.id for theme in codebook.themes} | {code.id for code in codebook.codes}
    taken: dict[tuple[str | None, str], set[int]] = {}
    for theme in codebook.themes:
        taken.setdefault((theme.parent_id, theme.framework), set()).add(theme.number)
    for code in codebook.codes:
        taken.setdefault((code.theme_id, ""), set()).add(code.number)
    retired: list[Record] = []
    for theme in old.themes.values():
        if theme.id not in named and old.root_of(theme).framework in spoken:
            number = _free(taken.setdefault((theme.parent_id, theme.framework), set()), theme.number)
            retired.append(replace(theme, retired=True, number=number))
    for code in old.codes.values():
        if code.id not in named and old.root_of(code).framework in spoken:
            number = _free(taken.setdefault((code.theme_id, ""), set()), code.number)
            retired.append(replace(code, state=CodeState.RETIRED, number=number))
    return retired


def _free(taken: set[int], wanted: int) -> int:
    """Take the wanted number, or the next after all that are taken."""
    number = wanted if wanted not in taken else max(taken) + 1
    taken.add(number)
    return number


def refuse_ids_of_others(old: Framework, codebook: Codebook) -> None:
    """Refuse a codebook that would take over themes or codes from a framework of other letters."""
    new = Framework(codebook.themes, codebook.codes)
    told = [_taken(theme, old.themes, old, new) for theme in codebook.themes]
    told += [_taken(code, old.codes, old, new) for code in codebook.codes]
    if any(told):
        raise Refused(" ".join(filter(None, told)))


def _taken(
    member: Theme | Code, known: Mapping[str, Theme] | Mapping[str, Code], old: Framework, new: Framework
) -> str:
    """Tell to what other framework an id belongs, or nothing."""
    holder = known.get(member.id)
    if holder is None or old.root_of(holder).framework == new.root_of(member).framework:
        return ""
    label = old.label(holder) if isinstance(holder, Code) else f"{old.theme_number(holder.id)} {holder.name}"
    return f"The id {member.id} belongs to {label}; give it another id."


def changed_vocabulary(study: Study, codebook: Codebook) -> tuple[Vocabulary, Vocabulary]:
    """Give the rules and statuses as they are, and as a codebook makes them.

    A framework of letters that comes beside another one adds and changes, but takes nothing away: neither
    rules and statuses, nor what a status counts under rules that the codebook does not name. Refused where
    counts would no longer be settled.
    """
    old = Vocabulary(
        tuple(study.all(CountingRule, order="position")), tuple(study.all(Status, order="position"))
    )
    others = any(root.framework != codebook.prefix for root in study.framework.roots())
    if codebook.prefix and others:
        new = _beside(old, codebook)
    else:
        new = Vocabulary(codebook.rules or old.rules, codebook.statuses or old.statuses)
    told = [*_same_signs(new), *_unsettled(old, new)]
    if told:
        raise Refused(" ".join(told), do="Mend the rules and statuses of the codebook.")
    return old, new


def _beside(old: Vocabulary, codebook: Codebook) -> Vocabulary:
    """Join the vocabulary of a second framework to that of the first; what is new comes last."""
    rules = {rule.id: rule for rule in old.rules}
    for rule in codebook.rules:
        place = rules[rule.id].position if rule.id in rules else _last(rules.values()) + 1
        rules[rule.id] = replace(rule, position=place)
    named = {rule.id for rule in codebook.rules}
    statuses = {status.id: status for status in old.statuses}
    for status in codebook.statuses:
        was = statuses.get(status.id)
        place = _last(statuses.values()) + 1 if was is None else was.position
        kept = {} if was is None else {rule: was.values[rule] for rule in was.values if rule not in named}
        statuses[status.id] = replace(status, position=place, values=kept | dict(status.values))
    return Vocabulary(tuple(rules.values()), tuple(statuses.values()))


def _last(records: Iterable[CountingRule | Status]) -> int:
    return max((record.position for record in records), default=0)


def _same_signs(new: Vocabulary) -> Iterator[str]:
    """Tell where two statuses would have one label or one mark."""
    for name in ("label", "mark"):
        holders: dict[str, Status] = {}
        for status in new.statuses:
            sign = getattr(status, name)
            holder = holders.setdefault(sign.casefold(), status)
            if holder is not status:
                yield f"The {name} {sign} belongs to the status {holder.id}; give {status.id} another."


def _unsettled(old: Vocabulary, new: Vocabulary) -> Iterator[str]:
    """Tell which rules cannot go because statuses count under them, and under which nothing would count."""
    stays = {rule.id for rule in new.rules}
    for rule in old.rules:
        holders = [status.label for status in new.statuses if rule.id in status.values]
        if rule.id not in stays and holders:
            yield f"The rule {rule.id} cannot go: {', '.join(holders)} would still have a value under it."
    counted = {rule for status in new.statuses for rule in status.values}
    before = {rule for status in old.statuses for rule in status.values}
    known = {rule.id for rule in old.rules}
    for rule in new.rules if new.statuses else ():
        if rule.id not in counted and (rule.id in before or rule.id not in known):
            yield f"No status would have a value under the rule {rule.id}."
