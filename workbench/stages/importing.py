"""Import: foreign files into the register, all of a run or nothing of it."""

from __future__ import annotations

import re
from codecs import BOM_UTF8
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from enum import StrEnum
from os.path import basename, splitext
from pathlib import PurePath
from typing import Any

from workbench.errors import NothingChanged, Refused, WorkbenchError
from workbench.exchange.register import RegisterRow
from workbench.language.citations import numbers_of
from workbench.model.case import Case, CaseDocument, Document
from workbench.model.coding import Excerpt
from workbench.model.decision import Decision, Verb
from workbench.model.identity import record_id, slug
from workbench.model.records import Record, key_of
from workbench.model.text import Text, TextKind
from workbench.sources import Extraction
from workbench.stages.carrying import Look
from workbench.stages.name_rules import doubtful, refuse_hidden
from workbench.stages.revising import Revision, revise_text
from workbench.stages.staleness import stale_from
from workbench.study.backup import keep_before
from workbench.study.backup_names import Why
from workbench.study.places import bytes_of_places
from workbench.study.queries import imported_parts
from workbench.study.study import Study

_KANA = re.compile(r"[\u3041-\u30ff]")
_SAME_TEXT = ("language", "kind", "file_name", "part")
"""What the versions of a text have in common, beside their document."""


class Outcome(StrEnum):
    """What became of a file."""

    IMPORTED = "imported"
    KNOWN = "already there"
    REFUSED = "refused"
    REGISTERED = "registered without a file"


@dataclass(frozen=True, slots=True)
class FileReport:
    """What became of one file, and what there is to say about it."""

    name: str
    outcome: Outcome
    document: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """What the importer is told about all files of a run."""

    case: str = ""
    """Case for every document, beside those the register names."""
    language: str = ""
    kind: TextKind = TextKind.ORIGINAL
    register: Sequence[RegisterRow] = ()
    revises: str = ""
    """Id of the text that the one text of the run takes the place of."""
    translates: str = ""
    """Id of the text that all texts of the run render."""
    reason: str = ""
    """Why the text is replaced."""
    look: Look = field(default_factory=Look)
    """May have looked ahead for what stands on the text that is replaced."""


