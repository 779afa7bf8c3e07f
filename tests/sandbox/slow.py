"""A document that takes long to read, on any machine."""

from __future__ import annotations

_PAGES, _WORDS, _PADDING = 20, 900, 1_200_000


def slow_document() -> bytes:
    """A PDF of twenty pages full of words, each at a place of its own: some ten seconds of honest work, where
    formats with marks to count are given up after one or two."""
    places = ((20 + 60 * (n % 9), 820 - 8 * (n // 9)) for n in range(_WORDS))
    words = b"".join(b"1 0 0 1 %d %d Tm (woord) Tj " % place for place in places)
    text = b"BT /F1 8 Tf " + words + b"ET"
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 3 0 R>>>>/Contents 4 0 R>>"
    pages = b" ".join(b"%d 0 R" % (5 + number) for number in range(_PAGES))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count %d/Kids[%s]>>" % (_PAGES, pages),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(text), text),
        *[page] * _PAGES,
    ]
    data, at = b"%PDF-1.4\n%" + b"-" * _PADDING + b"\n", []
    for number, one in enumerate(objects, 1):
        at.append(len(data))
        data += b"%d 0 obj%s endobj\n" % (number, one)
    table = b"".join(b"%010d 00000 n \n" % place for place in at)
    count, start = len(objects) + 1, len(data)
    data += b"xref\n0 %d\n0000000000 65535 f \n%s" % (count, table)
    return data + b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (count, start)
