"""What changed between frameworks is told by id, completely and once."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.model.cell import CountingRule, Need, Status
from workbench.model.framework import Code, CodeState, Framework, Origin, Theme
from workbench.model.framework_diff import ChangeKind, Vocabulary, diff_frameworks, diff_vocabularies

THEMES = (Theme("a", None, 1, "Rights"), Theme("b", None, 2, "Participation"))
CODES = (Code("a1", "a", 1, "Hate speech"), Code("a2", "a", 2, "Human rights"), Code("b1", "b", 1, "Voting"))
OLD = Framework(THEMES, CODES)


def told(*codes: Code, themes: tuple[Theme, ...] = THEMES) -> list[str]:
    changed = {code.id: code for code in codes}
    kept = [changed.pop(code.id, code) for code in CODES]
    changes = diff_frameworks(OLD, Framework(themes, [*kept, *changed.values()]))
    return [f"{change.kind} / {change}" for change in changes]


def test_a_rename_is_not_a_code_gone_and_another_come() -> None:
    assert told(replace(CODES[0], name="Hate-speech law")) == [
        "renamed / 1.1 Hate-speech law: Its name was “Hate speech” and is now “Hate-speech law”."
    ]


def test_a_move_names_both_numbers_and_the_new_theme() -> None:
    assert told(replace(CODES[1], theme_id="b", number=2)) == [
        "moved / 2.2 Human rights: Its number was 1.2 and is now 2.2 under 2 Participation."
    ]
    assert told(replace(CODES[1], number=9)) == [
        "moved / 1.9 Human rights: Its number was 1.2 and is now 1.9."
    ]


def test_a_new_definition_is_told_beside_the_old_one() -> None:
    defined = replace(CODES[2], definition="Votes.", cues=("vote", "ballot"), other=True)
    assert told(defined) == [
        "redefined / 2.1 Voting: Its definition is now “Votes.”; there was none.",
        "redefined / 2.1 Voting: Its list of cues is now “vote | ballot”; there was none.",
        "redefined / 2.1 Voting: Its use for what fits nowhere else was “no” and is now “yes”.",
    ]


def test_a_code_that_takes_no_status_any_more_is_told() -> None:
    assert told(replace(CODES[2], described=True)) == [
        "redefined / 2.1 Voting: "
        "Its place among what is described and not answered was “no” and is now “yes”."
    ]


def test_a_merge_names_the_code_merged_into() -> None:
    assert told(replace(CODES[0], state=CodeState.RETIRED, successors=("a2",))) == [
        "merged / 1.1 Hate speech: It was merged into 1.2 Human rights."
    ]


def test_a_split_names_every_part() -> None:
    parts = (Code("p", "a", 3, "Insult"), Code("q", "a", 4, "Threat", state=CodeState.CANDIDATE))
    assert told(replace(CODES[0], state=CodeState.RETIRED, successors=("p", "q")), *parts) == [
        "split / 1.1 Hate speech: It was split into 1.3 Insult and 1.4 Threat.",
        "added / 1.3 Insult: The code was added under 1 Rights.",
        "added / 1.4 Threat: The code was added under 1 Rights as candidate.",
    ]


def test_retiring_and_restoring_are_told_apart() -> None:
    retired = Framework(THEMES, [replace(CODES[0], state=CodeState.RETIRED), *CODES[1:]])
    assert [str(c) for c in diff_frameworks(OLD, retired)] == [
        "1.1 Hate speech: The code is retired; it was active."
    ]
    assert [c.kind for c in diff_frameworks(retired, OLD)] == [ChangeKind.RESTORED]


def test_changes_of_themes_are_told() -> None:
    themes = (
        replace(THEMES[0], name="Law", definition="What the law says."),
        replace(THEMES[1], parent_id="a", number=3, retired=True),
        Theme("c", "a", 4, "New"),
    )
    assert told(themes=themes) == [
        "renamed / 1 Law: Its name was “Rights” and is now “Law”.",
        "redefined / 1 Law: Its definition is now “What the law says.”; there was none.",
        "moved / 1.3 Participation: Its number was 2 and is now 1.3 under 1 Law.",
        "retired / 1.3 Participation: The theme was retired.",
        "added / 1.4 New: The theme was added under 1 Law.",
    ]


def test_what_is_gone_comes_last() -> None:
    changes = diff_frameworks(OLD, Framework(THEMES[:1], [*CODES[:1], Code("a9", "a", 9, "New")]))
    assert [str(change) for change in changes] == [
        "1.9 New: The code was added under 1 Rights.",
        "1.2 Human rights: The code is not there any more.",
        "2 Participation: The theme is not there any more.",
        "2.1 Voting: The code is not there any more.",
    ]


RULES = (CountingRule("full", "Full", 1), CountingRule("half", "Half", 2))
STATUSES = (
    Status("yes", "Yes", "Y", 1, values={"full": "1", "half": "1"}),
    Status("part", "Partly", "P", 2, values={"full": "1", "half": "1/2"}),
)


def told_of(*statuses: Status, rules: tuple[CountingRule, ...] = RULES) -> list[str]:
    changes = diff_vocabularies(Vocabulary(RULES, STATUSES), Vocabulary(rules, statuses))
    return [f"{change.kind} / {change}" for change in changes]


def test_a_changed_value_is_told_with_its_rule() -> None:
    assert told_of(*STATUSES) == []
    assert told_of(STATUSES[0], replace(STATUSES[1], values={"full": "1", "half": "1/3"})) == [
        "redefined / Status Partly: Its value under half was “1/2” and is now “1/3”."
    ]


def test_every_field_of_a_status_is_told() -> None:
    changed = Status("part", "In part", "I", 2, "Some.", {"full": "1"}, (Need.NOTE,), in_denominator=False)
    assert told_of(STATUSES[0], changed) == [
        "renamed / Status In part: Its name was “Partly” and is now “In part”.",
        "redefined / Status In part: Its mark was “P” and is now “I”.",
        "redefined / Status In part: Its definition is now “Some.”; there was none.",
        "redefined / Status In part: Its list of needs is now “note”; there was none.",
        "redefined / Status In part: Its place in the denominator was “yes” and is now “no”.",
        "redefined / Status In part: Its value under half was “1/2”; there is none now.",
    ]


def test_rules_and_statuses_that_come_go_and_change_places_are_told() -> None:
    rules = (CountingRule("full", "All", 1), CountingRule("own", "Own", 2))
    assert told_of(STATUSES[0], Status("no", "No", "N", 2), rules=rules) == [
        "renamed / Rule All: Its name was “Full” and is now “All”.",
        "added / Rule Own: The counting rule was added.",
        "removed / Rule Half: The counting rule is not there any more.",
        "added / Status No: The status was added.",
        "removed / Status Partly: The status is not there any more.",
    ]
    assert told_of(*reversed(STATUSES)) == [
        "moved / Statuses: Their order was yes, part and is now part, yes."
    ]


WORDS = st.sampled_from(["", "x", "y"])
LISTS = st.lists(st.sampled_from(["x", "y", "x | y"]), max_size=2).map(tuple)


@st.composite
def frameworks(draw: Any) -> Framework:
    ids = draw(st.lists(st.sampled_from("abcd"), unique=True, min_size=1))
    themes = [
        Theme(
            i, draw(st.sampled_from([None, *ids[:n]])), n + 1, draw(WORDS), draw(WORDS), draw(st.booleans())
        )
        for n, i in enumerate(ids)
    ]
    code_ids = draw(st.lists(st.sampled_from("pqrs"), unique=True))
    codes = [
        Code(
            code_id,
            draw(st.sampled_from(ids)),
            draw(st.integers(1, 3)),
            draw(WORDS),
            draw(WORDS),
            examples=draw(LISTS),
            origin=draw(st.sampled_from(Origin)),
            cues=draw(LISTS),
            wordings=draw(st.dictionaries(WORDS, WORDS, max_size=2)),
            other=draw(st.booleans()),
            described=draw(st.booleans()),
            state=draw(st.sampled_from(CodeState)),
            successors=draw(st.lists(st.sampled_from(code_ids), unique=True, max_size=2).map(tuple)),
        )
        for code_id in code_ids
    ]
    return Framework(themes, codes)


@given(frameworks())
def test_a_framework_does_not_differ_from_itself(framework: Framework) -> None:
    copied = Framework(list(framework.themes.values()), list(framework.codes.values()))
    assert diff_frameworks(framework, copied) == ()


@settings(max_examples=300, deadline=None)
@given(frameworks(), frameworks())
def test_every_difference_is_told_and_nothing_else(old: Framework, new: Framework) -> None:
    changes = diff_frameworks(old, new)
    assert (changes == ()) == (old.themes == new.themes and old.codes == new.codes)
    kinds = [change.kind for change in changes]
    come = len(new.themes.keys() - old.themes.keys()) + len(new.codes.keys() - old.codes.keys())
    gone = len(old.themes.keys() - new.themes.keys()) + len(old.codes.keys() - new.codes.keys())
    assert (kinds.count(ChangeKind.ADDED), kinds.count(ChangeKind.REMOVED)) == (come, gone)
    renamed = sum(new.codes[i].name != old.codes[i].name for i in new.codes.keys() & old.codes.keys())
    renamed += sum(new.themes[i].name != old.themes[i].name for i in new.themes.keys() & old.themes.keys())
    assert kinds.count(ChangeKind.RENAMED) == renamed
    assert all(change.detail.endswith(".") for change in changes)
