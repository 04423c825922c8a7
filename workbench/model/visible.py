"""Foreign text made safe to show: what a terminal would obey or hide becomes a mark that can be read.

Nothing is removed, since a hidden character in a policy text is evidence. Letters of every script stay as
they are; so do joiners and variation selectors where they shape a character.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

TAB = "    "
"""What a tab is shown as."""

LONGEST_STACK = 8
"""Combining marks shown on one base; Hebrew and Tibetan need up to six."""

_ALWAYS_MARKED = (
    "\x00-\x08\x0b-\x1f\x7f-\x9f"  # C0 and C1 but tab and newline
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"  # soft hyphen, fillers, Mongolian selectors
    "\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f"  # zero width, line ends, bidi, invisible operators
    "\u3164\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff\ud800-\udfff"  # fillers, BOM, annotation, lone surrogates
    # format characters of Arabic, Syriac, Kaithi, hieroglyphs, shorthand and music; tags
    "\u0600-\u0605\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd"
    "\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e00ff\U000e01f0-\U000e0fff"
)
_PICTURES = (
    "\u00a9\u00ae\u203c\u2049\u2122\u2139\u2190-\u21ff\u2300-\u23ff\u24c2\u25a0-\u27bf\u2934\u2935"
    "\u2b00-\u2bff\u3030\u303d\u3297\u3299\U0001f000-\U0001faff"
)
_JOINING_LETTERS = (
    "\u0620-\u065f\u066e-\u06d3\u06fa-\u074f\u0750-\u07ff\u0840-\u08ff\u0900-\u0dff\u1000-\u109f\u1780-\u17b3"
    "\u17b6-\u17ff\u1820-\u18aa\ufb50-\ufdff\ufe70-\ufefc"
)
_IDEOGRAPHS = "\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_SKIN_TONES = "\U0001f3fb-\U0001f3ff"
_MARK_SCRIPTS = (
    "\u0300-\u034e\u0350-\u036f\u0483-\u0489\u0591-\u05ff\u0606-\u061b\u061d-\u06dc\u06de-\u070e"
    "\u0710-\u088f\u0892-\u08e1\u08e3-\u115e\u1161-\u17b3\u17b6-\u180a\u1810-\u1dff"
    "\u20d0-\u20ff\u2cef-\u2dff\u302a-\u302f\u3099\u309a\ua66f-\uabff\ud7b0-\ud7ff\ufb1e\ufe20-\ufe2f"
    "\U00010000-\U000110bc\U000110be-\U000110cc\U000110ce-\U0001342f\U00013440-\U0001bc9f\U0001bca4-\U0001d172\U0001d17b-\U0001efff"
)

_JUDGED = f"{_ALWAYS_MARKED}\t\u200c\u200d\ufe00-\ufe0f\U000e0100-\U000e01ef{_SKIN_TONES}"
_TALL = f"[{_MARK_SCRIPTS}]{{{LONGEST_STACK + 1},}}"
_SUSPECT = re.compile(f"[{_JUDGED}\n]|{_TALL}")
_SUSPECT_IN_LINES = re.compile(f"[{_JUDGED}]|\n[{_MARK_SCRIPTS}]|{_TALL}")
_NEVER_DRAWN = re.compile(f"[{_ALWAYS_MARKED}]")
_PICTURE = re.compile(f"[{_PICTURES}]")
_JOINING_LETTER = re.compile(f"[{_JOINING_LETTERS}]")
_IDEOGRAPH = re.compile(f"[{_IDEOGRAPHS}]")
_SELECTABLE = re.compile(f"[^\x00-\xa8\\s{_ALWAYS_MARKED}\u200c\u200d\ufe00-\ufe0f\U000e0100-\U000e01ef]")
_SKIN_TONE = re.compile(f"[{_SKIN_TONES}]")
_AFTER_PICTURE = re.compile(f"[\ufe0f{_SKIN_TONES}]")


def visible(text: str, *, newlines: bool = False) -> str:
    """Show a foreign string with `<U+202E>` for what could not be seen; tabs become four spaces.

    Newlines are marked too unless they are asked to stay.
    """
    if text.isascii() and text.isprintable():
        return text
    if not (_SUSPECT_IN_LINES if newlines else _SUSPECT).search(text) and not _is_stacked(text[0]):
        return text
    shown: list[str] = []
    done = 0
    for start, end, mark in marks(text):
        shown.append(text[done:start])
        shown.append("\n" if newlines and mark == "<U+000A>" else mark)
        done = end
    return "".join(shown) + text[done:] if done else text


def marks(text: str, start: int = 0, end: int | None = None) -> Iterator[tuple[int, int, str]]:
    """Find what must be shown otherwise in a stretch: (start, end, what to show), in order.

    Neighbours outside the stretch are looked at, so that a stretch cut between two characters is judged
    as it is in the whole.
    """
    end = len(text) if end is None else end
    position = start
    if stray := _stack_end(text, start, end) - start:
        position += stray
        yield start, position, _stack_mark(text, start, position)
    while match := _SUSPECT.search(text, position, end):
        position = match.end()
        for piece in _judge(text, match.start(), match.end(), end):
            position = max(position, piece[1])
            yield piece


def is_never_drawn(character: str) -> bool:
    """Tell whether a character is marked wherever it stands."""
    return bool(_NEVER_DRAWN.match(character))


def code_point(character: str) -> str:
    """Name a character by its number: `<U+202E>`."""
    return f"<U+{ord(character):04X}>"


def _judge(text: str, start: int, stop: int, end: int) -> Iterator[tuple[int, int, str]]:
    if stop - start > 1:
        yield from _tall_stacks(text, start, end)
        return
    if _belongs(text, start):
        return
    yield start, stop, TAB if text[start] == "\t" else code_point(text[start])
    after = _stack_end(text, stop, end)
    if after > stop:
        yield stop, after, _stack_mark(text, stop, after)


def _belongs(text: str, at: int) -> bool:
    """Tell whether a joiner, selector or skin tone shapes the character it follows."""
    character = text[at]
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    if _SKIN_TONE.match(character):
        return bool(_PICTURE.match(before)) and not _SKIN_TONE.match(before)
    if character == "\u200d" and _PICTURE.match(after):
        return _joins_pictures(text, at)
    if character in "\u200c\u200d":
        letters = _JOINING_LETTER.match(before) and _JOINING_LETTER.match(after)
        return bool(letters) and not unicodedata.category(after).startswith("M")
    if "\ufe00" <= character <= "\ufe0f":
        if before.isascii():
            return character in "\ufe0e\ufe0f" and before in tuple("0123456789#*")
        return bool(_SELECTABLE.match(before)) and not unicodedata.category(before).startswith("M")
    return "\U000e0100" <= character <= "\U000e01ef" and bool(_IDEOGRAPH.match(before))


def _joins_pictures(text: str, at: int) -> bool:
    for _ in range(LONGEST_STACK):
        base = at - 1
        while base > 0 and _AFTER_PICTURE.match(text[base]):
            base -= 1
        if base < 0 or not _PICTURE.match(text[base]):
            return False
        at = base - 1
        if at < 0 or text[at] != "\u200d":
            return True
    return False


def _tall_stacks(text: str, start: int, end: int) -> Iterator[tuple[int, int, str]]:
    position = start
    match = _SUSPECT.match(text, start, end)
    stop = match.end() if match else start
    while position < stop:
        top = _stack_end(text, position, end)
        if top - position > LONGEST_STACK:
            yield position + LONGEST_STACK, top, _stack_mark(text, position + LONGEST_STACK, top)
        position = max(top, position + 1)


def _stack_end(text: str, start: int, end: int) -> int:
    while start < end and _is_stacked(text[start]) and not _SUSPECT.match(text, start, start + 1):
        start += 1
    return start


def _is_stacked(character: str) -> bool:
    """Tell whether a character is drawn on the one before: a combining mark, a later Hangul jamo."""
    if unicodedata.category(character) in ("Mn", "Me", "Mc"):
        return True
    return "\u1161" <= character <= "\u11ff" or "\ud7b0" <= character <= "\ud7ff"


def _stack_mark(text: str, start: int, end: int) -> str:
    return code_point(text[start]) if end - start == 1 else f"<+{end - start} marks>"
