"""The verbs of `workbench framework` that change themes and codes one by one."""

from __future__ import annotations

from argparse import Action, ArgumentParser, ArgumentTypeError, BooleanOptionalAction, Namespace
from typing import cast

from workbench.cli import lookup
from workbench.cli.options import Verbs, attribute, comma_list
from workbench.cli.output import put, say
from workbench.errors import WrongUsage
from workbench.model.framework import Code, CodeState, Origin, Theme
from workbench.model.memo import Memo
from workbench.stages import framework as stage
from workbench.stages.reindex import waiting_codings
from workbench.study.study import Study


def declare(verbs: Verbs) -> None:
    """Declare the verbs."""
    _declare_themes(verbs)
    verb = verbs.writes("add-code", add_code)
    verb.add_argument("theme", metavar="THEME", help="number, name or id of the theme")
    verb.add_argument("name", metavar="NAME", help="name of the code")
    _add_code_fields(verb)
    verb.add_argument(
        "--origin",
        choices=[origin.value for origin in Origin],
        default=Origin.EMERGENT.value,
        help="where it comes from (default emergent)",
    )
    _add_kinds(verb, "store_true")
    _add_edited(verbs.writes("edit-code", edit_code))
    verb = verbs.writes("move", move)
    verb.add_argument("entry", metavar="CODE|THEME", help="number, name or id of a code or a theme")
    verb.add_argument("theme", metavar="THEME", help="the theme to move it under; top for no theme")
    verb = verbs.writes("merge", merge)
    verb.add_argument("codes", metavar="CODE", nargs="+", help="codes that go into the other")
    verb.add_argument("--into", required=True, metavar="CODE", help="the code that takes them in")
    verb = verbs.writes("split", split)
    _add_code(verb)
    verb.add_argument("names", metavar="NAME", nargs="+", help="names of the codes it is split into")
    verb = verbs.writes("retire", retire)
    verb.add_argument("entry", metavar="CODE|THEME", help="number, name or id of a code or a theme")
    verb = verbs.writes("restore", restore)
    verb.add_argument("entry", metavar="CODE|THEME", help="number, name or id of a code or a theme")
    verb = verbs.writes("adopt", adopt)
    verb.add_argument("memo", metavar="MEMO", help="id of a memo of the kind idea")
    verb.add_argument("theme", metavar="THEME", help="number, name or id of the theme")
    verb.add_argument("name", metavar="NAME", help="name of the code")


def _declare_themes(verbs: Verbs) -> None:
    verb = verbs.writes("add-theme", add_theme)
    verb.add_argument("name", metavar="NAME", help="name of the theme")
    verb.add_argument("--parent", metavar="THEME", help="the theme it stands under")
    verb.add_argument(
        "--framework",
        metavar="LETTERS",
        default="",
        help="the framework of a theme at the top; new letters begin one",
    )
    verb.add_argument("--definition", default="", metavar="WORDS", help="what belongs under it")
    verb = verbs.writes("edit-theme", edit_theme)
    verb.add_argument("theme", metavar="THEME", help="number, name or id of the theme")
    verb.add_argument("--name", help="new name")
    verb.add_argument("--definition", metavar="WORDS", help="what belongs under it")
    verb.add_argument(
        "--set",
        dest="attributes",
        metavar="NAME=VALUE",
        type=attribute,
        action="append",
        default=[],
        help="an attribute of the theme; may be given several times, an empty value takes it away",
    )


def _add_code(parser: ArgumentParser) -> None:
    parser.add_argument("code", metavar="CODE", help="number, name or id of the code")


def _wording(given: str) -> tuple[str, str]:
    """Read CASE=WORDS; raises ArgumentTypeError for anything else."""
    case, equals, words = given.partition("=")
    if not case or not equals:
        raise ArgumentTypeError(f"{given!r} is not of the form CASE=WORDS")
    return case, words


def _add_kinds(verb: ArgumentParser, action: str | type[Action]) -> None:
    """Take what sets a code apart from the measures that are counted."""
    verb.add_argument("--other", action=action, help="the theme's place for what does not fit")
    told = "described, not answered: its cells take no status and are not counted"
    verb.add_argument("--described", action=action, help=told)


def _add_edited(verb: ArgumentParser) -> None:
    """Take what is to be changed of a code."""
    _add_code(verb)
    verb.add_argument("--name", help="new name")
    _add_code_fields(verb)
    verb.add_argument("--examples", nargs="+", metavar="WORDS", help="examples, instead of those there are")
    verb.add_argument("--cues", type=comma_list, metavar="WORD[,WORD]", help="words that hint at the code")
    verb.add_argument(
        "--excluding", type=comma_list, metavar="WORD[,WORD]", help="words that speak against the code"
    )
    verb.add_argument(
        "--patterns",
        nargs="+",
        metavar="JSON",
        help="token patterns that hint at the code, instead of those there are",
    )
    verb.add_argument(
        "--wording",
        dest="wordings",
        action="append",
        type=_wording,
        metavar="CASE=WORDS",
        help="what the code means for one case; may be repeated",
    )
    verb.add_argument("--origin", type=Origin, choices=list(Origin), help="where it comes from")
    _add_kinds(verb, BooleanOptionalAction)
    states = [CodeState.CANDIDATE, CodeState.ACTIVE]
    verb.add_argument("--state", type=CodeState, choices=states, help="where the code stands")


def _add_code_fields(parser: ArgumentParser) -> None:
    parser.add_argument("--definition", metavar="WORDS", help="what the code means")
    parser.add_argument("--include", metavar="WORDS", help="what belongs under it")
    parser.add_argument("--exclude", metavar="WORDS", help="what does not, and where that goes")
    parser.add_argument("--source", metavar="WORDS", help="where the code is taken from")


