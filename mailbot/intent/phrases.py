"""What people write when they come, do not come, ask or thank: patterns on plain letters.

Dutch as it is written in Flanders, with French and English basics. The patterns find the core
of a clause; ``intent.py`` weighs what stands around it.
"""

from __future__ import annotations

import re


def _any(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(rf"(?:{pattern})" for pattern in patterns))


_W = r"(?:[\w'/&-]+ )"  # one word with its space
_BE = (
    r"(?:er ?bij zijn|bij zijn|bij te zijn|aanwezig zijn|aanwezig te zijn|aanwezig|present zijn|present"
    r"|van de partij zijn)"
)
_DO = (
    r"(?:deelnemen|deel te nemen|deel nemen|komen|te komen|meedoen|bijwonen|bij te wonen|geraken|raken"
    r"|meekomen"
    r"|langskomen|afkomen|bijzijn)"
)

#: What may follow a "not" that speaks of coming at all: nothing, or when, where to and why.
#: "Ik kom niet uit Damme" and "het lukt niet om mij in te schrijven" go on otherwise.
_THEN = (
    r"(?:$| (?:naar (?:de|het|deze|dit|uw)|ter plaatse|tot daar|die dag|die avond"
    r"|dan|deze keer|dit keer"
    r"|meer(?! dan)|voor (?:mij|ons)"
    r"|op (?:de|het|die|deze|\d)|(?:maan|dins|woens|donder|vrij)dag|morgen|vandaag|helaas|sorry|omwille"
    r"|wegens"
    r"|door|vanwege|gezien|om (?:er|erbij|aanwezig|te komen|deel|langs|aan)|tenzij|aanwezig)\b)"
)

#: "ik kan er niet bij zijn": somebody will not be there.
ABSENT = _any(
    rf"\b(?:kan|kunnen|zal|zullen|ga|gaan|kunne|kn) {_W}{{0,12}}?niet {_W}{{0,9}}?(?:kunnen )?(?:{_BE}"
    rf"|{_DO})\b",
    rf"\b(?:kan|kunnen|zal|zullen) {_W}{{0,6}}?niet (?:bij|op|aan|naar|tijdens) {_W}{{1,6}}?(?:zijn"
    rf"|geraken)\b",
    rf"\b(?:ben|zijn) er {_W}{{0,4}}?niet(?:$| bij\b| aanwezig\b)",
    rf"\bniet {_W}{{0,6}}?(?:bij|aanwezig|present) (?:kan|kunnen|zal|zullen|ga|gaan) (?:kunnen )?zijn\b",
    rf"\bniet {_W}{{0,6}}?(?:kan|kunnen|zal|zullen|ga|gaan) (?:kunnen )?(?:{_DO}|{_BE})\b",
    rf"\bniet {_W}{{0,4}}?deel (?:kan|kunnen|zal|zullen) nemen\b",
    r"\b(?:ben|zijn) (?:er )?(?:dan |die dag |die avond |helaas |jammer genoeg |spijtig genoeg |dus "
    r"|op die datum )*niet (?:bij|aanwezig|present|van de partij)\b",
    r"\ber (?:dan |die dag |helaas )*niet (?:bij )?(?:ben|zijn)\b(?! er)",
    rf"\bniet {_W}{{0,5}}?(?:aanwezig|van de partij) (?:ben|zijn)\b",
    r"\b(?:kom|komen|komt) (?:er |dan |die dag |\w+dag |morgen |helaas |jammer genoeg |spijtig genoeg "
    rf"|toch |dus |hierdoor )*niet{_THEN}",
    rf"\b(?:neem|nemen|neemt) {_W}{{0,8}}?niet {_W}{{0,4}}?deel\b",
    r"\b(?:niet|geen) deel ?(?:neem|nemen|name|te nemen)\b",
    r"\bverhinderd\b|\bbelet\b|\bverhindering\b",
    r"\bverstek (?:te |moeten )?(?:geven|laten)\b|\b(?:geef|geven) (?:helaas )?verstek\b"
    r"|\bforfait (?:te )?geven\b",
    rf"\b(?:lukt|past|schikt) {_W}{{0,5}}?niet{_THEN}",
    rf"\bniet (?:lukken|gaan lukken|passen){_THEN}",
    rf"\b(?:kan|kunnen) {_W}{{0,5}}?niet{_THEN}",
    rf"\b(?:ben|zijn) {_W}{{0,4}}?niet (?:beschikbaar|vrij){_THEN}|^niet aanwezig$",
    rf"\bniet (?:mogelijk|in staat|in de mogelijkheid"
    rf"|in de gelegenheid) {_W}{{0,6}}?{_W}?(?:om )?(?:te zijn|aanwezig|deel te nemen|te komen|er bij"
    rf"|bij te wonen)",
    r"\bonmogelijk (?:aanwezig|deelnemen|komen|bij zijn|bijwonen)",
    r"\bmoet(?:en)? (?:ik |we |wij )?(?:helaas |jammer genoeg |spijtig genoeg |deze keer |dit keer "
    r"|voor deze keer )*(?:passen|afhaken)\b",
    rf"\b(?:geraak|geraken|raak) {_W}{{0,4}}?niet{_THEN}",
    r"\b(?:zie|zien) (?:helaas )?af van (?:mijn |onze |verdere )?(?:deelname|aanwezigheid)",
    r"\bafwezig (?:zijn|zal zijn|te zijn)\b|\b(?:ben|zal|zijn|zullen) (?:ik |we |wij )?(?:helaas |dan "
    r"|die dag |jammer genoeg )*afwezig\b(?! (?:[^ ]+ ){0,6}?(?:tot|t/m|tem)\b)",
    # French
    r"\bne (?:pourrai|pourrais|pourrons|peux|pouvons|saurai) (?:malheureusement "
    r"|helas )?pas (?:malheureusement )?(?:etre|venir|participer|assister|vous rejoindre|me joindre)",
    r"\bne (?:viendrai|viens|participerai|participe|serai|serons) (?:malheureusement |helas )?pas\b",
    r"\b(?:suis|sommes|serai) (?:malheureusement |helas )?empeche",
    # English
    r"\b(?:can't|cannot|can not|won't|will not|unable to|not able to"
    r"|couldn't) (?:unfortunately )?(?:be able to )?(?:attend|come|make it|be there|join|be present"
    r"|participate)",
    r"\b(?:won't|will not|not) be (?:there|attending|coming|joining|present|able to)\b|\b(?:am"
    r"|are) not (?:attending|coming)\b",
)

