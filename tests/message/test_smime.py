"""Signed mail is read, whatever way it is signed; encrypted mail is protected."""

from __future__ import annotations

import base64
import zlib
from datetime import UTC, datetime, timedelta

import pytest
from asn1crypto import cms
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import pkcs7

from mailbot import documents
from mailbot.domain.document import Location, ParseStatus
from mailbot.message import parse
from mailbot.message.smime import content_of

KEY = rsa.generate_private_key(65537, 2048)
NAME = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "An Maes")])
NOW = datetime(2026, 9, 1, tzinfo=UTC)
CERTIFICATE = (
    x509.CertificateBuilder()
    .subject_name(NAME)
    .issuer_name(NAME)
    .public_key(KEY.public_key())
    .serial_number(1)
    .not_valid_before(NOW)
    .not_valid_after(NOW + timedelta(days=400))
    .sign(KEY, hashes.SHA256())
)
INSIDE = (
    b'Content-Type: multipart/mixed; boundary="b"\r\n\r\n'
    b"--b\r\nContent-Type: text/plain\r\n\r\nIn bijlage mijn inschrijving.\r\n"
    b'--b\r\nContent-Type: text/csv; name="form.csv"\r\nContent-Disposition: attachment; filename="form.csv"'
    b"\r\n\r\nNaam;Maes\r\n--b--\r\n"
)
HEADER = b"From: An Maes <an@damme.example>\r\nSubject: Inschrijving\r\nMIME-Version: 1.0\r\n"


def signed(*options: pkcs7.PKCS7Options, inside: bytes = INSIDE) -> bytes:
    builder = pkcs7.PKCS7SignatureBuilder().set_data(inside).add_signer(CERTIFICATE, KEY, hashes.SHA256())
    return builder.sign(serialization.Encoding.DER, [pkcs7.PKCS7Options.Binary, *options])


def _mail(sealed: bytes, media_type: str = "application/pkcs7-mime") -> bytes:
    fields = f'Content-Type: {media_type}; name="smime.p7m"\r\nContent-Transfer-Encoding: base64\r\n\r\n'
    return HEADER + fields.encode() + base64.encodebytes(sealed)


@pytest.mark.parametrize(
    "media_type", ["application/pkcs7-mime", "application/x-pkcs7-mime", "application/octet-stream"]
)
def test_what_stands_inside_an_opaque_signature_is_the_mail(media_type: str) -> None:
    message = parse(_mail(signed(), media_type), frozenset(), "")
    assert [block.text for block in message.body] == ["In bijlage mijn inschrijving."]
    assert [(part.name, part.data.strip()) for part in message.parts] == [("form.csv", b"Naam;Maes")]


def test_a_mail_signed_twice_is_opened_twice() -> None:
    once = _mail(signed()).partition(b"MIME-Version: 1.0\r\n")[2]
    message = parse(_mail(signed(inside=once)), frozenset(), "")
    assert [part.name for part in message.parts] == ["form.csv"]


def test_encrypted_mail_is_protected() -> None:
    builder = pkcs7.PKCS7EnvelopeBuilder().set_data(INSIDE).add_recipient(CERTIFICATE)
    sealed = builder.encrypt(serialization.Encoding.DER, [pkcs7.PKCS7Options.Binary])
    (part,) = parse(_mail(sealed), frozenset(), "").parts
    assert documents.read(part, Location()).state is ParseStatus.PROTECTED


def _compressed(inside: bytes) -> bytes:
    content = {"content_type": "data", "content": zlib.compress(inside)}
    value = {"version": 0, "compression_algorithm": {"algorithm": "zlib"}, "encap_content_info": content}
    return bytes(cms.ContentInfo({"content_type": "compressed_data", "content": value}).dump())


def test_a_compressed_mail_is_opened_signed_inside_or_not() -> None:
    sealed = _mail(signed()).partition(b"MIME-Version: 1.0\r\n")[2]
    for inside in (INSIDE, sealed):
        message = parse(_mail(_compressed(inside)), frozenset(), "")
        assert [part.name for part in message.parts] == ["form.csv"]


def test_what_unpacks_to_more_than_a_mail_is_no_content() -> None:
    assert content_of(_compressed(b"\0" * 32_000_000)) is None


def test_what_is_damaged_is_not_told_to_be_encrypted() -> None:
    (part,) = parse(_mail(_compressed(INSIDE)[:-40]), frozenset(), "").parts
    assert documents.read(part, Location()).state is ParseStatus.UNREADABLE


@pytest.mark.parametrize("data", [b"", b"\x30\x80\x06", b"no cms at all", signed()[:900], b"\x30" * 5000])
def test_damage_is_no_content(data: bytes) -> None:
    assert content_of(data) is None


def test_a_seal_without_content_holds_no_mail() -> None:
    assert content_of(signed(pkcs7.PKCS7Options.DetachedSignature)) is None


def _indefinite(tag: bytes, *inside: bytes) -> bytes:
    return tag + b"\x80" + b"".join(inside) + b"\x00\x00"


def test_lengths_left_open_are_read() -> None:
    """As programs write it that sign a mail while they send it (BER)."""
    text = b"Content-Type: text/plain\r\n\r\n", b"Wij komen.\r\n"
    pieces = _indefinite(b"\x24", *(b"\x04" + bytes([len(one)]) + one for one in text))
    data, signed = (bytes.fromhex("06092a864886f70d0107") + last for last in (b"\x01", b"\x02"))
    content = _indefinite(b"\x30", data, _indefinite(b"\xa0", pieces))
    inner = _indefinite(b"\x30", b"\x02\x01\x01", b"\x31\x00", content, b"\x31\x00")
    assert content_of(_indefinite(b"\x30", signed, _indefinite(b"\xa0", inner))) == b"".join(text)
