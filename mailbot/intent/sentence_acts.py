"""One sentence → acts: what each of its clauses does, with its slots.

What a clause says is told by ``clause``, of whom by ``whom``; here its sentence is looked at as a whole. How
the acts of a mail stand to each other is told in ``acts``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from itertools import islice, pairwise

from mailbot.domain.form import ROLE
from mailbot.domain.submission import Act, ActKind, Who
from mailbot.intent.act_of_clause import act_of
from mailbot.intent.asked_of_named import asked_of_named
from mailbot.intent.clause import (
    DETAILS,
    Clause,
    acts_of_clause,
    apart,
    begins_with_but,
    elsewhere,
    field_of,
    presence_in,
)
from mailbot.intent.denied_parts import SOMEBODY, by_what_is_denied, denies_of_another, is_denied_beside
from mailbot.intent.halves import said_in_halves
from mailbot.intent.lexicon import Lexicon, has_words_of, lexicon, pattern, spaced
from mailbot.intent.person_mentions import names
from mailbot.intent.questions import is_question, is_request
from mailbot.intent.roles import denies_role, new_role
from mailbot.intent.sentences import DATA_ASIDE, Sentence, sentences
from mailbot.intent.substitutes import stands_in_for_them
from mailbot.intent.verdicts import ELLIPSIS, PRESENCE, as_clauses, coming_by_word, contrasted_acts, verdict
from mailbot.text.characters import TICKED, UNTICKED
from mailbot.text.lexicon import JOINING, LANGUAGES, WEEKDAYS, either
from mailbot.text.normalize import plain

#: Clauses; in a longer sentence another meeting may be the reason for staying away from ours.
_FEW = 2
_HEADING = 4  # words
#: Fields whose old values "vervallen" as well.
_REACHED = ("phone", "email")
#: A line of a form that nobody took for one: "Ik neem deel: neen", "☐ Ik kom".
FORM_LINE = re.compile(
    rf"[{TICKED}{UNTICKED}]|:\s*(?:ja|nee+n?|yes|no|oui|non)\b\s*[./]?|\bja\s*/\s*nee", re.I
)
#: Asked without a mark, and asked how or until when: nothing is done on it.
_ASKS = re.compile(rf"{pattern('asks')}\b")


#: What a sentence may be taken to say by the words of a language that it does not seem to be in.
_PLAIN = PRESENCE | {ActKind.RESTORE, ActKind.SUBSTITUTE}


#: Concepts by which a sentence says something in its own language, though no act.
_READ = ("not", "come", "leave", "away", "undone")


@lru_cache(maxsize=256)  # a sentence is read with others and without them
def acts_of(sentence: Sentence, language: str) -> tuple[Act, ...]:
    """The acts of a sentence by the words of its language, and where those say nothing by another's: who
    writes in Brussels mixes them ("sign me up voor het kennisplatform")."""
    lex = lexicon(language)
    read = (*map(_of_a_new_role, _in_sentence(sentence, lex)),)
    said = spaced(sentence.plain)
    understood = any(act.kind is not ActKind.OTHER or act.elsewhere for act in read)
    understood |= on_presence(said, lex) != said or any(lex.says(one, said) for one in _READ)
    if understood or is_question(sentence):
        return read
    for other in LANGUAGES:
        mixed = other != language and has_words_of(other, said)
        acts = (*_in_sentence(sentence, lexicon(other)),) if mixed else ()
        if acts and {act.kind for act in acts} <= _PLAIN:
            return acts
    return read


def _of_a_new_role(act: Act) -> Act:
    """An act, or the change of a function where a sentence that does nothing else says what somebody by name
    has become: "Bo Claes is geen schepen meer maar burgemeester"."""
    one_named = len(act.people) == 1 and " " in act.people[0] and not act.elsewhere
    if act.kind is not ActKind.OTHER or not one_named or not new_role(act.words):
        return act
    return replace(act, kind=ActKind.CHANGE, who=Who.NAMED, field=ROLE)


#: What depends on what a sentence opens with, without an "if": "krijg ik het rond, dan kom ik", "kan Jan
#: Peeters niet, komt Els Maes"; in it whoever is named is ``_NAME``.
_OPENS_CONDITION = re.compile(pattern("opens_condition"))
_NAME = "NAME"


@dataclass(frozen=True, slots=True)
class _Said:
    """A sentence with whom it names, its ``parts`` without those about mere things, and what is left of it as
    a clause."""

    sentence: Sentence
    people: tuple[str, ...]
    parts: tuple[Clause, ...]
    whole: Clause


def _in_sentence(sentence: Sentence, lex: Lexicon, depth: int = 0) -> Iterator[Act]:
    """The acts of a sentence; ``depth`` is of how many others it is a part, when it is read as one."""
    if listed := verdict(sentence, lex):
        yield listed
    elif turned := contrasted_acts(sentence, lex):
        yield from turned
    elif depth <= 1 and (halves := said_in_halves(sentence, lex, partial(_one_act, lex=lex, depth=depth))):
        # of a part of a part none: each "and" in it would be tried with each other
        yield from halves
    elif asked := _asked(sentence, lex):
        yield asked
    elif not FORM_LINE.search(sentence.text):
        said = _in_parts(sentence, lex)
        opposed = [*_opposed(said.parts, sentence, said.people)]
        yield from opposed or _of_parts(said)


def _one_act(text: str, lex: Lexicon, depth: int) -> Act | None:
    """The one act that a part of a sentence is by itself, where it says who is there or not."""
    said = sentences([text])
    acts = [*_in_sentence(said[0], lex, depth + 1)] if len(said) == 1 else []
    by_noun = lex.says("come_noun", spaced(plain(text)))  # "de inschrijving van Els Maes" is half a request
    plain_one = len(acts) == 1 and acts[0].kind in PRESENCE and not (acts[0].elsewhere or by_noun)
    return acts[0] if plain_one and (acts[0].people or acts[0].of_self) else None


def _asked(sentence: Sentence, lex: Lexicon) -> Act | None:
    """The act of a sentence that is a request about people by name, or about whom the one before names, to
    its last word; None for any other."""
    asked = asked_of_named(sentence.text)
    if asked is None or asked.kind is ActKind.SUBSTITUTE:  # who is who, is told by other words
        return None
    clause = Clause(spaced(asked.words), lex)
    who = Who.NAMED if asked.people else Who.COLLEAGUE
    leaves = asked.kind is ActKind.NOT_COME and lex.says("leave", clause.text)
    away, points = elsewhere(clause), not asked.people
    return Act(
        asked.kind,
        who,
        asked.people,
        away,
        words=sentence.text,
        clause=asked.words,
        asked_out=leaves,
        pointed=points,
    )


def _in_parts(sentence: Sentence, lex: Lexicon) -> _Said:
    """A sentence by its clauses, without those of things that do not take place and a mere heading."""
    asks = (is_question(sentence) and not is_request(sentence)) or bool(_ASKS.match(sentence.plain))
    people = names(DATA_ASIDE.sub(" ", sentence.text))
    plain_order = () if asks else people
    clauses = tuple(
        Clause(on_presence(_verb_behind(clause, plain_order, lex), lex), lex, alone=not people)
        for clause in sentence.clauses
    )
    parts = tuple(part for part in clauses if not _is_undone(part, people))
    parts = tuple(part for at, part in enumerate(parts) if not (at and _is_of_there(part, parts[at - 1])))
    if len(parts) > 1 and _is_heading(parts[0], sentence) and any(map(_says_presence, parts[1:])):
        parts = parts[1:]  # "kleine wijziging: Jan haakt af"
    said = tuple(part for part in parts if not denies_role(part.text))
    if any(map(_says_presence, said)):
        parts = said  # "ik ben geen schepen meer, maar ik kom"
    text = (
        _verb_behind(sentence.plain, plain_order, lex)
        if parts == clauses
        else " ".join(part.text for part in parts)
    )
    whole = Clause(on_presence(text, lex), lex, asks, tuple(part.text for part in parts), alone=not people)
    return _Said(sentence, people, parts, whole)


def _verb_behind(text: str, people: Sequence[str], lex: Lexicon) -> str:
    """A text in which a "can" stands between what it opens with and somebody's name before a "not", with the
    name first: "op de 3de kan schepen Jan Peeters niet" is said as "op de 3de schepen Jan Peeters kan niet".
    What opens with its verb asks or is a condition, and stays."""
    said = spaced(text)
    can = lex.find("can", said)
    if can is None or not said[: can.start()].strip():
        return text
    verb, behind = can[0].strip(), spaced(said[can.end() :])
    for name in (spaced(plain(one)) for one in people if " " in one):
        before, found, after = behind.partition(name)
        denied = lex.concepts["not"].match(spaced(after), 0) or lex.concepts["not"].match(spaced(after), 1)
        if found and denied and len(before.split()) <= _TITLE:
            return f"{said[: can.start()].strip()} {before.strip()} {name.strip()} {verb} {after.strip()}"
    return text


#: Words of a title before a name.
_TITLE = 2


def _of_parts(said: _Said) -> Iterator[Act]:
    """The acts of a sentence by what its parts say of who will be there, and as a whole."""
    presence = [(part, kind) for part, kind in _set_beside(said.parts) if kind in PRESENCE]
    found = {kind for _, kind in presence}
    if ActKind.NOT_COME in found:  # "Jan kan niet, maar Els Maes wel"
        beside = (coming_by_word(one, said.sentence) for one in as_clauses(said.sentence))
        yield from islice(filter(None, beside), 1)
    hangs = _opens_with_condition(said) or _hangs_on_somebody(said.whole, said.people)
    if not hangs and (taken := _their_place_is_taken(said)):
        yield from taken
        return
    kinds = [ActKind.CONDITION] if presence and hangs else _kinds(said.whole, presence)
    if found >= PRESENCE and {*kinds} & PRESENCE:  # "ik kom, maar Jan kan niet"
        yield from (act_of(kind, part, said.sentence, said.people) for part, kind in presence)
        return
    if kinds == [ActKind.CHANGE] and (comes := _comes_beside_a_detail(said, presence)):
        kinds = [ActKind.COME, *kinds]
        presence = comes
    elif kinds == [ActKind.CHANGE] and (both := [*_brings_beside_a_change(said)]):
        yield from both
        return
    for kind in kinds or [ActKind.OTHER]:
        yield _whole_act(kind, said, presence, is_presence=kind in found)


def _whole_act(
    kind: ActKind, said: _Said, presence: Sequence[tuple[Clause, ActKind]], *, is_presence: bool
) -> Act:
    """The act of a sentence of this kind, as the part that says who will be there has it, or the whole."""
    said_in = next((part for part, one in presence if one is kind), said.whole)
    act = act_of(kind, said_in, said.sentence, said.people)
    if kind is ActKind.NOT_COME and _suits_another_day(said):
        return replace(act, kind=ActKind.UNSURE)
    act = act if is_presence else by_what_is_denied(act, said.parts)
    return replace(act, elsewhere=elsewhere(said.whole)) if len(said.parts) < _FEW else act


def _suits_another_day(said: _Said) -> bool:
    """Whether the last part of a sentence says of a day alone that it suits: "maandag kan Jan Peeters niet,
    de 3de wel". Which of the two days is ours nobody knows here."""
    last = said.parts[-1].text if len(said.parts) >= _FEW else ""
    suits = _LAST_WORD.search(last)
    if suits is None or suits["denied"] or any(spaced(plain(one)) in last for one in said.people):
        return False
    return any(word[0].isdigit() or word in WEEKDAYS for word in last.split())


