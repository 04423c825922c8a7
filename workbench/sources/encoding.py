"""Bytes into characters. Encodings are detected and reported, never silently guessed.

Order: an encoding given by the user; a byte-order mark; ISO-2022-JP escapes; UTF-16 or UTF-32 without a
mark where unmistakable; strict UTF-8; a declaration in the file; detection. Only the user's word, a
mark, ISO-2022-JP and strict UTF-8 pass without a note.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from workbench.errors import UnreadableFile, WrongUsage
from workbench.sources.detection import Candidate, candidates_for, decode_strictly, is_plausible_text
from workbench.sources.refusals import looks_like, refuse_wrong_kind

_MARKS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_ISO_2022_JP_ESCAPE = re.compile(rb"\x1b\$[@B]|\x1b\$\([A-Z]|\x1b\([IJ]")
_ISO_2022_JP = (
    "iso2022_jp",
    "iso2022_jp_1",
    "iso2022_jp_ext",
    "iso2022_jp_3",
    "iso2022_jp_2004",
    "iso2022_jp_2",
)
_CONTROLS = bytes(set(range(32)) - set(b"\t\n\r\f\x1b")) + b"\x7f"
_ENOUGH_TO_TELL = 8192
"""Bytes of a file that are looked through for signs of binary data; all of it must decode strictly."""
_NOT_FOR_DOCUMENTS = frozenset(
    {"idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined", "mbcs", "oem"}
)
_NAMES = {"euc_jp": "euc-jp", "euc_jis_2004": "euc-jis-2004", "iso2022_jp": "iso-2022-jp"}
_SPOKEN = {
    "cp932": "Shift_JIS",
    "euc-jp": "EUC-JP",
    "euc-jis-2004": "EUC-JP with JIS X 0213",
    "cp1252": "Western European",
    "cp1250": "Central European",
    "cp1251": "Cyrillic",
    "koi8-r": "Cyrillic",
    "cp1253": "Greek",
    "cp1254": "Turkish",
    "cp1255": "Hebrew",
    "cp1256": "Arabic",
    "cp1257": "Baltic",
    "cp874": "Thai",
    "cp949": "Korean",
    "big5": "traditional Chinese",
    "gb18030": "simplified Chinese",
}
_AS_DECLARED = {
    "shift_jis": "cp932",
    "shift-jis": "cp932",
    "sjis": "cp932",
    "x-sjis": "cp932",
    "windows-31j": "cp932",
    "x-euc-jp": "euc_jp",
    "iso-8859-1": "cp1252",
    "latin1": "cp1252",
    "us-ascii": "cp1252",
    "ascii": "cp1252",
    "iso-8859-9": "cp1254",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "euc-kr": "cp949",
    "ks_c_5601-1987": "cp949",
    "big5": "big5hkscs",
}
"""What browsers read where a page says otherwise (WHATWG Encoding, section 4.2)."""
REPLACEMENT = "\ufffd"


@dataclass(frozen=True, slots=True)
class Decoded:
    """Characters, the encoding they were in and what to report about it."""

    content: str
    """Leading byte-order mark removed, line ends as `\\n`."""
    encoding: str
    notes: tuple[str, ...] = ()


def decode(name: str, data: bytes, *, encoding: str | None = None, declared: str = "") -> Decoded:
    """Decode the bytes of a text file.

    `declared` is what the file says of itself (HTML, XML); the bytes overrule it. Raises UnreadableFile
    for binary data and for bytes that fit several encodings equally well, WrongUsage for an `encoding`
    that does not exist.
    """
    if encoding is not None:
        return _finish(*_as_told(data, encoding))
    marked = _by_mark(data, declared)
    if marked:
        return _finish(*marked)
    if b"\x1b" in data and data.isascii() and _ISO_2022_JP_ESCAPE.search(data):
        return _finish(*_iso_2022_jp(data))
    if b"\0" in data:
        return _finish(*_without_mark(name, data))
    _refuse_binary(name, data)
    content = decode_strictly(data, "utf-8")
    if content is not None:
        return _finish(content, "utf-8", _contradiction(data, "utf-8", declared))
    return _finish(*_legacy(name, data, declared))


def clean_line_ends(content: str) -> str:
    """Remove a leading byte-order mark and write every line end as `\\n`."""
    content = content.removeprefix("\ufeff")
    return content.replace("\r\n", "\n").replace("\r", "\n") if "\r" in content else content


def _finish(content: str, encoding: str, notes: tuple[str, ...] = ()) -> Decoded:
    content = clean_line_ends(content)
    return Decoded(content, _NAMES.get(encoding, encoding), (*notes, *note_replacements(content)))


def note_replacements(content: str) -> tuple[str, ...]:
    """Count replacement characters, whether the source held them or decoding put them there."""
    if REPLACEMENT not in content:
        return ()
    count = content.count(REPLACEMENT)
    what = (
        "1 replacement character (U+FFFD) stands"
        if count == 1
        else f"{count} replacement characters (U+FFFD) stand"
    )
    return (f"{what} for what could not be read, the first at offset {content.index(REPLACEMENT)}.",)


def _as_told(data: bytes, encoding: str) -> tuple[str, str, tuple[str, ...]]:
    codec = _codec(encoding)
    mark = next((name for sign, name in _MARKS if data.startswith(sign)), "")
    notes: tuple[str, ...] = ()
    if mark and codec.replace("-", "")[:5] != mark.replace("-", "")[:5]:
        notes = (f"Read as {encoding} as asked, although a byte-order mark says {mark}.",)
    content = decode_strictly(data, codec)
    if content is not None:
        return content, codec, notes
    content = data.decode(codec, errors="replace")
    broken = content.count(REPLACEMENT)
    unfit = f"The bytes do not all fit {encoding}: {broken} replacement characters were put in."
    return content, codec, (*notes, unfit)


def _codec(encoding: str) -> str:
    """Look up the encoding's codec name; raise WrongUsage where there is none for text."""
    try:
        found = codecs.lookup(encoding.strip())
    except (LookupError, ValueError) as error:
        raise _unknown(encoding) from error
    if not getattr(found, "_is_text_encoding", True) or found.name.replace("-", "_") in _NOT_FOR_DOCUMENTS:
        raise _unknown(encoding)
    return found.name


