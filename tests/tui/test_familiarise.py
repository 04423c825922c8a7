from __future__ import annotations

from pathlib import Path
from threading import Event
from time import process_time

import pytest
from textual.widgets import Input

from tests.language.test_offers import ORDINANCE_EN
from tests.speed import slowness
from tests.tui.conftest import VISION, add_text, shown
from tests.tui.pilots import NORMAL, WIDE, actions, message, opened, press, settle, type_in
from tests.tui.waiting import until
from workbench.model.case import Case, CaseDocument, Document, Reading, ReadingState
from workbench.model.coding import Excerpt
from workbench.model.decision import Verb
from workbench.model.memo import Memo, MemoKind
from workbench.model.text import Passage, Text
from workbench.stages.index import code_passage
from workbench.stages.text_versions import describe_text
from workbench.study.file import create_study, open_study
from workbench.tui.app import Workbench
from workbench.tui.dialogs import AskText, ChooseFrom, Report
from workbench.tui.dialogs.progress import Progress
from workbench.tui.stages.familiarise import FamiliariseScreen
from workbench.tui.widgets.document_list import DocumentList


def screen_of(app: Workbench) -> FamiliariseScreen:
    assert isinstance(app.stage_screen, FamiliariseScreen)
    return app.stage_screen


@pytest.mark.parametrize("size", [NORMAL, WIDE])
async def test_the_register_shows_keys_cases_languages_marks_and_foreign_names_as_they_are(
    small: Path, size: tuple[int, int]
) -> None:
    async with opened(small, size=size) as (app, _):
        screen = shown(app)
        assert "· plan" in screen
        assert "ja en" in screen
        assert "Kawasaki [city] · plan" in screen
        assert "A report<U+202E> that is [not] h" in screen
        assert "no text" in screen
        assert "0 of 3 documents read" in screen


async def test_the_title_of_the_study_is_shown_as_it_is_written(small: Path) -> None:
    async with opened(small) as (app, _):
        assert "Small [study]" in shown(app).splitlines()[0]


async def test_typing_after_a_slash_narrows_the_register_and_escape_widens_it(small: Path) -> None:
    async with opened(small) as (app, pilot):
        await press(pilot, "slash")
        await type_in(pilot, "kawa")
        documents = app.screen.query_one(DocumentList)
        assert [line.key for line in documents.lines] == ["plan"]
        await press(pilot, "enter", "escape")
        assert [line.key for line in documents.lines] == ["lost-report", "plan", "vision"]


async def test_sorting_goes_through_all_the_ways(small: Path) -> None:
    async with opened(small) as (app, pilot):
        said = []
        for _ in range(5):
            await press(pilot, "s")
            said.append(message(app))
        assert said == [f"Sorted by {way}." for way in ("reading", "codings", "title", "case", "key")]


async def test_the_grid_shows_documents_by_cases(small: Path) -> None:
    async with opened(small, size=NORMAL) as (app, pilot):
        await press(pilot, "g")
        lines = shown(app).splitlines()
        assert lines[1].split() == ["Ha…", "Ka…"]
        plan = next(line for line in lines if "plan" in line)
        assert plan.count("·") == 2
        await press(pilot, "escape")
        assert "Kawasaki [city] · plan" in shown(app)


@pytest.mark.parametrize("size", [NORMAL, WIDE])
async def test_a_text_is_read_with_its_hidden_characters_and_brackets_visible(
    small: Path, size: tuple[int, int]
) -> None:
    async with opened(small, size=size) as (app, pilot):
        await press(pilot, "end", "enter")
        screen = shown(app)
        assert "[human rights]" in screen
        assert "citizen.<U+202E>" in screen
        assert screen_of(app).reader.reading is not None


