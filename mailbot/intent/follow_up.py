"""A plain answer to a mail of ours ("OCMW Damme", "ja", "mijn gsm-nummer is 0478 12 34 56") →
answers with their source. What cannot be told for certain is left as words, for a person."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from mailbot.config.settings import Settings
from mailbot.domain.decision import Ask, PendingQuestion
from mailbot.domain.document import NOWHERE, Location, Unit
from mailbot.domain.doubt import Reason
from mailbot.domain.form import ATTENDS, DIET, FieldKind, Form, FormField
from mailbot.domain.registration import Registration
from mailbot.domain.submission import (
    Act,
    ActKind,
    Answer,
    Code,
    Intent,
    Person,
    Problem,
    Submission,
    SubmissionKind,
    Who,
)
from mailbot.extraction.labels import Label, Labels
from mailbot.extraction.values.email import addresses_in
from mailbot.extraction.values.kinds import ValueContext, read_value
from mailbot.extraction.values.names import read_name, split_name
from mailbot.extraction.values.phone import read_phone
from mailbot.extraction.values.result import ParsedValue, doubted
from mailbot.intent import phrases
from mailbot.intent.acts import read_acts
from mailbot.intent.agreement import THRESHOLDS
from mailbot.intent.lexicon import LANGUAGES, language_of, lexicon, spaced
from mailbot.intent.person_mentions import names
from mailbot.intent.questions import is_request
from mailbot.intent.sentences import LABELLED, sentences, without_greeting
from mailbot.intent.statistical import ELSEWHERE, model
from mailbot.matching.names import belongs_to_another
from mailbot.matching.organisations import directory
from mailbot.text.closings import begins_closing, without_closing
from mailbot.text.normalize import letters, plain, tidy

_SPEAKING = frozenset(
    {
        Intent.CONFIRM,
        Intent.DENY,
        Intent.CHANGE,
        Intent.REPLY,
        Intent.UNCLEAR,
        Intent.REGISTER,
        Intent.NONE,
        Intent.FORM,
        Intent.THANKS,  # "Gemeente Menen, dank u"
    }
)
_WHOSE = r"(?:(?:de|het|mijn|onze|ons|haar|zijn|mon|ma|notre|my|our|mein|meine) )?"
_WHOSE += r"(?:(?:nieuwe?|juiste?|correcte?|andere?) )?"
_STOP = re.compile(r"(?<=[.!])\s+(?=[A-ZÀ-Þ])")
_WHOSE_FIRST = re.compile(_WHOSE, re.I)
_LATELY = r"(?:(?:eigenlijk|trouwens|overigens|nu|voortaan|ondertussen|intussen|inmiddels|wel|dus) )*"
_SAID = re.compile(
    rf"(?:ja[, ]+)?{_WHOSE}(?P<label>[\w/ -]{{2,40}}?)"
    rf" (?:is|luidt|wordt|werd|moet zijn|est|ist|:)\s*:?\s*{_LATELY}(?P<value>.{{1,120}})",
    re.I,
)
#: "Jan is de voornaam".
_NAMED_LAST = re.compile(
    rf"(?P<value>\S[^:=]{{0,80}}?) (?:is|was|wordt) {_WHOSE.replace(')?', ')', 1)}(?P<label>[\w/-]{{2,40}})",
    re.I,
)
_INTO = re.compile(
    rf".{{0,60}}?\b(?:mijn|onze|ons|haar|zijn|de|het) (?P<label>[\w/-]+(?: [\w/-]+)??) {_LATELY}"
    r"(?:(?:te |aan te )?(?:wijzigen|veranderen|verbeteren|passen|aanpassen)|gewijzigd|veranderd|aangepast)"
    r" (?:in|naar|tot) (?P<value>.{1,120})",
    re.I,
)
#: Words of somebody who speaks, in what would else be taken for a name, a function or a body.
_SPEECH = re.compile(
    r"\b(?:ik|wij|we|je|jij|u|uw|jullie|hij|zij|ze|dat|dit|die|mag|wat|wie|welke?|waar|waarom|hoe|niet|nog|sorry|excuses"
    r"|oei|oeps|zie|zit|hoor|zal|weet|bedoelt?|bijlage|bijgevoegd|laat|laten|vergeten|graag|gelieve|juist|fout|verkeerd"
    r"|klopt|dank|bedankt|merci|groeten|mvg|heet|ben|is|zijn|heb|hebben|kan|kunnen|moet|wordt|komt?|you|the)\b",
    re.I,
)
_COURTESY = re.compile(
    rf"{phrases.THANKS.pattern}|(?:(?:oei|oeps|sorry|excuses|excuseer|pardon|mijn|inderdaad|dat|dit|was|ik|ben"
    r"|het|helemaal|vergeten|een|klein|(?:typ|tik|schrijf)?fout(?:je)?|vergissing|slordig|van mijnentwege"
    r"|van mijn kant|over het hoofd gezien)\b\W*)+"
)
_CALLED = re.compile(r"^(?:ik (?:heet|ben)|(?:mijn|de) naam is|(?:dit|dat|het|'?t) is)\s+", re.I)
_BODY = re.compile(
    r"(?<!\w)(?:(?i:ocmw|gem\.?|gemeente(?:bestuur)?|stad(?:sbestuur)?|lokaal bestuur|provincie|politiezone"
    r"|hulpverleningszone|intercommunale|cpas|commune|ville|welzijnsvereniging|zorgraad|vzw|agentschap))"
    r"(?: (?:van|de|het|den|der|te|d'))*(?: (?:de |den |der )?[A-ZÀ-ÖØ-Þ][\w'’-]*){1,4}"
)
#: What stands in brackets beside an answer: "Gemeente Damme (en niet het OCMW)".
_ASIDE = re.compile(r"\s*\([^()]{0,80}\)")
_PROPER = re.compile(r"(?:[A-ZÀ-ÖØ-Þ][\w'’.&-]*|van|de|den|der|het|ten|ter|te|voor|en|d'|du|la|le|des|et)")
_PHONE = re.compile(r"\+?[\d(][\d\s./()-]{6,20}\d")
#: Where one answer of a line ends: "OCMW Damme en mijn gsm is ..." holds two.
_PIECE = re.compile(
    r"[,;|]\s+|\s+en\s+(?=(?:mijn|m'n|onze|het|de|ons|'?k|ik|we|wij"
    r"|ben|heb|zit|hoor|zie|eet|kom|kan|moet|wil|neem|breng)\s)"
)
_YES_FIRST = re.compile(
    r"^(?:ja(?:wel)?|klopt|inderdaad|dat klopt|ok|oke)\b(?!\s+(?:niet|nie|ni|geen)\b)[\s,.:;-]*", re.I
)
#: "Neen, het is ...", "klopt niet, 't is ...": what follows is how it should be.
_NO_FIRST = re.compile(
    r"^(?:(?:nee+n?|fout|verkeerd|niet juist"
    r"|(?:(?:dat|dit|het|'?t) )?(?:klopt|is) nie?t?(?: juist| correct)?)\b[\s,.:;!-]*)+(?=\S)",
    re.I,
)
#: Words at either end of an answer that belong to no value.
_FILLERS = (
    r"(?:hoor|he|hé|é|e|dus|natuurlijk|gewoon|eigenlijk|toch|uiteraard|(?:waar|wie|wat|hoe) anders"
    r"|aub|a\.u\.b\.?|svp)"
)
_ONLY_FILLED = re.compile(rf"(?:{_FILLERS}\W*)+", re.I)
_FILLED = re.compile(rf"^(?:{_FILLERS}[\s,]+)+|(?:[\s,]+{_FILLERS})+[\s.!]*$", re.I)
#: What a new value takes the place of.
_INSTEAD = re.compile(r"\s+(?:i\.?p\.?v\.?|in plaats van)\s.*$", re.I)
#: A number or a sign before an item of a list.
_ITEM = re.compile(r"^(?:\d{1,2}[.)]|[a-c][.)]|[-*•–])\s+")
_LONGEST_ANSWER = 80
#: Characters of a line in which an address, a number or a body shows by itself.
_LONGEST_SENTENCE = 200
#: A number or an address that ends a sentence and is said to be the new one of the writer.
_MINE = re.compile(
    r"\b(?:mijn|mij|m'n|mon|ma|my)\b.{1,80}\b(?:door|in|naar|tot|is|wordt|werd|luidt|zijn|par|est|with|to)"
    rf"\s*:?\s+{_LATELY}(?P<value>\S+@\S+?|{_PHONE.pattern})(?:\s+(?:aub|a\.u\.b|svp|graag|please))?[\s.!?]*",
    re.I,
)
#: Stands for a value in the words around it.
_HERE = "\x00"
#: What words say of the value that is to be noted, whatever they deny before it: "klopt niet, moet ... zijn".
_MUST_BE = re.compile(rf"\bmoet (?:dus |eigenlijk |wel )*(?:zijn\W{{0,3}}{_HERE}|{_HERE} zijn)")
#: Words around a value of a kind that was asked, and around one that was not.
_MOST_ASKED, _MOST_AROUND = 14, 8
#: "Het is ...", "dit is de juiste:", of a field that was named in the sentence before.
_IT_IS = re.compile(
    r"(?:(?:het|dat|dit|'?t|de|ce|c'est|le|la|it|this|that|the)(?:\s+|$))?"
    r"(?:(?:juiste?|nieuwe?|correcte?|goede?|bon(?:ne)?|nouveau|nouvelle|right|new|correct)(?:\s+|$))?"
    r"(?:(?:nummer|nr|adres|numero|adresse|number|address)(?:\s+|$))?"
    r"(?:(?:is|wordt|luidt|moet zijn|est|sera|will be)(?:\s+|$))?"
    r"(?:(?:nu|voortaan|dus|desormais|now|de|het|le|la|the)(?:\s+|$))*"
    r"(?:(?:juiste?|nieuwe?|correcte?|goede?|bon(?:ne)?|nouveau|nouvelle|right|new|correct)(?:\s+|$))?"
    r"(?:(?:nummer|nr|adres|numero|adresse|number|address)(?:\s+|$))?"
)
#: Signs around a value: "👉 0456 37 81 20".
_SIGNS = re.compile(r"[^\w\s.,:;'’+@()/-]+")
_BY_THEMSELVES = (FieldKind.EMAIL, FieldKind.PHONE)
#: Enough beside a value that shows its kind by itself: "nieuw nr 0473 55 10 28".
_NAMED_SHORT = {
    FieldKind.EMAIL: re.compile(r"\b(?:nieuwe?|juiste?|correcte?|nouvelle|new) (?:adres|adresse|address)\b"),
    FieldKind.PHONE: re.compile(r"\b(?:nieuwe?|juiste?|correcte?|nouveau|new) (?:nr|nummer|numero|number)\b"),
}
#: "Kan je dat wijzigen aub?": asks for the change that stands beside it, and names none of its own.
_THAT = re.compile(r" (?:dat|dit|ca|cela|that|this) ")
#: Beside a number these say that it is no longer the right one.
_GONE = re.compile(
    r"\b(?:oude?|fout\w*|verkeerd\w*|vervalt|vervallen|schrap\w*|geschrapt|verwijder\w*|wis|wissen|weg)\b"
)
_SHORT_REQUEST = 6  # words
_OLD = re.compile(r"\b(?:oude?n?|ouwen?|ancien\w*|old)\b")
_VALUES = re.compile(r"\d|@")
_LETTERS = re.compile(r"[^\W\d_][\w'’-]*")
#: How people tell why an answer was missing or wrong.
_WHY = re.compile(
    r"\b(?:sorry|excuses|excuseer|vergeten|vergat|vergeetachtig\w*|dacht|duidelijk|weggevallen|per ongeluk"
    r"|foutje|(?:typ|tik|schrijf)fout\w*|vakje|opgelet|over het hoofd|haast|slordig\w*|desole\w*|oubli\w*"
    r"|faute de frappe|forgot\w*|typo|vergessen)\b"
)
#: How people turn to us in what they ask.
_TO_US = re.compile(
    r"\b(?:u|uw|je|jij|jou|jouw|jullie|ge|gij|vous|votre|you|your|graag|gelieve|kan|kunnen|kunt|mag|mogen|wil|willen"
    r"|wens|zou|zouden|hoop|nodig|vraag|vragen|liefst|please|svp|aub|merci de)\b"
)
#: Verbs of what is over. How somebody is now ("ik hoor niet goed") the office may have to know.
_PAST = re.compile(
    r"\b(?:was|waren|had|hadden|kon|konden|lag|lagen|stond|zat|ging|kwam|werd|deed|zag|las|viel|bleef|moest|wou"
    r"|wilde|dacht|wist|vond)\b"
)
_TALK = frozenset({*map(str, (ActKind.OTHER, ActKind.THANKS, ActKind.CONFIRM, ActKind.ANSWER)), ELSEWHERE})
_CLAUSE_END = re.compile(r"[,;.!](?:\s|$)|\s[-–(]\s?")
#: Words around a diet that add nothing to it.
_OF_A_MEAL = re.compile(
    r"(?:en|nog|dit|ook|ik|k|ben|eet|wens|wil|graag|had|zou|voor|mij|me|een|wel|vergeten|te|melden|liefst|enkel"
    r"|alleen|gewoon|heb|krijg|maaltijd|lunch|broodjes?|eten|menu|aub|svp|dus|hoor|bij|de|het|wat|betreft|je|suis)"
)
#: "Kunnen jullie noteren dat ...": what follows is what is to be noted.
_NOTE_THAT = re.compile(
    r"(?:(?:kan|kunt|kun|kunnen|wil|wilt|willen|zou|zouden|mag|mogen|graag|gelieve|alvast|ook|even|nog|te|aub|u|je"
    r"|jij|jullie|ik|we|wij|vragen|om) )*(?:noteren|vermelden|opnemen|toevoegen|noteer|vermeld"
    r"|(?:er )?rekening (?:mee )?(?:te )?houden(?: met het feit)?|weten|meedelen|melden) dat ",
    re.I,
)
#: A plea for what was said, without a word of its own.
_PLEA = re.compile(
    r"(?:(?:graag|gelieve|alvast|dank|bedankt|merci|om|hiermee|daarmee|ermee|hier|daar|er|rekening|mee|te|houden|hou"
    r"|houd|met|dit|dat|zo|aan|passen|aanpassen|noteren|wijzigen|verbeteren|kan|kunnen|kunt|wil|u|je|jullie|ook|even"
    r"|nog|traiteur|keuken|catering|cateraar|iemand|aub|a\.u\.b|svp|voor|de|het|aanpassing|begrip|vooraf|alstublieft|mogelijk|zijn|is|hopelijk|in|orde"
    r"|brengen|doorgeven|bij|mijn|inschrijving|op|naamkaartje|badge|deelnemerslijst)\b\W*)+"
)
#: Acts that ask nothing of anybody.
_SMALL_ACTS = frozenset({ActKind.OTHER, ActKind.THANKS, ActKind.CONFIRM, ActKind.DENY})
_FORMERLY = re.compile(r"\b(?:was|waren|vroeger|voorheen|vroegere?|vorige|ex|ancien\w*|former\w*)\b")


def complete(submission: Submission, asked: PendingQuestion, form: Form, settings: Settings) -> Submission:
    """The submission with what its words answer to ``asked``, as one person's answers; the same
    submission where nothing can be told.

    A question for missing or doubted answers of one registration is answered in plain words,
    and what we told of it is corrected by naming what changes. A mail with a form, a withdrawal
    or only thanks is left as it is. Words that are no answer become the ``question``, so that
    somebody reads them.
    """
    if (
        asked.kind not in (Ask.INCOMPLETE, Ask.TOLD, Ask.SIGNED)
        or asked.registration is None
        or submission.people
    ):
        return submission
    if submission.intent not in _SPEAKING or any(_says_more(act) for act in submission.acts):
        return submission
    asks_change = [
        act for act in submission.acts if act.kind is ActKind.CHANGE and act.agreed and not act.elsewhere
    ]
    answering = _Answering(asked.registration, form, settings, {act.words: act for act in asks_change})
    for number, line in enumerate(submission.words.splitlines(), 1):
        for said in answering.statements(tidy(line)):
            answering.line(said, Location().at(Unit.ANSWER).at(Unit.LINE, number))
    answering.comes(submission.acts)
    answering.by_elimination()
    return answering.submission(submission)


#: Acts that no answer to a question for data carries out: with one of them a person reads the mail.
_MORE = frozenset(
    {
        ActKind.NOT_COME,
        ActKind.SUBSTITUTE,
        ActKind.BRING,
        ActKind.PLACES,
        ActKind.PARTIAL,
        ActKind.CONDITION,
        ActKind.UNSURE,
        ActKind.COPY,
        ActKind.ERASE,
        ActKind.ACCESS,
    }
)


#: Acts about somebody else: found by the rules alone they already tell whose the data may be.
_OF_OTHERS = frozenset({ActKind.BRING, ActKind.SUBSTITUTE, ActKind.PLACES})


def _says_more(act: Act) -> bool:
    return not act.elsewhere and (act.kind in _OF_OTHERS or (act.agreed and act.kind in _MORE))


@dataclass
class _Answering:
    """The answers as they are found, line by line."""

    about: Registration
    form: Form
    settings: Settings
    changes: dict[str, Act]  # what both readers took for a change, by its sentence
    found: dict[str, tuple[ParsedValue, Location]] = field(default_factory=dict)
    left: list[tuple[str, Location]] = field(default_factory=list)
    confirmed: Location = NOWHERE
    settled: set[str] = field(default_factory=set)  # sentences that asked for a change that was found
    unfinished: str = ""  # the field of several lines that the line before answered
    mentioned: frozenset[FieldKind] = frozenset()  # numbers and addresses that the words before speak of

    def __post_init__(self) -> None:
        self.labels = Labels(self.form)
        self.directory = directory(self.settings.organisations.organisations)

    @property
    def open_fields(self) -> list[FormField]:
        """What was asked and is not answered yet, in form order."""
        keys = {problem.field for problem in self.about.doubts}
        return [one for one in self.form.fields if one.key in keys and one.key not in self.found]

    def statements(self, text: str) -> list[str]:
        """The sentences of a line, where one of them answers by itself: "Bestuur: Waregem. Mijn gsm is
        0471 22 33 44." are two answers. Else the line as it is: a stop may belong to a value."""
        said = [sentence.text for sentence in sentences([text])]
        if any(one in self.changes for one in said):
            return said
        pieces = [piece for piece in _STOP.split(text) if piece]
        opens = bool(pieces) and _COURTESY.fullmatch(plain(pieces[0]).strip(" .!,"))
        alone = (self._stands_alone(piece) or self._says_why(piece) for piece in pieces)
        cut = len(pieces) > 1 and (opens or any(alone))
        return pieces if cut else [text]

    def _stands_alone(self, text: str) -> bool:
        words = plain(text).strip(" .!,")
        if phrases.says_yes(words) or phrases.says_no(words) or _COURTESY.fullmatch(words):
            return True
        found = (pattern.fullmatch(text) for pattern in (LABELLED, _SAID, _INTO))
        shows = _PHONE.search(text) or addresses_in(text)
        labelled = any(said and self._label(said["label"]) for said in found)
        return bool(labelled or shows or self._diet(text))

    def line(self, text: str, where: Location) -> None:
        text = _INSTEAD.sub("", without_greeting(_ITEM.sub("", text)))
        if not text or not sentences([text]):
            return  # a greeting
        head, colon, tail = text.partition(": ")
        if colon and not self._label(head) and self._says_why(head):
            text = tail  # "excuses, dat was ik vergeten: gemeente Damme"
        above, self.unfinished = self.unfinished, ""
        if self._bare(text, where) or self._stated(text, where):
            return
        if _YES_FIRST.match(text) and not any(one.kind is FieldKind.YES_NO for one in self.open_fields):
            self.confirmed = where if self.confirmed is NOWHERE else self.confirmed
            text = _YES_FIRST.sub("", text)
            if self._labelled(text, where):
                return
        elif said := _NO_FIRST.match(text):
            text = text[said.end() :]
        signed = without_closing(_bare_words(text)).strip(" .!,-")
        if not self._is_their_name(signed):  # one under their words
            self._in_pieces(text, where, above)

    def _bare(self, text: str, where: Location) -> bool:
        """Whether a line is no more than a yes, a no or a courtesy, which is then dealt with."""
        words = _bare_words(text)
        if phrases.says_yes(words):
            self.confirmed = where if self.confirmed is NOWHERE else self.confirmed
        elif _COURTESY.fullmatch(words):
            return True
        elif not phrases.says_no(words):
            return False
        self._yes_no(text, where)
        return True

    def _stated(self, text: str, where: Location) -> bool:
        """Whether a line says of a field what it is, or asks for a change that was found."""
        stated = self._changed(text, where) or self._labelled(text, where) or self._asks_that(text)
        return stated or self._says_diet(text, where)

    def _in_pieces(self, text: str, where: Location, above: str) -> None:
        """Takes what answers by itself between commas; ``above`` is the field of the line before."""
        pieces = [piece for piece in map(str.strip, _PIECE.split(text)) if piece]
        taken: list[bool] = []
        for piece in pieces:
            taken.append(len(piece) <= _LONGEST_SENTENCE and self._piece(piece, where))
            if not taken[-1]:  # "mijn gsm is gewijzigd, het nieuwe is ..."
                self.mentioned |= {kind for kind in _BY_THEMSELVES if _names(kind, piece)}
        if not any(taken):
            if not self._continues(above, text):
                self.left.append((text, where))  # "adviseur, dienst IT" is one answer
            self.mentioned |= {kind for kind in _BY_THEMSELVES if _names(kind, text)}
            return
        rest = (piece for piece, is_taken in zip(pieces, taken, strict=True) if not is_taken)
        idle = (_COURTESY, _ONLY_FILLED)
        self.left += [(one, where) for one in rest if not any(i.fullmatch(_bare_words(one)) for i in idle)]

    def _continues(self, above: str, text: str) -> bool:
        """Whether a line goes on with the answer ``above`` it, where that may have several lines."""
        one = self.form.field(above)
        if one is None or len(text) > _LONGEST_ANSWER or text.endswith("?"):
            return False
        self.unfinished = one.key
        read, where = self.found[one.key]
        self.found[one.key] = self._read(one, f"{read.seen}\n{text}"), where
        return True

    def comes(self, acts: Iterable[Act]) -> None:
        """ "Ja, ik kom", where we asked whether they do: what both readers took for coming."""
        one = next((field for field in self.open_fields if field.key == ATTENDS), None)
        said = [act for act in acts if act.kind is ActKind.COME and act.agreed and not act.elsewhere]
        if one is None or len(said) != 1 or said[0].who is not Who.WRITER:
            return
        words, where = said[0].words, Location().at(Unit.ANSWER)
        where = next((at for text, at in self.left if text in words or words in text), where)
        self.found[one.key] = ParsedValue(True, seen=words), where
        self.left = [(text, at) for text, at in self.left if text not in words and words not in text]

    def by_elimination(self) -> None:
        """One answer left and one thing asked: they belong together. So do a full name and the
        two fields of a name."""
        if len(self.left) > 1 and len(self.open_fields) == 1 and self.open_fields[0].kind.traits.lines:
            self.left = [("\n".join(text for text, _ in self.left), self.left[0][1])]
        if len(self.left) != 1:
            return
        text, where = self.left[0]
        text = self._repeated(text) or _CALLED.sub("", _FILLED.sub("", text))
        if text.endswith("?") or len(text) > _LONGEST_ANSWER or text.count(" ") > 6:
            return
        if _SPEECH.search(plain(text)):
            return
        still_open = self.open_fields
        given, family = self.form.given_name, self.form.family_name
        names = [one for one in still_open if one.kind is FieldKind.NAME]
        if len(still_open) == 1 and still_open[0].kind is not FieldKind.YES_NO:
            one = still_open[0]
            text = self._asked_part(one, text)
            read = self._read(one, text)
            if one.kind in (FieldKind.NAME, FieldKind.ORGANISATION) and not self._looks_named(text):
                read = _to_confirm(read)
            self._keep(one.key, read, where)
        elif len(names) == 1 and _may_be_a_name(text) and len(still_open) == 1:
            self._take(names[0], text, where)
        elif {one.key for one in still_open} == {given, family} and _may_be_a_name(text):
            self._full_name(text, where, given, family)
        else:
            return
        self.left.clear()

    def _repeated(self, text: str) -> str:
        """What an answer repeats of the one name that was doubted, and no other name beside it: "gewoon
        Peeters, zonder 2" of a "Peeters 2"."""
        asked = self.open_fields
        if len(asked) != 1 or asked[0].kind is not FieldKind.NAME or _says("not", text):
            return ""
        known = _LETTERS.findall(self.about.text(asked[0].key))
        said = _LETTERS.findall(text)
        others = any(word[0].isupper() and word not in known for word in said[1:])
        return " ".join(known) if known and set(known) < set(said) and not others else ""

    def _asked_part(self, one: FormField, text: str) -> str:
        """The part of a full name that was asked, where the other part is known."""
        given, family = self.form.given_name, self.form.family_name
        other = {given: family, family: given}.get(one.key, "") if given and family else ""
        known = self.about.text(other).casefold() if other else ""
        for part in (text.casefold().removesuffix(f" {known}"), text.casefold().removeprefix(f"{known} ")):
            if known and part != text.casefold():
                at = text.casefold().index(part)
                return text[at : at + len(part)]
        return text

    def submission(self, submission: Submission) -> Submission:
        if self.confirmed is not NOWHERE:
            self._confirm()
        if not self.found:
            return submission
        answers = {
            key: Answer(read.value, where)
            for key, (read, where) in self.found.items()
            if read.value is not None
        }
        problems = tuple(
            Problem(0, key, read.code, read.reason, read.seen, read.detail)
            for key, (read, _) in self.found.items()
            if read.code
        )
        organisation = next(
            (
                str(answers[one.key].value)
                for one in self.form.of_kind(FieldKind.ORGANISATION)
                if one.key in answers
            ),
            "",
        )
        person = Person(answers, self.directory.recognise(organisation) if organisation else "")
        rest = self._unexplained()
        return replace(
            submission,
            found=SubmissionKind.FORM,
            form=self.form.id,
            people=(person,),
            problems=problems,
            intent=Intent.FORM,
            question=self._asked_besides(submission.question) or rest,
        )

    def _asked_besides(self, question: str) -> str:
        """What is asked beside the change that was found."""
        asked = [sentence.text for sentence in sentences([question])]
        settled = [text for text in asked if self._is_settled(text)]
        return " ".join(text for text in asked if text not in settled) if settled else question

    def _is_settled(self, text: str) -> bool:
        """Whether a question is the change that was found, or a plea for it."""
        if _pleads_only(text.rstrip("?")) or (_NOTE_THAT.match(text) and self._is_noted(text)):
            return True
        return text in self.settled or self._asks_that(text)

    def _is_noted(self, text: str) -> bool:
        """Whether what a plea asks to be noted was found: "kan u noteren dat ik vegetarisch eet"."""
        said = self._diet(text)
        return bool(said) and DIET in self.found

    def _unexplained(self) -> str:
        """The words that are left beside the answers, for a person."""
        idle = (self._says_why, self._drops_old, self._is_explained, _pleads_only, _tells_only)
        return " ".join(text for text, _ in self.left if not any(is_idle(text) for is_idle in idle))

    def _confirm(self) -> None:
        """A plain "ja": what was read is right, for each doubted answer that has a value."""
        confirmed = self.confirmed.inside(Location().at(Unit.CONFIRMATION))
        for problem in self.about.doubts:
            value = self.about.answers.get(problem.field)
            if problem.code is Code.UNSURE and value is not None and problem.field not in self.found:
                self.found[problem.field] = (ParsedValue(value), confirmed)

    def _yes_no(self, text: str, where: Location) -> None:
        """A plain yes or no answers the one such question, where nothing else was doubted."""
        questions = [one for one in self.open_fields if one.kind is FieldKind.YES_NO]
        if len(questions) == 1 and not any(p.code is Code.UNSURE for p in self.about.doubts):
            self._take(questions[0], text, where)

    def _labelled(self, text: str, where: Location) -> bool:
        """ "Voornaam: Jan", "mijn voornaam is Jan": any field of the form, asked or not."""
        for pattern in (LABELLED, _SAID, _INTO, _NAMED_LAST):
            said = pattern.fullmatch(text.rstrip(" .!") if pattern is _NAMED_LAST else text)
            label = self._label(said["label"]) if said else None
            if said is None or label is None:
                continue
            value = _FILLED.sub("", said["value"]).strip(' ."“”„')
            if pattern is not LABELLED and _SPEECH.search(plain(value)):
                return False
            if len(label.keys) > 1:
                given, family = self.form.given_name, self.form.family_name
                if set(label.keys) == {given, family}:
                    self._full_name(value, where, given, family, given_first=label.keys[0] == given)
                    return True
                return False
            one = self.form.field(label.key)
            value = _shown(one, value) if one else value
            if one is None or not value or not self._may_answer(one, value):
                return False
            if one.kind is FieldKind.EMAIL and self._spells_another(value, text):
                return False
            read = self._read(one, value)
            if not label.exact:
                read = _to_confirm(read)
            self._keep(one.key, read, where)
            self.unfinished = one.key if one.kind.traits.lines else ""
            return True
        return False

    def _label(self, text: str) -> Label | None:
        """The field that words name: by a label of the form, or by a word that its concept goes by: "mijn
        nieuw nummer"."""
        words = self._without_whose(_WHOSE_FIRST.sub("", text.strip()))
        if _only_points(words):
            return None
        label = self.labels.match(words)
        if label is not None and not label.exact and len(letters(words)) < _FORGIVEN_FROM:
            label = None
        if label is None:
            called = lexicon(language_of(spaced(words))).fields.items()
            fields = [self.form.field(key) for key, named in called if named.fullmatch(spaced(words), 1)]
            label = self.labels.exactly(fields[0].label) if len(fields) == 1 and fields[0] else None
        return None if label is None or label.negative or label.number > 1 else label

    def _may_answer(self, one: FormField, value: str) -> bool:
        """Whether a few words can be the value of a field: "met een c geschreven" is no name, and a
        "klopt" says of what we noted that it is right."""
        if one.kind is not FieldKind.YES_NO and (
            phrases.says_yes(plain(value)) or phrases.says_no(plain(value))
        ):
            return False
        return (
            one.kind is not FieldKind.NAME or " " not in value or all(map(_PROPER.fullmatch, value.split()))
        )

    def _changed(self, text: str, where: Location) -> bool:
        """ "Gelieve mijn gsm te vervangen door 0478 12 34 56": a sentence that both readers took for a change
        of a field of the writer's, and that ends in the one value of its kind. One that denies is none."""
        act, said = self.changes.get(text), _MINE.search(text)
        one = self.form.field(act.field) if act else None
        if act is None or one is None or said is None or said.end() != len(text):
            return False
        if act.who is not Who.WRITER or act.people or _says("not", text) or _PIECE.search(text):
            return False  # what stands beside it is read piece by piece
        values = addresses_in(text) if one.kind is FieldKind.EMAIL else _PHONE.findall(text)
        if one.kind not in (FieldKind.EMAIL, FieldKind.PHONE) or len(values) != 1:
            return False
        read = self._read(one, said["value"])
        if read.code:
            return False
        self._keep(one.key, read, where)
        self.settled.add(text)
        return True

    def _asks_that(self, text: str) -> bool:
        """Whether a sentence only asks for the change that was found beside it, or says that what we noted
        there is wrong."""
        act = self.changes.get(text)
        short = len(text.split()) <= _SHORT_REQUEST and _THAT.search(spaced(text))
        return bool(self.found and act and not act.field and short) or self._is_explained(text)

    def _is_explained(self, text: str) -> bool:
        """Whether words that ask for a change give no value, and name no field but one that was answered:
        "gelieve mijn gegevens aan te passen:" above the new ones."""
        if not self.found or _VALUES.search(text) or names(text):
            return False
        if text.endswith("?") and not all(map(is_request, sentences([text]))):
            return False  # "kan u mijn gsm aanpassen?" asks for what was done
        acts, called = read_acts([text]), lexicon(language_of(spaced(text))).fields.items()
        fields = {key for key, named in called if named.search(spaced(text))}
        return bool(acts) and all(act.kind is ActKind.CHANGE for act in acts) and fields <= {*self.found}

    def _says_diet(self, text: str, where: Location) -> bool:
        """ "Ik ben vegetariër": what the writer does not eat, which is noted as they say it."""
        one, said = self.form.field(DIET), self._diet(text)
        if one is None or not said:
            return False
        self._keep(one.key, self._read(one, said), where)
        return True

    def _diet(self, text: str) -> str:
        """What the writer says that they do not eat, in their words: "vegetarisch", "allergisch voor noten".
        The clause that says so must say nothing else, and be the writer's own; what comes behind it, as in
        "allergisch voor noten, pinda's en soja", may only be why or thanks."""
        asked = _NOTE_THAT.match(text)
        text = text[asked.end() :].rstrip(" ?") if asked else text
        clause, _, behind = _CLAUSE_END.sub("\n", text, count=1).partition("\n")
        if behind and not (
            self._says_why(behind) or _pleads_only(behind) or _COURTESY.fullmatch(_bare_words(behind))
        ):
            return ""
        words = spaced(clause)
        found = lexicon(language_of(words)).find("diet_said", words)
        if found is None or text.endswith("?"):
            return ""
        around = f"{words[: found.start()]} {words[found.end() :]}".split()
        if not all(map(_OF_A_MEAL.fullmatch, around)):
            return ""
        said = found[0].strip()
        at = plain(clause).find(said)
        return clause[at : at + len(said)] if at >= 0 and len(plain(clause)) == len(clause) else said

    def _drops_old(self, text: str) -> bool:
        """Whether words beside a new number or address only say that the old one goes."""
        new = {one.kind for one in self.form.fields if one.key in self.found} & {
            FieldKind.PHONE,
            FieldKind.EMAIL,
        }
        words = plain(text)
        only = not text.endswith("?") and not _VALUES.search(text) and len(words.split()) <= _SHORT_REQUEST
        return bool(new and only and _GONE.search(words) and _OLD.search(words))

    def _says_why(self, text: str) -> bool:
        """Whether words beside an answer only tell how it came to be missing: no value, nobody, no act."""
        if text.endswith("?") or _VALUES.search(text) or names(text):
            return False
        if _is_apology(text):
            return True
        explains = _WHY.search(plain(text)) or begins_closing(text)
        return bool(explains) and all(act.kind in _SMALL_ACTS for act in read_acts([text]))

    def _piece(self, text: str, where: Location) -> bool:
        """A part of a line that answers by itself: "mijn voornaam is Jan, dat was ik vergeten"."""
        return bool(_SAID.fullmatch(text) and self._labelled(text, where)) or self._by_kind(text, where)

    def _by_kind(self, text: str, where: Location) -> bool:
        """An answer that shows by itself what it is."""
        mails = addresses_in(text)
        phones = [one.strip() for one in _PHONE.findall(text) if not read_phone(one.strip()).code]
        for kind, values in zip(_BY_THEMSELVES, (mails, phones), strict=True):
            if len(values) == 1 and self._is_given(kind, values[0], text):
                return self._first_of(kind, values[0], where)
        wanted = [one for one in self.open_fields if one.kind is FieldKind.ORGANISATION]
        said = _without_opening(self._after_name(_FILLED.sub("", text)))
        if len(wanted) == 1 and (body := self._body_in(said)):
            self._take(wanted[0], body, where)
            return True
        return False

    def _is_given(self, kind: FieldKind, value: str, text: str) -> bool:
        """Whether a number or address is an answer: it was asked, or the few words around it name the field
        or say that it changes. One under a signature is neither, what words deny or drop is the old one,
        and somebody else's is no answer."""
        if kind is FieldKind.EMAIL and self._is_their_own(value):
            return True
        words = tidy(_SIGNS.sub(" ", plain(text.replace(value, "")))).strip(" .:,-")
        if not _MUST_BE.search(plain(text.replace(value, _HERE))) and (
            _GONE.search(words) or _says("not", words)
        ):
            return False  # "mijn gsm 0478 12 34 56 werkt niet meer" names the old one
        if self._is_of_another(text, words) or (
            kind is FieldKind.EMAIL and self._spells_another(value, text)
        ):
            return False
        if any(one.kind is kind for one in self.open_fields):
            return len(words.split()) <= _MOST_ASKED
        if self.mentioned == {kind} and _IT_IS.fullmatch(words):
            return True
        named = _names(kind, words) or _changes(words) or _NAMED_SHORT[kind].search(words)
        return len(words.split()) <= _MOST_AROUND and bool(named)

    def _spells_another(self, address: str, text: str) -> bool:
        """Whether an address is made of another name than that of the registration, and is not said to be the
        writer's: "(e-mailadres: jan.peeters@x.example)" behind a colleague's name."""
        names = [self.about.text(one.key) for one in self.form.of_kind(FieldKind.NAME)]
        known = " ".join(filter(None, names))
        return bool(known) and belongs_to_another(address, known) and not _is_own(text)

    def _is_of_another(self, text: str, words: str) -> bool:
        """Whether the words around a value are of somebody else than whom the registration is of."""
        who = lexicon(language_of(spaced(words))).who
        others = [name for name in names(text) if not self._is_their_name(plain(name))]
        return bool(others) or any(who[one].search(spaced(words)) for one in ("colleague", "mayor"))

    def _body_in(self, text: str) -> str:
        """The one body that a few words name and do not deny; all of them where they are its name."""
        text = _ASIDE.sub("", text).strip(" .!")
        denied = _says("not", text) or _FORMERLY.search(plain(text))
        if not denied and (self.directory.recognise(text) or _BODY.fullmatch(text)):
            return text
        found = _BODY.findall(text)
        return found[0] if len(found) == 1 and not denied and not text.endswith("?") else ""

    def _is_their_own(self, address: str) -> bool:
        """Whether an address that was asked for is the one that the registration came from."""
        asked = any(one.kind is FieldKind.EMAIL for one in self.open_fields)
        return asked and address.lower() == self.about.sender.lower()

    def _after_name(self, text: str) -> str:
        """ "Greet Foulon is van OCMW Torhout" without the name of who it is about."""
        parts = [self.about.text(one.key) for one in self.form.of_kind(FieldKind.NAME)]
        for name in (" ".join(parts), " ".join(reversed(parts))):
            if name.strip() and text.casefold().startswith(f"{name.casefold()} "):
                return text[len(name) :].strip()
        return text

    def _without_whose(self, label: str) -> str:
        """ "e-mailadres van Sofie" without whose it is, where that is who the registration is of."""
        parts = [self.about.text(one.key) for one in self.form.of_kind(FieldKind.NAME)]
        for name in (" ".join(parts), " ".join(reversed(parts)), *parts):
            if name.strip() and label.casefold().endswith(f" van {name.casefold()}"):
                return label[: -len(f" van {name}")]
        return label

    def _is_their_name(self, words: str) -> bool:
        """Whether a line is nothing but the name of the person it is about, where none was asked."""
        known = [str(self.about.answers.get(one.key, "")) for one in self.form.of_kind(FieldKind.NAME)]
        asked = any(one.kind is FieldKind.NAME for one in self.open_fields)
        return not asked and set(words.split()) <= set(plain(" ".join(known)).split())

    def _looks_named(self, text: str) -> bool:
        """Whether every word may belong to the name of a person or a body."""
        return bool(self.directory.recognise(text)) or all(map(_PROPER.fullmatch, text.split()))

    def _first_of(self, kind: FieldKind, text: str, where: Location) -> bool:
        """Takes it for the field of that kind that was asked, else for the form's only one."""
        fields = [one for one in self.open_fields if one.kind is kind] or list(self.form.of_kind(kind))
        if len(fields) != 1:
            return False
        self._take(fields[0], text, where)
        return True

    def _full_name(
        self, text: str, where: Location, given: str, family: str, *, given_first: bool = True
    ) -> None:
        whole = read_name(text)
        name = None if whole.code else split_name(text, given_first=given_first)
        if name is None:
            reason = whole.reason if whole.code else Reason.WHICH_NAME_IS_FIRST
            self._keep(family, doubted(tidy(text), whole.code or Code.UNSURE, reason, text), where)
            return
        reason = Reason.WHICH_NAME_IS_FIRST
        for key, value in ((family, name.family), (given, name.given)):
            read = ParsedValue(value, seen=text) if name.sure else doubted(value, Code.UNSURE, reason, text)
            self._keep(key, read, where)

    def _take(self, one: FormField, text: str, where: Location) -> None:
        self._keep(one.key, self._read(one, text), where)

    def _keep(self, key: str, read: ParsedValue, where: Location) -> None:
        known = self.found.get(key)
        if known and known[0].value != read.value:
            both = f"{known[0].seen} / {read.seen}"
            read = doubted(known[0].value, Code.AMBIGUOUS, Reason.TWO_ANSWERS, both)
        self.found[key] = (read, where)

    def _read(self, one: FormField, text: str) -> ParsedValue:
        if one.kind is FieldKind.NAME and "," in text:
            return doubted(text, Code.UNSURE, Reason.NAME, text)
        return read_value(one, text, ValueContext(self.directory.all_domains, self.settings.own_addresses))


