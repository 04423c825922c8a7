"""`workbench coding`: many passages at once, codings moved, cut and joined, doubts and second looks."""

from __future__ import annotations

import csv
import sys
from argparse import ArgumentParser, Namespace
from io import StringIO
from pathlib import Path

from workbench.cli import lookup
from workbench.cli.files import bytes_of
from workbench.cli.options import Verbs, comma_list, passage
from workbench.cli.output import put, put_rows, say
from workbench.errors import WrongUsage
from workbench.model.coding import Coding, Excerpt
from workbench.model.text import Passage, Text
from workbench.stages import coding_changes as stage
from workbench.stages.reindex import waiting_codings
from workbench.study.queries import placed
from workbench.study.study import Study

_OVER = ("words", "sentences", "paragraphs")


def declare(parser: ArgumentParser) -> None:
    """Declare `coding` and its verbs."""
    verbs = Verbs(parser)
    verb = verbs.writes("hits", hits)
    verb.add_argument(
        "hits", metavar="FILE", help="CSV with the columns text, start and end, as search prints; - for stdin"
    )
    verb.add_argument("--code", required=True, type=comma_list, metavar="CODE[,CODE]", help="codes to apply")
    verb.add_argument(
        "--over", choices=_OVER, default=_OVER[0], help="what of each passage gets the codes (default words)"
    )
    verb = verbs.writes("in-vivo", in_vivo)
    verb.add_argument("theme", metavar="THEME", help="the theme that gets the code")
    verb.add_argument("--text", required=True, help="id of the text, or key of a document with one text")
    _add_range(verb)
    verb.add_argument("--name", default="", help="name of the code; the words of the passage without it")
    verb = verbs.writes("resize", resize)
    _add_coding(verb)
    _add_range(verb)
    verb = verbs.writes("split", split)
    _add_coding(verb)
    verb.add_argument("--at", required=True, type=int, metavar="OFFSET", help="where the second part begins")
    verb = verbs.writes("merge", merge)
    _add_codings(verb)
    verb = verbs.writes("doubt", doubt)
    _add_coding(verb)
    verb.add_argument("--note", default="", metavar="WORDS", help="the doubt in words, kept as a question")
    _add_coding(verbs.writes("settle", settle))
    _add_codings(verbs.writes("confirm", confirm))
    verbs.lists("waiting", waiting)


def _add_coding(parser: ArgumentParser) -> None:
    parser.add_argument("coding", metavar="CODING", help="id of the coding")


def _add_codings(parser: ArgumentParser) -> None:
    parser.add_argument("codings", metavar="CODING", nargs="+", help="ids of the codings")


def _add_range(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--range", required=True, type=passage, metavar="START:END", help="the passage, in code points from 0"
    )


def hits(study: Study, arguments: Namespace) -> int:
    """Apply codes to many passages as one decision; prints the ids of the codings."""
    codes = [lookup.code(study, wanted).id for wanted in arguments.code]
    places = [_spread(study, text, where, arguments.over) for text, where in _hits(study, arguments.hits)]
    found = [(text.id, where) for text, where in places]
    codings = stage.code_hits(study, found, codes, reason=arguments.reason)
    for coding in codings:
        put(coding.id)
    say(f"Made {len(codings)} codings.")
    return 0


def _spread(study: Study, text: Text, where: Passage, over: str) -> tuple[Text, Passage]:
    """Widen a passage to the sentences or paragraphs that it stands in."""
    from workbench.language.units import paragraph_at
    from workbench.stages.units import unit_finder

    if over == _OVER[0]:
        return text, where
    content = study.text_content(text.content_hash)
    last = max(where.start, where.end - 1)
    if over == "sentences":
        ends = [unit_finder(study, text)(place) for place in (where.start, last)]
    else:
        ends = [paragraph_at(content, place) for place in (where.start, last)]
    return text, Passage(min(where.start, ends[0].start), max(where.end, ends[1].end))


