"""The people whom plain words put on the list: "Wij komen met drie: Jan Peeters (schepen), ...".

A name is told by its capitals, and a sentence says that they come. None of it is certain: every
answer is doubted, so that the sender is asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import replace

from mailbot.domain.document import Location, Unit
from mailbot.domain.doubt import Reason
from mailbot.domain.form import DIET, UNASKED_DIET, FieldKind
from mailbot.domain.message import Address
from mailbot.domain.submission import Act, ActKind, Answer, Code, Person, Problem, Who
from mailbot.extraction.labels import Labels
from mailbot.extraction.values.names import split_name
from mailbot.intent.acts import acts_in
from mailbot.intent.answers.diet import diet_in
from mailbot.intent.answers.of_named import speaks_of_others
from mailbot.intent.captioned import APART, caption_of
from mailbot.intent.lexicon import language_of, lexicon, pattern, spaced
from mailbot.intent.listed_people import (
    IN_BRACKETS,
    SELF,
    Named,
    data_below,
    enumerated,
    introduced,
    is_of_somebody,
    list_of,
    listed_below,
    named_in_sentences,
    told_more,
    writer_named,
)
from mailbot.intent.person_mentions import names
from mailbot.intent.roles import role_before, role_of_writer
from mailbot.intent.sentences import Sentence, sentences
from mailbot.intent.signature import Signature, signature_of
from mailbot.intent.told_details import (
    A_DIET,
    WHERE,
    WORDLESS,
    around,
    data_behind,
    diet_field,
    diet_said,
    diets_of,
    food_in,
    is_detail,
    key_of,
    role_in,
    with_diet,
)
from mailbot.intent.told_person import (
    bodies_of_sender,
    body_of,
    captioned_beside,
    come_for,
    person_of,
    split_name_of,
)
from mailbot.matching.addresses import addresses_in
from mailbot.matching.names import belongs_to, name_of
from mailbot.matching.organisations import Directory
from mailbot.matching.shown_names import in_order, name_shown
from mailbot.matching.told_bodies import without_town
from mailbot.text.lexicon import LANGUAGES
from mailbot.text.normalize import letters, plain, tidy

WHERE_SIGNED = Location().at(Unit.SIGNATURE)
WHERE_SHOWN = Location().at(Unit.SENDER)
_MOST = 40


def told(
    lines: Sequence[str],
    signature: Sequence[str],
    sender: Address,
    labels: Labels,
    directory: Directory,
    places: Set[str] = frozenset(),
    *,
    agreed: bool = False,
) -> tuple[tuple[Person, ...], tuple[Problem, ...]]:
    """The people whom the words of a mail register; nobody where they name nobody. ``lines`` are the
    sender's own, ``signature`` those below them, ``places`` where our events are held; ``agreed``: both
    readers of sentences found that somebody comes.

    Every answer is doubted but the address that the mail came from, what its writer says of themselves that
    they eat, or of one whom they name and of nobody else, what a signature that agrees
    with From says of its writer (name, function, organisation, telephone), and, where it is ``agreed`` that
    they come, what stands beside an address of a known body that spells somebody's name, a name of which it
    is certain which is the first, with the function and the number beside it, and the sender's own body.
    Where another than From signed, nothing of who writes is certain.
    """
    signed = signature_of(lines, signature, sender, directory.recognise)
    lines, signature = signed.above, signed.lines
    acts = acts_in(sentences(lines))
    if labels.form.per_organisation or any(act.elsewhere for act in acts):
        return (), ()
    me, people = _by_name(lines, signature, sender, directory)
    people = _with_addresses(_with_data(people, lines), lines)
    away = frozenset(letters(word) for word in " ".join(places).split())
    body = body_of(lines, signature, sender, directory, away)
    named = [*people.values()][:_MOST]
    diet = _diet_of_first(me, named, acts, signed)
    others = [one.name for one in named if one.name != me]
    eat = diets_of(others, lines)
    read = tuple(
        _eating(person_of(one, body, labels, directory), (diet if n == 0 else "", eat.get(one.name)), labels)
        for n, one in enumerate(named)
    )
    if me and signed.agrees:
        read = (_signed(read[0], signed, sender, labels), *read[1:])
    of_writer = (role_of_writer(lines), _own_words_of_diet(lines)) if me else ()  # as they say themselves
    beside = _without_named(" ".join(lines), others)
    surely = diets_of(others, lines, pronouns=False) if speaks_of_others(beside) else eat
    own_bodies = bodies_of_sender(signature, sender, directory) if agreed else frozenset()
    captioned = [captioned_beside(one, labels) for one in named]
    doubts: list[Problem] = []
    for n, (one, person) in enumerate(zip(named, read, strict=True)):
        another = signed.another if me and n == 0 else ""
        if agreed and not another and _is_spelt(person, labels, directory):
            continue
        sure = {sender.email, *(of_writer if n == 0 else ()), surely.get(one.name)}
        plainly = agreed and not another and _is_plainly_told(one, directory)
        certain = _certain(one, person, own_bodies, labels) if plainly else frozenset()
        by_caption = {given.key for given in captioned[n]}  # which is no guess where it is read
        in_order = {*labels.form.keys_of(FieldKind.NAME)} if certain else frozenset[str]()
        found = _doubts(n, person, sure, certain | by_caption | _diet_beside(one, labels))
        doubts += (_as_doubted(doubt, another, in_order) for doubt in found)
    unread = filter(None, (given.problem(n) for n, each in enumerate(captioned) for given in each))
    return read, (*doubts, *unread, *_unasked(diet, labels))


def _diet_of_first(me: str, named: Sequence[Named], acts: Sequence[Act], signed: Signature) -> str:
    """What is told that the first of the people eats: the writer, where they come themselves, or the only one
    who comes, for whom anything in the mail is that."""
    if len(named) == 1:
        lines = signed.above if me else _without_writer(signed.above)
        return diet_said((*lines, *_diets_below(signed)))
    return own_diet(acts) if me else ""


def _eating(person: Person, diets: Iterable[str | None], labels: Labels) -> Person:
    """A person with the diets that are told of them, if any."""
    for diet in filter(None, diets):
        person = with_diet(person, diet, labels)
    return person


def _without_named(text: str, named: Sequence[str]) -> str:
    """A text without these people, and what they are called before their names: "mijn collega Rik Bos"."""
    for name in named:
        text = re.sub(rf"\b(?:(?i:{pattern('whose_list')})\s+[\w'’-]+\s+)?{re.escape(name)}\b", " ", text)
    return text


def _unasked(diet: str, labels: Labels) -> tuple[Problem, ...]:
    """The doubt about a diet that the form has no question for."""
    asked = not diet or diet_field(diet, labels) is not None
    return () if asked else (Problem(0, UNASKED_DIET, Code.UNSURE, Reason.NOT_ASKED, diet),)


def _by_name(
    lines: Sequence[str], signature: Sequence[str], sender: Address, directory: Directory
) -> tuple[str, dict[str, Named]]:
    """The writer's name where they come themselves ("" where not), and all who come, the writer first."""
    listed = [*listed_below(lines), *introduced(lines)]
    people = _others(lines, [one for one in listed if one is not SELF], directory)
    me = name_shown(sender.name) if SELF in listed else writer_named(lines, sender)
    if not me:
        return "", people
    about = people.pop(letters(me), Named(me)).about
    beside_me = (piece for one in sentences(lines) for piece in data_behind(one.text.partition(me)[2]))
    told_of_me = " | ".join((role_of_writer(lines), about, *beside_me, *signature))
    return me, {letters(me): Named(me, told_of_me, sender.email), **people}


