"""Which sentences ask something that a person must answer."""

from __future__ import annotations

import re
from collections.abc import Iterable

from mailbot.domain.submission import ActKind
from mailbot.intent.clause import Clause, acts_of_clause
from mailbot.intent.lexicon import Lexicon, language_of, lexicon, spaced
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
    r"(?! (?:of|whether|if) )(?! (?:dat|that) (?!.{0,60}\b(?:ingeschreven|afgemeld|uitgeschreven"
    r"|geannuleerd|genoteerd|ontvangen|registered|cancelled|received)\b))"
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
    """Whether it asks in a question's word order for what we do ("mag ik u verzoeken de schepen op de lijst
    te plaatsen"), and neither how, nor to be told something."""
    said = spaced(sentence.plain)
    lex = lexicon(language_of(said))
    found = (lex.find(one, said) for one in ("asks_us", "asks_for_oneself"))
    rests = [said[formula.end() - 1 :] for formula in found if formula]
    if _ABOUT_HOW.search(sentence.plain) or any(lex.says("asks_to_tell", rest) for rest in rests):
        return False
    if lex.concepts["tells_us"].match(said, 1):
        rests.append(said)
    return any(_is_ours_to_do(rest, lex) for rest in rests)


#: How people ask a colleague to mail on what stands below.
_PASSES_ON = re.compile(
    r"\b(?:door\w*stu(?:ur|urt|ren)|doormail\w*|door te (?:sturen|mailen)"
    r"|(?:stuur|stuurt|sturen|mail|mailt|mailen)\b.{0,40}\bdoor"
    r"|transmett\w*|transf[eé]r\w*|fai(?:re|tes|s) suivre|forward|pass (?:this|it) on|send (?:this|it) on"
    r"|weiterleite\w*|leite\w* .{0,40}\bweiter)\b"
)
#: A question within one, which a plea has not: "vraag eens of er parking is".
_ASKS_WHAT = re.compile(
    r"\b(?:of|hoe|waar|wanneer|wie|welke?|waarom|hoeveel|si|ou|quand|comment|whether|if|when|where|how|ob|wann|wo|wie)\b"
)


def question_to_us(question: str) -> str:
    """What a mail that was passed on asks, without what only asks its first reader to pass it on."""
    asked = sentences([question])
    left = [sentence.text for sentence in asked if not _asks_to_pass_on(sentence)]
    return question if len(left) == len(asked) else " ".join(left)


def _asks_to_pass_on(sentence: Sentence) -> bool:
    """ "Stuur jij dit even door?"."""
    text = sentence.plain
    return bool(_PASSES_ON.search(text)) and not _ASKS_WHAT.search(text) and not re.search(r"\d|@", text)


#: What somebody may ask us to do, and we do.
_DONE = frozenset(
    {ActKind.COME, ActKind.NOT_COME, ActKind.RESTORE, ActKind.SUBSTITUTE, ActKind.BRING, ActKind.CHANGE}
)


def _is_ours_to_do(rest: str, lex: Lexicon) -> bool:
    """Whether what follows a formula of request would do something as a statement."""
    if any(lex.says(one, rest) for one in ("leave", "put_on", "restore")):
        return True
    return lex.says("done_by_us", rest) and not _DONE.isdisjoint(acts_of_clause(Clause(rest, lex)))


def question_in(lines: Iterable[str]) -> str:
    """The sentences in these lines that ask something, in the words they were asked in."""
    return " ".join(sentence.text for sentence in sentences(lines) if is_question(sentence))
