"""Alignment against the pairs in ../shared/data: how many links are right, and what it costs.

Blocks that belong together are known; structure is thrown away, so that the units of a whole document stand
in one list. A link counts as right when all its units are of one block, a block as found when right links
hold all of it. In some runs a share of the blocks loses its Japanese side and as many others their English.
"""

from __future__ import annotations

import argparse
import csv
import json
import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from workbench.language.alignment import Alignment, Embedder, align
from workbench.language.anchors import Glossary
from workbench.language.confidence import TRUSTED
from workbench.language.embeddings import SentenceVectors, load_embedder
from workbench.language.units import sentences

DATA = Path(__file__).resolve().parents[1].parent / "shared" / "data"

TERMS = (
    ("国民", ("the people", "people", "nationals")),
    ("国会", ("Diet",)),
    ("内閣", ("Cabinet",)),
    ("内閣総理大臣", ("Prime Minister",)),
    ("衆議院", ("House of Representatives",)),
    ("参議院", ("House of Councillors",)),
    ("裁判官", ("judge",)),
    ("基本的人権", ("fundamental human rights",)),
    ("差別", ("discrimination", "discriminate")),
    ("公共の福祉", ("public welfare",)),
    ("本邦外出身者", ("persons originating from outside Japan",)),
    ("地方公共団体", ("local public entity", "local public entities", "local government")),
)
"""Key terms as a glossary of such a study might have them."""

Block = tuple[list[str], list[str]]
"""Units of both sides that render one another."""


@dataclass(frozen=True)
class Score:
    """How an alignment compares with the known blocks."""

    right: int
    links: int
    found: int
    blocks: int
    false: int
    """Links that hold a unit whose counterpart was dropped."""
    dropped: int
    """Units whose counterpart was dropped."""

    @property
    def f1(self) -> float:
        precision, recall = self.right / max(1, self.links), self.found / max(1, self.blocks)
        return 2 * precision * recall / max(1e-9, precision + recall)

    def __add__(self, other: Score) -> Score:
        return Score(
            self.right + other.right,
            self.links + other.links,
            self.found + other.found,
            self.blocks + other.blocks,
            self.false + other.false,
            self.dropped + other.dropped,
        )


def cut(words: str, language: str) -> list[str]:
    return [words[unit.start : unit.end] for unit in sentences(words, language)]


