"""Records in other words: pseudonyms for coders and marks for redacted terms, the same in every place.

What a record says is reworded, what holds records together stays: ids change only where they give a name or
a term away, and then alike wherever they stand. Words of documents are blacked out but never renamed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from workbench.exchange.blacking import Blacking
from workbench.language.patterns import WordsPattern
from workbench.model.case import Reading
from workbench.model.coder import is_person
from workbench.model.identity import slug
from workbench.model.records import FieldForm, forms, split_key
from workbench.model.redaction import blacked_out, is_redaction

_NAMED_ALONE = {
    ("case", "name"),
    ("document", "key"),
    ("text", "part"),
    ("chart", "name"),
    ("index-edition", "name"),
    ("indicator", "number"),
    ("term", "term"),
}
"""Fields in which no two records may say the same."""
_IDS = frozenset(
    {
        "id",
        "became",
        "translates",
        "revises",
        "successors",
        "hidden_rows",
        "hidden_columns",
        "documents",
        "anchor",
        "suggestion",
    }
)
_CODERS = frozenset({"coder", "author", "approved_by"})
_AS_IT_IS = frozenset(
    {
        *("content_hash", "places_hash", "original_hash", "snapshot_hash"),
        *(
            "at",
            "confirmed",
            "approved",
            "language",
            "target_language",
            "format",
            "encoding",
            "as_of",
            "framework",
            "bookmarks",
        ),
        *("scale", "weight", "value", "values"),
    }
)
"""Fields that are read as hashes, times, letters and numbers; the value of a setting is words."""
_SHORTEST_NAME = 3
"""Characters of a coder's name that is looked for in what coders wrote."""


@dataclass
class Tally:
    """How often what was put in place of what."""

    texts: dict[str, int] = field(default_factory=dict)
    """Hash of a content with marks -> places in it."""
    words: int = 0
    names: dict[str, int] = field(default_factory=dict)
    """Coder -> places in what coders wrote, counted once for each different wording."""
    names_in_texts: dict[str, int] = field(default_factory=dict)
    """Coder -> texts of documents that hold the name; those are left as they are."""


