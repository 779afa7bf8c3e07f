"""Whom the words of a mail name, beside the people of a form and its writer."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import islice

from mailbot.domain.form import FieldKind, Form
from mailbot.domain.message import Message
from mailbot.domain.submission import Act, ActKind, Intent, Person, Who
from mailbot.intent.acts import read_acts
from mailbot.intent.classifier import IntentResult
from mailbot.intent.lexicon import is_word, language_of, lexicon, spaced
from mailbot.intent.listed_people import SELF, Named, is_of_somebody, listed_below
from mailbot.intent.person_mentions import like_names
from mailbot.intent.substitutes import may_replace
from mailbot.matching.names import name_of
from mailbot.matching.told_bodies import without_town
from mailbot.pipeline.material import Material
from mailbot.text.normalize import letters, plain

#: Acts that put somebody on the list, and those that name who comes along.
ON_THE_LIST = frozenset({ActKind.COME, ActKind.BRING, ActKind.PLACES})
_ALONG = frozenset({ActKind.BRING, ActKind.PLACES, ActKind.SUBSTITUTE})
#: Acts of somebody who perhaps comes.
_MAY_COME = frozenset({ActKind.UNSURE, ActKind.CONDITION})
#: A word with a capital that does not begin the sentence: it may be the name of somebody.
_CAPITAL = re.compile(r"(?<=[^\s.!?:])\s+([A-ZÀ-ÖØ-Þ][\w'’-]+)")
#: Remarks of which it is read whose place somebody takes: it is of one person, and a list may have thousands.
_MOST_REMARKS = 20
_FULL_NAME = 2  # words at least


def people_in(words: str, mail: Material) -> list[str]:
    """What may be names of people in some words: neither bodies nor words of a lexicon, and not what our
    events are called, nor where and by whom they are held."""
    return [name for name in like_names(_without_ours(words, mail)) if not _is_other(name, mail)]


def _is_other(name: str, mail: Material) -> bool:
    """Whether what looks like a name is a body, or all but one word of it a word of a lexicon, or a body:
    "Deelnemers Damme"."""
    spellings = mail.directory.spellings
    rest = [w for w in name.split() if not is_word(plain(w)) and letters(w) not in spellings]
    return bool(mail.directory.recognise(name)) or len(rest) < _FULL_NAME


def _without_ours(words: str, mail: Material) -> str:
    """Some words without what our events are called, and where and by whom they are held."""
    events = mail.settings.events.values()
    people = (contact.name for event in events for contact in event.contacts)
    ours = (*mail.titles, *(event.place for event in events), *people)
    for text in sorted(filter(None, ours), key=len, reverse=True):
        words = re.sub(re.escape(text), " ", words, flags=re.I)
    places = {letters(word) for event in events for word in event.place.split()}
    return " ".join(word if letters(word) not in places else word.lower() for word in words.split())


def replaced(
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


def of_whose_place(people: tuple[Person, ...], form: Form | None) -> tuple[Act, ...]:
    """What an answer of any length on a form says of whose place somebody takes ("Opmerkingen: in de plaats
    van Jan Peeters"): it says it as words beside the form would."""
    fields = form.of_kind(FieldKind.LONG_TEXT) if form else ()
    texts = dict.fromkeys(person.text(field.key) for person in people for field in fields)
    telling = islice((text for text in texts if _may_name(text) and may_replace(text)), _MOST_REMARKS)
    acts = (act for text in telling for act in read_acts([text]))
    return tuple(act for act in acts if act.kind is ActKind.SUBSTITUTE and _may_name(act.words))


def _may_name(words: str) -> bool:
    return bool(like_names(words) or _CAPITAL.search(words))


def of_people(mail: Material, result: IntentResult) -> IntentResult:
    """The result with people where a sentence that says who comes was read as one about a body: "voor
    Knokke-Heist mag u Els Debruyne noteren". Nobody is to come by it unseen, and what names nobody beside the
    body stays about that."""
    acts: list[Act] = []
    for act in result.acts:
        bodies = [name for name in act.people if mail.directory.recognise(name)]
        found = tuple(people_in(act.words, mail)) if bodies else ()
        comes = act.kind in ON_THE_LIST and len(bodies) == len(act.people)
        acts.append(replace(act, people=found, agreed=False) if comes and found else act)
    if tuple(acts) == result.acts:
        return result
    named = (name for act in acts for name in act.people)
    intent = Intent.UNCLEAR if result.intent is Intent.REGISTER else result.intent
    return replace(result, acts=tuple(acts), named=tuple(dict.fromkeys(named)), intent=intent)


def without_towns(mail: Material, result: IntentResult) -> IntentResult:
    """The result in which people are called by their names alone, without where they are from: "Filip Haebeke
    van Beernem". Whoever is called so elsewhere is another; the words tell."""
    own = {name: without_town(name, mail.directory)[0] for name in result.named}
    own |= {name: without_town(name, mail.directory)[0] for act in result.acts for name in act.people}
    acts = (replace(act, people=tuple(own[name] for name in act.people)) for act in result.acts)
    return replace(result, acts=tuple(acts), named=tuple(own[name] for name in result.named))


def with_names(mail: Material, message: Message, result: IntentResult) -> Iterator[Act]:
    """The acts with whom their sentences name beside the writer, whatever verb goes with them: a number of
    places is then not without a name, and who decides that the writer comes decides about all of them."""
    writers = {letters(one.sender.name) for one in message.mails}
    alone = not any(act.kind in _ALONG for act in result.acts)
    for act in _of_those_listed(result):
        unclear = act.kind is ActKind.COME and result.intent is Intent.UNCLEAR
        comes = unclear and act.of_self
        named = people_in(act.words, mail) if _may_be_of_others(act, unclear=unclear) else ()
        people = tuple(name for name in named if letters(name) not in writers)
        if people and comes and alone:
            yield from (act, replace(act, kind=ActKind.BRING, people=people, agreed=False))
        else:
            yield replace(act, people=people) if people and not comes else act


def _may_be_of_others(act: Act, *, unclear: bool) -> bool:
    """Whether an act that names nobody may be of whom its sentence names; ``unclear``: that somebody comes is
    not understood."""
    may_come = act.kind in _MAY_COME and not act.of_self
    return (unclear or may_come or act.kind is ActKind.PLACES) and not (act.people or act.elsewhere)


def _of_those_listed(result: IntentResult) -> Iterator[Act]:
    """The acts of a mail that is not understood and lists people below a line that says that they come: what
    a line says is of whom it names, and that line's of the rest. Who decides about the mail decides about
    them, and not about its writer."""
    lines = result.words.splitlines() if result.intent is Intent.UNCLEAR else []
    acts, everybody = result.acts, _names(listed_below(lines, everybody=True))
    if not everybody:
        yield from acts
        return
    acts = tuple(_of_its_line(act, everybody) for act in acts)
    told = {letters(name) for act in acts if act.kind in _COMES_OR_NOT for name in act.people}
    comes = _names(listed_below(lines))
    heads = [act for act in acts if act.kind is ActKind.COME and act.words.endswith(":") and not act.people]
    head = replace(heads[0] if heads else Act(ActKind.COME), who=Who.NAMED, of_self=False, agreed=False)
    for kind in (ActKind.COME, ActKind.UNSURE):
        listed = (name for name in everybody if (name in comes) is (kind is ActKind.COME))
        if rest := tuple(name for name in listed if letters(name) not in told):
            yield replace(head, kind=kind, people=rest)
    yield from (act for act in acts if act not in heads)


#: What somebody in a list may be said to do other than the rest.
_COMES_OR_NOT = ON_THE_LIST | _MAY_COME | {ActKind.NOT_COME, ActKind.RESTORE, ActKind.SUBSTITUTE}


def _names(listed: Iterable[Named]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.name for one in listed if one is not SELF))


