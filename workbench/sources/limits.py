"""How much of a foreign file is read before it is refused. All sizes are bytes unless they say otherwise."""

from __future__ import annotations

MEBIBYTE = 2**20

MAX_FILE_BYTES = 200 * MEBIBYTE
"""A file larger than this is not read at all."""

MAX_ARCHIVE_ENTRIES = 10_000
MAX_ENTRY_BYTES = 64 * MEBIBYTE
"""One entry of an archive, counted while it is expanded."""
MAX_ARCHIVE_BYTES = 192 * MEBIBYTE
"""All entries read from one archive together, counted while they are expanded."""
MAX_EXPANSION = 200
"""How many times its packed size an entry may become; office documents stay well under 60."""
EXPANSION_FREE_BYTES = 4 * MEBIBYTE
"""Entries that stay below this may expand as they like."""

MAX_XML_TAGS = 3_000_000
MAX_HTML_TAGS = 200_000
"""An element costs about two kilobytes and 35 microseconds."""

MAX_RTF_BYTES = 50 * MEBIBYTE
"""Counted after hexadecimal pictures are taken out."""
MAX_RTF_FONT_TABLE_BYTES = 512 * 1024

MAX_PAGES = 20_000
MAX_PDF_CHARACTERS = 50_000_000
"""Characters of all pages together."""

MAX_TABLE_ROWS = 200_000

MAX_OPEN_BRACKETS = 1_000
"""Opening brackets without a closing one in subtitles, whose library looks ahead from each of them."""

MAX_PDF_SECONDS = 60
"""A PDF of some hundred bytes can ask for years of work; it is read in a process that is stopped then."""
MAX_PDF_MEMORY_BYTES = 2_048 * MEBIBYTE
"""Of the process that reads a PDF; kept where the system knows such limits."""
