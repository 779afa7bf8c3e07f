"""The people whom the words of a mail put on the list of a meeting."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from mailbot.domain.document import Location, Unit
from mailbot.domain.form import Form
from mailbot.domain.message import Message
from mailbot.domain.submission import (
    Act,
    ActKind,
    ClueSource,
    EventClue,
    Intent,
    Person,
    Submission,
    Who,
    acts_here,
)
from mailbot.extraction.labels import labels_of
from mailbot.intent.agreement import IDLE
from mailbot.intent.answers.told import Told, sentences_of
from mailbot.intent.answers.values import phones_in
from mailbot.intent.asked_of_named import asked_of_named
from mailbot.intent.captioned import says_who_stays
from mailbot.intent.classifier import IntentResult, answers
from mailbot.intent.clause import DETAILS
from mailbot.intent.free_text_registration import told
from mailbot.intent.listed_people import introduced, is_of_somebody, lines_of_people, lists_people
from mailbot.intent.plain_lists import only_lists
from mailbot.intent.sentences import sentences_apart
from mailbot.intent.signature import named_as_signed
from mailbot.intent.told_details import tells_diet
from mailbot.matching.addresses import addresses_in
from mailbot.matching.events import day_clues
from mailbot.matching.names import name_of, same_address
from mailbot.matching.subject_matter import names_an_event
from mailbot.pipeline.material import Material
from mailbot.pipeline.named_in_words import ON_THE_LIST, names_somebody_unread
from mailbot.pipeline.texts import mail_of, signature_below
from mailbot.text.normalize import letters, plain

#: Words of registering, without which "ik kom graag" is about anything.
_REGISTERING = re.compile(
    r"\binschrij|\bschrijf\b|\baanmeld|\binscri|\bregist|\bdeelnem|\bneem\b.{0,60}\bdeel\b"
)
#: Acts beside which a list of who comes is only half of what a mail says.
_NOT_ON_THE_LIST = frozenset({ActKind.NOT_COME, ActKind.SUBSTITUTE, ActKind.UNSURE, ActKind.CONDITION})


def as_listing(result: IntentResult, submission: Submission, *, reply: bool) -> IntentResult:
    """The result, as a registration where the words only put people on the list: "Deelnemers:" and their
    names, "2 plaatsen voor Menen: ...", and in a ``reply`` the colleague who was asked about. Nobody comes by
    it before the sender answered."""
    undecided = result.intent in (Intent.NONE, Intent.REPLY, Intent.UNCLEAR)
    leaves = bool(acts_here(result.acts, *_NOT_ON_THE_LIST))
    if not undecided or submission.people or result.question or leaves or result.left_out:
        return result
    changes = any(act.kind is ActKind.CHANGE for act in result.acts)
    if reply and ActKind.CHANGE in result.heard and not changes:
        return result  # "mijn functie is nu diensthoofd, en Els Maes komt ook mee" is no list alone
    said = result.words.splitlines()
    lists = lists_people(said) or (reply and bool(introduced(said)))
    return replace(result, intent=Intent.REGISTER) if lists or _only_comes(result) else result


def _only_comes(result: IntentResult) -> bool:
    """Whether all acts put people on the list: the second reader hears so as well, it is asked of people by
    name, or they have their address."""
    if not result.acts or not all(map(_is_of_who_comes, result.acts)):
        return False
    asked = all(act.agreed and asked_of_named(act.words) for act in result.acts)
    return asked or not ON_THE_LIST.isdisjoint(result.heard) or all(map(_brings_at_address, result.acts))


def _brings_at_address(act: Act) -> bool:
    """Whether both readers find that people by name come along, whose address stands beside them: "ik zal
    vergezeld zijn van Els Maes (els@damme.example)"."""
    return act.kind is ActKind.BRING and act.agreed and bool(act.people and addresses_in(act.words))


def _is_of_who_comes(act: Act) -> bool:
    """Whether an act puts somebody on the list, or tells what a writer who comes eats; what it tells of
    another must be read beside their name then (``_leaves_a_detail_out``)."""
    detail = act.kind is ActKind.CHANGE and act.field in DETAILS and (act.agreed or not act.of_self)
    comes = act.kind in ON_THE_LIST and not act.by_reason
    return (comes or detail) and not act.elsewhere


