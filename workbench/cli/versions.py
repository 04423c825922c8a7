"""`workbench version`: texts as versions, described, approved, replaced and compared."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from workbench.cli import lookup
from workbench.cli.options import Verbs, add_format
from workbench.cli.output import put, put_json, put_rows, say
from workbench.cli.uncertain import tell_revision
from workbench.errors import WrongUsage
from workbench.model.text import TextKind
from workbench.model.word_difference import Kept
from workbench.stages.revising import revise_text
from workbench.stages.text_versions import FIELDS, approve_text, describe_text, text_difference
from workbench.study.study import Study

_HELP = {
    "language": "language, such as ja",
    "maker": "who wrote or translated it",
    "role": "what the maker is, such as ministry, researcher or sworn translator",
    "competence": "how well the maker knows the languages",
    "made": "when it was made, such as 2018-07-02",
    "tool": "program that helped to make it, with its version",
}
_AROUND = 60
"""Characters of unchanged words that are shown on each side of a difference."""
_MARKS = {Kept.SAME: "{}", Kept.GONE: "[-{}-]", Kept.NEW: "{{+{}+}}"}


def declare(parser: ArgumentParser) -> None:
    """Declare `version` and its verbs."""
    verbs = Verbs(parser)
    verb = verbs.writes("describe", describe)
    _add_text(verb)
    verb.add_argument("--kind", choices=[kind.value for kind in TextKind], help="what the text is")
    verb.add_argument("--translates", metavar="SOURCE", help="the text that it renders; none takes that away")
    for name in FIELDS:
        verb.add_argument(f"--{name}", help=_HELP[name])
    verb = verbs.writes("approve", approve)
    _add_text(verb)
    verb.add_argument("--note", default="", help="what was looked at, and what was found")
    verb = verbs.writes("revise", revise)
    _add_text(verb)
    verb.add_argument("new", metavar="NEW", help="id of the text that takes its place")
    verb = verbs.reads("diff", diff)
    _add_text(verb)
    verb.add_argument("new", metavar="NEW", help="id of the other text")
    verb.add_argument("--whole", action="store_true", help="print what has not changed in full")
    add_format(verb, ("text", "csv", "json"))


def _add_text(parser: ArgumentParser) -> None:
    parser.add_argument("text", metavar="TEXT", help="id of the text, or key of a document with one text")


def describe(study: Study, arguments: Namespace) -> int:
    """Say who made a text, when, with what, and which text it renders."""
    text = lookup.text(study, arguments.text)
    fields = {name: value for name in FIELDS if (value := getattr(arguments, name)) is not None}
    source = arguments.translates
    if not fields and source is None and arguments.kind is None:
        raise WrongUsage("There is nothing to say of the text.", do="Give --maker, --translates or another.")
    describe_text(
        study,
        text.id,
        kind=TextKind(arguments.kind) if arguments.kind else None,
        translates=None if source is None else "" if source == "none" else lookup.text(study, source).id,
        reason=arguments.reason,
        **fields,
    )
    say(f"Described the text {text.id}.")
    return 0


def approve(study: Study, arguments: Namespace) -> int:
    """Approve a machine draft, so that it may be evidence."""
    text = lookup.text(study, arguments.text)
    approve_text(study, text.id, reason=arguments.reason, note=arguments.note)
    say(f"{study.coder} approved the text {text.id}.")
    return 0


def revise(study: Study, arguments: Namespace) -> int:
    """Let a text take the place of another, and carry the excerpts whose words stand in it."""
    old, new = lookup.text(study, arguments.text), lookup.text(study, arguments.new)
    tell_revision(revise_text(study, old.id, new.id, reason=arguments.reason))
    return 0


def diff(study: Study, arguments: Namespace) -> int:
    """Show what became of the words of a text in another; leaves with 1 where they differ."""
    old, new = lookup.text(study, arguments.text), lookup.text(study, arguments.new)
    difference = text_difference(study, old.id, new.id)
    rows = [{"kept": each.kept.value, "words": each.words} for each in difference]
    if arguments.format == "json":
        put_json(rows)
    elif arguments.format == "csv":
        put_rows(("kept", "words"), rows, "csv")
    else:
        told = [
            _MARKS[each.kept].format(each.words if arguments.whole else _shortened(each.words, each.kept))
            for each in difference
        ]
        put("".join(told).removesuffix("\n"))
    return 1 if any(each.kept is not Kept.SAME for each in difference) else 0


def _shortened(words: str, kept: Kept) -> str:
    if kept is not Kept.SAME or len(words) <= 3 * _AROUND:
        return words
    return f"{words[:_AROUND]}\n[… {len(words) - 2 * _AROUND} characters unchanged …]\n{words[-_AROUND:]}"