class ImportRun:
    """An import under way: `add` or `refuse` each file; `importing` writes the decision at the end."""

    def __init__(self, study: Study, plan: ImportPlan) -> None:
        self.study = study
        self.plan = plan
        self.reports: list[FileReport] = []
        self.decision: Decision | None = None
        self.revision = Revision((), ())
        """What became of all that stood on the text that was replaced."""
        self._put: dict[str, Record] = {}
        self._cases = {case.name: case for case in study.all(Case)}
        self._documents = {document.key: document for document in study.all(Document)}
        self._known = imported_parts(study)
        self._rows = {row.file: row for row in plan.register if row.file}
        self._used: set[int] = set()
        self._doubts: list[str] = []
        """What is to be said of names that the file at hand brought."""
        self._by_lines = study.store(bytes_of_places(None))

    def refuse(self, name: str, error: WorkbenchError) -> FileReport:
        """Report a file that could not be read; the others are not touched by it."""
        return self._report(FileReport(name, Outcome.REFUSED, notes=(str(error),)))

    def add(self, name: str, data: bytes, extractions: Sequence[Extraction]) -> list[FileReport]:
        """Take in the texts of one file; parts that the study holds already are passed over.

        `name` is the path as the user gave it; its last part, or any longer end of it, is what a register
        calls the file.
        """
        row = self._row_of(name)
        original = self.study.store(data)
        reports = []
        for extraction in extractions:
            known = self._known.get((original, extraction.part))
            if known is not None:
                reports.append(self._report(_known_already(name, *known, extraction)))
                continue
            document = self._document(name, extraction, row)
            language = (row.language if row else "") or self.plan.language or _guessed(extraction.content)
            stored = self._stored(data, original, extraction, language)
            text = self._text(name, extraction, document, row, {**stored, "language": language})
            self._known[(original, extraction.part)] = (text.file_name, text.encoding)
            notes = (*extraction.notes, *(row.notes if row else ()), *self._doubts, *self._second(text))
            self._doubts.clear()
            reports.append(self._report(FileReport(name, Outcome.IMPORTED, document.key, notes)))
        return reports

    def _report(self, report: FileReport) -> FileReport:
        self.reports.append(report)
        return report

    def _row_of(self, name: str) -> RegisterRow | None:
        if not self._rows:
            return None
        path = PurePath(name)
        for count in range(1, len(path.parts) + 1):
            row = self._rows.get("/".join(path.parts[-count:]))
            if row is not None:
                self._used.add(row.line)
                return row
        return None

    def _document(self, name: str, extraction: Extraction, row: RegisterRow | None) -> Document:
        """Find or make the register entry a text belongs to."""
        if self.plan.revises:
            held = self.study.get(Document, self.study.get(Text, self.plan.revises).document_id)
            self._join(held, [self.plan.case] if self.plan.case else [])
            return held
        if row is not None:
            return self._registered(row, title=extraction.title)
        part = extraction.title or extraction.part if extraction.part else ""
        stem = splitext(basename(name))[0]
        key = slug(f"{stem} {part}" if part else stem, self._documents)
        fields = dict(extraction.fields)
        document = Document(record_id("d"), key, extraction.title or (f"{stem} {part}".strip()), extra=fields)
        self._join(document, [self.plan.case] if self.plan.case else [])
        return self._keep(document)

    def _registered(self, row: RegisterRow, *, title: str = "") -> Document:
        found = self._documents.get(row.document)
        values: dict[str, Any] = {**row.values, "extra": dict(row.extra)}
        values.setdefault("title", title or row.document)
        if found is None:
            found = Document(record_id("d"), row.document, **values)
        elif key_of(found) in self._put:
            found = replace(
                found, **{name: value for name, value in values.items() if not getattr(found, name)}
            )
        self._join(found, [*row.cases, *([self.plan.case] if self.plan.case else [])])
        return self._keep(found)

    def _keep(self, document: Document) -> Document:
        self._documents[document.key] = document
        self._put[key_of(document)] = document
        return document

    def _join(self, document: Document, names: Sequence[str]) -> None:
        for name in names:
            case = self._cases.get(name)
            if case is None:
                self._look_at_name(name)
                position = max((case.position for case in self._cases.values()), default=0) + 1
                case = self._cases[name] = Case(record_id("c"), name, position)
                self._put[key_of(case)] = case
            link = CaseDocument.of(case.id, document.id)
            self._put[key_of(link)] = link

    def _look_at_name(self, name: str) -> None:
        """Refuse a name of a case with hidden characters, and note one that looks like another."""
        refuse_hidden(name, "case")
        if other := doubtful(name, self._cases):
            self._doubts.append(f"The case {name} looks like the case {other}.")

    def _stored(self, data: bytes, original: str, extraction: Extraction, language: str) -> dict[str, str]:
        """Keep the content and the place map of a text; a file that is its own text is kept once."""
        numbers = numbers_of(extraction.content, language)
        same = extraction.encoding == "utf-8" and b"\r" not in data and not data.startswith(BOM_UTF8)
        return {
            "original_hash": original,
            "content_hash": original
            if same and extraction.mapped is None and not extraction.part
            else self.study.store(extraction.content.encode()),
            "places_hash": self._by_lines
            if extraction.mapped is None and not numbers
            else self.study.store(bytes_of_places(extraction.mapped, numbers)),
        }

    def _text(
        self,
        name: str,
        extraction: Extraction,
        document: Document,
        row: RegisterRow | None,
        stored: Mapping[str, str],
    ) -> Text:
        text = Text(
            id=record_id("t"),
            document_id=document.id,
            kind=(row.kind if row else None) or self.plan.kind,
            **stored,
            file_name=basename(name),
            part=extraction.part,
            format=extraction.format,
            encoding=extraction.encoding,
            characters=len(extraction.content),
            notes=extraction.notes,
            translates=self.plan.translates or None,
        )
        self._put[key_of(text)] = text
        return text

    def _second(self, text: Text) -> Iterator[str]:
        """Say so where the document holds another original in the same language that nothing has replaced."""
        if self.plan.revises or not _is_original(text) or not text.language:
            return
        new = [record for record in self._put.values() if isinstance(record, Text)]
        held = [*self.study.all(Text, document_id=text.document_id), *new]
        replaced = {each.revises for each in held}
        for other in held:
            same = (other.document_id, other.language) == (text.document_id, text.language)
            if same and _is_original(other) and other.id != text.id and other.id not in replaced:
                yield (
                    f"The document holds an original in {text.language} already: {other.file_name} "
                    f"(text {other.id}). If this takes its place, say so with: workbench version revise."
                )

    def _stale(self) -> list[Record]:
        """Give the cells and claims that rest on a text of which another version comes now, as stale.

        Where the run says which text it replaces, carrying the excerpts tells which of them.
        """
        if self.plan.revises:
            return []
        stale: dict[str, Record] = {}
        for text in [record for record in self._put.values() if isinstance(record, Text)]:
            if self.study.find(Document, text.document_id) is None:
                continue
            same = {name: getattr(text, name) for name in _SAME_TEXT}
            older = self.study.all(Text, document_id=text.document_id, **same)
            excerpts = [excerpt.id for each in older for excerpt in self.study.all(Excerpt, text_id=each.id)]
            cause = f"Another version of {text.file_name} was imported."
            stale |= {key_of(each): each for each in stale_from(self.study, excerpts=excerpts, cause=cause)}
        return list(stale.values())

    def finish(self) -> None:
        """Register the rows that no file came for, and write everything as one decision."""
        for row in self.plan.register:
            if row.line in self._used:
                continue
            known = row.document in self._documents
            document = self._registered(row)
            if not known:
                missing = (f"No file {row.file} was among those imported.",) if row.file else ()
                notes = (*missing, *row.notes, *self._doubts)
                self._doubts.clear()
                self._report(FileReport(row.file or "-", Outcome.REGISTERED, document.key, notes))
        if not self._put:
            return
        try:
            self.decision = self.study.decide(
                Verb.IMPORT_TEXTS,
                next(key for key in self._put if not key.startswith("case")),
                put=[*self._put.values(), *self._stale()],
            )
        except NothingChanged:
            return
        if self.plan.revises:
            self._revise()

    def _revise(self) -> None:
        """Let the one text of the run take the place of another, as a decision of its own."""
        texts = [record for record in self._put.values() if isinstance(record, Text)]
        if len(texts) != 1:
            raise Refused(f"One text is replaced by one; the files hold {len(texts)}.", do="Import one file.")
        self.revision = revise_text(
            self.study, self.plan.revises, texts[0].id, reason=self.plan.reason, look=self.plan.look
        )


