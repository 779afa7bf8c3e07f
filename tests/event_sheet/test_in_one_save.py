"""Several decisions that she saves at once: each is carried out with the others, and nothing that she wrote
to somebody is lost."""

from __future__ import annotations

from email.message import EmailMessage

from openpyxl import load_workbook

from tests.event_sheet.test_waiting_list import come, standing
from tests.event_sheet.town import Town, answers, in_days, plain, rows


def choose(town: Town, *decisions: tuple[str, str, str]) -> list[EmailMessage]:
    """Types decisions in one save (the words of the row, what she chooses, her Toelichting), and gives the
    answers that went out."""
    book = load_workbook(town.workbook())
    sheet = book["Te behandelen"]
    columns = {cell.value: cell.column for cell in sheet[1]}
    for about, choice, remark in decisions:
        rows = range(2, sheet.max_row + 1)
        (at,) = (at for at in rows if about in " ".join(str(cell.value) for cell in sheet[at][:6]))
        sheet.cell(at, columns["Beslissing"]).value = choice
        sheet.cell(at, columns["Toelichting"]).value = remark
    book.save(town.workbook())
    return answers(town.run())


def said_to(mails: list[EmailMessage], email: str) -> list[str]:
    """The subjects of the mails to an address, without the title of the event."""
    return [str(one["Subject"]).split(":")[0] for one in mails if one["X-Envelope-To"] == email]


def maybe(
    town: Town, name: str, organisation: str, words: str = "Misschien kan ik er niet bij zijn."
) -> None:
    """Somebody writes what she has to decide about."""
    town.mail(f"Jan {name} <{name.lower()}@{organisation.lower()}.example>", "Kennisplatform", words)


def test_who_leaves_the_waiting_list_in_the_same_save_is_not_in_the_way_of_who_waits_behind(
    town: Town,
) -> None:
    town.event(capacity=1)
    come(town, ("Aerts", "Damme"), ("Bos", "Torhout"), ("Claes", "Damme"))
    maybe(town, "Aerts", "Damme")
    maybe(town, "Bos", "Torhout")
    town.run()
    mails = choose(
        town,
        ("Jan Aerts", "afmelden", "Volgende keer beter."),
        ("Jan Bos", "noteren als verontschuldigd", "Jammer dat u niet kunt."),
    )
    assert standing(town) == {"Aerts": "Afgemeld", "Bos": "Verontschuldigd", "Claes": "Ingeschreven"}
    assert said_to(mails, "aerts@damme.example") == ["Afgemeld"]
    assert said_to(mails, "bos@torhout.example") == ["Verontschuldigd"]
    assert said_to(mails, "claes@damme.example") == ["Ingeschreven"]
    assert "Volgende keer beter." in plain(mails[0]) + plain(mails[1])
    assert "Jammer dat u niet kunt." in plain(mails[0]) + plain(mails[1])
    assert town.open_cases() == []


def test_a_place_that_comes_free_goes_to_whom_she_lets_wait_in_the_same_save(town: Town) -> None:
    town.event(capacity=1)
    come(town, ("Aerts", "Damme"))
    town.event(capacity=1, deadline=in_days(-2).date())
    come(town, ("Bos", "Torhout"))
    maybe(town, "Aerts", "Damme")
    town.run()
    mails = choose(
        town,
        ("Onduidelijk", "afmelden", "Volgende keer beter."),
        ("Te laat", "op wachtlijst", "Er is altijd kans."),
    )
    assert standing(town) == {"Aerts": "Afgemeld", "Bos": "Ingeschreven"}
    assert said_to(mails, "aerts@damme.example") == ["Afgemeld"]
    assert said_to(mails, "bos@torhout.example") == ["Op de wachtlijst", "Ingeschreven"]
    assert town.open_cases() == []


def test_two_decisions_that_contradict_keep_what_she_wrote_beside_the_second(town: Town) -> None:
    come(town, ("Aerts", "Damme"))
    maybe(town, "Aerts", "Damme")
    maybe(town, "Aerts", "Damme", "Wellicht moet ik passen, zeker is dat niet.")
    town.run()
    (told,) = choose(
        town,
        ("Misschien", "afmelden", "Volgende keer beter."),
        ("Wellicht", "noteren als verontschuldigd", "Jammer dat u niet kunt."),
    )
    assert "Volgende keer beter." in plain(told)
    (row,) = town.open_cases()
    assert "U besliste in één keer twee verschillende dingen" in row["Wat er gelezen werd"]
    assert (row["Beslissing"], row["Toelichting"]) == (None, "Jammer dat u niet kunt.")
    (told,) = choose(town, ("Wellicht", "antwoord sturen", row["Toelichting"]))
    assert "Jammer dat u niet kunt." in plain(told)
    assert town.open_cases() == []


