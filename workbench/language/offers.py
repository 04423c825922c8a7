"""What a text says of itself that the register may want to know: dates, law numbers, bodies, places.

Everything is offered with its place and why, and nothing is entered by itself.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from workbench.language.english_model import entities
from workbench.language.named_things import Named, Thing, named_things
from workbench.language.quantities import Kind, PartialDate, Quantity, quantities
from workbench.language.terms import main_language
from workbench.model.text import Passage

_HEAD = 1200
"""Code points at the beginning in which a text says what it is."""
_BEFORE, _AFTER = 40, 30
_NEAR = 12
"""Code points to a word that says what a Japanese date, or a bare year, is for."""
_FISCAL = re.compile(r"年度|fiscal|\bFY", re.IGNORECASE)
_MOST = 12
"""Bodies, places and laws that are offered of one text."""
_ERAS = re.compile(r"明治|大正|昭和|平成|令和|Meiji|Taisho|Showa|Heisei|Reiwa")
_CUES = {
    "adopted": re.compile(
        r"制定|公布|採択|策定|議決|決定|告示|発出|"
        r"adopted|enacted|promulgated|decided|drawn up|issued|published|approved|established",
        re.IGNORECASE,
    ),
    "in_force_from": re.compile(
        r"施行|適用|発効|(?:comes?|came|coming|enters?|entered|put) into (?:force|effect)|"
        r"effective|applies from",
        re.IGNORECASE,
    ),
    "in_force_to": re.compile(r"廃止|失効|限り|repealed|lapses|expires|abolished", re.IGNORECASE),
    "version_date": re.compile(
        r"改正|改定|改訂|更新|amended|revised|updated|amendment|revision", re.IGNORECASE
    ),
}
_OF_ITSELF = re.compile(
    r"(?:この|本)(?:条例|規則|法律|法|要綱|計画|規程|告示|指針|政令|省令)は|"
    r"\bthis (?:act|law|ordinance|plan|regulation|order|rule|guideline|notice)s?\b",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"[^\n。]*")
_NAMES = {Thing.LAW: "laws named", Thing.ORGANISATION: "bodies named", Thing.PLACE: "places named"}


@dataclass(frozen=True, slots=True)
class Offer:
    """A value for the register, with the words that it rests on."""

    name: str
    """A field of the register, or the name of a column of one's own."""
    value: str
    place: Passage
    words: str
    why: str
    beside: tuple[tuple[str, str], ...] = field(default=())
    """Other fields that go with it, such as the date in its era form."""

    def id_in(self, text_id: str) -> str:
        """Name the offer among those of all texts; the same words give the same name again."""
        said = f"{text_id}.{self.name}.{self.value}.{self.place.start}"
        return hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()[:8]


def offers(content: str, language: str, *, model: bool = True) -> list[Offer]:
    """List what a text offers to the register, fields before columns; each value once, where it stands first.

    With `model`, the English model names more where it is installed and is the one that was examined.
    """
    found = [*_dates(content, language)]
    names = list(named_things(content, language))
    if model and main_language(language) == "en":
        names += _unless_known(entities(content)[0], names)
    found += _of_the_text(content, names)
    own = {each.value for each in found if each.name == "law number"}
    found += [each for each in _columns(content, names) if each.name != "laws named" or each.value not in own]
    once: dict[tuple[str, str], Offer] = {}
    for each in found:
        once.setdefault((each.name, each.value), each)
    return list(once.values())


def _dates(content: str, language: str) -> Iterator[Offer]:
    dates = [
        each
        for each in quantities(content, language)
        if each.kind is Kind.DATE
        and _year(each)
        and not _FISCAL.search(content[max(0, each.start - 9) : each.end + 1])
    ]
    alone = [each for each in dates if each.start < _HEAD]
    said: dict[int, str] = {}
    for each in dates:
        sentence = _around(content, each.start)
        if each.start >= _HEAD and not _OF_ITSELF.search(content, sentence.start, sentence.end):
            continue
        cue = _nearest_cue(content, each, sentence)
        if cue is not None:
            said[each.start] = cue[0]
            yield _dated(content, each, cue[0], f"“{cue[1]}” stands by it")
    whole = [each for each in alone if each.start not in said and _iso(each).count("-") == 2]
    if whole and "adopted" not in said.values():
        yield _dated(content, whole[0], "adopted", "it is the first date at the head of the text")


