from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from textual.css.stylesheet import Stylesheet
from textual.pilot import Pilot
from textual.widgets import Input, Static

from tests.tui.conftest import add_text, shown
from tests.tui.example import build_study
from tests.tui.pilots import NORMAL, WIDE, actions, message, opened, press, settle, type_in
from tests.tui.waiting import until, words_of
from workbench.errors import StudyFileError, StudyHeld
from workbench.model.case import Case
from workbench.model.decision import Verb
from workbench.model.framework import Code, Theme
from workbench.model.text import Passage
from workbench.stages.familiarise import note_passage
from workbench.stages.index import code_passage
from workbench.study.file import create_study, open_study
from workbench.tui.actions import ACTIONS, SCREENS, actions_of, bindings
from workbench.tui.app import Workbench
from workbench.tui.dialogs import AskText, Confirm, Help
from workbench.tui.stages.familiarise import FamiliariseScreen
from workbench.tui.stages.index import IndexScreen
from workbench.tui.theme import THEMES
from workbench.tui.widgets.document_list import DocumentList


async def test_the_first_picture_says_which_file_is_being_opened(small: Path) -> None:
    app = Workbench(small, coder="A. Mori")
    async with app.run_test(size=NORMAL):
        assert app.query_one("#opening").render().plain == "Opening small.workbench …"


@pytest.mark.parametrize("size", [NORMAL, WIDE])
async def test_the_status_says_what_is_saved_and_by_whom(small: Path, size: tuple[int, int]) -> None:
    async with opened(small, size=size) as (app, _):
        assert app.status == f"saved · decision {app.study.head.count} by A. Mori"
        assert app.status in shown(app)


async def test_quitting_closes_the_study_and_keeps_the_head_of_the_log(small: Path) -> None:
    async with opened(small) as (app, pilot):
        head = str(app.study.head)
        await press(pilot, "q")
    assert app.closing_head == head
    assert not app.is_open
    again = open_study(small, coder="A. Mori")
    assert str(again.head) == head
    again.close()


async def test_quitting_is_refused_while_an_import_holds_its_transaction(small: Path) -> None:
    async with opened(small) as (app, pilot):
        app.busy = True
        await press(pilot, "q")
        assert app.is_open
        app.busy = False


async def test_a_held_study_is_offered_for_reading_only(small: Path) -> None:
    holder = open_study(small, coder="B. Sato")
    app = Workbench(small, coder="A. Mori")
    async with app.run_test(size=NORMAL) as pilot:
        while not isinstance(app.screen, Confirm):
            await pilot.pause()
        assert "B. Sato" in shown(app)
        await press(pilot, "y")
        await settle(pilot)
        assert app.study.read_only
        assert app.failure is None
        assert app.status.startswith("read-only")
        await press(pilot, "n")
        assert "reading only" in message(app)
    holder.close()


async def test_a_held_study_stays_closed_where_reading_only_is_declined(small: Path) -> None:
    holder = open_study(small, coder="B. Sato")
    app = Workbench(small, coder="A. Mori")
    async with app.run_test(size=NORMAL) as pilot:
        while not isinstance(app.screen, Confirm):
            await pilot.pause()
        await press(pilot, "n")
    assert isinstance(app.failure, StudyHeld)
    assert app.return_code == 3
    holder.close()


async def test_a_file_that_is_no_study_ends_with_the_sentence_and_status_three(tmp_path: Path) -> None:
    path = tmp_path / "letter.workbench"
    path.write_text("Dear reader")
    app = Workbench(path, coder="A. Mori")
    async with app.run_test(size=NORMAL) as pilot:
        await settle(pilot)
    assert isinstance(app.failure, StudyFileError)
    assert app.return_code == 3
    assert path.read_text() == "Dear reader"


async def test_a_nameless_coder_is_asked_who_decides(small: Path) -> None:
    app = Workbench(small, coder="")
    async with app.run_test(size=NORMAL) as pilot:
        await settle(pilot)
        await type_in(pilot, "C. Ito")
        await press(pilot, "enter")
        await settle(pilot)
        assert app.study.coder == "C. Ito"


async def test_function_keys_go_from_stage_to_stage_and_keep_their_screens(small: Path) -> None:
    async with opened(small) as (app, pilot):
        first = app.stage_screen
        assert isinstance(first, FamiliariseScreen)
        await press(pilot, "f4")
        assert isinstance(app.stage_screen, IndexScreen)
        await press(pilot, "f2")
        assert app.stage_screen is first


