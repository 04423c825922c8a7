"""What the screens of versions ask before they decide."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from workbench.errors import WorkbenchError, WrongUsage
from workbench.model.case import Document
from workbench.model.text import Passage, Text, TextKind
from workbench.model.translation import Method, Verdict
from workbench.tui.dialogs import Choice, ChooseFrom, Field, Form, Report
from workbench.tui.dialogs.choose_passage import ChoosePassage
from workbench.tui.dialogs.text_difference import TextDifference
from workbench.tui.display import content, shortened
from workbench.tui.exporting import ask_file, write_export
from workbench.tui.stages.chart_writing import reading
from workbench.tui.stages.version_sheet import name_of

if TYPE_CHECKING:
    from workbench.model.word_difference import Stretch
    from workbench.stages.revising import Revision
    from workbench.stages.text_tree import TextLine
    from workbench.study.study import Study
    from workbench.tui.app import Workbench

_NONE = "\tnone"
"""Stands for no source; no id of a text holds a tab."""
_KINDS = ", ".join(TextKind)
_FIELDS = {
    "language": "Language, such as ja",
    "maker": "Who wrote or translated it",
    "role": "What the maker is: ministry, researcher, sworn translator",
    "competence": "How well the maker knows the languages",
    "made": "When it was made, such as 2018-07-02",
    "tool": "Program that helped, with its version",
}


async def describe(app: Workbench, line: TextLine, lines: Sequence[TextLine]) -> None:
    """Ask who made a text, how and from which, and decide it."""
    from workbench.stages.text_versions import describe_text

    text = line.text
    fields = [Field("kind", f"Kind: {_KINDS}", text.kind.value)]
    fields += [Field(name, label, getattr(text, name)) for name, label in _FIELDS.items()]
    given = await app.ask(Form(f"What is to be said of {name_of(line.document, text)}", fields))
    if given is None:
        return
    kind = given.pop("kind").strip() or text.kind.value
    if kind not in list(TextKind):
        app.say(str(WrongUsage(f"{kind} is no kind of text.", do=f"Use one of: {_KINDS}.")), alarm=True)
        return
    source = text.translates
    if kind != TextKind.ORIGINAL or source is not None:
        source = await _ask_source(app, text, lines)
    changed = {name: value for name, value in given.items() if value.strip() != getattr(text, name)}
    await app.attempt_with_reason(
        lambda reason: describe_text(
            app.study,
            text.id,
            kind=TextKind(kind) if kind != text.kind else None,
            translates=None if source == text.translates else source or "",
            reason=reason,
            **changed,
        ),
        done="The text is described.",
    )


async def _ask_source(app: Workbench, text: Text, lines: Sequence[TextLine]) -> str | None:
    """Ask which text another renders; those of its document first."""
    lines = [line for line in lines if line.text.id != text.id]
    lines.sort(key=lambda line: line.document.id != text.document_id)
    rows = [Choice(_NONE, "no text that is held", "as it is" if text.translates is None else "")]
    for line in lines:
        said = "as it is" if line.text.id == text.translates else line.text.file_name
        rows.append(Choice(line.text.id, name_of(line.document, line.text), said))
    rows.sort(key=lambda row: row.detail != "as it is")
    chosen = await app.ask(ChooseFrom("Which text does it render? esc leaves it as it is.", rows))
    if not chosen:
        return text.translates
    return None if chosen[0] == _NONE else chosen[0]


async def approve(app: Workbench, line: TextLine) -> None:
    """Ask what was looked at and why a machine draft may be evidence, and decide it."""
    from workbench.stages.text_versions import approve_text

    if not line.text.is_unapproved_draft:
        what = f"{line.text.approved_by} approved it." if line.text.approved_by else "It is no machine draft."
        app.say(f"There is nothing to approve: {what}")
        return
    fields = (
        Field("reason", "Why it may be evidence"),
        Field("note", "What was looked at, and what was found"),
    )
    given = await app.ask(Form(f"Approve {name_of(line.document, line.text)}", fields))
    if given is not None:
        app.attempt(
            lambda: approve_text(app.study, line.text.id, reason=given["reason"], note=given["note"]),
            done=f"{app.study.coder} approved the text; it may be evidence now.",
        )


async def import_revision(app: Workbench, line: TextLine) -> None:
    """Ask for the file of a new version, import it in the place of a text and tell what came along."""
    from workbench.stages.revising import kind_of_revision
    from workbench.tui.stages.import_files import import_version

    text = line.text
    fields = (
        Field("path", "File of the new version"),
        Field("reason", "Why the text is replaced"),
        Field("language", "Language", text.language),
        Field("kind", f"Kind: {_KINDS}", kind_of_revision(text).value),
        Field("encoding", "Encoding (empty: found out)"),
    )
    given = await app.ask(Form(f"A new version of {name_of(line.document, text)}", fields))
    revision = await import_version(app, text, given) if given is not None else None
    if revision is not None:
        await _tell(app, revision)


async def replace_by(app: Workbench, line: TextLine, lines: Sequence[TextLine]) -> None:
    """Ask which text of the study takes the place of another, and why, and tell what came along."""
    from workbench.stages.revising import revise_text
    from workbench.tui.stages.import_files import look_aside

    others = [each for each in lines if each.text.id != line.text.id and each.text.revises is None]
    others.sort(key=lambda each: each.document.id != line.document.id)
    rows = [Choice(each.text.id, name_of(each.document, each.text), each.text.file_name) for each in others]
    if not rows:
        app.say("There is no text that could take its place: r imports one.")
        return
    chosen = await app.ask(ChooseFrom(f"What takes the place of {name_of(line.document, line.text)}?", rows))
    if not chosen:
        return
    new = app.study.get(Text, chosen[0])
    old_id, look = line.text.id, await look_aside(app, line.text.id, new.language, _content_of(new))
    if look is None:
        return
    revision = await app.attempt_with_reason(
        lambda reason: revise_text(app.study, old_id, new.id, reason=reason, look=look)
    )
    if revision is not None:
        await _tell(app, revision)


def _content_of(text: Text) -> Callable[[Study], str]:
    return lambda study: study.text_content(text.content_hash)


async def _tell(app: Workbench, revision: Revision) -> None:
    from workbench.stages.revision_words import not_carried, revision_summary, waits

    summary = revision_summary(revision)
    app.say(f"{summary} w goes to those that wait." if waits(revision) else summary)
    lines = [content(each) for each in not_carried(revision)]
    if lines:
        await app.ask(Report(summary, lines))


async def verify(app: Workbench, text: Text, *, begin: Passage) -> None:
    """Ask which passage was checked, by whom and with what outcome, and record it."""
    from workbench.stages.verification import verify_translation

    if not text.is_translation:
        app.say("The text is no translation: d says what it renders.", alarm=True)
        return
    passage = await choose_passage(app, text, "What was checked?", begin=begin)
    if passage is None:
        return
    methods = [Choice(each, each) for each in Method]
    method = await app.ask(ChooseFrom("How was it checked?", methods))
    verdict = await app.ask(ChooseFrom("What was found?", [Choice(each, each) for each in Verdict]))
    if not method or not verdict:
        return
    fields = (
        Field("reader", "Who checked it; a panel by its members"),
        Field("note", "The back-translation, the doubt, or what was changed", multiline=True),
    )
    cited = app.study.places(text).cite(passage)
    given = await app.ask(Form(f"{cited}: {method[0]}, {verdict[0]}", fields, about=f"text:{text.id}"))
    if given is not None:
        app.attempt(
            lambda: verify_translation(
                app.study,
                text.id,
                passage,
                reader=given["reader"],
                method=Method(method[0]),
                verdict=Verdict(verdict[0]),
                note=given["note"],
            ),
            done=f"{cited}: {given['reader'].strip()} found it {verdict[0]}.",
        )


async def unverify(app: Workbench, text: Text) -> None:
    """Ask which verification was recorded in error, and why, and take it away."""
    from workbench.stages.verification import remove_verification, verifications_of

    made, places = verifications_of(app.study, text.id), app.study.places(text)
    if not made:
        app.say("No verification of this text is recorded.")
        return
    rows = [
        Choice(each.id, f"{places.cite(each.passage)}: {each.verdict}", f"{each.reader}, {each.method}")
        for each in made
    ]
    chosen = await app.ask(ChooseFrom("Take which verification away?", rows))
    if chosen:
        await app.attempt_with_reason(
            lambda reason: remove_verification(app.study, chosen[0], reason=reason),
            what="Take the verification away.",
            done="The verification is taken away. u brings it back.",
        )


async def choose_passage(app: Workbench, text: Text, title: str, *, begin: Passage) -> Passage | None:
    """Ask for a passage of a text in a reading pane."""
    from workbench.stages.units import unit_finder

    words = app.study.text_content(text.content_hash)
    return await app.ask(
        ChoosePassage(
            title,
            words,
            begin=begin,
            places=app.study.places(text),
            unit_at=unit_finder(app.study, text),
            ambiguous_wide=app.preferences.ambiguous_wide,
        )
    )


async def compare(app: Workbench, line: TextLine, lines: Sequence[TextLine]) -> None:
    """Compare a text with the version before it, or ask with which other."""
    other = line.text.revises or line.replaced_by
    if not other:
        near = [each for each in lines if each.text.id != line.text.id]
        near.sort(key=lambda each: each.document.id != line.document.id)
        rows = [Choice(each.text.id, name_of(each.document, each.text), each.text.file_name) for each in near]
        if not rows:
            app.say("There is no other text to compare it with.")
            return
        chosen = await app.ask(ChooseFrom("Compare it with which text?", rows))
        if not chosen:
            return
        other = chosen[0]
    old, new = (line.text.id, other) if other == line.replaced_by else (other, line.text.id)
    await show_difference(app, old, new)


async def show_difference(app: Workbench, old_id: str, new_id: str) -> None:
    """Compare two texts aside and show what changed."""
    app.say("Comparing…")
    try:
        stretches = await asyncio.to_thread(_difference, app, old_id, new_id)
    except WorkbenchError as error:
        app.say(str(error), alarm=True)
        return
    app.say("")
    texts = [app.study.get(Text, each) for each in (old_id, new_id)]
    names = [name_of(app.study.get(Document, text.document_id), text) for text in texts]
    await app.ask(TextDifference(shortened(" → ".join(names), 200), stretches))


def _difference(app: Workbench, old_id: str, new_id: str) -> tuple[Stretch, ...]:
    from workbench.stages.text_versions import text_difference

    with reading(app) as study:
        return text_difference(study, old_id, new_id)


async def export_statement(app: Workbench) -> None:
    """Ask for a file and write the translation statement to it."""
    from workbench.exchange.statement import write_statement
    from workbench.stages.translation_statement import translation_statement

    question = "Write the translation statement to which file?"
    path = await ask_file(app, question, value="translation-statement.md", kind="statement")
    if path is not None:
        await write_export(app, path, lambda study, _: write_statement(translation_statement(study)))
