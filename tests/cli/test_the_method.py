"""The method from an empty folder to a verified chart, through commands alone."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tests.cli.conftest import Run

KYOTO = "The city opens a desk for foreign residents.\n\nThe desk answers in four languages.\n"
OSAKA = "The city may open a desk where the budget allows.\n\nNothing is said of languages.\n"


def test_a_study_goes_from_first_reading_to_a_verified_chart(
    done: Run, workbench: Run, tmp_path: Path
) -> None:
    study = tmp_path / "desks.workbench"

    def rows(*words: object) -> list[dict[str, Any]]:
        listed: list[dict[str, Any]] = json.loads(done(*words, "--format", "json").out)
        return listed

    # Begin a study and fill it.
    made = done("new", study, "--title", "Desks for foreign residents")
    assert made.err.startswith("Made desks.workbench: Desks for foreign residents, 0 codes.\ndecisions 1-")
    for city, content in (("Kyoto", KYOTO), ("Osaka", OSAKA)):
        file = tmp_path / f"{city.lower()}-plan.txt"
        file.write_text(content, encoding="utf-8")
        done("import", study, file, "--case", city, "--language", "en")
    assert [case["name"] for case in rows("cases", study)] == ["Kyoto", "Osaka"]

    # Familiarise.
    for document in ("kyoto-plan", "osaka-plan"):
        done("read", study, "--text", document, "--state", "read")
    desk = KYOTO.index("opens a desk")
    passage = f"{desk}:{desk + len('opens a desk')}"
    idea = done("memo", "add", study, "Desks", "--text", "kyoto-plan", "--range", passage, "--kind", "idea")

    # Build and release the framework.
    done("framework", "add-theme", study, "Information", "--definition", "How residents learn of services.")
    done("framework", "adopt", study, idea.first, "Information", "Desk")
    done("framework", "add-code", study, "1", "Languages", "--definition", "Answers in several languages.")
    done("framework", "edit-code", study, "1.1", "--definition", "A desk to ask at.", "--state", "active",
         "--reason", "Tried on both plans.")  # fmt: skip
    assert done("framework", "release", study, "--reason", "First version.").first == "1"
    codebook = tmp_path / "codebook.yaml"
    done("framework", "export", study, "-o", codebook)
    assert "0 themes" not in done("framework", "check", codebook).err
    assert workbench("framework", "apply", study, codebook, "--reason", "The same.").status == 3

    # Index.
    coding = done("code", study, "--text", "kyoto-plan", "--range", passage, "--code", "1.1,Languages")
    assert len(coding.out.splitlines()) == 2
    wrong = coding.out.splitlines()[1]
    done("uncode", study, wrong)
    start = KYOTO.index("answers in four languages")
    done("code", study, "--text", "kyoto-plan", "--range", f"{start}:{start + 25}", "--code", "Languages")
    start = OSAKA.index("may open a desk")
    done("code", study, "--text", "osaka-plan", "--range", f"{start}:{start + 42}", "--code", "1.1")
    assert [(row["code"], row["citation"]) for row in rows("codings", study)] == [
        ("1.1 Desk", "kyoto-plan (en), para. 1"),
        ("1.2 Languages", "kyoto-plan (en), para. 2"),
        ("1.1 Desk", "osaka-plan (en), para. 1"),
    ]

    # Chart.
    for city, code, summary, status in (
        ("Kyoto", "1.1", "Opens a desk.", ("Yes",)),
        ("Kyoto", "1.2", "Four languages.", ("Yes",)),
        ("Osaka", "1.1", "May open one.", ("Yes but restricted", "--note", "Where the budget allows.")),
    ):
        done("cell", "write", study, city, code, "--summary", summary)
        excerpts = [row["id"] for row in rows("excerpts", study, "--case", city, "--code", code)]
        done("cell", "link", study, city, code, *excerpts)
        done("cell", "status", study, city, code, *status)
        done("cell", "state", study, city, code, "charted")
    excerpt = rows("excerpts", study, "--case", "Osaka")[0]["id"]
    done("cell", "quote", study, "Osaka", "1.1", excerpt, "may open a desk")
    refused = workbench("cell", "quote", study, "Osaka", "1.1", excerpt, "must open a desk")
    assert refused.status == 3
    assert workbench("cell", "status", study, "Osaka", "1.2", "no-not-found").status == 3
    done("cell", "search", study, "Osaka", "1.2", "--document", "osaka-plan", "--term", "translat")
    done("cell", "status", study, "Osaka", "1.2", "no-not-found")
    done("cell", "footnote", study, "cell:Osaka:1.1", "As of the budget of the year.")

    # Interpret.
    claim = done("claim", "make", study, "association", "Where the city decides, languages follow").first
    done("claim", "edit", study, claim, "--statement", "A desk that opens answers in several languages.")
    done("claim", "link", study, claim, "--cell", "Kyoto", "1.2")
    assert workbench("claim", "hold", study, claim).status == 3
    done("claim", "link", study, claim, "--cell", "Osaka", "1.1", "--contradicts")
    done("claim", "hold", study, claim)

    # A changed definition makes stale what rests on it.
    done("framework", "edit-code", study, "1.1", "--include", "Desks by telephone.", "--reason", "Asked for.")
    assert [row["case"] for row in rows("cell", "list", study, "--state", "stale")] == ["Kyoto", "Osaka"]
    assert rows("claim", "list", study)[0]["state"] == "stale"
    assert "include" in done("framework", "diff", study).out
    for city in ("Kyoto", "Osaka"):
        done("cell", "clear", study, city, "1.1", "--reason", "Looked again; it stands.")

    # The chart, the counts and the proof.
    chart = done("chart", study, "--theme", "1", "--format", "md").out
    assert "May open one." in chart
    assert "Kyoto" in chart
    done("chart", study, "--theme", "Information", "--format", "xlsx", "-o", tmp_path / "chart.xlsx")
    assert "2" in done("count", study).out
    head = done("log", "verify", study).first.rpartition(" ")[2]
    done("case", "edit", study, "Kyoto", "--set", "region=Kansai")
    assert done("log", "verify", study, "--against", head).status == 0
    assert done("check", study).status == 0