def _diets_below(signed: Signature) -> list[str]:
    """The lines below the words that hold nothing but a diet, where the signature is the writer's."""
    alone = [
        line for line in signed.lines if A_DIET.fullmatch(WORDLESS.sub("", line).strip()) or diet_in(line)
    ]
    return alone if signed.agrees else []


def _others(lines: Sequence[str], listed: Sequence[Named], directory: Directory) -> dict[str, Named]:
    """Those whom lists or sentences name, by the letters of their name: nobody who is a body, or for whom
    somebody comes. One who stands alone also has the data below."""
    named = [_without_town(one, directory) for one in (*listed, *named_in_sentences(lines))]
    bodies = frozenset(map(letters, come_for(lines)))
    people = {
        letters(one.name): one
        for one in named
        if not directory.recognise(one.name) and letters(one.name) not in bodies
    }
    if len(people) == 1:
        ((key, one),) = people.items()
        people[key] = replace(one, about=" | ".join((one.about, *data_below(lines, one.name))))
    return people


def _with_data(people: dict[str, Named], lines: Sequence[str]) -> dict[str, Named]:
    """The people, by the letters of their names, each with what a sentence of nothing else tells of them:
    "Mijn gegevens: Jan Pieters, burgemeester, jan@x.example, 050 28 95 00"."""
    told_of: dict[str, list[str]] = {}
    for sentence in sentences(lines):
        for one in enumerated(list_of(sentence.text) or sentence.text):
            told_of.setdefault(letters(one.name), []).append(one.about)
    return {
        key: replace(one, about=" | ".join(filter(None, (one.about, *told_of.get(key, ())))))
        for key, one in people.items()
    }