def _their_place_is_taken(said: _Said) -> tuple[Act, ...]:
    """That somebody named does not come, and that the writer comes in their place, where one part of a
    sentence names them and a later one says so: "Els Maes kan niet, ik kom in haar plaats". Nothing where it
    asks, or where it is not plain of whom it is."""
    at = next((n for n, part in enumerate(said.parts) if n and stands_in_for_them(part.text)), 0)
    before = said.parts[:at]
    of_one = len(said.people) == 1 and any(spaced(plain(said.people[0])) in part.text for part in before)
    if not of_one or said.whole.asks or any(map(_is_of_writer, before)):
        return ()
    first = next((one for one in before if ActKind.NOT_COME in presence_in(one)), before[0])
    leaves = act_of(ActKind.NOT_COME, first, said.sentence, said.people)
    return (leaves, act_of(ActKind.SUBSTITUTE, said.parts[at], said.sentence, ()))


def _comes_beside_a_detail(
    said: _Said, presence: list[tuple[Clause, ActKind]]
) -> list[tuple[Clause, ActKind]]:
    """The parts of a sentence that say who comes, where another tells what they eat or need: "ik schrijf mij
    in, en ik eet vegetarisch" is no change of what we know."""
    comes = [one for one in presence if one[1] is ActKind.COME and not field_of(one[0])]
    fields = {field_of(part) for part in said.parts} - {""}
    return comes if fields and fields <= DETAILS else []


