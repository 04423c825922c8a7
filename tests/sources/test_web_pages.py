"""Web pages and e-books."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from workbench.errors import UnreadableFile
from workbench.sources import read_bytes, read_file


def _content(body: str) -> str:
    return read_bytes("a.html", f"<html><body>{body}</body></html>".encode())[0].content


@pytest.mark.parametrize(
    ("body", "content"),
    [
        ("<h1>Title</h1><p>One <b>two</b>\n three</p>", "Title\nOne two three"),
        ("text<div>block</div>text", "text\nblock\ntext"),
        ("<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>", "a\nb\nc"),
        ("<p>a<br>b<br><br>c</p>", "a\nb\nc"),
        ("<p>多文化\n  共生</p><p>in\nEnglish</p>", "多文化共生\nin English"),
        ("<p>\u3000字下げ\u00a0</p>", "\u3000字下げ\u00a0"),
        ("<pre>a\n  b</pre>", "a\n  b"),
        (
            "<table><tr><th>a</th><td>b</td></tr><tr><td><p>c</p><p>d</p></td><td>e</td></tr></table>",
            "a\tb\nc\nd\ne",
        ),
        ('see <a href="http://x.example">the plan</a>', "see the plan"),
        (
            "a<script>var x</script><style>b{}</style><!-- c --><template>d</template><noscript>e</noscript>",
            "a",
        ),
        ("<form>Name <input value='x'><select><option>y</option></select></form>z", "Name\nz"),
        ("<p>unclosed<p>paragraphs", "unclosed\nparagraphs"),
    ],
)
def test_blocks_become_paragraphs(body: str, content: str) -> None:
    assert _content(body) == content


def test_a_break_within_a_block_is_no_new_paragraph_but_two_are() -> None:
    (extraction,) = read_bytes("a.html", b"<p>a<br>b<br><br>c</p>")
    assert extraction.places.paragraphs == (0, 4)


@pytest.mark.parametrize(
    "mark", ["hidden", 'style="color: red; DISPLAY : none"', 'style="visibility:hidden"']
)
def test_hidden_elements_are_left_out_and_reported(mark: str) -> None:
    (extraction,) = read_bytes("a.html", f"<p>seen</p><p {mark}>not <b>seen</b></p>".encode())
    assert extraction.content == "seen"
    assert extraction.notes == ("Hidden text found and left out; places: 1.",)


def test_readings_over_characters_are_left_out_and_reported() -> None:
    (extraction,) = read_bytes(
        "a.html", "<p><ruby>共生<rp>(</rp><rt>きょうせい</rt><rp>)</rp></ruby>する</p>".encode()
    )
    assert extraction.content == "共生する"
    assert "furigana" in extraction.notes[0]


def test_the_title_is_metadata_and_not_text() -> None:
    (extraction,) = read_bytes("a.html", b"<title> Basic\n plan </title><p>text</p>")
    assert (extraction.title, extraction.content) == ("Basic plan", "text")


@pytest.mark.parametrize(
    "head",
    ['<meta charset="Shift_JIS">', "<meta http-equiv='Content-Type' content='text/html; charset=x-sjis'>"],
)
def test_a_declared_encoding_is_followed_without_a_note(head: str) -> None:
    (extraction,) = read_bytes("a.html", f"{head}<p>東京都①</p>".encode("cp932"))
    assert (extraction.content, extraction.encoding, extraction.notes) == ("東京都①", "cp932", ())


def test_an_xml_declaration_is_followed() -> None:
    page = '<?xml version="1.0" encoding="EUC-JP"?><html><body><p>東京都</p></body></html>'
    (extraction,) = read_bytes("a.xhtml", page.encode("euc_jp"))
    assert (extraction.content, extraction.encoding) == ("東京都", "euc-jp")


def test_a_declaration_that_the_bytes_contradict_is_reported() -> None:
    (extraction,) = read_bytes("a.html", '<meta charset="Shift_JIS"><p>東京都</p>'.encode())
    assert (extraction.content, extraction.encoding) == ("東京都", "utf-8")
    assert "declares “Shift_JIS”, but its bytes are utf-8" in extraction.notes[0]


def test_the_users_encoding_goes_before_the_declared_one() -> None:
    (extraction,) = read_bytes(
        "a.html", '<meta charset="utf-8"><p>東京都</p>'.encode("euc_jp"), encoding="euc-jp"
    )
    assert extraction.content == "東京都"


def test_a_page_without_text_of_its_own_is_refused() -> None:
    with pytest.raises(UnreadableFile, match="filled in by scripts"):
        read_bytes("a.html", b"<body><div id=app></div><script>start()</script></body>")


def test_elements_may_be_nested_more_deeply_than_recursion_reaches() -> None:
    assert _content("<div>" * 5_000 + "deep" + "</div>" * 5_000) == "deep"


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize(
    "page",
    [
        b"<?xml version='1.0'?><note>text</note>",
        b"x<?XML version='1.0'?><rss>text</rss>",
        b"text.html",
        b"http://a.b/text",
    ],
)
def test_odd_pages_are_read_without_a_warning_on_the_terminal(page: bytes) -> None:
    assert "text" in read_bytes("a.html", page)[0].content


def test_control_characters_of_a_page_turn_no_pages() -> None:
    (extraction,) = read_bytes("a.html", b"<pre>a&#12;b&#30;c</pre>")
    assert extraction.content == "a b c"
    assert extraction.places.pages == ()


def test_a_page_with_too_many_tags_is_refused() -> None:
    with pytest.raises(UnreadableFile, match="more than 200000 tags"):
        read_bytes("a.html", b"<b>" * 200_001)


@pytest.mark.parametrize("name", ["eng", "jpn", "vie", "por_BR"])
def test_real_pages_are_read_without_scripts_and_styles(shared_data: Path, name: str) -> None:
    _, (extraction,) = read_file(shared_data / "udhr" / "html" / f"{name}.html")
    assert len(extraction.places.paragraphs) > 60
    assert "{" not in extraction.content


def test_a_book_is_read_in_the_order_of_its_spine(make_epub: Callable[..., bytes]) -> None:
    data = make_epub("<p>second</p>", "<p>first</p>", "<h1>My book</h1>", title="My book")
    (extraction,) = read_bytes("a.epub", data)
    assert (extraction.content, extraction.title) == ("first\nsecond", "My book")


def test_printed_pages_of_a_book_can_be_cited(make_epub: Callable[..., bytes]) -> None:
    page = (
        '<html xmlns:epub="http://www.idpf.org/2007/ops"><body><p>one '
        '<span epub:type="pagebreak" title="xii"></span>two</p><div role="doc-pagebreak" aria-label="xiii"/>'
        "<p>three</p></body></html>"
    )
    (extraction,) = read_bytes("a.epub", make_epub(page))
    assert extraction.content == "one two\nthree"
    assert extraction.places.pages == ((4, "xii"), (8, "xiii"))


def test_a_sample_book_gives_the_expected_words(shared_data: Path) -> None:
    folder = shared_data / "nasty-docs" / "textract"
    _, (extraction,) = read_file(folder / "epub-raw_text.epub")
    assert extraction.content.split() == (folder / "epub-raw_text.txt").read_text(encoding="utf-8").split()


def test_a_protected_book_is_refused(make_epub: Callable[..., bytes]) -> None:
    locked = {"META-INF/encryption.xml": '<encryption><CipherReference URI="p0.xhtml"/></encryption>'}
    with pytest.raises(UnreadableFile, match="protected against copying"):
        read_bytes("a.epub", make_epub("<p>x</p>", entries=locked))


def test_a_book_whose_spine_reaches_outside_is_refused(make_epub: Callable[..., bytes]) -> None:
    package = (
        '<package><manifest><item id="a" href="../../../etc/passwd" media-type="text/html"/></manifest>'
        '<spine><itemref idref="a"/></spine></package>'
    )
    with pytest.raises(UnreadableFile, match="is missing"):
        read_bytes("a.epub", make_epub(package=package))


@pytest.mark.parametrize(
    "style",
    [
        "opacity:0",
        "color: red; opacity: 0.0 !important",
        "font-size:0",
        "font-size: 0px; color: red",
        "position:absolute; left:-9999px",
        "text-indent: -5000em",
        "visibility:collapse",
    ],
)
def test_words_that_a_style_takes_out_of_sight_are_left_out_and_reported(style: str) -> None:
    page = f'<p>seen</p><p style="{style}">unseen</p>'.encode()
    (extraction,) = read_bytes("a.html", page)
    assert extraction.content == "seen"
    assert "Hidden text found and left out; places: 1." in extraction.notes


@pytest.mark.parametrize(
    "style", ["opacity:0.5", "font-size:0.8em", "left:-5px", "font-size:10px", "margin-left:-20px"]
)
def test_words_that_a_style_only_moves_or_fades_stay(style: str) -> None:
    (extraction,) = read_bytes("a.html", f'<p style="{style}">seen</p>'.encode())
    assert extraction.content == "seen"
