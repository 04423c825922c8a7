"""`workbench verifications` and `workbench verification`: translations checked by others than their maker."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from workbench.cli import lookup
from workbench.cli.options import Verbs, lists, passage
from workbench.cli.output import put, put_rows, say
from workbench.model.text import Text
from workbench.model.translation import Method, Verdict, Verification
from workbench.stages.verification import remove_verification, verifications_of, verified, verify_translation
from workbench.study.study import Study

_COLUMNS = ("id", "text", "start", "end", "reader", "method", "verdict", "note", "words", "at")


def declare_list(parser: ArgumentParser) -> None:
    """Declare `verifications`."""
    lists(parser, show)
    parser.add_argument("--text", help="only those of this text")


def declare(parser: ArgumentParser) -> None:
    """Declare `verification` and its verbs."""
    verbs = Verbs(parser)
    verb = verbs.writes("add", add)
    verb.add_argument("--text", required=True, help="id of the translation")
    verb.add_argument("--range", required=True, type=passage, metavar="START:END", help="what was checked")
    verb.add_argument("--reader", required=True, help="who checked it; a panel by its members")
    verb.add_argument("--method", required=True, choices=[*map(str, Method)], help="how it was checked")
    verb.add_argument("--verdict", required=True, choices=[*map(str, Verdict)], help="what was found")
    verb.add_argument("--note", default="", help="the back-translation, the doubt, or what was changed")
    verb = verbs.writes("remove", remove)
    verb.add_argument("verification", metavar="VERIFICATION", help="id of the verification")


def show(study: Study, arguments: Namespace) -> int:
    """List what was checked of translations; the share is told beside."""
    texts = [lookup.text(study, arguments.text)] if arguments.text else study.all(Text)
    rows = []
    for text in (each for each in texts if each.is_translation):
        content = study.text_content(text.content_hash)
        rows += [
            {
                "id": each.id,
                "text": text.id,
                "start": each.start,
                "end": each.end,
                "reader": each.reader,
                "method": each.method.value,
                "verdict": each.verdict.value,
                "note": each.note,
                "words": content[each.start : each.end],
                "at": each.at,
            }
            for each in verifications_of(study, text.id)
        ]
        share = verified(study, text.id)
        say(
            f"{text.id}: {share.units} of {share.of_units} sentences checked, "
            f"{share.evidence} of {share.of_evidence} excerpts that something rests on."
        )
    put_rows(_COLUMNS, rows, arguments.format)
    return 0


def add(study: Study, arguments: Namespace) -> int:
    """Record that somebody checked a stretch of a translation; prints the id."""
    text = lookup.text(study, arguments.text)
    made = verify_translation(
        study,
        text.id,
        arguments.range,
        reader=arguments.reader,
        method=Method(arguments.method),
        verdict=Verdict(arguments.verdict),
        note=arguments.note,
    )
    put(made.id)
    say(f"{made.reader} found it {made.verdict}.")
    return 0


def remove(study: Study, arguments: Namespace) -> int:
    """Take a verification away that was recorded in error."""
    made = lookup.record(study, Verification, arguments.verification)
    remove_verification(study, made.id, reason=arguments.reason)
    say(f"Removed the verification {made.id}.")
    return 0
