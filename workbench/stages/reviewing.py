"""What of a text is indexed, what is reviewed and holds nothing, and what is still open."""

from __future__ import annotations

from dataclasses import dataclass

from workbench.errors import Refused
from workbench.model.coding import Reviewed
from workbench.model.decision import Verb
from workbench.model.identity import record_id
from workbench.model.records import Record, key_of
from workbench.model.stretches import difference, union
from workbench.model.text import Passage, Text, trimmed
from workbench.study.queries import coded_passages
from workbench.study.study import Study


@dataclass(frozen=True, slots=True)
class Shares:
    """How the characters of a text fall into indexed, reviewed and open; together they are the whole text.

    White space that nobody marked counts with what stands before it, at the beginning with what follows.
    """

    indexed: int
    """Characters under at least one code."""
    reviewed: int
    """Characters under no code that someone has reviewed."""
    open: int
    """All the others."""
    open_passages: tuple[Passage, ...]
    """What is open, in order, without white space at the ends."""

    @property
    def total(self) -> int:
        """Give the length of the text."""
        return self.indexed + self.reviewed + self.open


def shares_of(study: Study, text: Text, *, coder: str | None = None) -> Shares:
    """Divide a text into indexed, reviewed and open, by the work of one coder or of all."""
    content = study.text_content(text.content_hash)
    indexed = union(coded_passages(study, text.id, coder))
    reviewed = difference(reviewed_passages(study, text.id, coder=coder), indexed)
    ends = {passage.end: "indexed" for passage in indexed} | {passage.end: "reviewed" for passage in reviewed}
    starts = {p.start: "indexed" for p in indexed} | {p.start: "reviewed" for p in reviewed}
    counts = {"indexed": sum(map(len, indexed)), "reviewed": sum(map(len, reviewed)), "open": 0}
    open_passages = []
    for rest in difference([Passage(0, len(content))], [*indexed, *reviewed]):
        words = trimmed(content, rest.start, rest.end)
        if len(words):
            open_passages.append(words)
            counts["open"] += len(rest)
        else:
            counts[ends.get(rest.start) or starts.get(rest.end, "open")] += len(rest)
    return Shares(counts["indexed"], counts["reviewed"], counts["open"], tuple(open_passages))


def reviewed_passages(study: Study, text_id: str, *, coder: str | None = None) -> list[Passage]:
    """List what was marked as reviewed, by one coder or by anyone, joined."""
    wanted = {} if coder is None else {"coder": coder}
    return union(mark.passage for mark in study.all(Reviewed, text_id=text_id, **wanted))


def mark_reviewed(study: Study, text_id: str, passage: Passage) -> None:
    """Say of a passage that it was read and holds nothing; joins the coder's marks it overlaps or touches.

    Raises Refused for a passage that is blank, beyond the text or marked already.
    """
    text = study.get(Text, text_id)
    content = study.text_content(text.content_hash)
    if passage.end > text.characters or not content[passage.start : passage.end].strip():
        raise Refused("There is nothing to mark in that passage.", do="Select some words first.")
    marks = study.all(Reviewed, text_id=text_id, coder=study.coder)
    if not difference([passage], [mark.passage for mark in marks]):
        raise Refused("The passage is marked as reviewed already.")
    _become(study, Verb.MARK_REVIEWED, text_id, marks, union([*(mark.passage for mark in marks), passage]))


def unmark_reviewed(study: Study, text_id: str, passage: Passage) -> None:
    """Take a passage out of what the coder has marked as reviewed; Refused where none of it is marked."""
    marks = study.all(Reviewed, text_id=text_id, coder=study.coder)
    left = difference([mark.passage for mark in marks], [passage])
    if left == union(mark.passage for mark in marks):
        raise Refused("You have not marked anything of the passage as reviewed.")
    _become(study, Verb.UNMARK_REVIEWED, text_id, marks, left)


def _become(study: Study, verb: Verb, text_id: str, marks: list[Reviewed], shall: list[Passage]) -> None:
    """Make the coder's marks in a text cover exactly the passages, keeping those that stay as they are."""
    kept = {mark.passage for mark in marks} & set(shall)
    gone = [key_of(mark) for mark in marks if mark.passage not in kept]
    put: list[Record] = [
        Reviewed(record_id("r"), text_id, passage.start, passage.end, study.coder)
        for passage in shall
        if passage not in kept
    ]
    study.decide(verb, f"text:{text_id}", put=put, remove=gone)
