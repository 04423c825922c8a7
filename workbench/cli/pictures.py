"""`workbench picture`: statuses, coverage and ranks as a picture, on the terminal or in a file."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections import Counter
from collections.abc import Iterator, Sequence

from workbench.cli.counting import add_figures, figures
from workbench.cli.files import add_output, deliver, file_named, format_of_file
from workbench.cli.options import reads
from workbench.cli.output import put, put_table, room_on_terminal
from workbench.errors import WrongUsage
from workbench.exchange.pictures import FORMATS, KINDS, Picture, draw_picture, gather_picture
from workbench.matrix.pictures import Coverage, RankLines, StatusBars
from workbench.model.visible import visible
from workbench.study.study import Study

_TABLE = "table"
_WIDE = 100
"""Width where stdout is no terminal."""
_SHADES = " ░▒▓█"
_STATES = "State: · not assessed, ○ draft, ● charted, ✓ reviewed, ! stale; empty: kept open"


def declare(parser: ArgumentParser) -> None:
    """Declare `picture`."""
    reads(parser, picture)
    parser.add_argument(
        "kind",
        choices=KINDS,
        help="statuses by theme and case, excerpts behind every cell, or ranks under every way of counting",
    )
    add_figures(parser)
    parser.add_argument(
        "--format", choices=(_TABLE, *FORMATS), help="format (default: that of FILE, or table without one)"
    )
    add_output(parser, or_table=True)


def picture(study: Study, arguments: Namespace) -> int:
    """Draw a picture of a chart: bars of statuses, a map of excerpts, or how firmly ranks are held.

    The table for the terminal shows the same in signs; a file is drawn by matplotlib.
    """
    output = file_named(arguments.output)
    format = arguments.format or format_of_file(output, FORMATS) or _TABLE
    if format == _TABLE and output is not None:
        raise WrongUsage("A table is for the terminal.", do=f"Choose one of: {', '.join(FORMATS)}.")
    shown = gather_picture(study, arguments.kind, **figures(study, arguments))
    if format == _TABLE:
        _put(shown)
    else:
        data = draw_picture(shown, format=format)
        deliver([data], output=output, force=arguments.force, text=format == "svg")
    return 0


def _put(picture: Picture) -> None:
    _put_words(picture.title)
    put("")
    shown = picture.shown
    if isinstance(shown, StatusBars):
        _put_statuses(shown, picture)
    elif isinstance(shown, Coverage):
        _put_coverage(shown)
    else:
        _put_ranks(shown, picture)
    put("")
    for line in picture.caption:
        _put_words(line)


def _put_words(words: str) -> None:
    """Print a sentence; on a terminal, in lines that fit."""
    from rich.cells import cell_len

    room = room_on_terminal() or cell_len(words) + 1
    lines = [""]
    for word in words.split(" "):
        longer = f"{lines[-1]} {word}".lstrip()
        if lines[-1] and cell_len(longer) > room:
            lines.append(word)
        else:
            lines[-1] = longer
    for line in lines:
        put(line)


def _put_statuses(shown: StatusBars, picture: Picture) -> None:
    """Print a line for every theme and case, with the mark of a status once for each measure."""
    marks = [mark for mark, _ in shown.statuses]
    spelled = [" ".join(_repeated(marks, bar.numbers)) for bar in shown.bars]
    fit = max((len(bar) for bar in spelled), default=0) <= (room_on_terminal() or _WIDE) // 2
    lines = []
    for bar, spelt in zip(shown.bars, spelled, strict=True):
        counted = " ".join(
            f"{mark}×{number}" for mark, number in zip(marks, bar.numbers, strict=True) if number
        )
        tally = bar.tally
        share = "none counted"
        if tally.figure is not None:
            value = picture.rounding.printed(tally.value)
            share = f"{value} of {tally.denominator} ({picture.rounding.percent(tally.share)})"
        lines.append([bar.theme, bar.case, spelt if fit else counted, share])
    put_table(["theme", "case", "statuses", "counts"], lines)
    put("")
    _put_words(" · ".join(f"{mark} {label}" for mark, label in shown.statuses))


def _repeated(marks: Sequence[str], numbers: Sequence[int]) -> Iterator[str]:
    for mark, number in zip(marks, numbers, strict=True):
        yield from [mark] * number


def _put_coverage(shown: Coverage) -> None:
    """Print a map: shade, number of excerpts and state of every cell, in blocks as wide as the terminal."""
    from rich.cells import cell_len

    width = max((cell_len(visible(name)) for name in shown.cases), default=0)
    fields = [
        [_field(number, state, shown.most) for number, state in zip(numbers, states, strict=True)]
        for numbers, states in zip(shown.excerpts, shown.states, strict=True)
    ]
    widths = [
        max(cell_len(visible(number)), *(len(row[place]) for row in fields), 1) if fields else 1
        for place, (number, _) in enumerate(shown.codes)
    ]
    for block in _blocks(widths, (room_on_terminal() or _WIDE) - width):
        heads = "".join(f"  {visible(shown.codes[place][0]):<{widths[place]}}" for place in block)
        put(" " * width + heads.rstrip())
        for name, row in zip(shown.cases, fields, strict=True):
            cells = "".join(f"  {row[place]:<{widths[place]}}" for place in block)
            put(visible(name) + " " * (width - cell_len(visible(name))) + cells.rstrip())
        put("")
    for number, name in shown.codes:
        _put_words(f"{number} {name}")
    put("")
    _put_words(f"Shade and number: excerpts, at most {shown.most}. {_STATES}")


def _field(number: int, state: str, most: int) -> str:
    shade = _SHADES[-(-number * (len(_SHADES) - 1) // most)] if most else _SHADES[0]
    return state if not number and state in ("", "·") else f"{shade}{number} {state}"


def _blocks(widths: Sequence[int], room: int) -> Iterator[list[int]]:
    """Cut columns into blocks that fit, with two cells before each; a column that never fits stands alone."""
    block: list[int] = []
    taken = 0
    for place, width in enumerate(widths):
        if block and taken + width + 2 > room:
            yield block
            block, taken = [], 0
        block.append(place)
        taken += width + 2
    if block:
        yield block


def _put_ranks(shown: RankLines, picture: Picture) -> None:
    """Print a line for every case, with how often it has which rank, and one for every way of counting."""
    lines = []
    for place, name in enumerate(shown.cases):
        held = [line.places[place] for line in shown.lines]
        often = Counter(
            each.printed for each in sorted(held, key=lambda each: (each.rank is None, each.rank))
        )
        told = ", ".join(f"{rank} in {number}" for rank, number in often.items())
        kept = shown.kept[place]
        lines.append([name, held[0].printed, told, "" if kept is None else picture.rounding.percent(kept)])
    put_table(["case", "rank", f"in {len(shown.lines)} ways of counting", "stays in the others"], lines)
    put("")
    ways = [[str(way), *(held.printed for held in line.places)] for way, line in enumerate(shown.lines, 1)]
    put_table(["way", *shown.cases], ways)
    put("")
    for way, line in enumerate(shown.lines, 1):
        _put_words(f"{way} {line.label}")
