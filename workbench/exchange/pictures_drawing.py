"""Drawing: colours that colour-blind people tell apart, and beside every colour a pattern, mark or number."""

from __future__ import annotations

import io
import logging
import textwrap
import warnings
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from workbench.errors import Refused
from workbench.matrix.counts import Tally
from workbench.matrix.pictures import Coverage, RankGroup, RankLines, StatusBars
from workbench.matrix.rounding import Rounding
from workbench.model.cell import DESCRIBED_MARK, CellState
from workbench.model.visible import visible

if TYPE_CHECKING:
    from workbench.exchange.pictures import Picture

_COLOURS = ("#009E73", "#56B4E9", "#E69F00", "#CC79A7", "#0072B2", "#D55E00", "#F0E442", "#999999")
"""The palette of Okabe and Ito."""
_HATCHES = ("", "//", "..", "xx", "\\\\", "++", "oo", "--")
_MARKERS = "osD^vPX*<>hp"
_FONTS = (
    "DejaVu Sans",
    "Noto Sans CJK JP",
    "Noto Sans JP",
    "Yu Gothic",
    "Hiragino Sans",
    "IPAexGothic",
    "IPAGothic",
    "IPAPGothic",
    "TakaoGothic",
    "MS Gothic",
    "Malgun Gothic",
    "Microsoft YaHei",
)
"""Fonts in the order they are looked for signs; those that are not there are passed over."""
_CAPTION_WIDTH = 125
_LABEL_WIDTH = 70
_NAMED = 12
"""Changes of the measures that are named beside a row before the rest is told by its number."""


def drawn(picture: Picture, format: str) -> bytes:
    """Draw a picture into the bytes of a file."""
    import matplotlib
    from matplotlib.font_manager import get_font_names

    # It tells of every weight that a font lacks, on the stream where the user reads what was done.
    logging.getLogger("matplotlib.font_manager").setLevel(logging.ERROR)
    held = set(get_font_names())
    settings: Any = {
        "font.family": [font for font in _FONTS if font in held],
        "font.size": 9,
        "svg.fonttype": "none",
        "svg.hashsalt": "workbench",
        "text.parse_math": False,
        "hatch.linewidth": 0.6,
        "axes.spines.top": False,
        "axes.spines.right": False,
    }
    with matplotlib.rc_context(settings), warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        data = _saved(_figure(picture), picture, format)
    if format == "png" and any("missing from font" in str(each.message) for each in caught):
        raise Refused(
            "No font of this machine has all the signs of this picture.",
            do="Write it as SVG, which keeps text as text, or install a font such as Noto Sans CJK.",
        )
    return data


def _saved(figure: Any, picture: Picture, format: str) -> bytes:
    buffer = io.BytesIO()
    about: dict[str, str | None] = {"Title": visible(picture.title)}
    about |= {"Date": picture.date or None} if format == "svg" else {"Software": None}
    figure.savefig(buffer, format=format, dpi=150, bbox_inches="tight", pad_inches=0.2, metadata=about)
    return buffer.getvalue()


def _figure(picture: Picture) -> Any:
    from matplotlib.figure import Figure

    figure = Figure()
    axes = figure.add_subplot()
    shown = picture.shown
    if isinstance(shown, StatusBars):
        lowest = _draw_statuses(figure, axes, shown, picture.rounding)
    elif isinstance(shown, Coverage):
        lowest = _draw_coverage(figure, axes, shown)
    else:
        lowest = _draw_ranks(figure, axes, shown, picture.rounding)
    axes.set_title(visible(picture.title), loc="left", fontweight="bold", pad=14)
    caption = "\n".join(textwrap.fill(visible(line), _CAPTION_WIDTH) for line in picture.caption)
    _say(axes, caption, below=lowest, size=7, color="#333333")
    return figure


def _size(figure: Any, axes: Any, width: float, height: float) -> None:
    """Make the axes so many inches wide and high; the words around them take what they need."""
    figure.set_size_inches(max(width, 1), max(height, 0.5))
    axes.set_position((0, 0, 1, 1))


