"""Strings that a terminal would obey, hide or turn round, and that a toolkit would take for markup."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

TELL = "x[red]Q7[/b]"
"""Shown as `xQ7` where a parser of markup got hold of it."""
EATEN = "xQ7"

SEQUENCES = (
    "\x1b]0;OWNED\x07",
    "\x1b]52;c;T1dORUQ=\x1b\\",
    "\x1b]8;;http://example.invalid\x1b\\link\x1b]8;;\x1b\\",
    "\x1b[77;77H",
    "\x1b[2J\x1b[3J",
    "\x1b[5n\x1b[77c",
    "\x9b77m",
    "\x90q77\x9c",
    "\x1b_APC77\x1b\\",
    "\x1bP+q77\x1b\\",
    "\x07\x08\x0b\x0c\x0e\x0f\x00\x7f",
    "\x85\u2028\u2029",
    "\u202e\u2066\u2067\u2068",
    "\u200b\u2060\ufeff\u00ad",
    "\U000e0041\U000e007f\U000e0001",
    "\u061c\u200e\u200f",
    "e" + "\u0301" * 60,
    "\u3164\uffa0\u115f",
    "\ufff9a\ufffab\ufffb",
    "\r\nover",
)
"""No two of them look alike, and none is a sequence that the toolkit itself would send."""


def evil(number: int, *, before: str = "") -> str:
    """Give one hostile string of many: a control sequence, markup, and a second sequence behind it."""
    first = SEQUENCES[number % len(SEQUENCES)]
    second = SEQUENCES[(number * 7 + 3) % len(SEQUENCES)]
    return f"{before}{first}{TELL}{second}[@click=app.quit]{number}[/]"


FILLERS = frozenset("\u3164\uffa0\u115f\u1160")
"""Letters that are drawn as nothing."""

TOOLKIT = re.compile(
    "\x1b\\[(?:\\?(?:1000|1002|1003|1004|1006|1015|1016|1049|2004|2026|2031|2048|25|7)(?:[hl]|\\$p)"  # modes
    "|\\d{1,3};\\d{1,3}H|\\d{0,3}[ABCDGK]|H"  # moves, and clearing from here on
    "|(?:[0-9]{1,3}(?:;[0-9]{1,3})*)?m"  # colours
    "|>\\d*u|<\\d*u|=\\d+(?:;\\d+)?u|\\?u|[0-6] q|c)"  # keyboard, cursor, which terminal
    "|\x1b\\]52;c;[A-Za-z0-9+/=]*\x07"  # what the user copied
    "|\x1b\\]22;[a-z-]*\x07"  # the shape of the pointer
)
"""All that Textual writes besides text, and no more."""


def raw_in(written: str) -> Iterator[str]:
    """Find what a terminal would obey or hide in the bytes that reached it, beyond the toolkit's own."""
    yield from (
        found for found in ("OWNED\x07", "\x1b]52;c;T1dORUQ=", "\x1b[77;77H", "\x1b[5n") if found in written
    )
    text = TOOLKIT.sub("", written)
    for at, character in enumerate(text):
        if character in "\r\n" or (character.isprintable() and character not in FILLERS):
            continue
        category = unicodedata.category(character)
        if character in FILLERS or category in ("Cc", "Cf", "Zl", "Zp", "Cs", "Cn"):
            yield f"U+{ord(character):04X} in {text[max(at - 20, 0) : at + 20]!r}"
    yield from (
        f"{len(stack.group())} marks on one base" for stack in re.finditer("[\u0300-\u036f]{9,}", text)
    )
