"""Sentences → acts: what each clause of a mail in words does, with its slots.

The lexicons say which words stand for which concept; the tables here say which concepts make an
act, and in which order they are asked. Nothing is guessed from a greeting, a quote or a signature:
the lines given are the writer's own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from mailbot.domain.submission import Act, ActKind, Who
from mailbot.intent.lexicon import Lexicon, language_of, lexicon, spaced
from mailbot.intent.person_mentions import NAME, names, only_names
from mailbot.intent.questions import is_question, is_request
from mailbot.intent.sentences import DATA_ASIDE, LABELLED, Sentence, sentences
from mailbot.text.characters import TICKED, UNTICKED
from mailbot.text.normalize import plain

#: More acts than a mail can mean; what a hostile mail says beyond them is not read.
_MOST_ACTS = 40
_NUMBER = re.compile(r"(?<= )(\d{1,3})(?= )")
_SHORT = 8  # words: a bare yes or no, a bare change of a field

#: Kinds that leave no room for a plain coming or staying away in the same clause.
_WHOLE = (
    (ActKind.ERASE, "erase"),
    (ActKind.COPY, "copy"),
    (ActKind.ACCESS, "access"),
)
#: Kinds that say of a coming how it is, in the order in which one hides the next.
_QUALIFIED = (
    (ActKind.CONDITION, "condition"),
    (ActKind.UNSURE, "unsure"),
    (ActKind.SUBSTITUTE, "instead"),
    (ActKind.RESTORE, "restore"),
    (ActKind.BRING, "bring"),
    (ActKind.PLACES, "places"),
    (ActKind.PARTIAL, "partial"),
)


@dataclass(frozen=True, slots=True)
class _Clause:
    """One clause, or a whole sentence with its ``parts``, with the lexicon of its language. ``asks``: of a
    sentence with a question mark. A particle that ends a clause is found in the parts."""

    text: str
    lexicon: Lexicon
    asks: bool = False
    parts: tuple[str, ...] = ()

    def says(self, *concepts: str) -> bool:
        said = (self.text, *self.parts)
        return any(self.lexicon.says(concept, text) for concept in concepts for text in said)

    @property
    def words(self) -> int:
        return len(self.text.split())


def read_acts(lines: Iterable[str]) -> tuple[Act, ...]:
    """The acts in these lines, in the order they are written, each once; none for an empty text."""
    return acts_in(sentences(lines))


def acts_in(said: tuple[Sentence, ...]) -> tuple[Act, ...]:
    """The acts in sentences that were cut already."""
    found: list[Act] = []
    language = language_of(spaced(" ".join(sentence.plain for sentence in said)[:2_000]))
    for sentence in said:
        language = language_of(spaced(sentence.plain), otherwise=language)
        for read in _in_sentence(sentence, lexicon(language)):
            act = _of_who_was_named(read, found, lexicon(language))
            known = next((n for n, one in enumerate(found) if _same(one, act)), None)
            if known is None:
                found.append(act)
            else:
                found[known] = _fuller(found[known], act)
    return tuple(_without_echoes(found)[:_MOST_ACTS])


def _of_who_was_named(act: Act, before: list[Act], lex: Lexicon) -> Act:
    """An act of a "he" or "she", or of "the" registration, as one of the only person or mayor that the
    sentences before are about."""
    if act.kind not in _PRESENCE or act.people:
        return act
    clause = spaced(act.clause)
    theirs = lex.who["of_them"].search(clause) and not lex.who["writer"].search(clause)
    if not theirs and (act.who is Who.WRITER or not lex.who["pronoun"].search(clause)):
        return act
    said = (one for one in before if one.kind in _PRESENCE or (theirs and one.people))
    named = {(one.who, one.people) for one in said if one.people or one.who is Who.MAYOR}
    if len(named) != 1:
        return act
    who, people = named.pop()
    return replace(act, who=who, people=people)


def _same(one: Act, other: Act) -> bool:
    return (one.kind, one.who, one.people, one.elsewhere, one.field) == (
        other.kind,
        other.who,
        other.people,
        other.elsewhere,
        other.field,
    )


def _fuller(one: Act, other: Act) -> Act:
    return replace(
        one,
        value=one.value or other.value,
        places=one.places or other.places,
        condition=one.condition or other.condition,
        asked_out=one.asked_out or other.asked_out,
    )


def _without_echoes(acts: list[Act]) -> list[Act]:
    """Without what another act says more fully: thanks beside a wish, a "komt" beside "komt later"."""
    kinds = {act.kind for act in acts}
    hidden: set[ActKind] = set()
    if kinds - {ActKind.THANKS, ActKind.OTHER}:
        hidden |= {ActKind.THANKS, ActKind.OTHER}
    if kinds & {ActKind.RESTORE, ActKind.CONDITION, ActKind.UNSURE, ActKind.BRING}:
        hidden |= {ActKind.COME}
    if kinds & {ActKind.RESTORE, ActKind.CONDITION}:
        hidden |= {ActKind.NOT_COME}
    if kinds - {ActKind.CONFIRM, ActKind.DENY, ActKind.THANKS, ActKind.OTHER, ActKind.QUESTION}:
        hidden |= {ActKind.CONFIRM, ActKind.DENY}
    whose = {act.people for act in acts if act.kind in _WITH_DATA and act.people and not act.elsewhere}
    if len(whose) == 1:
        acts = [act for act in acts if not _is_data_of_another(act)]
    if kinds - _ECHOED:
        acts = [act for act in acts if not _asks_for_that(act)]
    return [act for act in acts if act.elsewhere or act.kind not in hidden]


#: Acts of people whose data may stand beside them.
_WITH_DATA = frozenset({ActKind.COME, ActKind.BRING, ActKind.SUBSTITUTE})


def _is_data_of_another(act: Act) -> bool:
    """Whether a sentence without a word for a change only gives a value, and not of the writer: "zijn gsm:
    0478 12 34 56", below who comes."""
    if act.kind is not ActKind.CHANGE or not _VALUE.search(act.words):
        return False
    said = spaced(act.words)
    lex = lexicon(language_of(said))
    own = any(lex.who[one].search(said) for one in ("writer", "mine"))
    return not lex.says("bare_change", said) and not own