async def test_undo_works_after_a_restart_and_says_what_it_undid(small: Path) -> None:
    async with opened(small) as (app, pilot):
        await press(pilot, "C")
        await type_in(pilot, "Sendai")
        await press(pilot, "enter")
        assert actions(app)[-1] == "add case"
    async with opened(small) as (app, pilot):
        added = app.study.head.count
        await press(pilot, "u")
        assert actions(app)[-1] == "undo"
        assert message(app) == f"Undone: decision {added}, add case: Sendai."
        assert "Sendai" not in shown(app).splitlines()[-3]
        await press(pilot, "U")
        assert actions(app)[-1] == "redo"


async def test_a_refusal_is_shown_whole_with_a_sign_and_nothing_is_lost(small: Path) -> None:
    async with opened(small) as (app, pilot):
        count = app.study.head.count
        await press(pilot, "U")
        assert message(app) == "There is nothing of yours to redo. Nothing was changed."
        assert "! There is nothing of yours to redo. Nothing was changed." in shown(app)
        assert app.study.head.count == count


async def test_help_shows_every_key_of_the_screen(small: Path) -> None:
    async with opened(small, size=(120, 200)) as (app, pilot):
        await press(pilot, "f1")
        assert isinstance(app.screen, Help)
        told = " ".join(line.plain for line in app.screen._lines)
        for action in actions_of("familiarise"):
            assert action.help in told


async def choose_in_palette(pilot: Pilot[None], words: str) -> None:
    await press(pilot, "ctrl+p")
    await type_in(pilot, words)
    await pilot.pause(0.5)
    await press(pilot, "down", "enter")


async def test_the_palette_finds_an_action_by_its_words_and_does_it(small: Path) -> None:
    async with opened(small) as (app, pilot):
        await choose_in_palette(pilot, "how far each case")
        assert app.screen.query_one(DocumentList).grid
        await choose_in_palette(pilot, "monochrome")
        assert app.theme == "workbench-monochrome"


async def test_every_theme_draws_the_screen(small: Path) -> None:
    async with opened(small) as (app, pilot):
        before = shown(app)
        for theme in THEMES:
            app.theme = theme.name
            await settle(pilot)
            assert shown(app) == before


@pytest.mark.parametrize("size", [NORMAL, WIDE])
async def test_no_foreign_name_is_obeyed_or_lost_on_any_screen(tmp_path: Path, size: tuple[int, int]) -> None:
    name = "N\x1b[31m\u202e[b]x[/b]"
    path = tmp_path / "hostile.workbench"
    study = create_study(path, title=name, coder=name)
    text = add_text(study, "file [b]x[/b].txt", "Words.\n\nMore words.\n", case="City")
    study.decide(Verb.EDIT_CASE, "case:c", put=[replace(study.all(Case)[0], name=name)])
    study.decide(Verb.ADD_THEME, "theme:t", put=[Theme("t", None, 1, name)])
    study.decide(Verb.ADD_CODE, "code:c", put=[Code("c", "t", 1, name, name, include=name)])
    code_passage(study, text.id, Passage(0, 5), ["c"], memo=name)
    note_passage(study, text.id, Passage(0, 5), name)
    study.close()
    async with opened(path, size=size, coder="A [b]x[/b]") as (app, pilot):
        for keys in [
            "s",
            "g",
            "escape",
            "enter",
            "l",
            "enter",
            "d",
            "escape",
            "f4",
            "h",
            "escape",
            "right_square_bracket",
            "a",
        ]:
            await press(pilot, keys)
            screen = shown(app)
            assert "\x1b" not in screen, keys
            assert "\u202e" not in screen, keys
            assert "[b]x[/b]" in screen, keys