def _with_addresses(people: dict[str, Named], lines: Sequence[str]) -> dict[str, Named]:
    """The people, those beside whom no address stands with the one in these lines that spells their name and
    nobody else's: "Graag inschrijven: Els Maes en Jan Peeters. Mails: els.maes@x.example en ..."."""
    near = {key: {one.email, *addresses_in(one.about)} - {""} for key, one in people.items()}
    taken = set().union(*near.values())
    free = dict.fromkeys(found for line in lines for found in addresses_in(line) if found not in taken)
    theirs: dict[str, list[str]] = {}
    for address in free:
        owners = [key for key, one in people.items() if belongs_to(address, "", one.name)]
        if len(owners) == 1 and not near[owners[0]]:
            theirs.setdefault(owners[0], []).append(address)
    alone = {key: found[0] for key, found in theirs.items() if len(found) == 1}
    return {key: told_more(one, alone.get(key, "")) for key, one in people.items()}


def own_diet(acts: Sequence[Act]) -> str:
    """What the writer says that they eat themselves, in a sentence that is of nobody by name; empty for none,
    and for more than one."""
    told = (act for act in acts if act.kind is ActKind.CHANGE and act.field == DIET and not act.elsewhere)
    own = (act for act in told if act.who is Who.WRITER and not (act.people or is_of_somebody(act.words)))
    said = {diet for act in own if (diet := diet_in(act.words))}
    return said.pop() if len(said) == 1 else ""


def _without_writer(lines: Sequence[str]) -> list[str]:
    """The sentences of lines in which nobody speaks of themselves: "voor mij vegetarisch", "ik ben diabeet"
    is of nobody whom they bring along."""
    return [one.text for one in sentences(lines) if not _speaks_of_writer(one)]


def _own_words_of_diet(lines: Sequence[str]) -> str | None:
    """What the writer says of themselves that they eat, and of nobody else; None where they do not."""
    return diet_said([one.text for one in sentences(lines) if _speaks_of_writer(one)]) or None


def _speaks_of_writer(sentence: Sentence) -> bool:
    words = spaced(sentence.plain)
    return bool(lexicon(language_of(words)).who["writer"].search(words)) and not names(sentence.text)


def described(
    named: Sequence[str],
    lines: Sequence[str],
    signature: Sequence[str],
    sender: Address,
    labels: Labels,
    directory: Directory,
) -> tuple[Person, ...]:
    """Those of the people whom the words of a mail name, with what stands beside their names (function,
    telephone, organisation) and what is said that they eat: what she decides about them takes it over.
    Whether they come is not told here, nor whose an address is."""
    read = with_their_data(named, lines, signature, sender, labels, directory)
    others = [name for name in named if name.strip() and letters(name) != letters(sender.name)]
    eat = {letters(name): diet for name, diet in diets_of(others, lines).items()}
    eating = (_eating(one, (eat.get(letters(name_of(one.values, labels.form))),), labels) for one in read)
    return tuple(filter(None, (beside_name(one, labels) for one in eating)))