#: Might mean that they will not come; a person must say.
DOUBTFUL = _any(
    rf"\b(?:kom|komen|geraak|geraken) {_W}{{0,4}}?niet\b|\b(?:lukt|past|schikt) {_W}{{0,5}}?niet\b",
    r"\bniet (?:aanwezig|lukken|beschikbaar|komen|deelnemen|bijwonen)\b",
    r"\b(?:sla|slaan) (?:\w+ ){0,4}?over\b|\bik pas (?:deze|dit)\b|\bben (?:\w+ ){0,2}?ziek\b",
    r"\b(?:ben|zit) (?:\w+ ){0,2}?(?:in|met|op) (?:verlof|vakantie|reis)\b|\b(?:kan"
    r"|kunnen) (?:\w+ ){0,3}?niet erbij\b",
    r"\b(?:ben|zijn) (?:[^ ]+ ){0,9}?afwezig\b",  # for a time: on the day itself?
    r"\bcan't make it\b|\bnot coming\b",
)

#: "laat mij verontschuldigen".
EXCUSED = _any(
    r"\bverontschuldig(?:d|en|t|ing)?\b",
    r"\b(?:mij|me|ons|hem|haar|te|gelieve) (?:te )?(?:excuseren|verexcuseren)\b|\bgeexcuseerd\b"
    r"|\bexcuseert? (?:mij|ons|hem|haar)\b",
    r"\b(?:veuillez|priere de) (?:m'excuser|nous excuser|excuser mon absence)|\bexcusez mon absence",
    r"\bplease excuse (?:me|us|my absence)\b",
)

