"""Small good files of every kind, from which the fuzz targets make bad ones. All are composed here."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

from workbench.exchange.charts import write_chart
from workbench.exchange.codebook import read_codebook, write_codebook
from workbench.exchange.glossary import write_glossary
from workbench.model.case import Case
from workbench.model.glossary import Term, TermRule
from workbench.model.text import Passage, Text
from workbench.sources import read_bytes
from workbench.stages import chart, editions, framework, index
from workbench.stages.edition_export import export_sheet
from workbench.stages.framework_versions import current_codebook
from workbench.stages.importing import ImportPlan, importing
from workbench.stages.setup import new_study

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
ODF = "urn:oasis:names:tc:opendocument:xmlns:"

LONG = "Words that a change may strike without breaking anything around them. " * 12

PLAIN = {
    "txt": [
        "市は、住民の人権を尊重する。\n\nInterpreters are sent.\n".encode(),
        "市は、通訳を学校に送ることができるものとする。\n".encode("cp932") * 5,
        b"\x1b$BDLLu\x1b(B",
    ],
    "md": [b"# Title\n\n- one\n- [two](http://example.invalid)\n\n> three\n"],
    "html": [
        "<!DOCTYPE html><html><head><meta charset='utf-8'><title>T</title></head><body><h1>計画</h1>"
        "<p>One<br>two <span hidden>three</span></p><table><tr><td>a<td>b</table>"
        "<ruby>漢<rt>かん</rt></ruby></body></html>".encode(),
        '<html><head><meta charset="shift_jis"></head><p>通訳を送る。</p></html>'.encode("cp932"),
    ],
    "rtf": [
        rb"{\rtf1\ansi\ansicpg932{\fonttbl{\f0\fcharset128 MS Mincho;}}{\info{\title T}}\f0 "
        rb"\'92\'ca\'96\'f3 words\par{\footnote note}\trowd\cell a\cell b\row\u36890?\uc1 "
        rb"{\field{\*\fldinst{HYPERLINK x}}{\fldrslt y}}}"
    ],
    "srt": [
        b"1\n00:00:01,000 --> 00:00:02,000\n"
        b"<i>One</i> {\\an8}two\n\n2\n00:00:03,000 --> 00:00:04,000\nThree\n"
    ],
    "vtt": [
        b"WEBVTT\n\nNOTE x\n\n00:01.000 --> 00:02.000\n"
        b"<v Ann>One &amp; two\n\n00:03.000 --> 00:04.000\nThree\n"
    ],
    "csv": [
        'title,text,year\nA,“One”,2001\nB,"Two, three\n四",2002\n'.encode(),
        b"a;b\n1;2\n3;4\n",
        b"a\tb\n1\t2\n",
    ],
}
"""Formats whose bytes are changed as they are."""

_NOTES = f"""<w:footnotes xmlns:w="{WORD}"><w:footnote w:id="1"><w:p><w:r><w:t>n</w:t></w:r></w:p>
</w:footnote></w:footnotes>"""
_DOCUMENT = f"""<w:document xmlns:w="{WORD}"><w:body><w:p><w:r><w:t>One 市 {LONG}</w:t><w:br/><w:tab/></w:r>
<w:ins><w:r><w:t>two</w:t></w:r></w:ins><w:r><w:footnoteReference w:id="1"/></w:r></w:p><w:tbl><w:tr><w:tc>
<w:p><w:r><w:t>a</w:t></w:r></w:p></w:tc></w:tr></w:tbl></w:body></w:document>"""
_CONTENT = f"""<o:document-content xmlns:o="{ODF}office:1.0" xmlns:t="{ODF}text:1.0" xmlns:b="{ODF}table:1.0">
<o:body><o:text><t:h>One {LONG}</t:h><t:p>two<t:s t:c="3"/><t:tab/><t:note t:note-class="footnote">
<t:note-citation>1</t:note-citation><t:note-body><t:p>n</t:p></t:note-body></t:note></t:p><b:table>
<b:table-row><b:table-cell><t:p>a</t:p></b:table-cell></b:table-row></b:table></o:text></o:body>
</o:document-content>"""
_PAGE = f"""<html><body><p>One 市 {LONG}</p><span epub:type="pagebreak" title="2"/><p>two</p></body></html>"""
PACKED: dict[str, dict[str, bytes]] = {
    "docx": {
        "_rels/.rels": b'<r><Relationship Type="x/officeDocument" Target="word/document.xml"/></r>',
        "word/_rels/document.xml.rels": b'<r><Relationship Type="x/footnotes" Target="footnotes.xml"/></r>',
        "word/footnotes.xml": _NOTES.encode(),
        "word/document.xml": _DOCUMENT.encode(),
    },
    "odt": {
        "mimetype": b"application/vnd.oasis.opendocument.text",
        "content.xml": _CONTENT.encode(),
    },
    "epub": {
        "META-INF/container.xml": b'<c><rootfiles><rootfile full-path="b.opf"/></rootfiles></c>',
        "b.opf": b'<package><metadata><title>T</title></metadata><manifest><item id="i" href="p.xhtml" '
        b'media-type="application/xhtml+xml"/></manifest><spine><itemref idref="i"/></spine></package>',
        "p.xhtml": _PAGE.encode(),
    },
}
"""Archives by their parts, so that the parts are changed too and not only the packing."""


def packed(parts: Mapping[str, bytes]) -> bytes:
    """Pack parts into an archive, always into the same bytes."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name), content)
    return buffer.getvalue()


