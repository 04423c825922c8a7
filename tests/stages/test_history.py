from __future__ import annotations

from datetime import UTC, datetime

import pytest

from workbench.errors import WrongUsage
from workbench.stages import history, register
from workbench.study.study import Study


def on(study: Study, year: int, case: str) -> int:
    study.clock = lambda: datetime(year, 6, 1, tzinfo=UTC)
    register.add_case(study, case)
    return study.head.count


def at(year: int) -> datetime:
    return datetime(year, 1, 1, tzinfo=UTC)


def test_a_time_names_the_last_decision_before_it(study: Study) -> None:
    first, last = on(study, 2030, "Osaka"), on(study, 2040, "Kyoto")
    assert history.decision_at(study, at(2035)) == first
    assert history.decision_at(study, at(2045)) == last
    assert history.backward_steps(study) == []
    with pytest.raises(WrongUsage, match="did not exist"):
        history.decision_at(study, at(1990))


def test_a_clock_that_ran_backwards_is_told_and_leaves_no_false_past(study: Study) -> None:
    ahead, back = on(study, 2040, "Osaka"), on(study, 1999, "Kyoto")
    assert [step[0] for step in history.backward_steps(study)] == [back]
    with pytest.raises(WrongUsage, match="clock ran backwards after decision 1"):
        history.decision_at(study, at(2000))
    assert history.decision_at(study, at(2050)) == back == ahead + 1
