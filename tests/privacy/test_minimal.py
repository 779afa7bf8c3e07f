"""What is asked is kept, and nothing that people write beside it."""

from __future__ import annotations

from tests.event_sheet.town import Town, person, typed
from tests.privacy.everywhere import holding

JAN = "jan.peeters@damme.example"


def test_an_answer_that_no_form_asks_is_kept_nowhere_but_in_the_mail_as_it_came(town: Town) -> None:
    said = person(Functie="raadslid", Rijksregisternummer="85.07.30-033.28")
    town.mail(JAN, "Inschrijving", typed(said))
    town.run()
    (row,) = town.sheet()
    assert row["Functie"] == "raadslid"
    left = holding(town.folder, "85.07.30", "033.28")
    assert {place.partition(":")[0] for place in left} <= {"raw.data"}
