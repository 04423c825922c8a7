"""`workbench log export` and `workbench log report`: the log as a file, a bundle for auditors, a page."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from workbench.cli.files import add_output, deliver, file_named, make_room, write_file
from workbench.cli.options import Verbs
from workbench.cli.output import say
from workbench.cli.progress import telling
from workbench.errors import Refused, WrongUsage
from workbench.exchange.log_export import LOG_FORMATS, log_pieces
from workbench.stages.audit import AuditBundle, as_audited, audit_page, export_bundle
from workbench.study.origin import Origin
from workbench.study.study import Study


def declare(verbs: Verbs) -> None:
    """Declare the verbs of `log` that write files."""
    verb = verbs.reads("export", export)
    verb.add_argument(
        "--format", choices=LOG_FORMATS, help="write the log alone (default: what the name of FILE says)"
    )
    verb.add_argument(
        "--key", type=Path, metavar="FILE", help="write who is who under --pseudonyms to a file of its own"
    )
    add_output(verb)
    verb.set_defaults(derives=True)

    verb = verbs.reads("report", report)
    add_output(verb)
    verb.set_defaults(derives=True)


def export(study: Study, arguments: Namespace) -> int:
    """Write an audit bundle into a new folder, or the log alone to a file or stdout.

    A name that ends in .jsonl, .md or .csv is a file with the log; any other is a folder: the study by the
    six classes of an audit trail, in Markdown, CSV and JSON, with originals, hashes and a way to verify all
    of it without this program.
    """
    output = file_named(arguments.output)
    _refuse_key(arguments, output)
    suffix = output.suffix.lower().removeprefix(".") if output is not None else LOG_FORMATS[0]
    format = arguments.format or (suffix if suffix in LOG_FORMATS else "")
    if output is None or format:
        return _export_log(study, format or LOG_FORMATS[0], arguments)
    if arguments.force:
        raise WrongUsage("A folder is never replaced.", do="Choose another name, without --force.")
    make_room(output)
    with telling() as tell:
        written = export_bundle(
            study, output, now=arguments.now, pseudonyms=arguments.pseudonyms, progress=tell
        )
    _tell(written)
    _write_key(written.pseudonyms, arguments)
    return 0


def _refuse_key(arguments: Namespace, output: Path | None) -> None:
    """Refuse, before anything is written, a key that would stand in the export or replace a file."""
    key: Path | None = arguments.key
    if key is None:
        return
    if not arguments.pseudonyms:
        raise WrongUsage("There is no key without pseudonyms.", do="Add --pseudonyms.")
    if output is not None and output.resolve() in (key.resolve(), *key.resolve().parents):
        raise WrongUsage(f"{key} would be part of the export.", do="Keep the key apart: name another file.")
    if key.exists():
        raise Refused(f"{key.name} is already there.", do="Choose another name for the key.")
    if not key.resolve().parent.is_dir():
        raise Refused(f"There is no folder {key.parent} for the key.", do="Make it, or name another file.")


def report(study: Study, arguments: Namespace) -> int:
    """Write one page for a supervisor: corpus, framework, decisions, reasons, evidence, checks, head."""
    with telling() as tell:
        page, origin = audit_page(study, now=arguments.now, pseudonyms=arguments.pseudonyms, progress=tell)
    deliver([page], output=arguments.output, force=arguments.force, text=True)
    say(str(study.head))
    if origin is not None:
        say(f"Derived: {origin.words}. The study itself is as it was.")
        _say_remarks(origin)
    return 0


def _export_log(study: Study, format: str, arguments: Namespace) -> int:
    with telling() as tell:
        derived = as_audited(study, now=arguments.now, pseudonyms=arguments.pseudonyms, progress=tell)
    pieces = log_pieces(derived.study, format=format)
    deliver(pieces, output=arguments.output, force=arguments.force, text=True)
    say(str(derived.study.head))
    if derived.study.origin is not None:
        say(f"Derived: {derived.study.origin.words}. The original: {derived.study.origin.head}.")
        _say_remarks(derived.study.origin)
    _write_key(derived.pseudonyms, arguments)
    return 0


def _tell(written: AuditBundle) -> None:
    bundled = written.bundled
    say(f"Wrote {bundled.folder}: {bundled.files} files, head {bundled.head}.")
    say("Note that head outside the folder: with it, VERIFY.md there tells how to check all of it.")
    if written.origin is not None:
        say(f"Derived: {written.origin.words_of_all}. The original: {written.origin.head}.")
    if bundled.withheld:
        say(f"{bundled.withheld} original files are withheld: nothing can be blacked out inside them.")
    if written.origin is not None:
        _say_remarks(written.origin)


def _say_remarks(origin: Origin) -> None:
    for remark in origin.remarks:
        say(remark)


def _write_key(pseudonyms: dict[str, str], arguments: Namespace) -> None:
    if arguments.key is not None:
        lines = "".join(f"{stands}\t{name}\n" for name, stands in pseudonyms.items())
        write_file(arguments.key, [lines.encode()], force=False)
        say(f"Wrote who is who to {arguments.key}. Keep it apart from the export.")
