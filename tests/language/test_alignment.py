"""Alignment: what must hold of every one, what must be reported, and the measured targets."""

from __future__ import annotations

import time
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks import alignment as bench
from tests.speed import slowness
from workbench.language import matching
from workbench.language.alignment import Alignment, Method, align
from workbench.language.confidence import TRUSTED
from workbench.language.embeddings import SentenceVectors, load_embedder
from workbench.language.matching import Stopped

JAPANESE = [
    "第1条　市は、外国人住民の相談に応じる。",
    "相談は五か国語で行う。",
    "第2条　市は、2016年に計画を定める。",
    "計画は3年ごとに見直す。",
    "見直しには市民が参加する。",
    "第3条　予算は1億2,000万円とする。",
]
ENGLISH = [
    "Article 1. The city gives consultation to foreign residents. It is given in five languages.",
    "Article 2. In 2016 the city decides on a plan.",
    "The plan is reviewed every 3 years.",
    "Citizens take part in the review.",
    "Article 3. The budget is 120 million yen.",
]
EXPECTED = [((0, 1), (0,)), ((2,), (1,)), ((3,), (2,)), ((4,), (3,)), ((5,), (4,))]


def spans(found: Alignment) -> list[tuple[tuple[int, ...], tuple[int, ...]]]:
    return [(link.source, link.target) for link in found.links]


@pytest.fixture(scope="module")
def vectors() -> SentenceVectors:
    embedder, message = load_embedder()
    if embedder is None:
        pytest.skip(message)
    return embedder


@pytest.fixture
def sets(shared_data: Path) -> dict[str, list[list[bench.Block]]]:
    assert bench.DATA.is_dir(), shared_data
    return bench.collections()


def test_a_short_law_is_aligned_by_its_numbers_and_words() -> None:
    found = align(JAPANESE, ENGLISH)
    assert spans(found) == EXPECTED
    assert (found.source_alone, found.target_alone) == ((), ())
    assert found.links[0].method is Method.STRUCTURE
    assert "both begin Art. 1" in found.links[0].reasons
    assert any("2016" in reason for reason in found.links[1].reasons)
    assert found.trust >= TRUSTED
    assert found.warnings == ()


def test_the_other_way_round_gives_the_same_links() -> None:
    found = align(ENGLISH, JAPANESE, languages=("en", "ja"))
    assert sorted((ours, theirs) for theirs, ours in spans(found)) == EXPECTED


def test_an_omitted_article_stays_alone_and_is_named() -> None:
    found = align(JAPANESE, ENGLISH[:1] + ENGLISH[4:])
    assert found.source_alone == (2, 3, 4)
    assert "Only the source has Art. 2." in found.warnings


def test_a_glossary_speaks_for_a_link() -> None:
    found = align(
        ["共生を進める。", "窓口を置く。"], ["Kyosei goes on.", "Desks."], glossary=[("共生", ["kyosei"])]
    )
    assert "both have a term of the glossary" in found.links[0].reasons


@given(st.data())
@settings(max_examples=40, deadline=None)
def test_every_unit_has_one_place_and_fixed_links_are_kept(data: st.DataObject) -> None:
    units = st.lists(st.sampled_from([*JAPANESE, *ENGLISH, "人権。", "a", "5", "第9条", ""]), max_size=9)
    ours, theirs = data.draw(units), data.draw(units)
    left = data.draw(st.permutations(range(len(ours))))
    right = data.draw(st.permutations(range(len(theirs))))
    many = data.draw(st.integers(0, min(len(left), len(right), 3)))
    fixed = [((left[k],), (right[k],)) for k in range(many)]
    found = align(ours, theirs, fixed=fixed)
    assert sorted([*(p for link in found.links for p in link.source), *found.source_alone]) == [
        *range(len(ours))
    ]
    assert sorted([*(p for link in found.links for p in link.target), *found.target_alone]) == [
        *range(len(theirs))
    ]
    kept = [(link.source, link.target) for link in found.links if link.method is Method.FIXED]
    assert sorted(kept) == sorted(fixed)
    assert all(link.confidence < 1000 for link in found.links if link.method is not Method.FIXED)
    free = [link for link in found.links if link.method is not Method.FIXED]
    assert [link.target for link in free] == sorted(link.target for link in free)
    assert found == align(ours, theirs, fixed=fixed)


