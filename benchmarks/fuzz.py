"""Change good files in every way that comes up, and read them: only plain refusals may come of it.

python -m benchmarks.fuzz [CASES [TARGET...]]

Each target is a Hypothesis property, run with as many cases as asked for in all, under limits of memory and
of time for one case. A failure is shrunk and printed with the bytes that cause it.
"""

from __future__ import annotations

import base64
import os
import resource
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from types import FrameType

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from benchmarks import fuzz_forms, fuzz_seeds
from workbench.errors import WorkbenchError
from workbench.sources import read_bytes

MEMORY_BYTES = 3 * 2**30
"""Address space of a whole run; one more file of ours must not come near it."""
SECONDS = 10
"""Of one case; a PDF may take longer, in the process of its own."""
Read = Callable[[bytes], object]

TOKENS = [
    b'\x00', b'\xff' * 8, b'\x80' * 4, b'\xed\xa0\x80', b'\xef\xbb\xbf', b'\xff\xfe', b'\x1b$B',
    b'\x1b]0;x\x07', b'<', b'>', b']]>', b"<!DOCTYPE a [<!ENTITY b 'c'>]>", b'&b;', b'&#0;',
    b'&#x110000;', b'<p>' * 50, b'</p>', b'<table><tr><td>', b'{' * 200, b'}', b"\\'ff", b'\\u-40000?',
    b'\\bin99999999 ', b'\\cell', b'{\\footnote', b'"', b"'", b'\r', b'\n\n\n', b',;\t', b'=1+1',
    b'99999999999999999999', b'-1', b'1/0', b'1e999999', b'nan', b'_x0000_', b'_xD800_', b'PK\x01\x02',
    b'PK\x05\x06', b'../../x', b'--> ', b'99:99:99,999', b'- ' * 120, b'&a [*a]', b'!!python/object:x',
    b': ', b'? ', b'%PDF-', b'/Length 999999999', b'/Kids[2 0 R]', b'/Count 99999999', b'CREATE TRIGGER',
    b'SQLite format 3\x00', b"a", b"words ", "市".encode(), b"1",
]  # fmt: skip
"""What parsers stumble over."""

edits = st.lists(
    st.tuples(
        st.sampled_from(["put", "over", "cut", "again", "flip", "end"]),
        st.integers(0, 2**16),
        st.sampled_from(TOKENS) | st.binary(min_size=1, max_size=6),
    ),
    min_size=1,
    max_size=4,
)
cases = st.tuples(st.integers(0, 99), st.integers(0, 99), edits)
"""(which seed, which part of it, what is done to it)."""


def changed(data: bytes, how: list[tuple[str, int, bytes]]) -> bytes:
    """Do the edits one after the other; places are counted round the file."""
    made = bytearray(data)
    for kind, place, token in how:
        at = place * 7919 % (len(made) + 1)
        if kind == "put":
            made[at:at] = token
        elif kind == "over":
            made[at : at + len(token)] = token
        elif kind == "cut":
            del made[at : at + place % 97 + 1]
        elif kind == "again":
            made[at:at] = made[max(at - 40, 0) : at] * (place % 5 + 1)
        elif kind == "flip" and at < len(made):
            made[at] ^= 1 << place % 8
        elif kind == "end":
            del made[at:]
    return bytes(made)


@dataclass
class Target:
    """One reader, the good files it begins with, and what came of it."""

    name: str
    read: Read
    seeds: list[bytes] = field(default_factory=list)
    parts: list[Mapping[str, bytes]] = field(default_factory=list)
    """Archives whose parts are changed before they are packed."""
    share: int = 10
    """Of all cases, beside those of other targets."""
    seconds: int = SECONDS
    refused: int = 0
    taken: int = 0
    slowest: float = 0.0

    def made(self, case: tuple[int, int, list[tuple[str, int, bytes]]]) -> bytes:
        """Make the file of a case."""
        seed, part, how = case
        whole = [*self.seeds, *(fuzz_seeds.packed(parts) for parts in self.parts)]
        if not self.parts or part % 4 == 0:
            return changed(whole[seed % len(whole)], how)
        parts = dict(self.parts[seed % len(self.parts)])
        name = sorted(parts)[part % len(parts)]
        return fuzz_seeds.packed({**parts, name: changed(parts[name], how)})

    def try_one(self, case: tuple[int, int, list[tuple[str, int, bytes]]]) -> None:
        """Read one bad file; anything but a plain refusal or a text fails."""
        data = self.made(case)
        begun = _worked()
        try:
            with at_most(self.seconds):
                self.read(data)
            self.taken += 1
        except WorkbenchError as refusal:
            self.refused += bool(str(refusal).strip())
        except BaseException as error:
            error.add_note(f"{self.name}: {base64.b64encode(data).decode()}")
            raise
        finally:
            self.slowest = max(self.slowest, _worked() - begun)


def _worked() -> float:
    """Give the seconds of processor that went into this program and those it started."""
    return sum(os.times()[:4])


class TookTooLong(Exception):
    """A case that does not end in time."""


