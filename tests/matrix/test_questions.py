"""What is asked for in words becomes a way of counting, or is refused with what is wrong."""

from __future__ import annotations

import re
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.matrix.ranked import CASES, build_ranked
from workbench.errors import WrongUsage
from workbench.matrix.chart import build_chart
from workbench.matrix.questions import EVERY_NAME, Question, asking_like, rank, rank_chart, variant_of
from workbench.matrix.ranks import Basis, Ranked
from workbench.matrix.variants import Weights
from workbench.matrix.weights_reading import (
    exact_number,
    weights_of_file,
    weights_of_words,
    words_of_weights,
)
from workbench.study.study import Study


@pytest.fixture
def ranked(study: Study) -> Study:
    build_ranked(study)
    return study


def order(study: Study, question: Question) -> str:
    numbers = rank(study, question, drop=0)
    return numbers.order(numbers.sensitivity.base)


def test_a_question_without_anything_counts_as_the_study_lists_it(ranked: Study) -> None:
    numbers = rank(ranked, Question())
    assert numbers.order(numbers.sensitivity.base) == "Kobe > Kyoto > Nara"
    assert [place.score for place in numbers.sensitivity.ranking.places] == [4, 3, 1]
    assert numbers.sensitivity.base.variant.rule_id == "published"
    assert [drop.tried for drop in numbers.sensitivity.droppings] == [5, 10]


@pytest.mark.parametrize(
    ("question", "said"),
    [
        (Question(once=("lobbying",)), "Kobe = Kyoto > Nara"),
        (Question(once=(EVERY_NAME,)), "Kobe = Kyoto > Nara"),
        (Question(rule_id="strict"), "Kobe > Kyoto > Nara"),
        (Question(left_out=("lobby", "lobby-2")), "Kyoto > Kobe > Nara"),
        (Question(threshold=Fraction(3, 2)), "Kobe = Kyoto > Nara"),
        (Question(weights=Weights(codes={"talk": Fraction(3)})), "Kyoto > Kobe > Nara"),
        (Question(case_ids=("Kyoto", "Nara")), "Kyoto > Nara"),
        (Question(theme_id="rights"), "Kobe > Kyoto > Nara"),
        (Question(Ranked.THEMES), "2 School > 1 Rights"),
        (Question(Ranked.THEMES, basis=Basis.EQUAL_MEASURES, average_over=("Kobe",)), "1 Rights > 2 School"),
    ],
)
def test_each_part_of_a_question_changes_the_count(ranked: Study, question: Question, said: str) -> None:
    assert order(ranked, question) == said


def test_the_label_says_all_that_was_asked(ranked: Study) -> None:
    chart = build_chart(ranked)
    question = Question(
        basis=Basis.EQUAL_THEMES,
        once=("Lobbying",),
        left_out=("talk",),
        weights=Weights({"rights": Fraction(1, 2)}, {"desk": Fraction(2)}),
    )
    assert variant_of(chart, chart.rules[0], question).label == (
        "Published rule: qualified answers count 1; mean of the themes' shares; “Lobbying” counted once; "
        "without 2.2 Talk; 1 Rights weighs 1/2; 2.1 Desk weighs 2"
    )


def test_another_way_of_counting_can_be_asked_for_as_it_stands(ranked: Study) -> None:
    chart = build_chart(ranked)
    numbers = rank_chart(chart, Question(threshold=Fraction(1, 3)), drop=0)
    for other in numbers.sensitivity.others:
        question = asking_like(numbers.question, chart, other.variant)
        again = rank_chart(chart, question, drop=0)
        assert again.sensitivity.base.cases == other.cases
        assert question.threshold == Fraction(1, 3)


def test_who_stands_elsewhere_is_named(ranked: Study) -> None:
    numbers = rank(ranked, Question(), drop=1)
    once = next(o for o in numbers.sensitivity.others if o.variant.label.endswith("counted once"))
    assert numbers.moved(once) == ["Kobe", "Kyoto"]
    assert numbers.moved(numbers.sensitivity.base) == []


def test_themes_are_held_against_measures_left_out(ranked: Study) -> None:
    numbers = rank(ranked, Question(Ranked.THEMES))
    school, rights = numbers.sensitivity.ranks
    assert (school.place.name, school.place.score, rights.place.score) == ("school", Fraction(5, 3), 1)
    # Without Desk, School has 2/3 and falls behind; without any other it stays before.
    assert (school.dropping[0], numbers.sensitivity.droppings[0].turning) == (Fraction(4, 5), (("desk",),))


def test_a_rule_that_divides_by_nothing_leaves_ranks_undefined(ranked: Study) -> None:
    none = Weights(codes=dict.fromkeys(("ban", "lobby", "desk", "talk", "lobby-2"), Fraction(0)))
    numbers = rank(ranked, Question(basis=Basis.EQUAL_MEASURES, weights=none))
    assert [held.place.printed for held in numbers.sensitivity.ranks] == ["undefined"] * len(CASES)
    assert numbers.order(numbers.sensitivity.base) == ""