def test_units_that_are_fixed_as_alone_stay_alone() -> None:
    found = align(JAPANESE, ENGLISH, fixed=[((3,), ())])
    assert 3 in found.source_alone


@pytest.mark.parametrize("fixed", [[((9,), (0,))], [((0,), (0,)), ((0,), (1,))]])
def test_fixed_links_of_units_that_are_not_there_are_refused(
    fixed: list[tuple[tuple[int], tuple[int]]],
) -> None:
    with pytest.raises(ValueError, match="fixed link"):
        align(JAPANESE, ENGLISH, fixed=fixed)


def test_the_work_tells_how_far_it_is_and_stops_when_asked() -> None:
    told: list[tuple[int, int]] = []
    align(JAPANESE, ENGLISH, progress=lambda done, whole: bool(told.append((done, whole)) or True))
    assert told[-1][0] == told[-1][1]
    assert told == sorted(told)
    with pytest.raises(Stopped):
        align(JAPANESE, ENGLISH, progress=lambda done, whole: False)


@pytest.mark.parametrize(("ours", "theirs"), [([], ENGLISH), (JAPANESE, []), ([], [])])
def test_a_text_without_units_is_reported(ours: list[str], theirs: list[str]) -> None:
    found = align(ours, theirs)
    assert (found.links, found.trust) == ((), 0)
    assert found.warnings[0].endswith("has no units.")


def test_windows_give_what_one_piece_gives(
    sets: dict[str, list[list[bench.Block]]], monkeypatch: pytest.MonkeyPatch
) -> None:
    ours, theirs = bench.flat(sets["strings of a website"][0])[0]
    whole = set(spans(align(ours, theirs)))
    monkeypatch.setattr(matching, "_LARGEST", 90)
    pieces = set(spans(align(ours, theirs)))
    assert len(whole & pieces) >= 0.97 * len(whole)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("一" * 50_000, "a" * 50_000),
        ("漢字仮名" * 20_000, "Kan " * 20_000),
        ("（" * 50_000 + "」" * 1000, "(" * 50_000),
        ("1" * 50_000 + "万" * 1000, "two hundred " * 10_000),
    ],
)
def test_endless_units_cost_no_more_than_their_length(one: str, other: str) -> None:
    began = time.process_time()
    align([one, "市は支える。"], [other, "The city helps."])
    assert time.process_time() - began < 4 * slowness()


# --- what must be reported ---


