"""Finding decisions: whatever is asked for, the answer is that of a plain look at every decision."""

from __future__ import annotations

import random
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.study.test_past import WORDS, steps
from workbench.errors import StudyFileError
from workbench.model.case import Case, CaseDocument
from workbench.model.cell import SearchRecord
from workbench.model.decision import Decision, Verb
from workbench.model.decision_filter import STAGES, DecisionFilter
from workbench.model.records import Setting, split_key
from workbench.stages.history import decisions_that_fit, finder
from workbench.study.decision_finding import decisions_numbered
from workbench.study.file import as_of, create_study
from workbench.study.schema import ANCHORED, TABLES
from workbench.study.study import Study

KEYS = [
    "case:c",
    "case:c9",
    "document:d",
    "code:k",
    "code:k2",
    "theme:t",
    "excerpt:e1",
    "coding:q2",
    "memo:m1",
]
WANTED = st.builds(
    DecisionFilter,
    coder=st.sampled_from(["", "A. Mori", "B. Sato", "nobody"]),
    stage=st.sampled_from(["", *STAGES]),
    action=st.sampled_from(["", *{verb.label for verb in Verb if verb.stage in ("study", "history")}]),
    key=st.sampled_from(["", "", "setting:bulk 1", "case:c", "memo:m1"]),
    about=st.lists(st.sampled_from(KEYS), max_size=2, unique=True).map(tuple),
    since=st.sampled_from(["", "", "2030-01-01T00:05:00.000Z"]),
    until=st.sampled_from(["", "", "2030-01-01T00:10:00.000Z", "2000"]),
    reason=st.sampled_from(["", "", "why", "WHY ｎｏｔ", "人権"]),
    words=st.sampled_from(["", "", "RIGHTS", "人権", '"quoted"', "cut", "bulk mori", "\\u0000", "nowhere"]),
)


def belongs_to(key: str, data: dict[str, Any]) -> set[str]:
    kind, _ = split_key(key)
    parents = {
        f"{parent}:{data[field]}" for field, parent in TABLES[kind].references.items() if data.get(field)
    }
    return parents | ({data["anchor"]} if kind in ANCHORED else set())


def everything_of(decisions: list[Decision], key: str) -> set[str]:
    links = []
    for decision in decisions:
        for child, data in decision.after.items():
            links += [(parent, child) for parent in belongs_to(child, data)]
            if child.startswith("case-document:"):
                links.append((f"case:{data['case_id']}", f"document:{data['document_id']}"))
            if child.startswith("search:"):
                links.append((f"cell:{data['case_id']}.{data['code_id']}", child))
    found = {key}
    while more := {child for parent, child in links if parent in found} - found:
        found |= more
    return found


def holds(said: str, words: str) -> bool:
    import json
    import unicodedata

    def fold(text: str) -> str:
        return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())

    return all(
        fold(word) in fold(said) or fold(json.dumps(word, ensure_ascii=False)[1:-1]) in fold(said)
        for word in words.split()
    )


def plainly(study: Study, wanted: DecisionFilter) -> list[int]:
    from workbench.model.decision import canonical

    decisions = study.decisions()
    about = [everything_of(decisions, key) for key in wanted.about]

    def fits(one: Decision) -> bool:
        records = [canonical(one.before), canonical(one.after)]
        return (
            wanted.coder in ("", one.coder)
            and wanted.stage in ("", Verb.named(one.action).stage)
            and wanted.action in ("", one.action)
            and (not wanted.key or wanted.key in one.keys)
            and all(each & one.keys for each in about)
            and one.at >= wanted.since
            and (not wanted.until or one.at <= wanted.until)
            and holds(one.reason, wanted.reason)
            and holds("\n".join([one.coder, one.action, one.subject, one.reason, *records]), wanted.words)
        )

    return [one.seq for one in decisions if fits(one)]


