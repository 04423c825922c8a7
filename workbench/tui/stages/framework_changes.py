"""What the framework screen asks before it changes a theme or a code."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from workbench.errors import WrongUsage
from workbench.model.framework import Code, CodeState, Framework, Theme
from workbench.model.memo import Memo, MemoKind
from workbench.tui.dialogs import AskText, Choice, ChooseCode, ChooseFrom, Field, Form
from workbench.tui.stages import framework_code
from workbench.tui.widgets.framework_tree import Node, mark_of

if TYPE_CHECKING:
    from workbench.tui.app import Workbench

_TOP = "\ttop"
"""Stands for the top of a framework among theme ids, before its letters; no id holds a tab."""
_NEW = "\tnew"
"""Stands for the top of a framework that is begun with the theme."""


async def choose_theme(app: Workbench, title: str, *, tops: Sequence[Choice] = ()) -> str | None:
    """Ask for a theme in use, or for one of some tops; answers with the id of what is chosen."""
    framework = app.study.framework
    themes = [theme for theme, _ in framework.walk() if not theme.retired]
    rows = [Choice(t.id, f"{framework.theme_number(t.id)} {t.name}", t.definition) for t in themes]
    rows += tops
    chosen = await app.ask(ChooseFrom(title, rows)) if rows else None
    return chosen[0] if chosen else None


async def add_theme(app: Workbench) -> Theme | None:
    """Add a theme at the top or under another."""
    from workbench.stages import framework as stage

    if not app.may_decide():
        return None
    framework = app.study.framework
    parent: str | None = _TOP
    if framework.themes:
        tops = [
            Choice(
                f"{_TOP}{letters}", f"at the top of {f'framework {letters}' if letters else 'the framework'}"
            )
            for letters in framework.prefixes
        ]
        tops.append(Choice(_NEW, "at the top of a new framework"))
        parent = await choose_theme(app, "A new theme: where?", tops=tops)
    prefix = parent.removeprefix(_TOP) if parent is not None and parent.startswith(_TOP) else ""
    if parent == _NEW:
        letters = await app.ask(
            AskText("One to three letters that the numbers of the new framework begin with")
        )
        if not letters:
            return None
        prefix = letters.strip()
    if parent is None:
        return None
    given = await app.ask(
        Form("A new theme", [Field("name", "Name"), Field("definition", "Definition", "", True)])
    )
    if given is None:
        return None
    return await app.attempt_with_reason(
        lambda reason: stage.add_theme(
            app.study,
            given["name"],
            parent_id=_parent(parent),
            prefix=prefix,
            definition=given["definition"],
            reason=reason,
        ),
        done="The theme is added.",
    )


def _parent(chosen: str) -> str | None:
    return None if chosen.startswith((_TOP, _NEW)) else chosen


async def add_code(app: Workbench, node: Node | None) -> Code | None:
    """Add a code under the theme at the cursor."""
    from workbench.stages import framework as stage

    if not app.may_decide():
        return None
    if node is None:
        app.say("A code stands under a theme: add a theme first (t).", alarm=True)
        return None
    theme_id = node.id if isinstance(node, Theme) else node.theme_id
    theme = app.study.framework.themes[theme_id]
    fields = [Field("name", "Name"), Field("definition", "Definition", "", True)]
    fields += [
        Field("include", "Include", "", True),
        Field("exclude", "Exclude", "", True),
        Field("source", "Source"),
    ]
    given = await app.ask(Form(f"A new code under {theme.name}", fields))
    if given is None:
        return None
    return await app.attempt_with_reason(
        lambda reason: stage.add_code(
            app.study,
            theme_id,
            given["name"],
            definition=given["definition"],
            include=given["include"],
            exclude=given["exclude"],
            source=given["source"],
            reason=reason,
        ),
        done="The code is added.",
    )


async def edit(app: Workbench, node: Node) -> None:
    """Change what a theme or a code says."""
    if not app.may_decide():
        return
    if isinstance(node, Theme):
        await _edit_theme(app, node)
    else:
        await framework_code.edit_code(app, node)


async def _edit_theme(app: Workbench, theme: Theme) -> None:
    from workbench.stages import framework as stage

    attributes = "\n".join(f"{name}={value}" for name, value in theme.attributes.items())
    fields = [
        Field("name", "Name", theme.name),
        Field("definition", "Definition", theme.definition, True),
        Field("attributes", "Attributes (NAME=VALUE, a line each)", attributes, True),
    ]
    given = await app.ask(Form(f"Theme {theme.name}", fields))
    if given is not None:
        await app.attempt_with_reason(
            lambda reason: stage.edit_theme(
                app.study,
                theme.id,
                name=given["name"],
                definition=given["definition"],
                attributes=_attributes(given["attributes"]),
                reason=reason,
            ),
            done="The theme is changed.",
        )


def _attributes(lines: str) -> dict[str, str]:
    """Read NAME=VALUE, a line each; raises WrongUsage for a line of another form."""
    found = {}
    for line in filter(None, map(str.strip, lines.splitlines())):
        name, equals, value = line.partition("=")
        if not name.strip() or not equals:
            raise WrongUsage(f"“{line}” is not NAME=VALUE.")
        found[name.strip()] = value.strip()
    return found


async def move(app: Workbench, node: Node) -> None:
    """Move a theme or a code under another theme."""
    from workbench.stages import framework as stage

    if not app.may_decide():
        return
    tops = [Choice(_TOP, "at the top of its framework")] if isinstance(node, Theme) else []
    target = await choose_theme(app, f"Move {node.name} where?", tops=tops)
    if target is None:
        return
    if isinstance(node, Theme):
        await app.attempt_with_reason(
            lambda reason: stage.move_theme(app.study, node.id, _parent(target), reason=reason), done="Moved."
        )
    else:
        await app.attempt_with_reason(
            lambda reason: stage.move_code(app.study, node.id, target, reason=reason), done="Moved."
        )


async def merge(app: Workbench, code: Code) -> None:
    """Merge a code into another."""
    from workbench.stages import framework as stage

    if not app.may_decide():
        return
    framework = app.study.framework
    others = Framework(
        list(framework.themes.values()), [each for each in framework.codes.values() if each.id != code.id]
    )
    title = f"Merge {framework.label(code)} into which code?"
    chosen = await app.ask(ChooseCode(others, single=True, title=title))
    if chosen:
        await app.attempt_with_reason(
            lambda reason: stage.merge_codes(app.study, [code.id], chosen[0], reason=reason),
            done=f"{code.name} is merged; its codings went over.",
        )


async def split(app: Workbench, code: Code) -> None:
    """Split a code into new ones."""
    from workbench.stages import framework as stage

    if not app.may_decide():
        return
    title = f"Split {app.study.framework.label(code)} into which codes? One name to a line."
    typed = await app.ask(AskText(title, multiline=True))
    if typed is not None:
        await app.attempt_with_reason(
            lambda reason: stage.split_code(app.study, code.id, typed.splitlines(), reason=reason),
            done=f"{code.name} is split; its codings wait for a second look (n).",
        )


async def retire_or_restore(app: Workbench, node: Node) -> None:
    """Retire a theme or a code, or take a retired one back into use."""
    from workbench.stages import framework as stage

    if not app.may_decide():
        return
    if isinstance(node, Theme) and node.retired:
        await app.attempt_with_reason(
            lambda reason: stage.restore_theme(app.study, node.id, reason=reason),
            done="The theme is in use again.",
        )
    elif isinstance(node, Theme):
        await app.attempt_with_reason(
            lambda reason: stage.retire_theme(app.study, node.id, reason=reason), done="The theme is retired."
        )
    elif node.state is CodeState.RETIRED:
        await app.attempt_with_reason(
            lambda reason: stage.restore_code(app.study, node.id, reason=reason),
            done="The code is in use again.",
        )
    else:
        await app.attempt_with_reason(
            lambda reason: stage.retire_code(app.study, node.id, reason=reason), done="The code is retired."
        )


async def turn_candidate(app: Workbench, code: Code) -> None:
    """Make a candidate an active code, or an active code a candidate."""
    from workbench.stages import framework as stage

    state = CodeState.ACTIVE if code.state is CodeState.CANDIDATE else CodeState.CANDIDATE
    await app.attempt_with_reason(
        lambda reason: stage.edit_code(app.study, code.id, state=state, reason=reason),
        what=f"{mark_of(code).strip()} {code.name} becomes {state.value}".strip(),
        done=f"{code.name} is now {state.value}.",
    )


async def adopt_idea(app: Workbench) -> Code | None:
    """Turn an idea that no code came from yet into a candidate code."""
    from workbench.stages import framework as stage

    ideas = [memo for memo in app.study.all(Memo, order="at", kind=MemoKind.IDEA.value) if not memo.became]
    if not ideas:
        app.say("No idea waits. Ideas are written while reading: i in the familiarisation stage.")
        return None
    rows = [Choice(memo.id, memo.content, f"{memo.coder}, {memo.at[:10]}") for memo in ideas]
    chosen = await app.ask(ChooseFrom(f"Which idea becomes a code? {len(ideas)} wait.", rows))
    if not chosen:
        return None
    theme_id = await choose_theme(app, "Under which theme?")
    if theme_id is None:
        return None
    idea = next(memo for memo in ideas if memo.id == chosen[0])
    first_line = idea.content.splitlines()[0][:60]
    name = await app.ask(AskText(f"Name of the code\nIdea: {idea.content}", value=first_line))
    if name is None:
        return None
    return await app.attempt_with_reason(
        lambda reason: stage.adopt_idea(app.study, idea.id, theme_id, name, reason=reason),
        done="The idea is now a candidate code (?).",
    )
