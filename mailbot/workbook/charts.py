"""The charts of ``Overzicht``: charts of Excel that draw from its cells. They are made once; then they
are the secretary's to change."""

from __future__ import annotations

from collections.abc import Mapping
from xml.sax.saxutils import escape

from lxml import etree

from mailbot.wording import sheets
from mailbot.workbook.theme import quoted
from mailbot.xlsx.cell_names import column_letters
from mailbot.xlsx.package import REL, fragment, parse
from mailbot.xlsx.worksheet import Worksheet

_C = "http://schemas.openxmlformats.org/drawingml/2006/chart"
_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_XDR = "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"
_CHART = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
_DRAWING = "application/vnd.openxmlformats-officedocument.drawing+xml"
#: The last colour is that of the bar that marks a day, which is as high as the chart and counts nothing.
_BLUE, _ORANGE, _PALE = "6A93B4", "D08A3C", "F0D3CE"


def add(sheet: Worksheet, marks: Mapping[str, tuple[int, int]], top: int, left: int) -> None:
    """Puts the charts to the right of the block whose first cell is at ``top``, ``left``."""
    package = sheet.book.package
    drawing = package.free_name("xl/drawings/drawing{}.xml")
    package.add(drawing, f'<xdr:wsDr xmlns:xdr="{_XDR}" xmlns:a="{_A}"/>'.encode(), _DRAWING)
    sheet.put(fragment(f'<drawing r:id="{package.relate(sheet.part, "drawing", drawing)}"/>'))
    at = top + 4
    for mark, xml in (("dagen", _days), ("regios", _regions)):
        if mark not in marks:
            continue
        first, last = marks[mark]
        chart = package.free_name("xl/charts/chart{}.xml")
        package.add(chart, xml(quoted(sheet.title), left, top + first, top + last).encode(), _CHART)
        relation = package.relate(drawing, "chart", chart)
        package.tree(drawing).append(_anchor(relation, left + 6, at, len(package.tree(drawing)) + 2))
        at += 19


def _anchor(relation: str, column: int, row: int, number: int) -> etree._Element:
    xml = (
        f'<xdr:twoCellAnchor xmlns:xdr="{_XDR}" xmlns:a="{_A}"><xdr:from><xdr:col>{column}</xdr:col>'
        f"<xdr:colOff>0</xdr:colOff><xdr:row>{row - 1}</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:from>"
        f"<xdr:to><xdr:col>{column + 8}</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>{row + 16}</xdr:row>"
        f'<xdr:rowOff>0</xdr:rowOff></xdr:to><xdr:graphicFrame macro=""><xdr:nvGraphicFramePr>'
        f'<xdr:cNvPr id="{number}" name="Grafiek {number - 1}"/><xdr:cNvGraphicFramePr/>'
        '</xdr:nvGraphicFramePr><xdr:xfrm><a:off x="0" y="0"/><a:ext cx="0" cy="0"/></xdr:xfrm>'
        f'<a:graphic><a:graphicData uri="{_C}"><c:chart xmlns:c="{_C}" xmlns:r="{REL}" r:id="{relation}"/>'
        "</a:graphicData></a:graphic></xdr:graphicFrame><xdr:clientData/></xdr:twoCellAnchor>"
    )
    return parse(xml.encode())


def _days(sheet: str, left: int, first: int, last: int) -> str:
    days = _range(sheet, left, first, last)
    bars = _series(0, "Per dag", _BLUE, days, _range(sheet, left + 1, first, last))
    limit = _series(2, "Uiterste dag", _PALE, days, _range(sheet, left + 3, first, last))
    line = _series(1, "Samen", _ORANGE, days, _range(sheet, left + 2, first, last), line=True)
    return _chart(
        sheets.PER_DAY,
        '<c:barChart><c:barDir val="col"/><c:grouping val="clustered"/><c:varyColors val="0"/>'
        f'{bars}{limit}<c:gapWidth val="40"/><c:overlap val="100"/><c:axId val="1"/><c:axId val="2"/>'
        "</c:barChart>"
        f'<c:lineChart><c:grouping val="standard"/><c:varyColors val="0"/>{line}<c:marker val="1"/>'
        '<c:axId val="1"/><c:axId val="2"/></c:lineChart>',
        date=True,
        legend=True,
    )


