"""The lossless text form taken in anew; whatever a stranger may have put into the folder is refused."""

from __future__ import annotations

import hashlib
import json
import os
import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from workbench.errors import UnreadableFile
from workbench.exchange.lossless import CONTENTS, FORM, LOG, MANIFEST
from workbench.model.decision import GENESIS, Decision, Verb, canonical, decision_hash
from workbench.model.records import KINDS, FieldForm, forms, from_json, split_key
from workbench.study.log import Head
from workbench.study.rebuilding import build_study
from workbench.study.telling import Told

_HASH = re.compile(r"[0-9a-f]{64}")
_LARGEST_MANIFEST = 100_000_000
_LARGEST = 1_000_000_000
"""Bytes that SQLite holds in one value, and so the most that a content or a line of the log can have."""
_FIELDS = {field.name for field in fields(Decision)}
_WORDS = ("id", "at", "coder", "action", "subject", "reason", "program", "prev_hash", "hash")
_VERBS = {verb.label for verb in Verb}


@dataclass(frozen=True, slots=True)
class _Manifest:
    head: Head
    log_hash: str
    log_size: int
    contents: tuple[tuple[str, int], ...]


def import_text(folder: Path, path: Path, *, tell: Told) -> Head:
    """Make a study file from its text form, with the same log and the same tables; nothing is added to it.

    Raises UnreadableFile for a folder that is not of this form or whose sizes, hashes, chain or records do
    not hold, and Refused where `path` is taken. No link is followed and no name from the folder is used as a
    path: contents are looked for under their hashes only. Nothing is left behind where it fails.
    """
    if not folder.is_dir():
        raise UnreadableFile(f"{folder.name} is not a folder.", do="Name a folder that export wrote.")
    manifest = _manifest_of(folder)
    return build_study(
        path.absolute(),
        contents=_contents_of(folder, manifest, tell),
        decisions=_decisions_of(folder, manifest, tell),
        tell=tell,
    )


def _refused(place: str, what: str) -> UnreadableFile:
    return UnreadableFile(
        f"{place}: {what}", safe="No study was made.", do="Use the folder as the export wrote it."
    )


def _opened(path: Path, name: str, largest: int, *, size: int | None = None) -> int:
    """Open a plain file without following a link, and refuse one of another size than it should have."""
    try:
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
    except OSError as error:
        raise _refused(name, f"It cannot be read: {error.strerror}.") from error
    state = os.fstat(handle)
    wrong = "It is not a plain file." if not stat.S_ISREG(state.st_mode) else ""
    if not wrong and (state.st_size > largest if size is None else state.st_size != size):
        wrong = f"It has {state.st_size} bytes, not {size}." if size is not None else "It is too large."
    if wrong:
        os.close(handle)
        raise _refused(name, wrong)
    return handle


def _manifest_of(folder: Path) -> _Manifest:
    with os.fdopen(_opened(folder / MANIFEST, MANIFEST, _LARGEST_MANIFEST), "rb") as file:
        data = file.read(_LARGEST_MANIFEST)
    try:
        read = json.loads(data)
        if not isinstance(read, dict) or read.get("form") != FORM:
            raise _refused(MANIFEST, f"It is not of the form “{FORM}”.")
        log = read["log"]
        contents = tuple((_hash(each["sha256"]), _size(each["bytes"], _LARGEST)) for each in read["contents"])
        found = _Manifest(
            Head(_size(read["decisions"], _LARGEST), _hash(read["head"])),
            _hash(log["sha256"]),
            _size(log["bytes"], 1 << 50),
            contents,
        )
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise _refused(MANIFEST, f"It cannot be understood: {error}.") from error
    if len({digest for digest, _ in contents}) != len(contents) or not found.head.count:
        raise _refused(MANIFEST, "It names a content twice, or no decision.")
    if not stat.S_ISDIR(os.lstat(folder / CONTENTS).st_mode if contents else stat.S_IFDIR):
        raise _refused(CONTENTS, "It is not a folder.")
    return found


def _hash(value: Any) -> str:
    if not isinstance(value, str) or not _HASH.fullmatch(value):
        raise ValueError(f"{str(value)[:80]!r} is no SHA-256")
    return value


