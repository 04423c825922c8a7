"""YAML as a tree of strings with places: no types are guessed, no tags obeyed, every mistake has a line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import yaml

from workbench.errors import UnreadableFile

LARGEST = 5_000_000
"""Bytes of a file that is read at all."""
DEEPEST = 100
"""Lists and mappings inside each other."""
_SURROGATE = re.compile("[\ud800-\udfff]")
_LISTED = 200
"""Mistakes told in one message."""


@dataclass(frozen=True, slots=True)
class Place:
    """A line and a column of a file, both from 1; the column in code points."""

    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Words:
    """A scalar."""

    place: Place
    value: str
    nothing: bool = False
    """Whether nothing was written at all; quoted emptiness is something."""


@dataclass(frozen=True, slots=True)
class Items:
    """A list."""

    place: Place
    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Pairs:
    """A mapping, with keys that may come twice."""

    place: Place
    pairs: tuple[tuple[Node, Node], ...]


Node = Words | Items | Pairs


@dataclass(frozen=True, slots=True, order=True)
class Mistake:
    """Something in a file that cannot be used."""

    line: int
    """From 1; 0 where it is about the file as a whole."""
    column: int
    """In code points, from 1."""
    what: str


class BadCodebook(UnreadableFile):
    """A file of people's YAML, mostly a codebook, that cannot be used, with every mistake found in it."""

    def __init__(self, name: str, mistakes: list[Mistake], what: str = "codebook") -> None:
        self.mistakes = tuple(sorted(mistakes))
        """In the order of the file."""
        lines = [_placed(name, mistake) for mistake in self.mistakes[:_LISTED]]
        if len(self.mistakes) > _LISTED:
            lines.append(f"… and {len(self.mistakes) - _LISTED} more.")
        number = "one mistake" if len(self.mistakes) == 1 else f"{len(self.mistakes)} mistakes"
        super().__init__("\n".join([f"The {what} {name} has {number}:", *lines]), do="Mend the file.")

    def __str__(self) -> str:
        return f"{self.what}\n{self.safe} {self.do}"


def _placed(name: str, mistake: Mistake) -> str:
    place = f"{name}, line {mistake.line}, column {mistake.column}" if mistake.line else name
    return f"{place}: {mistake.what}"


@dataclass(slots=True)
class Mistakes:
    """The mistakes of one file, gathered while it is read."""

    name: str
    found: list[Mistake] = field(default_factory=list)
    what: str = "codebook"
    """What the file is."""

    def add(self, place: Place, what: str) -> None:
        """Note a mistake at a place."""
        self.found.append(Mistake(place.line, place.column, what))

    def stop(self, what: str, line: int = 0, column: int = 0) -> BadCodebook:
        """Make the error for a mistake after which reading cannot go on."""
        return BadCodebook(self.name, [*self.found, Mistake(line, column, what)], self.what)

    def settle(self) -> None:
        """Raise BadCodebook where there are any."""
        if self.found:
            raise BadCodebook(self.name, self.found, self.what)


def tree_of(data: bytes, mistakes: Mistakes) -> Node:
    """Read YAML into nodes whose scalars are all strings; raises BadCodebook where there is no tree."""
    content = _decoded(data, mistakes)
    try:
        return _Composer(content, mistakes).document()
    except yaml.reader.ReaderError as error:
        before = content[: error.position]
        line, column = before.count("\n") + 1, error.position - before.rfind("\n")
        shown = f"U+{error.character:04X}" if isinstance(error.character, int) else "this character"
        raise mistakes.stop(f"{shown} may not stand in YAML as it is", line, column) from error
    except (ValueError, OverflowError) as error:
        raise mistakes.stop("an escape in quotes names a character that does not exist") from error
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        told = " ".join(part for part in (error.context, error.problem) if part)
        line, column = (mark.line + 1, mark.column + 1) if mark else (0, 0)
        raise mistakes.stop(f"this is not YAML ({told})", line, column) from error


def _decoded(data: bytes, mistakes: Mistakes) -> str:
    if len(data) > LARGEST:
        raise mistakes.stop(f"the file is larger than {LARGEST // 1_000_000} MB")
    try:
        content = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start]
        line, column = before.count(b"\n") + 1, error.start - before.rfind(b"\n")
        raise mistakes.stop("the file is not UTF-8; save it as UTF-8", line, column) from error
    if not content.strip():
        raise mistakes.stop("the file is empty")
    return content


class _Composer:
    """Turns the events of the parser into nodes, and stops before they are nested too deep."""

    def __init__(self, content: str, mistakes: Mistakes) -> None:
        self._events = yaml.parse(content, Loader=yaml.SafeLoader)
        self._mistakes = mistakes

    def document(self) -> Node:
        root: Node | None = None
        for event in self._events:
            if isinstance(event, yaml.DocumentStartEvent):
                if root is not None:
                    raise self._stop(event, f"a second document begins here; a {self._mistakes.what} is one")
                root = self._node(next(self._events), 0)
        if root is None:
            raise self._mistakes.stop("the file holds only comments")
        return root

    def _node(self, event: yaml.Event, depth: int) -> Node:
        if depth > DEEPEST:
            raise self._stop(event, f"more than {DEEPEST} lists and mappings inside each other")
        place = _place(event)
        if isinstance(event, yaml.AliasEvent):
            self._mistakes.add(place, f"the alias *{event.anchor} is not allowed; write it out")
            return Words(place, "", nothing=True)
        self._refuse_machinery(event, place)
        if isinstance(event, yaml.ScalarEvent):
            if not event.value.isascii() and _SURROGATE.search(event.value):
                self._mistakes.add(place, "an escape such as \\ud800 is half a character")
            return Words(place, event.value, nothing=not event.value and event.style is None)
        if isinstance(event, yaml.SequenceStartEvent):
            return Items(place, tuple(self._until(yaml.SequenceEndEvent, depth)))
        nodes = list(self._until(yaml.MappingEndEvent, depth))
        return Pairs(place, tuple(zip(nodes[::2], nodes[1::2], strict=True)))

    def _until(self, end: type[yaml.Event], depth: int) -> Iterator[Node]:
        while not isinstance(event := next(self._events), end):
            yield self._node(event, depth + 1)

    def _refuse_machinery(self, event: yaml.Event, place: Place) -> None:
        anchor, tag = getattr(event, "anchor", None), getattr(event, "tag", None)
        if anchor is not None:
            self._mistakes.add(place, f"the anchor &{anchor} is not allowed")
        if tag is not None:
            self._mistakes.add(place, f"the tag {tag} is not allowed; every value is plain words")

    def _stop(self, event: yaml.Event, what: str) -> BadCodebook:
        place = _place(event)
        return self._mistakes.stop(what, place.line, place.column)


def _place(event: yaml.Event) -> Place:
    mark = event.start_mark
    return Place(mark.line + 1, mark.column + 1) if mark else Place(0, 0)