def add_theme(study: Study, arguments: Namespace) -> int:
    """Add a theme at the end of its level; prints its id."""
    parent = lookup.theme(study, arguments.parent).id if arguments.parent else None
    theme = stage.add_theme(
        study,
        arguments.name,
        parent_id=parent,
        prefix=arguments.framework,
        definition=arguments.definition,
        reason=arguments.reason,
    )
    put(theme.id)
    say(f"Added the theme {study.framework.theme_number(theme.id)} {theme.name}.")
    return 0


def edit_theme(study: Study, arguments: Namespace) -> int:
    """Rename or redefine a theme, or say its attributes."""
    theme = lookup.theme(study, arguments.theme)
    attributes = {**theme.attributes, **dict(arguments.attributes)}
    changed = stage.edit_theme(
        study,
        theme.id,
        name=arguments.name,
        definition=arguments.definition,
        attributes={name: value for name, value in attributes.items() if value},
        reason=arguments.reason,
    )
    say(f"Changed the theme {changed.name}.")
    return 0


def add_code(study: Study, arguments: Namespace) -> int:
    """Add a code at the end of a theme; prints its id."""
    theme = lookup.theme(study, arguments.theme)
    words = {name: getattr(arguments, name) or "" for name in ("definition", "include", "exclude", "source")}
    code = stage.add_code(
        study,
        theme.id,
        arguments.name,
        origin=Origin(arguments.origin),
        other=arguments.other,
        described=arguments.described,
        reason=arguments.reason,
        **words,
    )
    put(code.id)
    say(f"Added the code {study.framework.label(code)}.")
    return 0


def edit_code(study: Study, arguments: Namespace) -> int:
    """Change what a code says; a changed definition makes its cells and claims stale."""
    code = lookup.code(study, arguments.code)
    fields = {name: getattr(arguments, name) for name in stage.CodeFields.__annotations__}
    given = {name: value for name, value in fields.items() if value is not None}
    if arguments.wordings:
        given["wordings"] = {**code.wordings, **dict(arguments.wordings)}
    changed = stage.edit_code(study, code.id, reason=arguments.reason, **cast(stage.CodeFields, given))
    say(f"Changed the code {study.framework.label(changed)}.")
    return 0


def _entry(study: Study, wanted: str) -> Code | Theme:
    """Find the code or theme that is meant; raises WrongUsage where the name could be either."""
    code, theme = study.framework.find(wanted), study.framework.find_theme(wanted)
    if code is not None and theme is not None:
        raise WrongUsage(f"{wanted} is a code and a theme.", do="Name it by its number.")
    return code or theme or lookup.code(study, wanted)


def move(study: Study, arguments: Namespace) -> int:
    """Move a code or a theme under another theme; ids, codings and cells stay."""
    entry = _entry(study, arguments.entry)
    target = None if arguments.theme == "top" else lookup.theme(study, arguments.theme)
    if isinstance(entry, Theme):
        stage.move_theme(study, entry.id, target.id if target else None, reason=arguments.reason)
    elif target is None:
        raise WrongUsage("A code cannot stand at the top.", do="Name a theme.")
    else:
        stage.move_code(study, entry.id, target.id, reason=arguments.reason)
    say(f"Moved {entry.name} {f'under {target.name}' if target else 'to the top'}.")
    return 0


def merge(study: Study, arguments: Namespace) -> int:
    """Merge codes into another: their codings go over, their cells stay readable."""
    codes = [lookup.code(study, wanted) for wanted in arguments.codes]
    target = lookup.code(study, arguments.into)
    stage.merge_codes(study, [code.id for code in codes], target.id, reason=arguments.reason)
    say(f"Merged {', '.join(code.name for code in codes)} into {target.name}.")
    return 0


def split(study: Study, arguments: Namespace) -> int:
    """Split a code into new ones, whose ids are printed; its codings wait to be sorted anew."""
    code = lookup.code(study, arguments.code)
    parts = stage.split_code(study, code.id, arguments.names, reason=arguments.reason)
    for part in parts:
        put(part.id)
    waiting = sum(each.coding.code_id == code.id for each in waiting_codings(study))
    say(f"Split {code.name} into {', '.join(part.name for part in parts)}; {waiting} codings wait.")
    return 0


def retire(study: Study, arguments: Namespace) -> int:
    """Take a code or a theme out of use; codings and cells stay readable."""
    entry = _entry(study, arguments.entry)
    if isinstance(entry, Theme):
        stage.retire_theme(study, entry.id, reason=arguments.reason)
    else:
        stage.retire_code(study, entry.id, reason=arguments.reason)
    say(f"Retired {entry.name}.")
    return 0


def restore(study: Study, arguments: Namespace) -> int:
    """Take a retired code or theme back into use."""
    entry = _entry(study, arguments.entry)
    if isinstance(entry, Theme):
        stage.restore_theme(study, entry.id, reason=arguments.reason)
    else:
        stage.restore_code(study, entry.id, reason=arguments.reason)
    say(f"Restored {entry.name}.")
    return 0


def adopt(study: Study, arguments: Namespace) -> int:
    """Turn an idea into a candidate code, whose id is printed."""
    memo = lookup.record(study, Memo, arguments.memo)
    theme = lookup.theme(study, arguments.theme)
    code = stage.adopt_idea(study, memo.id, theme.id, arguments.name, reason=arguments.reason)
    put(code.id)
    say(f"The idea {memo.id} became {study.framework.label(code)}.")
    return 0