#: "gelieve mij uit te schrijven".
REMOVE = _any(
    r"\buit te schrijven\b|\buitschrijven\b|\buitschrijving\b|\buitgeschreven\b",
    rf"\bschrijf(?:t)? {_W}{{0,8}}?uit\b(?! te)",
    r"\bafmeld\w*|\baf te melden\b|\bafgemeld\b|\baf(?:melding)\b",
    rf"\bmeld(?:en|t)? {_W}{{0,8}}?af\b",
    r"\bann?ul(?:eer|eert|eren|atie|ering|lering|leren|eerd)\b|\bgeann?uleerd\b",
    rf"\bafzeg\w*|\baf te zeggen\b|\bafgezegd\b|\bzeg(?:gen|t)? {_W}{{0,8}}?af\b",
    r"\bschrap(?:pen|t)?\b|\bte schrappen\b|\bgeschrapt\b",
    rf"\b(?:inschrijving|deelname|aanmelding|registratie) {_W}{{0,4}}?(?:in te trekken|intrekken"
    rf"|ongedaan|terug te trekken|terugtrekken)\b",
    rf"\btrek(?:ken)? {_W}{{0,3}}?(?:inschrijving|deelname|aanmelding|mij|me|ons) {_W}{{0,3}}?(?:in"
    rf"|terug)\b",
    rf"\b(?:haal|haalt|verwijder|verwijdert|schrap|verwijderen|halen) {_W}{{0,5}}?(?:van|uit) (?:de "
    rf"|deze )?(?:\w+)?lijst",
    r"\b(?:van|uit) de (?:deelnemers?)?lijst (?:te )?(?:halen|verwijderen|schrappen)",
    # French
    r"\bdesinscri\w+|\bannul(?:er|ez|ation) (?:de )?(?:mon|notre|ma|l')\s?(?:inscription|participation)"
    r"|\bannuler mon inscription",
    # English
    r"\bcancel (?:my|our|the) (?:registration|booking|participation|attendance|place|seat)"
    r"|\b(?:unregister|deregister|sign off) (?:me|us)?",
    r"\b(?:remove|take) (?:me|us|my name) (?:from|off) the list",
)

#: "ik kom graag", "schrijf mij in".
COMING = _any(
    rf"\b(?:kom|komen) {_W}{{0,3}}?(?:graag|zeker|met plezier|met veel plezier|ook|wel|natuurlijk)\b",
    r"\b(?:graag|met plezier|zeker) (?:kom|komen) (?:ik|we|wij)\b",
    r"^(?:ja )?(?:ik|we|wij) (?:kom|komen)$|\b(?:ik kom|wij komen|we komen) (?:met|naar|op|af|mee"
    r"|langs op)\b",
    rf"\b(?:zal|zullen|kan|kunnen|ben|zijn|wens|wensen|wil|willen|zou|hoop) {_W}{{0,9}}?(?:{_BE}|erbij"
    rf"|er bij)\b",
    rf"\b(?:zal|zullen|kan|kunnen|ga|gaan|wil|willen|wens|wensen|zou|zouden) {_W}{{0,9}}?(?:deelnemen"
    rf"|deel te nemen|komen|bijwonen|meedoen)\b",
    rf"\b(?:neem|nemen|neemt) {_W}{{0,6}}?deel\b",
    rf"\bschrijf(?:t)? {_W}{{0,8}}?in\b",
    r"\b(?:inschrijven|in te schrijven|aanmelden|aan te melden|registreren)\b",
    rf"\b(?:meld|melden) {_W}{{0,6}}?aan\b",
    r"\b(?:noteer|noteert|reken|rekent|tel|schrijf|zet) (?:maar )?(?:mij|me|ons"
    r"|mijn naam) (?:maar )?(?:als (?:deelnemer|aanwezig)|erbij|op(?: de (?:\w+)?lijst)?|mee|aanwezig"
    r"|voor|op de)",
    r"\b(?:op (?:mij|ons) rekenen|reken (?:maar )?op (?:mij|ons))\b",
    r"\bbevestig(?:en)? (?:(?:ik|wij|we|hierbij|graag|bij deze) )*(?:mijn|onze) (?:aanwezigheid|deelname"
    r"|komst)",
    r"\b(?:graag|hierbij) (?:mijn|onze|een) (?:inschrijving|aanmelding)\b|\bgraag aanwezig\b"
    r"|\bgraag erbij\b|\bgraag present\b|\b(?:zal|zullen) er (?:ook |zeker |graag )*zijn\b",
    r"\b(?:ben|zijn) (?:graag |zeker |ook )*van de partij\b",
    r"\b(?:ben|zijn) er (?:graag |zeker |ook |met plezier )+bij\b",
    rf"\bdat (?:ik|we|wij) {_W}{{0,6}}?(?:aanwezig|er ?bij) (?:zal|zullen|kan|kunnen|ben) ?(?:zijn)?\b",
    # French
    r"\b(?:je|nous) (?:participerai|participerons|participe|serai present|serai la|serons presents|viens"
    r"|viendrai|viendrons|m'inscris)\b",
    r"\b(?:m'inscrire|nous inscrire|inscrivez-(?:moi|nous)|inscrire)\b",
    # English
    r"\b(?:i|we)(?:'ll| will| would| wish| want|'d) (?:gladly |love to |like to |to "
    r"|be happy to )*(?:attend|be there|come|join|register|participate)\b",
    r"\b(?:register|sign) (?:me|us)(?: up)?\b|\bcount (?:me|us) in\b|\b(?:happy|glad"
    r"|looking forward) to (?:attend|join)",
    r"\b(?:am|are) (?:attending|coming)\b",
)

