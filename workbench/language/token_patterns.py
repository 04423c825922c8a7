"""Token patterns of codes: read strictly, kept as JSON, matched by spaCy's Matcher.

Only what a blank pipeline knows of a token may be asked for, and nothing whose cost grows without limit: no
regular expressions, no fuzzy comparison, no open repetition.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from workbench.model.text import Passage

if TYPE_CHECKING:
    from spacy.matcher import Matcher
    from spacy.tokens import Doc

MOST_PATTERNS = 20
"""Patterns of one code."""
_MOST_TOKENS = 20
"""Tokens that a pattern may span."""
_MOST_OPTIONAL = 8
"""Tokens of a pattern that may be left out: each may double the ways through it."""
_MOST_WORDS = 100
"""Words in a list of alternatives."""
_LONGEST_WORD = 100
_LONGEST_JSON = 8000
_WORDS = frozenset({"LEMMA", "LOWER", "TEXT", "ORTH", "SHAPE"})
_TRUTHS = frozenset(
    {
        *("IS_ALPHA", "IS_ASCII", "IS_DIGIT", "IS_LOWER", "IS_UPPER", "IS_TITLE", "IS_PUNCT", "IS_STOP"),
        *("LIKE_NUM", "IS_SENT_START", "IS_BRACKET", "IS_QUOTE"),
    }
)
_TIMES = re.compile(r"\{(\d{1,2})(?:,(\d{1,2}))?\}")
_KNOWN = ", ".join(sorted({*_WORDS, *_TRUTHS, "LENGTH", "OP"}))
_LONGEST_UNIT = 5000
"""Characters of a unit in which patterns are looked for."""


def pattern_of(value: object) -> str:
    """Read a pattern, a list of mappings or JSON that says one, and give it in its one canonical form.

    Words count for truths and numbers too, as a codebook file has them. Raises ValueError with a sentence on
    what is wrong.
    """
    if isinstance(value, str):
        if len(value) > _LONGEST_JSON:
            raise ValueError(f"a pattern has at most {_LONGEST_JSON} characters")
        try:
            value = json.loads(value)
        except (ValueError, RecursionError):
            raise ValueError(
                "a pattern is a list of tokens, such as [{LEMMA: human}, {LOWER: rights}]"
            ) from None
    if not isinstance(value, list) or not value:
        raise ValueError("a pattern is a list of tokens, such as [{LEMMA: human}, {LOWER: rights}]")
    tokens = [_token(each) for each in value]
    _refuse_costly(tokens)
    return json.dumps(tokens, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def patterns_of(values: Sequence[object]) -> tuple[str, ...]:
    """Read the patterns of a code; raises ValueError for too many of them, too."""
    if len(values) > MOST_PATTERNS:
        raise ValueError(f"a code has at most {MOST_PATTERNS} patterns")
    return tuple(pattern_of(value) for value in values)


def _token(value: object) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise ValueError("a token of a pattern is a mapping, such as {LEMMA: right}")
    token = {str(name).upper(): said for name, said in value.items()}
    if len(token) != len(value):
        raise ValueError("a token of a pattern says something twice")
    return {name: _said(name, said) for name, said in token.items()}


def _said(name: str, said: object) -> Any:
    if name == "OP":
        return _operator(said)
    if name in _TRUTHS:
        return _truth(name, said)
    if name == "LENGTH":
        if isinstance(said, bool) or not str(said).isdecimal() or not 0 < int(str(said)) < 1000:
            raise ValueError("LENGTH of a token is a whole number from 1")
        return int(str(said))
    if name not in _WORDS:
        raise ValueError(f"{name} of a token is not known here; known: {_KNOWN}")
    if isinstance(said, dict):
        return _alternatives(name, said)
    return _word(name, said)


def _alternatives(name: str, said: Mapping[object, object]) -> dict[str, list[str]]:
    if len(said) != 1 or not {str(key).upper() for key in said} <= {"IN", "NOT_IN"}:
        raise ValueError(f"{name} of a token is a word, or IN or NOT_IN with a list of words")
    [(kind, words)] = said.items()
    if not isinstance(words, list) or not 0 < len(words) <= _MOST_WORDS:
        raise ValueError(f"{kind} of {name} is a list of 1 to {_MOST_WORDS} words")
    return {str(kind).upper(): [_word(name, word) for word in words]}


def _word(name: str, said: object) -> str:
    if not isinstance(said, str) or not 0 < len(said) <= _LONGEST_WORD:
        raise ValueError(f"{name} of a token is a word of 1 to {_LONGEST_WORD} characters")
    return said.lower() if name in ("LEMMA", "LOWER") else said


def _truth(name: str, said: object) -> bool:
    if said not in (True, False, "true", "false"):
        raise ValueError(f"{name} of a token is true or false")
    return said in (True, "true")


def _operator(said: object) -> str:
    if said in ("!", "?"):
        return str(said)
    if said in ("*", "+"):
        raise ValueError(f"OP {said} has no end; write how often, such as {{0,5}}")
    if not isinstance(said, str) or not (times := _TIMES.fullmatch(said)):
        raise ValueError("OP of a token is !, ?, {2} or {0,5}")
    least, most = int(times[1]), int(times[2] or times[1])
    if least > most or not most:
        raise ValueError(f"OP {said} allows nothing")
    return said


def _refuse_costly(tokens: Sequence[Mapping[str, Any]]) -> None:
    spans = [_span(token.get("OP", "")) for token in tokens]
    if sum(most for _, most in spans) > _MOST_TOKENS:
        raise ValueError(f"a pattern spans at most {_MOST_TOKENS} tokens")
    if sum(most - least for least, most in spans) > _MOST_OPTIONAL:
        raise ValueError(f"at most {_MOST_OPTIONAL} tokens of a pattern may be left out")
    if not any(
        least and set(token) - {"OP"} and token.get("OP") != "!"
        for token, (least, _) in zip(tokens, spans, strict=True)
    ):
        raise ValueError("a pattern needs a token that must be there")


def _span(operator: str) -> tuple[int, int]:
    if operator == "?":
        return 0, 1
    if times := _TIMES.fullmatch(operator):
        return int(times[1]), int(times[2] or times[1])
    return 1, 1


class PatternMatcher:
    """Finds the patterns of a code in units of one language."""

    def __init__(self, patterns: Sequence[str], language: str) -> None:
        self._doc_of, self._matcher = _prepared(tuple(patterns), language)

    def hits(self, unit: str) -> Iterator[tuple[int, Passage]]:
        """Give which pattern stands where in a unit, the longest of those that overlap."""
        doc = self._doc_of(unit[:_LONGEST_UNIT])
        for number, start, end in self._matcher(doc):
            last = doc[end - 1]
            place = int(doc.vocab.strings[number])
            yield place, Passage(doc[start].idx, last.idx + len(last.text))


@lru_cache(maxsize=32)
def _prepared(patterns: tuple[str, ...], language: str) -> tuple[Callable[[str], Doc], Matcher]:
    from spacy.matcher import Matcher

    from workbench.language.components import lemmatised

    doc_of = lemmatised(language)
    matcher = Matcher(doc_of("").vocab)
    for place, pattern in enumerate(patterns):
        matcher.add(str(place), [json.loads(pattern)], greedy="LONGEST")
    return doc_of, matcher
