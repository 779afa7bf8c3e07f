"""The people whom plain words put on the list: "Wij komen met drie: Jan Peeters (schepen), ...".

A name is told by its capitals, and a sentence says that they come. None of it is certain: every
answer is doubted, so that the sender is asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, replace

from mailbot.domain.document import Location, Unit
from mailbot.domain.doubt import Reason
from mailbot.domain.form import DIET, UNASKED_DIET, FieldKind
from mailbot.domain.message import Address
from mailbot.domain.submission import Act, ActKind, Answer, Code, Person, Problem, Value, Who
from mailbot.extraction.labels import Labels
from mailbot.extraction.subjects import asks_about_food
from mailbot.extraction.values.names import FullName, split_name
from mailbot.extraction.values.phone import read_phone
from mailbot.intent.acts import acts_in
from mailbot.intent.answers.diet import diet_in
from mailbot.intent.clause import DETAILS
from mailbot.intent.company import writer_comes
from mailbot.intent.lexicon import language_of, lexicon, spaced
from mailbot.intent.person_mentions import NAME, TOKEN, names
from mailbot.intent.questions import is_question
from mailbot.intent.roles import ROLES, role_before, role_of_writer
from mailbot.intent.sentences import Sentence, sentences
from mailbot.intent.signature import Signature, signature_of
from mailbot.matching.addresses import addresses_in
from mailbot.matching.given_names import told_apart
from mailbot.matching.names import belongs_to, belongs_to_another
from mailbot.matching.organisations import Directory
from mailbot.matching.shown_names import in_order, name_shown
from mailbot.text.lexicon import AND, LANGUAGES
from mailbot.text.normalize import letters, plain, tidy

WHERE = Location().at(Unit.MAIL)
WHERE_SIGNED = Location().at(Unit.SIGNATURE)
WHERE_SHOWN = Location().at(Unit.SENDER)

_TITLE = (
    r"(?:(?:(?:(?:de|onze|mijn|la|le|notre)\s+)?(?:heer|mevrouw|mevr\.?|mw\.?|dhr\.?|collega|monsieur|madame|mme\.?|m\.)"
    r"|(?:(?:onze|de|le|la|notre)\s+)?(?P<office>burgemeester|schepen|raadslid|voorzitter|bourgmestre|echevine?))\s+)?"
)
_SOMEBODY = re.compile(
    rf"\W{{0,3}}(?:\d{{1,2}}[.)]\s*)?(?i:{_TITLE})(?P<name>{NAME})(?P<about>\s*(?:[,;:(|/–-].*)?)"
)
#: Behind this a sentence lists who comes.
_NAMELY = re.compile(
    r":\s|\b(?:bestaan|bestaat|bestaande) uit\s|,\s*(?:namelijk|te weten|met name|a savoir)\s"
)
#: "Deelnemers Damme:", "Onze inschrijvingen voor 3 december:": who follows, a line each.
_LIST = re.compile(
    r"(?:(?:onze|de|volgende|lijst|namen|van|hierbij) )*"
    r"(?:deelnemers?|deelnemerslijst|inschrijving(?:en)?|ingeschrevenen)\b[^.?!:]{0,80}"
)
_LISTED = re.compile(
    r"\bvolgende \w+ (?:\w+ ){0,4}(?:noteren|in te schrijven|inschrijven|aan te melden|aanmelden)"
    r"(?: (?:voor|op) [^.?!:]{1,80})?$"
)
_BODY = re.compile(
    r"\b(?:OCMW|CPAS|[Ss]tads?(?:bestuur)?|[Gg]emeente(?:bestuur)?|[Vv]ille de|[Cc]ommune de|[Pp]olitiezone)"
    r" (?:van )?[A-ZÀ-Þ][\w'’]*(?:-[\w'’]+)*(?: [A-ZÀ-Þ][\w'’-]*)?"
)
#: A word with a capital, the one behind it too; what a hyphen joins is one word ("Knokke-Heist").
_PLACE = re.compile(r"(?<![\w'’-])(?=(?P<two>[A-ZÀ-Þ][\w'’-]+ [A-ZÀ-Þ][\w'’-]+)?)(?P<one>[A-ZÀ-Þ][\w'’-]+)")
#: "Voor Sint-Niklaas komen:": behind it people are listed who come for a body, which is nobody.
_FOR_BODY = re.compile(
    rf"\b(?:[Vv]oor|[Nn]amens|[Vv]anuit|[Uu]it|[Vv]an|[Pp]our|[Ff]or|[Ff]rom)\s+(?:de\s+|het\s+|la\s+)?(?P<body>{TOKEN}(?:\s+{TOKEN})?)"
    r"\s+(?:komen|komt|zijn|nemen|schrijven|schrijf|melden|wensen|willen|zullen|viennent|participent|will|are)\b"
)
_PHONE = re.compile(r"(?:\+|\b0)[\d ./()-]{7,18}\d")
_NUMBERED = re.compile(rf"(?:(?P<word>[^\W\d_][\w-]*)[.:\s]*)?{_PHONE.pattern}")
#: A Belgian mobile number, by its digits.
_MOBILE = re.compile(r"(?:^0|^0*32\d?)4[5-9]\d{7}$")
_DIET = re.compile(
    r"\b(?:vegetari\w+|vegan\w*|veggie|gluten\w*|lactose\w*|halal|koosjer)\b"
    r"(?: (?:maaltijd|broodjes?|menu|lunch))?|\ballergi\w+ (?:aan|voor|op) [\w ]{3,30}",
    re.I,
)
#: Pictures and signs around words.
_WORDLESS = re.compile(r"[^\w\s]+")
_ALSO = re.compile(
    rf"\b(?:samen met|vergezeld van|ik en|ikzelf en|tope? me|avec|with) (?:[a-zà-ÿ-]+ ){{0,2}}({NAME})"
)
_ASIDE = re.compile(r"\([^()]*\)")
_AND = re.compile(r"(?:,|;|\ben\b|&)(?![^()]*\))")
_APART = re.compile(r"[|,;()\n]|\s[-–]\s")
_MOST = 40
#: Where somebody else is named: "burgemeester en Els Maes".
_NEXT = re.compile(rf"\s(?:{'|'.join(AND)}|&)\s+(?=[A-ZÀ-Þ])")
#: Letters that tell an option.
_TELLING = 5


@dataclass(frozen=True, slots=True)
class _Named:
    """Somebody by name, with the words that stand beside it."""

    name: str
    about: str = ""
    email: str = ""


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

    Every answer is doubted but the address that the mail came from, what a signature that agrees
    with From says of its writer (name, function, organisation, telephone), and, where it is ``agreed`` that
    they come, what stands beside an address of a known body that spells somebody's name, and a name with its
    function beside it, of the sender's own body.
    """
    signed = signature_of(lines, signature, sender, directory.recognise)
    lines, signature = signed.above, signed.lines
    acts = acts_in(sentences(lines))
    if labels.form.per_organisation or any(act.elsewhere for act in acts):
        return (), ()
    me, people = _by_name(lines, signature, sender, directory)
    people = _with_addresses(_with_data(people, lines), lines)
    away = frozenset(letters(word) for word in " ".join(places).split())
    body = _body_of(lines, signature, sender, directory, away)
    named = [*people.values()][:_MOST]
    read = tuple(_person(one, body, labels, directory) for one in named)
    diet = _diet_of((*lines, *_diets_below(signed))) if len(read) == 1 else me and own_diet(acts)
    if diet:
        read = (_with_diet(read[0], diet, labels), *read[1:])
    if me and signed.agrees:
        read = (_signed(read[0], signed, sender, labels), *read[1:])
    own_role = role_of_writer(lines) if me else None  # of the first: as they say of themselves
    own_bodies = _bodies_of_sender(signature, sender, directory) if agreed else frozenset()
    doubts = tuple(
        doubt
        for n, (one, person) in enumerate(zip(named, read, strict=True))
        if not (agreed and _is_spelt(person, labels, directory))
        for doubt in _doubts(
            n,
            person,
            {sender.email, own_role if n == 0 else None},
            frozenset() if me and n == 0 else _certain(one, person, own_bodies, labels),
        )
    )
    return read, (*doubts, *_unasked(diet, labels))