def _hits(study: Study, source: str) -> list[tuple[Text, Passage]]:
    """Read passages from CSV; raises WrongUsage for a row that names none."""
    data = sys.stdin.buffer.read() if source == "-" else bytes_of(Path(source))
    try:
        rows = csv.DictReader(StringIO(data.decode("utf-8-sig"), newline=""))
    except UnicodeDecodeError as error:
        raise WrongUsage(
            "The list of passages is not UTF-8.", do="Write it as search --format csv does."
        ) from error
    if missing := {"text", "start", "end"} - set(rows.fieldnames or ()):
        raise WrongUsage(f"The list of passages lacks the columns {', '.join(sorted(missing))}.")
    found = []
    for row in rows:
        start, end = row["start"] or "", row["end"] or ""
        if not (start.isdecimal() and end.isdecimal() and int(start) <= int(end)):
            raise WrongUsage(f"Line {rows.line_num} does not name a passage: {start}:{end}.")
        found.append((lookup.text(study, row["text"]), Passage(int(start), int(end))))
    return found


def in_vivo(study: Study, arguments: Namespace) -> int:
    """Make a code in the words of a passage and apply it there; prints the id of the code."""
    theme, text = lookup.theme(study, arguments.theme), lookup.text(study, arguments.text)
    coding = stage.code_in_vivo(
        study, text.id, arguments.range, theme.id, name=arguments.name, reason=arguments.reason
    )
    put(coding.code_id)
    say(f"Made and applied {_label(study, coding)}.")
    return 0


def resize(study: Study, arguments: Namespace) -> int:
    """Let a coding stand on another passage of its text."""
    coding = lookup.record(study, Coding, arguments.coding)
    stage.resize_coding(study, coding.id, arguments.range, reason=arguments.reason)
    say(f"{_label(study, coding)} now stands on {arguments.range.start}:{arguments.range.end}.")
    return 0


def split(study: Study, arguments: Namespace) -> int:
    """Cut a coding in two; prints the ids of the parts."""
    coding = lookup.record(study, Coding, arguments.coding)
    parts = stage.split_coding(study, coding.id, arguments.at, reason=arguments.reason)
    for part in parts:
        put(part.id)
    say(f"Cut {_label(study, coding)} in two.")
    return 0


def merge(study: Study, arguments: Namespace) -> int:
    """Join codings of one code in one text into the first by place; prints its id."""
    ids = [lookup.record(study, Coding, wanted).id for wanted in arguments.codings]
    kept = stage.merge_codings(study, ids, reason=arguments.reason)
    put(kept.id)
    say(f"Joined {len(set(ids))} codings of {_label(study, kept)}.")
    return 0


def doubt(study: Study, arguments: Namespace) -> int:
    """Flag a coding for a second look."""
    coding = lookup.record(study, Coding, arguments.coding)
    stage.flag_doubt(study, coding.id, arguments.note)
    say(f"Flagged {_label(study, coding)} as doubtful.")
    return 0


def settle(study: Study, arguments: Namespace) -> int:
    """Take the flag of doubt from a coding; its questions stay."""
    coding = lookup.record(study, Coding, arguments.coding)
    stage.clear_doubt(study, coding.id, reason=arguments.reason)
    say(f"{_label(study, coding)} is in doubt no more.")
    return 0


def confirm(study: Study, arguments: Namespace) -> int:
    """Say of codings that they hold under the framework as it is now."""
    ids = [lookup.record(study, Coding, wanted).id for wanted in arguments.codings]
    confirmed = stage.confirm_codings(study, ids, reason=arguments.reason)
    say(f"Confirmed {len(confirmed)} codings.")
    return 0


def waiting(study: Study, arguments: Namespace) -> int:
    """List the codings to look at again since the framework changed, and why."""
    found = waiting_codings(study)
    excerpts = [study.get(Excerpt, each.coding.excerpt_id) for each in found]
    rows = [
        {
            "coding": each.coding.id,
            "code": _label(study, each.coding),
            "coder": each.coding.coder,
            "citation": place.citation,
            "words": place.excerpt.quote,
            "why": each.why,
        }
        for each, place in zip(found, placed(study, excerpts), strict=True)
    ]
    put_rows(["coding", "code", "coder", "citation", "words", "why"], rows, arguments.format)
    return 0


def _label(study: Study, coding: Coding) -> str:
    return study.framework.label(study.framework.codes[coding.code_id])
