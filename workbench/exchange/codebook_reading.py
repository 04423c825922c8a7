"""From the nodes of a codebook file to themes, codes, rules and statuses."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from workbench.exchange.yaml_fields import FieldReader, Fields
from workbench.exchange.yaml_nodes import Items, Mistakes, Node, Pairs, Place, Words
from workbench.model.cell import CountingRule, Need, Status
from workbench.model.framework import Code, CodeState, Origin, Theme
from workbench.model.identity import slug

_ID = re.compile(r"[\w.-]{1,100}")
_FRACTION = re.compile(r"-?[0-9]{1,9}(?:\.[0-9]{1,9}|/0*[1-9][0-9]{0,8})?")

_PREFIX = re.compile(r"[A-Za-z]{1,3}")

_BOOK = ("title", "question", "prefix", "themes", "rules", "statuses")
_THEME = ("id", "framework", "number", "name", "definition", "attributes", "state", "codes", "themes")
_CODE = (
    "id",
    "number",
    "name",
    "definition",
    "include",
    "exclude",
    "examples",
    "origin",
    "source",
    "cues",
    "patterns",
    "excluding",
    "wordings",
    "other",
    "described",
    "state",
    "successors",
)
_RULE = ("id", "label")
_STATUS = ("id", "label", "mark", "definition", "values", "needs", "in_denominator")


@dataclass(slots=True)
class Read:
    """What was read so far, in the order of the file."""

    title: str = ""
    question: str = ""
    themes: list[Theme] = field(default_factory=list)
    codes: list[Code] = field(default_factory=list)
    rules: list[CountingRule] = field(default_factory=list)
    statuses: list[Status] = field(default_factory=list)


class CodebookReader:
    """Reads one codebook; mistakes go to the list it was given."""

    def __init__(self, mistakes: Mistakes, *, released: bool = False) -> None:
        self._mistakes = mistakes
        self._fields = FieldReader(mistakes)
        self._read = Read()
        self._taken: set[str] = set()
        self._heirs: list[Place] = []
        self._seen: dict[tuple[str, str], Place] = {}
        self._rules: dict[str, Place] = {}
        self._released = released
        self._prefix = ""
        self._above = ""
        """The letters of the framework that is being read."""

    def read(self, root: Node) -> Read:
        """Read the whole file, as far as mistakes allow."""
        book = self._fields.mapping(root, "the codebook", _BOOK)
        self._taken = set(_explicit_ids(root))
        self._read.title = book.text("title")
        self._read.question = book.text("question")
        self._prefix = self._letters(book, "prefix", "")
        self._themes(book, None, {})
        for position, item in enumerate(book.items("rules", "a rule", _RULE), 1):
            self._rule(item, position)
        for position, item in enumerate(book.items("statuses", "a status", _STATUS), 1):
            self._status(item, position)
        self._check_successors()
        if self._read.statuses and not self._released:
            self._check_rules()
        return self._read

    def _letters(self, item: Fields, name: str, default: str) -> str:
        letters = item.text(name) or default
        if letters and not _PREFIX.fullmatch(letters):
            self._mistakes.add(item.place(name), f"{name} should be one to three letters, not {letters}")
        return letters

    def _themes(self, parent: Fields, parent_id: str | None, before: dict[str, int]) -> None:
        """Read the themes of one level; `before` holds the last number taken, by framework."""
        for item in parent.items("themes", "a theme", _THEME):
            prefix = self._framework(item, parent_id)
            self._above = prefix if parent_id is None else self._above
            level = f"{parent_id or 'the top'}{f' of {prefix}' if prefix else ''}"
            number = self._number(item, level, before.get(prefix, 0))
            before[prefix] = number
            name = item.needed("name")
            theme_id = self._id(item, "theme", name, self._above)
            state = item.choice("state", (CodeState.ACTIVE, CodeState.RETIRED), CodeState.ACTIVE)
            retired = state is CodeState.RETIRED
            self._read.themes.append(
                Theme(
                    theme_id,
                    parent_id,
                    number,
                    name,
                    item.text("definition"),
                    retired,
                    prefix,
                    item.texts_by_key("attributes"),
                )
            )
            last = self._codes(item, theme_id)
            self._themes(item, theme_id, {"": last})

    def _framework(self, item: Fields, parent_id: str | None) -> str:
        if parent_id is None:
            return self._letters(item, "framework", self._prefix)
        if item.text("framework"):
            self._mistakes.add(item.place("framework"), "only a top theme belongs to a framework by itself")
        return ""

    def _codes(self, theme: Fields, theme_id: str) -> int:
        number = 0
        for item in theme.items("codes", "a code", _CODE):
            number = self._number(item, theme_id, number)
            name = item.needed("name")
            self._heirs.append(item.place("successors"))
            self._read.codes.append(
                Code(
                    self._id(item, "code", name, self._above),
                    theme_id,
                    number,
                    name,
                    definition=item.text("definition"),
                    include=item.text("include"),
                    exclude=item.text("exclude"),
                    examples=item.texts("examples"),
                    origin=item.choice("origin", tuple(Origin), Origin.A_PRIORI),
                    source=item.text("source"),
                    cues=item.texts("cues"),
                    patterns=self._patterns(item),
                    excluding=item.texts("excluding"),
                    wordings=item.texts_by_key("wordings"),
                    other=item.truth("other", False),
                    described=item.truth("described", False),
                    state=item.choice("state", tuple(CodeState), CodeState.ACTIVE),
                    successors=item.texts("successors"),
                )
            )
        return number

    def _patterns(self, code: Fields) -> tuple[str, ...]:
        from workbench.language.token_patterns import MOST_PATTERNS, pattern_of

        values = code.values("patterns")
        read = []
        for place, value in values:
            try:
                read.append(pattern_of(value))
            except ValueError as error:
                self._mistakes.add(place, str(error))
        if len(values) > MOST_PATTERNS:
            self._mistakes.add(code.place("patterns"), f"a code has at most {MOST_PATTERNS} patterns")
        return tuple(read)

    def _rule(self, item: Fields, position: int) -> None:
        label = item.needed("label")
        rule = CountingRule(self._id(item, "rule", label), label, position)
        self._rules.setdefault(rule.id, item.place("id"))
        self._read.rules.append(rule)

    def _status(self, item: Fields, position: int) -> None:
        label = item.needed("label")
        mark = item.text("mark") or label[:1].upper()
        self._once(item, "status label", label.casefold(), item.place("label"))
        self._once(item, "mark", mark.casefold(), item.place("mark"))
        if len(mark) > 2:
            self._mistakes.add(item.place("mark"), f"the mark {mark} is longer than two characters")
        self._read.statuses.append(
            Status(
                self._id(item, "status", label),
                label,
                mark,
                position,
                item.text("definition"),
                self._values(item),
                item.choices("needs", tuple(Need)),
                item.truth("in_denominator", True),
            )
        )

    def _values(self, item: Fields) -> Mapping[str, str]:
        values = item.texts_by_key("values")
        rules = [rule.id for rule in self._read.rules]
        for rule, value in values.items():
            if rule not in rules:
                known = f"; rules: {', '.join(rules)}" if rules else "; the codebook has no rules"
                self._mistakes.add(item.place("values"), f"the rule {rule} is not defined{known}")
            if not _FRACTION.fullmatch(value):
                what = f"the value {value} is not a number or fraction such as 1 or 1/2"
                self._mistakes.add(item.place("values"), what)
        return values

    def _id(self, item: Fields, kind: str, name: str, letters: str = "") -> str:
        """Read an id, or make one from letters and a name, so that two frameworks do not make the same."""
        given = item.text("id")
        if not given:
            given = slug(f"{letters} {name}" if letters else name, self._taken)
            self._taken.add(given)
        elif not _ID.fullmatch(given):
            what = f"the id {given} may hold only letters, digits, -, _ and . (at most 100)"
            self._mistakes.add(item.place("id"), what)
        self._once(item, f"{kind} id", given, item.place("id"))
        return given

    def _number(self, item: Fields, level: str, before: int) -> int:
        """Read a number; one that nobody uses any more may be given again to another."""
        number = item.number("number", before + 1)
        if item.text("state") != CodeState.RETIRED:
            self._once(item, f"number under {level}", str(number), item.place("number"))
        return number

    def _once(self, item: Fields, what: str, value: str, place: Place) -> None:
        first = self._seen.setdefault((what, value), place)
        if first is not place:
            self._mistakes.add(place, f"the {what} {value} is already on line {first.line}")

    def _check_successors(self) -> None:
        codes = {code.id for code in self._read.codes}
        for code, place in zip(self._read.codes, self._heirs, strict=True):
            for successor in code.successors:
                if successor not in codes or successor == code.id:
                    self._mistakes.add(place, f"the successor {successor} is no other code of this codebook")

    def _check_rules(self) -> None:
        counted = {rule for status in self._read.statuses for rule in status.values}
        for rule, place in self._rules.items():
            if rule not in counted:
                self._mistakes.add(place, f"the rule {rule} gives no status a value")


def _explicit_ids(node: Node) -> Iterator[str]:
    """Find every id that the file gives, so that a made one differs from all of them."""
    if isinstance(node, Pairs):
        for key, value in node.pairs:
            if isinstance(key, Words) and key.value == "id" and isinstance(value, Words):
                yield value.value
            yield from _explicit_ids(value)
    elif isinstance(node, Items):
        for item in node.items:
            yield from _explicit_ids(item)