def _unasked(diet: str, labels: Labels) -> tuple[Problem, ...]:
    """The doubt about a diet that the form has no question for."""
    asked = not diet or _diet_field(diet, labels) is not None
    return () if asked else (Problem(0, UNASKED_DIET, Code.UNSURE, Reason.NOT_ASKED, diet),)


def _by_name(
    lines: Sequence[str], signature: Sequence[str], sender: Address, directory: Directory
) -> tuple[str, dict[str, _Named]]:
    """The writer's name where they come themselves ("" where not), and all who come, the writer first."""
    listed = [*_listed(lines), *introduced(lines)]
    people = _others(lines, [one for one in listed if one is not _SELF], directory)
    me = name_shown(sender.name) if _SELF in listed else _myself(lines, sender)
    if not me:
        return "", people
    about = people.pop(letters(me), _Named(me)).about
    told_of_me = " | ".join((role_of_writer(lines), about, *signature))
    return me, {letters(me): _Named(me, told_of_me, sender.email), **people}


def _diets_below(signed: Signature) -> list[str]:
    """The lines below the words that hold nothing but a diet, where the signature is the writer's."""
    alone = [line for line in signed.lines if _DIET.fullmatch(_WORDLESS.sub("", line).strip())]
    return alone if signed.agrees else []


