"""What a sender wants, from their own words: the acts that two readers agree on, as one intent. What
they do not agree on, or what nobody should do alone, is ``UNCLEAR`` and a person decides."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from mailbot.domain.document import Block, Location, Paragraph
from mailbot.domain.message import Message
from mailbot.domain.submission import Act, ActKind, Intent, Who, acts_here
from mailbot.intent.acts import acts_in, read_acts
from mailbot.intent.agreement import is_elsewhere, weighed
from mailbot.intent.bare_answers import bare_answer
from mailbot.intent.delegates import sends_somebody
from mailbot.intent.group_size import without_group_sizes
from mailbot.intent.intent_of_acts import ABOUT_SOMEBODY, LONGEST_LABELLED, data_in, intent_of, says_who
from mailbot.intent.left_out import ABOUT_OTHERS_TOO, brings_somebody, leaves_out
from mailbot.intent.lexicon import language_of, lexicon, spaced
from mailbot.intent.noted_for import as_statement
from mailbot.intent.nothing_more import is_content, wants_nothing_more
from mailbot.intent.person_mentions import names
from mailbot.intent.questions import is_question, question_in, question_to_us
from mailbot.intent.sentences import Sentence, sentences
from mailbot.intent.side_sentences import asks_to_send, without_what_follows
from mailbot.intent.signature import cut
from mailbot.intent.stories import leaves_open, without_stories
from mailbot.intent.substitutes import Standin, replaced_by_writer, standin, stands_in_for_them, with_data
from mailbot.intent.told_details import is_for_a_purpose
from mailbot.matching.names import belongs_to_another

_NR = re.compile(r"\bINS[-\s]?(\d{1,7})\b", re.I)
#: A subject that answers or forwards: it was somebody else's.
_ANSWERS = re.compile(r"\s*(?:re|antw|aw|ref|sv)\s*:", re.I)
_FOREIGN = re.compile(r"\s*(?:re|antw|aw|ref|sv|fwd?|tr|wg|doorst|betr)\s*:", re.I)
_WORDLESS = frozenset({Intent.NONE, Intent.THANKS, Intent.CHANGE, Intent.REPLY})


@dataclass(frozen=True, slots=True)
class IntentResult:
    """What a message's own words say. ``words`` are all of them, ``question`` those that ask;
    ``nrs`` the references named ("INS-0042"), ``named`` the people it is about;
    ``acts`` what the rules read, ``heard`` what the statistical reader did (``heard_elsewhere``: that they
    are about something else, and nothing that is done at an event);
    ``unread`` the sentences in which no act was found, a line each, ``signature`` the lines of one that no
    closing marks; ``staying`` who is said to come beside those who do not; ``of_subject``: the subject alone
    says it; ``nothing_more``: both readers find that an answer wants nothing; ``left_out``: somebody comes
    too, or does not either, whom no act names, or what the rest depends on is in none."""

    intent: Intent
    named: tuple[str, ...] = ()
    question: str = ""
    words: str = ""
    nrs: tuple[str, ...] = ()
    substitute: Standin | None = None
    acts: tuple[Act, ...] = ()
    heard: tuple[ActKind, ...] = ()
    heard_elsewhere: bool = False
    unread: str = ""
    signature: tuple[str, ...] = ()
    staying: tuple[str, ...] = ()
    of_subject: bool = False
    nothing_more: bool = False
    left_out: bool = False


@dataclass(frozen=True, slots=True)
class Ours:
    """What our events are called, and the houses where they are."""

    titles: frozenset[str] = frozenset()
    houses: frozenset[str] = frozenset()


def read_intent(
    message: Message,
    form_lines: frozenset[Location] = frozenset(),
    ours: Ours | None = None,
) -> IntentResult:
    """What the sender wants, from what they wrote themselves: quotes and signature never count.

    ``form_lines`` are the places (``Paragraph.where``) that were read as a form and are no words, ``ours``
    what our events are called.
    Where a mail only passes another on, the words inside count: "gelieve onderstaande te noteren" above them
    is no wish of who passes them on, nor is "graag inschrijven" above who says to come.
    """
    own = [*_own_lines(message.body, form_lines)]
    above, below = cut(own, message.sender.name)
    reply = answers(message.subject)
    said = sentences(_by_small_words(as_statement(line), ours) for line in above)
    inner = read_intent(message.forwarded, form_lines, ours) if message.forwarded else None
    if inner:
        said = tuple(one for one in said if not (_points_below(one) or _asks_for(one, inner)))
    result = _weigh(said, message.sender.name, reply=reply)
    result = replace(
        result,
        question=result.question and (question_in(above) or result.question),  # with titles whole
        words="\n".join(above),
        signature=below,
        nrs=_nrs("\n".join((message.subject, *own))),
    )
    if result.intent in _WORDLESS and not any(map(_stays_elsewhere, result.acts)):
        result = _by_subject(_by_small_words(message.subject, ours), result)
    if inner and result.intent in _WORDLESS and inner.intent is not Intent.NONE:
        asked = question_to_us(inner.question)
        return replace(inner, question=asked, nrs=tuple(dict.fromkeys((*result.nrs, *inner.nrs))))
    return result


def _points_below(sentence: Sentence) -> bool:
    """Whether a sentence above a mail that is passed on only says that what is wanted stands in that one, and
    nothing of who passes it on: "onderstaande mail is van Jan, ik kom zelf niet"."""
    words = spaced(sentence.plain)
    lex = lexicon(language_of(words))
    if not lex.says("points_below", words):
        return False
    beside = [clause for clause in sentence.clauses if not lex.says("points_below", spaced(clause))]
    return not any(_is_of_writer(act) for act in read_acts(beside))


def _stays_elsewhere(act: Act) -> bool:
    """Whether somebody stays away from a meeting of others: so does a subject then ("Verontschuldiging")."""
    return act.kind is ActKind.NOT_COME and act.elsewhere


def _is_of_writer(act: Act) -> bool:
    """Whether somebody says of themselves that they come or do not."""
    return act.kind in ABOUT_SOMEBODY and act.of_self and not act.elsewhere


def _asks_for(sentence: Sentence, inner: IntentResult) -> bool:
    """Whether a sentence above a mail that is passed on says of nobody, not even its writer, what that one
    says of somebody: "graag inschrijven"."""
    told = (act for act in inner.acts if (act.of_self or act.people) and not act.elsewhere)
    said = {act.kind for act in told} & {ActKind.COME, ActKind.NOT_COME}
    acts = acts_in((sentence,))
    return bool(acts) and all(
        act.kind in said and not (act.of_self or act.people or act.elsewhere) for act in acts
    )


def read_beside(result: IntentResult, taken: Iterable[str], sender: str, *, reply: bool) -> IntentResult:
    """What the words of a mail want without the pieces that were ``taken`` as answers."""
    rest = result.words
    for piece in taken:
        rest = rest.replace(piece, "", 1)
    lines = (line.strip(" ,;") for line in rest.splitlines())
    read = _weigh(sentences(line for line in lines if any(map(str.isalnum, line))), sender, reply=reply)
    return replace(read, words=result.words, nrs=result.nrs, signature=result.signature)


def answers(subject: str) -> bool:
    """Whether a subject is that of an answer: "Re: ..."."""
    return bool(_ANSWERS.match(subject))


def _by_small_words(line: str, ours: Ours | None) -> str:
    """A line in which our titles are their first word, written small: a long title is nobody's name, and
    parts no verb from its particle ("trek ... in"). So is the house where we meet, whole."""
    if ours is None:
        return line
    for title in sorted(ours.titles, key=len, reverse=True):  # one may begin with another
        line = re.sub(rf"\b{re.escape(title)}\b", title.split()[0].lower(), line, flags=re.I)
    for house in sorted(ours.houses, key=len, reverse=True):
        line = re.sub(rf"\b{re.escape(house)}\b", house.lower(), line, flags=re.I)
    return line


def _own_lines(body: Sequence[Block], form_lines: frozenset[Location]) -> Iterator[str]:
    """What the sender wrote, line by line. One typed between the lines of a quote answers the question above
    it, and is read with the words of that question: "> Functie: schepen" and below it "burgemeester"."""
    between = False
    for above, block, below in zip((None, *body), body, (*body[1:], None), strict=False):
        if not isinstance(block, Paragraph) or block.quote or block.signature or block.where in form_lines:
            continue
        asked = _ASKED.match(above.text.strip()) if isinstance(above, Paragraph) and above.quote else None
        between = between or bool(above and below and above.quote and below.quote)
        labelled = asked and between and len(block.text) <= LONGEST_LABELLED and ":" not in block.text
        yield f"{asked['label']}: {block.text}" if asked and labelled else block.text


#: A question of a form with what was noted of it, as a mail of ours has it.
_ASKED = re.compile(r"(?:[-*•]\s+)?(?P<label>[^:]{2,40}):")


def _weigh(said: tuple[Sentence, ...], sender: str, *, reply: bool) -> IntentResult:
    """All sentences together: what both readers understood gives an intent, anything else a doubt."""
    if not said:
        return IntentResult(Intent.NONE)
    said = without_stories(without_what_follows(said), reply=reply)
    if bare := bare_answer(said):
        return IntentResult(bare)
    question = " ".join(sentence.text for sentence in said if is_question(sentence))
    found = acts_in(said)
    acts, heard = _weighed(without_group_sizes(found, said), said, reply=reply)
    intent, staying = _wanted(acts, said, sender)
    of_leaving = tuple(act for act in acts if not (staying and act.kind is ActKind.COME))
    unread = "\n".join(sentence.text for sentence in said if _is_unread(sentence))
    intent = _with_the_rest(intent, said, question, unread)
    also = ABOUT_OTHERS_TOO.get(intent)
    left_out = leaves_open(said, reply=reply) or bool(also and leaves_out(said, acts, sender, also))
    left_out = left_out or (intent is Intent.REGISTER and brings_somebody(acts, heard, said))
    left_out = left_out or (reply and intent is Intent.REGISTER and sends_somebody(acts))
    if left_out and also:
        intent = Intent.MAYBE_WITHDRAW if intent in _LEAVES else Intent.UNCLEAR
    if _is_beside_others(acts) and not sender:
        intent = Intent.UNCLEAR  # one of those who leave has no name
    result = IntentResult(
        intent,
        _named(of_leaving, sender),
        question,
        acts=acts,
        heard=heard,
        heard_elsewhere=is_elsewhere(" ".join(one.text for one in said), heard, reply=reply),
        unread=unread,
        staying=staying,
        nothing_more=reply and wants_nothing_more(said, found),
        left_out=left_out,
    )
    return _with_who_comes_instead(result, said, sender)


def _with_who_comes_instead(result: IntentResult, said: tuple[Sentence, ...], sender: str) -> IntentResult:
    """The result with who comes in whose place, where a mail wants that; and where it is not understood, for
    her who decides, if an act names them."""
    if result.intent is Intent.UNCLEAR:
        unclear = replace(_substituted(result, said, sender), intent=Intent.UNCLEAR)
        return _if_named(unclear, result)
    return _substituted(result, said, sender) if result.intent is Intent.SUBSTITUTE else result


def _wanted(acts: tuple[Act, ...], said: tuple[Sentence, ...], sender: str) -> tuple[Intent, tuple[str, ...]]:
    """The intent of the acts, and who comes beside those who do not: of those who leave alone, then."""
    if staying := _staying(acts, sender):
        intent = intent_of(tuple(act for act in acts if act.kind is not ActKind.COME))
        return intent, staying if intent in _LEAVES else ()
    intent = intent_of(acts)
    if intent is Intent.REGISTER and any(map(_regrets, said)):
        return Intent.UNCLEAR, ()  # whoever comes regrets nothing
    return intent, ()


def _weighed(
    found: tuple[Act, ...], said: tuple[Sentence, ...], *, reply: bool
) -> tuple[tuple[Act, ...], tuple[ActKind, ...]]:
    """The acts as both readers weigh them, none agreed where a sentence was cut off, and the kinds that the
    second heard."""
    acts, heard = weighed(found, " ".join(sentence.text for sentence in said), reply=reply, said=said)
    if not all(sentence.whole for sentence in said):  # nothing is done on the half of what was written
        acts = tuple(replace(act, agreed=False) for act in acts)
    return acts, heard


def _with_the_rest(intent: Intent, said: tuple[Sentence, ...], question: str, unread: str) -> Intent:
    """What a mail wants of which the acts want nothing or only agree, by the sentences that no act is in."""
    if intent is Intent.NONE and (not question or len(said) > question.count("?") + 1):
        return Intent.REPLY
    if intent is Intent.SUBSTITUTE and any(map(asks_to_send, said)):
        return Intent.UNCLEAR  # what was asked besides is not done
    if intent in (Intent.CONFIRM, Intent.THANKS) and (unread or any(map(_says_besides, said))):
        return Intent.REPLY  # "de rest klopt" tells that something before it does not
    return intent


def _regrets(sentence: Sentence) -> bool:
    """Whether a sentence regrets something, and does not say of whom else: "helaas kan Jan niet"."""
    words = spaced(sentence.plain)
    return lexicon(language_of(words)).says("regret", words) and not names(sentence.text)


def _staying(acts: tuple[Act, ...], sender: str) -> tuple[str, ...]:
    """Who is said to come in a mail that says of others that they do not ("Jan kan niet, ik kom wel"): by
    name, the ``sender`` too. Nobody where it is not plain who is who."""
    come = acts_here(acts, ActKind.COME)
    away = acts_here(acts, *_STAYS_AWAY)
    if not come or not away or not all(act.agreed and says_who(act) for act in (*come, *away)):
        return ()
    coming = [name for act in come for name in act.people or (sender,)]
    leaving = {name for act in away for name in act.people or (sender,)}
    return tuple(dict.fromkeys(coming)) if all(coming) and not leaving & {*coming} else ()


#: Kinds by which somebody does not come.
_STAYS_AWAY = frozenset({ActKind.NOT_COME, ActKind.SUBSTITUTE})


def _is_unread(sentence: Sentence) -> bool:
    """Whether a sentence of some words, or with a number, an address or a diet, holds nothing that the rules
    know, thanks included."""
    acts = acts_in((sentence,))
    said, value = spaced(sentence.plain), bool(_VALUE.search(sentence.plain))
    lex = lexicon(language_of(said))
    says_much = value or lex.says("diet_said", said)
    says_much |= len(said.split()) > _FEW and not lex.says("gone_by", said)
    return says_much and all(act.kind is ActKind.OTHER for act in acts)


def _says_besides(sentence: Sentence) -> bool:
    """Whether a clause beside the yes or the thanks of its sentence says something that neither reader knows
    for another one: "o ja, ik eet geen vlees"."""
    beside = (one for one in sentence.clauses[1:] if len(one.split()) > _FEW)
    return any(_is_unread(one) and not is_content(one.text) for text in beside for one in sentences([text]))


#: Words, of a greeting or a name.
_FEW = 3
_VALUE = re.compile(r"\d{3}|@")
_ADDRESS = re.compile(r"\S+@[\w.-]+\w")


def _named(acts: tuple[Act, ...], sender: str) -> tuple[str, ...]:
    """Whom the acts name; the sender too where they are among them: "Jan en ik", "Jan niet, ik ook niet"."""
    named = [sender] * _is_beside_others(acts)
    for act in (act for act in acts if act.kind in ABOUT_SOMEBODY and act.people):
        named += act.people
        if act.kind is ActKind.NOT_COME and act.who is Who.COMPANY:
            named.append(sender)
    return tuple(dict.fromkeys(filter(None, named)))


def _is_beside_others(acts: tuple[Act, ...]) -> bool:
    """Whether the writer does not come, and others whom they name do not either."""
    away = acts_here(acts, ActKind.NOT_COME)
    own = [act for act in away if act.who is Who.WRITER and not act.people]
    return bool(own) and any(act.people for act in away)


def _told_of_another(sentence: Sentence, name: str) -> str:
    """A sentence that only gives an address or a number of somebody who is not the writer, without their
    ``name``; empty for any other."""
    said = spaced(sentence.plain)
    who = lexicon(language_of(said)).who
    writer = who["writer"].search(said) or who["mine"].search(said)
    gives = bool(_VALUE.search(sentence.text)) and not is_for_a_purpose(sentence.plain)
    gives &= not any(act.kind in ABOUT_SOMEBODY for act in acts_in((sentence,)))
    gives &= not any(belongs_to_another(found, name) for found in _ADDRESS.findall(sentence.text))
    behind = sentence.text.partition(":")[2] or sentence.text
    mine = {*name.split()}
    return ", ".join(p for p in behind.split(", ") if {*p.split()} - mine) if gives and not writer else ""


def _substituted(result: IntentResult, said: tuple[Sentence, ...], sender: str) -> IntentResult:
    """The result with who comes instead and of whom, which may be the ``sender`` themselves; unclear where
    nobody is named."""
    who = next(filter(None, (standin(sentence.text) for sentence in said)), None) or _listed_instead(result)
    of = _whose_place(result, said)
    if of and (who is None or who.name == of):
        who = Standin(sender, instead_of=of) if " " in sender and "@" not in sender else None
    if who is None:
        return replace(result, intent=Intent.UNCLEAR)
    data = [value for one in said if (value := data_in(one.text) or _told_of_another(one, who.name))]
    who = with_data(who, data)
    named = (who.instead_of,) if who.instead_of else tuple(n for n in result.named if n not in who.name)
    return replace(result, named=named, substitute=who)


def _listed_instead(result: IntentResult) -> Standin | None:
    """Who comes in a place as a list says ("weg: An Maes, in de plaats: Jan Claes"), or the only one who
    comes while the writer does not and says who takes their place ("ik niet, Jan Claes wel. In mijn plaats
    dus."); None where it is not one by a whole name."""
    ours = acts_here(result.acts)
    instead = [act for act in ours if act.kind is ActKind.SUBSTITUTE]
    away = {act.people for act in ours if act.kind is ActKind.NOT_COME}
    coming = instead if any(act.people for act in instead) else [a for a in ours if a.kind is ActKind.COME]
    named = {name for act in coming for name in act.people}
    if len(named) != 1 or len(away) != 1 or any(len(people) > 1 for people in away):
        return None
    name, of = named.pop(), "".join(*away)
    return Standin(name, instead_of=of) if " " in name and name != of else None


def _whose_place(result: IntentResult, said: tuple[Sentence, ...]) -> str:
    """Whose place the writer takes: as a sentence says, or the one who does not come where it says "in their
    place"; empty where the writer takes nobody's."""
    of = next(filter(None, (replaced_by_writer(sentence.text) for sentence in said)), "")
    away = {name for act in result.acts if act.kind is ActKind.NOT_COME for name in act.people}
    if not of and len(away) == 1 and any(stands_in_for_them(sentence.text) for sentence in said):
        return away.pop()
    return of


def _if_named(substituted: IntentResult, result: IntentResult) -> IntentResult:
    """What is known of who comes instead, where an act of it names them or in whose place they come, or is
    the writer's own; else the ``result`` without."""
    acts = acts_here(result.acts, ActKind.SUBSTITUTE)
    who = substituted.substitute
    if who is None:
        return result
    own = bool(who.instead_of) and any(act.who is Who.WRITER and not act.people for act in acts)
    of_named = {who.name, who.instead_of} - {""}
    return substituted if own or any(of_named & {*act.people} for act in acts) else result


def _by_subject(subject: str, result: IntentResult) -> IntentResult:
    """What a subject says of its own: "Afmelding Jan Peeters" above an empty mail. A subject
    that answers or forwards was somebody else's, and one alone registers nobody."""
    if _FOREIGN.match(subject):
        return result
    said = sentences([subject])
    if len(said) != 1 or said[0].asks:
        return result
    reading = _weigh(said, "", reply=False)
    if reading.intent not in _LEAVES and (result.words or reading.intent not in _DOUBTED):
        return result
    if any(map(_says_what_is_off, sentences(result.words.splitlines()))):
        return result  # "Annulatie" above "uw bestelling werd geannuleerd"
    return replace(
        reading,
        question=result.question,
        words=result.words,
        nrs=result.nrs,
        signature=result.signature,
        of_subject=True,
    )


def _says_what_is_off(sentence: Sentence) -> bool:
    """Whether a sentence cancels something, in which nobody was found to leave: the subject says no more."""
    words = spaced(sentence.plain)
    return lexicon(language_of(words)).says("leave", words)


_LEAVES = frozenset({Intent.WITHDRAW, Intent.EXCUSE, Intent.SUBSTITUTE})
_DOUBTED = frozenset({Intent.MAYBE_WITHDRAW, Intent.UNCLEAR})


def _nrs(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(f"INS-{int(number):04d}" for number in _NR.findall(text)))
