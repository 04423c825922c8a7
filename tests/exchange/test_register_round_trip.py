"""A register of policy documents goes in and comes out again, row by row."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from tests.cli.conftest import Run, done, path, workbench
from workbench.exchange.register import read_register

__all__ = ["done", "path", "workbench"]

_OURS = {
    "jurisdiction": "cases",
    "author": "issuer",
    "key": "key_in_register",
    "title_english": "title_translation",
}
Rows = list[dict[str, str]]


def _read(content: str) -> Rows:
    return list(csv.DictReader(io.StringIO(content)))


def _as_in_the_register(written: Rows, columns: list[str]) -> Rows:
    """Give what was written under the names and in the form of the register it came from."""
    return [
        {
            name: row.get(_OURS.get(name, name)) or (row["document"] if name == "key" else "")
            for name in columns
        }
        for row in written
    ]


def _sorted(rows: Rows) -> list[list[str]]:
    return sorted(list(row.values()) for row in rows)


def test_the_policy_documents_come_out_as_they_went_in(
    done: Run, path: Path, tmp_path: Path, shared_data: Path
) -> None:
    source = shared_data / "nagai-2019" / "policy-documents.csv"
    rows = _read(source.read_text(encoding="utf-8-sig"))
    done("import", path, "--register", source)
    first = done("documents", path, "--fields", "all", "--format", "csv").out
    assert _sorted(_as_in_the_register(_read(first), list(rows[0]))) == _sorted(rows)
    written = tmp_path / "register.csv"
    written.write_text(first, encoding="utf-8")
    done("new", tmp_path / "second.workbench")
    done("import", tmp_path / "second.workbench", "--register", written)
    again = _read(done("documents", tmp_path / "second.workbench", "--fields", "all", "--format", "csv").out)
    assert _sorted(_as_in_the_register(again, list(rows[0]))) == _sorted(rows)
    assert [row["document"] for row in again] == [row["document"] for row in _read(first)]


def test_documents_that_share_a_key_are_told_apart_and_both_kept() -> None:
    data = (
        b"jurisdiction,key,author,title,file\n"
        b"Hamamatsu,2008,Hamamatsu City,Council,a.txt\n"
        b"Kawasaki,2008,Kawasaki City,Ordinance,\n"
        b"Kawasaki,2008,Kawasaki City,Guideline,\n"
        b"Hamamatsu,2008,Hamamatsu City,Council,b.txt\n"
        b"Kawasaki,2008,Kawasaki City,Ordinance,c.txt\n"
    )
    rows = read_register("register.csv", data)
    assert [row.document for row in rows] == [
        "2008",
        "2008-kawasaki",
        "2008-kawasaki-2",
        "2008",
        "2008-kawasaki",
    ]
    assert rows[1].notes == ("Another document has the key 2008 too; this one is 2008-kawasaki.",)
    assert rows[1].extra["key_in_register"] == "2008"
    assert rows[0].notes == ()
