"""Pictures for print: the same bytes, words as words, and never a colour alone."""

from __future__ import annotations

import io
import subprocess
import sys
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from tests.exchange.hostile import FORMULAS, build_hostile
from tests.exchange.test_other_programs import TIMEOUT, program
from tests.matrix.small import build_small
from workbench.errors import Refused, WrongUsage
from workbench.exchange.pictures import FORMATS, KINDS, draw_picture, gather_picture
from workbench.matrix.rounding import Rounding, RoundingRule
from workbench.model.case import Case
from workbench.model.decision import Verb
from workbench.model.records import Record
from workbench.model.saved_chart import SavedChart
from workbench.model.visible import visible
from workbench.study.study import Study

pytest.importorskip("matplotlib", reason="matplotlib is not installed")
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def small(study: Study) -> Study:
    build_small(study)
    study.decide(Verb.EDIT_CASE, "case:Osaka", put=[Case("Osaka", "大阪市 Osaka", 1)])
    return study


def drawn(study: Study, kind: str, format: str = "svg", **options: Any) -> bytes:
    return draw_picture(gather_picture(study, kind, **options), format=format)


def texts_of(data: bytes) -> list[str]:
    return ["".join(each.itertext()) for each in ElementTree.fromstring(data).iter(f"{SVG}text")]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("format", FORMATS)
def test_the_same_study_gives_the_same_picture(small: Study, kind: str, format: str) -> None:
    assert drawn(small, kind, format) == drawn(small, kind, format)


@pytest.mark.parametrize("kind", KINDS)
def test_every_process_draws_the_same(small: Study, kind: str, tmp_path: Path) -> None:
    small.close()
    statement = (
        "import sys, hashlib; from pathlib import Path; from workbench.study.file import open_study; "
        "from workbench.exchange.pictures import *\n"
        "with open_study(Path(sys.argv[1]), read_only=True) as study:\n"
        "    data = draw_picture(gather_picture(study, sys.argv[2]), format='svg')\n"
        "    print(hashlib.sha256(data).hexdigest())"
    )
    told = {
        subprocess.run(
            [sys.executable, "-c", statement, small.path, kind],
            check=True,
            capture_output=True,
            env={"PYTHONHASHSEED": seed, "PATH": "", "HOME": str(tmp_path), "PYTHONPATH": ":".join(sys.path)},
        ).stdout
        for seed in ("0", "4711")
    }
    assert len(told) == 1


@pytest.mark.parametrize("kind", KINDS)
def test_a_picture_says_title_rule_rounding_and_log_in_words(small: Study, kind: str) -> None:
    cut = Rounding(RoundingRule.TRUNCATED, 2)
    words = " ".join(texts_of(drawn(small, kind, rule_id="half", rounding=cut)))
    rule = next(rule for rule in gather_picture(small, kind, rule_id="half").caption if "(half)" in rule)
    for expected in (
        "All themes",
        rule.partition(";")[0],
        "truncated to 2 decimals",
        "Log: ",
        small.head.hash,
        "大阪市 Osaka",
        "3 of 8 cells are not assessed, 1 not settled",
    ):
        assert expected in words, expected


def test_every_piece_of_a_bar_carries_its_mark_and_number(small: Study) -> None:
    texts = texts_of(drawn(small, "statuses"))
    for expected in ("Y 1", "C 1", "NA 1", "NF 1", "· 2", "R 1", "· 1", "1 of 1 (100 %)", "none counted"):
        assert expected in texts, expected
    assert "R Yes but restricted" in texts


def test_no_two_statuses_look_the_same_without_colour(small: Study) -> None:
    from workbench.exchange.pictures_drawing import _look

    looks = [_look(place, mark) for place, mark in enumerate(["Y", "R", "P", "N", "NF", "?", "C", "NA", "·"])]
    assert len({(look["facecolor"], look["hatch"]) for look in looks}) == len(looks)
    assert len({look["hatch"] for look in looks[:8]}) == 8


def test_every_field_of_the_map_carries_its_number_and_state(small: Study) -> None:
    texts = texts_of(drawn(small, "coverage"))
    for expected in ("2 ✓", "1 ●", "0 ○", "0 ●", "·", "1.3.1 Pupils"):
        assert expected in texts, expected