def lines(path: Path) -> list[str]:
    return [line.strip() for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


@pytest.fixture
def law(shared_data: Path) -> tuple[list[str], list[str]]:
    folder = shared_data / "constitution-ja-en"
    return lines(folder / "ja.txt"), lines(folder / "en.txt")


def both(law: tuple[list[str], list[str]], vectors: SentenceVectors) -> Iterator[Alignment]:
    for embedder in (None, vectors):
        yield align(*law, embedder=embedder)


def test_another_document_is_reported_and_never_aligned_with_confidence(
    shared_data: Path, law: tuple[list[str], list[str]], vectors: SentenceVectors
) -> None:
    other = lines(shared_data / "udhr" / "txt" / "eng.txt")
    nationality = lines(shared_data / "ja-laws" / "325AC0000000147.md")
    for pair in ((law[0], other), (nationality, law[1])):
        for found in both(pair, vectors):
            assert found.trust < TRUSTED
            assert found.warnings[0].startswith("Little of the two texts fits together")
            assert max(link.confidence for link in found.links) < TRUSTED // 2


def test_half_a_translation_is_reported(law: tuple[list[str], list[str]], vectors: SentenceVectors) -> None:
    for found in both((law[0], law[1][: len(law[1]) // 2]), vectors):
        assert any(
            "have no counterpart; the other text may be only a part" in each for each in found.warnings
        )
        assert found.trust >= TRUSTED
        assert len([place for place in found.source_alone if place >= 100]) > 85


@pytest.mark.parametrize("language", ["vie", "por_BR"])
def test_another_language_than_declared_is_reported(
    shared_data: Path, language: str, vectors: SentenceVectors
) -> None:
    folder = shared_data / "udhr" / "txt"
    pair = lines(folder / "jpn.txt"), lines(folder / f"{language}.txt")
    for found in both(pair, vectors):
        said = "The translation is declared as English but has hardly any of its commonest words."
        assert said in found.warnings
        assert found.trust < TRUSTED


def test_a_text_without_a_language_is_reported_and_aligned_all_the_same() -> None:
    found = align(JAPANESE, ENGLISH, languages=("ja", ""))
    assert spans(found) == EXPECTED
    assert [each for each in found.warnings if "No language is said for the translation" in each]
    assert not any("declared" in each for each in align(JAPANESE * 9, ENGLISH, languages=("", "en")).warnings)


def test_texts_declared_the_wrong_way_round_are_reported(shared_data: Path) -> None:
    folder = shared_data / "udhr" / "txt"
    found = align(lines(folder / "eng.txt"), lines(folder / "jpn.txt"))
    assert "The source is declared as Japanese but is hardly written in kana and kanji." in found.warnings
    assert found.trust < TRUSTED


def test_articles_in_another_order_are_reported_and_left_alone(law: tuple[list[str], list[str]]) -> None:
    ours, theirs = law
    moved = theirs[:40] + theirs[60:100] + theirs[40:60] + theirs[100:]
    found = align(ours, moved)
    assert any(each.startswith("The numbered parts stand in another order") for each in found.warnings)
    block = set(range(80, 100))
    wrong = [link for link in found.links if block & set(link.target) and link.confidence >= 500]
    assert wrong == []


def test_half_width_kana_and_mixed_normal_forms_give_the_same_links(
    sets: dict[str, list[list[bench.Block]]],
) -> None:
    ours, theirs = bench.flat(sets["strings of a website"][0])[0]
    narrow = {unicodedata.normalize("NFKC", chr(code)): chr(code) for code in range(0xFF61, 0xFFA0)}
    odd = [
        "".join(narrow.get(sign, sign) for sign in unicodedata.normalize("NFD", unit))
        if place % 2
        else unicodedata.normalize("NFD", unit)
        for place, unit in enumerate(ours)
    ]
    found = align(odd, theirs)
    assert spans(found) == spans(align(ours, theirs))
    assert any("half-width kana" in each for each in found.warnings)
    assert any("normal form" in each for each in found.warnings)


# --- the targets ---

NAMES = (
    "constitution, paragraphs",
    "constitution, paragraphs with their numbers",
    "constitution, sentences",
    "universal declaration, sentences",
    "preamble of the hate speech act",
    "strings of a website",
    "news",
)


@pytest.mark.parametrize("name", NAMES)
def test_plain_alignment_holds_its_figures(sets: dict[str, list[list[bench.Block]]], name: str) -> None:
    complete = bench.measure(sets[name], None)
    omitted = bench.measure(sets[name], None, 0.1, 1)
    assert complete.f1 >= 0.99, complete
    assert omitted.f1 >= 0.8, omitted


@pytest.mark.parametrize("name", NAMES)
def test_alignment_with_vectors_holds_its_figures(
    sets: dict[str, list[list[bench.Block]]], name: str, vectors: SentenceVectors
) -> None:
    complete = bench.measure(sets[name], vectors)
    omitted = bench.measure(sets[name], vectors, 0.1, 3)
    assert complete.f1 >= 0.99, complete
    assert omitted.f1 >= (0.96 if "website" in name else 0.98), omitted


def test_a_thousand_units_are_aligned_in_three_seconds(shared_data: Path) -> None:
    assert shared_data.is_dir()
    ours, theirs = bench.thousand()
    assert (len(ours), len(theirs)) == (1000, 1000)
    began = time.process_time()
    align(ours, theirs)
    assert time.process_time() - began <= 3 * slowness()
