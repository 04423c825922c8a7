"""Which encoding bytes without a mark are in, judged by what the characters would be.

Japanese is told apart first, by kana: a wrong Japanese decoding turns into half-width kana, rare and
unassigned characters. What is left goes to charset-normalizer, among encodings in wide use only.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

KANA_NEEDED = 0.1
"""Share of full-width kana among the characters beyond ASCII from which a text counts as Japanese."""
JUNK_ALLOWED = 0.1
"""Share of half-width kana, private and unassigned characters up to which it still does."""
CLEAR_LEAD = 0.1
"""Lead in coherence (0 to 1) that one encoding needs over the next."""
NOISE_TOLERANCE = 0.03
"""Difference in charset-normalizer's mess ratio that decides nothing."""
SAMPLE_BYTES = 512 * 1024
SAMPLE_CHARACTERS = 100_000
"""Counted from the first character beyond ASCII."""

_JAPANESE = ("cp932", "euc_jp", "euc_jis_2004")
_OTHERS = (
    "cp1252", "cp1250", "cp1251", "koi8_r", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "cp1258",
    "cp874", "cp949", "big5", "gb18030", "cp932", "euc_jp",
)  # fmt: skip
_WESTERN_RIVALS = frozenset({"cp1250", "cp1254", "cp1257", "cp1258"})
_PUNCTUATION = frozenset("‘’“”‚„‐–—―…•·・©®™°§¶†‡№€£¥×÷±½¼¾\u00a0\u3000、。「」（）")
_DOUBLE_BYTE = frozenset({"cp949", "big5", "gb18030", "cp932", "euc_jp"})
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")
_LAYOUT = frozenset("\t\n\r\f\ufeff")
_KANA = re.compile(r"[ぁ-ゖァ-ヺー]")
_JUNK = re.compile(r"[\uff61-\uff9f\ue000-\uf8ff\u0080-\u00a0\ufffd]")
_HAN_OR_HANGUL = re.compile(r"[一-鿿가-힣、。，！？：；「」（）]")


@dataclass(frozen=True, slots=True)
class Candidate:
    """An encoding that fits the bytes strictly."""

    encoding: str
    content: str
    noise: float = 0.0
    """charset-normalizer's mess ratio, 0 to 1."""
    coherence: float = 0.0
    """charset-normalizer's likeness to a language, 0 to 1."""


def decode_strictly(data: bytes, encoding: str) -> str | None:
    """Decode, or return None where one byte does not fit."""
    try:
        return data.decode(encoding)
    except (UnicodeDecodeError, UnicodeError):
        return None


def is_plausible_text(content: str) -> bool:
    """Tell whether decoded UTF-16 or UTF-32 can be text.

    Text holds a space, a line end or another ASCII character somewhere, and no control, unassigned or
    private ones.
    """
    characters = set(content)
    categories = {unicodedata.category(character) for character in characters - _LAYOUT}
    return not categories & {"Cc", "Cn", "Co", "Cs"} and any(character < "\x7f" for character in characters)


def candidates_for(data: bytes) -> tuple[Candidate, ...]:
    """List the encodings that the bytes may be in, the most plausible first.

    One candidate means a clear answer; several mean that the bytes do not decide.
    """
    certain = _japanese(data) or _punctuated(data)
    if certain:
        return certain
    ranked = _ranked(data)
    if not ranked:
        return ()
    best = ranked[0]
    rivals = [other for other in ranked[1:] if _rivals(best, other)]
    return (best, *rivals)


def _japanese(data: bytes) -> tuple[Candidate, ...]:
    found: list[Candidate] = []
    for encoding in _JAPANESE:
        content = decode_strictly(data, encoding)
        if content is None or (encoding == "euc_jis_2004" and any(c.encoding == "euc_jp" for c in found)):
            continue
        sample = _beyond_ascii(content)
        beyond = max(1, len(_BEYOND_ASCII.findall(sample)))
        kana = len(_KANA.findall(sample)) / beyond
        if kana >= KANA_NEEDED and len(_JUNK.findall(sample)) <= JUNK_ALLOWED * beyond:
            found.append(Candidate(encoding, content))
    return tuple(found)


def _punctuated(data: bytes) -> tuple[Candidate, ...]:
    """Find the readings that make all bytes beyond ASCII quotation marks, dashes and the like."""
    found: dict[str, Candidate] = {}
    for encoding in _OTHERS:
        content = decode_strictly(data, encoding)
        if content is not None and set(_BEYOND_ASCII.findall(content)) <= _PUNCTUATION:
            found.setdefault(content, Candidate(encoding, content))
    return tuple(found.values())


def _ranked(data: bytes) -> list[Candidate]:
    from charset_normalizer import from_bytes

    matches = from_bytes(
        _sample(data),
        cp_isolation=list(_OTHERS),
        threshold=0.3,
        preemptive_behaviour=False,
        enable_fallback=False,
    )
    found: list[Candidate] = []
    for match in matches:
        names = match.could_be_from_charset
        encoding = "cp1252" if "cp1252" in names else match.encoding
        content = decode_strictly(data, encoding)
        if content is not None and not _is_half_width_noise(content):
            found.append(Candidate(encoding, content, match.chaos, match.coherence))
    found.sort(
        key=lambda candidate: (candidate.noise > NOISE_TOLERANCE, -candidate.coherence, candidate.noise)
    )
    return _prefer_double_byte(found)


def _sample(data: bytes) -> bytes:
    """Cut a large file at a line end, so that no character is cut in two."""
    if len(data) <= SAMPLE_BYTES:
        return data
    return data[: data.rfind(b"\n", 0, SAMPLE_BYTES) + 1 or SAMPLE_BYTES]


def _beyond_ascii(content: str) -> str:
    """Take the sample that the judgement of a decoding rests on."""
    first = _BEYOND_ASCII.search(content)
    return content[first.start() : first.start() + SAMPLE_CHARACTERS] if first else ""


def _is_half_width_noise(content: str) -> bool:
    sample = _beyond_ascii(content)
    return len(_JUNK.findall(sample)) > len(_BEYOND_ASCII.findall(sample)) / 5


def _prefer_double_byte(found: list[Candidate]) -> list[Candidate]:
    """Drop single-byte readings where a double-byte one fits all pairs and is Han or Hangul throughout."""
    strong = [
        candidate
        for candidate in found
        if candidate.encoding in _DOUBLE_BYTE
        and candidate.noise <= NOISE_TOLERANCE
        and _is_east_asian(candidate.content)
    ]
    return [candidate for candidate in found if candidate.encoding in _DOUBLE_BYTE] if strong else found


def _is_east_asian(content: str) -> bool:
    sample = _beyond_ascii(content)
    beyond = len(_BEYOND_ASCII.findall(sample))
    return beyond >= 10 and len(_HAN_OR_HANGUL.findall(sample)) >= 0.9 * beyond


def _rivals(best: Candidate, other: Candidate) -> bool:
    """Tell whether the bytes leave it open which of the two is meant."""
    if other.content == best.content or other.noise > best.noise + NOISE_TOLERANCE:
        return False
    if best.encoding == "cp1252" and other.encoding in _WESTERN_RIVALS and best.coherence > other.coherence:
        return False
    return best.coherence - other.coherence < CLEAR_LEAD