def _brings_beside_a_change(said: _Said) -> Iterator[Act]:
    """That somebody comes along whom a part of a sentence names, and what another part changes: "Rik Bos komt
    ook mee, en ik heb een nieuw adres"."""
    changes = next((part for part in said.parts if field_of(part)), None)
    brings = [part for part in said.parts if ActKind.BRING in presence_in(part) and not field_of(part)]
    if changes is None or not brings or not said.people or said.whole.asks:
        return
    for kind, part in (*((ActKind.BRING, one) for one in brings), (ActKind.CHANGE, changes)):
        people = tuple(one for one in said.people if spaced(plain(one)) in part.text)
        yield act_of(kind, part, said.sentence, people)


_LAST_WORD = re.compile(
    rf" (?:{pattern('after_all')}|(?P<denied>{pattern('not_at_all')}))(?: {pattern('closing_words')})? $"
)
_BUT_NOT = re.compile(rf" {pattern('but_not')} ")


def _opposed(parts: tuple[Clause, ...], sentence: Sentence, people: tuple[str, ...]) -> Iterator[Act]:
    """The acts of a sentence that stays away from something, or comes to it, and then says the contrary of
    ours by a "wel" or "niet" alone: "de jeugdraad skip ik, jullie niet", "maandag kan ik niet, bij u wel"."""
    for before, part in pairwise(parts):
        kinds = {*presence_in(before)} & {*PRESENCE, ActKind.PARTIAL}
        ours = part.words <= ELLIPSIS and part.says("ours_here") and not before.says("ours_here")
        last = _LAST_WORD.search(part.text) if ours else None
        turned = last or (ours and _BUT_NOT.match(part.text))
        if not turned or len(kinds) != 1 or people:
            continue
        leaves = kinds != {ActKind.COME}
        denied = last is None or last["denied"] is not None
        if leaves and denied and before.says("not"):
            continue  # "ik kan maandag niet, en jullie namiddag ook niet"
        kind = ActKind.NOT_COME if denied and not leaves else ActKind.COME
        yield replace(
            act_of(ActKind.NOT_COME if leaves else ActKind.COME, before, sentence, ()), elsewhere=True
        )
        yield replace(act_of(kind, part, sentence, ()), who=Who.WRITER, elsewhere=False)
        return


