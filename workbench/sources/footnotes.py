"""How notes stand in the text: `[1]` where the mark was, and after the body one paragraph `[1] ...` each.

A note is so a place that can be cited, and the sentence it belongs to is not torn apart.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from workbench.sources.paragraphs import PAGE_SIGN

_ROMAN = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
_ROMAN_LARGE = (
    (1000, "m"),
    (900, "cm"),
    (500, "d"),
    (400, "cd"),
    (100, "c"),
    (90, "xc"),
    (50, "l"),
    (40, "xl"),
)


@dataclass(slots=True)
class Notes:
    """The notes met so far, in the order of their marks."""

    footnotes: list[tuple[str, list[str]]] = field(default_factory=list)
    endnotes: list[tuple[str, list[str]]] = field(default_factory=list)

    def add_footnote(self, paragraphs: list[str], label: str = "") -> str:
        """Keep a footnote and return its mark, numbered 1, 2, 3 without a label of its own."""
        return _keep(self.footnotes, paragraphs, label or str(len(self.footnotes) + 1))

    def add_endnote(self, paragraphs: list[str], label: str = "") -> str:
        """Keep an endnote and return its mark, numbered i, ii, iii without a label of its own."""
        return _keep(self.endnotes, paragraphs, label or _roman(len(self.endnotes) + 1))

    def paragraphs(self) -> list[str]:
        """Give the notes as paragraphs to stand after the body."""
        return [paragraph for paragraphs in (*self.footnotes, *self.endnotes) for paragraph in paragraphs[1]]

    def report(self) -> tuple[str, ...]:
        """Say how many notes there are and where they went."""
        count = len(self.footnotes) + len(self.endnotes)
        if not count:
            return ()
        example = (self.footnotes or self.endnotes)[0][0]
        return (
            f"Footnotes and endnotes set after the text: {count}; marks such as {example} show their places.",
        )


def _keep(notes: list[tuple[str, list[str]]], paragraphs: list[str], label: str) -> str:
    mark = f"[{label}]"
    texts = [paragraph.replace(PAGE_SIGN, "").strip() for paragraph in paragraphs]
    first, *rest = [text for text in texts if text] or [""]
    notes.append((mark, [f"{mark} {first}", *rest]))
    return mark


def _roman(number: int) -> str:
    digits = []
    for value, letters in (*_ROMAN_LARGE, *_ROMAN):
        digits.append(letters * (number // value))
        number %= value
    return "".join(digits)
