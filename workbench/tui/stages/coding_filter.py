"""Which codings of a text are drawn: those of a code or theme, of a coder, or in doubt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from workbench.model.coding import Coding
from workbench.model.framework import Framework
from workbench.tui.dialogs import Choice
from workbench.tui.wording import several

if TYPE_CHECKING:
    from workbench.study.queries import PlacedCoding

_ALL, _DOUBT = "all", "doubt"


@dataclass(frozen=True, slots=True)
class CodingFilter:
    """What a coding must be to be drawn; what is empty lets everything through."""

    name: str = ""
    """What the filter is called on the screen."""
    code_ids: frozenset[str] = frozenset()
    coder: str = ""
    doubtful: bool = False

    def lets_through(self, coding: Coding) -> bool:
        """Tell whether a coding is drawn."""
        return (
            (not self.code_ids or coding.code_id in self.code_ids)
            and (not self.coder or coding.coder == self.coder)
            and (not self.doubtful or coding.doubtful)
        )

    def count(self, drawn: int, held: int) -> str:
        """Say how many codings are drawn, and by which filter."""
        return f"{drawn} of {several(held, 'coding')}: {self.name}" if self.name else several(held, "coding")


def choices(framework: Framework, codings: Sequence[PlacedCoding]) -> list[Choice]:
    """Offer the filters that let something through, and none at all."""
    codes = {each.coding.code_id for each in codings}
    rows = [Choice(_ALL, "all codings", str(len(codings)))]
    if doubtful := sum(each.coding.doubtful for each in codings):
        rows.append(Choice(_DOUBT, "codings in doubt", str(doubtful)))
    rows += [Choice(f"coder:{name}", f"by {name}") for name in sorted({c.coding.coder for c in codings})]
    for theme, _ in framework.walk():
        if codes & {code.id for code in framework.codes_under(theme.id)}:
            rows.append(
                Choice(f"theme:{theme.id}", f"{framework.theme_number(theme.id)} {theme.name}", "theme")
            )
        rows += [
            Choice(f"code:{code.id}", framework.label(code), "code")
            for code in framework.codes_of(theme.id)
            if code.id in codes
        ]
    return rows


def chosen(framework: Framework, row: Choice) -> CodingFilter:
    """Give the filter of a row that was chosen."""
    kind, _, identifier = row.id.partition(":")
    if kind == _ALL:
        return CodingFilter()
    if kind == _DOUBT:
        return CodingFilter("in doubt", doubtful=True)
    if kind == "coder":
        return CodingFilter(row.label, coder=identifier)
    codes = [framework.codes[identifier]] if kind == "code" else framework.codes_under(identifier)
    return CodingFilter(row.label, code_ids=frozenset(code.id for code in codes))
