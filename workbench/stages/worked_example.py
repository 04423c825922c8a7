"""The worked example: a study built from the teaching corpus by the same functions an analyst uses."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path

from workbench.errors import StudyFileError, UnreadableFile
from workbench.exchange.codebook import read_codebook
from workbench.exchange.register import read_register
from workbench.model.case import Document, ReadingState
from workbench.model.cell import Cell, CellState
from workbench.model.claim import Basis, ClaimKind, Role
from workbench.model.memo import MemoKind
from workbench.model.text import Passage, Text
from workbench.sources import read_file
from workbench.stages import chart, familiarise, framework_versions, index, interpret
from workbench.stages.importing import ImportPlan, importing
from workbench.stages.register import find_case, find_document
from workbench.stages.setup import new_study
from workbench.study.study import Study

TITLE = "Worked example: measures for foreign residents (composed for teaching)"
Row = Mapping[str, str]


def corpus_folder() -> Path:
    """Find the teaching corpus: inside the package where it was installed, beside it in a checkout."""
    package = Path(__file__).resolve().parents[1]
    for folder in (package / "corpus", package.parent / "corpus"):
        if (folder / "register.csv").is_file():
            return folder
    raise StudyFileError("The teaching corpus is not installed.", do="Install the program anew.")


def build_example(path: Path, *, coder: str, progress: Callable[[str], None] = lambda _: None) -> None:
    """Build the worked example as a new study file; leaves none behind where anything goes wrong."""
    corpus = corpus_folder()
    codebook = corpus.parent / "codebook.yaml"
    progress("Reading the codebook")
    book = read_codebook(codebook.name, codebook.read_bytes())
    study = new_study(path, title=TITLE, coder=coder, codebook=book)
    try:
        _work_through(study, corpus, progress)
    except BaseException:
        study.close()
        path.unlink(missing_ok=True)
        raise
    study.close()


def _work_through(study: Study, corpus: Path, progress: Callable[[str], None]) -> None:
    """Do every stage in one transaction, since nobody waits for the single decisions."""
    coder = study.coder
    with study.transaction():
        building = _Building(study, corpus)
        for label, step in (
            ("Importing the documents", building.import_documents),
            ("Marking the texts as read", building.read_everything),
            ("Releasing the framework", building.release),
            ("Indexing", building.index_passages),
            ("Writing memos", building.write_memos),
            ("Recording searches in vain", building.record_searches),
            ("Charting", building.chart_cells),
            ("Writing footnotes", building.write_footnotes),
            ("Making claims", building.make_claims),
        ):
            progress(label)
            step()
        study.coder = coder


@dataclass(slots=True)
class _Building:
    """The example half built: which key of the corpus files became which excerpt."""

    study: Study
    corpus: Path
    excerpts: dict[str, str] = field(default_factory=dict)

    def rows(self, name: str) -> Iterator[Row]:
        with (self.corpus / name).open(encoding="utf-8", newline="") as file:
            yield from csv.DictReader(file)

    def import_documents(self) -> None:
        register = read_register("register.csv", (self.corpus / "register.csv").read_bytes())
        with importing(self.study, ImportPlan(register=register)) as run:
            for row in register:
                if row.file:
                    data, extractions = read_file(self.corpus / "documents" / Path(row.file).name)
                    run.add(row.file, data, extractions)

    def read_everything(self) -> None:
        for text in self.study.all(Text):
            familiarise.mark_reading(self.study, text.id, ReadingState.READ)

    def release(self) -> None:
        reason = "Tried on two documents of each case; the definitions hold."
        framework_versions.release(self.study, reason=reason)

    def text_of(self, row: Row) -> Text:
        document = find_document(self.study, row["document"])
        texts = self.study.all(Text, document_id=document.id, language=row["language"])
        if len(texts) != 1:
            raise UnreadableFile(
                f"The corpus has {len(texts)} texts of {row['document']} in {row['language']}."
            )
        return texts[0]

    def passage_of(self, row: Row) -> tuple[Text, Passage]:
        text = self.text_of(row)
        content = self.study.text_content(text.content_hash)
        if content.count(row["quote"]) != 1:
            raise UnreadableFile(
                f"The corpus quotes “{row['quote'][:40]}”, which is not once in {text.file_name}."
            )
        start = content.index(row["quote"])
        return text, Passage(start, start + len(row["quote"]))

    def index_passages(self) -> None:
        main = self.study.coder
        for (_, _, _, coder), group in groupby(
            self.rows("codings.csv"),
            key=lambda row: (row["document"], row["language"], row["quote"], row["coder"]),
        ):
            rows = list(group)
            text, passage = self.passage_of(rows[0])
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
        main = self.study.coder
        for row in self.rows("memos.csv"):
            self.study.coder = row["coder"] or main
            text, passage = self.passage_of(row)
            familiarise.note_passage(self.study, text.id, passage, row["text"], kind=MemoKind(row["kind"]))
        self.study.coder = main

    def record_searches(self) -> None:
        main = self.study.coder
        for row in self.rows("searches.csv"):
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

    def chart_cells(self) -> None:
        for row in self.rows("cells.csv"):
            case_id, code_id = find_case(self.study, row["case"]).id, row["code"]
            chart.write_cell(self.study, case_id, code_id, summary=row["summary"], comment=row["comment"])
            keys = row["excerpts"].split()
            if keys:
                links = [self.excerpts[key] for key in keys]
                chart.link_excerpts(self.study, case_id, code_id, links)
            for quote in filter(None, (part.strip() for part in row["quotes"].split("||"))):
                key, _, words = quote.partition(":")
                chart.insert_quote(self.study, case_id, code_id, self.excerpts[key.strip()], words.strip())
            chart.set_status(self.study, case_id, code_id, row["status"], note=row["restriction_or_note"])
            self.mark(case_id, code_id, CellState(row["state"]))

    def mark(self, case_id: str, code_id: str, state: CellState) -> None:
        if state is CellState.REVIEWED:
            chart.mark_cell(self.study, case_id, code_id, CellState.CHARTED)
        if state is not CellState.DRAFT:
            chart.mark_cell(self.study, case_id, code_id, state)

    def write_footnotes(self) -> None:
        for row in self.rows("footnotes.csv"):
            anchors = {
                "cell": lambda r: f"cell:{Cell.key(find_case(self.study, r['case']).id, r['code'])}",
                "column": lambda r: f"code:{r['code']}",
                "table": lambda r: f"theme:{r['theme']}",
            }
            chart.add_footnote(self.study, anchors[row["kind"]](row), row["text"])

    def make_claims(self) -> None:
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
