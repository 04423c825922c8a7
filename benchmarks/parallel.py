"""Measure the screen on which a text and its translation lie side by side, as a Markdown table.

Run `python -m benchmarks.parallel [quick]`. A pair of 1,000 sentences on each side, 950 of them linked, with
500 codings on each; the real program runs without a terminal. Figures are processor milliseconds of this
process until a key is drawn, the median of the presses, beside those of an empty screen and of the index
screen with one of the two texts in the same run.
"""

from __future__ import annotations

import asyncio
import statistics
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from textual.pilot import Pilot

from benchmarks.panes import SCENES, processor_ms
from workbench.model.decision import Verb
from workbench.model.framework import Code, Theme
from workbench.model.text import Text, TextKind
from workbench.sources.registry import read_bytes
from workbench.stages.importing import ImportPlan, importing
from workbench.stages.index import code_passage
from workbench.stages.linking import Pair, Proposed, Run, pair_for_run, record_run
from workbench.study.file import create_study
from workbench.study.study import Study
from workbench.tui.app import Workbench
from workbench.tui.stages.parallel import ParallelScreen

UNITS, CODINGS = 1_000, 500
SIZES = ((120, 40), (80, 24))
KEYS = ("down", "shift+down", "alt+down", "pagedown", "tab", "ctrl+end")
JA = "第{0}条　市は、多文化共生の推進に関し、第{0}号の施策を定め、市民及び事業者と実施するものとする。\n"
EN = (
    "Article {0}. The city shall draw up measure {0} for the promotion of tabunka kyōsei, and shall carry it "
    "out together with residents and businesses in every ward.\n"
)


def build(path: Path) -> None:
    """Make the study."""
    study = create_study(path, title="Parallel", coder="A. Mori")
    theme, code = Theme("t", None, 1, "Theme"), Code("c", "t", 1, "Code")
    study.decide(Verb.ADD_CODE, "code:c", put=[theme, code])
    texts = [
        _text(study, "ja.txt", JA, "ja", TextKind.ORIGINAL),
        _text(study, "en.txt", EN, "en", TextKind.OWN_TRANSLATION),
    ]
    pair = pair_for_run(study, texts[0].id, texts[1].id)
    assert len(pair.source_units) == len(pair.target_units) == UNITS
    linked = [Proposed((n,), (n,), "numbers", 600 + n % 400, ("a number",)) for n in range(UNITS) if n % 20]
    record_run(study, pair, Run(tuple(linked), "benchmark", 900, ()))
    for text, units in zip(texts, _units(pair), strict=True):
        for number in range(0, UNITS, UNITS // CODINGS):
            code_passage(study, text.id, units[number], ["c"], reason="benchmark")
    study.close()


def _units(pair: Pair) -> tuple[Sequence[Any], Sequence[Any]]:
    return pair.source_units, pair.target_units


def _text(study: Study, name: str, sentence: str, language: str, kind: TextKind) -> Text:
    content = "".join(sentence.format(number) for number in range(1, UNITS + 1)).encode()
    with importing(study, ImportPlan(case="City", kind=kind, language=language)) as run:
        run.add(name, content, read_bytes(name, content))
    return next(text for text in study.all(Text) if text.file_name == name)


async def until_ready(app: Workbench, pilot: Pilot[None], wanted: str) -> None:
    """Wait until a screen is there and nothing is under way."""
    while app.stage_screen is None or wanted != app.stage_screen.STAGE:
        await pilot.pause(0.02)
    await app.workers.wait_for_complete()
    for _ in range(5):
        await pilot.pause()


def _is_whole(screen: ParallelScreen) -> bool:
    return screen.linked is not None and screen.linked.left is not None


async def drawn(pilot: Pilot[None], key: str) -> None:
    """Press a key and wait until it is dealt with and what it changed is drawn."""
    await pilot.press(key)
    app = pilot.app
    assert isinstance(app, Workbench)
    while app._keys_in_turn._busy or app._keys_in_turn._is_opening():
        await pilot.pause()
    for _ in range(2):
        await pilot.pause()


async def keys(pilot: Pilot[None], names: Sequence[str], times: int) -> dict[str, float]:
    """Measure the median of each key."""
    figures = {}
    for key in names:
        await pilot.press("ctrl+home")
        await pilot.pause()
        taken = []
        for _ in range(times):
            taken.append(await processor_ms(lambda key=key: drawn(pilot, key)))  # type: ignore[misc]
            if key == "ctrl+end":
                await pilot.press("ctrl+home")
        figures[key] = statistics.median(taken)
    return figures


async def measure(path: Path, size: tuple[int, int], times: int) -> tuple[dict[str, float], dict[str, float]]:
    """Measure the index screen and the two texts side by side."""
    app = Workbench(path, coder="A. Mori", stage="index")
    async with app.run_test(size=size) as pilot:
        await until_ready(app, pilot, "index")
        await pilot.pause(1.0)
        alone = await keys(pilot, [key for key in KEYS if key != "tab"], times)

        async def open_pair() -> None:
            await pilot.press("L")
            await until_ready(app, pilot, "parallel")
            while not (isinstance(shown := app.stage_screen, ParallelScreen) and _is_whole(shown)):
                await pilot.pause(0.02)

        opening = await processor_ms(open_pair)
        both = {"open": opening, **await keys(pilot, KEYS, times)}
        await pilot.press("alt+down")
        for name, key in (("k (a link confirmed)", "k"), ("1 (a coding)", "1"), ("u (undone)", "u")):
            taken = []
            for _ in range(times):
                await pilot.press("alt+down", "s")
                taken.append(await processor_ms(lambda key=key: drawn(pilot, key)))  # type: ignore[misc]
            both[name] = statistics.median(taken)
    return alone, both


async def empty(times: int) -> float:
    """Measure one key on an empty screen."""
    app = SCENES["empty"].make()
    async with app.run_test(size=SIZES[0]) as pilot:
        taken = [await processor_ms(lambda: pilot.press("down")) for _ in range(times)]
    return statistics.median(taken)


async def main(*, quick: bool) -> None:
    times = 5 if quick else 15
    floor = await empty(times)
    with tempfile.TemporaryDirectory() as folder:
        print(f"Empty screen: {floor:.1f} ms a key.\n")
        print("| size | | index, one text, ms | side by side, ms | to empty |")
        print("| --- | --- | --- | --- | --- |")
        for size in SIZES:
            path = Path(folder) / f"{size[0]}.workbench"
            build(path)
            alone, both = await measure(path, size, times)
            for key, figure in both.items():
                one = f"{alone[key]:.1f}" if key in alone else ""
                print(
                    f"| {size[0]}×{size[1]} | {key} | {one} | {figure:.1f} | {figure / floor:.1f} |",
                    flush=True,
                )


if __name__ == "__main__":
    asyncio.run(main(quick="quick" in sys.argv[1:]))
