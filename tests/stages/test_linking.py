"""A text and its translation as one: links, codings on both sides, what is left, who checked it."""

from __future__ import annotations

from fractions import Fraction

import pytest

from tests.properties.test_every_action import small_codebook, tables
from tests.stages.test_text_versions import add, charted, code
from workbench.errors import Refused
from workbench.exchange.matrix_export import export_matrix
from workbench.exchange.matrix_words import completeness
from workbench.exchange.statement import write_statement
from workbench.matrix.lint import lint
from workbench.model.case import Case
from workbench.model.text import Passage, Text, TextKind
from workbench.model.translation import Alignment, Link, LinkState, Method, Side, Verdict
from workbench.stages import chart, framework_versions, history
from workbench.stages.linking import (
    Pair,
    Proposed,
    Run,
    codings_shown,
    confirm_links,
    counterparts,
    link_stretches,
    pair_for_run,
    record_run,
    remainder,
    unlink_stretches,
)
from workbench.stages.revising import revise_text
from workbench.stages.setup import change_setting
from workbench.stages.text_versions import approve_text, describe_text
from workbench.stages.translation_statement import TRANSLATION_SETTINGS, translation_statement
from workbench.stages.verification import (
    remove_verification,
    verified,
    verify_translation,
    write_translator_memo,
)
from workbench.study.check import check_study
from workbench.study.study import Study
from workbench.study.translation_queries import Sides, links_between

JA = "市は人権を尊重する。\n市は意見を聞くことができる。\n料金は無料とする。\n附則。\n"
EN = "The city shall respect human rights.\nThe city may ask for opinions.\nIt is free of charge.\nNote.\n"


@pytest.fixture
def study(study: Study) -> Study:
    framework_versions.apply_codebook(study, small_codebook(), reason="start")
    return study


@pytest.fixture
def pair(study: Study) -> tuple[Text, Text]:
    source = add(study, "ja.txt", JA)
    target = add(study, "en.txt", EN, TextKind.OFFICIAL_TRANSLATION)
    describe_text(study, source.id, language="ja")
    return study.get(Text, source.id), study.get(Text, target.id)


def run_over(study: Study, pair: tuple[Text, Text], *links: tuple[tuple[int, ...], tuple[int, ...]]) -> Pair:
    cut = pair_for_run(study, pair[0].id, pair[1].id)
    found = tuple(Proposed(source, target, "anchors", 700, ("a number",)) for source, target in links)
    record_run(study, cut, Run(found, "test-1", 640, ("Look at it.",)))
    return cut


def words(study: Study, text: Text, passage: Passage) -> str:
    return study.text_content(text.content_hash)[passage.start : passage.end]


def test_a_run_proposes_and_the_next_keeps_what_a_person_said(study: Study, pair: tuple[Text, Text]) -> None:
    run_over(study, pair, ((0,), (0,)), ((1, 2), (1,)))
    first, second = links_between(study, pair[0].id, pair[1].id)
    assert words(study, pair[0], second.source) == "市は意見を聞くことができる。\n料金は無料とする。"
    about = study.get(Alignment, Alignment.key(pair[0].id, pair[1].id))
    assert (about.method, about.trust, about.warnings) == ("test-1", 640, ("Look at it.",))
    assert study.get(Text, pair[1].id).translates == pair[0].id
    confirm_links(study, [first.id])
    unlink_stretches(study, [second.id])
    cut = pair_for_run(study, pair[0].id, pair[1].id)
    mended = link_stretches(study, (pair[0].id, cut.source_units[2]), (pair[1].id, cut.target_units[2]))
    alone = link_stretches(study, (pair[0].id, cut.source_units[3]), (pair[1].id, Passage(0, 0)))
    cut = pair_for_run(study, pair[0].id, pair[1].id)
    assert sorted(cut.fixed) == [((0,), (0,)), ((2,), (2,)), ((3,), ())]
    run_over(study, pair, ((0,), (1,)), ((1,), (1,)), ((3,), (3,)))
    states = {link.id: link.state for link in links_between(study, pair[0].id, pair[1].id)}
    proposed = [key for key, state in states.items() if state is LinkState.PROPOSED]
    assert set(states) - set(proposed) == {first.id, mended.id, alone.id}
    assert [words(study, pair[1], study.get(Link, key).target) for key in proposed] == [
        "The city may ask for opinions."
    ]
    before = tables(study)
    history.undo(study)
    history.redo(study)
    assert tables(study) == before
    assert check_study(study) == []


