"""What an audit bundle tells in tables for people: names in place of ids, one table per file."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from workbench.exchange.audit_classes import (
    INSTRUMENT,
    INTENTIONS,
    PROCESS,
    RAW,
    REDUCTION,
    SYNTHESIS,
    AuditClass,
)
from workbench.model.case import Case, CaseDocument, Document, Reading
from workbench.model.cell import CountingRule, SearchRecord, Status
from workbench.model.claim import Claim, ClaimCell, ClaimExcerpt
from workbench.model.coding import Coding, Excerpt
from workbench.model.decision import Verb
from workbench.model.framework import FrameworkVersion
from workbench.model.memo import Memo
from workbench.model.records import Setting, forms
from workbench.model.redaction import is_redaction
from workbench.model.text import Text
from workbench.study.audit_queries import decisions_of_kinds, standing_undone
from workbench.study.queries import placed
from workbench.study.study import Study

Row = Sequence[str]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table: where it goes, what it is, its heads and its rows."""

    of: AuditClass
    name: str
    title: str
    heads: Row
    rows: Callable[[Study], Iterator[Row]]


def _register(study: Study) -> Iterator[Row]:
    cases = {case.id: case.name for case in study.all(Case)}
    serves: dict[str, list[str]] = {}
    for link in study.all(CaseDocument):
        serves.setdefault(link.document_id, []).append(cases[link.case_id])
    for document in study.all(Document, order="key"):
        fields = [_words(getattr(document, name)) for name in _DOCUMENT]
        yield [*fields, "; ".join(sorted(serves.get(document.id, [])))]


_DOCUMENT = [form.name for form in forms("document")]


def _words(value: object) -> str:
    if isinstance(value, dict):
        return "; ".join(f"{name}={held}" for name, held in value.items())
    return str(value)


def _cases(study: Study) -> Iterator[Row]:
    for case in study.all(Case, order="position"):
        yield [case.id, case.name, _words(dict(case.attributes))]


def _codings(study: Study) -> Iterator[Row]:
    labels = {code.id: study.framework.label(code) for code in study.framework.codes.values()}
    at = {one.excerpt.id: one for one in placed(study, study.all(Excerpt, order="text_id"))}
    for coding in study.all(Coding):
        one = at[coding.excerpt_id]
        passage = f"{one.excerpt.start}:{one.excerpt.end}"
        doubt = "in doubt" if coding.doubtful else ""
        place = [one.document.key, one.text.id, one.text.language, passage, one.place]
        yield [coding.id, coding.coder, labels[coding.code_id], *place, one.excerpt.quote, doubt]


def _searches(study: Study) -> Iterator[Row]:
    cases = {case.id: case.name for case in study.all(Case)}
    keys = {document.id: document.key for document in study.all(Document)}
    for search in study.all(SearchRecord, order="at"):
        code = study.framework.codes[search.code_id]
        looked = ", ".join(keys.get(identifier, identifier) for identifier in search.documents)
        who = [search.at, search.coder, cases[search.case_id], study.framework.label(code)]
        yield [*who, looked, ", ".join(search.terms), search.note]


def _framework(study: Study) -> Iterator[Row]:
    framework = study.framework
    for theme, _ in framework.walk():
        state = "retired" if theme.retired else ""
        yield [framework.theme_number(theme.id), "theme", theme.name, theme.definition, "", "", "", state]
        for code in framework.codes_of(theme.id):
            said = [code.definition, code.include, code.exclude, f"{code.origin} {code.source}".strip()]
            yield [framework.number(code), "code", code.name, *said, code.state]


def _versions(study: Study) -> Iterator[Row]:
    for version in study.all(FrameworkVersion, order="number"):
        yield [str(version.number), version.at, version.coder, version.reason, version.snapshot_hash]


def _claims(study: Study) -> Iterator[Row]:
    said = _bearing(study)
    for claim in study.all(Claim):
        held = [claim.kind, claim.title, claim.statement, claim.basis, claim.rival, claim.negative_search]
        state = f"{claim.state} {claim.stale_cause}".strip()
        yield [claim.id, claim.author, *held, state, "; ".join(said.get(claim.id, []))]


def _bearing(study: Study) -> dict[str, list[str]]:
    """Map claims to what bears on them, in words."""
    said: dict[str, list[str]] = {}
    for cell in study.all(ClaimCell):
        said.setdefault(cell.claim_id, []).append(f"{cell.role} cell {cell.cell_id}")
    for excerpt in study.all(ClaimExcerpt):
        said.setdefault(excerpt.claim_id, []).append(f"{excerpt.role} excerpt {excerpt.excerpt_id}")
    return said