#: What stands beside a change that names nothing, and is not what it asks for.
_ECHOED = frozenset({ActKind.CHANGE, ActKind.THANKS, ActKind.OTHER, ActKind.CONFIRM, ActKind.QUESTION})


def _asks_for_that(act: Act) -> bool:
    """ "Kan dat aangepast worden?": a change without a field or anybody, of what it points to beside it."""
    bare = act.kind is ActKind.CHANGE and not act.field and not act.people and not _VALUE.search(act.words)
    said = spaced(act.words)
    points = lexicon(language_of(said)).says("pointing", said)
    return bare and points and len(act.words.split()) <= _SHORT


def _in_sentence(sentence: Sentence, lex: Lexicon) -> Iterator[Act]:
    if listed := _verdict(sentence, lex):
        yield listed
        return
    if _FORM_LINE.search(sentence.text):
        return
    asks = (is_question(sentence) and not is_request(sentence)) or bool(_ASKS.match(sentence.plain))
    people = names(DATA_ASIDE.sub(" ", sentence.text))
    clauses = tuple(_Clause(_on_presence(clause, lex), lex) for clause in sentence.clauses)
    parts = tuple(part for part in clauses if not _is_undone(part, people))
    if len(parts) > 1 and _is_heading(parts[0], sentence) and any(map(_says_presence, parts[1:])):
        parts = parts[1:]  # "kleine wijziging: Jan haakt af"
    text = sentence.plain if parts == clauses else " ".join(part.text for part in parts)
    whole = _Clause(_on_presence(text, lex), lex, asks, tuple(part.text for part in parts))
    presence = [(part, kind) for part in parts for kind in _of_presence(part) if kind in _PRESENCE]
    if any(kind is ActKind.NOT_COME for _, kind in presence) and (
        beside := next(filter(None, (_affirmed(one, sentence) for one in _as_clauses(sentence))), None)
    ):
        yield beside  # "Jan kan niet, maar Els Maes wel"
    acts = [ActKind.CONDITION] if presence and _hangs_on_somebody(whole, people) else _kinds(whole, presence)
    if {kind for _, kind in presence} >= _PRESENCE and set(acts) & _PRESENCE:
        for part, kind in presence:  # "ik kom, maar Jan kan niet"
            yield _act(kind, part, sentence, people)
        return
    for kind in acts or [ActKind.OTHER]:
        said_in = next((part for part, found in presence if found is kind), whole)
        act = _act(kind, said_in, sentence, people)
        yield replace(act, elsewhere=_elsewhere(whole)) if len(parts) < _FEW else act


