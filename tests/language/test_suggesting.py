"""Units ranked for a code: cues, patterns, what was learned, reasons, and what is drawn at random."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator

import pytest

from workbench.language import components, lemmas, token_patterns, unit_terms
from workbench.language.lemmas import Token
from workbench.language.suggesting import Hints, Known, Offer, Stopped, TextToRead, suggest
from workbench.language.token_patterns import PatternMatcher, pattern_of, patterns_of
from workbench.model.suggestion import Basis
from workbench.model.text import Passage

DESKS = [
    "The City sets up a consultation desk for foreign residents.",
    "Interpreters sit at the desk on weekdays.",
    "The desk answers in eight languages.",
    "Staff at the consultation desk keep secrets.",
    "Desks in every ward take consultations.",
]
REPORTS = "budget housing school water road park tax fire bus noise health sport library waste"
PLANS = "予算 住宅 学校 水道 道路 公園 税金 消防 騒音 健康"
OTHERS = [f"The council shall publish the {word} report in April." for word in REPORTS.split(" ")]
ENGLISH = "\n".join([*DESKS, *OTHERS]) + "\n"
JA_DESKS = ["市は相談窓口を設ける。", "通訳が窓口にいる。", "相談は無料である。", "職員は相談の秘密を守る。"]
JAPANESE = "\n".join([*JA_DESKS, *(f"{word}の計画を公表する。" for word in PLANS.split(" "))]) + "\n"


def text(identifier: str, content: str, language: str = "en") -> TextToRead:
    return TextToRead(identifier, hashlib.sha256(content.encode()).hexdigest(), language, content)


EN, JA = text("en", ENGLISH), text("ja", JAPANESE, "ja")


def at(content: str, words: str) -> Passage:
    start = content.index(words)
    return Passage(start, start + len(words))


def coded(words: list[str]) -> Known:
    return Known(coded=tuple(("en", at(ENGLISH, each), f"e{n}") for n, each in enumerate(words)))


def words(offer: Offer) -> str:
    content = {"en": ENGLISH, "ja": JAPANESE}[offer.text_id]
    return content[offer.passage.start : offer.passage.end]


def due(offers: tuple[Offer, ...]) -> list[Offer]:
    return [offer for offer in offers if not offer.drawn]


def test_cues_find_units_in_any_form_of_their_words_and_say_where() -> None:
    found = suggest([EN], Hints(cues=("desk",)), Known(), seed="a", count=10)
    assert {words(each) for each in due(found.offers)} == set(DESKS)
    assert {each.basis for each in found.offers} == {Basis.CUES}
    plural = next(each for each in found.offers if words(each) == DESKS[4])
    cue = plural.reasons[0]
    assert (cue.kind, ENGLISH[cue.passage.start : cue.passage.end]) == ("cue", "Desks")  # type: ignore[union-attr]
    assert plural.examples == 0
    assert found.units == len(DESKS) + len(OTHERS)


def test_an_excluding_cue_speaks_against() -> None:
    hints = Hints(cues=("desk",), excluding=("interpreters",))
    offers = due(suggest([EN], hints, Known(), seed="a", count=12).offers)
    assert DESKS[1] not in [words(each) for each in offers[:4]]
    plain = suggest(
        [EN], Hints(cues=("sit", "desk"), excluding=("interpreters",)), Known(), seed="a", count=12
    )
    against = [each.reasons for each in plain.offers if words(each) == DESKS[1]]
    assert any(reason.against and reason.kind == "cue" for reason in against[0])
    assert "against: excluding cue “interpreters” at" in " ".join(each.sentence for each in against[0])


def test_three_excerpts_are_learned_from_and_two_are_not() -> None:
    two = suggest([EN], Hints(), coded(DESKS[:2]), seed="a")
    assert [each for each in two.offers if not each.drawn] == []
    three = suggest([EN], Hints(), coded(DESKS[:3]), seed="a")
    first = due(three.offers)[:2]
    assert {words(each) for each in first} == set(DESKS[3:])
    assert {each.basis for each in first} == {Basis.LEARNED}
    assert {each.examples for each in first} == {3}
    terms = [reason for reason in first[0].reasons if reason.kind == "term"]
    assert "desk" in terms[0].words.casefold()
    assert terms[0].share > 0
    nearest = [reason for reason in first[0].reasons if reason.kind == "alike"]
    assert nearest[0].excerpt_id in ("e0", "e1", "e2")
    assert first[0].reasons[-1].words.startswith("learned from 3 coded excerpts, against ")


def test_what_is_coded_rejected_or_left_out_is_not_offered() -> None:
    known = coded(DESKS[:3])
    rejected = at(ENGLISH, DESKS[3])
    later = at(ENGLISH, DESKS[4])
    asked = Known(known.coded, (("en", rejected),), (), (("en", later),))
    found = suggest([EN], Hints(("desk",)), asked, seed="a", count=40)
    assert not {words(each) for each in found.offers} & set(DESKS)
    assert found.open == len(OTHERS)


def test_a_rejected_look_alike_is_named_and_pulls_down() -> None:
    before = suggest([EN], Hints(), coded(DESKS[:3]), seed="a", count=1).offers[0]
    known = Known(coded(DESKS[:3]).coded, (("en", at(ENGLISH, DESKS[3])),))
    after = next(
        each for each in suggest([EN], Hints(), known, seed="a", count=20).offers if words(each) == DESKS[4]
    )
    assert any(reason.kind == "alike" and reason.against for reason in after.reasons)
    assert "1 rejected" in after.reasons[-1].words
    assert before.score == 1000


def test_patterns_find_tokens_and_name_their_number() -> None:
    pattern = pattern_of([{"lemma": "consultation"}, {"lower": "desk", "op": "?"}])
    found = due(suggest([EN], Hints(patterns=(pattern,)), Known(), seed="a").offers)
    assert {words(each) for each in found} == {DESKS[0], DESKS[3], DESKS[4]}
    reason = next(each for each in found if words(each) == DESKS[0]).reasons[0]
    assert (reason.kind, reason.words) == ("pattern", "pattern 1")
    assert reason.passage == at(ENGLISH, "consultation desk")


def test_japanese_is_ranked_with_and_without_lemmas_by_the_same_call() -> None:
    by_cue = due(suggest([JA], Hints(cues=("相談",)), Known(), seed="a").offers)
    assert {words(each) for each in by_cue} == {JA_DESKS[0], *JA_DESKS[2:]}
    known = Known(tuple(("ja", at(JAPANESE, each), each) for each in JA_DESKS[:3]))
    learned = due(suggest([JA], Hints(), known, seed="a").offers)[0]
    assert words(learned) == JA_DESKS[3]
    assert any("相談" in reason.words for reason in learned.reasons if reason.kind == "term")


def by_script(content: str) -> Iterator[Token]:
    """Cut at every change of script, as a dictionary of Japanese might."""
    for match in re.finditer("[ぁ-ゟ]+|[一-鿿]{2}|[一-鿿]", content):
        yield match.group(), match.start(), match.end()


def forget() -> None:
    """Let spaCy documents be made anew, with other tokens."""
    components.lemmatised.cache_clear()
    token_patterns._prepared.cache_clear()


@pytest.fixture
def dictionary(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let Japanese have words although no dictionary is installed."""
    monkeypatch.setattr(unit_terms, "tokens_of", lambda language: by_script)
    monkeypatch.setattr(lemmas, "tokens_of", lambda language: by_script)
    forget()
    yield
    forget()


