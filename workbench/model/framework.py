"""The thematic framework: a numbered hierarchy of themes and codes, in versions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property


def title_setting(prefix: str) -> str:
    """Name the setting that holds the title of a framework, by its letters."""
    return f"framework title {prefix}".rstrip()


class Origin(StrEnum):
    """Where a code comes from."""

    A_PRIORI = "a priori"
    EMERGENT = "emergent"
    ANALYTICAL = "analytical"


class CodeState(StrEnum):
    """Where a code stands in its life."""

    CANDIDATE = "candidate"
    ACTIVE = "active"
    RETIRED = "retired"


@dataclass(frozen=True, slots=True)
class Theme:
    """A branch of the framework; a subtheme is a theme with a parent."""

    id: str
    parent_id: str | None
    number: int
    """Last part of its number; it stays when neighbours leave."""
    name: str
    definition: str = ""
    retired: bool = False
    framework: str = ""
    """Of a top theme: the letters its numbers begin with; empty for the first framework of a study."""
    attributes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Code:
    """A leaf of the framework."""

    id: str
    theme_id: str
    number: int
    """Last part of its number, among the codes and subthemes of its theme."""
    name: str
    definition: str = ""
    include: str = ""
    exclude: str = ""
    examples: tuple[str, ...] = ()
    origin: Origin = Origin.A_PRIORI
    source: str = ""
    cues: tuple[str, ...] = ()
    """Words and phrases that hint at the code."""
    wordings: Mapping[str, str] = field(default_factory=dict)
    """Case name -> wording, where a measure means something else for that case."""
    other: bool = False
    """Whether this is the theme's place for what does not fit."""
    state: CodeState = CodeState.ACTIVE
    successors: tuple[str, ...] = ()
    """Ids that a merged or split code resolves to; empty for any other."""
    described: bool = False
    """Whether its cells are described and not answered: no status is expected of them."""
    patterns: tuple[str, ...] = ()
    """Token patterns that hint at the code, each as JSON in canonical form."""
    excluding: tuple[str, ...] = ()
    """Words and phrases that speak against the code."""

    @property
    def is_measure(self) -> bool:
        """Tell whether statuses of its cells are counted."""
        return self.state is CodeState.ACTIVE and not self.other and not self.described


@dataclass(frozen=True, slots=True)
class FrameworkVersion:
    """An immutable snapshot of the whole framework."""

    id: str
    number: int
    snapshot_hash: str
    """SHA-256 of the snapshot in the form of the codebook file, kept under it."""
    reason: str
    coder: str
    at: str


