"""The keys of the history screen that say which decisions are wanted."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from textual import work

from workbench.errors import WrongUsage
from workbench.model.case import Case, Document
from workbench.model.cell import CountingRule, Status
from workbench.model.claim import Claim
from workbench.model.coder import is_person
from workbench.model.decision import Verb
from workbench.model.decision_filter import STAGES, DecisionFilter
from workbench.model.index_edition import IndexEdition
from workbench.model.records import Setting, key_of, split_key
from workbench.model.saved_chart import SavedChart
from workbench.tui.screen import StageScreen

if TYPE_CHECKING:
    from workbench.stages.naming import Names

_WITHOUT_PLACE = (SavedChart, IndexEdition, Claim, Setting, Status, CountingRule)
"""Records that stand on no line of another screen."""


def in_words(wanted: DecisionFilter, names: Names) -> str:
    """Say which decisions are shown."""
    alone = f"on {_named(wanted.key, names)} alone" if wanted.key else ""
    parts = [
        wanted.coder and f"by {wanted.coder}",
        wanted.stage and f"stage {wanted.stage}",
        wanted.action,
        alone,
        *(f"about {_named(key, names)}" for key in wanted.about),
        wanted.since and f"from {_minute(wanted.since)}",
        wanted.until and f"until {_minute(wanted.until)}",
        wanted.reason and f"reason “{wanted.reason}”",
        wanted.words and f"with “{wanted.words}”",
    ]
    return ", ".join(part for part in parts if part)


def _named(key: str, names: Names) -> str:
    return f"{split_key(key)[0]} {names.of(key)}"


def _minute(at: str) -> str:
    return at[:16].replace("T", " ")


class HistoryFilters(StageScreen):
    """Ask for one filter after the other; all that are set hold together."""

    wanted = DecisionFilter()

    def start(self, wanted: DecisionFilter) -> None:
        """Show the decisions that are wanted."""
        raise NotImplementedError

    def show_about(self, key: str) -> None:
        """Show the decisions about a record."""
        from workbench.stages.history import asking_about

        self.start(asking_about(key))

    @work
    async def action_by_coder(self) -> None:
        """Show the decisions of one coder."""
        from workbench.study.queries import coders_in_log

        coders = [
            (name, name, "" if is_person(name) else "a method, no coder")
            for name in coders_in_log(self.study)
        ]
        await self._choose("Whose decisions?", coders, lambda name: replace(self.wanted, coder=name))

    @work
    async def action_by_stage(self) -> None:
        """Show the decisions of one stage."""
        stages = [(stage, stage, "") for stage in STAGES]
        await self._choose("Of which stage?", stages, lambda stage: replace(self.wanted, stage=stage))

    @work
    async def action_by_action(self) -> None:
        """Show decisions of one kind."""
        verbs = [(verb.label, verb.label, verb.stage) for verb in Verb]
        await self._choose("Which decisions?", verbs, lambda label: replace(self.wanted, action=label))

    @work
    async def action_by_case(self) -> None:
        """Show decisions about one case."""
        cases = [(key_of(each), each.name, "") for each in self.study.all(Case, order="position")]
        await self._choose("About which case?", cases, lambda key: self.wanted.with_kind("case", key))

    @work
    async def action_by_code(self) -> None:
        """Show decisions about one theme or code."""
        tree = self.study.framework
        keys = [*(f"theme:{each}" for each in tree.themes), *(f"code:{each}" for each in tree.codes)]
        rows = sorted((self.names.of(key), key) for key in keys)
        await self._choose(
            "About which theme or code?",
            [(key, label, split_key(key)[0]) for label, key in rows],
            lambda key: self.wanted.with_kind("theme", "").with_kind("code", "").with_kind("code", key),
        )

    @work
    async def action_by_document(self) -> None:
        """Show decisions about one document."""
        documents = [(key_of(each), each.key, each.title) for each in self.study.all(Document, order="key")]
        await self._choose(
            "About which document?", documents, lambda key: self.wanted.with_kind("document", key)
        )

    @work
    async def action_by_record(self) -> None:
        """Show decisions about a record that has no place on another screen."""
        from workbench.stages.history import asking_about

        def asked(key: str) -> DecisionFilter:
            one = asking_about(key) if key else DecisionFilter()
            return replace(self.wanted, key=one.key, about=one.about)

        await self._choose("About what?", list(self._records()), asked)

    def _records(self) -> Iterator[tuple[str, str, str]]:
        names = self.names
        for cls in _WITHOUT_PLACE:
            for record in self.study.all(cls):
                key = key_of(record)
                yield key, names.of(key), split_key(key)[0]

    @property
    def names(self) -> Names:
        """Give the names of what decisions are about."""
        raise NotImplementedError

    async def _choose(
        self, title: str, rows: list[tuple[str, str, str]], asked: Callable[[str], DecisionFilter]
    ) -> None:
        """Ask for one of some rows, (id, label, detail), or for any; then show what is wanted."""
        from workbench.tui.dialogs import Choice, ChooseFrom

        choices = [*(Choice(*row) for row in rows), Choice("", "any")]
        chosen = await self.workbench.ask(ChooseFrom(title, choices))
        if chosen:
            self.start(asked(chosen[0]))

    def action_belonging(self) -> None:
        """Take in what belongs to the record asked for, or leave it out."""
        if self.wanted.key:
            self.start(replace(self.wanted, key="", about=(*self.wanted.about, self.wanted.key)))
        elif self.wanted.about:
            *others, last = self.wanted.about
            self.start(replace(self.wanted, key=last, about=tuple(others)))
        else:
            self.say("No record is asked for. H on any screen shows the decisions about what is there.")

    @work
    async def action_by_time(self) -> None:
        """Show decisions from a time, until a time."""
        from workbench.stages.history import time_in_log
        from workbench.tui.dialogs import Field, Form

        fields = [
            Field("since", "From (a day, or 2025-04-01T09:30, UTC; empty: the beginning)", self.wanted.since),
            Field("until", "Until (empty: today)", self.wanted.until),
        ]
        given = await self.workbench.ask(Form("When?", fields))
        if given is None:
            return
        try:
            since, until = time_in_log(given["since"]), time_in_log(given["until"], end=True)
        except WrongUsage as error:
            self.say(str(error), alarm=True)
            return
        self.start(replace(self.wanted, since=since, until=until))

    @work
    async def action_by_reason(self) -> None:
        """Show decisions with some words in the reason."""
        words = await self._words("Reasons with which words?", self.wanted.reason)
        if words is not None:
            self.start(replace(self.wanted, reason=words))

    @work
    async def action_find(self) -> None:
        """Show decisions that hold some words."""
        words = await self._words("Decisions with which words?", self.wanted.words)
        if words is not None:
            self.start(replace(self.wanted, words=words))

    async def _words(self, title: str, before: str) -> str | None:
        from workbench.tui.dialogs import AskText

        words = await self.workbench.ask(AskText(title, value=before))
        return None if words is None else words.strip()

    def action_show_all(self) -> None:
        """Show the whole log."""
        self.start(DecisionFilter())
