"""The sentences with which a foreign file is refused."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from workbench.errors import UnreadableFile

INPUT_FAILURES: tuple[type[Exception], ...] = (ValueError, LookupError, OSError, RecursionError, MemoryError)
"""What unforeseen input leads to in code of our own."""

_LIBRARY_FAILURES: tuple[type[Exception], ...] = (
    *INPUT_FAILURES,
    EOFError,
    ArithmeticError,
    AttributeError,
    TypeError,
    AssertionError,
    RuntimeError,
)
"""What libraries raise over damaged files besides errors of their own."""

_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "a PDF file"),
    (b"{\\rtf", "a Rich Text file"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Microsoft Office file (.doc, .xls or .ppt)"),
    (b"PK\x03\x04", "a zip archive (docx, odt, epub and xlsx files are such archives)"),
    (b"PK\x05\x06", "an empty zip archive"),
    (b"\x89PNG\r\n\x1a\n", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"\x1f\x8b\x08", "a gzip archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"SQLite format 3\x00", "an SQLite database"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90\x00", "a program"),
)
_FIRST_BYTES = tuple(signature for signature, _ in _SIGNATURES)
_PASSWORD_STREAM = "EncryptedPackage".encode("utf-16-le")


def looks_like(data: bytes) -> str:
    """Name the format that the first bytes announce; empty for text and for what is not known."""
    if not data.startswith(_FIRST_BYTES):
        return ""
    return next(kind for signature, kind in _SIGNATURES if data.startswith(signature))


def refuse_wrong_kind(name: str, data: bytes, expected: str) -> UnreadableFile:
    """Say that a file is not what its name promises, and what it seems to be."""
    kind = looks_like(data)
    if _PASSWORD_STREAM in data and kind.startswith("an old Microsoft"):
        return UnreadableFile(
            f"“{name}” is encrypted with a password.",
            do="Open it in its own program, save a copy without the password and import the copy.",
        )
    if kind:
        return UnreadableFile(
            f"“{name}” is not {expected}: its first bytes are those of {kind}.",
            do="Give it the name that fits its content, or save it again as "
            "docx, odt, html or plain text and import that.",
        )
    return UnreadableFile(
        f"“{name}” is not {expected}.",
        do="Open it in its own program and save it again, or import another copy.",
    )


def refuse_damaged(name: str, expected: str, detail: str = "") -> UnreadableFile:
    """Say that a file of the right kind cannot be read to its end."""
    because = f" ({detail})" if detail else ""
    return UnreadableFile(
        f"“{name}” is damaged and cannot be read as {expected}{because}.",
        do="Fetch it again from its source, or open it in its own program and save a new copy.",
    )


def refuse_hostile(name: str, detail: str) -> UnreadableFile:
    """Say that a file was put down because reading on could exhaust the machine or reach outside."""
    return UnreadableFile(
        f"“{name}” was not read: {detail}.",
        do="If you trust its source, open it in its own program and save it as plain text.",
    )


def refuse_empty(name: str, detail: str = "it holds no text", *, do: str = "") -> UnreadableFile:
    """Say that there is nothing to analyse in a file."""
    return UnreadableFile(
        f"“{name}” cannot be imported: {detail}.", do=do or "Check that this is the file you meant."
    )


@contextmanager
def reading(name: str, expected: str, *library_errors: type[Exception]) -> Iterator[None]:
    """Turn what a library raises over foreign bytes into a sentence; our own refusals pass."""
    try:
        yield
    except (*library_errors, *_LIBRARY_FAILURES) as error:
        raise refuse_damaged(name, expected, cause_of(error)) from error


def cause_of(error: Exception) -> str:
    """Say in a clause what went wrong."""
    if isinstance(error, RecursionError):
        return "its parts are nested too deeply"
    if isinstance(error, MemoryError):
        return "it needs more memory than there is"
    return " ".join(str(error).split())[:160].rstrip(".") or type(error).__name__