@pytest.mark.parametrize(
    ("question", "words"),
    [
        (Question(rule_id="mine"), "There is no counting rule mine. Rules: published, strict, half."),
        (Question(once=("Desk",)), "No two counted measures are named “Desk”."),
        (Question(left_out=("gone",)), "gone is no code or theme of the framework."),
        (Question(threshold=Fraction(-1)), "A threshold cannot be below zero."),
        (
            Question(weights=Weights(themes={"gone": Fraction(1)})),
            "gone is no code or theme of the framework.",
        ),
        (Question(weights=Weights(codes={"ban": Fraction(-1)})), "ban weighs less than nothing."),
    ],
)
def test_what_cannot_be_counted_is_refused(ranked: Study, question: Question, words: str) -> None:
    with pytest.raises(WrongUsage, match=re.escape(words)):
        rank(ranked, question)


def test_a_study_without_a_rule_cannot_be_counted(study: Study) -> None:
    with pytest.raises(WrongUsage, match="has no counting rule"):
        rank(study, Question())


def test_progress_is_told_and_can_stop_the_work(ranked: Study) -> None:
    told: list[str] = []

    class Stop(Exception):
        pass

    def progress(what: str, done: int, of: int) -> None:
        told.append(what)
        if what == "two measures left out":
            raise Stop

    with pytest.raises(Stop):
        rank(ranked, Question(), progress=progress)
    assert set(told) == {
        "reading the matrix",
        "other ways of counting",
        "one measure left out",
        "two measures left out",
    }


# weights


def test_weights_are_read_by_number_id_and_name(ranked: Study) -> None:
    read = weights_of_words(ranked.framework, "1 = 2, School=1/2 ,2.1=0.25, talk=0")
    assert read.themes == {"rights": 2, "school": Fraction(1, 2)}
    assert read.codes == {"desk": Fraction(1, 4), "talk": 0}
    assert words_of_weights(ranked.framework, read) == "1=2, 2=1/2, 2.1=1/4, 2.2=0"
    assert weights_of_words(ranked.framework, " ") == Weights()


def test_weights_are_read_from_a_file(ranked: Study) -> None:
    data = "\ufeffname,code,Weight\nRights,1,3\n\nDesk,2.1,1/2\n".encode()
    assert weights_of_file(ranked.framework, "w.csv", data).codes == {"desk": Fraction(1, 2)}
    read = weights_of_file(ranked.framework, "w.csv", b"code,weight\n1,3\n\n2.1,1/2\n")
    assert (read.themes, read.codes) == ({"rights": 3}, {"desk": Fraction(1, 2)})


def test_every_fault_of_a_file_of_weights_is_named_with_row_and_column(ranked: Study) -> None:
    data = b"code,weight\n2.1,-1\n9.9,1\nLobbying,1\n2.2,heavy\n1,1/0\n2.3,2\n2.3,3\n2.1\n"
    with pytest.raises(WrongUsage) as refused:
        weights_of_file(ranked.framework, "w.csv", data)
    for words in (
        "The weights in w.csv cannot be used.",
        "Line 2, weight: “-1” is less than nothing.",
        "Line 3, code: “9.9” is no one code or theme of the framework.",
        "Line 4, code: “Lobbying” is no one code or theme of the framework.",
        "Line 5, weight: “heavy” is no number.",
        "Line 6, weight: “1/0” divides by nothing.",
        "Line 8, code: “2.3” is there twice.",
        "Line 9, weight: “” is no number.",
        "Nothing was changed.",
    ):
        assert words in str(refused.value)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "no one column weight"),
        (b"code\n1\n", "no one column weight"),
        (b"weight\n1\n", "no one column weight"),
        (b"\xff\xfe", "is not UTF-8"),
        (b'code,weight\n"1,2\n', "is not CSV"),
    ],
)
def test_a_file_that_holds_no_weights_is_refused(ranked: Study, data: bytes, words: str) -> None:
    with pytest.raises(WrongUsage, match=words):
        weights_of_file(ranked.framework, "w.csv", data)


@pytest.mark.parametrize("words", ["1", "1=", "=1", "1=1e9", "1=１", "1=2=3", "1=+1", "1=1/2/3"])
def test_words_that_are_no_weights_are_refused(ranked: Study, words: str) -> None:
    with pytest.raises(WrongUsage):
        weights_of_words(ranked.framework, words)


@given(st.fractions(min_value=0, max_value=10**6, max_denominator=10**6))
def test_numbers_are_read_exactly(value: Fraction) -> None:
    assert exact_number(f" {value} ", "It") == value
