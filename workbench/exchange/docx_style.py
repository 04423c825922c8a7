"""The looks of exported Word documents: page, named styles, languages and footer."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from workbench.exchange.docx_parts import style_id
from workbench.model.visible import visible

WIDTH = 267.0
"""Millimetres between the margins of a landscape A4 page."""
_FONT, _EAST_ASIAN_FONT = "Arial", "Yu Gothic"
_STYLES: dict[str, dict[str, Any]] = {
    "Chart status": {"bold": True, "size": 8.5},
    "Chart words": {"size": 8.5},
    "Chart quote": {"size": 8.5, "indent": 2},
    "Chart comment": {"size": 8, "italic": True},
    "Chart state": {"size": 7.5, "grey": True},
    "Chart head": {"bold": True, "size": 8.5, "keep": True},
    "Chart name": {"bold": True, "size": 8.5},
    "Chart figure": {"size": 8.5, "right": True},
    "Chart note": {"size": 8},
    "Chart gap": {"size": 4},
}
"""Name of a paragraph style -> how it looks."""
HEAD_FILL = "DCE6F1"
BAND_FILL = "EEF2F7"
FILLS = {"not assessed": "F2F2F2", "stale": "FCE9D4", "draft": "FFFBE6"}
"""Colour behind the cells of a state; the words say the state as well."""


def new_document(*, title: str, date: str, footer: Sequence[str]) -> Any:
    """Make an empty document with its styles; it bears the date of the last decision."""
    import docx

    document = docx.Document()
    _set_page(document)
    _set_defaults(document)
    for name, looks in _STYLES.items():
        _add_style(document, name, looks)
    _set_headings(document)
    _add_table_style(document)
    made = datetime.fromisoformat(date).replace(tzinfo=None) if date else datetime(1980, 1, 1)
    about = document.core_properties
    about.title = visible(title)[:250]
    about.author = about.last_modified_by = about.comments = ""
    about.created = about.modified = made.replace(microsecond=0)
    about.language = "en-GB"
    _drop_thumbnail(document)
    _be_of_today(document)
    _write_footer(document, footer)
    return document


def _set_page(document: Any) -> None:
    from docx.enum.section import WD_ORIENT
    from docx.shared import Mm

    page = document.sections[0]
    page.orientation = WD_ORIENT.LANDSCAPE
    page.page_width, page.page_height = Mm(297), Mm(210)
    page.left_margin = page.right_margin = Mm(15)
    page.top_margin, page.bottom_margin = Mm(14), Mm(16)
    page.header_distance = page.footer_distance = Mm(8)


def _set_defaults(document: Any) -> None:
    from docx.oxml.ns import qn
    from docx.shared import Pt

    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = _FONT, Pt(9.5)
    normal.paragraph_format.space_after = Pt(4)
    fonts = normal.element.rPr.rFonts
    fonts.set(qn("w:eastAsia"), _EAST_ASIAN_FONT)
    fonts.set(qn("w:cs"), _FONT)
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), "en-GB")
        language.set(qn("w:eastAsia"), "ja-JP")


def _add_style(document: Any, name: str, looks: dict[str, Any]) -> None:
    from docx.enum.style import WD_STYLE_TYPE
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Mm, Pt, RGBColor

    style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style.element.set(style.element.nsmap["w"].join("{}") + "styleId", style_id(name))
    style.base_style = document.styles["Normal"]
    style.font.size = Pt(looks["size"])
    style.font.bold, style.font.italic = looks.get("bold"), looks.get("italic")
    if looks.get("grey"):
        style.font.color.rgb = RGBColor(0x45, 0x45, 0x45)
    layout = style.paragraph_format
    layout.space_before, layout.space_after = Pt(0), Pt(2)
    layout.left_indent = Mm(looks["indent"]) if "indent" in looks else None
    layout.keep_with_next = looks.get("keep")
    layout.alignment = WD_ALIGN_PARAGRAPH.RIGHT if looks.get("right") else None


def _set_headings(document: Any) -> None:
    from docx.enum.style import WD_STYLE_TYPE
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    for name, size in (("Heading 1", 16), ("Heading 2", 13), ("Heading 3", 10.5)):
        style = document.styles[name]
        style.font.name, style.font.size = _FONT, Pt(size)
        style.font.color.rgb = RGBColor(0, 0, 0)
        fonts = style.element.rPr.rFonts
        for attribute in [each for each in fonts.attrib if each.endswith("Theme")]:
            del fonts.attrib[attribute]
        fonts.set(qn("w:eastAsia"), _EAST_ASIAN_FONT)
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(10), Pt(4)
        style.paragraph_format.keep_with_next = True
    link = document.styles.add_style("Hyperlink", WD_STYLE_TYPE.CHARACTER)
    link.font.color.rgb, link.font.underline = RGBColor(0x0B, 0x4F, 0x9E), True


def _add_table_style(document: Any) -> None:
    from docx.oxml.parser import parse_xml

    sides = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="A6A6A6"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    margins = "".join(
        f'<w:{side} w:w="{width}" w:type="dxa"/>'
        for side, width in (("top", 40), ("left", 80), ("bottom", 40), ("right", 80))
    )
    document.styles.element.append(
        parse_xml(
            '<w:style xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
            'w:type="table" w:customStyle="1" w:styleId="ChartTable"><w:name w:val="Chart table"/>'
            f"<w:tblPr><w:tblBorders>{sides}</w:tblBorders><w:tblCellMar>{margins}</w:tblCellMar></w:tblPr>"
            "</w:style>"
        )
    )


def _drop_thumbnail(document: Any) -> None:
    """Take away the picture of an empty page that the template brings."""
    relations = document.part.package.rels
    for identifier in [key for key, relation in relations.items() if relation.reltype.endswith("/thumbnail")]:
        del relations[identifier]


def _be_of_today(document: Any) -> None:
    """Say that the document is none of an older Word, which would be opened as such."""
    from docx.oxml.ns import qn

    for setting in document.settings.element.iter(qn("w:compatSetting")):
        if setting.get(qn("w:name")) == "compatibilityMode":
            setting.set(qn("w:val"), "15")


def _write_footer(document: Any, footer: Sequence[str]) -> None:
    """Put lines and the number of the page under every page; the numbers are the only fields."""
    from docx.enum.text import WD_TAB_ALIGNMENT
    from docx.shared import Mm

    paragraph = document.sections[0].footer.paragraphs[0]
    paragraph.style = document.styles["Chart state"]
    paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(WIDTH), WD_TAB_ALIGNMENT.RIGHT)
    paragraph.add_run("\n".join(visible(line) for line in footer))
    paragraph.add_run("\t")
    _add_field(paragraph, "PAGE")
    paragraph.add_run(" / ")
    _add_field(paragraph, "NUMPAGES")


def _add_field(paragraph: Any, name: str) -> None:
    from docx.oxml.ns import qn
    from docx.oxml.parser import OxmlElement

    field: Any = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), name)
    run: Any = OxmlElement("w:r")
    number: Any = OxmlElement("w:t")
    number.text = "1"
    run.append(number)
    field.append(run)
    paragraph._p.append(field)
