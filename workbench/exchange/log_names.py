"""Names that people know beside the ids of the log: what records were called when they were decided on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from workbench.model.decision import Decision
from workbench.model.records import split_key
from workbench.study.schema import TABLES

_TITLES = ("label", "name", "key", "title", "file_name")
"""Fields that name a record, the best first."""
_PARTS = (("case_id", "code_id"), ("code_id", "excerpt_id"), ("text_id",), ("cell_id",), ("claim_id",))
"""References that together name a record without a name of its own, the best first."""
_BETWEEN = {"case_id": " × ", "code_id": " in "}


class LogNames:
    """What records are called, learned decision by decision in the order of the log."""

    def __init__(self) -> None:
        self._names: dict[str, str] = {}

    def follow(self, decision: Decision) -> None:
        """Learn what a decision calls its records; what is removed keeps its name."""
        made = [(key, data) for key, data in decision.after.items() if data is not None]
        for key, data in sorted(made, key=lambda pair: _depth(split_key(pair[0])[0])):
            name = self._name(split_key(key)[0], data)
            if name:
                self._names[key] = name

    def of(self, key: str) -> str:
        """Name a record by its key; empty where nothing names it."""
        return self._names.get(key, "")

    def of_field(self, kind: str, field: str, value: Any) -> str:
        """Name what a field of a record refers to; empty where it refers to nothing, or that has no name."""
        refers_to = TABLES[kind].references.get(field) if kind in TABLES else None
        return self.of(f"{refers_to}:{value}") if refers_to else ""

    def _name(self, kind: str, data: Mapping[str, Any]) -> str:
        if kind == "text":
            document = self.of(f"document:{data['document_id']}")
            return f"{document}, {data['language']}" if data.get("language") else document
        title = next((str(data[field]) for field in _TITLES if data.get(field)), "")
        if title:
            return title
        fields = next((parts for parts in _PARTS if all(data.get(part) for part in parts)), ())
        named = [(self.of_field(kind, field, data[field]), _BETWEEN.get(field, "")) for field in fields]
        return "".join(f"{name}{joined}" for name, joined in named[:-1]) + named[-1][0] if named else ""


def _depth(kind: str) -> int:
    """Count how many kinds a record of a kind may rest on: what others are named by comes first."""
    return 1 + max(
        (_depth(parent) for parent in TABLES[kind].references.values() if parent != kind), default=0
    )
