"""The framework screen: the tree, its logged operations, versions, codebook files, excerpts of a code."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Static

from tests.tui.example import HOSTILE, build_study, excerpt
from tests.tui.waiting import open_stage, until, words_of
from workbench.model.coding import Coding
from workbench.model.decision import Verb
from workbench.model.framework import Code, CodeState, FrameworkVersion, Origin, Theme
from workbench.model.memo import Memo, MemoKind
from workbench.stages import coding_changes, familiarise, framework
from workbench.tui.dialogs import AskText, ChooseCode, ChooseFrom, Form, GiveReason, Report
from workbench.tui.stages.framework import FrameworkScreen
from workbench.tui.widgets.entry import EntryArea, EntryLine
from workbench.tui.widgets.excerpt_list import EvidenceList
from workbench.tui.widgets.framework_tree import FrameworkTree

SIZES = [(80, 24), (120, 40)]
WIDE = (120, 40)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "two.workbench"
    build_study(made).close()
    return made


def screen_of(pilot: Pilot[None]) -> FrameworkScreen:
    screen = pilot.app.screen_stack[0]
    assert isinstance(screen, FrameworkScreen)
    return screen


async def asked(pilot: Pilot[None], dialog: type[object]) -> None:
    await until(pilot, lambda: isinstance(pilot.app.screen, dialog))


async def idle(pilot: Pilot[None]) -> None:
    """Wait until no dialog is open."""
    await until(pilot, lambda: len(pilot.app.screen_stack) == 1)


async def give_reason(pilot: Pilot[None], reason: str) -> None:
    await asked(pilot, GiveReason)
    await pilot.press(*reason, "enter")
    await idle(pilot)


def tree_text(screen: FrameworkScreen) -> str:
    tree = screen.query_one(FrameworkTree)
    return "\n".join(tree.render_line(y).text for y in range(tree.size.height))


@pytest.mark.parametrize("size", SIZES)
async def test_the_tree_shows_numbers_states_and_codings(path: Path, size: tuple[int, int]) -> None:
    async with open_stage(path, "framework", size) as pilot:
        screen = screen_of(pilot)
        framework.retire_code(screen.study, "housing", reason="pilot")
        screen.catch_up()
        await pilot.pause()
        lines = [line.rstrip() for line in tree_text(screen).splitlines()]
        assert lines[0].startswith("  1 Local measures")
        assert lines[1].strip().startswith("1.1 Assembly")
        assert lines[1].endswith("2")
        assert lines[3].strip().startswith("✕ 1.3 Help with housing")
        assert lines[4].startswith("  2 Elsewhere")


async def test_the_panel_says_all_that_the_framework_says_of_a_code(path: Path) -> None:
    async with open_stage(path, "framework", WIDE) as pilot:
        screen = screen_of(pilot)
        hostile = Code("assembly", "local", 1, "Assembly", HOSTILE, "in", "out", ("an [example]",),
                       cues=("会議",), wordings={"North City": "a council"})  # fmt: skip
        screen.study.decide(Verb.EDIT_CODE, "code:assembly", put=[hostile], reason="test")
        screen.catch_up()
        await pilot.press("down")
        told = words_of(screen.query_one("#description", Static))
        for words in (
            "1.1 Assembly",
            "Definition: [bold]not markup[/bold] <U+001B>[31m red <U+202E> turned",
            "Include: in",
            "Exclude: out",
            "Example: an [example]",
            "Cues: 会議",
            "Wording for North City: a council",
            "Origin: a priori",
            "Codings: 2",
        ):
            assert words in told


async def test_a_theme_and_a_code_are_added_where_the_cursor_is(path: Path) -> None:
    async with open_stage(path, "framework", WIDE) as pilot:
        screen = screen_of(pilot)
        await pilot.press("t")
        await asked(pilot, ChooseFrom)
        await pilot.press(*"top", "enter")
        await asked(pilot, Form)
        await pilot.press(*"Rights", "ctrl+s")
        await idle(pilot)
        theme = next(theme for theme in screen.study.all(Theme) if theme.name == "Rights")
        assert (theme.parent_id, theme.number) == (None, 3)
        await until(pilot, lambda: screen.node == theme)
        await pilot.press("a")
        await asked(pilot, Form)
        await pilot.press(*"Vote", "ctrl+s")
        await idle(pilot)
        code = next(code for code in screen.study.all(Code) if code.name == "Vote")
        assert code.theme_id == theme.id
        assert screen.study.decisions(latest=1)[0].action == Verb.ADD_CODE.label
        assert "The code is added." in words_of(screen.query_one("#message", Static))


async def test_a_change_of_a_code_asks_for_its_reason(path: Path) -> None:
    async with open_stage(path, "framework", (80, 24)) as pilot:
        screen = screen_of(pilot)
        await pilot.press("down", "e")
        await asked(pilot, Form)
        await pilot.press(*" hall", "ctrl+s")
        await give_reason(pilot, "clearer")
        decision = screen.study.decisions(latest=1)[0]
        assert (decision.action, decision.reason) == (Verb.EDIT_CODE.label, "clearer")
        assert screen.study.get(Code, "assembly").name == "Assembly hall"


async def fill(pilot: Pilot[None], field: str, words: str) -> None:
    """Put words in place of what a field of the form holds."""
    entry = pilot.app.screen.query_one(f"#field-{field}")
    if isinstance(entry, EntryArea):
        entry.text = words
    else:
        assert isinstance(entry, EntryLine)
        entry.value = words


async def test_origin_wordings_and_the_place_for_the_rest_are_shown_and_changed(path: Path) -> None:
    async with open_stage(path, "framework", WIDE) as pilot:
        screen = screen_of(pilot)
        many = {"North City": "a council\nof residents", "Gone: Town": "a forum"}
        framework.edit_code(screen.study, "assembly", wordings=many, reason="as published")
        screen.catch_up()
        await pilot.press("down", "e")
        await asked(pilot, Form)
        shown = {
            name: pilot.app.screen.query_one(f"#field-{name}", EntryLine).value
            for name in ("origin", "other", "described")
        }
        assert shown == {"origin": "a priori", "other": "no", "described": "no"}
        wordings = pilot.app.screen.query_one("#field-wordings", EntryArea).text
        assert wordings == "Gone: Town: a forum\nNorth City: a council of residents"
        await fill(pilot, "wordings", f"{wordings}\n南市 [red]: 住民会議")
        await fill(pilot, "origin", "Analytical")
        await fill(pilot, "other", "yes")
        await fill(pilot, "described", "yes")
        await pilot.press("ctrl+s")
        await give_reason(pilot, "read again")
        code = screen.study.get(Code, "assembly")
        assert (code.origin, code.other, code.described) == (Origin.ANALYTICAL, True, True)
        assert code.wordings == {**many, "南市 [red]": "住民会議"}
        told = words_of(screen.query_one("#description", Static))
        for words in (
            "Origin: analytical",
            "Wording for 南市 [red]: 住民会議",
            "The place for what does not",
        ):
            assert words in told


@pytest.mark.parametrize(
    ("field", "typed", "fault"),
    [
        ("origin", "guessed", "“guessed” is no origin."),
        ("other", "perhaps", "“perhaps” is neither yes nor no."),
        ("wordings", "Nowhere: a council", "“Nowhere: a council” is no wording of a case."),
        ("wordings", "North City: a\nNorth City: b", "There are two wordings for North City."),
    ],
)
async def test_what_cannot_be_understood_of_a_code_is_asked_again_and_nothing_typed_is_lost(
    path: Path, field: str, typed: str, fault: str
) -> None:
    async with open_stage(path, "framework", WIDE) as pilot:
        study = screen_of(pilot).study
        before = study.head.count
        await pilot.press("down", "e")
        await asked(pilot, Form)
        await fill(pilot, "definition", "Whoever meets.")
        await fill(pilot, field, typed)
        await pilot.press("ctrl+s")
        await until(pilot, lambda: fault in words_of(pilot.app.screen.query_one("#dialog-title", Static)))
        assert pilot.app.screen.query_one("#field-definition", EntryArea).text == "Whoever meets."
        entry = pilot.app.screen.query_one(f"#field-{field}")
        assert getattr(entry, "text" if isinstance(entry, EntryArea) else "value") == typed
        await pilot.press("escape")
        await idle(pilot)
        assert study.head.count == before


async def test_a_theme_is_retired_and_taken_back_into_use(path: Path) -> None:
    async with open_stage(path, "framework", WIDE) as pilot:
        screen = screen_of(pilot)
        await pilot.press("end", "x")
        await give_reason(pilot, "empty")
        assert screen.study.get(Theme, "other").retired
        await pilot.press("x")
        await give_reason(pilot, "needed")
        assert not screen.study.get(Theme, "other").retired


async def test_without_a_reason_nothing_changes(path: Path) -> None:
    async with open_stage(path, "framework", (80, 24)) as pilot:
        screen = screen_of(pilot)
        before = screen.study.head.count
        await pilot.press("down", "x")
        await asked(pilot, GiveReason)
        await pilot.press("escape")
        await idle(pilot)
        assert screen.study.head.count == before


async def test_a_code_is_moved_merged_and_restored_by_logged_operations(path: Path) -> None:
    async with open_stage(path, "framework", WIDE) as pilot:
        screen = screen_of(pilot)
        await pilot.press("down", "m")
        await asked(pilot, ChooseFrom)
        await pilot.press(*"elsewhere", "enter")
        await give_reason(pilot, "better there")
        assert screen.study.get(Code, "assembly").theme_id == "other"
        assert screen.node is not None
        assert screen.node.id == "assembly"
        await pilot.press("g")
        await asked(pilot, ChooseCode)
        await pilot.press(*"desk", "enter")
        await give_reason(pilot, "the same")
        assert screen.study.get(Code, "assembly").successors == ("desk",)
        assert len(screen.study.all(Coding, code_id="desk")) == 3
        await pilot.press("x")
        await give_reason(pilot, "not the same after all")
        assert screen.study.get(Code, "assembly").state is CodeState.ACTIVE


async def test_a_split_leaves_codings_to_sort_and_says_so(path: Path) -> None:
    async with open_stage(path, "framework", (80, 24)) as pilot:
        screen = screen_of(pilot)
        notice = screen.query_one("#notice", Static)
        assert not notice.display
        await pilot.press("down", "s")
        await asked(pilot, AskText)
        await pilot.press(*"Open", "enter", *"Closed", "ctrl+s")
        await give_reason(pilot, "two things")
        heirs = screen.study.get(Code, "assembly").successors
        assert [screen.study.get(Code, heir).name for heir in heirs] == ["Open", "Closed"]
        assert notice.display
        assert "2 codings to sort after a split" in words_of(notice)
        await pilot.press("n")
        items = screen.query_one(EvidenceList).items
        assert [item.words for item in items if item.is_excerpt] == [
            "The city opens its assembly of residents",
            "everybody",
        ]


@pytest.mark.parametrize("size", SIZES)
async def test_codings_that_wait_say_why_and_lead_to_their_passage(path: Path, size: tuple[int, int]) -> None:
    async with open_stage(path, "framework", size) as pilot:
        screen = screen_of(pilot)
        opened: list[tuple[str, object]] = []
        screen.workbench.open_passage = lambda *place: opened.append(place)  # type: ignore[method-assign]
        framework.edit_code(screen.study, "housing", definition="Help for all.", reason="wider")
        framework.split_code(screen.study, "assembly", ["Open", "Closed"], reason="two things")
        screen.catch_up()
        redefined, split = (decision.seq for decision in screen.study.decisions(latest=2))
        await pilot.press("n", "end", "enter")
        evidence = screen.query_one(EvidenceList)
        assert [item.head for item in evidence.items] == [
            "3 codings to look at again: enter opens the passage",
            f"1.1 Assembly · split code: two things (A. Mori, decision {split})",
            "north-plan (ja), para. 1",
            "north-plan (ja), para. 1",
            f"1.3 Help with housing · edit code: wider (A. Mori, decision {redefined})",
            "south-plan (ja), para. 3",
        ]
        quoted = excerpt(screen.study, "newcomers")
        assert opened == [(quoted.text_id, quoted.passage)]


async def test_a_coding_that_was_looked_at_waits_no_longer(path: Path) -> None:
    async with open_stage(path, "framework", WIDE) as pilot:
        screen = screen_of(pilot)
        await pilot.press("n")
        assert "No coding waits for a second look." in words_of(screen.query_one("#message", Static))
        assert screen.query_one(FrameworkTree).has_focus
        framework.edit_code(screen.study, "assembly", definition="Whoever meets.", reason="wider")
        await pilot.press("n")
        evidence = screen.query_one(EvidenceList)
        waiting = [item for item in evidence.items if item.is_excerpt]
        assert len(waiting) == 2
        first = screen.study.all(Coding, excerpt_id=waiting[0].key.partition(":")[2])[0]
        coding_changes.confirm_codings(screen.study, [first.id], reason="it holds")
        screen.catch_up()
        assert [item for item in evidence.items if item.is_excerpt] == waiting[1:]


@pytest.mark.parametrize("size", SIZES)
async def test_a_code_is_reviewed_case_by_case_and_two_keys_open_the_passage(
    path: Path, size: tuple[int, int]
) -> None:
    async with open_stage(path, "framework", size) as pilot:
        screen = screen_of(pilot)
        opened: list[tuple[str, object]] = []
        screen.workbench.open_passage = lambda *place: opened.append(place)  # type: ignore[method-assign]
        screen.go_to_node("housing")
        await pilot.press("l", "enter")
        quoted = excerpt(screen.study, "newcomers")
        assert opened == [(quoted.text_id, quoted.passage)]
        heads = [item.head for item in screen.query_one(EvidenceList).items]
        assert heads == ["1.3 Help with housing: 1 excerpt", "南市 [red] (1)", "south-plan (ja), para. 3"]
        await pilot.press("escape")
        assert screen.query_one(FrameworkTree).has_focus


async def test_an_idea_becomes_a_candidate_and_then_a_code_in_use(path: Path) -> None:
    async with open_stage(path, "framework", WIDE) as pilot:
        screen = screen_of(pilot)
        idea = familiarise.write_memo(screen.study, "text:t-north", "Who may speak?", kind=MemoKind.IDEA)
        await pilot.press("i")
        await asked(pilot, ChooseFrom)
        await pilot.press("enter")
        await until(
            pilot,
            lambda: "Under which theme" in str(pilot.app.screen.query_one("#dialog-title", Static).content),
        )
        await pilot.press("enter")
        await asked(pilot, AskText)
        await pilot.press("enter")
        await idle(pilot)
        code_id = screen.study.get(Memo, idea.id).became
        code = screen.study.get(Code, code_id)
        assert (code.name, code.state) == ("Who may speak?", CodeState.CANDIDATE)
        await until(pilot, lambda: screen.node == code)
        assert "? 1.4 Who may speak?" in tree_text(screen)
        await pilot.press("c")
        await give_reason(pilot, "tried on two documents")
        assert screen.study.get(Code, code_id).state is CodeState.ACTIVE


async def test_versions_are_released_with_a_reason_and_compared_in_words(path: Path) -> None:
    async with open_stage(path, "framework", (80, 24)) as pilot:
        screen = screen_of(pilot)
        await pilot.press("v")
        await give_reason(pilot, "tried")
        assert screen.study.get(FrameworkVersion, "v1").reason == "tried"
        framework.edit_code(screen.study, "desk", name="Advice", reason="shorter")
        await pilot.press("d")
        await asked(pilot, ChooseFrom)
        await pilot.press("enter")
        await until(
            pilot, lambda: "to which" in str(pilot.app.screen.query_one("#dialog-title", Static).content)
        )
        await pilot.press("enter")
        await asked(pilot, Report)
        told = words_of(pilot.app.screen.query_one("#lines Static", Static))
        assert "1.2 Advice" in told
        assert "Advice desk" in told


async def test_a_codebook_is_written_and_applied_after_a_look_at_its_changes(path: Path) -> None:
    async with open_stage(path, "framework", WIDE) as pilot:
        screen = screen_of(pilot)
        await pilot.press("w")
        await asked(pilot, AskText)
        await pilot.press("enter")
        await idle(pilot)
        book = path.parent / "codebook.yaml"
        written = book.read_text(encoding="utf-8")
        book.write_text(written.replace("Advice desk", "Advice"), encoding="utf-8")
        await pilot.press("o")
        await asked(pilot, AskText)
        await pilot.press("enter")
        await asked(pilot, ChooseFrom)
        assert "Apply 1 change?" in str(pilot.app.screen.query_one("#dialog-title", Static).content)
        assert screen.study.get(Code, "desk").name == "Advice desk"
        await pilot.press("enter")
        await give_reason(pilot, "shorter")
        assert screen.study.get(Code, "desk").name == "Advice"
        assert screen.study.decisions(latest=1)[0].action == Verb.APPLY_CODEBOOK.label


async def test_an_existing_file_is_never_overwritten(path: Path) -> None:
    async with open_stage(path, "framework", WIDE) as pilot:
        screen = screen_of(pilot)
        kept = path.parent / "codebook.yaml"
        kept.write_text("mine", encoding="utf-8")
        await pilot.press("w")
        await asked(pilot, AskText)
        await pilot.press("enter")
        await idle(pilot)
        assert kept.read_text(encoding="utf-8") == "mine"
        assert "is already there" in words_of(screen.query_one("#message", Static))


async def test_a_second_framework_is_begun_beside_the_first(path: Path) -> None:
    async with open_stage(path, "framework", (80, 24)) as pilot:
        screen = screen_of(pilot)
        await pilot.press("t")
        await asked(pilot, ChooseFrom)
        await pilot.press(*"new framework", "enter")
        await asked(pilot, AskText)
        await pilot.press("C", "enter")
        await asked(pilot, Form)
        await pilot.press(*"Kinds", "ctrl+s")
        await idle(pilot)
        theme = screen.study.framework.find_theme("C1")
        assert theme is not None
        assert theme.name == "Kinds"
        assert "C1 Kinds" in tree_text(screen)


async def test_the_attributes_of_a_theme_are_written_a_line_each(path: Path) -> None:
    async with open_stage(path, "framework", WIDE) as pilot:
        screen = screen_of(pilot)
        await pilot.press("home", "e")
        await asked(pilot, Form)
        pilot.app.screen.query_one("#field-attributes", EntryArea).load_text("actor=city\nweight = 2")
        await pilot.press("ctrl+s")
        await give_reason(pilot, "who acts")
        assert screen.study.get(Theme, "local").attributes == {"actor": "city", "weight": "2"}
