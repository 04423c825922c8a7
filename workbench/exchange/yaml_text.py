"""Canonical YAML: one way to write every value, so that equal content is equal text.

The dialect is small (mappings, lists, strings) and reads back the same in YAML 1.1 and 1.2.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence

Value = str | int | Sequence["Value"] | Mapping[str, "Value"]
"""Truths and whole numbers are written bare; strings that look like them are quoted."""

_PLAIN = re.compile(r"[^\W\d_][\w ,./()'’“”%+-]*(?<! )")
"""Begins with a letter and holds nothing that YAML could take for a sign."""
_NOT_A_STRING = frozenset(["y", "yes", "n", "no", "true", "false", "on", "off", "null", "nan", "inf"])
_BLOCK = re.compile(r"[^\s](?:[^\n]*[^\s])?(?:\n+[^\s](?:[^\n]*[^\s])?)+")
"""Lines that neither begin nor end with white space, and no newline at the end."""
_NEVER_RAW = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]")
"""What YAML forbids, folds or loses unless it is escaped."""
_LONGEST_KEY = 1000
"""YAML reads a key without `?` only up to 1,024 characters."""


def yaml_text(value: Mapping[str, Value]) -> str:
    """Write a mapping as a YAML file; keys in the order given."""
    return "".join(line + "\n" for line in _mapping(value)) or "{}\n"


def _mapping(value: Mapping[str, Value]) -> list[str]:
    lines: list[str] = []
    for key, item in value.items():
        head = f"{_scalar(key)}:"
        if len(head) > _LONGEST_KEY:
            lines.append(f"? {head[:-1]}")
            head = ":"
        if isinstance(item, str | int):
            lines += _under(head, item)
        elif isinstance(item, Mapping):
            lines += [head, *_indented(_mapping(item))] if item else [f"{head} {{}}"]
        else:
            lines += [head, *_indented(_list(item))] if item else [f"{head} []"]
    return lines


def _list(items: Sequence[Value]) -> list[str]:
    lines: list[str] = []
    for item in items:
        if isinstance(item, str | int):
            lines += _under("-", item)
        else:
            inner = _mapping(item) if isinstance(item, Mapping) else _list(item)
            first, *rest = inner or ["{}"]
            lines += [f"- {first}", *_indented(rest)]
    return lines


def _under(head: str, text: str | int) -> list[str]:
    if isinstance(text, int):
        return [f"{head} {str(text).lower()}"]
    if _BLOCK.fullmatch(text) and not _NEVER_RAW.search(text):
        return [f"{head} |-", *_indented(text.split("\n"))]
    return [f"{head} {_scalar(text)}"]


def _indented(lines: Sequence[str]) -> list[str]:
    return ["  " + line if line else line for line in lines]


def _scalar(text: str) -> str:
    if _PLAIN.fullmatch(text) and text.casefold() not in _NOT_A_STRING and not _NEVER_RAW.search(text):
        return text
    quoted = json.dumps(text, ensure_ascii=False)
    return _NEVER_RAW.sub(lambda match: f"\\u{ord(match[0]):04x}", quoted)