def _legend(axes: Any, entries: list[tuple[Any, str]], *, below: float, columns: int) -> float:
    """Put a legend under the axes and tell how far it goes down, in points."""
    if not entries:
        return below
    columns = min(len(entries), columns)
    axes.legend(
        [handle for handle, _ in entries],
        [label for _, label in entries],
        loc="upper left",
        bbox_to_anchor=(0, 0),
        bbox_transform=_below(axes, below),
        ncols=columns,
        frameon=False,
        fontsize=8,
        borderaxespad=0,
        borderpad=0,
        handleheight=1.4,
    )
    return below + 17 * -(-len(entries) // columns) + 8


def _below(axes: Any, points: float) -> Any:
    """Give the transformation that begins so many points under the left end of the axes."""
    from matplotlib.transforms import ScaledTranslation

    return axes.transAxes + ScaledTranslation(0, -points / 72, axes.figure.dpi_scale_trans)


def _say(axes: Any, words: str, *, below: float, size: float, color: str = "black") -> None:
    """Write under the axes."""
    axes.text(0, 0, words, transform=_below(axes, below), va="top", fontsize=size, color=color, clip_on=False)


# statuses


def _draw_statuses(figure: Any, axes: Any, shown: StatusBars, rounding: Rounding) -> float:
    """Draw a bar for every theme and case; the name of a theme stands over its bars."""
    from matplotlib.patches import Patch

    looks = [_look(place, mark) for place, (mark, _) in enumerate(shown.statuses)]
    line, ticks, theme = 0.0, [], ""
    most = max((sum(bar.numbers) for bar in shown.bars), default=1)
    for bar in shown.bars:
        if bar.theme != theme:
            theme = bar.theme
            axes.text(0, line + 0.1, visible(theme), fontweight="bold", va="center")
            line += 1
        left = 0
        for number, (mark, _), look in zip(bar.numbers, shown.statuses, looks, strict=True):
            if number:
                axes.barh(line, number, left=left, height=0.78, edgecolor="#333333", linewidth=0.6, **look)
                said = f"{mark} {number}" if number * 9 > most else str(number)
                axes.text(left + number / 2, line, visible(said), ha="center", va="center", **_PLATE)
            left += number
        axes.text(left + most / 60, line, _share(bar.tally, rounding), va="center", fontsize=8)
        ticks.append((line, visible(bar.case)))
        line += 1
    axes.set_yticks([at for at, _ in ticks], [label for _, label in ticks])
    axes.set_ylim(line - 0.4, -0.6)
    axes.set_xlim(0, most * 1.005)
    axes.set_xlabel(
        "measures; behind each bar what they count under the rule, of the counted ones", loc="left"
    )
    axes.xaxis.get_major_locator().set_params(integer=True)
    axes.tick_params(axis="y", length=0)
    _size(figure, axes, 7, 0.27 * line)
    patches = [
        (Patch(edgecolor="#333333", linewidth=0.6, **look), visible(f"{mark} {label}"))
        for (mark, label), look in zip(shown.statuses, looks, strict=True)
    ]
    return _legend(axes, patches, below=42, columns=3)


_PLATE: dict[str, Any] = {
    "fontsize": 7.5,
    "bbox": {"boxstyle": "round,pad=0.15", "facecolor": "white", "edgecolor": "none", "alpha": 0.85},
}
"""Words on a pattern stand on a plate of their own."""


def _look(place: int, mark: str) -> dict[str, Any]:
    """Give colour and pattern of a status; what is not assessed has neither, what is described is grey."""
    if mark == CellState.NOT_ASSESSED.mark:
        return {"facecolor": "white", "hatch": ""}
    if mark == DESCRIBED_MARK:
        return {"facecolor": "#E6E6E6", "hatch": ""}
    return {"facecolor": _COLOURS[place % len(_COLOURS)], "hatch": _HATCHES[place % len(_HATCHES)]}


def _share(tally: Tally, rounding: Rounding) -> str:
    if tally.figure is None:
        return "none counted"
    return f"{rounding.printed(tally.value)} of {tally.denominator} ({rounding.percent(tally.share)})"


# coverage


def _draw_coverage(figure: Any, axes: Any, shown: Coverage) -> float:
    """Draw a field for every cell; its number is written in it, with the mark of its state."""
    from matplotlib.colors import LinearSegmentedColormap

    colours = LinearSegmentedColormap.from_list("blues", ["#FFFFFF", "#CFE1F2", "#56B4E9", "#0072B2"])
    rows, columns = len(shown.cases), len(shown.codes)
    if rows and columns:
        axes.pcolormesh(
            shown.excerpts, cmap=colours, vmin=0, vmax=max(shown.most, 1), edgecolors="#999999", linewidth=0.5
        )
    for row, (numbers, states) in enumerate(zip(shown.excerpts, shown.states, strict=True)):
        for column, (number, state) in enumerate(zip(numbers, states, strict=True)):
            dark = number * 6 > shown.most * 5
            axes.text(
                column + 0.5,
                row + 0.5,
                state if not number and state in ("", "·") else f"{number} {state}",
                ha="center",
                va="center",
                fontsize=7,
                color="white" if dark else "black",
            )
    axes.set_xlim(0, max(columns, 1))
    axes.set_ylim(max(rows, 1), 0)
    axes.set_yticks([row + 0.5 for row in range(rows)], list(map(visible, shown.cases)))
    labels = [
        textwrap.shorten(visible(f"{number} {name}"), 60, placeholder="…") for number, name in shown.codes
    ]
    axes.set_xticks(
        [column + 0.5 for column in range(columns)],
        labels,
        rotation=45,
        ha="left",
        rotation_mode="anchor",
        fontsize=8,
    )
    axes.tick_params(length=0, top=False, labeltop=True, bottom=False, labelbottom=False)
    axes.spines[:].set_visible(False)
    _size(figure, axes, 0.5 * columns, 0.28 * rows)
    _say(
        axes,
        "number of excerpts, and state of the cell: · not assessed, ○ draft, ● charted, ✓ reviewed, ! stale; "
        "empty: kept open",
        below=8,
        size=8,
    )
    return 30


# ranks


def _draw_ranks(figure: Any, axes: Any, shown: RankLines, rounding: Rounding) -> float:
    """Draw a row for the ways of counting that come to the same, with a sign for each case at its rank."""
    from matplotlib.lines import Line2D

    cases, groups = len(shown.cases), shown.groups
    outside = cases + 1
    at = [_spread([outside if place.rank is None else place.rank for place in g.places]) for g in groups]
    entries = []
    for place, name in enumerate(shown.cases):
        look: dict[str, Any] = {
            "color": _COLOURS[place % len(_COLOURS)],
            "marker": _MARKERS[place % len(_MARKERS)],
            "markeredgecolor": "#333333",
            "markeredgewidth": 0.6,
            "markersize": 8,
            "linewidth": 1,
        }
        axes.plot([row[place] for row in at], range(len(groups)), **look)
        base, kept = shown.lines[0].places[place], shown.kept[place]
        stays = "" if kept is None else f", stays in {rounding.percent(kept)} of the others"
        entries.append((Line2D([], [], **look), f"{visible(name)}: {base.printed}{stays}"))
    undefined = any(place.rank is None for group in groups for place in group.places)
    ticks = [*range(1, cases + 1), *([outside] if undefined else [])]
    axes.set_xticks(ticks, ["undefined" if tick == outside else str(tick) for tick in ticks])
    axes.set_xlim(0.5, max(cases, 1) + (1.5 if undefined else 0.5))
    labels = [_of_group(group) for group in groups]
    axes.set_yticks(range(len(groups)), labels, fontsize=7)
    if labels:
        axes.get_yticklabels()[0].set_fontweight("bold")
    axes.set_ylim(max(len(groups), 1) - 0.5, -0.5)
    axes.grid(axis="x", color="#DDDDDD", linewidth=0.6)
    axes.set_axisbelow(True)
    axes.set_xlabel("rank", loc="left")
    told = (
        "A row is all ways of counting that come to the same. Cases that share a rank stand side by side.",
        textwrap.fill(f"All are held to: {visible(shown.lines[0].label)}." if shown.lines else "", 100),
    )
    _say(axes, "\n".join(told), below=38, size=8)
    highest = max((label.count("\n") + 2 for label in labels), default=1)
    _size(figure, axes, max(4, 0.5 * min(cases, 60)), 0.13 * highest * len(labels))
    return _legend(axes, entries, below=80, columns=2)


def _spread(ranks: Sequence[int]) -> list[float]:
    """Put signs of one rank side by side; one that nobody shares stays where it is."""
    at: list[float] = []
    for place, rank in enumerate(ranks):
        sharing = [other for other, each in enumerate(ranks) if each == rank]
        step = min(0.2, 0.7 / len(sharing))
        at.append(rank + (sharing.index(place) - (len(sharing) - 1) / 2) * step)
    return at


def _of_group(group: RankGroup) -> str:
    """Name the ways of a group: how many they are, and what they change about the measures."""
    lines = [f"{group.ways} {'way' if group.ways == 1 else 'ways'} of counting"]
    lines += [
        textwrap.shorten(visible(f"{change}: {number} of {tried}"), _LABEL_WIDTH, placeholder="…")
        for change, number, tried in group.changes[:_NAMED]
    ]
    more = len(group.changes) - _NAMED
    return "\n".join([*lines, *([f"and {more} more"] if more > 0 else [])])
