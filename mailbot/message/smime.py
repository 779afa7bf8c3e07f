"""What stands inside an opaque S/MIME signature (RFC 8551, 3.5.2): readable without any key.

Only the content is taken out. The signature is not verified, because mailbot trusts no sender for
having one.
"""

from __future__ import annotations

from asn1crypto import cms

#: Media types of a CMS object that holds the mail itself; ``pkcs7-signature`` is only a seal beside it.
MEDIA_TYPES = frozenset({"application/pkcs7-mime", "application/x-pkcs7-mime"})

_MOST_BYTES = 30 * 1024 * 1024


def signed_content(data: bytes) -> bytes | None:
    """The MIME entity inside signed data, in DER or BER; None where the object is encrypted,
    damaged, too large or something else."""
    if not data or len(data) > _MOST_BYTES:
        return None
    try:
        outer = cms.ContentInfo.load(data)
        if outer["content_type"].native != "signed_data":
            return None
        content = outer["content"]["encap_content_info"]["content"].native
    except (ValueError, TypeError, KeyError, IndexError, RecursionError):
        return None  # whatever a damaged object makes the library raise
    return content if isinstance(content, bytes) else None