def _as_clauses(sentence: Sentence) -> list[str]:
    """The pieces of a sentence as they were written, at its commas and its "but"."""
    return [piece.strip() for piece in _PIECE.split(sentence.text) if piece.strip()]


_PIECE = re.compile(r",|\s(?=(?:maar|mais|en)\s)")


def _verdict(sentence: Sentence, lex: Lexicon) -> Act | None:
    """The act of a line that lists people with a verdict: "Jan Peeters: verontschuldigd", "Aanwezig: Jan
    Peeters (schepen), Els Maes"; None for any other."""
    said = LABELLED.fullmatch(sentence.text.strip(" .;*•-"))
    for who, verdict in ((said["label"], said["value"]), (said["value"], said["label"])) if said else ():
        clause = _Clause(spaced(verdict), lex)
        kinds = {*_of_presence(clause)} if clause.words <= _HEADING else set()
        if len(kinds) == 1 and kinds <= _PRESENCE and (people := only_names(who)):
            return Act(kinds.pop(), Who.NAMED, people, words=sentence.text, clause=clause.text.strip())
    return _affirmed(sentence.text, sentence)


def _affirmed(text: str, sentence: Sentence) -> Act | None:
    """The coming that a "wel" behind a name says, beside somebody who does not: "Els Maes wel"."""
    said = _BUT_THEY.fullmatch(text.strip(" .!"))
    people = only_names(said["who"]) if said else ()
    return Act(ActKind.COME, Who.NAMED, people, words=sentence.text, clause=plain(text)) if people else None


_BUT_THEY = re.compile(r"(?:[Mm]aar |[Ee]n |[Mm]ais )?(?P<who>.{3,80}?) (?:wel|si|oui)(?: (?:graag|hoor))?")


def _kinds(whole: _Clause, presence: list[tuple[_Clause, ActKind]]) -> list[ActKind]:
    """What a whole sentence does; ``presence`` is what its clauses say of coming and staying away."""
    acts = [*_of_clause(whole)]
    turned = [kind for part, kind in presence if _turns(part)]
    only_come = acts == [ActKind.NOT_COME] and {kind for _, kind in presence} == {ActKind.COME}
    if only_come and ({*turned} == {ActKind.COME} or _is_denied_beside(whole)):
        return [ActKind.COME]  # the "not" is of something else: "ik vind het niet, maar ik kom"
    if acts:
        return acts
    troubled = whole.says("trouble")  # a past or some trouble beside it: "ik was ingeschreven, maar"
    return [*dict.fromkeys(kind for part, kind in presence if not troubled or _turns(part))]


def _hangs_on_somebody(clause: _Clause, people: tuple[str, ...]) -> bool:
    """Whether what is said depends on what somebody does: "als Jan Peeters gaat, kom ik ook"."""
    return any(spaced(f"{word} {one}") in clause.text for word in clause.lexicon.if_words for one in people)