async def test_without_colours_the_monochrome_theme_is_used(
    small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with opened(small) as (app, _):
        assert app.theme == "workbench-monochrome"


def test_action_ids_are_unique_and_every_key_means_one_thing_on_a_screen() -> None:
    ids = [action.id for action in ACTIONS]
    assert len(ids) == len(set(ids))
    for stage in SCREENS:
        keys = [key for binding in bindings(stage) for key in binding.key.split(",")]
        assert sorted(keys) == sorted(set(keys)), stage


@pytest.mark.parametrize(("stage", "screen"), [("familiarise", FamiliariseScreen), ("index", IndexScreen)])
def test_every_action_has_its_method(stage: str, screen: type) -> None:
    missing = [action.id for action in actions_of(stage) if not hasattr(screen, f"action_{action.name}")]
    assert missing == []


@pytest.mark.parametrize("stage", SCREENS)
async def test_the_footer_of_each_stage_fits_a_small_terminal(small: Path, stage: str) -> None:
    async with opened(small, size=NORMAL, stage=stage) as (app, pilot):
        app.screen.set_focus(None)
        await press(pilot)
        keys = shown(app).splitlines()[-1]
        assert "f1 Help" in keys
        assert "q Quit" in keys


def test_importing_the_app_loads_nothing_heavy() -> None:
    heavy = ["sqlite3", "sqlite_utils", "numpy", "spacy", "yaml", "filelock"]
    code = (
        "import sys, workbench.tui.app, workbench.tui.stages.familiarise, workbench.tui.stages.index\n"
        f"print([name for name in {heavy!r} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_what_is_loaded_while_the_first_stage_is_looked_at_is_nothing_heavy_and_stops_when_asked() -> None:
    code = (
        "import sys; from workbench.tui.opening import load_what_comes_later as load\n"
        "load(lambda: True); early = 'workbench.tui.stages.chart' in sys.modules\n"
        "load(lambda: False); late = 'workbench.tui.stages.chart' in sys.modules\n"
        "heavy = ['sqlite_utils', 'numpy', 'spacy', 'yaml', 'lxml', 'docx', 'xlsxwriter', 'matplotlib']\n"
        "print(early, late, [name for name in heavy if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False True []"


async def test_a_stage_is_opened_without_parsing_all_styles_again_and_follows_the_theme(
    small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    parsed: list[Stylesheet] = []
    reparse = Stylesheet.reparse

    def counted(stylesheet: Stylesheet) -> None:
        parsed.append(stylesheet)
        reparse(stylesheet)

    async with opened(small, size=NORMAL) as (app, pilot):
        monkeypatch.setattr(Stylesheet, "reparse", counted)
        await press(pilot, "f5")
        assert app.screen.query_one("#matrix").styles.background.a == 1
        assert parsed == []
        here = app.screen.query_one("#matrix").styles.background
        await press(pilot, "f1", "escape", "f2")
        app.theme = "textual-light"
        await press(pilot, "f5")
        assert parsed
        assert app.screen.query_one("#matrix").styles.background != here
        assert len(app.stylesheet.source) < app.stylesheet._parse_cache.maxsize


def test_a_study_that_cannot_be_opened_prints_its_sentence_and_returns_three(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from workbench.tui.opening import run_workbench

    monkeypatch.setattr(Workbench, "run", _run_headless)
    assert run_workbench(tmp_path / "no\u202ewhere.workbench", coder="A. Mori") == 3
    told = capsys.readouterr().err
    assert "There is no file no<U+202E>where.workbench." in told


def _run_headless(app: Workbench) -> None:
    import asyncio

    async def run() -> None:
        async with app.run_test(size=NORMAL) as pilot:
            for _ in range(50):
                await pilot.pause()
                if app.return_code is not None:
                    break

    asyncio.run(run())


async def test_a_coder_who_would_be_taken_for_another_is_asked(tmp_path: Path) -> None:
    path = tmp_path / "two.workbench"
    build_study(path).close()
    app = Workbench(path, coder="")
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: isinstance(app.screen, AskText))
        first = app.screen
        app.screen.query_one(Input).value = "A. M\u202eori"  # pasted
        await press(pilot, "enter")
        await until(pilot, lambda: isinstance(app.screen, AskText) and app.screen is not first)
        assert "cannot be seen: <U+202E>" in words_of(app.screen.query_one("#dialog-title", Static))
        await type_in(pilot, "\u0410. Mori")
        await press(pilot, "enter")
        await until(pilot, lambda: isinstance(app.screen, Confirm))
        assert "would look like A. Mori" in words_of(app.screen.query_one("#dialog-title", Static))
        await press(pilot, "n")
        await until(pilot, lambda: isinstance(app.screen, AskText))
        await press(pilot, "enter")
        await until(pilot, lambda: isinstance(app.screen, Confirm))
        await press(pilot, "y")
        await until(pilot, lambda: app.is_open and app.stage_screen is not None)
        assert app.study.coder == "\u0410. Mori"


async def test_a_coder_named_beforehand_is_told_whom_they_look_like(tmp_path: Path) -> None:
    path = tmp_path / "two.workbench"
    build_study(path).close()
    async with opened(path, coder="a. mori") as (app, pilot):
        await until(pilot, lambda: "would look like A. Mori" in message(app))
    app = Workbench(path, coder="A. M\u200bori")
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: app.failure is not None)
    assert "cannot be seen" in str(app.failure)
