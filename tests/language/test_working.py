"""The process for language: started late, told apart from the study, ended with the program."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import REPOSITORY
from workbench.errors import Refused, WorkbenchError
from workbench.language.remembering import Remembered, hash_of
from workbench.language.working import Progress, Worker

only_linux = pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="needs /proc")


def double(number: int) -> int:
    print("this must not be read as an answer")
    return 2 * number


def about_itself() -> dict[str, object]:
    folder = Path("/proc/self/fd")
    return {
        "pid": os.getpid(),
        "files": [os.readlink(each) for each in folder.iterdir() if each.exists()],
        "threads": os.environ["OMP_NUM_THREADS"],
        "session": os.getsid(0),
        "typed": sys.stdin.read() if sys.stdin else "",
    }


def count(of: int, *, progress: Progress) -> int:
    for done in range(of):
        if not progress(done, of):
            raise Refused("It was ended.", do="Begin again.")
        time.sleep(0.002)
    return of


def never_look() -> None:
    time.sleep(60)


def sleep_on(*, progress: Progress) -> None:
    time.sleep(60)


def refuse() -> None:
    raise Refused("Nothing is here.", safe="All is as it was.", do="Look elsewhere.")


def stumble() -> None:
    raise KeyError("words of the study")


def unwritable() -> object:
    return lambda: None


def vanish() -> None:
    os._exit(7)


def fill(megabytes: int) -> int:
    return len(bytearray(megabytes * 1024 * 1024))


@pytest.fixture(scope="module")
def worker() -> Iterator[Worker]:
    made = Worker()
    yield made
    made.end()


def test_nothing_is_started_before_the_first_call_and_one_process_serves_all(worker: Worker) -> None:
    fresh = Worker()
    assert fresh.pid is None
    assert worker.run(double, 21) == 42
    first = worker.pid
    assert first not in (None, os.getpid())
    assert worker.run(double, 4) == 8
    assert worker.pid == first


@only_linux
def test_it_holds_no_file_of_the_program_and_no_terminal(worker: Worker, tmp_path: Path) -> None:
    from workbench.study.file import create_study

    with create_study(tmp_path / "s.workbench", title="T", coder="Ann"):
        fresh = Worker()
        told = fresh.run(about_itself)
        fresh.end()
    files = [str(each) for each in told["files"]]  # type: ignore[attr-defined]
    assert [each for each in files if not each.startswith(("pipe:", "/dev/null", "/proc/"))] == []
    assert told["session"] == told["pid"]
    assert (told["threads"], told["typed"]) == ("1", "")


def test_progress_is_told_and_ends_the_work_and_the_process_stays(worker: Worker) -> None:
    seen: list[tuple[int, int]] = []

    def tell(done: int, of: int) -> bool:
        seen.append((done, of))
        return done < 20

    with pytest.raises(Refused, match="It was ended") as raised:
        worker.run(count, 10_000, progress=tell)
    assert raised.value.do == "Begin again."
    assert seen[-1][1] == 10_000
    pid = worker.pid
    assert worker.run(count, 3, progress=lambda done, of: True) == 3
    assert worker.pid == pid


def test_work_that_does_not_look_up_is_ended_all_the_same(worker: Worker) -> None:
    began = time.monotonic()
    with pytest.raises(Refused, match="ended"):
        worker.run(sleep_on, progress=lambda done, of: False)
    assert time.monotonic() - began < 10
    assert worker.run(double, 1) == 2


def test_a_call_that_waits_for_another_can_be_ended_too(worker: Worker) -> None:
    stop = threading.Event()

    def long_call() -> None:
        with pytest.raises(Refused):
            worker.run(count, 10**6, progress=lambda done, of: not stop.is_set())

    first = threading.Thread(target=long_call)
    first.start()
    while not worker._turn.locked():
        first.join(0.01)
    with pytest.raises(Refused, match="ended"):
        worker.run(count, 1, progress=lambda done, of: False)
    stop.set()
    first.join()


def test_errors_come_with_their_type_and_parts_and_without_words(worker: Worker) -> None:
    with pytest.raises(Refused) as refused:
        worker.run(refuse)
    error = refused.value
    assert (str(error), error.what, error.safe, error.do) == (
        "Nothing is here. All is as it was. Look elsewhere.",
        "Nothing is here.",
        "All is as it was.",
        "Look elsewhere.",
    )
    with pytest.raises(KeyError) as stumbled:
        worker.run(stumble)
    assert "test_working.py:" in stumbled.value.__notes__[0]
    assert "study" not in stumbled.value.__notes__[0]
    with pytest.raises((AttributeError, RuntimeError)):
        worker.run(unwritable)


def test_a_process_that_is_gone_is_told_and_replaced(worker: Worker) -> None:
    with pytest.raises(WorkbenchError, match="in the middle of its work"):
        worker.run(vanish)
    assert worker.run(double, 3) == 6
    assert worker.pid is not None
    os.kill(worker.pid, signal.SIGKILL)
    while Path(f"/proc/{worker.pid}").exists() and worker._process and worker._process.poll() is None:
        pass
    assert worker.run(double, 5) == 10


@only_linux
def test_too_much_memory_ends_the_process_after_the_call() -> None:
    small = Worker(most_memory=8 * 1024 * 1024)
    assert small.run(double, 2) == 4
    assert small.memory > 8 * 1024 * 1024
    assert small.pid is None
    assert small.run(double, 2) == 4


def test_it_ends_when_the_program_is_killed() -> None:
    program = (
        "import os; from workbench.language.working import run, _WORKER; "
        "from tests.language.test_working import double, never_look; run(double, 1); "
        "print(_WORKER.pid, flush=True); run(never_look)"
    )
    started = subprocess.Popen([sys.executable, "-c", program], cwd=REPOSITORY, stdout=subprocess.PIPE)
    assert started.stdout is not None
    pid = int(started.stdout.readline())
    started.kill()
    # The process for language holds no copy of this pipe, so it ends with the one that was killed.
    assert started.stdout.read() == b""
    started.wait()
    for _ in range(200):
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            break
        if "\nState:\tZ" in Path(f"/proc/{pid}/status").read_text(encoding="utf-8"):
            break
        threading.Event().wait(0.02)
    else:
        pytest.fail("the process is still there")


def test_values_not_used_for_longest_give_way() -> None:
    kept: Remembered[str] = Remembered(30)
    for name in "abc":
        kept.put(name, name.upper(), 10)
    assert kept.get("a") == "A"
    kept.put("d", "D", 10)
    assert [kept.get(name) for name in "abcd"] == ["A", None, "C", "D"]
    kept.put("a", "again", 30)
    assert (len(kept), kept.get("a")) == (1, "again")
    kept.put("large", "L", 31)
    assert len(kept) == 0


def test_keys_tell_texts_apart_however_they_are_put_together() -> None:
    assert hash_of("ab", "c") != hash_of("a", "bc")
    assert hash_of("人権") == hash_of("人権")
