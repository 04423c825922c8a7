"""Open the study a command works on, run the command and say what was decided."""

from __future__ import annotations

import os
from argparse import Namespace
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from workbench.cli.files import leaves
from workbench.cli.options import Access
from workbench.cli.output import say
from workbench.cli.passphrases import ask_as_told
from workbench.errors import Refused, WorkbenchError
from workbench.stages.name_rules import doubt_about_coder, refuse_hidden
from workbench.study.faults import UNTOUCHED, told_plainly
from workbench.study.file import open_study
from workbench.study.opening_checks import QUICK, damage_of
from workbench.study.study import Study
from workbench.study.unreadable import STUMBLES, damage_behind
from workbench.study.whereabouts import warning_about

CODER_VARIABLE = "WORKBENCH_CODER"


def run(arguments: Namespace) -> int:
    """Run a parsed command with the study it asks for."""
    ask_as_told(arguments)
    if arguments.access is Access.NONE:
        return int(arguments.run(arguments))
    if arguments.access is Access.READ:
        with reading(arguments.study) as study:
            return run_reading(study, arguments)
    with writing(arguments.study, coder=arguments.coder, reason=arguments.reason) as study:
        return int(arguments.run(study, arguments))


def run_reading(study: Study, arguments: Namespace, *, now: Study | None = None) -> int:
    """Run a command that reads; an export is made from the study as it leaves, and says so.

    `now` is the study as it is today, where that which is read is the past.
    """
    arguments.now = now
    _keep_study(study.path, arguments)
    if not leaves(arguments):
        return int(arguments.run(study, arguments))
    from workbench.cli.progress import telling
    from workbench.exchange.derived import as_it_leaves

    with telling() as tell:
        leaving = as_it_leaves(study, now=now, pseudonyms=arguments.pseudonyms, progress=tell)
    if leaving.origin is None:
        return int(arguments.run(study, arguments))
    status = int(arguments.run(leaving, _asked(arguments, leaving.origin.asked)))
    say(f"{leaving.origin.words}. The study itself is as it was.")
    for remark in leaving.origin.remarks:
        say(remark)
    return status


def _keep_study(path: Path, arguments: Namespace) -> None:
    """Refuse an output that is the study itself, even with --force."""
    output: Path | None = getattr(arguments, "output", None)
    if output is not None and output.resolve() == path.resolve():
        raise Refused(f"{output.name} is the study itself: no export replaces it.", do="Choose another name.")


_NOT_NAMES = frozenset({"command", "verb", "format", "kind"})
"""Arguments that name nothing in the study."""


def _asked(arguments: Namespace, reword: Callable[[str], str]) -> Namespace:
    """Name in an export what the user named in the study."""

    def asked(value: object) -> object:
        if isinstance(value, str):
            return reword(value)
        return [asked(one) for one in value] if isinstance(value, list) else value

    given = vars(arguments).items()
    return Namespace(**{name: value if name in _NOT_NAMES else asked(value) for name, value in given})


def coder_named(given: str) -> str:
    """Give the coder who decides; raises Refused where nobody is named."""
    coder = given.strip() or coder_of_environment()
    if not coder:
        raise Refused(
            "Nobody is named as the coder.", do=f"Say who decides with --as NAME, or set {CODER_VARIABLE}."
        )
    refuse_hidden(coder, "coder")
    return coder


def coder_of_environment() -> str:
    """Give the coder that the environment names; empty where it names none."""
    return os.environ.get(CODER_VARIABLE, "").strip()


@contextmanager
def reading(path: Path) -> Iterator[Study]:
    """Hold a study open for one reading command; one that is not whole is read with a warning."""
    with open_study(path, read_only=True) as study, told_plainly(study.path, safe=UNTOUCHED):
        damage = damage_of(study.connection, study.path) if study.path.stat().st_size <= QUICK else None
        if damage is not None:
            say(str(damage))
        try:
            yield study
        except STUMBLES as error:
            damage = damage or damage_behind(study, error)
            if damage is None:
                raise
            raise damage from error


@contextmanager
def writing(path: Path, *, coder: str, reason: str = "") -> Iterator[Study]:
    """Hold a study open for one writing command; what was decided is said at the end, whatever happens."""
    name = coder_named(coder)
    warn_of_place(path)
    with (
        open_study(path, coder=name) as study,
        told_plainly(study.path),
        deciding(study, reason=reason),
    ):
        for notice in filter(None, (study.news, doubt_about_coder(study, name))):
            say(notice)
        yield study


def warn_of_place(path: Path) -> None:
    """Say on stderr where a study lies at risk: carried elsewhere, or without sure locks."""
    warning = warning_about(path)
    if warning:
        say(warning)


@contextmanager
def deciding(study: Study, *, reason: str = "", before: int | None = None) -> Iterator[None]:
    """Give every decision inside the reason, and say at the end which were written."""
    start = study.head.count if before is None else before
    study.standing_reason = reason
    try:
        yield
    except KeyboardInterrupt:
        if study.head.count > start:
            raise WorkbenchError(
                "Interrupted.",
                safe="What was decided until then is in the study.",
                do="See it with workbench log show, then go on from there.",
            ) from None
        raise
    finally:
        _say_decisions(study, start)


def _say_decisions(study: Study, before: int) -> None:
    head = study.head
    if head.count == before:
        return
    first = before + 1
    numbers = f"decision {first}" if head.count == first else f"decisions {first}-{head.count}"
    say(f"{numbers} · head {head.hash[:12]}…")