def _to_confirm(read: ParsedValue) -> ParsedValue:
    """An answer that wants a "yes", where nothing worse is the matter with it."""
    return read if read.code else replace(read, code=Code.UNSURE, reason=Reason.CONFIRM)


def _shown(one: FormField, value: str) -> str:
    """What of a value is the answer: a number or an address shows by itself, and a word for a change ("mijn
    nummer is gewijzigd") is none."""
    if one.kind not in _BY_THEMSELVES:
        return value
    found = addresses_in(value) if one.kind is FieldKind.EMAIL else _PHONE.findall(value)
    if len(found) == 1 and _changes(value):
        return str(found[0]).strip()
    return "" if not found and _changes(value) else value


def _pleads_only(text: str) -> bool:
    """Whether words beside an answer only ask for what it says: "graag hiermee rekening houden"."""
    return bool(_PLEA.fullmatch(_bare_words(text)))


def _changes(words: str) -> bool:
    """Whether a few words say that something noted must be otherwise."""
    return _says("change", words)


def _says(concept: str, words: str) -> bool:
    text = spaced(words)
    return lexicon(language_of(text)).says(concept, text)


def _is_apology(text: str) -> bool:
    """Whether words are little more than "excuses voor de vergissing"."""
    words = spaced(text)
    apology = lexicon(language_of(words)).find("apology", words)
    if apology is None:
        return False
    before, behind = words[: apology.start()].split(), words[apology.end() :].split()
    return len(before) <= _BEFORE_APOLOGY and len(behind) <= _BEHIND_APOLOGY


