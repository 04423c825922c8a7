"""How much CPU it takes to the first paint, to a filled list, and to print the help.

Give a study to open; without one, a study of 5,000 documents and 200,000 codings is made first. The process
runs in a pseudo-terminal of 120 x 40, and its CPU seconds are read the moment a mark appears on the screen.
"""

from __future__ import annotations

import argparse
import os
import pty
import resource
import select
import signal
import statistics
import struct
import subprocess
import sys
import tempfile
import termios
import time
from fcntl import ioctl
from pathlib import Path

from benchmarks.big_study import make

FIRST_PAINT = b"Opening"
FILLED = b"documents read"
ROUNDS = 7
TICK = os.sysconf("SC_CLK_TCK")


def cpu_until(command: list[str], marks: tuple[bytes, ...]) -> list[float]:
    """Run a program in a pseudo-terminal and give its CPU seconds at each mark; ends it afterwards."""
    pid, screen = pty.fork()
    if pid == 0:
        os.execv(command[0], command)
    ioctl(screen, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 120, 0, 0))
    seen, times, until = b"", [], time.monotonic() + 30
    while len(times) < len(marks) and time.monotonic() < until:
        ready, _, _ = select.select([screen], [], [], 0.5)
        if ready:
            seen += os.read(screen, 65536)
        while len(times) < len(marks) and marks[len(times)] in seen:
            times.append(_cpu_of(pid))
    os.kill(pid, signal.SIGTERM)
    os.close(screen)
    os.waitpid(pid, 0)
    if len(times) < len(marks):
        raise SystemExit(f"{marks[len(times)]!r} never appeared on the screen")
    return times


def _cpu_of(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICK


def cpu_of_command(command: list[str]) -> float:
    """Give the CPU seconds of a program that ends by itself."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("study", type=Path, nargs="?")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        study = chosen.study or Path(folder) / "big.workbench"
        if chosen.study is None:
            make(study, documents=5_000, codings=200_000)
        workbench = [sys.executable, "-m", "workbench"]
        opened = [
            cpu_until([*workbench, "open", str(study), "--read-only"], (FIRST_PAINT, FILLED))
            for _ in range(ROUNDS)
        ]
        paint, filled = (statistics.median(column) for column in zip(*opened, strict=True))
        helped = statistics.median(cpu_of_command([*workbench, "--help"]) for _ in range(ROUNDS))
        bare = statistics.median(cpu_of_command([sys.executable, "-c", "pass"]) for _ in range(ROUNDS))
        textual = statistics.median(
            cpu_of_command([sys.executable, "-c", "import textual.app, textual.widgets"])
            for _ in range(ROUNDS)
        )
    print(f"interpreter alone: {bare:.3f} s CPU; importing Textual: {textual:.3f} s CPU")
    print(f"workbench --help: {helped:.3f} s CPU, {helped / bare:.1f} x the interpreter alone")
    print(f"first paint: {paint:.2f} s CPU, {paint / textual:.2f} x importing Textual")
    print(f"list of documents filled: {filled:.2f} s CPU, {filled / textual:.2f} x importing Textual")


if __name__ == "__main__":
    main()
