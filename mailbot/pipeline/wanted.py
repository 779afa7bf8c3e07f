"""What the words of a mail want: its intent, who is named with what data, and what is asked."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from mailbot.domain.document import Location, ParsedDocument, ParseStatus, Unit
from mailbot.domain.form import ROLE, FieldKind, Form
from mailbot.domain.message import Message
from mailbot.domain.submission import ActKind, Answer, Intent, Person, Submission
from mailbot.extraction.labels import labels_of
from mailbot.intent.absent_body import absent_body
from mailbot.intent.answers.told import Told, as_changes, seeming, sentences_of, told_by, untold
from mailbot.intent.by_function import in_function, who_by_function
from mailbot.intent.captioned import is_all_read, says_who_stays
from mailbot.intent.classifier import IntentResult, Ours, answers, read_beside, read_intent
from mailbot.intent.free_text_registration import (
    beside_name,
    described,
    roles_of,
    with_own_diet,
    writer_by_signature,
)
from mailbot.intent.listed_people import is_of_somebody
from mailbot.intent.questions import question_in
from mailbot.intent.roles import role_before
from mailbot.intent.signature import named_as_signed, signature_of
from mailbot.intent.statistical import model
from mailbot.intent.substitutes import Standin, as_person
from mailbot.intent.told_details import details, diets_of, tells_diet, with_diet
from mailbot.intent.whom import leaves_everywhere
from mailbot.matching.names import same_name
from mailbot.matching.shown_names import name_shown, named_as_spelt
from mailbot.message.quoting import marked
from mailbot.pipeline.beside_form import beside_form
from mailbot.pipeline.listed_in_words import (
    as_listing,
    names_whom,
    with_choices,
    with_listed,
    with_others_listed,
)
from mailbot.pipeline.material import Material
from mailbot.pipeline.named_in_words import (
    names_somebody_unread,
    of_people,
    of_whose_place,
    replaced,
    with_names,
    without_towns,
)
from mailbot.pipeline.noted_beside import noted_beside
from mailbot.pipeline.of_our_meetings import (
    at_our_meetings,
    in_doubt,
    lists_of_others,
    without_certainty,
)
from mailbot.pipeline.texts import mail_of, signature_below
from mailbot.pipeline.unasked_meals import meals_in_columns

#: Who wants one of these may be unknown to us until then.
_STAYS_AWAY = frozenset({Intent.EXCUSE, Intent.WITHDRAW})


def with_intent(mail: Material, submission: Submission, taken: frozenset[Location]) -> Submission:
    """The submission with what the words want; ``taken`` are the places that were read as a form."""
    if mail.message is None:
        return submission
    others = tuple(lists_of_others(mail, mail.message))
    result = _read(mail, mail.message, submission, taken)
    result = in_doubt(result) if others else result  # who is ours, and who is not, is for a person
    form = mail.settings.forms.get(submission.form)
    submission = without_certainty(submission, others, form)
    asked_for = form or mail.likely_form(submission.clues)
    result, own = _with_own(mail.message, result, submission, asked_for)
    remarks = of_whose_place(submission.people, form)
    result = replace(result, acts=(*result.acts, *remarks))
    result = replace(result, named=(*result.named, *replaced(mail, result, submission.people, form)))
    asked = (
        result.question,
        *beside_form(result, submission.people, form, mail.message.sender.email),
        *(others if submission.people else ()),
        *_asked_on_the_form(submission.people, form),
        *(act.words for act in remarks),
        *meals_in_columns(mail, submission.people, form),
    )
    submission, result = _with_whom_it_lists(mail, mail.message, submission, result, own)
    asked = (*asked, *noted_beside(result, submission, asked_for))
    if result.intent in (Intent.REGISTER, Intent.RESTORE) and not submission.people:
        asked = (*asked, *untold(_not_of_listed(result, submission, asked_for), own, asked_for))
    acts = result.acts if submission.told else tuple(with_names(mail, mail.message, result))
    submission = _with_words(mail, submission, replace(result, acts=acts), asked_for, own)
    return replace(
        submission,
        question=" ".join(dict.fromkeys(filter(None, asked))),
        asks_nothing=not question_in(filter(None, asked)),
        reader=model().version if result.acts else "",
        everywhere=leaves_everywhere(result.acts),
        writer=None if submission.people else _writer(mail, result, asked_for, own),
    )


def _read(
    mail: Material, message: Message, submission: Submission, taken: frozenset[Location]
) -> IntentResult:
    """What the words want, as far as they are about our meetings and name people."""
    ours = _ours(mail)
    result = read_intent(message, taken | mail.unmarked_quotes(), ours)
    result = _if_all_read(_by_letter(mail, message, result, submission, ours), submission)
    return without_towns(mail, of_people(mail, at_our_meetings(mail, result)))


def _with_whom_it_lists(
    mail: Material,
    message: Message,
    submission: Submission,
    result: IntentResult,
    own: tuple[Told, ...],
) -> tuple[Submission, IntentResult]:
    """The submission and the result with the people whom the words list, below each other or in a sentence;
    ``own`` is what they tell of their writer."""
    listing = as_listing(result, submission, reply=answers(message.subject))
    listed = with_listed(mail, submission, listing)
    stays = any(map(says_who_stays, result.words.splitlines()))
    if not listed.told and (stays or names_somebody_unread(mail, (), result)):
        result = replace(result, intent=Intent.UNCLEAR)  # who comes is another than its writer
    if listed.told and (listing is result or names_whom(listed.told, result, message)):
        return with_choices(mail, listed, listing, own)
    return with_others_listed(mail, submission, result)


def _with_words(
    mail: Material, submission: Submission, result: IntentResult, asked_for: Form, own: tuple[Told, ...]
) -> Submission:
    """The submission with what was read in its words, of whom, by the questions of the form ``asked_for``;
    ``own`` is what they tell of their writer."""
    nobody_read = not (submission.people or submission.told)
    standin = _standin(result.substitute, asked_for, result.words)
    if result.intent is Intent.SUBSTITUTE and _leaves_a_meal_out(result, standin):
        result = replace(result, intent=Intent.UNCLEAR)
    by_function = partial(_by_function, mail, result, asked_for)
    return replace(
        submission,
        intent=result.intent,
        named=result.named,
        words=result.words,
        acts=result.acts,
        heard=result.heard,
        heard_elsewhere=result.heard_elsewhere,
        unread_words=result.unread,
        nothing_more=result.nothing_more,
        staying=result.staying,
        roles=roles_of(result.named, result.words.splitlines()),
        nrs=result.nrs,
        substitute=standin,
        signed_by_another=_signed_by_another(mail, result),
        own={one.field.key: one.as_answer(_IN_WORDS) for one in own},
        own_words=sentences_of(own, result.words.splitlines()),
        described=_described(mail, result, asked_for) if nobody_read else (),
        by_function=by_function(ActKind.NOT_COME) if nobody_read else None,
        comes_by_function=by_function(ActKind.COME) if nobody_read else None,
        absent_body=_absent_body(mail, result) if nobody_read else "",
    )


def _ours(mail: Material) -> Ours:
    """What our events are called, and their houses, with and without the word before a name of two words and
    more ("OC De Kleine Beer")."""
    events = mail.settings.events.values()
    houses = {event.place.partition(",")[0].strip() for event in events}
    bare = {house.partition(" ")[2] for house in houses}
    return Ours(
        frozenset(event.title for event in events if event.title.strip()),
        frozenset(house for house in (*houses, *bare) if " " in house),
    )


#: Where words tell something of their writer.
_IN_WORDS = Location().at(Unit.MAIL)


def _with_own(
    message: Message, result: IntentResult, submission: Submission, form: Form
) -> tuple[IntentResult, tuple[Told, ...]]:
    """What the words of a mail without a form tell of their writer by the questions of the form, and the
    result without what they only seem to say by that."""
    if submission.people or message.forwarded or form.per_organisation:
        return result, ()
    lines = result.words.splitlines()
    own = told_by([line for line in lines if not is_of_somebody(line)], form)
    if not seeming(result.acts, own):
        return result, own
    pieces = (one.words for one in own)
    rest = read_beside(result, pieces, message.sender.name, reply=answers(message.subject))
    if rest.intent in (*_CHANGES_NOTHING, Intent.CHANGE):
        rest = replace(rest, intent=Intent.CHANGE, acts=(*rest.acts, *as_changes(own)))
    return rest, own


#: What a mail says that only brings a letter.
_SAYS_NOTHING = frozenset({Intent.NONE, Intent.REPLY, Intent.THANKS})
#: What a letter says that changes nothing by itself.
_CHANGES_NOTHING = _SAYS_NOTHING | {Intent.CONFIRM, Intent.DENY}
#: Characters of what stands above a letter, and of one.
_LONGEST_ABOVE, _LONGEST_LETTER = 300, 3_000


def _by_letter(
    mail: Material, message: Message, result: IntentResult, submission: Submission, ours: Ours
) -> IntentResult:
    """The result, by what a letter says that came beside an empty mail or one that only points to it ("zie
    bijlage"). It is the sender's where their name stands below it; else a person reads it, and nobody is
    put on the list by it."""
    says_more = len(result.words) > _LONGEST_ABOVE or result.question or message.forwarded
    says_nothing = result.intent in _SAYS_NOTHING or result.of_subject
    if submission.people or says_more or not says_nothing:
        return result
    letters = [one for one in mail.readings if one.blocks and one.state is ParseStatus.READ]
    short = [one for one in letters if sum(len(block.text) for block in one.blocks) <= _LONGEST_LETTER]
    said = [_said_by(one, message, ours) for one in short]
    telling = [one for one in said if one.intent not in _CHANGES_NOTHING]
    return telling[0] if len(telling) == 1 else result


def _said_by(one: ParsedDocument, message: Message, ours: Ours) -> IntentResult:
    """What a letter beside a mail wants; unclear where it may be another's than who mails."""
    letter = replace(message, subject="", body=marked(one.blocks))
    found = read_intent(letter, frozenset(), ours)
    if found.intent in _CHANGES_NOTHING:
        return found
    # above it a name is whom it is for
    signed = "\n".join((*signature_below(letter), *found.signature)).splitlines()
    theirs = not one.recognised and any(same_name(line, message.sender.name) for line in signed)
    return found if theirs else replace(found, intent=Intent.UNCLEAR, heard=())


#: A mail that is encrypted in its text.
_SEALED = "-----BEGIN PGP MESSAGE-----"
#: A picture of a kind that is not read is a logo more often than anything.
_PICTURE = re.compile(r"\.(?:png|jpe?g|gif|bmp|svg|webp|tiff?|emz|wmz)$", re.I)


def _if_all_read(result: IntentResult, submission: Submission) -> IntentResult:
    """The result, a doubt where a subject alone says that somebody does not come, and what stands below it
    could not be read: that may say of whom."""
    hidden = _SEALED in result.words or any(
        state is not ParseStatus.UNSUPPORTED or not _PICTURE.search(name) for name, state in submission.unread
    )
    leaves = result.of_subject and result.intent in (*_STAYS_AWAY, Intent.SUBSTITUTE)
    return replace(result, intent=Intent.MAYBE_WITHDRAW) if hidden and leaves else result


def _writer(mail: Material, result: IntentResult, form: Form, own: Sequence[Told]) -> Person | None:
    """Who wrote words without a form, as their signature tells: who excuses themselves, or of whom she then
    decides whether they come."""
    message = mail.message
    if message is None or message.forwarded:
        return None
    below = (*result.signature, *signature_below(message))
    lines, labels = result.words.splitlines(), labels_of(form)
    sender = named_as_signed(message.sender, lines, below, mail.directory.recognise)
    writer = writer_by_signature(lines, below, sender, labels, mail.directory)
    writer = with_own_diet(writer, result.acts, labels)
    said = {one.field.key: one.as_answer(_IN_WORDS) for one in own if not one.erases}
    return replace(writer or Person(), answers={**(writer or Person()).answers, **said}) if said else writer


def _signed_by_another(mail: Material, result: IntentResult) -> str:
    """The name below the words of a mail of its own, where that is not its sender's; else empty."""
    message = mail.message
    if message is None or message.forwarded:
        return ""
    below = (*result.signature, *signature_below(message))
    return signature_of(result.words.splitlines(), below, message.sender, mail.directory.recognise).another


def _described(mail: Material, result: IntentResult, form: Form) -> tuple[Person, ...]:
    """Those whom the words name, and who wrote them, with what stands beside their names, and in the
    signature of a mail that is passed on."""
    message = mail.message
    if message is None:
        return ()
    source = mail_of(message, result.words)
    sender = named_as_spelt(source.sender)  # programs quote who is in no address book without a name
    named = (name for act in result.acts for name in act.people)
    names = tuple(dict.fromkeys((*named, name_shown(sender.name))))
    below, lines = (*result.signature, *signature_below(source)), result.words.splitlines()
    labels = labels_of(form)
    people = (
        *described(names, lines, below, sender, labels, mail.directory),
        *in_function(names, lines, form),
    )
    if source is message:
        return people
    writer = writer_by_signature(lines, below, sender, labels, mail.directory)
    return (*filter(None, (writer and beside_name(writer, labels),)), *people)


def _by_function(mail: Material, result: IntentResult, form: Form, what: ActKind) -> Person | None:
    """The one of whom the words say by a function alone that they come, or that they do not (``what``)."""
    if mail.message is None:
        return None
    source = mail_of(mail.message, result.words)
    below = (*result.signature, *signature_below(source))
    body = mail.directory.by_mail(source.sender.email)
    return who_by_function(result.acts, what, result.words.splitlines(), below, form, mail.directory, body)


def _absent_body(mail: Material, result: IntentResult) -> str:
    """The body of which the words say that nobody comes; that the writer signs it names nobody else."""
    if mail.message is None or result.nrs or result.substitute:
        return ""
    sender = mail_of(mail.message, result.words).sender
    named = [name for name in result.named if name != sender.name]
    return absent_body(result.acts, named, mail.directory, mail.directory.by_mail(sender.email))


def _standin(who: Standin | None, form: Form, words: str) -> Person | None:
    """Who comes in somebody's place, with the function before their name, the data behind it, those that
    other lines give, which go before, and what is said that they eat: a "he" is who comes."""
    if who is None:
        return None
    where = Location().at(Unit.MAIL)
    person, role = as_person(who, form, where), role_before(who.name, words)
    said = {ROLE: Answer(role, where)} if role and form.field(ROLE) else {}
    behind, below = (details(text, labels_of(form)) for text in (who.behind, who.data))
    person = replace(person, answers={**said, **behind, **below, **person.answers})
    eats = diets_of((who.name,), words.splitlines()).get(who.name, "")
    return with_diet(person, eats, labels_of(form)) if eats else person


def _leaves_a_meal_out(result: IntentResult, comes: Person | None) -> bool:
    """Whether the words tell what another than their writer eats, which is noted of nobody who comes."""
    told = any(act.kind is ActKind.CHANGE and act.pointed and not act.of_self for act in result.acts)
    noted = comes is not None and any(tells_diet(str(one.value)) for one in comes.answers.values())
    return told and not noted


def _asked_on_the_form(people: tuple[Person, ...], form: Form | None) -> tuple[str, ...]:
    """What people ask in the answers that may be of any length ("Opmerkingen"), each once."""
    fields = form.of_kind(FieldKind.LONG_TEXT) if form else ()
    asked = (question_in(p.text(field.key).splitlines()) for p in people for field in fields)
    return tuple(dict.fromkeys(filter(None, asked)))


def _not_of_listed(result: IntentResult, submission: Submission, form: Form) -> list[str]:
    """The lines of a mail without those of people whom it lists of which each caption was read."""
    lines = result.words.splitlines()
    if not submission.told:
        return lines
    return [one for one in lines if not (is_of_somebody(one) and is_all_read(one, labels_of(form)))]