def _others(lines: Sequence[str], listed: Sequence[_Named], directory: Directory) -> dict[str, _Named]:
    """Those whom lists or sentences name, by the letters of their name: nobody who is a body, or for whom
    somebody comes. One who stands alone also has the data below."""
    named = [_without_town(one, directory) for one in (*listed, *_in_sentences(lines))]
    bodies = frozenset(map(letters, _come_for(lines)))
    people = {
        letters(one.name): one
        for one in named
        if not directory.recognise(one.name) and letters(one.name) not in bodies
    }
    if len(people) == 1:
        ((key, one),) = people.items()
        people[key] = replace(one, about=" | ".join((one.about, *_data_below(lines, one.name))))
    return people


def _with_data(people: dict[str, _Named], lines: Sequence[str]) -> dict[str, _Named]:
    """The people, by the letters of their names, each with what a sentence of nothing else tells of them:
    "Mijn gegevens: Jan Pieters, burgemeester, jan@x.example, 050 28 95 00"."""
    told_of: dict[str, list[str]] = {}
    for sentence in sentences(lines):
        for one in _enumerated(_list_of(sentence.text) or sentence.text):
            told_of.setdefault(letters(one.name), []).append(one.about)
    return {
        key: replace(one, about=" | ".join(filter(None, (one.about, *told_of.get(key, ())))))
        for key, one in people.items()
    }


def _with_addresses(people: dict[str, _Named], lines: Sequence[str]) -> dict[str, _Named]:
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
    return {key: _told_more(one, alone.get(key, "")) for key, one in people.items()}


def _told_more(one: _Named, more: str) -> _Named:
    return replace(one, about=" | ".join(filter(None, (one.about, more)))) if more else one


def own_diet(acts: Sequence[Act]) -> str:
    """What the writer says that they eat themselves, in a sentence that is of nobody by name; empty for none,
    and for more than one."""
    told = (act for act in acts if act.kind is ActKind.CHANGE and act.field == DIET and not act.elsewhere)
    own = (act for act in told if act.who is Who.WRITER and not (act.people or is_of_somebody(act.words)))
    said = {diet for act in own if (diet := diet_in(act.words))}
    return said.pop() if len(said) == 1 else ""


def described(
    named: Sequence[str],
    lines: Sequence[str],
    signature: Sequence[str],
    sender: Address,
    labels: Labels,
    directory: Directory,
) -> tuple[Person, ...]:
    """Those of the people whom the words of a mail name, with what stands beside their names (function,
    telephone, organisation): what she decides about them takes it over. Whether they come is not told here,
    nor whose an address is."""
    if labels.form.per_organisation:
        return ()
    whole = {letters(name): name for name in named if " " in name}
    beside = {
        key: " | ".join(
            piece
            for one in sentences(lines)
            for piece in (_around(name, one.text), *_data_behind(one.text.partition(name)[2]))
            if piece
        )
        for key, name in whole.items()
    }
    people = {key: _Named(name, beside[key]) for key, name in whole.items()}
    body = _body_of((), signature, sender, directory, frozenset())
    read = (_person(one, body, labels, directory) for one in _with_data(people, lines).values())
    return tuple(filter(None, (beside_name(one, labels) for one in read)))


def beside_name(person: Person, labels: Labels) -> Person | None:
    """A person without whether they come and their address; None where neither a function nor a telephone is
    told of them."""
    telling = {_key(labels, "Functie"), *(field.key for field in labels.form.of_kind(FieldKind.PHONE))}
    apart = {labels.presence, *(field.key for field in labels.form.of_kind(FieldKind.EMAIL))}
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