def _unknown(encoding: str) -> WrongUsage:
    return WrongUsage(
        f"There is no text encoding called “{encoding}”.",
        do="Give one such as utf-8, cp932 (Shift_JIS), euc-jp, iso-2022-jp, utf-16, cp1252, big5 or gb18030.",
    )


def _by_mark(data: bytes, declared: str) -> tuple[str, str, tuple[str, ...]] | None:
    for sign, encoding in _MARKS:
        if not data.startswith(sign):
            continue
        content = decode_strictly(data, encoding)
        if content is None and encoding.startswith("utf-32"):
            continue
        notes = _contradiction(data, encoding, declared)
        if content is not None:
            return content, encoding, notes
        content = data.decode(encoding, errors="replace")
        return content, encoding, (*notes, f"The byte-order mark says {encoding}, but not all bytes fit it.")
    return None


def _iso_2022_jp(data: bytes) -> tuple[str, str, tuple[str, ...]]:
    for encoding in _ISO_2022_JP:
        content = decode_strictly(data, encoding)
        if content is not None:
            return content, "iso2022_jp", ()
    content = data.decode("iso2022_jp_ext", errors="replace")
    return content, "iso2022_jp", ("The escapes say ISO-2022-JP, but not all bytes fit it.",)


def _without_mark(name: str, data: bytes) -> tuple[str, str, tuple[str, ...]]:
    found: list[tuple[str, str]] = []
    for encoding in ("utf-32-le", "utf-32-be", "utf-16-le", "utf-16-be"):
        content = decode_strictly(data, encoding)
        if content is not None and is_plausible_text(content):
            found.append((content, encoding))
    if not found or looks_like(data):
        raise _binary(name, data)
    if len(found) > 1:
        raise _undecided(name, [encoding for _, encoding in found])
    content, encoding = found[0]
    return content, encoding, (_detected(encoding),)


