"""Audit: a study handed to a stranger, as a folder that can be verified or as a page to read."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from workbench.exchange.audit_bundle import Bundled, write_bundle
from workbench.exchange.derived import Derived, Progress, derive, redactions_of, silent
from workbench.exchange.rewording import Tally
from workbench.matrix.lint import RULES as LINT_RULES
from workbench.matrix.lint import lint
from workbench.stages.checking import WHOLE, check
from workbench.study.log import Finding
from workbench.study.origin import Origin
from workbench.study.study import Study


@dataclass(frozen=True, slots=True)
class AuditBundle:
    """A bundle that was written, and what was put in place of what."""

    bundled: Bundled
    origin: Origin | None
    """None where the bundle says what the study says."""
    pseudonyms: dict[str, str]
    """Coder -> what they are called in it."""
    tally: Tally


def as_audited(
    study: Study, *, now: Study | None = None, pseudonyms: bool = False, progress: Progress = silent
) -> Derived:
    """Give the study that an audit reads: itself, or one with terms blacked out or coders named otherwise.

    A past state is read with the terms that shall not leave today, those of the study as it is `now`.
    """
    redactions = redactions_of(now or study)
    if pseudonyms or redactions:
        return derive(study, redactions, pseudonyms=pseudonyms, progress=progress)
    return Derived(study, {}, Tally())


def findings_of(study: Study, leaving: Study) -> list[Finding]:
    """Run every check: what is whole on the study itself, what is fair on the study as it leaves."""
    return check(study, [WHOLE]) or lint(leaving, list(LINT_RULES))


def audit_page(
    study: Study, *, now: Study | None = None, pseudonyms: bool = False, progress: Progress = silent
) -> tuple[bytes, Origin | None]:
    """Write the audit report of a study as one page of HTML, and say what it was derived from, if it was."""
    from workbench.exchange.report_html import write_html
    from workbench.stages.audit_report import audit_report

    derived = as_audited(study, now=now, pseudonyms=pseudonyms, progress=progress)
    progress("Checking the study", 0, 1)
    findings = findings_of(now or study, derived.study)
    return write_html(audit_report(derived.study, findings)), derived.study.origin


def export_bundle(
    study: Study,
    folder: Path,
    *,
    now: Study | None = None,
    pseudonyms: bool = False,
    progress: Progress = silent,
) -> AuditBundle:
    """Write the audit bundle of a study into a new folder; nothing is left of one that is stopped.

    Raises Refused where the folder is there or a pattern of the redaction list takes too long.
    """
    derived = as_audited(study, now=now, pseudonyms=pseudonyms, progress=progress)
    progress("Checking the study", 0, 1)
    checks = findings_of(now or study, derived.study)
    bundled = write_bundle(derived.study, folder, checks=checks, progress=progress)
    return AuditBundle(bundled, derived.study.origin, derived.pseudonyms, derived.tally)
