"""The six classes of an audit trail (Halpern 1983; Lincoln & Guba 1985), and what belongs to each."""

from __future__ import annotations

from dataclasses import dataclass

from workbench.model.memo import MemoKind


@dataclass(frozen=True, slots=True)
class AuditClass:
    """One class of material that an auditor looks for."""

    folder: str
    title: str
    holds: str
    """What a reader finds there, in a sentence."""
    kinds: tuple[str, ...]
    """Kinds of records that belong to it."""
    memos: tuple[MemoKind, ...] = ()
    """Kinds of memos that are told there; their records stand with the process notes."""


RAW = AuditClass(
    "1-raw-data",
    "Raw data",
    "The documents as imported, the texts taken out of them and how they translate each other, the register.",
    (
        "case",
        "document",
        "case-document",
        "text",
        "unit-cut",
        "alignment",
        "link",
        "verification",
        "term",
        "check-answer",
    ),
)
REDUCTION = AuditClass(
    "2-reduction-and-analysis",
    "Data reduction and analysis products",
    "Excerpts and codings, the charts with their cells, evidence and counts, searches in vain, notes.",
    (
        *(
            "excerpt",
            "left-behind",
            "suggestion",
            "coding",
            "reviewed",
            "cell",
            "cell-excerpt",
            "cell-quote",
            "search",
            "footnote",
            "chart",
        ),
        *("index-answer", "answer-excerpt", "printed-score"),
    ),
    (MemoKind.NOTE, MemoKind.QUESTION, MemoKind.TRANSLATION),
)
SYNTHESIS = AuditClass(
    "3-reconstruction-and-synthesis",
    "Data reconstruction and synthesis products",
    "The framework with its released versions, and the claims with their evidence and negative cases.",
    ("theme", "code", "framework-version", "claim", "claim-cell", "claim-excerpt"),
)
PROCESS = AuditClass(
    "4-process-notes",
    "Process notes",
    "The log of every decision, what was reversed, how far texts were read, method memos, what checks found.",
    ("reading", "memo"),
    (MemoKind.METHOD,),
)
INTENTIONS = AuditClass(
    "5-intentions-and-dispositions",
    "Materials on intentions and dispositions",
    "The question and the settings of the study, why documents were taken in or left out, reflections.",
    ("setting",),
    (MemoKind.REFLECTION,),
)
INSTRUMENT = AuditClass(
    "6-instrument-development",
    "Instrument development information",
    "Statuses and counting rules, ideas for codes, changes of the framework with reasons, index editions.",
    ("rule", "status", "index-edition", "indicator", "indicator-mapping"),
    (MemoKind.IDEA,),
)
CLASSES = (RAW, REDUCTION, SYNTHESIS, PROCESS, INTENTIONS, INSTRUMENT)
"""In the order in which a bundle has them."""
