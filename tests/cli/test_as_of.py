"""The past on the command line: every reading command, exports too, answers as it did then."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.conftest import REPOSITORY
from tests.tui.example import build_study
from workbench.cli.nouns import NOUNS
from workbench.cli.options import Access
from workbench.cli.parser import build_parser, children
from workbench.model.case import Case, Document
from workbench.model.claim import Claim
from workbench.model.coding import Coding, Excerpt
from workbench.model.decision import Verb
from workbench.model.glossary import Term, TermRule
from workbench.model.index_edition import IndexEdition, Indicator
from workbench.model.memo import Memo, MemoKind
from workbench.model.records import Record, Setting, key_of
from workbench.model.saved_chart import SavedChart
from workbench.model.suggestion import METHOD, Answer, Basis, Suggestion
from workbench.model.text import Text, TextKind
from workbench.model.translation import (
    Alignment,
    LeftBehind,
    LeftState,
    Link,
    LinkState,
    Method,
    Verdict,
    Verification,
)
from workbench.model.translation_check import CheckAnswer, CheckKind, Reply
from workbench.model.unit_cut import UnitCut
from workbench.stages import (
    chart,
    editions,
    familiarise,
    framework,
    framework_versions,
    glossary,
    index,
    interpret,
    register,
)
from workbench.stages.saved_charts import remove_chart, save_chart
from workbench.study.file import open_study
from workbench.study.study import Study

COMMANDS: dict[str, tuple[str, ...]] = {
    "check": ("--rule", "whole"),
    "settings": (),
    "cases": (),
    "documents": ("--fields", "all"),
    "texts": (),
    "text": ("t-north",),
    "memos": (),
    "framework show": (),
    "framework statuses": (),
    "framework preview": ("BOOK",),
    "framework diff": ("1",),
    "framework versions": (),
    "framework export": (),
    "codings": (),
    "coding waiting": (),
    "unindexed": (),
    "excerpts": (),
    "suggest": ("1.1", "--coder", "A. Mori", "--format", "json"),
    "suggestions": ("--each", "--format", "json"),
    "search": ("city",),
    "cell list": (),
    "cell show": ("North City", "1.1"),
    "cell footnotes": (),
    "cell measures": (),
    "chart": ("--format", "html"),
    "charts": (),
    "picture": ("statuses", "--format", "svg"),
    "count": (),
    "rank": (),
    "compare": ("PRINTED",),
    "editions": (),
    "edition export": ("Openness",),
    "edition show": ("Openness",),
    "edition score": ("Openness",),
    "edition compare": ("Openness",),
    "edition beside": ("Openness",),
    "checklist": ("--kind", "coreq"),
    "export-preview": ("log",),
    "log report": (),
    "redact list": (),
    "claim list": (),
    "claim show": ("CLAIM",),
    "log show": ("--format", "json"),
    "log verify": (),
    "log export": (),
    "history": ("case:north",),
    "units": ("TEXT",),
    "attributes list": ("--case", "North City"),
    "words": (),
    "links": ("TEXT",),
    "counterparts": ("TEXT", "0:9"),
    "untranslated": ("TEXT", "OTHER"),
    "uncertain": (),
    "verifications": (),
    "version diff": ("TEXT", "OTHER"),
    "translation-statement": (),
    "translation-checks": ("--all",),
    "glossary list": (),
    "glossary show": ("共生",),
    "glossary check": ("--format", "markdown"),
    "glossary export": (),
}


COPIES = {"save-as", "export"}
"""Commands that write a whole study somewhere else."""


def reading_commands() -> set[str]:
    found = set()
    for noun in NOUNS:
        top = children(build_parser(noun.name))[noun.name]
        for verb, parser in (children(top) or {"": top}).items():
            if parser.get_default("access") is Access.READ:
                found.add(f"{noun.name} {verb}".strip())
    return found - {"as-of"}


def test_every_reading_command_is_tried() -> None:
    assert set(COMMANDS) | COPIES == reading_commands()


def _two_texts(study: Study) -> list[str]:
    return sorted(text.id for text in study.all(Text))[:2]


def _translated(study: Study) -> list[Record]:
    """Give what says how two texts hang together."""
    text, other = _two_texts(study)
    excerpt = study.all(Excerpt, text_id=text)[0]
    at = "2026-01-01T00:00:00.000Z"
    return [
        Alignment("run", text, other, "by hand 1", "blocks-3", 900, ("doubtful",), "A. Mori", at),
        UnitCut(UnitCut.key(text, 9), text, 9),
        Link("link", text, other, 0, 9, 0, 9, "by hand", 900, LinkState.PROPOSED),
        CheckAnswer(
            *("q1", text, other, 0, 9, 0, 9, 0, 0, CheckKind.NAMES, "n", "Asked?"),
            *(Reply.NOTED, "n", "A. Mori", at),
        ),
        Verification("seen", other, 0, 9, "B. Sato", Method.SECOND_READER, Verdict.SOUND, "A. Mori", at),
        LeftBehind(
            LeftBehind.key(excerpt.id, other),
            excerpt.id,
            other,
            LeftState.UNCERTAIN,
            0,
            9,
            500,
            "it was rewritten",
        ),
    ]


def begin(study: Study) -> None:
    """Make one of everything that the commands can show."""
    familiarise.write_memo(study, "case:north", "look again", kind=MemoKind.REFLECTION)
    save_chart(study, "All of it", SavedChart("", ""))
    editions.edition_from_framework(study, "Openness", edition="2020", reference_date="2019")
    indicator = study.all(Indicator)[0]
    editions.answer_indicator(study, indicator.id, "north", "50")
    term = Term("", "ja", "en", "共生", TermRule.FIXED, renderings=("coexistence",))
    glossary.add_term(study, term, reason="agreed")
    text, other = _two_texts(study)
    newer = replace(study.get(Text, other), kind=TextKind.OWN_TRANSLATION, revises=text)
    study.decide(Verb.ALIGN_TEXTS, "alignment:run", put=[newer, *_translated(study)])
    said = Suggestion(
        *("said", text, 0, 4, "assembly", "A. Mori", METHOD, Basis.CUES, 900, 1, False, "", ("cue",), 0),
        *("2026-01-01T00:00:00.000Z", Answer.REJECTED),
    )
    study.decide(Verb.REJECT_SUGGESTION, "suggestion:said", put=[said])
    framework_versions.release(study, reason="first")


def change_everything(study: Study) -> None:
    """Change what every command shows."""
    study.decide(Verb.CHANGE_SETTING, "setting:title", put=[Setting("title", "Another title")])
    term = glossary.find_term(study, "共生")
    glossary.edit_term(study, term.id, renderings=("living together",), reason="asked again")
    kept = [key_of(record) for record in _translated(study)]
    alone = replace(study.get(Text, _two_texts(study)[1]), revises=None)
    study.decide(Verb.ALIGN_TEXTS, "alignment:run", put=[alone], remove=kept)
    case, edition = study.get(Case, "north"), study.all(IndexEdition)[0]
    study.decide(Verb.EDIT_CASE, "case:north", put=[replace(case, name="Far North", position=7)])
    for claim in study.all(Claim):
        interpret.remove_claim(study, claim.id, reason="no")
    for memo in study.all(Memo):
        familiarise.remove_memo(study, memo.id)
    for saved in study.all(SavedChart):
        remove_chart(study, saved.id)
    editions.remove_edition(study, edition.id, reason="no")
    chart.write_cell(study, "north", "assembly", summary="Quite another summary.")
    framework.edit_code(
        study, "assembly", name="Council", definition="Other.", cues=("city", "市"), reason="clearer"
    )
    study.decide(Verb.REJECT_SUGGESTION, "suggestion:said", remove=["suggestion:said"])
    framework.add_code(study, "local", "A new code", reason="wanting")
    framework.retire_code(study, "housing", reason="no")
    framework_versions.release(study, reason="second")
    for coding in study.all(Coding, code_id="assembly"):
        index.recode(study, coding.id, "desk")
    document = study.all(Document)[0]
    register.exclude_document(study, document.id, reason="out of scope")


@pytest.fixture
def then(tmp_path: Path) -> Path:
    path = tmp_path / "two.workbench"
    with build_study(path) as study:
        begin(study)
    (tmp_path / "printed.csv").write_text("Theme,North City,南市 [red]\nLocal measures,1,0\n", "utf-8")
    (tmp_path / "book.yaml").write_bytes((REPOSITORY / "codebook.yaml").read_bytes())
    return path


def asked(path: Path, command: str, given: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Give a command without and with the study, as `as-of` and the command itself take it."""
    files: dict[str, str] = {
        "PRINTED": str(path.with_name("printed.csv")),
        "BOOK": str(path.with_name("book.yaml")),
    }
    with open_study(path, read_only=True) as study:
        files["TEXT"], files["OTHER"] = _two_texts(study)
        files["CLAIM"] = next((claim.id for claim in study.all(Claim)), "")
    words, rest = tuple(command.split()), tuple(files.get(each, each) for each in given)
    return (*words, *rest), (*words, str(path), *rest)


