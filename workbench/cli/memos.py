"""`workbench memos` and `workbench memo`: notes anchored to anything."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from workbench.cli import lookup
from workbench.cli.options import Verbs, add_words, lists, passage
from workbench.cli.output import put, put_rows, say, words_given
from workbench.errors import WrongUsage
from workbench.model.coding import Coding, Excerpt
from workbench.model.memo import Memo, MemoKind
from workbench.model.records import split_key
from workbench.stages.familiarise import edit_memo, note_passage, remove_memo, write_memo
from workbench.study.queries import placed
from workbench.study.study import Study

_KINDS = [kind.value for kind in MemoKind]


def declare_list(parser: ArgumentParser) -> None:
    """Declare `memos`."""
    lists(parser, show)
    parser.add_argument("--on", metavar="KEY", help="only memos on this record, such as case:Hamamatsu")
    parser.add_argument("--kind", choices=_KINDS, help="only memos of this kind")
    parser.add_argument("--coder", help="only memos by this coder")


def declare(parser: ArgumentParser) -> None:
    """Declare `memo` and its verbs."""
    verbs = Verbs(parser)
    verb = verbs.writes("add", add)
    add_words(verb, "what the memo says")
    verb.add_argument("--on", metavar="KEY", help="the record, such as case:Hamamatsu, code:2.1 or study")
    verb.add_argument("--text", help="the text that holds the passage")
    verb.add_argument("--range", type=passage, metavar="START:END", help="the passage, in code points")
    verb.add_argument("--kind", choices=_KINDS, default="note", help="what the memo is for (default note)")
    verb = verbs.writes("edit", edit)
    verb.add_argument("memo", metavar="MEMO", help="id of the memo")
    add_words(verb, "what the memo shall say")
    verb.add_argument("--kind", choices=_KINDS, help="what the memo is for")
    verb = verbs.writes("remove", remove)
    verb.add_argument("memo", metavar="MEMO", help="id of the memo")


def show(study: Study, arguments: Namespace) -> int:
    """List the memos by time, each with what it is on."""
    wanted = {"kind": arguments.kind, "coder": arguments.coder}
    if arguments.on:
        wanted["anchor"] = lookup.key(study, arguments.on)
    memos = study.all(
        Memo, order="at", **{name: value for name, value in wanted.items() if value is not None}
    )
    rows = [
        {
            "id": memo.id,
            "at": memo.at,
            "coder": memo.coder,
            "kind": memo.kind.value,
            "on": memo.anchor,
            "place": _place(study, memo),
            "content": memo.content,
            "became": memo.became,
        }
        for memo in memos
    ]
    put_rows(["id", "at", "coder", "kind", "on", "place", "content", "became"], rows, arguments.format)
    return 0


def _place(study: Study, memo: Memo) -> str:
    kind, identifier = split_key(memo.anchor)
    if kind == "coding":
        identifier = study.get(Coding, identifier).excerpt_id
    if kind not in ("coding", "excerpt"):
        return ""
    return placed(study, [study.get(Excerpt, identifier)])[0].citation


def add(study: Study, arguments: Namespace) -> int:
    """Write a memo on a record or on a passage; prints its id."""
    content, kind = words_given(arguments.content), MemoKind(arguments.kind)
    if arguments.on and not (arguments.text or arguments.range):
        memo = write_memo(study, lookup.key(study, arguments.on), content, kind=kind)
    elif arguments.text and arguments.range and not arguments.on:
        text = lookup.text(study, arguments.text)
        memo = note_passage(study, text.id, arguments.range, content, kind=kind)
    else:
        raise WrongUsage("A memo stands on a record or on a passage.", do="Give --on, or --text and --range.")
    put(memo.id)
    say(f"Wrote a memo on {memo.anchor}.")
    return 0


def edit(study: Study, arguments: Namespace) -> int:
    """Change what a memo says or what it is for."""
    memo = lookup.record(study, Memo, arguments.memo)
    kind = MemoKind(arguments.kind) if arguments.kind else None
    edit_memo(study, memo.id, words_given(arguments.content), kind=kind)
    say(f"Changed the memo {memo.id}.")
    return 0


def remove(study: Study, arguments: Namespace) -> int:
    """Take a memo away, and its excerpt where nothing else rests on that."""
    memo = lookup.record(study, Memo, arguments.memo)
    remove_memo(study, memo.id)
    say(f"Removed the memo {memo.id}.")
    return 0
