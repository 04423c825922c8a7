"""Searching a study: order, scope, context, stopping, and codes that stand together."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from tests.stages.conftest import PLAN, at, plan
from workbench.errors import WrongUsage
from workbench.model.text import TextKind
from workbench.sources import read_bytes
from workbench.stages.coding_search import parse, search_codings
from workbench.stages.importing import ImportPlan, importing
from workbench.stages.index import code_passage
from workbench.stages.register import edit_case, exclude_document
from workbench.stages.search import Hit, Mode, Query, Search
from workbench.stages.search_scope import Citations, Condition, Scope
from workbench.study.file import open_study
from workbench.study.study import Study

TEXTS = (
    ("Osaka", "osaka-ja.txt", "多文化共生を進める。\n\n人権と共生。\n", "ja"),
    ("Kawasaki", "kawasaki-ja.txt", "共生の条例\n", "ja"),
    ("Osaka", "osaka-en.txt", "Living together: rights for all.\n", "en"),
)


@pytest.fixture
def cities(study: Study) -> Study:
    for case, name, content, language in TEXTS:
        with importing(study, ImportPlan(case=case, language=language)) as run:
            run.add(name, content.encode(), read_bytes(name, content.encode()))
    return study


def hits(study: Study, words: str, scope: Scope | None = None, **options: object) -> list[Hit]:
    return list(Search(study, Query(words, **options), scope).hits())  # type: ignore[arg-type]


def test_hits_come_by_case_document_and_place_with_context_and_citation(cities: Study) -> None:
    found = hits(cities, "共生")
    assert [(hit.place.cases[0].name, hit.place.document.key, hit.passage.start) for hit in found] == [
        ("Osaka", "osaka-ja", 3),
        ("Osaka", "osaka-ja", 15),
        ("Kawasaki", "kawasaki-ja", 0),
    ]
    assert (found[0].before, found[0].words, found[0].after) == (
        "多文化",
        "共生",
        "を進める。\n\n人権と共生。\n",
    )
    assert Citations(cities).of(found[1].place.text, found[1].passage) == "para. 2"


def test_a_scope_leaves_the_texts_that_meet_all_of_it(cities: Study) -> None:
    kawasaki = hits(cities, "条例")[0].place
    case = kawasaki.cases[0]
    edit_case(cities, case.id, attributes={"size": "Large"})
    assert len(hits(cities, "共生", Scope(within=frozenset([case.id])))) == 1
    assert len(hits(cities, "共生", Scope(within=frozenset([kawasaki.document.id, kawasaki.text.id])))) == 1
    assert hits(cities, "共生", Scope(languages=frozenset(["en"]))) == []
    assert len(hits(cities, "共生", Scope(kinds=frozenset([TextKind.ORIGINAL])))) == 3
    assert len(hits(cities, "共生", Scope(conditions=(Condition("case", "size", "ｌａｒｇｅ"),)))) == 1
    assert len(hits(cities, "共生", Scope(conditions=(Condition("document", "key", "osaka-ja"),)))) == 2
    with pytest.raises(WrongUsage, match="No case has colour"):
        Search(cities, Query("x"), Scope(conditions=(Condition("case", "colour", "red"),)))


def test_an_excluded_document_is_searched_only_where_it_is_named(cities: Study) -> None:
    place = hits(cities, "条例")[0].place
    exclude_document(cities, place.document.id, reason="Not a policy.")
    assert hits(cities, "条例") == []
    assert len(hits(cities, "条例", Scope(within=frozenset([place.document.id])))) == 1


def test_a_search_can_be_stopped_and_tells_how_far_it_is(cities: Study) -> None:
    told: list[tuple[int, int]] = []
    search = Search(cities, Query("共生"))
    assert len(list(search.hits(progress=lambda done, total: told.append((done, total))))) == 3
    assert told == [(0, 3), (1, 3), (2, 3), (3, 3)]
    stop = threading.Event()
    found = []
    for hit in Search(cities, Query("共生")).hits(stopped=stop.is_set):
        found.append(hit)
        stop.set()
    assert len(found) == 1


def test_a_thread_searches_with_a_study_of_its_own(cities: Study) -> None:
    found: list[Hit] = []

    def work() -> None:
        with open_study(cities.path, read_only=True) as mine:
            found.extend(Search(mine, Query("共生")).hits())

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert len(found) == 3


def test_texts_without_lemmas_are_left_out_and_counted(
    cities: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "workbench.stages.search.lacking", lambda language: "No lemmas." if language == "ja" else ""
    )
    search = Search(cities, Query("rights", Mode.LEMMA))
    assert search.left_out == {"No lemmas.": 2}
    assert [place.document.key for place in search.places] == ["osaka-en"]


def coded_words(study: Study, expression: str, **options: str) -> list[str]:
    return [found.excerpt.quote for found in search_codings(study, expression, **options)]  # type: ignore[arg-type]


@pytest.fixture
def indexed(coded: Study) -> Study:
    text = plan(coded).id
    codes = {code.name: code.id for code in coded.framework.codes.values()}
    code_passage(coded, text, at("sets up a desk"), [codes["Desk"]])
    code_passage(coded, text, at("a desk."), [codes["Fees"]])
    code_passage(coded, text, at("answers"), [codes["Desk"]])
    code_passage(coded, text, at("Portuguese"), [codes["Languages"]])
    code_passage(coded, text, at("Nobody pays"), [codes["Fees"]])
    return coded


def test_codings_are_found_by_what_stands_with_them(indexed: Study) -> None:
    assert coded_words(indexed, "1.1") == ["sets up a desk", "answers"]
    assert coded_words(indexed, "Desk AND Fees") == ["sets up a desk"]
    assert coded_words(indexed, "1.1 NOT 1.3") == ["answers"]
    assert coded_words(indexed, "1.1 NEAR/sentence 1.2") == ["answers"]
    assert coded_words(indexed, "1.2 NEAR/sentence 1.3") == []
    assert coded_words(indexed, "1.2 NEAR/paragraph 1.3") == ["Portuguese"]
    assert coded_words(indexed, "1.1 NEAR/sentence 1.2 NOT 1.3") == ["answers"]
    assert len(coded_words(indexed, "Services")) == 5


def test_near_counts_the_characters_between(indexed: Study) -> None:
    gap = PLAN.index("Portuguese") - PLAN.index("answers") - len("answers")
    assert coded_words(indexed, f"1.2 NEAR/{gap} 1.1") == ["Portuguese"]
    assert coded_words(indexed, f"1.2 NEAR/{gap - 1} 1.1") == []


def test_codings_are_filtered_by_coder_and_scope_and_show_what_stands_beside(indexed: Study) -> None:
    assert coded_words(indexed, "1.1", coder="A. Mori") == ["sets up a desk", "answers"]
    assert coded_words(indexed, "1.1", coder="B. Sato") == []
    assert list(search_codings(indexed, "1.1", Scope(languages=frozenset(["ja"])))) == []
    [found] = search_codings(indexed, "1.1 AND 1.3")
    assert [excerpt.quote for excerpt in found.beside] == ["a desk."]
    assert [code.name for code in found.codes] == ["Desk"]


@pytest.mark.parametrize(
    ("expression", "mistake"),
    [
        ("1.1 AND", "missing"),
        ("AND 1.1", "missing"),
        ("", "missing"),
        ("1.1 NEAR 1.2", "needs a reach"),
        ("1.1 NEAR/page 1.2", "character 5"),
    ],
)
def test_an_expression_that_cannot_be_read_is_told_with_its_place(expression: str, mistake: str) -> None:
    with pytest.raises(WrongUsage, match=mistake):
        parse(expression)


def test_an_unknown_code_is_told_with_its_place(indexed: Study) -> None:
    with pytest.raises(WrongUsage, match=r"1\.1 AND >>9\.9: there is no code or theme 9\.9 \(character 9\)"):
        search_codings(indexed, "1.1 AND 9.9")


def test_every_article_of_a_real_law_can_be_found(study: Study, shared_data: Path) -> None:
    data = (shared_data / "constitution-ja-en" / "ja.txt").read_bytes()
    with importing(study, ImportPlan(case="Japan", language="ja")) as run:
        run.add("constitution.txt", data, read_bytes("constitution.txt", data))
    content = data.decode("utf-8-sig").replace("\r\n", "\n")
    for words in ("共生", "人権", "国民", "基本的人権"):
        assert len(hits(study, words)) == content.count(words)
