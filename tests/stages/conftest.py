"""A study with one text and a small framework, for the operations of indexing."""

from __future__ import annotations

import pytest

from workbench.model.text import Passage, Text
from workbench.sources import read_bytes
from workbench.stages import framework
from workbench.stages.importing import ImportPlan, importing
from workbench.study.study import Study

PLAN = "The city sets up a desk.\n\nIt answers in Portuguese. Nobody pays.\n"


@pytest.fixture
def coded(study: Study) -> Study:
    with importing(study, ImportPlan(case="Osaka")) as run:
        run.add("plan.txt", PLAN.encode(), read_bytes("plan.txt", PLAN.encode()))
    theme = framework.add_theme(study, "Services")
    for name in ("Desk", "Languages", "Fees"):
        framework.add_code(study, theme.id, name)
    return study


def plan(study: Study) -> Text:
    return study.all(Text)[0]


def at(words: str) -> Passage:
    start = PLAN.index(words)
    return Passage(start, start + len(words))