def with_listed(
    mail: Material, submission: Submission, result: IntentResult, *, for_her: bool = False
) -> Submission:
    """The submission with the people whom words put on the list of a meeting that is named. ``for_her``:
    also those that the secretary decides about then."""
    message = mail.message
    if message is None or result.intent is not Intent.REGISTER or submission.people:
        return submission
    said = result.words.splitlines()
    source = mail_of(message, result.words)
    clues = submission.clues
    if not any(clue.event for clue in clues):
        clues = (*clues, *day_clues(result.words, ClueSource.WORDS, mail.settings))
    form = _form_of_meeting(mail, source, clues, result)
    form = form or (mail.likely_form() if for_her and not clues else None)
    if form is None or source.sender.email.lower() in _organisers(mail):
        return submission
    below = [*result.signature, *signature_below(source)]
    people, doubts = told(
        _with_small_titles(said, mail),
        below,
        named_as_signed(source.sender, said, below, mail.directory.recognise),
        labels_of(form),
        mail.directory,
        frozenset(event.place for event in mail.settings.events.values()),
        agreed=_is_agreed_coming(result) or _only_lists(result),
    )
    left_out = _leaves_somebody_out(people, said, result, source.sender.email)
    left_out |= answers(message.subject) and _leaves_a_number_out(people, said)
    left_out |= _leaves_a_detail_out(people, result, source)
    if not people or left_out or names_somebody_unread(mail, people, result):
        return submission
    return replace(submission, form=form.id, told=people, told_doubts=doubts, clues=clues)


def _with_small_titles(lines: Sequence[str], mail: Material) -> list[str]:
    """Lines with the titles of our events in small letters: "Intergemeentelijk Samenwerken" is nobody."""
    title = _any_of(mail.titles)
    return [title.sub(lambda found: found[0].lower(), line) for line in lines]


