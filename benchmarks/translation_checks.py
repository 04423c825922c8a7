"""Questions about translations on the pairs in ../shared/data: how many are asked, and what faults are seen.

Pairs are rows that are known to render one another. A fault is put into a translation of which nothing of
that kind is asked; it counts as seen when a question of its kind is asked then.
"""

from __future__ import annotations

import argparse
import glob
import random
import re
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks.alignment import DATA, cut, encyclopaedia, news, table, website
from workbench.language.alignment import align
from workbench.language.checked_pair import Pair, Seen
from workbench.language.checking import questions_of
from workbench.language.checking_extent import usual_ratio
from workbench.language.checking_names import listed_names
from workbench.language.units import sentences
from workbench.model.translation_check import CheckKind

Words = tuple[str, str]
Fault = Callable[[str, str, random.Random], str | None]
"""Takes the source and the translation; gives the translation with a fault, or None where it takes none."""
CORPUS = Path(__file__).resolve().parents[1] / "corpus" / "documents"
_NUMBER_WORDS = ["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]
_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]


def collections() -> dict[str, list[list[Words]]]:
    """Give the pairs of every collection, document by document; all but the last are other people's."""
    found = {
        "constitution": [_rows(DATA / "constitution-ja-en" / "aligned.csv")],
        "universal declaration": [_rows(DATA / "udhr" / "aligned-ja-en.csv")],
        "preamble": [_rows(DATA / "hate-speech-act-preamble-ja-en" / "aligned.csv", "en_jlt")],
        "strings of a website": [[("".join(a), "".join(b)) for a, b in website()]],
        "news": [[(a[0], b[0]) for a, b in document] for document in news()],
        "code of conduct 1.4, aligned": code_of_conduct("v1.4"),
        "code of conduct 2.0, aligned": code_of_conduct("v2.0"),
        "encyclopaedia": [[(a[0], b[0]) for a, b in document] for document in encyclopaedia()],
    }
    return found | {"teaching corpus": teaching()}


def code_of_conduct(version: str) -> list[list[Words]]:
    """Give what the aligner links of a code of conduct and its translation, without sentence vectors."""
    folder = DATA / "code-of-conduct-ja-en"
    ours, theirs = (
        cut((folder / f"{version}.{language}.md").read_text(encoding="utf-8"), language)
        for language in ("ja", "en")
    )
    found = align(ours, theirs)
    return [
        [
            ("".join(ours[i] for i in link.source), " ".join(theirs[i] for i in link.target))
            for link in found.links
        ]
    ]


def _rows(path: Path, english: str = "en") -> list[Words]:
    return [("".join(a), "".join(b)) for a, b in table(path, english, whole=True)]


def teaching() -> list[list[Words]]:
    """Give the lines of the teaching corpus, which pair up."""
    documents = []
    for name in sorted(glob.glob(str(CORPUS / "*.ja.*"))):
        ours = Path(name).read_text(encoding="utf-8").splitlines()
        theirs = Path(name.replace(".ja.", ".en.")).read_text(encoding="utf-8").splitlines()
        documents.append([(a, b) for a, b in zip(ours, theirs, strict=True) if a.strip()])
    return documents


def asked(
    documents: list[list[Words]], *, negation: bool = False
) -> Iterator[tuple[Words, float | None, Seen]]:
    """Give every question with its pair and the ratio of its document."""
    for document in documents:
        usual = usual_ratio([Pair.of(*words, ("ja", "en")) for words in document])
        for words in document:
            for seen in questions_of(Pair.of(*words, ("ja", "en")), usual=usual, negation=negation):
                yield words, usual, seen


def _replaced(
    words: str, pattern: str, other: Callable[[re.Match[str]], str | None], rng: random.Random
) -> str | None:
    """Change one place where a pattern is found."""
    places = list(re.finditer(pattern, words))
    rng.shuffle(places)
    for match in places:
        new = other(match)
        if new is not None and new != match.group():
            return words[: match.start()] + new + words[match.end() :]
    return None


def digits(source: str, target: str, rng: random.Random) -> str | None:
    """Change one group of digits."""

    def other(match: re.Match[str]) -> str:
        change = str(rng.randint(1, 9))
        at = rng.randrange(len(match.group()))
        digit = change if change != match.group()[at] else str(int(change) % 9 + 1)
        return match.group()[:at] + digit + match.group()[at + 1 :]

    return _replaced(target, r"(?<![A-Za-z0-9-])[0-9]+(?!\))(?![A-Za-z])", other, rng)


