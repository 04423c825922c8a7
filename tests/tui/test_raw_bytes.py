"""What really goes to a terminal: the bytes of a pseudo-terminal hold no command of a foreign text."""

from __future__ import annotations

from tests.hostile.terminal import written_on_terminal

PROGRAM = r"""
from textual.app import App
from workbench.tui.matrix.matrix_view import CellFace, MatrixView
from workbench.tui.reading.pane import Highlight, ReadingPane

HOSTILE = "[/b]\x1b]0;TITLE\x07\x1b]52;c;QUJD\x1b\\ \x9b31m \u202eabc\u200b \ud800 \u2028\ufeff"
HOSTILE += " e" + "\u0301" * 99

class Shown(App):
    def compose(self):
        yield ReadingPane()
        yield MatrixView()

    def on_mount(self):
        pane, view = self.query_one(ReadingPane), self.query_one(MatrixView)
        pane.styles.height = 8
        pane.show(HOSTILE, highlights=[Highlight("k", 0, 20, "\x1b[2J", 1, HOSTILE)])
        face = CellFace(HOSTILE, HOSTILE, "good", HOSTILE)
        view.show([HOSTILE] * 3, [HOSTILE] * 3, lambda row, column: face)
        self.set_timer(0.3, self.exit)

Shown().run()
"""

FORBIDDEN = ("\x1b]0;TITLE", "\x1b]52;", "\x9b", "\u202e", "\u200b", "\u2028", "\ufeff", "\x1b[2J")


def test_a_hostile_text_commands_nothing_from_either_pane() -> None:
    written = written_on_terminal(["-c", PROGRAM], size=(120, 40), seconds=60)[0].decode("utf-8")
    for sequence in FORBIDDEN:
        assert sequence not in written
    for mark in ("<U+001B>", "<U+202E>", "<U+009B>", "<U+D800>", "<+91 marks>", "[/b]"):
        assert mark in written
