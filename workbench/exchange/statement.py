"""The translation statement as Markdown: what is recorded, and at the end what is not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from workbench.exchange.markdown import escaped
from workbench.study.log import Head


@dataclass(frozen=True, slots=True)
class Part:
    """One heading of the statement."""

    title: str
    told: Sequence[str]
    gaps: Sequence[str]
    """What is not recorded, in sentences."""


@dataclass(frozen=True, slots=True)
class Statement:
    """All that the statement says, from one state of the study."""

    study: str
    head: Head
    redacted: str
    """What is blacked out, in words; empty where nothing is."""
    parts: tuple[Part, ...]

    @property
    def gaps(self) -> list[tuple[str, str]]:
        """List what is missing, each with the heading it is missing under."""
        return [(part.title, gap) for part in self.parts for gap in part.gaps]


def write_statement(statement: Statement) -> bytes:
    """Write the statement; the same study always gives the same bytes."""
    return ("\n".join(_lines(statement)) + "\n").encode()


def _lines(statement: Statement) -> Iterator[str]:
    yield f"# Translation statement: {escaped(statement.study)}"
    for part in statement.parts:
        yield from ("", f"## {escaped(part.title)}", "")
        yield from (f"- {escaped(line)}" for line in part.told)
        if not part.told:
            yield "- Not recorded."
    yield from ("", "## What is not recorded", "")
    gaps = statement.gaps
    yield from (f"- {escaped(title)}: {escaped(gap)}" for title, gap in gaps)
    if not gaps:
        yield "- Nothing that the statement asks for is missing."
    head = statement.head
    yield from ("", f"From {head.count} decisions, head {escaped(head.hash)}.")
    if statement.redacted:
        yield escaped(f"Changed for export: {statement.redacted}.")