#: "Jan Peeters komt naar het overleg": somebody who is named comes.
THEY_COME = _any(r"\b(?:komt|komen) (?:ook )?(?:naar (?:het|de)|op (?:\d|het|de|\w+dag))\b")

#: "toch wel": back from a withdrawal.
RESTORED = _any(
    r"\btoch (?:nog |maar )?wel\b",
    rf"\b(?:kan|kunnen|kom|komen|zal|zullen|ben|zijn|wil|willen) {_W}{{0,4}}?toch {_W}{{0,6}}?(?:{_BE}"
    rf"|komen|deelnemen|erbij|er bij)\b",
    r"\b(?:kom|komen) (?:ik |wij |we |dan |dus |nu |uiteindelijk |er )*toch\b(?! niet)",
    r"\b(?:toch|opnieuw|terug) (?:mogen |willen |graag |kunnen )*(?:inschrijven|in te schrijven"
    r"|ingeschreven|deelnemen)\b",
    r"\b(?:schrijf|neem) {0}?(?:mij|me|ons|ik|wij) (?:dan )?(?:toch|opnieuw|terug) (?:in|deel)\b".replace(
        "{0}", ""
    ),
    r"\b(?:negeer|vergeet|negeren) {0}(?:mijn|onze|de) (?:vorige |eerdere )?(?:afmelding|uitschrijving"
    r"|annulatie|verontschuldiging)".replace("{0}", _W + "{0,2}?"),
    r"\b(?:afmelding|uitschrijving|annulatie) (?:\w+ ){0,4}?(?:negeren|ongedaan|vergeten|intrekken"
    r"|in te trekken)\b",
    r"\bfinalement (?:je|nous) (?:viens|participe|serai)|\bje (?:viens|participe|participerai"
    r"|pourrai venir) (?:finalement|quand meme)|\bafter all\b",
)

#: "An De Smet komt in mijn plaats".
INSTEAD = _any(
    r"\bin (?:mijn|onze|zijn|haar|hun) (?:plaats|plek|naam)\b",
    r"\bin (?:de )?plaats van\b|\bi\.?p\.?v\.?\b",
    r"\b(?:vervang(?:t|en|er|ster)?|vervangen)\b|\bplaatsvervang(?:er|ster)\b",
    r"\bvertegenwoordigt (?:mij|ons|me)\b|\b(?:mij|ons|me) (?:\w+ ){0,3}?(?:te )?vertegenwoordigen\b",
    r"\b(?:geef|geven) (?:mijn|onze) (?:plaats|plek) (?:\w+ ){0,3}?aan\b",
    r"\bneemt (?:mijn|onze|zijn|haar) plaats in\b|\baf te vaardigen\b|\bafvaardigen\b|\bvaardig \w+ af\b",
    r"\b(?:a ma place|me rempla\w+|remplac\w+ par)\b|\b(?:in my place|replaces? me|instead of (?:me|us)"
    r"|on my behalf|take my place)\b",
)

