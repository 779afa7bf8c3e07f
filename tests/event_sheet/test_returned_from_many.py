"""A mail to many that comes back from an address of nobody on the list: she hears which, and from whom."""

from __future__ import annotations

from tests.event_sheet.test_mailings import list_guests, to_many, write
from tests.event_sheet.town import Town
from tests.security.test_access import returned


def sent(town: Town) -> dict[str, str]:
    """An invitation to a list of hers; gives the Message-ID of each, by address."""
    town.run()
    list_guests(town, ("info@damme.example", "Damme"), ("weg@brugge.example", "Brugge"))
    write(town, aan="Genodigden", onderwerp="Uitnodiging", tekst="Komt u ook?")
    town.run()
    write(town, beslissing="versturen")
    return {str(mail["X-Envelope-To"]): str(mail["Message-ID"]) for mail in to_many(town.run())}


def test_an_address_of_a_list_from_which_a_mail_comes_back_is_a_case(town: Town) -> None:
    ids = sent(town)
    back = f"Message-ID: {ids['weg@brugge.example']}\nSubject: Uitnodiging\n"
    for _ in range(2):  # servers say it twice at times
        town.dovecot.deliver(town.user, returned("weg@brugge.example", back))
        assert town.run() == []
    (case,) = town.open_cases()
    assert (case["Wat is er"], case["Wie"]) == ("Mail niet bezorgd", "weg@brugge.example")
    assert "“Uitnodiging” aan weg@brugge.example kwam terug" in str(case["Wat er gelezen werd"])


def test_a_return_of_what_we_never_sent_opens_no_case(town: Town) -> None:
    sent(town)
    town.dovecot.deliver(town.user, returned("niemand@elders.example", "Message-ID: <x@elders.example>\n"))
    town.run()
    assert town.open_cases() == []
