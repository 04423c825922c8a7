"""Weights of themes and codes as they are typed or stand in a CSV file."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable
from fractions import Fraction

from workbench.errors import WrongUsage
from workbench.matrix.variants import Weights
from workbench.model.framework import Framework

_NUMBER = re.compile(r"(-?)([0-9]{1,12})(?:/([0-9]{1,12})|\.([0-9]{1,12}))?")
_HEAD = "weight"
_SHOWN = 20
"""Problems that one refusal names."""


def exact_number(typed: str, what: str) -> Fraction:
    """Read `2`, `1/2` or `0.5` exactly; raises WrongUsage for anything else and for less than 0."""
    problem, value = _read(typed)
    if value is None:
        raise WrongUsage(f"{what}: {problem}.", do="Give a number such as 2, 1/2 or 0.5.")
    return value


def _read(typed: str) -> tuple[str, Fraction | None]:
    """Give the number, or what is wrong with it."""
    found = _NUMBER.fullmatch(typed.strip())
    if found is None:
        return f"“{typed.strip()}” is no number", None
    if found[3] is not None and int(found[3]) == 0:
        return f"“{typed.strip()}” divides by nothing", None
    value = Fraction(typed.strip())
    return (f"“{typed.strip()}” is less than nothing", None) if value < 0 else ("", value)


def weights_of_words(framework: Framework, words: str) -> Weights:
    """Read `1=2, 2.3=1/2`: numbers, ids or names of themes and codes.

    Raises WrongUsage naming every fault.
    """
    pairs = []
    for part in filter(None, map(str.strip, words.split(","))):
        name, equals, weight = part.rpartition("=")
        if not equals:
            raise WrongUsage(f"“{part}” is not CODE=WEIGHT.", do="Give pairs such as 1=2,2.3=1/2.")
        pairs.append((f"“{part}”", "", name.strip(), weight))
    return _weights(framework, pairs, "The weights cannot be used.")


def words_of_weights(framework: Framework, weights: Weights) -> str:
    """Write weights as they can be typed."""
    themes = [f"{framework.theme_number(theme)}={weight}" for theme, weight in weights.themes.items()]
    codes = [f"{framework.number(framework.codes[code])}={weight}" for code, weight in weights.codes.items()]
    return ", ".join([*themes, *codes])


def weights_of_file(framework: Framework, name: str, data: bytes) -> Weights:
    """Read a CSV file with a column `weight` beside one that names codes or themes.

    Raises WrongUsage naming every fault with its row and column.
    """
    rows = _rows(name, data)
    head = [cell.strip() for cell in rows[0][1]] if rows else []
    columns = [column for column in head if column.casefold() != _HEAD]
    if len(head) != len(columns) + 1 or not columns:
        raise WrongUsage(
            f"{name} has no one column {_HEAD} beside one that names codes.",
            do=f"Let the first line be: code,{_HEAD}",
        )
    at = next(place for place, column in enumerate(head) if column.casefold() == _HEAD)
    named, pairs = head.index(columns[0]), []
    for line, cells in rows[1:]:
        if any(cell.strip() for cell in cells):
            padded = [*cells, *[""] * len(head)]
            where = (f"Line {line}, {columns[0]}", f"Line {line}, {head[at]}")
            pairs.append((*where, padded[named].strip(), padded[at]))
    return _weights(framework, pairs, f"The weights in {name} cannot be used.")


def _rows(name: str, data: bytes) -> list[tuple[int, list[str]]]:
    try:
        reader = csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), strict=True)
        return [(reader.line_num, cells) for cells in reader]
    except UnicodeDecodeError as error:
        raise WrongUsage(
            f"{name} is not UTF-8 (byte {error.start}).", do="Save it as CSV in UTF-8."
        ) from error
    except csv.Error as error:
        raise WrongUsage(f"{name} is not CSV ({error}).") from error


def _weights(framework: Framework, pairs: Iterable[tuple[str, str, str, str]], what: str) -> Weights:
    """Put weights together from (place of the name, place of the weight, name, weight)."""
    themes: dict[str, Fraction] = {}
    codes: dict[str, Fraction] = {}
    problems = []
    for name_at, weight_at, name, weight in pairs:
        theme, code = framework.find_theme(name), framework.find(name)
        problem, value = _read(weight)
        if (theme is None) == (code is None):
            said = "could be a theme or a code" if theme else "is no one code or theme of the framework"
            problems.append(f"{name_at}: “{name}” {said}.")
            continue
        held, identifier = (themes, theme.id) if theme else (codes, code.id if code else "")
        if identifier in held:
            problems.append(f"{name_at}: “{name}” is there twice.")
        elif value is None:
            problems.append(f"{weight_at or name_at}: {problem}.")
        else:
            held[identifier] = value
    if problems:
        more = f" And {len(problems) - _SHOWN} more." if len(problems) > _SHOWN else ""
        raise WrongUsage(f"{what} {' '.join(problems[:_SHOWN])}{more}")
    return Weights(themes, codes)
