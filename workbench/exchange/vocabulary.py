"""The statuses and counting rules of a study whose codebook names none."""

from __future__ import annotations

from workbench.model.cell import CountingRule, Need, Status

_RULES = (
    CountingRule("published", "Published rule: qualified answers count 1", 1),
    CountingRule("strict", "Strict rule: only a plain Yes counts", 2),
    CountingRule("half", "Half rule: qualified answers count 1/2", 3),
)
_FULL = {"published": "1", "strict": "1", "half": "1"}
_QUALIFIED = {"published": "1", "strict": "0", "half": "1/2"}
_NONE = {"published": "0", "strict": "0", "half": "0"}

_STATUSES = (
    Status("yes", "Yes", "Y", 1, "A provision is there and nothing restricts it.", _FULL, (Need.EXCERPT,)),
    Status(
        "restricted",
        "Yes but restricted",
        "R",
        2,
        "A provision is there, for some groups, places, times or ranks only; the note says which.",
        _QUALIFIED,
        (Need.EXCERPT, Need.NOTE),
    ),
    Status(
        "partial",
        "Partially",
        "P",
        3,
        "Part of the definition is met; the note says which part.",
        _QUALIFIED,
        (Need.EXCERPT, Need.NOTE),
    ),
    Status(
        "no-stated",
        "No (stated)",
        "N",
        4,
        "A document says that it is not provided or that it is excluded.",
        _NONE,
        (Need.EXCERPT,),
    ),
    Status(
        "no-not-found",
        "No (not found)",
        "NF",
        5,
        "The documents were searched, and nothing was found.",
        _NONE,
        (Need.SEARCH,),
    ),
    Status(
        "not-specified",
        "Not specified",
        "?",
        6,
        "The topic is there, the answer is left open.",
        _NONE,
        (Need.EXCERPT_OR_SEARCH,),
    ),
    Status(
        "conflicting",
        "Conflicting",
        "C",
        7,
        "Documents disagree; it counts under no rule until somebody settles it.",
        {},
        (Need.TWO_EXCERPTS,),
    ),
    Status(
        "not-applicable",
        "Not applicable",
        "NA",
        8,
        "Outside what this case can decide; it leaves the denominator, and the note says why.",
        {},
        (Need.NOTE,),
        in_denominator=False,
    ),
)


def default_vocabulary() -> tuple[tuple[CountingRule, ...], tuple[Status, ...]]:
    """Give the rules and statuses for a codebook that names none; `not assessed` is the lack of one."""
    return _RULES, _STATUSES