def with_their_data(
    named: Sequence[str],
    lines: Sequence[str],
    signature: Sequence[str],
    sender: Address,
    labels: Labels,
    directory: Directory,
) -> tuple[Person, ...]:
    """The people of these whole names with all that stands beside them in the words of a mail."""
    if labels.form.per_organisation:
        return ()
    whole = {letters(name): name for name in named if " " in name}
    beside = {
        key: " | ".join(
            piece
            for one in sentences(lines)
            for piece in (around(name, one.text), *data_behind(one.text.partition(name)[2]))
            if piece
        )
        for key, name in whole.items()
    }
    people = {key: Named(name, beside[key]) for key, name in whole.items()}
    body = body_of((), signature, sender, directory, frozenset())
    return tuple(person_of(one, body, labels, directory) for one in _with_data(people, lines).values())


def beside_name(person: Person, labels: Labels) -> Person | None:
    """A person without whether they come and their address; None where neither a function, a telephone nor a
    diet is told of them."""
    telling = {key_of(labels, "Functie"), DIET, *labels.form.keys_of(FieldKind.PHONE)}
    apart = {labels.presence, *labels.form.keys_of(FieldKind.EMAIL)}
    if not telling & person.answers.keys():
        return None
    return replace(person, answers={key: one for key, one in person.answers.items() if key not in apart})


def _doubts(
    number: int, person: Person, sure: Set[str | None], certain: Set[str] = frozenset()
) -> Iterator[Problem]:
    """A doubt of each answer of a person that is not signed, nor ``sure``, nor of a ``certain`` field."""
    for key, answer in person.answers.items():
        known = answer.value in sure or key in certain or answer.signed
        if not isinstance(answer.value, bool) and not known:
            yield Problem(number, key, Code.UNSURE, Reason.FROM_WORDS, str(answer.value))


def _as_doubted(doubt: Problem, another: str, in_order: Set[str]) -> Problem:
    """A doubt with what is the matter: another than From signed, or only which part of a name is the first,
    of the fields ``in_order``."""
    if another:
        return replace(doubt, reason=Reason.SIGNED_BY_ANOTHER, detail=another)
    return replace(doubt, reason=Reason.WHICH_NAME_IS_FIRST) if doubt.field in in_order else doubt


def _certain(one: Named, person: Person, bodies: Set[str], labels: Labels) -> frozenset[str]:
    """The fields of somebody plainly told that are no guess: one of these ``bodies``, a name of which it is
    known what is the first, function, telephone. In a sentence with others only of who has a function."""
    form, role = labels.form, key_of(labels, "Functie")
    if not (one.email or one.alone or person.text(role)):
        return frozenset()
    split = split_name_of(one) if form.given_name else None
    kinds = [FieldKind.PHONE]
    kinds += [FieldKind.NAME] if split is None or split.sure else []
    kinds += [FieldKind.ORGANISATION] if person.organisation_known in bodies else []
    return frozenset({role, *(key for kind in kinds for key in form.keys_of(kind))})


def _is_plainly_told(one: Named, directory: Directory) -> bool:
    """Whether nothing but data stands beside a name; beside the writer's stands their signature."""
    pieces = () if one.email else _beside(one)
    return all(directory.recognise(piece) or _is_read(piece) for piece in pieces)


def _beside(one: Named) -> Iterator[str]:
    """The pieces that stand beside a name, what is in brackets as one."""
    pieces = (*IN_BRACKETS.findall(one.about), *APART.split(IN_BRACKETS.sub(" ", one.about)))
    yield from filter(None, (tidy(piece).strip("(). ,-–") for piece in pieces))