def test_the_same_decision_about_two_mails_of_one_person_answers_both(town: Town) -> None:
    come(town, ("Aerts", "Damme"))
    maybe(town, "Aerts", "Damme")
    maybe(town, "Aerts", "Damme", "Wellicht moet ik passen, zeker is dat niet.")
    town.run()
    mails = choose(
        town,
        ("Misschien", "afmelden", "Volgende keer beter."),
        ("Wellicht", "afmelden", "Jammer dat u niet kunt."),
    )
    written = "\n".join(map(plain, mails))
    assert "Volgende keer beter." in written
    assert "Jammer dat u niet kunt." in written
    assert town.open_cases() == []


def test_what_she_wrote_stays_where_a_decision_cannot_be_carried_out(town: Town) -> None:
    town.event(deadline=in_days(-2).date())
    come(town, ("Bos", "Torhout"))
    before = town.workbook().read_bytes()
    town.mail("bos@torhout.example", "Kennisplatform", "Ik kom niet.")
    town.run()
    assert town.open_cases() == []
    town.workbook().write_bytes(before)  # she had it open, and decides what is settled by now
    assert choose(town, ("Te laat", "aanvaarden", "Welkom, maar wees op tijd.")) == []
    (row,) = town.open_cases()
    assert "dat geval was al afgesloten" in row["Wat er gelezen werd"]
    assert row["Toelichting"] == "Welkom, maar wees op tijd."


def type_people(town: Town, *names: str) -> None:
    """Types people below those on the sheet of registrations."""
    below = len(town.sheet()) + 2
    for at, name in enumerate(names, start=below):
        town.type_in({(at, "Naam"): name, (at, "Voornaam"): "Wim", (at, "Gemeente/OCMW"): "Damme"})


def one_place_for_bos(town: Town, *behind: tuple[str, str]) -> None:
    """Aerts came, one of two places is free, and Bos waits for it, with others ``behind``."""
    town.event(capacity=1)
    come(town, ("Aerts", "Damme"), ("Bos", "Torhout"), *behind)
    town.event(capacity=2)
    town.run()


def test_a_free_place_that_she_gives_goes_before_people_whom_she_types_in_the_same_save(town: Town) -> None:
    one_place_for_bos(town)
    type_people(town, "Claes", "Dams")
    (told,) = choose(town, ("Vrijgekomen plaats", "aanvaarden", "Tot dan!"))
    assert (told["X-Envelope-To"], "Tot dan!" in plain(told)) == ("bos@torhout.example", True)
    assert set(standing(town).items()) == {
        (name, "Ingeschreven") for name in ("Aerts", "Bos", "Claes", "Dams")
    }
    (row,) = town.open_cases()  # both are in by her own hand, and she is told what that makes
    assert row["Wat er gelezen werd"] == "4 plaatsen ingenomen, en er zijn er 2. Niemand is geschrapt."


def test_whom_she_types_has_the_place_that_comes_free_beside_one_that_she_gives(town: Town) -> None:
    one_place_for_bos(town, ("Claes", "Damme"))
    maybe(town, "Aerts", "Damme")
    town.run()
    type_people(town, "Dams")
    choose(town, ("Onduidelijk", "afmelden", ""), ("Vrijgekomen plaats", "aanvaarden", ""))
    assert standing(town) == {
        "Aerts": "Afgemeld", "Bos": "Ingeschreven", "Claes": "Wachtlijst", "Dams": "Ingeschreven",
    }  # fmt: skip
    assert town.open_cases() == []


