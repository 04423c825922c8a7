"""A text that lies open: the pane that shows it, its places, its codings and how it falls into shares."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from workbench.model.coding import Coding
from workbench.model.text import PlaceMap, Text
from workbench.model.unit_cut import UnitCut
from workbench.tui.reading.growing import Finder
from workbench.tui.reading.lanes import Highlight
from workbench.tui.reading.pane import ReadingPane
from workbench.tui.stages.outline import section_finder
from workbench.tui.stages.term_layer import TermLayer
from workbench.tui.stages.text_codings import TextCodings

if TYPE_CHECKING:
    from workbench.stages.reviewing import Shares
    from workbench.study.queries import PlacedCoding
    from workbench.study.study import Study


class OpenText:
    """One text with its pane; a desk works on one of them, also where two lie side by side."""

    def __init__(self, pane: ReadingPane) -> None:
        self.pane = pane
        self.text: Text | None = None
        self.places = PlaceMap(())
        self.codings: list[PlacedCoding] = []
        """Those that are drawn, by place."""
        self.cuts: list[UnitCut] = []
        """Where a person joined or split its units."""
        self.terms = TermLayer(pane)
        self._held: TextCodings | None = None
        self._shares: Shares | None = None

    def open(self, study: Study, text: Text, *, cursor: int = 0) -> None:
        """Show a text in the pane; its codings and its units are asked for by themselves."""
        from workbench.stages.familiarise import reading_of

        words = study.text_content(text.content_hash)
        self.text, self.places = text, study.places(text)
        self._held = TextCodings(study, text.id)
        self.pane.sections_at = section_finder(words, text.language)
        self.pane.show(words, places=self.places, cursor=cursor)
        self.pane.bookmarks = tuple(map(int, reading_of(study, text.id).bookmarks))

    def find_units(self, study: Study) -> Finder | None:
        """Let the pane know the units of the text as they are now; gives what finds them."""
        from workbench.stages.units import unit_finder

        if self.text is None:
            return None
        self.cuts = study.all(UnitCut, text_id=self.text.id)
        self.pane.unit_at = unit_finder(study, self.text)
        return self.pane.unit_at

    def has_other_cuts(self, study: Study) -> bool:
        """Tell whether units were joined or split since they were asked for."""
        return self.text is not None and self.cuts != study.all(UnitCut, text_id=self.text.id)

    def close(self) -> None:
        """Show no text."""
        self.text = self._held = None
        self.codings = []
        self.pane.show("")

    def all_codings(self) -> list[PlacedCoding]:
        """Give every coding of the text as the study has them now, by place."""
        if self._held is None:
            return []
        self._held.catch_up()
        return self._held.placed

    def choose(self, lets_through: Callable[[Coding], bool]) -> Sequence[Highlight]:
        """Take the codings that are let through as those to be drawn, and give their highlights."""
        self.codings = [each for each in self.all_codings() if lets_through(each.coding)]
        self._shares = None
        return self._held.highlights(lets_through) if self._held else []

    def shares(self, study: Study) -> Shares | None:
        """Give how the text falls into indexed, reviewed and open, by all coders."""
        if self._shares is None and self.text is not None:
            from workbench.stages.reviewing import shares_of

            self._shares = shares_of(study, self.text)
        return self._shares
