"""What an import tells: a summary, the files that need a look, and the whole list where it is asked for."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Any

from workbench.cli.files import write_file
from workbench.cli.output import put, put_rows, say
from workbench.errors import WorkbenchError, WrongUsage
from workbench.exchange.register import RegisterRow
from workbench.stages.importing import FileReport, Outcome

_COLUMNS = ("outcome", "file", "document", "notes")
_LISTED = 20
"""Files of a kind that a terminal shows before it says how many more there are."""
_FORMATS = (".csv", ".json")


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What became of every file of a run."""

    reports: Sequence[FileReport]
    missing: Sequence[str]
    """Files that the register names and that were not there."""

    @property
    def status(self) -> int:
        """Give the exit status: 1 where some files were refused or missing, 3 where all were refused."""
        refused = sum(report.outcome is Outcome.REFUSED for report in self.reports)
        if refused and refused == len(self.reports):
            return 3
        return 1 if refused or self.missing else 0

    @property
    def summary(self) -> str:
        """Count the outcomes in one sentence."""
        counts = Counter(report.outcome for report in self.reports)
        told = [f"{counts[outcome]} {outcome.value}" for outcome in Outcome if counts[outcome]]
        if self.missing:
            told.append(f"{len(self.missing)} named by the register and not there")
        return ", ".join(told) + "."


def report_of(reports: Sequence[FileReport], register: Iterable[RegisterRow]) -> ImportReport:
    """Gather what became of the files of a run and of those that its register names."""
    ends = {
        "/".join(parts[-count:])
        for report in reports
        if report.outcome is not Outcome.REGISTERED
        for parts in [PurePath(report.name).parts]
        for count in range(1, len(parts) + 1)
    }
    missing = dict.fromkeys(row.file for row in register if row.file and row.file not in ends)
    return ImportReport(reports, tuple(missing))


def refuse_report(path: Path) -> None:
    """Raise before anything is read where the list could not be written to a file."""
    if path.suffix.lower() not in _FORMATS:
        raise WrongUsage(f"{path.name} does not say its format.", do="End its name in .csv or .json.")
    if path.exists():
        raise WrongUsage(f"{path.name} is already there.", do="Choose another name for the list.")


def write_report(path: Path, report: ImportReport, *, dry: bool) -> None:
    """Write the whole list to a file, as CSV or JSON after the end of its name."""
    try:
        write_file(path, [_written(path, report)], force=False)
    except WorkbenchError as error:
        done = "Nothing was imported" if dry else "The import is done and in the study"
        raise WorkbenchError(error.what, safe=f"{done}; only the list is missing.", do=error.do) from error
    say(f"Wrote the list of all {len(report.reports)} to {path}.")


def _written(path: Path, report: ImportReport) -> bytes:
    rows = _rows(report.reports)
    if path.suffix.lower() == ".json":
        import json

        return (json.dumps(rows, ensure_ascii=False, indent=1) + "\n").encode()
    from workbench.exchange.csv import csv_table

    fields = [[row["outcome"], row["file"], row["document"], "; ".join(row["notes"])] for row in rows]
    return csv_table([_COLUMNS, *fields])


def put_report(report: ImportReport, format: str) -> None:
    """Print the summary, then the files: in a table those that need a look first, and not thousands."""
    say(report.summary)
    if format != "table":
        put_rows(_COLUMNS, _rows(report.reports), format)
        return
    refused = [each for each in report.reports if each.outcome is Outcome.REFUSED]
    others = [each for each in report.reports if each.outcome is not Outcome.REFUSED]
    hidden = _put_some(refused) + _put_some(sorted(others, key=lambda each: not each.notes))
    for name in report.missing[:_LISTED]:
        say(f"Not there: {name}")
    if hidden or len(report.missing) > _LISTED:
        say("These are not all. The whole list goes to a file with --report FILE.csv.")


def _put_some(reports: Sequence[FileReport]) -> int:
    """Print files with their notes below; gives how many were left out."""
    listed = reports[:_LISTED] if sys.stdout.isatty() else reports
    for report in listed:
        document = f"  → {report.document}" if report.document else ""
        put(f"{report.outcome.value}  {_one_line(report.name)}{document}")
        for note in report.notes:
            put(f"    {_one_line(note)}")
    hidden = len(reports) - len(listed)
    if hidden:
        put(f"… and {hidden} more")
    return hidden


def _one_line(words: str) -> str:
    return " ".join(words.split("\n"))


def _rows(reports: Iterable[FileReport]) -> list[dict[str, Any]]:
    return [
        {"outcome": r.outcome.value, "file": r.name, "document": r.document, "notes": list(r.notes)}
        for r in reports
    ]
