"""A report as Markdown; no foreign word becomes markup."""

from __future__ import annotations

from collections.abc import Iterator

from workbench.exchange.markdown import escaped
from workbench.exchange.report import Facts, Report, Table


def write_markdown(report: Report) -> bytes:
    """Write a report."""
    return ("\n".join(_lines(report)) + "\n").encode()


def _lines(report: Report) -> Iterator[str]:
    yield f"# {escaped(f'{report.title}: {report.study}')}"
    yield ""
    yield escaped(report.about)
    for section in report.sections:
        yield ""
        yield f"## {escaped(section.title)}"
        for part in section.parts:
            yield ""
            if isinstance(part, Table):
                yield from _table(part)
            elif isinstance(part, Facts):
                yield from (f"- {escaped(name)}: {escaped(said)}" for name, said in part.pairs if said)
            else:
                yield escaped(part)


def _table(table: Table) -> Iterator[str]:
    if not table.rows:
        yield f"{escaped(table.caption)}: none."
        return
    if table.caption:
        yield f"### {escaped(table.caption)}"
        yield ""
    yield f"| {' | '.join(map(escaped, table.heads))} |"
    yield f"|{' --- |' * len(table.heads)}"
    for row in table.rows:
        yield f"| {' | '.join(escaped(str(cell)) for cell in row)} |"