def test_links_made_by_hand_take_the_place_of_proposals_only(study: Study, pair: tuple[Text, Text]) -> None:
    cut = run_over(study, pair, ((0,), (0,)), ((1,), (1,)))
    source, target = (pair[0].id, cut.source_units[0]), (pair[1].id, cut.target_units[1])
    link_stretches(study, source, target)
    assert [link.state for link in links_between(study, pair[0].id, pair[1].id)] == [LinkState.MENDED]
    with pytest.raises(Refused, match="stands there"):
        link_stretches(study, source, (pair[1].id, cut.target_units[3]))
    with pytest.raises(Refused, match="other way round"):
        link_stretches(study, target, source)
    with pytest.raises(Refused, match="itself"):
        pair_for_run(study, pair[0].id, pair[0].id)
    with pytest.raises(Refused, match="words on one side"):
        link_stretches(study, (pair[0].id, Passage(0, 0)), (pair[1].id, Passage(0, 0)))


def test_a_coding_on_one_side_shows_on_both_and_is_stored_once(study: Study, pair: tuple[Text, Text]) -> None:
    cut = run_over(study, pair, ((0,), (0,)), ((1, 2), (1, 2)))
    code(study, pair[0], "人権", "a2")
    code(study, pair[1], "free of charge", "b1")
    for text in pair:
        shown = codings_shown(study, text.id)
        assert len(shown) == 2
        assert {each.link is None for each in shown} == {True, False}
    [foreign] = [each for each in codings_shown(study, pair[1].id) if each.link is not None]
    assert words(study, pair[1], foreign.passage) == "The city shall respect human rights."
    [there] = counterparts(study, pair[0].id, cut.source_units[2])
    assert words(study, pair[1], there.passage) == "The city may ask for opinions.\nIt is free of charge."
    assert counterparts(study, pair[0].id, cut.source_units[3]) == []


def test_what_is_not_linked_is_listed_with_its_share(study: Study, pair: tuple[Text, Text]) -> None:
    run_over(study, pair, ((0,), (0,)), ((1,), (1,)))
    left = remainder(study, pair[0].id, pair[1].id)
    assert [words(study, pair[0], each) for each in left.passages] == ["料金は無料とする。", "附則。"]
    assert left.share == Fraction(12, 36)
    back = remainder(study, pair[1].id, pair[0].id)
    assert [words(study, pair[1], each) for each in back.passages] == ["It is free of charge.", "Note."]


def test_the_side_of_an_excerpt_follows_from_the_links(study: Study, pair: tuple[Text, Text]) -> None:
    source, target = pair
    alone = add(study, "alone.txt", "Alone.\n")

    def side(text: Text, start: int, end: int) -> Side:
        return Sides(study).of(study.get(Text, text.id), Passage(start, end))

    assert (side(alone, 0, 5), side(source, 0, 9)) == (Side.ORIGINAL, Side.ORIGINAL)
    assert side(target, 0, 9) is Side.TRANSLATION_ONLY
    cut = run_over(study, pair, ((0,), (0,)))
    assert side(source, 3, 5) is Side.BOTH
    assert side(source, cut.source_units[2].start, cut.source_units[2].end) is Side.SOURCE_ONLY
    assert side(target, 0, 9) is Side.BOTH
    assert side(target, cut.target_units[2].start, cut.target_units[2].end) is Side.TRANSLATION_ONLY
    link_stretches(study, (source.id, cut.source_units[3]), (target.id, Passage(0, 0)))
    assert side(source, cut.source_units[3].start, cut.source_units[3].end) is Side.SOURCE_ONLY


def test_translation_only_is_marked_and_footnoted_until_it_is_linked(
    study: Study, pair: tuple[Text, Text]
) -> None:
    excerpt = code(study, pair[1], "The city shall respect human rights.")
    charted(study, excerpt, "a1")
    case = study.all(Case)[0]
    chart.set_status(study, case.id, "a1", "yes")
    export = export_matrix(study)
    [marked] = [cell for row in export.cells for cell in row if cell.caveats]
    [note] = export.notes
    assert (marked.caveats, marked.notes) == (("translation only",), (note.number,))
    assert "translation only" in note.content
    assert export.evidence[0].side == "translation only"
    assert "1 resting on a translation only" in completeness(export)
    assert [found.rule for found in lint(study, ["versions"])] == ["versions"]
    run_over(study, pair, ((0,), (0,)))
    export = export_matrix(study)
    assert (export.notes, export.evidence[0].side) == ((), "both")
    assert lint(study, ["versions"]) == []


def test_drafts_and_superseded_versions_are_named_where_they_count(study: Study) -> None:
    draft = add(study, "draft.txt", EN, TextKind.MACHINE_DRAFT)
    excerpt = code(study, draft, "The city shall respect human rights.")
    charted(study, excerpt, "a1")
    [finding] = [found for found in lint(study, ["versions"]) if "nobody has approved" in found.what]
    assert finding.key == f"cell:{study.all(Case)[0].id}.a1"
    approve_text(study, draft.id, reason="read")
    revise_text(study, draft.id, add(study, "new.txt", "Nothing of it is left here.\n").id, reason="new")
    caveats = [cell.caveats for row in export_matrix(study).cells for cell in row if cell.caveats]
    assert caveats == [("translation only", "superseded version")]