class Framework:
    """Themes and codes as one tree, in the order of their numbers.

    A study may hold several frameworks over one corpus. They are branches of this one tree, told apart by
    the letters that the numbers of their top themes begin with.
    """

    def __init__(self, themes: Sequence[Theme], codes: Sequence[Code], *, title: str = "") -> None:
        self.title = title
        self.themes = {theme.id: theme for theme in themes}
        self.codes = {code.id: code for code in codes}

    @cached_property
    def _children(self) -> dict[str | None, list[Theme]]:
        children: dict[str | None, list[Theme]] = {}
        for theme in sorted(self.themes.values(), key=lambda t: (t.framework, t.number, t.id)):
            children.setdefault(theme.parent_id, []).append(theme)
        return children

    @cached_property
    def _codes_of(self) -> dict[str, list[Code]]:
        codes: dict[str, list[Code]] = {}
        for code in sorted(self.codes.values(), key=lambda code: (code.number, code.id)):
            codes.setdefault(code.theme_id, []).append(code)
        return codes

    @cached_property
    def _theme_numbers(self) -> dict[str, str]:
        numbers: dict[str, str] = {}
        for theme, _ in self.walk():
            prefix = numbers[theme.parent_id] + "." if theme.parent_id else ""
            numbers[theme.id] = f"{prefix}{theme.framework}{theme.number}"
        return numbers

    @cached_property
    def _by_number(self) -> dict[str, Code]:
        return {self.number(code): code for code in self.codes.values()}

    @property
    def prefixes(self) -> tuple[str, ...]:
        """List the letters that tell the frameworks apart, the first framework first."""
        return tuple(dict.fromkeys(theme.framework for theme in self.roots()))

    def roots(self, prefix: str | None = None) -> list[Theme]:
        """List the themes without a parent by number, of all frameworks or of one."""
        roots = self._children.get(None, [])
        return roots if prefix is None else [theme for theme in roots if theme.framework == prefix]

    def subthemes(self, theme_id: str) -> list[Theme]:
        """List the themes directly under a theme, by number."""
        return self._children.get(theme_id, [])

    def codes_of(self, theme_id: str) -> list[Code]:
        """List the codes directly under a theme, by number."""
        return self._codes_of.get(theme_id, [])

    def walk(self) -> Iterator[tuple[Theme, int]]:
        """Go through all themes depth first, each with its depth from 0."""

        def descend(parent: str | None, depth: int) -> Iterator[tuple[Theme, int]]:
            for theme in self._children.get(parent, []):
                yield theme, depth
                yield from descend(theme.id, depth + 1)

        return descend(None, 0)

    def codes_under(self, theme_id: str) -> list[Code]:
        """List the codes of a theme and of everything below it, in reading order."""
        below = [code for sub in self.subthemes(theme_id) for code in self.codes_under(sub.id)]
        return self.codes_of(theme_id) + below

    def ordered_codes(self, prefix: str | None = None) -> list[Code]:
        """List every code in reading order, of all frameworks or of one."""
        return [code for theme in self.roots(prefix) for code in self.codes_under(theme.id)]

    def theme_number(self, theme_id: str) -> str:
        """Give the full number of a theme, such as `2.1`."""
        return self._theme_numbers[theme_id]

    def number(self, code: Code) -> str:
        """Give the full number of a code, such as `2.1.3`."""
        return f"{self._theme_numbers[code.theme_id]}.{code.number}"

    def label(self, code: Code) -> str:
        """Give number and name as one heading."""
        return f"{self.number(code)} {code.name}"

    def find(self, wanted: str) -> Code | None:
        """Find a code by full number, id or exact name; a name that several codes carry finds none."""
        if wanted in self.codes:
            return self.codes[wanted]
        if wanted in self._by_number:
            return self._by_number[wanted]
        named = [code for code in self.codes.values() if code.name.casefold() == wanted.casefold()]
        return named[0] if len(named) == 1 else None

    def find_theme(self, wanted: str) -> Theme | None:
        """Find a theme by full number, id or exact name; a name that several themes carry finds none."""
        if wanted in self.themes:
            return self.themes[wanted]
        for theme_id, number in self._theme_numbers.items():
            if number == wanted:
                return self.themes[theme_id]
        named = [theme for theme in self.themes.values() if theme.name.casefold() == wanted.casefold()]
        return named[0] if len(named) == 1 else None

    def root_of(self, member: Code | Theme) -> Theme:
        """Give the top theme that a code or theme stands under."""
        theme = member if isinstance(member, Theme) else self.themes[member.theme_id]
        while theme.parent_id is not None:
            theme = self.themes[theme.parent_id]
        return theme

    def resolve(self, code_id: str) -> tuple[Code, ...]:
        """Follow a merged or split code to the codes that stand for it now."""
        found: list[Code] = []
        seen: set[str] = set()
        queue = [code_id]
        while queue:
            current = queue.pop(0)
            code = self.codes.get(current)
            if code is None or current in seen:
                continue
            seen.add(current)
            if code.successors:
                queue.extend(code.successors)
            else:
                found.append(code)
        return tuple(found)

    def next_number(self, theme_id: str | None, prefix: str = "") -> int:
        """Give the next free last number under a theme, or at the top of a framework."""
        above = self.roots(prefix) if theme_id is None else self.subthemes(theme_id)
        taken = [theme.number for theme in above]
        if theme_id is not None:
            taken += [code.number for code in self.codes_of(theme_id)]
        return max(taken, default=0) + 1
