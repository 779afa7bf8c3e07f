"""What a sender wants, from their own words. What is not plainly a withdrawal is never taken
for one: it becomes ``MAYBE_WITHDRAW`` and a person decides."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from mailbot.domain.document import Location, Paragraph
from mailbot.domain.message import Message
from mailbot.domain.submission import Intent
from mailbot.intent import phrases
from mailbot.intent.person_mentions import names
from mailbot.intent.questions import is_question, is_request
from mailbot.intent.sentences import Sentence, sentences
from mailbot.intent.substitutes import Standin, standin
from mailbot.text.characters import TICKED, UNTICKED
from mailbot.text.normalize import plain

_NR = re.compile(r"\bINS[-\s]?(\d{1,7})\b", re.I)

_FIRST = re.compile(
    r"(?:^|[\s'])(?:ik|'k|k|wij|we|ondergetekende|ikzelf|je|j'|i|i'm|i'll|nous|mij|me|ons|m'|moi)(?:$"
    r"|[\s'])"
)
_SELF_OBJECT = re.compile(
    r"\b(?:mij|me|ons|mijzelf|mezelf|onszelf|m'|moi|my|us)\b|\b(?:mijn|onze|ma|mon|notre|my"
    r"|our) (?:\w+ )?(?:inschrijving|deelname|aanwezigheid|aanmelding|"
    r"registratie|komst|naam|plaats|afwezigheid|inscription|participation|registration|booking|place)\b"
)
_FILLERS = (
    r"(?:(?:ja|nee|neen|helaas|sorry|spijtig genoeg|spijtig|jammer genoeg|jammer|maar|dus|en|hierbij|ook|ben"
    r") )*"
)
_OPENERS = rf"{_FILLERS}(?:(?:door|wegens|vanwege) [\w ]{{1,40}}? {_FILLERS})?"
_ELLIPTIC = re.compile(
    rf"^{_OPENERS}(?:kan|kom|zal|ben|moet|neem|geraak|kunnen|zijn|zullen|moeten|nemen|komen|zie|geef"
    rf"|laat|verhinderd|belet|afwezig|"
    rf"niet aanwezig|verontschuldigd|excuseer|lukt|past|het (?:lukt|past|zal)|dat (?:lukt|past)"
    rf"|dit (?:lukt|past)|wens|wil|schrijf|noteer|graag|gelieve|niet)\b"
)
_OTHERS = re.compile(
    r"\b(?:hij|zij|ze|hem|haar|hen|collega'?s?|schepen(?:en)?|burgemeester|directeur|medewerk\w+|vrouw"
    r"|man|partner|iemand|niemand|"
    r"jullie|u|gij|voorzitter|secretaris|deskundige|diensthoofd|hun|colleague|collegue)\b"
)
_REPORT = re.compile(r"\b(?:is|zijn|wordt|worden|werd|werden|gaat) (?:de|het|deze|dit|die|dat|er) \w+")
_EVENT_NOUN = re.compile(
    r"\b(?:vergadering\w*|bijeenkomst\w*|overleg\w*|kennisplatform\w*|event|evenement|activiteit|meeting"
    r"|studiedag|infosessie|infomoment|opleiding|"
    r"\w*conferentie\w*|\w*overleg|platform|dag|samenkomst|netwerkdag|comite|sessie|gelegenheid|editie"
    r"|uitnodiging|reunion|evenement|"
    r"inschrijving\w*|deelname|aanwezigheid|registratie|aanmelding|komst|vorming|webinar|raad|datum"
    r"|\d{1,2}|maandag|dinsdag|woensdag|"
    r"donderdag|vrijdag|zaterdag|zondag|januari|februari|maart|april|mei|juni|juli|augustus|september"
    r"|oktober|november|december)\b"
)
_SCOPE = re.compile(
    r"\b(?:bij|op|aan|tijdens|voor|naar|van|at|a|au|to|for) (?:de|het|een|uw|jullie|dit|deze|die|dat"
    r"|onze|mijn|'t|the|la|le|your|this) (?P<what>(?:[\w'/-]+ ?){1,6})"
)
_REASON = re.compile(
    r"^(?:want|omdat|wegens|door|doordat|aangezien|gezien|vanwege|daar|omwille|ingevolge|ik heb|ik moet"
    r"|ik zit|ik ben (?:op|in|met)|car|because|since|due)\b"
)
_DATED = re.compile(
    r"\b(?:\d{1,2} (?:januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november"
    r"|december)(?: \d{4})?"
    r"|\d{1,2}[/-]\d{1,2}(?:[/-]\d{2,4})?)(?: (?:om|vanaf|van) \d{1,2}(?:[:.u]\d{0,2})?(?: ?uur)?)?"
)
_ASKED_REMOVAL = re.compile(
    r"\b(?:gelieve|graag|wil|wens|wensen|willen|mag|mogen|moet|moeten|kan u|kunt u|kan je|kun je"
    r"|kunnen jullie|wilt u|wil je|zou|verzoek\w*|vraag (?:om|u|dat)|hierbij|bij deze|"
    r"schrijf|schrijft|meld|melden|annuleer|schrap|haal|verwijder|trek|trekken|zeg|zeggen|aub"
    r"|alstublieft|alsjeblieft|dienen|dien|"
    r"veuillez|voudrais|souhaite|please|want|would like|have to|need to|cancel|moeten we|moet ik)\b"
)
_BARE_REMOVAL = re.compile(
    r"(?:(?:helaas|sorry|hierbij|graag|bij deze|een|mijn|onze) )*(?:afmelding|uitschrijving|annulatie"
    r"|annulering|uitschrijven|afmelden|annuleren|"
    r"verontschuldigd|verontschuldiging|schrappen)(?: (?:aub|alstublieft|a u b|graag|please|inschrijving"
    r"|deelname|van mijn inschrijving|van inschrijving))*"
)


_ABOUT_HOW = re.compile(r"(?:hoe|waar|wanneer|tot (?:wanneer|welke)|wat|comment|how|until when)\b")
#: A line of a form that nobody took for one: "Ik neem deel: neen", "☐ Ik kom".
_FORM_LINE = re.compile(
    rf"[{TICKED}{UNTICKED}]|:\s*(?:ja|nee+n?|yes|no|oui|non)\b\s*[./]?|\bja\s*/\s*nee", re.I
)
_SOMEBODY_ELSE = re.compile(r"\bvervang|\bin (?:mijn|onze|zijn|haar) plaats\b|\bin de plaats van [a-z]")
_SORRY_FOR = re.compile(r"\bverontschuldig\w*(?: mij| me| ons)? (?:voor|om|over) (?P<what>[^,.]{1,60})")
_WILL = re.compile(r"\b(?:komt|zal|gaat|kan|neemt|wil|mag|will|viendra)\b")
_ASIDE = re.compile(r"\([^()]*\)")
_NOT_THIS_BUT_THAT = re.compile(
    r"\bniet (?:\S+ ){1,5}maar (?:met|om|op|voor|in|wel|als|eerder|pas"
    r"|enkel)\b"
)


@dataclass(frozen=True, slots=True)
class IntentResult:
    """What a message's own words say. ``words`` are all of them, ``question`` those that ask;
    ``nrs`` the references named ("INS-0042"), ``named`` the people it is about. ``only_hints``: a
    sentence that is a reason beside a plain one ("ik ben ziek"), and a doubt alone."""

    intent: Intent
    named: tuple[str, ...] = ()
    question: str = ""
    words: str = ""
    nrs: tuple[str, ...] = ()
    substitute: Standin | None = None
    only_hints: bool = False


def read_intent(
    message: Message, form_lines: frozenset[Location] = frozenset(), titles: Iterable[str] = ()
) -> IntentResult:
    """What the sender wants, from what they wrote themselves: quotes and signature never count.

    ``form_lines`` are the places (``Paragraph.where``) that were read as a form and are no
    words; ``titles`` names of events, which a sentence may mention without being limited by
    it. Where a mail only passes another on, the words inside count.
    """
    own = [
        block.text
        for block in message.body
        if isinstance(block, Paragraph)
        and block.quote == 0
        and not block.signature
        and block.where not in form_lines
    ]
    wish = _weigh(tuple(sentences(own)), message.sender.name, _title_words(titles))
    wish = replace(wish, words="\n".join(own), nrs=_nrs("\n".join((message.subject, *own))))
    if wish.intent in (Intent.NONE, Intent.THANKS, Intent.CHANGE, Intent.REPLY):
        wish = _by_subject(message.subject, wish, _title_words(titles))
    if message.forwarded and wish.intent in (Intent.NONE, Intent.THANKS, Intent.CHANGE, Intent.REPLY):
        inner = read_intent(message.forwarded, form_lines, titles)
        if inner.intent is not Intent.NONE:
            return replace(inner, nrs=tuple(dict.fromkeys((*wish.nrs, *inner.nrs))))
    return wish


def _weigh(said: tuple[Sentence, ...], sender: str, titles: frozenset[str]) -> IntentResult:
    """All sentences together: agreement gives an intent, contradiction a doubt."""
    if not said:
        return IntentResult(Intent.NONE)
    question = " ".join(sentence.text for sentence in said if is_question(sentence))
    whole = " ".join(sentence.plain for sentence in said).strip(" .!")
    if len(whole) <= 150 and not any(sentence.asks for sentence in said):
        if phrases.says_yes(whole) and not _only_thanks(said):
            return IntentResult(Intent.CONFIRM)
        if phrases.says_no(whole):
            return IntentResult(Intent.DENY)
    if _only_thanks(said):
        return IntentResult(Intent.THANKS)
    readings = [_reading(sentence, sender, titles) for sentence in said]
    plainly = {reading.intent for reading in readings if not reading.only_hints}
    hints = {reading.intent for reading in readings if reading.only_hints}
    intents = (plainly if plainly & _GOING else plainly | hints) - {Intent.NONE}
    named = tuple(dict.fromkeys(name for reading in readings for name in reading.named))
    who = next((reading.substitute for reading in readings if reading.substitute), None)
    intent = _together(intents)
    if intent is Intent.NONE and (not question or len(said) > question.count("?") + 1):
        intent = Intent.REPLY
    if intent in (Intent.NONE, Intent.REPLY) and any(map(_changes, said)):
        intent = Intent.CHANGE
    if who and intent is Intent.SUBSTITUTE:
        named = (who.instead_of,) if who.instead_of else tuple(n for n in named if n not in who.name)
    return IntentResult(intent, named, question, substitute=who if intent is Intent.SUBSTITUTE else None)


_GOING = frozenset({Intent.WITHDRAW, Intent.EXCUSE, Intent.SUBSTITUTE})


def _together(intents: set[Intent]) -> Intent:
    if Intent.SUBSTITUTE in intents:
        return Intent.MAYBE_WITHDRAW if Intent.MAYBE_WITHDRAW in intents else Intent.SUBSTITUTE
    if Intent.MAYBE_WITHDRAW in intents:
        return Intent.MAYBE_WITHDRAW
    leaves = intents & {Intent.WITHDRAW, Intent.EXCUSE}
    if Intent.RESTORE in intents:
        return Intent.MAYBE_WITHDRAW if leaves else Intent.RESTORE
    if leaves:
        if Intent.REGISTER in intents:
            return Intent.MAYBE_WITHDRAW
        return Intent.WITHDRAW if Intent.WITHDRAW in leaves else Intent.EXCUSE
    return Intent.REGISTER if Intent.REGISTER in intents else Intent.NONE


def _reading(sentence: Sentence, sender: str, titles: frozenset[str]) -> IntentResult:
    """What one sentence wants."""
    text = sentence.plain
    if is_question(sentence) and not is_request(sentence):
        asks_out = (
            phrases.REMOVE.search(text)
            and not _REPORT.search(text)
            and re.search(r"\b(?:kan|mag|hoe)\b", text)
        )
        return IntentResult(Intent.MAYBE_WITHDRAW if asks_out and not _ABOUT_HOW.match(text) else Intent.NONE)
    if _FORM_LINE.search(sentence.text):
        return IntentResult(Intent.NONE)
    if phrases.INSTEAD.search(text):
        who = standin(sentence.text)
        denied = any(
            phrases.INSTEAD.search(clause) and phrases.NOT.search(clause) for clause in sentence.clauses
        )
        if who and not denied and not phrases.UNSURE.search(text):
            return IntentResult(Intent.SUBSTITUTE, names(sentence.text), substitute=who)
        if who or _SOMEBODY_ELSE.search(text):
            return IntentResult(Intent.MAYBE_WITHDRAW)
    restored = phrases.RESTORED.search(text)
    leaving = _leaving(sentence)
    if restored and not re.search(r"\btoch (?:\w+ ){0,2}niet\b", text):
        if phrases.UNSURE.search(text):
            return IntentResult(Intent.REPLY)
        return IntentResult(Intent.RESTORE, names(sentence.text))
    if leaving is not Intent.NONE:
        return _doubted(leaving, sentence, sender, titles)
    if phrases.DOUBTFUL.search(text) and not phrases.PAST.search(text):
        return IntentResult(Intent.MAYBE_WITHDRAW, names(sentence.text), only_hints=True)
    if _coming(sentence):
        if phrases.NOT.search(text) and phrases.PARTLY.search(text):
            return IntentResult(Intent.MAYBE_WITHDRAW)
        return IntentResult(Intent.REGISTER, names(sentence.text))
    return IntentResult(Intent.NONE)


def _changes(sentence: Sentence) -> bool:
    """Whether it says that something noted must be otherwise, and does not ask how or until when."""
    about_how = is_question(sentence) and _ABOUT_HOW.match(sentence.plain)
    asks_for_another = phrases.INSTEAD.search(sentence.plain) and standin(sentence.text)
    return bool(phrases.CHANGE.search(sentence.plain) or asks_for_another) and not about_how


def _leaving(sentence: Sentence) -> Intent:
    """WITHDRAW where they ask to be taken out, EXCUSE where they say they will not be there."""
    for clause in sentence.clauses:
        if phrases.REMOVE.search(clause):
            return Intent.WITHDRAW
    if any(phrases.ABSENT.search(clause) or phrases.EXCUSED.search(clause) for clause in sentence.clauses):
        return Intent.EXCUSE
    if phrases.ABSENT.search(sentence.plain):  # cut in two by a comma: "ik kan, helaas, niet komen"
        return Intent.EXCUSE
    return Intent.NONE


def _doubted(intent: Intent, sentence: Sentence, sender: str, titles: frozenset[str]) -> IntentResult:
    """The intent where nothing in the sentence limits, denies or hedges it; else a doubt."""
    text = sentence.plain
    maybe = IntentResult(Intent.MAYBE_WITHDRAW, names(sentence.text))
    if _denied(intent, sentence):
        return IntentResult(Intent.REPLY)
    if phrases.PAST.search(text) and not re.search(r"\b(?:zal|zullen|gelieve|schrijf|annuleer)\b", text):
        return IntentResult(Intent.REPLY)
    sorry = _SORRY_FOR.search(text)
    if sorry and not _EVENT_NOUN.search(sorry["what"]) and not titles & set(sorry["what"].split()):
        return IntentResult(Intent.REPLY)
    if _NOT_THIS_BUT_THAT.search(text) or any(_comes(clause) for clause in sentence.clauses):
        return maybe
    if phrases.UNSURE.search(text):
        return maybe
    scoped = " ".join(clause for clause in sentence.clauses if not _REASON.match(clause)) or text
    if phrases.PARTLY.search(_DATED.sub(" ", scoped)) or _other_scope(scoped, titles):
        return maybe
    core = [
        c
        for c in sentence.clauses
        if phrases.REMOVE.search(c) or phrases.ABSENT.search(c) or phrases.EXCUSED.search(c)
    ]
    clause = " ".join(core) or text
    named = names(sentence.text)
    who = tuple(name for name in named if plain(name) in clause)
    if any(_WILL.search(c) and any(plain(n) in c for n in {*named} - {*who}) for c in sentence.clauses):
        return maybe  # somebody else will do something: come in their place, perhaps
    first = bool(_FIRST.search(clause) or _SELF_OBJECT.search(clause))
    if who:
        if intent is Intent.EXCUSE and _starts_first(clause):
            together = re.search(r"(?:^|\s)en ik(?:zelf)?\b|\bik en\b", clause)
            return IntentResult(intent, (*who, sender)) if sender and together else maybe
        return IntentResult(intent, who)
    if intent is Intent.WITHDRAW:
        if _BARE_REMOVAL.fullmatch(text.strip(" .!")):
            return IntentResult(intent)
        if not _ASKED_REMOVAL.search(clause) or (_OTHERS.search(clause) and not first):
            return maybe
        return IntentResult(intent) if first or not _OTHERS.search(clause) else maybe
    if _OTHERS.search(clause) and not _starts_first(clause):
        return maybe
    return (
        IntentResult(intent)
        if first or _ELLIPTIC.match(clause) or _BARE_REMOVAL.fullmatch(text.strip(" .!"))
        else maybe
    )


def _starts_first(clause: str) -> bool:
    return bool(re.search(r"(?:^|\s)(?:ik|'k|wij|we|i|je|nous)(?:\s|$)", clause))


def _denied(intent: Intent, sentence: Sentence) -> bool:
    """ "Ik wil mij niet uitschrijven": a "not" in the very clause that asks to be taken out."""
    if intent is not Intent.WITHDRAW:
        return bool(re.search(r"\bniet (?:verhinderd|belet|afwezig|verontschuldigd)\b", sentence.plain))
    return any(
        phrases.NOT.search(clause) and not phrases.ABSENT.search(clause)
        for clause in sentence.clauses
        if phrases.REMOVE.search(clause)
    )


def _other_scope(text: str, titles: frozenset[str]) -> bool:
    """Whether a clause speaks of something that is not the event: "niet bij de raadsborrel"."""
    for found in _SCOPE.finditer(text):
        what = found["what"]
        if not _EVENT_NOUN.search(what) and not titles & set(what.split()) and not _harmless(found[0]):
            return True
    return False


def _harmless(scope: str) -> bool:
    return bool(
        re.match(
            r"(?:op (?:de|het) (?:laatste|moment|hoogte)|van (?:de|het|mijn"
            r"|onze) (?:deelnemers?)?(?:lijst|hand)|voor (?:het|mijn|de|uw) (?:werk|begrip|late"
            r"|laattijdige))",
            scope,
        )
    )


def _coming(sentence: Sentence) -> bool:
    """Whether they plainly say that they come, or ask to be put on the list."""
    text = sentence.plain
    they_come = phrases.THEY_COME.search(text) and not phrases.NOT.search(text) and _people_in(sentence)
    if not (they_come or any(_comes(clause) for clause in sentence.clauses)) or phrases.PAST.search(text):
        return False
    if phrases.UNSURE.search(text):
        return False
    if re.search(
        r"\b(?:kom|komen) (?:\w+ ){0,5}?(?:op terug|terug op|terug bij|later op|nog op|langs|ophalen"
        r"|brengen|uit de|tegen|te laat)\b",
        text,
    ):
        return False
    if re.search(
        r"\b(?:al|reeds) (?:\w+ ){0,3}?(?:ingeschreven|aangemeld|geregistreerd)|\b(?:ben|zijn|heb|hebben"
        r"|werd) (?:\w+ ){0,5}?ingeschreven\b",
        text,
    ):
        return False
    return not (
        _OTHERS.search(text)
        and not _FIRST.search(text)
        and not _people_in(sentence)
        and not is_request(sentence)
    )


def _people_in(sentence: Sentence) -> tuple[str, ...]:
    """The people a sentence names, with what stands in parentheses left out."""
    return names(_ASIDE.sub(" ", sentence.text))


def _comes(clause: str) -> bool:
    return bool(phrases.COMING.search(clause)) and not phrases.NOT.search(clause)


def _only_thanks(said: tuple[Sentence, ...]) -> bool:
    pieces = [clause for sentence in said for clause in sentence.clauses]
    return (
        bool(pieces)
        and all(len(piece) <= 150 and phrases.THANKS.fullmatch(piece) for piece in pieces)
        and not any(sentence.asks for sentence in said)
        and any(
            re.search(r"dank|merci|thank|thx|tot |prima|super|top|perfect|fijn|ontvangen|genoteerd", p)
            for p in pieces
        )
    )


def _by_subject(subject: str, wish: IntentResult, titles: frozenset[str]) -> IntentResult:
    """What a subject says of its own: "Afmelding Jan Peeters" above an empty mail. A subject
    that answers or forwards was somebody else's."""
    if re.match(r"\s*(?:re|antw|aw|ref|fwd?|tr|wg|doorst|betr)\s*:", subject, re.I):
        return wish
    said = sentences([subject])
    if len(said) != 1 or said[0].asks:
        return wish
    text = said[0].plain
    found = re.match(
        r"(?:afmelding|uitschrijving|annulatie|annulering|verontschuldigd|verontschuldiging)\b", text
    )
    who = names(subject)
    if (
        found
        and not phrases.PARTLY.search(text)
        and not phrases.UNSURE.search(text)
        and not phrases.NOT.search(text)
    ):
        intent = Intent.EXCUSE if text.startswith("veront") else Intent.WITHDRAW
        return replace(wish, intent=intent, named=who)
    reading = _reading(said[0], "", titles)
    if reading.intent in (Intent.NONE, Intent.REPLY):
        return wish
    leaves = reading.intent in (Intent.WITHDRAW, Intent.EXCUSE, Intent.MAYBE_WITHDRAW, Intent.SUBSTITUTE)
    return (
        replace(wish, intent=reading.intent, named=reading.named, substitute=reading.substitute)
        if leaves
        else wish
    )


def _title_words(titles: Iterable[str]) -> frozenset[str]:
    return frozenset(word for title in titles for word in plain(title).split() if len(word) > 4)


def _nrs(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(f"INS-{int(number):04d}" for number in _NR.findall(text)))
