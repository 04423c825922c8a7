"""The fields of a YAML mapping, read as what they shall be; mistakes are noted, and reading goes on."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from enum import StrEnum
from typing import TypeVar

from workbench.exchange.yaml_nodes import Items, Mistakes, Node, Pairs, Place, Words

S = TypeVar("S", bound=StrEnum)
_NUMBER = re.compile(r"[1-9][0-9]{0,5}")


def _kind(node: Node) -> str:
    if isinstance(node, Pairs):
        return "a mapping"
    return "a list" if isinstance(node, Items) else "words"


def _is_nothing(node: Node) -> bool:
    return isinstance(node, Words) and node.nothing


def _nearest(wanted: str, known: Sequence[str]) -> str:
    near = get_close_matches(wanted, known, 1, 0.6)
    return f"; did you mean {near[0]}?" if near else f"; known: {', '.join(known)}"


class FieldReader:
    """Opens mappings; every mistake goes to one list."""

    def __init__(self, mistakes: Mistakes) -> None:
        self.mistakes = mistakes

    def mapping(self, node: Node, what: str, known: Sequence[str]) -> Fields:
        """Open a node that should be a mapping with some known keys."""
        return Fields(self, node, what, self.pairs(node, what, known))

    def pairs(self, node: Node, what: str, known: Sequence[str] | None) -> dict[str, tuple[Node, Node]]:
        """Read the keys of a mapping, each once; with None any key is known."""
        if not isinstance(node, Pairs):
            if not _is_nothing(node):
                self.mistakes.add(node.place, f"{what} should be a mapping, not {_kind(node)}")
            elif known is not None:
                self.mistakes.add(node.place, f"{what} is empty")
            return {}
        found: dict[str, tuple[Node, Node]] = {}
        for key, value in node.pairs:
            if not isinstance(key, Words):
                self.mistakes.add(key.place, f"a key should be words, not {_kind(key)}")
            elif known is not None and key.value not in known:
                near = _nearest(key.value, known)
                self.mistakes.add(key.place, f"unknown key {key.value} in {what}{near}")
            elif key.value in found:
                first = found[key.value][0].place.line
                self.mistakes.add(key.place, f"the key {key.value} is already on line {first}")
            else:
                found[key.value] = (key, value)
        return found

    def words(self, node: Node, what: str) -> str:
        """Read a node that should be words."""
        if isinstance(node, Words):
            return node.value
        self.mistakes.add(node.place, f"{what} should be words, not {_kind(node)}")
        return ""

    def plain(self, node: Node, what: str) -> object:
        """Read a node as strings, lists and dicts; a key that comes twice is a mistake."""
        if isinstance(node, Words):
            return node.value
        if isinstance(node, Items):
            return [self.plain(item, what) for item in node.items]
        pairs = self.pairs(node, what, None)
        return {key: self.plain(value, what) for key, (_, value) in pairs.items()}

    def nodes(self, node: Node, what: str) -> tuple[Node, ...]:
        """Read a node that should be a list."""
        if isinstance(node, Items):
            return node.items
        if not _is_nothing(node):
            self.mistakes.add(node.place, f"{what} should be a list, not {_kind(node)}")
        return ()


class Fields:
    """One mapping, opened."""

    def __init__(
        self, reader: FieldReader, node: Node, what: str, found: dict[str, tuple[Node, Node]]
    ) -> None:
        self._reader = reader
        self._node = node
        self._what = what
        self._found = found

    def place(self, name: str) -> Place:
        """Give the place of a field, or of the mapping where the field is not there."""
        if name in self._found:
            return self._found[name][1].place
        return self._node.place

    def text(self, name: str) -> str:
        """Read words; empty where there are none."""
        return self._reader.words(self._found[name][1], name) if name in self._found else ""

    def needed(self, name: str) -> str:
        """Read words that must be there."""
        words = self.text(name)
        if not words.strip() and isinstance(self._node, Pairs):
            self._mistake(name, f"{self._what} has no {name}")
        return words

    def texts(self, name: str) -> tuple[str, ...]:
        """Read a list of words."""
        if name not in self._found:
            return ()
        nodes = self._reader.nodes(self._found[name][1], name)
        for node in nodes:
            if _is_nothing(node):
                self._reader.mistakes.add(node.place, f"an item of {name} is empty")
        return tuple(self._reader.words(node, f"an item of {name}") for node in nodes)

    def texts_by_key(self, name: str) -> dict[str, str]:
        """Read a mapping from words to words."""
        if name not in self._found:
            return {}
        pairs = self._reader.pairs(self._found[name][1], name, None)
        return {key: self._reader.words(value, f"{key} in {name}") for key, (_, value) in pairs.items()}

    def values(self, name: str) -> list[tuple[Place, object]]:
        """Read a list of anything: its words, lists and mappings, each with its place."""
        if name not in self._found:
            return []
        nodes = self._reader.nodes(self._found[name][1], name)
        return [(node.place, self._reader.plain(node, f"an item of {name}")) for node in nodes]

    def items(self, name: str, what: str, known: Sequence[str]) -> Iterator[Fields]:
        """Open each mapping of a list."""
        if name in self._found:
            for node in self._reader.nodes(self._found[name][1], name):
                yield self._reader.mapping(node, what, known)

    def number(self, name: str, default: int) -> int:
        """Read a whole number from 1."""
        words = self.text(name)
        if not words:
            return default
        if not _NUMBER.fullmatch(words):
            self._mistake(name, f"{name} should be a whole number from 1, not {words}")
            return default
        return int(words)

    def truth(self, name: str, default: bool) -> bool:
        """Read true or false."""
        words = self.text(name)
        if not words:
            return default
        if words not in ("true", "false"):
            self._mistake(name, f"{name} should be true or false, not {words}")
        return words == "true"

    def choice(self, name: str, known: tuple[S, ...], default: S) -> S:
        """Read one of some known words."""
        words = self.text(name)
        return (self._known(name, words, known) or default) if words else default

    def choices(self, name: str, known: tuple[S, ...]) -> tuple[S, ...]:
        """Read a list of known words."""
        read = [self._known(name, words, known) for words in self.texts(name)]
        return tuple(member for member in read if member is not None)

    def _known(self, name: str, words: str, known: tuple[S, ...]) -> S | None:
        for member in known:
            if member.value == words:
                return member
        self._mistake(name, f"unknown {name} {words}{_nearest(words, known)}")
        return None

    def _mistake(self, name: str, what: str) -> None:
        self._reader.mistakes.add(self.place(name), what)
