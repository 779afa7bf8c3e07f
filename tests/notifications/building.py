"""Settings, people and decisions to compose mails from: one example of every kind of mail."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from mailbot.config.loader import load
from mailbot.config.settings import Admin, Settings
from mailbot.domain.announcement import Announcement, Announcing, EventFacts
from mailbot.domain.case import Case, CaseKind, Choice
from mailbot.domain.decision import Ask, Decision, EventState, Note, Outcome, Result
from mailbot.domain.document import ParseStatus
from mailbot.domain.doubt import Reason
from mailbot.domain.mail import Mail
from mailbot.domain.message import Address, Arrival, Message
from mailbot.domain.registration import Change, Registration, Removal, Status
from mailbot.domain.settled import SentMail
from mailbot.domain.statement import Says, say
from mailbot.domain.submission import Code, Problem
from mailbot.notifications import compose
from mailbot.notifications.alarm import alarm, mended
from mailbot.notifications.digest import digest

NOW = datetime(2026, 11, 20, 9, 12, tzinfo=UTC)
EVENT = "kis-2026-3"
SENDER = Address("jan.peeters@oostkamp.example", "Jan Peeters")

_CONFIGURATION = """
language = "{language}"
forms_dir = "forms"
forwarders = ["partner@wvi.example"]
[[mailbox]]
name = "main"
host = "127.0.0.1"
since = 2026-09-01
address = "Secretariaat <inschrijvingen@wvi.example>"
[smtp]
host = "127.0.0.1"
security = "none"
[secretariat]
address = "secretariaat@wvi.example"
"""

_EVENT = """
id = "{id}"
title = "Kennisplatform Intergemeentelijk Samenwerken"
starts = {starts}
ends = 2026-12-{day}T17:00:00
place = "OC De Kleine Beer, C. Marichalstraat 5, 8730 Beernem"
form = "kennisplatform"
deadline = 2026-11-23
calendar = "{calendar}"
practical = '''Parkeren kan gratis achter het gebouw.

Het onthaal is open vanaf 13.30 uur.'''
thanks = "De presentaties vindt u binnenkort op onze website."
certificate = true
[[contacts]]
name = "An Claes"
phone = "050 12 34 56"
email = "an.claes@wvi.example"
"""


def settings(root: Path, language: str = "nl", calendar: str = "invite") -> Settings:
    """Settings of an installation with two events under ``root``."""
    (root / "events").mkdir(parents=True, exist_ok=True)
    (root / "mailbot.toml").write_text(_CONFIGURATION.format(language=language), encoding="utf-8")
    for event, day in ((EVENT, "03"), ("kis-2026-4", "17")):
        text = _EVENT.format(id=event, starts=f"2026-12-{day}T14:00:00", day=day, calendar=calendar)
        (root / "events" / f"{event}.toml").write_text(text, encoding="utf-8")
    (root / "events" / "aankoop.toml").write_text(
        'id = "aankoop"\ntitle = "Gezamenlijke aankoop strooizout"\nform = "gezamenlijke-aankoop"\n',
        encoding="utf-8",
    )
    return load(root / "mailbot.toml")


def arrival(sender: Address = SENDER, **message: object) -> Arrival:
    """A message that arrived by the first mailbox."""
    made = Message("<m1@oostkamp.example>", sender, "Inschrijving", NOW, references=("<a@wvi.example>",))
    return Arrival(7, "main", NOW, replace(made, **message))  # type: ignore[arg-type]  # any of its fields


def person(
    nr: str, first: str, last: str, email: str, status: Status = Status.REGISTERED, **fields: object
) -> Registration:
    """Somebody of Oostkamp, registered by Jan Peeters."""
    answers = {"last_name": last, "first_name": first, "role": "schepen", "organisation": "Oostkamp"}
    answers |= {"email": email} if email else {}
    made = Registration(
        nr=nr,
        event=EVENT,
        status=status,
        answers={**answers, "phone": "0478 12 34 56", "attends": True, "diet": "vegetarisch"},
        received=NOW,
        arrived=NOW,
        changed=NOW,
        sender=SENDER.email,
        message=7,
    )
    return replace(made, **fields)  # type: ignore[arg-type]  # any of its fields


JAN = person("INS-0001", "Jan", "Peeters", SENDER.email)
ELS = person("INS-0002", "Els", "Maes", "els.maes@oostkamp.example")
BOB = person("INS-0003", "Bob", "De Wit", "")


def decided(outcome: Outcome, *results: Result, **fields: object) -> Decision:
    """A decision about the event."""
    return replace(Decision(outcome, EVENT, results), **fields)  # type: ignore[arg-type]  # any field


def result(outcome: Outcome, after: Registration, **fields: object) -> Result:
    """What became of one person, all of whose answers they may see, and who registered them the others
    that are not sensitive."""
    all_of_it = frozenset(after.answers) | {"organisation"}
    visible = {SENDER.email: all_of_it - {"diet", "plate"}, str(after.answers.get("email", "")): all_of_it}
    return replace(Result(outcome, after, visible=visible, held=visible), **fields)  # type: ignore[arg-type]  # any of its fields


def _announcement(kind: Announcing, **fields: object) -> Decision:
    before = EventFacts(
        EVENT,
        "Kennisplatform Intergemeentelijk Samenwerken",
        datetime(2026, 11, 26, 14),  # noqa: DTZ001  local, as in the event file
        datetime(2026, 11, 26, 17),  # noqa: DTZ001
        "Stadhuis, Brugge",
    )
    made = Announcement(kind, EVENT, "abcd1234", (replace(JAN, sequence=0), ELS), before=before)
    return Decision(Outcome.NO_FORM, EVENT, announce=replace(made, **fields))  # type: ignore[arg-type]


def _examples() -> dict[str, tuple[Decision, Arrival | None]]:
    gone = replace(JAN, status=Status.CANCELLED, sequence=0, replaced_by="INS-0002")
    seated = replace(JAN, sequence=0)
    doubt = Problem(0, "diet", Code.UNSURE, Reason.BROKEN_OFF, "vegetansch")
    asked = (
        Problem(0, "email", Code.INVALID, Reason.NO_EMAIL, "jan.peeters@oostkamp"),
        Problem(0, "organisation", Code.MISSING, Reason.MISSING),
    )
    guessed = (Problem(0, "last_name", Code.UNSURE, Reason.FROM_SENDER, "Peeters"),)
    incomplete = replace(JAN, status=Status.INCOMPLETE)
    waiting = replace(JAN, status=Status.WAITLISTED, reason=say(Says.FULL, count=120))
    changes = (Change("diet", "vegetarisch", "glutenvrij"), Change("phone", None, "0478 12 34 56"))
    mail = arrival()
    return {
        "registered": (
            decided(
                Outcome.REGISTERED,
                result(Outcome.REGISTERED, JAN, problems=(doubt,), notes=(Note.DOUBTED,)),
                question="Is er parking?",
            ),
            mail,
        ),
        "registered-many": (
            decided(
                Outcome.REGISTERED,
                *(result(Outcome.REGISTERED, p) for p in (JAN, ELS, BOB)),
            ),
            mail,
        ),
        "promoted": (
            decided(
                Outcome.REGISTERED,
                result(Outcome.REGISTERED, JAN, before=waiting, notes=(Note.PROMOTED,)),
            ),
            None,
        ),
        "waitlisted": (
            decided(Outcome.WAITLISTED, result(Outcome.WAITLISTED, waiting, reason=waiting.reason)),
            mail,
        ),
        "late": (
            decided(
                Outcome.LATE,
                result(Outcome.LATE, replace(JAN, status=Status.LATE), remark="Volgende keer bent u welkom."),
            ),
            replace(mail, received=datetime(2026, 11, 23, 23, 0, 5, tzinfo=UTC)),
        ),
        "substituted": (
            decided(
                Outcome.SUBSTITUTED,
                result(Outcome.SUBSTITUTED, gone, before=seated),
                result(Outcome.REGISTERED, replace(ELS, replaces="INS-0001")),
            ),
            mail,
        ),
        "changed": (
            decided(
                Outcome.CHANGED,
                result(Outcome.CHANGED, seated, before=seated, changes=changes, notes=(Note.AFTER_DEADLINE,)),
            ),
            mail,
        ),
        "readdressed": (
            decided(
                Outcome.CHANGED,
                result(
                    Outcome.CHANGED,
                    replace(seated, answers={**seated.answers, "email": "jan@elders.example"}),
                    before=seated,
                    notes=(Note.READDRESSED,),
                ),
            ),
            replace(mail, message=replace(mail.message, sender=Address("jan@elders.example"))),
        ),
        "cancelled": (
            decided(Outcome.CANCELLED, result(Outcome.CANCELLED, gone, before=seated)),
            mail,
        ),
        "cancelled-by-file": (
            decided(
                Outcome.CANCELLED,
                result(
                    Outcome.CANCELLED,
                    replace(gone, sequence=0, by_file=True),
                    before=replace(seated, by_file=True),
                ),
            ),
            mail,
        ),
        "excused": (
            decided(Outcome.EXCUSED, result(Outcome.EXCUSED, replace(JAN, status=Status.EXCUSED))),
            mail,
        ),
        "unchanged": (
            decided(Outcome.UNCHANGED, result(Outcome.UNCHANGED, seated, before=seated)),
            mail,
        ),
        "incomplete": (
            decided(Outcome.INCOMPLETE, result(Outcome.INCOMPLETE, incomplete, problems=asked)),
            mail,
        ),
        "incomplete-yes": (
            decided(Outcome.INCOMPLETE, result(Outcome.INCOMPLETE, incomplete, problems=guessed)),
            mail,
        ),
        "summary": (
            decided(
                Outcome.INCOMPLETE,
                result(Outcome.INCOMPLETE, incomplete, problems=asked),
                result(Outcome.REGISTERED, ELS),
                result(Outcome.WAITLISTED, replace(waiting, nr="INS-0009"), reason=waiting.reason),
            ),
            mail,
        ),
        "which": (decided(Outcome.INCOMPLETE, asks=Ask.WHICH), mail),
        "which-returns": (
            decided(
                Outcome.INCOMPLETE,
                *(
                    Result(Outcome.INCOMPLETE, before=replace(one, status=Status.CANCELLED))
                    for one in (JAN, ELS)
                ),
                asks=Ask.WHICH_RETURNS,
            ),
            mail,
        ),
        "readable": (
            decided(
                Outcome.INCOMPLETE,
                asks=Ask.READABLE,
                unread=(("inschrijving.docx", ParseStatus.PROTECTED), ("scan.pdf", ParseStatus.UNREADABLE)),
            ),
            mail,
        ),
        "readable-missing": (
            decided(Outcome.INCOMPLETE, asks=Ask.READABLE, unread=(("", ParseStatus.MISSING),)),
            mail,
        ),
        "readable-linked": (
            decided(Outcome.INCOMPLETE, asks=Ask.READABLE, unread=(("", ParseStatus.LINKED),)),
            mail,
        ),
        "readable-blank": (decided(Outcome.INCOMPLETE, asks=Ask.READABLE), mail),
        "new-date": (decided(Outcome.INCOMPLETE, asks=Ask.NEW_DATE), mail),
        "remark": (
            decided(Outcome.INCOMPLETE, asks=Ask.REMARK, remark="Komt u met twee\nof met drie?"),
            mail,
        ),
        "refused": (decided(Outcome.INCOMPLETE, asks=Ask.REFUSED, remark="De zaal is te klein."), mail),
        "receipt": (decided(Outcome.REVIEW, receipt=True, answer=False), mail),
        "answered": (decided(Outcome.UNCHANGED, asks=Ask.ANSWERED, remark="Ja, er is een lift."), mail),
        "near-start": (
            decided(
                Outcome.CHANGED,
                result(Outcome.CHANGED, seated, before=BOB, changes=changes),
                tell_secretariat=True,
            ),
            mail,
        ),
        "correction": (_correction(), None),
        "announce-moved": (_announcement(Announcing.MOVED), None),
        "announce-cancelled": (_announcement(Announcing.CANCELLED), None),
        "announce-replaced": (_announcement(Announcing.REPLACED, replacing="kis-2026-4"), None),
        "announce-reminder": (
            _announcement(
                Announcing.REMINDER,
                to=(),
                addresses=(Address("info@damme.example", "Damme"),),
                remark="Tot dan.",
            ),
            None,
        ),
        "announce-practical": (_announcement(Announcing.PRACTICAL), None),
        "announce-thanks": (_announcement(Announcing.THANKS), None),
        "announce-again": (_announcement(Announcing.AGAIN, subject="Nieuwe datum"), None),
        "announce-written": (
            _announcement(
                Announcing.WRITTEN,
                addresses=(Address("info@damme.example", "GEMEENTE DAMME"),),
                subject="Uitnodiging",
                text="Graag nodigen wij u uit.\n\nParkeren kan\nachteraan.",
                forms=True,
                certificates=True,
            ),
            None,
        ),
    }


def _correction() -> Decision:
    """Two mails to each of two addresses that no longer hold, about people of every status."""
    rows = [replace(BOB, nr=f"INS-1{at:03}", status=status) for at, status in enumerate(Status)]
    rows.append(replace(BOB, status=Status.CANCELLED, removed=Removal.UNDONE))
    nrs = tuple(row.nr for row in rows)
    mails = [
        SentMail(number, to, subject, "registered", "<een@wvi.example>", nrs, NOW, left=True)
        for number, (to, subject) in enumerate(
            [(BOB.sender, "Ingeschreven"), (BOB.sender, "Afgemeld"), ("els@damme.example", "Te laat")], 1
        )
    ]
    results = tuple(Result(Outcome.of(row.status), row, row, mail=False) for row in rows)
    return Decision(Outcome.UNCHANGED, EVENT, results, answer=False, corrects=tuple(mails))


EXAMPLES = _examples()


def mails(name: str, configured: Settings) -> tuple[Mail, ...]:
    """The mails of one example."""
    decision, message = EXAMPLES[name]
    return compose(decision, message, configured, NOW)


ORDINARY = (("Piet Maes", "Is er parking?"), ("onthaal@damme.example", ""))


def _digest(configured: Settings) -> tuple[Mail, ...]:
    case = Case(CaseKind.QUESTION, "Jan Peeters (Oostkamp)", "Is er parking?", (Choice.DONE,), NOW, EVENT)
    rows = (JAN, ELS, replace(BOB, status=Status.EXCUSED))
    state = EventState(EVENT, rows, (case,), (), NOW)
    return tuple(digest((state,), ORDINARY, NOW - timedelta(days=1), configured, NOW))


def _alarm(configured: Settings) -> tuple[Mail, ...]:
    to_her = [
        alarm(what, "nothing listens there", NOW, configured, NOW)
        for what in ("mailbox main", "smtp", "brake", "workbook kis.xlsx", "rounds", "ledger", "reading")
    ]
    lines = ("De mail van Jan, “Inschrijving”, kreeg geen antwoord.",)
    to_her.append(alarm("reckoning", "op bericht 3 moest geantwoord worden", NOW, configured, NOW, lines))
    admin = replace(configured, admin=Admin(address="beheer@example.org", language=configured.language))
    return (*filter(None, to_her), *filter(None, [alarm("smtp", "connection refused", NOW, admin, NOW)]))


def _mended(configured: Settings) -> tuple[Mail, ...]:
    return tuple(
        made
        for what in ("mailbox main", "smtp", "brake", "workbook kis.xlsx", "rounds", "ledger", "reading")
        if (made := mended(what, NOW, configured, NOW + timedelta(days=1)))
    )


#: Mails that no decision brings about.
BY_ITSELF: dict[str, Callable[[Settings], tuple[Mail, ...]]] = {
    "digest": _digest,
    "alarm": _alarm,
    "mended": _mended,
}
