"""A program in a pseudo-terminal, all of whose output is read at once, with the processor time it takes."""

from __future__ import annotations

import os
import pty
import select
import signal
import struct
import termios
import time
from collections.abc import Sequence
from dataclasses import dataclass
from fcntl import ioctl
from pathlib import Path

SIZE = (40, 120)
_PATIENCE = 30.0


@dataclass(frozen=True)
class Answer:
    """What a key took: milliseconds until its mark was on the screen, and until nothing more came."""

    drawn_cpu: float
    drawn_wall: float
    cpu: float
    wall: float


class Terminal:
    """A program that is typed to."""

    def __init__(self, command: Sequence[str]) -> None:
        self._pid, self._screen = pty.fork()
        if self._pid == 0:
            os.environ.update(TERM="xterm-256color", COLORTERM="truecolor")
            os.execv(command[0], list(command))
        ioctl(self._screen, termios.TIOCSWINSZ, struct.pack("HHHH", *SIZE, 0, 0))

    def _cpu(self) -> float:
        threads = Path(f"/proc/{self._pid}/task").iterdir()
        return sum(int((thread / "schedstat").read_text().split()[0]) for thread in threads) / 1e6

    def wait(self, mark: str, *, quiet: float) -> tuple[tuple[float, float] | None, float]:
        """Read until a mark was there and nothing came for so many seconds.

        Gives time and processor time when the mark came, and the time of the last byte.
        """
        begun = last = time.perf_counter()
        seen, found = b"", None
        while time.perf_counter() - begun < _PATIENCE:
            ready, _, _ = select.select([self._screen], [], [], quiet)
            if ready:
                seen += os.read(self._screen, 1 << 16)
                last = time.perf_counter()
                if found is None and mark.encode() in seen:
                    found = last, self._cpu()
            elif found is not None or not mark:
                return found, last
        raise TimeoutError(f"{mark!r} never appeared on the screen")

    def press(self, key: bytes, *, mark: str = "", quiet: float = 0.15) -> Answer:
        """Press a key; without a mark it is drawn when nothing more comes."""
        cpu, begun = self._cpu(), time.perf_counter()
        os.write(self._screen, key)
        found, last = self.wait(mark, quiet=quiet)
        spent, wall = self._cpu() - cpu, 1000 * (last - begun)
        if found is None:
            return Answer(spent, wall, spent, wall)
        return Answer(found[1] - cpu, 1000 * (found[0] - begun), spent, wall)

    def close(self) -> None:
        """End the program."""
        os.kill(self._pid, signal.SIGTERM)
        os.close(self._screen)
        os.waitpid(self._pid, 0)