def _set_beside(parts: tuple[Clause, ...]) -> Iterator[tuple[Clause, ActKind]]:
    """What each part of a sentence says of who will be there. A "wel" of the writer beside somebody else who
    does not come is no return: "mijn collega Rita Maes kan niet, ik kom wel"."""
    said = [(part, kind) for part in parts for kind in presence_in(part)]
    away = [part for part, kind in said if kind is ActKind.NOT_COME]
    others_away = bool(away) and not any(map(_is_of_writer, away))
    for part, kind in said:
        beside = kind is ActKind.RESTORE and others_away and _is_of_writer(part)
        yield part, ActKind.COME if beside else kind


def _is_of_writer(clause: Clause) -> bool:
    return bool(clause.lexicon.who["writer"].search(clause.text))


def _kinds(whole: Clause, presence: list[tuple[Clause, ActKind]]) -> list[ActKind]:
    """What a whole sentence does; ``presence`` is what its clauses say of coming and staying away."""
    acts = [*acts_of_clause(whole)]
    turned = [kind for part, kind in presence if begins_with_but(part)]
    only_come = acts == [ActKind.NOT_COME] and {kind for _, kind in presence} == {ActKind.COME}
    if only_come and any(map(denies_of_another, apart(whole))):
        return [ActKind.UNSURE]
    if only_come and ({*turned} == {ActKind.COME} or is_denied_beside(whole)):
        return [ActKind.COME]  # the "not" is of something else: "ik vind het niet, maar ik kom"
    if acts:
        return acts
    troubled = whole.says("trouble")  # a past or some trouble beside it: "ik was ingeschreven, maar"
    return [*dict.fromkeys(kind for part, kind in presence if not troubled or begins_with_but(part))]


