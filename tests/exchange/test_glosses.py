"""Glosses in exports: behind the first place of a term that stays, marked as ours, the quote as it was."""

from __future__ import annotations

import io
import json
import zipfile

import pytest

from tests.properties.test_every_action import small_codebook
from tests.stages.test_text_versions import add, charted, code
from workbench.errors import WrongUsage
from workbench.exchange.charts import write_chart
from workbench.exchange.glosses import Glosses
from workbench.model.glossary import Term, TermRule
from workbench.model.quotation import place_quote
from workbench.model.text import TextKind
from workbench.stages import framework_versions, glossary
from workbench.stages.setup import change_setting
from workbench.study.study import Study

EN = "The plan is about tabunka kyousei and peace. Tabunka Kyōsei comes back.\n"
TERM = Term(
    "",
    "ja",
    "en",
    "多文化共生",
    TermRule.KEEP_SOURCE,
    transliteration="tabunka kyōsei",
    gloss="living together [*]",
)


@pytest.fixture
def study(study: Study) -> Study:
    framework_versions.apply_codebook(study, small_codebook(), reason="start")
    text = add(study, "en.txt", EN, TextKind.OWN_TRANSLATION)
    excerpt = code(study, text, EN.strip())
    charted(study, excerpt, "a1", quote="about tabunka kyousei and peace")
    glossary.add_term(study, TERM, reason="agreed")
    return study


def written(study: Study, format: str) -> str:
    data = write_chart(study, format=format)
    if format == "docx":
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            return package.read("word/document.xml").decode()
    return data.decode()


@pytest.mark.parametrize("format", ["docx", "html", "md"])
def test_the_first_place_in_a_document_is_glossed_and_no_other(study: Study, format: str) -> None:
    told = written(study, format)
    assert told.count("living together") == 1
    assert told.index("kyousei") < told.index("living together") < told.index("and peace")
    change_setting(study, "glosses", "no")
    assert "living together" not in written(study, format)
    with pytest.raises(WrongUsage, match="yes or no"):
        change_setting(study, "glosses", "maybe")


@pytest.mark.parametrize("format", ["csv", "json"])
def test_what_machines_read_has_the_words_as_they_are(study: Study, format: str) -> None:
    assert "living together" not in written(study, format)
    assert "about tabunka kyousei and peace" in written(study, format)


def test_the_quote_is_found_in_the_text_whatever_is_put_into_it(study: Study) -> None:
    words = "about tabunka kyousei and peace"
    pieces = Glosses(glossary.terms_of(study)).pieces(words, "en")
    assert pieces == [
        ("about tabunka kyousei", False),
        (" [living together [*]]", True),
        (" and peace", False),
    ]
    own = "".join(piece for piece, ours in pieces if not ours)
    placed = place_quote(EN, own)
    assert placed is not None
    assert placed.exact
    [evidence] = json.loads(written(study, "json"))["evidence"]
    assert evidence["quote"] == EN.strip()


def test_each_term_is_glossed_once_and_only_in_translations(study: Study) -> None:
    glosses = Glosses(glossary.terms_of(study))
    assert glosses.of("多文化共生を進める", "ja") == "多文化共生を進める"
    assert glosses.of("no term", "en") == "no term"
    assert glosses.of("tabunka kyōsei", "en") == "tabunka kyōsei [living together [*]]"
    assert glosses.of("tabunka kyōsei", "en") == "tabunka kyōsei"
    assert glosses.of("", "en") == ""