@pytest.mark.usefixtures("dictionary")
def test_japanese_with_words_finds_cues_in_words_and_across_them() -> None:
    content = "新しい相談窓口を設ける。\n総合相談窓口を知らせる。\n談話を出す。\n道を直す。\n"
    pattern = pattern_of([{"LEMMA": "窓口"}, {"LEMMA": "を"}])
    hints = Hints(cues=("相談", "合相談"), patterns=(pattern,))
    found = suggest([text("words", content, "ja-words")], hints, Known(), seed="a").offers
    told = {content[o.passage.start : o.passage.end]: o for o in due(found)}
    assert set(told) == {"新しい相談窓口を設ける。", "総合相談窓口を知らせる。"}
    across = [reason for reason in told["総合相談窓口を知らせる。"].reasons if reason.kind != "examples"]
    assert {reason.words for reason in across} == {"相談", "合相談", "pattern 1"}
    for reason in across:
        assert reason.passage is not None
        assert content[reason.passage.start : reason.passage.end] in ("相談", "合相談", "窓口を")


def test_each_language_learns_from_its_own_excerpts() -> None:
    found = suggest([EN, JA], Hints(cues=("desk", "相談")), coded(DESKS[:3]), seed="a", count=12)
    by_language = {each.text_id: each.basis for each in due(found.offers)}
    assert by_language == {"en": Basis.LEARNED, "ja": Basis.CUES}
    assert dict(found.examples) == {"en": 3, "ja": 0}


