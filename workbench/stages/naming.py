"""Names that people know, for the keys and ids that the log knows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from workbench.errors import Refused
from workbench.model.records import split_key
from workbench.study.study import StillInUse, Study

Data = Mapping[str, Any]


@contextmanager
def holders_named(study: Study) -> Iterator[None]:
    """Let a refusal to remove what others refer to name these by what people call them."""
    try:
        yield
    except StillInUse as error:
        names = Names(study)
        shown = ", ".join(f"{split_key(key)[0]} {names.of(key)}" for key in error.holders[:_SHOWN])
        more = f" and {len(error.holders) - _SHOWN} more" if len(error.holders) > _SHOWN else ""
        raise Refused(
            f"{split_key(error.key)[0]} {names.of(error.key)} is still used by {shown}{more}.",
            do="Take those away first, or undo the decisions that made them.",
        ) from error


_SHOWN = 5
"""Records that a refusal names."""
_TITLES = ("label", "name", "term", "title", "key", "quote", "content", "statement", "file_name", "value")
"""Fields that name a record, the best first."""

_LONGEST = 60

_KIND_OF_ID = {
    "case_id": "case",
    "code_id": "code",
    "theme_id": "theme",
    "parent_id": "theme",
    "document_id": "document",
    "text_id": "text",
    "source_id": "text",
    "target_id": "text",
    "translates": "text",
    "revises": "text",
    "excerpt_id": "excerpt",
    "cell_id": "cell",
    "claim_id": "claim",
    "status_id": "status",
    "became": "code",
    "edition_id": "index-edition",
    "indicator_id": "indicator",
    "part_of": "indicator",
    "answer_id": "index-answer",
}


_OWNERS = ("cell_id", "claim_id", "answer_id", "indicator_id")
"""Fields that name what a record belongs to, where it has no name of its own."""


class Names:
    """Name records of a study, those that are gone by what the log kept of them."""

    def __init__(self, study: Study, kept: Mapping[str, Data] | None = None) -> None:
        """Name records of a study; `kept` holds, by key, what the log kept of others."""
        self._study = study
        self._kept = kept or {}
        self._known: dict[str, str] = {}

    def of(self, key: str, data: Data | None = None) -> str:
        """Name a record by its key; `data` is what the log kept where it may be gone."""
        if data is not None:
            return self._named(key, data)
        if key not in self._known:
            self._known[key] = self._named(key, self._study.by_key(key) or self._kept.get(key, {}))
        return self._known[key]

    def of_field(self, field: str, value: Any) -> str:
        """Write the value of a field as people read it: ids by name, lists and maps spelled out."""
        if value is None or value == "":
            return "nothing"
        if isinstance(value, Mapping):
            return "; ".join(f"{name}: {item}" for name, item in value.items()) or "nothing"
        if isinstance(value, list | tuple):
            return "; ".join(map(str, value)) or "nothing"
        kind = _KIND_OF_ID.get(field)
        return self.of(f"{kind}:{value}") if kind else str(value)

    def _named(self, key: str, data: Data) -> str:
        kind, identifier = split_key(key)
        if "case_id" in data and "code_id" in data:
            return f"{self.of('case:' + data['case_id'])} × {self.of('code:' + data['code_id'])}"
        if "source_id" in data:
            return f"{self.of('text:' + data['source_id'])} ↔ {self.of('text:' + data['target_id'])}"
        if "case_id" in data and "indicator_id" in data:
            return f"{self.of('case:' + data['case_id'])} × {self.of('indicator:' + data['indicator_id'])}"
        if kind == "code" and (code := self._study.framework.codes.get(identifier)) is not None:
            return self._study.framework.label(code)
        if kind == "coding" and "code_id" in data:
            excerpt = self.of(f"excerpt:{data['excerpt_id']}")
            return f"{self.of('code:' + data['code_id'])} on {excerpt}"
        if kind == "suggestion" and "code_id" in data:
            return f"{self.of('code:' + data['code_id'])} in {self.of('text:' + data['text_id'])}"
        if kind in ("left-behind", "verification", "unit-cut"):
            held = f"excerpt:{data['excerpt_id']}" if kind == "left-behind" else f"text:{data['text_id']}"
            return self.of(held)
        if kind == "setting":
            return identifier
        owner = next((field for field in _OWNERS if field in data), "")
        if owner and "content" not in data:
            return self.of_field(owner, data[owner])
        title = next((str(data[field]) for field in _TITLES if data.get(field)), identifier)
        title = title.replace("\n", " ")
        return title if len(title) <= _LONGEST else title[:_LONGEST] + "…"