def _regions(sheet: str, left: int, first: int, last: int) -> str:
    series = _series(
        0,
        "Ingeschreven",
        _BLUE,
        _range(sheet, left, first, last),
        _range(sheet, left + 1, first, last),
        words=True,
    )
    return _chart(
        sheets.PER_REGION,
        '<c:barChart><c:barDir val="bar"/><c:grouping val="clustered"/><c:varyColors val="0"/>'
        f'{series}<c:dLbls><c:showLegendKey val="0"/><c:showVal val="1"/><c:showCatName val="0"/>'
        '<c:showSerName val="0"/><c:showPercent val="0"/><c:showBubbleSize val="0"/></c:dLbls>'
        '<c:gapWidth val="120"/><c:axId val="1"/><c:axId val="2"/></c:barChart>',
        date=False,
        legend=False,
    )


def _range(sheet: str, column: int, first: int, last: int) -> str:
    letter = column_letters(column)
    return escape(f"{sheet}!${letter}${first}:${letter}${last}")


def _series(
    index: int, name: str, colour: str, names: str, values: str, *, line: bool = False, words: bool = False
) -> str:
    fill = f'<a:solidFill><a:srgbClr val="{colour}"/></a:solidFill>'
    shape = f'<a:ln w="22225">{fill}</a:ln>' if line else fill
    marker = '<c:marker><c:symbol val="none"/></c:marker>' if line else '<c:invertIfNegative val="0"/>'
    kind = "strRef" if words else "numRef"
    smooth = '<c:smooth val="0"/>' if line else ""
    return (
        f'<c:ser><c:idx val="{index}"/><c:order val="{index}"/><c:tx><c:v>{name}</c:v></c:tx>'
        f"<c:spPr>{shape}</c:spPr>{marker}<c:cat><c:{kind}><c:f>{names}</c:f></c:{kind}></c:cat>"
        f"<c:val><c:numRef><c:f>{values}</c:f></c:numRef></c:val>"
        f"{smooth}</c:ser>"
    )


def _chart(title: str, plot: str, *, date: bool, legend: bool) -> str:
    upright = '"b"' if date else '"l"'
    across = '"l"' if date else '"b"'
    pale = (
        '<c:majorGridlines><c:spPr><a:ln w="6350"><a:solidFill><a:srgbClr val="E3E6E9"/></a:solidFill>'
        "</a:ln></c:spPr></c:majorGridlines>"
    )
    small = (
        '<c:txPr><a:bodyPr/><a:p><a:pPr><a:defRPr sz="900"/></a:pPr><a:endParaRPr lang="nl-BE"/></a:p>'
        "</c:txPr>"
    )
    order = '"minMax"' if date else '"maxMin"'
    kind, form = ("dateAx", "d/mm") if date else ("catAx", "General")
    linked = f'<c:numFmt formatCode="{form}" sourceLinked="0"/>'
    units = '<c:baseTimeUnit val="days"/>' if date else ""
    crosses = "autoZero" if date else "max"
    shown = '<c:legend><c:legendPos val="b"/><c:overlay val="0"/></c:legend>' if legend else ""
    return (
        f'<c:chartSpace xmlns:c="{_C}" xmlns:a="{_A}" xmlns:r="{REL}"><c:roundedCorners val="0"/><c:chart>'
        f'<c:title><c:tx><c:rich><a:bodyPr/><a:p><a:pPr><a:defRPr sz="1200" b="1"/></a:pPr><a:r>'
        f'<a:rPr lang="nl-BE" sz="1200" b="1"/><a:t>{title}</a:t></a:r></a:p></c:rich></c:tx>'
        f'<c:overlay val="0"/></c:title><c:autoTitleDeleted val="0"/><c:plotArea><c:layout/>{plot}'
        f'<c:{kind}><c:axId val="1"/><c:scaling><c:orientation val={order}/></c:scaling><c:delete val="0"/>'
        f'<c:axPos val={upright}/>{linked}<c:majorTickMark val="none"/><c:minorTickMark val="none"/>'
        f'<c:tickLblPos val="low"/>{small}<c:crossAx val="2"/><c:crosses val="autoZero"/>'
        f'<c:auto val="1"/>{units}</c:{kind}>'
        f'<c:valAx><c:axId val="2"/><c:scaling><c:orientation val="minMax"/><c:min val="0"/></c:scaling>'
        f'<c:delete val="0"/><c:axPos val={across}/>{pale}<c:numFmt formatCode="0" sourceLinked="0"/>'
        f'<c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/>{small}'
        f'<c:crossAx val="1"/><c:crosses val="{crosses}"/></c:valAx></c:plotArea>'
        f'{shown}<c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart></c:chartSpace>'
    )
