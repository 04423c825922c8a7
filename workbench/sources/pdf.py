"""PDF files, through pdfium. Lines are put together into paragraphs by their place on the page.

The text is all text of the file, also what a viewer does not show (that is reported). Running heads and
page numbers stay in the text as paragraphs: what they are is the analyst's judgement. pdfium runs in a
process of its own, which is stopped when it takes too long and may fall without harm.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

from workbench.sources.archive import refuse_encrypted
from workbench.sources.encoding import note_replacements
from workbench.sources.extraction import Extraction
from workbench.sources.limits import MAX_PDF_SECONDS
from workbench.sources.paragraphs import Block, join_blocks
from workbench.sources.pdf_pages import DAMAGED, ENCRYPTED, Pages, Refusal
from workbench.sources.refusals import refuse_damaged, refuse_empty, refuse_hostile, refuse_wrong_kind

_EXPECTED = "a PDF file"
_SIGNATURE_WITHIN = 1_024
_MEANINGLESS = re.compile(r"[\x01-\x08\x0b\x0e-\x1f\ue000-\uf8ff]")
_OUR_FOLDER = str(Path(__file__).resolve().parents[2])


def read_pdf(name: str, data: bytes, *, encoding: str | None = None) -> tuple[Extraction, ...]:
    """Read a PDF file; `encoding` does not apply.

    Raises UnreadableFile for encrypted and damaged files and for those that hold only pictures of pages.
    """
    if b"%PDF-" not in data[:_SIGNATURE_WITHIN]:
        raise refuse_wrong_kind(name, data, _EXPECTED)
    found = _ask(name, data)
    if isinstance(found, Refusal):
        if found.refused == ENCRYPTED:
            raise refuse_encrypted(name)
        if found.refused == DAMAGED:
            raise refuse_damaged(name, _EXPECTED)
        raise refuse_hostile(name, found.refused)
    blocks: list[Block] = []
    for label, paragraphs in found.pages:
        blocks.append(Block("", ((0, label),)))
        blocks.extend(Block(paragraph) for paragraph in paragraphs)
    content, places = join_blocks(blocks)
    if not places.paragraphs:
        raise refuse_empty(
            name,
            "it has no text layer: its pages are pictures",
            do="Run text recognition (OCR) on it, check the result against the pages, and import that file.",
        )
    return (Extraction(content, places, "pdf", title=found.title, notes=_report(found, content)),)


def _ask(name: str, data: bytes) -> Pages | Refusal:
    """Let a process of its own read the pages."""
    command = [sys.executable, "-m", "workbench.sources.pdf_pages"]
    paths = [_OUR_FOLDER, *filter(None, [os.environ.get("PYTHONPATH")])]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(paths)}
    try:
        done = subprocess.run(
            command, input=data, env=environment, capture_output=True, timeout=MAX_PDF_SECONDS, check=True
        )
        answer = json.loads(done.stdout)
    except subprocess.TimeoutExpired as error:
        raise refuse_hostile(name, f"reading it took longer than {MAX_PDF_SECONDS} seconds") from error
    except (subprocess.CalledProcessError, ValueError) as error:
        raise refuse_damaged(name, _EXPECTED, "the PDF library could not finish") from error
    return Refusal(**answer) if "refused" in answer else Pages(**answer)


def _report(found: Pages, content: str) -> tuple[str, ...]:
    report = ["Lines were put together into paragraphs by their place on the page."]
    if found.empty:
        report.append(f"{_pages(found.empty)} no text; what stands there may be pictures.")
    if found.unseen:
        report.append(
            f"{_pages(found.unseen)} hidden text (invisible or white); it is part of the text here."
        )
    if found.downwards:
        report.append(f"{_pages(found.downwards)} vertical lines; check their order against the page.")
    if found.right_to_left:
        report.append(
            f"{_pages(found.right_to_left)} right-to-left script; check its order against the page."
        )
    if found.divided:
        report.append(f"Words put together that were divided at a line end: {found.divided}.")
    meaningless = len(_MEANINGLESS.findall(content))
    if meaningless:
        report.append(f"Characters whose meaning the file's fonts do not say: {meaningless}.")
    return (*report, *note_replacements(content))


def _pages(numbers: list[int]) -> str:
    """Name the pages by their position in the file, with the verb that follows."""
    if len(numbers) == 1:
        return f"Page {numbers[0]} of the file has"
    shown = ", ".join(map(str, numbers[:20]))
    return f"Pages {shown}{' and more' if len(numbers) > 20 else ''} of the file have"
