"""Take the pictures of the documentation: build the worked example, draw its screens, print them as PNG.

Run from the top of the project, with Chromium installed: python docs/pictures/take.py
"""

from __future__ import annotations

import asyncio
import re
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from html import unescape
from pathlib import Path

from rich.cells import cell_len

from workbench.stages.worked_example import build_example
from workbench.tui.app import Workbench

HERE = Path(__file__).parent
PICTURES: dict[str, tuple[str, Sequence[str]]] = {
    "chart": ("chart", ["down"]),
    "cell": ("chart", ["down", "right", "enter"]),
    "index": ("index", ["right_square_bracket"]),
    "parallel": ("familiarise", ["slash", *"policy", "enter", "L", "right_square_bracket"]),
}
"""Picture -> (stage, keys to press)."""
SIZE = (120, 36)


async def drawn(study: Path, stage: str, keys: Sequence[str]) -> str:
    """Give the screen as SVG, without links to fonts elsewhere."""
    app = Workbench(study, coder="A. Mori", stage=stage, read_only=True)
    async with app.run_test(size=SIZE) as pilot:
        for _ in range(200):
            await pilot.pause(0.02)
            if app.is_open and app.stage_screen is not None:
                break
        for key in keys:
            await pilot.press(key)
            await pilot.pause(0.4)
        svg = app.export_screenshot(title="workbench")
        app.close_study()
    svg = re.sub(r'textLength="([\d.]+)"([^>]*)>([^<]*)<', _as_wide_as_its_cells, svg)
    svg = re.sub(r"@font-face\s*\{.*?\}", "", svg, flags=re.DOTALL)
    return svg.replace("Fira Code, monospace", "DejaVu Sans Mono, IPAGothic, monospace")


def _as_wide_as_its_cells(match: re.Match[str]) -> str:
    """Stretch a run of text over the columns it takes, where the exporter counts characters."""
    length, rest, words = match.groups()
    characters = unescape(words)
    wide = float(length) / max(1, len(characters)) * cell_len(characters)
    return f'textLength="{wide:.1f}"{rest}>{words}<'


def print_png(svg: str, target: Path) -> None:
    """Let Chromium draw the SVG in its own size."""
    width, height = (int(float(part)) for part in re.findall(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', svg)[0])
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "page.html"
        page.write_text(f'<body style="margin:0">{svg}</body>', encoding="utf-8")
        subprocess.run(
            ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars",
             f"--window-size={width},{height}", f"--screenshot={target}", page.as_uri()],
            check=True, capture_output=True,
        )  # fmt: skip


def main() -> None:
    """Take every picture, or those that are named."""
    with tempfile.TemporaryDirectory() as folder:
        study = Path(folder) / "worked-example.workbench"
        build_example(study, coder="A. Mori")
        for name in sys.argv[1:] or PICTURES:
            stage, keys = PICTURES[name]
            print_png(asyncio.run(drawn(study, stage, keys)), HERE / f"{name}.png")


if __name__ == "__main__":
    main()