def _of_its_line(act: Act, everybody: Iterable[str]) -> Act:
    """An act that names nobody, as one of whom its line begins with in a list."""
    names = tuple(name for name in everybody if act.words.startswith(name)) if not act.people else ()
    return replace(act, people=names, who=Who.NAMED, of_self=False) if names else act


def names_somebody_unread(mail: Material, people: Iterable[Person], result: IntentResult) -> bool:
    """Whether a sentence that says who comes, or a list below one, holds what may be the name of somebody
    who was not read: a mail is not carried out for only some of those whom it names."""
    if result.intent is not Intent.REGISTER or mail.message is None:
        return False
    comes = (act.words for act in result.acts if act.kind in ON_THE_LIST and not act.elsewhere)
    listed = _listed_below(result.words.splitlines())
    named = {letters(name) for words in (*comes, *listed) for name in people_in(words, mail)}
    people = tuple(people)
    texts = (str(answer.value) for one in people for answer in one.answers.values())
    known = letters(" ".join((*texts, *(one.sender.name for one in mail.message.mails))))
    whole = {letters(name) for one in people for name in _both_ways(one)} - {""}
    return any(name not in known and not any(name in one or one in name for one in whole) for name in named)


def _listed_below(lines: Iterable[str]) -> Iterator[str]:
    """The lines of somebody and what is told of them that stand right below one that ends with a colon."""
    listing = False
    for line in filter(str.strip, lines):
        heads = line.rstrip().endswith(":")
        if not heads and listing and is_of_somebody(line):
            yield line
        else:
            listing = heads


def _both_ways(person: Person) -> tuple[str, str]:
    """The answers of somebody that are words, in their order and reversed: their name is among them
    either way."""
    said = [str(answer.value) for answer in person.answers.values() if isinstance(answer.value, str)]
    return " ".join(said[:2]), " ".join(said[1::-1])
