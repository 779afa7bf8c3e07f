"""What a mail is drawn with: the facts that each template gets, and the calendar entry or files beside it.

An installation of its own templates, which print the facts, shows them without the words of any language.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import fields, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from mailbot.config.settings import LANGUAGES, Settings
from mailbot.domain.announcement import Announcing
from mailbot.domain.case import Case, CaseKind, Choice
from mailbot.domain.decision import Ask, Decision, EventState, Note, Outcome
from mailbot.domain.doubt import Reason
from mailbot.domain.event import Calendar
from mailbot.domain.mail import Mail
from mailbot.domain.mailing import Mailing, MailingState
from mailbot.domain.message import Address, Arrival
from mailbot.domain.registration import Change, Registration, Removal, Status
from mailbot.domain.statement import Says, say
from mailbot.domain.submission import Answer, Code, Person, Problem
from mailbot.notifications import compose
from mailbot.notifications.digest import digest
from mailbot.notifications.person_view import PersonView
from mailbot.wording.dates import deadline_text, local_text, when_text
from tests.decision.building import local
from tests.decision.following import parts, value

from .building import (
    BOB,
    ELS,
    EVENT,
    EXAMPLES,
    JAN,
    NOW,
    ORDINARY,
    SENDER,
    _announcement,
    arrival,
    decided,
    result,
    settings,
)

HELD = parts(Path(__file__).parent / "follows" / "mails.txt")
TEMPLATES = Path(__file__).parents[2] / "mailbot" / "notifications" / "templates" / "nl"
FACTS = [
    "after_deadline",
    "asks",
    "before",
    "by_hand",
    "by_other",
    "calendar",
    "certificate",
    "changed",
    "completion_days",
    "dated",
    "day",
    "deadline",
    "former_title",
    "forms",
    "greeting_name",
    "kind",
    "last_answer",
    "lines",
    "logo",
    "most_listed",
    "named",
    "names",
    "names_in",
    "names_open",
    "names_waiting",
    "news",
    "no_form",
    "nothing_by_itself",
    "nrs",
    "open",
    "organisation",
    "own_subject",
    "own_text",
    "per_organisation",
    "place",
    "practical",
    "question",
    "received",
    "remark",
    "signed",
    "since",
    "thanks",
    "title",
    "unread",
    "upcoming",
    "waiting",
    "when",
    "withdrawn",
]


#: An event of the digest: a line for each thing that it tells.
_OF_EVENT = """\
{% macro cases(name, of) %}{% if of %}
{{ name }}: {{ of|length }}{% for what, who, more in of.lines %}; {{ what }} ({{ who }}\
{% if more %}, {{ more }} more about them{% endif %}){% endfor %}\
{% if of.left %}; {{ of.left }} not listed{% endif %}

{% endif %}{% endmacro %}
{% for one in (events if events is defined else ()) %}
event: {{ one.title }}{% if one.is_new %}, something is new{% endif %}

{% for status, people in one.news %}
  news, {{ status }}: {% for who in people %}{{ who.name }} ({{ who.nr }}{% if who.is_new %}, new{% endif %})\
{% if not loop.last %}; {% endif %}{% endfor %}

