"""Rules about versions of texts: drafts that nobody approved, translations alone, versions replaced."""

from __future__ import annotations

from collections.abc import Iterator

from workbench.matrix.chart import Chart
from workbench.matrix.lint_words import cell_words, in_order, listed
from workbench.model.cell import Cell
from workbench.model.translation import Side
from workbench.study.log import Finding
from workbench.study.translation_queries import DOUBTED, SUPERSEDED, UNAPPROVED

_SAID = {
    Side.TRANSLATION_ONLY.value: (
        "All its evidence is in a translation and linked to no source: {where}.",
        "Align the texts, or link the passages of the source.",
    ),
    UNAPPROVED: (
        "It rests on a machine draft that nobody has approved: {where}.",
        "Approve the draft, or link other evidence.",
    ),
    SUPERSEDED: (
        "It rests on a version that a newer one has replaced: {where}.",
        "Place the excerpts in the new version, or say why they stay.",
    ),
    DOUBTED: (
        "It rests on a translation that was found doubtful or at fault: {where}.",
        "Read the source there, revise the translation, or link other evidence.",
    ),
}


def evidence_to_mind(chart: Chart) -> Iterator[Finding]:
    """Find cells with evidence of drafts, of translations alone or in doubt, and of superseded versions."""
    for charted in in_order(chart):
        for caveat in charted.caveats:
            of_it = [
                one
                for one in charted.excerpts
                if caveat in one.caveats or caveat == Side.TRANSLATION_ONLY.value
            ]
            where = listed(list(dict.fromkeys(f"{one.document.key}, {one.place}" for one in of_it)))
            what, do = _SAID[caveat]
            yield Finding(
                cell_words(chart, charted),
                what.format(where=where),
                do,
                f"cell:{Cell.key(charted.case_id, charted.code_id)}",
            )
