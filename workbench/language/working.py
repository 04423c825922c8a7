"""One process beside the program for all work on language, so that neither screen nor start wait for it.

It is started at the first call and ends with the program, even where that is killed. Nothing of a study is
handed to it but what a call says: no open file, no lock, no terminal; what it has worked out it keeps in its
memory alone, so that no words of a study lie in a file that outlives it.
"""

from __future__ import annotations

import atexit
import os
import pickle
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from queue import Empty, SimpleQueue
from typing import Any, ParamSpec, TypeVar

from workbench.errors import Refused, WorkbenchError

P = ParamSpec("P")
T = TypeVar("T")
Progress = Callable[[int, int], bool]
"""Is told how many steps of how many are done; giving False ends the work."""

MOST_MEMORY = 400 * 1024 * 1024
"""Bytes the process may hold after a call; with more it is ended, and the next call starts another."""
_LOOK_SECONDS = 0.1
_GRACE_SECONDS = 1.0
"""How long a call may take to notice that it was ended."""
_SURROUNDINGS = {
    **dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1"),
    "JOBLIB_MULTIPROCESSING": "0",
}
"""One thread, and no semaphore that a library would try out in the memory shared by all."""


class Worker:
    """The process, started when it is needed; calls from several threads are done one after the other."""

    def __init__(self, most_memory: int = MOST_MEMORY) -> None:
        self._most_memory = most_memory
        self._turn = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._answers: SimpleQueue[tuple[Any, ...]] = SimpleQueue()
        self.memory = 0
        """Bytes the process held after the latest call."""

    @property
    def pid(self) -> int | None:
        """Give the number of the process; None where there is none."""
        return self._process.pid if self._process is not None else None

    def run(self, function: Callable[P, T], /, *arguments: P.args, **named: P.kwargs) -> T:
        """Call a function of a module in the process, with plain data, and give what it gives.

        A parameter `progress` of the function is asked on this side, at least ten times a second, and so
        can end the call. What the function raises is raised here. Blocks: only in a thread, or in a command.
        """
        given: dict[str, Any] = dict(named)
        progress: Progress = given.pop("progress", None) or _go_on
        payload = pickle.dumps((function, arguments, given, "progress" in named))
        while not self._turn.acquire(timeout=_LOOK_SECONDS):
            if not progress(0, 0):
                raise _ended()
        try:
            self._send(("call", payload))
            answer, was_ended = self._answer(progress)
        except BaseException:
            self._kill()
            raise
        finally:
            self._turn.release()
        result: T = _given(answer)
        if was_ended:
            raise _ended()  # It was done before it noticed; nobody wants it any more.
        return result

    def end(self) -> None:
        """End the process; the next call starts another."""
        with self._turn:
            self._kill()

    def _answer(self, progress: Progress) -> tuple[bytes, bool]:
        """Wait for what the call gives, and tell whether it was ended meanwhile."""
        done = of = 0
        ended_at = 0.0
        while True:
            try:
                kind, *rest = self._answers.get(timeout=_LOOK_SECONDS)
            except Empty:
                kind, rest = "nothing", []
            if kind == "answer":
                payload, self.memory = rest
                if self.memory > self._most_memory:
                    self._kill()
                return payload, bool(ended_at)
            if kind == "gone":
                raise WorkbenchError(
                    "The process that works on language ended in the middle of its work.",
                    do="Do it again; with less text at a time if the machine is short of memory.",
                )
            if kind == "progress":
                done, of = rest
            if not ended_at and not progress(done, of):
                ended_at = time.monotonic()
                self._send(("end",))
            if ended_at and time.monotonic() - ended_at > _GRACE_SECONDS:
                raise _ended()

    def _send(self, message: tuple[Any, ...]) -> None:
        if self._process is None or self._process.poll() is not None:
            self._kill()
            self._start()
        assert self._process is not None
        assert self._process.stdin is not None
        try:
            pickle.dump(message, self._process.stdin)
            self._process.stdin.flush()
        except BrokenPipeError:
            return  # The thread that reads its answers says that it is gone.

    def _start(self) -> None:
        """Start the process in a session of its own: no key and no hangup of the terminal reaches it."""
        path = [os.path.abspath(each) for each in sys.path]
        begin = f"import sys; sys.path[:] = {path!r}; from workbench.language.worker import serve; serve()"
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-c", begin],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, **_SURROUNDINGS},
            start_new_session=True,
        )
        self._answers = SimpleQueue()
        threading.Thread(target=_read, args=(self._process, self._answers), daemon=True).start()

    def _kill(self) -> None:
        if self._process is None:
            return
        process, self._process = self._process, None
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            assert pipe is not None
            _close(pipe.close)


def _close(close: Callable[[], None]) -> None:
    try:
        close()
    except OSError:
        return  # What was still to be written has nobody left to read it.


def _read(process: subprocess.Popen[bytes], answers: SimpleQueue[tuple[Any, ...]]) -> None:
    """Hand over what the process says, until it says no more."""
    assert process.stdout is not None
    while True:
        try:
            answers.put(pickle.load(process.stdout))
        except (EOFError, OSError, ValueError, pickle.UnpicklingError):
            answers.put(("gone",))
            return


def _given(answer: bytes) -> Any:
    """Give the result of a call, or raise what it raised, with the places in the process where."""
    result, error, places = pickle.loads(answer)
    if error is None:
        return result
    if places:
        error.add_note(f"In the process that works on language: {places}")
    raise error


def _ended() -> Refused:
    return Refused("The run was ended.")


def _go_on(done: int, of: int) -> bool:
    return True


_WORKER = Worker()
run = _WORKER.run
"""Call a function in the one process of the program; see `Worker.run`."""
end = _WORKER.end


def held() -> int:
    """Tell how many bytes the process held after its latest call."""
    return _WORKER.memory


def is_running() -> bool:
    """Tell whether the process is there, so that a call need not start it."""
    return _WORKER.pid is not None


atexit.register(end)
