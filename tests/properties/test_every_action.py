"""The promise of the log, held for every verb: replay gives the tables, undo restores them exactly."""

from __future__ import annotations

import random
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from unittest import mock

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.errors import UnsatisfiedAssumption
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from tests.properties.actions import ACTIONS, SETUP_ONLY
from workbench.errors import Refused, WorkbenchError
from workbench.exchange.codebook import Codebook, default_vocabulary
from workbench.model import identity
from workbench.model.case import Case
from workbench.model.cell import Cell, CellState
from workbench.model.claim import ClaimKind
from workbench.model.coder import is_person
from workbench.model.decision import Verb
from workbench.model.framework import Code, Theme
from workbench.model.index_edition import Indicator
from workbench.model.memo import MemoKind
from workbench.model.records import KINDS
from workbench.model.text import Passage, Text
from workbench.sources import read_bytes
from workbench.stages import chart, editions, familiarise, framework_versions, history, index, interpret
from workbench.stages.importing import ImportPlan, importing
from workbench.stages.invariants import broken_rules
from workbench.stages.reindex import waiting_codings
from workbench.study.check import check_study
from workbench.study.file import as_of, check_replay, create_study, open_study
from workbench.study.rows import quoted
from workbench.study.schema import TABLES
from workbench.study.study import Study


def tables(study: Study) -> dict[str, list[Any]]:
    """Read every view of a study."""
    return {
        kind: study.connection.execute(f"SELECT * FROM {quoted(TABLES[kind].name)} ORDER BY id").fetchall()
        for kind in KINDS
    }


def small_codebook() -> Codebook:
    rules, statuses = default_vocabulary()
    themes = (Theme("a", None, 1, "Rights"), Theme("b", None, 2, "Participation"))
    codes = (
        Code("a1", "a", 1, "Hate speech"),
        Code("a2", "a", 2, "Human rights"),
        Code("b1", "b", 1, "Voting"),
    )
    return Codebook("Two themes", "What is there?", themes, codes, rules, statuses)


def test_every_verb_of_the_log_is_tried() -> None:
    assert set(ACTIONS) | SETUP_ONLY == set(Verb)


def begin_work(study: Study) -> None:
    """Do one of everything that other actions rest on, so that they are not all refused."""
    with importing(study, ImportPlan(case="Osaka")) as run:
        run.add(
            "z.txt", b"Rights for all.\nAnd votes.\n", read_bytes("z.txt", b"Rights for all.\nAnd votes.\n")
        )
    case, text = study.all(Case)[0], study.all(Text)[0]
    [coding] = index.code_passage(study, text.id, Passage(0, 6), ["a1"])
    familiarise.note_passage(study, text.id, Passage(7, 10), "an idea", kind=MemoKind.IDEA)
    chart.link_excerpts(study, case.id, "a1", [coding.excerpt_id])
    chart.write_cell(study, case.id, "a1", summary="Rights.")
    chart.mark_cell(study, case.id, "a1", CellState.CHARTED)
    claim = interpret.make_claim(study, ClaimKind.CONCEPT, "Rights", statement="Rights are named.")
    interpret.link_cell(study, claim.id, Cell.key(case.id, "a1"))
    editions.edition_from_framework(study, "Openness", edition="2020", reference_date="2019")
    [indicator, *_] = study.all(Indicator, number="1.1")
    editions.answer_indicator(study, indicator.id, case.id, "50", excerpt_ids=[coding.excerpt_id])


class EveryAction(RuleBasedStateMachine):
    """Do anything in any order, and look after each step."""

    @initialize()
    def begin(self) -> None:
        self.chance = mock.patch.object(identity.secrets, "randbits", random.Random(7).getrandbits)
        self.chance.start()
        self.folder = tempfile.TemporaryDirectory()
        self.path = Path(self.folder.name) / "every.workbench"
        self.now = datetime(2026, 1, 1, tzinfo=UTC)
        self.study = self.with_clock(create_study(self.path, title="Every action", coder="A. Mori"))
        self.study.connection.execute("PRAGMA synchronous = OFF")
        framework_versions.apply_codebook(self.study, small_codebook(), reason="start")
        begin_work(self.study)
        self.pasts: dict[int, dict[str, list[Any]]] = {}
        self.remember()

    def with_clock(self, study: Study) -> Study:
        study.clock = lambda: self.now
        return study

    def remember(self) -> None:
        self.pasts[self.study.head.count] = tables(self.study)

    @rule(data=st.data(), verb=st.sampled_from(list(ACTIONS)))
    def act(self, data: Any, verb: Verb) -> None:
        before, head = tables(self.study), self.study.head
        try:
            ACTIONS[verb](self.study, data.draw)
        except UnsatisfiedAssumption:
            assert self.study.head == head
            return
        except WorkbenchError as refusal:
            assert str(refusal)
            assert (tables(self.study), self.study.head) == (before, head)
            return
        if self.study.head == head:
            assert tables(self.study) == before
            return
        if self.study.head.count == head.count + 2:  # What a method suggests stands before the answer.
            suggested = self.study.decision(head.count + 1)
            assert not is_person(suggested.coder)
            assert suggested.action == Verb.SUGGEST_CODE.label
            with as_of(self.study, suggested.seq) as past:
                before = tables(past)
        else:
            assert self.study.head.count == head.count + 1, "one action, one decision"
        self.remember()
        done = self.study.decision(self.study.head.count)
        assert list(broken_rules(self.study, done)) == []
        if done.action not in (Verb.UNDO.label, Verb.REDO.label):
            self.turn_back_and_forth(done.seq, before)

    def turn_back_and_forth(self, seq: int, before: dict[str, list[Any]]) -> None:
        after = tables(self.study)
        history.undo(self.study, seq)
        assert tables(self.study) == before, "undo restores the tables exactly"
        self.remember()
        history.redo(self.study)
        assert tables(self.study) == after, "redo restores them again"
        self.remember()

    @rule(data=st.data())
    def look_back(self, data: Any) -> None:
        seq = data.draw(st.sampled_from(sorted(self.pasts)))
        past = as_of(self.study, seq)
        assert past.head.count == seq
        assert past.head.hash == self.study.decision(seq).hash
        assert tables(past) == self.pasts[seq], "the past is what it was"
        past.close()

    @rule(data=st.data())
    def undo_any(self, data: Any) -> None:
        seq = data.draw(st.integers(1, self.study.head.count))
        before = tables(self.study)
        try:
            history.undo(self.study, seq)
        except Refused:
            assert tables(self.study) == before
        else:
            self.remember()

    @rule(name=st.sampled_from(["A. Mori", "J. Berg"]))
    def another_coder_takes_over(self, name: str) -> None:
        self.study.coder = name

    @rule(minutes=st.integers(-100, 100))
    def the_clock_moves(self, minutes: int) -> None:
        self.now += timedelta(minutes=minutes)

    @rule()
    def the_program_is_restarted(self) -> None:
        coder, before = self.study.coder, tables(self.study)
        self.study.close()
        self.study = self.with_clock(open_study(self.path, coder=coder))
        self.study.connection.execute("PRAGMA synchronous = OFF")
        assert tables(self.study) == before

    def teardown(self) -> None:
        if hasattr(self, "study"):
            assert check_replay(self.study) == []
            assert check_study(self.study) == []
            assert all(each.why for each in waiting_codings(self.study)), "what waits has a reason"
            self.study.close()
            self.chance.stop()
            self.folder.cleanup()


EveryAction.TestCase.settings = settings(
    max_examples=50,
    stateful_step_count=60,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
TestEveryAction = EveryAction.TestCase
