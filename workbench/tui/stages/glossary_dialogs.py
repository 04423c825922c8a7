"""What the screen of key terms asks before it decides or writes."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from workbench.errors import WorkbenchError, WrongUsage
from workbench.model.glossary import Term, TermRule
from workbench.tui.dialogs import AskText, Field, Form
from workbench.tui.exporting import ask_file, write_export
from workbench.tui.saving import path_of, read_chosen

if TYPE_CHECKING:
    from workbench.tui.app import Workbench

_RULES = ", ".join(TermRule)
_LISTS = ("variants", "renderings", "forbidden", "sources")
_LABELS = {
    "term": "Term, as it is written in its own language",
    "language": "Its language, such as ja",
    "target_language": "Rendered in which language, such as en",
    "rule": f"Rule: {_RULES}",
    "renderings": "Renderings, apart by semicolons; of a fixed term the first is the one to use",
    "forbidden": "Not to be rendered as (apart by semicolons)",
    "transliteration": "How it is read, such as kyōsei (empty: proposed where that is possible)",
    "variants": "Other ways of writing it (apart by semicolons)",
    "gloss": "Gloss, put behind it where it stands first, for a term that stays",
    "definition": "What it means in these documents",
    "sources": "What the decision rests on (apart by semicolons)",
}


async def add(app: Workbench, like: Term | None) -> Term | None:
    """Ask for a new term and add it; languages are those of another. Gives the term that was added."""
    from workbench.stages.glossary import add_term

    begun = Term("", like.language, like.target_language, "", like.rule) if like else None
    said = await _ask(app, "A new key term", begun, about="glossary")
    if said is None:
        return None
    if not said["transliteration"].strip():
        proposed = await _proposed(app, said["term"], said["language"])
        if proposed is None:
            return None
        said["transliteration"] = proposed
    term = Term("", **said)
    return await app.attempt_with_reason(
        lambda reason: add_term(app.study, term, reason=reason),
        what=f"Add {term.term} to the glossary.",
        done=f"{term.term} is in the glossary.",
    )


async def _proposed(app: Workbench, term: str, language: str) -> str | None:
    """Ask whether a proposed reading is right; empty where none can be proposed, None where all is left."""
    proposed = await asyncio.to_thread(_reading_of, term, language)
    if not proposed:
        return ""
    asked = AskText(f"How {term.strip()} is read, as proposed", value=proposed, required=False)
    return await app.ask(asked)


def _reading_of(term: str, language: str) -> str:
    from workbench.language import working
    from workbench.language.lemmas import lacking
    from workbench.language.romaji import proposed_reading

    if lacking("ja"):
        return proposed_reading(term, language)
    return working.run(proposed_reading, term, language)


async def edit(app: Workbench, term: Term) -> None:
    """Ask for the fields of a term and change those that differ."""
    from workbench.stages.glossary import edit_term

    said = await _ask(app, f"Key term {term.name}", term, about=f"term:{term.id}")
    if said is None:
        return
    changed = {name: value for name, value in said.items() if value != getattr(term, name)}
    if not changed:
        app.say("Nothing was changed.")
        return
    await app.attempt_with_reason(
        lambda reason: edit_term(app.study, term.id, reason=reason, **changed),
        what=f"Change {', '.join(name.replace('_', ' ') for name in changed)} of {term.name}.",
        done=f"{term.term} is changed.",
    )


async def _ask(app: Workbench, title: str, term: Term | None, *, about: str) -> dict[str, Any] | None:
    from workbench.stages.glossary import BETWEEN, list_typed

    def shown(name: str) -> str:
        value = getattr(term, name) if term is not None else TermRule.FIXED if name == "rule" else ""
        return f"{BETWEEN} ".join(value) if isinstance(value, tuple) else str(value)

    fields = [Field(name, label, shown(name)) for name, label in _LABELS.items()]
    given = await app.ask(Form(title, fields, about=about))
    if given is None:
        return None
    rule = given["rule"].strip()
    if rule not in list(TermRule):
        app.say(str(WrongUsage(f"{rule or '“”'} is no rule.", do=f"Use one of: {_RULES}.")), alarm=True)
        return None
    said: dict[str, Any] = {name: value.strip() for name, value in given.items()}
    said |= {name: list_typed(given[name]) for name in _LISTS}
    return said | {"rule": TermRule(rule)}


async def remove(app: Workbench, term: Term) -> None:
    """Ask why a term goes, and take it away."""
    from workbench.stages.glossary import remove_term

    await app.attempt_with_reason(
        lambda reason: remove_term(app.study, term.id, reason=reason),
        what=f"Take {term.name} out of the glossary.",
        done=f"{term.term} is out of the glossary. u brings it back.",
    )


async def take(app: Workbench) -> None:
    """Ask for a file and take its terms in."""
    from workbench.exchange.glossary import read_glossary
    from workbench.stages.glossary import take_terms

    fields = [
        Field("path", "Glossary, YAML or CSV"),
        Field("replaces", "Where the glossary says otherwise, does the file count? yes or no", "no"),
    ]
    given = await app.ask(Form("Take terms of a file in", fields))
    if given is None:
        return
    path = path_of(given["path"], beside=app.path)
    try:
        terms = read_glossary(path.name, await asyncio.to_thread(read_chosen, path))
    except WorkbenchError as error:
        app.say(str(error), alarm=True)
        return
    replaces = given["replaces"].strip().casefold() == "yes"
    taken = await app.attempt_with_reason(
        lambda reason: take_terms(app.study, terms, replaces=replaces, reason=reason),
        what=f"Take the terms of {path.name} into the glossary.",
    )
    if taken is not None:
        same = f"{len(taken.same)} were there already"
        app.say(f"Added {len(taken.added)} terms, changed {len(taken.changed)}; {same}.")


async def export(app: Workbench) -> None:
    """Ask for a file and write the glossary to it."""
    from workbench.exchange.glossary import write_glossary
    from workbench.stages.glossary import terms_of

    asked = await ask_file(
        app, "Write the glossary to which file, .yaml or .csv?", value="glossary.yaml", kind="glossary"
    )
    if asked is not None:
        form = "csv" if asked.path.suffix.casefold() == ".csv" else "yaml"
        await write_export(app, asked, lambda study, _: write_glossary(terms_of(study), format=form))


async def report(app: Workbench) -> None:
    """Ask for a file and write what became of the terms to it."""
    asked = await ask_file(
        app,
        "Write what became of the terms to which file, .md, .csv or .json?",
        value="key-terms.md",
        kind="key-terms",
    )
    if asked is not None:
        form = asked.path.suffix.casefold().removeprefix(".")
        form = form if form in ("csv", "json") else "markdown"
        await write_export(app, asked, lambda study, _: _report(study, form))


def _report(study: Any, form: str) -> bytes:
    from workbench.exchange.glossary_report import write_report
    from workbench.stages.glossary_report import glossary_report
    from workbench.stages.glossary_words import printed

    found = glossary_report(study)
    return write_report(study, printed(study, found, found.findings), format=form)
