"""A small study with everything in it, for the screens of matrix and claims."""

from __future__ import annotations

from pathlib import Path

from workbench.model.case import Case, CaseDocument, Document
from workbench.model.cell import CellState, CountingRule, Need, Status
from workbench.model.claim import ClaimKind
from workbench.model.coding import Excerpt
from workbench.model.decision import Verb
from workbench.model.framework import Code, Theme
from workbench.model.records import Record
from workbench.model.text import Passage, PlaceMap, Text, TextKind
from workbench.stages import chart, index, interpret
from workbench.study.file import create_study
from workbench.study.places import bytes_of_places
from workbench.study.study import Study

HOSTILE = "[bold]not markup[/bold] \x1b[31m red \u202e turned"
WORDS = (
    "The city opens its assembly of residents to everybody.\n"
    "日本語の相談窓口を毎日開く。多文化共生を進める。\n"
    f"Housing help is given to newcomers only. {HOSTILE}\n"
)
CODES = (("assembly", "Assembly"), ("desk", "Advice desk"), ("housing", "Help with housing"))
CASES = (("north", "North City"), ("south", "南市 [red]"))


def build_study(path: Path, *, coder: str = "A. Mori") -> Study:
    """Make a study of two cases, one theme, three codes, three excerpts, two cells and a claim."""
    study = create_study(path, title="Two cities", coder=coder)
    study.decide(Verb.APPLY_CODEBOOK, "setting:framework title", put=_framework(), reason="The start.")
    _import(study)
    _index(study)
    _chart(study)
    return study


def _framework() -> list[Record]:
    themes: list[Record] = [Theme("local", None, 1, "Local measures"), Theme("other", None, 2, "Elsewhere")]
    codes: list[Record] = [
        Code(identifier, "local", number, name, definition=f"What counts as {name.lower()}.")
        for number, (identifier, name) in enumerate(CODES, 1)
    ]
    rules: list[Record] = [CountingRule("published", "as published", 1), CountingRule("strict", "strict", 2)]
    return [*themes, *codes, *rules, *_statuses()]


def _statuses() -> list[Record]:
    one, none = {"published": "1", "strict": "1"}, {"published": "0", "strict": "0"}
    return [
        Status("yes", "Yes", "Y", 1, "Found.", one, (Need.EXCERPT,)),
        Status(
            "restricted",
            "Yes but restricted",
            "Yr",
            2,
            "Found, limited.",
            {"published": "1", "strict": "0"},
            (Need.EXCERPT, Need.NOTE),
        ),
        Status("not-found", "Not found", "Nf", 3, "Searched, nothing.", none, (Need.SEARCH,)),
        Status("na", "Not applicable", "–", 4, "Outside its powers.", {}, (Need.NOTE,), in_denominator=False),
    ]


def _import(study: Study) -> None:
    put: list[Record] = [Case(identifier, name, at) for at, (identifier, name) in enumerate(CASES, 1)]
    starts = (0, *[at + 1 for at, letter in enumerate(WORDS) if letter == "\n"][:-1])
    with study.transaction():
        content = study.store(WORDS.encode())
        places = study.store(bytes_of_places(PlaceMap(starts)))
        for identifier, _ in CASES:
            document = Document(f"d-{identifier}", f"{identifier}-plan", f"Plan of {identifier} [link]")
            put += [document, CaseDocument.of(identifier, document.id)]
            put.append(
                Text(
                    f"t-{identifier}",
                    document.id,
                    "ja",
                    TextKind.ORIGINAL,
                    content,
                    places,
                    content,
                    "plan [1].txt",
                    "",
                    "txt",
                    "utf-8",
                    len(WORDS),
                )
            )
        study.decide(Verb.IMPORT_TEXTS, "case:north", put=put)


def passage(words: str) -> Passage:
    """Find the one place where words stand in the text of the study."""
    start = WORDS.index(words)
    return Passage(start, start + len(words))


def _index(study: Study) -> None:
    for text, words, code in (
        ("t-north", "The city opens its assembly of residents", "assembly"),
        ("t-north", "everybody", "assembly"),
        ("t-north", "日本語の相談窓口を毎日開く。", "desk"),
        ("t-south", f"newcomers only. {HOSTILE}", "housing"),
    ):
        index.code_passage(study, text, passage(words), [code])


def excerpt(study: Study, words: str) -> Excerpt:
    """Find the excerpt that begins with words."""
    return next(each for each in study.all(Excerpt) if each.quote.startswith(words))


def _chart(study: Study) -> None:
    chart.write_cell(study, "north", "assembly", summary="Open to all residents.")
    chart.link_excerpts(study, "north", "assembly", [excerpt(study, "The city").id])
    chart.set_status(study, "north", "assembly", "yes")
    chart.mark_cell(study, "north", "assembly", CellState.CHARTED)
    chart.write_cell(study, "south", "housing", summary=f"For some: {HOSTILE}")
    chart.link_excerpts(study, "south", "housing", [excerpt(study, "newcomers").id])
    chart.set_status(study, "south", "housing", "restricted", note="newcomers only")
    claim = interpret.make_claim(study, ClaimKind.ASSOCIATION, "Openness", statement="Assemblies are open.")
    interpret.link_cell(study, claim.id, "north.assembly")
