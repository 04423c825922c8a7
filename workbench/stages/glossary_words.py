"""The report on key terms in words: documents, places and both sides, the same on every face."""

from __future__ import annotations

from collections.abc import Iterable

from workbench.exchange.glossary_report import CountRow, PlaceRow, Printed
from workbench.language.glossary import Outcome
from workbench.matrix.rounding import Rounding
from workbench.model.case import Document
from workbench.model.text import Text
from workbench.stages.glossary_report import NOT_LINKED, GlossaryReport, TermCount, Unlooked, Usage
from workbench.stages.search_scope import Citations
from workbench.study.study import Study

_ROUNDING = Rounding()


def printed(study: Study, report: GlossaryReport, usages: Iterable[Usage]) -> Printed:
    """Put a report into words, with the places that are asked for."""
    texts = {text.id: text for text in study.all(Text)}
    documents = {document.id: document.key for document in study.all(Document)}
    sources, targets = Citations(study), Citations(study)

    def row(usage: Usage) -> PlaceRow:
        source, target = texts[usage.source_id], texts[usage.target_id]
        here, there = usage.source_passage, usage.target_passage
        return PlaceRow(
            usage.term.name,
            usage.term.rule.value,
            usage.outcome.value,
            documents[source.document_id],
            source.id,
            sources.of(source, usage.source),
            here.start,
            here.end,
            study.text_content(source.content_hash)[here.start : here.end],
            target.id,
            targets.of(target, usage.target),
            there.start,
            there.end,
            study.text_content(target.content_hash)[there.start : there.end],
            usage.way,
        )

    return Printed(
        tuple(count_row(count) for count in report.counts),
        tuple(row(usage) for usage in usages),
        tuple(sorted(unlooked_words(study, each) for each in report.unlooked)),
    )


def count_row(count: TermCount) -> CountRow:
    """Put the figures of a term into words."""
    share, term = count.share, count.term
    return CountRow(
        term.id,
        term.name,
        term.rule.value,
        count.places,
        count.looked,
        count.as_decided,
        "undefined" if share is None else _ROUNDING.percent(share),
        "undefined" if share is None else str(share),
        findings_words(count),
    )


def findings_words(count: TermCount) -> str:
    """Say what was found of a term that is not as decided; empty where nothing was."""
    found = [(each, number) for each, number in count.outcomes if each is not Outcome.AS_DECIDED]
    return "; ".join(f"{number} {each}" for each, number in found)


def unlooked_words(study: Study, unlooked: Unlooked) -> str:
    """Say in a sentence what could not be looked at."""
    text = study.get(Text, unlooked.text_id)
    key = study.get(Document, text.document_id).key
    places = "1 place" if unlooked.places == 1 else f"{unlooked.places} places"
    terms = "1 term" if len(unlooked.terms) == 1 else f"{len(unlooked.terms)} terms"
    why = unlooked.why
    if why == NOT_LINKED:
        why = f"{why} with text {unlooked.other_id}"
    return f"{key} (text {text.id}): {places} of {terms}, {why}."
