"""XML of strangers, parsed without DOCTYPE, entities, network access or huge trees."""

from __future__ import annotations

from lxml import etree

from mailbot.documents.content import Unreadable


def parse(data: bytes) -> etree._Element:
    """The root of an XML part; raises ``Unreadable`` for damage and for any DOCTYPE.

    Office never writes a DOCTYPE, and entities are how a few bytes become gigabytes.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Unreadable("damaged XML") from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise Unreadable("a DOCTYPE in an office document")
    return root


def local(element: etree._Element) -> str:
    """An element's name without its namespace; empty for comments and instructions."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""
