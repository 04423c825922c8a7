"""`workbench memos` and `workbench memo`: notes anchored to anything."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from workbench.cli import lookup
from workbench.cli.files import add_output, deliver, file_named, format_of_file
from workbench.cli.options import Verbs, add_words, passage, reads
from workbench.cli.output import put, put_rows, say, words_given
from workbench.errors import WrongUsage
from workbench.exchange.memo_list import FORMATS
from workbench.model.memo import Memo, MemoKind
from workbench.stages.familiarise import edit_memo, note_passage, remove_memo, write_memo
from workbench.stages.memos import AnchoredMemo, anchored_memos, write_anchored
from workbench.stages.verification import edit_translator_memo, write_translator_memo
from workbench.study.study import Study

_KINDS = [kind.value for kind in MemoKind]
_TABLE = "table"
_OF_TRANSLATOR = ("options", "choice", "loss", "effect")
"""What a translator's memo says beside its words."""
_COLUMNS = ("id", "at", "coder", "kind", "on", "name", "quote", "content", "became", *_OF_TRANSLATOR)


def declare_list(parser: ArgumentParser) -> None:
    """Declare `memos`."""
    reads(parser, show)
    parser.add_argument("--on", metavar="KEY", help="only memos on this record, such as case:Hamamatsu")
    parser.add_argument(
        "--kind",
        choices=_KINDS,
        nargs="+",
        action="extend",
        default=[],
        help="only memos of these kinds",
    )
    parser.add_argument("--coder", default="", help="only memos by this coder")
    parser.add_argument("--case", help="only memos on this case, its cells, documents and texts")
    parser.add_argument("--document", help="only memos on this document and what is in it")
    parser.add_argument(
        "--search",
        default="",
        metavar="WORDS",
        help="only memos that hold these words, or are on what does",
    )
    parser.add_argument(
        "--format", choices=(_TABLE, *FORMATS), help="format (default: that of FILE, or table without one)"
    )
    add_output(parser, or_table=True)


def declare(parser: ArgumentParser) -> None:
    """Declare `memo` and its verbs."""
    verbs = Verbs(parser)
    verb = verbs.writes("add", add)
    add_words(verb, "what the memo says")
    verb.add_argument("--on", metavar="KEY", help="the record, such as case:Hamamatsu, code:2.1 or study")
    verb.add_argument("--text", help="the text that holds the passage")
    verb.add_argument("--range", type=passage, metavar="START:END", help="the passage, in code points")
    verb.add_argument("--kind", choices=_KINDS, default="note", help="what the memo is for (default note)")
    _add_of_translator(verb)
    verb = verbs.writes("edit", edit)
    verb.add_argument("memo", metavar="MEMO", help="id of the memo")
    verb.add_argument(
        "content", metavar="WORDS", nargs="?", help="what the memo shall say, where it changes; - reads stdin"
    )
    verb.add_argument("--kind", choices=_KINDS, help="what the memo is for")
    _add_of_translator(verb)
    verb = verbs.writes("remove", remove)
    verb.add_argument("memo", metavar="MEMO", help="id of the memo")


def _add_of_translator(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--option", action="append", metavar="WORDS", help="a rendering that was considered; repeatable"
    )
    parser.add_argument("--choice", help="the rendering that was chosen, and why")
    parser.add_argument("--loss", help="what the rendering loses")
    parser.add_argument("--effect", help="what that means for coding")


def _is_of_translator(arguments: Namespace) -> bool:
    given = (arguments.option, arguments.choice, arguments.loss, arguments.effect)
    return any(each is not None for each in given)


def show(study: Study, arguments: Namespace) -> int:
    """List the memos by time, each with what it is on; FILE gets them with the head of the log."""
    format = arguments.format or format_of_file(file_named(arguments.output), FORMATS) or _TABLE
    found = anchored_memos(
        study,
        kinds=[MemoKind(kind) for kind in arguments.kind],
        coder=arguments.coder,
        case_id=lookup.case(study, arguments.case).id if arguments.case else "",
        document_id=lookup.document(study, arguments.document).id if arguments.document else "",
        words=arguments.search,
    )
    if arguments.on:
        anchor = lookup.key(study, arguments.on)
        found = [each for each in found if each.memo.anchor == anchor]
    if arguments.output is None and format != "md":
        put_rows(_COLUMNS, [_row(each) for each in found], format)
    elif format == _TABLE:
        raise WrongUsage("A table is for the terminal.", do=f"Choose one of: {', '.join(FORMATS)}.")
    else:
        data = write_anchored(study, found, format=format)
        deliver([data], output=arguments.output, force=arguments.force, text=True)
    return 0


def _row(each: AnchoredMemo) -> dict[str, str]:
    memo = each.memo
    return {
        "id": memo.id,
        "at": memo.at,
        "coder": memo.coder,
        "kind": memo.kind.value,
        "on": memo.anchor,
        "name": each.name,
        "quote": each.quote,
        "content": memo.content,
        "became": memo.became,
        "options": "; ".join(memo.options),
        "choice": memo.choice,
        "loss": memo.loss,
        "effect": memo.effect,
    }


def add(study: Study, arguments: Namespace) -> int:
    """Write a memo on a record or on a passage; prints its id.

    One that names options, choice, loss or effect is a translator's, on a passage.
    """
    content, kind = words_given(arguments.content), MemoKind(arguments.kind)
    if _is_of_translator(arguments):
        memo = _of_translator(study, arguments, content)
    elif arguments.on and not (arguments.text or arguments.range):
        memo = write_memo(study, lookup.key(study, arguments.on), content, kind=kind)
    elif arguments.text and arguments.range and not arguments.on:
        text = lookup.text(study, arguments.text)
        memo = note_passage(study, text.id, arguments.range, content, kind=kind)
    else:
        raise WrongUsage("A memo stands on a record or on a passage.", do="Give --on, or --text and --range.")
    put(memo.id)
    say(f"Wrote a memo on {memo.anchor}.")
    return 0


def _of_translator(study: Study, arguments: Namespace, content: str) -> Memo:
    if not (arguments.text and arguments.range) or arguments.on:
        raise WrongUsage("A translator's memo stands on a passage.", do="Give --text and --range.")
    return write_translator_memo(
        study,
        lookup.text(study, arguments.text).id,
        arguments.range,
        content,
        options=arguments.option or [],
        choice=arguments.choice or "",
        loss=arguments.loss or "",
        effect=arguments.effect or "",
    )


def edit(study: Study, arguments: Namespace) -> int:
    """Change what a memo says or what it is for."""
    memo = lookup.record(study, Memo, arguments.memo)
    kind = MemoKind(arguments.kind) if arguments.kind else None
    content = memo.content if arguments.content is None else words_given(arguments.content)
    if _is_of_translator(arguments):
        if kind not in (None, MemoKind.TRANSLATION):
            raise WrongUsage("Options, choice, loss and effect are of a memo on translation.")
        edit_translator_memo(
            study,
            memo.id,
            content,
            options=memo.options if arguments.option is None else arguments.option,
            choice=memo.choice if arguments.choice is None else arguments.choice,
            loss=memo.loss if arguments.loss is None else arguments.loss,
            effect=memo.effect if arguments.effect is None else arguments.effect,
        )
    else:
        edit_memo(study, memo.id, content, kind=kind)
    say(f"Changed the memo {memo.id}.")
    return 0


def remove(study: Study, arguments: Namespace) -> int:
    """Take a memo away, and its excerpt where nothing else rests on that."""
    memo = lookup.record(study, Memo, arguments.memo)
    remove_memo(study, memo.id)
    say(f"Removed the memo {memo.id}.")
    return 0
