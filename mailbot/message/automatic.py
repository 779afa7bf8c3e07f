"""Was it a machine? And may it be answered? Two verdicts, from headers, sender, subject and
structure together, because a third of real out-of-office mails carry no header that says so."""

from __future__ import annotations

import re
from collections.abc import Sequence

from mailbot.message.headers import Headers
from mailbot.message.mime import Leaf
from mailbot.model import CalendarReply

_REPLY_WORDS = re.compile(
    r"\W*(automatisch (antwoord|bericht)|auto(matic|mated)?[- ]?(reply|response|antwoord"
    r"|matische? (reply|response))"
    r"|automatisch afwezigheids\w*|afwezigheids(bericht|assistent|melding)|out[- ]of[- ](the[- ])?office"
    r"|absence du bureau|réponse automatique|message d'absence|automatische antwort|abwesenheits(notiz"
    r"|nachricht|assistent\w*)"
    r"|abwesend\b|niet aanwezig op kantoor|afwezig:|absent:|abwesenheit:|(autoreply|auto-reply"
    r"|autoresponder)\b"
    r"|bedankt voor (uw|je) (bericht|e-?mail)\s*$|ontvangstbevestiging\b|accusé de réception\b)",
    re.I,
)
#: A subject that is nothing but these words; "Afwezig op 3 december" may be a person's.
_BARE_ABSENCE = re.compile(
    r"\W*(ik ben )?(momenteel |tijdelijk )?(afwezig|absent|absence|abwesend|abwesenheit|verlof|vakantie"
    r"|ooo|"
    r"in verlof|met verlof|on leave|en congé|congé)( (wegens|met|door) (verlof|vakantie))?"
    r"( (van|tot|t/?m|until|jusqu'au)( en met)? [\d/. a-zû-]{1,40})?\W*",
    re.I,
)
_AWAY_TEXT = re.compile(
    r"\b(ik ben (momenteel |vandaag |even |tijdelijk |thans )*(afwezig|niet op kantoor"
    r"|niet aanwezig op kantoor|met verlof|in verlof|"
    r"met vakantie|op vakantie|buitenshuis|out of office)|i am (currently )?(out of (the )?office|away)"
    r"|je suis (actuellement )?"
    r"(absent|en congé)|ich bin (derzeit |zur zeit )?(abwesend|nicht im büro)|"
    r"uw (bericht|e-?mail|mail) wordt niet (gelezen|doorgestuurd|beantwoord)|(mails?"
    r"|berichten) worden niet (gelezen|doorgestuurd)|"
    r"bij dringende (zaken|vragen|gevallen)|voor dringende (zaken|vragen|aangelegenheden)|in urgent cases|"
    r"dit is een automatisch (antwoord|bericht|gegenereerd)|this is an automat(ic|ed))",
    re.I,
)
_MACHINE = re.compile(
    r"^(mailer-daemon|no-?reply|noreply|do-?not-?reply|donotreply|niet-?beantwoorden|geen-?antwoord|"
    r"ne-?pas-?repondre|nepasrepondre|auto-?reply|autoresponder|notifications?|bounces?|daemon)([-+._].*)?@"
    r"|^.{0,60}([-._+])(no-?reply|noreply|donotreply|bounces?)@",
    re.I,
)
_AUTOMATIC_LIST = ("list-id", "list-post", "list-help", "list-subscribe", "mailing-list", "x-mailing-list")


def is_reply_subject(subject: str) -> bool:
    """Whether a subject is that of an automatic reply, in Dutch, French, English or German."""
    return bool(_REPLY_WORDS.match(subject[:300]))


def automatic(
    headers: Headers,
    leaves: Sequence[Leaf],
    sender: str,
    subject: str,
    text: str,
    own_addresses: frozenset[str],
    reply: CalendarReply | None,
) -> str:
    """Why no person sent this, in Dutch; empty where a person did, as far as can be told.

    ``text`` is what the sender wrote themselves. Bounces are told apart before.
    """
    if headers.has("x-mailbot-outcome"):
        return "een antwoord van mailbot zelf"
    if sender.lower() in own_addresses:
        return "verstuurd van het eigen adres"
    if reply and reply.partstat in ("ACCEPTED", "TENTATIVE", "DELEGATED", "NEEDS-ACTION"):
        return "antwoord van een agenda"
    if any(leaf.media_type == "message/disposition-notification" for leaf in leaves):
        return "leesbevestiging"
    submitted = headers.get("auto-submitted").partition(";")[0].strip().lower()
    if submitted and submitted != "no":
        return "automatisch antwoord" if "repl" in submitted else "automatisch bericht"
    if headers.has("x-autoreply") or headers.has("x-autorespond") or headers.has("x-auto-reply"):
        return "automatisch antwoord"
    if headers.get("precedence").lower() == "auto_reply":
        return "automatisch antwoord"
    if is_reply_subject(subject):
        return "automatisch antwoord (onderwerp)"
    away = len(_AWAY_TEXT.findall(text[:3000]))
    suppressed = headers.has("x-auto-response-suppress") or headers.get("return-path") == "<>"
    if _BARE_ABSENCE.fullmatch(subject.partition(":")[2] or subject) and (away or suppressed):
        return "afwezigheidsbericht"
    if away and suppressed:
        return "afwezigheidsbericht"
    if away >= 2:
        return "afwezigheidsbericht (tekst)"
    if headers.get("return-path") == "<>" and not any(leaf.name for leaf in leaves):
        return "zonder afzender op de omslag"
    return ""


def is_list(headers: Headers) -> bool:
    """Whether a mailing list passed this on (RFC 2369, RFC 2919, ``Precedence``)."""
    return any(headers.has(name) for name in _AUTOMATIC_LIST) or headers.get("precedence").lower() == "list"


def no_answer(headers: Headers, sender: str) -> str:
    """Why this may not be answered although it may be processed, in Dutch; empty where it may."""
    if not sender:
        return "zonder afzender"
    if headers.get("return-path") == "<>":
        return "zonder afzender op de omslag"
    if _MACHINE.match(sender):
        return "adres dat geen antwoord wil"
    precedence = headers.get("precedence").lower()
    if precedence in ("bulk", "junk", "list"):
        return f"bulkmail (Precedence: {precedence})"
    if is_list(headers) or headers.has("list-unsubscribe"):
        return "via een mailinglijst"
    suppress = headers.get("x-auto-response-suppress").lower()
    if any(word in suppress for word in ("all", "oof", "autoreply")):
        return "afzender wil geen automatisch antwoord"
    return ""
