"""The pane as it stands on the screen, margin and all, against files; WRITE_GOLDENS=1 writes them anew.

The monochrome files have under every line the signs that need no colour: b bold, u underlined, B both,
r reversed, i italic.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from rich.style import Style

from tests.tui.reading.readers import FAMILY, Reader, coding
from workbench.model.text import Passage, PlaceMap, places_of_lines
from workbench.tui.reading.lanes import Highlight
from workbench.tui.theme import MONOCHROME

GOLDENS = Path(__file__).parent / "goldens"
LINES = (
    "Plan for a city of many languages",
    "1. Aims. The council shall support “newcomers” in every ward, and every ward shall name a person — "
    "not a leaflet — who answers questions in plain words.",
    f"市民は、「共生」を進める。市は、通訳（手話を含む。）を学校に派遣し、お知らせを五つの言語で印刷する。{FAMILY}",
    "\f2. Means. Interpreters are sent to schools; notices are printed in five languages.\tTable: 5 × 3.",
    "第２条　この計画の期間は、五年とする。か\u3099く年に見直す。ﾊﾝｶｸも読む。",
    "Hidden: \u202eright to left\u202c, zero\u200bwidth, \x07 bell, e" + "\u0301" * 40 + " stacked.",
    "葛\U000e0100城市の例では、相談窓口が〇〇一か所あるという。" * 3,
    "",
    "\fEnd of the plan.",
)
CONTENT = "\n".join(LINES)
PLACES = PlaceMap(
    places_of_lines(CONTENT).paragraphs, ((0, "i"), (CONTENT.index("\f"), "ii"), (len(CONTENT) - 17, "iii"))
)


def codings() -> list[Highlight]:
    """Overlap nine codings in one sentence, and lay two of them over several paragraphs."""
    start = CONTENT.index("The council")
    nested = [coding(number, start + number * 3, start + 120 - number * 5) for number in range(1, 8)]
    wide = CONTENT.index("市民は")
    return [
        *nested,
        coding(12, start, CONTENT.index("2. Means") + 20),
        coding(23, wide, wide + 12),
        coding(31, CONTENT.index("第２条"), CONTENT.index("第２条") + 4),
        coding(32, CONTENT.index("第２条") + 2, len(CONTENT) - 5),
    ]


def signs_of(style: Style | None) -> str:
    if style is None:
        return " "
    if style.reverse:
        return "r"
    if style.italic:
        return "i"
    return {(True, True): "B", (True, False): "b", (False, True): "u"}.get(
        (bool(style.bold), bool(style.underline)), " "
    )


def screen_of(app: Reader, *, signs: bool) -> str:
    """Write the screen as text, under each line its signs where they are asked for."""
    written: list[str] = []
    for strip in app.screen._compositor.render_strips():
        written.append(strip.text.rstrip())
        if signs:
            drawn = "".join(signs_of(segment.style) * segment.cell_length for segment in strip)
            written.append(drawn.rstrip())
    return "\n".join(written) + "\n"


async def shown(size: tuple[int, int], *, signs: bool = False, theme: str = "", wide: bool = False) -> str:
    app = Reader(CONTENT, highlights=codings(), places=PLACES, wide=wide)
    async with app.run_test(size=size) as pilot:
        if theme:
            app.register_theme(MONOCHROME)
            app.theme = theme
        start = CONTENT.index("newcomers")
        app.pane.bookmarks = (CONTENT.index("Table"),)
        app.pane.go_to(start, Passage(start, start + 30))
        await pilot.pause()
        return screen_of(app, signs=signs)


def compare(name: str, screen: str) -> None:
    path = GOLDENS / name
    if os.environ.get("WRITE_GOLDENS"):
        path.parent.mkdir(exist_ok=True)
        path.write_text(screen, encoding="utf-8")
    assert screen == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (50, 16)])
async def test_the_pane_with_codings_looks_as_it_did(size: tuple[int, int]) -> None:
    compare(f"pane-{size[0]}x{size[1]}.txt", await shown(size))


async def test_in_a_terminal_with_wide_ambiguous_characters_the_margin_is_ascii() -> None:
    screen = await shown((80, 24), wide=True)
    compare("pane-80x24-wide.txt", screen)
    assert "┃" not in screen


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_without_colour_every_sign_is_still_there(
    size: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    compare(f"pane-{size[0]}x{size[1]}-no-colour.txt", await shown(size, signs=True))


async def test_in_the_monochrome_theme_every_sign_is_still_there() -> None:
    compare("pane-80x24-monochrome.txt", await shown((80, 24), signs=True, theme=MONOCHROME.name))


async def test_under_no_color_nothing_but_grey_is_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    app = Reader(CONTENT, highlights=codings(), places=PLACES)
    async with app.run_test(size=(80, 24)):
        drawn = [segment.style for strip in app.screen._compositor.render_strips() for segment in strip]
        colours = {each for style in drawn if style for each in (style.color, style.bgcolor) if each}
        triplets = [each.triplet for each in colours if each.triplet]
        assert triplets
        assert all(len(set(triplet)) == 1 for triplet in triplets)
