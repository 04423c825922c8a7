"""Key terms in a law and its translation: found, counted and placed, as a person counts them."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from tests.stages.test_text_versions import add
from workbench.language.glossary import Outcome
from workbench.model.glossary import Term, TermRule
from workbench.model.text import Text, TextKind
from workbench.stages import glossary
from workbench.stages.glossary_report import GlossaryReport, glossary_report
from workbench.stages.linking import Proposed, Run, pair_for_run, record_run
from workbench.stages.text_versions import describe_text
from workbench.study.study import Study

TERMS = (
    ("国会", ("Diet",), ()),
    ("内閣総理大臣", ("Prime Minister",), ()),
    ("内閣", ("Cabinet",), ("government",)),
    ("衆議院", ("House of Representatives",), ()),
    ("公共の福祉", ("public welfare", "general welfare"), ()),
    ("地方公共団体", ("local public entity",), ("local government",)),
)


@pytest.fixture
def report(study: Study, shared_data: Path) -> GlossaryReport:
    path = shared_data / "constitution-ja-en" / "aligned.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["ja"].strip() and row["en"].strip()]
    contents = ["".join(" ".join(row[language].split()) + "\n" for row in rows) for language in ("ja", "en")]
    source = add(study, "ja.txt", contents[0])
    target = add(study, "en.txt", contents[1], TextKind.OFFICIAL_TRANSLATION)
    describe_text(study, source.id, language="ja")
    pair = pair_for_run(study, study.get(Text, source.id).id, target.id)
    starts = [[0], [0]]
    for side, content in zip(starts, contents, strict=True):
        for line in content.split("\n")[:-1]:
            side.append(side[-1] + len(line) + 1)
    units = (pair.source_units, pair.target_units)
    links = []
    for row in range(len(rows)):
        here, there = (
            tuple(
                place
                for place, unit in enumerate(cut)
                if starts[side][row] <= unit.start < starts[side][row + 1]
            )
            for side, cut in enumerate(units)
        )
        links.append(Proposed(here, there, "by paragraph", 1000, ("known",)))
    record_run(study, pair, Run(tuple(links), "known-1", 1000, ()))
    for term, renderings, forbidden in TERMS:
        made = Term("", "ja", "en", term, TermRule.FIXED, renderings=renderings, forbidden=forbidden)
        glossary.add_term(study, made, reason="a term of the law")
    return glossary_report(study)


def test_terms_of_a_law_are_found_with_their_renderings(report: GlossaryReport) -> None:
    looked = {count.term.term: (count.looked, count.as_decided) for count in report.counts}
    assert looked == {
        "国会": (38, 37),
        "内閣総理大臣": (12, 12),
        "内閣": (20, 20),
        "衆議院": (17, 17),
        "公共の福祉": (4, 4),
        "地方公共団体": (5, 4),
    }
    assert report.unlooked == ()


def test_the_two_places_without_the_rendering_are_those_a_reader_finds(report: GlossaryReport) -> None:
    """Article 59(4) leaves the Diet out, article 94 says local entities."""
    assert [(usage.term.term, usage.outcome) for usage in report.findings] == [
        ("国会", Outcome.UNKNOWN),
        ("地方公共団体", Outcome.UNKNOWN),
    ]
