"""The audit bundle: a study as a folder that a stranger can read and verify without this program."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from workbench.exchange.audit_classes import CLASSES, PROCESS, RAW, REDUCTION, SYNTHESIS
from workbench.exchange.audit_folder import NewFolder, new_folder
from workbench.exchange.audit_tables import SHEETS
from workbench.exchange.audit_verifying import LOG, MANIFEST, SCRIPT, SUMS, VERIFIER, instructions
from workbench.exchange.charts import write_chart
from workbench.exchange.csv import csv_table
from workbench.exchange.derived import Progress, silent
from workbench.exchange.log_export import log_pieces
from workbench.exchange.markdown import escaped
from workbench.model.case import Document
from workbench.model.decision import canonical
from workbench.model.framework import FrameworkVersion
from workbench.model.records import KINDS, to_json
from workbench.model.saved_chart import SavedChart
from workbench.model.text import Text
from workbench.study.log import Finding
from workbench.study.study import Study

_EXTENSIONS = frozenset(
    ("pdf", "docx", "odt", "html", "htm", "txt", "md", "epub", "rtf", "csv", "xlsx", "srt", "vtt")
)
"""Endings that a generated name may take over; any other file ends in `bin`."""


@dataclass(frozen=True, slots=True)
class Bundled:
    """What was written."""

    folder: Path
    files: int
    head: str
    """Head of the log in the bundle."""
    withheld: int
    """Originals that are not in it."""


def write_bundle(
    study: Study, folder: Path, *, checks: Sequence[Finding] = (), progress: Progress = silent
) -> Bundled:
    """Write the bundle of a study, as it is or derived, into a new folder.

    `checks` is what the checks of the study found. Whatever stops the work, by raising in `progress` or
    otherwise, leaves nothing behind. Raises Refused where the folder is there, and WorkbenchError where it
    cannot be written.
    """
    with new_folder(folder) as new:
        writing = _Bundle(study, new, progress)
        writing.write(checks)
        new.write(SUMS, [new.sealed()])
    return Bundled(folder, len(new.sums), study.head.hash, len(writing.withheld))


@dataclass
class _Bundle:
    """One bundle being written."""

    study: Study
    folder: NewFolder
    progress: Progress
    withheld: frozenset[str] = frozenset()
    """Hashes of contents that stay out, since nothing can be blacked out in them."""

    def write(self, checks: Sequence[Finding]) -> None:
        """Write every file but the sums."""
        self._log()
        self._records()
        self._sheets()
        self._documents()
        self._versions()
        self._charts()
        self._checks(checks)
        self._about()

    def _log(self) -> None:
        count = self.study.head.count
        for format in ("jsonl", "md", "csv"):
            name = LOG if format == "jsonl" else f"{PROCESS.folder}/decisions.{format}"
            pieces = log_pieces(self.study, format=format)
            self.folder.write(name, self._told(f"Writing the log as {format}", pieces, count))

    def _told(self, what: str, pieces: Iterable[bytes], of: int) -> Iterator[bytes]:
        for number, piece in enumerate(pieces):
            if number % 100 == 0:
                self.progress(what, min(number, of), of)
            yield piece

    def _records(self) -> None:
        """Write every table record by record, as the log has them."""
        for of in CLASSES:
            for kind in of.kinds:
                lines = (canonical(to_json(one)) + "\n" for one in self.study.all(KINDS[kind]))
                pieces = self._told(f"Writing {kind} records", (line.encode() for line in lines), 0)
                self.folder.write(f"{of.folder}/records/{kind}.jsonl", pieces)

    def _sheets(self) -> None:
        for done, sheet in enumerate(SHEETS):
            self.progress("Writing tables", done, len(SHEETS))
            rows = [list(map(str, row)) for row in sheet.rows(self.study)]
            name = f"{sheet.of.folder}/{sheet.name}"
            self.folder.write(f"{name}.csv", [csv_table([list(sheet.heads), *rows])])
            self.folder.write(f"{name}.md", _markdown(sheet.title, sheet.heads, rows))

    def _documents(self) -> None:
        """Write originals, texts and place maps once each under made-up names, and say which is which."""
        keys = {document.id: document.key for document in self.study.all(Document)}
        written: dict[str, str] = {}
        rows = []
        texts = self.study.all(Text)
        for number, text in enumerate(texts, 1):
            self.progress("Writing documents", number, len(texts))
            ending = text.format if text.format in _EXTENSIONS else "bin"
            original = self._content(written, text.original_hash, f"originals/original-{number:04}.{ending}")
            content = self._content(written, text.content_hash, f"texts/text-{number:04}.txt")
            places = self._content(written, text.places_hash, f"texts/places-{number:04}.json")
            about = [text.id, keys[text.document_id], text.language, text.kind.value, str(text.characters)]
            source = [original, text.original_hash, text.file_name, text.part, "; ".join(text.notes)]
            rows.append([*about, content, text.content_hash, places, *source])
        self.folder.write(f"{RAW.folder}/texts.csv", [csv_table([_TEXT_HEADS, *rows])])
        self.folder.write(f"{RAW.folder}/texts.md", _markdown("The texts", _TEXT_HEADS, rows))

    def _content(self, written: dict[str, str], digest: str, name: str) -> str:
        """Write a content once; give the name of its file, or say that it is withheld."""
        is_original = name.startswith("originals/")
        if is_original and self._is_withheld(digest):
            self.withheld |= {digest}
            return "withheld"
        if digest not in written:
            written[digest] = name
            self.folder.write(f"{RAW.folder}/{name}", [self.study.content(digest)])
        return written[digest]

    def _is_withheld(self, digest: str) -> bool:
        """Tell whether an original stays out; one that is plain text, with nothing marked in it, leaves."""
        redacted = self.study.origin is not None and self.study.origin.redactions
        return bool(redacted) and digest not in self._contents

    @cached_property
    def _contents(self) -> frozenset[str]:
        return frozenset(text.content_hash for text in self.study.all(Text))

    def _versions(self) -> None:
        for version in self.study.all(FrameworkVersion, order="number"):
            name = f"{SYNTHESIS.folder}/framework-version-{version.number:03}.yaml"
            self.folder.write(name, [self.study.content(version.snapshot_hash)])

    def _charts(self) -> None:
        prefixes = self.study.framework.prefixes
        for number, prefix in enumerate(prefixes, 1):
            for format in ("md", "csv", "json"):
                self.progress("Writing charts", number, len(prefixes))
                data = write_chart(self.study, format=format, view=SavedChart("", "", framework=prefix))
                self.folder.write(f"{REDUCTION.folder}/chart-{number}.{format}", [data])

    def _checks(self, checks: Sequence[Finding]) -> None:
        heads = ("rule", "place", "finding", "advice")
        rows = [[one.rule, one.place, one.what, one.do] for one in checks]
        self.folder.write(f"{PROCESS.folder}/checks.csv", [csv_table([heads, *rows])])
        self.folder.write(f"{PROCESS.folder}/checks.md", _markdown("What the checks found", heads, rows))

    def _about(self) -> None:
        self.folder.write(SCRIPT, [VERIFIER.encode()])
        head = self.study.head.hash
        self.folder.write("VERIFY.md", [instructions(head, self.study.origin).encode()])
        written = json.dumps(self._manifest(), ensure_ascii=False, indent=1, sort_keys=True) + "\n"
        self.folder.write(MANIFEST, [written.encode()])
        self.folder.write("README.md", [_readme(self.study, self.withheld).encode()])

    def _manifest(self) -> Mapping[str, Any]:
        study, origin = self.study, self.study.origin
        head = study.head
        derived = (
            {
                "changed": origin.words_of_all,
                "original_decisions": origin.head.count,
                "original_head": origin.head.hash,
            }
            if origin is not None
            else None
        )
        return {
            "bundle": "framework workbench audit bundle 1",
            "study": study.setting("title"),
            "log": LOG,
            "decisions": head.count,
            "head": head.hash,
            "derived": derived,
            "withheld": sorted(self.withheld),
            "classes": {of.folder: of.title for of in CLASSES},
        }


_TEXT_HEADS = (
    *("text", "document", "language", "kind", "characters", "file", "sha256", "places"),
    *("original", "original sha256", "original name", "part", "notes"),
)


def _markdown(title: str, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[bytes]:
    """Write a table as Markdown."""
    yield f"# {escaped(title)}\n\n".encode()
    if not rows:
        yield b"There is nothing of this in the study.\n"
        return
    yield f"| {' | '.join(map(escaped, heads))} |\n|{' --- |' * len(heads)}\n".encode()
    for row in rows:
        yield f"| {' | '.join(map(escaped, row))} |\n".encode()


def _readme(study: Study, withheld: Collection[str]) -> str:
    origin, head = study.origin, study.head
    lines = [f"# Audit bundle: {escaped(study.setting('title'))}", ""]
    if question := study.setting("question"):
        lines += [f"The study asks: {escaped(question)}", ""]
    lines += [f"{head.count} decisions, head `{head.hash}`.", ""]
    if origin is not None:
        lines += [
            f"**Derived.** {origin.words_of_all}. The original log has {origin.head.count} decisions and the "
            f"head `{origin.head.hash}`; the log here was chained anew over the changed words.",
            "",
        ]
    if withheld:
        lines += [
            f"{len(withheld)} original files are withheld, since nothing can be blacked out inside them; "
            "their hashes stand in `1-raw-data/texts.csv`.",
            "",
        ]
    lines += [
        "The folders follow the six classes of an audit trail (Halpern 1983, in Lincoln & Guba 1985, "
        "pp. 319-320). Tables stand as Markdown to read, as CSV for spreadsheets (words that could run as "
        "formulas bear an apostrophe), and in `records/` as JSON, unchanged, one record a line.",
        "",
        "| folder | class | what is in it |",
        "| --- | --- | --- |",
        *(f"| `{of.folder}` | {of.title} | {of.holds} |" for of in CLASSES),
        "",
        "Who decided what, when and why, on which text and under which version of the framework: "
        "`4-process-notes/decisions.md`, decision by decision. Records bear their keys, with what they were "
        "called at that time in parentheses; `1-raw-data/texts.md` says which file a text is. Places in "
        "texts are counted in characters (Unicode code points) from 0.",
        "",
        "How to verify all of it without any program of ours: `VERIFY.md`.",
        "",
    ]
    return "\n".join(lines)
