"""What is redacted leaves in no export, and a derived study is whole in itself."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.cli.conftest import CODER
from tests.exchange.held import PLAN, SECRET, build_held
from workbench.cli import main
from workbench.cli.parser import build_parser, children
from workbench.errors import ReasonMissing, Refused, WrongUsage
from workbench.exchange.blacking import Blacking
from workbench.exchange.charts import FORMATS as CHARTS
from workbench.exchange.derived import as_it_leaves, derive, silent
from workbench.exchange.edited_workbook import read_edited
from workbench.exchange.glossary import FORMATS as GLOSSARIES
from workbench.exchange.log_export import LOG_FORMATS as LOGS
from workbench.exchange.memo_list import FORMATS as MEMOS
from workbench.exchange.pictures import KINDS as PICTURES
from workbench.exchange.rewording import Rewording
from workbench.model.case import Case
from workbench.model.cell import Cell
from workbench.model.coding import Excerpt
from workbench.model.glossary import Term, TermRule
from workbench.model.records import KINDS, forms
from workbench.model.redaction import MARK, Redaction, RedactionMode, marked_places
from workbench.model.text import Text
from workbench.stages import (
    chart,
    editions,
    familiarise,
    glossary,
)
from workbench.stages.checklists import FORMATS as CHECKLIST_FORMATS
from workbench.stages.proposal_reading import proposals_of
from workbench.stages.redaction import add_redaction, remove_redaction
from workbench.study.file import open_study, study_in_memory
from workbench.study.log import Finding, verify_chain
from workbench.study.replay import differences, replay
from workbench.study.study import Study


def blacking(*terms: tuple[RedactionMode, str]) -> Blacking:
    return Blacking([Redaction(str(n), mode, term) for n, (mode, term) in enumerate(terms, 1)])


def test_whole_words_are_marked_and_longer_words_are_not() -> None:
    shown, places = blacking((RedactionMode.WORDS, SECRET)).of(PLAN)
    assert places == 2
    assert shown == PLAN.replace("Ms Tanaka", f"Ms {MARK * 6}").replace("TANAKA", MARK * 6)


def test_a_term_as_it_stands_is_marked_inside_words_too() -> None:
    assert blacking((RedactionMode.PLAIN, "人市民")).of("外国人市民会議") == (f"外国{MARK * 3}会議", 1)


def test_terms_that_overlap_are_one_place() -> None:
    both = blacking((RedactionMode.PLAIN, "abcd"), (RedactionMode.PLAIN, "cdef"))
    assert both.of("xabcdefx") == (f"x{MARK * 6}x", 1)


def test_marks_keep_the_ends_of_lines() -> None:
    shown, places = blacking((RedactionMode.WORDS, "the desk")).of("At the\ndesk.")
    assert (shown, places) == (f"At {MARK * 3}\n{MARK * 4}.", 1)


def test_a_pattern_that_takes_too_long_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("workbench.exchange.blacking.TIME_LIMIT", 0.05)
    slow = blacking((RedactionMode.PATTERN, r"(a|aa)+$"))
    with pytest.raises(Refused, match="longer than"):
        slow.of("a" * 60 + "b")


@settings(max_examples=150, deadline=None)
@given(
    st.text(alphabet="abAB é外国\n ｡Ａ\u0301", max_size=40),
    st.text(alphabet="abA外国", min_size=1, max_size=3),
)
def test_marks_stand_in_place_of_as_many_characters_and_nothing_is_left(words: str, term: str) -> None:
    black = blacking((RedactionMode.PLAIN, term))
    shown, places = black.of(words)
    assert len(shown) == len(words)
    assert black.of(shown) == (shown, 0)
    assert marked_places(shown) <= places
    assert all(one in (other, MARK) for one, other in zip(shown, words, strict=True))


def unlike_its_log(derived: Study) -> list[Finding]:
    """Replay the log of a derived study and compare the tables."""
    anew = study_in_memory(coder=CODER)
    replay(anew.connection, derived.decisions())
    return list(differences(derived.connection, anew.connection, progress=silent))


@pytest.fixture
def held(study: Study) -> Study:
    """Give a study that holds the secret everywhere."""
    build_held(study)
    return study


def test_the_derived_study_is_whole_and_holds_no_secret(held: Study) -> None:
    add_redaction(held, SECRET, mode=RedactionMode.PLAIN, reason="Tanaka asked for it.")
    leaving = as_it_leaves(held)
    assert list(verify_chain(leaving.connection)) == []
    assert unlike_its_log(leaving) == []
    dump = "\n".join(leaving.connection.iterdump())
    assert "tanaka" not in dump.casefold()
    text = leaving.all(Text)[0]
    content = leaving.text_content(text.content_hash)
    assert len(content) == text.characters == len(PLAN)
    for excerpt in leaving.all(Excerpt):
        assert excerpt.quote == content[excerpt.start : excerpt.end]
    assert "Tanaka" in held.text_content(held.all(Text)[0].content_hash)


def test_names_that_marks_make_alike_stay_two(held: Study) -> None:
    add_redaction(held, "Tanaka ward", mode=RedactionMode.PLAIN, reason="Asked for.")
    names = [case.name for case in as_it_leaves(held).all(Case, order="position")]
    assert names == [MARK * 11, f"{MARK * 11} 2"]
    add_redaction(held, "2", mode=RedactionMode.PLAIN, reason="Asked for.")
    add_redaction(held, r"\s", mode=RedactionMode.PATTERN, reason="Asked for.")
    names = [case.name for case in as_it_leaves(held).all(Case, order="position")]
    assert len(set(names)) == 2


def test_without_a_list_the_study_leaves_as_it_is(held: Study) -> None:
    assert as_it_leaves(held) is held


def test_a_term_taken_off_the_list_leaves_again(held: Study) -> None:
    made = add_redaction(held, SECRET, reason="Asked for.")
    remove_redaction(held, made.id, reason="Consent came.")
    assert as_it_leaves(held) is held


@pytest.mark.parametrize("wanted", ["9", "Sato"])
def test_a_term_that_is_not_there_cannot_be_taken_off(held: Study, wanted: str) -> None:
    with pytest.raises(WrongUsage, match=wanted):
        remove_redaction(held, wanted, reason="Why not.")


def test_the_list_asks_for_reasons_and_takes_no_term_twice(held: Study) -> None:
    with pytest.raises(ReasonMissing):
        add_redaction(held, SECRET)
    add_redaction(held, SECRET, reason="Asked for.")
    with pytest.raises(Refused, match="is on the"):
        add_redaction(held, SECRET, reason="Again.")
    with pytest.raises(WrongUsage, match="cannot be read"):
        add_redaction(held, "(", mode=RedactionMode.PATTERN, reason="Asked for.")


def test_pseudonyms_stand_everywhere_and_citations_move_along(held: Study) -> None:
    case, code = held.all(Case, order="position")[0], held.framework.ordered_codes()[0]
    excerpt = held.all(Excerpt)[0]
    summary = "As A. Mori says, it is run. Nobody pays."
    cited = {str(summary.index(" Nobody")): excerpt.id}
    cell = chart.write_cell(held, case.id, code.id, summary=summary, citations=cited)
    derived = derive(held, [], pseudonyms=True)
    assert derived.pseudonyms == {CODER: "Coder 1"}
    shown = derived.study.get(Cell, cell.id)
    assert shown.summary == summary.replace(CODER, "Coder 1")
    assert {int(place): shown.summary[int(place) :] for place in shown.citations} == {
        shown.summary.index(" Nobody"): " Nobody pays."
    }
    assert derived.tally.names == {CODER: 1}
    assert CODER not in "\n".join(derived.study.connection.iterdump())
    assert unlike_its_log(derived.study) == []


EXPORTS = (
    *(("chart", "", f"out.{format}") for format in CHARTS),
    *(("memos", "", f"out.{format}") for format in MEMOS),
    *(("picture", kind, "out.svg") for kind in PICTURES),
    ("framework export", "", "out.yaml"),
    *(("log export", "", f"out.{format}") for format in LOGS),
    ("edition export", "Tanaka index 1", "out.csv"),
    ("log report", "", "out.html"),
    ("translation-statement", "", "out.md"),
    *(("glossary export", "", f"out.{format}") for format in GLOSSARIES),
    ("glossary check", "--format=markdown", "out.md"),
    ("glossary check", "--format=json", "out.json"),
    *(("checklist", "--kind=coreq", f"out.{format}") for format in CHECKLIST_FORMATS),
)


@pytest.fixture
def redacted(held: Study) -> Path:
    """Give the file of a study with the secret on its list and with an edition of an index."""
    theme = held.framework.roots()[0]
    editions.edition_from_framework(
        held, "Tanaka index", edition="1", reference_date="2020", theme_id=theme.id
    )
    term = Term("t1", "en", "ja", "Tanaka desk", TermRule.FIXED, renderings=("窓口",), definition="Tanaka's.")
    glossary.add_term(held, term, reason="As Tanaka says.")
    add_redaction(held, SECRET, mode=RedactionMode.PLAIN, reason="Tanaka asked for it.")
    held.close()
    return held.path


@pytest.mark.parametrize(("command", "what", "name"), EXPORTS)
def test_no_export_holds_what_is_redacted(
    redacted: Path, tmp_path: Path, command: str, what: str, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / name
    before = redacted.read_bytes()
    words = [*command.split(), str(redacted), *([what] if what else []), "-o", str(file)]
    assert main(words) == 0, capsys.readouterr().err
    assert "Redacted: 1 term" in capsys.readouterr().err + words_of_file(file)
    assert SECRET.casefold() not in words_of_file(file).casefold()
    assert redacted.read_bytes() == before


@pytest.mark.parametrize(("command", "what", "name"), EXPORTS)
def test_no_export_with_pseudonyms_names_a_coder(
    redacted: Path, tmp_path: Path, command: str, what: str, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / name
    before = redacted.read_bytes()
    words = [*command.split(), str(redacted), *([what] if what else []), "--pseudonyms", "-o", str(file)]
    assert main(words) == 0, capsys.readouterr().err
    assert "Pseudonyms: 1 coder named otherwise" in capsys.readouterr().err
    assert CODER.casefold() not in words_of_file(file).casefold()
    assert redacted.read_bytes() == before


def test_a_coder_is_asked_for_by_name_and_shown_by_number(
    study: Study, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    study.coder = "Li"
    familiarise.write_memo(study, "setting:title", "Li was here.")
    study.close()
    assert main(["memos", str(study.path), "--coder", "Li", "--pseudonyms"]) == 0
    shown = capsys.readouterr()
    assert "Coder 2" in shown.out
    assert "Li is too short to be looked for in what coders wrote." in shown.err


def test_the_past_leaves_with_the_terms_of_today(redacted: Path, tmp_path: Path) -> None:
    file = tmp_path / "past.json"
    assert main(["as-of", str(redacted), "12", "chart", "-o", str(file)]) == 0
    assert SECRET not in file.read_text("utf-8")


def test_listings_on_the_terminal_show_what_is_there(
    redacted: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["chart", str(redacted)]) == 0
    assert SECRET in capsys.readouterr().out


def test_every_command_that_writes_a_file_is_tried() -> None:
    tried = {command for command, _, _ in EXPORTS}
    assert exporting_commands() <= tried


def exporting_commands() -> set[str]:
    """Name the commands that take a file to write to."""
    found = set()
    for noun, parser in children(build_parser()).items():
        for name, below in {noun: parser, **{f"{noun} {v}": p for v, p in children(parser).items()}}.items():
            if below.get_default("or_table") is not None:
                found.add(name)
    return found


def words_of_file(file: Path) -> str:
    """Read everything a file holds, also inside archives."""
    data = file.read_bytes()
    if not zipfile.is_zipfile(io.BytesIO(data)):
        return data.decode("utf-8", errors="replace")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return "\n".join(archive.read(name).decode("utf-8", errors="replace") for name in archive.namelist())


READ_AS_IT_IS = {
    ("text", "content_hash"),
    ("text", "places_hash"),
    ("text", "original_hash"),
    ("framework-version", "snapshot_hash"),
}
"""Fields that name contents by their hash; every other field that can hold the term must be reworded."""
MEASURED = {
    "at",
    "confirmed",
    "approved",
    "language",
    "target_language",
    "format",
    "encoding",
    "as_of",
    "framework",
    "bookmarks",
}
MEASURED |= {"scale", "weight", "values", "value", "citations"}
"""Fields of times, letters and numbers, in which no words stand."""


@pytest.mark.parametrize("kind", KINDS)
def test_every_field_of_every_record_that_holds_words_is_reworded(kind: str) -> None:
    rewording = Rewording(
        blacking((RedactionMode.PLAIN, SECRET)), {CODER: "Coder 1"}, lambda digest: SECRET.encode()
    )
    rewording.record("text", {"id": "t1", "content_hash": "h"})
    rewording.record("excerpt", {"id": "e1", "text_id": "t1", "start": 0, "end": 6, "quote": SECRET})
    data: dict[str, object] = {}
    for form in forms(kind):
        is_words = form.shape == "text" and form.read is str
        told = {"list": [SECRET], "map": {SECRET: SECRET}}
        data[form.name] = SECRET if is_words else told.get(form.shape, form.shape != "text" and 6)
    data |= {"text_id": "t1"} if "text_id" in data else {}
    data |= {"excerpt_id": "e1"} if "excerpt_id" in data else {}
    data |= {"anchor": f"case:{SECRET}"} if "anchor" in data else {}
    data |= {"citations": {}} if "citations" in data else {}
    data |= {"options": {"1": SECRET}} if "options" in data else {}
    data |= {"area_weights": {SECRET: "1"}} if "area_weights" in data else {}
    data |= {"id": f"t1.{SECRET}"} if kind == "reading" else {}
    data |= {"coder": CODER} if "coder" in data else {}
    reworded = rewording.record(kind, data)
    left = {name for name, value in reworded.items() if SECRET in str(value) or CODER in str(value)}
    held = {name for name in left if (kind, name) not in READ_AS_IT_IS}
    assert held <= (MEASURED if kind != "setting" else {"id"}), held


def test_a_redacted_workbook_is_not_read_back_as_edits(redacted: Path, tmp_path: Path) -> None:
    file = tmp_path / "chart.xlsx"
    assert main(["chart", str(redacted), "-o", str(file)]) == 0
    with open_study(redacted, read_only=True) as study:
        untouched = proposals_of(study, read_edited(file.name, file.read_bytes()))
        assert (untouched.items, untouched.findings) == ((), ())
        book = openpyxl.load_workbook(file)
        cells = [cell for row in book["Cells"].iter_rows() for cell in row]
        summary = next(cell for cell in cells if str(cell.value).startswith(f"{MARK * 6} runs it."))
        summary.value = f"{summary.value} Often."
        book.save(file)
        edited = proposals_of(study, read_edited(file.name, file.read_bytes()))
    assert edited.items == ()
    assert ["blacked out" in finding.what for finding in edited.findings] == [True]
