"""Tables as they are today: one per kind of record, beside the log and the contents.

Only `decisions` and `contents` are primary. Every other table is a view that replay rebuilds from them.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from workbench.model.records import forms

APPLICATION_ID = 0x46575742
"""`FWWB`, written into the SQLite header so that the file can be told from any other."""

VERSION = 6
"""Schema version this program writes; a file with a larger one is newer than the program."""

PRIMARY = ("decisions", "contents")
LOG_TABLES: dict[str, dict[str, type]] = {
    "decisions": {
        "seq": int,
        "id": str,
        "at": str,
        "coder": str,
        "action": str,
        "subject": str,
        "before": str,
        "after": str,
        "reason": str,
        "framework_version": int,
        "reverses": int,
        "program": str,
        "prev_hash": str,
        "hash": str,
    },
    "contents": {"hash": str, "bytes": bytes},
    "touches": {"key": str, "seq": int},
    "undone": {"seq": int, "by_seq": int},
    "owner": {"id": int, "coder": str, "host": str, "pid": int, "at": str},
}
"""Columns of the tables beside those of the records; `owner` says who has the file open for writing."""


@dataclass(frozen=True, slots=True)
class Table:
    """The table of one kind of record."""

    kind: str
    references: dict[str, str] = field(default_factory=dict)
    """Column -> kind it refers to."""
    unique: tuple[tuple[str, ...], ...] = ()
    lookups: tuple[tuple[str, ...], ...] = ()
    """Columns to look records up by, beside the references."""

    @property
    def name(self) -> str:
        """Give the name of the table."""
        return self.kind.replace("-", "_") + "_records"

    @property
    def columns(self) -> dict[str, type]:
        """Give column names and their storage types."""
        return {form.name: int if form.shape in ("integer", "truth") else str for form in forms(self.kind)}


TABLES: dict[str, Table] = {
    table.kind: table
    for table in (
        Table("setting"),
        Table("case", unique=(("name",),)),
        Table("document", unique=(("key",),)),
        Table("case-document", {"case_id": "case", "document_id": "document"}),
        Table(
            "text",
            {"document_id": "document", "translates": "text", "revises": "text"},
            unique=(("original_hash", "part", "document_id"),),
        ),
        Table("unit-cut", {"text_id": "text"}),
        Table("alignment", {"source_id": "text", "target_id": "text"}),
        Table("link", {"source_id": "text", "target_id": "text"}),
        Table("verification", {"text_id": "text"}),
        Table("term", unique=(("language", "target_language", "term"),)),
        Table("check-answer", {"source_id": "text", "target_id": "text"}),
        Table("reading", {"text_id": "text"}),
        Table("theme", {"parent_id": "theme"}),
        Table("code", {"theme_id": "theme"}),
        Table("framework-version"),
        Table("rule"),
        Table("status"),
        Table("excerpt", {"text_id": "text"}, unique=(("text_id", "start", "end"),)),
        Table("left-behind", {"excerpt_id": "excerpt", "text_id": "text"}),
        Table("suggestion", {"text_id": "text", "code_id": "code"}),
        Table(
            "coding",
            {"excerpt_id": "excerpt", "code_id": "code"},
            unique=(("excerpt_id", "code_id", "coder"),),
        ),
        Table("reviewed", {"text_id": "text"}),
        Table("cell", {"case_id": "case", "code_id": "code", "status_id": "status"}),
        Table("cell-excerpt", {"cell_id": "cell", "excerpt_id": "excerpt"}),
        Table("cell-quote", {"cell_id": "cell", "excerpt_id": "excerpt"}),
        Table("search", {"case_id": "case", "code_id": "code"}),
        Table("footnote", lookups=(("anchor",),)),
        Table("chart", {"theme_id": "theme"}, unique=(("name",),)),
        Table("claim"),
        Table("claim-cell", {"claim_id": "claim", "cell_id": "cell"}),
        Table("claim-excerpt", {"claim_id": "claim", "excerpt_id": "excerpt"}),
        Table("index-edition", unique=(("name", "edition"),)),
        Table(
            "indicator",
            {"edition_id": "index-edition", "part_of": "indicator"},
            unique=(("edition_id", "number"),),
        ),
        Table("indicator-mapping", {"indicator_id": "indicator", "code_id": "code"}),
        Table("index-answer", {"indicator_id": "indicator", "case_id": "case"}),
        Table("answer-excerpt", {"answer_id": "index-answer", "excerpt_id": "excerpt"}),
        Table("printed-score", {"edition_id": "index-edition", "case_id": "case"}),
        Table("memo", lookups=(("anchor",),)),
    )
}

ANCHORED = ("memo", "footnote")
"""Kinds whose `anchor` may name a record of any kind."""


def referring(kind: str) -> list[tuple[Table, str]]:
    """List the tables and columns that refer to records of a kind by a foreign key."""
    return [
        (table, column)
        for table in TABLES.values()
        for column, target in table.references.items()
        if target == kind
    ]
