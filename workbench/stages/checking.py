"""Check a study: whether its file is whole, and where its comparisons are fragile."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from workbench.errors import WrongUsage
from workbench.matrix.lint import RULES as LINT_RULES
from workbench.matrix.lint import Progress, lint, quiet
from workbench.study.check import check_study
from workbench.study.log import Finding
from workbench.study.study import Study

WHOLE = "whole"
"""Name of the rule that file, log, tables, contents and quotes are whole."""
RULES = (WHOLE, *LINT_RULES)
"""Names of all rules, in the order in which they are tried."""


def check(study: Study, rules: Collection[str] = RULES, *, progress: Progress = quiet) -> list[Finding]:
    """List what the named rules find; where the file is not whole, nothing else is looked at.

    `progress` is told how far it has come; what it raises ends the check. Raises WrongUsage for a rule that
    there is not.
    """
    unknown = sorted(set(rules) - set(RULES))
    if unknown:
        raise WrongUsage(f"There is no rule {unknown[0]}. Rules: {', '.join(RULES)}.")
    if WHOLE in rules:
        broken = check_study(study, progress=progress)
        if broken:
            return [replace(finding, rule=WHOLE) for finding in broken]
    wanted = [rule for rule in LINT_RULES if rule in rules]
    return lint(study, wanted, progress=progress) if wanted else []
