"""A link in words: how it was found, how sure it is and why, and where it stands on both sides."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.content import Content

from workbench.model.link_map import Hand
from workbench.model.text import Passage, PlaceMap
from workbench.model.translation import Link, LinkState
from workbench.tui.display import content, shortened
from workbench.tui.wording import several

if TYPE_CHECKING:
    from workbench.tui.stages.linked_texts import LinkedTexts

_SIDES = ("source", "translation")
_WORDS = 60


def how(link: Link) -> str:
    """Say who vouches for a link, or how it was proposed and how sure that is."""
    if not link.is_whole:
        return "stands alone, as a person said"
    if link.state is LinkState.MENDED:
        return "made by hand"
    sure = f"by {link.method}, {link.confidence} per mille"
    return f"confirmed; was proposed {sure}" if link.state is LinkState.CONFIRMED else f"proposed {sure}"


def about_link(
    linked: LinkedTexts, link: Link, places: tuple[PlaceMap, PlaceMap], *, short: bool = False
) -> Content:
    """Say of a link its state, method, confidence, places, memos and checks; its reasons unless `short`."""
    cited = [places[hand].cite(hand.stretch(link)) if len(hand.stretch(link)) else "nothing" for hand in Hand]
    parts = [how(link), " ↔ ".join(cited), *marks(linked, link)]
    parts += ["; ".join(link.reasons)] if link.reasons and not short else []
    return Content.assemble(content("Link ", "bold"), content(" · ".join(parts)))


def marks(linked: LinkedTexts, link: Link) -> list[str]:
    """Count the memos on a link's stretches, and name what its verifications came to."""
    noted = sum(passage.overlaps(hand.stretch(link)) for hand in Hand for _, passage in linked.noted[hand])
    checks = [
        each for hand in Hand for each in linked.checked[hand] if each.passage.overlaps(hand.stretch(link))
    ]
    verdicts = ", ".join(dict.fromkeys(f"{each.verdict} by {each.method}" for each in checks))
    return [several(noted, "memo")] * bool(noted) + [f"checked: {verdicts}"] * bool(checks)


def in_full(linked: LinkedTexts, links: Sequence[Link], places: tuple[PlaceMap, PlaceMap]) -> list[Content]:
    """Say everything of links, line by line, and what the run over the pair had to say."""
    lines: list[Content] = []
    for link in links:
        lines.append(content(how(link).capitalize(), "bold"))
        for hand in Hand:
            stretch = hand.stretch(link)
            words = " ".join(linked.contents[hand][stretch.start : stretch.end].split())
            where = places[hand].cite(stretch) if len(stretch) else "nothing"
            lines.append(content(f"{_SIDES[hand]}: {where}: {shortened(words, 4 * _WORDS)}"))
        lines += [content(f"because: {reason}", "dim") for reason in link.reasons]
        lines += _noted(linked, link)
        lines.append(Content(""))
    return lines + about_run(linked)


def _noted(linked: LinkedTexts, link: Link) -> list[Content]:
    lines = []
    for hand in Hand:
        stretch = hand.stretch(link)
        for memo, passage in linked.noted[hand]:
            if passage.overlaps(stretch):
                lines.append(content(f"▪ {memo.kind} by {memo.coder}: {memo.content}", newlines=True))
        for check in linked.checked[hand]:
            if check.passage.overlaps(stretch):
                said = f"✓ {check.verdict} by {check.method}, {check.reader}"
                lines.append(content(f"{said}: {check.note}" if check.note else said, newlines=True))
    return lines


def about_run(linked: LinkedTexts) -> list[Content]:
    """Say what the last run over the pair believed of itself, with its warnings."""
    run = linked.alignment
    if run is None:
        return [content("No run has linked these two texts. A aligns them.", "dim")]
    lines = [content(f"Aligned by {run.method} on {run.at[:10]}, trust {run.trust} per mille.", "dim")]
    return lines + [content(f"! {warning}") for warning in run.warnings]


def words_of(linked: LinkedTexts, hand: Hand, passage: Passage) -> str:
    """Quote a passage on one line, cut where it is long."""
    words = " ".join(linked.contents[hand][passage.start : passage.end].split())
    return f"“{shortened(words, _WORDS)}”"
