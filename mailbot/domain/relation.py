"""What somebody has to do with a registration."""

from __future__ import annotations

from enum import StrEnum


class Relation(StrEnum):
    """What somebody has to do with a registration. ``wording.findings`` has words for each."""

    PERSON = "person"
    #: At an address that more people gave.
    SHARED = "shared"
    #: Who answers a mail of ours, from another address.
    ANSWERS = "answers"
    #: Who sent the registration in.
    REGISTRANT = "registrant"
    COLLEAGUE = "colleague"
    FORWARDER = "forwarder"
    NOBODY = "nobody"
