"""Key terms found in texts: longest first, in any writing, with the way back to the stored offsets."""

from __future__ import annotations

import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.language.glossary import Mark, Outcome, Role, TermFinder, longest, outcome, within
from workbench.model.glossary import Term, TermRule
from workbench.model.text import Passage

LIVING = Term(
    "t1", "ja", "en", "多文化共生", TermRule.KEEP_SOURCE, ("多文化の共生",), "tabunka kyōsei",
    ("multicultural coexistence",), ("integration",), "living together of many cultures",
)  # fmt: skip
COEXISTENCE = Term("t2", "ja", "en", "共生", TermRule.FIXED, (), "kyōsei", ("coexistence", "living together"))
RESIDENT = Term(
    "t3", "ja", "en", "外国人住民", TermRule.BY_CONTEXT, (), "",
    ("foreign resident", "non-Japanese resident"), ("alien",),
)  # fmt: skip
SUPPORT = Term("t4", "ja", "en", "サポート", TermRule.FIXED, (), "sapōto", ("support",))
TERMS = (LIVING, COEXISTENCE, RESIDENT, SUPPORT)
JA, EN = TermFinder(TERMS, "ja"), TermFinder(TERMS, "en-GB")


def told(finder: TermFinder, content: str) -> list[tuple[str, str, str]]:
    return [(content[m.start : m.end], m.term_id, m.role.value) for m in finder.marks(content)]


def test_the_longest_term_wins() -> None:
    assert told(JA, "多文化共生と共生") == [("多文化共生", "t1", "term"), ("共生", "t2", "term")]
    assert told(EN, "Multicultural coexistence, and coexistence.") == [
        ("Multicultural coexistence", "t1", "rendering"),
        ("coexistence", "t2", "rendering"),
    ]


@pytest.mark.parametrize(
    "written",
    ["サポート", "ｻﾎﾟｰﾄ", unicodedata.normalize("NFD", "サポート"), unicodedata.normalize("NFKD", "ｻﾎﾟｰﾄ")],
)
def test_width_and_normal_form_do_not_matter(written: str) -> None:
    content = f"窓口の{written}を"
    assert told(JA, content) == [(written, "t4", "term")]


@pytest.mark.parametrize(
    "written",
    ["kyōsei", "kyosei", "Kyousei", "KYŌSEI", unicodedata.normalize("NFD", "kyōsei")],
)
def test_a_transliteration_is_found_in_any_spelling(written: str) -> None:
    assert told(EN, f"The {written} plan") == [(written, "t2", "kept")]
    for between in (" ", "-", "\n", ""):
        whole = f"tabunka{between}{written}"
        assert told(EN, f"the “{whole}” plan") == [(whole, "t1", "kept")]


def test_words_are_found_in_their_forms_and_only_whole() -> None:
    assert told(EN, "Foreign Residents, the alien, aliens; alienation") == [
        ("Foreign Residents", "t3", "rendering"),
        ("alien", "t3", "forbidden"),
        ("aliens", "t3", "forbidden"),
    ]
    assert told(EN, "foreign, resident; non-Japanese residents") == [
        ("non-Japanese residents", "t3", "rendering")
    ]


def test_a_term_that_stays_in_its_script_is_found_in_the_translation() -> None:
    assert told(EN, "The plan on 多文化共生 (living together)") == [
        ("多文化共生", "t1", "kept"),
        ("living together", "t2", "rendering"),
    ]


def test_latin_words_beside_japanese_ones_are_found() -> None:
    term = Term("t9", "ja", "en", "NPO", TermRule.FIXED, renderings=("non-profit organisation",))
    assert told(TermFinder([term], "ja"), "ＮＰＯ法人とNPO") == [
        ("ＮＰＯ", "t9", "term"),
        ("NPO", "t9", "term"),
    ]


def test_two_terms_may_share_a_rendering() -> None:
    other = Term("t8", "ja", "en", "共存", TermRule.FIXED, renderings=("coexistence",))
    found = TermFinder((*TERMS, other), "en").marks("coexistence")
    assert {mark.term_id for mark in found} == {"t2", "t8"}


def test_other_languages_hold_nothing() -> None:
    assert TermFinder(TERMS, "fr").marks("coexistence 共生") == []
    assert TermFinder((), "ja").marks("共生") == []


@pytest.mark.parametrize(
    ("term", "content", "said"),
    [
        (LIVING, "tabunka kyosei", Outcome.AS_DECIDED),
        (LIVING, "multicultural coexistence (多文化共生)", Outcome.AS_DECIDED),
        (LIVING, "multicultural coexistence", Outcome.AWAY),
        (LIVING, "nothing of it", Outcome.AWAY),
        (LIVING, "tabunka kyosei or integration", Outcome.FORBIDDEN),
        (RESIDENT, "non-Japanese residents", Outcome.AS_DECIDED),
        (RESIDENT, "aliens", Outcome.FORBIDDEN),
        (RESIDENT, "newcomers", Outcome.UNKNOWN),
        (SUPPORT, "sapoto", Outcome.LEFT),
    ],
)
def test_what_became_of_a_term(term: Term, content: str, said: Outcome) -> None:
    assert outcome(term, TermFinder(TERMS, "en").marks(content)) is said


def test_only_marks_that_lie_whole_in_a_passage_count_there() -> None:
    marks = JA.marks("共生と共生と共生")
    assert [mark.start for mark in within(marks, Passage(1, 7))] == [3]


PIECES = st.sampled_from(
    ["多文化", "共生", "の", "tabunka ", "kyōsei", "ｻﾎﾟｰﾄ", "Coexistence ", "living ", "together",
     "alien ", "\n", unicodedata.normalize("NFD", "ō"), "が", "\u3099", "\u200b", "ﬁ", "İ", "𠮷"]
)  # fmt: skip


@given(st.lists(PIECES, max_size=12).map("".join), st.sampled_from([JA, EN]))
def test_marks_stand_in_order_inside_the_text_and_say_what_they_say(content: str, finder: TermFinder) -> None:
    marks = finder.marks(content)
    assert marks == longest(finder.candidates(content))
    for before, after in pairwise(marks):
        assert before.end <= after.start or before.passage == after.passage
    for mark in marks:
        assert 0 <= mark.start < mark.end <= len(content)
        again = finder.candidates(content[mark.start : mark.end])
        assert any((each.term_id, each.role) == (mark.term_id, mark.role) for each in again)


@given(
    st.lists(
        st.tuples(st.integers(0, 9), st.integers(1, 4)).map(
            lambda p: Mark(p[0], p[0] + p[1], "t", Role.TERM, "")
        ),
        max_size=8,
    )
)
def test_of_overlapping_marks_the_first_and_longest_is_kept(marks: list[Mark]) -> None:
    kept = longest(marks)
    for mark in marks:
        rivals = [each for each in kept if each.start < mark.end and mark.start < each.end]
        assert rivals
        assert mark in kept or any((each.start, -each.end) <= (mark.start, -mark.end) for each in rivals)
