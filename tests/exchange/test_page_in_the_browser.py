"""The exported page under the fingers: sorted, filtered and opened cell by cell, in a real browser."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.exchange.browser import Page, browsing
from tests.exchange.hostile import FORMULAS, build_hostile
from tests.matrix.small import build_small
from workbench.exchange.charts import write_chart
from workbench.model.cell import Cell, CellState, Footnote
from workbench.model.decision import Verb
from workbench.model.saved_chart import Columns, SavedChart
from workbench.study.study import Study


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    with browsing(tmp_path_factory.mktemp("browser")) as page:
        yield page


@pytest.fixture
def page(browser: Page, study: Study, tmp_path: Path) -> Page:
    build_small(study)
    study.decide(
        Verb.ADD_FOOTNOTE,
        "cell:Osaka.hate",
        put=[Footnote("f", "cell:Osaka.hate", "Note on a cell.", 1)],
    )
    cell = Cell("Osaka.hate", "Osaka", "hate", "The city <bans> it.", "Early.", "yes", state=CellState.DRAFT)
    study.decide(Verb.WRITE_CELL, "cell:Osaka.hate", put=[cell], reason="Closer to the source.")
    shown(browser, study, tmp_path)
    return browser


def shown(browser: Page, study: Study, folder: Path, *, view: SavedChart | None = None, **size: int) -> None:
    path = folder / "chart.html"
    path.write_bytes(write_chart(study, format="html", view=view))
    browser.complaints.clear()
    browser.load(path, **size)


def cases(page: Page) -> Any:
    return page.value("[...document.querySelectorAll('.matrix tbody th .label')].map(e => e.textContent)")


def all_of(page: Page, selector: str, what: str = "textContent") -> Any:
    return page.value(f"[...document.querySelectorAll({json.dumps(selector)})].map(e => e.{what})")


def choose(page: Page, name: str, value: str) -> None:
    page.value(
        f"(() => {{ const s = document.querySelector('select[name={name}]'); s.value = {json.dumps(value)};"
        "s.dispatchEvent(new Event('change', {bubbles: true})); })()"
    )


def test_the_browser_has_nothing_to_complain_about(page: Page) -> None:
    assert page.value("document.documentElement.className") == "live"
    assert page.complaints == []


def test_rows_are_sorted_by_the_answers_of_a_column_and_back(page: Page) -> None:
    button = ".matrix thead th:nth-child(2) button"
    assert cases(page) == ["Osaka", "Hamamatsu"], "the order of the study"
    page.click(button)
    assert cases(page) == ["Osaka", "Hamamatsu"], "Yes comes before No (not found)"
    assert all_of(page, "thead th[aria-sort]", "ariaSort") == ["ascending"]
    page.press("Enter")
    assert cases(page) == ["Hamamatsu", "Osaka"]
    assert all_of(page, "thead th[aria-sort]", "ariaSort") == ["descending"]
    page.press("Enter")
    assert cases(page) == ["Osaka", "Hamamatsu"]
    assert all_of(page, "thead th[aria-sort]", "ariaSort") == []


def test_what_nobody_assessed_stays_last_in_both_directions(page: Page) -> None:
    for _ in range(2):
        page.click(".matrix thead th:nth-child(3) button")
        assert cases(page) == ["Osaka", "Hamamatsu"]
    page.click(".matrix thead th:first-child button")
    assert cases(page) == ["Hamamatsu", "Osaka"], "by name"


def test_a_filter_leaves_rows_and_columns_with_a_match(page: Page) -> None:
    told = "document.querySelector('#controls output').textContent"
    assert page.value(told) == "8 of 8 cells"
    options = all_of(page, "select[name=status] option")
    assert options == [
        "all",
        "Yes",
        "Yes but restricted",
        "No (not found)",
        "Conflicting",
        "Not applicable",
        "none",
    ]
    choose(page, "status", all_of(page, "select[name=status] option", "value")[3])
    assert page.value(told) == "1 of 8 cells"
    assert all_of(page, ".matrix tbody tr:not([hidden]) th .label") == ["Hamamatsu"]
    assert len(all_of(page, ".matrix thead th:not([hidden])")) == 2
    page.click("#controls button")
    assert page.value(told) == "8 of 8 cells"
    choose(page, "state", "not-assessed")
    assert page.value(told) == "3 of 8 cells"


def test_a_cell_opens_with_evidence_and_history_and_gives_the_focus_back(page: Page) -> None:
    page.value("document.querySelector('#c0-0 summary').focus()")
    page.press("Enter")
    assert page.value("document.querySelector('#panel').open")
    assert page.value("document.activeElement.textContent") == "Close"
    assert page.value("document.querySelector('#panel h2').textContent") == "Osaka × 1.1 Hate speech law"
    words = page.value("document.querySelector('#panel .content').innerText")
    for expected in (
        "Y Yes",
        "The city <bans> it.",
        "憎悪表現",
        "Document: osaka-ordinance",
        "Coders: A. Mori, B. Sato",
        "A. Mori: apply codebook",
        "summary: The city bans it.",
        "Reason: a small study",
        "added the footnote “Note on a cell.”",
        "summary: The city <bans> it. (before: The city bans it.)",
        "state: draft (before: reviewed)",
        "Reason: Closer to the source.",
    ):
        assert expected in words, expected
    assert all_of(page, "#panel blockquote[lang]", "lang") == ["ja", "en"]
    assert page.value("document.querySelectorAll('#panel .content [id]').length") == 0
    page.press("Escape")
    assert not page.value("document.querySelector('#panel').open")
    assert page.value("document.activeElement === document.querySelector('#c0-0 summary')")


def test_a_click_into_a_cell_opens_it_and_a_link_still_leads_to_the_evidence(page: Page) -> None:
    page.click("#c0-0 .comment")
    assert page.value("document.querySelector('#panel').open")
    page.click("#panel li a")
    assert not page.value("document.querySelector('#panel').open")
    assert page.value("location.hash") == "#E1"
    page.click("#c0-0 .state a")
    assert not page.value("document.querySelector('#panel').open")


def test_cells_that_are_shown_together_open_with_the_history_of_each(
    browser: Page, study: Study, tmp_path: Path
) -> None:
    build_small(study)
    shown(browser, study, tmp_path, view=SavedChart("", "", columns=Columns.THEMES))
    assert browser.complaints == []
    assert all_of(browser, "#controls") == [], "answers of several cells are no status to filter by"
    browser.value("document.querySelector('.matrix summary').click()")
    words = browser.value("document.querySelector('#panel .content').innerText")
    for expected in ("Osaka × 1.1 Hate speech law", "Osaka × 1.2 Consultation", "status: Conflicting"):
        assert expected in words, expected
    browser.press("Escape")
    browser.click(".matrix thead th:first-child button")
    assert cases(browser) == ["Hamamatsu", "Osaka"]


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_only_tables_are_wider_than_the_screen(
    browser: Page, study: Study, tmp_path: Path, width: int
) -> None:
    build_small(study)
    shown(browser, study, tmp_path, width=width)
    assert browser.value("document.documentElement.scrollWidth") <= width
    browser.click("#c0-0 summary")
    assert browser.value("document.querySelector('#panel').getBoundingClientRect().width") <= width


def test_words_are_dark_on_light_or_light_on_dark(page: Page) -> None:
    colours = "['color', 'backgroundColor'].map(n => getComputedStyle(document.body)[n])"
    light = page.value(colours)
    page.media(prefers_color_scheme="dark")
    dark = page.value(colours)
    page.media()
    assert light == ["rgb(26, 26, 26)", "rgb(255, 255, 255)"]
    assert dark == ["rgb(232, 232, 232)", "rgb(23, 25, 28)"]


def test_paper_shows_no_controls(page: Page) -> None:
    page.media(media="print")
    shown_on_paper = page.value(
        "[...document.querySelectorAll('nav, #controls, .sort, summary, dialog')]"
        ".filter(e => getComputedStyle(e).display !== 'none').length"
    )
    page.media()
    assert shown_on_paper == 0


def test_hostile_words_stay_words_in_the_panel(browser: Page, study: Study, tmp_path: Path) -> None:
    build_hostile(study, FORMULAS)
    shown(browser, study, tmp_path)
    count = "document.querySelectorAll('img, iframe, object, script, a:not([href^=\"#\"])').length"
    for summary in range(0, len(FORMULAS) * 2, 7):
        browser.value(f"document.querySelectorAll('.matrix summary')[{summary}].click()")
        assert browser.value("document.querySelector('#panel').open")
        assert browser.value(count) == 1, "the script of the page alone"
        browser.press("Escape")
    assert browser.complaints == []


def test_the_page_says_the_history_without_its_script(study: Study) -> None:
    build_small(study)
    page = write_chart(study, format="html").decode().partition("<script>")[0]
    assert page.count("<details><summary>Details</summary>") == 5
    assert "A. Mori: apply codebook\n" in page
    assert "summary: The city bans it.\n" in page
    assert "added a search in vain for hate; 憎悪" in page