{% endfor %}
{% for status, count in one.totals %}
  total, {{ status }}: {{ count }}
{% endfor %}
{{ cases("  cases", one.cases) -}}
{% if one.pressing %}
  pressing: {{ one.pressing|join("; ") }}
{% endif %}
{{ cases("  overtaken", one.overtaken) -}}
{% if one.mailings %}
  proposed: {{ one.mailings|join("; ") }}
{% endif %}
{% endfor %}
"""


_EXTENDS = '{% extends "facts.j2" %}{% block subject %}{{ title }}{% endblock %}'


def _template() -> str:
    """A template that prints the facts that are given and not empty."""
    lines = [
        f"{{% if {name} is defined and {name} %}}{name}: {{{{ {name} }}}}\n{{% endif %}}" for name in FACTS
    ]
    of_person = "".join(
        f"{{% if one.{field.name} is defined and one.{field.name} %}} {field.name}={{{{ one.{field.name}"
        f"{' | sort' if field.name == 'notes' else ''} }}}};{{% endif %}}"
        for field in fields(PersonView)
    )
    people = (
        "{% if people is defined %}{% for one in people %}person:{% if one is mapping %} {{ one }}{% else %}"
        f"{of_person}{{% endif %}}\n\n{{% endfor %}}{{% endif %}}"
    )
    return "{% block subject %}{{ title }}{% endblock %}{{ '\\n' }}" + "".join(lines) + _OF_EVENT + people


def printing(configured: Settings) -> Settings:
    """The settings with templates that print facts."""
    own = configured.templates_dir / "nl"
    own.mkdir(parents=True, exist_ok=True)
    (own / "facts.j2").write_text(_template(), encoding="utf-8")
    for path in TEMPLATES.glob("*.j2"):  # compiled once for all of them
        (own / path.name).write_text(_EXTENDS, encoding="utf-8")
    return configured


#: What is so of each mail about the event stands with the first example alone.
OF_EVERY_MAIL = (
    "calendar:",
    "dated:",
    "deadline:",
    "named:",
    "place:",
    "signed:",
    "title:",
    "when:",
    "  SUMMARY",
    "  DTSTART",
    "  DTEND",
    "  DESCRIPTION",
    "  LOCATION",
    "  ORGANIZER",
    "  STATUS",
    "practical:",
    "thanks:",
    "former_title:",
)


def without_usual(told: dict[str, str]) -> dict[str, str]:
    """The examples without the lines about the event that the first ones have as well."""
    (first, usual), *rest = told.items()
    seen = set(usual.splitlines())
    kept: dict[str, str] = {first: usual}
    for name, text in rest:
        lines = [line for line in text.splitlines() if line not in seen or not line.startswith(OF_EVERY_MAIL)]
        kept[name] = "\n".join(lines)
    return kept


def _shown(mail: Mail) -> str:
    said = [f"mail {mail.kind} to {mail.to.name} <{mail.to.email}> from {mail.sender.email}"]
    told = {
        "outcome": mail.outcome,
        "event": mail.event,
        "nrs": mail.nrs,
        "asks": mail.asks,
        "in_reply_to": mail.in_reply_to,
        "references": mail.references,
        "not_before": mail.not_before,
        "method": mail.calendar_method,
        "key": mail.key,
    }
    said += [f"{name} {value(fact)}" for name, fact in told.items() if fact]
    said += [f"file {one.name} {one.media_type}" for one in mail.attachments]
    files = [one.data.decode() for one in mail.attachments if one.media_type == "text/calendar"]
    entry = [line for text in (mail.calendar, *files) for line in _entry(text)]
    lines = [line for line in mail.text.splitlines() if line.strip() and line.strip() != mail.subject]
    return "\n".join(("; ".join(said), *lines, *entry))


def _entry(text: str) -> Iterator[str]:
    """What an entry says of the person, without the rules of the zone."""
    unfolded = text.replace("\r\n ", "").splitlines()
    inside = False
    for line in unfolded:
        inside = inside or line == "BEGIN:VEVENT"
        if inside and not line.startswith(("DTSTAMP", "BEGIN", "END")):
            yield f"  {line}"


Draws = Callable[[Settings], tuple[Mail, ...]]


def of(decision: Decision, came: Arrival | None = None, now: datetime = NOW, **event: object) -> Draws:
    """The mails of a decision, where the event has other facts."""

    def drawn(configured: Settings) -> tuple[Mail, ...]:
        changed = configured.events[EVENT].model_copy(update=event)
        config = replace(configured, events={**configured.events, EVENT: changed})
        return compose(decision, came, config, now)

    return drawn


def one(outcome: Outcome, row: Registration, came: Arrival | None = None, **more: object) -> Draws:
    event = {key: more.pop(key) for key in ("calendar", "starts", "ends", "article", "place") if key in more}
    return of(decided(outcome, result(outcome, row, **more)), came or arrival(), **event)


def to_all(kind: Announcing, *rows: Registration, now: datetime = NOW, **more: object) -> Draws:
    event = {key: more.pop(key) for key in ("certificate", "calendar", "starts", "cancelled") if key in more}
    facts = {"to": rows or (replace(JAN, sequence=0), ELS), **more}
    return of(_announcement(kind, **facts), None, now, **event)


SEATED, GONE = replace(JAN, sequence=2), replace(JAN, status=Status.CANCELLED, sequence=2)
WAITS = replace(ELS, status=Status.WAITLISTED, reason=say(Says.FULL, count=9))
OPEN = replace(BOB, status=Status.INCOMPLETE)
PLATE = Problem(0, "diet", Code.UNSURE, Reason.BROKEN_OFF, "vegetansch")
NAME = Problem(0, "last_name", Code.UNSURE, Reason.FROM_SENDER, "Peeters")
MISSING = Problem(0, "organisation", Code.MISSING, Reason.MISSING)
BOTH = Problem(0, "attends", Code.AMBIGUOUS, Reason.YES_AND_NO, "ja / neen")
FROM_ELS = arrival(Address("els.maes@oostkamp.example", "Els Maes"))
STRANGER = arrival(Address("x@elders.example", "www.winst.example"))
CHANGES = (
    Change("diet", "vegetarisch", "glutenvrij"),
    Change("phone", None, "0478"),
    Change("role", "schepen", None),
)
MOVED = replace(SEATED, answers={**SEATED.answers, "email": "jan@elders.example"})

PERSONS: dict[str, Draws] = {
    "who wrote": one(Outcome.REGISTERED, JAN),
    "who was written of, at an own address": one(Outcome.REGISTERED, ELS),
    "who was written of, without an address": one(Outcome.REGISTERED, BOB),
    "who gave no address and changed something": one(Outcome.UNCHANGED, BOB),
    "two at one address": of(
        decided(
            Outcome.REGISTERED,
            result(Outcome.REGISTERED, JAN),
            result(Outcome.REGISTERED, replace(ELS, answers={**ELS.answers, "email": SENDER.email})),
        ),
        arrival(),
    ),
    "two of whom one waits": of(
        decided(
            Outcome.WAITLISTED,
            result(Outcome.REGISTERED, JAN),
            result(Outcome.WAITLISTED, WAITS, reason=WAITS.reason),
        ),
        arrival(),
    ),
    "two at one address of whom one waits, by hand": of(
        decided(
            Outcome.WAITLISTED,
            result(Outcome.REGISTERED, JAN),
            result(
                Outcome.WAITLISTED,
                replace(WAITS, answers={**ELS.answers, "email": SENDER.email}),
                reason=WAITS.reason,
            ),
            by_hand=True,
        )
    ),
    "an answer that is doubted": one(Outcome.REGISTERED, JAN, problems=(PLATE,), notes=(Note.DOUBTED,)),
    "an answer that is needed and one that is doubted": one(
        Outcome.INCOMPLETE, replace(JAN, status=Status.INCOMPLETE), problems=(NAME, MISSING, PLATE)
    ),
    "yes and no": one(Outcome.INCOMPLETE, replace(JAN, status=Status.INCOMPLETE), problems=(BOTH, NAME)),
    "what is needed, asked for the first time": one(
        Outcome.INCOMPLETE, replace(JAN, status=Status.INCOMPLETE, asked_at=NOW), problems=(NAME,)
    ),
    "what is needed, asked before": one(
        Outcome.INCOMPLETE,
        replace(JAN, status=Status.INCOMPLETE, asked_at=NOW),
        problems=(NAME,),
        before=replace(JAN, asked_at=NOW),
    ),
    "what is needed, asked anew": one(
        Outcome.INCOMPLETE,
        replace(JAN, status=Status.INCOMPLETE, asked_at=NOW),
        problems=(NAME,),
        before=replace(JAN, asked_at=NOW - timedelta(days=9)),
    ),
    "what changed": one(Outcome.CHANGED, SEATED, before=SEATED, changes=CHANGES),
    "what changed, of before unseen": one(
        Outcome.CHANGED, SEATED, before=SEATED, changes=CHANGES, held={SENDER.email: frozenset({"phone"})}
    ),
    "what changed, unseen": one(
        Outcome.CHANGED,
        SEATED,
        before=SEATED,
        changes=CHANGES,
        visible={SENDER.email: frozenset({"role"})},
        held={},
    ),
    "a yes that became a no, unseen": one(
        Outcome.CHANGED,
        SEATED,
        before=SEATED,
        changes=(Change("attends", old=True, new=False),),
        visible={},
        held={},
    ),
    "what nobody says that they may see": one(
        Outcome.CHANGED,
        SEATED,
        before=SEATED,
        changes=CHANGES,
        visible={},
        held={},
        submitted=Person({"phone": Answer("0478"), "diet": Answer("x")}),
    ),
    "what changed of a key that is gone": one(
        Outcome.CHANGED, SEATED, before=SEATED, changes=(Change("shoe", "41", "42"),)
    ),
    "what was said and is sensitive": one(
        Outcome.REGISTERED,
        JAN,
        visible={SENDER.email: frozenset({"last_name"})},
        submitted=Person({"diet": Answer("vegetarisch"), "role": Answer("schepen")}),
    ),
    "what was signed": one(
        Outcome.REGISTERED,
        JAN,
        submitted=Person(
            {
                "role": Answer("schepen", signed=True),
                "last_name": Answer("Peeters", signed=True),
                "phone": Answer("0478"),
            }
        ),
    ),
    "a name that is a page, to another": one(
        Outcome.REGISTERED, replace(ELS, answers={**ELS.answers, "last_name": "www.winst.example"}), STRANGER
    ),
    "an answer that is long, to another": one(
        Outcome.REGISTERED, replace(ELS, answers={**ELS.answers, "role": "a" * 301})
    ),
    "an answer as long as may be, to another": one(
        Outcome.REGISTERED, replace(ELS, answers={**ELS.answers, "role": "a" * 300})
    ),
    "who is called in capitals": one(
        Outcome.REGISTERED,
        replace(JAN, answers={**JAN.answers, "last_name": "VAN DEN PEETERS", "first_name": "JAN"}),
    ),
    "who is called in small letters": one(
        Outcome.REGISTERED,
        replace(JAN, answers={**JAN.answers, "last_name": "de peeters", "first_name": "de jan"}),
    ),
    "who has no name": one(
        Outcome.REGISTERED, replace(JAN, answers={"organisation": "Oostkamp", "email": SENDER.email})
    ),
    "who has nothing": one(Outcome.REGISTERED, replace(JAN, answers={})),
    "who took a place": one(
        Outcome.REGISTERED,
        replace(ELS, replaces="INS-0001", replaced_by="INS-0099"),
        notes=(Note.RESTORED, Note.AFTER_DEADLINE),
    ),
    "who borrowed the address": one(
        Outcome.REGISTERED,
        replace(BOB, answers={**BOB.answers, "email": SENDER.email}, email_of_sender=True),
        notes=(Note.EMAIL_OF_SENDER,),
    ),
    "whose address it is by name": one(
        Outcome.REGISTERED,
        replace(JAN, email_of_sender=True),
        arrival(Address("jan.peeters@oostkamp.example", "Secretariaat")),
    ),
    "who writes by their address alone": one(
        Outcome.REGISTERED, JAN, arrival(Address("jan.peeters@oostkamp.example"))
    ),
    "who promoted": of(
        decided(
            Outcome.CANCELLED,
            result(Outcome.CANCELLED, GONE, before=SEATED),
            result(Outcome.REGISTERED, ELS, before=WAITS, notes=(Note.PROMOTED,)),
        ),
        arrival(),
    ),
    "who hears nothing": of(
        decided(
            Outcome.REGISTERED, result(Outcome.REGISTERED, ELS, mail=False), result(Outcome.REGISTERED, JAN)
        ),
        arrival(),
    ),
    "what is silent for one": of(
        decided(Outcome.REVIEW, result(Outcome.REVIEW, ELS), result(Outcome.REGISTERED, JAN)), arrival()
    ),
    "only others hear": of(
        decided(
            Outcome.CANCELLED,
            result(
                Outcome.CANCELLED,
                replace(ELS, status=Status.CANCELLED, sequence=0),
                before=replace(ELS, sequence=0),
            ),
            to_sender=False,
        ),
        arrival(),
    ),
    "without data": of(
        decided(
            Outcome.REGISTERED, result(Outcome.REGISTERED, JAN), result(Outcome.REGISTERED, ELS), no_data=True
        ),
        arrival(),
    ),
    "the last answer": of(
        decided(
            Outcome.REGISTERED,
            result(Outcome.REGISTERED, JAN),
            result(Outcome.REGISTERED, ELS),
            last_answer=True,
            question="Parking?",
            remark="Dag.",
        ),
        arrival(),
    ),
    "a Toelichting for who loses a place": of(
        decided(
            Outcome.CANCELLED,
            result(Outcome.CANCELLED, replace(ELS, status=Status.CANCELLED), remark="Vol."),
            result(Outcome.REGISTERED, JAN, remark="Vol."),
            remark="Vol.",
            by_hand=True,
            closes=(7,),
        ),
        arrival(),
    ),
    "a Toelichting by hand": of(
        decided(Outcome.REGISTERED, result(Outcome.REGISTERED, ELS, remark="Welkom."), by_hand=True)
    ),
    "where the answer goes elsewhere": of(
        decided(
            Outcome.REGISTERED,
            result(Outcome.REGISTERED, JAN),
            answered_to=Address("an@brugge.example", "An Bos"),
        ),
        arrival(),
    ),
    "where the answer goes to us": of(
        decided(
            Outcome.REGISTERED,
            result(Outcome.REGISTERED, JAN),
            answered_to=Address("inschrijvingen@wvi.example"),
        ),
        arrival(),
    ),
    "a person readdressed": of(
        decided(Outcome.CHANGED, result(Outcome.CHANGED, MOVED, before=SEATED, notes=(Note.READDRESSED,))),
        STRANGER,
    ),
    "a person readdressed whose mail came back": of(
        decided(
            Outcome.CHANGED,
            result(Outcome.CHANGED, MOVED, before=replace(SEATED, bounced=True), notes=(Note.READDRESSED,)),
        ),
        STRANGER,
    ),
    "a person who readdressed themselves": of(
        decided(Outcome.CHANGED, result(Outcome.CHANGED, MOVED, before=SEATED)), arrival()
    ),
    "who was sent in by another, and is withdrawn by a third": of(
        decided(
            Outcome.CANCELLED,
            result(
                Outcome.CANCELLED,
                replace(BOB, status=Status.CANCELLED, sequence=0),
                before=replace(BOB, sequence=0),
            ),
        ),
        FROM_ELS,
    ),
    "a thread": one(
        Outcome.REGISTERED,
        JAN,
        arrival(references=("<a@x.example>", "<b@x.example>"), in_reply_to=("<b@x.example>",)),
    ),
    "a mail without an id": one(Outcome.REGISTERED, JAN, arrival(message_id="")),
    "a forwarder": one(
        Outcome.REGISTERED,
        JAN,
        arrival(
            Address("partner@wvi.example", "Partner"),
            forwarded=replace(arrival().message, message_id="<in@x.example>"),
        ),
    ),
    "late": one(
        Outcome.LATE,
        replace(JAN, status=Status.LATE),
        replace(arrival(), received=datetime(2026, 11, 23, 23, 0, tzinfo=UTC)),
    ),
    "with an article": one(Outcome.REGISTERED, JAN, article="het"),
    **{
        f"asks {ask or 'nothing'}": of(decided(Outcome.INCOMPLETE, asks=ask, remark="Hoe?"), arrival())
        for ask in Ask
    },
}

CALENDAR: dict[str, Draws] = {
    "a file for all": one(Outcome.REGISTERED, JAN, calendar=Calendar.FILE),
    "no calendar": one(Outcome.REGISTERED, JAN, calendar=Calendar.NONE),
    "no date": one(Outcome.REGISTERED, JAN, starts=None, ends=None),
    "no end": one(Outcome.REGISTERED, JAN, ends=None),
    "no place": one(Outcome.REGISTERED, JAN, place=""),
    "comes again": one(Outcome.REGISTERED, SEATED, before=GONE),
    "comes still": one(Outcome.CHANGED, SEATED, before=SEATED),
    "unchanged": one(Outcome.UNCHANGED, SEATED, before=GONE),
    "goes": one(Outcome.CANCELLED, GONE, before=SEATED),
    "goes, and had no entry": one(
        Outcome.CANCELLED, replace(GONE, sequence=-1), before=replace(SEATED, sequence=-1)
    ),
    "goes, who waited": one(Outcome.CANCELLED, GONE, before=replace(SEATED, status=Status.WAITLISTED)),
    "goes by hand, as was told": of(
        decided(
            Outcome.CANCELLED,
            result(
                Outcome.CANCELLED, GONE, before=GONE, changes=(Change("status", "Ingeschreven", "Afgemeld"),)
            ),
        )
    ),
    "comes by hand, as was told": of(
        decided(
            Outcome.REGISTERED,
            result(
                Outcome.REGISTERED,
                SEATED,
                before=SEATED,
                changes=(Change("status", "Wachtlijst", "Ingeschreven"),),
            ),
        )
    ),
    "comes by hand, typed": of(
        decided(
            Outcome.REGISTERED,
            result(Outcome.REGISTERED, JAN, before=JAN, changes=(Change("status", None, "Ingeschreven"),)),
        )
    ),
    "moves to another address": one(Outcome.CHANGED, MOVED, before=SEATED),
    "moves, and had no entry": one(
        Outcome.CHANGED, replace(MOVED, sequence=-1), before=replace(SEATED, sequence=-1)
    ),
    "moves, and mail came back": one(Outcome.CHANGED, MOVED, before=replace(SEATED, bounced=True)),
    "moves, who waited": one(Outcome.CHANGED, MOVED, before=replace(SEATED, status=Status.WAITLISTED)),
    "moves by hand, as was told": of(
        decided(
            Outcome.CHANGED,
            result(
                Outcome.CHANGED,
                MOVED,
                before=MOVED,
                changes=(Change("email", SENDER.email, "jan@elders.example"),),
            ),
        )
    ),
    "moves and goes": one(Outcome.CANCELLED, replace(MOVED, status=Status.CANCELLED), before=SEATED),
    "only in capitals": one(
        Outcome.CHANGED,
        replace(SEATED, answers={**JAN.answers, "email": SENDER.email.upper()}),
        before=SEATED,
    ),
    "an office": one(
        Outcome.REGISTERED, replace(ELS, answers={**ELS.answers, "email": "info@oostkamp.example"})
    ),
    "an address of another name": one(
        Outcome.REGISTERED, replace(ELS, answers={**ELS.answers, "email": SENDER.email})
    ),
    "an address of another name, who writes so": one(
        Outcome.REGISTERED,
        replace(ELS, answers={**ELS.answers, "email": "x@oostkamp.example"}, sender="x@oostkamp.example"),
        arrival(Address("x@oostkamp.example")),
    ),
    "an address of another name, who is called so": one(
        Outcome.REGISTERED,
        replace(ELS, answers={**ELS.answers, "email": "x@oostkamp.example"}, sender="x@oostkamp.example"),
        arrival(Address("x@oostkamp.example", "Xander Yde")),
    ),
    "an address of another name, borrowed": one(
        Outcome.REGISTERED,
        replace(
            ELS,
            answers={**ELS.answers, "email": "x@oostkamp.example"},
            sender="x@oostkamp.example",
            email_of_sender=True,
        ),
        notes=(Note.EMAIL_OF_SENDER,),
    ),
    "an address that is borrowed, in the place of another": one(
        Outcome.REGISTERED,
        replace(ELS, replaces="INS-0001", email_of_sender=True),
        notes=(Note.EMAIL_OF_SENDER,),
    ),
    "an address that is none": one(
        Outcome.REGISTERED, replace(ELS, answers={**ELS.answers, "email": "els@oostkamp"})
    ),
    "our own address": one(
        Outcome.REGISTERED, replace(ELS, answers={**ELS.answers, "email": "inschrijvingen@wvi.example"})
    ),
    "two at one address, of whom it names one": of(
        decided(
            Outcome.REGISTERED,
            *(
                result(Outcome.REGISTERED, replace(who, answers={**who.answers, "email": SENDER.email}))
                for who in (JAN, ELS)
            ),
        ),
        arrival(),
    ),
    "two at one office": of(
        decided(
            Outcome.REGISTERED,
            *(
                result(
                    Outcome.REGISTERED,
                    replace(who, answers={**who.answers, "email": "info@oostkamp.example"}),
                )
                for who in (JAN, ELS)
            ),
        ),
        arrival(),
    ),
}

MANY: dict[str, Draws] = {
    **{
        str(kind): to_all(
            kind,
            replace(JAN, sequence=0),
            replace(ELS, sequence=-1),
            replace(BOB, nr="INS-0004", status=Status.WAITLISTED),
            OPEN,
        )
        for kind in Announcing
    },
    "moved, who waits with an entry": to_all(Announcing.MOVED, replace(WAITS, sequence=0)),
    "moved, by file": to_all(Announcing.MOVED, replace(JAN, sequence=-1), calendar=Calendar.FILE),
    "moved, without calendar": to_all(Announcing.MOVED, replace(JAN, sequence=-1), calendar=Calendar.NONE),
    "moved, without a date": to_all(Announcing.MOVED, replace(JAN, sequence=0), starts=None),
    "moved, to a slip": to_all(
        Announcing.MOVED,
        replace(
            JAN,
            sequence=0,
            sender="an@brugge.example",
            doubts=(Problem(0, "email", Code.UNSURE, Reason.EMAIL_SLIP, "x"),),
        ),
    ),
    "cancelled, who has no entry": to_all(Announcing.CANCELLED, replace(JAN, sequence=-1)),
    "thanks, without certificates": to_all(Announcing.THANKS, JAN, certificate=False),
    "thanks, of a row of hers": to_all(Announcing.THANKS, JAN, subject="Dank", text="Merci."),
    "thanks, of a row of hers with certificates": to_all(
        Announcing.THANKS, JAN, subject="Dank", certificates=True
    ),
    "a proof": to_all(
        Announcing.WRITTEN, JAN, subject="Dag", text="Welkom.", proof_to="Secr@wvi.example", proof=3
    ),
    "to nobody who is reached": to_all(Announcing.WRITTEN, replace(BOB, sender="secretariaat")),
    "two at one address": to_all(
        Announcing.WRITTEN, JAN, replace(ELS, answers={**ELS.answers, "email": SENDER.email})
    ),
    "to a list": to_all(
        Announcing.WRITTEN, addresses=(Address("Info@damme.example", "Damme"), Address("x@y.example")), to=()
    ),
    "replaced by a later one": to_all(Announcing.REPLACED, replacing="kis-2026-4"),
    "after the end": to_all(Announcing.PRACTICAL, now=datetime(2026, 12, 4, tzinfo=UTC)),
    "of an event that is gone": of(
        replace(
            _announcement(Announcing.MOVED),
            announce=replace(_announcement(Announcing.MOVED).announce, event="gone"),
        )
    ),
}

NEAR = {"tell_secretariat": True, "answer": False}
NOTICED: dict[str, Draws] = {
    "what changed near the start, as it was said": of(
        decided(
            Outcome.CHANGED,
            result(
                Outcome.CHANGED,
                SEATED,
                before=BOB,
                changes=CHANGES,
                submitted=Person(
                    {"role": Answer("raadslid"), "phone": Answer("0478"), "diet": Answer("glutenvrij")}
                ),
            ),
            **NEAR,
        ),
        arrival(),
    ),
    "an entry of who declined it themselves": of(
        decided(
            Outcome.CANCELLED,
            result(
                Outcome.CANCELLED,
                replace(ELS, status=Status.CANCELLED, sequence=0),
                before=replace(ELS, sequence=0),
            ),
            to_sender=False,
        ),
        FROM_ELS,
    ),
    "a subject of characters that nobody sees": of(
        decided(Outcome.REGISTERED, result(Outcome.REGISTERED, JAN)),
        arrival(),
        title="Kennis\u200bplatform\x07",
    ),
    "what changed near the start": of(
        decided(
            Outcome.CHANGED,
            result(Outcome.CHANGED, SEATED, before=BOB, changes=CHANGES),
            result(Outcome.UNCHANGED, ELS, before=ELS),
            **NEAR,
        ),
        arrival(),
    ),
    "nothing changed near the start": of(
        decided(Outcome.UNCHANGED, result(Outcome.UNCHANGED, ELS, before=ELS), **NEAR), arrival()
    ),
    "what changed near the start by itself": of(
        decided(Outcome.CHANGED, result(Outcome.CHANGED, SEATED, before=BOB), closes=(7,), **NEAR)
    ),
    "a receipt": of(
        decided(Outcome.REVIEW, receipt=True, answer=False),
        arrival(references=(), in_reply_to=("<z@x.example>",)),
    ),
    "a receipt in a thread": of(decided(Outcome.REVIEW, receipt=True, answer=False), arrival()),
    "a receipt of what has no id": of(
        decided(Outcome.REVIEW, receipt=True, answer=False), arrival(references=(), message_id="")
    ),
    "a correction": of(*EXAMPLES["correction"]),
}

DAY = timedelta(days=1)


def case(number: int, kind: CaseKind = CaseKind.QUESTION, **more: object) -> Case:
    facts: dict[str, object] = {"registration": "", "id": number, "event": EVENT, **more}
    return Case(
        kind, f"Naam {number}", "", (Choice.DONE,), NOW - DAY * 2 + timedelta(minutes=number), **facts
    )


def state(
    *rows: Registration, cases: tuple[Case, ...] = (), mailings: tuple[Mailing, ...] = ()
) -> EventState:
    return EventState(EVENT, rows, cases, (), NOW, mailings=mailings)


def daily(
    held: EventState, no_form: tuple[tuple[str, str], ...] = (), now: datetime = NOW, **more: bool
) -> Draws:
    return lambda config: tuple(digest((held,), no_form, now - DAY, config, now, **more))


OLD = replace(JAN, changed=NOW - DAY * 5, received=NOW - DAY * 5)
READY = Mailing(EVENT, "x", NOW, kind=Announcing.REMINDER)
DIGESTS: dict[str, Draws] = {
    "new people": daily(state(JAN, replace(ELS, received=NOW - DAY * 5), OLD, WAITS)),
    "nothing new": daily(state(OLD)),
    "changed a day ago": daily(state(replace(OLD, changed=NOW - DAY))),
    "changed a second longer ago": daily(state(replace(OLD, changed=NOW - DAY - timedelta(seconds=1)))),
    "who was struck": daily(state(replace(JAN, status=Status.CANCELLED, removed=Removal.DOUBLE), OLD)),
    "ordinary mail": daily(state(OLD), ORDINARY),
    "ordinary mail of before": daily(state(OLD), ORDINARY, new_mail=False),
    "a case": daily(state(OLD, cases=(replace(case(1), opened=NOW),))),
    "a case of before": daily(state(OLD, cases=(case(1),))),
    "cases of one person": daily(
        state(
            JAN, cases=(case(3), case(1, registration="INS-0001"), case(2, registration="INS-0001"), case(0))
        )
    ),
    "many cases": daily(state(JAN, cases=tuple(case(n) for n in range(27)))),
    "as many cases as are listed": daily(state(JAN, cases=tuple(case(n) for n in range(25)))),
    "a case that stands": daily(state(JAN, cases=(case(1, CaseKind.COLLEAGUES),))),
    "what may be a registration": daily(state(JAN, cases=(case(1, CaseKind.PERHAPS),))),
    "what may be a registration, near the deadline": daily(
        state(JAN, cases=(case(1, CaseKind.PERHAPS),)), now=datetime(2026, 11, 21, 23, 0, 1, tzinfo=UTC)
    ),
    "what is over": daily(
        state(JAN, cases=(case(1, CaseKind.UNCLEAR),)), now=datetime(2026, 12, 4, tzinfo=UTC)
    ),
    "a row that is ready": daily(state(OLD, mailings=(READY,))),
    "a row that is ready, late": daily(state(JAN, mailings=(READY,)), now=datetime(2026, 11, 24, tzinfo=UTC)),
    "a row of thanks that is ready, late": daily(
        state(JAN, mailings=(replace(READY, kind=Announcing.THANKS),)), now=datetime(2026, 11, 24, tzinfo=UTC)
    ),
    "a row that was sent": daily(state(JAN, mailings=(replace(READY, state=MailingState.SENT),))),
    "a row that is hidden": daily(state(JAN, mailings=(replace(READY, hidden=True),))),
    "a row of hers": daily(state(JAN, mailings=(replace(READY, kind=Announcing.WRITTEN),))),
    "news": daily(state(JAN), news=True),
}

DAYS = {
    f"{when} {language}": (starts, ends, language)
    for language in LANGUAGES
    for when, starts, ends in (
        ("an hour", local(2026, 12, 3, 9, 5), None),
        ("within a day", local(2026, 12, 1, 14), local(2026, 12, 1, 17, 30)),
        ("two days", local(2026, 12, 3, 14), local(2026, 12, 4, 12)),
    )
}


def examples() -> dict[str, str]:
    """Each example with what is drawn for it."""
    with TemporaryDirectory() as folder:
        configured = printing(settings(Path(folder)))
        told = {
            f"{kind}: {name}": "\n".join(map(_shown, draws(configured)))
            for kind, of_kind in {
                "person": PERSONS,
                "calendar": CALENDAR,
                "many": MANY,
                "noticed": NOTICED,
                "digest": DIGESTS,
            }.items()
            for name, draws in of_kind.items()
        }
        told |= {
            f"example: {name}": "\n".join(map(_shown, compose(*held, configured, NOW)))
            for name, held in EXAMPLES.items()
        }
        event = configured.events[EVENT]
    told |= {
        f"when: {name}": when_text(starts, ends, language) for name, (starts, ends, language) in DAYS.items()
    }
    told |= {
        f"deadline: {deadline}": deadline_text(event.model_copy(update={"deadline": deadline}), "nl")
        for deadline in (
            None,
            date(2026, 11, 23),
            local(2026, 11, 23, 0, 0),
            local(2026, 11, 23, 0, 1),
            local(2026, 11, 1, 12),
        )
    }
    told["when: nothing"] = when_text(None, None, "nl")
    told["when: an instant"] = local_text(datetime(2026, 7, 1, 22, 30, tzinfo=UTC), configured.zone, "nl")
    return without_usual(told)


def test_each_mail_is_drawn_with_what_its_reader_may_know() -> None:
    assert examples() == HELD
