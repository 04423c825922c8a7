"""What an export would contain, before it is written: whose words, how many, and who is named."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from workbench.errors import WrongUsage
from workbench.exchange.derived import leaving_originals, redactions_of
from workbench.exchange.matrix_export import export_matrix
from workbench.exchange.rewording import names_left, pseudonyms_for
from workbench.model.case import Document
from workbench.model.cell import CellState
from workbench.model.coding import Excerpt
from workbench.model.glossary import Term
from workbench.model.index_edition import IndexAnswer
from workbench.model.saved_chart import SavedChart
from workbench.model.text import Text
from workbench.stages.glossary_report import glossary_report
from workbench.stages.memos import anchored_memos
from workbench.study.audit_queries import coders_of, times_named
from workbench.study.queries import placed
from workbench.study.study import Study


@dataclass(frozen=True, slots=True)
class Preview:
    """What one kind of export would contain."""

    kind: str
    documents: Mapping[str, int]
    """Documents whose words leave -> how many excerpts of them."""
    coders: tuple[str, ...]
    """Everybody who is named."""
    counts: Mapping[str, int]
    """What leaves besides -> how much of it."""
    notes: tuple[str, ...]
    """What else there is to know."""
    redactions: int
    """Terms that are blacked out."""
    short: tuple[str, ...] = ()
    """Which names cannot be put otherwise everywhere."""

    @property
    def excerpts(self) -> int:
        """Count the excerpts whose words leave."""
        return sum(self.documents.values())

    def lines(self) -> Iterator[tuple[str, str]]:
        """Say it as pairs of name and words."""
        shown = [f"{key} {number}" if number else key for key, number in self.documents.items()]
        yield "words of documents", f"{len(shown)}: {', '.join(shown)}" if shown else "none"
        yield "excerpts", str(self.excerpts)
        for what, number in self.counts.items():
            yield what, str(number)
        yield "coders named", ", ".join(self.coders) or "none"
        yield "terms blacked out", str(self.redactions)
        for note in self.notes:
            yield "note", note

    def brief(self) -> str:
        """Say it in two lines, for a dialog."""
        counts = ", ".join(f"{number} {what}" for what, number in self.counts.items() if number)
        words = f"Words of {_several(len(self.documents), 'document')}, {_several(self.excerpts, 'excerpt')}"
        named = f"names {', '.join(self.coders)}" if self.coders else "names no coder"
        black = f"; {_several(self.redactions, 'term')} blacked out" if self.redactions else ""
        return " ".join((f"{words}{', ' if counts else ''}{counts}; {named}{black}.", *self.short))


def _several(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


def preview_export(
    study: Study, kind: str, *, view: SavedChart | None = None, pseudonyms: bool = False
) -> Preview:
    """Tell what an export of a kind would contain; `view` says which chart.

    Raises WrongUsage for a kind that there is not.
    """
    if kind not in PREVIEWS:
        raise WrongUsage(f"There is no export {kind}. Exports: {', '.join(PREVIEWS)}.")
    shown = PREVIEWS[kind](study, view)
    return with_pseudonyms(study, shown) if pseudonyms else shown


def with_pseudonyms(study: Study, shown: Preview) -> Preview:
    """Tell of the same export with coders named by number."""
    called = pseudonyms_for(coders_of(study))
    short = tuple(
        f"{name} is too short to be looked for in what coders wrote." for name in names_left(called)
    )
    return replace(
        shown, coders=tuple(called[name] for name in shown.coders), short=short, notes=(*shown.notes, *short)
    )


def _preview(
    study: Study,
    kind: str,
    *,
    documents: Iterable[str] = (),
    coders: Iterable[str] = (),
    counts: Mapping[str, int] | None = None,
    notes: Iterable[str] = (),
) -> Preview:
    named = set(coders) - {""}
    return Preview(
        kind,
        dict(sorted(Counter(documents).items())),
        tuple(name for name in coders_of(study) if name in named),
        counts or {},
        tuple(notes),
        len(redactions_of(study)),
    )


def _chart(study: Study, view: SavedChart | None) -> Preview:
    export = export_matrix(study, view=view, with_history=True, with_measures=False)
    cells = [cell for row in export.cells for cell in row]
    rows = [row for row in export.evidence if row.excerpt_id]
    of_rows = {(row.document, row.excerpt_id) for row in rows}
    of_others = {(side.document, row.excerpt_id) for row in rows for side in row.sides}
    history = [one for cell in cells for one in export.history_of(cell)]
    searches = [row.searched.coder for row in export.evidence if row.searched is not None]
    coders = [*(name for row in rows for name in row.coders), *searches, *(one.coder for one in history)]
    authors = [name for cell in cells for name in cell.author.split(", ")]
    written = sum(cell.state != CellState.NOT_ASSESSED.value for cell in cells)
    return _preview(
        study,
        "chart",
        documents=(document for document, _ in {*of_rows, *of_others}),
        coders=(*coders, *authors),
        counts={"cells": written, "decisions about cells": len({one.seq for one in history})},
        notes=("Decisions about cells go into html, json and xlsx only.",),
    )


def _picture(study: Study, view: SavedChart | None) -> Preview:
    notes = ("A picture holds the names of cases, themes and codes, and figures.",)
    return _preview(study, "picture", notes=notes)


def _memos(study: Study, view: SavedChart | None) -> Preview:
    memos = anchored_memos(study)
    keys = {document.id: document.key for document in study.all(Document)}
    quoted = {(each.document_id, each.quote) for each in memos if each.quote}
    return _preview(
        study,
        "memos",
        documents=(keys[document] for document, _ in quoted),
        coders=(each.memo.coder for each in memos),
        counts={"memos": len(memos)},
    )


def _codebook(study: Study, view: SavedChart | None) -> Preview:
    counts = {"themes": len(study.framework.themes), "codes": len(study.framework.codes)}
    notes = ("Definitions and examples of codes may quote documents.",)
    return _preview(study, "codebook", counts=counts, notes=notes)


def _edition(study: Study, view: SavedChart | None) -> Preview:
    answers = study.all(IndexAnswer)
    notes = ("Counted over all editions; excerpts are named by their ids, without their words.",)
    coders = (answer.coder for answer in answers)
    return _preview(study, "edition", coders=coders, counts={"answers": len(answers)}, notes=notes)


def _log(study: Study, view: SavedChart | None) -> Preview:
    return _preview(
        study,
        "log",
        documents=_quoted(study),
        coders=coders_of(study),
        counts={"decisions": study.head.count, "excerpts ever made": times_named(study, "excerpt")},
        notes=("The log holds everything that was ever written, also what was changed or removed later.",),
    )


def _quoted(study: Study) -> list[str]:
    return [one.document.key for one in placed(study, study.all(Excerpt, order="text_id"))]


def _bundle(study: Study, view: SavedChart | None) -> Preview:
    texts = study.all(Text)
    keys = {document.id: document.key for document in study.all(Document)}
    told = Counter(_quoted(study))
    documents = {keys[text.document_id]: told[keys[text.document_id]] for text in texts}
    redactions = redactions_of(study)
    leave, withheld = leaving_originals(study, redactions)
    notes = [
        "The bundle holds whole texts and original files, and everything that was ever written, also what "
        "was changed or removed later."
    ]
    if withheld:
        notes.append("Original files are withheld where nothing can be blacked out inside them.")
    return Preview(
        "bundle",
        dict(sorted(documents.items())),
        tuple(coders_of(study)),
        {
            "whole texts": len(texts),
            "original files": leave,
            "original files withheld": withheld,
            "decisions": study.head.count,
            "excerpts ever made": times_named(study, "excerpt"),
        },
        tuple(notes),
        len(redactions),
    )


def _report(study: Study, view: SavedChart | None) -> Preview:
    notes = ("The report holds reasons, titles and causes of staleness, which may quote documents.",)
    counts = {"decisions, counted": study.head.count}
    return _preview(study, "report", coders=coders_of(study), counts=counts, notes=notes)


def _checklist(study: Study, view: SavedChart | None) -> Preview:
    notes = ("A checklist holds claims and memos on the study, which may quote documents.",)
    return _preview(study, "checklist", coders=coders_of(study), notes=notes)


def _statement(study: Study, view: SavedChart | None) -> Preview:
    makers = {maker: None for text in study.all(Text) if (maker := text.maker)}
    notes = ["The statement holds settings of the study and what was noted on approving drafts."]
    notes += [f"It names who made the texts: {', '.join(makers)}."] if makers else []
    approvers = (text.approved_by for text in study.all(Text))
    counts = {"texts, by name": len(study.all(Text))}
    return _preview(study, "statement", coders=approvers, counts=counts, notes=notes)


def _glossary(study: Study, view: SavedChart | None) -> Preview:
    return _preview(study, "glossary", counts={"key terms": study.count(Term)})


def _key_terms(study: Study, view: SavedChart | None) -> Preview:
    findings = glossary_report(study).findings
    keys = {document.id: document.key for document in study.all(Document)}
    of = {text.id: keys[text.document_id] for text in study.all(Text)}
    passages = {(each.source_id, each.source_passage) for each in findings}
    return _preview(
        study,
        "key-terms",
        documents=(of[text_id] for text_id, _ in passages),
        counts={"key terms": study.count(Term), "places not as decided": len(findings)},
        notes=("Each place has the words of the original and of the translation.",),
    )


PREVIEWS: Mapping[str, Callable[[Study, SavedChart | None], Preview]] = {
    "chart": _chart,
    "picture": _picture,
    "memos": _memos,
    "codebook": _codebook,
    "edition": _edition,
    "log": _log,
    "bundle": _bundle,
    "report": _report,
    "checklist": _checklist,
    "statement": _statement,
    "glossary": _glossary,
    "key-terms": _key_terms,
}
"""Kind of export -> what tells of it."""
