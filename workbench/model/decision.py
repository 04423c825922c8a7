"""Decisions: the one log that everything else is a view of."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import Enum
from json.encoder import encode_basestring
from types import NoneType
from typing import Any

Records = Mapping[str, Any]
GENESIS = "0" * 64
"""Previous hash of the first decision."""


class Verb(Enum):
    """The closed list of what a decision can be: (name in the log, stage, reason is obligatory)."""

    def __init__(self, label: str, stage: str, needs_reason: bool) -> None:
        self.label = label
        self.stage = stage
        self.needs_reason = needs_reason

    CREATE_STUDY = ("create study", "study", False)
    CHANGE_SETTING = ("change setting", "study", False)
    RESTORE_BACKUP = ("restore backup", "study", True)
    ADD_REDACTION = ("redact term", "study", True)
    REMOVE_REDACTION = ("lift redaction", "study", True)

    ADD_CASE = ("add case", "familiarise", False)
    EDIT_CASE = ("edit case", "familiarise", False)
    REORDER_CASES = ("reorder cases", "familiarise", False)
    REMOVE_CASE = ("remove case", "familiarise", True)
    IMPORT_TEXTS = ("import texts", "familiarise", False)
    EDIT_DOCUMENT = ("edit document", "familiarise", False)
    EXCLUDE_DOCUMENT = ("exclude document", "familiarise", True)
    READMIT_DOCUMENT = ("readmit document", "familiarise", True)
    ASSIGN_CASE = ("assign document to case", "familiarise", False)
    UNASSIGN_CASE = ("take document from case", "familiarise", True)
    DESCRIBE_TEXT = ("describe text", "familiarise", False)
    APPROVE_TEXT = ("approve text", "familiarise", True)
    ALIGN_TEXTS = ("align texts", "familiarise", False)
    LINK_STRETCHES = ("link stretches", "familiarise", False)
    UNLINK_STRETCHES = ("unlink stretches", "familiarise", False)
    CONFIRM_LINKS = ("confirm links", "familiarise", False)
    JOIN_UNITS = ("join units", "familiarise", False)
    SPLIT_UNIT = ("split unit", "familiarise", False)
    VERIFY_TRANSLATION = ("verify translation", "familiarise", False)
    REMOVE_VERIFICATION = ("remove verification", "familiarise", True)
    ADD_TERM = ("add term", "familiarise", True)
    EDIT_TERM = ("edit term", "familiarise", True)
    REMOVE_TERM = ("remove term", "familiarise", True)
    ANSWER_CHECK = ("answer translation check", "familiarise", True)
    WITHDRAW_CHECK_ANSWER = ("withdraw answer", "familiarise", False)
    RECORD_PROGRESS = ("record reading progress", "familiarise", False)
    MARK_READING = ("mark reading", "familiarise", False)
    SET_BOOKMARKS = ("set bookmarks", "familiarise", False)
    WRITE_MEMO = ("write memo", "familiarise", False)
    EDIT_MEMO = ("edit memo", "familiarise", False)
    REMOVE_MEMO = ("remove memo", "familiarise", False)

    ADD_THEME = ("add theme", "framework", False)
    EDIT_THEME = ("edit theme", "framework", True)
    MOVE_THEME = ("move theme", "framework", True)
    RETIRE_THEME = ("retire theme", "framework", True)
    RESTORE_THEME = ("restore theme", "framework", True)
    ADD_CODE = ("add code", "framework", False)
    ADOPT_IDEA = ("turn idea into code", "framework", False)
    EDIT_CODE = ("edit code", "framework", True)
    MOVE_CODE = ("move code", "framework", True)
    MERGE_CODES = ("merge codes", "framework", True)
    SPLIT_CODE = ("split code", "framework", True)
    RETIRE_CODE = ("retire code", "framework", True)
    RESTORE_CODE = ("restore code", "framework", True)
    APPLY_CODEBOOK = ("apply codebook", "framework", True)
    RELEASE_FRAMEWORK = ("release framework", "framework", True)

    CODE_PASSAGE = ("code passage", "index", False)
    UNCODE = ("uncode", "index", False)
    RECODE = ("recode", "index", False)
    CODE_HITS = ("code hits", "index", True)
    CODE_IN_VIVO = ("code in vivo", "index", False)
    RESIZE_CODING = ("resize coding", "index", False)
    SPLIT_CODING = ("split coding", "index", False)
    MERGE_CODINGS = ("merge codings", "index", False)
    FLAG_DOUBT = ("flag doubt", "index", False)
    CLEAR_DOUBT = ("clear doubt", "index", False)
    CONFIRM_CODING = ("confirm coding", "index", True)
    CARRY_EXCERPTS = ("carry excerpts", "index", True)
    PLACE_EXCERPT = ("place excerpt", "index", False)
    KEEP_EXCERPT = ("keep excerpt", "index", True)
    SUGGEST_CODE = ("suggest code", "index", False)
    ACCEPT_SUGGESTION = ("accept suggestion", "index", False)
    REJECT_SUGGESTION = ("reject suggestion", "index", False)
    POSTPONE_SUGGESTION = ("postpone suggestion", "index", False)
    MARK_REVIEWED = ("mark passage reviewed", "index", False)
    UNMARK_REVIEWED = ("unmark passage reviewed", "index", False)

    WRITE_CELL = ("write cell", "chart", False)
    LINK_EXCERPTS = ("link excerpts", "chart", False)
    UNLINK_EXCERPT = ("unlink excerpt", "chart", False)
    INSERT_QUOTE = ("insert quote", "chart", False)
    REMOVE_QUOTE = ("remove quote", "chart", False)
    SET_STATUS = ("set status", "chart", False)
    CHANGE_STATUS = ("change status", "chart", True)
    SET_STATUSES = ("set status of cells", "chart", True)
    MARK_CELL = ("mark cell", "chart", False)
    CLEAR_STALE = ("clear staleness", "chart", True)
    RECORD_SEARCH = ("record search", "chart", False)
    ADD_FOOTNOTE = ("add footnote", "chart", False)
    REMOVE_FOOTNOTE = ("remove footnote", "chart", False)
    SAVE_CHART = ("save chart", "chart", False)
    REMOVE_CHART = ("remove chart", "chart", False)
    INSERT_EXTRACTS = ("insert extracts", "chart", False)
    REMOVE_CELL = ("remove cell", "chart", True)

    IMPORT_EDITION = ("import index edition", "chart", False)
    EDIT_EDITION = ("edit index edition", "chart", True)
    REMOVE_EDITION = ("remove index edition", "chart", True)
    EDIT_INDICATOR = ("edit indicator", "chart", True)
    MAP_INDICATOR = ("map indicator", "chart", False)
    ANSWER_INDICATOR = ("answer indicator", "chart", False)
    CHANGE_ANSWER = ("change answer", "chart", True)

    MAKE_CLAIM = ("make claim", "interpret", False)
    EDIT_CLAIM = ("edit claim", "interpret", False)
    LINK_EVIDENCE = ("link evidence", "interpret", False)
    UNLINK_EVIDENCE = ("unlink evidence", "interpret", False)
    REMOVE_CLAIM = ("remove claim", "interpret", True)

    UNDO = ("undo", "history", False)
    REDO = ("redo", "history", False)

    @classmethod
    def named(cls, label: str) -> Verb:
        """Find a verb by its name in the log."""
        return _BY_LABEL[label]


_BY_LABEL = {verb.label: verb for verb in Verb}

PASSED_OVER_BY_UNDO = frozenset(
    {
        Verb.RECORD_PROGRESS,
        Verb.SET_BOOKMARKS,
        Verb.UNDO,
        Verb.REDO,
        Verb.CREATE_STUDY,
        Verb.RESTORE_BACKUP,
    }
)
"""Verbs that "undo the latest" steps over: bookkeeping, reversals themselves, the birth of the study
and its restores."""

LOOKS_AT_CODINGS = frozenset(
    {
        Verb.CODE_PASSAGE,
        Verb.CODE_HITS,
        Verb.CODE_IN_VIVO,
        Verb.ACCEPT_SUGGESTION,
        Verb.RECODE,
        Verb.RESIZE_CODING,
        Verb.SPLIT_CODING,
        Verb.MERGE_CODINGS,
        Verb.CONFIRM_CODING,
    }
)
"""Verbs by which a coder looks at a passage under the definition a code has then."""


@dataclass(frozen=True, slots=True)
class Decision:
    """One record of the log; `before` and `after` map record keys to whole records."""

    seq: int
    id: str
    at: str
    """UTC, ISO 8601. The order of the log is `seq`, never this."""
    coder: str
    action: str
    subject: str
    """Key of the record the decision is about, such as `coding:g7k2m9qx4ab`."""
    before: Records
    """The touched records that existed, as they were."""
    after: Records
    """The touched records that exist now, as they are."""
    reason: str
    framework_version: int
    reverses: int | None
    """For undo and redo: seq of the decision that is reversed or done again."""
    program: str
    prev_hash: str
    hash: str

    @property
    def keys(self) -> set[str]:
        """Name every record the decision touched."""
        return set(self.before) | set(self.after)

    def payload(self) -> dict[str, Any]:
        """Give what is hashed: every field but the hash itself."""
        return {name: getattr(self, name) for name in _PAYLOAD}


_PAYLOAD = (
    "seq",
    "id",
    "at",
    "coder",
    "action",
    "subject",
    "before",
    "after",
    "reason",
    "framework_version",
    "reverses",
    "program",
    "prev_hash",
)


def canonical(value: object) -> str:
    """Write JSON in the one form that is hashed: sorted keys, no spaces, UTF-8, no floats.

    Raises ValueError for a float anywhere inside: its text would not be the same everywhere.
    """
    _refuse_floats(value)
    return _written(value)


def canonical_records(records: Records) -> str:
    """Write records that `to_json` made in canonical form: there are no floats in them to look for."""
    return _written(records)


def _written(value: object) -> str:
    return _ENCODER.encode(value)


_ENCODER = json.JSONEncoder(sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def _no_float(digits: str) -> float:
    raise ValueError(f"{digits} is a float, which cannot be in the log")


_DECODER = json.JSONDecoder(parse_float=_no_float, parse_constant=_no_float)


def records_of(written: str) -> dict[str, Any]:
    """Read records that stand in the log; raises ValueError where they are not written in canonical form."""
    if written == "{}":
        return {}
    records = _DECODER.decode(written)
    if type(records) is not dict or _ENCODER.encode(records) != written:
        raise ValueError("it is not written in canonical form")
    return records


def _refuse_floats(value: object) -> None:
    """Look through nested lists and maps with a stack: a bulk decision holds tens of thousands of values."""
    waiting: list[Any] = [value]
    while waiting:
        item = waiting.pop()
        kind = type(item)
        if kind is str:
            continue
        if kind is dict:
            waiting.extend(item.values())
        elif kind is list or kind is tuple:
            waiting.extend(item)
        elif isinstance(item, float):
            raise ValueError("a float cannot go into the log")


def decision_json(payload: Mapping[str, Any], before: str, after: str) -> str:
    """Write the canonical JSON of a decision whose `before` and `after` are written already."""
    written = [start + _WRITERS.get(type(payload[name]), canonical)(payload[name]) for name, start in _PLAIN]
    return f'{{{written[0]},"after":{after},{written[1]},"before":{before},{",".join(written[2:])}}}'


_PLAIN = tuple((name, f'"{name}":') for name in sorted({*_PAYLOAD} - {"before", "after"}))
"""Fields beside the records, by name: `after` is the second of all, `before` the fourth."""

_WRITERS: dict[type, Callable[[Any], str]] = {str: encode_basestring, int: str, NoneType: lambda _: "null"}
"""How the values of fields are written: none of them needs an encoder that looks into it."""


def decision_hash(payload: Mapping[str, Any]) -> str:
    """Hash the canonical JSON of a decision without its hash (SHA-256, hexadecimal)."""
    return hash_of_json(canonical(payload))


def hash_of_json(written: str) -> str:
    """Hash JSON as it is written (SHA-256 of its UTF-8, hexadecimal)."""
    return hashlib.sha256(written.encode()).hexdigest()


def as_in_log(moment: datetime) -> str:
    """Write a moment as the log does: UTC, ISO 8601, to the millisecond."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
