"""The sentences a user reads when something cannot be done."""

from __future__ import annotations

import os
import traceback

WHOLE_FAULTS = "WORKBENCH_DEBUG"
"""Set in the environment, it lets a fault of the program be printed whole, with the words it is about."""


class WorkbenchError(Exception):
    """Say what happened, what is safe and what to do next.

    The message is shown as it is by both faces, so it never holds a traceback. Foreign names inside it
    pass through the display door there, not here.
    """

    exit_status = 3

    def __init__(self, what: str, *, safe: str = "Nothing was changed.", do: str = "") -> None:
        self.what = what
        """What happened, as a whole sentence."""
        self.safe = safe
        """What is untouched."""
        self.do = do
        """What the user can do next; empty where there is nothing sensible to say."""
        super().__init__(" ".join(part for part in (what, safe, do) if part))

    def __reduce__(self) -> tuple[object, ...]:
        """Let another process make the same error again: its parts are said by keyword."""
        return _again, (type(self), self.args, self.__dict__)


def _again(kind: type[WorkbenchError], arguments: tuple[object, ...], parts: dict[str, object]) -> object:
    error = kind.__new__(kind, *arguments)
    error.__dict__.update(parts)
    return error


class Refused(WorkbenchError):
    """An action that the rules of the method or the state of the study do not allow."""


class NothingChanged(Refused):
    """A decision that would leave everything as it is."""

    def __init__(self) -> None:
        super().__init__("That would change nothing.", safe="")


class WrongUsage(WorkbenchError):
    """A request that names something that does not exist or cannot be read as meant."""

    exit_status = 2


class UnreadableFile(WorkbenchError):
    """A foreign file that cannot be turned into text."""


class StudyFileError(WorkbenchError):
    """A study file that cannot be opened, trusted or written."""


class StudyHeld(StudyFileError):
    """A study that another process has open for writing."""


class NotWhole(StudyFileError):
    """A study in which something was found that should not be; it can still be read."""


class Locked(StudyFileError):
    """An encrypted study whose passphrase is not known."""


class WrongPassphrase(Locked):
    """A passphrase that does not open a study."""


class ReasonMissing(Refused):
    """A decision that must carry its reason and does not."""


def fault_report(error: BaseException) -> str:
    """Say of a fault of the program its kind and place, and nothing of what the study says."""
    steps = [f"  {_place(frame.filename)}:{frame.lineno} {frame.name}" for frame in _steps(error)]
    return "\n".join(
        [
            f"The program has a fault: {type(error).__name__}. Every decision that was told is in the study.",
            "Report these lines; they hold no words of the study "
            f"({WHOLE_FAULTS}=1 prints the whole fault, with such words):",
            *steps,
        ]
    )


def _steps(error: BaseException) -> list[traceback.FrameSummary]:
    return list(traceback.extract_tb(error.__traceback__))


def _place(file_name: str) -> str:
    """Name a file of a program without the folders of whoever runs it."""
    return "/".join(file_name.replace(os.sep, "/").rsplit("/", 3)[-3:])
