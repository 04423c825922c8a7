"""Key terms: decided on with reasons, looked for on both sides of links, told in the statement."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest

from tests.properties.test_every_action import tables
from tests.stages.test_linking import run_over
from tests.stages.test_text_versions import add
from workbench.errors import ReasonMissing, Refused, WrongUsage
from workbench.exchange.glossary_report import write_report
from workbench.exchange.statement import write_statement
from workbench.language.glossary import Outcome
from workbench.model.glossary import Term, TermRule
from workbench.model.text import Text, TextKind
from workbench.stages import glossary, history
from workbench.stages.aligning import align_texts
from workbench.stages.glossary_report import (
    NO_TRANSLATION,
    NOT_LINKED,
    GlossaryReport,
    Usage,
    glossary_report,
)
from workbench.stages.glossary_words import printed
from workbench.stages.linking import pair_for_run
from workbench.stages.register import exclude_document
from workbench.stages.text_versions import describe_text
from workbench.stages.translation_statement import translation_statement
from workbench.study.check import check_study
from workbench.study.study import Study

JA = "多文化共生を進める。\n共生は大切である。\n市は共生を支える。\n外国人住民は意見を言う。\n共生の日。\n"
EN = (
    "The city promotes tabunka kyousei.\nCoexistence matters.\nThe city supports living together.\n"
    "Aliens speak.\nA day of it.\n"
)
LIVING = Term(
    "", "ja", "en", "多文化共生", TermRule.KEEP_SOURCE, transliteration="tabunka kyōsei",
    renderings=("multicultural coexistence",), gloss="living together of many cultures",
)  # fmt: skip
COEXISTENCE = Term(
    "",
    "ja",
    "en",
    "共生",
    TermRule.FIXED,
    transliteration="kyōsei",
    renderings=("coexistence", "living together"),
)
RESIDENT = Term(
    "", "ja", "en", "外国人住民", TermRule.BY_CONTEXT, renderings=("resident",), forbidden=("alien",)
)


@pytest.fixture
def pair(study: Study) -> tuple[Text, Text]:
    source = add(study, "ja.txt", JA)
    target = add(study, "en.txt", EN, TextKind.OFFICIAL_TRANSLATION)
    describe_text(study, source.id, language="ja")
    describe_text(study, target.id, language="en", translates=source.id)
    return study.get(Text, source.id), study.get(Text, target.id)


@pytest.fixture
def terms(study: Study) -> list[Term]:
    return [glossary.add_term(study, term, reason="agreed") for term in (LIVING, COEXISTENCE, RESIDENT)]


def linked(study: Study, pair: tuple[Text, Text]) -> None:
    run_over(study, pair, *[((place,), (place,)) for place in range(5)])


def found(report: GlossaryReport) -> list[tuple[str, Outcome]]:
    return [(usage.term.term, usage.outcome) for usage in report.usages]


def words(study: Study, usage: Usage) -> tuple[str, str]:
    source, target = study.get(Text, usage.source_id), study.get(Text, usage.target_id)
    return (
        study.text_content(source.content_hash)[usage.source.start : usage.source.end],
        study.text_content(target.content_hash)[usage.target.start : usage.target.end],
    )


def test_terms_are_added_edited_and_removed_with_reasons(study: Study) -> None:
    with pytest.raises(ReasonMissing):
        glossary.add_term(study, LIVING)
    made = glossary.add_term(study, replace(LIVING, gloss="  living \n together "), reason="kept")
    assert made.gloss == "living together"
    with pytest.raises(ReasonMissing):
        glossary.edit_term(study, made.id, gloss="x")
    glossary.edit_term(study, made.id, forbidden=("integration",), reason="the author says so")
    decision = glossary.decided_on(study, made.id)
    assert decision is not None
    assert decision.reason == "the author says so"
    before = tables(study)
    history.undo(study)
    assert study.get(Term, made.id) == made
    history.redo(study)
    assert tables(study) == before
    glossary.remove_term(study, made.id, reason="out of scope")
    assert glossary.terms_of(study) == []
    assert check_study(study) == []


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"term": " "}, "needs its words"),
        ({"language": ""}, "needs its language"),
        ({"target_language": "ja-JP"}, "its own language"),
        ({"renderings": ()}, "has no rendering"),
        ({"renderings": ("one; two",)}, "semicolon"),
        ({"renderings": ("…",)}, "no letter"),
        ({"forbidden": ("COEXISTENCE",)}, "and may be so"),
        ({"variants": ("a\u200bb",)}, "cannot be seen"),
    ],
)
def test_a_term_that_says_too_little_is_refused(study: Study, changes: dict[str, Any], told: str) -> None:
    with pytest.raises(Refused, match=told):
        glossary.add_term(study, replace(COEXISTENCE, **changes), reason="x")
    assert study.all(Term) == []


def test_a_term_that_is_there_is_refused_in_any_writing(study: Study, terms: list[Term]) -> None:
    for again in ("共生", " 共生 "):
        with pytest.raises(Refused, match="has 共生 already"):
            glossary.add_term(study, replace(COEXISTENCE, term=again), reason="x")
    with pytest.raises(Refused, match="has 共生 already"):
        glossary.edit_term(study, terms[0].id, variants=("共生",), reason="x")
    german = replace(COEXISTENCE, target_language="de", renderings=("Zusammenleben",))
    assert glossary.add_term(study, german, reason="another language").target_language == "de"
    with pytest.raises(WrongUsage, match="Several terms"):
        glossary.find_term(study, "kyōsei")
    assert glossary.find_term(study, "多文化共生").id == terms[0].id


def test_a_file_adds_what_is_new_and_is_refused_where_it_says_otherwise(
    study: Study, terms: list[Term]
) -> None:
    new = replace(COEXISTENCE, term="共存")
    other = replace(RESIDENT, forbidden=())
    with pytest.raises(Refused, match="says otherwise of 外国人住民"):
        glossary.take_terms(study, [new, other, COEXISTENCE], reason="the list")
    assert len(study.all(Term)) == 3
    taken = glossary.take_terms(study, [new, other, COEXISTENCE], replaces=True, reason="the list")
    assert [len(part) for part in (taken.added, taken.changed, taken.same)] == [1, 1, 1]
    assert study.get(Term, terms[2].id).forbidden == ()
    with pytest.raises(Refused, match="has 共存 already"):
        glossary.take_terms(study, [replace(new, term="共に存する", variants=("共存",))], reason="x")


def test_every_rendering_is_told_with_its_place(
    study: Study, pair: tuple[Text, Text], terms: list[Term]
) -> None:
    linked(study, pair)
    report = glossary_report(study)
    assert sorted(found(report)) == sorted(
        [
            ("多文化共生", Outcome.AS_DECIDED),
            ("共生", Outcome.AS_DECIDED),
            ("共生", Outcome.ANOTHER),
            ("共生", Outcome.UNKNOWN),
            ("外国人住民", Outcome.FORBIDDEN),
        ]
    )
    assert [words(study, usage) for usage in report.findings] == [
        ("共生", "living together"),
        ("共生", "A day of it."),
        ("外国人住民", "Aliens"),
    ]
    [_, count, _] = sorted(report.counts, key=lambda each: [t.id for t in terms].index(each.term.id))
    assert (count.places, count.looked, count.share) == (3, 3, Fraction(1, 3))
    assert report.unlooked == ()
    assert found(glossary_report(study, [terms[2].id])) == [("外国人住民", Outcome.FORBIDDEN)]
    told = printed(study, report, report.findings)
    assert [(place.source_words, place.rendering) for place in told.places] == [
        ("市は共生を支える。", "living together"),
        ("共生の日。", ""),
        ("外国人住民は意見を言う。", "alien"),
    ]
    assert all(place.source_place and place.target_place for place in told.places)
    for format in ("markdown", "csv", "json"):
        data = write_report(study, told, format=format).decode()
        assert "forbidden rendering" in data
        assert study.head.hash in data


def test_a_fixed_term_that_is_always_rendered_alike_is_consistent(
    study: Study, pair: tuple[Text, Text]
) -> None:
    glossary.add_term(study, replace(COEXISTENCE, renderings=("love", "living together")), reason="x")
    run_over(study, pair, ((2,), (2,)))
    assert found(glossary_report(study)) == [("共生", Outcome.AS_DECIDED)]


def test_what_cannot_be_looked_at_is_told(study: Study, pair: tuple[Text, Text], terms: list[Term]) -> None:
    alone = add(study, "alone.txt", "共生、共生。\n")
    describe_text(study, alone.id, language="ja")
    report = glossary_report(study)
    assert report.usages == ()
    assert all(count.share is None for count in report.counts)
    assert {(each.text_id, each.why, each.places) for each in report.unlooked} == {
        (pair[0].id, NOT_LINKED, 5),
        (alone.id, NO_TRANSLATION, 2),
    }
    run_over(study, pair, ((0,), (0,)))
    [left] = [each for each in glossary_report(study).unlooked if each.why == NOT_LINKED]
    assert left.places == 4
    told = printed(study, report, report.findings)
    assert any("3 terms, not linked with text" in sentence for sentence in told.unlooked)
    exclude_document(study, alone.document_id, reason="out of scope")
    assert [each.why for each in glossary_report(study).unlooked] == [NOT_LINKED]


def test_the_report_can_be_ended(study: Study, pair: tuple[Text, Text], terms: list[Term]) -> None:
    with pytest.raises(Refused, match="ended"):
        glossary_report(study, progress=lambda done, of: False)


def test_the_aligner_hears_the_terms(study: Study, pair: tuple[Text, Text], terms: list[Term]) -> None:
    assert ("共生", ("coexistence", "living together", "共生", "kyōsei")) in pair_for_run(
        study, pair[0].id, pair[1].id
    ).glossary
    aligned = align_texts(study, pair[0].id, pair[1].id, plain=True)
    assert any("a term of the glossary" in reason for link in aligned.links for reason in link.reasons)


def test_the_statement_lists_the_key_terms(study: Study, pair: tuple[Text, Text], terms: list[Term]) -> None:
    linked(study, pair)
    told = write_statement(translation_statement(study)).decode()
    assert "多文化共生 (tabunka kyōsei): keep source" in told
    assert "gloss “living together of many cultures”" in told
    assert "1 of 3 linked passages as decided (33.3 %)" in told
    for term in terms:
        glossary.remove_term(study, term.id, reason="x")
    assert "The glossary has no term" in write_statement(translation_statement(study)).decode()
