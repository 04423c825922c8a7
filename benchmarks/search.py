"""Search over a whole study against reading, decoding and `str.find` over the same texts.

The corpus is half Japanese, half English, in texts of some 20 kB, with full-width forms, curly quotes and
some NFD among it. `--megabytes 100` measures the size that the limits are set for.
"""

from __future__ import annotations

import argparse
import random
import tempfile
import time
import unicodedata
from collections.abc import Callable
from pathlib import Path

from workbench.model.case import Document
from workbench.model.decision import Verb
from workbench.model.text import Text, TextKind
from workbench.stages.search import Mode, Query, Search
from workbench.stages.setup import new_study
from workbench.study.file import open_study
from workbench.study.places import bytes_of_places
from workbench.study.study import Study

JAPANESE = (
    "市は、外国人住民の相談に応じる体制を整備するものとする。",
    "多文化共生の推進に関する施策を総合的かつ計画的に実施する。",
    "第１２条（人権の尊重）何人も、国籍等を理由とする不当な差別的取扱いを受けない。",
    "ガイドラインは、３年ごとに見直すことができる。",
    "前項の規定により、必要な財政上の措置を講ずるよう努めなければならない。",
    "生活に必要な情報は、やさしい日本語により提供する。",
)
ENGLISH = (
    "The city shall endeavour to hold consultations for foreign residents.",
    "Everyone’s rights are respected, and nobody is refused a service.",
    "The council “may” review the guidelines every three years.",
    "Measures are taken in the fields of housing, health and education.",
    "Information is given in plain language and in translation.",
)
QUERIES = (
    ("two common characters", Query("共生")),
    ("two rare characters", Query("難民")),
    ("two common kana", Query("する")),
    ("an English word", Query("rights")),
    ("a phrase", Query("foreign residents", Mode.PHRASE)),
    ("a pattern", Query("第[０-９]+条", Mode.REGEX)),
)


def make(path: Path, *, megabytes: int) -> None:
    """Write a study of texts, without codings."""
    rng = random.Random(5)
    with new_study(path, title="Much text", coder="A. Mori") as study, study.transaction():
        places = study.store(bytes_of_places(None))
        written = number = 0
        while written < megabytes * 1_000_000:
            language, sentences = ("ja", JAPANESE) if number % 2 else ("en", ENGLISH)
            content = "\n".join(rng.choices(sentences, k=240 if number % 2 else 300))
            if number % 50 == 1:
                content = unicodedata.normalize("NFD", content)
            written += len(content.encode())
            _add(study, number, language, content, places)
            number += 1


def _add(study: Study, number: int, language: str, content: str, places: str) -> None:
    digest = study.store(content.encode())
    document = Document(f"d{number}", f"document-{number:05d}", f"Plan {number}")
    text = Text(
        id=f"x{number}",
        document_id=document.id,
        language=language,
        kind=TextKind.ORIGINAL,
        content_hash=digest,
        places_hash=places,
        original_hash=digest,
        file_name=f"{number}.txt",
        part="",
        format="txt",
        encoding="utf-8",
        characters=len(content),
    )
    study.decide(Verb.IMPORT_TEXTS, f"document:{document.id}", put=[document, text])


def scan(study: Study, words: str) -> int:
    """Read and decode every text and count with `str.find`."""
    count = 0
    for text in study.all(Text):
        content = study.content(text.content_hash).decode("utf-8")
        at = content.find(words)
        while at >= 0:
            count += 1
            at = content.find(words, at + len(words))
    return count


def timed(work: Callable[[], int]) -> tuple[float, int]:
    """Give the best of three wall times and the count."""
    best, count = float("inf"), 0
    for _ in range(3):
        began = time.perf_counter()
        count = work()
        best = min(best, time.perf_counter() - began)
    return best, count


def first_hit(path: Path, query: Query) -> float:
    """Open the study anew and time the way to the first hit."""
    began = time.perf_counter()
    with open_study(path, read_only=True) as study:
        next(Search(study, query).hits(), None)
        return time.perf_counter() - began


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--megabytes", type=int, default=20)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "much.workbench"
        make(path, megabytes=chosen.megabytes)
        print(f"cold, tables made on the way: first hit after {first_hit(path, QUERIES[0][1]):.3f} s")
        with open_study(path, read_only=True) as study:
            print(f"{chosen.megabytes} MB in {study.count(Text)} texts; best of three, seconds")
            for name, query in QUERIES:
                plain, counted = timed(lambda query=query: scan(study, query.words))
                ours, found = timed(lambda query=query: sum(1 for _ in Search(study, query).hits()))
                print(
                    f"{name:>24}: {ours:.3f} for {found} hits; plain scan {plain:.3f} for {counted}; "
                    f"ratio {ours / plain:.2f}; first hit {first_hit(path, query):.3f}"
                )


if __name__ == "__main__":
    main()
