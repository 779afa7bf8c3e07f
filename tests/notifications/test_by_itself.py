"""What mailbot sends by itself: announcements, digest, alarm."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pypdf
import pytest

from mailbot.config.settings import LANGUAGES, Admin, Settings
from mailbot.domain.announcement import Announcement, Announcing
from mailbot.domain.case import Case, CaseKind, Choice
from mailbot.domain.decision import EventState, Logged, LogLine
from mailbot.domain.done import Done
from mailbot.domain.mail import TO_THE_OFFICE
from mailbot.domain.mailing import Mailing
from mailbot.domain.registration import Removal, Status
from mailbot.domain.statement import Statement, say
from mailbot.notifications import compose
from mailbot.notifications.alarm import alarm
from mailbot.notifications.announcements import announce, text_of
from mailbot.notifications.digest import digest
from mailbot.wording.log import PROPOSED
from tests.notifications.building import BY_ITSELF, EVENT, EXAMPLES, JAN, NOW, mails, person


@pytest.mark.parametrize("name", [name for name in EXAMPLES if name.startswith("announce-")])
def test_an_announcement_answers_nobody_and_its_key_holds_event_version_kind_and_person(
    name: str, installed: Settings
) -> None:
    for mail in mails(name, installed):
        assert mail.outcome is None
        assert mail.in_reply_to == ""
        if not mail.calendar:
            assert mail.key == f"{EVENT}/abcd1234/{name}/{mail.to.email}"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", [Announcing.REMINDER, Announcing.AGAIN])
def test_the_text_that_is_proposed_is_the_one_that_the_mail_has_without_one(
    kind: Announcing, language: str, in_language: Callable[[str], Settings]
) -> None:
    configured = in_language(language)
    words = text_of(kind, configured)
    assert words
    decision, _ = EXAMPLES[f"announce-{kind}"]
    assert decision.announce
    without, *_ = announce(replace(decision.announce, text=""), configured, NOW)
    same, *_ = announce(replace(decision.announce, text=words), configured, NOW)
    assert (same.text, same.html) == (without.text, without.html)
    hers, *_ = announce(replace(decision.announce, text="Graag."), configured, NOW)
    assert "Graag." in hers.text and words not in hers.text


def test_mails_to_the_office_are_known_as_such(installed: Settings) -> None:
    assert {mail.kind for drawn in BY_ITSELF.values() for mail in drawn(installed)} == TO_THE_OFFICE


def test_people_who_share_an_address_get_an_announcement_once(installed: Settings) -> None:
    decision, _ = EXAMPLES["announce-practical"]
    assert decision.announce
    two = tuple(person(f"INS-000{n}", n * "A", "Claes", "onthaal@damme.example") for n in (1, 2))
    (mail,) = compose(replace(decision, announce=replace(decision.announce, to=two)), None, installed, NOW)
    assert mail.nrs == ("INS-0001", "INS-0002")
    assert "A Claes en AA Claes" in mail.text


def test_the_question_about_a_new_date_belongs_to_the_new_event(installed: Settings) -> None:
    mail = next(m for m in mails("announce-replaced", installed) if not m.calendar)
    assert (mail.event, mail.asks) == ("kis-2026-4", "new-date")
    assert "donderdag 17 december 2026" in mail.text
    assert "“ja” of “neen”" in mail.text


def test_a_certificate_names_who_was_where_and_when(installed: Settings) -> None:
    (file,) = mails("announce-thanks", installed)[1].attachments
    assert file.name == "Attest van deelname Jan Peeters.pdf"
    page = pypdf.PdfReader(io.BytesIO(file.data)).pages[0].extract_text()
    for said in (
        "Jan Peeters",
        "Oostkamp",
        "Kennisplatform Intergemeentelijk Samenwerken",
        "3 december 2026",
        "Uitgereikt door",
        installed.signed,
        installed.events["kis-2026-3"].contacts[0].name,
    ):
        assert said in page


def test_a_digest_tells_what_is_new_and_what_waits(installed: Settings) -> None:
    (mail,) = BY_ITSELF["digest"](installed)
    for said in (
        "- Ingeschreven: Jan Peeters, Els Maes",
        "- Verontschuldigd: Bob De Wit",
        "- Vraag: Jan Peeters (Oostkamp)",
        "Ingeschreven: 2",
        "2 gewone mails wachten op een antwoord van u, in “Postvak”",
    ):
        assert said in mail.text
    assert not mail.attachments


def test_nothing_new_is_no_digest(installed: Settings) -> None:
    state = EventState(EVENT, (JAN,), (), (), NOW)
    assert list(digest((state,), (), NOW + timedelta(hours=1), installed, NOW)) == []


@pytest.mark.parametrize(
    ("what", "told"),
    [
        (say(Done.ANSWER_MOVED, label="Functie", old="x", new="y"), "Jan Peeters (gewijzigd)"),
        (say(Done.STATUS_GIVEN, status="Ingeschreven"), "Jan Peeters"),
        (say(Done.SEVERAL, changes=(say(Done.STATUS_MOVED, old="Wachtlijst", new="x"),)), "Jan Peeters"),
    ],
)
def test_who_stood_there_before_is_marked_as_changed(what: Statement, told: str, installed: Settings) -> None:
    row = replace(JAN, received=NOW - timedelta(days=9))
    log = (Logged(NOW, LogLine("an@damme.example", what, "", row.nr, EVENT)),)
    (mail,) = digest((EventState(EVENT, (row,), (), log, NOW),), (), NOW - timedelta(days=1), installed, NOW)
    assert f"- Ingeschreven: {told}\n" in mail.text


@pytest.mark.parametrize("more", [(), (say(Done.ANSWER_MOVED, label="Functie", old="x", new="y"),)])
def test_who_only_got_their_confirmation_is_not_marked_as_changed(
    more: tuple[Statement, ...], installed: Settings
) -> None:
    row = replace(JAN, received=NOW - timedelta(days=9))
    said = (say(Done.CONFIRMATION_SENT), *more)
    log = tuple(Logged(NOW, LogLine("Secretariaat", what, "", row.nr, EVENT)) for what in said)
    found = list(digest((EventState(EVENT, (row,), (), log, NOW),), (), NOW - timedelta(1), installed, NOW))
    assert [mail.text.count("Jan Peeters (gewijzigd)") for mail in found] == [1] * len(more)


def test_what_waits_since_before_the_last_digest_makes_none_of_its_own(installed: Settings) -> None:
    """As the handbook says: it stays in its sheet, and in the next digest that brings something new."""
    held = Case(CaseKind.QUESTION, "Jan Peeters", "", (Choice.DONE,), NOW, EVENT)
    state = EventState(EVENT, (), (held,), (), NOW)
    assert list(digest((state,), (), NOW + timedelta(hours=1), installed, NOW)) == []
    (mail,) = digest((state,), (), NOW - timedelta(hours=1), installed, NOW)
    assert "Jan Peeters" in mail.text


@pytest.mark.parametrize("removed", list(Removal))
def test_who_was_struck_is_counted_and_named_in_no_digest(removed: Removal, installed: Settings) -> None:
    struck = replace(JAN, nr="INS-0099", status=Status.CANCELLED, removed=removed)
    state = EventState(EVENT, (JAN, struck), (), (), NOW)
    (mail,) = digest((state,), (), NOW - timedelta(days=1), installed, NOW)
    assert "Ingeschreven" in mail.text
    assert "Afgemeld" not in mail.text


def test_the_same_trouble_is_one_alarm(installed: Settings) -> None:
    first = alarm("mailbox main", "nothing listens there", NOW, installed, NOW)
    again = alarm("mailbox main", "still nothing", NOW, installed, NOW + timedelta(hours=1))
    assert first
    assert again
    assert first.key == again.key


def test_without_an_administrator_the_secretariat_reads_one_plain_sentence(installed: Settings) -> None:
    told = alarm("mailbox main", "OSError: [Errno 111]", NOW, installed, NOW)
    assert told
    assert "Verwittig wie uw computers beheert." in told.text
    assert re.search(r"mailbot kan sinds [0-9]+\.[0-9]{2} uur geen mail ophalen\.", told.text)
    assert not re.search(r"Errno|explain|status|check|main", told.text)


def test_an_administrator_reads_what_the_log_says_in_their_own_language(installed: Settings) -> None:
    admin = replace(installed, admin=Admin(address="it@example.org", language="en"))
    told = alarm("smtp", "connection refused", NOW, admin, NOW)
    assert told
    assert told.to.email == "it@example.org"
    assert "cannot send mail" in told.text
    assert "connection refused" in told.text


def test_the_digest_names_ordinary_mail_and_says_the_longest_waiting_case_first(installed: Settings) -> None:
    old = Case(CaseKind.LATE, "Els Maes", "", (Choice.ACCEPT,), NOW - timedelta(days=3), EVENT)
    new = Case(CaseKind.QUESTION, "Jan Peeters", "", (Choice.DONE,), NOW, EVENT)
    mails = [(f"Vrager {number}", f"Vraag {number}") for number in range(7)]
    state = EventState(EVENT, (), (new, old), (), NOW)
    (mail,) = digest((state,), mails, NOW - timedelta(days=1), installed, NOW)
    assert mail.text.index("Els Maes") < mail.text.index("Jan Peeters")
    assert "7 gewone mails wachten" in mail.text
    assert "Vrager 4: Vraag 4" in mail.text
    assert "Vrager 5" not in mail.text


def test_cases_of_strangers_hide_none_about_who_is_registered_in_the_digest(installed: Settings) -> None:
    strangers = tuple(
        Case(CaseKind.UNCLEAR, f"Vreemde {number:02}", "", (Choice.DONE,), NOW - timedelta(days=9), EVENT)
        for number in range(40)
    )
    about = Case(CaseKind.UNRELATED, "Jan Peeters", "", (Choice.ACCEPT,), NOW, EVENT, registration="INS-0001")
    state = EventState(EVENT, (), (*strangers, about), (), NOW)
    (mail,) = digest((state,), (), NOW - timedelta(days=1), installed, NOW)
    assert mail.text.index("Jan Peeters") < mail.text.index("Vreemde 00")
    assert "Vreemde 25" not in mail.text
    assert "en nog 15" in mail.text


def test_cases_about_some_who_are_registered_hide_none_about_another(installed: Settings) -> None:
    def case(who: str, number: int, days: int) -> Case:
        opened = NOW - timedelta(days=days)
        return Case(
            CaseKind.UNRELATED, who, "", (Choice.ACCEPT,), opened, EVENT, registration=f"INS-{number:04}"
        )

    flood = [case(f"Deelnemer {number:02}", number, 9) for number in range(1, 61) for _ in range(3)]
    last = case("Jan Peeters", 99, 0)
    over = NOW + timedelta(days=900)
    for now in (NOW, over):  # after the event all of them are closed, and named for the last time
        state = EventState(EVENT, (), (*flood, last), (), now)
        (mail,) = digest((state,), (), now - timedelta(days=1), installed, now)
        assert all(
            f"Deelnemer {number:02} (en nog 2 over dezelfde persoon)" in mail.text for number in range(1, 61)
        )
        assert "Jan Peeters" in mail.text


def test_the_digest_carries_no_page_of_a_stranger(installed: Settings) -> None:
    about = Case(CaseKind.QUESTION, "www.evil.example <eve@evil.example>", "", (Choice.DONE,), NOW, EVENT)
    state = EventState(EVENT, (), (about,), (), NOW)
    mails = [("Eve Boone", "Uw wachtwoord vervalt: https://evil.example/klik")]
    (mail,) = digest((state,), mails, NOW - timedelta(days=1), installed, NOW)
    assert "Eve Boone: …" in mail.text
    assert not [page for page in ("evil.example/klik", "www.evil") if page in mail.text + mail.html]


def test_contacts_and_the_secretaries_own_addresses_are_links_and_references_unbroken(
    installed: Settings,
) -> None:
    (decision, _), contact = EXAMPLES["announce-written"], installed.events["kis-2026-3"].contacts[0]
    letter = decision.announce
    assert letter is not None
    text = "Zie https://wvi.example/kis. Of mail <b>an@wvi.example</b>."
    said = replace(decision, announce=replace(letter, text=text))
    html = compose(said, None, installed, NOW)[0].html
    assert '<a href="https://wvi.example/kis" ' in html
    assert '&lt;b&gt;<a href="mailto:an@wvi.example" ' in html
    assert f'href="mailto:{contact.email}"' in html
    assert f'href="tel:{re.sub(r"[^0-9+]", "", contact.phone)}"' in html
    assert '<span style="white-space:nowrap;">INS-' in html


@pytest.mark.parametrize(("days", "said"), [(-12, False), (-11, True), (0, True)])
def test_what_may_be_a_registration_leads_the_digest_as_the_deadline_nears(
    installed: Settings, days: int, said: bool
) -> None:
    event = installed.events[EVENT]
    assert event.starts
    now = event.starts.replace(hour=9, tzinfo=installed.zone) + timedelta(days=days)
    may_be = Case(CaseKind.PERHAPS, "An Bos", "", (Choice.ACCEPT,), NOW, EVENT)
    late = Case(CaseKind.LATE, "Els Maes", "", (Choice.ACCEPT,), NOW - timedelta(days=3), EVENT)
    (mail,) = digest((EventState(EVENT, (), (late, may_be), (), now),), (), NOW, installed, now)
    assert ("Beslist u nog over deze mails?" in mail.text) is said
    assert (mail.text.index("An Bos") < mail.text.index("Els Maes")) is said
    assert mail.text.count("An Bos") == 1


def test_cases_that_press_beyond_those_listed_are_counted(installed: Settings) -> None:
    event = installed.events[EVENT]
    assert event.starts
    now = event.starts.replace(hour=9, tzinfo=installed.zone) - timedelta(days=1)
    pressing = tuple(
        Case(CaseKind.PERHAPS, f"Vreemde {number:02}", "", (Choice.ACCEPT,), NOW, EVENT)
        for number in range(40)
    )
    (mail,) = digest((EventState(EVENT, (), pressing, (), now),), (), NOW, installed, now)
    assert "Beslist u nog over deze mails?" in mail.text
    assert ("Vreemde 24" in mail.text, "Vreemde 25" in mail.text) == (True, False)
    assert "en nog 15" in mail.text


def test_what_was_not_decided_is_named_once_the_event_is_over(installed: Settings) -> None:
    may_be = Case(CaseKind.PERHAPS, "An Bos", "", (Choice.ACCEPT,), NOW, "", (EVENT,))
    now = NOW + timedelta(days=400)
    (mail,) = digest((EventState("", (), (may_be,), (), now),), (), now, installed, now)
    assert "de bijeenkomst is voorbij. mailbot sluit het af" in mail.text
    assert mail.text.count("An Bos") == 1


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("Beste\n\nWij bestellen broodjes.", "Wij bestellen broodjes."),
        ("Beste collega's,\nWij bestellen broodjes.", "Wij bestellen broodjes."),
        ("Dag van de buren\n\nWij bestellen broodjes.", "Dag van de buren\n\nWij bestellen broodjes."),
        ("Beste", "Beste"),
    ],
)
def test_a_greeting_that_she_types_does_not_stand_below_ours(
    typed: str, said: str, installed: Settings
) -> None:
    letter = Announcement(Announcing.WRITTEN, EVENT, "v1", to=(JAN,), subject="Broodjes", text=typed)
    (mail, *_) = announce(letter, installed, NOW)
    assert mail.text.startswith(f"Beste Jan Peeters\n\n{said}\n")


@pytest.mark.parametrize(
    ("typed", "body", "signed"),
    [
        ("Tot dan.\n\nMet vriendelijke groeten\nGriet", "Tot dan.", "Griet, Secretariaat WVI"),
        ("Tot dan.\n\nMvg,\nGriet Boon\nSecretariaat WVI", "Tot dan.", "Griet Boon, Secretariaat WVI"),
        ("Tot dan.\nMet vriendelijke groet", "Tot dan.", "Secretariaat WVI"),
        ("Tot dan.\n\nFijne dag nog!\nGriet", "Tot dan.\n\nFijne dag nog!", "Griet, Secretariaat WVI"),
        ("Breng de groeten mee.", "Breng de groeten mee.", "Secretariaat WVI"),
    ],
)
def test_a_mail_to_many_is_signed_once_also_by_who_signs_in_its_text(
    typed: str, body: str, signed: str, installed: Settings
) -> None:
    named = replace(
        installed, secretariat=installed.secretariat.model_copy(update={"name": "Secretariaat WVI"})
    )
    letter = Announcement(Announcing.WRITTEN, EVENT, "v1", to=(JAN,), subject="Broodjes", text=typed)
    (mail,) = announce(letter, named, NOW)
    assert f"\n{body}\n\nWanneer" in mail.text
    assert mail.text.count("groet") == 1 + body.count("groet")
    assert f"Met vriendelijke groeten\n{signed}\n" in mail.text


def test_the_digest_tells_who_gave_no_name_by_their_organisation_or_address(installed: Settings) -> None:
    nameless = replace(
        JAN, status=Status.INCOMPLETE, answers={"attends": True}, sender="lieve@oostkamp.example"
    )
    body = replace(nameless, nr="INS-0009", answers={"organisation": "Oostkamp"})
    state = EventState(EVENT, (nameless, body), (), (), NOW)
    (mail,) = digest((state,), (), NOW - timedelta(days=1), installed, NOW)
    assert "- Onvolledig: lieve@oostkamp.example, Oostkamp" in mail.text
    assert "INS-" not in mail.text


@pytest.mark.parametrize(
    ("kind", "last"),
    [
        (Announcing.REMINDER, 3),  # the deadline itself
        (Announcing.PRACTICAL, 13),  # the morning of the meeting
        (Announcing.AGAIN, 13),
        (Announcing.THANKS, 43),
    ],
)
def test_a_mail_to_many_is_no_more_asked_for_once_there_is_no_reason_to(
    kind: Announcing, last: int, installed: Settings
) -> None:
    def proposes(days: int, **facts: object) -> bool:
        now = NOW + timedelta(days=days)
        ready = Mailing(EVENT, "x", now, kind=kind)
        state = EventState(EVENT, (replace(JAN, received=now),), (), (), now, mailings=(ready,))
        event = installed.events[EVENT].model_copy(update=facts)
        known = replace(installed, events={**installed.events, EVENT: event})
        (mail,) = digest((state,), (), now - timedelta(hours=1), known, now)
        return PROPOSED[kind] in mail.text

    assert proposes(last)
    assert not proposes(last + 1)
    assert not proposes(last, cancelled=True)


def test_a_cancelled_meeting_is_told_with_her_reason_first_and_marked_in_the_digest(
    installed: Settings,
) -> None:
    off = installed.events[EVENT].model_copy(update={"cancelled": True})
    known = replace(installed, events={**installed.events, EVENT: off})
    letter = Announcement(Announcing.CANCELLED, EVENT, "v1", to=(JAN,), remark="De spreker is ziek.")
    (mail,) = (one for one in announce(letter, known, NOW) if not one.calendar)
    assert mail.text.index("gaat niet door") < mail.text.index("De spreker is ziek.") < mail.text.index("Was")
    assert mail.text.count("De spreker is ziek.") == 1
    (told,) = digest((EventState(EVENT, (JAN,), (), (), NOW),), (), NOW - timedelta(days=9), known, NOW)
    assert f"{off.title}, donderdag 3 december 2026 (gaat niet door)\n" in told.text
    (going,) = digest((EventState(EVENT, (JAN,), (), (), NOW),), (), NOW - timedelta(days=9), installed, NOW)
    assert "Ingeschreven: 1" in going.text
    assert "Ingeschreven: 1" not in told.text  # nobody comes to it
