"""The document register as lines, read again only as far as decisions have touched it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from workbench.model.case import Case, CaseDocument, Document, Reading
from workbench.model.records import split_key
from workbench.tui.widgets.document_list import DocumentLine

if TYPE_CHECKING:
    from workbench.study.queries import Coverage
    from workbench.study.study import Study


class CoverageLines:
    """Keep the coverage of a study at hand, since reading all of it takes long where documents are many."""

    def __init__(self, study: Study) -> None:
        self._study = study
        self._seen = 0
        self._by_id: dict[str, Coverage] = {}
        self._lines: dict[str, DocumentLine] = {}
        self.case_names: list[str] = []

    def __getitem__(self, document_id: str) -> Coverage:
        """Give the coverage of a document."""
        return self._by_id[document_id]

    def __len__(self) -> int:
        """Count the documents."""
        return len(self._by_id)

    def documents(self) -> list[Coverage]:
        """Give every document with what is held of it, as the study is now."""
        self.lines()
        return list(self._by_id.values())

    def lines(self) -> list[DocumentLine]:
        """Give every document as a line, as the study is now."""
        head = self._study.head.count
        if head != self._seen:
            touched = self._touched() if self._seen else None
            self._seen = head
            if touched is None or not self._can_follow(touched):
                self._read_all()
            else:
                self._read_touched(touched)
        return list(self._lines.values())

    def _touched(self) -> set[tuple[str, str]]:
        decisions = self._study.decisions(first=self._seen + 1)
        return {split_key(key) for decision in decisions for key in decision.keys}

    def _can_follow(self, touched: set[tuple[str, str]]) -> bool:
        """Tell whether no document or text came or went, and no case but at the end."""
        for kind, identifier in touched:
            if kind == "text":
                return False
            held = identifier in self._by_id and self._study.find(Document, identifier) is not None
            if kind == "document" and not held:
                return False
        return self._names()[: len(self.case_names)] == self.case_names

    def _names(self) -> list[str]:
        return [case.name for case in self._study.all(Case, order="position")]

    def _read_all(self) -> None:
        from workbench.study.queries import coverage

        self._by_id = {each.document.id: each for each in coverage(self._study)}
        self._lines = {identifier: line_of(each) for identifier, each in self._by_id.items()}
        self.case_names = self._names()

    def _read_touched(self, touched: set[tuple[str, str]]) -> None:
        kinds = {kind for kind, _ in touched}
        self.case_names = self._names()
        for kind, identifier in touched:
            if kind in ("document", "case-document"):
                self._read_document(identifier.rpartition(".")[2])
        if "reading" in kinds:
            texts = {identifier.partition(".")[0] for kind, identifier in touched if kind == "reading"}
            self._read_readings(texts)
        if "coding" in kinds:
            self._count_codings()

    def _read_document(self, identifier: str) -> None:
        links = {link.case_id for link in self._study.all(CaseDocument, document_id=identifier)}
        cases = [case.name for case in self._study.all(Case, order="position") if case.id in links]
        document = self._study.get(Document, identifier)
        self._keep(identifier, replace(self._by_id[identifier], document=document, cases=tuple(cases)))

    def _read_readings(self, text_ids: set[str]) -> None:
        for identifier, each in self._by_id.items():
            if any(text.id in text_ids for text in each.texts):
                readings = [r for text in each.texts for r in self._study.all(Reading, text_id=text.id)]
                self._keep(identifier, replace(each, readings=tuple(readings)))

    def _count_codings(self) -> None:
        from workbench.study.queries import coding_counts_by_text

        counts = coding_counts_by_text(self._study)
        for identifier, each in self._by_id.items():
            codings = sum(counts.get(text.id, 0) for text in each.texts)
            if codings != each.codings:
                self._keep(identifier, replace(each, codings=codings))

    def _keep(self, identifier: str, coverage: Coverage) -> None:
        self._by_id[identifier] = coverage
        self._lines[identifier] = line_of(coverage)


def line_of(coverage: Coverage) -> DocumentLine:
    """Make the line of one document."""
    document = coverage.document
    languages = tuple(text.language or "?" for text in coverage.texts)
    searched = (document.key, document.title, document.title_translation, document.issuer, *coverage.cases)
    return DocumentLine(
        id=document.id,
        key=document.key,
        title=document.title,
        cases=coverage.cases,
        languages=languages,
        state=coverage.state,
        codings=coverage.codings,
        excluded=document.excluded,
        folded=" ".join((*searched, *languages)).casefold(),
    )


def summary_of(lines: list[DocumentLine], case_names: list[str]) -> str:
    """Say how many documents are read, over all and case by case; excluded ones do not count."""
    kept = [line for line in lines if not line.excluded]
    read = sum(line.state == "read" for line in kept)
    parts = [f"{read} of {len(kept)} documents read"]
    excluded = len(lines) - len(kept)
    if excluded:
        parts.append(f"{excluded} excluded")
    of_case: dict[str, list[int]] = {name: [0, 0] for name in case_names}
    for line in kept:
        for name in line.cases:
            of_case[name][0] += line.state == "read"
            of_case[name][1] += 1
    parts += [f"{name} {done}/{held}" for name, (done, held) in of_case.items()]
    return " · ".join(parts)