def made(folder: str, seed: int, count: int) -> Study:
    study = create_study(Path(folder) / "s.workbench", title="T", coder="A. Mori")
    moments = (datetime(2030, 1, 1, tzinfo=UTC) + timedelta(minutes=n) for n in range(1000))
    study.clock = lambda: next(moments)
    rng = random.Random(seed)
    steps(study, rng, count)
    study.decide(Verb.ADD_CASE, "case:c9", put=[Case("c9", "Kyoto", 2), CaseDocument.of("c9", "d")])
    search = SearchRecord("c9.k", "c9", "k", ("d",), ("rights",), "A. Mori", "2030-01-01")
    study.decide(Verb.RECORD_SEARCH, "search:c9.k", put=[search])
    study.coder = "B. Sato"
    for word in WORDS[1:4]:
        study.decide(
            Verb.CHANGE_SETTING, f"setting:{word}", put=[Setting(word, "x")], reason=f"Why not: {word}"
        )
    return study


@given(seed=st.integers(0, 10**6), count=st.integers(0, 30), asked=st.lists(WANTED, min_size=5, max_size=12))
@settings(max_examples=30, deadline=None)
def test_filters_equal_a_plain_filter(seed: int, count: int, asked: list[DecisionFilter]) -> None:
    with tempfile.TemporaryDirectory() as folder, made(folder, seed, count) as study:
        find = finder(study).find
        for wanted in [*asked, DecisionFilter()]:
            expected = plainly(study, wanted)
            assert list(find(wanted)) == expected[::-1]
            assert [one.seq for one in decisions_that_fit(study, wanted, latest=3)] == expected[-3:]


def test_what_was_found_before_does_not_hide_what_came_since(tmp_path: Path) -> None:
    with made(str(tmp_path), 1, 5) as study:
        find = finder(study).find
        before = list(find(DecisionFilter(about=("case:c9",))))
        study.decide(Verb.ADD_CASE, "case:c9", put=[Case("c9", "Kyōto", 2)])
        assert list(find(DecisionFilter(about=("case:c9",)))) == [study.head.count, *before]


def test_a_search_that_was_left_does_not_stand_in_the_way_of_the_next(tmp_path: Path) -> None:
    with made(str(tmp_path), 1, 20) as study:
        find = finder(study).find
        wanted = DecisionFilter(about=("case:c",))
        begun = find(wanted)
        assert next(begun)
        begun.close()
        assert list(find(wanted)) == plainly(study, wanted)[::-1]


def test_the_past_is_searched_only_to_its_end(tmp_path: Path) -> None:
    with made(str(tmp_path), 1, 20) as study, as_of(study, 8) as past:
        for wanted in (DecisionFilter(), DecisionFilter(about=("case:c",)), DecisionFilter(words="mori")):
            expected = [seq for seq in plainly(study, wanted) if seq <= 8]
            assert [one.seq for one in decisions_that_fit(past, wanted)] == expected


def test_decisions_are_read_in_the_order_asked_for(tmp_path: Path) -> None:
    with made(str(tmp_path), 1, 3) as study:
        assert [one.seq for one in decisions_numbered(study, [3, 1, 2])] == [3, 1, 2]


def test_a_log_that_does_not_parse_is_told_plainly(tmp_path: Path) -> None:
    with made(str(tmp_path), 1, 3) as study:
        study.connection.execute("UPDATE decisions SET \"after\" = '{' WHERE seq = 2")
        with pytest.raises(StudyFileError, match="cannot be read"):
            list(finder(study).find(DecisionFilter(about=("case:c",))))


def test_asking_about_one_case_replaces_another() -> None:
    wanted = DecisionFilter().with_kind("case", "case:a").with_kind("code", "code:k")
    assert wanted.with_kind("case", "case:b").about == ("code:k", "case:b")
    assert wanted.with_kind("case", "").about == ("code:k",)
    assert (wanted.of_kind("case"), wanted.of_kind("document")) == ("case:a", "")
