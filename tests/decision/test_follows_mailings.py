"""A row of ``Berichten``: whom it goes to, what hinders it, and what each choice brings about."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

import pytest

from mailbot.config.settings import Limits, Settings
from mailbot.decision import decide_case
from mailbot.decision.announcements import (
    announcement,
    facts_of,
    payload_of,
    recipients,
    reminded,
    unanswered,
)
from mailbot.decision.lock_scope import MOST, lock_scope, stays_within
from mailbot.decision.mailing_recipients import MailingContext
from mailbot.decision.mailings import (
    decide_mailing,
    first_letter,
    not_carried_out,
    shown,
    thanked,
)
from mailbot.domain.announcement import Announcement, Announcing
from mailbot.domain.case import Case, CaseKind, Choice, Edit, EditKind
from mailbot.domain.decision import Decision, LogLine, Outcome, Result
from mailbot.domain.event import Event
from mailbot.domain.mailing import Mailing, MailingRow, MailingState
from mailbot.domain.message import Address, Bounce, CalendarReply, Message
from mailbot.domain.registration import Registration, Status
from mailbot.domain.statement import Says, say
from mailbot.domain.submission import Intent, Submission, SubmissionKind

from .building import MORNING, clue, event, form_of, known, person, row, settings
from .following import announced, expected, follows, together, value, with_mails

ELS, BO = row(1), row(2, Status.WAITLISTED, name="Bo Claes", email="bo@damme.example")
AN = row(3, Status.EXCUSED, name="An Bos", organisation="Brugge", email="an@brugge.example")
THERE = replace(ELS, attended=True)
SECR = settings()
SECR = replace(SECR, secretariat=SECR.secretariat.model_copy(update={"address": "secr@post.example"}))
FEW = replace(SECR, limits=Limits(mailings_per_day=2))
WRITTEN = MailingRow(id=1, key="1", to="ingeschreven", subject=" Een  welkom ", text=" Tot dan. ", files="")
HELD = Mailing("kis", "1", MORNING, to="ingeschreven", subject="Een welkom", text="Tot dan.", id=1)
GEA = Address("Gea@zwin.example", "Gea")


def context(
    *rows: Registration,
    of: Event | None = None,
    held: tuple[Mailing, ...] = (),
    had: tuple[str, ...] = (),
    today: int = 0,
    config: Settings = SECR,
    now: datetime = MORNING,
) -> MailingContext:
    of = of or event()
    return MailingContext(
        of, rows, held, lambda _: frozenset(had), today, replace(config, events={of.id: of}), now
    )


def so(typed: MailingRow, *rows: Registration, **more: object) -> Callable[[], str]:
    """What a row brings about, and what it then shows."""

    def told() -> str:
        of = context(*rows, **more)  # type: ignore[arg-type]  # a test names what it sets
        decision = decide_mailing(typed, of)
        shows = [f"shows {_shown(shown(one, of, 'Beste'))}" for one in decision.mailings]
        return "\n".join([with_mails(decision, None, of.settings, of.now), *shows])

    return told


def _shown(preview: object) -> str:
    return value({name: getattr(preview, name) for name in ("people", "addresses", "text", "problem")})


def sends(*addresses: str, choice: str = "versturen", **more: object) -> MailingRow:
    typed = replace(WRITTEN, choice=choice, shown=addresses, **more)  # type: ignore[arg-type]  # the same
    (mailing,) = decide_mailing(replace(typed, choice=""), context(ELS)).mailings
    return replace(typed, preview=mailing.preview)


ELS_AT, BO_AT = "els@damme.example", "bo@damme.example"
LISTED = {"to": "Genodigden", "listed": (GEA, Address("x"), Address(ELS_AT, "Els"))}
OVER = datetime.fromisoformat("2026-12-03T16:00:01+00:00")
LIST = event(organisations="brugge")

TO: dict[str, Callable[[], str]] = {
    **{
        to: so(
            replace(WRITTEN, to=to),
            ELS,
            BO,
            AN,
            replace(
                THERE,
                nr="INS-0004",
                status=Status.CANCELLED,
                answers={**ELS.answers, "email": "dea@damme.example"},
            ),
        )
        for to in (
            "ingeschreven",
            "Wachtlijst",
            "verontschuldigd",
            "aanwezig",
            "ingeschreven, wachtlijst",
            "ingeschreven en wachtlijst",
            "wachtlijst;verontschuldigd+aanwezig",
            "iedereen",
            "",
            "genodigd, ingeschreven",
        )
    },
    "nog geen antwoord, of a list": so(replace(WRITTEN, to="nog geen antwoord"), ELS, of=LIST),
    "nog geen antwoord, of nobody asked": so(replace(WRITTEN, to="nog geen antwoord"), ELS),
    "nog geen antwoord, of those invited": so(
        replace(WRITTEN, to="nog geen antwoord"),
        ELS,
        held=(
            replace(
                HELD,
                key="2",
                files="Formulieren",
                state=MailingState.SENT,
                listed=(
                    GEA,
                    Address(ELS_AT),
                    Address("info@damme.example", "Damme"),
                    Address("jan@damme.example"),
                ),
            ),
        ),
    ),
    "those who share an address": so(WRITTEN, ELS, row(5, name="Jan Maes", email=ELS_AT)),
    "who has no address, by who sent them in": so(WRITTEN, row(1, email="", sender="an@brugge.example")),
    "who has no address at all": so(WRITTEN, row(1, email="", sender="secretariaat")),
    "who has our own address": so(WRITTEN, row(1, email="in@post.example", sender="in@post.example")),
    "who had this text": so(WRITTEN, ELS, row(5, name="Jan Maes", email="jan@damme.example"), had=(ELS_AT,)),
    "all had this text": so(WRITTEN, ELS, had=(ELS_AT,)),
    "those on a list of hers": so(replace(WRITTEN, **LISTED), ELS),  # type: ignore[arg-type]  # the same
    "those on a list of hers that is empty": so(
        replace(WRITTEN, to="Lijst", unlisted=say(Says.PICK_AUDIENCE)), ELS
    ),
    "those whom she marked": so(replace(WRITTEN, to="Kolom", marked=("INS-0003", "INS-0009")), ELS, AN),
    "one of ours on a list of hers": so(
        replace(WRITTEN, to="Lijst", listed=(Address("in@post.example"), Address("gea@zwin.example"))), ELS
    ),
    "two of one address on a list of hers": so(
        replace(WRITTEN, to="Lijst", listed=(GEA, Address("gea@zwin.example", "G."))), ELS
    ),
    "nobody": so(WRITTEN, BO),
}

WHAT: dict[str, Callable[[], str]] = {
    "without a subject": so(replace(WRITTEN, subject=" "), ELS),
    "without a text": so(replace(WRITTEN, text=""), ELS),
    "proposed, without a text": so(
        replace(WRITTEN, text=""), ELS, held=(replace(HELD, kind=Announcing.REMINDER),)
    ),
    "a subject that is long": so(replace(WRITTEN, subject="a" * 201), ELS),
    "with files that are none": so(replace(WRITTEN, files="foto, attest"), ELS),
    "with forms": so(replace(WRITTEN, files="Formulieren"), ELS),
    "with forms, of what is cancelled": so(
        replace(WRITTEN, files="formulieren"), ELS, of=event(cancelled=True)
    ),
    "with forms, of what is over": so(replace(WRITTEN, files="formulieren"), ELS, now=OVER),
    "with certificates": so(replace(WRITTEN, files="attest", to="aanwezig"), THERE),
    "with certificates, of who was not there": so(replace(WRITTEN, files="attest"), ELS),
    "with certificates, of a list of hers": so(
        replace(WRITTEN, to="Lijst", listed=(GEA,), files="attest"), THERE
    ),
    "with both": so(replace(WRITTEN, files="attest en formulieren", to="aanwezig"), THERE),
    "deleted": so(replace(WRITTEN, gone=True), ELS, held=(HELD,)),
    "deleted before it was read": so(replace(WRITTEN, gone=True, id=0, key="9"), ELS, held=(HELD,)),
    "sent already": so(
        replace(WRITTEN, text="Anders", choice="versturen"),
        ELS,
        held=(replace(HELD, state=MailingState.SENT, hidden=True),),
    ),
    "of an older copy": so(replace(WRITTEN, text="Anders", older=True), ELS, held=(HELD,)),
    "of an older copy, and new": so(replace(WRITTEN, older=True), ELS),
    "found by its key": so(
        replace(WRITTEN, id=0), ELS, held=(replace(HELD, kind=Announcing.REMINDER, note="x", hidden=True),)
    ),
    "a word that is no choice": so(replace(WRITTEN, choice="nu"), ELS),
    "a choice on an empty row": so(MailingRow(id=1, key="1", choice="versturen"), ELS),
}

CHOSEN: dict[str, Callable[[], str]] = {
    "sent": so(sends(ELS_AT), ELS),
    "sent in capitals": so(sends(ELS_AT, choice=" Versturen "), ELS),
    "sent without its preview": so(replace(sends(ELS_AT), preview="old"), ELS),
    "sent to nobody whom the preview showed": so(sends(BO_AT), ELS),
    "sent, and one came since": so(sends(ELS_AT), ELS, row(5, name="Jan Maes", email="jan@damme.example")),
    "sent, and five came since": so(
        sends(ELS_AT), ELS, *(row(n, name=f"P Naam{n}", email=f"p{n}@damme.example") for n in range(5, 10))
    ),
    "sent, and six came since": so(
        sends(ELS_AT), ELS, *(row(n, name=f"P Naam{n}", email=f"p{n}@damme.example") for n in range(5, 11))
    ),
    "sent, and one is out since": so(sends(ELS_AT, BO_AT), ELS, BO),
    "sent with a problem": so(sends(ELS_AT, subject=""), ELS),
    "sent to a list of hers": so(sends("gea@zwin.example", **LISTED), ELS),
    "sent with forms": so(sends(ELS_AT, files="formulieren"), ELS),
    "sent with certificates": so(sends(ELS_AT, files="attest", to="aanwezig"), THERE),
    "sent, the last of the day": so(sends(ELS_AT), ELS, config=FEW, today=1),
    "sent, one too many of the day": so(sends(ELS_AT), ELS, config=FEW, today=2),
    "stopped": so(sends(choice="niet versturen"), ELS),
    "a proof": so(
        sends(choice="proef aan mezelf"),
        ELS,
        row(5, name="Jan Maes", email="jan@damme.example"),
        held=(replace(HELD, proofs=2),),
    ),
    "a proof to nobody": so(sends(choice="proef aan mezelf"), ELS, config=settings()),
    "a proof with a problem": so(sends(choice="proef aan mezelf", text=""), ELS),
    "a proof, the last of the day": so(sends(choice="proef aan mezelf"), ELS, config=FEW, today=1),
    "a proof, one too many of the day": so(sends(choice="proef aan mezelf"), ELS, config=FEW, today=2),
    "not carried out": lambda: follows(not_carried_out(sends(ELS_AT), context(ELS), say(Says.LIST_CHANGED))),
    "the first letter": lambda: announced(
        _letter(HELD, ELS, row(5, name="Jan Maes", email="jan@damme.example"))
    ),
    "the first letter to nobody": lambda: str(first_letter(HELD, context(BO))),
    "who was thanked": lambda: value(
        thanked(
            (
                replace(HELD, kind=Announcing.THANKS, state=MailingState.SENT, nrs=("INS-0001",)),
                replace(HELD, kind=Announcing.THANKS, nrs=("INS-0002",)),
                replace(HELD, kind=Announcing.PRACTICAL, state=MailingState.SENT, nrs=("INS-0003",)),
            )
        )
    ),
}


def _letter(mailing: Mailing, *rows: Registration) -> Announcement:
    letter = first_letter(mailing, context(*rows))
    assert letter is not None
    return letter


EVERYBODY = tuple(
    replace(ELS, nr=f"INS-{n:04d}", status=status, attended=n == 2) for n, status in enumerate(Status)
)


def _announces(kind: Announcing, choice: Choice, *rows: Registration, **more: str) -> Callable[[], str]:
    def told() -> str:
        payload = {**payload_of(kind, "v1", facts_of(event(), 1)), **more}
        case = Case(
            CaseKind.ANNOUNCE,
            "",
            "",
            (Choice.SEND, Choice.DO_NOT_SEND),
            MORNING,
            "kis",
            payload=payload,
            id=7,
        )
        edit = Edit(EditKind.DECISION, "Te behandelen, rij 2", case=7, choice=choice, remark="Tot dan.")
        decision = decide_case(case, edit, known(*rows, row(9, event="other")), settings(LIST), MORNING)
        return with_mails(decision, None, settings(LIST), MORNING)

    return told


MANY: dict[str, Callable[[], str]] = {
    **{
        f"{kind} goes to": (lambda kind=kind: value([one.nr for one in recipients(kind, EVERYBODY)]))
        for kind in Announcing
    },  # type: ignore[misc]
    **{
        f"{kind}, {choice}": _announces(kind, choice, ELS, BO)
        for kind in Announcing
        for choice in (Choice.SEND, Choice.DO_NOT_SEND)
    },
    "moved, and one was excused": _announces(Announcing.MOVED, Choice.SEND, ELS, AN),
    "cancelled, and one was excused": _announces(Announcing.CANCELLED, Choice.SEND, ELS, AN),
    "replaced by": _announces(Announcing.REPLACED, Choice.SEND, ELS, successor="new"),
    "before the facts were kept": lambda: announced(
        announcement(Announcing.MOVED, event(), (ELS,), settings(), {"version": "v"})
    ),
    "with facts without a date": lambda: announced(
        announcement(Announcing.MOVED, event(), (ELS,), settings(), {"title": "T", "place": "P"})
    ),
    "without a version": lambda: announced(
        announcement(Announcing.MOVED, event(), (ELS,), settings(), {})
    ).replace(event().version(settings().form_of(event())), "its version"),
    "who did not answer": lambda: value(unanswered(LIST, (AN,), settings())),
    "who did not answer, without a list": lambda: value(unanswered(event(), (AN,), settings())),
    "who is reminded": lambda: value(
        [f"{one.name} {one.email}" for one in reminded(("Damme", "Brugge", "Zwin"), settings())]
    ),
    "what is kept": lambda: value(payload_of(Announcing.REPLACED, "v", facts_of(event(ends=None), 2), "new")),
    "what is noted": lambda: value(
        facts_of(event(capacity=3, cancelled=True, late="refuse", organisations="brugge")).seen
    ),
    "what is noted of an hour": lambda: value(
        facts_of(event(deadline=datetime.fromisoformat("2026-11-23T12:00:00"))).seen
    ),
}

TWO = settings(event(), event(id="other"), event(id="third", form="burgemeestersoverleg"))


def _reaches(submission: Submission, config: Settings = TWO, **message: object) -> Callable[[], str]:
    came = replace(Message("<1@mail.example>", Address("Els+kis@damme.example"), "x", MORNING), **message)  # type: ignore[arg-type]
    return lambda: value(lock_scope(came, submission, config))


FORM = form_of(person(email="Els@damme.example"), clues=(clue(),))
INNER = Message("<2@mail.example>", Address("bo@damme.example"), "x", MORNING)
REACH: dict[str, Callable[[], str]] = {
    "a form that names its event": _reaches(FORM),
    "a form that names none": _reaches(replace(FORM, clues=())),
    "a form for each event": _reaches(form_of(replace(person(), event="other"), clues=())),
    "a form of no event": _reaches(replace(FORM, clues=(), form="x")),
    "a form that names no event of ours": _reaches(replace(FORM, clues=(clue(""),))),
    "a form that is passed on": _reaches(FORM, forwarded=INNER),
    "a form with a Reply-To": _reaches(FORM, reply_to=Address("bo@damme.example")),
    "a form in a thread": _reaches(FORM, in_reply_to=("<7@post.example>",)),
    "a form with a bounce": _reaches(FORM, bounce=Bounce("", "")),
    "a form with a calendar's answer": _reaches(FORM, calendar_reply=CalendarReply("u", "a", "ACCEPTED")),
    **{f"a form with {intent}": _reaches(replace(FORM, intent=intent)) for intent in Intent},
    **{f"{found}": _reaches(replace(FORM, found=found)) for found in SubmissionKind},
    "a reference": _reaches(replace(FORM, nrs=("INS-0001",))),
    "a name": _reaches(replace(FORM, named=("Bo Claes",))),
    "who is told": _reaches(replace(FORM, told=(person(),))),
    "who comes instead": _reaches(replace(FORM, substitute=person())),
    "as many as may": _reaches(
        form_of(*(person(email=f"p{n}@damme.example") for n in range(MOST - 2)), clues=(clue(),))
    ),
    "one more": _reaches(
        form_of(*(person(email=f"p{n}@damme.example") for n in range(MOST - 1)), clues=(clue(),))
    ),
}

HERE, THERE_TOO = row(1), row(2, event="other")
KIS = Case(CaseKind.QUESTION, "", "", (), MORNING, "kis", id=7)
NOTHING = Decision(Outcome.UNCHANGED, "kis")
WITHIN = {
    "one event": (NOTHING, True),
    "another event": (replace(NOTHING, event="other"), False),
    "no event": (replace(NOTHING, event=""), False),
    "a row of it": (replace(NOTHING, results=(Result(Outcome.UNCHANGED, HERE, HERE),)), True),
    "a row of another": (replace(NOTHING, results=(Result(Outcome.UNCHANGED, THERE_TOO),)), False),
    "a row that was of another": (
        replace(NOTHING, results=(Result(Outcome.UNCHANGED, HERE, THERE_TOO),)),
        False,
    ),
    "a case of it": (replace(NOTHING, cases=(KIS,)), True),
    "a case of another": (replace(NOTHING, cases=(replace(KIS, event="other"),)), False),
    "a case that it closes": (replace(NOTHING, closes=(7,)), True),
    "a case of another that it closes": (replace(NOTHING, closes=(8,)), False),
    "a case that nobody knows": (replace(NOTHING, closes=(9,)), False),
    "a line of the log": (replace(NOTHING, log=(LogLine("x", "y"),)), True),
    "a line of another": (replace(NOTHING, log=(LogLine("x", "y", event="other"),)), False),
    "a row of Berichten": (replace(NOTHING, mailings=(HELD,)), True),
    "a row of Berichten of another": (replace(NOTHING, mailings=(replace(HELD, event="other"),)), False),
    "what people know": (replace(NOTHING, facts=facts_of(event())), False),
    "a mail to many": (
        replace(NOTHING, announce=announcement(Announcing.MOVED, event(), (), settings(), {})),
        False,
    ),
    "a list to destroy": (replace(NOTHING, destroy=True), False),
}

EXAMPLES = together(
    to=TO,
    what=WHAT,
    chosen=CHOSEN,
    many=MANY,
    reach=REACH,
)


@pytest.mark.parametrize("name", EXAMPLES)
def test_what_follows_of_a_mail_to_many(name: str) -> None:
    assert EXAMPLES[name]() == expected("mailings")[name]


@pytest.mark.parametrize("name", WITHIN)
def test_a_decision_stays_within_its_reach_or_does_not(name: str) -> None:
    decision, within = WITHIN[name]
    context = known(open_cases=(KIS, replace(KIS, id=8, event="other")))
    assert stays_within(decision, context, frozenset({"event kis", "mailbox els@damme.example"})) is within


def test_a_text_of_hers_is_cut_at_twenty_thousand_characters() -> None:
    (mailing,) = decide_mailing(replace(WRITTEN, text="a" * 20_001), context(ELS)).mailings
    assert len(mailing.text) == 20_000