#: What makes a "not there" hold for a part only, or something else altogether.
PARTLY = _any(
    r"\b(?:lunch\w*|etentje|maaltijd|middagmaal|avondmaal|diner|broodje\w*|eten|receptie|drink"
    r"|netwerk(?:moment|borrel|drink)|borrel|koffie\w*|ontbijt|"
    r"rondleiding|bezoek|plaatsbezoek|wandeling|fotomoment|pauze|nabespreking|onthaal|apero|aperitief"
    r"|dessert)\b",
    r"\b(?:voormiddag|namiddag|middag|ochtend|avondprogramma|avonddeel|voormiddagsessie|namiddagsessie)\b",
    r"\b(?:begin|start|aanvang|einde|eind|slot|(?:eerste|tweede|laatste|derde) (?:deel|uur|half|helft"
    r"|spreker|sessie|workshop|punt|agendapunt|dag)|workshop\w*|"
    r"deel van|gedeelte|agendapunt\w*|punt \d|presentatie|uiteenzetting|toespraak)\b",
    r"\b(?:langer|volledig\w*|volledige|helemaal|de hele|heel de|hele|ganse|de ganse|gans de|continu"
    r"|voortdurend)\b",
    r"\b(?:op tijd|tijdig|stipt|later|vroeger|eerder|meteen|direct|onmiddellijk|dadelijk|te laat"
    r"|laattijdig)\b",
    r"\b(?:voor|vanaf|tot|na|om|rond|tegen) \d{1,2}(?:[u:.h]\d{0,2}| ?uur|u\b| h\b)",
    r"\b(?:met (?:de |het )?(?:trein|wagen|auto|fiets|bus|openbaar vervoer|allen|z'n allen|zijn allen"
    r"|ons allen|iedereen|z'n \w+))\b",
    r"\b(?:alleen|allebei|beiden?|allemaal|allen|iedereen|sommigen|fysiek|digitaal|online|via teams)\b",
    r"\b(?:meer dan|minder dan|zonder|behalve|uitgezonderd|enkel|slechts)\b",
    r"\b(?:openen?|invullen|ingevuld|downloaden|bereiken|bereikbaar|terugvinden|vinden|parkeren|inloggen"
    r"|lezen|afdrukken|printen|"
    r"ondertekenen|doorsturen|bijlage|formulier|link|website|knop|betalen|factuur|hotel|kamer|parking"
    r"|parkeerplaats|abonnement|"
    r"lidmaatschap|bestelling|nieuwsbrief|mailinglijst|nieuwsbrieven|afspraak|reservatie)\b",
    r"\b(?:dejeuner|diner|repas|reception|matin|apres-midi|lunch|dinner|morning|afternoon|unsubscribe"
    r"|newsletter|late|until|before|the whole|entire)\b",
)

#: What makes it uncertain, conditional, past, or somebody else's report.
UNSURE = _any(
    r"\b(?:misschien|mogelijks?|mss|wellicht|waarschijnlijk|wss|vermoedelijk|eventueel|allicht|voorlopig"
    r"|onder voorbehoud|in principe|normaal|normaliter)\b",
    r"\b(?:als (?:ik|we|wij|er|het|jullie|u|dat|dit|mijn|onze|de|iemand|je|ge|hij|zij|ze)|indien|tenzij"
    r"|mocht(?:en)?|in geval|ingeval|stel dat|zodra|wanneer (?:ik|we|wij))\b",
    r"\b(?:nog niet|niet zeker|onzeker|twijfel|weet (?:nog )?niet|weten (?:nog )?niet|zou kunnen|hoop"
    r"|hopelijk|probeer|proberen|vrees|denk dat|dacht dat|vermoed)\b",
    r"\b(?:of (?:ik|we|wij) (?:er |al dan )?)",
    r"\b(?:peut-etre|si je|au cas ou|maybe|perhaps|possibly|might|in case|not sure|if i|if we|probably)\b",
)
PAST = _any(
    r"\b(?:kon|konden|kwam|kwamen|was|waren|moest|moesten)\b",
    r"\b(?:vorige? (?:keer|maal|jaar|maand|week|editie|vergadering|bijeenkomst|overleg)|laatst|gisteren"
    r"|destijds|toen|verleden)\b",
    r"\b(?:vorig jaar|la derniere fois|last (?:time|year|month|week))\b",
)
#: That something noted is wrong, or must become something else.
CHANGE = _any(
    r"\b(?:wijzig\w*|gewijzigd\w*|verander(?:en|d|de|t|ing\w*)?|veranderd\w*|aan(?: te |te)?pass\w*"
    r"|aangepast\w*|verbeter(?:en|d|ing\w*)?|corrig\w+|correctie\w*|recht(?: te |te)?zett\w+"
    r"|over(?: te |te)?zett\w+|rectific\w+)\b",
    r"\bpas(?:t|sen)? (?:[\w'/-]+ ){1,6}?aan\b",
    r"\b(?:foutief|foute?|foutje|verkeerde?|vergissing|vergat|vergeten)\b",
    r"\b(?:klopt|kloppen) (?:[\w'/-]+ ){0,3}?niet\b|\bniet (?:meer |helemaal )?(?:juiste?|correcte?)\b",
    r"\b(?:moet|moeten|hoort|dient) (?:[\w'/-]+ ){0,4}?(?:zijn|worden|staan)\b",
    r"\b(?:mijn|ons|onze|een|het|de|zijn|haar) (?:nieuwe?|juiste?|correcte?|ander|andere) \w+",
    r"\bis (?:eigenlijk|nu|voortaan|ondertussen|intussen|inmiddels)\b",
    r"\b(?:modifier|changer|corriger|rectifier|modification|erreur|change my|update my|correct my|wrong)\b",
)
NOT = re.compile(r"\b(?:niet|geen|nooit|niks|ne|pas|not|don't|do not|never)\b")

