"""Words of a case, a document, a code and a language: what is counted, and what is left out."""

from __future__ import annotations

import pytest

from tests.properties.test_every_action import small_codebook
from tests.stages.test_text_versions import add
from workbench.errors import Refused
from workbench.model.case import Case, Document
from workbench.model.text import Passage, Text, TextKind
from workbench.stages import framework_versions, index, register, words
from workbench.stages.revising import revise_text
from workbench.stages.text_versions import describe_text
from workbench.stages.words import Asked, part_of, rest_of
from workbench.study.study import Study

EN = "The city shall support residents. Residents vote."


def contents(part: words.Part) -> list[str]:
    return [piece.content for piece in part.pieces]


@pytest.fixture
def corpus(study: Study) -> dict[str, str]:
    """Give a corpus with two languages, an excluded document, a draft and a replaced version; ids by name."""
    ids = {}
    for name, content, kind, language in (
        ("one.txt", EN, TextKind.ORIGINAL, "en"),
        ("two.txt", "Roads and bridges.", TextKind.ORIGINAL, "en"),
        ("ja.txt", "市は計画を作る。計画は公表する。", TextKind.ORIGINAL, "ja"),
        ("draft.txt", "Machine words.", TextKind.MACHINE_DRAFT, "en"),
        ("old.txt", "Old words.", TextKind.ORIGINAL, "en"),
        ("out.txt", "Words outside.", TextKind.ORIGINAL, "en"),
    ):
        text = add(study, name, content, kind)
        describe_text(study, text.id, language=language, maker="M")
        ids[name] = text.id
    describe_text(study, ids["two.txt"], maker="N")
    revise_text(study, ids["old.txt"], ids["two.txt"], reason="newer")
    register.exclude_document(study, study.get(Text, ids["out.txt"]).document_id, reason="off topic")
    return ids


def test_the_language_of_most_words_is_counted_and_the_others_are_named(
    study: Study, corpus: dict[str, str]
) -> None:
    part = part_of(study, Asked())
    assert (part.language, part.others) == ("en", ("ja",))
    assert sorted(contents(part)) == sorted([EN, "Roads and bridges."])
    assert contents(part_of(study, Asked(language="ja-JP"))) == ["市は計画を作る。計画は公表する。"]
    with pytest.raises(Refused, match="no words to count in de"):
        part_of(study, Asked(language="de"))


def test_a_code_counts_its_passages_and_the_rest_is_around_them(study: Study, corpus: dict[str, str]) -> None:
    framework_versions.apply_codebook(study, small_codebook(), reason="start")
    code = next(iter(study.framework.codes))
    for place in (Passage(0, 33), Passage(4, 20)):
        index.code_passage(study, corpus["one.txt"], place, [code])
    asked = Asked(code_id=code)
    assert contents(part_of(study, asked)) == [EN[:33]]
    assert sorted(contents(rest_of(study, asked, "en"))) == sorted([EN[33:], "Roads and bridges."])
    keys = words.key_words(part_of(study, asked), rest_of(study, asked, "en"), least=1)
    assert keys[0].here.term in ("city", "shall", "support")


def test_a_document_is_held_against_all_others_and_a_case_against_a_case(
    study: Study, corpus: dict[str, str]
) -> None:
    one = study.get(Text, corpus["one.txt"]).document_id
    assert contents(rest_of(study, Asked(document_id=one), "en")) == ["Roads and bridges."]
    case = study.all(Case)[0]
    assert part_of(study, Asked(case_id=case.id)).name == case.name
    assert EN in contents(rest_of(study, Asked(), "en", against=case.id))
    with pytest.raises(Refused, match="nothing outside"):
        rest_of(study, Asked(), "en")
    assert study.all(Document)


def test_counting_is_done_in_the_process_for_language(study: Study, corpus: dict[str, str]) -> None:
    seen: list[tuple[int, int]] = []

    def tell(done: int, of: int) -> bool:
        seen.append((done, of))
        return True

    found = words.frequent_words(part_of(study, Asked()), progress=tell)
    assert (found[0].term, found[0].count) == ("resident", 2)
    assert words.words_together(part_of(study, Asked()), least=1)
    with pytest.raises(Refused):
        words.frequent_words(part_of(study, Asked()), progress=lambda done, of: False)
