"""What a reader hands over: the text of a foreign file, where it can be cited, and what to report."""

from __future__ import annotations

from dataclasses import dataclass

from workbench.model.text import PlaceMap, places_of_lines


@dataclass(frozen=True, slots=True)
class Extraction:
    """One text taken out of one file; a table gives one for each row."""

    content: str
    """The text: leading byte-order mark removed, line ends as `\\n`, nothing else changed."""
    mapped: PlaceMap | None
    """Where the file says its paragraphs and pages are; None where lines are all there is to go by."""
    format: str
    """The format's short name, such as `docx`."""
    encoding: str = ""
    """The encoding used, for formats that are bytes of text; empty for the others."""
    title: str = ""
    """The title in the file's own metadata, where it has one."""
    part: str = ""
    """Which part of the file this is, such as `row 12`; empty for the whole."""
    notes: tuple[str, ...] = ()
    """Plain sentences to report: what was detected, replaced, left out or looks doubtful."""
    fields: tuple[tuple[str, str], ...] = ()
    """The other columns of a table's row as (name, value)."""

    @property
    def places(self) -> PlaceMap:
        """Give the place map, by lines where the file has no other."""
        return places_of_lines(self.content) if self.mapped is None else self.mapped
