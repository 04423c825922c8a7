"""A case of which nobody has read anything is indexed only with a reason."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Run, done, workbench  # noqa: F401
from tests.tui.conftest import add_framework, add_text
from tests.tui.pilots import opened, press, type_in
from workbench.errors import ReasonMissing
from workbench.model.case import ReadingState
from workbench.model.text import Passage, Text
from workbench.stages import coding_changes, familiarise, index
from workbench.study.file import create_study, open_study
from workbench.study.study import Study

pytestmark = pytest.mark.unread
CONTENT = "The city respects rights.\n"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "s.workbench"
    with create_study(made, title="T", coder="A. Mori") as study:
        add_framework(study)
        add_text(study, "a.txt", CONTENT, case="Osaka")
        add_text(study, "b.txt", "Another plan.\n", case="Osaka")
        add_text(study, "c.txt", "No case.\n")
    return made


def text_of(study: Study, name: str) -> str:
    return study.all(Text, file_name=name)[0].id


def code(study: Study, name: str = "a.txt", *, start: int = 0, reason: str = "") -> None:
    index.code_passage(study, text_of(study, name), Passage(start, start + 4), ["human"], reason=reason)


def test_the_first_coding_of_an_unread_case_asks_why(path: Path) -> None:
    with open_study(path, coder="A. Mori") as study:
        head = study.head.count
        with pytest.raises(ReasonMissing, match="Nobody has read anything of Osaka"):
            code(study)
        with pytest.raises(ReasonMissing):
            coding_changes.code_in_vivo(study, text_of(study, "a.txt"), Passage(0, 8), "rights")
        assert study.head.count == head
        code(study, reason="read on paper")
        assert study.decisions(latest=1)[0].reason == "read on paper"
        code(study, start=4)
        code(study, "b.txt")


def test_a_case_of_which_anybody_read_anything_is_indexed_at_once(path: Path) -> None:
    with open_study(path, coder="B. Sato") as study:
        familiarise.mark_reading(study, text_of(study, "b.txt"), ReadingState.SKIMMED)
        study.coder = "A. Mori"
        code(study, "a.txt")


def test_a_document_of_no_case_is_indexed_at_once(path: Path) -> None:
    with open_study(path, coder="A. Mori") as study:
        code(study, "c.txt")


def test_the_command_asks_too(workbench: Run, path: Path) -> None:  # noqa: F811
    with open_study(path, read_only=True) as study:
        text = text_of(study, "a.txt")
    words = ("code", path, "--text", text, "--range", "0:4", "--code", "2.2")
    refused = workbench(*words)
    assert refused.status == 3
    assert "Nobody has read anything of Osaka" in refused.err
    assert workbench(*words, "--reason", "read on paper").status == 0


async def test_the_screen_asks_and_goes_on_with_the_reason(path: Path) -> None:
    async with opened(path, stage="index") as (app, pilot):
        text = app.study.get(Text, text_of(app.study, "a.txt"))
        app.stage_screen.open_text(text)  # type: ignore[union-attr]
        head = app.study.head.count
        await press(pilot, "s", "a")
        await type_in(pilot, "Right to vote")
        await press(pilot, "enter")
        assert app.study.head.count == head
        await type_in(pilot, "read on paper")
        await press(pilot, "enter")
        assert app.study.decisions(latest=1)[0].reason == "read on paper"
