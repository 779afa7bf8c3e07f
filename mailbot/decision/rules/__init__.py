"""The rules by which a message is judged: one file each, and here their order.

The rules of ``MESSAGE`` look at the message as a whole; the first that settles it ends the
asking. Those of ``PEOPLE`` judge every person that none before has settled, and those
of ``AFTERWARDS`` look at what is settled. A new rule is a
file like ``many_people.py`` (message) or ``deadline.py`` (people), and a line here.
"""

from __future__ import annotations

from mailbot.decision.draft import Rule
from mailbot.decision.rules.accept import accept
from mailbot.decision.rules.automatic import automatic
from mailbot.decision.rules.calendar_decline import calendar_decline
from mailbot.decision.rules.capacity import capacity
from mailbot.decision.rules.comes_after_all import comes_after_all
from mailbot.decision.rules.comes_to_one import comes_to_one
from mailbot.decision.rules.complete import complete
from mailbot.decision.rules.contradiction import contradiction
from mailbot.decision.rules.deadline import deadline
from mailbot.decision.rules.declines import declines
from mailbot.decision.rules.each_said import each_said
from mailbot.decision.rules.event_closed import event_closed
from mailbot.decision.rules.everywhere import everywhere
from mailbot.decision.rules.forged import forged
from mailbot.decision.rules.form_agreed import form_agreed
from mailbot.decision.rules.forwarded import forwarded
from mailbot.decision.rules.free_text import free_text
from mailbot.decision.rules.her_question import her_question
from mailbot.decision.rules.in_place_of import in_place_of
from mailbot.decision.rules.invited import invited
from mailbot.decision.rules.many_people import many_people
from mailbot.decision.rules.named_event import named_event
from mailbot.decision.rules.namesake import namesake
from mailbot.decision.rules.new_date import new_date
from mailbot.decision.rules.not_a_registration import not_a_registration
from mailbot.decision.rules.not_all_read import not_all_read
from mailbot.decision.rules.optional_doubts import optional_doubts
from mailbot.decision.rules.own_workbook import own_workbook
from mailbot.decision.rules.participants import participants
from mailbot.decision.rules.passed_place import passed_place
from mailbot.decision.rules.perhaps import perhaps
from mailbot.decision.rules.places import places
from mailbot.decision.rules.promotion import promotion
from mailbot.decision.rules.question import question
from mailbot.decision.rules.reply_to import reply_to
from mailbot.decision.rules.said_before import said_before
from mailbot.decision.rules.same_person import becomes_double, same_person
from mailbot.decision.rules.still_away import still_away
from mailbot.decision.rules.substitute import substitute
from mailbot.decision.rules.text_contradicts_form import text_contradicts_form
from mailbot.decision.rules.unauthorised_change import unauthorised_change
from mailbot.decision.rules.unnamed_people import unnamed_people
from mailbot.decision.rules.unreadable_form import unreadable_form
from mailbot.decision.rules.which_event import which_event
from mailbot.decision.rules.whom_meant import whom_meant

MESSAGE: tuple[Rule, ...] = (
    calendar_decline,  # a withdrawal, although a machine sent it
    automatic,  # before anything in it is believed or answered
    forwarded,  # who is the sender
    everywhere,  # who stays away from all events
    comes_to_one,  # and who from one of two
    named_event,  # so that a case about it stands in its workbook
    form_agreed,  # or waits until the secretary has looked at what is asked
    own_workbook,  # what we wrote ourselves
    whom_meant,  # who is "he", or "the mayor"
    not_a_registration,  # mail that wants nothing of the registrations
    perhaps,  # what may be a registration
    forged,  # is it really the sender
    which_event,  # or a person says for which
    form_agreed,  # of an event that nothing named before
    event_closed,
    many_people,
    unreadable_form,
)

PEOPLE: tuple[Rule, ...] = (
    each_said,  # who comes and who does not, of those whom words name
    in_place_of,  # whose form comes in whose place
    participants,  # who is in the form
    same_person,  # who of them is known
    new_date,  # or who answers whether they come on another date
    places,  # or how many come who have no name yet
    free_text,  # or whom the words are about, where there is no form
    namesake,  # who stays away, and is perhaps somebody known
    text_contradicts_form,  # words that say another thing than the form around them
    said_before,  # what a form of before said already
    unauthorised_change,  # who may not change what is registered
    contradiction,  # what the secretary corrected stays
    substitute,  # who comes in whose place
    declines,  # who says they do not come
    still_away,  # who said so before, and does not say that they come
    passed_place,  # whose place stays with who comes by the same mail
    invited,  # who is not on a closed list
    deadline,  # who is too late
    complete,  # who must be asked something
    becomes_double,  # who is known by another row since they were asked
    capacity,  # for whom there is no place
    accept,  # all others are in
)

AFTERWARDS: tuple[Rule, ...] = (
    not_all_read,  # what took too long to read beside it
    unnamed_people,  # more than it names
    optional_doubts,  # what is to be looked at, although they are in
    comes_after_all,  # what another's mail wants of them
    promotion,  # who gets the places that came free
    question,  # what is to be passed on
    her_question,  # what she asked, and waits for
    reply_to,  # who may not be answered where the mail says
)