def number_word(source: str, target: str, rng: random.Random) -> str | None:
    """Put another number word."""
    words = "|".join(_NUMBER_WORDS)
    return _replaced(target, rf"\b(?:{words})\b", lambda match: rng.choice(_NUMBER_WORDS[1:]), rng)


def month(source: str, target: str, rng: random.Random) -> str | None:
    """Put another month."""
    words = "|".join(_MONTHS)
    return _replaced(target, rf"\b(?:{words})\b(?=\s[0-9]|,)", lambda match: rng.choice(_MONTHS), rng)


def scale(source: str, target: str, rng: random.Random) -> str | None:
    """Put a thousand for a million and the like, or drop the last three noughts."""
    others = {"million": "billion", "billion": "million", "thousand": "million"}
    return _replaced(
        target, r"\b(?:million|billion|thousand)\b", lambda m: others[m.group()], rng
    ) or _replaced(target, r"[0-9]+,000\b", lambda match: match.group()[:-4], rng)


def reference(source: str, target: str, rng: random.Random) -> str | None:
    """Refer to another article or paragraph."""

    def other(match: re.Match[str]) -> str:
        return f"{match[1]}{int(match[2]) + rng.choice((1, 2, 10))}"

    return _replaced(target, r"((?:Article|Art\.|paragraph|item)\s\(?)([0-9]+)", other, rng)


def name(source: str, target: str, rng: random.Random) -> str | None:
    """Put another place or people."""
    names = [each.english[0] for each in listed_names().values() if each.english and len(each.english[0]) > 4]
    words = "|".join(dict.fromkeys(names))
    return _replaced(target, rf"\b(?:{words})\b", lambda match: rng.choice(names), rng)


def dropped(source: str, target: str, rng: random.Random) -> str | None:
    """Leave a sentence out that is a third of the passage or more."""
    places = sentences(target, "en")
    large = [place for place in places if len(place) * 3 >= len(target) and len(place) > 40]
    if len(places) < 2 or not large:
        return None
    place = rng.choice(large)
    return target[: place.start] + target[place.end :]


def repeated(source: str, target: str, rng: random.Random) -> str | None:
    """Add a sentence that is not in the source, as long as the passage."""
    more = "This was decided after long discussion, and nobody who took part in it raised an objection. "
    return f"{target.strip()} {(more * 9)[: max(len(target), 60)]}" if len(target) > 40 else None


def untranslated(source: str, target: str, rng: random.Random) -> str | None:
    """Leave the passage as it was."""
    return source if re.search(r"[\u3041-\u30ff\u4e00-\u9fff]{6}", source) else None


def to_may(source: str, target: str, rng: random.Random) -> str | None:
    """Make what must be done something that may be done."""
    if not re.search(r"なければならない|なければなりません|ものとする", source):
        return None
    if len(re.findall(r"\b(?:shall|must)\b", target)) != 1:
        return None
    return _replaced(target, r"\b(?:shall|must)\b(?! not)", lambda match: "may", rng)


def to_should(source: str, target: str, rng: random.Random) -> str | None:
    """Make what must be done something that should be done."""
    done = to_may(source, target, rng)
    return None if done is None else re.sub(r"\bmay\b", "should", done)


def to_shall(source: str, target: str, rng: random.Random) -> str | None:
    """Make what may be done something that must be done."""
    if (
        not re.search(r"ことができる|ことができます|てもよい", source)
        or len(re.findall(r"\bmay\b", target)) != 1
    ):
        return None
    return _replaced(target, r"\bmay\b(?! not)", lambda match: "shall", rng)


def not_striven(source: str, target: str, rng: random.Random) -> str | None:
    """Make what is striven for something that is done."""
    if "努め" not in source:
        return None
    forms = r"\b(?:endeavou?r(?:s|ed|ing)?|striv(?:e|es|ing)|makes? (?:\w+ )?efforts?) (?:to|for) "
    return _replaced(target, forms, lambda match: "", rng)