def _bodies_of_sender(signature: Sequence[str], sender: Address, directory: Directory) -> frozenset[str]:
    """The known bodies that a sender writes from: by their address, by what they signed."""
    signed = " | ".join(signature)
    named = {*map(directory.recognise, (*_BODY.findall(signed), _place(signed, directory)))} - {""}
    own = directory.by_mail(sender.email)
    return frozenset({own, *(named if len(named) == 1 else ())} - {""})  # of two, one may be of before


def _certain(one: _Named, person: Person, bodies: Set[str], labels: Labels) -> frozenset[str]:
    """The fields of somebody of one of these ``bodies`` that are no guess, since their function stands beside
    their name, of which it is known what is the first: name, function, organisation, telephone."""
    form, role = labels.form, _key(labels, "Functie")
    split = _split(one) if form.given_name else None
    told = bool(person.text(role)) and person.organisation_known in bodies
    told &= all(map(_is_detail, _ASIDE.findall(one.about)))  # and not "(nog te bevestigen)"
    if not told or (split is not None and not split.sure):
        return frozenset()
    kinds = (FieldKind.NAME, FieldKind.ORGANISATION, FieldKind.PHONE)
    return frozenset({role, *(field.key for kind in kinds for field in form.of_kind(kind))})


def _split(one: _Named) -> FullName | None:
    """A name in two: by what makes that certain, or by the only one of two words that is a first name, which
    is certain where it stands in front."""
    split = split_name(one.name, given_first=True, email=next(iter(addresses_in(one.about)), one.email))
    apart = told_apart(one.name) if split and not split.sure else None
    return FullName(*apart, sure=one.name.startswith(apart[0])) if apart else split


def _without_numbers(about: str, labels: Labels) -> str:
    """What stands beside a name without telephone numbers, and the word before each that only says so:
    "directeur gsm: 0479 22 33 44"."""
    phones = {field.key for field in labels.form.of_kind(FieldKind.PHONE)}

    def apart(found: re.Match[str]) -> str:
        asked = labels.exactly(found["word"] or "")
        return " | " if asked and asked.key in phones else f"{found['word'] or ''} | "

    return _NUMBERED.sub(apart, about)


_OF_TOWN = re.compile(r"(?P<name>\S+(?:\s+\S+)+)\s+(?:van|uit)\s+(?P<town>[A-ZÀ-Þ].*)")


def _without_town(one: _Named, directory: Directory) -> _Named:
    """ "Filip Haebeke van Beernem" without where he is from, which stands beside his name then: two words in
    front are a name, and "Jan van Damme" is one of three."""
    found = _OF_TOWN.fullmatch(one.name)
    if found is None or letters(found["town"]) not in directory.spellings:
        return one
    return replace(one, name=found["name"], about=" | ".join(filter(None, (found["town"], one.about))))


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
    key, role = _key(labels, "Functie"), role_of_writer(lines)
    said = {key: Answer(role, WHERE)} if key and role else {}
    if not signed.agrees:
        return Person(said) if said else None
    body = _body_of((), signed.lines, sender, directory, frozenset())
    one = _Named(in_order(sender.name), " | ".join(signed.lines), sender.email)
    person = _signed(_person(one, body, labels, directory), signed, sender, labels)
    return replace(person, answers={**person.answers, **said})


def with_own_diet(person: Person | None, acts: Sequence[Act], labels: Labels) -> Person | None:
    """The writer, with what they say that they eat themselves."""
    diet = own_diet(acts)
    return _with_diet(person or Person({}), diet, labels) if diet else person


def roles_of(named: Sequence[str], lines: Sequence[str]) -> tuple[str, ...]:
    """The function of each of these people, as the lines give it beside their name; else empty."""
    text = tidy(" ".join(lines))
    return tuple(role_before(name, text) or _aside_role(name, text) for name in named)


def _aside_role(name: str, text: str) -> str:
    pieces = (_role(piece, "") for piece in _APART.split(_around(name, text)))
    return next(filter(None, pieces), "")


def _signed(person: Person, signature: Signature, sender: Address, labels: Labels) -> Person:
    """The writer with what stands in their signature marked as such. A name that may be divided in two
    ways stays doubted."""
    form = labels.form
    block = letters(" ".join(signature.lines))
    where = WHERE_SHOWN if signature.shown else WHERE_SIGNED
    names = {field.key for field in form.of_kind(FieldKind.NAME)}
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


