"""Which sentences ask something that a person must answer."""

from __future__ import annotations

import re
from collections.abc import Iterable

from mailbot.intent.lexicon import language_of, lexicon, spaced
from mailbot.intent.sentences import Sentence, opens_question, sentences

_WANTS = r"(?:graag|gaarne|ook|nog|eens|ik|wij|we|k|u|zou|wou|had|hadden|zouden|wil|willen|mij|ons)"
#: Asked without a question's word order: "graag vernam ik ook wanneer de volgende is".
_ASKS = re.compile(
    rf"(?:{_WANTS} )*(?:vernam|vernamen|verneem|vernemen|weten|geweten|vernomen)\b.{{0,40}}?"
    r"\b(?:of|hoe|waar|wanneer|wat|wie|welke?|waarom|hoeveel)\b|"
    r"(?:ik|wij|we) (?:vroeg|vraag|vragen|vroegen) (?:mij|me|ons) af|"
    r"graag (?:wat |meer |nog )?(?:info|informatie|uitleg|verduidelijking|antwoord)|"
    r"(?:kunt|kan|kun) (?:u|je|jij|iemand) (?:mij |ons |me )?"
    r"(?:laten weten|zeggen|meedelen|bezorgen|doorgeven|vertellen)|"
    r"laat (?:u |je )?(?:mij |ons |me )?(?:iets )?(?:even )?weten (?:of|hoe|waar|wanneer|wat|wie)|"
    r"kan ik |mag ik |is het mogelijk|zou het mogelijk|zou (?:u|je) (?:mij|ons)? ?kunnen|"
    r"ik (?:had|heb) (?:nog )?een vraag|vraagje|i was wondering|could you (?:please )?(?:tell|let)|"
    r"je voudrais savoir"
)
#: Asked in the form of a question, but a request that mailbot fulfils by doing its work.
_REQUEST = re.compile(
    r"\b(?:kan|kunt|kun|kunnen|wil|wilt|willen|zou|zouden|mag|mogen|zoudt|could|would|can|pourriez|pouvez) "
    r"(?:u|je|jij|jullie|ik|we|wij|men|you|vous|iemand)\b.{0,120}?\b(?:uitschrijven|uit te schrijven|afmelden"
    r"|annuleren|schrappen|verontschuldigen|excuseren|"
    r"inschrijven|in te schrijven|noteren|registreren|aanmelden|(?:mij|me|ons) (?:in|uit|af)|register"
    r"|cancel|inscrire|desinscrire|annuler|verwijderen|halen)\b"
    # asked of us: "kan ik nog iets op de agenda zetten" asks whether it may be
    r"|\b(?:kan|kunt|kun|kunnen|wil|wilt|willen|zou|zouden|zoudt) (?:u|je|jij|jullie)\b.{0,120}?"
    r"\b(?:zetten|plaatsen|toevoegen|bijschrijven|opnemen)\b"
    # what only we can do: "mag ik mijn naam laten vervangen" asks whether it may be
    r"|^(?:kan|kunt|kun|kunnen|wil|wilt|willen|zou|zouden|could|would|can|pourriez|pouvez)[ -]"
    r"(?:u|je|jij|jullie|men|you|vous)\b.{0,120}?\b(?:vervangen|overzetten|over te zetten|wijzigen|aanpassen"
    r"|veranderen|verbeteren|corrigeren|change|correct|update|replace|modifier|corriger|remplacer)\b"
    r"|^(?:kan|kunnen|kunt|zou|wil) (?:u |je |jullie )?(?:dat|dit) (?:\w+ ){0,3}"
    r"(?:aangepast|gewijzigd|genoteerd|geregeld|verbeterd|aanpassen|wijzigen|noteren|regelen|verbeteren)\b"
)
#: Asked of us, whatever it is: "kunt u ...", "mag ik u vragen ...", "haalt u mij ...".
_OF_US = re.compile(
    r"\b(?:kan|kunt|kun|kunnen|wil|wilt|willen|zou|zouden|zoudt|could|would|can|will|pourriez|pouvez|peux"
    r"|konnten|konnen|wurden)[ -](?:u|je|jij|jullie|ge|men|iemand|you|vous|tu|sie)\b"
    r"|\b(?:mag|mogen|zou|kan) (?:ik|we|wij) (?:u|je|jullie) (?:(?:mogen|willen) )?(?:vragen|verzoeken)\b"
    r"|\bpuis-je vous (?:demander|prier)\b|\bmay i ask you\b"
    r"|^(?:haal|doe|zet|schrap|meld|schrijf|neem|noteer|annuleer|verwijder|streep)"
    r" (?:mij|me|ons|hem|haar|er)\b"
    r"|^(?:haal|haalt|doe|doet|zet|schrap|schrapt|meld|meldt|schrijf|schrijft|neem|neemt|noteer|noteert|annuleer"
    r"|annuleert|verwijder|verwijdert) (?:u|je|jij|jullie|ge) (?:mij|me|ons|mijn|onze|ook|nog|de|het|dat)\b"
)
#: Who asks to be back asks for no more than that it is done.
_BACK = re.compile(r"\b(?:mag|kan|mogen|kunnen) (?:ik|we|wij|hij|ze|zij|mijn)\b|\bpuis-je\b|\bcan i\b")
_ABOUT_HOW = re.compile(
    r"^(?:kunt|kan|kun|wil|wilt|zou|zouden) (?:u|je|jij|jullie|iemand) (?:mij |me |ons )?"
    r"(?:even |eens |misschien )*"
    r"(?:zeggen|laten weten|meedelen|vertellen|bevestigen (?:of|hoe|tot|wanneer))\b"
    r"|^(?:hoe|waar|wanneer|tot wanneer|kan ik (?:mij |me )?nog|kan (?:men|je) (?:zich )?nog|is het nog"
    r"|comment|how)\b"
)
_SMALL_TALK = re.compile(
    r"(?:hoe gaat het(?: (?:met u|met jou|ermee|nog))?|alles goed|alles ok|ca va|how are you|goed zo"
    r"|niet ?waar|toch|ok|oke|nietwaar|goed|akkoord|in orde"
    # asked of what was wished for beside it: the answer says so
    r"|(?:kan|mag|lukt|gaat|zou) (?:dat|dit|het)(?: (?:nog|misschien|even|kunnen|lukken|aub))*"
    r"|is (?:dat|dit|het) (?:nog )?(?:ok|oke|goed|mogelijk|in orde)(?: voor (?:u|je|jullie))?"
    r"|(?:est-ce|c'est)(?: encore)? possible|(?:is|would) that (?:still )?(?:be )?(?:ok|okay|possible|fine))"
)
_CONFIRM_RECEIPT = re.compile(
    r"\b(?:kan|kunt|kun|wil|wilt|zou|could|can|would|gelieve) (?:u|je|jij|jullie"
    r"|you)?\b.{0,60}?(?:ontvangst|inschrijving|dit|aanwezigheid|deelname|afmelding|uitschrijving"
    r"|receipt)?.{0,40}?\b(?:bevestigen|bevestiging (?:sturen|bezorgen)|confirm)\b"
    # "bevestigen dat het gratis is" asks whether it is
    r"(?! (?:dat|of|that|whether) (?!.{0,60}\b(?:ingeschreven|afgemeld|uitgeschreven|geannuleerd|genoteerd"
    r"|ontvangen|registered|cancelled|received)\b))"
    r"|\b(?:mag|kan|zou|krijg|kreeg|ontvang|verwacht) (?:ik|ikzelf|wij|we)\b"
    r"(?!.*\b(?:nog eens|nogmaals|opnieuw|terug)\b).{0,60}?\b(?:een|hiervan|hiervoor|ter) "
    r"(?:schriftelijke |korte )?bevestiging\b"
)


