"""Small studies for the terminal, and how a screen is looked at."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from workbench.model.case import Document
from workbench.model.decision import Verb
from workbench.model.framework import Code, CodeState, Theme
from workbench.model.text import Text, TextKind
from workbench.sources.registry import read_bytes
from workbench.stages.importing import ImportPlan, importing
from workbench.study.file import create_study
from workbench.study.study import Study
from workbench.tui.app import Workbench

VISION = """The city respects [human rights] of all residents.

Interpreters are sent to schools. Notices are printed in five languages.

Nobody may vote who is not a citizen.\u202e
"""
PLAN_JA = "市は、すべての住民の人権を尊重する。\n\n通訳を学校に派遣する。お知らせは五つの言語で印刷する。\n"
PLAN_EN = "The city shall respect the human rights of every resident.\n\nIt sends interpreters to schools.\n"


@pytest.fixture(autouse=True)
def _nothing_frozen() -> Iterator[None]:
    """Give back to the collector of garbage what a screen kept from it."""
    yield
    gc.unfreeze()


def add_text(
    study: Study, name: str, content: str, *, case: str = "", kind: TextKind = TextKind.ORIGINAL
) -> Text:
    """Import one text as a file of its own."""
    with importing(study, ImportPlan(case=case, kind=kind)) as run:
        run.add(name, content.encode(), read_bytes(name, content.encode()))
    document = study.all(Document, key=run.reports[0].document)[0]
    return study.all(Text, document_id=document.id)[-1]


def add_translation(study: Study, of: Text, name: str, content: str, *, language: str) -> Text:
    """Import a text and let it belong to the document of another."""
    from dataclasses import replace

    alone = add_text(study, name, content, kind=TextKind.OWN_TRANSLATION)
    joined = replace(alone, document_id=of.document_id, language=language)
    study.decide(
        Verb.EDIT_DOCUMENT, f"text:{alone.id}", put=[joined], remove=[f"document:{alone.document_id}"]
    )
    return joined


def add_framework(study: Study) -> None:
    """Add two themes with five codes: one a candidate, one retired."""
    themes = [Theme("language", None, 1, "Language"), Theme("rights", None, 2, "Rights [legal]")]
    codes = [
        Code("interpreters", "language", 1, "Interpreters", "Somebody translates speech.", include="schools"),
        Code("printed", "language", 2, "Printed languages", "Something is printed in other languages."),
        Code("vote", "rights", 1, "Right to vote", "Who may vote.", exclude="petitions"),
        Code("human", "rights", 2, "Human rights [named]", state=CodeState.CANDIDATE),
        Code("old", "rights", 3, "Old code", state=CodeState.RETIRED),
    ]
    study.decide(Verb.ADD_THEME, "theme:language", put=themes)
    study.decide(Verb.ADD_CODE, "code:interpreters", put=codes)


@pytest.fixture(autouse=True)
def no_settings_of_ones_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the preferences and drafts of whoever runs the tests out of them."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """Make the file of a study with two cases, three documents, a translation and a framework."""
    path = tmp_path / "small.workbench"
    study = create_study(path, title="Small [study]", coder="A. Mori")
    add_text(study, "vision.txt", VISION, case="Hamamatsu")
    plan = add_text(study, "plan.txt", PLAN_JA, case="Kawasaki [city]")
    add_translation(study, plan, "plan-en.txt", PLAN_EN, language="en")
    study.decide(
        Verb.EDIT_DOCUMENT,
        "document:lost",
        put=[Document("dlost", "lost-report", "A report\u202e that is [not] held")],
    )
    add_framework(study)
    study.close()
    return path


def shown(app: Workbench) -> str:
    """Give the screen as lines of text."""
    strips = app.screen._compositor.render_strips()
    return "\n".join("".join(segment.text for segment in strip).rstrip() for strip in strips)


@pytest.fixture
def text_id_of(small: Path) -> Callable[[Study, str], str]:
    """Find the first text of a document by its key."""

    def find(study: Study, key: str) -> str:
        from workbench.tui.stages.texts import texts_of

        return texts_of(study, study.all(Document, key=key)[0].id)[0].id

    return find