def _known_already(name: str, file_name: str, encoding: str, extraction: Extraction) -> FileReport:
    """Report bytes that the study holds; those read in another encoding are refused: a text never changes."""
    held = f"The same bytes are already in the study as {file_name}"
    if encoding == extraction.encoding:
        return FileReport(name, Outcome.KNOWN, notes=(f"{held}.",))
    way_out = f"To read them as {extraction.encoding}, undo that import first (workbench log show names it)."
    return FileReport(name, Outcome.REFUSED, notes=(f"{held}, read as {encoding}. {way_out}",))


def _is_original(text: Text) -> bool:
    return text.kind in (TextKind.ORIGINAL, TextKind.REVISION) and not text.is_translation


def _guessed(content: str) -> str:
    """Tell Japanese by its kana; any other language is for the user to name."""
    return "ja" if not content.isascii() and _KANA.search(content) else ""


@contextmanager
def importing(study: Study, plan: ImportPlan, *, dry: bool = False) -> Iterator[ImportRun]:
    """Hold one import: whatever is added inside is in the study afterwards, as one decision, or not at all.

    A backup is made before, where there is work to save. An exception inside, Ctrl-C included, rolls
    everything back. `dry` finds out only, and writes nothing.
    """
    if not dry:
        keep_before(study, Why.IMPORT)
    try:
        with study.transaction():
            run = ImportRun(study, plan)
            yield run
            run.finish()
            if dry:
                raise _DryRun
    except _DryRun:
        run.decision = None


class _DryRun(Exception):
    """Leave the transaction without writing."""