@pytest.mark.parametrize("command", COMMANDS)
def test_a_reading_command_answers_as_it_did_then(workbench: Run, then: Path, command: str) -> None:
    with open_study(then, coder="A. Mori") as study:
        seq = study.head.count
    without, whole = asked(then, command, COMMANDS[command])
    before = workbench(*whole)
    assert before.out or before.err.startswith("There are none.\n") or command == "edition compare"
    assert before.status in (0, 1), before.err
    assert workbench("as-of", then, seq, *without).out == before.out
    with open_study(then, coder="A. Mori") as study:
        change_everything(study)
    again = workbench("as-of", then, seq, *without)
    assert (again.status, again.out) == (before.status, before.out)
    now = workbench(*whole)
    assert command in UNCHANGED or now.out != before.out, "the study did change"


UNCHANGED = {
    "version diff",
    "redact list",
    "framework statuses",
    "cell footnotes",
    "edition compare",
    "translation-checks",
    "search",
    "text",
    "texts",
    "unindexed",
    "attributes list",
    "words",
}
"""Commands that say the same after the changes."""


@pytest.mark.parametrize("format", ["xlsx", "docx", "html", "md", "csv", "json"])
def test_an_export_is_that_of_then(done: Run, then: Path, tmp_path: Path, format: str) -> None:
    before, again = tmp_path / f"before.{format}", tmp_path / f"again.{format}"
    done("chart", then, "-o", before)
    with open_study(then, coder="A. Mori") as study:
        seq = study.head.count
        change_everything(study)
    done("as-of", then, seq, "chart", "-o", again)
    assert again.read_bytes() == before.read_bytes()


