"""Read an index edition from CSV: every mistake is named with its line, and then nothing is taken in."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from workbench.errors import UnreadableFile, WrongUsage
from workbench.exchange.index_sheet import (
    COLUMNS,
    EDITION_COLUMNS,
    IndexSheet,
    SheetAnswer,
    SheetIndicator,
    SheetScore,
    as_it_was,
)
from workbench.model.index_edition import AnswerState, Competence, as_written, exact_number
from workbench.sources.encoding import clean_line_ends

_OTHER_NAMES = {
    "country": "case",
    "jurisdiction": "case",
    "strand": "area",
    "policy_area": "area",
    "year": "as_of",
    "date": "as_of",
    "score": "answer",
    "value": "answer",
}
"""Column names that published indices have, and what they are called here."""

_MISSING = {"missing", "no answer", ".", ".."}
_NOT_APPLICABLE = {"not applicable", "n/a", "na"}
_SHOWN = 20
"""Mistakes that one refusal names."""
_RUN_ON = re.compile(r";\s*-?[0-9][0-9./]*\s*=")
"""A second option on the line of another."""


@dataclass(frozen=True, slots=True)
class SheetReading:
    """How a sheet is to be read where it does not say so itself."""

    edition: Mapping[str, str] = field(default_factory=dict)
    """Fields of the edition, by the names of its columns."""
    area_lines: frozenset[str] = frozenset()
    """Numbers in the column `indicator` under which the sheet prints the scores of areas."""
    cases: Mapping[str, str] = field(default_factory=dict)
    """Name of a case in the sheet -> name of the case in the study."""


def read_index_sheet(name: str, data: bytes, reading: SheetReading | None = None) -> IndexSheet:
    """Read a sheet in UTF-8 CSV; raises UnreadableFile, or WrongUsage naming each line and its mistake."""
    try:
        content = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableFile(
            f"The sheet {name} is not UTF-8 (byte {error.start}).", do="Save it as CSV in UTF-8."
        ) from error
    return _Reader(reading or SheetReading()).read(name, content)


def refuse_mistakes(name: str, mistakes: Sequence[str]) -> None:
    """Raise WrongUsage where there are mistakes, naming the first of them."""
    if mistakes:
        more = f" And {len(mistakes) - _SHOWN} more." if len(mistakes) > _SHOWN else ""
        raise WrongUsage(
            f"The sheet {name} cannot be taken in. {' '.join(mistakes[:_SHOWN])}{more}",
            do="Correct these lines and import it again.",
        )


class _Reader:
    """One pass through a sheet, keeping what cannot be read."""

    def __init__(self, reading: SheetReading) -> None:
        self._reading = reading
        self._mistakes: list[str] = []
        self._edition = {key: value for key, value in reading.edition.items() if value}
        self._edition_lines: dict[str, int] = {}
        self._weights: dict[str, tuple[str, int]] = {}
        self._indicators: dict[str, SheetIndicator] = {}
        self._answers: dict[tuple[str, str, str], SheetAnswer] = {}
        self._scores: dict[tuple[str, str, str], SheetScore] = {}
        self._seen: dict[tuple[str, str, str], int] = {}
        self._last: dict[str, str] = {}
        """Area -> number of the indicator that was last in it."""

    def read(self, name: str, content: str) -> IndexSheet:
        reader = csv.reader(io.StringIO(content, newline=""), strict=True)
        columns: list[str] = []
        try:
            columns = self._columns(next(reader, []))
            for cells in reader if not self._mistakes else ():
                if any(cell.strip() for cell in cells):
                    self._line(reader.line_num, columns, cells)
        except csv.Error as error:
            self._mistake(reader.line_num, f"it is not CSV ({error})")
        if not self._indicators and not self._mistakes:
            self._mistakes.append("There is no indicator in it.")
        refuse_mistakes(name, self._mistakes)
        return IndexSheet(
            self._edition,
            frozenset(columns) & frozenset(COLUMNS),
            {area: weight for area, (weight, _) in self._weights.items()},
            tuple(self._indicators.values()),
            tuple(self._answers.values()),
            tuple(self._scores.values()),
            tuple(column for column in columns if column not in COLUMNS),
        )

    def _columns(self, head: Sequence[str]) -> list[str]:
        names = [as_it_was(cell).strip().casefold().replace(" ", "_") for cell in head]
        columns = [_OTHER_NAMES.get(name, name) for name in names]
        for name in dict.fromkeys(column for column in columns if columns.count(column) > 1):
            self._mistake(1, f"two columns are “{name}”")
        for name in ("area", "indicator"):
            if name not in columns:
                self._mistake(1, f"there is no column “{name}”")
        return columns

    def _line(self, line: int, columns: Sequence[str], cells: Sequence[str]) -> None:
        if len(cells) != len(columns):
            self._mistake(line, f"it has {len(cells)} cells where the head has {len(columns)}")
            return
        values = {
            column: as_it_was(clean_line_ends(cell)).strip()
            for column, cell in zip(columns, cells, strict=True)
            if column in COLUMNS
        }
        self._take_edition(line, values)
        case = values.get("case", "")
        values["case"] = self._reading.cases.get(case, case)
        values["as_of"] = values.get("as_of", "") or self._edition.get("reference_date", "")
        number, part = values.get("indicator", ""), values.get("sub_indicator", "")
        area = values.get("area", "")
        if not part and (not number or number in self._reading.area_lines):
            self._take_score(line, area, values)
            return
        if not area:
            self._mistake(line, f"the indicator {part or number} has no area")
            return
        self._take_weight(line, area, values.get("area_weight", ""))
        if part:
            above = number or self._last.get(area, "")
            if not above:
                self._mistake(line, f"the sub-indicator {part} stands below no indicator")
                return
            self._take_indicator(line, part, above, values)
        else:
            self._last[area] = number
            self._take_indicator(line, number, "", values)
        self._take_answer(line, part or number, values)

    def _take_edition(self, line: int, values: Mapping[str, str]) -> None:
        for column in EDITION_COLUMNS:
            said = values.get(column, "")
            if said and self._edition.setdefault(column, said) != said:
                where = self._edition_lines.get(column)
                other = f"line {where}" if where else "the import"
                self._mistake(line, f"{column} is “{said}”, but {other} says “{self._edition[column]}”")
            elif said:
                self._edition_lines.setdefault(column, line)

    def _take_weight(self, line: int, area: str, said: str) -> None:
        if not said:
            return
        weight = self._weight(line, f"the weight of the area {area}", said)
        before, where = self._weights.setdefault(area, (weight, line))
        if before != weight:
            self._mistake(line, f"the area {area} weighs {weight}, but in line {where} {before}")

    def _weight(self, line: int, what: str, said: str) -> str:
        number = exact_number(said)
        if number is None or number < 0:
            self._mistake(line, f"{what} is “{said}”, which is no number of 0 or more")
            return "1"
        return as_written(said)

    def _take_indicator(self, line: int, number: str, part_of: str, values: Mapping[str, str]) -> None:
        found = SheetIndicator(
            line,
            number,
            part_of,
            values["area"],
            values.get("dimension", ""),
            values.get("title", ""),
            values.get("question", ""),
            self._options(line, values.get("options", "")),
            self._weight(line, f"the weight of {number}", values.get("weight", "") or "1"),
            self._competence(line, values.get("competence", "")),
            _listed(values.get("codes", "")),
            values.get("mapping_reason", ""),
        )
        before = self._indicators.setdefault(number, found)
        if replace(before, line=line) != found:
            self._mistake(
                line,
                f"the indicator {number} is described otherwise than in line {before.line}; "
                "if they are two, give them two numbers",
            )

    def _options(self, line: int, cell: str) -> dict[str, str]:
        lines = [" ".join(each.split()) for each in cell.split("\n") if each.strip()]
        if len(lines) == 1 and "=" not in lines[0]:
            lines = [each.strip() for each in lines[0].split(";") if each.strip()]
        options: dict[str, str] = {}
        for each in lines:
            value, _, words = each.partition("=")
            if exact_number(value) is None:
                self._mistake(line, f"the option “{each}” begins with no number")
            elif as_written(value) in options:
                self._mistake(line, f"the option {value.strip()} is there twice")
            elif _RUN_ON.search(words):
                self._mistake(line, f"write each option on a line of its own: “{each}”")
            else:
                options[as_written(value)] = words.strip()
        return options

    def _competence(self, line: int, said: str) -> Competence:
        try:
            return Competence(said.casefold())
        except ValueError:
            known = ", ".join(each.value for each in Competence if each.value)
            self._mistake(line, f"“{said}” is no competence ({known})")
            return Competence.NOT_SAID

    def _take_answer(self, line: int, number: str, values: Mapping[str, str]) -> None:
        case, as_of, said = values["case"], values["as_of"], values.get("answer", "")
        key = (number, case, as_of if case else "")
        if key in self._seen:
            about = f" for {case}, {as_of or 'no date'}," if case else ""
            self._mistake(
                line, f"the indicator {number} is there{about} twice, first in line {self._seen[key]}"
            )
            return
        self._seen[key] = line
        if not said:
            return
        if not case:
            self._mistake(line, f"the answer “{said}” is for no case")
            return
        state = _state_of(said)
        if state is AnswerState.ANSWERED and exact_number(said) is None:
            self._mistake(
                line, f"the answer “{said}” to {number} is no number, “missing” or “not applicable”"
            )
            return
        self._answers[key] = SheetAnswer(
            line,
            number,
            case,
            as_of,
            state,
            as_written(said) if state is AnswerState.ANSWERED else "",
            values.get("note", ""),
            values.get("in_force", ""),
            values.get("coder", ""),
            _listed(values.get("excerpts", "")),
        )

    def _take_score(self, line: int, area: str, values: Mapping[str, str]) -> None:
        case, as_of, said = values["case"], values["as_of"], values.get("answer", "")
        what = f"the printed score of {area}" if area else "the overall printed score"
        if not case:
            self._mistake(line, f"{what} is for no case")
        elif exact_number(said) is None:
            self._mistake(line, f"{what} is “{said}”, which is no number")
        elif (area, case, as_of) in self._scores:
            self._mistake(line, f"{what} is there twice for {case}, {as_of or 'no date'}")
        else:
            self._scores[area, case, as_of] = SheetScore(line, area, case, as_of, as_written(said))

    def _mistake(self, line: int, what: str) -> None:
        self._mistakes.append(f"Line {line}: {what}.")


def _state_of(said: str) -> AnswerState:
    if said.casefold() in _MISSING:
        return AnswerState.MISSING
    return AnswerState.NOT_APPLICABLE if said.casefold() in _NOT_APPLICABLE else AnswerState.ANSWERED


def _listed(cell: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(part.strip() for part in cell.split(";") if part.strip()))
