"""The package around a Word document: content types, relations, styles (ECMA-376)."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime
from xml.sax.saxutils import escape

from mailbot.config.logo import Logo

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" mc:Ignorable="w14"'
)
_HEADER = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Default Extension="png" ContentType="image/png"/><Default Extension="jpg" ContentType="image/jpeg"/>'
    '<Override PartName="/word/document.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>'
    '<Override PartName="/word/styles.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/>'
    '<Override PartName="/docProps/core.xml" ContentType='
    '"application/vnd.openxmlformats-package.core-properties+xml"/></Types>'
)
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_ROOT_RELATIONS = (
    f'<Relationships xmlns="{_PACKAGE}">'
    f'<Relationship Id="r1" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/>'
    f'<Relationship Id="r2" Type="{_PACKAGE}/metadata/core-properties" Target="docProps/core.xml"/>'
    "</Relationships>"
)
_DATE = (2026, 1, 1, 0, 0, 0)  # the same form is the same file, byte for byte


def package(
    document: str, title: str, author: str = "", made: datetime | None = None, logo: Logo | None = None
) -> bytes:
    """The ``.docx`` file around the XML of a ``w:document``, in which ``r2`` is the logo."""
    relations = f'<Relationship Id="r1" Type="{_OFFICE}/styles" Target="styles.xml"/>'
    if logo is not None:
        relations += f'<Relationship Id="r2" Type="{_OFFICE}/image" Target="media/logo.{logo.suffix}"/>'
    parts = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": _ROOT_RELATIONS,
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{_PACKAGE}">{relations}</Relationships>',
        "word/document.xml": document,
        "word/styles.xml": _STYLES,
        "docProps/core.xml": _core(title, author, made),
    }
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as file:
        for name, text in parts.items():
            file.writestr(zipfile.ZipInfo(name, _DATE), _HEADER + text, zipfile.ZIP_DEFLATED)
        if logo is not None:
            file.writestr(zipfile.ZipInfo(f"word/media/logo.{logo.suffix}", _DATE), logo.data)
    return target.getvalue()


def _core(title: str, author: str, made: datetime | None) -> str:
    dates = "".join(
        f'<dcterms:{name} xsi:type="dcterms:W3CDTF">{made:%Y-%m-%dT%H:%M:%SZ}</dcterms:{name}>'
        for name in ("created", "modified")
        if made is not None
    )
    return (
        "<cp:coreProperties "
        'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{escape(title)}</dc:title><dc:creator>{escape(author)}</dc:creator>"
        f"{dates}<dc:language>nl-BE</dc:language></cp:coreProperties>"
    )


def _style(name: str, shown: str, size: int, after: int, *, before: int = 0, color: str = "1C2529") -> str:
    """A paragraph style: size in half points, space around it in twentieths of a point."""
    outline = '<w:keepNext/><w:outlineLvl w:val="0"/>' if name == "Title" else ""
    weight = "<w:b/>" if name == "Title" else ""
    return (
        f'<w:style w:type="paragraph" w:styleId="{name}"><w:name w:val="{shown}"/><w:basedOn w:val="Normal"/>'
        f'<w:pPr>{outline}<w:spacing w:before="{before}" w:after="{after}"/></w:pPr>'
        f'<w:rPr>{weight}<w:color w:val="{color}"/><w:sz w:val="{size}"/></w:rPr></w:style>'
    )


_STYLES = "".join(
    (
        f"<w:styles {NAMESPACES}><w:docDefaults><w:rPrDefault><w:rPr>",
        '<w:rFonts w:ascii="Arial" w:hAnsi="Arial" w:cs="Arial"/><w:sz w:val="21"/><w:lang w:val="nl-BE"/>',
        "</w:rPr></w:rPrDefault></w:docDefaults>",
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>',
        _style("Title", "Title", 36, 120, color="1F3D4D"),
        _style("Subtitle", "Subtitle", 26, 120, color="1F3D4D"),
        _style("Fact", "Gegeven", 21, 40),
        _style("Intro", "Inleiding", 21, 160, before=160),
        _style("Cell", "Antwoord", 21, 0),
        _style("Small", "Klein", 17, 40, before=80, color="55666F"),
        '<w:style w:type="character" w:styleId="Hint"><w:name w:val="Placeholder Text"/>'
        '<w:rPr><w:color w:val="5F6B72"/></w:rPr></w:style></w:styles>',
    )
)
