"""The audit report and the checklists say what the study holds, and name what it does not."""

from __future__ import annotations

import html
import re
from pathlib import Path

import pytest

from tests.exchange.browser import browsing
from tests.exchange.held import SECRET, build_held
from workbench.errors import WrongUsage
from workbench.model.case import Case
from workbench.model.memo import MemoKind
from workbench.model.redaction import RedactionMode
from workbench.stages import chart, familiarise, framework, register
from workbench.stages.audit import audit_page
from workbench.stages.checklist_items import COREQ, SRQR
from workbench.stages.checklists import checklist, write_checklist
from workbench.stages.history import undo
from workbench.stages.redaction import add_redaction
from workbench.study.study import Study


@pytest.fixture
def held(study: Study) -> Study:
    build_held(study)
    return study


def page_of(study: Study, *, pseudonyms: bool = False) -> str:
    return audit_page(study, pseudonyms=pseudonyms)[0].decode()


def rows_of(page: str, caption: str) -> list[list[str]]:
    """Read the rows of the table under a caption."""
    table = re.search(rf"<caption[^>]*>{re.escape(caption)}</caption>(.*?)</table>", page, re.DOTALL)
    if table is None:
        return []
    rows = re.findall(r"<tr>(.*?)</tr>", table[1], re.DOTALL)
    return [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL) for row in rows]


def test_the_page_needs_no_script_and_no_network(held: Study) -> None:
    page = page_of(held)
    assert "<script" not in page
    assert not re.findall(r"(?:src|href)=[\"'](?!#)", page)
    assert "default-src 'none'" in html.unescape(page)
    assert '<html lang="en">' in page
    ids = re.findall(r' id="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'href="#([^"]+)"', page)) <= set(ids)


def test_what_was_undone_stands_there_with_both_reasons(held: Study) -> None:
    register.remove_case(held, held.all(Case, order="position")[-1].id, reason="Counted <twice>.")
    removed = held.head.count
    held.standing_reason = "It was not."
    undo(held)
    rows = rows_of(page_of(held), "Decisions that stand undone")
    told = [str(removed), "A. Mori", "remove case", "Counted &lt;twice&gt;."]
    assert rows[1] == [*told, str(removed + 1), "A. Mori", "It was not."]


def test_framework_changes_and_other_reasons_stand_apart(held: Study) -> None:
    code = held.framework.ordered_codes()[0]
    framework.edit_code(held, code.id, definition="Sharper.", reason="Too wide.")
    case = held.all(Case, order="position")[0]
    chart.set_status(held, case.id, code.id, "yes")
    chart.set_status(held, case.id, code.id, None, reason="Looked again.")
    page = page_of(held)
    assert [row[5] for row in rows_of(page, "Changes with a reason")[1:]][-1] == "Too wide."
    others = rows_of(page, "Other decisions with a reason: overrides, exclusions, changes")
    assert [row[5] for row in others[1:]] == ["Looked again."]


def test_cells_are_counted_by_what_they_rest_on(held: Study) -> None:
    case, code = held.all(Case, order="position")[0], held.framework.ordered_codes()[0]
    chart.set_status(held, case.id, code.id, "yes")
    rows = {row[0]: row[1:] for row in rows_of(page_of(held), "Cells by status, and what they rest on")}
    assert rows["Yes"] == ["1", "1", "0", "0", "0"]
    assert rows["not assessed"] == ["1", "0", "0", "1", "0"]


def test_stale_cells_and_what_rests_on_them_are_listed(held: Study) -> None:
    case, code = held.all(Case, order="position")[0], held.framework.ordered_codes()[0]
    chart.mark_cell(held, case.id, code.id, chart.CellState.CHARTED)
    framework.edit_code(held, code.id, definition="Sharper.", reason="Too wide.")
    page = page_of(held)
    assert len(rows_of(page, "Stale cells")) == 2
    assert "it rests on a stale cell" in rows_of(page, "Claims that lack something")[1][2]


def test_findings_of_the_checks_are_told(held: Study) -> None:
    rows = {row[0]: row[1] for row in rows_of(page_of(held), "Checks that were run")[1:]}
    assert rows["whole"] == "nothing"
    held.connection.execute("UPDATE case_records SET name = 'x' WHERE position = 1")
    page = page_of(held)
    rows = {row[0]: row[1] for row in rows_of(page, "Checks that were run")[1:]}
    assert rows["whole"] == "1"
    assert rows["quotes"] == "not run"
    assert "The table says something else than the log." in page


def test_the_page_is_redacted_and_names_the_head_of_the_study(held: Study) -> None:
    add_redaction(held, SECRET, mode=RedactionMode.PLAIN, reason="Asked for.")
    page = page_of(held, pseudonyms=True)
    assert SECRET.casefold() not in page.casefold()
    assert "A. Mori" not in page
    assert held.head.hash in page
    assert "Redacted: 1 term" in page


@pytest.mark.parametrize(("kind", "items"), [("coreq", COREQ), ("srqr", SRQR)])
def test_every_item_is_answered_or_named_as_a_gap(study: Study, kind: str, items: tuple[object, ...]) -> None:
    report = checklist(study, kind)
    tables = [part for section in report.sections for part in section.parts if not isinstance(part, str)]
    rows = [row for table in tables[:-1] for row in getattr(table, "rows")]  # noqa: B009
    assert [int(row[0]) for row in rows] == list(range(1, len(items) + 1))
    missing = [row[0] for row in rows if str(row[2]).startswith("not reported")]
    assert [row[0] for row in getattr(tables[-1], "rows")] == missing  # noqa: B009
    reported = {int(row[0]) for row in rows} - {int(number) for number in missing}
    assert reported == ({27} if kind == "coreq" else {1, 15}), (
        "an empty study has a title, a log and a program"
    )


def test_what_a_study_holds_fills_the_checklist(held: Study) -> None:
    familiarise.write_memo(held, "setting:title", "I work for the city.", kind=MemoKind.REFLECTION)
    told = write_checklist(held, "coreq", format="md").decode()
    answers = {line.split(" | ")[0].strip("| "): line for line in told.splitlines() if line.count(" | ") > 1}
    assert "1: A. Mori 1 codings" in answers["24"]
    assert "I work for the city." in answers["8"]
    assert "retires" not in told, "a memo on a case says nothing of the study as a whole"
    assert "2 cases, 1 documents, 1 texts" in answers["12"]
    assert "does not apply to documents" in answers["28"]


@pytest.mark.parametrize("format", ["md", "docx", "html"])
def test_the_same_study_gives_the_same_checklist(held: Study, format: str) -> None:
    assert write_checklist(held, "srqr", format=format) == write_checklist(held, "srqr", format=format)


def test_an_unknown_checklist_or_format_is_wrong_usage(held: Study, tmp_path: Path) -> None:
    with pytest.raises(WrongUsage, match="no checklist prisma"):
        checklist(held, "prisma")
    with pytest.raises(WrongUsage, match="no format pdf"):
        write_checklist(held, "srqr", format="pdf")


@pytest.mark.parametrize("width", [1280, 360])
def test_a_browser_shows_the_page_without_complaint_and_without_scrolling_sideways(
    held: Study, tmp_path: Path, width: int
) -> None:
    file = tmp_path / "report.html"
    file.write_bytes(audit_page(held)[0])
    with browsing(tmp_path) as page:
        page.load(file, width=width)
        assert page.complaints == []
        assert page.value("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
        unnamed = "[...document.querySelectorAll('[role=region]')].filter(e => !document.getElementById("
        assert page.value(f"{unnamed}e.getAttribute('aria-labelledby'))).length") == 0
