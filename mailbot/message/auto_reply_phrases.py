"""How machines write, where no header tells: subjects and sentences of out-of-office answers,
receipts, tickets and servers, in Dutch, French, English and German.

One sentence is never enough: "Ik ben afwezig" may be somebody's excuse for a meeting. It takes two
that belong together (away, and who replaces them; received, and a promise), or one that only a
machine writes, and no word of coming, not coming or registering.
"""

from __future__ import annotations

import re

from mailbot.domain.message import MachineSign


def _one_of(lines: str) -> re.Pattern[str]:
    """A pattern that matches any of the lines, as whole words."""
    return re.compile(rf"(?:{'|'.join(line.strip() for line in lines.strip().splitlines())})", re.I)


#: Subjects that only a machine begins with.
_SUBJECT = _one_of(r"""
    \W*automatisch (antwoord|bericht)
    \W*auto(matic|mated|matische)?[- ]?(reply|response|antwoord|antwort|reactie)
    \W*réponse automatique
    \W*(risposta automatica|resp(ue|o)sta automática|autom\w+ (odpowiedź|svar)|autosvar)
    \W*autoresponder\b
    \W*automatisch afwezigheids\w*
    \W*(afwezigheids|vakantie)(bericht|assistent|melding)
    \W*message d'absence
    \W*abwesenheits(notiz|nachricht|assistent\w*)
    \W*((ontvangst|lees)bevestiging|return receipt|accusé de réception|(lese|empfangs)bestätigung) \(\w+\)
    \W*(ontvangstbevestiging|bevestiging van ontvangst|accusé de réception|eingangsbestätigung)\s*(:|[-–]\s|$)
    \W*(leesbevestiging|read receipt)\s*(:|[-–]\s|$)
    \W*(melding doorgestuurde vergadering|meeting forward notification)\b
    \W*message quarantined
    .{1,80}\b(awaits? moderator approval|requires verification)\b
    .{1,80}\b(digest|verzamelmail), (vol|issue|nummer)\b
""")
#: Subjects that an absent person's program begins with; a person may too.
_ABSENT_SUBJECT = _one_of(r"""
    \W*(afwezigheid|verlof|vakantie|congé)\s*:
    \W*(afwezig|absente?|absence( du bureau)?|abwesend|abwesenheit|out[- ]of[- ](the[- ])?office|ooo)\b
    \W*((met|in|op) (verlof|vakantie)|on leave|en congé)\b
    \W*auto:
    .{1,80}\bis (out of (the )?office|niet op kantoor|afwezig|met verlof|absent|niet meer in dienst)\b
    .{1,80}\b(est absente?|ist (abwesend|nicht im büro))\b
    .{1,150}\((afwezig|absent|out of office|abwesend)\)\W*$
""")
#: These count only as the whole subject: "Afwezig op 3 december" may be a person's.
_BARE_ABSENCE = re.compile(
    r"\W*(ik ben )?(momenteel |tijdelijk )?(afwezig|absent|absence|abwesend|abwesenheit|vakantie|ooo"
    r"|out[- ]of[- ](the[- ])?office|((met|in) )?(zwangerschaps|ouderschaps|bevallings)?verlof|on leave"
    r"|(en )?congé)( (wegens|met|door) (verlof|vakantie))?"
    r"( (van|tot|t/?m|t\.?e\.?m\.?|until|jusqu'au)( en met)? [\d/. a-zû-]{1,40})?\W*",
    re.I,
)
_THANKS_SUBJECT = re.compile(
    r"\W*(bedankt|dank je|dank u|merci|thank you)( wel)? (voor|pour|for) (uw|je|jouw|votre|your)"
    r" (bericht|e-?mail|mail|message|aanvraag|vraag|request)\W*",
    re.I,
)
_READ_SUBJECT = re.compile(r"\W*(((niet|not|non|nicht) )?(gelezen|read|lu|gelesen)|ungelesen)\s*:", re.I)
_READ_TEXT = _one_of(r"""
    is gelezen op
    was read on
    a été lu
    wurde am .{4,40} gelesen
    verwijderd zonder
    deleted without
    supprimé sans
    ungelesen gelöscht
""")
_ACCEPTED_SUBJECT = re.compile(
    r"\W*(geaccepteerd|aanvaard|accept(ed)?|accepté|zugesagt|voorlopig( geaccepteerd)?|onder voorbehoud"
    r"|tentative(ly accepted)?|provisoire|mit vorbehalt)\s*:",
    re.I,
)
_ACCEPTED_TEXT = _one_of(r"""
    heeft (deze|uw) uitnodiging .{0,20}(geaccepteerd|aanvaard)
    has .{0,20}accepted this invitation
    a accepté cette invitation
    hat diese einladung angenommen
""")

