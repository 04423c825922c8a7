"""`workbench attributes` and `workbench extras`."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Run
from tests.cli.test_records import rows
from tests.language.test_offers import ORDINANCE_JA


def test_offers_are_listed_and_accepted(workbench: Run, done: Run, path: Path, tmp_path: Path) -> None:
    (tmp_path / "ordinance.txt").write_text(ORDINANCE_JA, encoding="utf-8")
    done("import", path, tmp_path / "ordinance.txt", "--case", "Osaka", "--language", "ja")
    found = rows(done, "attributes", "list", path, "--document", "ordinance")
    assert found == rows(done, "attributes", "list", path, "--case", "Osaka")
    [force] = [row for row in found if row["name"] == "in_force_from"]
    assert (force["value"], force["words"]) == ("2016-07-01", "平成28年7月1日")
    assert ORDINANCE_JA[int(str(force["start"])) : int(str(force["end"]))] == force["words"]
    assert workbench("attributes", "accept", path, "ordinance", "nothing").status == 2
    done("attributes", "accept", path, "ordinance", force["offer"])
    [row] = rows(done, "documents", path, "--fields", "all")
    assert row["in_force_from"] == "2016-07-01"
    assert "in_force_from" not in {
        row["name"] for row in rows(done, "attributes", "list", path, "--document", "ordinance")
    }
    assert workbench("attributes", "list", path).status == 2


def test_extras_are_listed(done: Run) -> None:
    shown = done("extras").out
    assert "align" in shown
    assert "models" in shown
    assert shown.splitlines()[0].split() == ["extra", "gives", "installed", "note"]