def _opens_with_condition(said: _Said) -> bool:
    """Whether a sentence begins with what the rest of it depends on, told by the order of its words."""
    text = said.sentence.plain
    for one in said.people:
        text = text.replace(plain(one), _NAME)
    return bool(_OPENS_CONDITION.match(text))


def _hangs_on_somebody(clause: Clause, people: tuple[str, ...]) -> bool:
    """Whether what is said depends on what somebody does: "als Jan Peeters gaat, kom ik ook"."""
    return any(spaced(f"{word} {one}") in clause.text for word in clause.lexicon.if_words for one in people)


def on_presence(text: str, lex: Lexicon) -> str:
    """A text without its "geen dieetwensen", "excuses voor de vergissing", "dat er veel volk komt" and "voor
    mij verandert er niets", and without the "with" of what coincides: they are about nobody's coming."""
    said = spaced(text)
    for concept in ("none_noted", "apology", "not_of_anybody", "nothing_to_do"):
        said = lex.concepts[concept].sub(" ", said)
    said = without_with(said, lex)
    said = lex.concepts["as_present"].sub(f" {lex.present} ", said)
    return lex.concepts["if_room"].sub(lambda found: found[0] if _AND.match(said, found.end()) else " ", said)


def without_with(said: str, lex: Lexicon) -> str:
    """A text without the "with" of what only coincides with something: "valt samen met het vast bureau"."""
    return lex.concepts["together"].sub(lambda found: _WITH.sub("", found[0]), said)


#: What looks like bringing somebody along, behind a verb of coinciding: "valt samen met het vast bureau".
_WITH = re.compile(rf"\b{pattern('with')} ")
#: What adds another condition to one: "als er nog plaats is en het gratis is".
_AND = re.compile(f"{either(*JOINING)} ")


def _is_of_there(clause: Clause, before: Clause) -> bool:
    """Whether a clause only says of another meeting, which the one before it names, who is there: "valt samen
    met de gemeenteraad, waar ik aanwezig moet zijn"."""
    return bool(before.says("elsewhere")) and bool(
        clause.lexicon.concepts["there_where"].match(clause.text, 1)
    )


def _is_undone(clause: Clause, people: tuple[str, ...]) -> bool:
    """Whether a clause tells of a thing that does not take place: "de lunch is afgelast", "mijn vlucht werd
    geschrapt". Its subject is nobody (of ``people`` neither, whole or in front; in German all nouns look like
    names), nobody's coming, and nothing that we note."""
    if not clause.says("undone") or clause.says("own_coming"):
        return False
    lex, text = clause.lexicon, clause.text
    named = ((" " in one and spaced(one) in text) or text.startswith(spaced(one)) for one in people)
    about_somebody = any(lex.who[one].search(text) for one in SOMEBODY)
    noted = any(lex.fields[one].search(text) for one in _REACHED)
    return not noted and not about_somebody and not (lex.language != "de" and any(named))


def _is_heading(clause: Clause, sentence: Sentence) -> bool:
    """Whether a clause only says before a colon that there is something to tell: "kleine wijziging:"."""
    head, colon, _ = sentence.text.partition(":")
    words = spaced(head)
    short = bool(colon) and len(words.split()) <= _HEADING and words.strip() == clause.text.strip()
    return (
        short and clause.says("heading") and not any(f.search(words) for f in clause.lexicon.fields.values())
    )


def _says_presence(clause: Clause) -> bool:
    return any(kind in PRESENCE or kind is ActKind.SUBSTITUTE for kind in presence_in(clause))
