"""Names of people and organisations, compared as people compare them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping

from rapidfuzz.distance import OSA

from mailbot.domain.doubt import Reason
from mailbot.domain.form import FieldKind, Form, FormField
from mailbot.domain.registration import Registration
from mailbot.domain.submission import Value
from mailbot.matching.given_names import told_apart
from mailbot.text.lexicon import JOINING, words_of
from mailbot.text.normalize import fold, plain

#: The words that may stand before a family name, folded; the longest first.
PARTICLES = (
    *("vanden", "vander", "vande", "van", "von", "den", "der", "des", "het", "ter", "ten"),
    *("de", "du", "di", "da", "la", "le", "te", "el", "al", "zu", "op", "in", "d", "t"),
)


_TWO = 2

#: Why an address may be another's, or nobody's.
_SLIPS = (Reason.EMAIL_SLIP, Reason.RESEMBLES, Reason.IMPOSSIBLE_EMAIL)

#: Words in the name of an office, and of nobody.
OFFICE_WORDS = frozenset(
    {
        "secretariaat", "secretarie", "info", "gemeente", "gemeentebestuur", "gemeentehuis", "stad",
        "stadsbestuur", "stadhuis", "ocmw", "bestuur", "provincie", "dienst", "diensten", "onthaal",
        "administratie", "directie", "personeelsdienst", "kabinet", "team", "inschrijvingen", "vzw",
        "boekhouding", "kantoor", "receptie", "helpdesk", "afdeling", "burgerzaken", "politiezone",
        "brandweer", "bibliotheek", "cultuurcentrum", "communicatie", "aankoopdienst", "financien",
    }
)  # fmt: skip


def name_of(answers: Mapping[str, Value], form: Form) -> str:
    """The whole name, in the order people say it: the first name before the last."""
    name = " ".join(str(answers[f.key]) for f in form.spoken_names if isinstance(answers.get(f.key), str))
    return as_spoken(name, form)


def as_spoken(name: str, form: Form) -> str:
    """A name as it is noted, first name first where a form asks the last name first in one question ("Naam en
    voornaam"). As it is where its first word is the one that is known as a first name: not everybody keeps to
    the order; and where it is not told how many words are the last name."""
    words = name.split() if form.family_first else []
    if len(words) < _TWO or ((told := told_apart(name)) and told[0] == words[0]):
        return name
    leading = next((at for at, word in enumerate(words) if fold(word) not in PARTICLES), len(words))
    family = leading + 1 if leading else len(words) - 1
    if (not leading and len(words) > _TWO) or family >= len(words):
        return name
    return " ".join((*words[family:], *words[:family]))


def organisation_of(answers: Mapping[str, Value], form: Form) -> str:
    """The organisation as it was written; empty where the form has none."""
    return next((str(answers[f.key]) for f in form.of_kind(FieldKind.ORGANISATION) if answers.get(f.key)), "")


def whole_address(email: str) -> str:
    """An address as written, without the blank that a hand typed beside its @ ("els @damme.example"):
    a blank there belongs to no address, and a line break nowhere in one. Any other blank stays, since
    "els maes@..." may be two things."""
    return re.sub(r"\s*@\s*", "@", re.sub(r"[\r\n]+", "", email.strip()))


def same_address(email: str) -> str:
    """An address as it is compared. Two that give the same are one address, wherever they were
    written."""
    return whole_address(email).lower()


def email_of(answers: Mapping[str, Value], form: Form) -> str:
    """The participant's own address, as it is compared; empty where there is none."""
    return next(
        (same_address(str(answers[f.key])) for f in form.of_kind(FieldKind.EMAIL) if answers.get(f.key)), ""
    )


def written_email_of(answers: Mapping[str, Value | None], form: Form) -> str:
    """The same address as it was written, to send to; empty where a mail could not be addressed."""
    for field in form.of_kind(FieldKind.EMAIL):
        value = answers.get(field.key)
        email = whole_address(value) if isinstance(value, str) else ""
        if email.count("@") == 1 and len(email.split()) == 1:
            return email
    return ""


def held_addresses(row: Registration, form: Form) -> tuple[FormField, ...]:
    """The addresses of a row that may be slips, as long as nobody said that they are right: a mail to one
    would reach a stranger, or nobody. An address that wrote to us exists."""
    doubted = {problem.field for problem in row.doubts if problem.reason in _SLIPS}
    return tuple(
        field
        for field in form.of_kind(FieldKind.EMAIL)
        if field.key in doubted and same_address(row.text(field.key)) != same_address(row.sender)
    )


def mailed_at(row: Registration, form: Form) -> str:
    """A participant's own address as it is sent to; empty for none, and for one that is held."""
    held = {field.key for field in held_addresses(row, form)}
    answers = {key: value for key, value in row.answers.items() if key not in held}
    return written_email_of(answers, form)


def sent_in_at(row: Registration, form: Form) -> str:
    """Where who sent somebody in hears for them; empty for who was typed in, and where the address that the
    person gave instead of it is held."""
    return row.sender if "@" in row.sender and not (row.claimed and held_addresses(row, form)) else ""


def reached_at(row: Registration, form: Form, own_addresses: Collection[str]) -> str:
    """Where mail about a participant goes, as it is compared: their own address, else that of who sent
    them in; empty for who was typed in by hand without one, and for an address of mailbot itself."""
    own, other = same_address(mailed_at(row, form)), same_address(sent_in_at(row, form))
    return next((one for one in (own, other) if one and one not in own_addresses), "")


def describe(answers: Mapping[str, Value], form: Form) -> str:
    """Who somebody is, as people say it: "Els Maes (Damme)"; empty where nothing is known."""
    name, organisation = name_of(answers, form), organisation_of(answers, form)
    if not name:
        return organisation
    return f"{name} ({organisation})" if organisation else name


def same_name(one: str, other: str) -> bool:
    """Whether two names are the same words, in whatever order, case and accents, and however often
    ("Nele" and "Nele Coppens" in two fields); no words are no name."""
    words = {*fold(one).split()}
    return bool(words) and words == {*fold(other).split()}


def without_asides(name: str) -> str:
    """A name without what stands in brackets in it ("J. (denk ik) Peeters"): that is told of them."""
    return " ".join(re.sub(r"\([^()]*\)", " ", name).split()) or name


_NOBODY, _BESIDE_NOBODY = (frozenset(words_of("nobody", key)) for key in ("words", "beside"))


#: "NN" and "xxx".
_NO_LETTERS = re.compile(r"n{2,}|x{2,}")


def is_nobodys(name: str) -> bool:
    """Whether what stands for a name says that there is none yet ("nieuwe medewerker", "N.N.", "xxx"), or
    only whose colleague somebody is ("collega van Jan")."""
    words = fold(name).split()
    if not words:
        return False
    none = [word in _NOBODY or _NO_LETTERS.fullmatch(word) is not None for word in words]
    is_whose = none[0] and len(words) > 2 and words[1] in PARTICLES
    alone = all(known or word in _BESIDE_NOBODY for known, word in zip(none, words, strict=True))
    return (any(none) and alone) or (len(words) > 1 and {*words} == {"n"}) or is_whose


def stands_in(name: str, text: str) -> bool:
    """Whether a whole name, of several words, stands in a text: first or last name in front."""
    said = f" {fold(text)} "
    return any(f" {one} " in said for one in orders_of(name))


def orders_of(name: str) -> tuple[str, ...]:
    """A whole name, of several words, in plain letters as it may be written: first or last name in front."""
    words = fold(name).split()
    return tuple(" ".join((*words[at:], *words[:at])) for at in range(len(words))) if len(words) > 1 else ()


def names_wholly(said: str, name: str) -> bool:
    """Whether what is said names somebody by a first name and a last one, which no part of the name alone
    does: two words of it at least, or all that it has."""
    known = {*fold(name).split()} - {*PARTICLES}
    return len(known & {*fold(said).split()}) >= min(2, len(known))


def without_names(line: str, names: Iterable[str]) -> str:
    """A line without these people, where it has the whole name of one: first and last."""
    said = set(fold(line).split())
    whole = [words for name in names if len(words := fold(name).split()) > 1 and said.issuperset(words)]
    dropped = {word for words in whole for word in words}
    kept = (word for word in line.split() if not fold(word) or not dropped.issuperset(fold(word).split()))
    return " ".join(kept)


def belongs_to(address: str, shown: str, name: str) -> bool:
    """Whether an address is surely the named person's own: its display name is theirs, or its local part
    is made of their name ("els.maes", "emaes", "maes"). An office's is nobody's."""
    words = fold(name).split()
    if len(words) < 2:
        return False
    said = set(fold(shown).split())
    if len(said) > 1 and "@" not in shown:
        return said <= set(words) or set(words) <= said
    tokens, parts = _tokens(address), _parts_of(words)
    return any(len(one) > 2 for one in tokens) and all(one in parts for one in tokens)


def belongs_to_another(address: str, name: str) -> bool:
    """Whether an address is made of the name of somebody else ("els.maes"): of several words, none of
    which is of this name. One word may be anything."""
    tokens, parts = [one for one in _tokens(address) if len(one) > 1], _parts_of(fold(name).split())
    return len(tokens) > 1 and not any(one in parts for one in tokens) and not is_office(address)


def may_spell(said: str, name: str) -> bool:
    """Whether the local part of an address, or a display name that is no whole name, may be made of a name,
    its last name at least: "koenghelaere1975", "ghelaerekoen", "info-ghelaere", "Ghelaere". It is a hint whom
    a mail without a name may be of."""
    words = fold(name).split()
    tokens, parts = (
        {*re.split(r"[\W_\d]+", plain(said))} - OFFICE_WORDS - {""},
        _parts_of(words) | _parts_of(words[::-1]),
    )
    family = [word for word in words[1:] if len(word) > 3]
    return any(one in token for one in family for token in tokens) and tokens <= parts


def _tokens(address: str) -> list[str]:
    """The words in the local part of an address, without its tag ("els.maes+kis")."""
    mailbox = address.rpartition("@")[0].partition("+")[0]
    return [one for one in re.split(r"[-._\d]+", plain(mailbox)) if one]


def _parts_of(words: list[str]) -> set[str]:
    """What of a name addresses are made of: its words, some of them joined, with or as initials."""
    spans = {"".join(words[i:j]) for i in range(len(words)) for j in range(i + 1, len(words) + 1)}
    initials = {word[0] for word in words}
    return spans | initials | {initial + one for one in spans for initial in initials}


def is_office(address: str) -> bool:
    """Whether an address is an office's: several people read it, and its calendar is nobody's."""
    return bool(set(re.split(r"[-._+\d]+", plain(address.rpartition("@")[0]))) & OFFICE_WORDS)


def same_letters(one: str, other: str) -> bool:
    """Whether two names differ only in how particles are joined: De Smet and Desmet, D'Hulst and
    Dhulst, Van den Broeck and Vandenbroeck."""
    return bool(fold(one)) and fold(one).replace(" ", "") == fold(other).replace(" ", "")


def other_spellings(name: str) -> frozenset[str]:
    """The folded words of a name with its particles joined or parted in each way people do: for "Jan
    Desmet" also "jan de smet". At most 64."""
    spellings: set[tuple[str, ...]] = {()}
    for word in fold(name).split()[:8]:
        spellings = set(sorted((*one, *parts) for one in spellings for parts in _parted(word))[:64])
    joined = {tuple(way) for words in spellings for way in _joined(words)}
    return frozenset(" ".join(words) for words in sorted(joined, key=len)[:64])


def _parted(word: str) -> list[tuple[str, ...]]:
    """A word whole, and with the particles that it begins with apart: vandenbroeck → van den broeck."""
    ways: list[tuple[str, ...]] = [(word,)]
    for particle in PARTICLES:
        rest = word.removeprefix(particle)
        if rest != word and (len(rest) > 2 or rest in PARTICLES):
            ways += [(particle, *more) for more in _parted(rest)]
    return ways[:8]


def _joined(words: tuple[str, ...]) -> list[list[str]]:
    """The words, and each way in which a run that begins with a particle is written as one."""
    if not words:
        return [[]]
    tails = _joined(words[1:])[:32]
    apart = [[words[0], *tail] for tail in tails]
    if words[0] in PARTICLES and len(words) > 1:
        apart += [[words[0] + tail[0], *tail[1:]] for tail in tails]
    return apart


def phone_of(answers: Mapping[str, Value], form: Form) -> str:
    """The last eight digits of a participant's telephone: Belgian subscriber numbers with their zone,
    without the 0 or +32 that stands before it; empty for none."""
    given = next((str(answers[f.key]) for f in form.of_kind(FieldKind.PHONE) if answers.get(f.key)), "")
    digits = re.sub(r"\D", "", given)
    return digits[-8:] if len(digits) >= 8 else ""


def similar_name(one: str, other: str) -> bool:
    """Whether two names may be one person: a slip of the pen, a first name left out or shortened."""
    a, b = sorted(fold(one).split()), sorted(fold(other).split())
    if not a or not b:
        return False
    if set(a) <= set(b) or set(b) <= set(a):
        return True
    first, second = " ".join(a), " ".join(b)
    if OSA.distance(first, second) <= (1 if min(len(first), len(second)) < 8 else 2):
        return True
    shared = set(a) & set(b)
    rest = [w for w in a if w not in shared], [w for w in b if w not in shared]
    return bool(shared) and len(rest[0]) == len(rest[1]) and all(map(_shortened, *rest))


#: Titles before a name, folded.
_TITLES = frozenset(
    {
        "mevrouw", "mevr", "mw", "mej", "juffrouw", "dhr", "heer", "meneer", "mijnheer", "madame", "mme",
        "monsieur", "mr", "mrs", "dr", "ir", "ing", "prof",
    }
)  # fmt: skip
#: Words before a name that are none of it: of a family, any of them may be meant.
_BEFORE_NAMES = _TITLES | {"familie", "fam", "gezin"}


def without_titles(name: str) -> str:
    """A name without the titles before it: "mevr. Els Maes", "de heer Maes"; empty where it is only one."""
    words = name.split()
    while words and (fold(words[0]) in _TITLES or (len(words) > 2 and _is_the_gentleman(words[:2]))):
        words.pop(0)
    return " ".join(words)


def _is_the_gentleman(words: list[str]) -> bool:
    return fold(words[0]) == "de" and fold(words[1]) in _TITLES


#: Words that join people, or mean all of them or none.
_NO_ONE_PERSON = frozenset(
    {
        *JOINING, "alle", "allemaal", "iedereen", "beide",
        "beiden", "deelnemers", "niemand", "iemand", "collega", "collegas", "tous", "everyone", "all",
        "ons", "wij", "zij",
    }
)  # fmt: skip
_MOST_WORDS = 6


def is_one_person(name: str, *, addressed: bool = False) -> bool:
    """Whether a text is the name of one person, first and last, and not a title alone ("de heer");
    ``addressed``: an address stands beside it, so that one word is enough, or none."""
    words = fold(name).split()
    plain_words = all(word.isalpha() for word in words) and not set(name) & set(",;/&+()<>@")
    several = words[:1] == ["allen"] or set(words) & (_NO_ONE_PERSON | OFFICE_WORDS)  # Allen is a surname too
    if not plain_words or several or len(words) > _MOST_WORDS:
        return False
    return addressed or (len(words) >= 2 and not _TITLES.union(PARTICLES).issuperset(words))


def may_be_called(said: str, name: str) -> bool:
    """Whether somebody with this name may be meant by what is ``said``: their initials, a last name alone
    ("Familie Feys"), a first name alone, a slip of the pen."""
    words = [word for word in fold(said).split() if word not in _BEFORE_NAMES]
    known = fold(name).split()
    return bool({*words} - {*PARTICLES}) and (
        similar_name(" ".join(words), name) or fits_initials(words, known)
    )


def is_short_for(said: str, name: str) -> bool:
    """Whether what is said of a name is less of it and nothing else: initials, or a last name alone."""
    words, known = fold(said).split(), fold(name).split()
    return is_shortened(said) and (
        fits_initials(words, known) or (bool({*words} - {*PARTICLES}) and {*words} < {*known})
    )


def is_part_of(said: str, name: str) -> bool:
    """Whether a name is this one with more or fewer words, or with initials for some."""
    words, known = fold(said).split(), fold(name).split()
    within = bool(words and known) and ({*words} <= {*known} or {*known} <= {*words})
    return within or fits_initials(words, known)


def is_less_of(said: str, name: str) -> bool:
    """Whether a name is this one, with more or fewer words or initials in it, and no letter otherwise:
    "J. Maes" is "Jan Maes", "Jana Maes" is not."""
    return is_part_of(said, name) or same_letters(said, name)


def is_nearly(said: str, name: str) -> bool:
    """Whether who comes under a name may be somebody of this other one: less of it, or a letter off."""
    return is_short_for(said, name) or _is_slip_of(said, name)


def _is_slip_of(said: str, name: str) -> bool:
    """Whether two names are one letter apart in one word, a word too long to be another by that letter
    ("Carro" and "Carron", not "Jan" and "An")."""
    one, other = sorted(fold(said).split()), sorted(fold(name).split())
    first, second = sorted({*one} - {*other}), sorted({*other} - {*one})
    if len(one) != len(other) or len(one) < 2 or len(first) != 1 or len(second) != 1:
        return False
    if not (first[0].isalpha() and second[0].isalpha()):
        return False  # another number is no slip
    lengths = sorted((len(first[0]), len(second[0])))
    return lengths[0] >= _TELLS - 1 and lengths[1] >= _TELLS and OSA.distance(first[0], second[0]) == 1


#: Letters of a word in which one is a slip of the pen sooner than another name.
_TELLS = 5


def is_shortened(name: str) -> bool:
    """Whether a name leaves out a first or a last name: "Feys", "O. Feys", "De Vos"."""
    return len([word for word in fold(name).split() if len(word) > 1 and word not in PARTICLES]) < 2


def fits_initials(words: list[str], name: list[str]) -> bool:
    """Whether folded words are a folded name with initials for the rest of it: "o j feys"."""
    whole = [word for word in words if len(word) > 1]
    initials = [word for word in words if len(word) == 1]
    rest = [word for word in name if word not in whole]
    begins = {word[0] for word in rest}
    return (
        bool(initials and rest)
        and bool(set(whole) - {*PARTICLES})
        and set(whole) <= set(name)
        and (initials[0] in begins)
    )


def _shortened(one: str, other: str) -> bool:
    """Whether one word is the beginning of the other: "J" and "Jan"."""
    return one.startswith(other) or other.startswith(one)
