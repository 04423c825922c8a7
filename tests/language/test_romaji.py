"""Readings in Latin letters, proposed from kana."""

from __future__ import annotations

from importlib.util import find_spec

import pytest

from workbench.language.romaji import proposed_reading, romaji


@pytest.mark.parametrize(
    ("kana", "said"),
    [
        ("きょうせい", "kyōsei"),
        ("たぶんか きょうせい", "tabunka kyōsei"),
        ("サポート", "sapōto"),
        ("ｻﾎﾟｰﾄ", "sapōto"),
        ("まっちゃ", "matcha"),
        ("いっぽん", "ippon"),
        ("しんよう", "shin'yō"),
        ("けんい", "ken'i"),
        ("こんにゃく", "konnyaku"),
        ("パーティー", "pātī"),
        ("ファイル", "fairu"),
        ("チェック", "chekku"),
        ("ウィーン", "wīn"),
        ("ヴェネツィア", "venetsia"),
        ("じゅうみん", "jūmin"),
        ("ボランティア・センター", "borantia sentā"),
        ("おにいさん", "oniisan"),
    ],
)
def test_kana_become_latin_letters(kana: str, said: str) -> None:
    assert romaji(kana) == said
    assert proposed_reading(kana, "ja-JP") == said


def test_nothing_is_proposed_where_nothing_can_be_known() -> None:
    assert proposed_reading("サポート", "zh") == ""
    assert proposed_reading("NPO", "ja") == ""


def test_kanji_need_a_dictionary() -> None:
    said = proposed_reading("多文化共生", "ja")
    assert said.replace(" ", "") == ("tabunkakyōsei" if find_spec("sudachidict_core") else "")