def _is_denied_beside(whole: _Clause) -> bool:
    """Whether each "not" of a sentence is in a clause that says itself of what: "ik kom graag, mijn Frans is
    niet perfect", and not "ik kom graag, helaas niet"."""
    parts = [replace(whole, text=part, parts=()) for part in whole.parts]
    denied = [part for part in parts if part.says("not")]
    return (
        bool(denied)
        and not whole.says("leave", "away")
        and not any(map(_turns, parts[: parts.index(denied[-1]) + 1]))  # "ik kwam graag, maar mijn auto ..."
        and all(len(part.text.split()) >= _SAYS_OF_WHAT and part.says("of_what") for part in denied)
        and not any(part.says(*_COMING, "not_there") for part in denied)
    )


#: Words of a clause that says of what its "not" is.
_SAYS_OF_WHAT = 4


def _turns(clause: _Clause) -> bool:
    """Whether a clause sets itself against the one before: "maar ik wil mij inschrijven"."""
    return clause.text.startswith((" maar ", " mais ", " but ", " aber "))


def _on_presence(text: str, lex: Lexicon) -> str:
    """A text without its "geen dieetwensen" and "excuses voor de vergissing": they are about no coming."""
    return lex.concepts["apology"].sub(" ", lex.concepts["none_noted"].sub(" ", spaced(text)))


def _is_undone(clause: _Clause, people: tuple[str, ...]) -> bool:
    """Whether a clause tells of a thing that does not take place: "de lunch is afgelast", "mijn vlucht werd
    geschrapt". Its subject is nobody (of ``people`` neither, whole or in front; in German all nouns look like
    names), nobody's coming, and nothing that we note."""
    if not clause.says("undone") or clause.says("own_coming"):
        return False
    lex, text = clause.lexicon, clause.text
    named = ((" " in one and spaced(one) in text) or text.startswith(spaced(one)) for one in people)
    about_somebody = any(lex.who[one].search(text) for one in _SOMEBODY)
    noted = any(lex.fields[one].search(text) for one in _REACHED)
    return not noted and not about_somebody and not (lex.language != "de" and any(named))


def _is_heading(clause: _Clause, sentence: Sentence) -> bool:
    """Whether a clause only says before a colon that there is something to tell: "kleine wijziging:"."""
    head, colon, _ = sentence.text.partition(":")
    words = spaced(head)
    short = bool(colon) and len(words.split()) <= _HEADING and words.strip() == clause.text.strip()
    return (
        short and clause.says("heading") and not any(f.search(words) for f in clause.lexicon.fields.values())
    )


def _says_presence(clause: _Clause) -> bool:
    return any(kind in _PRESENCE or kind is ActKind.SUBSTITUTE for kind in _of_presence(clause))


_HEADING = 4  # words
#: Words for people, of whom a clause tells no mere thing.
_SOMEBODY = ("mayor", "colleague", "group", "company")
#: Fields whose old values "vervallen" as well.
_REACHED = ("phone", "email")
#: A line of a form that nobody took for one: "Ik neem deel: neen", "☐ Ik kom".
_FORM_LINE = re.compile(
    rf"[{TICKED}{UNTICKED}]|:\s*(?:ja|nee+n?|yes|no|oui|non)\b\s*[./]?|\bja\s*/\s*nee", re.I
)
#: Asked without a mark, and asked how or until when: nothing is done on it.
_ASKS = re.compile(r"(?:vraag|vraagje|question)\b")
_ABOUT_HOW = re.compile(
    r"(?:hoe|hoeveel|waar|wanneer|tot wanneer|wat|welke?|wie|waarom"
    r"|comment|combien|quand|how|when|where|what|who)\b"
)
#: What somebody may politely ask for and mean: "mag mijn collega mee?".
_ASKED_FOR = frozenset({ActKind.SUBSTITUTE, ActKind.BRING, ActKind.PLACES, ActKind.RESTORE})
#: A telephone number or an address: beside the name of a field it is its new value.
_VALUE = re.compile(r"(?:\d[ ./-]?){8,}|\S+@\S+")
#: Words of coming: verbs, and the nouns that anything may be said of.
_COMING = ("come", "come_noun")
#: Coming and staying away: the two that may stand in one sentence about two people.
_PRESENCE = frozenset({ActKind.COME, ActKind.NOT_COME})
#: Said of what is not certain: beside the writer, whoever else is named may only be why.
_OPEN = frozenset({ActKind.CONDITION, ActKind.UNSURE})
#: Clauses; in a longer sentence another meeting may be the reason for staying away from ours.
_FEW = 2


