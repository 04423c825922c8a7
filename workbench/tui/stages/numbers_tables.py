"""Which printed tables are held against the cells, as it is asked for on the screen of numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from workbench.errors import WrongUsage
from workbench.tui.dialogs import Field, Form
from workbench.tui.stages.numbers_asking import tables_of

if TYPE_CHECKING:
    from workbench.matrix.comparing import Heads
    from workbench.tui.app import Workbench

_LABELS = {
    "tables": "CSV files, parted by ;  A name may stand before each: 2.6=table.csv",
    "averages": "Columns that average cases, parted by ;  HEAD=CASE,CASE",
    "rows_in": "Columns that name the rows, parted by ;  (empty: the first)",
    "left_out": "Columns that are not compared, parted by ;",
    "totals": "Names of rows that sum up the themes, parted by ;",
    "means": "Names of rows that average them, parted by ;",
}


@dataclass(frozen=True, slots=True)
class Tables:
    """The files to compare and what their heads mean, with the words they were typed in."""

    files: Sequence[tuple[str, Path]]
    heads: Heads
    typed: dict[str, str]


async def ask_tables(app: Workbench, typed: dict[str, str]) -> Tables | None:
    """Ask which tables to compare, with what was typed before; raises WrongUsage for what cannot be read."""
    from workbench.matrix.comparing import Heads

    usual = Heads()
    first = {"totals": "; ".join(usual.totals), "means": "; ".join(usual.means)} | typed
    fields = [Field(name, label, first.get(name, "")) for name, label in _LABELS.items()]
    answer = await app.ask(Form("Hold printed tables against the cells", fields))
    if answer is None:
        return None
    files = tables_of(answer["tables"], beside=app.path)
    if not files:
        raise WrongUsage("No file is named.")
    heads = Heads(
        tuple(_parts(answer["rows_in"])),
        dict(_average(part) for part in _parts(answer["averages"])),
        tuple(_parts(answer["left_out"])),
        tuple(_parts(answer["totals"])),
        tuple(_parts(answer["means"])),
    )
    return Tables(files, heads, answer)


def _parts(typed: str) -> list[str]:
    return [part.strip() for part in typed.split(";") if part.strip()]


def _average(part: str) -> tuple[str, list[str]]:
    head, equals, cases = part.rpartition("=")
    if not equals:
        raise WrongUsage(f"“{part}” is not HEAD=CASE,CASE.")
    return head.strip(), [case.strip() for case in cases.split(",") if case.strip()]
