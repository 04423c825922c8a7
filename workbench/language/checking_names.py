"""Names on one side of a pair only: Latin words, katakana by its sound, and a list of places and bodies.

Which kanji are a name is not known without a dictionary: beside the list, only terms that are given are
looked for.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from workbench.language.anchors import words as common_words
from workbench.language.checked_pair import Half, Pair, Seen, asked
from workbench.language.transliteration import Names, kana_skeleton, latin_skeletons, romanised
from workbench.model.text import Passage
from workbench.model.translation_check import CheckKind

_LATIN_IN_JAPANESE = re.compile(
    r"(?<![A-Za-z0-9@/.:_#-])(?<![A-Za-z] )[A-Za-z][A-Za-z0-9]*(?:[.'’&-][A-Za-z0-9]+)*(?![@:/_])(?! [a-z])"
)
"""A Latin word among Japanese, and not one of an English sentence."""
_WORD = re.compile(r"[^\W\d_\u3041-\u30ff\u4e00-\u9fff々]+(?:['’-][^\W\d_\u3041-\u30ff\u4e00-\u9fff々]+)*")
_ADDRESS = re.compile(
    r"\S*(?:://|www\.|@)\S*|[\w-]+(?:\.[\w-]+)*\.(?:jp|com|org|net|go)\b\S*|\{[^}]*\}|<[^>]*>"
)
_KATAKANA = re.compile(r"[ァ-ヴー]{4,}(?:[・＝=][ァ-ヴー]{2,})*")
_CAPITAL = re.compile(r"(?<![.!?:\"“”'‘(\n\-*•] )(?<!\A)\b[A-Z][a-z]{2,}(?:-[A-Z]?[a-z]+)?\b")
_ERA_LETTER = re.compile(r"[MTSHR][0-9]")
_NO_NAMES = frozenset(
    [
        "Web",
        "WEB",
        "HP",
        "ID",
        "PC",
        "OK",
        "No",
        "NO",
        "TEL",
        "FAX",
        "Tel",
        "Fax",
        "URL",
        "Mr",
        "Ms",
        "Mrs",
        "Dr",
        "PDF",
        "Excel",
        "Word",
        "DV",
        "IT",
        "AM",
        "PM",
    ]
)
"""Latin words of Japanese that are no names, or are rendered by other words."""
_LEAST_LIKE, _LEAST_SOUNDS, _MOST_APART = 0.5, 3, 2
_LIST = re.compile(r"(?P<names>[^()]*)(?:\((?P<more>[^)]*)\))?\Z")


@dataclass(frozen=True, slots=True)
class Name:
    """A name of the list with its renderings."""

    written: str
    also: tuple[str, ...]
    """Further forms that answer for it in Japanese."""
    english: tuple[str, ...]
    also_english: tuple[str, ...]


@cache
def listed_names() -> Mapping[str, Name]:
    """Read the list of names."""
    found = {}
    content = files("workbench.language").joinpath("data/names.txt").read_text(encoding="utf-8")
    for line in content.splitlines():
        if line and not line.startswith("#"):
            japanese, _, english = line.partition(" = ")
            ours, theirs = _LIST.fullmatch(japanese.strip()), _LIST.fullmatch(english.strip())
            assert ours is not None
            assert theirs is not None
            written = ours["names"].strip()
            found[written] = Name(
                written,
                tuple((ours["more"] or "").split()),
                tuple(theirs["names"].split()),
                tuple((theirs["more"] or "").split()),
            )
    return found


@cache
def _listed_pattern() -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, sorted(listed_names(), key=len, reverse=True))))


@cache
def _english_pattern() -> tuple[re.Pattern[str], Mapping[str, tuple[Name, ...]]]:
    table: dict[str, tuple[Name, ...]] = {}
    for name in listed_names().values():
        for word in name.english:
            table[word] = (*table.get(word, ()), name)
    words = "|".join(map(re.escape, sorted(table, key=len, reverse=True)))
    return re.compile(rf"\b(?:{words})\b"), table


def name_questions(pair: Pair) -> Iterator[Seen]:
    """Ask about names that the other side has not."""
    source, target = pair.source, pair.target
    if source.is_japanese and target.is_english:
        yield from _across(pair, japanese=source, english=target)
    elif source.is_english and target.is_japanese:
        yield from _across(pair, japanese=target, english=source)
    elif source.is_japanese and target.is_japanese:
        yield from _sides(pair, _alone(source, target), _alone(target, source))
    else:
        yield from _sides(pair, *_same_script(source, target))


def _across(pair: Pair, *, japanese: Half, english: Half) -> Iterator[Seen]:
    ours = [*_latin_alone(japanese, english), *_listed_alone(japanese, english)]
    theirs = _english_alone(japanese, english)
    ours, theirs = _with_katakana(japanese, english, ours, theirs)
    if japanese is pair.source:
        yield from _sides(pair, ours, theirs)
    else:
        yield from _sides(pair, theirs, ours)


def _sides(pair: Pair, ours: Sequence[Passage], theirs: Sequence[Passage]) -> Iterator[Seen]:
    """Ask one question about all names: what stands on both sides is most likely one for the other."""
    if ours or theirs:
        words = asked(pair, ours, theirs, "no such name")
        priority = 1 if ours and theirs else 2
        yield Seen(CheckKind.NAMES, tuple(ours), tuple(theirs), words, priority)


def _blanked(words: str) -> str:
    """Give words with addresses and placeholders as blanks."""
    return _ADDRESS.sub(lambda match: " " * len(match.group()), words)


def _plain(word: str) -> str:
    parts = unicodedata.normalize("NFKD", word.casefold())
    return "".join(sign for sign in parts if sign.isalnum())


def _latin(half: Half) -> list[Passage]:
    """List the Latin words in Japanese, addresses and letters of eras aside."""
    found = []
    for match in _LATIN_IN_JAPANESE.finditer(_blanked(half.folded)):
        word = match.group()
        if len(word) > 1 and not _ERA_LETTER.match(word) and not word.islower() and word not in _NO_NAMES:
            found.append(half.place(*match.span()))
    return found


def _alone(here: Half, there: Half) -> list[Passage]:
    """List Latin words and listed names of one Japanese side that the other has not."""
    found = [place for place in _latin(here) if _plain(here.written(place)) not in _plain(there.folded)]
    for match in _listed_pattern().finditer(here.folded):
        name = listed_names()[match.group()]
        if not any(form in there.folded for form in (name.written.rstrip("県市町国"), *name.also)):
            found.append(here.place(*match.span()))
    return sorted(found)


def _latin_alone(japanese: Half, english: Half) -> list[Passage]:
    words = _WORD.findall(english.folded)
    run = _plain(english.folded)
    initials = "".join(part[0] for word in words for part in word.split("-") if part).casefold()
    found = []
    for place in _latin(japanese):
        plain = _plain(japanese.written(place))
        acronym = plain.isalpha() and len(plain) >= 2 and plain in initials
        if plain not in run and plain.rstrip("s") not in run and not acronym:
            found.append(place)
    return found


def _listed_alone(japanese: Half, english: Half) -> list[Passage]:
    """List the names of the list in Japanese that no rendering answers for."""
    there = {romanised(word) for word in re.findall(r"[^\W\d_]+(?:\.[A-Z])*", english.folded)}
    found = []
    for match in _listed_pattern().finditer(japanese.folded):
        name = listed_names()[match.group()]
        if not there & {romanised(word) for word in (*name.english, *name.also_english)}:
            found.append(japanese.place(*match.span()))
    return found


def _english_alone(japanese: Half, english: Half) -> list[Passage]:
    """List the English words of the list whose name the Japanese side has not."""
    pattern, table = _english_pattern()
    found = []
    content = _unmarked(english.folded)
    for match in pattern.finditer(content):
        forms = [form for name in table[match.group()] for form in (name.written, *name.also)]
        if not any(form in japanese.folded or form.rstrip("県市町国") in japanese.folded for form in forms):
            found.append(english.place(*match.span()))
    return found


def _unmarked(words: str) -> str:
    """Give letters without their marks, each in its place."""
    return "".join(unicodedata.normalize("NFD", sign)[:1] for sign in words)


def _with_katakana(
    japanese: Half, english: Half, ours: list[Passage], theirs: list[Passage]
) -> tuple[list[Passage], list[Passage]]:
    """Add katakana and capitalised words where both sides have such a word that the other has not."""
    lone = [place for place in _katakana(japanese) if not _sounds(japanese.written(place), english)]
    capitals = _capitals_alone(japanese, english)
    if lone and capitals:
        return sorted({*ours, *lone}), sorted({*theirs, *capitals})
    return ours, theirs


def _katakana(half: Half) -> list[Passage]:
    return [
        half.place(*match.span())
        for match in _KATAKANA.finditer(half.folded)
        if match.group() not in common_words() and not _listed_pattern().search(match.group())
    ]


def _sounds(katakana: str, english: Half) -> bool:
    words = {word for each in _WORD.findall(english.folded) for word in (each, *each.split("-"))}
    run = [
        *words,
        *(
            a + b
            for a, b in zip(_WORD.findall(english.folded), _WORD.findall(english.folded)[1:], strict=False)
        ),
    ]
    return all(any(_like(kana_skeleton(part), word) for word in run) for part in re.split("[・=]", katakana))


def _like(skeleton: str, word: str) -> bool:
    """Tell whether a skeleton and a word may be the same name; a good part of the sounds is enough."""
    from difflib import SequenceMatcher

    if len(skeleton) < 2:
        return True
    for other in latin_skeletons(word):
        if min(len(other), len(skeleton)) >= _LEAST_SOUNDS and (other in skeleton or skeleton in other):
            return True
        near = abs(len(skeleton) - len(other)) <= _MOST_APART
        if near and SequenceMatcher(None, skeleton, other, autojunk=False).ratio() > _LEAST_LIKE:
            return True
    return False


def _capitals_alone(japanese: Half, english: Half) -> list[Passage]:
    """List capitalised words inside sentences that neither katakana, kanji nor Latin words answer for."""
    katakana = [kana_skeleton(part) for part in re.findall(r"[ァ-ヴー]{2,}", japanese.folded)]
    names = Names(set(_WORD.findall(english.folded)))
    written = {
        word
        for run in re.findall("[一-鿿々]+", japanese.folded)
        for n in range(1, 6)
        for at in range(len(run) - n + 1)
        for word in names.written(run[at : at + n])
    }
    known = {each for english_words in common_words().values() for each in english_words}
    plain = _plain(japanese.folded)
    found = []
    for match in _CAPITAL.finditer(_blanked(english.folded)):
        word = match.group()
        low = word.casefold()
        if low in known or low.rstrip("s") in known or word in written or _plain(word) in plain:
            continue
        if not any(_like(skeleton, word) for skeleton in katakana):
            found.append(english.place(*match.span()))
    return found


def _same_script(source: Half, target: Half) -> tuple[list[Passage], list[Passage]]:
    """Compare capitalised words inside sentences where both sides are written in Latin letters."""
    sides = []
    for half, other in ((source, target), (target, source)):
        there = _plain(other.folded)
        sides.append(
            [
                half.place(*match.span())
                for match in _CAPITAL.finditer(_blanked(half.folded))
                if _plain(match.group()) not in there
            ]
        )
    return sides[0], sides[1]