def details(after: str, labels: Labels) -> dict[str, Answer]:
    """What stands right behind a name: "Jan Peeters, jan@x.example, schepen, 0478 12 34 56 komt". The
    function and the telephone, by field key; what follows other words is left."""
    said: dict[str, Answer] = {}
    head = re.match(r"[^.,;:!?()]*(?::\s|\()", after)
    if head and lexicon(language_of(spaced(head[0]))).says("instead", spaced(head[0])):
        after = after[head.end() :]  # "An Maes komt in mijn plaats: an@x.example, 056 27 70 01"
    phone = next((field.key for field in labels.form.of_kind(FieldKind.PHONE)), "")
    for piece in _data_behind(after):
        role, number = _role(piece.rstrip(" ."), ""), _reached_at(piece)
        for key, value in ((_key(labels, "Functie"), "" if number else role), (phone, number)):
            if key and value:
                said[key] = Answer(value, WHERE)
    return said


def _data_behind(after: str) -> Iterator[str]:
    """The pieces right behind a name that tell of whom it is, up to other words."""
    for piece in filter(None, map(tidy, _APART.split(after[:_BESIDE]))):
        role = _role(piece.rstrip(" ."), "")
        known = role or _reached_at(piece) or addresses_in(piece) or _BODY.fullmatch(piece)
        if not known or _SPEAKS.search(piece):
            return
        yield piece


#: Characters behind a name in which its data stand.
_BESIDE = 160
#: "Jan Peeters raadslid gemeente Damme schrijft zich in": what is told of a name before what they do.
_UP_TO_A_VERB = re.compile(
    r"\s+[a-zà-ÿ][^,.;:()]{2,60}?(?=\s+(?:komt|zal|wil|wenst|neemt|schrijft|meldt|is|kan|gaat|doet|zou)\b)"
)
#: Words of the writer about themselves, or a verb: the data of whom they name end there.
_SPEAKS = re.compile(
    r"\b(?:ik|mij|mijn|wij|we|ons|onze|ben|is|was|komt|zal|kan|gaat|neemt|vervangt|heeft|wordt|hij|zij|ze)\b",
    re.I,
)


def lists_people(lines: Sequence[str]) -> bool:
    """Whether people stand below a line that says that they are to be put on the list."""
    said = (sentence for sentence in sentences(lines) if _says_it(sentence))
    return any(True for _ in _listed(lines)) or any(_enumerated(_list_of(one.text)) for one in said)


_INTRODUCES = re.compile(
    r"(?:(?:mijn|onze|de|die|deze|ma|mon|my) )?(?:collega|coll[eè]gue|colleague)"
    r"(?: die (?:ook )?(?:mee ?)?komt)?(?: (?:is|heet|est|is called)|:) ",
    re.I,
)


def introduced(lines: Sequence[str]) -> tuple[_Named, ...]:
    """The colleague whose name and address are all that a sentence tells: "Mijn collega is Els Maes, schepen,
    els@x.example". An answer to the question who else comes says no more."""
    said = (sentence.text for sentence in sentences(lines) if not is_question(sentence))
    behind = [text[found.end() :] for text in said if (found := _INTRODUCES.match(text))]
    return tuple(one for text in behind if addresses_in(text) for one in _enumerated(text))


def _data_below(lines: Sequence[str], name: str) -> Iterator[str]:
    """What sentences behind the one that names the only one who comes tell of them: "Zijn gsm: 0478 12 34
    56"."""
    named = False
    for sentence in sentences(lines):
        words = spaced(sentence.plain)
        who = lexicon(language_of(words)).who
        theirs = not who["writer"].search(words) and not who["mine"].search(words)
        theirs &= not any(belongs_to_another(address, name) for address in addresses_in(sentence.text))
        if named and theirs and (addresses_in(sentence.text) or _reached_at(sentence.text)):
            yield sentence.text
        named = named or name in sentence.text


#: The writer, as a line of a list.
_SELF = _Named("ikzelf")
_SELF_LINE = re.compile(
    r"\W{0,3}(?:\d{1,2}[.)]\s*)?(?:mezelf|mijzelf|ikzelf|ik|ondergetekende|moi-meme|myself)\W{0,3}"
)


def _listed(lines: Sequence[str]) -> Iterator[_Named]:
    """A line each, below one that says that they come."""
    begun = False
    for line in map(tidy, lines):
        one = _SOMEBODY.fullmatch(line)
        head, colon, tail = line.partition(":")
        begins = bool(colon and (_LIST.fullmatch(plain(head)) or _LISTED.search(plain(head))))
        if begins or (colon and not tail and _comes(plain(head))):
            begun, one = True, _SOMEBODY.fullmatch(tail.strip())
            if begins and one and (name := _person_named(one["name"])):
                yield _Named(name, one["about"])
        elif begun and _SELF_LINE.fullmatch(plain(line)):
            yield _SELF
        elif begun and one and (name := _person_named(one["name"])):
            if not _stays_away(line):
                yield _Named(name, one["about"])
        else:
            begun = False