def _refuse_binary(name: str, data: bytes) -> None:
    beginning = data[:_ENOUGH_TO_TELL]
    controls = len(beginning) - len(beginning.translate(None, _CONTROLS))
    if (controls > 64 and controls > len(beginning) // 50) or looks_like(data):
        raise _binary(name, data)


def _binary(name: str, data: bytes) -> UnreadableFile:
    if looks_like(data):
        return refuse_wrong_kind(name, data, "a text file")
    return UnreadableFile(
        f"“{name}” holds binary data, not text.",
        do="Save it as text from its own program; if it is text in a rare encoding, name it with --encoding.",
    )


def _legacy(name: str, data: bytes, declared: str) -> tuple[str, str, tuple[str, ...]]:
    codec = _declared_codec(declared)
    if codec:
        content = decode_strictly(data, codec)
        if content is not None:
            return content, codec, ()
    _refuse_broken_utf_8(name, data)
    candidates = candidates_for(data)
    if not candidates:
        raise UnreadableFile(
            f"“{name}” is in no encoding that can be recognised.",
            do="Name it with --encoding, for example --encoding cp932; what does not fit is then counted.",
        )
    if len(candidates) > 1:
        raise _undecided(name, [candidate.encoding for candidate in candidates])
    best: Candidate = candidates[0]
    return (
        best.content,
        best.encoding,
        (_detected(best.encoding), *_contradiction(data, best.encoding, declared)),
    )


def _refuse_broken_utf_8(name: str, data: bytes) -> None:
    """Refuse what is UTF-8 but for a few bytes: any other encoding would garble all of it."""
    content = data.decode("utf-8", errors="replace")
    broken = content.count(REPLACEMENT)
    whole = len(content) - len(content.encode("ascii", errors="ignore")) - broken
    if whole >= 10 * broken:
        raise UnreadableFile(
            f"“{name}” is UTF-8 text with broken characters in {broken} places.",
            do="Fetch it again, or import it with --encoding utf-8: broken places are then counted.",
        )


def _undecided(name: str, encodings: list[str]) -> UnreadableFile:
    names = [_spoken(encoding) for encoding in dict.fromkeys(encodings)]
    return UnreadableFile(
        f"“{name}” could be in {' or '.join(names)}: its bytes do not decide.",
        do=f"Name the right one, for example --encoding {_NAMES.get(encodings[0], encodings[0])}.",
    )


def _detected(encoding: str) -> str:
    return (
        f"Read as {_spoken(encoding)}: no byte-order mark, detected from the bytes. "
        "If words look wrong, undo the import and import it with --encoding."
    )


def _spoken(encoding: str) -> str:
    label = _NAMES.get(encoding, encoding)
    return f"{label} ({_SPOKEN[label]})" if label in _SPOKEN else label


def _declared_codec(declared: str) -> str:
    label = declared.strip().strip("\"'").lower()
    if not label:
        return ""
    try:
        return _codec(_AS_DECLARED.get(label, label))
    except WrongUsage:
        return ""


def _contradiction(data: bytes, encoding: str, declared: str) -> tuple[str, ...]:
    """Report a declaration that the bytes contradict; pure ASCII contradicts nothing."""
    if not declared or data.isascii() or _declared_codec(declared) == encoding:
        return ()
    if encoding.startswith("utf-16") and declared.lower().startswith("utf-16"):
        return ()
    return (f"The file declares “{declared[:40]}”, but its bytes are {encoding}; the bytes were followed.",)