def table(path: Path, english: str = "en", *, whole: bool = False, numbered: bool = False) -> list[Block]:
    """Read the rows of an aligned table as blocks of sentences, or of one paragraph each."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    blocks = []
    for row in rows:
        japanese, translated = row["ja"], row[english]
        if numbered:
            first, second = marks(row["unit"])
            japanese, translated = first + japanese, second + translated
        blocks.append(([japanese], [translated]) if whole else (cut(japanese, "ja"), cut(translated, "en")))
    return blocks


def marks(unit: str) -> tuple[str, str]:
    """Give the numbers that a paragraph of the constitution has in its two files."""
    kind, _, rest = unit.partition("-")
    article, _, paragraph = rest.partition("-")
    if kind != "art" or not article.isdigit():
        return "", ""
    if paragraph.isdigit() and int(paragraph) > 1:
        return f"{chr(ord('①') + int(paragraph) - 1)}　", f"({paragraph}) "
    return f"第{int(article)}条　", f"Article {int(article)}. "


def website() -> list[Block]:
    folder = DATA / "covid-site-ja-en-easyja"
    ours, theirs = (
        json.loads((folder / f"2020-04-17.{language}.json").read_text(encoding="utf-8"))
        for language in ("ja", "en")
    )
    return [
        ([ours[key]], [theirs[key]])
        for key in ours
        if isinstance(ours[key], str) and ours[key].strip() and str(theirs.get(key, "")).strip()
    ]


def news() -> list[list[Block]]:
    lines = (DATA / "ntrex-ja-en" / "documents.jsonl").read_text(encoding="utf-8").splitlines()
    return [[([each["ja"]], [each["en"]]) for each in json.loads(line)["sentences"]] for line in lines]


def encyclopaedia() -> list[list[Block]]:
    documents = []
    for path in sorted((DATA / "kyoto-wiki-ja-en").glob("*.xml")):
        blocks: list[Block] = []
        for sentence in etree.parse(path).getroot().iter("sen"):
            japanese = (sentence.findtext("j") or "").strip()
            checked = [(each.text or "").strip() for each in sentence.findall("e[@type='check']")]
            if japanese and checked and checked[-1]:
                blocks.append(([japanese], [checked[-1]]))
        documents.append(blocks)
    return documents


def collections() -> dict[str, list[list[Block]]]:
    """Give every set of documents by its name."""
    constitution = DATA / "constitution-ja-en" / "aligned.csv"
    speech = DATA / "hate-speech-act-preamble-ja-en" / "aligned.csv"
    return {
        "constitution, paragraphs": [table(constitution, whole=True)],
        "constitution, paragraphs with their numbers": [table(constitution, whole=True, numbered=True)],
        "constitution, sentences": [table(constitution)],
        "universal declaration, sentences": [table(DATA / "udhr" / "aligned-ja-en.csv")],
        "preamble of the hate speech act": [table(speech, "en_jlt")],
        "strings of a website": [website()],
        "news": news(),
        "encyclopaedia": encyclopaedia(),
    }


TUNED_IN_HALVES = ("constitution, paragraphs", "constitution, sentences", "universal declaration, sentences")


def half(name: str, documents: list[list[Block]], which: int) -> list[list[Block]]:
    """Give the half of a set that weights were chosen on (0), or the other (1)."""
    if name == "news":
        return documents[which::2]
    return [blocks[: len(blocks) // 2] if which == 0 else blocks[len(blocks) // 2 :] for blocks in documents]


def dropped(blocks: list[Block], seed: int, share: float) -> list[Block]:
    """Take one side away from a share of the blocks, and the other from as many others."""
    order = list(range(len(blocks)))
    random.Random(seed).shuffle(order)
    many = round(len(blocks) * share)
    japanese, english = set(order[:many]), set(order[many : 2 * many])
    return [
        ([] if place in japanese else ours, [] if place in english else theirs)
        for place, (ours, theirs) in enumerate(blocks)
    ]


def flat(blocks: Sequence[Block]) -> tuple[tuple[list[str], list[str]], tuple[list[int], list[int]]]:
    """Put the units of all blocks into one list a side, with the block of each unit."""
    units: tuple[list[str], list[str]] = [], []
    of: tuple[list[int], list[int]] = [], []
    for place, block in enumerate(blocks):
        for side in (0, 1):
            units[side].extend(block[side])
            of[side].extend([place] * len(block[side]))
    return units, of


def score(found: Alignment, blocks: Sequence[Block]) -> Score:
    _, of = flat(blocks)
    links = [(set(link.source), set(link.target)) for link in found.links]
    held = [{of[0][place] for place in ours} | {of[1][place] for place in theirs} for ours, theirs in links]
    good = [link for link, places in zip(links, held, strict=True) if len(places) == 1]
    whole = [place for place, block in enumerate(blocks) if all(block)]
    hits = 0
    for place in whole:
        mine = [link for link, places in zip(links, held, strict=True) if place in places]
        units = [{unit for unit, block in enumerate(side) if block == place} for side in of]
        covered = [{unit for link in mine for unit in link[side]} for side in (0, 1)]
        hits += bool(mine) and all(link in good for link in mine) and covered == units
    lone = [{unit for unit, block in enumerate(side) if not all(blocks[block])} for side in of]
    false = sum(bool(ours & lone[0] or theirs & lone[1]) for ours, theirs in links)
    return Score(len(good), len(links), hits, len(whole), false, len(lone[0]) + len(lone[1]))


def measure(
    documents: Sequence[list[Block]],
    embedder: Embedder | None,
    share: float = 0.0,
    seeds: int = 1,
    *,
    glossary: Glossary = (),
) -> Score:
    """Align every document, as often as there are seeds, and add up."""
    total = Score(0, 0, 0, 0, 0, 0)
    for blocks in documents:
        for seed in range(seeds if share else 1):
            kept = dropped(blocks, seed, share) if share else blocks
            ours, theirs = flat(kept)[0]
            if ours and theirs:
                total += score(align(ours, theirs, embedder=embedder, glossary=glossary), kept)
    return total


def thousand() -> tuple[list[str], list[str]]:
    """Join documents to one pair of a thousand units a side."""
    units: tuple[list[str], list[str]] = [], []
    sets = collections()
    for name in (
        "constitution, sentences",
        "news",
        "universal declaration, sentences",
        "strings of a website",
    ):
        for blocks in sets[name]:
            for side, more in zip(units, flat(blocks)[0], strict=True):
                side.extend(more)
    while min(map(len, units)) < 1000:
        for side, more in zip(units, flat(sets["constitution, paragraphs"][0])[0], strict=True):
            side.extend(more)
    return units[0][:1000], units[1][:1000]


def wrong_pairs(sets: dict[str, list[list[Block]]]) -> Iterator[tuple[list[str], list[str]]]:
    """Pair every document with the translation of the next one of another set."""
    names = [name for name in sets if "preamble" not in name]
    documents = [(name, blocks) for name in names for blocks in sets[name]]
    for place, (name, blocks) in enumerate(documents):
        for other, theirs in documents[place + 1 :] + documents[:place]:
            if other.split(",")[0] != name.split(",")[0]:
                yield flat(blocks)[0][0], flat(theirs)[0][1]
                break


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--seeds", type=int, default=5)
    asked.add_argument("--terms", action="store_true", help="with a dozen key terms as a glossary")
    given = asked.parse_args()
    seeds, glossary = given.seeds, TERMS if given.terms else ()
    sets = collections()
    for embedder in dict.fromkeys((None, load_embedder()[0])):
        print("with vectors" if embedder else "plain")
        for name, documents in sets.items():
            cells = []
            for share in (0.0, 0.05, 0.1):
                found = measure(documents, embedder, share, seeds, glossary=glossary)
                cells.append(f"{found.f1:.3f}" + (f" ({found.false} of {found.dropped})" if share else ""))
            print(f"| {name} | " + " | ".join(cells) + " |")
        for which, words in ((0, "chosen on"), (1, "not seen")):
            for share in (0.0, 0.05):
                parts = {
                    name: measure(half(name, documents, which), embedder, share, seeds).f1
                    for name, documents in sets.items()
                    if name in TUNED_IN_HALVES or name in ("news", "strings of a website")
                }
                print(words, share, {name: round(value, 3) for name, value in parts.items()})
        wrong = [align(ours, theirs, embedder=embedder) for ours, theirs in wrong_pairs(sets)]
        trusted = [found.trust for found in wrong if found.trust >= TRUSTED]
        right = [
            align(*flat(blocks)[0], embedder=embedder).trust for each in sets.values() for blocks in each
        ]
        print(
            f"wrong pairs {len(wrong)}, taken for right {trusted}, highest {max(f.trust for f in wrong)};",
            end=" ",
        )
        print(
            f"right pairs {len(right)}, taken for wrong {sum(each < TRUSTED for each in right)}, "
            f"least {min(right)}"
        )
    ours, theirs = thousand()
    began = time.process_time()
    align(ours, theirs)
    print(f"1,000 units a side, plain: {time.process_time() - began:.2f} s CPU")
    vectors = load_embedder()[0]
    if vectors is not None:
        began = time.process_time()
        vectors.encode(["The model is read at the first text."])
        print(f"vectors loaded: {time.process_time() - began:.2f} s CPU")
        fresh = SentenceVectors(vectors.name, vectors.model)
        began = time.process_time()
        align(ours, theirs, embedder=fresh)
        print(f"1,000 units a side, vectors made and used: {time.process_time() - began:.2f} s CPU")


if __name__ == "__main__":
    main()