def _act(kind: ActKind, clause: _Clause, sentence: Sentence, people: tuple[str, ...]) -> Act:
    """An act with the slots of the clause that it is said in."""
    who, named = _slots(clause, sentence, people)
    if kind is ActKind.COME and who is None:
        return Act(ActKind.OTHER, elsewhere=_elsewhere(clause), words=sentence.text)  # "de trein komt"
    about = who or Who.COLLEAGUE
    of_self = bool(clause.lexicon.who["writer"].search(spaced(sentence.plain)))
    if kind in _OPEN and of_self:
        named = ()  # "als Jan Peeters gaat, kom ik ook"
    where, said = _elsewhere(clause), clause.text.strip()
    act = Act(kind, about, named, where, words=sentence.text, clause=said, of_self=of_self)
    renames = bool(clause.lexicon.fields["name"].search(clause.text))  # theirs, or who is to come
    asks = sentence.asks and (renames or not is_request(sentence))
    if kind is ActKind.SUBSTITUTE and (asks or _denies(sentence, clause.lexicon)):
        return replace(act, kind=ActKind.UNSURE)
    if kind is ActKind.CHANGE:
        return replace(act, field=_field(clause))
    if kind is ActKind.NOT_COME:
        return replace(act, asked_out=clause.lexicon.says("leave", spaced(sentence.plain)))
    if kind is ActKind.CONDITION:
        return replace(act, condition=sentence.text)
    return replace(act, places=_number(clause)) if kind is ActKind.PLACES else act


def _denies(sentence: Sentence, lex: Lexicon) -> bool:
    """Whether a "not" stands in the very clause that names a substitute."""
    clauses = (spaced(clause) for clause in sentence.clauses)
    return any(lex.says("instead", clause) and lex.says("not", clause) for clause in clauses)


def _elsewhere(clause: _Clause) -> bool:
    """Whether a clause speaks of another meeting or object than ours, and not as its reason."""
    found = clause.lexicon.find("elsewhere", clause.text)
    if found is None or clause.says("ours"):
        return False
    before = " " + " ".join(clause.text[: found.start()].split()[-_NEAR:]) + " "
    return not clause.lexicon.says("reason", before)


#: Words between a "because of" and its noun.
_NEAR = 6


def _of_clause(clause: _Clause) -> Iterator[ActKind]:
    for kind, concept in _WHOLE:
        if clause.says(concept):
            yield kind
            return
    about_how = clause.asks and _ABOUT_HOW.match(clause.text.strip())
    if not about_how and _is_change(clause):
        yield ActKind.CHANGE
    elif clause.asks:
        asked_for = None if about_how else _qualified(clause)
        yield asked_for if asked_for in _ASKED_FOR else ActKind.QUESTION
    else:
        yield from _of_presence(clause)


def _qualified(clause: _Clause) -> ActKind | None:
    found = next((kind for kind, concept in _QUALIFIED if clause.says(concept)), None)
    if found is ActKind.CONDITION and not clause.says(*_COMING, "away", "leave"):
        return None  # "indien mogelijk kreeg ik graag de slides"
    return found


