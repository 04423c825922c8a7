"""Codebooks beside and over each other: what they may take away, and what is told of counting."""

from __future__ import annotations

from dataclasses import replace

import pytest

from workbench.errors import Refused
from workbench.exchange.codebook import Codebook, default_vocabulary, read_codebook
from workbench.model.cell import CountingRule, Status
from workbench.stages import framework_versions, setup
from workbench.study.study import Study

SECOND = b"""
title: Kinds
question: Another question?
prefix: X
themes:
  - name: Services
    codes:
      - name: Desk
rules:
  - {id: own, label: Own}
statuses:
  - {id: "yes", label: "Yes", mark: "Y", values: {own: 2}, needs: [excerpt]}
  - {id: seldom, label: Seldom, mark: S, values: {own: 1}}
"""


@pytest.fixture
def counted(coded: Study) -> Study:
    """Give the study the usual rules and statuses."""
    rules, statuses = default_vocabulary()
    book = replace(framework_versions.current_codebook(coded), rules=rules, statuses=statuses)
    framework_versions.apply_codebook(coded, book, reason="The usual answers.")
    return coded


def vocabulary_book(*, rules: tuple[CountingRule, ...], statuses: tuple[Status, ...]) -> Codebook:
    return Codebook("", "", (), (), rules, statuses)


def test_a_second_framework_adds_rules_and_statuses_and_takes_none_away(counted: Study) -> None:
    rules, statuses = default_vocabulary()
    book = read_codebook("x.yaml", SECOND)
    told = framework_versions.preview_codebook(counted, book)
    assert told == framework_versions.apply_codebook(counted, book, reason="Beside.")
    assert "Status Yes: Its value under own is now “2”; there was none." in map(str, told)
    now = {status.id: status for status in counted.all(Status)}
    assert [rule.id for rule in counted.all(CountingRule, order="position")] == [
        *(rule.id for rule in rules),
        "own",
    ]
    assert [status.id for status in counted.all(Status, order="position")] == [
        *(status.id for status in statuses),
        "seldom",
    ]
    assert now["yes"].values == {"published": "1", "strict": "1", "half": "1", "own": "2"}
    assert all(now[status.id] == status for status in statuses if status.id != "yes")


def test_made_ids_of_a_second_framework_take_nothing_over(counted: Study) -> None:
    framework_versions.apply_codebook(counted, read_codebook("x.yaml", SECOND), reason="Beside.")
    tree = counted.framework
    assert (tree.number(tree.codes["desk"]), tree.number(tree.codes["x-desk"])) == ("1.1", "X1.1")


def test_ids_of_another_framework_are_refused_with_all_collisions_named(counted: Study) -> None:
    theme = counted.framework.roots()[0].id
    taken = SECOND.replace(b"- name: Services", f"- id: {theme}\n    name: Services".encode())
    book = read_codebook("x.yaml", taken.replace(b"- name: Desk", b"- {id: desk, name: Desk}"))
    before = counted.head
    told = (
        f"The id {theme} belongs to 1 Services; give it another id. "
        "The id desk belongs to 1.1 Desk; give it another id."
    )
    with pytest.raises(Refused, match=told):
        framework_versions.preview_codebook(counted, book)
    with pytest.raises(Refused, match=told):
        framework_versions.apply_codebook(counted, book, reason="Beside.")
    assert counted.head == before


def test_the_question_of_a_second_framework_does_not_replace_that_of_the_study(counted: Study) -> None:
    setup.change_setting(counted, "question", "The first?")
    framework_versions.apply_codebook(counted, read_codebook("x.yaml", SECOND), reason="Beside.")
    assert counted.setting("question") == "The first?"


def test_another_title_or_question_is_told_in_the_preview_and_between_versions(counted: Study) -> None:
    framework_versions.release(counted, reason="first")
    old = framework_versions.current_codebook(counted)
    book = replace(old, title="Rights", question="Who has them?")
    told = [str(change) for change in framework_versions.preview_codebook(counted, book)]
    assert told[0].startswith("Framework: Its title ")
    assert told[0].endswith("“Rights”; there was none." if not old.title else "and is now “Rights”.")
    assert told[1].startswith("Study: Its question ")
    assert len(told) == 2
    framework_versions.apply_codebook(counted, book, reason="A better name.")
    framework_versions.release(counted, reason="renamed")
    assert [str(change) for change in framework_versions.diff_versions(counted, 1, 2)] == told
    assert framework_versions.preview_codebook(counted, replace(book, title="", question="")) == []


def test_a_second_framework_brings_its_question_where_there_is_none(counted: Study) -> None:
    framework_versions.apply_codebook(counted, read_codebook("x.yaml", SECOND), reason="Beside.")
    assert counted.setting("question") == "Another question?"


def test_a_rule_under_which_a_status_has_a_value_stays(counted: Study) -> None:
    rules, statuses = default_vocabulary()
    with pytest.raises(Refused, match="The rule half cannot go: Yes, Yes but restricted, "):
        framework_versions.apply_codebook(
            counted, vocabulary_book(rules=rules[:2], statuses=()), reason="Fewer."
        )
    fewer = tuple(
        replace(status, values={rule: value for rule, value in status.values.items() if rule != "half"})
        for status in statuses
    )
    told = framework_versions.apply_codebook(
        counted, vocabulary_book(rules=rules[:2], statuses=fewer), reason="Fewer."
    )
    assert [rule.id for rule in counted.all(CountingRule, order="position")] == ["published", "strict"]
    assert "The counting rule is not there any more." in {change.detail for change in told}


def test_a_rule_under_which_nothing_counts_is_refused(counted: Study) -> None:
    rules, _ = default_vocabulary()
    book = vocabulary_book(rules=(*rules, CountingRule("own", "Own", 4)), statuses=())
    with pytest.raises(Refused, match="No status would have a value under the rule own"):
        framework_versions.apply_codebook(counted, book, reason="More.")


def test_a_mark_that_another_status_has_is_refused(counted: Study) -> None:
    book = read_codebook("x.yaml", SECOND.replace(b"mark: S", b"mark: R"))
    with pytest.raises(Refused, match="The mark R belongs to the status restricted; give seldom another"):
        framework_versions.apply_codebook(counted, book, reason="Beside.")


def test_a_changed_value_is_told_in_preview_apply_and_between_versions(counted: Study) -> None:
    framework_versions.release(counted, reason="First.")
    rules, statuses = default_vocabulary()
    changed = tuple(
        replace(status, values={**status.values, "half": "1/3"}) if status.id == "partial" else status
        for status in statuses
    )
    book = vocabulary_book(rules=rules, statuses=changed)
    told = framework_versions.preview_codebook(counted, book)
    assert [str(change) for change in told] == [
        "Status Partially: Its value under half was “1/2” and is now “1/3”."
    ]
    assert framework_versions.apply_codebook(counted, book, reason="A third.") == told
    assert framework_versions.diff_versions(counted, 1) == told
    framework_versions.release(counted, reason="Second.")
    assert framework_versions.diff_versions(counted, 1, 2) == told
