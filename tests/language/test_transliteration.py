"""Names across the scripts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.language.transliteration import Names, kana_skeleton, latin_skeletons, readings, sounds_alike


@pytest.mark.parametrize(
    ("katakana", "word"),
    [
        ("テレサ", "Theresa"),
        ("コンピューター", "computer"),
        ("サービス", "service"),
        ("ボランティア", "volunteer"),
        ("ブラジル", "Brazil"),
        ("ガイドライン", "guideline"),
        ("スミス", "Smith"),
        ("グーグル", "Google"),
    ],
)
def test_katakana_finds_the_word_it_writes(katakana: str, word: str) -> None:
    assert sounds_alike(katakana, word)


def test_other_words_do_not_sound_alike() -> None:
    assert not sounds_alike("ガイドライン", "volunteer")
    assert not sounds_alike("アイオ", "you")


@pytest.mark.parametrize(
    ("kanji", "name"),
    [
        ("白川", "Shirakawa"),
        ("浜松", "Hamamatsu"),
        ("大垣", "Ōgaki-city"),
        ("大阪", "Osaka"),
        ("東京", "Tōkyō"),
        ("関ケ原", "Sekigahara"),
        ("三宮", "Sannomiya"),
        ("安八", "Anpachi-cho"),
        ("関", "Seki-city"),
    ],
)
def test_kanji_find_the_name_they_are_read_as(kanji: str, name: str) -> None:
    assert Names([name, "Government", "Nagoya"]).written(kanji) == {name}


def test_kanji_without_a_reading_find_nothing() -> None:
    assert Names(["Nagoya"]).written("鬱") == set()


def test_every_reading_is_in_small_latin_letters() -> None:
    assert all(one.isascii() and one.islower() for each in readings().values() for one in each)


@given(
    st.text(st.sampled_from("アカサタナハマヤラワンッーャガザダバパヴ"), max_size=12), st.text(max_size=12)
)
def test_a_skeleton_is_of_consonants(katakana: str, word: str) -> None:
    assert set(kana_skeleton(katakana)) <= set("kstnhbpmr")
    assert all(not set(skeleton) & set("aeiou") for skeleton in latin_skeletons(word))