#: Sentences that only a machine writes.
_MACHINE = _one_of(r"""
    \b(dit|deze) (\S+ )?(is|werd|wordt) (een )?automatisch (antwoord|bericht|gegenereerd)\b
    ^automatisch antwoord\s*:
    \bceci est (une réponse|un message) automatique
    \bthis is an automat(ic|ed)
    \bdies(e|es|er)? .{0,30}automatisch (erstellt|generiert)
    \b(only|enige) (notification|melding) (you will|die u)
    \b(typ|schrijf) (uw|je) antwoord boven deze (regel|lijn)
    reply above this line
    just confirming that we got your
    is being held until the
    message was quarantined
    \bbericht wacht op bevestiging
    verify that you are a (real|human)
    dat u geen robot bent
    \bmailinblack\b
    niet storen tijdens
    do not disturb while driving
""")

_DAYS = (
    "maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|zondag|lundi|mardi|mercredi|jeudi|vendredi"
    "|monday|tuesday|wednesday|thursday|friday|montag|dienstag|mittwoch|donnerstag|freitag"
)
_MONTHS = (
    "januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december"
    "|janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre"
)
_WHEN = rf"(\d|{_MONTHS}|eind|begin|half|volgende|morgen|next|tomorrow|{_DAYS})"
_OFF = r"(met|in|op) (\w*verlof|vakantie|reis|congé|pensioen)\b"
_NOW = (
    r"((momenteel|vandaag|even|tijdelijk|thans|nu|op dit moment|langdurig|deze week) )*(van(af)? .{3,40} )?"
)
_MAIL = r"(bericht|e-?mail|mail|mailtje|vraag|aanvraag)"
_NOT_YET = r"(niet|pas) (meer )?(gelezen|doorgestuurd|beantwoord|opgevolgd|behandeld)"

