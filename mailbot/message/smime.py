"""What stands inside an opaque S/MIME signature (RFC 8551, 3.5.2) or a compressed mail (RFC 8551, 3.6, and
RFC 3274): readable without any key.

Only the content is taken out. The signature is not verified, because mailbot trusts no sender for
having one.
"""

from __future__ import annotations

import zlib

from asn1crypto import cms

#: Media types of a CMS object that holds the mail itself; ``pkcs7-signature`` is only a seal beside it.
MEDIA_TYPES = frozenset({"application/pkcs7-mime", "application/x-pkcs7-mime"})

_MOST_BYTES = 30 * 1024 * 1024


def content_of(data: bytes) -> bytes | None:
    """The MIME entity inside signed or compressed data, in DER or BER; None where the object is encrypted,
    damaged, too large or something else."""
    if not data or len(data) > _MOST_BYTES:
        return None
    try:
        outer = cms.ContentInfo.load(data)
        kind = outer["content_type"].native
        if kind not in ("signed_data", "compressed_data"):
            return None
        content = outer["content"]["encap_content_info"]["content"].native
    except (ValueError, TypeError, KeyError, IndexError, RecursionError):
        return None  # whatever a damaged object makes the library raise
    if not isinstance(content, bytes):
        return None
    return _decompressed(content) if kind == "compressed_data" else content


def _decompressed(content: bytes) -> bytes | None:
    """What was compressed; None where it is damaged or unpacks to more than a mail may be."""
    unpacking = zlib.decompressobj()
    try:
        whole = unpacking.decompress(content, _MOST_BYTES)
    except zlib.error:
        return None
    return whole if unpacking.eof else None