def test_a_past_becomes_a_study_of_its_own_by_its_text_form(done: Run, workbench: Run, then: Path) -> None:
    folder, made = then.with_name("text"), then.with_name("earlier.workbench")
    assert workbench("as-of", then, 12, "save-as", made).status == 3
    done("as-of", then, 12, "export", folder)
    done("import-text", folder, made)
    with open_study(made, read_only=True) as study:
        assert study.head.count == 12
    assert done("cases", made).out == done("as-of", then, 12, "cases").out


@pytest.mark.parametrize("given", ["0", "999999", "yesterday", "1990-01-01", "9999-99-99", "-1", ""])
def test_a_moment_that_is_none_is_refused(workbench: Run, then: Path, given: str) -> None:
    refused = workbench("as-of", then, given, "cases")
    assert (refused.status, refused.out) == (2, "")


def test_log_show_takes_every_filter_together(done: Run, then: Path) -> None:
    def seqs(*words: str) -> list[int]:
        return [row["seq"] for row in json.loads(done("log", "show", then, "--format", "json", *words).out)]

    with open_study(then, coder="B. Sato") as study:
        head = study.head.count
        framework.edit_code(study, "assembly", definition="Other.", reason="Ｃlearer for readers")
    assert seqs("--coder", "B. Sato") == seqs("--reason", "CLEARER readers") == [head + 1]
    assert seqs("--code", "1.1", "--stage", "framework", "--action", "edit code") == [head + 1]
    assert seqs("--document", "north-plan", "--stage", "framework") == []
    assert head + 1 in seqs("--case", "North City"), "its cell became stale"
    about_both = seqs("--case", "North City", "--code", "1.1")
    assert about_both
    assert set(about_both) <= set(seqs("--code", "1.1")) & set(seqs("--case", "North City"))
    assert seqs("--document", "north-plan", "--action", "code passage")
    assert seqs("--from", "2001-01-01", "--to", "2002-01-01") == []
    assert seqs("--from", "2001-01-01") == seqs() == list(range(1, head + 2))
    assert seqs("--last", "2") == [head, head + 1]


@pytest.mark.parametrize(
    "words", [("--from", "soon"), ("--stage", "x"), ("--case", "Nowhere"), ("--last", "-1"), ("--last", "0")]
)
def test_a_filter_that_cannot_be_meant_is_refused(workbench: Run, then: Path, words: tuple[str, str]) -> None:
    assert workbench("log", "show", then, *words).status == 2
