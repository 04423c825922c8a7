"""The screens of versions: the tree of texts, what is said of them, and the queue of what was left behind."""

from __future__ import annotations

import random
from pathlib import Path
from shutil import copyfile

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from tests.tui.conftest import add_framework, shown
from tests.tui.pilots import NORMAL, WIDE, actions, message, opened, press, settle, type_in
from tests.tui.test_goldens import hold
from tests.tui.waiting import until
from workbench.model import identity
from workbench.model.case import Case
from workbench.model.claim import Claim, ClaimKind
from workbench.model.coding import Excerpt
from workbench.model.memo import Memo, MemoKind
from workbench.model.text import Passage, Text, TextKind
from workbench.model.translation import LeftBehind, LeftState, Method, Verdict, Verification
from workbench.sources import read_bytes
from workbench.stages import chart, interpret
from workbench.stages.importing import ImportPlan, importing
from workbench.stages.index import code_passage
from workbench.stages.text_versions import describe_text
from workbench.stages.verification import verify_translation
from workbench.study.file import create_study, open_study
from workbench.study.study import Study
from workbench.tui.app import Workbench
from workbench.tui.dialogs.choose_passage import ChoosePassage
from workbench.tui.stages.cell_view import OFFERED
from workbench.tui.stages.chart import ChartScreen
from workbench.tui.stages.index import IndexScreen
from workbench.tui.stages.interpret import InterpretScreen
from workbench.tui.stages.uncertain import UncertainScreen
from workbench.tui.stages.versions import VersionsScreen

JA = "第一条 市は人権を尊重する。\n第二条 料金は無料とする。\n"
EN = (
    "Article 1. The city shall respect [human] rights.\n"
    "Article 2. It is free of charge.\n"
    "Article 3. The city may ask residents.\n"
    "Nobody has to bring a photograph. It ends here\u202e.\n"
)
NEWER = (
    "Preamble.\n"
    "Article 1. The city shall respect [human] rights.\n"
    "Article 2. It is free of all charges.\n"
    "Article 3. The city must ask all residents.\n"
    "It ends here\u202e.\n"
)
QUOTES = (
    "The city shall respect [human] rights.",
    "It is free of charge.",
    "The city may ask residents.",
    "Nobody has to bring a photograph.",
)


