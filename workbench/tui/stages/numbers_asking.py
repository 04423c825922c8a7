"""How the numbers are to be counted, as it is asked for on their screen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from textual import work

from workbench.errors import WorkbenchError
from workbench.matrix.questions import Question
from workbench.matrix.ranks import Basis, Ranked
from workbench.model.case import Case
from workbench.model.cell import CountingRule
from workbench.model.framework import Code
from workbench.tui.dialogs import AskText, Choice, ChooseFrom, Field, Form
from workbench.tui.saving import path_of, read_chosen
from workbench.tui.screen import StageScreen

if TYPE_CHECKING:
    from workbench.matrix.variants import Weights

_WHOLE = "\t"
"""Stands before the letters of a whole framework; no theme id holds a tab."""


class NumbersAsking(StageScreen):
    """A screen that answers one question about the numbers, whose parts can be changed one by one."""

    def __init__(self) -> None:
        super().__init__()
        self.question = Question()

    def answer(self, question: Question) -> None:
        """Show the numbers that a question asks for."""
        raise NotImplementedError

    async def _one_of(self, title: str, rows: Sequence[Choice], now: str) -> str | None:
        """Ask for one row, beginning at the one that holds now."""
        begin = next((place for place, row in enumerate(rows) if row.id == now), 0)
        chosen = await self.workbench.ask(ChooseFrom(title, rows, begin_at=begin)) if rows else None
        return chosen[0] if chosen else None

    def _measures(self) -> list[Code]:
        """List the codes that count in what is looked at."""
        framework, theme_id, prefix = self.study.framework, self.question.theme_id, self.question.prefix
        if prefix is None:
            prefix = next(iter(framework.prefixes), "")
        codes = framework.codes_under(theme_id) if theme_id else framework.ordered_codes(prefix)
        return [code for code in codes if code.is_measure]

    @work
    async def action_rule(self) -> None:
        """Count under another rule."""
        rows = [Choice(rule.id, rule.label) for rule in self.study.all(CountingRule, order="position")]
        chosen = await self._one_of("Count under which rule?", rows, self.question.rule_id)
        if chosen is not None:
            self.answer(replace(self.question, rule_id=chosen))

    @work
    async def action_basis(self) -> None:
        """Score by another basis."""
        rows = [Choice(basis.value, basis.value, basis.word) for basis in Basis]
        chosen = await self._one_of("Score by what?", rows, self.question.basis.value)
        if chosen is not None:
            self.answer(replace(self.question, basis=Basis(chosen)))

    def action_kind(self) -> None:
        """Rank themes instead of cases, or cases again."""
        other = Ranked.THEMES if self.question.ranked is Ranked.CASES else Ranked.CASES
        self.answer(replace(self.question, ranked=other))

    @work
    async def action_threshold(self) -> None:
        """Say what difference is no clear order."""
        from workbench.matrix.weights_reading import exact_number

        now = str(self.question.threshold)
        typed = await self.workbench.ask(AskText("Less apart than what is no clear order?", value=now))
        if typed is None:
            return
        try:
            self.answer(replace(self.question, threshold=exact_number(typed, "The threshold")))
        except WorkbenchError as error:
            self.say(str(error), alarm=True)

    @work
    async def action_once(self) -> None:
        """Choose the names whose measures count as one."""
        from workbench.matrix.variants import folded_name, same_named

        groups = same_named(self._measures())
        now = {folded_name(name) for name in self.question.once}
        rows = [
            Choice(
                group[0].name,
                group[0].name,
                ", ".join(map(self.study.framework.number, group)),
                folded_name(group[0].name) in now,
            )
            for group in groups
        ]
        if not rows:
            self.say("No two measures carry one name.")
            return
        title = "The measures of which names count as one?"
        chosen = await self.workbench.ask(ChooseFrom(title, rows, multiple=True))
        if chosen is not None:
            self.answer(replace(self.question, once=tuple(chosen)))

    @work
    async def action_leave_out(self) -> None:
        """Choose the codes that do not count."""
        framework, now = self.study.framework, self.question.left_out
        rows = [Choice(code.id, framework.label(code), chosen=code.id in now) for code in self._measures()]
        chosen = await self.workbench.ask(ChooseFrom("Leave which codes out?", rows, multiple=True))
        if chosen is not None:
            self.answer(replace(self.question, left_out=tuple(chosen)))

    @work
    async def action_weights(self) -> None:
        """Say what themes and codes weigh."""
        from workbench.matrix.weights_reading import words_of_weights

        title = "What weighs other than 1? Numbers with weights, such as 1=2, 2.3=1/2, or a CSV file"
        now = words_of_weights(self.study.framework, self.question.weights)
        typed = await self.workbench.ask(AskText(title, value=now, required=False))
        if typed is None:
            return
        try:
            self.answer(replace(self.question, weights=self._weights(typed.strip())))
        except WorkbenchError as error:
            self.say(str(error), alarm=True)

    def _weights(self, typed: str) -> Weights:
        from workbench.matrix.weights_reading import weights_of_file, weights_of_words

        if typed.lower().endswith(".csv"):
            path = path_of(typed, beside=self.workbench.path)
            return weights_of_file(self.study.framework, path.name, read_chosen(path))
        return weights_of_words(self.study.framework, typed)

    async def _some_cases(self, title: str, now: Sequence[str] | None) -> tuple[str, ...] | None:
        cases = self.study.all(Case, order="position")
        rows = [Choice(case.id, case.name, chosen=now is None or case.id in now) for case in cases]
        chosen = (
            await self.workbench.ask(ChooseFrom(title, rows, multiple=True, needed=True)) if rows else None
        )
        return None if chosen is None else tuple(chosen)

    @work
    async def action_cases(self) -> None:
        """Choose the cases that are looked at."""
        chosen = await self._some_cases("Look at which cases?", self.question.case_ids)
        if chosen is not None:
            every = len(chosen) == self.study.count(Case)
            self.answer(replace(self.question, case_ids=None if every else chosen))

    @work
    async def action_means(self) -> None:
        """Choose the cases that means are taken over."""
        chosen = await self._some_cases("Take means over which cases?", self.question.average_over)
        if chosen is not None:
            every = len(chosen) == self.study.count(Case)
            self.answer(replace(self.question, average_over=None if every else chosen))

    @work
    async def action_theme(self) -> None:
        """Look at one theme, or at all."""
        framework = self.study.framework
        themes = [theme for theme, _ in framework.walk() if not theme.retired]
        rows = [
            Choice(f"{_WHOLE}{p}", f"all themes of {p}" if p else "all themes") for p in framework.prefixes
        ]
        rows += [Choice(each.id, f"{framework.theme_number(each.id)} {each.name}") for each in themes]
        now = self.question.theme_id or f"{_WHOLE}{self.question.prefix or ''}"
        chosen = await self._one_of("Look at which theme?", rows, now)
        if chosen is None:
            return
        # What was said of single measures does not carry over to others.
        plain = replace(self.question, once=(), left_out=(), weights=Question().weights)
        if chosen.startswith(_WHOLE):
            self.answer(replace(plain, theme_id=None, prefix=chosen.removeprefix(_WHOLE)))
        else:
            self.answer(replace(plain, theme_id=chosen, prefix=None))

    def action_as_listed(self) -> None:
        """Count again as the study lists it."""
        self.answer(Question(self.question.ranked))

    @work
    async def action_settings(self) -> None:
        """Change the cut-off and other settings."""
        await change_settings(self)


async def change_settings(screen: StageScreen) -> None:
    """Ask for the settings of the study and change those that differ; only inside a worker."""
    from workbench.stages.setup import change_setting, settings_of

    study, app = screen.study, screen.workbench
    if not app.may_decide():
        return
    says = settings_of(study)
    names = {name.replace(" ", "-"): name for name in says}
    fields = [Field(key, f"{name}: {says[name]}", study.setting(name)) for key, name in names.items()]
    answer = await app.ask(Form("Settings of the study", fields))
    if answer is None:
        return
    changed = {
        names[key]: value.strip()
        for key, value in answer.items()
        if value.strip() != study.setting(names[key])
    }
    if not changed:
        return

    def decide(reason: str) -> None:
        with study.transaction():
            for name, value in changed.items():
                change_setting(study, name, value, reason=reason)

    await app.attempt_with_reason(decide, done=f"Changed: {', '.join(changed)}.")


def tables_of(typed: str, *, beside: Path) -> list[tuple[str, Path]]:
    """Read `2.6=a.csv; b.csv` as names and paths; a table without a name is called by its file."""
    found = []
    for part in filter(None, map(str.strip, typed.split(";"))):
        path = path_of(part, beside=beside)
        name, equals, rest = part.partition("=")
        if equals and not path.exists():
            found.append((name.strip(), path_of(rest, beside=beside)))
        else:
            found.append((path.stem, path))
    return found