async def test_where_reading_stopped_is_recorded_on_leaving_and_offered_on_opening(small: Path) -> None:
    async with opened(small) as (app, pilot):
        await press(pilot, "end", "enter", "down", "down", "right")
        cursor = screen_of(app).reader.pane.cursor
        assert cursor > 0
        await press(pilot, "q")
    async with opened(small) as (app, pilot):
        assert actions(app)[-1] == "record reading progress"
        (reading,) = app.study.all(Reading)
        assert (reading.stopped_at, reading.furthest) == (cursor, len(VISION))
        assert reading.state is ReadingState.SKIMMED
        assert message(app) == "You last read vision (100 %). Press r to go on."
        await press(pilot, "r")
        assert screen_of(app).reader.pane.cursor == cursor
        line = app.screen.query_one(DocumentList).line
        assert line is not None
        assert line.key == "vision"


async def test_looking_at_a_text_without_moving_on_records_its_progress_once(small: Path) -> None:
    async with opened(small) as (app, pilot):
        await press(pilot, "end", "enter", "f4", "f2", "f4", "f2")
        assert actions(app).count("record reading progress") == 1


async def test_a_text_is_marked_read(small: Path) -> None:
    async with opened(small) as (app, pilot):
        await press(pilot, "end", "m", "enter")
        assert actions(app)[-1] == "mark reading"
        assert app.study.all(Reading)[0].state is ReadingState.READ
        assert "● vision" in shown(app)
        assert "1 of 3 documents read · Hamamatsu 1/1" in " ".join(shown(app).split())


async def test_a_note_on_the_selected_passage_is_anchored_to_it(small: Path) -> None:
    async with opened(small) as (app, pilot):
        await press(pilot, "end", "enter", *["shift+right"] * 8, "n")
        assert isinstance(app.screen, AskText)
        assert "“The city”" in shown(app)
        await type_in(pilot, "who is meant")
        await press(pilot, "ctrl+s")
        (memo,) = app.study.all(Memo)
        assert (memo.content, memo.kind) == ("who is meant", MemoKind.NOTE)
        assert app.study.get(Excerpt, memo.anchor.partition(":")[2]).quote == "The city"
        assert "note · para. 1 · A. Mori" in shown(app)


async def test_an_idea_without_a_selection_is_on_the_document_and_can_be_changed_and_removed(
    small: Path,
) -> None:
    async with opened(small) as (app, pilot):
        await press(pilot, "end", "enter", "i")
        await type_in(pilot, "membership")
        await press(pilot, "ctrl+s", "l", "e")
        await type_in(pilot, "!")
        await press(pilot, "ctrl+s")
        (memo,) = app.study.all(Memo)
        assert (memo.content, memo.kind) == ("membership!", MemoKind.IDEA)
        assert memo.anchor.startswith("document:")
        await press(pilot, "delete", "y")
        assert app.study.all(Memo) == []
        assert actions(app)[-3:] == ["write memo", "edit memo", "remove memo"]


async def test_enter_on_a_memo_goes_to_its_passage(small: Path) -> None:
    async with opened(small) as (app, pilot):
        await press(pilot, "end", "enter", "down", "down", *["shift+right"] * 12, "n")
        await type_in(pilot, "x")
        await press(pilot, "ctrl+s", "ctrl+home", "l", "enter")
        pane = screen_of(app).reader.pane
        selection = pane.selection
        assert selection is not None
        assert VISION[selection.start : selection.end] == "Interpreters"
        assert pane.has_focus


async def test_the_other_text_of_a_document_is_shown_at_the_same_paragraph(small: Path) -> None:
    async with opened(small) as (app, pilot):
        await press(pilot, "home", "down", "enter", "down", "down", "t")
        reader = screen_of(app).reader
        assert reader.reading is not None
        assert reader.reading.language == "en"
        assert reader.pane.rows.content[reader.pane.cursor :].startswith("It sends interpreters")


async def test_a_document_without_a_text_says_so(small: Path) -> None:
    async with opened(small) as (app, pilot):
        await press(pilot, "home", "enter")
        assert message(app).startswith("No text of lost-report is held.")


