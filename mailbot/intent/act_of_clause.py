"""A clause and the kind that was found in it → the act: whose it is, of whom, and how sure."""

from __future__ import annotations

from dataclasses import replace

from mailbot.domain.submission import Act, ActKind, Who
from mailbot.intent.clause import (
    COMING,
    Clause,
    begins_with_but,
    elsewhere,
    field_of,
    is_as_whom,
    places_in,
)
from mailbot.intent.denied_leaving import denies_leaving, left_by_another
from mailbot.intent.lexicon import Lexicon, spaced
from mailbot.intent.questions import is_request
from mailbot.intent.sentences import Sentence
from mailbot.intent.substitutes import stands_in_for_them
from mailbot.intent.whom import is_done_to_another, whom, without_who_asks

#: Said of what is not certain: beside the writer, whoever else is named may only be why.
_OPEN = frozenset({ActKind.CONDITION, ActKind.UNSURE})


def act_of(kind: ActKind, clause: Clause, sentence: Sentence, people: tuple[str, ...]) -> Act:
    """An act with the slots of the clause that it is said in."""
    asked = without_who_asks(clause)
    who, named = whom(asked, sentence, people)
    if kind is ActKind.COME and who is None:
        return Act(ActKind.OTHER, elsewhere=elsewhere(clause), words=sentence.text)  # "de trein komt"
    about = who or Who.COLLEAGUE
    said_by = without_who_asks(replace(clause, text=spaced(sentence.plain)))
    says_i = bool(clause.lexicon.who["writer"].search(said_by.text))
    of_self = says_i and not is_done_to_another(clause)  # "ik wil mijn collega verontschuldigen"
    if kind is ActKind.SUBSTITUTE and stands_in_for_them(sentence.text):
        about, named = Who.WRITER, ()  # who is named is who does not come
    if kind in _OPEN and of_self:
        named = ()  # "als Jan Peeters gaat, kom ik ook"
    where, said = elsewhere(clause), clause.text.strip()
    points = any(clause.lexicon.who[one].search(clause.text) for one in ("pronoun", "of_them"))
    act = Act(kind, about, named, where, words=sentence.text, clause=said, of_self=of_self, pointed=points)
    if _is_unsure(kind, clause, sentence):
        return replace(act, kind=ActKind.UNSURE)
    comes = any(map(replace(clause, text=spaced(sentence.plain)).says, _COMES))
    if kind is ActKind.COME and not comes:
        return replace(act, by_reason=True)  # "die dag past mij"
    if kind is ActKind.RESTORE and not comes:
        return replace(act, bare=True)
    if kind is ActKind.CHANGE:
        return replace(act, field=field_of(clause))
    if kind is ActKind.NOT_COME:
        leaves = clause.lexicon.says("leave", spaced(sentence.plain))
        return replace(act, asked_out=leaves, of_both=_is_of_both(clause))
    if kind is ActKind.CONDITION:
        return replace(act, condition=sentence.text)
    return replace(act, places=places_in(clause)) if kind is ActKind.PLACES else act


def _is_unsure(kind: ActKind, clause: Clause, sentence: Sentence) -> bool:
    """Whether a clause asks for an act of this kind or denies it, or tells of another who did it."""
    if kind is ActKind.SUBSTITUTE:
        if is_as_whom(clause.text):
            return True  # "als spreker word ik vervangen": who does not speak may still come
        named = clause.lexicon.concepts["in_name_of"].sub(" ", clause.text)
        renames = clause.lexicon.fields["name"].search(named)  # theirs, or who is to come
        asks = sentence.asks and (renames or not is_request(sentence))
        return bool(asks or _denies(sentence, clause.lexicon) or _came_to_nothing(sentence, clause.lexicon))
    if kind is ActKind.NOT_COME:
        return denies_leaving(clause)  # "ik heb mij niet afgemeld"
    # "ik werd door mijn ex uitgeschreven"
    return kind is ActKind.RESTORE and left_by_another(clause) and not clause.says("come")


def _is_of_both(clause: Clause) -> bool:
    """Whether a clause speaks of two together, and not of one of them."""
    return clause.lexicon.says("both", clause.text) and not clause.lexicon.says("one_of", clause.text)


#: Words of coming itself; that a day suits may be said of anything.
_COMES = tuple(one for one in COMING if one != "suits")


def _came_to_nothing(sentence: Sentence, lex: Lexicon) -> bool:
    """Whether a standing in is one of before ("Els Maes heeft mij vorig jaar vervangen"), or a "but" of
    somebody else denies it ("ik had Els Maes gevraagd ..., maar zij kan niet")."""
    clauses = [Clause(spaced(clause), lex) for clause in sentence.clauses]
    denied = (
        one for one in clauses if begins_with_but(one) and one.says("not") and one.says(*COMING, "not_there")
    )
    others = any(not lex.who["writer"].search(one.text) for one in denied)
    return others or any(lex.says(one, spaced(sentence.plain)) for one in ("gone_by", "asks_whether"))


def _denies(sentence: Sentence, lex: Lexicon) -> bool:
    """Whether a "not" stands in the very clause that names a substitute."""
    clauses = (spaced(clause) for clause in sentence.clauses)
    return any(lex.says("instead", clause) and lex.says("not", clause) for clause in clauses)