def _stays_away(line: str) -> bool:
    """ "Jan Peeters: verontschuldigd" in a list of who comes."""
    text = spaced(line)
    lex = lexicon(language_of(text))
    return any(lex.says(concept, text) for concept in ("not", "away", "leave"))


def _in_sentences(lines: Sequence[str]) -> Iterator[_Named]:
    for sentence in sentences(lines):
        if not _says_it(sentence):
            continue
        text = tidy(_ASIDE.sub(" ", sentence.text))
        everybody = _enumerated(_list_of(sentence.text))
        yield from everybody
        if not everybody:
            also = (_person_named(found) for found in _ALSO.findall(text))
            for name in dict.fromkeys((*names(text), *filter(None, also))):
                address = _spelling(name, sentence.text)
                yield _Named(name, " | ".join(filter(None, (_around(name, sentence.text), address))))


def _spelling(name: str, text: str) -> str:
    """The one address in a text that is made of a whole name; else empty."""
    found = [one for one in addresses_in(text) if letters(one.partition("@")[0]) == letters(name)]
    return found[0] if len(found) == 1 else ""


def _list_of(text: str) -> str:
    """What a sentence lists: behind a colon, or behind "zal bestaan uit"; empty where it lists nothing."""
    found = _NAMELY.search(text)
    return text[found.end() :] if found else ""


def _enumerated(text: str) -> tuple[_Named, ...]:
    """ "Jan Peeters (schepen), Els Maes, diensthoofd, els@x.example en Koen De Smet"; none unless all of it
    is names and what is told of the one before."""
    people: list[_Named] = []
    for piece in (tidy(piece) for piece in _AND.split(text[:1500].strip(" .")) if piece.strip()):
        one = _SOMEBODY.fullmatch(piece)
        if people and _excepts(piece):
            return ()
        if one and (name := _person_named(one["name"])):
            people.append(_Named(name, " | ".join(filter(None, (one["office"], one["about"])))))
        elif len(people) > 1 and (of_all := _told_of_all(piece)):
            people = [_told_more(one, of_all) for one in people]
        elif people and _is_detail(piece):
            people[-1] = replace(people[-1], about=f"{people[-1].about} | {piece}")
        else:
            return ()
    return tuple(people)


def _excepts(piece: str) -> bool:
    """Whether a piece of a list takes somebody out of it: "allen raadslid behalve Rita"."""
    said = spaced(piece)
    return any(lexicon(one).says("left_out", said) for one in LANGUAGES)


def _told_of_all(piece: str) -> str:
    """What a few words behind a list tell of all in it: "beiden raadslid in Damme"; empty for any other. An
    address or a number is of one of them."""
    first, _, rest = piece.partition(" ")
    everybody = any(lexicon(one).who["all_of_them"].search(spaced(first)) for one in LANGUAGES)
    return rest if everybody and _is_detail(rest) and not (addresses_in(rest) or _reached_at(rest)) else ""


def _is_detail(piece: str) -> bool:
    """Whether a few words tell of somebody what a form asks: a function, a body, an address, a number."""
    known = addresses_in(piece) or _reached_at(piece) or _BODY.fullmatch(piece) or _role(piece, "")
    return bool(known) and len(piece.split()) <= _MOST_OF_DETAIL


#: Words: "bereikbaar op het nummer 0478 12 34 56".
_MOST_OF_DETAIL = 9


def _around(name: str, text: str) -> str:
    """What stands beside a name: an aside behind it, the function before it."""
    before, _, after = tidy(text).partition(name)
    aside = re.match(r"\s*\(([^()]{2,80})\)|,\s*([^,.:]{2,60}),", after)
    role = re.search(r"[\w-]+\s*$", before)
    behind = _UP_TO_A_VERB.match(after)
    told = (aside[1] or aside[2] if aside else "", role[0] if role else "", behind[0] if behind else "")
    return " | ".join(filter(None, told))


