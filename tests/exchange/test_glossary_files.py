"""Glossaries as files: what is written is read back, in both forms."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from workbench.exchange.glossary import read_glossary, write_glossary
from workbench.model.glossary import Term, TermRule

LINE = st.text(
    st.characters(codec="utf-8", categories=["L", "N", "P", "S"], exclude_characters=";"), min_size=1
)
PARTS = st.lists(LINE.filter(lambda part: "\\" not in part), max_size=3).map(tuple)
SAID = LINE.filter(lambda part: "\\" not in part) | st.sampled_from(
    ["=1+1", "-x", "'a", "no", "1", "a: b", "@x"]
)
TERMS = st.lists(
    st.builds(
        Term,
        id=st.just(""),
        language=st.sampled_from(["ja", "no", "zh-TW"]),
        target_language=st.just("en"),
        term=SAID,
        rule=st.sampled_from(TermRule),
        variants=PARTS,
        transliteration=SAID,
        renderings=PARTS,
        forbidden=PARTS,
        gloss=st.just("") | SAID,
        definition=st.just("one\n\ntwo") | SAID,
        sources=PARTS,
    ),
    min_size=1,
    max_size=4,
    unique_by=lambda term: (term.language, term.term),
)


@given(TERMS, st.sampled_from(["yaml", "csv"]))
def test_what_is_written_is_read_back(terms: list[Term], form: str) -> None:
    assert read_glossary(f"terms.{form}", write_glossary(terms, format=form)) == tuple(terms)