def _year(each: Quantity) -> bool:
    return isinstance(each.value, PartialDate) and each.value.year is not None


def _iso(each: Quantity) -> str:
    assert isinstance(each.value, PartialDate)
    year, month, day = each.value
    parts = [f"{year:04}", f"{month:02}" if month else "", f"{day:02}" if month and day else ""]
    return "-".join(part for part in parts if part)


def _around(content: str, offset: int) -> Passage:
    start = max(content.rfind("\n", 0, offset), content.rfind("。", 0, offset)) + 1
    match = _SENTENCE.match(content, start)
    return Passage(start, match.end() if match else offset)


def _nearest_cue(content: str, date: Quantity, sentence: Passage) -> tuple[str, str] | None:
    """Find the word that says what a date is for: the nearest one, in its sentence."""
    narrow = "年" in content[date.start : date.end] or "-" not in _iso(date)
    first = max(sentence.start, date.start - (_NEAR if narrow else _BEFORE))
    last = min(sentence.end, date.end + (_NEAR if narrow else _AFTER))
    nearest: tuple[int, str, str] | None = None
    for name, pattern in _CUES.items():
        for match in pattern.finditer(content, first, last):
            far = match.start() - date.end if match.start() >= date.end else date.start - match.end()
            if far >= 0 and (nearest is None or far < nearest[0]):
                nearest = far, name, match.group()
    return None if nearest is None else nearest[1:]


def _dated(content: str, date: Quantity, name: str, why: str) -> Offer:
    words = content[date.start : date.end]
    beside = (("adopted_era", words),) if name == "adopted" and _ERAS.search(words) else ()
    return Offer(name, _iso(date), Passage(date.start, date.end), words, why, beside)


def _unless_known(more: Iterable[Named], known: Sequence[Named]) -> list[Named]:
    return [each for each in more if not any(each.start < one.end and one.start < each.end for one in known)]


def _of_the_text(content: str, names: Sequence[Named]) -> Iterator[Offer]:
    """Offer the number of the text itself and who issued it, where its head names them."""
    head = sorted((each for each in names if each.start < _HEAD), key=lambda each: each.start)
    law = next((each for each in head if each.thing is Thing.LAW and each.start < _HEAD // 3), None)
    if law is not None:
        yield _offered(content, law, "law number", "it stands at the head of the text")
    body = next((each for each in head if each.thing is not Thing.LAW), None)
    if body is not None:
        yield _offered(content, body, "issuer", "it is named first at the head of the text")


def _columns(content: str, names: Sequence[Named]) -> Iterator[Offer]:
    """Offer what is named: bodies and places that come twice, all laws; the most frequent first."""
    for thing, name in _NAMES.items():
        found: dict[str, list[Named]] = {}
        for each in names:
            if each.thing is thing:
                found.setdefault(_value(content, each), []).append(each)
        often = sorted(found.values(), key=lambda several: (-len(several), several[0].start))
        for several in often[:_MOST]:
            if thing is Thing.LAW or len(several) > 1:
                times = "once" if len(several) == 1 else f"{len(several)} times"
                yield _offered(content, several[0], name, f"named {times}; {several[0].by}")


def _value(content: str, each: Named) -> str:
    return " ".join(content[each.start : each.end].split())


def _offered(content: str, each: Named, name: str, why: str) -> Offer:
    place = Passage(each.start, each.end)
    return Offer(name, _value(content, each), place, content[each.start : each.end], why)
