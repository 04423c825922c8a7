"""The audit report: what a supervisor reads to judge how a study was made."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from workbench.exchange.report import Facts, Report, Section, Table
from workbench.model.case import Case, CaseDocument, Document, Reading
from workbench.model.coding import Coding, Excerpt
from workbench.model.decision import Decision, Verb
from workbench.model.framework import CodeState, FrameworkVersion
from workbench.model.text import Text
from workbench.stages.audit_evidence import evidence_parts, unsupported_parts
from workbench.stages.checking import RULES
from workbench.stages.history import backward_steps
from workbench.stages.naming import Names
from workbench.study.audit_queries import (
    ActionCount,
    action_counts,
    coders_of,
    decisions_with_reasons,
    standing_undone,
)
from workbench.study.log import Finding
from workbench.study.origin import told_head
from workbench.study.study import Study

_STAGES = ("study", "familiarise", "framework", "index", "chart", "interpret", "history")
_STAGE_OF = {verb.label: verb.stage for verb in Verb}


def audit_report(study: Study, findings: Sequence[Finding]) -> Report:
    """Gather the audit report of a study; `findings` is what its checks found."""
    head = told_head(study)
    counts = action_counts(study)
    sections = (
        Section("study", "The study", list(_study(study))),
        Section("corpus", "The corpus", list(_corpus(study))),
        Section("framework", "The framework", list(_framework(study))),
        Section("decisions", "Decisions", list(_decisions(study, counts))),
        Section("reversals", "Reversals and reasons", list(_reversals(study))),
        Section("evidence", "Answers and their evidence", list(evidence_parts(study))),
        Section("unsupported", "Stale and unsupported", list(unsupported_parts(study))),
        Section("checks", "Checks", list(_checks(findings))),
        Section("verify", "How to verify", list(_verify(study))),
    )
    about = f"{head.count} decisions, head {head.hash}"
    return Report("Audit report", study.setting("title"), about, sections)


def _study(study: Study) -> Iterator[str | Facts]:
    count = study.head.count
    first, last = study.decision(1), study.decision(count)
    origin = study.origin
    version = study.framework_version
    yield Facts(
        [
            ("Question", study.setting("question") or "not written down"),
            ("Coders", ", ".join(coders_of(study))),
            ("First decision", f"{_time(first.at)} UTC, {first.coder}"),
            ("Last decision", f"{_time(last.at)} UTC, {last.coder}"),
            ("Framework", f"version {version}" if version else "not released yet"),
            ("Changed for export", "" if origin is None else origin.words),
            ("Written by", f"framework workbench {last.program}"),
        ]
    )
    yield (
        "Coders name themselves: a name here is declared, not proven. The log shows what was decided, in "
        "which order and why; it does not show that what was written is true."
    )


def _corpus(study: Study) -> Iterator[str | Table]:
    documents = study.all(Document, order="key")
    texts = study.all(Text)
    held = Counter(text.document_id for text in texts)
    excluded = [one for one in documents if one.excluded]
    yield (
        f"{len(documents)} documents in the register, {len(excluded)} of them left out; {len(texts)} texts "
        f"of {len(held)} documents; {study.count(Excerpt)} excerpts, {study.count(Coding)} codings."
    )
    serves: dict[str, list[str]] = {}
    for link in study.all(CaseDocument):
        serves.setdefault(link.case_id, []).append(link.document_id)
    rows: list[list[str | int]] = [
        [case.name, len(serves.get(case.id, [])), sum(held[one] for one in serves.get(case.id, []))]
        for case in study.all(Case, order="position")
    ]
    yield Table("Cases", ("Case", "Documents", "Texts"), rows)
    kinds = Counter((text.language or "unknown", text.kind.value) for text in texts)
    spoken: list[list[str | int]] = [[*kind, n] for kind, n in sorted(kinds.items())]
    yield Table("Texts by language", ("Language", "Kind", "Texts"), spoken)
    read = Counter((reading.coder, reading.state.value) for reading in study.all(Reading))
    far: list[list[str | int]] = [[*who, n] for who, n in sorted(read.items())]
    yield Table("Reading", ("Coder", "State", "Texts"), far)
    left = [[one.key, one.title, one.excluded_why] for one in excluded]
    yield Table("Documents left out", ("Document", "Title", "Why"), left)


def _framework(study: Study) -> Iterator[str | Table]:
    framework = study.framework
    states = Counter(code.state for code in framework.codes.values())
    told = ", ".join(f"{states[state]} {state}" for state in CodeState if states[state])
    yield f"{len(framework.themes)} themes; {len(framework.codes)} codes: {told or 'none'}."
    versions = [
        [f"Version {one.number}", _time(one.at), one.coder, one.reason]
        for one in study.all(FrameworkVersion, order="number")
    ]
    yield Table("Released versions", ("Version", "At", "Coder", "Reason"), versions)
    changes = [one for one in decisions_with_reasons(study) if _STAGE_OF.get(one.action) == "framework"]
    yield Table("Changes with a reason", _HEADS, _told(study, changes))


_HEADS = ("Decision", "At", "Coder", "What", "On", "Reason")


def _told(study: Study, decisions: Sequence[Decision]) -> list[list[str | int]]:
    names = Names(study)
    return [
        [
            one.seq,
            _time(one.at),
            one.coder,
            one.action,
            names.of(one.subject, one.after.get(one.subject) or one.before.get(one.subject)),
            one.reason,
        ]
        for one in decisions
    ]


def _time(at: str) -> str:
    """Write a time to the minute."""
    return at[:16].replace("T", " ")


def _decisions(study: Study, counts: Sequence[ActionCount]) -> Iterator[str | Table]:
    coders = list(dict.fromkeys(one.coder for one in counts))
    by_stage: Counter[tuple[str, str]] = Counter()
    by_month: Counter[tuple[str, str]] = Counter()
    by_action: Counter[str] = Counter()
    for one in counts:
        stage = _STAGE_OF.get(one.action, "other")
        by_stage[stage, one.coder] += one.number
        by_month[one.month, stage] += one.number
        by_action[one.action] += one.number
    stages = [stage for stage in (*_STAGES, "other") if any(by_stage[stage, coder] for coder in coders)]
    rows: list[list[str | int]] = [[stage, *(by_stage[stage, coder] for coder in coders)] for stage in stages]
    yield Table("Decisions by stage and coder", ("Stage", *coders), rows)
    months = sorted({month for month, _ in by_month})
    times: list[list[str | int]] = [
        [month, *(by_month[month, stage] for stage in stages)] for month in months
    ]
    yield Table("Decisions by month and stage", ("Month", *stages), times)
    yield Table(
        "Decisions by what they did", ("What", "Decisions"), [[*one] for one in by_action.most_common()]
    )
    backward = backward_steps(study)
    yield (
        f"A clock ran backwards {len(backward)} times, first at decision {backward[0][0]}."
        if backward
        else "The clock never ran backwards from one decision to the next."
    )


def _reversals(study: Study) -> Iterator[str | Table]:
    undone = standing_undone(study)
    rows: list[list[str | int]] = []
    for seq, by in undone.items():
        decision, undoing = study.decision(seq), study.decision(by)
        rows.append(
            [seq, decision.coder, decision.action, decision.reason, by, undoing.coder, undoing.reason]
        )
    heads = ("Decision", "Coder", "What", "Its reason", "Undone by", "Coder", "Reason")
    yield Table("Decisions that stand undone", heads, rows)
    others = [one for one in decisions_with_reasons(study) if _STAGE_OF.get(one.action) != "framework"]
    yield Table("Other decisions with a reason: overrides, exclusions, changes", _HEADS, _told(study, others))


def _checks(findings: Sequence[Finding]) -> Iterator[str | Table]:
    found = Counter(finding.rule for finding in findings)
    broken = bool(found[RULES[0]])
    rows: list[list[str | int]] = [
        [rule, "not run" if broken and rule != RULES[0] else (found[rule] or "nothing")] for rule in RULES
    ]
    yield (
        "The study is not whole; the other checks were not run."
        if broken
        else "The study is whole: file, log, tables, contents and quotes agree. What the other checks find "
        "is a question to the analysts, not an error."
    )
    yield Table("Checks that were run", ("Check", "Found"), rows)
    told = [[one.rule, one.place, one.what, one.do] for one in findings]
    yield Table("Findings", ("Check", "Place", "Finding", "Advice"), told)


def _verify(study: Study) -> Iterator[str | Facts]:
    head = told_head(study)
    yield Facts([("Decisions", str(head.count)), ("Head of the log", head.hash)])
    yield (
        "Every decision carries the hash of the one before it, so that an edit, a removal or a reorder is "
        "found. A log that was cut short or written anew as a whole is found only with a head that was kept "
        "outside the study: keep this page, or note the head."
    )
    yield (
        f"With the program: workbench log verify STUDY --against {head.hash}\n"
        "Without it: ask for the audit bundle (workbench log export STUDY -o FOLDER), which holds the "
        "log, the originals and instructions that need nothing but sha256sum and Python."
    )