def test_links_go_along_with_a_revision_where_their_words_do(study: Study, pair: tuple[Text, Text]) -> None:
    run_over(study, pair, ((0,), (0,)), ((1,), (1,)))
    new = add(study, "en2.txt", EN.replace("may ask for", "must hear"), TextKind.REVISION)
    revise_text(study, pair[1].id, new.id, reason="mended")
    new = study.get(Text, new.id)
    assert new.translates == pair[0].id
    assert new.is_translation
    [moved], [left] = links_between(study, pair[0].id, new.id), links_between(study, pair[0].id, pair[1].id)
    assert words(study, new, moved.target) == "The city shall respect human rights."
    assert words(study, pair[1], left.target) == "The city may ask for opinions."


def test_verification_counts_sentences_and_evidence(study: Study, pair: tuple[Text, Text]) -> None:
    source, target = pair
    describe_text(study, target.id, maker="J. Berg")
    charted(study, code(study, target, "The city shall respect human rights."), "a1")
    checked = {"reader": "K. Sato", "method": Method.SECOND_READER, "verdict": Verdict.SOUND}
    made = verify_translation(study, target.id, Passage(0, EN.index("It is free")), **checked)  # type: ignore[arg-type]
    share = verified(study, target.id)
    assert (share.units, share.of_units, share.evidence, share.of_evidence) == (2, 4, 1, 1)
    assert share.share == Fraction(1, 2)
    for wrong, why in (
        ({"reader": "J. Berg"}, "made the translation"),
        ({"reader": " "}, "names who checked"),
        ({"verdict": Verdict.WRONG}, "needs a note"),
    ):
        with pytest.raises(Refused, match=why):
            verify_translation(study, target.id, Passage(0, 9), **{**checked, **wrong})  # type: ignore[arg-type]
    with pytest.raises(Refused, match="no translation"):
        verify_translation(study, source.id, Passage(0, 5), **checked)  # type: ignore[arg-type]
    remove_verification(study, made.id, reason="typed twice")
    assert verified(study, target.id).units == 0


def test_the_statement_tells_what_is_recorded_and_what_is_missing(
    study: Study, pair: tuple[Text, Text]
) -> None:
    source, target = pair
    gaps = translation_statement(study).gaps
    asked = dict(gaps)
    assert "who made it" in asked["Who translated"]
    assert {"Verification", "Coding language", "Key terms", "Decisions of translators"} <= set(asked)
    describe_text(
        study,
        target.id,
        translates=source.id,
        maker="J. Berg",
        role="researcher",
        competence="reads Japanese since 2009",
        made="2018-07-02",
    )
    run_over(study, pair, ((0,), (0,)))
    write_translator_memo(
        study,
        target.id,
        Passage(0, 10),
        "",
        options=["rights", "human rights"],
        choice="rights",
        loss="human",
    )
    verify_translation(
        study,
        target.id,
        Passage(0, target.characters),
        reader="K. Sato",
        method=Method.PANEL,
        verdict=Verdict.SOUND,
    )
    for name in TRANSLATION_SETTINGS:
        change_setting(study, name, f"about {name} | *said*")
    statement = translation_statement(study)
    assert statement.gaps == []
    assert b"about key terms \\| \\*said\\*" in write_statement(statement)
    written = write_statement(statement).decode().replace("\\", "")
    assert "J. Berg (researcher; reads Japanese since 2009): official translation, 100 %" in written
    assert "panel; 4 of 4 sentences (100 %)" in written
    assert "1 memo on translation, 1 of them naming a loss" in written
    assert write_statement(statement) == write_statement(translation_statement(study))


def test_a_pair_is_linked_one_way_round_only(study: Study, pair: tuple[Text, Text]) -> None:
    source, target = pair
    link = link_stretches(study, (source.id, Passage(0, 10)), (target.id, Passage(0, 35)))
    with pytest.raises(Refused, match="the other way round"):
        pair_for_run(study, target.id, source.id)
    unlink_stretches(study, [link.id])
    describe_text(study, target.id, translates=source.id)
    with pytest.raises(Refused, match="the other way round"):
        pair_for_run(study, target.id, source.id)
    with pytest.raises(Refused, match="the other way round"):
        link_stretches(study, (target.id, Passage(0, 35)), (source.id, Passage(0, 10)))
    assert pair_for_run(study, source.id, target.id).source == study.get(Text, source.id)
