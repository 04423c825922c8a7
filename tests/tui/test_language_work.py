"""Work on language for a screen: told while it goes on, ended when it is not wanted any more."""

from __future__ import annotations

from textual import work
from textual.app import App

from tests.language.test_working import count
from workbench.errors import Refused
from workbench.language.working import Worker
from workbench.tui.language_work import told_to


class Asking(App[None]):
    def __init__(self, worker: Worker, of: int) -> None:
        super().__init__()
        self.worker, self.of = worker, of
        self.told: list[tuple[int, int]] = []
        self.result: object = None

    def tell(self, done: int, of: int) -> None:
        self.told.append((done, of))
        if done and self.of > 1000:
            self.workers.cancel_all()

    @work(thread=True)
    def ask(self) -> None:
        try:
            self.result = self.worker.run(count, self.of, progress=told_to(self, self.tell))  # type: ignore[arg-type]
        except Refused as error:
            self.result = error


async def test_a_screen_is_told_and_gets_the_result() -> None:
    worker = Worker()
    async with Asking(worker, 100).run_test() as pilot:
        pilot.app.ask()
        await pilot.app.workers.wait_for_complete()
        assert pilot.app.result == 100
        assert pilot.app.told[-1][1] == 100
    worker.end()


async def test_what_is_cancelled_ends_and_the_process_stays() -> None:
    worker = Worker()
    async with Asking(worker, 10**6).run_test() as pilot:
        running = pilot.app.ask()
        while not running.is_finished:
            await pilot.pause()
        while pilot.app.result is None:
            await pilot.pause()
        assert isinstance(pilot.app.result, Refused)
        assert worker.pid is not None
    worker.end()