@lru_cache(maxsize=8)
def _any_of(titles: frozenset[str]) -> re.Pattern[str]:
    """Where a whole title stands, the longest first: "Water" stands in no "Waterschoot"."""
    known = map(re.escape, sorted(filter(None, titles), key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{'|'.join(known)})(?!\w)", re.I)


def with_others_listed(
    mail: Material, submission: Submission, result: IntentResult
) -> tuple[Submission, IntentResult]:
    """The submission of a mail with those whom it lists as coming, where its writer says of nobody but
    themselves that they do not, and the result as one that a person reads: whom she registers are they. A
    list of which nothing is known is for her as well."""
    said = result.words.splitlines()
    lists = lists_people(said)
    if mail.message is None or not _only_writer_leaves(result) or submission.people:
        return submission, result
    if not lists and lines_of_people(said) < _A_LIST:
        return submission, result
    result = replace(result, intent=Intent.UNCLEAR, staying=())
    if not lists:
        return submission, result
    listed = with_listed(mail, submission, replace(result, intent=Intent.REGISTER), for_her=True)
    others = tuple(one for one in listed.told if not _is_writer(one, mail.message))
    if not others:
        return submission, result
    names = tuple(name_of(one.values, mail.settings.forms[listed.form]) for one in others)
    acts = (replace(one, people=names, of_self=False) if _is_of_list(one) else one for one in result.acts)
    return replace(listed, told=others, told_doubts=()), replace(result, acts=tuple(acts))


def _only_writer_leaves(result: IntentResult) -> bool:
    """Whether a mail may say that its writer does not come, and says so of nobody else."""
    away = acts_here(result.acts, *_NOT_ON_THE_LIST)
    own = all(act.kind is ActKind.NOT_COME and act.who is Who.WRITER and not act.people for act in away)
    return result.intent in (Intent.UNCLEAR, Intent.EXCUSE, Intent.WITHDRAW) and bool(away) and own


def _is_of_list(act: Act) -> bool:
    """Whether an act says that people come, who then are those of the list."""
    return act.kind is ActKind.COME and not act.elsewhere


#: Lines of people that make a list.
_A_LIST = 2


def _form_of_meeting(
    mail: Material, source: Message, clues: Sequence[EventClue], result: IntentResult
) -> Form | None:
    """The form of the meeting that words register for; None where they may mean another than ours, or
    speak of none and of no registering."""
    event_ids = {clue.event for clue in clues if clue.event}
    if event_ids:
        return mail.settings.form_of(mail.settings.events[min(event_ids)])
    lines = (source.subject, *result.words.splitlines())
    named = any(names_an_event(line, mail.settings, mail.now) for line in lines)
    registers = _REGISTERING.search(plain(f"{source.subject} | {result.words}"))
    says_so = (named and _is_agreed_coming(result)) or registers
    return mail.likely_form() if says_so and not clues else None


def _only_lists(result: IntentResult) -> bool:
    """Whether the words list who comes and say nothing else, so that the second reader need not know them."""
    return not result.heard_elsewhere and only_lists(result.acts, {*result.heard}, result.words.splitlines())


def _is_agreed_coming(result: IntentResult) -> bool:
    """Whether both readers find that somebody comes, and nothing else but details of them, or a question
    beside it, which is passed on."""
    acts = [act for act in result.acts if act.kind not in (*IDLE, ActKind.QUESTION)]
    comes = [act for act in acts if not (act.kind is ActKind.CHANGE and _is_detail(act))]
    found = any(act.agreed for act in comes)
    # "mag er nog iemand bij?" asks for more than is listed, and "mag Els Maes er nog bij?" does not
    open_ended = (act for act in comes if act.kind is not ActKind.COME and not asked_of_named(act.words))
    if any(act.words.rstrip().endswith("?") for act in open_ended):
        return False
    return found and all(act.kind in ON_THE_LIST and (act.agreed or _is_counted(act)) for act in comes)


def _is_detail(act: Act) -> bool:
    """Whether a change is one of a registration that is made, or what a list tells beside a name."""
    return act.field in DETAILS or is_of_somebody(act.words)


def _is_counted(act: Act) -> bool:
    """Whether an act is a number of places, which must be that of the people who are named."""
    return act.kind is ActKind.PLACES and act.places > 0


def with_choices(
    mail: Material, submission: Submission, result: IntentResult, told_of_self: Sequence[Told]
) -> tuple[Submission, IntentResult]:
    """The submission whose one person, the writer, has what they tell of themselves by the questions of the
    form ("Ik kom graag. Ik blijf ook voor de lunch."), and the result without the sentences of that."""
    writer = submission.told[0]
    if mail.message is None or len(submission.told) > 1:
        return submission, result
    own = [one for one in told_of_self if not one.erases]
    if not own or not _is_writer(writer, mail.message):
        return submission, result
    said = {one.field.key: one.as_answer(Location().at(Unit.MAIL)) for one in own}
    whole = sentences_of(own, result.words.splitlines())
    left = "\n".join(one.text for one in sentences_apart(result.unread.splitlines()) if one.text not in whole)
    answered = replace(submission, told=(replace(writer, answers={**said, **writer.answers}),))
    return answered, replace(result, unread=left)


def _organisers(mail: Material) -> frozenset[str]:
    """Who writes about a meeting without coming to it: we, and those named in every mail."""
    contacts = (contact for event in mail.settings.events.values() for contact in event.contacts)
    return mail.settings.own_addresses | {contact.email.lower() for contact in contacts}


def _leaves_somebody_out(
    people: tuple[Person, ...], lines: Sequence[str], result: IntentResult, sender: str
) -> bool:
    """Whether the words speak of more people than were read: by the places that they ask for, by an address
    that is nobody's of them, or by who is said not to come ("Els Maes, aanwezig: neen")."""
    taken = {str(answer.value).lower() for one in people for answer in one.answers.values()}
    given = {address.lower() for line in lines for address in addresses_in(line)}
    asked = max((act.places for act in result.acts if not act.elsewhere), default=0)
    stays = any(map(says_who_stays, lines))
    return asked > len(people) or bool(given - taken - {sender.lower()}) or stays


def _leaves_a_number_out(people: tuple[Person, ...], lines: Sequence[str]) -> bool:
    """Whether an answer gives a telephone number that is nobody's of those who were read: it is the writer's
    new one, or of one of them."""
    taken = {letters(str(answer.value)) for one in people for answer in one.answers.values()}
    return any(letters(number) not in taken for line in lines for number in phones_in(line))


def _leaves_a_detail_out(people: tuple[Person, ...], result: IntentResult, source: Message) -> bool:
    """Whether the words tell what somebody eats or needs, and it is noted of nobody: "Bo eet vegetarisch"
    where no Bo comes, "ik eet vegetarisch" of who is on the list and brings a colleague."""
    writer_comes = any(_is_writer(one, source) for one in people)
    answers_of_all = [str(answer.value) for one in people for answer in one.answers.values()]
    noted = [letters(text) for text in answers_of_all if tells_diet(text)]
    told = (act for act in result.acts if act.kind is ActKind.CHANGE and act.field in DETAILS)
    others = (act for act in told if not (act.of_self and writer_comes))
    theirs = (act for act in others if not (act.elsewhere or is_of_somebody(act.words)))
    return not all(any(diet in letters(act.words) for diet in noted) for act in theirs)


def names_whom(people: tuple[Person, ...], result: IntentResult, message: Message) -> bool:
    """Whether somebody is named where the words bring somebody along, or ask for places."""
    others = any(not _is_writer(one, message) for one in people)
    return others or not any(act.kind in (ActKind.BRING, ActKind.PLACES) for act in result.acts)


def _is_writer(person: Person, message: Message) -> bool:
    """Whether somebody whom words put on the list has the address of who mails."""
    own = same_address(message.sender.email)
    return any(same_address(str(answer.value)) == own for answer in person.answers.values())