def _size(value: Any, largest: int) -> int:
    if type(value) is not int or not 0 <= value <= largest:
        raise ValueError(f"{str(value)[:80]!r} is no size")
    return value


def _contents_of(folder: Path, manifest: _Manifest, tell: Told) -> Iterator[tuple[str, bytes]]:
    for number, (digest, size) in enumerate(manifest.contents):
        tell("Contents", number, len(manifest.contents))
        name = f"{CONTENTS}/{digest}"
        with os.fdopen(_opened(folder / CONTENTS / digest, name, _LARGEST, size=size), "rb") as file:
            data = file.read(size)
        if hashlib.sha256(data).hexdigest() != digest:
            raise _refused(name, "Its bytes are not those that its name stands for.")
        yield digest, data


def _decisions_of(folder: Path, manifest: _Manifest, tell: Told) -> Iterator[Decision]:
    """Read and verify the log line by line; the last line is only good if the whole file is."""
    whole, previous, seq = hashlib.sha256(), GENESIS, 0
    with os.fdopen(_opened(folder / LOG, LOG, 0, size=manifest.log_size), "rb") as file:
        while line := file.readline(_LARGEST):
            seq += 1
            if seq % 100 == 0:
                tell("Decisions", seq, manifest.head.count)
            whole.update(line)
            decision = _decision(line, f"{LOG}, line {seq}")
            if (decision.seq, decision.prev_hash) != (seq, previous):
                raise _refused(f"{LOG}, line {seq}", "It does not follow the line before it.")
            previous = decision.hash
            yield decision
    if (seq, previous) != (manifest.head.count, manifest.head.hash):
        raise _refused(LOG, "It does not end where the manifest says.")
    if whole.hexdigest() != manifest.log_hash:
        raise _refused(LOG, "Its bytes are not those that the manifest names.")


def _decision(line: bytes, place: str) -> Decision:
    try:
        written = line.decode("utf-8")
        read = json.loads(written)
        if not isinstance(read, dict) or set(read) != _FIELDS:
            raise ValueError("it has not the fields of a decision")
        decision = Decision(**read)
        if canonical(read) + "\n" != written:
            raise ValueError("it is not in canonical form")
        if decision_hash(decision.payload()) != decision.hash:
            raise ValueError("it was changed after it was written")
        _refuse_strange(decision)
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise _refused(place, f"It cannot be taken in: {error}.") from error
    return decision


def _refuse_strange(decision: Decision) -> None:
    """Raise ValueError for what no decision of this program holds."""
    if not all(isinstance(getattr(decision, name), str) for name in _WORDS):
        raise ValueError("it holds a number in the place of words")
    if decision.action not in _VERBS:
        raise ValueError(f"there is no action {decision.action[:80]!r}; a newer program may know it")
    _size(decision.seq, _LARGEST)
    _size(decision.framework_version, _LARGEST)
    if decision.reverses is not None:
        _size(decision.reverses, decision.seq - 1)
    turns = decision.action in (Verb.UNDO.label, Verb.REDO.label)
    if turns != (decision.reverses is not None):
        raise ValueError("it says wrongly what it reverses")
    for records in (decision.before, decision.after):
        if not isinstance(records, dict):
            raise ValueError("its records are no map")
        for key, data in records.items():
            _refuse_strange_record(key, data)


def _refuse_strange_record(key: str, data: Any) -> None:
    kind, identifier = split_key(key)
    if kind not in KINDS or not isinstance(data, dict) or data.get("id") != identifier or not identifier:
        raise ValueError(f"{key[:80]!r} is no record")
    known = {form.name: form for form in forms(kind)}
    for name, value in data.items():
        if name not in known or not _fits(value, known[name]):
            raise ValueError(f"{name[:80]!r} does not belong into {key[:80]!r}")
    from_json(kind, data)


def _fits(value: Any, form: FieldForm) -> bool:
    if value is None:
        return form.optional
    if form.shape == "list":
        return isinstance(value, list) and all(isinstance(item, str) for item in value)
    if form.shape == "map":
        return isinstance(value, dict) and all(isinstance(item, str) for item in value.values())
    if form.shape == "integer":
        return type(value) is int
    return isinstance(value, bool if form.shape == "truth" else str)