def _of_presence(clause: _Clause) -> Iterator[ActKind]:
    """The acts about who will be there, and the small ones that are left where there is none."""
    if len([*clause.lexicon.concepts["not"].finditer(clause.text)]) > _MOST_NOTS:
        yield ActKind.UNSURE
        return
    qualified = _qualified(clause)
    away = _away(clause)
    if qualified in _DENIED_WITH and away and clause.says("not"):
        qualified = None  # "toch niet", "Jan en ik kunnen niet komen"
    if qualified is not None:
        yield qualified
        if qualified in _ALONE:
            return
    if away:
        if qualified is None and not clause.says("past", "trouble"):
            yield ActKind.PARTIAL if _is_partly(clause) else ActKind.NOT_COME
    elif clause.says(*_COMING) and not clause.says("past", "trouble"):
        yield ActKind.COME
    elif qualified is None:
        yield from [ActKind.CHANGE] if _gives_value(clause) else _small(clause)


def _is_partly(clause: _Clause) -> bool:
    """Whether a "not there" is of a part of the day alone; "die namiddag" is the whole meeting."""
    whole = clause.lexicon.concepts["that_part"].sub(" ", clause.text)
    return clause.lexicon.says("partly", whole)


def _small(clause: _Clause) -> Iterator[ActKind]:
    if clause.words <= _SHORT and clause.says("deny"):
        yield ActKind.DENY
    elif clause.words <= _SHORT and clause.says("confirm"):
        yield ActKind.CONFIRM
    elif clause.says("thanks"):
        yield ActKind.THANKS


#: Who denies more often in one breath is not understood.
_MOST_NOTS = 3
#: What a "not" turns into staying away.
_DENIED_WITH = frozenset({ActKind.RESTORE, ActKind.BRING, ActKind.PLACES})
#: Beside these a coming or staying away is no act of its own.
_ALONE = frozenset({ActKind.SUBSTITUTE, ActKind.RESTORE, ActKind.CONDITION, ActKind.UNSURE})


def _is_change(clause: _Clause) -> bool:
    """Whether something noted must be otherwise: a word for it, beside a field."""
    return clause.says("bare_change") or (_names_field(clause) and clause.says("change"))


def _gives_value(clause: _Clause) -> bool:
    """ "Mijn gsm is 0478 12 34 56": a field with its value, and no other act."""
    return _names_field(clause) and bool(_VALUE.search(clause.text))


def _names_field(clause: _Clause) -> bool:
    return any(pattern.search(clause.text) for pattern in clause.lexicon.fields.values())


def _away(clause: _Clause) -> bool:
    """Whether somebody will not be there: a word for it, or a "not" beside a word of coming. A "not"
    beside the word for it ("niet uitschrijven", "niet verhinderd") says the contrary."""
    if clause.says("leave", "away"):
        return not _denied(clause)
    return clause.says("not") and clause.says(*_COMING, "not_there")


def _denied(clause: _Clause) -> bool:
    """Whether the word for staying away is itself denied, and nothing else is."""
    return bool(clause.lexicon.find("not_away", clause.text))


def _who(clause: _Clause, people: tuple[str, ...]) -> Who:
    who = clause.lexicon.who
    if who["company"].search(clause.text):
        return Who.COMPANY
    if who["another"].search(clause.text):
        return Who.NAMED if people else Who.MAYOR if who["mayor"].search(clause.text) else Who.COLLEAGUE
    if who["mayor"].search(clause.text):
        return Who.MAYOR
    if people:
        return Who.NAMED
    if who["nobody"].search(clause.text):
        return Who.GROUP  # "bij ons kan er niemand komen" is not the writer alone
    if who["writer"].search(clause.text):
        return Who.WRITER
    for one in (Who.GROUP, Who.COLLEAGUE):
        if who[one.value].search(clause.text):
            return one
    return Who.WRITER