def test_ranks_are_told_with_ties_and_with_how_often_they_stay(small: Study) -> None:
    words = " ".join(texts_of(drawn(small, "ranks")))
    assert "大阪市 Osaka: 1, stays in" in words
    assert "A row is all ways of counting that come to the same." in words
    assert "measures as listed: " in words


def test_only_cases_that_share_a_rank_stand_beside_it() -> None:
    from workbench.exchange.pictures_drawing import _spread

    assert _spread([2, 1, 3]) == [2, 1, 3]
    tied = _spread([1, 1, 3, 1])
    assert tied[2] == 3
    assert [round(at, 2) for at in tied] == [0.8, 1.0, 3, 1.2]
    assert all(0.6 < at < 1.4 for at in _spread([1] * 30))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("format", FORMATS)
def test_hostile_words_and_empty_studies_are_drawn(study: Study, kind: str, format: str) -> None:
    assert drawn(study, kind, format)
    build_hostile(study, [*FORMULAS, "$x^2$ \\frac{", "%s {0}"])
    data = drawn(study, kind, format)
    if format == "svg":
        words = " ".join(texts_of(data))
        assert visible(FORMULAS[0]) in words
        assert b"<script" not in data
    else:
        assert data.startswith(b"\x89PNG")


@pytest.mark.parametrize("kind", KINDS)
def test_a_picture_of_no_cells_is_not_called_assessed(study: Study, kind: str) -> None:
    caption = " ".join(gather_picture(study, kind).caption)
    assert "There is no cell to count." in caption
    assert "are assessed" not in caption


def test_a_picture_of_a_theme_shows_that_theme(small: Study) -> None:
    picture = gather_picture(small, "coverage", view=SavedChart("", "", theme_id="participation"))
    assert picture.title == "Excerpts behind every cell: 2 Participation"


def test_what_cannot_be_drawn_is_told(small: Study, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(WrongUsage, match="no picture pie"):
        gather_picture(small, "pie")
    picture = gather_picture(small, "ranks")
    with pytest.raises(WrongUsage, match="no picture format gif"):
        draw_picture(picture, format="gif")
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    with pytest.raises(Refused, match=r"needs the library matplotlib.*framework-workbench\[pictures\]"):
        draw_picture(picture, format="svg")


@pytest.mark.parametrize(
    ("kind", "cases", "told"),
    [
        ("statuses", 300, "604 bars are more than a picture can show: at most 500"),
        ("coverage", 1300, "5,208 cells are more than a picture can show: at most 5,000"),
        ("ranks", 99, "101 cases are more than a picture can show: at most 100"),
    ],
)
def test_what_nobody_could_read_is_refused(study: Study, kind: str, cases: int, told: str) -> None:
    build_small(study)
    put: list[Record] = [Case(f"more{n}", f"More {n}", n) for n in range(cases)]
    study.decide(Verb.ADD_CASE, "case:more0", put=put)
    with pytest.raises(Refused, match=told):
        drawn(study, kind)


def test_signs_that_no_font_has_are_refused_as_dots_and_kept_as_text(study: Study) -> None:
    build_small(study)
    study.decide(Verb.EDIT_CASE, "case:Osaka", put=[Case("Osaka", "\U000f1234 Osaka", 1)])
    with pytest.raises(Refused, match="No font of this machine"):
        drawn(study, "coverage", "png")
    assert "\U000f1234 Osaka" in texts_of(drawn(study, "coverage"))


@pytest.mark.parametrize("kind", KINDS)
def test_the_browser_shows_a_picture(small: Study, kind: str, tmp_path: Path) -> None:
    from PIL import Image

    path = tmp_path / "picture.svg"
    path.write_bytes(drawn(small, kind))
    shot = tmp_path / "shot.png"
    command = [
        program("chromium", "chromium-browser", "google-chrome"),
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        f"--user-data-dir={tmp_path / 'browser'}",
        f"--screenshot={shot}",
        "--window-size=900,700",
        path.as_uri(),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=TIMEOUT)
    seen = Image.open(io.BytesIO(shot.read_bytes())).convert("RGB").getcolors(1 << 24)
    assert seen is not None
    assert len(seen) > 20
