"""Reasons: every kind of decision that needs one is refused without it, and keeps the one that is given."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.tui.example import build_study
from workbench.errors import ReasonMissing
from workbench.model.case import Document
from workbench.model.cell import CellState
from workbench.model.claim import Claim
from workbench.model.coding import Coding, Excerpt
from workbench.model.decision import Verb
from workbench.model.glossary import Term, TermRule
from workbench.model.text import Passage, Text, TextKind
from workbench.model.translation import Method, Verdict, Verification
from workbench.sources import read_bytes
from workbench.stages import (
    chart,
    coding_changes,
    editions,
    framework,
    framework_versions,
    glossary,
    redaction,
    register,
    setup,
)
from workbench.stages.importing import ImportPlan, importing
from workbench.stages.linking import link_stretches
from workbench.stages.revising import revise_text, waiting_excerpts
from workbench.stages.text_versions import approve_text
from workbench.stages.translation_checks import questions
from workbench.stages.verification import verify_translation
from workbench.study.file import open_study
from workbench.study.study import Study

WHY = "because of the test"
Begin = Callable[[Study], object]


def nothing(study: Study) -> None:
    """Begin with the study as it is."""


def edition(study: Study) -> None:
    editions.edition_from_framework(study, "Openness", edition="2020", reference_date="2019")


def answered(study: Study) -> None:
    from workbench.model.index_edition import Indicator

    edition(study)
    editions.answer_indicator(study, study.all(Indicator, number="1.1")[0].id, "north", "50")


def stale(study: Study) -> None:
    framework.edit_code(study, "assembly", definition="Other.", reason="prepared")


def released(study: Study) -> None:
    framework_versions.release(study, reason="prepared")


def empty_case(study: Study) -> None:
    register.add_case(study, "Empty")


def excluded(study: Study) -> None:
    register.exclude_document(study, document(study), reason="prepared")


def document(study: Study) -> str:
    return study.all(Document, key="north-plan")[0].id


def of(cls: type[Coding] | type[Claim]) -> Callable[[Study], str]:
    return lambda study: study.all(cls)[0].id


def draft(study: Study) -> None:
    with importing(study, ImportPlan(kind=TextKind.MACHINE_DRAFT, language="en")) as run:
        run.add("draft.txt", b"Nothing of it.\n", read_bytes("draft.txt", b"Nothing of it.\n"))


def text_of(file: str) -> Callable[[Study], str]:
    return lambda study: study.all(Text, file_name=file)[0].id


def coded_text(study: Study) -> str:
    return study.get(Excerpt, study.all(Coding)[0].excerpt_id).text_id


def replaced(study: Study) -> None:
    draft(study)
    approve_text(study, text_of("draft.txt")(study), reason="prepared")
    revise_text(study, coded_text(study), text_of("draft.txt")(study), reason="prepared")


def checked(study: Study) -> None:
    draft(study)
    verify_translation(
        study,
        text_of("draft.txt")(study),
        Passage(0, 14),
        reader="K. Sato",
        method=Method.PANEL,
        verdict=Verdict.SOUND,
    )


def questionable(study: Study) -> None:
    draft(study)
    target = text_of("draft.txt")(study)
    link_stretches(study, (coded_text(study), Passage(0, 1)), (target, Passage(0, 9)))


def term(study: Study) -> None:
    words = Term("", "ja", "en", "共生", TermRule.FIXED, renderings=("coexistence",))
    glossary.add_term(study, words, reason="prepared")


Given = str | Callable[[Study], str]
TABLE: dict[Verb, tuple[Begin, tuple[Given, ...]]] = {
    Verb.REMOVE_CASE: (empty_case, ("case", "remove", "STUDY", "Empty")),
    Verb.EXCLUDE_DOCUMENT: (nothing, ("document", "exclude", "STUDY", "north-plan")),
    Verb.READMIT_DOCUMENT: (excluded, ("document", "readmit", "STUDY", "north-plan")),
    Verb.UNASSIGN_CASE: (nothing, ("document", "unassign", "STUDY", "north-plan", "North City")),
    Verb.EDIT_THEME: (nothing, ("framework", "edit-theme", "STUDY", "1", "--name", "Other")),
    Verb.MOVE_THEME: (nothing, ("framework", "move", "STUDY", "1", "2")),
    Verb.RETIRE_THEME: (nothing, ("framework", "retire", "STUDY", "2")),
    Verb.RESTORE_THEME: (
        lambda study: framework.retire_theme(study, "other", reason="prepared"),
        ("framework", "restore", "STUDY", "2"),
    ),
    Verb.EDIT_CODE: (nothing, ("framework", "edit-code", "STUDY", "1.1", "--name", "Council")),
    Verb.MOVE_CODE: (nothing, ("framework", "move", "STUDY", "1.1", "2")),
    Verb.MERGE_CODES: (nothing, ("framework", "merge", "STUDY", "1.3", "--into", "1.2")),
    Verb.SPLIT_CODE: (nothing, ("framework", "split", "STUDY", "1.1", "One", "Two")),
    Verb.RETIRE_CODE: (nothing, ("framework", "retire", "STUDY", "1.1")),
    Verb.RESTORE_CODE: (
        lambda study: framework.retire_code(study, "assembly", reason="prepared"),
        ("framework", "restore", "STUDY", "1.1"),
    ),
    Verb.APPLY_CODEBOOK: (nothing, ("framework", "apply", "STUDY", "BOOK")),
    Verb.RELEASE_FRAMEWORK: (nothing, ("framework", "release", "STUDY")),
    Verb.CODE_HITS: (nothing, ("coding", "hits", "STUDY", "HITS", "--code", "1.3")),
    Verb.CONFIRM_CODING: (stale, ("coding", "confirm", "STUDY", of(Coding))),
    Verb.CHANGE_STATUS: (nothing, ("cell", "status", "STUDY", "North City", "1.1", "STATUS", "--note", "n")),
    Verb.SET_STATUSES: (
        nothing,
        ("cell", "status", "STUDY", "North City", "1.3", "na", "--case", "south", "--note", "n"),
    ),
    Verb.CLEAR_STALE: (stale, ("cell", "clear", "STUDY", "North City", "1.1")),
    Verb.REMOVE_CELL: (
        lambda study: chart.write_cell(study, "south", "housing", summary="Help."),
        ("cell", "remove", "STUDY", "south", "1.3"),
    ),
    Verb.EDIT_EDITION: (edition, ("edition", "rules", "STUDY", "Openness", "--source", "Somewhere")),
    Verb.REMOVE_EDITION: (edition, ("edition", "remove", "STUDY", "Openness")),
    Verb.EDIT_INDICATOR: (edition, ("edition", "indicator", "STUDY", "Openness", "1.1", "--title", "T")),
    Verb.CHANGE_ANSWER: (answered, ("edition", "answer", "STUDY", "Openness", "1.1", "North City", "100")),
    Verb.REMOVE_CLAIM: (nothing, ("claim", "remove", "STUDY", of(Claim))),
    Verb.ADD_REDACTION: (nothing, ("redact", "add", "STUDY", "assembly")),
    Verb.REMOVE_REDACTION: (
        lambda study: redaction.add_redaction(study, "assembly", reason="prepared"),
        ("redact", "remove", "STUDY", "assembly"),
    ),
    Verb.APPROVE_TEXT: (draft, ("version", "approve", "STUDY", text_of("draft.txt"))),
    Verb.CARRY_EXCERPTS: (
        lambda study: (draft(study), approve_text(study, text_of("draft.txt")(study), reason="prepared")),
        ("version", "revise", "STUDY", coded_text, text_of("draft.txt")),
    ),
    Verb.KEEP_EXCERPT: (
        replaced,
        ("excerpt", "keep", "STUDY", lambda study: waiting_excerpts(study)[0].excerpt.id),
    ),
    Verb.REMOVE_VERIFICATION: (
        checked,
        ("verification", "remove", "STUDY", lambda study: study.all(Verification)[0].id),
    ),
    Verb.ADD_TERM: (
        nothing,
        (
            "glossary",
            "add",
            "STUDY",
            "共生",
            "--language",
            "ja",
            "--into",
            "en",
            "--rendering",
            "coexistence",
        ),
    ),
    Verb.EDIT_TERM: (term, ("glossary", "edit", "STUDY", "共生", "--gloss", "living together")),
    Verb.REMOVE_TERM: (term, ("glossary", "remove", "STUDY", "共生")),
    Verb.ANSWER_CHECK: (
        questionable,
        ("translation-check", "answer", "STUDY", lambda study: questions(study)[0].id, "dismiss"),
    ),
    Verb.RESTORE_BACKUP: (nothing, ("restore", "STUDY", "BACKUP")),
    # Only once a version is released:
    Verb.ADD_CODE: (released, ("framework", "add-code", "STUDY", "1", "New")),
    Verb.ADD_THEME: (released, ("framework", "add-theme", "STUDY", "New")),
}


def test_every_verb_that_needs_a_reason_is_tried() -> None:
    assert {verb for verb in Verb if verb.needs_reason} <= set(TABLE)


def words(path: Path, workbench: Run, given: tuple[Given, ...]) -> list[str]:
    book, hits = path.with_name("book.yaml"), path.with_name("hits.csv")
    with open_study(path, read_only=True) as study:
        known = {"STUDY": str(path), "BOOK": str(book), "HITS": str(hits)}
        cell = chart.cell_of(study, "north", "assembly")
        known["STATUS"] = "restricted" if cell is not None and cell.status_id == "yes" else "yes"
        said = [known.get(each, each) if isinstance(each, str) else each(study) for each in given]
    if "BOOK" in given:
        exported = workbench("framework", "export", path).out
        book.write_text(exported.replace("What counts as assembly.", "Another definition."), "utf-8")
    if "HITS" in given:
        hits.write_text(workbench("search", path, "city", "--format", "csv").out, "utf-8")
    if "BACKUP" in given:
        assert workbench("backup", path).status == 0
        said[said.index("BACKUP")] = "1"
    return said


@pytest.mark.parametrize("verb", TABLE, ids=lambda verb: verb.label)
def test_a_command_is_refused_without_a_reason_and_keeps_the_one_given(
    workbench: Run, tmp_path: Path, verb: Verb
) -> None:
    begin, given = TABLE[verb]
    path = tmp_path / "two.workbench"
    with build_study(path) as study:
        begin(study)
        head = study.head
    command = words(path, workbench, given)
    for without in (command, [*command, "--reason", "  "], [*command, "--reason", "\u200b\u2060"]):
        refused = workbench(*without)
        assert refused.status == 3, refused.err
        assert "reason" in refused.err
    with open_study(path, read_only=True) as study:
        assert study.head == head
    done = workbench(*command, "--reason", WHY)
    assert done.status == 0, done.err
    with open_study(path, read_only=True) as study:
        decided = study.decisions(first=head.count + 1)
        assert (verb.label, WHY) in {(each.action, each.reason) for each in decided}


def reviewed(study: Study) -> None:
    chart.mark_cell(study, "north", "assembly", CellState.REVIEWED)


def asked(study: Study) -> None:
    setup.change_setting(study, "question", "Who is heard?")
    setup.change_setting(study, "cut-off", "2018-07-02")


AS_THINGS_STAND: dict[str, tuple[Begin, tuple[Given, ...], tuple[Given, ...]]] = {
    "a review taken back to charted": (
        reviewed,
        ("cell", "state", "STUDY", "North City", "1.1", "charted"),
        ("cell", "state", "STUDY", "North City", "1.1", "reviewed"),
    ),
    "a review taken back to draft": (
        reviewed,
        ("cell", "state", "STUDY", "North City", "1.1", "draft"),
        ("cell", "state", "STUDY", "North City", "1.1", "charted"),
    ),
    "another cut-off": (asked, ("set", "STUDY", "cut-off", "2019-01-01"), ("set", "STUDY", "title", "T")),
    "no cut-off": (asked, ("set", "STUDY", "cut-off", ""), ("set", "STUDY", "title", "T")),
    "another question": (asked, ("set", "STUDY", "question", "Why?"), ("set", "STUDY", "title", "T")),
    "a first cut-off": (nothing, (), ("set", "STUDY", "cut-off", "2019-01-01")),
    "a first status": (nothing, (), ("cell", "status", "STUDY", "south", "1.1", "na", "--note", "N")),
}
"""What needs a reason only as things stand, and what beside it needs none."""


@pytest.mark.parametrize("what", AS_THINGS_STAND)
def test_what_takes_back_what_others_rest_on_needs_a_reason_and_what_begins_does_not(
    workbench: Run, tmp_path: Path, what: str
) -> None:
    begin, needs, needs_none = AS_THINGS_STAND[what]
    path = tmp_path / "two.workbench"
    with build_study(path) as study:
        begin(study)
        head = study.head
    if needs:
        command = words(path, workbench, needs)
        for without in (command, [*command, "--reason", " \u200b"]):
            refused = workbench(*without)
            assert refused.status == 3, refused.err
            assert "needs a reason" in refused.err
        with open_study(path, read_only=True) as study:
            assert study.head == head
        assert workbench(*command, "--reason", WHY).status == 0
        with open_study(path, read_only=True) as study:
            assert study.decisions(latest=1)[0].reason == WHY
    done = workbench(*words(path, workbench, needs_none))
    assert done.status == 0, done.err


def test_functions_that_change_much_at_once_ask_too(tmp_path: Path) -> None:
    from workbench.stages import index

    with build_study(tmp_path / "two.workbench") as study:
        stale(study)
        codings = [coding.id for coding in study.all(Coding)]
        head = study.head
        assert len(codings) > 1
        with pytest.raises(ReasonMissing):
            index.uncode(study, *codings)
        with pytest.raises(ReasonMissing):
            index.recode_all(study, codings, "housing")
        with pytest.raises(ReasonMissing):
            coding_changes.confirm_codings(study, codings, reason=" ")
        with pytest.raises(ReasonMissing):
            chart.clear_stale(study, "north", "assembly", reason="")
        assert study.head == head
