"""Make a study of many documents and codings, quickly, for measuring."""

from __future__ import annotations

import argparse
import random
from pathlib import Path

from workbench.exchange.codebook import Codebook, default_vocabulary
from workbench.model.case import Case, CaseDocument, Document
from workbench.model.coding import Coding, Excerpt
from workbench.model.decision import Verb
from workbench.model.framework import Code, Theme
from workbench.model.records import Record
from workbench.model.text import PlaceMap, Text, TextKind
from workbench.stages.setup import new_study
from workbench.study.places import bytes_of_places
from workbench.study.study import Study

SENTENCE = (
    "The city shall endeavour to hold consultations for foreign residents. 市は相談に応じるものとする。\n"
)


def make(path: Path, *, documents: int, codings: int) -> None:
    """Write a study with every record that a real one of this size would have."""
    rules, statuses = default_vocabulary()
    themes = tuple(Theme(f"t{n}", None, n, f"Theme {n}") for n in range(1, 6))
    codes = tuple(Code(f"t{t}c{n}", f"t{t}", n, f"Measure {t}.{n}") for t in range(1, 6) for n in range(1, 9))
    book = Codebook("Big", "", themes, codes, rules, statuses)
    rng = random.Random(7)
    with new_study(path, title="Big study", coder="A. Mori", codebook=book) as study, study.transaction():
        cases = [Case(f"case{n}", f"City {n}", n) for n in range(1, 41)]
        for case in cases:
            study.decide(Verb.ADD_CASE, f"case:{case.id}", put=[case])
        content = SENTENCE * 200
        places = PlaceMap(tuple(n * len(SENTENCE) for n in range(200)))
        shared = study.store(bytes_of_places(places))
        for number in range(documents):
            _document(study, number, cases[number % 40], content, shared)
        for number in range(codings):
            _coding(study, rng, number, codes, documents)


def _document(study: Study, number: int, case: Case, content: str, places: str) -> None:
    mine = f"Document {number}\n".ljust(len(SENTENCE) - 1) + "\n" + content[len(SENTENCE) :]
    digest = study.store(mine.encode())
    document = Document(f"d{number}", f"document-{number:05d}", f"Plan number {number}", issuer="The city")
    text = Text(
        id=f"x{number}",
        document_id=document.id,
        language="en",
        kind=TextKind.ORIGINAL,
        content_hash=digest,
        places_hash=places,
        original_hash=digest,
        file_name=f"{number}.txt",
        part="",
        format="txt",
        encoding="utf-8",
        characters=len(mine),
    )
    put: list[Record] = [document, text, CaseDocument.of(case.id, document.id)]
    study.decide(Verb.IMPORT_TEXTS, f"document:{document.id}", put=put)


def _coding(study: Study, rng: random.Random, number: int, codes: tuple[Code, ...], documents: int) -> None:
    text_id = f"x{number % documents}"
    start = (number // documents % 199 + 1) * len(SENTENCE)
    excerpt = Excerpt(f"e{number}", text_id, start, start + len(SENTENCE) - 1, SENTENCE[:-1])
    coding = Coding(f"k{number}", excerpt.id, rng.choice(codes).id, "A. Mori")
    study.decide(Verb.CODE_PASSAGE, f"coding:{coding.id}", put=[excerpt, coding])


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("path", type=Path)
    parser.add_argument("--documents", type=int, default=5_000)
    parser.add_argument("--codings", type=int, default=200_000)
    chosen = parser.parse_args()
    make(chosen.path, documents=chosen.documents, codings=chosen.codings)
