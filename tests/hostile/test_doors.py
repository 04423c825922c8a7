"""There is one door for foreign words, and none for shells, links, code or the network."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.hostile.study import build
from tests.hostile.terminal import REPOSITORY, written_on_terminal
from workbench.cli import main
from workbench.model.identity import slug

SOURCES = sorted((REPOSITORY / "workbench").rglob("*.py"))
NEVER_IMPORTED = {
    "webbrowser", "http", "requests", "httpx", "ftplib", "smtplib", "telnetlib", "pickle", "marshal",
    "shelve", "xml.dom", "xml.sax", "pty", "code", "ctypes", "tarfile",
}  # fmt: skip
ALLOWED_IMPORTS = {
    ("sources/pdf_pages.py", "ctypes"),
    ("language/worker.py", "pickle"),
    ("language/working.py", "pickle"),
}
"""Reading the colours of a PDF, in the process of its own; calls over the two pipes between the program and
its process for language, which nobody else writes to."""
NEVER_CALLED = {"eval", "exec", "system", "popen", "startfile", "extractall", "from_markup", "open_url"}
MAY_START_PROGRAMS = {"sources/pdf.py", "language/working.py"}
MAY_ASK_THE_SOCKET_MODULE = {"gethostname", "has_ipv6"}


def trees() -> Iterator[tuple[str, ast.AST]]:
    for path in SOURCES:
        yield (
            path.relative_to(REPOSITORY / "workbench").as_posix(),
            ast.parse(path.read_text(encoding="utf-8")),
        )


def imported(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""


def called(tree: ast.AST) -> Iterator[tuple[str, ast.Call]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            function = node.func
            name = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
            yield name, node


def test_no_module_can_open_a_link_run_foreign_code_or_reach_a_network() -> None:
    for name, tree in trees():
        for module in imported(tree):
            top = module.partition(".")[0]
            forbidden = {module, top} & NEVER_IMPORTED or module.startswith("urllib.request")
            assert not forbidden or (name, top) in ALLOWED_IMPORTS, f"{name} imports {module}"


def test_no_module_calls_a_shell_a_parser_of_markup_or_an_unpacker() -> None:
    for name, tree in trees():
        for function, call in called(tree):
            assert function not in NEVER_CALLED, f"{name}:{call.lineno} calls {function}"
            shell = [keyword for keyword in call.keywords if keyword.arg == "shell"]
            assert not shell, f"{name}:{call.lineno} names a shell"


def test_programs_are_started_in_two_places_and_the_socket_module_is_asked_for_a_name_only() -> None:
    for name, tree in trees():
        if "subprocess" in set(imported(tree)):
            assert name in MAY_START_PROGRAMS
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute) and getattr(node.value, "id", "") == "socket":
                assert node.attr in MAY_ASK_THE_SOCKET_MODULE, f"{name}:{node.lineno}"


def test_yaml_is_read_without_building_objects() -> None:
    for name, tree in trees():
        for function, call in called(tree):
            on_yaml = isinstance(call.func, ast.Attribute) and getattr(call.func.value, "id", "") == "yaml"
            assert not (on_yaml and function in ("load", "unsafe_load", "full_load")), f"{name}:{call.lineno}"


def test_a_fault_at_the_command_line_tells_no_words_of_the_study(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    build(tmp_path / "s.workbench").close()

    def broken(*_: object) -> int:
        raise ValueError("SECRET \x1b]0;OWNED\x07")

    monkeypatch.setattr("workbench.cli.cases.put_rows", broken)
    assert main(["cases", str(tmp_path / "s.workbench")]) == 3
    said = capsys.readouterr().err
    assert "The program has a fault: ValueError." in said
    assert "workbench/cli/cases.py" in said
    assert "SECRET" not in said
    assert str(tmp_path) not in said
    monkeypatch.setenv("WORKBENCH_DEBUG", "1")
    with pytest.raises(ValueError, match="SECRET"):
        main(["cases", str(tmp_path / "s.workbench")])


FAULTY = """
import sys
from workbench.tui.widgets.document_list import DocumentList
from workbench.tui.app import Workbench
from workbench.tui.screen import StageScreen
from pathlib import Path
def refresh(self):
    words = "SECRET"
    raise ValueError(words + "\\x1b]0;OWNED\\x07")
StageScreen.action_help = refresh
app = Workbench(Path(sys.argv[1]), coder="Ann")
async def walk(pilot):
    for _ in range(100):
        await pilot.pause()
        if app.is_open and app.stage_screen is not None:
            break
    await pilot.press("f1")
app.run(auto_pilot=walk)
"""


def test_a_fault_on_the_screen_tells_no_words_of_the_study(tmp_path: Path) -> None:
    build(tmp_path / "s.workbench").close()
    places = {"XDG_STATE_HOME": str(tmp_path), "XDG_CONFIG_HOME": str(tmp_path)}
    written, _ = written_on_terminal(["-c", FAULTY, str(tmp_path / "s.workbench")], environment=places)
    said = written.decode("utf-8").rpartition("\x1b[?1049l")[2]
    assert "The program has a fault: ValueError." in said
    assert "SECRET" not in said
    assert "OWNED\x07" not in said
    whole = {**places, "WORKBENCH_DEBUG": "1"}
    written, _ = written_on_terminal(["-c", FAULTY, str(tmp_path / "s.workbench")], environment=whole)
    assert b"SECRET" in written


@pytest.mark.parametrize(
    "title",
    [
        "../../x",
        "/etc/passwd",
        "CON",
        "nul",
        "COM1",
        "x" * 300,
        "..",
        "-rf",
        "a\0b",
        "\u202etxt",
        "a/b\\c:d",
        "",
        "\n",
    ],
)
def test_names_of_files_made_from_titles_stay_in_their_folder(title: str) -> None:
    name = slug(title)
    assert re.fullmatch(r"\w[\w-]{0,60}", name)
    assert name not in ("con", "nul", "com1")
    assert slug(title.upper(), {name}) != name, "two titles that a file system takes for one get two names"


def test_the_table_of_threats_names_all_of_them_and_tests_that_are_there() -> None:
    table = (REPOSITORY / "docs" / "security.md").read_text(encoding="utf-8")
    assert re.findall(r"^\| (T\d+) ", table, re.MULTILINE) == [f"T{number}" for number in range(1, 18)]
    for row in re.findall(r"^\| T\d+ .*$", table, re.MULTILINE):
        named = re.findall(r"`(tests/[^`]+)`", row)
        assert named, row
        assert all((REPOSITORY / path).is_file() for path in named), row


@pytest.mark.parametrize("name", ["-rf.txt", "; touch owned.txt", "$(touch owned).txt", "`touch owned`.pdf"])
def test_no_name_of_a_file_is_taken_for_a_command(tmp_path: Path, name: str) -> None:
    study = build(tmp_path / "s.workbench")
    study.close()
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / name).write_text("words", encoding="utf-8")
    command = [sys.executable, "-m", "workbench", "import", str(study.path), str(folder), "--as", "A"]
    ended = subprocess.run(
        command,
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(REPOSITORY)},
        capture_output=True,
        check=False,
    )
    assert ended.returncode in (0, 1, 3)
    assert [path.name for path in folder.iterdir()] == [name]
