"""Codebook files: they come back exactly, and every mistake in one is told with its place."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.exchange.codebook import (
    BadCodebook,
    Codebook,
    default_vocabulary,
    read_codebook,
    write_codebook,
)
from workbench.model.cell import CountingRule, Need, Status
from workbench.model.framework import Code, CodeState, Framework, Origin, Theme

WHOLE = """
title: Measures for foreign residents
question: What do cities offer?
themes:
  - id: anti-discrimination
    number: 1
    name: Anti-discrimination
    definition: Law and practice against it.
    codes:
      - id: hate-speech-law
        number: 1
        name: Hate speech law
        definition: |
          A law or ordinance
          against hate speech.
        include: ordinances
        exclude: plans
        examples: [one, "two: with colon"]
        origin: emergent
        source: memo
        cues: [ヘイトスピーチ, hate speech]
        patterns: [[{LEMMA: hate}, {lower: {in: [speech, crime]}, OP: "?"}], '[{"IS_DIGIT": true}]']
        excluding: [yes]
        wordings: {Japan: suffrage, Osaka: local referendum}
        other: true
        state: retired
        successors: [yes]
      - id: yes
        number: 7
        name: No
        described: true
    themes:
      - name: Sub theme
        codes:
          - name: Voting rights
          - name: Voting rights
  - name: Education
    state: retired
rules:
  - {id: published, label: "Published"}
  - {label: Half}
statuses:
  - id: yes
    label: Yes
    mark: Y
    definition: found
    values: {published: 1, half: 1/2}
    needs: [excerpt, note]
    in_denominator: false
  - label: No
