"""Suggestions against contracts that lawyers marked (../shared/data/cuad-sample): precision, reading effort.

Sentences are the units. For each category with at least six marked passages some passages count as coded, and
all other sentences are ranked. A simulated analyst starts with three coded passages, answers what is offered
by the marks of the lawyers, and stops when so many of the marked sentences are found. Cues were written from
the descriptions of the categories.
"""

from __future__ import annotations

import argparse
import ast
import csv
import hashlib
import random
import resource
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from workbench.language.suggesting import Hints, Known, Offers, TextToRead, suggest
from workbench.language.unit_terms import units_of_text
from workbench.model.quotation import place_quote
from workbench.model.text import Passage

DATA = Path(__file__).resolve().parents[1].parent / "shared" / "data" / "cuad-sample"
FEWEST = 6
"""Marked passages of a category that is looked at."""

CUES: dict[str, str] = {
    "Agreement Date": "dated as of; made and entered into; entered into as of; date of this agreement",
    "Anti-Assignment": "assign; assignment; prior written consent; transfer this agreement",
    "Audit Rights": "audit; inspect; books and records; examine the records",
    "Cap On Liability": "liability; in no event; exceed; consequential damages; aggregate liability",
    "Change Of Control": "change of control; merger; sale of all; controlling interest",
    "Covenant Not To Sue": "covenant not to sue; contest; challenge the validity; attack",
    "Effective Date": "effective date; effective as of; shall be effective; commence on",
    "Exclusivity": "exclusive; exclusively; sole supplier; exclusive right",
    "Expiration Date": "term of this agreement; initial term; shall expire; shall continue; remain in effect",
    "Governing Law": "governed by; laws of the state; construed in accordance; governing law",
    "Insurance": "insurance; insured; policy of insurance; coverage",
    "Ip Ownership Assignment": "intellectual property; assigns; owner; made for hire; title and interest",
    "License Grant": "license; grant; sublicense; right to use; hereby grants",
    "Minimum Commitment": "minimum; at least; minimum purchase; minimum order; not less than",
    "Non-Transferable License": "non-transferable; nontransferable; non-assignable; sublicense; license",
    "Notice Period To Terminate Renewal": "notice; renewal; days prior; not to renew",
    "Post-Termination Services": "upon termination; after termination; transition; wind down",
    "Price Restrictions": "price increase; increase the price; prices; fee increase",
    "Renewal Term": "renew; renewal; successive; automatically; additional term",
    "Revenue/Profit Sharing": "royalty; royalties; share of revenue; profit; commission",
    "Rofr/Rofo/Rofn": "right of first refusal; first offer; first negotiation; first opportunity",
    "Termination For Convenience": "terminate this agreement; without cause; for convenience; at any time",
    "Volume Restriction": "exceed; maximum; limit; additional fee; excess",
}
"""Category -> cues, written from its description."""


@dataclass(frozen=True)
class Marked:
    """The contracts, and the marked sentences of each category."""

    texts: tuple[TextToRead, ...]
    passages: dict[str, list[tuple[str, Passage]]]
    units: dict[str, set[tuple[str, Passage]]]
    count: int