def _is_read(piece: str) -> bool:
    """Whether a piece beside a name is read as data of theirs, or is a small word of the sentence."""
    small = all(any(word in lexicon(one).small_words for one in LANGUAGES) for word in plain(piece).split())
    parts = map(tidy, APART.split(piece))
    known = small or _COLLEAGUE.fullmatch(plain(piece))
    return bool(known) or all(is_detail(part) or caption_of(part) for part in parts if part)


#: What one of the same body is called ("mijn collega Piet Claes"); a wife or a friend is of another.
_COLLEAGUE = re.compile(pattern("colleague_called"))


def _diet_beside(one: Named, labels: Labels) -> Set[str]:
    """The field of what somebody eats, where a piece beside their name says no more than that:
    "(vegetarisch)" is no guess."""
    foods = (food_in(tidy(piece)) for piece in APART.split(one.about) if not one.email)
    return {key for food in foods if food for key in with_diet(Person({}), food, labels).answers}


def _without_town(one: Named, known: Directory) -> Named:
    """ "Filip Haebeke van Beernem" without where he is from, which stands beside his name then."""
    name, town = without_town(one.name, known)
    return replace(one, name=name, about=" | ".join(filter(None, (town, one.about)))) if town else one


def writer_by_signature(
    lines: Sequence[str],
    signature: Sequence[str],
    sender: Address,
    labels: Labels,
    directory: Directory,
) -> Person | None:
    """The writer, as far as a signature that agrees with From tells of them, and their own words as what they
    write; None where neither does.
    ``lines`` are the sender's own, ``signature`` those below them."""
    signed = signature_of(lines, signature, sender, directory.recognise)
    if labels.form.per_organisation:
        return None
    key, role = key_of(labels, "Functie"), role_of_writer(lines)
    said = {key: Answer(role, WHERE)} if key and role else {}
    if not signed.agrees:
        return Person(said) if said else None
    body = body_of((), signed.lines, sender, directory, frozenset())
    one = Named(in_order(sender.name), " | ".join(signed.lines), sender.email)
    person = _signed(person_of(one, body, labels, directory), signed, sender, labels)
    return replace(person, answers={**person.answers, **said})


def with_own_diet(person: Person | None, acts: Sequence[Act], labels: Labels) -> Person | None:
    """The writer, with what they say that they eat themselves."""
    diet = own_diet(acts)
    return with_diet(person or Person({}), diet, labels) if diet else person


def roles_of(named: Sequence[str], lines: Sequence[str]) -> tuple[str, ...]:
    """The function of each of these people, as the lines give it beside their name; else empty."""
    text = tidy(" ".join(lines))
    return tuple(role_before(name, text) or _aside_role(name, text) for name in named)


def _aside_role(name: str, text: str) -> str:
    pieces = (role_in(piece, "") for piece in APART.split(around(name, text)))
    return next(filter(None, pieces), "")


def _signed(person: Person, signature: Signature, sender: Address, labels: Labels) -> Person:
    """The writer with what stands in their signature marked as such. A name that may be divided in two
    ways stays doubted."""
    form = labels.form
    block = letters(" ".join(signature.lines))
    where = WHERE_SHOWN if signature.shown else WHERE_SIGNED
    names = {*form.keys_of(FieldKind.NAME)}
    split = split_name(in_order(sender.name), given_first=True, email=sender.email)
    sure = split is not None and split.sure
    taken = {
        key: replace(answer, signed=True, where=where)
        for key, answer in person.answers.items()
        if isinstance(answer.value, str) and letters(answer.value) in block and (sure or key not in names)
    }
    return replace(person, answers={**person.answers, **taken})


def _is_spelt(person: Person, labels: Labels, directory: Directory) -> bool:
    """Whether somebody's own address spells their name in two parts, and is of the known body that they are
    said to be of."""
    form = labels.form
    given, family = person.text(form.given_name), person.text(form.family_name)
    email = next((person.text(field.key) for field in form.of_kind(FieldKind.EMAIL)), "")
    local, _, _ = email.partition("@")
    spells = bool(given and family) and letters(local) in {letters(given + family), letters(family + given)}
    return (
        spells and bool(person.organisation_known) and directory.by_mail(email) == person.organisation_known
    )