async def test_a_document_is_excluded_with_its_reason_and_taken_back(small: Path) -> None:
    async with opened(small) as (app, pilot):
        await press(pilot, "end", "x")
        await press(pilot, "enter")
        assert "Nothing is typed yet." in shown(app)
        await type_in(pilot, "a draft")
        await press(pilot, "enter")
        (vision,) = app.study.all(Document, key="vision")
        assert vision.excluded_why == "a draft"
        assert "✗ vision" in shown(app)
        assert "1 excluded" in shown(app)
        await press(pilot, "x")
        await type_in(pilot, "final after all")
        await press(pilot, "enter")
        assert [d.reason for d in app.study.decisions(latest=2)] == ["a draft", "final after all"]
        assert "✗" not in shown(app)


async def test_a_document_is_given_another_case_and_taken_from_one_with_a_reason(small: Path) -> None:
    async with opened(small) as (app, pilot):
        await press(pilot, "end", "c", "down", "tab", "enter")
        assert len(app.study.all(CaseDocument)) == 3
        await press(pilot, "c", "tab", "enter")
        await type_in(pilot, "not theirs")
        await press(pilot, "enter")
        assert actions(app)[-2:] == ["assign document to case", "take document from case"]
        assert app.study.decisions(latest=1)[0].reason == "not theirs"


async def test_a_case_is_renamed_described_and_moved(small: Path) -> None:
    async with opened(small) as (app, pilot):
        await press(pilot, "E", "enter")
        await press(pilot, "s", "tab")
        await type_in(pilot, "size")
        await press(pilot, "colon", "8", "tab", "backspace", "2", "ctrl+s")
        cases = app.study.all(Case, order="position")
        assert [case.name for case in cases] == ["Kawasaki [city]", "Hamamatsus"]
        assert cases[1].attributes == {"size": "8"}


async def test_removing_a_case_asks_for_the_reason(small: Path) -> None:
    async with opened(small) as (app, pilot):
        await press(pilot, "R", "enter")
        await type_in(pilot, "out of scope")
        await press(pilot, "enter")
        assert [case.name for case in app.study.all(Case)] == ["Kawasaki [city]"]
        assert app.study.decisions(latest=1)[0].reason == "out of scope"


async def test_the_register_entry_is_shown_and_changed(small: Path) -> None:
    async with opened(small) as (app, pilot):
        await press(pilot, "home", "d")
        assert isinstance(app.screen, Report)
        assert "title: A report<U+202E> that is [not] held" in shown(app)
        await press(pilot, "escape", "D", "tab", "tab", "tab")
        await type_in(pilot, "City hall")
        await press(pilot, "ctrl+s")
        assert app.study.all(Document, key="lost-report")[0].issuer == "City hall"
        assert message(app) == "Changed issuer of lost-report."


async def import_folder(app: Workbench, pilot, folder: Path) -> None:  # type: ignore[no-untyped-def]
    await press(pilot, "I")
    app.screen.query_one("#field-path", Input).value = str(folder)
    app.screen.query_one("#field-case", Input).value = "Sendai"
    await press(pilot, "ctrl+s")
    for _ in range(200):
        await settle(pilot)
        if isinstance(app.screen, Report) or not app.busy:
            break
    await settle(pilot)


