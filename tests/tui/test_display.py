"""No foreign string reaches the terminal as anything but text that can be read."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from textual.app import App, ComposeResult
from textual.widgets import Static

from workbench.model.visible import LONGEST_STACK, visible
from workbench.tui.display import content, shortened

BRACKETED = ["[TODO] x", "[/b]", "[@click=app.quit]go[/]", "[red]A [laughs] B", "\\[b]", "a[", "[$x]"]
HIDDEN = [
    *(chr(number) for number in range(0x20)),
    *(chr(number) for number in range(0x7F, 0xA0)),
    *"\u00ad\u061c\u200b\u200e\u200f\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069",
    *"\ufeff\u3164\uffa0\u115f\ufff9\U000e0001\U000e0041\U000e007f\ud800\udfff",
]
SEQUENCES = [
    "\x1b]0;title\x07",
    "\x1b]52;c;aGk=\x1b\\",
    "\x1b]8;;http://x\x1b\\link\x1b]8;;\x1b\\",
    "\x1b[2J\x1b[H",
    "\x9b31m",
    "\x90q\x9c",
    "\r\nover",
    "\x1b[6n",
]
ALPHABET = [*HIDDEN, *"aé漢かガｶﾞ 。“’[]/", "\u0301", "\u3099", "\u200c", "\u200d", "\ufe0f", "\U000e0100"]
ALPHABET += ["👩", "❤", "🏽", "葛", "ف", "ש", "क", "\u094d", "\u1161", "🇯", "1"]
hostile = st.text(st.sampled_from(ALPHABET)) | st.text()


def stacked(character: str) -> bool:
    return unicodedata.category(character) in ("Mn", "Me", "Mc")


@given(hostile)
def test_nothing_that_a_terminal_obeys_or_hides_comes_out(text: str) -> None:
    shown = visible(text)
    assert not set(shown) & set(HIDDEN)
    shown.encode("utf-8")
    for character in shown:
        assert unicodedata.category(character) != "Cf" or character in "\u200c\u200d"


@given(hostile)
def test_newlines_stay_where_they_are_asked_for_and_nothing_else_changes(text: str) -> None:
    assert visible(text, newlines=True).replace("\n", "<U+000A>") == visible(text)


@given(hostile)
def test_showing_twice_changes_nothing_more(text: str) -> None:
    assert visible(visible(text)) == visible(text)


@given(st.text(st.characters(min_codepoint=0x20, max_codepoint=0x7E)))
def test_plain_ascii_comes_out_untouched(text: str) -> None:
    assert visible(text) is text


@given(hostile)
def test_no_stack_of_marks_is_taller_than_the_limit(text: str) -> None:
    tallest = run = 0
    for character in visible(text):
        run = run + 1 if stacked(character) else 0
        tallest = max(tallest, run)
    assert tallest <= LONGEST_STACK + 1  # a selector may follow a base between two stacks


@pytest.mark.parametrize("sequence", SEQUENCES)
def test_a_control_sequence_is_shown_in_full_and_inert(sequence: str) -> None:
    shown = visible(sequence)
    assert shown.isprintable()
    for character in sequence:
        assert (character if character.isprintable() else f"<U+{ord(character):04X}>") in shown


@pytest.mark.parametrize(
    "text",
    [
        "条例「市民」は、ガイドライン",
        "か\u3099き\u3099",
        "葛\U000e0100城市",
        "👨\u200d👩\u200d👧\u200d👦 ❤\ufe0f 1\ufe0f\u20e3 👍🏽 🇯🇵",
        "كُلُّ إِنْسَانٍ حُرٌّ",
        "می\u200cخواهم",
        "בְּרֵאשִׁ֖ית",
        "हिन्दी क\u094d\u200dष",
        "Ελληνικά Кириллица naïve e\u0301",
        "한국어 \u1112\u1161\u11ab",
    ],
)
def test_real_writing_and_emoji_are_left_as_they_are(text: str) -> None:
    assert visible(text) == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\u202eb", "a<U+202E>b"),
        ("a\tb", "a    b"),
        ("a\u200db", "a<U+200D>b"),
        ("a\ufe0f", "a<U+FE0F>"),
        ("葛\ufe00\ufe00", "葛\ufe00<U+FE00>"),
        ("a\U000e0100", "a<U+E0100>"),
        ("🏴\U000e0067", "🏴<U+E0067>"),
        ("a🏽", "a<U+1F3FD>"),
        ("\u0301a", "<U+0301>a"),
        ("\x07\u0301\u0301", "<U+0007><+2 marks>"),
        ("e" + "\u0301" * 20, "e" + "\u0301" * 8 + "<+12 marks>"),
    ],
)
def test_what_has_no_business_there_is_named(text: str, shown: str) -> None:
    assert visible(text) == shown


def test_a_chain_of_joined_emoji_is_cut_before_it_overruns_the_line() -> None:
    assert visible("👩" + "\u200d👩" * 400).count("\u200d") <= LONGEST_STACK


@pytest.mark.parametrize("text", BRACKETED)
def test_brackets_come_out_verbatim(text: str) -> None:
    assert content(text, "bold").plain == text
    assert not [span for span in content(text).spans if span.style]


async def test_a_widget_shows_brackets_verbatim() -> None:
    class Shown(App[None]):
        def compose(self) -> ComposeResult:
            for text in BRACKETED:
                yield Static(content(text))

    app = Shown()
    async with app.run_test(size=(40, 12)):
        lines = [strip.text.rstrip() for strip in app.screen._compositor.render_strips()]
    assert lines[: len(BRACKETED)] == BRACKETED


@given(hostile, st.integers(1, 30))
def test_a_shortened_string_fits_its_columns(text: str, columns: int) -> None:
    assert cell_len(shortened(text, columns)) <= columns