def read(data: Path = DATA, contracts: int | None = None) -> Marked:
    """Read contracts and marks; leaves out the names of parties and documents, which are no clauses."""
    texts = []
    for path in sorted((data / "full_contract_txt").iterdir())[:contracts]:
        content = path.read_text(encoding="utf-8")
        digest = hashlib.sha256(content.encode()).hexdigest()
        texts.append(TextToRead(path.name, digest, "en", content))
    passages: dict[str, list[tuple[str, Passage]]] = {}
    by_name = {text.id: text for text in texts}
    with (data / "master_clauses.csv").open(encoding="utf-8-sig", newline="") as file:
        clauses = {Path(row["Filename"]).stem.strip(): row for row in csv.DictReader(file)}
    with (data / "spans.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            name, category = row["txt_file"], row["category"]
            if name not in by_name or category in ("Parties", "Document Name"):
                continue
            quotes = ast.literal_eval(clauses[Path(name).stem.strip()][category])
            placed = place_quote(by_name[name].content, quotes[int(row["quote_index"])])
            assert placed is not None
            held = passages.setdefault(category, [])
            held += [(name, place) for place in placed.passages if (name, place) not in held]
    units = {
        category: {(name, unit) for name, place in held for unit in _units(by_name[name], place)}
        for category, held in passages.items()
    }
    kept = {category for category, held in passages.items() if len(held) >= FEWEST}
    count = sum(len(units_of_text(t.content, t.content_hash, "en", "sentence").units) for t in texts)
    return Marked(
        tuple(texts),
        {name: passages[name] for name in sorted(kept)},
        {name: units[name] for name in sorted(kept)},
        count,
    )


def _units(text: TextToRead, place: Passage) -> list[Passage]:
    units = units_of_text(text.content, text.content_hash, "en", "sentence").units
    return [
        unit
        for unit in units
        if 2 * (min(unit.end, place.end) - max(unit.start, place.start)) >= min(len(unit), len(place))
        and unit.overlaps(place)
    ]


def begun(marked: Marked, category: str, examples: int, seed: int) -> Known:
    """Take some passages of a category as coded, and those of other categories as coded otherwise."""
    drawn = random.Random(f"{category} {seed}").sample(marked.passages[category], examples)
    coded = tuple((name, place, f"e{number}") for number, (name, place) in enumerate(drawn))
    return Known(coded=coded)


def precision(marked: Marked, category: str, known: Known, hints: Hints, seed: int) -> tuple[int, int]:
    """Count the marked sentences among the first ten due ones, and how many there could be."""
    offers = suggest(marked.texts, hints, known, seed=f"{category} {seed}", count=20)
    coded = {(name, unit) for name, place, _ in known.coded for unit in _units_of(marked, name, place)}
    left = marked.units[category] - coded
    first = [(one.text_id, one.passage) for one in offers.offers if not one.drawn][:10]
    return len(left.intersection(first)), min(10, len(left))


def _units_of(marked: Marked, name: str, place: Passage) -> list[Passage]:
    return _units(next(text for text in marked.texts if text.id == name), place)


def effort(marked: Marked, category: str, known: Known, hints: Hints, seed: int) -> dict[int, int]:
    """Answer one offer after the other; say after how many so many per cent of the sentences were found."""
    coded = {(name, unit) for name, place, _ in known.coded for unit in _units_of(marked, name, place)}
    wanted = marked.units[category] - coded
    found, read_ones, reached = 0, 0, {}
    goals = {share: -(-len(wanted) * share // 100) for share in (50, 80)}
    while len(reached) < len(goals) and read_ones < marked.count:
        offers = suggest(marked.texts, hints, known, seed=f"{category} {seed}", answered=read_ones, count=1)
        if not offers.offers:
            break
        offer = offers.offers[0]
        read_ones += 1
        place = (offer.text_id, offer.passage)
        if place in wanted:
            found += 1
            known = replace(known, coded=(*known.coded, (*place, f"f{found}")))
        else:
            known = replace(known, rejected=(*known.rejected, place))
        for share, goal in goals.items():
            if found >= goal:
                reached.setdefault(share, read_ones)
        if read_ones >= 600:
            break
    return {share: reached.get(share, marked.count) for share in goals}


def hints_of(category: str) -> Hints:
    """Give the cues of a category."""
    return Hints(tuple(CUES[category].split("; ")))


WAYS: dict[str, Callable[[str, Known], tuple[Hints, Known]]] = {
    "cues": lambda category, known: (
        hints_of(category),
        replace(known, coded=(), left_out=tuple((name, place) for name, place, _ in known.coded)),
    ),
    "learned": lambda category, known: (Hints(), known),
    "both": lambda category, known: (hints_of(category), known),
}


def rerank_seconds(marked: Marked, rounds: int = 20) -> tuple[float, int]:
    """Measure the processor time of one new ranking with reasons after an answer."""
    category = "Cap On Liability"
    known, hints = begun(marked, category, 10, 0), hints_of(category)
    first: Offers = suggest(marked.texts, hints, known, seed="x")
    times = []
    for number in range(rounds):
        offer = first.offers[0]
        known = replace(known, rejected=(*known.rejected, (offer.text_id, offer.passage)))
        begin = time.process_time()
        first = suggest(marked.texts, hints, known, seed="x", answered=number + 1, count=1)
        times.append(time.process_time() - begin)
    return statistics.median(times), first.units


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--effort", action="store_true", help="measure reading effort too")
    parser.add_argument("--ways", nargs="+", default=list(WAYS))
    arguments = parser.parse_args()
    begin = time.process_time()
    marked = read()
    suggest(marked.texts, Hints(), Known(), seed="x")
    print(f"{marked.count} sentences read in {time.process_time() - begin:.1f} s of processor time")
    table(marked, arguments.seeds, arguments.ways, with_effort=arguments.effort)
    seconds, units = rerank_seconds(marked)
    print(f"ranked again with reasons: {1000 * seconds:.0f} ms for {units} units")
    print(f"memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB at most")


def table(marked: Marked, seeds: int, ways: Sequence[str], *, with_effort: bool) -> dict[str, float]:
    """Print a line for each category; give the mean share of the first ten that could be right."""
    means: dict[str, list[float]] = {}
    for category in marked.passages:
        cells = []
        for way in ways:
            shares, reads = [], []
            for seed in range(seeds):
                hints, known = WAYS[way](category, begun(marked, category, 3, seed))
                right, most = precision(marked, category, known, hints, seed)
                shares.append(right / most)
                if with_effort and way != "cues":
                    reads.append(effort(marked, category, known, hints, seed))
            means.setdefault(way, []).append(statistics.mean(shares))
            cell = f"{way} {statistics.mean(shares):.2f}"
            if reads:
                cell += " " + "/".join(f"{statistics.median(one[s] for one in reads):.0f}" for s in (50, 80))
                for share in (50, 80):
                    means.setdefault(f"{way} {share}", []).append(
                        statistics.mean(one[share] / marked.count for one in reads)
                    )
            cells.append(cell)
        print(f"{category:36} {len(marked.units[category]):3} sentences · {' · '.join(cells)}")
    found = {name: statistics.mean(values) for name, values in means.items()}
    print("means: " + ", ".join(f"{name} {value:.3f}" for name, value in found.items()))
    return found


if __name__ == "__main__":
    main()
