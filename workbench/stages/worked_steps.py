"""The steps in which the worked example is built from the files of the teaching corpus."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path

from workbench.errors import UnreadableFile
from workbench.exchange.codebook import read_codebook
from workbench.exchange.glossary import read_glossary
from workbench.exchange.index_sheet_reading import read_index_sheet
from workbench.exchange.register import read_register
from workbench.model.case import Document, ReadingState
from workbench.model.cell import Cell, CellState
from workbench.model.claim import Basis, ClaimKind, Role
from workbench.model.framework import title_setting
from workbench.model.memo import MemoKind
from workbench.model.saved_chart import Columns, SavedChart
from workbench.model.text import Passage, Text
from workbench.model.translation import Method, Verdict
from workbench.sources import read_file
from workbench.stages import (
    chart,
    edition_sheets,
    familiarise,
    framework_versions,
    glossary,
    index,
    interpret,
    linking,
    register,
    saved_charts,
    setup,
    text_versions,
    verification,
)
from workbench.stages.aligning import run_aligner
from workbench.stages.importing import ImportPlan, importing
from workbench.stages.register import find_case, find_document
from workbench.stages.summaries import refs_of_cell, write_marked
from workbench.study.study import Study

Row = Mapping[str, str]
_CITATION = re.compile(r"\[([a-z]\d+(?: [a-z]\d+)*)\]")
"""Keys of codings after a sentence of a summary: the evidence that it cites."""


@dataclass(slots=True)
class Building:
    """The example half built; each method is one step and writes what the files of the corpus say."""

    study: Study
    corpus: Path
    excerpts: dict[str, str] = field(default_factory=dict)
    """Key of a coding in the corpus files -> id of its excerpt."""

    def rows(self, name: str) -> Iterator[Row]:
        """Read one file of the corpus."""
        with (self.corpus / name).open(encoding="utf-8", newline="") as file:
            yield from csv.DictReader(file)

    def name_cases(self) -> None:
        """Add the cases with their attributes, in the order of every chart, and make the settings."""
        for row in self.rows("cases.csv"):
            attributes = {name: value for name, value in row.items() if name != "case" and value}
            register.add_case(self.study, row["case"], attributes=attributes)
        for row in self.rows("settings.csv"):
            setup.change_setting(self.study, row["setting"], row["value"], reason=row["why"])

    def import_documents(self) -> None:
        """Import every text that the register names, and enter what is not held."""
        listed = read_register("register.csv", (self.corpus / "register.csv").read_bytes())
        with importing(self.study, ImportPlan(register=listed)) as run:
            for row in listed:
                if row.file:
                    data, extractions = read_file(self.corpus / "documents" / Path(row.file).name)
                    run.add(row.file, data, extractions)

    def read_everything(self) -> None:
        """Mark every text as read."""
        for text in self.study.all(Text):
            familiarise.mark_reading(self.study, text.id, ReadingState.READ)

    def release(self) -> None:
        """Freeze the first framework as version 1."""
        reason = "Tried on two documents of each case; the definitions hold."
        framework_versions.release(self.study, reason=reason)

    def apply_framework(self, name: str) -> None:
        """Put another framework beside the first, and freeze both as the next version."""
        book = read_codebook(name, (self.corpus / name).read_bytes())
        why = "A second framework made beforehand, over the same passages."
        framework_versions.apply_codebook(self.study, book, reason=why)
        framework_versions.release(self.study, reason=f"{book.title} stands beside the measures.")

    def take_glossary(self) -> None:
        """Take the key terms in that the coders agreed on."""
        name = "glossary.yaml"
        terms = read_glossary(name, (self.corpus / name).read_bytes())
        why = "Agreed between both coders after the first reading; the memos on translation tell the options."
        glossary.take_terms(self.study, terms, reason=why)

    def describe_translations(self) -> None:
        """Say who made every translation of what; link those that are linked, as the aligner proposes it."""
        for row in self.rows("translations.csv"):
            source, target = (
                self._text_in(row["document"], row[side]) for side in ("translates", "language")
            )
            text_versions.describe_text(
                self.study,
                target.id,
                translates=source.id,
                maker=row["maker"],
                role=row["role"],
                competence=row["competence"],
                made=row["made"],
            )
            if row["linked"] == "yes":
                pair = linking.pair_for_run(self.study, source.id, target.id)
                linking.record_run(self.study, pair, run_aligner(pair, plain=True))

    def verify_translations(self) -> None:
        """Record what the second readers found."""
        main = self.study.coder
        for row in self.rows("verifications.csv"):
            text, passage = self._passage_of(row)
            self.study.coder = row["reader"]
            verification.verify_translation(
                self.study,
                text.id,
                passage,
                reader=row["reader"],
                method=Method(row["method"]),
                verdict=Verdict(row["verdict"]),
                note=row["note"],
            )
        self.study.coder = main

    def _text_in(self, key: str, language: str) -> Text:
        document = find_document(self.study, key)
        texts = self.study.all(Text, document_id=document.id, language=language)
        if len(texts) != 1:
            raise UnreadableFile(f"The corpus has {len(texts)} texts of {key} in {language}.")
        return texts[0]

    def _passage_of(self, row: Row) -> tuple[Text, Passage]:
        text = self._text_in(row["document"], row["language"])
        content = self.study.text_content(text.content_hash)
        if content.count(row["quote"]) != 1:
            raise UnreadableFile(
                f"The corpus quotes “{row['quote'][:40]}”, which is not once in {text.file_name}."
            )
        start = content.index(row["quote"])
        return text, Passage(start, start + len(row["quote"]))

    def index_passages(self, name: str) -> None:
        """Apply the codes of one file; neighbouring rows of one passage and coder are one decision."""
        main = self.study.coder
        for (_, _, _, coder), group in groupby(
            self.rows(name),
            key=lambda row: (row["document"], row["language"], row["quote"], row["coder"]),
        ):
            rows = list(group)
            text, passage = self._passage_of(rows[0])
            self.study.coder = coder or main
            codings = index.code_passage(self.study, text.id, passage, [row["code"] for row in rows])
            for row, coding in zip(rows, codings, strict=True):
                self.excerpts[row["key"]] = coding.excerpt_id
                if row["memo"]:
                    familiarise.write_memo(
                        self.study, f"coding:{coding.id}", row["memo"], kind=MemoKind.TRANSLATION
                    )
        self.study.coder = main

    def write_memos(self) -> None:
        """Write the memos on passages."""
        main = self.study.coder
        for row in self.rows("memos.csv"):
            self.study.coder = row["coder"] or main
            text, passage = self._passage_of(row)
            familiarise.note_passage(self.study, text.id, passage, row["text"], kind=MemoKind(row["kind"]))
        self.study.coder = main

    def record_searches(self, name: str) -> None:
        """Record the searches in vain that the answers "not found" rest on."""
        main = self.study.coder
        for row in self.rows(name):
            self.study.coder = row["by"] or main
            case = find_case(self.study, row["case"])
            keys = [key.strip() for key in row["documents"].split(";")]
            documents: list[Document] = [find_document(self.study, key) for key in keys]
            chart.record_search(
                self.study,
                case.id,
                row["code"],
                documents=[document.id for document in documents],
                terms=row["terms"].split(";"),
                note=row["note"],
            )
        self.study.coder = main

    def chart_cells(self, name: str) -> None:
        """Chart the cells of one file: evidence, quotes, words with their citations, status, state."""
        for row in self.rows(name):
            case_id, code_id = find_case(self.study, row["case"]).id, row["code"]
            if row["excerpts"]:
                links = [self.excerpts[key] for key in row["excerpts"].split()]
                chart.link_excerpts(self.study, case_id, code_id, links)
            for quote in filter(None, (part.strip() for part in row["quotes"].split("||"))):
                key, _, words = quote.partition(":")
                chart.insert_quote(self.study, case_id, code_id, self.excerpts[key.strip()], words.strip())
            summary = self._with_refs(row["summary"], refs_of_cell(self.study, case_id, code_id))
            write_marked(self.study, case_id, code_id, summary=summary, comment=row["comment"])
            if row["status"]:
                note = row["restriction_or_note"]
                chart.set_status(self.study, case_id, code_id, row["status"], note=note)
            self._mark(case_id, code_id, CellState(row["state"]))

    def _with_refs(self, summary: str, refs: Mapping[str, str]) -> str:
        """Write citations as an analyst does: refs such as `E1` in place of keys of the corpus files."""

        def marked(match: re.Match[str]) -> str:
            cited = dict.fromkeys(self.excerpts[key] for key in match.group(1).split())
            missing = [one for one in cited if one not in refs]
            if missing:
                raise UnreadableFile(f"The corpus cites {match.group()} in a cell that does not rest on it.")
            return f"[{' '.join(refs[one] for one in cited)}]"

        return _CITATION.sub(marked, summary)

    def _mark(self, case_id: str, code_id: str, state: CellState) -> None:
        if state is CellState.REVIEWED:
            chart.mark_cell(self.study, case_id, code_id, CellState.CHARTED)
        if state is not CellState.DRAFT:
            chart.mark_cell(self.study, case_id, code_id, state)

    def write_footnotes(self, name: str) -> None:
        """Put footnotes on cells, codes and themes, and on the tables of whole frameworks."""
        for row in self.rows(name):
            anchors = {
                "cell": lambda r: f"cell:{Cell.key(find_case(self.study, r['case']).id, r['code'])}",
                "column": lambda r: f"code:{r['code']}",
                "table": lambda r: f"theme:{r['theme']}",
                "framework": lambda r: f"setting:{title_setting(r['theme'])}",
            }
            chart.add_footnote(self.study, anchors[row["kind"]](row), row["text"])

    def save_charts(self, name: str) -> None:
        """Keep the charts of one file under their names."""
        for row in self.rows(name):
            attributes = tuple(filter(None, row["attributes"].split(";")))
            view = SavedChart(
                "",
                "",
                framework=row["framework"],
                theme_id=row["theme"] or None,
                columns=Columns(row["columns"]),
                attributes=attributes,
            )
            saved_charts.save_chart(self.study, row["name"], view)

    def import_index(self, name: str) -> None:
        """Take the sheet of an index edition in, with its answers and printed scores."""
        sheet = read_index_sheet(name, (self.corpus / name).read_bytes())
        edition_sheets.import_sheet(self.study, sheet, name)

    def make_claims(self) -> None:
        """Make the claims, with the cells and passages for and against them."""
        for row in self.rows("claims.csv"):
            claim = interpret.make_claim(
                self.study, ClaimKind(row["kind"]), row["title"], statement=row["statement"]
            )
            interpret.edit_claim(self.study, claim.id, basis=Basis(row["basis"]), rival=row["rival"])
            for column, role in (("cells", Role.SUPPORTS), ("negative_cells", Role.CONTRADICTS)):
                for place in row[column].split():
                    case, _, code_id = place.partition("/")
                    cell_id = Cell.key(find_case(self.study, case).id, code_id)
                    interpret.link_cell(self.study, claim.id, cell_id, role)
            for key in row["excerpts"].split():
                interpret.link_excerpt(self.study, claim.id, self.excerpts[key])
            if row["state"] == "held":
                interpret.hold_claim(self.study, claim.id)
