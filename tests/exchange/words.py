"""What an export says, as one string, whatever its format."""

from __future__ import annotations

import csv
import html
import io
import json
import re
from collections.abc import Iterator
from typing import Any

import docx
import openpyxl
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph
from pyarrow import parquet

from workbench.exchange.charts import write_chart
from workbench.study.study import Study


def words_of(study: Study, format: str, **options: Any) -> str:
    """Write a chart and gather its words."""
    data = write_chart(study, format=format, **options)
    if format == "xlsx":
        return words_of_book(data)
    if format == "docx":
        return words_of_document(data)
    if format == "parquet":
        return words_of_table(data)
    words = data.decode("utf-8-sig")
    return html.unescape(words) if format == "html" else words.replace("\\", "")


def plain_words_of(study: Study, format: str, **options: Any) -> str:
    """Write a chart and gather its words as they were before the format wrapped them."""
    data = write_chart(study, format=format, **options)
    if format == "json":
        return "\n".join(_strings(json.loads(data)))
    if format == "parquet":
        table = parquet.read_table(io.BytesIO(data))
        return "\n".join(_strings([table.to_pylist(), json.loads(table.schema.metadata[b"workbench"])]))
    if format == "csv":
        rows = csv.reader(io.StringIO(data.decode("utf-8-sig")))
        return "\n".join(cell for row in rows for cell in row)
    if format == "html":
        return html.unescape(re.sub(r"<[^>]*>", "", data.decode().replace("<br>\n", "\n")))
    return words_of(study, format, **options).replace("<br>", "\n")


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from _strings(list(value.values()))
    elif isinstance(value, list | tuple):
        for item in value:
            yield from _strings(item)


def words_of_book(data: bytes) -> str:
    """Gather the cells of a workbook."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    return "\n".join(str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row)


def words_of_document(data: bytes) -> str:
    """Gather the paragraphs of a Word document, those in tables and the footer as well."""
    document = docx.Document(io.BytesIO(data))
    held = [*document.element.body.iter(qn("w:p")), *(p._p for p in document.sections[0].footer.paragraphs)]
    return "\n".join(Paragraph(element, None).text for element in held)  # type: ignore[arg-type]


def words_of_table(data: bytes) -> str:
    """Gather the rows and the metadata of a table."""
    table = parquet.read_table(io.BytesIO(data))
    rows = json.dumps(table.to_pylist(), ensure_ascii=False)
    return f"{rows}\n{table.schema.metadata[b'workbench'].decode()}".replace("\\", "")