def unpacked(data: bytes) -> dict[str, bytes]:
    """Take an archive apart."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def pdf() -> bytes:
    """Write a PDF of one page with visible and invisible words."""
    stream = b"BT /F 12 Tf 72 700 Td (One visible line) Tj 3 Tr 0 -20 Td (hidden) Tj ET"
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    written, offsets = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        offsets.append(len(written))
        written += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    return written + head + table + b"trailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % len(written)


TERMS = (
    Term("t1", "ja", "en", "相談窓口", TermRule.FIXED, ("窓口",), "madoguchi", ("desk",), ("counter",)),
    Term("t2", "ja", "en", "町内会", TermRule.KEEP_SOURCE, transliteration="chonaikai", gloss="association"),
)


def write_study(path: Path) -> dict[str, bytes]:
    """Make a small study, and give the files that it exports and reads back."""
    book = b"title: F\nthemes:\n- name: T\n  codes:\n  - {name: A, definition: d, cues: [x]}\n  - name: B\n"
    with new_study(path, title="Small", coder="Fuzz", codebook=read_codebook("c.yaml", book)) as study:
        content = "One line.\n\n市の二行目。\n".encode()
        with importing(study, ImportPlan(case="North")) as run:
            run.add("a.txt", content, read_bytes("a.txt", content))
        framework.edit_code(study, "a", definition="other", reason="why")
        index.code_passage(study, study.all(Text)[0].id, Passage(0, 8), ["a"], reason="a seed")
        chart.write_cell(study, study.all(Case)[0].id, "a", summary="Words.")
        edition = editions.edition_from_framework(study, "Index", edition="1", reference_date="2020")
        return {
            "workbook": write_chart(study, format="xlsx"),
            "codebook": write_codebook(current_codebook(study)).encode(),
            "index sheet": export_sheet(study, edition.id),
            "register": b"document,file,cases,title,adopted_era,kind\n"
            b"d,a.txt,North;South,T,Heisei 27-07-06,original\n",
            "printed table": b",North\nT,1\nTotal,1\nAverage,1\n",
            "glossary": write_glossary(TERMS, format="yaml"),
            "glossary table": write_glossary(TERMS, format="csv"),
            "weights": b"code,weight\n1.1,2\n1.2,1/2\n",
        }
