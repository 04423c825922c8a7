"""Offers to the register: read from the texts, accepted as one decision, gone once the register says so."""

from __future__ import annotations

import pytest

from tests.language.test_offers import ORDINANCE_EN, ORDINANCE_JA
from tests.stages.test_text_versions import add
from workbench.errors import Refused, WrongUsage
from workbench.model.case import Document
from workbench.model.text import Text
from workbench.stages import history
from workbench.stages.attributes import Offered, accept_offers, offered
from workbench.stages.extras import extras
from workbench.stages.text_versions import describe_text
from workbench.study.study import Study


@pytest.fixture
def text(study: Study) -> Text:
    made = add(study, "ja.txt", ORDINANCE_JA)
    describe_text(study, made.id, language="ja", maker="The city")
    return study.get(Text, made.id)


def named(found: list[Offered], *names: str) -> list[Offered]:
    return [each for each in found if each.offer.name in names]


def test_offers_are_accepted_as_one_decision_with_their_places(study: Study, text: Text) -> None:
    found = offered(study, text.document_id)
    chosen = named(found, "adopted", "in_force_from", "bodies named")
    before = study.head.count
    changed = accept_offers(study, text.document_id, chosen)
    assert (changed.adopted, changed.adopted_era, changed.in_force_from) == (
        "2016-01-18",
        "平成28年1月18日",
        "2016-07-01",
    )
    assert changed.extra["bodies named"] == "総務省"
    assert study.head.count == before + 1
    decision = study.decision(before + 1)
    assert decision is not None
    assert decision.action == "edit document"
    assert f"{text.id} " in decision.reason
    assert "“平成28年7月1日”" in decision.reason
    assert named(offered(study, text.document_id), "adopted", "in_force_from", "bodies named") == []
    history.undo(study)
    assert [each.id for each in offered(study, text.document_id)] == [each.id for each in found]


def test_a_column_takes_a_value_more_and_a_field_only_one(study: Study, text: Text) -> None:
    english = add(study, "en.txt", ORDINANCE_EN)
    assert english.document_id != text.document_id
    found = offered(study, english.document_id)
    laws = named(found, "laws named", "law number")
    changed = accept_offers(study, english.document_id, laws, reason="from the text")
    assert changed.extra == {"law number": "Ordinance No. 3 of 2019", "laws named": "Act No. 57 of 2003"}
    dates = named(found, "adopted", "in_force_from")
    from dataclasses import replace

    twice = [dates[0], replace(dates[1], offer=replace(dates[1].offer, name=dates[0].offer.name))]
    with pytest.raises(WrongUsage, match="Two values"):
        accept_offers(study, english.document_id, twice)
    with pytest.raises(Refused, match="Nothing was chosen"):
        accept_offers(study, english.document_id, [])


def test_reading_is_ended_and_a_document_without_texts_offers_nothing(study: Study, text: Text) -> None:
    with pytest.raises(Refused):
        offered(study, text.document_id, progress=lambda done, of: False)
    assert study.all(Document)


def test_every_extra_says_what_it_gives_and_what_is_missing() -> None:
    found = {each.name: each for each in extras()}
    assert set(found) == {"ja", "align", "models", "parquet", "pictures", "encrypted"}
    assert all(each.gives and (each.installed or each.note) for each in found.values())
