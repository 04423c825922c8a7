"""The command line: parse, call a stage, print. Data goes to stdout, talk to stderr."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from workbench.errors import WHOLE_FAULTS, WorkbenchError, fault_report


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status: 0 done, 1 findings, 2 wrong usage, 3 refused."""
    from workbench.cli.parser import parse

    words = list(sys.argv[1:] if argv is None else argv)
    _speak_utf8()
    try:
        arguments = parse(words)
        from workbench.cli.session import run

        status = run(arguments)
        sys.stdout.flush()
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else 0
    except WorkbenchError as error:
        _complain(str(error))
        return error.exit_status
    except KeyboardInterrupt:
        _complain("Interrupted. Nothing was changed. Run the command again when you are ready.")
        return 3
    except BrokenPipeError:
        _let_go_of_stdout()
        return 0
    except UnicodeEncodeError:
        _complain("A word of the command is not UTF-8. Nothing was changed. Type it in UTF-8.")
        return 2
    except OSError as error:
        _complain(
            f"The system refused: {error.strerror or error}. Every decision that was told is in the study. "
            "Check the disk and the rights, then do it again."
        )
        _let_go_of_stdout()
        return 3
    except Exception as error:
        if os.environ.get(WHOLE_FAULTS):
            raise
        _complain(fault_report(error))
        return 3
    return status


def _complain(message: str) -> None:
    from workbench.cli.output import say

    say(message)


def _speak_utf8() -> None:
    """Write UTF-8 whatever the locale; what no encoding can hold is escaped, never an error."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="backslashreplace")


def _let_go_of_stdout() -> None:
    """Point stdout away from what cannot be written to, so that the last flush of Python does not fail."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)