#: Sentences of automatic answers, by kind.
_KINDS = {
    "away": _one_of(rf"""
        \bben (ik )?(er )?{_NOW}(afwezig|weg|buitenshuis|out of office|aan het rijden|{_OFF})
        \bben (ik )?(er )?{_NOW}niet (op kantoor|aan het werk|bereikbaar|aanwezig op kantoor|tot)\b
        \bben vanaf .{{3,40}} niet aanwezig
        \bis {_NOW}(afwezig|niet op kantoor|{_OFF}) (tot|van|t/m)\b
        \bik (ben|zit) {_NOW}in het buitenland
        \bgeniet (ik )?{_NOW}van .{{0,30}}(vakantie|verlof)
        \bik werk niet op\b
        \bik volg (vandaag|momenteel)\b
        \bik werk niet (langer|meer)\b
        \bwerkt niet (langer|meer) (bij|voor|op)\b
        \bniet (langer|meer) in (dienst|gebruik)\b
        (diensten?|kantoren|kantoor|huis|bureau) (is|zijn) gesloten
        \bwij zijn gesloten\b
        \bis (het|ons|onze) (\w+ )?(\w*huis|kantoor|dienst|bureau) gesloten
        \bi('m| am| will be) (currently )?(out of (the )?office|away|on (annual )?(leave|holiday|vacation))
        \bje (suis|serai) (actuellement )?(absente?|en (congés?|vacances))
        \bich (bin|befinde mich) (\S+ ){{0,5}}?(abwesend|nicht im büro|im urlaub)
    """),
    "back": _one_of(rf"""
        \b(tot|until|till?|jusqu['’]au|bis)\b ?(en met |zum |am )?{_WHEN}
        \b(t/m|t\.?e\.?m\.?) {_WHEN}
        \bvanaf {_WHEN}.{{0,30}}\b(ben ik|beantwoord|terug)
        \b(terug|back|return) (op|vanaf|on) {_WHEN}
        \bde retour le {_WHEN}
        \bdu \d.{{1,15}} au \d
        \bzodra ik terug
        \b(mijn|mon|my|meiner?) (terugkeer|retour|return|rückkehr)
    """),
    "unread": _one_of(rf"""
        \b(berichten|e?-?mails|mailbox|postvak|mailadres|{_MAIL}) (wordt|worden)\b.{{0,40}} {_NOT_YET}
        \b{_MAIL} wordt ({_DAYS}) behandeld
        \b{_MAIL} wordt (dan )?vanaf .{{2,20}} (gelezen|behandeld|beantwoord)
        \bdeze (mailbox|e-?mail) wordt niet
        \blees mijn (e-?)?mails enkel
        \bkan (ik )?(niet alle|(uw|je|jouw) (e-?)?)mails? (momenteel |nu )?(niet )?beantwoorden
        \b(n['’]ai|sans) (pas )?(d['’])?accès à mes (e-?)?mails
        \be-?mail wird nicht (weitergeleitet|gelesen)
        \b(beperkte?|geen) toegang tot (mijn|de) (e-?mails?|mailbox)
        \blimited access to (my )?e-?mail
        \bmailbox is not monitored
        \b(lees|kan) (ik )?(mijn|je|uw|de) (e-?)?mails? (niet|morgen|pas)\b
        \b(lees|beantwoord(en)?) (ik |wij |we )?(zo \w+ mogelijk )?(je|jouw|uw) {_MAIL}
        \b(will|i'll) (respond|reply) to your (message|e-?mail)
    """),
    "deputy": _one_of(r"""
        \b(bij|voor|in geval van) (dringende|vragen|urgentie)\b
        \bdringend\?
        \b(neem|contact) (opnemen|op)\b
        \bcontacteer
        \bte contacteren
        \bterecht (bij|op|via)\b
        \bkan (u|je) (steeds |altijd )?terecht
        \bte (richten|wenden) tot
        \bvolgt mijn dossiers
        \bneemt mijn taken
        \bstuur (uw|je) (vraag|mail|bericht) naar
        \btoute (urgence|question urgente)
        \ben cas d['’]urgence
        \burgent (matters|cases|issues|requests)
        \bdringenden (fällen|angelegenheiten)
    """),
    "received": _one_of(rf"""
        \b(bedankt|dank|dank (je|u)) (wel )?voor (uw|je|jouw) {_MAIL}
        \b(goed|uw {_MAIL}) (ontvangen|aangekomen)
        \b(verzoek|aanvraag|melding|vraag)\b.{{0,15}}\bis (bij ons )?(ontvangen|geregistreerd)
        \bkreeg het nummer
        \bthank you for (your|contacting)
        \b(have|we) received your
        \bmerci (pour|de) votre
        \bbien reçu votre
        \bvielen dank für ihre
        \bhaben ihre .{{0,20}}erhalten
    """),
    "promise": _one_of(r"""
        \bzo (spoedig|snel|vlug) mogelijk .{0,30}(antwoord|contact|behandel)
        \b(behandelen|beantwoorden|antwoord\w*|contact met u op)\b.{0,60}zo (spoedig|snel|vlug) mogelijk
        \bbinnen (de )?\w+ (werk)?dagen
        \bwordt (beoordeeld|behandeld) door
        \bstreven ernaar
        \bdans les (meilleurs|plus brefs) délais
        \bget back to you
        \bso schnell wie möglich
    """),
}
#: At least one of the two kinds that are found must be one of these.
_TELLING = frozenset({"away", "unread", "promise"})

