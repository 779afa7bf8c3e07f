"""What the words of a mail want: its intent, who is named with what data, and what is asked."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice

from mailbot.domain.document import Location, ParseStatus, Unit
from mailbot.domain.form import ROLE, UNASKED_DIET, FieldKind, Form
from mailbot.domain.message import Message
from mailbot.domain.submission import Act, ActKind, Answer, ClueSource, Intent, Person, Submission
from mailbot.intent.acts import read_acts
from mailbot.intent.agreement import IDLE
from mailbot.intent.answers.choices import choice_in
from mailbot.intent.answers.diet import diet_in
from mailbot.intent.classifier import DETAILS, IntentResult, answers, read_intent
from mailbot.intent.free_text_registration import (
    described,
    details,
    introduced,
    lists_people,
    roles_of,
    told,
    with_own_diet,
    writer_by_signature,
)
from mailbot.intent.lexicon import is_word, language_of, lexicon, spaced
from mailbot.intent.person_mentions import like_names
from mailbot.intent.questions import question_in
from mailbot.intent.roles import role_before
from mailbot.intent.sentences import sentences
from mailbot.intent.statistical import model
from mailbot.intent.substitutes import Standin, as_person, may_replace
from mailbot.intent.whom import leaves_everywhere
from mailbot.matching.addresses import addresses_in
from mailbot.matching.events import day_clues
from mailbot.matching.names import name_of, same_name
from mailbot.matching.shown_names import name_shown
from mailbot.matching.subject_matter import at_another_meeting, names_an_event, names_another_day
from mailbot.message.quoting import marked
from mailbot.pipeline.beside_form import beside_form
from mailbot.pipeline.material import Material
from mailbot.pipeline.texts import labels_of, lines_of, signature_below
from mailbot.text.normalize import letters, plain

#: Words of registering, without which "ik kom graag" is about anything.
_REGISTERING = re.compile(
    r"\binschrij|\bschrijf\b|\baanmeld|\binscri|\bregist|\bdeelnem|\bneem\b.{0,60}\bdeel\b"
)
#: What is done without a person.
_CARRIED_OUT = frozenset({Intent.REGISTER, Intent.WITHDRAW, Intent.EXCUSE, Intent.RESTORE, Intent.SUBSTITUTE})
#: Who wants one of these may be unknown to us until then.
_STAYS_AWAY = frozenset({Intent.EXCUSE, Intent.WITHDRAW})
#: Acts of coming and of staying away.
_PRESENCE = frozenset({ActKind.COME, ActKind.NOT_COME, ActKind.RESTORE})
#: Acts that put somebody on the list.
_ON_THE_LIST = frozenset({ActKind.COME, ActKind.BRING, ActKind.PLACES})
#: Acts beside which a list of who comes is only half of what a mail says.
_NOT_ON_THE_LIST = frozenset({ActKind.NOT_COME, ActKind.SUBSTITUTE, ActKind.UNSURE, ActKind.CONDITION})


def with_intent(mail: Material, submission: Submission, taken: frozenset[Location]) -> Submission:
    """The submission with what the words want; ``taken`` are the places that were read as a form."""
    if mail.message is None:
        return submission
    titles = frozenset(event.title for event in mail.settings.events.values() if event.title.strip())
    result = read_intent(mail.message, taken | mail.unmarked_quotes(), titles)
    result = _if_all_read(_by_letter(mail, mail.message, result, submission, titles), submission)
    result = _of_people(mail, _at_our_meetings(mail, result))
    form = mail.settings.forms.get(submission.form)
    remarks = _of_whose_place(submission.people, form)
    result = replace(result, acts=(*result.acts, *remarks))
    result = replace(result, named=(*result.named, *_replaced(mail, result, submission.people, form)))
    beside = beside_form(result, submission.people, form, mail.message.sender.email)
    asked = (
        result.question,
        *beside,
        *_asked_on_the_form(submission.people, form),
        *(act.words for act in remarks),
    )
    listing = _listing(result, submission, reply=answers(mail.message.subject))
    listed = _with_free_text_people(mail, submission, listing)
    if not listed.told and _names_somebody_unread(mail, (), result):
        result = replace(result, intent=Intent.UNCLEAR)  # who comes is another than its writer
    if listed.told and (listing is result or _names_whom(listed.told, result, mail.message)):
        submission, result = _with_choices(mail, listed, listing)
    asked = (*asked, *_noted_beside(result, submission))
    return replace(
        submission,
        intent=result.intent,
        named=result.named,
        question=" ".join(dict.fromkeys(filter(None, asked))),
        asks_nothing=not question_in(filter(None, asked)),
        words=result.words,
        acts=result.acts if submission.told else tuple(_with_names(mail, mail.message, result)),
        heard=result.heard,
        unread_words=result.unread,
        nothing_more=result.nothing_more,
        staying=result.staying,
        roles=roles_of(result.named, result.words.splitlines()),
        reader=model().version if result.acts else "",
        nrs=result.nrs,
        everywhere=leaves_everywhere(result.acts),
        substitute=_standin(result.substitute, form or mail.likely_form(), result.words),
        writer=None if submission.people else _writer(mail, result, form or mail.likely_form()),
        described=()
        if submission.people or submission.told
        else _described(mail, result, form or mail.likely_form()),
    )


def _replaced(
    mail: Material, result: IntentResult, people: tuple[Person, ...], form: Form | None
) -> Iterator[str]:
    """In whose place the person of a form comes, as the words beside it say: whoever is named in a sentence
    of standing in and is not on the form ("in bijlage de vervanger van Jan Peeters"); where it names nobody
    and speaks of its writer ("het formulier van mijn vervanger"), who wrote it."""
    if form is None or len(people) != 1 or mail.message is None:
        return
    comes = {*plain(name_of(people[0].values, form)).split()}
    for act in result.acts:
        if act.kind is not ActKind.SUBSTITUTE or act.elsewhere:
            continue
        words = _without_ours(act.words, mail)
        others = [name for name in like_names(words) if not {*plain(name).split()} <= comes]
        yield from (name for name in others if not mail.directory.recognise(name))
        capitals = {plain(word) for word in _CAPITAL.findall(words)} - comes
        said = spaced(words)
        if not capitals and lexicon(language_of(said)).who["mine"].search(said):
            yield from filter(None, (mail.message.sender.name,))


#: A word with a capital that does not begin the sentence: it may be the name of somebody.
_CAPITAL = re.compile(r"(?<=[^\s.!?:])\s+([A-ZÀ-ÖØ-Þ][\w'’-]+)")


#: What a mail says that only brings a letter.
_SAYS_NOTHING = frozenset({Intent.NONE, Intent.REPLY, Intent.THANKS})
#: Characters of what stands above a letter, and of one.
_LONGEST_ABOVE, _LONGEST_LETTER = 300, 3_000


def _by_letter(
    mail: Material, message: Message, result: IntentResult, submission: Submission, titles: frozenset[str]
) -> IntentResult:
    """The result, by what a letter says that came beside an empty mail or one that only points to it ("zie
    bijlage"). It is the sender's where their name stands below it; else a person reads it, and nobody is
    put on the list by it."""
    says_more = len(result.words) > _LONGEST_ABOVE or result.question or message.forwarded
    says_nothing = result.intent in _SAYS_NOTHING or result.of_subject
    if submission.people or says_more or not says_nothing:
        return result
    letters = [one for one in mail.readings if one.blocks and one.state is ParseStatus.READ]
    said = []
    for one in letters:
        if sum(len(block.text) for block in one.blocks) > _LONGEST_LETTER:
            continue
        letter = replace(message, subject="", body=marked(one.blocks))
        found = read_intent(letter, frozenset(), titles)
        if found.intent not in (*_SAYS_NOTHING, Intent.CONFIRM, Intent.DENY):
            # above it a name is whom it is for
            signed = "\n".join((*signature_below(letter), *found.signature)).splitlines()
            theirs = not one.recognised and any(same_name(line, message.sender.name) for line in signed)
            said.append(found if theirs else replace(found, intent=Intent.UNCLEAR, heard=()))
    return said[0] if len(said) == 1 else result


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


def _writer(mail: Material, result: IntentResult, form: Form) -> Person | None:
    """Who wrote words without a form, as their signature tells: who excuses themselves, or of whom she then
    decides whether they come."""
    message = mail.message
    if message is None or message.forwarded:
        return None
    below = (*result.signature, *signature_below(message))
    lines, labels = result.words.splitlines(), labels_of(form)
    writer = writer_by_signature(lines, below, message.sender, labels, mail.directory)
    return with_own_diet(writer, result.acts, labels)


def _described(mail: Material, result: IntentResult, form: Form) -> tuple[Person, ...]:
    """Those whom the words name, and who wrote them, with what stands beside their names."""
    message = mail.message
    if message is None:
        return ()
    said = result.words.splitlines()
    source = next((one for one in message.mails if set(said) <= {*lines_of(one)}), message)
    named = (name for act in result.acts for name in act.people)
    names = tuple(dict.fromkeys((*named, name_shown(source.sender.name))))
    below = (*result.signature, *signature_below(source))
    return described(names, said, below, source.sender, labels_of(form), mail.directory)


def _standin(who: Standin | None, form: Form, words: str) -> Person | None:
    """Who comes in somebody's place, with the function before their name and the data behind it."""
    if who is None:
        return None
    where = Location().at(Unit.MAIL)
    person, role = as_person(who, form, where), role_before(who.name, words)
    said = {ROLE: Answer(role, where)} if role and form.field(ROLE) else {}
    return replace(person, answers={**said, **details(who.behind, labels_of(form)), **person.answers})


def _at_our_meetings(mail: Material, result: IntentResult) -> IntentResult:
    """The result, unclear where a clause that says it names a day that no meeting of ours has, or another
    meeting: "de werkgroep van 14 januari moet ik annuleren", "op de sportraad ben ik er niet bij"."""
    if result.intent not in _CARRIED_OUT:
        return result
    strange = [one for one in result.acts if names_another_day(one.clause, mail.settings)]
    ours = [one for one in result.acts if one.kind in _PRESENCE and not one.elsewhere and one not in strange]
    strange += [
        one
        for one in ours
        if at_another_meeting(one.clause, mail.settings, mail.now) and not _gives_reason(one.clause)
    ]
    acts = tuple(replace(one, agreed=one.agreed and one not in strange) for one in result.acts)
    return replace(result, intent=Intent.UNCLEAR, acts=acts) if strange else result


def _of_people(mail: Material, result: IntentResult) -> IntentResult:
    """The result with people where a sentence that says who comes was read as one about a body: "voor
    Knokke-Heist mag u Els Debruyne noteren". Nobody is to come by it unseen, and what names nobody beside the
    body stays about that."""
    acts: list[Act] = []
    for act in result.acts:
        bodies = [name for name in act.people if mail.directory.recognise(name)]
        found = tuple(_unlike_bodies(like_names(_without_ours(act.words, mail)), mail)) if bodies else ()
        comes = act.kind in _ON_THE_LIST and len(bodies) == len(act.people)
        acts.append(replace(act, people=found, agreed=False) if comes and found else act)
    if tuple(acts) == result.acts:
        return result
    named = (name for act in acts for name in act.people)
    intent = Intent.UNCLEAR if result.intent is Intent.REGISTER else result.intent
    return replace(result, acts=tuple(acts), named=tuple(dict.fromkeys(named)), intent=intent)


def _unlike_bodies(names: Sequence[str], mail: Material) -> Iterator[str]:
    yield from (name for name in names if not (mail.directory.recognise(name) or _is_of_words(name, mail)))


def _gives_reason(clause: str) -> bool:
    """Whether a clause tells why: "ik moet naar de gemeenteraad en kan er niet bij zijn"."""
    said = spaced(clause)
    return lexicon(language_of(said)).says("reason", said)


def _listing(result: IntentResult, submission: Submission, *, reply: bool) -> IntentResult:
    """The result, as a registration where the words only put people on the list: "Deelnemers:" and their
    names, "2 plaatsen voor Menen: ...", and in a ``reply`` the colleague who was asked about. Nobody comes by
    it before the sender answered."""
    undecided = result.intent in (Intent.NONE, Intent.REPLY, Intent.UNCLEAR)
    leaves = any(act.kind in _NOT_ON_THE_LIST and not act.elsewhere for act in result.acts)
    if not undecided or submission.people or result.question or leaves:
        return result
    said = result.words.splitlines()
    lists = lists_people(said) or (reply and bool(introduced(said)))
    only_comes = result.acts and all(_is_of_who_comes(act) for act in result.acts)
    comes = only_comes and _ON_THE_LIST & {*result.heard}
    return replace(result, intent=Intent.REGISTER) if lists or comes else result


def _is_of_who_comes(act: Act) -> bool:
    """Whether an act puts somebody on the list, or tells of a writer who comes what they eat."""
    detail = act.kind is ActKind.CHANGE and act.field in DETAILS and act.agreed and act.of_self
    return (act.kind in _ON_THE_LIST or detail) and not act.elsewhere


def _with_free_text_people(mail: Material, submission: Submission, result: IntentResult) -> Submission:
    """The submission with the people whom words put on the list of a meeting that is named."""
    message = mail.message
    if message is None or result.intent is not Intent.REGISTER or submission.people:
        return submission
    said = result.words.splitlines()
    mails = (one for one in message.mails if set(said) <= {*lines_of(one)})
    source = next(mails, message)  # the one that these words stand in
    clues = submission.clues
    if not any(clue.event for clue in clues):
        clues = (*clues, *day_clues(result.words, ClueSource.WORDS, mail.settings))
    event_ids = {clue.event for clue in clues if clue.event}
    agreed = _is_agreed_coming(result)
    named = any(names_an_event(line, mail.settings, mail.now) for line in (source.subject, *said))
    says_registering = (agreed and named) or _REGISTERING.search(plain(f"{source.subject} | {result.words}"))
    if (clues and not event_ids) or not (event_ids or says_registering):
        return submission
    if source.sender.email.lower() in _organisers(mail):
        return submission
    form = mail.settings.form_of(mail.settings.events[min(event_ids)]) if event_ids else mail.likely_form()
    below = [*result.signature, *signature_below(source)]
    places = frozenset(event.place for event in mail.settings.events.values())
    labels = labels_of(form)
    people, doubts = told(said, below, source.sender, labels, mail.directory, places, agreed=agreed)
    if not people or _leaves_somebody_out(people, said, result, source.sender.email):
        return submission
    if _names_somebody_unread(mail, people, result):
        return submission
    return replace(submission, form=form.id, told=people, told_doubts=doubts, clues=clues)


def _is_agreed_coming(result: IntentResult) -> bool:
    """Whether both readers find that somebody comes, and nothing else but details of them."""
    acts = [act for act in result.acts if act.kind not in IDLE]
    comes = [act for act in acts if not (act.kind is ActKind.CHANGE and act.field in DETAILS)]
    found = any(act.agreed for act in comes)
    return found and all(act.kind in _ON_THE_LIST and (act.agreed or _is_counted(act)) for act in comes)


def _with_choices(
    mail: Material, submission: Submission, result: IntentResult
) -> tuple[Submission, IntentResult]:
    """The submission whose one person, the writer, has what their other sentences answer to a question of the
    form in its own words ("Ik kom graag. Ik blijf ook voor de lunch."), and the result without those."""
    writer, form = submission.told[0], mail.settings.forms.get(submission.form)
    if form is None or mail.message is None or len(submission.told) > 1:
        return submission, result
    sender = mail.message.sender.email.lower()
    own = any(str(answer.value).lower() == sender for answer in writer.answers.values())
    unread = sentences([result.unread]) if own else ()
    found = [(one, choice_in(one.text, form)) for one in unread]
    where, said = Location().at(Unit.MAIL), dict[str, Answer]()
    for _, chosen in found:
        if chosen is None:
            continue
        if chosen.field.key in said:  # two sentences about one question: somebody is to read them
            return submission, result
        value = chosen.answer == "ja" if chosen.field.kind is FieldKind.YES_NO else chosen.answer
        said[chosen.field.key] = Answer(value, where)
    left = "\n".join(one.text for one, chosen in found if chosen is None)
    answered = replace(submission, told=(replace(writer, answers={**said, **writer.answers}),))
    return (answered, replace(result, unread=left)) if said else (submission, result)


def _organisers(mail: Material) -> frozenset[str]:
    """Who writes about a meeting without coming to it: we, and those named in every mail."""
    contacts = (contact for event in mail.settings.events.values() for contact in event.contacts)
    return mail.settings.own_addresses | {contact.email.lower() for contact in contacts}


def _asked_on_the_form(people: tuple[Person, ...], form: Form | None) -> tuple[str, ...]:
    """What people ask in the answers that may be of any length ("Opmerkingen"), each once."""
    fields = form.of_kind(FieldKind.LONG_TEXT) if form else ()
    asked = (question_in(p.text(field.key).splitlines()) for p in people for field in fields)
    return tuple(dict.fromkeys(filter(None, asked)))


def _of_whose_place(people: tuple[Person, ...], form: Form | None) -> tuple[Act, ...]:
    """What an answer of any length on a form says of whose place somebody takes ("Opmerkingen: in de plaats
    van Jan Peeters"): it says it as words beside the form would."""
    fields = form.of_kind(FieldKind.LONG_TEXT) if form else ()
    texts = dict.fromkeys(person.text(field.key) for person in people for field in fields)
    telling = islice((text for text in texts if _may_name(text) and may_replace(text)), _MOST_REMARKS)
    acts = (act for text in telling for act in read_acts([text]))
    return tuple(act for act in acts if act.kind is ActKind.SUBSTITUTE and _may_name(act.words))


def _may_name(words: str) -> bool:
    return bool(like_names(words) or _CAPITAL.search(words))


#: Remarks of which it is read whose place somebody takes: it is of one person, and a list may have thousands.
_MOST_REMARKS = 20


def _leaves_somebody_out(
    people: tuple[Person, ...], lines: Sequence[str], result: IntentResult, sender: str
) -> bool:
    """Whether the words speak of more people than were read: by the places that they ask for, or by an
    address that is nobody's of them."""
    taken = {str(answer.value).lower() for one in people for answer in one.answers.values()}
    given = {address.lower() for line in lines for address in addresses_in(line)}
    asked = max((act.places for act in result.acts if not act.elsewhere), default=0)
    return asked > len(people) or bool(given - taken - {sender.lower()})


def _is_counted(act: Act) -> bool:
    """Whether an act is a number of places, which must be that of the people who are named."""
    return act.kind is ActKind.PLACES and act.places > 0


def _names_somebody_unread(mail: Material, people: tuple[Person, ...], result: IntentResult) -> bool:
    """Whether a sentence that says who comes holds what may be the name of somebody beside these ``people``
    and the writer: nothing is done for a part of those whom it names."""
    if result.intent is not Intent.REGISTER or mail.message is None:
        return False
    comes = (act.words for act in result.acts if act.kind in _ON_THE_LIST and not act.elsewhere)
    named = {name for words in comes for name in like_names(_without_ours(words, mail))}
    texts = (str(answer.value) for one in people for answer in one.answers.values())
    known = letters(" ".join((*texts, *(one.sender.name for one in mail.message.mails))))
    whole = {letters(name) for one in people for name in _both_ways(one)}
    return any(
        letters(name) not in known
        and not any(letters(name) in one or one in letters(name) for one in whole if one)
        and not mail.directory.recognise(name)
        and not _is_of_words(name, mail)
        for name in named
    )


def _with_names(mail: Material, message: Message, result: IntentResult) -> Iterator[Act]:
    """The acts with whom their sentences name beside the writer, whatever verb goes with them: a number of
    places is then not without a name, and who decides that the writer comes decides about all of them."""
    writers = {letters(one.sender.name) for one in message.mails}
    for act in result.acts:
        comes = act.kind is ActKind.COME and act.of_self and result.intent is Intent.UNCLEAR
        named = like_names(_without_ours(act.words, mail)) if comes or act.kind is ActKind.PLACES else ()
        people = tuple(
            name
            for name in named
            if letters(name) not in writers
            and not (mail.directory.recognise(name) or _is_of_words(name, mail))
        )
        if act.people or act.elsewhere or not people:
            yield act
        elif comes and not any(one.kind in _ALONG for one in result.acts):
            yield from (act, replace(act, kind=ActKind.BRING, people=people, agreed=False))
        else:
            yield replace(act, people=people) if act.kind is ActKind.PLACES else act


#: Acts that name who comes along.
_ALONG = frozenset({ActKind.BRING, ActKind.PLACES, ActKind.SUBSTITUTE})


def _is_of_words(name: str, mail: Material) -> bool:
    """Whether all but one word of what looks like a name is a word of a lexicon, or a body:
    "Deelnemers Damme"."""
    spellings = mail.directory.spellings
    rest = [w for w in name.split() if not is_word(plain(w)) and letters(w) not in spellings]
    return len(rest) < _FULL_NAME


_FULL_NAME = 2  # words at least


def _both_ways(person: Person) -> tuple[str, str]:
    """The answers of somebody that are words, in their order and turned: their name is among them."""
    said = [str(answer.value) for answer in person.answers.values() if isinstance(answer.value, str)]
    return " ".join(said[:2]), " ".join(said[1::-1])


def _without_ours(words: str, mail: Material) -> str:
    """Some words without what our events are called, and where and by whom they are held."""
    events = mail.settings.events.values()
    people = (contact.name for event in events for contact in event.contacts)
    ours = (*mail.titles, *(event.place for event in events), *people)
    for text in sorted(filter(None, ours), key=len, reverse=True):
        words = re.sub(re.escape(text), " ", words, flags=re.I)
    places = {letters(word) for event in events for word in event.place.split()}
    return " ".join(word if letters(word) not in places else word.lower() for word in words.split())


#: Fields whose words, beside what is carried out, somebody has to see.
_TO_SEE = ("diet", "remarks")


def _noted_beside(result: IntentResult, submission: Submission) -> Iterator[str]:
    """The sentences that name what the office has to know, beside a form ("de factuur mag naar de financiële
    dienst") or in a mail that is carried out, or what a form notes of people in the latter: "Els komt niet.
    En voor mij geen varkensvlees." is no half of two. No act was found in them, or one that a registration
    has beside it ("ik ben vegetariër"), and nothing of them was taken over."""
    done = result.intent in _CARRIED_OUT
    if not (done or submission.people):
        return
    for sentence in sentences([result.unread]):
        words = spaced(sentence.plain)
        lex = lexicon(language_of(words))
        noted = lex.says("diet_said", words) or any(lex.fields[one].search(words) for one in _TO_SEE)
        if (lex.says("for_the_office", words) or (done and noted)) and _is_new(
            sentence.text, result, submission
        ):
            yield sentence.text
    for act in result.acts if result.intent is Intent.REGISTER and not submission.people else ():
        if act.kind is ActKind.CHANGE and act.field in DETAILS and _is_new(act.words, result, submission):
            yield act.words


def _is_new(words: str, result: IntentResult, submission: Submission) -> bool:
    """Whether a sentence is neither passed on already nor taken over as an answer of who comes, be it as an
    option ("Vegetarische lunch"), or as one that the form has no question for."""
    answers = [str(a.value) for one in submission.told for a in one.answers.values() if not a.signed]
    unasked = [problem.read for problem in submission.told_doubts if problem.field == UNASKED_DIET]
    said = spaced(words)
    taken = (spaced(text) for text in (*answers, *unasked))
    stems = {word[:_STEM] for word in said.split() if diet_in(word)}
    return words not in result.question and not any(
        text.strip() and (text in said or any(f" {stem}" in text for stem in stems)) for text in taken
    )


#: Letters of a word for a diet that its endings leave alone.
_STEM = 7


def _names_whom(people: tuple[Person, ...], result: IntentResult, message: Message) -> bool:
    """Whether somebody is named where the words bring somebody along, or ask for places."""
    own = message.sender.email.lower()
    others = [one for one in people if own not in (str(answer.value) for answer in one.answers.values())]
    return bool(others) or not any(act.kind in (ActKind.BRING, ActKind.PLACES) for act in result.acts)