"""


def mistakes_in(text: str) -> list[str]:
    with pytest.raises(BadCodebook) as caught:
        read_codebook("codebook.yaml", text.encode())
    assert caught.value.exit_status == 3
    return [f"{m.line}:{m.column} {m.what}" for m in caught.value.mistakes]


def test_every_field_of_a_codebook_is_read() -> None:
    book = read_codebook("codebook.yaml", WHOLE.encode())
    assert (book.title, book.question) == ("Measures for foreign residents", "What do cities offer?")
    assert book.themes == (
        Theme("anti-discrimination", None, 1, "Anti-discrimination", "Law and practice against it."),
        Theme("sub-theme", "anti-discrimination", 8, "Sub theme"),
        Theme("education", None, 2, "Education", retired=True),
    )
    assert book.codes == (
        Code(
            "hate-speech-law",
            "anti-discrimination",
            1,
            "Hate speech law",
            definition="A law or ordinance\nagainst hate speech.\n",
            include="ordinances",
            exclude="plans",
            examples=("one", "two: with colon"),
            origin=Origin.EMERGENT,
            source="memo",
            cues=("ヘイトスピーチ", "hate speech"),
            patterns=(
                '[{"LEMMA":"hate"},{"LOWER":{"IN":["speech","crime"]},"OP":"?"}]',
                '[{"IS_DIGIT":true}]',
            ),
            excluding=("yes",),
            wordings={"Japan": "suffrage", "Osaka": "local referendum"},
            other=True,
            state=CodeState.RETIRED,
            successors=("yes",),
        ),
        Code("yes", "anti-discrimination", 7, "No", described=True),
        Code("voting-rights", "sub-theme", 1, "Voting rights"),
        Code("voting-rights-2", "sub-theme", 2, "Voting rights"),
    )
    assert book.rules == (CountingRule("published", "Published", 1), CountingRule("half", "Half", 2))
    assert book.statuses == (
        Status(
            "yes",
            "Yes",
            "Y",
            1,
            "found",
            {"published": "1", "half": "1/2"},
            (Need.EXCERPT, Need.NOTE),
            in_denominator=False,
        ),
        Status("no", "No", "N", 2),
    )


def test_an_unquoted_yes_stays_the_word_yes() -> None:
    book = read_codebook("c.yaml", b"themes:\n- id: no\n  name: on\n  definition: 1_000\n  codes: []\n")
    assert book.themes == (Theme("no", None, 1, "on", "1_000"),)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "themes:\n- nmae: A\n",
            [
                "2:3 a theme has no name",
                "2:3 unknown key nmae in a theme; did you mean name?",
            ],
        ),
        ("themes:\n- name: ''\n", ["2:9 a theme has no name"]),
        ("themes:\n-\n", ["2:2 a theme is empty"]),
        ("themes: {name: A}\n", ["1:9 themes should be a list, not a mapping"]),
        ("themes:\n- words\n", ["2:3 a theme should be a mapping, not words"]),
        ("themes:\n- name: [A]\n", ["2:9 a theme has no name", "2:9 name should be words, not a list"]),
        ("themes:\n- name: A\n  name: B\n", ["3:3 the key name is already on line 2"]),
        (
            "themes:\n- {id: a, name: A}\n- {id: a, name: B}\n",
            ["3:8 the theme id a is already on line 2"],
        ),
        (
            "themes:\n- {number: 2, name: A}\n- {number: 2, name: B}\n",
            ["3:12 the number under the top 2 is already on line 2"],
        ),
        (
            "themes:\n- name: A\n  codes: [{name: B}]\n  themes: [{number: 1, name: C}]\n",
            ["4:21 the number under a 1 is already on line 3"],
        ),
        (
            "themes:\n- {number: first, name: A}\n",
            ["2:12 number should be a whole number from 1, not first"],
        ),
        ("themes:\n- {number: 0, name: A}\n", ["2:12 number should be a whole number from 1, not 0"]),
        (
            "themes:\n- name: A\n  codes:\n  - {name: B, origin: emergnt, other: yes}\n",
            [
                "4:23 unknown origin emergnt; did you mean emergent?",
                "4:39 other should be true or false, not yes",
            ],
        ),
        (
            "themes:\n- name: A\n  codes:\n  - {name: B, successors: [gone]}\n",
            ["4:27 the successor gone is no other code of this codebook"],
        ),
        (
            "themes:\n- {id: a b, name: A}\n",
            ["2:8 the id a b may hold only letters, digits, -, _ and . (at most 100)"],
        ),
        (
            "rules: [{id: p, label: P}]\nstatuses:\n"
            "- {id: y, label: Y, values: {q: 1}, needs: [excrpt]}\n- {id: y, label: N, values: {p: a/2}}\n",
            [
                "3:29 the rule q is not defined; rules: p",
                "3:44 unknown needs excrpt; did you mean excerpt?",
                "4:8 the status id y is already on line 3",
                "4:29 the value a/2 is not a number or fraction such as 1 or 1/2",
            ],
        ),
        (
            "rules: [{id: p, label: P}]\nstatuses: [{label: Y, values: {p: 1/0}}]\n",
            ["2:31 the value 1/0 is not a number or fraction such as 1 or 1/2"],
        ),
        (
            "rules:\n- {label: P}\n- {id: q, label: Q}\nstatuses: [{label: Y, values: {p: 1}}]\n",
            ["3:8 the rule q gives no status a value"],
        ),
        (
            "themes:\n- &a\n  name: A\n- *a\n",
            [
                "2:3 the anchor &a is not allowed",
                "4:3 a theme is empty",
                "4:3 the alias *a is not allowed; write it out",
            ],
        ),
        (
            "themes:\n- name: !!python/name:os.system A\n",
            [
                "2:9 the tag tag:yaml.org,2002:python/name:os.system is not allowed"
                "; every value is plain words"
            ],
        ),
        ('title: "\\ud800"\n', ["1:8 an escape such as \\ud800 is half a character"]),
        ("title: A\n---\ntitle: B\n", ["2:1 a second document begins here; a codebook is one"]),
        ("", ["0:0 the file is empty"]),
        ("# nothing yet\n", ["0:0 the file holds only comments"]),
        ("- a\n", ["1:1 the codebook should be a mapping, not a list"]),
        ("title: a: b\n", ["1:9 this is not YAML (mapping values are not allowed here)"]),
        ("title: a\nquestion: \x07\n", ["2:11 U+0007 may not stand in YAML as it is"]),
        ('title: "\\Uffffffff"\n', ["0:0 an escape in quotes names a character that does not exist"]),
    ],
)
def test_a_mistake_is_told_with_line_and_column(text: str, told: list[str]) -> None:
    assert mistakes_in(text) == told


def test_all_mistakes_of_a_file_are_in_one_message() -> None:
    with pytest.raises(BadCodebook) as caught:
        read_codebook("codebook.yaml", b"titel: A\nthemes:\n- codes:\n  - {name: B, state: gone}\n")
    assert str(caught.value) == (
        "The codebook codebook.yaml has 3 mistakes:\n"
        "codebook.yaml, line 1, column 1: unknown key titel in the codebook; did you mean title?\n"
        "codebook.yaml, line 3, column 3: a theme has no name\n"
        "codebook.yaml, line 4, column 22: unknown state gone"
        "; known: candidate, active, retired\nNothing was changed. Mend the file."
    )


def test_bytes_that_are_not_utf_8_are_told_by_line() -> None:
    with pytest.raises(BadCodebook) as caught:
        read_codebook("c.yaml", b"title: A\nquestion: \xff\n")
    assert [(m.line, m.column, m.what) for m in caught.value.mistakes] == [
        (2, 11, "the file is not UTF-8; save it as UTF-8")
    ]


def test_a_file_that_is_too_large_is_not_read() -> None:
    with pytest.raises(BadCodebook, match="larger than 5 MB"):
        read_codebook("c.yaml", b"title: " + b"a" * 5_000_000)


@pytest.mark.parametrize(
    "deep", ["title: " + "[" * 5000, "title:\n" + "".join(" " * n + "-\n" for n in range(1, 200))]
)
def test_a_file_that_is_nested_too_deep_is_refused_without_a_crash(deep: str) -> None:
    [told] = mistakes_in(deep)
    assert told.endswith("more than 100 lists and mappings inside each other")


def test_a_number_may_be_given_again_once_its_code_is_retired() -> None:
    text = (
        "themes:\n- name: A\n  codes:\n  - {name: B, number: 1, state: retired}\n  - {name: C, number: 1}\n"
    )
    assert [code.number for code in read_codebook("c.yaml", text.encode()).codes] == [1, 1]


def test_a_made_id_differs_from_every_id_that_is_given() -> None:
    book = read_codebook("c.yaml", b"themes:\n- name: Health\n- {id: health, name: Other}\n")
    assert [theme.id for theme in book.themes] == ["health-2", "health"]


def test_made_ids_begin_with_the_letters_of_their_framework() -> None:
    book = read_codebook(
        "c.yaml",
        b"prefix: X\nthemes:\n- name: Rights\n  codes: [{name: Voting rights}, {id: own, name: Own}]\n"
        b"  themes: [{name: Below, codes: [{name: Votes}]}]\n- {name: Aims, framework: Y}\n",
    )
    assert [theme.id for theme in book.themes] == ["x-rights", "x-below", "y-aims"]
    assert [code.id for code in book.codes] == ["x-voting-rights", "own", "x-votes"]


def test_rules_that_nothing_counts_under_pass_without_statuses_and_in_released_versions() -> None:
    assert read_codebook("c.yaml", b"rules: [{label: P}]\n").rules
    valueless = b"rules: [{label: P}]\nstatuses: [{label: Y}]\n"
    assert read_codebook("version 1", valueless, released=True).rules


def test_the_default_vocabulary_counts_as_the_method_says() -> None:
    rules, statuses = default_vocabulary()
    counted = {
        status.id: (tuple(str(status.value(rule.id)) for rule in rules), status.in_denominator)
        for status in statuses
    }
    assert counted == {
        "yes": (("1", "1", "1"), True),
        "restricted": (("1", "0", "1/2"), True),
        "partial": (("1", "0", "1/2"), True),
        "no-stated": (("0", "0", "0"), True),
        "no-not-found": (("0", "0", "0"), True),
        "not-specified": (("0", "0", "0"), True),
        "conflicting": (("None", "None", "None"), True),
        "not-applicable": (("None", "None", "None"), False),
    }
    book = Codebook("", "", (), (), rules, statuses)
    assert read_codebook("c.yaml", write_codebook(book).encode()) == book


# whatever a codebook says, it comes back

AWKWARD = ("yes", "Null", "~", "1", "a: b", "# no", "- x", "a\nb", "a\n\n b\n", "\n", " a ", "|-")
WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=30) | st.sampled_from(
    [*AWKWARD, "\u2028", "\x85", "\ufeff", "k" * 1100]
)
NAMES = WORDS.filter(str.strip)
IDS = st.from_regex(r"[\w.-]{1,8}", fullmatch=True)


@st.composite
def codebooks(draw: Any) -> Codebook:
    ids = draw(st.lists(IDS, unique=True, max_size=6))
    themes: list[Theme] = []
    for place, theme_id in enumerate(ids):
        parent = draw(st.sampled_from([None, *ids[:place]]))
        prefix = draw(st.sampled_from(["", "", "C"])) if parent is None else ""
        attributes = draw(st.dictionaries(NAMES, WORDS, max_size=2))
        name, definition, retired = draw(NAMES), draw(WORDS), draw(st.booleans())
        themes.append(Theme(theme_id, parent, place + 1, name, definition, retired, prefix, attributes))
    codes: list[Code] = []
    for place, code_id in enumerate(draw(st.lists(IDS, unique=True, max_size=6 if ids else 0))):
        codes.append(
            Code(
                code_id,
                draw(st.sampled_from(ids)),
                place + 100,
                draw(NAMES),
                draw(WORDS),
                draw(WORDS),
                draw(WORDS),
                tuple(draw(st.lists(WORDS, max_size=3))),
                draw(st.sampled_from(Origin)),
                draw(WORDS),
                tuple(draw(st.lists(WORDS, max_size=3))),
                draw(st.dictionaries(WORDS, WORDS, max_size=3)),
                draw(st.booleans()),
                draw(st.sampled_from(CodeState)),
                tuple(draw(st.lists(st.sampled_from([c.id for c in codes]), max_size=2))) if codes else (),
            )
        )
    rules, statuses = default_vocabulary() if draw(st.booleans()) else ((), ())
    tree = Framework(themes, codes)
    ordered = tuple(theme for theme, _ in tree.walk()), tuple(tree.ordered_codes())
    return Codebook(draw(WORDS), draw(WORDS), *ordered, rules, statuses)


@settings(max_examples=300, deadline=None)
@given(codebooks())
def test_what_is_written_is_read_back_exactly(book: Codebook) -> None:
    text = write_codebook(book)
    again = read_codebook("c.yaml", text.encode())
    assert again == book
    assert write_codebook(again) == text


@settings(max_examples=150, deadline=None)
@given(codebooks())
def test_what_is_written_means_the_same_to_a_plain_yaml_reader(book: Codebook) -> None:
    loaded = yaml.safe_load(write_codebook(book))
    assert loaded.get("title", "") == book.title

    def names(items: list[dict[str, Any]]) -> list[str]:
        return [name for item in items for name in (item["name"], *names(item.get("themes", [])))]

    assert names(loaded.get("themes", [])) == [theme.name for theme in book.themes]


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=60) | st.text("-:[]{}&*!|>'\"%@`#?, \n\tanmeths0", max_size=60).map(str.encode))
def test_any_bytes_are_read_or_refused_plainly(data: bytes) -> None:
    try:
        read_codebook("c.yaml", data)
    except BadCodebook as refusal:
        assert refusal.mistakes


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_a_damaged_codebook_is_read_or_refused_plainly(data: st.DataObject) -> None:
    text = bytearray(WHOLE.encode())
    for _ in range(data.draw(st.integers(1, 4))):
        text[data.draw(st.integers(0, len(text) - 1))] = data.draw(
            st.sampled_from(b"-:[]{}&*!'\" \n\t0a\xff")
        )
    try:
        read_codebook("c.yaml", bytes(text))
    except BadCodebook as refusal:
        assert all(mistake.what for mistake in refusal.mistakes)


def test_an_empty_codebook_is_written_and_read() -> None:
    empty = Codebook("", "", (), (), (), ())
    assert write_codebook(empty) == "{}\n"
    assert read_codebook("c.yaml", b"{}\n") == empty


def test_definitions_of_several_lines_stay_readable_in_the_file() -> None:
    book = Codebook("", "", (Theme("a", None, 1, "A", "First line: here.\n\nSecond."),), (), (), ())
    assert write_codebook(book) == (
        "themes:\n  - id: a\n    number: 1\n    name: A\n    definition: |-\n"
        "      First line: here.\n\n      Second.\n"
    )  # fmt: skip
