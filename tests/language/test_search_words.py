"""Words are found wherever a plain scan over the folded characters finds them, and nowhere else."""

from __future__ import annotations

import sys
import unicodedata
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.errors import WrongUsage
from workbench.language.folding import Fold, FoldedText, folding
from workbench.language.patterns import WordsPattern
from workbench.model.text import Passage

AWKWARD = [
    *"共生人権かがきﾞｶﾊﾟ゚ガヶ々ーｰ",
    *["か\u3099", "ｶﾞ", "ﾊﾟ", "\u3099", "\u309a", "\u309b", "ハ\u309a"],
    *"abfilsStTeEéxＡａ１1²㎡㈱½",
    *["e\u0301", "x\u0304", "\u0301", "\u0323", "\u0345", "ᾳ", "α", "ι"],
    *["ﬁ", "ﬀ", "ﬃ", "ﬆ", "ß", "ẞ", "İ", "ı", "I", "i", "i\u0307", "ŉ", "\u2126", "Ω", "ω", "ς", "σ", "Σ"],
    *["👨‍👩‍👧", "👨", "👩", "👍🏽", "👍", "🏽", "🇯🇵", "🇯", "🇵", "❤\ufe0f", "❤", "1\ufe0f\u20e3", "©", "™"],
    *["\u200d", "\u200b", "\u00ad", "\u2060", "\ufeff", "葛\U000e0100", "葛", "\u200e"],
    *["각", "가", "ᄀ", "ᅡ", "ᆨ", "ﾡ", "กำ", "ก", "\u0e33", "　", " ", "\n", "(", "（", "）", "…", "."],
]
texts = st.lists(st.sampled_from(AWKWARD), max_size=14).map("".join)
queries = st.lists(st.sampled_from(AWKWARD), min_size=1, max_size=3).map("".join)
folds = st.sampled_from([Fold.LOOSE, Fold.CASED])
HIDDEN_AT_THE_END = "\u00ad\u061c\u200b\u200e\u200f\u2060\ufeff"


def scan(content: str, query: str, fold: Fold) -> list[Passage]:
    """Fold every character by itself and compare all of them with the query at every place."""
    way = folding(fold)
    characters = [
        (part, match.start(), match.end())
        for match in way.character.finditer(content)
        for part in way.character.findall(way.fold_character(match.group()))
    ]
    wanted = way.character.findall("".join(map(way.fold_character, way.character.findall(query))))
    found: list[Passage] = []
    at = 0
    while at + len(wanted) <= len(characters):
        some = characters[at : at + len(wanted)]
        if [part for part, _, _ in some] == wanted and (not found or some[0][1] >= found[-1].end):
            start, end = some[0][1], some[-1][2]
            end -= len(content[start:end]) - len(content[start:end].rstrip(HIDDEN_AT_THE_END))
            found.append(Passage(start, end))
            at += len(wanted)
        else:
            at += 1
    return found


@cache
def pattern(query: str, fold: Fold) -> WordsPattern | None:
    try:
        return WordsPattern(query, cased=fold is Fold.CASED)
    except WrongUsage:
        return None


@settings(max_examples=600, deadline=None)
@given(texts, queries, folds)
def test_hits_are_those_of_a_plain_scan(content: str, query: str, fold: Fold) -> None:
    wanted = pattern(query, fold)
    if wanted is None:
        return
    expected = scan(content, query, fold)
    assert list(wanted.hits(content)) == expected
    assert wanted.may_be_in(content.encode()) or not expected


@settings(max_examples=200, deadline=None)
@given(texts, st.integers(0, 10), st.integers(1, 4), folds)
def test_every_part_of_a_text_is_found_in_it(content: str, first: int, length: int, fold: Fold) -> None:
    matches = list(folding(fold).character.finditer(content))[first : first + length]
    wanted = pattern("".join(match.group() for match in matches), fold) if matches else None
    if wanted is not None:
        hits = list(wanted.hits(content))
        assert hits
        cuts = {match.start() for match in folding(fold).character.finditer(content)}
        assert all(hit.start in cuts for hit in hits)


