"""The aligner at work on two texts of a study: what it proposes, keeps and says."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.properties.test_every_action import tables
from tests.stages.test_text_versions import add
from workbench.errors import Refused
from workbench.model.text import Passage, Text, TextKind
from workbench.model.translation import LinkState
from workbench.stages import history
from workbench.stages.aligning import align_texts
from workbench.stages.linking import confirm_links, link_stretches, pair_for_run
from workbench.stages.text_versions import describe_text
from workbench.study.study import Study
from workbench.study.translation_queries import links_between

JA = "第一条　市は人権を尊重する。\n第二条　市は2020年に計画を作る。\n第三条　料金は500円とする。\n"
EN = (
    "Article 1. The city shall respect human rights.\nArticle 2. The city shall make a plan in 2020.\n"
    "Article 3. The fee is 500 yen.\n"
)


def words(study: Study, text: Text, place: Passage) -> str:
    return study.text_content(text.content_hash)[place.start : place.end]


@pytest.fixture
def pair(study: Study) -> tuple[Text, Text]:
    source = add(study, "ja.txt", JA)
    describe_text(study, source.id, language="ja", maker="The city")
    return study.get(Text, source.id), add(study, "en.txt", EN, TextKind.OWN_TRANSLATION)


def test_articles_are_linked_as_proposals_with_method_confidence_and_reasons(
    study: Study, pair: tuple[Text, Text]
) -> None:
    found = align_texts(study, pair[0].id, pair[1].id, plain=True)
    assert found.alignment.segmenter
    assert found.note == ""
    linked = [
        (words(study, pair[0], each.source), words(study, pair[1], each.target)) for each in found.links
    ]
    assert linked == list(zip(JA.splitlines(), EN.splitlines(), strict=True))
    assert all(each.state is LinkState.PROPOSED and each.reasons for each in found.links)
    assert all(0 < each.confidence < 1000 for each in found.links)


def test_the_next_run_leaves_alone_what_a_person_said(study: Study, pair: tuple[Text, Text]) -> None:
    first = align_texts(study, pair[0].id, pair[1].id, plain=True).links[0]
    confirm_links(study, [first.id])
    cut = pair_for_run(study, pair[0].id, pair[1].id)
    wrong = link_stretches(study, (pair[0].id, cut.source_units[1]), (pair[1].id, cut.target_units[2]))
    again = align_texts(study, pair[0].id, pair[1].id, plain=True)
    standing = links_between(study, pair[0].id, pair[1].id)
    assert {each.id for each in standing if each.is_fixed} == {first.id, wrong.id}
    assert not {each.target for each in again.links} & {wrong.target, first.target}
    before = tables(study)
    history.undo(study)
    assert {each.id for each in links_between(study, pair[0].id, pair[1].id)} >= {first.id, wrong.id}
    history.redo(study)
    assert tables(study) == before


def test_a_run_that_is_ended_changes_nothing(study: Study, pair: tuple[Text, Text]) -> None:
    before = tables(study)
    with pytest.raises(Refused, match="ended"):
        align_texts(study, pair[0].id, pair[1].id, plain=True, progress=lambda done, of: False)
    assert tables(study) == before


def test_the_constitution_is_linked_and_little_of_it_left(study: Study, shared_data: Path) -> None:
    folder = shared_data / "constitution-ja-en"
    source = add(study, "ja.txt", (folder / "ja.txt").read_text(encoding="utf-8"))
    describe_text(study, source.id, language="ja", maker="The city")
    target = add(
        study, "en.txt", (folder / "en.txt").read_text(encoding="utf-8"), TextKind.OFFICIAL_TRANSLATION
    )
    found = align_texts(study, source.id, target.id, plain=True)
    assert len(found.links) > 150
    assert found.alignment.trust >= 500
    places = [each.target.start for each in found.links]
    assert places == sorted(places)