class Rewording:
    """One way of rewording all records of a study."""

    def __init__(
        self, blacking: Blacking, pseudonyms: Mapping[str, str], load: Callable[[str], bytes]
    ) -> None:
        """Prepare to reword; `load` gives a stored content by its hash."""
        self.tally = Tally()
        self.made: dict[str, bytes] = {}
        """Contents with marks, by their hash."""
        self._load = load
        self._blacking = blacking
        self._pseudonyms = dict(pseudonyms)
        sought = {name: WordsPattern(name, phrase=True, cased=True) for name in pseudonyms if _is_long(name)}
        self._sought = dict(sorted(sought.items(), key=lambda item: -len(item[0])))
        self._words: dict[str, tuple[str, Callable[[int], int]]] = {}
        self._names: dict[str, str] = {}
        self._given: dict[tuple[str, str], str] = {}
        self._taken: set[tuple[str, str]] = set()
        self._ids: dict[str, str] = {}
        self._quotes: dict[str, tuple[str, str]] = {}
        self._marked: dict[str, tuple[str, str | None]] = {}
        self._texts: dict[str, str] = {}

    # words

    def words(self, said: str) -> str:
        """Reword what a coder wrote; the name of a case or document becomes what that is called now."""
        return self._names.get(said) or self._reworded(said)[0]

    def _reworded(self, said: str) -> tuple[str, Callable[[int], int]]:
        if said not in self._words:
            renamed, moves = self._renamed(said)
            shown, places = self._blacking.of(renamed)
            self.tally.words += places
            self._words[said] = (shown, _mover(moves))
        return self._words[said]

    def _renamed(self, said: str) -> tuple[str, list[tuple[int, int]]]:
        """Put pseudonyms in place of whole names; give where that makes words longer, and by how much."""
        found: list[tuple[int, int, str]] = []
        data = said.encode("utf-8", errors="surrogatepass") if self._sought else b""
        for name, pattern in self._sought.items():
            for hit in pattern.hits(said) if pattern.may_be_in(data) else ():
                if all(hit.end <= start or end <= hit.start for start, end, _ in found):
                    found.append((hit.start, hit.end, name))
                    self.tally.names[name] = self.tally.names.get(name, 0) + 1
        pieces, moves, done = [], [], 0
        for start, end, name in sorted(found):
            pieces += [said[done:start], self._pseudonyms[name]]
            moves.append((end, len(self._pseudonyms[name]) - (end - start)))
            done = end
        return "".join(pieces) + said[done:], moves

    def _content(self, digest: str, language: str = "") -> tuple[str, str | None]:
        """Give the hash of a content with marks, and its words; None where nothing is marked.

        Names of coders are counted in the words of documents, never changed.
        """
        if digest not in self._marked:
            said = self._load(digest).decode("utf-8")
            data = said.encode("utf-8")
            for name, pattern in self._sought.items():
                if pattern.may_be_in(data) and next(iter(pattern.hits(said)), None) is not None:
                    self.tally.names_in_texts[name] = self.tally.names_in_texts.get(name, 0) + 1
            shown, places = self._blacking.of(said, language)
            written = shown.encode("utf-8")
            stands = hashlib.sha256(written).hexdigest() if places else digest
            if places:
                self.made[stands] = written
                self.tally.texts[stands] = places
            self._marked[digest] = (stands, shown if places else None)
        return self._marked[digest]

    def coder(self, name: str) -> str:
        """Give what a coder is called now; no two coders are called the same."""
        if not name or not is_person(name):
            return name
        if self._pseudonyms and name not in self._pseudonyms:
            self._pseudonyms |= {name: f"Coder {len(self._pseudonyms) + 1}"}
        return self._pseudonyms.get(name) or self._alone("coder", name)

    def _alone(self, what: str, name: str) -> str:
        """Reword a name that no other may bear, with a number where marks made two alike."""
        if (what, name) not in self._given:
            base = shown = self._reworded(name)[0]
            number = 1
            while (what, shown) in self._taken:
                number += 1
                shown = f"{base} ({number})"
            self._taken.add((what, shown))
            self._given[what, name] = shown
            if shown != name and what != "coder":
                self._names[name] = shown
        return self._given[what, name]

    # ids

    def key(self, key: str) -> str:
        """Give the key of a record."""
        kind, identifier = split_key(key)
        return f"{kind}:{self.identifier(identifier, kind)}"

    def identifier(self, identifier: str, kind: str = "") -> str:
        """Give an id: another one where it, or a part of it, gives a name or a term away."""
        if kind == "reading":
            text, _, coder = identifier.partition(".")
            return Reading.key(self.identifier(text), self.coder(coder))
        if kind == "setting":
            return identifier
        return ".".join(map(self._part, identifier.split(".")))

    def _part(self, part: str) -> str:
        if part not in self._ids:
            gives_away = bool(self._blacking) and self._blacking.is_in_name(part)
            gives_away = gives_away or any(_named_in(part, name) for name in self._sought)
            self._ids[part] = f"withheld-{len(self._ids) + 1}" if gives_away else part
        return self._ids[part]

    def asked(self, named: str) -> str:
        """Give what a user's name for something, or its id, is in the reworded study."""
        if named in self._pseudonyms:
            return self._pseudonyms[named]
        if any(self._ids.get(part, part) != part for part in named.split(".")):
            return self.identifier(named)
        return self.words(named)

    # records

    def record(self, kind: str, data: Mapping[str, Any]) -> dict[str, Any]:
        """Reword the JSON of a record."""
        said = {
            form.name: self._field(kind, form, data[form.name]) for form in forms(kind) if form.name in data
        }
        if kind == "setting" and is_redaction(said["id"]):
            mode, _, term = data["value"].partition(":")
            said["value"] = f"{mode}:{blacked_out(term)}"
        elif kind == "cell" and "citations" in data:
            said["citations"] = self._citations(data)
        elif kind == "excerpt":
            said["quote"] = self._quote(data)
        elif kind == "cell-quote":
            said["content"] = self._cell_quote(data)
        elif kind == "text":
            self._texts[data["id"]] = data["content_hash"]
            said["content_hash"] = self._content(data["content_hash"], data.get("language", ""))[0]
        elif kind == "framework-version":
            said["snapshot_hash"] = self._content(data["snapshot_hash"])[0]
        return said

    def _field(self, kind: str, form: FieldForm, value: Any) -> Any:
        name = form.name
        if value is None or (name in _AS_IT_IS and kind != "setting") or form.shape in ("integer", "truth"):
            return value
        if name in _CODERS:
            return self.coder(value)
        if name == "anchor":
            return self.key(value)
        if name in _IDS or name.endswith("_id"):
            of = kind if name == "id" else ""
            return (
                [self.identifier(one) for one in value]
                if form.shape == "list"
                else self.identifier(value, of)
            )
        if (kind, name) in _NAMED_ALONE:
            return self._alone(f"{kind} {name}", value)
        if form.shape == "list":
            return [self.words(one) for one in value]
        if form.shape == "map":
            named, told = name != "options", name != "area_weights"
            return {
                self.words(one) if named else one: self.words(other) if told else other
                for one, other in value.items()
            }
        return value if form.read is not str else self.words(value)

    def _citations(self, data: Mapping[str, Any]) -> dict[str, str]:
        """Move citations with the words they follow."""
        move = self._reworded(data.get("summary", ""))[1]
        return {str(move(int(place))): excerpts for place, excerpts in data["citations"].items()}

    def _quote(self, data: Mapping[str, Any]) -> str:
        """Cut the words of an excerpt out of the text with its marks."""
        start, end = data.get("start", 0), data["end"]
        content = self._content(self._texts[data["text_id"]])[1]
        shown = data["quote"] if content is None else content[start:end]
        self._quotes[data["id"]] = (data["quote"], shown)
        return shown

    def _cell_quote(self, data: Mapping[str, Any]) -> str:
        """Cut quoted words out of their excerpt."""
        content: str = data["content"]
        whole, shown = self._quotes.get(data["excerpt_id"], ("", ""))
        place = whole.find(content)
        return shown[place : place + len(content)] if place >= 0 else self._blacking.of(content)[0]


def names_left(coders: Iterable[str]) -> list[str]:
    """List the coders whose names are too short to be looked for in what coders wrote."""
    return [name for name in coders if not _is_long(name)]


def pseudonyms_for(coders: Sequence[str]) -> dict[str, str]:
    """Name coders by number in the order in which they first decided."""
    return {name: f"Coder {number}" for number, name in enumerate(dict.fromkeys(coders), 1)}


def _is_long(name: str) -> bool:
    return len(name.strip()) >= _SHORTEST_NAME


def _named_in(part: str, name: str) -> bool:
    return slug(name) in part.casefold()


def _mover(moves: Sequence[tuple[int, int]]) -> Callable[[int], int]:
    return lambda place: place + sum(by for end, by in moves if end <= place)