async def test_a_folder_is_imported_as_one_decision_and_refused_files_are_named_with_the_cause(
    small: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "files"
    (folder / "inner").mkdir(parents=True)
    (folder / "one[1].txt").write_text("First text.\n")
    (folder / "inner" / "two.txt").write_text("Second text.\n")
    (folder / "empty.txt").write_text("")
    (folder / ".hidden.txt").write_text("not this")
    (folder / "old.doc").write_bytes(b"\xd0\xcf")
    (folder / "linked.txt").symlink_to(small)
    async with opened(small) as (app, pilot):
        before = app.study.head.count
        await import_folder(app, pilot, folder)
        assert isinstance(app.screen, Report)
        told = " ".join(shown(app).split())
        assert "2 imported, 2 refused" in told
        assert "✗ empty.txt: refused" in told
        assert "✗ old.doc: refused" in told
        assert "✓ one[1].txt: imported" in told
        assert "hidden" not in told
        assert "linked" not in told
        await press(pilot, "escape")
        assert app.study.head.count == before + 1
        assert actions(app)[-1] == "import texts"
        assert len(app.study.all(Document)) == 5
        await press(pilot, "u")
        assert len(app.study.all(Document)) == 3


async def test_a_stopped_import_writes_nothing(
    small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from workbench.sources import registry

    may_read = Event()
    read_file = registry.read_file

    def read_when_allowed(path: Path, *, encoding: str | None = None) -> object:
        may_read.wait(timeout=30)
        return read_file(path, encoding=encoding)

    monkeypatch.setattr(registry, "read_file", read_when_allowed)
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(3):
        (folder / f"{number:03}.txt").write_text(f"Text {number}.\n")
    async with opened(small) as (app, pilot):
        before = app.study.head.count
        await press(pilot, "I")
        app.screen.query_one("#field-path", Input).value = str(folder)
        await pilot.press("ctrl+s")
        while not isinstance(app.screen, Progress):
            await pilot.pause()
        await press(pilot, "escape")
        may_read.set()
        while app.busy:
            await pilot.pause()
        await settle(pilot)
        assert message(app) == "The import was stopped. Nothing was changed."
        assert app.study.head.count == before
        assert len(app.study.all(Document)) == 3


async def test_a_missing_path_is_refused_with_its_name(small: Path) -> None:
    async with opened(small) as (app, pilot):
        await press(pilot, "I")
        await type_in(pilot, "nowhere")
        await press(pilot, "ctrl+s")
        assert "There is no file or folder nowhere." in message(app)


async def test_a_register_alone_brings_the_files_it_names_and_none_from_outside_its_folder(
    small: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "corpus"
    folder.mkdir()
    (folder / "plan-a.txt").write_text("Plan A.\n")
    (folder / "unnamed.txt").write_text("Not in the register.\n")
    (tmp_path / "secret.txt").write_text("Secret.\n")
    rows = ["document,file,cases,title", "plan-a,plan-a.txt,Sendai,Plan [A]", "s,../secret.txt,,S"]
    (folder / "register.csv").write_text("\n".join(rows))
    async with opened(small) as (app, pilot):
        await press(pilot, "I")
        app.screen.query_one("#field-register", Input).value = str(folder / "register.csv")
        await press(pilot, "ctrl+s")
        for _ in range(200):
            await settle(pilot)
            if isinstance(app.screen, Report):
                break
        await press(pilot, "escape")
        assert [d.title for d in app.study.all(Document, key="plan-a")] == ["Plan [A]"]
        assert app.study.all(Document, key="unnamed") == []
        (outside,) = app.study.all(Document, key="s")
        assert app.study.all(Text, document_id=outside.id) == []


async def test_an_unknown_encoding_stops_the_import_before_anything_is_written(
    small: Path, tmp_path: Path
) -> None:
    (tmp_path / "one.txt").write_text("One.\n")
    async with opened(small) as (app, pilot):
        await press(pilot, "I")
        app.screen.query_one("#field-path", Input).value = str(tmp_path / "one.txt")
        app.screen.query_one("#field-encoding", Input).value = "no-such"
        await press(pilot, "ctrl+s")
        for _ in range(50):
            await settle(pilot)
            if "no-such" in message(app):
                break
        assert "no-such" in message(app)
        assert len(app.study.all(Document)) == 3


async def test_undoing_an_import_closes_the_text_that_was_open(small: Path, tmp_path: Path) -> None:
    study_path = tmp_path / "fresh.workbench"
    study = create_study(study_path, title="Fresh", coder="A. Mori")
    add_text(study, "only.txt", "One sentence.\n")
    study.close()
    async with opened(study_path, size=NORMAL) as (app, pilot):
        await press(pilot, "enter", "u")
        assert screen_of(app).reader.reading is None
        assert "No document. Press I to import files." in shown(app)


async def test_reading_only_changes_nothing(small: Path) -> None:
    async with opened(small, read_only=True) as (app, pilot):
        before = app.study.head.count
        await press(pilot, "end", "enter", "pagedown", "n")
        assert "open for reading only" in message(app)
        await press(pilot, "f4", "a")
        assert "open for reading only" in message(app)
        assert app.study.head.count == before


async def test_five_thousand_documents_are_listed_narrowed_and_moved_through_at_once(tmp_path: Path) -> None:
    path = tmp_path / "large.workbench"
    study = create_study(path, title="Large", coder="A. Mori")
    documents = [Document(f"d{n}", f"document-{n:04}", f"Title 計画 {n}") for n in range(5_000)]
    study.decide(Verb.IMPORT_TEXTS, "document:d0", put=documents)
    study.close()
    async with opened(path) as (app, pilot):
        listed = app.screen.query_one(DocumentList)
        assert listed.count == 5_000
        began = process_time()
        listed.narrow("計画 49")
        narrowed = process_time()
        assert listed.count == sum("49" in line.folded for line in listed._all)
        listed.narrow("")
        drawn_from = process_time()
        for y in range(40):
            listed.render_line(y)
        drawn = process_time()
        await press(pilot, "end")
        assert listed.cursor == 4_999
        app.study.decide(Verb.ADD_CASE, "case:c1", put=[Case("c1", "One", 1)])
        assert narrowed - began < 0.2 * slowness()
        assert drawn - drawn_from < 0.2 * slowness()


async def test_what_decisions_touch_is_read_again_and_equals_reading_everything(small: Path) -> None:
    from workbench.stages import familiarise, history, register
    from workbench.tui.stages.coverage_lines import CoverageLines

    study = open_study(small, coder="A. Mori")
    vision = study.all(Document, key="vision")[0]
    text = study.all(Text, document_id=vision.id)[0]
    kept = CoverageLines(study)
    kept.lines()
    case = register.add_case(study, "Sendai")
    steps = [
        lambda: register.assign_case(study, vision.id, case.id),
        lambda: familiarise.mark_reading(study, text.id, ReadingState.READ),
        lambda: code_passage(study, text.id, Passage(0, 8), ["vote"]),
        lambda: register.exclude_document(study, vision.id, reason="draft"),
        lambda: register.edit_case(study, case.id, name="Sendai city"),
        lambda: history.undo(study),
        lambda: add_text(study, "more.txt", "More.\n"),
        lambda: history.undo(study),
    ]
    for step in steps:
        step()
        fresh = CoverageLines(study)
        assert sorted(kept.lines(), key=lambda line: line.key) == fresh.lines()
        assert kept.case_names == fresh.case_names
    study.close()


async def test_the_first_screen_of_a_small_terminal(small: Path) -> None:
    async with opened(small, size=NORMAL) as (app, _):
        lines = [line for line in shown(app).splitlines() if line]
        assert lines == [
            "▸F2 Familiarise  F3 Framework  F4 Index  F5 Chart  F6 Interpret  F7 History Sma…",
            "· lost-report                                                       no text    0",
            "  no case · A report<U+202E> that is [not] held",
            "· plan                                                                ja en    0",
            "  Kawasaki [city] · plan",
            "· vision                                                                  ?    0",
            "  Hamamatsu · vision",
            "0 of 3 documents read · Hamamatsu 0/1 · Kawasaki [city] 0/1",
            "                                                  saved · decision 8 by A. Mori",
            "n Note i Idea m Mark t Text I Import r Resume c Cases f1 Help u Undo q Quit",
        ]


async def test_what_a_text_offers_is_written_into_the_register(small: Path) -> None:
    with open_study(small, coder="A. Mori") as study:
        text = add_text(study, "aaa-ordinance.txt", ORDINANCE_EN)
        describe_text(study, text.id, language="en", maker="The city")
    async with opened(small, stage="familiarise", size=WIDE) as (app, pilot):
        await press(pilot, "home", "A")
        await until(pilot, lambda: isinstance(app.screen, ChooseFrom), tries=1000)
        assert "in force from: 2020-04-01" in shown(app)
        await type_in(pilot, "in force")
        await press(pilot, "tab", "enter")
        await until(pilot, lambda: actions(app)[-1] == "edit document")
        assert app.study.get(Document, text.document_id).in_force_from == "2020-04-01"
        assert "1 value written" in message(app)