_SMALL = (
    r"(?:(?:heel|zeer|super|hartelijk|alvast|nogmaals|ook|en|al|zo|erg|wel|vast|ok|oke|okay|ja|prima|top"
    r"|perfect|fijn|mooi|goed|graag|beste)\W+)*"
)
THANKS = re.compile(
    rf"{_SMALL}(?:(?:hartelijk )?(?:dank\w*|bedankt|merci|thx|thanks|thank you|mercikes|danku|remerci\w+"
    rf"|dankuwel)"
    r"(?: (?:je|u|jullie|wel|zeer|veel|ook|alvast|beaucoup|bien|a vous|so much|very much|you))*"
    r"(?: (?:voor|pour|for|om) .{1,90})?"
    r"|tot (?:dan|straks|binnenkort|gauw|snel|later|ziens|volgende (?:week|maand|keer)"
    r"|(?:dan )?(?:op )?(?:maandag|dinsdag|woensdag|donderdag|vrijdag|\d.{1,20})|morgen|in .{1,30})"
    r"|(?:goed |wel )?(?:ontvangen|genoteerd|gezien|begrepen)|prima|top|super|perfect|fijn|mooi"
    r"|schitterend|geweldig|leuk|ok|oke|okay|in orde|"
    r"(?:we |ik )?(?:kijken?|zien?) (?:er )?(?:al )?(?:naar )?uit(?: .{0,40})?|kijk er naar uit"
    r"|ik kijk ernaar uit|a bientot|see you(?: .{0,20})?|"
    r"fijne? (?:dag|avond|weekend|week)|prettige? .{1,20}|tot uw dienst|graag gedaan|geen probleem"
    r"|dat is goed)"
    r"(?: (?:hoor|dan|nog|toe))*"
)
#: Nobody says yes at greater length; each "dat klopt" may be read in two ways, and all of them in 2**n.
_LONG_YES = 150
YES = re.compile(
    r"(?:(?:ja+|yes|oui|jawel|jazeker|zeker|absoluut|inderdaad|klopt|correct|juist|akkoord|ok|oke|okay"
    r"|in orde|exact|"
    r"(?:dat|dit|alles|de gegevens|het)(?: \w+)? (?:klopt|kloppen|is (?:juist|correct|in orde|goed|ok"
    r"|oke))|(?:ja )?(?:dat|dit) is (?:juist|correct|goed|in orde)|"
    r"alles (?:klopt|correct|juist|ok|in orde)|gegevens kloppen|hoor|zeker en vast|c'est correct"
    r"|exactement|that's (?:right|correct)|"
    r"ik bevestig(?: dit| dat| het)?|bevestigd|hierbij bevestigd|graag|heel graag|dank u|dank u wel"
    r"|bedankt|merci|helemaal)\W*)+"
)
_YES_CORE = re.compile(
    r"\b(?:ja+|yes|oui|jawel|jazeker|zeker|absoluut|inderdaad|klopt|kloppen|correct|juist|akkoord"
    r"|bevestig\w*|ok|oke|okay|exact\w*|right|in orde)\b"
)
NO = re.compile(
    r"(?:(?:ja )?(?:nee+n?|neen|no|non|nope|niet akkoord|niet correct|niet juist|(?:dat|dit"
    r"|het) (?:klopt|is) niet(?: juist| correct)?|klopt niet|fout|"
    r"dank u|dank u wel|bedankt|merci|helaas|sorry|hoor|spijtig genoeg|jammer genoeg|toch niet)\W*)+"
)
_NO_CORE = re.compile(r"\b(?:nee+n?|no|non|nope|niet|fout)\b")


def says_yes(plain_text: str) -> bool:
    """Whether the whole text is a plain "ja" in any of its shapes."""
    return len(plain_text) <= _LONG_YES and bool(
        YES.fullmatch(plain_text) and _YES_CORE.search(plain_text) and not _NO_CORE.search(plain_text)
    )


def says_no(plain_text: str) -> bool:
    """Whether the whole text is a plain "nee" in any of its shapes."""
    return len(plain_text) <= _LONG_YES and bool(NO.fullmatch(plain_text) and _NO_CORE.search(plain_text))