def allowed(source: str, target: str, rng: random.Random) -> str | None:
    """Make what is forbidden something that may be done."""
    if not re.search(r"てはなら|ことができない|ことはできない", source):
        return None
    return _replaced(target, r"\b(?:shall not|must not|may not|cannot)\b", lambda match: "may", rng)


FAULTS: dict[str, tuple[Fault, frozenset[CheckKind]]] = {
    what: (fault, frozenset(kinds))
    for what, fault, kinds in (
        (
            "a digit is another",
            digits,
            {CheckKind.NUMBERS, CheckKind.DATES, CheckKind.AMOUNTS, CheckKind.REFERENCES},
        ),
        ("a number word is another", number_word, {CheckKind.NUMBERS, CheckKind.DATES, CheckKind.AMOUNTS}),
        ("a month is another", month, {CheckKind.DATES}),
        ("a thousand is a million", scale, {CheckKind.NUMBERS, CheckKind.AMOUNTS}),
        ("an article is another", reference, {CheckKind.REFERENCES}),
        ("a place or people is another", name, {CheckKind.NAMES}),
        ("a sentence is left out", dropped, {CheckKind.MISSING}),
        ("a sentence is added", repeated, {CheckKind.ADDED}),
        ("the passage is not translated", untranslated, {CheckKind.MISSING}),
        ("must becomes may", to_may, {CheckKind.MODALITY}),
        ("must becomes should", to_should, {CheckKind.MODALITY}),
        ("may becomes shall", to_shall, {CheckKind.MODALITY}),
        ("an endeavour becomes a fact", not_striven, {CheckKind.MODALITY}),
        ("a prohibition becomes a permission", allowed, {CheckKind.MODALITY}),
    )
}
"""What a fault is -> how it is made, and the kinds of questions by which it is seen."""


def seen_faults(documents: list[list[Words]], what: str, seed: int = 0) -> Iterator[tuple[Words, str, bool]]:
    """Put a fault into every pair that takes it: the pair, the faulty translation, whether it is seen."""
    fault, kinds = FAULTS[what]
    rng = random.Random(f"{seed} {what}")
    for document in documents:
        usual = usual_ratio([Pair.of(*words, ("ja", "en")) for words in document])
        for source, target in document:
            before = questions_of(Pair.of(source, target, ("ja", "en")), usual=usual)
            if any(one.kind in kinds for one in before):
                continue
            faulty = fault(source, target, rng)
            if faulty is not None and faulty != target:
                after = questions_of(Pair.of(source, faulty, ("ja", "en")), usual=usual)
                yield (source, target), faulty, any(one.kind in kinds for one in after)


def main() -> None:
    """Print questions by kind for every collection, the faults that were seen, and the time."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--show", type=int, default=0, metavar="N", help="print N questions of each collection"
    )
    parser.add_argument(
        "--missed", type=int, default=0, metavar="N", help="print N faults that were not seen"
    )
    parser.add_argument("--only", default="", help="only this collection")
    arguments = parser.parse_args()
    for title, documents in collections().items():
        if arguments.only in ("", title):
            _report(title, documents, arguments.show, arguments.missed)


def _report(title: str, documents: list[list[Words]], show: int, missed: int) -> None:
    pairs = sum(map(len, documents))
    begun = time.process_time()
    found = list(asked(documents))
    spent = (time.process_time() - begun) * 1000 / pairs
    counts = Counter(seen.kind.value for _, _, seen in found)
    hints = sum(seen.kind is CheckKind.NEGATION for _, _, seen in asked(documents, negation=True))
    touched = len({words for words, _, _ in found})
    print(
        f"{title}: {pairs} pairs, {len(found)} questions, {100 * len(found) / pairs:.1f} per 100, "
        f"in {touched} pairs"
    )
    print(f"  {dict(counts)}, negation {hints}; {spent:.2f} ms a pair")
    for (source, target), _, seen in random.Random(1).sample(found, min(show, len(found))):
        print(f"  - {seen.kind} {seen.question}\n      {source[:200]!r}\n      {target[:320]!r}")
    for what in FAULTS:
        results = list(seen_faults(documents, what))
        if results:
            print(f"  {what}: {sum(seen for *_, seen in results)} of {len(results)}")
        for (source, target), faulty, _ in [each for each in results if not each[2]][:missed]:
            print(f"      {source[:160]!r}\n      {target[:260]!r}\n      {faulty[:260]!r}")


if __name__ == "__main__":
    main()
