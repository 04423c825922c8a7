"""The method from end to end through the stage functions, touching every verb of the log once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from workbench.errors import ReasonMissing, Refused
from workbench.exchange.register import read_register
from workbench.model.case import Case, Document, ReadingState
from workbench.model.cell import Cell, CellQuote, CellState, Footnote
from workbench.model.claim import Basis, Claim, ClaimKind, ClaimState, Role
from workbench.model.coding import Coding, Excerpt
from workbench.model.decision import Verb
from workbench.model.framework import CodeState, Origin
from workbench.model.glossary import Term, TermRule
from workbench.model.index_edition import Aggregation, Indicator
from workbench.model.memo import Memo, MemoKind
from workbench.model.saved_chart import SavedChart
from workbench.model.text import Passage, Text, TextKind
from workbench.model.translation import Method, Verdict
from workbench.model.translation_check import Reply
from workbench.sources import read_bytes
from workbench.stages import (
    chart,
    coding_changes,
    editions,
    familiarise,
    framework,
    framework_versions,
    glossary,
    history,
    index,
    interpret,
    linking,
    register,
    reviewing,
    revising,
    setup,
    suggesting,
    suggestion_answers,
    text_versions,
    translation_checks,
    units,
    verification,
)
from workbench.stages.backups import note_restore
from workbench.stages.cell_removal import remove_cell
from workbench.stages.importing import ImportPlan, Outcome, importing
from workbench.stages.redaction import add_redaction, remove_redaction
from workbench.stages.reindex import waiting_codings
from workbench.stages.saved_charts import remove_chart, save_chart
from workbench.stages.summaries import insert_extracts
from workbench.study.check import check_study
from workbench.study.file import as_of, open_study
from workbench.study.queries import coverage, excerpts_coded
from workbench.study.restore import Restored
from workbench.study.study import Study

ORDINANCE = (
    "第1条 市は、人権を尊重し、不当な差別的言動の解消に努めるものとする。\n\n第2条 市は相談窓口を置く。\n"
)
TRANSLATION = (
    "Article 1. The city shall endeavour to end unjust discriminatory speech.\n\n"
    "Article 2. The city sets up a consultation desk.\n"
)
MINUTES = "The council asked the ministry to reconsider.\nNobody objected.\n"
REGISTER = """document,file,language,kind,cases,title,adopted_era,excluded_why
ordinance,ordinance.ja.txt,ja,original,Osaka,大阪市条例,平成28年1月18日,
ordinance,ordinance.en.txt,en,own translation,Osaka,,,
minutes,minutes.txt,en,original,Osaka; Kawasaki,Minutes,,
leaflet,,ja,,Kawasaki,窓口案内,,An advertisement
"""


@pytest.fixture
def begun(tmp_path: Path) -> Iterator[Study]:
    made = setup.new_study(tmp_path / "method.workbench", title="Measures", coder="A. Mori")
    with importing(made, ImportPlan(register=read_register("register.csv", REGISTER.encode()))) as run:
        for name, content in (
            ("ordinance.ja.txt", ORDINANCE),
            ("ordinance.en.txt", TRANSLATION),
            ("minutes.txt", MINUTES),
        ):
            run.add(name, content.encode(), read_bytes(name, content.encode()))
    outcomes = [report.outcome for report in run.reports]
    assert outcomes == [Outcome.IMPORTED] * 3 + [Outcome.REGISTERED]
    yield made
    made.close()


def text_in(study: Study, language: str, key: str = "ordinance") -> Text:
    document = register.find_document(study, key)
    return study.all(Text, document_id=document.id, language=language)[0]


def words(study: Study, text: Text, quote: str) -> Passage:
    start = study.text_content(text.content_hash).index(quote)
    return Passage(start, start + len(quote))


def test_the_whole_method_leaves_a_study_that_explains_itself(begun: Study) -> None:
    study = begun
    documents_and_reading(study)
    themes = thematic_framework(study)
    indexing(study, themes)
    charting(study)
    interpretation(study)
    the_framework_moves_on(study)
    the_rest_of_the_register(study)


def documents_and_reading(study: Study) -> None:
    setup.change_setting(study, "question", "Which measures do cities have?")
    ordinance = register.find_document(study, "ordinance")
    assert ordinance.adopted == "2016-01-18"
    assert [case.name for case in study.all(Case, order="position")] == ["Osaka", "Kawasaki"]
    assert {text.kind for text in study.all(Text, document_id=ordinance.id)} == {
        TextKind.ORIGINAL,
        TextKind.OWN_TRANSLATION,
    }
    ja = text_in(study, "ja")
    familiarise.record_progress(study, ja.id, stopped_at=10, furthest=20)
    assert familiarise.reading_of(study, ja.id).state is ReadingState.SKIMMED
    familiarise.mark_reading(study, ja.id, ReadingState.READ)
    assert familiarise.set_bookmarks(study, ja.id, [12, 3, 12, 9999]).bookmarks == ("3", "12")
    assert {line.document.key: str(line.state) for line in coverage(study)} == {
        "leaflet": "unread",
        "minutes": "unread",
        "ordinance": "read",
    }
    idea = familiarise.note_passage(
        study, ja.id, words(study, ja, "人権"), "Rights come first", kind=MemoKind.IDEA
    )
    familiarise.edit_memo(study, idea.id, "Rights are named before duties")


def thematic_framework(study: Study) -> dict[str, str]:
    rights = framework.add_theme(study, "Rights", definition="What protects people")
    part = framework.add_theme(study, "Participation")
    speech = framework.add_code(study, rights.id, "Anti-hate speech", origin=Origin.A_PRIORI, source="MIPEX")
    desk = framework.add_code(study, rights.id, "Consultation desk")
    lobby = framework.add_code(study, part.id, "Lobbying the government")
    other = framework.add_code(study, part.id, "Other", other=True)
    [idea] = study.all(Memo, kind="idea")
    adopted = framework.adopt_idea(study, idea.id, rights.id, "Rights before duties")
    assert adopted.state is CodeState.CANDIDATE
    assert study.get(Memo, idea.id).became == adopted.id
    framework.edit_code(study, adopted.id, state=CodeState.ACTIVE, reason="tried on two documents")
    version = framework_versions.release(study, reason="pilot done")
    assert version.number == study.framework_version == 1
    with pytest.raises(ReasonMissing):
        framework.add_code(study, part.id, "Voting")
    with pytest.raises(Refused, match="Nothing changed since version 1"):
        framework_versions.release(study, reason="again")
    names = {"speech": speech, "desk": desk, "lobby": lobby, "other": other}
    return {name: code.id for name, code in names.items()}


def indexing(study: Study, codes: dict[str, str]) -> None:
    ja, en = text_in(study, "ja"), text_in(study, "en")
    quote = "不当な差別的言動の解消に努めるものとする"
    [first] = index.code_passage(study, ja.id, words(study, ja, quote), [codes["speech"]], memo="weak duty")
    assert study.get(Excerpt, first.excerpt_id).quote == quote
    index.code_passage(study, en.id, words(study, en, "shall endeavour"), [codes["speech"], codes["other"]])
    [wrong] = index.code_passage(study, en.id, words(study, en, "consultation desk"), [codes["lobby"]])
    index.recode(study, wrong.id, codes["desk"])
    [needless] = index.code_passage(study, en.id, words(study, en, "Article 1"), [codes["other"]])
    index.uncode(study, needless.id)
    second_looks(study, en, codes)
    minutes = text_in(study, "en", "minutes")
    index.code_passage(study, minutes.id, words(study, minutes, "asked the ministry"), [codes["lobby"]])
    with pytest.raises(Refused, match="already has"):
        index.code_passage(study, minutes.id, words(study, minutes, "asked the ministry"), [codes["lobby"]])
    study.coder = "J. Berg"
    with pytest.raises(Refused, match=r"A\. Mori's"):
        index.uncode(study, first.id)
    study.coder = "A. Mori"


def second_looks(study: Study, en: Text, codes: dict[str, str]) -> None:
    """Move, cut, join and doubt codings, and leave the study as it was."""
    places = [(en.id, words(study, en, quote)) for quote in ("Article 1.", "Article 2.")]
    first, second = coding_changes.code_hits(study, places, [codes["other"]], reason="headings, on trial")
    coding_changes.resize_coding(study, first.id, words(study, en, "Article 1"))
    whole = coding_changes.merge_codings(study, [first.id, second.id])
    parts = coding_changes.split_coding(study, whole.id, words(study, en, "Article 2").start)
    coding_changes.flag_doubt(study, whole.id, "Is a heading a provision?")
    coding_changes.clear_doubt(study, whole.id)
    coding_changes.confirm_codings(study, [whole.id], reason="looked at again")
    index.uncode(study, *[part.id for part in parts], reason="headings are no provisions")
    reviewing.mark_reviewed(study, en.id, words(study, en, "Article 1."))
    reviewing.unmark_reviewed(study, en.id, words(study, en, "Article 1."))
    suggestions_answered(study, en, codes["other"])
    [theme] = [theme for theme in study.framework.roots() if theme.name == "Participation"]
    named = coding_changes.code_in_vivo(
        study, en.id, words(study, en, "unjust"), theme.id, reason="their own word"
    )
    history.undo(study, study.last_touch(f"code:{named.code_id}"))


def suggestions_answered(study: Study, en: Text, code_id: str) -> None:
    """Answer three suggestions each way, and take back the coding."""
    framework.edit_code(study, code_id, cues=("Article",), reason="to be suggested, on trial")
    for answer in (
        suggestion_answers.postpone_suggestion,
        suggestion_answers.reject_suggestion,
        suggestion_answers.accept_suggestion,
    ):
        offers = suggesting.offers_for(suggesting.question(study, code_id)).offers
        answer(study, code_id, offers[0])
    counted = suggestion_answers.precision_of(study, code_id, study.coder)
    assert (counted.ranked.answered + counted.drawn.answered, counted.postponed) == (2, 1)
    history.undo(study)
    framework.edit_code(study, code_id, cues=(), reason="the trial is over")


def cell_places(study: Study) -> tuple[str, str, str, str]:
    osaka, kawasaki = register.find_case(study, "Osaka").id, register.find_case(study, "Kawasaki").id
    return osaka, kawasaki, index.find_code(study, "1.1").id, index.find_code(study, "2.1").id


def charting(study: Study) -> None:
    osaka, kawasaki, speech, lobby = cell_places(study)
    with pytest.raises(Refused, match="linked excerpt"):
        chart.set_status(study, osaka, speech, "yes")
    excerpts = excerpts_coded(study, code_id=speech, case_id=osaka)
    assert len(excerpts) == 2
    chart.write_cell(study, osaka, speech, summary="An ordinance with a duty to endeavour.", comment="Weak.")
    chart.link_excerpts(study, osaka, speech, [excerpt.id for excerpt in excerpts])
    insert_extracts(study, osaka, speech, [excerpts[0].id])
    history.undo(study)
    with pytest.raises(Refused, match="differs from the source"):
        chart.insert_quote(study, osaka, speech, excerpts[0].id, excerpts[0].quote[:-1] + "!")
    quote = chart.insert_quote(study, osaka, speech, excerpts[0].id, excerpts[0].quote[:6])
    chart.remove_quote(study, quote.id)
    chart.insert_quote(study, osaka, speech, excerpts[0].id, excerpts[0].quote)
    chart.set_status(study, osaka, speech, "yes")
    with pytest.raises(ReasonMissing):
        chart.set_status(study, osaka, speech, "restricted", note="only a duty to endeavour")
    chart.set_status(study, osaka, speech, "restricted", note="only a duty to endeavour", reason="read again")
    chart.unlink_excerpt(study, osaka, speech, excerpts[1].id)
    with pytest.raises(Refused, match="needs"):
        chart.unlink_excerpt(study, osaka, speech, excerpts[0].id)
    chart.mark_cell(study, osaka, speech, CellState.CHARTED)
    chart.mark_cell(study, osaka, speech, CellState.REVIEWED)
    with pytest.raises(Refused, match="search record"):
        chart.set_status(study, kawasaki, speech, "no-not-found")
    minutes = register.find_document(study, "minutes")
    chart.record_search(study, kawasaki, speech, documents=[minutes.id], terms=["hate", "差別"])
    chart.set_status(study, kawasaki, speech, "no-not-found")
    note = chart.add_footnote(study, f"cell:{Cell.key(osaka, speech)}", "In force since 2016.")
    chart.remove_footnote(study, note.id)
    chart.add_footnote(study, f"code:{speech}", "As worded in 2015.")
    chart.link_excerpts(study, kawasaki, lobby, [e.id for e in excerpts_coded(study, code_id=lobby)])
    chart.write_cell(study, kawasaki, lobby, summary="Asked the ministry.")
    assert len(study.all(CellQuote)) == len(study.all(Footnote)) == 1
    saved = save_chart(study, "By issuer", SavedChart("", "", rows="issuers"))
    remove_chart(study, saved.id)


def interpretation(study: Study) -> None:
    osaka, kawasaki, speech, lobby = cell_places(study)
    claim = interpret.make_claim(study, ClaimKind.EXPLANATION, "Old-comers matter")
    gaps = interpret.gaps(study, claim)
    assert any("rival" in gap for gap in gaps)
    with pytest.raises(Refused, match="rival"):
        interpret.hold_claim(study, claim.id)
    interpret.edit_claim(
        study,
        claim.id,
        statement="Cities with old-comers lobby.",
        rival="Party politics",
        basis=Basis.INFERRED,
    )
    interpret.link_cell(study, claim.id, Cell.key(kawasaki, lobby))
    interpret.link_cell(study, claim.id, Cell.key(osaka, speech), Role.CONTRADICTS)
    excerpt = study.all(Excerpt)[0]
    interpret.link_excerpt(study, claim.id, excerpt.id)
    interpret.unlink_excerpt(study, claim.id, excerpt.id)
    assert interpret.hold_claim(study, claim.id).state is ClaimState.HELD
    negative = interpret.evidence_of(study, claim.id).negative_cells
    assert [cell.id for cell in negative] == [Cell.key(osaka, speech)]


def the_framework_moves_on(study: Study) -> None:
    osaka, _, speech, _ = cell_places(study)
    before = study.head.count
    framework.edit_code(study, speech, definition="Acts against hate speech.", reason="too wide")
    stale = study.get(Cell, Cell.key(osaka, speech))
    assert (stale.state, stale.stale_cause) == (
        CellState.STALE,
        "The definition of 1.1 Anti-hate speech changed.",
    )
    assert [claim.state for claim in study.all(Claim)] == [ClaimState.STALE]
    with pytest.raises(ReasonMissing):
        chart.clear_stale(study, osaka, speech, reason="")
    chart.clear_stale(study, osaka, speech, reason="reviewed, unchanged")
    past = as_of(study, before)
    assert past.get(Cell, Cell.key(osaka, speech)).state is CellState.REVIEWED
    past.close()
    desk, lobby = index.find_code(study, "1.2"), index.find_code(study, "2.1")
    framework.move_code(study, desk.id, lobby.theme_id, reason="a channel, not a right")
    merged = len(study.all(Coding, code_id=desk.id))
    framework.merge_codes(study, [desk.id], lobby.id, reason="one thing")
    assert study.framework.resolve(desk.id) == (study.get(type(desk), lobby.id),)
    assert merged == 1
    assert not study.all(Coding, code_id=desk.id)
    parts = framework.split_code(study, lobby.id, ["Lobbying", "Consulting"], reason="two things")
    assert study.framework.resolve(desk.id) == tuple(parts)
    assert [each.coding.code_id for each in waiting_codings(study)].count(lobby.id) == 2
    framework.retire_code(study, parts[1].id, reason="not needed")
    framework.restore_code(study, parts[1].id, reason="needed after all")
    book = framework_versions.current_codebook(study)
    renamed = replace(book.codes[0], name="Anti-hate speech act")
    book = replace(book, codes=(renamed, *book.codes[1:]))
    framework_versions.apply_codebook(study, book, reason="plain words")
    theme = framework.add_theme(study, "Spare", reason="for later")
    framework.edit_theme(study, theme.id, name="Spare part", reason="clearer")
    framework.move_theme(study, theme.id, lobby.theme_id, reason="below")
    framework.retire_theme(study, theme.id, reason="never used")
    framework.restore_theme(study, theme.id, reason="used after all")
    framework.retire_theme(study, theme.id, reason="no")
    framework_versions.release(study, reason="second round")
    kinds = {change.kind for change in framework_versions.diff_versions(study, 1, 2)}
    assert {"renamed", "merged", "split", "redefined", "added"} <= kinds


def an_index_beside_the_framework(study: Study, case_id: str) -> None:
    """Score the case on an index made of the framework, and take it away again."""
    edition = editions.edition_from_framework(study, "Lens", edition="2020", reference_date="2020-01-01")
    first, second, *_ = study.all(Indicator, edition_id=edition.id, order="position")
    answer = editions.answer_indicator(study, first.id, case_id, "50")
    editions.answer_indicator(study, first.id, case_id, "100", reason="read again")
    editions.take_answer_away(study, answer.id, reason="not in force yet")
    editions.edit_indicator(study, first.id, weight="2", reason="it counts twice")
    editions.map_indicator(study, second.id, [], none=True, reason="a matter of the state")
    editions.edit_edition(study, edition.id, aggregation=Aggregation.SUM, reason="as it was printed")
    editions.remove_edition(study, edition.id, reason="out of scope")


def a_text(study: Study, name: str, content: str, kind: TextKind) -> Text:
    with importing(study, ImportPlan(case="Osaka", language="en", kind=kind)) as run:
        run.add(name, content.encode(), read_bytes(name, content.encode()))
    return next(text for text in study.all(Text) if text.file_name == name)


def two_versions_and_a_translation(study: Study) -> None:
    """Translate a note, have it checked, link it, and revise it under a coding."""
    source = a_text(study, "note-ja.txt", "市は人権を尊重する。\n", TextKind.ORIGINAL)
    draft = a_text(
        study, "note-en.txt", "The city respects rights. It asks 35 men.\n", TextKind.MACHINE_DRAFT
    )
    text_versions.describe_text(study, draft.id, translates=source.id, maker="MT", tool="MT 3")
    text_versions.approve_text(study, draft.id, reason="read against the source")
    pair = linking.pair_for_run(study, source.id, draft.id)
    [proposed] = linking.record_run(
        study, pair, linking.Run((linking.Proposed((0,), (0,), "length", 300, ()),), "by length", 300, ())
    )
    linking.confirm_links(study, [proposed.id])
    linking.unlink_stretches(study, [proposed.id])
    linking.link_stretches(study, (source.id, Passage(0, 10)), (draft.id, Passage(0, 25)))
    units.join_units(study, draft.id, Passage(0, 34))
    units.split_unit(study, draft.id, 8)
    made = verification.verify_translation(
        study,
        draft.id,
        Passage(0, 25),
        reader="K. Sato",
        method=Method.SECOND_READER,
        verdict=Verdict.SOUND,
    )
    verification.remove_verification(study, made.id, reason="typed twice")
    asked = translation_checks.questions(study)
    [answer] = translation_checks.answer_questions(study, asked[:1], Reply.NOTED, reason="a free rendering")
    translation_checks.withdraw_answer(study, answer.id)
    term = Term("", "ja", "en", "人権", TermRule.FIXED, renderings=("rights",))
    added = glossary.add_term(study, term, reason="it stands in every plan")
    glossary.edit_term(study, added.id, renderings=("human rights",), reason="the law says so")
    glossary.remove_term(study, added.id, reason="out of scope")
    code = next(code for code in study.framework.codes.values() if code.state is CodeState.ACTIVE)
    for place in (Passage(0, 25), Passage(26, 34), Passage(4, 8)):
        index.code_passage(study, draft.id, place, [code.id])
    better = a_text(study, "note-en-2.txt", "The city must respect rights. It begs.\n", TextKind.REVISION)
    carried = revising.revise_text(study, draft.id, better.id, reason="the modal verb was missing").excerpts
    assert len(carried) == 3
    revising.place_excerpt(study, carried[0].excerpt.id, Passage(0, 29))
    revising.keep_excerpt(study, carried[2].excerpt.id, reason="it shows the first wording")
    assert [each.excerpt.id for each in revising.waiting_excerpts(study)]


def the_rest_of_the_register(study: Study) -> None:
    osaka, kawasaki, _, _ = cell_places(study)
    minutes = register.find_document(study, "minutes")
    register.edit_document(study, minutes.id, issuer="The council")
    register.exclude_document(study, minutes.id, reason="not a policy document")
    assert register.find_document(study, "minutes").excluded
    register.readmit_document(study, minutes.id, reason="it shows lobbying")
    register.unassign_case(study, minutes.id, osaka, reason="only Kawasaki's")
    register.assign_case(study, minutes.id, osaka)
    spare = register.add_case(study, "Sapporo")
    register.edit_case(study, spare.id, attributes={"population": "1,900,000"})
    register.reorder_cases(study, [kawasaki, spare.id, osaka])
    assert study.all(Case, order="position")[0].name == "Kawasaki"
    register.remove_case(study, spare.id, reason="not in the sample")
    memo = familiarise.write_memo(study, f"document:{minutes.id}", "who wrote this?", kind=MemoKind.QUESTION)
    familiarise.remove_memo(study, memo.id)
    an_index_beside_the_framework(study, osaka)
    claim = interpret.make_claim(study, ClaimKind.CONCEPT, "tabunka kyōsei")
    interpret.remove_claim(study, claim.id, reason="out of scope")
    history.undo(study)
    history.redo(study)
    _, _, code, _ = cell_places(study)
    chart.set_statuses(study, [(osaka, code), (kawasaki, code)], None, reason="to be read anew")
    remove_cell(study, kawasaki, code, reason="charted by mistake")
    add_redaction(study, "ministry", reason="named in confidence")
    remove_redaction(study, "ministry", reason="it is public")
    two_versions_and_a_translation(study)
    note_restore(study, Restored(Path("0001.workbench"), study.head, None), reason="tried out")
    assert {decision.action for decision in study.decisions()} == {verb.label for verb in Verb}
    assert check_study(study) == []


def test_importing_the_same_files_again_adds_nothing(begun: Study) -> None:
    head = begun.head
    with importing(begun, ImportPlan(register=read_register("register.csv", REGISTER.encode()))) as run:
        for name, content in (("elsewhere/ordinance.ja.txt", ORDINANCE), ("minutes.txt", MINUTES)):
            run.add(name, content.encode(), read_bytes(name, content.encode()))
    assert [report.outcome for report in run.reports[:2]] == [Outcome.KNOWN] * 2
    assert (begun.head, run.decision) == (head, None)


def test_an_import_that_fails_in_the_middle_leaves_nothing(begun: Study) -> None:
    head, texts = begun.head, begun.count(Text)
    with pytest.raises(KeyboardInterrupt), importing(begun, ImportPlan(case="Nagoya")) as run:
        run.add("new.txt", b"New words.", read_bytes("new.txt", b"New words."))
        raise KeyboardInterrupt
    assert (begun.head, begun.count(Text)) == (head, texts)
    assert check_study(begun) == []


def test_a_dry_run_reports_and_writes_nothing(begun: Study) -> None:
    head = begun.head
    with importing(begun, ImportPlan(case="Nagoya"), dry=True) as run:
        run.add("new.txt", b"New words.", read_bytes("new.txt", b"New words."))
    assert [report.outcome for report in run.reports] == [Outcome.IMPORTED]
    assert begun.head == head
    assert not begun.all(Case, name="Nagoya")


def test_an_import_is_undone_as_one(begun: Study) -> None:
    with importing(begun, ImportPlan(case="Nagoya")) as run:
        for number in range(5):
            data = f"Plan {number}".encode()
            run.add(f"{number}.txt", data, read_bytes(f"{number}.txt", data))
    assert begun.count(Document) == 8
    history.undo(begun)
    assert begun.count(Document) == 3
    assert not begun.all(Case, name="Nagoya")
    history.redo(begun)
    assert begun.count(Document) == 8


def test_everything_is_there_after_closing_and_opening(begun: Study) -> None:
    head = begun.head
    begun.close()
    with open_study(begun.path, coder="A. Mori") as again:
        assert again.head == head
        assert check_study(again) == []
        assert [case.name for case in again.all(Case, order="position")] == ["Osaka", "Kawasaki"]
