"""Read queries for whole editions of indices: one for all answers, never one for each indicator."""

from __future__ import annotations

from typing import Any

from workbench.model.index_edition import AnswerExcerpt, IndexAnswer, IndicatorMapping
from workbench.study.rows import record_of, select_sql
from workbench.study.study import Study


def answers_of_edition(study: Study, edition_id: str) -> list[IndexAnswer]:
    """List all answers to the indicators of an edition, by indicator, case and date."""
    order = "i.position, i.id, r.case_id, r.as_of"
    return _read(
        study, "index-answer", "JOIN indicator_records i ON i.id = r.indicator_id", edition_id, order
    )


def answered_in_edition(study: Study, edition_id: str) -> list[tuple[str, str]]:
    """List the (case id, date) that anything in an edition is answered for."""
    query = (
        "SELECT DISTINCT r.case_id, r.as_of FROM index_answer_records r "
        "JOIN indicator_records i ON i.id = r.indicator_id WHERE i.edition_id = ? ORDER BY 1, 2"
    )
    return study.connection.execute(query, (edition_id,)).fetchall()


def answers_of_case(study: Study, edition_id: str, case_id: str, as_of: str) -> list[IndexAnswer]:
    """List the answers of an edition for one case as of one date."""
    query = (
        f"{select_sql('index-answer', 'r.')} r JOIN indicator_records i ON i.id = r.indicator_id "
        "WHERE r.case_id = ? AND r.as_of = ? AND i.edition_id = ? ORDER BY i.position, i.id"
    )
    return [
        record_of("index-answer", row)
        for row in study.connection.execute(query, (case_id, as_of, edition_id))
    ]


def mappings_of_edition(study: Study, edition_id: str) -> list[IndicatorMapping]:
    """List which codes stand for the indicators of an edition."""
    joins = "JOIN indicator_records i ON i.id = r.indicator_id"
    return _read(study, "indicator-mapping", joins, edition_id, "i.position, i.id, r.id")


def answer_excerpts_of_edition(study: Study, edition_id: str) -> list[AnswerExcerpt]:
    """List the excerpts that answers of an edition rest on."""
    joins = (
        "JOIN index_answer_records a ON a.id = r.answer_id JOIN indicator_records i ON i.id = a.indicator_id"
    )
    return _read(study, "answer-excerpt", joins, edition_id, "r.id")


def _read(study: Study, kind: str, joins: str, edition_id: str, order: str) -> list[Any]:
    query = f"{select_sql(kind, 'r.')} r {joins} WHERE i.edition_id = ? ORDER BY {order}"
    return [record_of(kind, row) for row in study.connection.execute(query, (edition_id,))]
