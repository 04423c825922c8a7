"""The log: whatever is done to it behind the program's back is found."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.errors import NothingChanged, ReasonMissing, Refused
from workbench.model.case import Case
from workbench.model.decision import GENESIS, Verb, canonical, decision_hash
from workbench.stages import familiarise, framework, history, register
from workbench.study.check import check_study
from workbench.study.file import check_replay
from workbench.study.log import verify_chain
from workbench.study.study import Study


def ten_cases(study: Study) -> None:
    for number in range(10):
        study.decide(Verb.ADD_CASE, f"case:c{number}", put=[Case(f"c{number}", f"City {number}", number)])


def rewrite_from(
    connection: sqlite3.Connection, first: int, change: Callable[[dict[str, object]], None]
) -> None:
    """Forge the log from a decision on, with every hash made anew, as a careful forger would."""
    columns = [row[1] for row in connection.execute("PRAGMA table_info(decisions)")]
    previous = connection.execute("SELECT hash FROM decisions WHERE seq = ?", (first - 1,)).fetchone()[0]
    rows = connection.execute("SELECT * FROM decisions WHERE seq >= ? ORDER BY seq", (first,)).fetchall()
    for row in rows:
        payload = dict(zip(columns, row, strict=True))
        payload["before"], payload["after"] = json.loads(payload["before"]), json.loads(payload["after"])
        payload.pop("hash")
        if payload["seq"] == first:
            change(payload)
        payload["prev_hash"] = previous
        previous = decision_hash(payload)
        connection.execute(
            "UPDATE decisions SET reason = ?, prev_hash = ?, hash = ? WHERE seq = ?",
            (payload["reason"], payload["prev_hash"], previous, payload["seq"]),
        )


TAMPERING = {
    "an edited reason": "UPDATE decisions SET reason = 'better' WHERE seq = 5",
    "an edited record": "UPDATE decisions SET \"after\" = replace(\"after\", 'City', 'Town') WHERE seq = 5",
    "an edited coder": "UPDATE decisions SET coder = 'Somebody else' WHERE seq = 5",
    "an edited time": "UPDATE decisions SET at = '2020-01-01T00:00:00.000Z' WHERE seq = 5",
    "a deleted decision": "DELETE FROM decisions WHERE seq = 5",
    "two decisions swapped": "UPDATE decisions SET seq = CASE seq WHEN 5 THEN -6 WHEN 6 THEN -5 END "
    "WHERE seq IN (5, 6); UPDATE decisions SET seq = -seq WHERE seq < 0",
    "unreadable JSON": "UPDATE decisions SET \"after\" = '{' WHERE seq = 5",
    "a forged hash": "UPDATE decisions SET hash = '" + "f" * 64 + "' WHERE seq = 5",
}


@pytest.mark.parametrize("sql", TAMPERING.values(), ids=TAMPERING.keys())
def test_tampering_inside_the_log_is_found_at_its_place(study: Study, sql: str) -> None:
    ten_cases(study)
    assert list(verify_chain(study.connection)) == []
    study.connection.executescript(sql)
    places = [finding.place for finding in verify_chain(study.connection)]
    assert places
    assert places[0] in ("decision 5", "decision 6")


def test_a_log_cut_short_is_found_only_with_a_head_that_left_the_file(study: Study) -> None:
    ten_cases(study)
    head = study.head.hash
    study.connection.execute("DELETE FROM decisions WHERE seq > 8")
    assert list(verify_chain(study.connection)) == []
    assert [f.place for f in verify_chain(study.connection, against=head)] == ["end of the log"]


def test_a_log_cut_short_disagrees_with_the_tables(study: Study) -> None:
    ten_cases(study)
    study.connection.execute("DELETE FROM decisions WHERE seq > 8")
    assert "case:c7" in {finding.place for finding in check_replay(study)}


def test_a_rewritten_log_is_found_with_a_head_that_left_the_file(study: Study) -> None:
    ten_cases(study)
    head = study.head.hash
    rewrite_from(study.connection, 4, lambda payload: payload.update(reason="invented"))
    assert list(verify_chain(study.connection)) == []
    assert list(verify_chain(study.connection, against=head)) != []


def test_an_older_head_verifies_while_the_log_only_grew(study: Study) -> None:
    ten_cases(study)
    head = study.head.hash
    register.add_case(study, "Osaka")
    assert list(verify_chain(study.connection, against=head)) == []


def test_the_first_decision_follows_nothing(study: Study) -> None:
    assert study.decision(1).prev_hash == GENESIS
    assert study.decision(1).action == Verb.CREATE_STUDY.label


def test_a_table_changed_behind_the_log_is_found(study: Study) -> None:
    ten_cases(study)
    study.connection.execute("UPDATE case_records SET name = 'Forged' WHERE id = 'c3'")
    assert [finding.place for finding in check_study(study)] == ["case:c3"]


def test_a_reason_is_obligatory_for_every_verb_that_needs_one(study: Study) -> None:
    ten_cases(study)
    for verb in Verb:
        if verb.needs_reason:
            with pytest.raises(ReasonMissing):
                study.decide(verb, "case:c1", remove=["case:c1"], reason=" \n")
    assert study.head.count == 11


def test_nobody_decides_anonymously(study: Study) -> None:
    study.coder = ""
    with pytest.raises(Refused, match="Nobody is named"):
        register.add_case(study, "Osaka")


def test_a_decision_that_changes_nothing_is_not_written(study: Study) -> None:
    case = register.add_case(study, "Osaka")
    with pytest.raises(NothingChanged):
        study.decide(Verb.EDIT_CASE, f"case:{case.id}", put=[case])
    assert study.head.count == 2


def test_a_failing_action_leaves_neither_record_nor_decision(study: Study) -> None:
    with pytest.raises(Refused, match="another with the same"):
        study.decide(Verb.ADD_CASE, "case:x", put=[Case("x", "Same", 1), Case("y", "Same", 2)])
    assert study.count(Case) == 0
    assert study.head.count == 1


def test_undo_survives_closing_and_opening(tmp_path: Path) -> None:
    from workbench.study.file import create_study, open_study

    made = create_study(tmp_path / "s.workbench", title="T", coder="A. Mori")
    register.add_case(made, "Osaka")
    register.add_case(made, "Kawasaki")
    made.close()
    again = open_study(tmp_path / "s.workbench", coder="A. Mori")
    history.undo(again)
    history.undo(again)
    assert again.count(Case) == 0
    again.close()
    third = open_study(tmp_path / "s.workbench", coder="A. Mori")
    history.redo(third)
    assert [case.name for case in third.all(Case)] == ["Osaka"]
    third.close()


def test_undo_takes_only_the_coders_own_decisions(study: Study) -> None:
    register.add_case(study, "Osaka")
    study.coder = "J. Berg"
    register.add_case(study, "Kawasaki")
    study.coder = "A. Mori"
    history.undo(study)
    assert [case.name for case in study.all(Case)] == ["Kawasaki"]
    with pytest.raises(Refused, match="nothing of yours"):
        history.undo(study)


def test_undo_refuses_and_names_the_work_that_rests_on_it(study: Study) -> None:
    case = register.add_case(study, "Osaka")
    register.edit_case(study, case.id, name="Ōsaka")
    with pytest.raises(Refused, match=r"3 edit case by A\. Mori"):
        history.undo(study, 2)


def test_undo_refuses_to_bring_back_what_has_nothing_to_stand_on(study: Study) -> None:
    case = register.add_case(study, "Osaka")
    memo = familiarise.write_memo(study, f"case:{case.id}", "look again")
    familiarise.remove_memo(study, memo.id)
    register.remove_case(study, case.id, reason="not in scope")
    with pytest.raises(Refused, match="5 remove case"):
        history.undo(study, 4)
    assert check_study(study) == []


def test_undo_refuses_a_name_that_is_taken_by_now(study: Study) -> None:
    case = register.add_case(study, "Osaka")
    register.edit_case(study, case.id, name="Osaka city")
    register.add_case(study, "Osaka")
    with pytest.raises(Refused, match=r"[Ll]ater work rests on it"):
        history.undo(study, 3)
    assert check_study(study) == []


def test_undo_refuses_to_put_a_theme_below_itself(study: Study) -> None:
    upper, lower = framework.add_theme(study, "Upper"), framework.add_theme(study, "Lower")
    framework.move_theme(study, lower.id, upper.id, reason="belongs there")
    framework.move_theme(study, lower.id, None, reason="does not belong there")
    framework.move_theme(study, upper.id, lower.id, reason="the other way round")
    with pytest.raises(Refused, match=r"below itself.*6 move theme"):
        history.undo(study, 5)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
    max_leaves=12,
)


@given(JSON)
def test_canonical_json_reads_back_and_is_the_same_in_any_order(value: object) -> None:
    written = canonical(value)
    assert json.loads(written) == value
    assert canonical(json.loads(written)) == written


@given(st.floats())
def test_a_float_never_enters_the_log(number: float) -> None:
    with pytest.raises(ValueError, match="float"):
        canonical({"deep": [{"inside": number}]})