def test_a_place_that_is_gone_when_she_gives_it_is_told_without_a_word_of_a_free_place(town: Town) -> None:
    one_place_for_bos(town, ("Claes", "Damme"))
    at = [row["Naam"] for row in town.sheet()].index("Claes") + 2
    town.type_in({(at, "Status"): "Ingeschreven"})
    assert choose(town, ("Vrijgekomen plaats", "aanvaarden", "Tot dan!")) == []
    assert standing(town) == {"Aerts": "Ingeschreven", "Bos": "Wachtlijst", "Claes": "Ingeschreven"}
    (row,) = town.open_cases()
    assert row["Wat er gelezen werd"].startswith(
        "Uw aanvaarden kon niet, want intussen is er geen plaats meer: de bijeenkomst is volzet (2 plaatsen)."
    )
    assert "Er is plaats" not in row["Wat er gelezen werd"]
    assert (row["Wie"], row["Toelichting"]) == ("Jan Bos (Torhout)", "Tot dan!")


def test_whom_she_takes_off_in_one_workbook_is_not_put_back_by_another_of_the_same_moment(town: Town) -> None:
    come(town, ("Aerts", "Damme"))
    again = {"Naam": "Aerts", "Voornaam": "Jan", "Gemeente/OCMW": "Damme", "E-mail": "aerts@damme.example"}
    town.type_in({(3, header): value for header, value in again.items()})
    town.mail("Onthaal <info@brugge.example>", "Telefoon", "Dag,\n\nBelt u Piet eens terug?\n\nOnthaal")
    town.run()
    town.type_in({(2, "Beslissing"): "afmelden", (2, "Voor wie"): "Jan Aerts"}, "Postvak", "Te behandelen")
    town.decide("U typte Jan Aerts", "zelfde persoon")
    assert "Afgemeld" in {str(one["Subject"]).split(":")[0] for one in town.run()}
    assert standing(town) == {"Aerts": "Afgemeld"}


def postvak(town: Town, choice: str, who: str) -> None:
    """Decides about the one mail of Postvak."""
    town.type_in({(2, "Beslissing"): choice, (2, "Voor wie"): who}, "Postvak", "Te behandelen")


def test_two_decisions_in_two_workbooks_that_contradict_do_one_and_tell_of_the_other(town: Town) -> None:
    town.event(deadline=in_days(-2).date())
    come(town, ("Aerts", "Damme"))
    town.mail("Onthaal <info@brugge.example>", "Telefoon", "Dag,\n\nBelt u Piet eens terug?\n\nOnthaal")
    town.run()
    postvak(town, "afmelden", "Jan Aerts")
    town.decide("Te laat", "aanvaarden")
    mails = town.run()
    assert said_to(mails, "aerts@damme.example") == ["Ingeschreven", "In uw agenda"]
    assert standing(town) == {"Aerts": "Ingeschreven"}
    (row,) = rows(town.workbook("Te behandelen"), "Te behandelen")
    assert "U besliste in één keer twee verschillende dingen over INS-0001" in str(row)
    assert "“afmelden” hier gebeurde niet" in str(row)


def test_a_status_that_she_typed_stands_against_a_decision_in_postvak_of_the_same_moment(town: Town) -> None:
    come(town, ("Aerts", "Damme"))
    town.mail("Onthaal <info@brugge.example>", "Telefoon", "Dag,\n\nBelt u Piet eens terug?\n\nOnthaal")
    town.run()
    postvak(town, "afmelden", "Jan Aerts")
    town.type_in({(2, "Status"): "Wachtlijst"})
    assert "Afgemeld" not in said_to(town.run(), "aerts@damme.example")
    assert standing(town) == {"Aerts": "Wachtlijst"}
    (row,) = rows(town.workbook("Te behandelen"), "Te behandelen")
    assert "“afmelden” hier gebeurde niet" in str(row)


def test_that_somebody_is_the_same_person_says_nothing_of_their_coming(town: Town) -> None:
    come(town, ("Aerts", "Damme"))
    again = {"Naam": "Aerts", "Voornaam": "Jan", "Gemeente/OCMW": "Damme", "E-mail": "aerts@damme.example"}
    town.type_in({(3, header): value for header, value in again.items()})
    maybe(town, "Aerts", "Damme")
    town.run()
    mails = choose(town, ("U typte", "zelfde persoon", ""), ("Misschien", "afmelden", "Tot later."))
    assert said_to(mails, "aerts@damme.example") == ["Afgemeld"]
    assert standing(town) == {"Aerts": "Afgemeld"}
    assert town.open_cases() == []
