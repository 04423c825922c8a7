"""Passages found again in a new version: none in a wrong place, and nothing forgotten."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.language.anchoring import Anchored, Found, anchored, place_of
from workbench.language.units import sentences
from workbench.model.text import Passage


def squeezed(words: str) -> str:
    return "".join(words.split())


def one(old: str, new: str, words: str, number: int = 0) -> Anchored:
    at = -1
    for _ in range(number + 1):
        at = old.index(words, at + 1)
    [found] = anchored(old, new, [Passage(at, at + len(words))])
    return found


def words_at(new: str, found: Anchored) -> str:
    assert found.passage is not None
    return new[found.passage.start : found.passage.end]


def test_words_that_stand_once_are_carried_and_those_that_are_gone_are_lost() -> None:
    old = "The city opens a desk. It answers in Portuguese.\n"
    new = "Preamble.\nThe city opens a desk.\n"
    kept, gone = one(old, new, "The city opens a desk."), one(old, new, "It answers in Portuguese.")
    assert (kept.found, words_at(new, kept), kept.confidence) == (
        Found.CARRIED,
        "The city opens a desk.",
        1000,
    )
    assert (gone.found, gone.passage, gone.confidence) == (Found.LOST, None, 0)


def test_white_space_does_not_count_and_is_told() -> None:
    old, new = "The city opens\na desk for all.", "The  city opens a desk\nfor all."
    found = one(old, new, "city opens\na desk")
    assert (found.found, words_at(new, found), found.confidence) == (Found.CARRIED, "city opens a desk", 990)
    assert "White space" in found.why


def test_repeated_words_are_told_apart_by_what_is_around_them() -> None:
    old = (
        "Article 1. Rights of residents in the city. The city shall.\n"
        "Article 2. Duties of the firms that hire. The city shall.\n"
    )
    new = "Article 1. Duties of the firms that hire. The city shall.\n" + old.splitlines()[0] + "\n"
    for number, before in ((0, "in the city. "), (1, "that hire. ")):
        found = one(old, new, "The city shall.", number)
        assert found.found is Found.CARRIED
        assert found.passage is not None
        assert new[: found.passage.start].endswith(before)


def test_words_whose_double_was_struck_are_not_taken_for_certain() -> None:
    old = (
        "Alpha beta gamma delta. The city shall. Something else entirely. The city shall. Omega end of it.\n"
    )
    new = "Alpha beta gamma delta. The city shall. Omega end of it.\n"
    outcomes = [one(old, new, "The city shall.", number) for number in (0, 1)]
    assert {each.found for each in outcomes} == {Found.UNCERTAIN}


def test_changed_words_are_proposed_between_their_neighbours() -> None:
    old = "It begins here and now. Anyone under twenty years may apply. It ends there and then.\n"
    new = "It begins here and now. Anyone under eighteen years may apply. It ends there and then.\n"
    found = one(old, new, "Anyone under twenty years may apply.")
    assert (found.found, words_at(new, found)) == (
        Found.UNCERTAIN,
        "Anyone under eighteen years may apply.",
    )
    assert 600 <= found.confidence <= 900


def test_words_that_moved_among_other_sentences_are_less_sure() -> None:
    old = "One comes first here. Two comes after it. Three is the last one.\n"
    new = "Two comes after it. Three is the last one. One comes first here.\n"
    outcomes = anchored(old, new, sentences(old))
    assert {each.found for each in outcomes} == {Found.CARRIED}
    assert min(each.confidence for each in outcomes) == 900


def test_quoted_words_are_found_whatever_the_white_space() -> None:
    place = place_of("a\n desk", "open a desk")
    assert place == Passage(5, 11)
    assert place_of("  ", "open") is None


SENTENCES = st.lists(
    st.sampled_from(
        [
            "The city shall respect rights.",
            "It may ask.",
            "Nobody pays.",
            "第一条　市は人権を尊重する。",
            "前項の規定による。",
            "It may ask the council of residents.",
        ]
    ),
    max_size=9,
)


@settings(max_examples=300)
@given(old=SENTENCES, new=SENTENCES, split=st.sampled_from(["\n", "\n\n"]))
def test_every_passage_is_carried_queued_or_listed_and_none_twice(
    old: list[str], new: list[str], split: str
) -> None:
    before, after = split.join(old), "\n".join(new)
    passages = sentences(before)
    outcomes = anchored(before, after, passages)
    assert len(outcomes) == len(passages)
    carried = [each.passage for each in outcomes if each.found is Found.CARRIED]
    assert len(set(carried)) == len(carried)
    for passage, each in zip(passages, outcomes, strict=True):
        assert (each.passage is None) == (each.found is Found.LOST)
        if each.found is Found.CARRIED:
            assert squeezed(words_at(after, each)) == squeezed(before[passage.start : passage.end])
        elif each.found is Found.LOST:
            assert squeezed(before[passage.start : passage.end]) not in squeezed(after)


@settings(max_examples=100)
@given(old=SENTENCES)
def test_the_same_text_carries_everything_that_can_be_told_apart(old: list[str]) -> None:
    content = "\n".join(old)
    passages = sentences(content)
    for passage, each in zip(passages, anchored(content, content, passages), strict=True):
        if each.found is Found.CARRIED:
            assert each.passage == passage
        else:
            assert content.count(content[passage.start : passage.end]) > 1 or len(passage) < 12


PAIRS = [
    (
        "ja-laws/versions/325AC0000000147_2015-04-01.md",
        "ja-laws/versions/325AC0000000147_2022-04-01.md",
        "ja",
    ),
    ("ja-laws/versions/325AC0000000147_2022-04-01.md", "ja-laws/325AC0000000147.md", "ja"),
    ("code-of-conduct-ja-en/v1.4.en.md", "code-of-conduct-ja-en/v2.0.en.md", "en"),
    ("code-of-conduct-ja-en/v1.4.ja.md", "code-of-conduct-ja-en/v2.0.ja.md", "ja"),
]
FIGURES = [(107, 6, 0), (118, 4, 0), (10, 18, 7), (5, 20, 21)]
"""Sentences carried, uncertain and lost, as docs/reliability.md prints them."""


@pytest.mark.parametrize(("pair", "figures"), [*zip(PAIRS, FIGURES, strict=True)])
def test_no_sentence_of_a_real_revision_goes_to_other_words(
    shared_data: Path, pair: tuple[str, str, str], figures: tuple[int, int, int]
) -> None:
    old, new = ((shared_data / name).read_text(encoding="utf-8") for name in pair[:2])
    units = sentences(old, pair[2])
    outcomes = anchored(old, new, units, pair[2])
    for unit, each in zip(units, outcomes, strict=True):
        if each.found is Found.CARRIED:
            assert squeezed(words_at(new, each)) == squeezed(old[unit.start : unit.end])
        elif each.found is Found.LOST:
            assert squeezed(old[unit.start : unit.end]) not in squeezed(new)
    carried = [each.passage.start for each in outcomes if each.found is Found.CARRIED and each.passage]
    if pair[2] == "ja" and "laws" in pair[0]:
        assert carried == sorted(carried), "an amended law keeps its order"
    assert tuple(sum(each.found is found for each in outcomes) for found in Found) == figures


@pytest.mark.parametrize(
    ("old", "new", "quote", "place"),
    [
        (
            "市は定める。\n- 二　二十歳以上であること。",
            "市は定める。\n- 二　十八歳以上であること。",
            "二十歳以上であること。",
            "十八歳以上であること。",
        ),
        (
            "その時が二十歳に達する以前であるときは二十二歳に達するまでに、いずれかを選ぶ。",
            "その時が十八歳に達する以前であるときは二十歳に達するまでに、いずれかを選ぶ。",
            "二十二歳に達するまで",
            "二十歳に達するまで",
        ),
        (
            "The mayor shall consult residents within thirty days of the request.",
            "The mayor shall always consult all residents within ten days of the request.",
            "consult residents within thirty days",
            "consult all residents within ten days",
        ),
    ],
)
def test_a_proposed_place_begins_and_ends_where_the_passage_did(
    old: str, new: str, quote: str, place: str
) -> None:
    at = old.index(quote)
    (found,) = anchored(old, new, [Passage(at, at + len(quote))])
    assert found.found is Found.UNCERTAIN
    assert words_at(new, found) == place
