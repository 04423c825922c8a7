"""What texts offer to the register: by rules alone, and with the model where it is the examined one."""

from __future__ import annotations

import importlib.util
import shutil
from pathlib import Path

import pytest

from workbench.language import english_model
from workbench.language.english_model import entities, lacking, located
from workbench.language.offers import Offer, offers

ORDINANCE_JA = (
    "大阪市ヘイトスピーチへの対処に関する条例\n平成28年1月18日大阪市条例第1号\n"
    "第1条　市は、個人情報の保護に関する法律（平成15年法律第57号）を守る。総務省と法務省は助言する。\n"
    "第2条　総務省は計画を作る。外国人市民は市民である。平成30年度から始める。\n"
    "附則\nこの条例は、平成28年7月1日から施行する。\n"
)
ORDINANCE_EN = (
    "Ordinance on Residents\nOrdinance No. 3 of 2019. Adopted on 21 March 2019. City of Sakae.\n"
    "The Ministry of Health, Labour and Welfare advises. Act No. 57 of 2003 applies.\n"
    "The Ministry of Health, Labour and Welfare asks. The fund of 2020 is open.\n"
    "This Ordinance comes into force on April 1, 2020.\nIt was amended in May 2021.\n"
)


def values(found: list[Offer]) -> set[tuple[str, str]]:
    return {(each.name, each.value) for each in found}


def test_a_japanese_ordinance_offers_dates_number_and_bodies() -> None:
    found = offers(ORDINANCE_JA, "ja")
    assert values(found) >= {
        ("adopted", "2016-01-18"),
        ("in_force_from", "2016-07-01"),
        ("law number", "平成28年1月18日大阪市条例第1号"),
        ("laws named", "平成15年法律第57号"),
        ("bodies named", "総務省"),
    }
    assert not {value for name, value in values(found) if "外国人市" in value or name == "in_force_to"}
    assert ("bodies named", "法務省") not in values(found)
    adopted = next(each for each in found if each.name == "adopted")
    assert adopted.beside == (("adopted_era", "平成28年1月18日"),)
    for each in found:
        assert ORDINANCE_JA[each.place.start : each.place.end] == each.words
        assert each.why


def test_an_english_ordinance_offers_the_same() -> None:
    found = offers(ORDINANCE_EN, "en", model=False)
    assert values(found) >= {
        ("adopted", "2019-03-21"),
        ("in_force_from", "2020-04-01"),
        ("version_date", "2021-05"),
        ("law number", "Ordinance No. 3 of 2019"),
        ("laws named", "Act No. 57 of 2003"),
        ("bodies named", "Ministry of Health, Labour and Welfare"),
        ("issuer", "City of Sakae"),
    }
    assert not {value for _, value in values(found) if value == "2020"}


def test_other_languages_and_empty_texts_offer_nothing_wrong() -> None:
    assert offers("", "en", model=False) == []
    assert {each.name for each in offers("Das Gesetz gilt seit 2019.", "de")} <= {"adopted", "in_force_from"}


def test_an_offer_has_the_same_name_each_time() -> None:
    one, again = offers(ORDINANCE_EN, "en", model=False), offers(ORDINANCE_EN, "en", model=False)
    assert [each.id_in("t") for each in one] == [each.id_in("t") for each in again]
    assert len({each.id_in("t") for each in one}) == len(one)


def test_without_the_model_the_rules_do_and_a_sentence_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(english_model, "PACKAGES", ("no_such_model",))
    assert located() is None
    assert "extra `models`" in lacking()
    assert entities("The City of Sakae acts.") == ([], lacking())
    assert offers(ORDINANCE_EN, "en") == offers(ORDINANCE_EN, "en", model=False)


@pytest.fixture(scope="module")
def model() -> Path:
    found = located()
    if found is None:
        pytest.skip(lacking())
    return found[1]


def test_the_installed_model_is_the_one_that_was_examined(model: Path) -> None:
    assert lacking() == ""


def test_with_the_model_more_is_named(model: Path) -> None:
    content = "Toyota spoke with Setagaya Ward in Paris. Toyota was asked in Paris by the United Nations."
    found, why = entities(content)
    assert why == ""
    assert {content[each.start : each.end] for each in found} >= {"Toyota", "Paris"}
    more = values(offers(content, "en")) - values(offers(content, "en", model=False))
    assert ("places named", "Paris") in more


@pytest.mark.parametrize("change", ["changed", "missing", "added"])
def test_a_model_that_differs_is_not_loaded(
    model: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, change: str
) -> None:
    package = tmp_path / "en_core_web_sm"
    copied = package / f"en_core_web_sm-{english_model.VERSION}"
    shutil.copytree(model, copied)
    (package / "__init__.py").write_text("raise SystemExit('ran')", encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    importlib.invalidate_caches()
    assert located() == ("en_core_web_sm", copied)
    assert lacking() == ""
    if change == "changed":
        (copied / "ner" / "model").write_bytes(b"other")
    elif change == "missing":
        (copied / "ner" / "moves").unlink()
    else:
        (copied / "more.py").write_text("", encoding="utf-8")
    assert "not the one that was examined" in lacking()
    assert entities("Paris") == ([], lacking())
