"""Every verb of the log as an action that draws what it needs from a study."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from hypothesis import assume
from hypothesis import strategies as st

from workbench.exchange.index_sheet_reading import SheetReading, read_index_sheet
from workbench.language.suggesting import Offer
from workbench.model.case import Case, Document, ReadingState
from workbench.model.cell import Cell, CellExcerpt, CellQuote, CellState, Footnote, Status
from workbench.model.claim import Basis as ClaimBasis
from workbench.model.claim import Claim, ClaimCell, ClaimKind, Role
from workbench.model.coding import Coding, Excerpt
from workbench.model.decision import Verb
from workbench.model.framework import Code, Theme
from workbench.model.glossary import Term, TermRule
from workbench.model.index_edition import (
    Aggregation,
    AnswerState,
    Competence,
    IndexAnswer,
    IndexEdition,
    Indicator,
)
from workbench.model.memo import Memo, MemoKind
from workbench.model.records import key_of
from workbench.model.saved_chart import SavedChart
from workbench.model.suggestion import Basis
from workbench.model.text import Passage, Text, TextKind
from workbench.model.translation import Link, Method, Verdict, Verification
from workbench.model.translation_check import CheckAnswer, CheckKind, Reply, question_key
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
    suggestion_answers,
    text_versions,
    translation_checks,
    units,
    verification,
)
from workbench.stages.cell_removal import remove_cell
from workbench.stages.edition_sheets import import_sheet
from workbench.stages.importing import ImportPlan, importing
from workbench.stages.redaction import add_redaction, remove_redaction
from workbench.stages.saved_charts import remove_chart, save_chart
from workbench.stages.summaries import insert_extracts
from workbench.study.study import Study

Draw = Callable[[st.SearchStrategy[Any]], Any]
WORDS = st.sampled_from(
    ["rights", "人権", "共生 policy", "[b]bold[/b]", "=cmd", "a\u202eb", "  x ", "", "council"]
)
REASON = st.sampled_from(["because", "drift found", "", "  "])
CONTENTS = [
    "The city shall endeavour.\nIt may ask.\n",
    "第1条 人権を尊重する。\n第2条 共生。\n",
    "One line only",
]


def pick(study: Study, draw: Draw, cls: type[Any]) -> Any:
    records = study.all(cls)
    assume(records)
    return draw(st.sampled_from(records))


def passage_in(study: Study, draw: Draw) -> tuple[str, Passage]:
    text = pick(study, draw, Text)
    start = draw(st.integers(0, text.characters))
    end = draw(st.integers(start, text.characters + 1))
    return text.id, Passage(start, end)


def case_and_code(study: Study, draw: Draw) -> tuple[str, str]:
    return pick(study, draw, Case).id, pick(study, draw, Code).id


def import_texts(study: Study, draw: Draw) -> None:
    content = draw(st.sampled_from(CONTENTS))
    name = draw(st.sampled_from(["a.txt", "b.txt", "folder/c.md"]))
    kind = draw(st.sampled_from(TextKind))
    plan = ImportPlan(case=draw(st.sampled_from(["", "Kawasaki", "Osaka"])), kind=kind)
    with importing(study, plan) as run:
        run.add(name, content.encode(), read_bytes(name, content.encode()))


def describe_text(study: Study, draw: Draw) -> None:
    text_versions.describe_text(
        study,
        pick(study, draw, Text).id,
        kind=draw(st.sampled_from([None, *TextKind])),
        translates=draw(st.sampled_from([None, "", *(text.id for text in study.all(Text))])),
        maker=draw(WORDS),
        reason=draw(REASON),
    )


def approve_text(study: Study, draw: Draw) -> None:
    text_versions.approve_text(study, pick(study, draw, Text).id, reason=draw(REASON), note=draw(WORDS))


def revise_text(study: Study, draw: Draw) -> None:
    old, new = pick(study, draw, Text), pick(study, draw, Text)
    revising.revise_text(study, old.id, new.id, reason=draw(REASON))


def place_excerpt(study: Study, draw: Draw) -> None:
    waiting = revising.waiting_excerpts(study)
    assume(waiting)
    place = draw(st.sampled_from([None, Passage(0, 9), Passage(3, 12)]))
    revising.place_excerpt(study, draw(st.sampled_from(waiting)).excerpt.id, place, reason=draw(REASON))


def keep_excerpt(study: Study, draw: Draw) -> None:
    waiting = revising.waiting_excerpts(study)
    assume(waiting)
    revising.keep_excerpt(study, draw(st.sampled_from(waiting)).excerpt.id, reason=draw(REASON))


def align_texts(study: Study, draw: Draw) -> None:
    pair = linking.pair_for_run(study, pick(study, draw, Text).id, pick(study, draw, Text).id)
    both = zip(range(len(pair.source_units)), range(len(pair.target_units)), strict=False)
    found = [linking.Proposed((one,), (other,), "length", 400, ("alike",)) for one, other in both]
    chosen = draw(st.lists(st.sampled_from(found), unique=True)) if found else []
    linking.record_run(study, pair, linking.Run(tuple(chosen), "test-1", 500, ("Look at it.",)))


def link_stretches(study: Study, draw: Draw) -> None:
    linking.link_stretches(study, passage_in(study, draw), passage_in(study, draw))


def links(study: Study, draw: Draw) -> list[str]:
    return [pick(study, draw, Link).id for _ in range(draw(st.integers(1, 2)))]


def add_term(study: Study, draw: Draw) -> None:
    term = Term("", "ja", "en", draw(WORDS), draw(st.sampled_from(TermRule)), renderings=(draw(WORDS),))
    glossary.add_term(study, term, reason=draw(REASON))


def verify_translation(study: Study, draw: Draw) -> None:
    verification.verify_translation(
        study,
        *passage_in(study, draw),
        reader=draw(WORDS),
        method=draw(st.sampled_from(Method)),
        verdict=draw(st.sampled_from(Verdict)),
        note=draw(WORDS),
    )


def answer_check(study: Study, draw: Draw) -> None:
    (source_id, here), (target_id, there) = passage_in(study, draw), passage_in(study, draw)
    source, target, seen = study.get(Text, source_id), study.get(Text, target_id), draw(WORDS)
    asked = translation_checks.Question(
        question_key(source_id, target_id, seen, here.start, -1),
        study.get(Document, target.document_id),
        source,
        target,
        draw(st.sampled_from(CheckKind)),
        1,
        draw(WORDS),
        here,
        there,
        (here,),
        (),
        seen,
    )
    translation_checks.answer_questions(study, [asked], draw(st.sampled_from(Reply)), reason=draw(REASON))


def apply_codebook(study: Study, draw: Draw) -> None:
    book = framework_versions.current_codebook(study)
    codes = tuple(
        replace(code, definition=draw(WORDS)) for code in book.codes if draw(st.booleans()) or code.successors
    )
    kept = {code.theme_id for code in codes}
    themes = tuple(theme for theme in book.themes if theme.id in kept or draw(st.booleans()))
    parents = {theme.id for theme in themes}
    assume(all(theme.parent_id is None or theme.parent_id in parents for theme in themes))
    framework_versions.apply_codebook(study, replace(book, themes=themes, codes=codes), reason=draw(REASON))


def reorder(study: Study, draw: Draw) -> None:
    cases = [case.id for case in study.all(Case)]
    assume(cases)
    register.reorder_cases(study, draw(st.permutations(cases)))


def linked_cell(study: Study, draw: Draw) -> tuple[str, str, str]:
    link = pick(study, draw, CellExcerpt)
    cell = study.get(Cell, link.cell_id)
    return cell.case_id, cell.code_id, link.excerpt_id


def insert_quote(study: Study, draw: Draw) -> None:
    case_id, code_id = case_and_code(study, draw)
    excerpt = pick(study, draw, Excerpt)
    start = draw(st.integers(0, len(excerpt.quote) - 1))
    words = excerpt.quote[start : draw(st.integers(start, len(excerpt.quote)))]
    chart.insert_quote(study, case_id, code_id, excerpt.id, words + draw(st.sampled_from(["", "x"])))


def set_status(study: Study, draw: Draw, *, first: bool) -> None:
    case_id, code_id = case_and_code(study, draw)
    cell = study.find(Cell, Cell.key(case_id, code_id))
    assume((cell is None or cell.status_id is None) == first)
    status = draw(st.sampled_from([None, *(status.id for status in study.all(Status))]))
    chart.set_status(study, case_id, code_id, status, note=draw(WORDS), reason=draw(REASON))


def set_statuses(study: Study, draw: Draw) -> None:
    places = [case_and_code(study, draw) for _ in range(draw(st.integers(1, 3)))]
    status = draw(st.sampled_from([None, *(status.id for status in study.all(Status))]))
    chart.set_statuses(study, places, status, note=draw(WORDS), reason=draw(REASON))


def record_search(study: Study, draw: Draw) -> None:
    case_id, code_id = case_and_code(study, draw)
    document = pick(study, draw, Document)
    chart.record_search(study, case_id, code_id, documents=[document.id], terms=[draw(WORDS)])


def add_footnote(study: Study, draw: Draw) -> None:
    record = pick(study, draw, draw(st.sampled_from([Cell, Code, Case, Theme])))
    chart.add_footnote(study, key_of(record), draw(WORDS))


def anchor(study: Study, draw: Draw) -> str:
    return key_of(pick(study, draw, draw(st.sampled_from([Document, Coding, Cell, Code, Case, Claim]))))


def write_memo(study: Study, draw: Draw) -> None:
    kind = draw(st.sampled_from(MemoKind))
    if kind is MemoKind.TRANSLATION:
        options = draw(st.lists(WORDS, max_size=2))
        text_id, passage = passage_in(study, draw)
        verification.write_translator_memo(
            study, text_id, passage, draw(WORDS), options=options, loss=draw(WORDS)
        )
    elif draw(st.booleans()):
        familiarise.write_memo(study, anchor(study, draw), draw(WORDS), kind=kind)
    else:
        text_id, passage = passage_in(study, draw)
        familiarise.note_passage(study, text_id, passage, draw(WORDS), kind=kind)


def merge(study: Study, draw: Draw) -> None:
    target = pick(study, draw, Code)
    merged = draw(st.lists(st.sampled_from(study.all(Code)), min_size=1, max_size=2))
    framework.merge_codes(study, [code.id for code in merged], target.id, reason=draw(REASON))


def add_code(study: Study, draw: Draw) -> None:
    theme = pick(study, draw, Theme)
    framework.add_code(study, theme.id, draw(WORDS), definition=draw(WORDS), reason=draw(REASON))


def add_theme(study: Study, draw: Draw) -> None:
    parent = draw(st.sampled_from([None, *(theme.id for theme in study.all(Theme))]))
    framework.add_theme(study, draw(WORDS), parent_id=parent, reason=draw(REASON))


def move_theme(study: Study, draw: Draw) -> None:
    theme = pick(study, draw, Theme)
    parent = draw(st.sampled_from([None, *(theme.id for theme in study.all(Theme))]))
    framework.move_theme(study, theme.id, parent, reason=draw(REASON))


def link_evidence(study: Study, draw: Draw) -> None:
    claim, role = pick(study, draw, Claim), draw(st.sampled_from(Role))
    if draw(st.booleans()):
        interpret.link_cell(study, claim.id, pick(study, draw, Cell).id, role)
    else:
        interpret.link_excerpt(study, claim.id, pick(study, draw, Excerpt).id, role)


def edit_claim(study: Study, draw: Draw) -> None:
    claim = pick(study, draw, Claim)
    if draw(st.booleans()):
        basis = draw(st.sampled_from(ClaimBasis))
        interpret.edit_claim(study, claim.id, statement=draw(WORDS), rival=draw(WORDS), basis=basis)
    else:
        interpret.hold_claim(study, claim.id)


def unlink_evidence(study: Study, draw: Draw) -> None:
    link = pick(study, draw, ClaimCell)
    interpret.unlink_cell(study, link.claim_id, link.cell_id)


def mark_reading(study: Study, draw: Draw) -> None:
    familiarise.mark_reading(study, pick(study, draw, Text).id, draw(st.sampled_from(ReadingState)))


def edit_code(study: Study, draw: Draw) -> None:
    code = pick(study, draw, Code)
    framework.edit_code(study, code.id, name=draw(WORDS), definition=draw(WORDS), reason=draw(REASON))


def progress(study: Study, draw: Draw) -> None:
    offsets = st.integers(0, 60)
    text = pick(study, draw, Text)
    familiarise.record_progress(study, text.id, stopped_at=draw(offsets), furthest=draw(offsets))


def uncode(study: Study, draw: Draw) -> None:
    index.uncode(study, pick(study, draw, Coding).id, reason=draw(REASON))


def recode(study: Study, draw: Draw) -> None:
    index.recode(study, pick(study, draw, Coding).id, pick(study, draw, Code).id, reason=draw(REASON))


def code_passage(study: Study, draw: Draw) -> None:
    text_id, passage = passage_in(study, draw)
    codes = draw(st.lists(st.sampled_from(study.all(Code) or [None]), min_size=1, max_size=3))
    assume(None not in codes)
    index.code_passage(study, text_id, passage, [code.id for code in codes], memo=draw(WORDS))


def hits(study: Study, draw: Draw) -> None:
    places = [passage_in(study, draw) for _ in range(draw(st.integers(1, 3)))]
    coding_changes.code_hits(study, places, [pick(study, draw, Code).id], reason=draw(REASON))


def in_vivo(study: Study, draw: Draw) -> None:
    theme = pick(study, draw, Theme)
    coding_changes.code_in_vivo(
        study, *passage_in(study, draw), theme.id, name=draw(WORDS), reason=draw(REASON)
    )


def resize(study: Study, draw: Draw) -> None:
    coding = pick(study, draw, Coding)
    coding_changes.resize_coding(study, coding.id, passage_in(study, draw)[1], reason=draw(REASON))


def split_coding(study: Study, draw: Draw) -> None:
    coding = pick(study, draw, Coding)
    excerpt = study.get(Excerpt, coding.excerpt_id)
    at = draw(st.integers(excerpt.start, excerpt.end))
    coding_changes.split_coding(study, coding.id, at, reason=draw(REASON))


def merge_codings(study: Study, draw: Draw) -> None:
    first = pick(study, draw, Coding)
    alike = study.all(Coding, code_id=first.code_id, coder=first.coder)
    ids = draw(st.lists(st.sampled_from(alike), min_size=1, max_size=3))
    coding_changes.merge_codings(study, [first.id, *(coding.id for coding in ids)], reason=draw(REASON))


def confirm(study: Study, draw: Draw) -> None:
    ids = [pick(study, draw, Coding).id for _ in range(draw(st.integers(1, 2)))]
    coding_changes.confirm_codings(study, ids, reason=draw(REASON))


def link_excerpts(study: Study, draw: Draw) -> None:
    excerpts = draw(st.lists(st.sampled_from(study.all(Excerpt) or [None]), min_size=1, max_size=3))
    assume(None not in excerpts)
    chart.link_excerpts(study, *case_and_code(study, draw), [excerpt.id for excerpt in excerpts])


def remove_footnote(study: Study, draw: Draw) -> None:
    chart.remove_footnote(study, pick(study, draw, Footnote).id)


def import_edition(study: Study, draw: Draw) -> None:
    if draw(st.booleans()):
        name = draw(st.sampled_from(["Own", "Lens", ""]))
        editions.edition_from_framework(study, name, edition=draw(st.sampled_from(["", "2020"])))
        return
    case = pick(study, draw, Case).name
    value = draw(st.sampled_from(["0", "50", "100", "missing", "n/a", "33", "often"]))
    content = f"area,indicator,codes,case,answer,excerpts\nRights,1,1.1,{case},{value},\n,,,{case},40,\n"
    sheet = read_index_sheet("s.csv", content.encode(), SheetReading({"index": "Lens"}))
    import_sheet(study, sheet, "s.csv", reason=draw(REASON))


def answer(study: Study, draw: Draw, *, first: bool) -> None:
    indicator, case = pick(study, draw, Indicator), pick(study, draw, Case)
    before = study.find(IndexAnswer, IndexAnswer.key(indicator.id, case.id, "2019"))
    assume((before is None) == first)
    if before is not None and draw(st.booleans()):
        editions.take_answer_away(study, before.id, reason=draw(REASON))
        return
    said = draw(st.sampled_from(["0", "50", "100", "33.0", "x", AnswerState.MISSING]))
    excerpts = [excerpt.id for excerpt in study.all(Excerpt)[: draw(st.integers(0, 2))]]
    editions.answer_indicator(
        study, indicator.id, case.id, said, as_of="2019", excerpt_ids=excerpts, reason=draw(REASON)
    )


def map_indicator(study: Study, draw: Draw) -> None:
    codes = draw(st.lists(st.sampled_from(study.all(Code) or [None]), max_size=2))
    assume(None not in codes)
    editions.map_indicator(
        study,
        pick(study, draw, Indicator).id,
        [code.id for code in codes],
        none=draw(st.booleans()),
        reason=draw(REASON),
    )


def answer_suggestion(study: Study, draw: Draw, answer: Callable[..., Any]) -> None:
    code = pick(study, draw, Code)
    text, passage = passage_in(study, draw)
    offer = Offer(text, passage, draw(st.sampled_from(Basis)), 500, 3, draw(st.booleans()), "x 1", 3, ())
    answer(study, code.id, offer, reason=draw(REASON))


def accept_suggestion(study: Study, draw: Draw) -> None:
    passage = draw(st.sampled_from([None, Passage(0, 4)]))
    other = draw(st.sampled_from(["", *study.framework.codes]))

    def accept(study: Study, code_id: str, offer: Offer, reason: str) -> None:
        suggestion_answers.accept_suggestion(
            study, code_id, offer, passage=passage, other_code=other, memo=draw(WORDS), reason=reason
        )

    answer_suggestion(study, draw, accept)


ACTIONS: dict[Verb, Callable[[Study, Draw], Any]] = {
    Verb.CHANGE_SETTING: lambda s, d: setup.change_setting(s, "question", d(WORDS), reason=d(REASON)),
    Verb.ADD_REDACTION: lambda s, d: add_redaction(s, d(WORDS), reason=d(REASON)),
    Verb.REMOVE_REDACTION: lambda s, d: remove_redaction(s, d(WORDS), reason=d(REASON)),
    Verb.ADD_CASE: lambda s, d: register.add_case(s, d(WORDS), attributes={"kind": d(WORDS)}),
    Verb.EDIT_CASE: lambda s, d: register.edit_case(s, pick(s, d, Case).id, name=d(WORDS)),
    Verb.REORDER_CASES: reorder,
    Verb.REMOVE_CASE: lambda s, d: register.remove_case(s, pick(s, d, Case).id, reason=d(REASON)),
    Verb.IMPORT_TEXTS: import_texts,
    Verb.EDIT_DOCUMENT: lambda s, d: register.edit_document(s, pick(s, d, Document).id, title=d(WORDS)),
    Verb.EXCLUDE_DOCUMENT: lambda s, d: register.exclude_document(
        s, pick(s, d, Document).id, reason=d(REASON)
    ),
    Verb.READMIT_DOCUMENT: lambda s, d: register.readmit_document(
        s, pick(s, d, Document).id, reason=d(REASON)
    ),
    Verb.ASSIGN_CASE: lambda s, d: register.assign_case(s, pick(s, d, Document).id, pick(s, d, Case).id),
    Verb.UNASSIGN_CASE: lambda s, d: register.unassign_case(
        s, pick(s, d, Document).id, pick(s, d, Case).id, reason=d(REASON)
    ),
    Verb.DESCRIBE_TEXT: describe_text,
    Verb.APPROVE_TEXT: approve_text,
    Verb.ALIGN_TEXTS: align_texts,
    Verb.LINK_STRETCHES: link_stretches,
    Verb.UNLINK_STRETCHES: lambda s, d: linking.unlink_stretches(s, links(s, d)),
    Verb.CONFIRM_LINKS: lambda s, d: linking.confirm_links(s, links(s, d)),
    Verb.JOIN_UNITS: lambda s, d: units.join_units(s, *passage_in(s, d)),
    Verb.SPLIT_UNIT: lambda s, d: units.split_unit(s, pick(s, d, Text).id, d(st.integers(0, 60))),
    Verb.VERIFY_TRANSLATION: verify_translation,
    Verb.REMOVE_VERIFICATION: lambda s, d: verification.remove_verification(
        s, pick(s, d, Verification).id, reason=d(REASON)
    ),
    Verb.ADD_TERM: add_term,
    Verb.EDIT_TERM: lambda s, d: glossary.edit_term(s, pick(s, d, Term).id, gloss=d(WORDS), reason=d(REASON)),
    Verb.REMOVE_TERM: lambda s, d: glossary.remove_term(s, pick(s, d, Term).id, reason=d(REASON)),
    Verb.ANSWER_CHECK: answer_check,
    Verb.WITHDRAW_CHECK_ANSWER: lambda s, d: translation_checks.withdraw_answer(
        s, pick(s, d, CheckAnswer).id
    ),
    Verb.CARRY_EXCERPTS: revise_text,
    Verb.PLACE_EXCERPT: place_excerpt,
    Verb.KEEP_EXCERPT: keep_excerpt,
    Verb.RECORD_PROGRESS: progress,
    Verb.MARK_READING: mark_reading,
    Verb.SET_BOOKMARKS: lambda s, d: familiarise.set_bookmarks(
        s, pick(s, d, Text).id, d(st.lists(st.integers(-1, 60), max_size=3))
    ),
    Verb.WRITE_MEMO: write_memo,
    Verb.EDIT_MEMO: lambda s, d: familiarise.edit_memo(s, pick(s, d, Memo).id, d(WORDS)),
    Verb.REMOVE_MEMO: lambda s, d: familiarise.remove_memo(s, pick(s, d, Memo).id),
    Verb.ADD_THEME: add_theme,
    Verb.EDIT_THEME: lambda s, d: framework.edit_theme(
        s, pick(s, d, Theme).id, name=d(WORDS), definition=d(WORDS), reason=d(REASON)
    ),
    Verb.MOVE_THEME: move_theme,
    Verb.RETIRE_THEME: lambda s, d: framework.retire_theme(s, pick(s, d, Theme).id, reason=d(REASON)),
    Verb.RESTORE_THEME: lambda s, d: framework.restore_theme(s, pick(s, d, Theme).id, reason=d(REASON)),
    Verb.ADD_CODE: add_code,
    Verb.ADOPT_IDEA: lambda s, d: framework.adopt_idea(
        s, pick(s, d, Memo).id, pick(s, d, Theme).id, d(WORDS), reason=d(REASON)
    ),
    Verb.EDIT_CODE: edit_code,
    Verb.MOVE_CODE: lambda s, d: framework.move_code(
        s, pick(s, d, Code).id, pick(s, d, Theme).id, reason=d(REASON)
    ),
    Verb.MERGE_CODES: merge,
    Verb.SPLIT_CODE: lambda s, d: framework.split_code(
        s, pick(s, d, Code).id, [d(WORDS), d(WORDS)], reason=d(REASON)
    ),
    Verb.RETIRE_CODE: lambda s, d: framework.retire_code(s, pick(s, d, Code).id, reason=d(REASON)),
    Verb.RESTORE_CODE: lambda s, d: framework.restore_code(s, pick(s, d, Code).id, reason=d(REASON)),
    Verb.APPLY_CODEBOOK: apply_codebook,
    Verb.RELEASE_FRAMEWORK: lambda s, d: framework_versions.release(s, reason=d(REASON)),
    Verb.CODE_PASSAGE: code_passage,
    Verb.UNCODE: uncode,
    Verb.RECODE: recode,
    Verb.CODE_HITS: hits,
    Verb.CODE_IN_VIVO: in_vivo,
    Verb.SUGGEST_CODE: lambda s, d: answer_suggestion(s, d, suggestion_answers.postpone_suggestion),
    Verb.ACCEPT_SUGGESTION: accept_suggestion,
    Verb.REJECT_SUGGESTION: lambda s, d: answer_suggestion(s, d, suggestion_answers.reject_suggestion),
    Verb.POSTPONE_SUGGESTION: lambda s, d: answer_suggestion(s, d, suggestion_answers.postpone_suggestion),
    Verb.RESIZE_CODING: resize,
    Verb.SPLIT_CODING: split_coding,
    Verb.MERGE_CODINGS: merge_codings,
    Verb.FLAG_DOUBT: lambda s, d: coding_changes.flag_doubt(s, pick(s, d, Coding).id, d(WORDS)),
    Verb.CLEAR_DOUBT: lambda s, d: coding_changes.clear_doubt(s, pick(s, d, Coding).id, reason=d(REASON)),
    Verb.CONFIRM_CODING: confirm,
    Verb.MARK_REVIEWED: lambda s, d: reviewing.mark_reviewed(s, *passage_in(s, d)),
    Verb.UNMARK_REVIEWED: lambda s, d: reviewing.unmark_reviewed(s, *passage_in(s, d)),
    Verb.WRITE_CELL: lambda s, d: chart.write_cell(
        s, *case_and_code(s, d), summary=d(WORDS), comment=d(WORDS)
    ),
    Verb.INSERT_EXTRACTS: lambda s, d: insert_extracts(s, *case_and_code(s, d)),
    Verb.SAVE_CHART: lambda s, d: save_chart(
        s,
        d(WORDS),
        SavedChart("", "", rows=d(st.sampled_from(["cases", "years"])), descending=d(st.booleans())),
    ),
    Verb.REMOVE_CHART: lambda s, d: remove_chart(s, pick(s, d, SavedChart).id),
    Verb.LINK_EXCERPTS: link_excerpts,
    Verb.UNLINK_EXCERPT: lambda s, d: chart.unlink_excerpt(s, *linked_cell(s, d)),
    Verb.INSERT_QUOTE: insert_quote,
    Verb.REMOVE_QUOTE: lambda s, d: chart.remove_quote(s, pick(s, d, CellQuote).id),
    Verb.SET_STATUS: lambda s, d: set_status(s, d, first=True),
    Verb.CHANGE_STATUS: lambda s, d: set_status(s, d, first=False),
    Verb.SET_STATUSES: set_statuses,
    Verb.REMOVE_CELL: lambda s, d: remove_cell(s, *case_and_code(s, d), reason=d(REASON)),
    Verb.MARK_CELL: lambda s, d: chart.mark_cell(s, *case_and_code(s, d), d(st.sampled_from(CellState))),
    Verb.CLEAR_STALE: lambda s, d: chart.clear_stale(s, *case_and_code(s, d), reason=d(REASON)),
    Verb.RECORD_SEARCH: record_search,
    Verb.ADD_FOOTNOTE: add_footnote,
    Verb.REMOVE_FOOTNOTE: remove_footnote,
    Verb.IMPORT_EDITION: import_edition,
    Verb.EDIT_EDITION: lambda s, d: editions.edit_edition(
        s,
        pick(s, d, IndexEdition).id,
        level=d(WORDS),
        aggregation=d(st.sampled_from(Aggregation)),
        area_weights={"Rights": d(st.sampled_from(["1", "2/3", "x"]))},
        reason=d(REASON),
    ),
    Verb.REMOVE_EDITION: lambda s, d: editions.remove_edition(
        s, pick(s, d, IndexEdition).id, reason=d(REASON)
    ),
    Verb.EDIT_INDICATOR: lambda s, d: editions.edit_indicator(
        s,
        pick(s, d, Indicator).id,
        title=d(WORDS),
        weight=d(st.sampled_from(["1", "0", "1/3", "-1"])),
        competence=d(st.sampled_from(Competence)),
        reason=d(REASON),
    ),
    Verb.MAP_INDICATOR: map_indicator,
    Verb.ANSWER_INDICATOR: lambda s, d: answer(s, d, first=True),
    Verb.CHANGE_ANSWER: lambda s, d: answer(s, d, first=False),
    Verb.MAKE_CLAIM: lambda s, d: interpret.make_claim(
        s, d(st.sampled_from(ClaimKind)), d(WORDS), statement=d(WORDS)
    ),
    Verb.EDIT_CLAIM: edit_claim,
    Verb.LINK_EVIDENCE: link_evidence,
    Verb.UNLINK_EVIDENCE: unlink_evidence,
    Verb.REMOVE_CLAIM: lambda s, d: interpret.remove_claim(s, pick(s, d, Claim).id, reason=d(REASON)),
    Verb.UNDO: lambda s, d: history.undo(s),
    Verb.REDO: lambda s, d: history.redo(s),
}
"""Verb -> an attempt at it; whether the rules allow it is for the program to say."""

SETUP_ONLY = frozenset({Verb.CREATE_STUDY, Verb.RESTORE_BACKUP})
