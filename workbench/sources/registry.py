"""Which reader takes which file, and how a file is fetched from the disk."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Mapping
from os.path import splitext
from pathlib import Path
from types import MappingProxyType

from workbench.errors import UnreadableFile
from workbench.sources import csv, docx, epub, html, markdown, odt, pdf, rtf, subtitles, txt
from workbench.sources.extraction import Extraction
from workbench.sources.limits import MAX_FILE_BYTES, MEBIBYTE
from workbench.sources.refusals import INPUT_FAILURES, cause_of, refuse_damaged, refuse_empty

Reader = Callable[..., tuple[Extraction, ...]]
"""`reader(name, data, *, encoding=None)`."""

SUPPORTED: Mapping[str, Reader] = MappingProxyType(
    {
        ".txt": txt.read_txt,
        ".text": txt.read_txt,
        ".md": markdown.read_markdown,
        ".markdown": markdown.read_markdown,
        ".html": html.read_html,
        ".htm": html.read_html,
        ".xhtml": html.read_html,
        ".docx": docx.read_docx,
        ".odt": odt.read_odt,
        ".rtf": rtf.read_rtf,
        ".pdf": pdf.read_pdf,
        ".epub": epub.read_epub,
        ".srt": subtitles.read_srt,
        ".vtt": subtitles.read_vtt,
        ".csv": csv.read_csv,
        ".tsv": csv.read_csv,
    }
)
"""Reader by file extension, lower case and with its dot."""

_AT_ONCE = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
"""Open a pipe without waiting for its other end, and leave line ends as they are."""

_OLD_FORMATS = {
    ".doc": "docx", ".dot": "docx", ".wps": "docx", ".jtd": "docx", ".pages": "docx", ".sxw": "odt",
    ".xls": "csv", ".xlsx": "csv", ".ods": "csv", ".ppt": "pdf", ".pptx": "pdf", ".odp": "pdf",
}  # fmt: skip


def _suffix(name: str) -> str:
    return splitext(name)[1].lower()


def is_supported(name: str) -> bool:
    """Tell whether a file of this name has a reader."""
    return _suffix(name) in SUPPORTED


def read_file(path: Path, *, encoding: str | None = None) -> tuple[bytes, tuple[Extraction, ...]]:
    """Read a file once and return its bytes with the texts in it.

    Raises UnreadableFile for whatever cannot be turned into text and WrongUsage for an unknown encoding.
    """
    if not is_supported(path.name):
        _refuse_missing(path)
        raise _unsupported(path.name)
    data = _fetch(path)
    return data, read_bytes(path.name, data, encoding=encoding)


def read_bytes(name: str, data: bytes, *, encoding: str | None = None) -> tuple[Extraction, ...]:
    """Turn the bytes of a file into texts; its name chooses the reader. Raises as `read_file` does."""
    reader = SUPPORTED.get(_suffix(name))
    if reader is None:
        raise _unsupported(name)
    if not data:
        raise refuse_empty(name, "the file is empty")
    if len(data) > MAX_FILE_BYTES:
        raise _too_large(name)
    try:
        return reader(name, data, encoding=encoding)
    except INPUT_FAILURES as error:
        raise refuse_damaged(name, "a document", cause_of(error)) from error


def _fetch(path: Path) -> bytes:
    """Read an ordinary file of bearable size; a pipe or device is refused, not waited for."""
    try:
        handle = os.open(path, os.O_RDONLY | _AT_ONCE)
        try:
            data = os.read(handle, _refuse_unfit(path, os.fstat(handle)) + 1)
            while more := os.read(handle, MEBIBYTE):
                data += more
                if len(data) > MAX_FILE_BYTES:
                    raise _too_large(path.name)
        finally:
            os.close(handle)
    except (OSError, ValueError) as error:
        raise _unreachable(path, error) from error
    return data


def _refuse_unfit(path: Path, status: os.stat_result) -> int:
    """Refuse what is no ordinary file or too large, and return its size in bytes."""
    if stat.S_ISDIR(status.st_mode):
        raise UnreadableFile(f"“{path.name}” is a folder, not a file.", do="Name the files in it.")
    if not stat.S_ISREG(status.st_mode):
        raise UnreadableFile(
            f"“{path.name}” is a device or a pipe, not a file.", do="Save its content to a file first."
        )
    if status.st_size > MAX_FILE_BYTES:
        raise _too_large(path.name)
    return status.st_size


def _refuse_missing(path: Path) -> None:
    """Refuse a file that is absent or no ordinary file, before its name is judged."""
    try:
        _refuse_unfit(path, path.stat())
    except (OSError, ValueError) as error:
        raise _unreachable(path, error) from error


def _unreachable(path: Path, error: Exception) -> UnreadableFile:
    if isinstance(error, FileNotFoundError):
        return UnreadableFile(f"There is no file “{path.name}”.", do="Check the name and the folder.")
    if isinstance(error, PermissionError):
        return UnreadableFile(
            f"“{path.name}” may not be read.", do="Ask its owner for permission to read it."
        )
    reason = getattr(error, "strerror", None) or str(error)
    return UnreadableFile(
        f"“{path.name}” cannot be read: {reason}.", do="Check the name, or copy the file to this disk."
    )


def _too_large(name: str) -> UnreadableFile:
    return UnreadableFile(
        f"“{name}” is larger than {MAX_FILE_BYTES // MEBIBYTE} MB and was not read.",
        do="Split it into its documents, or save it as text without pictures.",
    )


def _unsupported(name: str) -> UnreadableFile:
    suffix = _suffix(name)
    formats = ", ".join(sorted(extension.lstrip(".") for extension in SUPPORTED))
    if suffix in _OLD_FORMATS:
        advice = f"Open it in its own program and save it as {_OLD_FORMATS[suffix]}, then import that."
    else:
        advice = f"Formats that can be read: {formats}."
    kind = f"files ending in “{suffix}”" if suffix else "files without an extension"
    return UnreadableFile(f"“{name}” cannot be imported: there is no reader for {kind}.", do=advice)