def is_question(sentence: Sentence) -> bool:
    """Whether it asks something, mark or no mark; small talk and pleas to confirm do not."""
    text = sentence.plain.strip(" ?!.\"'")
    if _SMALL_TALK.fullmatch(text) or _CONFIRM_RECEIPT.search(text) or is_request(sentence):
        return False
    return sentence.asks or bool(_ASKS.match(text)) or opens_question(text)


def is_request(sentence: Sentence) -> bool:
    """Whether it asks to be put on the list or taken off it, and does not ask how."""
    asked = bool(_REQUEST.search(sentence.plain)) or _asks_of_us(sentence.plain)
    return asked and not _ABOUT_HOW.search(sentence.plain)


def _asks_of_us(words: str) -> bool:
    """Whether words ask us in any way to take somebody off the list ("haalt u mij van de lijst"), or to put
    somebody back."""
    said = spaced(words)
    lex = lexicon(language_of(said))
    if _OF_US.search(words) and (lex.says("leave", said) or lex.says("put_on", said)):
        return True
    return bool(_OF_US.search(words) or _BACK.search(words)) and lex.says("restore", said)


def question_in(lines: Iterable[str]) -> str:
    """The sentences in these lines that ask something, in the words they were asked in."""
    return " ".join(sentence.text for sentence in sentences(lines) if is_question(sentence))