@contextmanager
def at_most(seconds: int) -> Iterator[None]:
    """Stop what takes longer, in seconds of the processor: how busy the machine is does not count."""

    def stop(number: int, frame: FrameType | None) -> None:
        raise TookTooLong(f"longer than {seconds} s")

    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def targets(folder: Path) -> dict[str, Target]:
    """Give every target by name; the folder holds the study that some of them need."""
    from workbench.exchange.codebook import read_codebook
    from workbench.exchange.edited_workbook import read_edited
    from workbench.exchange.glossary import read_glossary
    from workbench.exchange.index_sheet_reading import read_index_sheet
    from workbench.exchange.register import read_register
    from workbench.matrix.comparing import PrintedFile, compare_printed
    from workbench.matrix.weights_reading import weights_of_file
    from workbench.study.file import open_study

    path = folder / "good.workbench"
    files = fuzz_seeds.write_study(path)
    study = open_study(path, read_only=True)
    found = [
        Target(name, partial(read_bytes, f"a.{name}"), seeds) for name, seeds in fuzz_seeds.PLAIN.items()
    ]
    found += [
        Target(name, partial(read_bytes, f"a.{name}"), parts=[parts])
        for name, parts in fuzz_seeds.PACKED.items()
    ]
    found += [
        Target("pdf", partial(read_bytes, "a.pdf"), [fuzz_seeds.pdf()], share=1, seconds=70),
        Target("workbook", partial(read_edited, "a.xlsx"), parts=[fuzz_seeds.unpacked(files["workbook"])]),
        Target("codebook", partial(read_codebook, "a.yaml"), [files["codebook"]]),
        Target("register", partial(read_register, "a.csv"), [files["register"]]),
        Target("index sheet", partial(read_index_sheet, "a.csv"), [files["index sheet"]]),
        Target(
            "printed table",
            lambda data: compare_printed(study, [PrintedFile("a", data)]),
            [files["printed table"]],
        ),
        Target("weights", lambda data: weights_of_file(study.framework, "a.csv", data), [files["weights"]]),
        Target("glossary", partial(read_glossary, "a.yaml"), [files["glossary"]]),
        Target("glossary table", partial(read_glossary, "a.csv"), [files["glossary table"]]),
        Target("redactions", fuzz_forms.redaction, fuzz_forms.REDACTIONS),
        Target("text form", *_seeded(fuzz_forms.text_form(study, folder)), share=3),
        Target("bundle", *_seeded(fuzz_forms.bundle(study, folder)), share=1),
        Target("drafts", partial(_drafts, folder), [_DRAFTS]),
        Target("preferences", partial(_preferences, folder), [_PREFERENCES]),
        Target("study file", partial(_study, folder / "bad.workbench"), [path.read_bytes()], share=6),
    ]
    return {target.name: target for target in found}


def _seeded(made: tuple[Read, bytes]) -> tuple[Read, list[bytes]]:
    read, seed = made
    return read, [seed]


_DRAFTS = b'{"drafts": [{"title": "T", "text": "w", "about": "memo:m", "start": 0, "end": 4, "coder": "A"}]}'
_PREFERENCES = b"theme: dark\nambiguous: wide\nkeys:\n  index.apply_codes: ctrl+y\n"


def _drafts(folder: Path, data: bytes) -> None:
    from workbench.study.whose import Whose, places_for_drafts
    from workbench.tui.drafts import kept_drafts

    of = Whose(folder / "drafted.workbench", "0" * 12)
    places_for_drafts(of)[0].write_bytes(data)
    kept_drafts(of)


def _preferences(folder: Path, data: bytes) -> None:
    from workbench.tui.preferences import load_preferences

    path = folder / "preferences.yaml"
    path.write_bytes(data)
    load_preferences(path)


def _study(path: Path, data: bytes) -> None:
    """Open a bad study to read it and to write to it; one that is refused is not touched."""
    from workbench.study.check import check_study
    from workbench.study.faults import told_plainly
    from workbench.study.file import open_study
    from workbench.study.refusals import UNTOUCHED

    for read_only in (True, False):
        path.write_bytes(data)
        try:
            with (
                open_study(path, coder="Fuzz", read_only=read_only) as study,
                told_plainly(path, safe=UNTOUCHED),
            ):
                check_study(study)
                list(study.decisions())
        except WorkbenchError:
            if read_only:
                assert path.read_bytes() == data
                continue
            raise


def run(target: Target, number: int) -> None:
    """Try so many cases of a target."""

    @settings(
        max_examples=number,
        deadline=None,
        database=None,
        derandomize=False,
        phases=[Phase.generate, Phase.shrink],
        suppress_health_check=list(HealthCheck),
    )
    @given(cases)
    def try_all(case: tuple[int, int, list[tuple[str, int, bytes]]]) -> None:
        target.try_one(case)

    try_all()


def main() -> None:
    """Run the targets asked for, or all, and print what came of each."""
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    with tempfile.TemporaryDirectory() as folder:
        known = targets(Path(folder))
        chosen = [known[name] for name in sys.argv[2:]] or list(known.values())
        shares = sum(target.share for target in chosen)
        for target in chosen:
            begun = time.monotonic()
            run(target, max(1, number * target.share // shares))
            tried = target.refused + target.taken
            largest = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
            print(
                f"{target.name}: {tried} cases, {target.refused} refused, {target.taken} read; "
                f"the slowest {target.slowest:.2f} s, all {time.monotonic() - begun:.0f} s; {largest} MB",
                flush=True,
            )
        total = sum(target.refused + target.taken for target in chosen)
        print(f"{total} cases in all, no exception that was not a refusal")


if __name__ == "__main__":
    main()
