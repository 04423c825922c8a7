"""What a cell shows, and how its text is cut into the lines of a row."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from workbench.tui.reading.graphemes import Grapheme
from workbench.tui.reading.rows import Rows


class Tone(StrEnum):
    """How a cell is tinted; its mark says the same in letters."""

    PLAIN = "plain"
    MUTED = "muted"
    GOOD = "good"
    PARTIAL = "partial"
    BAD = "bad"
    ATTENTION = "attention"


@dataclass(frozen=True, slots=True)
class CellFace:
    """What a matrix shows of one cell; every string may be foreign."""

    text: str = ""
    """The summary."""
    mark: str = ""
    """The status in a few letters, drawn before the summary."""
    tone: str = Tone.PLAIN
    footnote: str = ""
    """Drawn on the last line: how many excerpts, whether it is stale."""

    def __post_init__(self) -> None:
        Tone(self.tone)


class Piece(NamedTuple):
    """A stretch of one line of a cell."""

    drawn: str
    columns: int
    part: str
    """`mark`, `text`, `footnote` or `blank`."""


Line = tuple[Piece, ...]

_MORE, _PLAIN_MORE = "…", ">"


def cell_lines(face: CellFace, width: int, height: int, *, ambiguous_wide: bool = False) -> list[Line]:
    """Lay a cell out in exactly so many lines of so many columns; `…` says that more is there."""
    body = height - 1 if face.footnote and height > 1 else height
    opening = f"{face.mark} " if face.mark and face.text else face.mark
    reach = 4 * width * (body + 1)
    rows = Rows(opening + face.text[:reach], width, ambiguous_wide=ambiguous_wide)
    more = len(rows) > body or len(face.text) > reach
    shown = min(body, len(rows))
    lines = [_line(rows, row, len(face.mark), more=more and row == shown - 1) for row in range(shown)]
    lines += [(_blank(width),)] * (body - len(lines))
    if body < height:
        lines.append(_footnote(face.footnote, width, ambiguous_wide))
    return lines


def label_lines(label: str, width: int, height: int, *, ambiguous_wide: bool = False) -> list[Line]:
    """Lay a header out in exactly so many lines of so many columns."""
    return cell_lines(CellFace(label), width, height, ambiguous_wide=ambiguous_wide)


def _line(rows: Rows, row: int, mark_end: int, *, more: bool) -> Line:
    """Draw one row, a hanging space left out; where there is more below, its last column says so."""
    room = rows.width - 1 if more else rows.width
    kept: list[Grapheme] = []
    for grapheme in rows.graphemes(row):
        if grapheme.width > room or not grapheme.width:
            break
        room -= grapheme.width
        kept.append(grapheme)
    while more and kept and kept[-1].shown == " ":
        kept.pop()
        room += 1
    cut = sum(each.start < mark_end for each in kept)
    pieces = [_piece(kept[:cut], "mark"), _piece(kept[cut:], "text")]
    if more:
        pieces.append(Piece(_PLAIN_MORE if rows.ambiguous_wide else _MORE, 1, "footnote"))
    return tuple(piece for piece in (*pieces, _blank(room)) if piece.columns)


def _footnote(text: str, width: int, ambiguous_wide: bool) -> Line:
    rows = Rows(text[: 4 * width], width, ambiguous_wide=ambiguous_wide)
    line = _line(rows, 0, 0, more=len(rows) > 1)
    return tuple(piece._replace(part="footnote") for piece in line)


def _piece(graphemes: list[Grapheme], part: str) -> Piece:
    columns = sum(each.width for each in graphemes)
    return Piece("".join(each.shown for each in graphemes), columns, part)


def _blank(columns: int) -> Piece:
    return Piece(" " * columns, columns, "blank")