#: What a person says who comes, does not come, or sends something.
_WISH = _one_of(r"""
    \bschrij(f|ven)\b.{0,40}\b(in|uit)\b
    \b(in|uit)(ge|te )?schr(ij|e)[fv]
    \binschrijving
    \b(aan|af)(ge)?meld
    \b(aan|af) te melden
    \bannul
    \b(ge)?schrap
    \bvertegenwoordig
    \bzal (er )?(dus |helaas )*niet (zijn|lukken|gaan)\b
    \ber (dus |helaas )*niet bij\b
    \bmoet (ik )?(dus |helaas )*passen\b
    \b(nieuwe?|juiste?) (e-?)?(mail|adres)
    \bmijn ((voor|familie)?naam|functie|(e-?)?mail(adres)?|(gsm|telefoon)?-?(nummer)?) is\b
    \bpas\w* .{0,30}\baan\b|\baanpassen\b
    \bverontschuldig
    \bneem .{0,30}\bdeel\b
    \bdeel(name|neem|nemen|te nemen|genomen)\b
    \bkan?\b.{0,40}\bniet\b.{0,30}\b(komen|aanwezig|bij zijn|erbij)
    \b(ik|we|wij) kom(en)?\b
    \bkom (ik|er)\b
    \bkomt (ook|wel|niet|graag|mee|in|naar)\b
    \b(mijn|haar|zijn|onze|hun) plaats\b
    \bdie (dag|week|datum|namiddag|voormiddag|avond)\b
    \bin bijlage
    \bformulier
    \bvegetari
    \bdieet
    \bexcuse[rz]
    \b(dés)?inscri
    \bparticiper
    \b(ce jour|cette date)\b
    \bregist(er|rat)
    \bne (peux|pourrai|pourrons|serai|viendrai)\b
    \bcancel
    \battend\b
    \b(can['’]?t|cannot|unable to|won['’]t|not be able to) (make|come|join|be)\b
    \bthat day\b
    \bsign me\b
    \b(an|ab)meld
    \bmelde\w* .{0,20}\b(an|ab)\b
    \bteilnehm
    \bnicht kommen\b
    \bdiesem tag\b
    \b(\w+ ){4,30}\w+ ?\?
""")
_WISH_IN_SUBJECT = _one_of(r"""
    \bverontschuldig
    \bgelieve\b
    \b(kan|kom) niet\b
    \b(sorry|helaas)\b
    \bdie (dag|week)\b
    \b\d+ ?u(ur)?\b
    \b(veuillez|please|cancel)\b
""")
_LABELLED = re.compile(r"^\W{0,3}[^\W\d][\w /().-]{1,40}:", re.M)
_FORM_LINES = 3
_MUCH, _TOP = 3_000, 400


def by_words(subject: str, text: str, *, brings_files: bool, asks_no_answer: bool) -> MachineSign:
    """Why no person wrote this; none where one may have.

    ``text`` is without quotes and signature; ``brings_files`` does not count pictures in a
    signature; ``asks_no_answer``: the headers ask that nothing be answered, which is rare in people's mail.
    """
    subject, text = subject[:300], text[:_MUCH]
    if _SUBJECT.match(subject):
        return MachineSign.AUTO_REPLY_SUBJECT
    if _READ_SUBJECT.match(subject) and _READ_TEXT.search(text):
        return MachineSign.READ_RECEIPT
    if _ACCEPTED_SUBJECT.match(subject) and (not text.strip() or _ACCEPTED_TEXT.search(text)):
        return MachineSign.CALENDAR
    if brings_files:
        return MachineSign.NONE
    if _MACHINE.search(text[:_TOP]):
        return MachineSign.AUTO_MESSAGE_TEXT
    if _WISH.search(text):
        return MachineSign.NONE
    kinds = _kinds(text)
    telling = kinds & _TELLING
    if _is_absent(subject, kinds | _kinds(subject)) or (asks_no_answer and telling):
        return MachineSign.AWAY
    if _THANKS_SUBJECT.fullmatch(subject) and "received" in kinds:
        return MachineSign.RECEIPT
    if len(_LABELLED.findall(text)) >= _FORM_LINES:
        return MachineSign.NONE
    return MachineSign.AWAY_TEXT if telling and len(kinds) > 1 else MachineSign.NONE


def _kinds(text: str) -> set[str]:
    return {kind for kind, pattern in _KINDS.items() if pattern.search(text)}


def _is_absent(subject: str, kinds: set[str]) -> bool:
    """Whether the subject tells that somebody is away, and the text too. Where the subject says
    nothing else, the text must say more than that: "Afwezig" may be a person's whole excuse."""
    if not kinds or _WISH_IN_SUBJECT.search(subject):
        return False
    if _BARE_ABSENCE.fullmatch(subject):
        return bool(kinds - {"away"})
    return bool(_ABSENT_SUBJECT.match(subject))