def _myself(lines: Sequence[str], sender: Address) -> str:
    """The sender's name where they say that they come themselves."""
    name = name_shown(sender.name)
    for sentence in sentences(lines):
        if not _says_it(sentence):
            continue
        named = names(_ASIDE.sub(" ", sentence.text))
        named += tuple(one.name for one in _enumerated(_list_of(sentence.text)))
        others = {letters(one) for one in named} - {letters(name)}
        if writer_comes(sentence, len(others)):
            return name
    return ""


#: Acts that put somebody on the list, and those that make it no longer certain.
_COMING = frozenset({ActKind.COME, ActKind.BRING, ActKind.PLACES, ActKind.PARTIAL})


def _says_it(sentence: Sentence) -> bool:
    """Whether a sentence, and no question, says that somebody comes to one of our meetings, and beside it at
    most what they eat or need."""
    if is_question(sentence):
        return False
    acts = [act for act in acts_in((sentence,)) if act.kind is not ActKind.CHANGE or act.field not in DETAILS]
    return bool(acts) and all(act.kind in _COMING and not act.elsewhere for act in acts)


def _comes(text: str) -> bool:
    """Whether the words above a list say that who follows comes, whatever their writer does: "zelf kan ik
    niet, maar schrijf graag in:"."""
    return any(_says_it(one) or _comes_without_writer(one) for one in sentences([text]))


def _comes_without_writer(sentence: Sentence) -> bool:
    if is_question(sentence):
        return False
    acts = acts_in((sentence,))
    others = [act for act in acts if not (act.kind is ActKind.NOT_COME and act.of_self and not act.people)]
    return bool(others) and all(act.kind in _COMING and not act.elsewhere for act in others)


def lines_of_people(lines: Sequence[str]) -> int:
    """How many lines of a list, numbered or with a bullet, are somebody's name and what is told of them."""
    return sum(is_of_somebody(line) for line in lines if _ITEM.match(line))


def is_of_somebody(line: str) -> bool:
    """Whether a line is somebody's name and what is told of them, and no words of who writes it."""
    one = _SOMEBODY.fullmatch(tidy(line))
    return bool(one and _person_named(one["name"]) and not _SPEAKS.search(one["about"] or ""))


_ITEM = re.compile(r"\s*(?:\d{1,2}[.)]|[-*•–·])\s*\w")


def _person_named(text: str) -> str:
    """A first and last name without titles; empty where it is none."""
    name = next(iter(names(f"{tidy(text)} komt")), "")
    return name if " " in name else ""


def _body_of(
    lines: Sequence[str], signature: Sequence[str], sender: Address, directory: Directory, away: Set[str]
) -> str:
    """Where they are from: as they say it, by their signature, by their address. ``away`` are the words of
    the places that they come to."""
    said, signed = " | ".join(lines), " | ".join(signature)
    bodies = [tidy(found) for text in (said, signed) for found in _BODY.findall(text)]
    known = next(filter(directory.recognise, bodies), "") or _place(signed, directory)
    unknown = [*bodies, _place(said, directory, away), *_come_for(lines)]
    return known or directory.by_mail(sender.email) or next(filter(None, unknown), "")


def _come_for(lines: Sequence[str]) -> Iterator[str]:
    """The bodies for which a line above a list says that people come ("Voor Sint-Niklaas komen:")."""
    heads = (tidy(line) for line in lines if line.rstrip().endswith(":"))
    for head in heads:
        yield from (found["body"] for found in _FOR_BODY.finditer(head))


def _place(text: str, directory: Directory, away: Set[str] = frozenset()) -> str:
    words = (one for found in _PLACE.finditer(text) for one in (found["two"], found["one"]) if one)
    found = (one for one in words if letters(one) in directory.spellings)
    return next((one for one in found if letters(one) not in away), "")


def _person(one: _Named, body: str, labels: Labels, directory: Directory) -> Person:
    form = labels.form
    email = next(iter(addresses_in(one.about)), one.email)
    phone = _reached_at(one.about)
    own = next(filter(directory.recognise, _BODY.findall(one.about)), "") or _place(one.about, directory)
    theirs = directory.by_mail(email) if email and not one.email else ""  # whoever writes for them
    own = own or theirs
    answers: dict[str, Answer] = {}

    def put(key: str, value: Value) -> None:
        if key and value:
            answers[key] = Answer(value, WHERE)

    split = _split(one) if form.given_name else None
    if split:
        put(form.family_name, split.family)
        put(form.given_name, split.given)
    else:
        put(next((f.key for f in form.of_kind(FieldKind.NAME)), ""), one.name)
    told = [tidy(piece) for piece in _APART.split(_without_numbers(one.about, labels))]
    roles = (_role(piece, own) for piece in told)
    put(_key(labels, "Functie"), next(filter(None, roles), "") or _role_by_place([*filter(None, told)]))
    put(next((f.key for f in form.of_kind(FieldKind.ORGANISATION)), ""), own or body)
    put(next((f.key for f in form.of_kind(FieldKind.EMAIL)), ""), email)
    put(next((f.key for f in form.of_kind(FieldKind.PHONE)), ""), phone)
    put(labels.presence, True)
    person = Person(answers, directory.recognise(own or body))
    diet = None if one.email else _DIET.search(one.about)  # beside somebody else's name
    return _with_diet(person, tidy(diet[0]), labels) if diet else person


