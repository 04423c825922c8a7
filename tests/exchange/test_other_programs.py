"""Exported files open in the programs people use: the office suite and the browser, where they are there."""

from __future__ import annotations

import csv
import io
import re
import shutil
import subprocess
from html.parser import HTMLParser
from pathlib import Path

import pytest

from tests.exchange.hostile import FORMULAS, build_hostile
from tests.matrix.small import build_small
from workbench.exchange.charts import write_chart
from workbench.exchange.html_script import SCRIPT
from workbench.model.visible import visible
from workbench.study.study import Study

TIMEOUT = 180


def program(*names: str) -> str:
    for name in names:
        if found := shutil.which(name):
            return found
    pytest.skip(f"{names[0]} is not on this machine")


def convert(tmp_path: Path, source: Path, target: str) -> None:
    """Convert a file with the office suite, in a profile of its own; the result lands beside it."""
    command = [
        program("soffice", "libreoffice"),
        "--headless",
        f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}",
        "--convert-to",
        target,
        "--outdir",
        str(tmp_path),
        str(source),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=TIMEOUT)


def rendered(tmp_path: Path, page: bytes) -> str:
    """Load a page in the browser without network and give its document as it became."""
    path = tmp_path / "chart.html"
    path.write_bytes(page)
    command = [
        program("chromium", "chromium-browser", "google-chrome"),
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-background-networking",
        "--host-resolver-rules=MAP * ~NOTFOUND",
        f"--user-data-dir={tmp_path / 'browser'}",
        "--dump-dom",
        path.as_uri(),
    ]
    return subprocess.run(command, check=True, capture_output=True, timeout=TIMEOUT).stdout.decode()


def test_the_office_suite_computes_nothing_in_a_workbook(study: Study, tmp_path: Path) -> None:
    build_hostile(study, FORMULAS)
    source = tmp_path / "chart.xlsx"
    source.write_bytes(write_chart(study, format="xlsx"))
    every_sheet = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"
    convert(tmp_path, source, every_sheet)
    data = (tmp_path / "chart-Evidence.csv").read_text(encoding="utf-8-sig")
    rows = list(csv.reader(io.StringIO(data)))
    quotes = [row[9] for row in rows if row[3] == "excerpt"]
    assert quotes == [visible(text, newlines=True) for text in FORMULAS]


def test_the_office_suite_computes_nothing_in_a_csv_file(study: Study, tmp_path: Path) -> None:
    build_hostile(study, FORMULAS)
    source = tmp_path / "chart.csv"
    source.write_bytes(write_chart(study, format="csv"))
    convert(tmp_path, source, "fods")
    sheet = (tmp_path / "chart.fods").read_text(encoding="utf-8")
    assert "table:formula" not in sheet
    assert "cmd|" in sheet


def test_a_printed_workbook_shows_matrix_evidence_and_log_head(study: Study, tmp_path: Path) -> None:
    build_small(study)
    source = tmp_path / "chart.xlsx"
    source.write_bytes(write_chart(study, format="xlsx"))
    convert(tmp_path, source, "pdf")
    reader = program("pdftotext")
    printed = subprocess.run(
        [reader, "-layout", str(tmp_path / "chart.pdf"), "-"],
        check=True,
        capture_output=True,
        timeout=TIMEOUT,
    ).stdout.decode()
    assert len(printed.split("\f")) == 8, "one page for each sheet"
    for expected in (
        "The city bans it.",
        "Evidence: E1–E2",
        "憎悪表現",
        "Not assessed",
        study.head.hash[:16],
    ):
        assert expected in printed


class Links(HTMLParser):
    """Gathers ids, links and whatever could act or fetch."""

    def __init__(self) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.targets: list[str] = []
        self.tags: set[str] = set()
        self.active: list[str] = []
        self.scripts: list[str] = []
        self._in_script = False

    def handle_data(self, data: str) -> None:
        if self._in_script:
            self.scripts.append(data)

    def handle_endtag(self, tag: str) -> None:
        self._in_script = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self._in_script = tag == "script"
        for name, value in attrs:
            if name == "id":
                self.ids.append(value or "")
            elif name == "href":
                self.targets.append(value or "")
            elif name.startswith("on") or name in ("src", "srcdoc", "action", "style"):
                self.active.append(f"{tag} {name}")


def links_of(page: str) -> Links:
    links = Links()
    links.feed(page)
    return links


def test_every_link_of_a_page_has_a_target_in_it(study: Study) -> None:
    build_hostile(study, FORMULAS)
    links = links_of(write_chart(study, format="html").decode())
    assert len(links.ids) == len(set(links.ids))
    assert {target.removeprefix("#") for target in links.targets} <= set(links.ids)
    assert links.active == []
    assert links.scripts == [SCRIPT]
    assert not links.tags & {"img", "iframe", "link", "object", "base"}


def test_a_page_names_heads_languages_and_policy(study: Study) -> None:
    build_small(study)
    page = write_chart(study, format="html").decode()
    assert page.count('<th scope="col">') >= 5
    assert '<th scope="row"><span class="label">Osaka</span></th>' in page
    assert '<blockquote lang="ja">憎悪表現' in page
    assert '<span lang="en">hate speech</span> <a href="#E2">E2</a>' in page
    assert "default-src &#x27;none&#x27;" in page


def test_a_page_works_in_the_browser_and_nothing_foreign_in_it_runs(study: Study, tmp_path: Path) -> None:
    build_hostile(study, FORMULAS)
    page = write_chart(study, format="html")
    document = rendered(tmp_path, page)
    links = links_of(document)
    assert links.active == []
    assert links.scripts == [SCRIPT]
    assert sorted(links.ids) == sorted(links_of(page.decode()).ids), "no words broke out of their place"
    text = re.sub(r"<[^>]*>", "", document)
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text