@settings(max_examples=150, deadline=None)
@given(texts)
def test_a_fold_is_the_same_for_every_normal_form_and_leads_back(content: str) -> None:
    way = folding()
    forms = {way.fold(unicodedata.normalize(form, content)) for form in ("NFC", "NFD")}
    assert len(forms) == 1
    view = FoldedText(way, content)
    assert view.content == way.fold(content)
    places = [view.passage(at, at + 1) for at in range(len(view.content))]
    assert places == sorted(places)


def found(content: str, query: str, *, phrase: bool = False, cased: bool = False) -> list[str]:
    wanted = WordsPattern(query, phrase=phrase, cased=cased)
    return [content[hit.start : hit.end] for hit in wanted.hits(content)]


@pytest.mark.parametrize(
    ("content", "query", "expected"),
    [
        ("多文化共生と人権の共生", "共生", ["共生", "共生"]),
        ("か\u3099くせい、がくせい、かくせい", "か", ["か"]),
        ("ガイドライン ｶﾞｲﾄﾞﾗｲﾝ ガイドライン", "ガイドライン", ["ガイドライン", "ｶﾞｲﾄﾞﾗｲﾝ", "ガイドライン"]),
        ("con\ufb02ict", "lict", ["\ufb02ict"]),
        ("Straße STRASSE", "strasse", ["Straße", "STRASSE"]),
        ("inte\u00adgration", "Integration", ["inte\u00adgration"]),
        ("👨‍👩‍👧 👨", "👨", ["👨"]),
        ("共\u200b生\u200bの", "共生", ["共\u200b生"]),
        ("第１２条", "第12条", ["第１２条"]),
    ],
)
def test_what_a_reader_takes_for_the_same_is_found(content: str, query: str, expected: list[str]) -> None:
    assert found(content, query) == expected


def test_upper_and_lower_case_differ_only_where_that_is_asked() -> None:
    assert found("City city ＣＩＴＹ", "city") == ["City", "city", "ＣＩＴＹ"]
    assert found("City city ＣＩＴＹ", "CITY", cased=True) == ["ＣＩＴＹ"]


@pytest.mark.parametrize(
    "content", ["foreign\n  residents", "foreign\u00a0residents", "(Foreign　residents)"]
)
def test_white_space_in_a_phrase_is_free(content: str) -> None:
    assert len(found(content, "foreign residents", phrase=True)) == 1


def test_a_phrase_takes_whole_words_and_japanese_across_broken_lines() -> None:
    assert found("legal aids, paralegal aid, legalaid", "legal aid", phrase=True) == []
    assert found("多文\n化共生", "多文化 共生", phrase=True) == ["多文\n化共生"]
    assert found("多文\n化共生", "多文化共生") == []


@pytest.mark.parametrize("query", ["", " ", "\u200b", "\n"])
def test_nothing_to_search_for_is_refused(query: str) -> None:
    with pytest.raises(WrongUsage, match="nothing to search for"):
        WordsPattern(query)


@pytest.mark.parametrize("fold", Fold)
def test_the_tables_know_every_character_that_folds_or_attaches(fold: Fold) -> None:
    way = folding(fold)
    for code in range(sys.maxunicode + 1):
        character = chr(code)
        if 0xD800 <= code < 0xE000:
            continue
        folded = way.fold_character(character)
        assert way.folds.get(character, character) == folded
        assert character in way.attached or unicodedata.category(character)[0] != "M"
        assert character in way.attached or folded[0] not in way.attached
        assert way.fold(folded) == folded


@pytest.mark.parametrize("query", ["共生", "人権", "国民", "する", "ガイド", "第三条", "right", "The"])
def test_hits_in_real_laws_are_those_of_a_plain_scan(shared_data: Path, query: str) -> None:
    files = [*(shared_data / "ja-laws").glob("*.md"), *(shared_data / "constitution-ja-en").glob("*.txt")]
    contents = [file.read_text(encoding="utf-8") for file in files]
    hits = 0
    for content in contents:
        for form in ("NFC", "NFD"):
            stored = unicodedata.normalize(form, content)
            got = list(WordsPattern(query).hits(stored))
            assert got == scan(stored, query, Fold.LOOSE)
            hits += len(got)
    plain = sum(unicodedata.normalize("NFKC", content).lower().count(query.lower()) for content in contents)
    assert hits == 2 * plain
