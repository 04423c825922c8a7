"""`workbench framework`: the codebook as it stands, its versions, and what changed between them."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Iterator, Sequence
from dataclasses import fields
from pathlib import Path
from typing import Any

from workbench.cli import framework_editing as editing
from workbench.cli.files import add_output, bytes_of, deliver
from workbench.cli.options import Verbs, add_format
from workbench.cli.output import put, put_rows, say
from workbench.errors import WrongUsage
from workbench.exchange.codebook import BadCodebook, read_codebook, write_codebook
from workbench.exchange.derived import comment_of
from workbench.model.cell import CountingRule, Status
from workbench.model.framework import Framework, FrameworkVersion
from workbench.model.framework_diff import Change
from workbench.stages import framework_versions
from workbench.study.queries import coding_counts_by_code
from workbench.study.study import Study

_SHOWN = ("number", "kind", "name", "state", "codings", "definition", "include", "exclude", "id")


def declare(parser: ArgumentParser) -> None:
    """Declare `framework` and its verbs."""
    verbs = Verbs(parser)
    verb = verbs.lists("show", show)
    verb.add_argument("--version", type=int, metavar="N", help="a released version (default: as it stands)")
    verb.add_argument("--retired", action="store_true", help="with what is retired")
    verb.add_argument("--framework", metavar="LETTERS", help="only the framework with these letters")
    verbs.lists("statuses", statuses)
    verb = verbs.stands_alone("check", check)
    verb.add_argument("file", metavar="FILE", type=Path, help="a codebook")
    add_format(verb)
    verb = verbs.lists("preview", preview)
    verb.add_argument("file", metavar="FILE", type=Path, help="a codebook")
    verb = verbs.writes("apply", apply)
    verb.add_argument("file", metavar="FILE", type=Path, help="a codebook")
    verb = verbs.lists("diff", diff)
    verb.add_argument("old", metavar="OLD", nargs="?", type=int, help="a version (default: the latest)")
    verb.add_argument("new", metavar="NEW", nargs="?", type=int, help="a version (default: as it stands)")
    verbs.writes("release", release)
    verbs.lists("versions", versions)
    verb = verbs.reads("export", export)
    verb.add_argument("--framework", metavar="LETTERS", help="only the framework with these letters")
    add_output(verb)
    editing.declare(verbs)


def show(study: Study, arguments: Namespace) -> int:
    """List themes and codes in the order of their numbers."""
    tree = framework_versions.framework_at(study, arguments.version)
    counts = coding_counts_by_code(study)
    rows = [
        row
        for row in _rows(tree, counts, arguments.framework)
        if arguments.retired or row["state"] != "retired"
    ]
    columns = list(_SHOWN)
    if arguments.format != "table":
        columns += ["examples", "origin", "source", "cues", "patterns", "excluding"]
        columns += ["wordings", "other", "described"]
        columns += ["successors", "attributes"]
    put_rows(columns, rows, arguments.format)
    return 0


_LISTS = ("examples", "cues", "patterns", "excluding", "successors")


def _rows(tree: Framework, counts: dict[str, int], prefix: str | None) -> Iterator[dict[str, Any]]:
    for theme, _ in tree.walk():
        if prefix is not None and tree.root_of(theme).framework != prefix:
            continue
        yield {
            "number": tree.theme_number(theme.id),
            "kind": "theme",
            "name": theme.name,
            "state": "retired" if theme.retired else "active",
            "codings": sum(counts.get(code.id, 0) for code in tree.codes_under(theme.id)),
            "definition": theme.definition,
            "attributes": dict(theme.attributes),
            "id": theme.id,
        }
        for code in tree.codes_of(theme.id):
            fields = ("name", "definition", "include", "exclude", "source", "id")
            yield {
                **{name: getattr(code, name) for name in fields},
                **{name: list(getattr(code, name)) for name in _LISTS},
                "number": tree.number(code),
                "kind": "code",
                "state": code.state.value,
                "origin": code.origin.value,
                "codings": counts.get(code.id, 0),
                "wordings": dict(code.wordings),
                "other": code.other,
                "described": code.described,
            }


def statuses(study: Study, arguments: Namespace) -> int:
    """List the statuses a cell can have, what each needs and what it counts under each rule."""
    rules = [rule.id for rule in study.all(CountingRule, order="position")]
    rows = [
        {
            "id": status.id,
            "mark": status.mark,
            "label": status.label,
            "needs": [need.value for need in status.needs],
            **{f"counts:{rule}": status.values.get(rule, "") for rule in rules},
            "in_denominator": status.in_denominator,
            "definition": status.definition,
        }
        for status in study.all(Status, order="position")
    ]
    columns = ["id", "mark", "label", "needs", *(f"counts:{rule}" for rule in rules), "in_denominator"]
    put_rows([*columns, "definition"], rows, arguments.format)
    return 0


def check(arguments: Namespace) -> int:
    """Check a codebook file without a study; prints every mistake and leaves with 1 where there are any."""
    try:
        book = read_codebook(arguments.file.name, bytes_of(arguments.file))
    except BadCodebook as error:
        rows = [{"line": m.line, "column": m.column, "mistake": m.what} for m in error.mistakes]
        put_rows(["line", "column", "mistake"], rows, arguments.format)
        return 1
    say(f"{arguments.file.name} holds {len(book.themes)} themes and {len(book.codes)} codes.")
    return 0


def preview(study: Study, arguments: Namespace) -> int:
    """List what applying a codebook would change, and change nothing."""
    book = read_codebook(arguments.file.name, bytes_of(arguments.file))
    put_changes(framework_versions.preview_codebook(study, book), arguments.format)
    return 0


def apply(study: Study, arguments: Namespace) -> int:
    """Make the framework what a codebook says, as one decision; prints what changed."""
    book = read_codebook(arguments.file.name, bytes_of(arguments.file))
    put_changes(framework_versions.apply_codebook(study, book, reason=arguments.reason), "table")
    say(f"Applied {arguments.file.name}.")
    return 0


def diff(study: Study, arguments: Namespace) -> int:
    """List what changed from one released version to another, or to the framework as it stands."""
    old = study.framework_version if arguments.old is None else arguments.old
    if not old:
        raise WrongUsage("No version is released yet.", do="Release one: workbench framework release")
    put_changes(framework_versions.diff_versions(study, old, arguments.new), arguments.format)
    return 0


def release(study: Study, arguments: Namespace) -> int:
    """Freeze the framework as the next version; prints its number."""
    version = framework_versions.release(study, reason=arguments.reason)
    put(str(version.number))
    say(f"Released version {version.number}.")
    return 0


def versions(study: Study, arguments: Namespace) -> int:
    """List the released versions."""
    rows = [
        {"version": v.number, "at": v.at, "coder": v.coder, "reason": v.reason, "snapshot": v.snapshot_hash}
        for v in study.all(FrameworkVersion, order="number")
    ]
    put_rows(["version", "at", "coder", "reason", "snapshot"], rows, arguments.format)
    return 0


def put_changes(changes: Sequence[Change], format: str) -> None:
    """Print what changed in a framework."""
    columns = [field.name for field in fields(Change)]
    put_rows(columns, [{name: getattr(change, name) for name in columns} for change in changes], format)


def export(study: Study, arguments: Namespace) -> int:
    """Write the framework as it stands as a codebook file."""
    book = framework_versions.current_codebook(study, arguments.framework)
    data = (comment_of(study) + write_codebook(book)).encode()
    deliver([data], output=arguments.output, force=arguments.force, text=True)
    return 0