def test_one_in_ten_is_drawn_whatever_is_asked_for_and_the_same_again() -> None:
    long = [text("en", "\n".join(f"Desk {n} opens. Report {n} follows." for n in range(60)))]
    hints = Hints(cues=("desk",))
    every = suggest(long, hints, Known(), seed="b", count=30).offers
    drawn = [place for place, each in enumerate(every) if each.drawn]
    assert [place // 10 for place in drawn] == [0, 1, 2]
    assert suggest(long, hints, Known(), seed="b", count=30).offers == every
    assert suggest(long, hints, Known(), seed="b", count=7).offers == every[:7]
    assert {each.seed for each in every if each.drawn} == {f"b {place + 1}" for place in drawn}
    other = suggest(long, hints, Known(), seed="c", count=30).offers
    assert [each.passage for each in other if each.drawn] != [each.passage for each in every if each.drawn]


def test_paragraphs_can_be_the_units() -> None:
    content = "A desk opens. It is free.\n\nA report follows.\n"
    found = suggest([text("p", content)], Hints(("desk",)), Known(), seed="a", unit="paragraph", count=1)
    assert [each.passage for each in found.offers if not each.drawn] in ([Passage(0, 25)], [])
    assert found.units == 2


@pytest.mark.parametrize("content", ["", "\n…\n", "a" * 50_000, "desk " * 5_000, "人\x00\u202e"])
@pytest.mark.parametrize("language", ["en", "ja", ""])
def test_any_text_can_be_ranked(content: str, language: str) -> None:
    known = Known(tuple(("x", Passage(0, len(content)), str(n)) for n in range(3)))
    hints = Hints(("desk", "", "人権"), (pattern_of([{"LOWER": "desk"}]),), ("…",))
    for asked in (Known(), known):
        found = suggest([text("x", content, language), text("y", content, "en")], hints, asked, seed="a")
        assert found.open <= found.units


def test_reading_can_be_stopped() -> None:
    with pytest.raises(Stopped):
        suggest(
            [text("z", "Never read before.")], Hints(), Known(), seed="a", progress=lambda done, of: False
        )


@pytest.mark.parametrize(
    ("pattern", "wrong"),
    [
        ("no json", "list of tokens"),
        ([], "list of tokens"),
        (["desk"], "mapping"),
        ([{"REGEX": "(a+)+"}], "not known"),
        ([{"LOWER": {"REGEX": "(a+)+"}}], "IN or NOT_IN"),
        ([{"LOWER": {"FUZZY": "a"}}], "IN or NOT_IN"),
        ([{"POS": "NOUN"}], "not known"),
        ([{"LOWER": "a", "OP": "*"}], "no end"),
        ([{"LOWER": "a", "OP": "+"}], "no end"),
        ([{"LOWER": "a", "OP": "{0,99}"}], "20 tokens"),
        ([{"LOWER": "a"}, {"OP": "{0,9}"}], "left out"),
        ([{"LOWER": "a", "OP": "{3,2}"}], "nothing"),
        ([{"OP": "?"}], "must be there"),
        ([{"LOWER": "a", "OP": "!"}], "must be there"),
        ([{"IS_DIGIT": "maybe"}], "true or false"),
        ([{"LENGTH": "-1"}], "whole number"),
        ([{"LOWER": ""}], "word"),
        ([{"LOWER": {"IN": []}}], "list of 1"),
        ([{"lower": "a", "LOWER": "b"}], "twice"),
        ("[" * 3000, "list of tokens"),
    ],
)
def test_a_pattern_that_cannot_be_used_or_may_cost_without_end_is_refused(
    pattern: object, wrong: str
) -> None:
    with pytest.raises(ValueError, match=wrong):
        pattern_of(pattern)


def test_patterns_have_one_form_whatever_they_were_typed_as() -> None:
    typed = pattern_of('[{"op": "?", "IS_DIGIT": "true"}, {"Lower": "Articles", "LENGTH": "8"}]')
    assert typed == pattern_of([{"IS_DIGIT": True, "OP": "?"}, {"LENGTH": 8, "LOWER": "articles"}])
    assert pattern_of(typed) == typed
    with pytest.raises(ValueError, match="at most 20 patterns"):
        patterns_of([typed] * 21)


def test_the_costliest_pattern_ends_on_the_longest_unit() -> None:
    pattern = pattern_of([{"LOWER": "a"}, *[{"LOWER": "a", "OP": "?"}] * 8, {"LOWER": "b"}])
    assert list(PatternMatcher([pattern], "en").hits("a " * 100_000)) == []