def _readings(study: Study) -> Iterator[Row]:
    lengths = {text.id: text.characters for text in study.all(Text)}
    for reading in study.all(Reading, order="text_id"):
        far = f"{reading.furthest} of {lengths[reading.text_id]}"
        yield [reading.text_id, reading.coder, reading.state, far]


def _reversals(study: Study) -> Iterator[Row]:
    for seq, by in standing_undone(study).items():
        decision, undoing = study.decision(seq), study.decision(by)
        undone = [str(seq), decision.coder, decision.action, decision.subject]
        yield [*undone, str(by), undoing.coder, undoing.reason]


def _framework_changes(study: Study) -> Iterator[Row]:
    actions = [verb.label for verb in Verb if verb.stage == "framework"]
    for one in decisions_of_kinds(study, actions):
        what = [str(one.seq), one.at, one.coder, one.action, one.subject]
        yield [*what, one.reason, str(one.framework_version)]


def _settings(study: Study) -> Iterator[Row]:
    for setting in study.all(Setting):
        if not is_redaction(setting.id):
            yield [setting.id, setting.value]


def _why(study: Study) -> Iterator[Row]:
    for document in study.all(Document, order="key"):
        if document.why_included or document.excluded_why:
            yield [document.key, document.title, document.why_included, document.excluded_why]


def _statuses(study: Study) -> Iterator[Row]:
    for status in study.all(Status, order="position"):
        needs = ", ".join(status.needs)
        counted = "counted" if status.in_denominator else "leaves the denominator"
        yield [status.label, status.mark, status.definition, needs, _words(dict(status.values)), counted]


def _rules(study: Study) -> Iterator[Row]:
    for rule in study.all(CountingRule, order="position"):
        yield [rule.id, rule.label]


def memo_sheet(of: AuditClass) -> Sheet:
    """Give the table of the memos that are told in a class."""

    def rows(study: Study) -> Iterator[Row]:
        for memo in study.all(Memo, order="at"):
            if memo.kind in of.memos:
                yield [memo.at, memo.coder, memo.kind, memo.anchor, memo.content, memo.id]

    kinds = " and ".join(f"{kind}s" for kind in of.memos)
    return Sheet(of, "memos", f"Memos: {kinds}", ("at", "coder", "kind", "on", "memo", "id"), rows)


SHEETS: Sequence[Sheet] = (
    Sheet(RAW, "register", "The document register", (*_DOCUMENT, "cases"), _register),
    Sheet(RAW, "cases", "The cases", ("id", "name", "attributes"), _cases),
    Sheet(
        REDUCTION,
        "codings",
        "The codings",
        (
            *("id", "coder", "code", "document", "text", "language", "characters", "place", "words"),
            "doubt",
        ),
        _codings,
    ),
    Sheet(
        REDUCTION,
        "searches",
        "Searches in vain",
        ("at", "coder", "case", "code", "documents", "terms", "note"),
        _searches,
    ),
    Sheet(
        SYNTHESIS,
        "framework",
        "The framework as it stands",
        ("number", "what", "name", "definition", "include", "exclude", "origin", "state"),
        _framework,
    ),
    Sheet(
        SYNTHESIS,
        "framework-versions",
        "Released versions of the framework",
        ("version", "at", "coder", "reason", "sha256"),
        _versions,
    ),
    Sheet(
        SYNTHESIS,
        "claims",
        "The claims",
        (
            *("id", "author", "kind", "title", "statement", "basis", "rival", "negative search"),
            *("state", "evidence"),
        ),
        _claims,
    ),
    Sheet(PROCESS, "reading", "How far texts were read", ("text", "coder", "state", "characters"), _readings),
    Sheet(
        PROCESS,
        "reversals",
        "Decisions that stand undone",
        ("decision", "coder", "action", "on", "undone by", "by coder", "reason"),
        _reversals,
    ),
    Sheet(INTENTIONS, "settings", "Question and settings", ("setting", "value"), _settings),
    Sheet(
        INTENTIONS,
        "why-in-or-out",
        "Why documents are in or out",
        ("document", "title", "why included", "why left out"),
        _why,
    ),
    Sheet(
        INSTRUMENT,
        "statuses",
        "The statuses",
        ("label", "mark", "definition", "needs", "values", "denominator"),
        _statuses,
    ),
    Sheet(INSTRUMENT, "rules", "The counting rules", ("id", "label"), _rules),
    Sheet(
        INSTRUMENT,
        "framework-changes",
        "Changes of the framework",
        ("decision", "at", "coder", "action", "on", "reason", "framework version"),
        _framework_changes,
    ),
    *(memo_sheet(of) for of in (REDUCTION, PROCESS, INTENTIONS, INSTRUMENT)),
)
"""Every table for people, class by class."""