def _reached_at(text: str) -> str:
    """The number at which somebody is reached: their mobile, else the first that is one; empty for none."""
    valid = [tidy(found) for found in _PHONE.findall(text) if read_phone(found).code is None]
    return next((one for one in valid if _MOBILE.search(re.sub(r"\D", "", one))), next(iter(valid), ""))


def _role_by_place(told: Sequence[str]) -> str:
    """The function that only its place tells: a few small words right behind a name, before an address or a
    number ("Els Maes, architect, els@x.example"); else empty."""
    if len(told) < _PLACED or not (addresses_in(told[1]) or _reached_at(told[1])):
        return ""
    says_more = _SPEAKS.search(told[0]) or _DIET.search(told[0]) or _stays_away(told[0])
    return told[0] if _SMALL_WORDS.fullmatch(told[0]) and not says_more else ""


#: Pieces that tell by their place: a function, and what stands behind it.
_PLACED = 2
_SMALL_WORDS = re.compile(r"[a-zà-ÿ][a-zà-ÿ-]{3,}(?: [a-zà-ÿ-]+){0,3}")


def _role(piece: str, body: str) -> str:
    """The function in a few words ("schepen Damme"), without the body it is held at."""
    words = tidy(_NEXT.split(piece.replace(body, " ") if body else piece)[0]).rstrip(" .")
    words = re.sub(r"(?i)^(?:onze|ons|mijn|notre|our)\s+", "", words)
    words = re.sub(r"(?i)\s+(?:van|bij|in|stad|gemeente|ocmw)(?: de| het)?$", "", words)
    return words if ROLES.search(plain(words)) and len(words.split()) <= 6 else ""


def _with_diet(person: Person, said: str, labels: Labels) -> Person:
    """The person with what they said that they eat, at the question of the form that it answers."""
    at = _diet_field(said, labels)
    if at is None:
        return person
    key, value = at
    return Person({**person.answers, key: Answer(value, WHERE)}, person.organisation_known)


def _diet_of(lines: Sequence[str]) -> str:
    """What the lines say that somebody eats, or does not: a word for it, or a sentence of its own."""
    said = _DIET.search(" ".join(lines))
    own = (diet_in(sentence.text) for sentence in sentences(lines))
    return tidy(said[0]) if said else next(filter(None, own), "")


def _diet_field(said: str, labels: Labels) -> tuple[str, str] | None:
    """The field that a diet answers and what is noted there: the question for a diet, else the choice of a
    meal that has it as an option, a question in words about food, or the remarks; None where the form has
    none of these."""
    named = labels.form.field(_key(labels, "Dieetwensen"))
    food = [field for field in labels.form.fields if asks_about_food(field)]
    fields = [
        *filter(None, (named,)),
        *food,
        *filter(None, (labels.form.field(_key(labels, "Opmerkingen")),)),
    ]
    for field in fields:
        options = [option for option in field.choices if _is_option(said, option)]
        if len(options) == 1:
            return field.key, options[0]
    words = (FieldKind.TEXT, FieldKind.LONG_TEXT)
    return next(((field.key, said) for field in fields if field.kind in words), None)


def _is_option(said: str, option: str) -> bool:
    """Whether an option is what was said, whatever the ending: "vegetarisch", "vegetarische lunch"."""
    words, offered = plain(said).split(), plain(option).split()
    ends = min(len(words[0]), len(offered[0]) if offered else 0)
    return ends >= _TELLING and words[0][:ends] == offered[0][:ends] and len(offered) <= len(words)


def _key(labels: Labels, label: str) -> str:
    """The field of this form that asks this, if it has one."""
    asked = labels.exactly(label)
    return asked.key if asked and not asked.is_other else ""