def _add(study: Study, name: str, content: str, kind: TextKind, language: str, **plan: str) -> Text:
    wanted = ImportPlan(case="Osaka", kind=kind, language=language, **plan)
    with importing(study, wanted) as run:
        run.add(name, content.encode(), read_bytes(name, content.encode()))
    return next(text for text in study.all(Text) if text.file_name == name)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Make two studies once: before and after a new version took the place of the translation."""
    folder = tmp_path_factory.mktemp("versions")
    before, after = folder / "versions.workbench", folder / "revised.workbench"
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(identity.secrets, "randbits", random.Random(7).getrandbits)
        _make(before)
        copyfile(before, after)
        with open_study(after, coder="A. Mori") as study:
            old = _named(study, "law-en.txt")
            _add(study, "law-en-2.txt", NEWER, TextKind.REVISION, "en", revises=old.id, reason="Amended.")
    return before, after


@pytest.fixture
def versions(made: tuple[Path, Path], tmp_path: Path) -> Path:
    """Give a study with an original, a coded and partly verified translation, and a machine draft."""
    return Path(copyfile(made[0], tmp_path / "versions.workbench"))


@pytest.fixture
def revised(made: tuple[Path, Path], tmp_path: Path) -> Path:
    """Give the same where a new version has taken the place of the translation."""
    return Path(copyfile(made[1], tmp_path / "versions.workbench"))


def _make(path: Path) -> None:
    with create_study(path, title="Versions", coder="A. Mori") as study:
        source = _add(study, "law.txt", JA, TextKind.ORIGINAL, "ja")
        target = _add(study, "law-en.txt", EN, TextKind.OWN_TRANSLATION, "en", translates=source.id)
        _add(study, "draft.txt", "Article 1.\n", TextKind.MACHINE_DRAFT, "en", translates=source.id)
        describe_text(study, target.id, maker="J. Berg [x]", role="researcher", made="2018-07-02")
        add_framework(study)
        for words in QUOTES:
            start = EN.index(words)
            code_passage(study, target.id, Passage(start, start + len(words)), ["vote"], reason="read")
        case = study.all(Case)[0].id
        held = {each.quote: each.id for each in study.all(Excerpt)}
        chart.link_excerpts(study, case, "vote", [held[QUOTES[1]]])
        chart.write_cell(study, case, "vote", summary="Everybody has rights.")
        claim = interpret.make_claim(study, ClaimKind.CONCEPT, "Rights", statement="There are some.")
        interpret.link_excerpt(study, claim.id, held[QUOTES[3]])
        verify_translation(
            study,
            target.id,
            Passage(0, EN.index("Article 2")),
            reader="K. Sato",
            method=Method.SECOND_READER,
            verdict=Verdict.SOUND,
        )


async def _read(pilot: Pilot[None], app: Workbench, words: str) -> None:
    await until(pilot, lambda: words in shown(app))
    await settle(pilot)


def _named(study: Study, name: str) -> Text:
    return next(text for text in study.all(Text) if text.file_name == name)


async def _go_to(pilot: Pilot[None], app: Workbench, name: str) -> None:
    """Wait for the tree and put its cursor on the text of a file."""
    await _read(pilot, app, "% verified")
    screen = app.stage_screen
    assert isinstance(screen, VersionsScreen)
    screen.show_about(f"text:{_named(app.study, name).id}")
    await settle(pilot)
    assert screen.line is not None
    assert screen.line.text.file_name == name


@pytest.mark.parametrize("size", [NORMAL, WIDE])
async def test_the_screen_of_versions(revised: Path, size: tuple[int, int]) -> None:
    async with opened(revised, stage="versions", size=size) as (app, pilot):
        await _go_to(pilot, app, "law-en.txt")
        hold(f"versions-{size[0]}x{size[1]}", shown(app))


@pytest.mark.parametrize("size", [NORMAL, WIDE])
async def test_the_queue_of_excerpts_left_behind(revised: Path, size: tuple[int, int]) -> None:
    async with opened(revised, stage="uncertain", size=size) as (app, pilot):
        await _read(pilot, app, "of 3 decided")
        hold(f"uncertain-{size[0]}x{size[1]}", shown(app))


async def test_v_leads_to_the_text_at_hand_and_back(versions: Path) -> None:
    async with opened(versions, stage="index") as (app, pilot):
        await press(pilot, "V")
        await _read(pilot, app, "% verified")
        assert isinstance(app.stage_screen, VersionsScreen)
        assert app.stage_screen.line is not None
        assert app.stage_screen.line.text.file_name == "law-en.txt"
        assert "maker: J. Berg [x]" in shown(app)
        await press(pilot, "escape")
        assert isinstance(app.stage_screen, IndexScreen)


async def test_what_was_selected_while_reading_is_offered_to_be_verified(versions: Path) -> None:
    async with opened(versions, stage="index") as (app, pilot):
        await press(pilot, "ctrl+home", "alt+down", "s", "V")
        await _read(pilot, app, "% verified")
        await press(pilot, "v")
        assert isinstance(app.screen, ChoosePassage)
        selected = app.screen.pane.selection
        assert selected is not None
        assert EN[selected.start : selected.end] == "Article 2. It is free of charge."


async def test_a_text_is_described_and_a_draft_approved_with_a_reason(versions: Path) -> None:
    async with opened(versions, stage="versions") as (app, pilot):
        await _go_to(pilot, app, "law-en.txt")
        await press(pilot, "a")
        assert "no machine draft" in message(app)
        await _go_to(pilot, app, "draft.txt")
        await press(pilot, "d", "tab", "tab")
        await type_in(pilot, "MT 3")
        await press(pilot, "ctrl+s", "enter")
        draft = _named(app.study, "draft.txt")
        assert (draft.maker, draft.kind) == ("MT 3", TextKind.MACHINE_DRAFT)
        assert draft.translates == _named(app.study, "law.txt").id, "what it renders stays"
        await press(pilot, "a", "ctrl+s")
        assert "needs a reason" in message(app)
        await press(pilot, "a")
        await type_in(pilot, "read against the source")
        await press(pilot, "ctrl+s")
        assert _named(app.study, "draft.txt").approved_by == "A. Mori"
        assert actions(app)[-2:] == ["describe text", "approve text"]


async def test_a_new_version_is_imported_and_what_came_along_is_told(versions: Path, tmp_path: Path) -> None:
    (tmp_path / "newer.txt").write_text(NEWER, encoding="utf-8")
    async with opened(versions, stage="versions") as (app, pilot):
        await _go_to(pilot, app, "law-en.txt")
        await press(pilot, "r")
        app.screen.query_one("#field-path", Input).value = str(tmp_path / "newer.txt")
        await press(pilot, "enter")
        await type_in(pilot, "Amended.")
        await press(pilot, "ctrl+s")
        await until(pilot, lambda: "1 carried, 2 uncertain, 1 lost" in shown(app))
        assert "lost: “Nobody has to bring a photograph.”" in shown(app)
        await press(pilot, "escape")
        new = _named(app.study, "newer.txt")
        assert (new.revises, new.kind) == (_named(app.study, "law-en.txt").id, TextKind.REVISION)
        assert len(app.study.all(Verification, text_id=new.id)) == 1
        await press(pilot, "u", "u")
        assert all(text.file_name != "newer.txt" for text in app.study.all(Text))


async def test_a_text_of_the_study_takes_the_place_of_another(versions: Path) -> None:
    async with opened(versions, stage="versions") as (app, pilot):
        await _go_to(pilot, app, "law-en.txt")
        await press(pilot, "R")
        await type_in(pilot, "law.txt")
        await press(pilot, "enter")
        await until(pilot, lambda: "needs a reason" in shown(app))
        await press(pilot, "escape")
        assert _named(app.study, "law.txt").revises is None
        await press(pilot, "R")
        await type_in(pilot, "law.txt")
        await press(pilot, "enter")
        await until(pilot, lambda: "needs a reason" in shown(app))
        await type_in(pilot, "the same law")
        await press(pilot, "enter")
        await until(pilot, lambda: "0 carried, 0 uncertain, 4 lost" in shown(app))
        assert _named(app.study, "law.txt").revises == _named(app.study, "law-en.txt").id


async def test_versions_are_compared_side_by_side(revised: Path) -> None:
    async with opened(revised, stage="versions") as (app, pilot):
        await _go_to(pilot, app, "law-en-2.txt")
        await press(pilot, "c")
        await until(pilot, lambda: "gone in [- -], new in {+ +}" in shown(app))
        await settle(pilot)
        [line] = [line for line in shown(app).splitlines() if "Article 3" in line]
        assert "[-may-]" in line.rpartition(" │ ")[0]
        assert "{+must+}" in line
        assert "<U+202E>" in shown(app)


async def test_a_passage_is_verified_and_that_taken_back_with_a_reason(versions: Path) -> None:
    async with opened(versions, stage="versions") as (app, pilot):
        await _go_to(pilot, app, "law-en.txt")
        text = _named(app.study, "law-en.txt")
        await press(pilot, "v", "ctrl+home", "s", "ctrl+s")
        await type_in(pilot, "panel")
        await press(pilot, "enter")
        await type_in(pilot, "sound")
        await press(pilot, "enter")
        await type_in(pilot, "Ito, Kato")
        await press(pilot, "ctrl+s")
        recorded = app.study.all(Verification, text_id=text.id)
        [new] = [each for each in recorded if each.method is Method.PANEL]
        assert (new.reader, EN[new.start : new.end]) == (
            "Ito, Kato",
            "Article 1. The city shall respect [human] rights.",
        )
        await press(pilot, "delete")
        await type_in(pilot, "panel")
        await press(pilot, "enter")
        await type_in(pilot, "typed twice")
        await press(pilot, "enter")
        assert [each.reader for each in app.study.all(Verification, text_id=text.id)] == ["K. Sato"]


async def test_excerpts_left_behind_are_placed_placed_elsewhere_and_kept(revised: Path) -> None:
    async with opened(revised, stage="versions") as (app, pilot):
        await _read(pilot, app, "% verified")
        await press(pilot, "w")
        await _read(pilot, app, "0 of 3 decided")
        assert isinstance(app.stage_screen, UncertainScreen)
        new = _named(app.study, "law-en-2.txt")
        await press(pilot, "a")
        await _read(pilot, app, "1 of 3 decided")
        [free] = [each for each in app.study.all(Excerpt) if each.quote.startswith("It is free")]
        assert (free.text_id, free.quote) == (new.id, NEWER[free.start : free.end])
        await press(pilot, "e", "ctrl+home", "s", "ctrl+s")
        await _read(pilot, app, "2 of 3 decided")
        assert any(each.quote == "Preamble." for each in app.study.all(Excerpt))
        await press(pilot, "k")
        await type_in(pilot, "it shows the first wording")
        await press(pilot, "enter")
        await _read(pilot, app, "3 of 3 decided")
        assert [each.state for each in app.study.all(LeftBehind)] == [LeftState.KEPT]
        assert actions(app)[-3:] == ["place excerpt", "place excerpt", "keep excerpt"]
        await press(pilot, "o")
        await _read(pilot, app, "kept: law")
        await press(pilot, "u")
        await _read(pilot, app, "2 of 3 decided")


async def test_the_statement_is_written_to_a_file(versions: Path, tmp_path: Path) -> None:
    async with opened(versions, stage="versions") as (app, pilot):
        await _read(pilot, app, "% verified")
        await press(pilot, "x")
        await until(pilot, lambda: "Write the translation statement" in shown(app))
        await press(pilot, "enter")
        await until(pilot, lambda: "Wrote" in message(app))
    written = (tmp_path / "translation-statement.md").read_text(encoding="utf-8")
    assert "J. Berg" in written


async def test_a_translators_memo_is_written_while_reading_and_changed(versions: Path) -> None:
    async with opened(versions, stage="index") as (app, pilot):
        await press(pilot, "ctrl+home", "s", "m")
        if "Memo on what?" in shown(app):
            await type_in(pilot, "passage")
            await press(pilot, "enter")
        await type_in(pilot, "The verb")
        await press(pilot, "ctrl+t", "tab")
        await type_in(pilot, "shall")
        await press(pilot, "enter")
        await type_in(pilot, "must")
        await press(pilot, "tab")
        await type_in(pilot, "shall")
        await press(pilot, "enter")
        await type_in(pilot, "the tone")
        await press(pilot, "ctrl+s")
        [memo] = app.study.all(Memo, kind=MemoKind.TRANSLATION.value)
        assert (memo.content, memo.options, memo.choice, memo.loss) == (
            "The verb",
            ("shall", "must"),
            "shall",
            "the tone",
        )
        await press(pilot, "f8")
        assert "considered: shall; must" in shown(app)
        await press(pilot, "e", "ctrl+s")
        assert "Nothing" in message(app) or app.study.get(Memo, memo.id) == memo
        await press(pilot, "e", "tab", "tab", "end")
        await type_in(pilot, " it is")
        await press(pilot, "ctrl+s")
        assert app.study.get(Memo, memo.id).choice == "shall it is"
        assert app.study.get(Memo, memo.id).options == ("shall", "must")


async def test_the_past_is_read_and_not_changed(revised: Path) -> None:
    async with opened(revised, stage="versions", read_only=True) as (app, pilot):
        await _read(pilot, app, "% verified")
        count = app.study.head.count
        await press(pilot, "d", "a", "r", "v", "delete")
        assert "reading only" in message(app)
        assert app.study.head.count == count


async def test_sides_and_replaced_versions_are_told_wherever_evidence_is_shown(revised: Path) -> None:
    async with opened(revised, stage="chart") as (app, pilot):
        app.open_cell(app.study.all(Case)[0].id, "vote")
        await until(pilot, lambda: "Everybody" in shown(app))
        assert isinstance(app.stage_screen, ChartScreen)
        heads = [item.head for item in app.stage_screen.view.evidence.items if item.mark != OFFERED]
        assert [head.partition(" ‡ ")[2] for head in heads] == ["translation only; superseded version"]
        assert "‡ Evidence from a translation only; no" in shown(app)
        await press(pilot, "escape")
        assert "1 exc. ‡" in shown(app), "the matrix marks the cell"
        await press(pilot, "f10", "c")
        await type_in(pilot, "vote")
        await press(pilot, "enter")
        assert "A. Mori · translation only · superseded version" in shown(app)
        await press(pilot, "f6")
        await until(pilot, lambda: "concept: Rights" in shown(app))
        screen = app.stage_screen
        assert isinstance(screen, InterpretScreen)
        await until(pilot, lambda: screen.chart is not None)
        screen.open_claim(app.study.all(Claim)[0].id)
        await until(pilot, lambda: bool(screen.evidence.items))
        assert any(
            item.head.endswith(" ‡ translation only; superseded version") for item in screen.evidence.items
        )
