"""Links made longer and cut in two, and which texts make a pair."""

from __future__ import annotations

import pytest

from tests.stages.test_linking import pair, run_over, study, words
from tests.stages.test_text_versions import add
from workbench.errors import Refused
from workbench.model.link_map import Hand
from workbench.model.text import Text, TextKind
from workbench.model.translation import Link, LinkState
from workbench.stages import history
from workbench.stages.link_mending import CUT_SHORT, extend_link, split_link
from workbench.stages.linking import confirm_links, link_stretches
from workbench.stages.text_pairs import pair_of_two, pairs_of
from workbench.study.study import Study
from workbench.study.translation_queries import links_between

__all__ = ["pair", "study"]

Texts = tuple[Text, Text]


def of(study: Study, pair: Texts) -> list[tuple[str, str, LinkState, int]]:
    return [
        (words(study, pair[0], each.source), words(study, pair[1], each.target), each.state, each.confidence)
        for each in links_between(study, pair[0].id, pair[1].id)
    ]


def test_a_link_takes_in_the_next_sentence_and_its_neighbour_keeps_the_rest(
    study: Study, pair: Texts
) -> None:
    run_over(study, pair, ((0,), (0,)), ((1,), (1, 2)), ((3,), (3,)))
    before = of(study, pair)
    first = links_between(study, pair[0].id, pair[1].id)[0]
    made = extend_link(study, first.id, Hand.TARGET)
    assert (made.state, made.confidence, made.reasons) == (LinkState.MENDED, 1000, ())
    assert of(study, pair)[:2] == [
        (
            "市は人権を尊重する。",
            "The city shall respect human rights.\nThe city may ask for opinions.",
            LinkState.MENDED,
            1000,
        ),
        ("市は意見を聞くことができる。", "It is free of charge.", LinkState.PROPOSED, 0),
    ]
    assert links_between(study, pair[0].id, pair[1].id)[1].reasons == ("a number", CUT_SHORT)
    extend_link(study, first.id, Hand.TARGET)
    assert [row[1][-21:] for row in of(study, pair)] == ["It is free of charge.", "Note."]
    history.undo(study)
    history.undo(study)
    assert of(study, pair) == before


def test_a_link_grows_neither_over_the_end_nor_over_what_a_person_said(study: Study, pair: Texts) -> None:
    run_over(study, pair, ((0,), (0,)), ((1,), (1,)), ((3,), (3,)))
    first, second, last = links_between(study, pair[0].id, pair[1].id)
    confirm_links(study, [second.id])
    head = study.head
    with pytest.raises(Refused, match="holds the next sentence"):
        extend_link(study, first.id, Hand.SOURCE)
    with pytest.raises(Refused, match="ends there"):
        extend_link(study, last.id, Hand.TARGET)
    alone = link_stretches(study, (pair[0].id, first.source), (pair[1].id, first.target.__class__(0, 0)))
    with pytest.raises(Refused, match="stands alone"):
        extend_link(study, alone.id, Hand.TARGET)
    assert study.head.count == head.count + 1


def test_a_link_is_cut_in_two_without_the_white_space_between(study: Study, pair: Texts) -> None:
    run_over(study, pair, ((0, 1), (0, 1)))
    [whole] = links_between(study, pair[0].id, pair[1].id)
    source = study.text_content(pair[0].content_hash).index("市は意見")
    target = study.text_content(pair[1].content_hash).index("The city may")
    parts = split_link(study, whole.id, source, target)
    assert [row[:3] for row in of(study, pair)] == [
        ("市は人権を尊重する。", "The city shall respect human rights.", LinkState.MENDED),
        ("市は意見を聞くことができる。", "The city may ask for opinions.", LinkState.MENDED),
    ]
    assert [each.id for each in parts] == [each.id for each in links_between(study, pair[0].id, pair[1].id)]
    for source_at, target_at in ((0, target), (source, 0), (source, 10_000), (source - 1, whole.target_end)):
        with pytest.raises(Refused):
            split_link(study, parts[0].id, source_at, target_at)
    history.undo(study)
    assert links_between(study, pair[0].id, pair[1].id) == [whole]


def test_a_pair_follows_from_links_from_what_is_said_or_from_the_document(study: Study, pair: Texts) -> None:
    source, target = pair
    assert [each.declared for each in pairs_of(study, source.id)] == []
    assert pair_of_two(study, target.id, source.id).source.id == source.id
    run_over(study, pair, ((0,), (0,)))
    for text in pair:
        [found] = pairs_of(study, text.id)
        assert (found.source.id, found.target.id, found.declared) == (source.id, target.id, True)
    second = add(study, "en2.txt", "Another.\n", TextKind.OWN_TRANSLATION)
    link_stretches(study, (second.id, second.whole), (source.id, source.whole))
    assert {each.target.id for each in pairs_of(study, source.id)} == {target.id, source.id}
    assert study.all(Link, target_id=source.id)