def _slots(
    clause: _Clause, sentence: Sentence, people: tuple[str, ...]
) -> tuple[Who | None, tuple[str, ...]]:
    """Whom a clause is about, and the names in it; None for somebody of whom nothing is known. A verb of the
    third person takes whom its sentence names: "De burgemeester, Jan Peeters, laat zich excuseren"."""
    for_another = clause.lexicon.who["another"].search(clause.text)
    named = people if for_another else _named_in(clause, sentence, people)
    whole = replace(clause, text=spaced(sentence.plain))
    if not _is_of_another(clause, named):
        return (
            _of_nobody(whole, sentence, people)
            if _names_nobody(clause, named)
            else (_who(clause, named), named)
        )
    who = None if _is_of_another(whole, people) else _who(whole, people)
    return (None if who is Who.WRITER else who), people  # "ik had ons ingeschreven maar Karel meldt zich af"


def _named_in(clause: _Clause, sentence: Sentence, people: tuple[str, ...]) -> tuple[str, ...]:
    """Who is named in a clause, and in those that only begin its list: "gelieve An Maes, Jan Peeters en Koen
    Claes in te schrijven"."""
    here = {name for name in people if spaced(name) in clause.text}
    if not here:
        return ()
    clauses = (replace(clause, text=spaced(one), parts=()) for one in sentence.clauses)
    listed = [one.text for one in clauses if not [*_of_presence(one)]]
    here |= {name for name in people if any(spaced(name) in text for text in listed)}
    return tuple(name for name in people if name in here)


def _of_nobody(whole: _Clause, sentence: Sentence, people: tuple[str, ...]) -> tuple[Who, tuple[str, ...]]:
    """Whom a clause without anybody in it is about, by its ``whole`` sentence: the names there only beside a
    word for who they are ("gelieve onze directeur, Els Maes, te verontschuldigen")."""
    if not people:
        return (Who.COLLEAGUE if _speaks_of_another(sentence.text) else _who(whole, people)), ()
    called = any(whole.lexicon.who[one].search(whole.text) for one in ("colleague", "mayor"))
    return (_who(whole, people), people) if called else (Who.COLLEAGUE, ())


def _speaks_of_another(text: str) -> bool:
    """Whether a sentence without an "I" names somebody whom no pattern knows: "er mag nog een naam bij: An
    Peeters", "wil je An Peeters (an@x.example) op de lijst zetten"."""
    return bool(_LISTS.search(text)) or any(" " in found["name"] for found in _OBJECT.finditer(text))


_LISTS = re.compile(rf":\s*(?:[-–•]\s*)?{NAME}")
_OBJECT = re.compile(rf"\b(?:je|u|jullie|ook|nog|graag|[Gg]elieve|collega)\s+(?P<name>{NAME})")


def _is_of_another(clause: _Clause, people: tuple[str, ...]) -> bool:
    """Whether a clause has a verb of the third person and nobody in it: "laat zich verontschuldigen"."""
    return _names_nobody(clause, people) and bool(clause.lexicon.who["third"].search(clause.text))


def _names_nobody(clause: _Clause, people: tuple[str, ...]) -> bool:
    """Whether a clause has neither a name nor a word for anybody in it, the writer included."""
    return _who(clause, people) is Who.WRITER and not clause.lexicon.who["writer"].search(clause.text)


def _field(clause: _Clause) -> str:
    """The field that a change names, by its key."""
    found = (key for key, pattern in clause.lexicon.fields.items() if pattern.search(clause.text))
    return next(found, "")


def _number(clause: _Clause) -> int:
    """The number of places asked for, 0 where it is not plain."""
    found = clause.lexicon.find("places", clause.text)
    digits = _NUMBER.search(f" {found[0]}") if found else None
    if digits:
        return int(digits[1])
    words = set(found[0].split()) if found else set()
    return next((n for n, name in enumerate(clause.lexicon.numbers, 1) if name in words), 0)
