"""The history of a cell tells every decision about it, whoever's record it touched, and no others."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.matrix.small import build_small
from workbench.exchange.cell_history import CellDecision, history_of_cells
from workbench.exchange.charts import write_chart
from workbench.matrix.chart import build_chart
from workbench.model.cell import CellQuote
from workbench.stages import chart, register
from workbench.stages.history import history_of, undo
from workbench.study.study import Study


@pytest.fixture
def small(study: Study) -> Study:
    build_small(study)
    return study


def history(study: Study, cell_id: str = "Osaka.hate") -> list[CellDecision]:
    return list(history_of_cells(study, build_chart(study))[cell_id])


def test_what_is_written_linked_quoted_and_set_is_told_in_words(small: Study) -> None:
    chart.write_cell(small, "Hamamatsu", "hate", summary="They disagree.")
    chart.link_excerpts(small, "Hamamatsu", "hate", ["e-ja"])
    quote = chart.insert_quote(small, "Hamamatsu", "hate", "e-ja", "憎悪")
    chart.remove_quote(small, quote.id)
    chart.unlink_excerpt(small, "Hamamatsu", "hate", "e-ja")
    chart.add_footnote(small, "cell:Hamamatsu.hate", "Read with care.")
    told = {held.action: held.changes for held in history(small, "Hamamatsu.hate")}
    assert told["write cell"] == ("summary: They disagree.",)
    assert "added the link to “憎悪表現”" in told["link excerpts"]
    assert "added the quote “憎悪”" in told["insert quote"]
    assert "taken away the quote “憎悪”" in told["remove quote"]
    assert "taken away the link to “憎悪表現”" in told["unlink excerpt"]
    assert told["add footnote"] == ("added the footnote “Read with care.”",)
    assert {held.cell for held in history(small, "Hamamatsu.hate")} == {"Hamamatsu × 1.1 Hate speech law"}


def test_a_change_of_status_says_before_after_and_why(small: Study) -> None:
    chart.set_status(
        small, "Osaka", "hate", "restricted", note="Fines only.", reason="The law was read again."
    )
    last = history(small)[-1]
    assert last.changes[:2] == ("status: Yes but restricted (before: Yes)", "status note: Fines only.")
    assert (last.reason, last.coder, last.undone_by) == ("The law was read again.", "A. Mori", None)


def test_what_was_undone_says_by_which_decision(small: Study) -> None:
    chart.write_cell(small, "Osaka", "hate", summary="Another.")
    undone = undo(small)
    written, reversed_ = history(small)[-2:]
    assert written.undone_by == undone.seq
    assert (reversed_.action, reversed_.undone_by) == ("undo", None)
    assert "summary: The city bans it. (before: Another.)" in reversed_.changes


def test_searches_in_vain_are_among_it_where_there_is_no_cell(small: Study) -> None:
    register.assign_case(small, "d1", "Hamamatsu")
    chart.record_search(small, "Hamamatsu", "vote", documents=["d1"], terms=["投票", "vote"])
    assert history(small, "Hamamatsu.vote")[-1].changes == ("added a search in vain for 投票; vote",)


def test_it_holds_every_decision_that_touched_the_cell(small: Study) -> None:
    chart.write_cell(small, "Osaka", "hate", comment="Later.")
    chart.write_cell(small, "Osaka", "talk", comment="Elsewhere.")
    for cell_id in ("Osaka.hate", "Osaka.talk"):
        told = {held.seq for held in history(small, cell_id)}
        assert {decision.seq for decision in history_of(small, f"cell:{cell_id}")} <= told
    assert history(small)[-1].changes[0] == "comment: Later. (before: Early.)"


def test_links_to_excerpts_that_are_gone_keep_their_id(small: Study) -> None:
    from workbench.model.cell import CellExcerpt
    from workbench.model.decision import Verb

    gone = [f"cell-excerpt:{link.id}" for link in small.all(CellExcerpt, excerpt_id="e-ja")]
    codings = ["coding:k3"]
    small.decide(Verb.UNLINK_EXCERPT, "cell:Osaka.hate", remove=[*gone, *codings, "excerpt:e-ja"])
    assert "taken away the link to “e-ja”" in history(small)[-1].changes
    assert small.all(CellQuote)


def test_json_carries_it(small: Study) -> None:
    data: Any = json.loads(write_chart(small, format="json"))
    cell = next(each for each in data["cells"] if (each["case"], each["code"]) == ("Osaka", "hate"))
    assert [held["seq"] for held in cell["history"]] == [held.seq for held in history(small)]
    nothing = next(each for each in data["cells"] if (each["case"], each["code"]) == ("Hamamatsu", "vote"))
    assert nothing["history"] == []