#: Letters: a shorter word is near too many labels to be one of them with a slip in it.
_FORGIVEN_FROM = 5
#: Words: "gelieve mij te ...", and "... hoor".
_BEFORE_APOLOGY, _BEHIND_APOLOGY = 4, 1


def _tells_only(text: str) -> bool:
    """Whether words beside an answer are a story that asks nothing of us, as both readers of sentences find:
    of what is over, with no value, nobody named, and no word to us."""
    words = plain(text)
    if not _PAST.search(words) or text.endswith("?") or _TO_US.search(words):
        return False
    if "@" in text or _PHONE.search(text) or names(text):
        return False
    heard = model().read(text, reply=True)
    quiet = all(chance < THRESHOLDS.hears for label, chance in heard.items() if label not in _TALK)
    return quiet and all(act.kind in _SMALL_ACTS for act in read_acts([text]))


def _names(kind: FieldKind, words: str) -> bool:
    """Whether words name a number or an address."""
    text = spaced(words)
    return bool(lexicon(language_of(text)).fields[str(kind)].search(text))


def _is_own(text: str) -> bool:
    """Whether words say of a number or an address that it is the writer's."""
    return any(lexicon(one).who["mine"].search(spaced(text)) for one in LANGUAGES)


def _only_points(words: str) -> bool:
    """Whether words point to something and name no field, however near a label their letters are ("dit":
    "dieet")."""
    said = spaced(words)
    return any(lexicon(one).concepts["pointing"].fullmatch(said, 1) for one in LANGUAGES)


def _bare_words(text: str) -> str:
    return plain(text).strip(" .!,")


def _may_be_a_name(text: str) -> bool:
    words = text.split()
    return (
        1 <= len(words) <= 6 and words[0][:1].isupper() and not any(c.isdigit() or c in "@:?!" for c in text)
    )


def _without_opening(text: str) -> str:
    """ "Ik werk voor OCMW Damme." without the words around the name."""
    return re.sub(
        r"^(?:(?:ja|is|werkt|komt|het is|dat is|voor|van|bij|ik (?:werk|ben|kom) (?:voor|bij|van|uit)"
        r"|wij zijn van)\s+"
        r"(?:de |het )?)+",
        "",
        text.strip(" ."),
        flags=re.I,
    )
