"""The words by which ``subject_matter`` tells what a mail is about: Dutch, French and English, in plain
letters. A word with ``*`` stands for all that begin with it, a line with blanks for a few words together.
"""

from __future__ import annotations

#: Registering, coming, staying away.
ACTS = {
    "nl": """
inschrij* ingeschr* inschrev* herinschr* uitschr* uitgeschr* aanmeld* aangemeld* afmeld* afgemeld* annul*
anul* geannul* schrap* geschrapt* deelne* deelna* deelgenomen* aanwezig* afwezig* verontschuld* excus*
geexcus* verhinder* belet vervang* lijst deelnemerslijst afvaardig* afgevaardig* bijwonen
""",
    "fr": "inscri* desinscri* particip* desist* m'excus* empech* absen* remplac* assister",
    "en": "regist* attend* apolog* cancel* withdraw*",
}
#: The same said in more than one word: regular expressions, each over part of a clause.
ACT_PHRASES = (
    r"schrij(?:f|ft|ven) .{0,60}\b(?:in|uit)",
    r"in te schrijven",
    r"(?:mij|me|mezelf|ons) (?:op te geven|opgeven)",
    r"ge(?:ef|eft|ven) (?:mij|me|ons|hem|haar) .{0,30}\bop",
    r"meld(?:en|t)? .{0,40}\b(?:aan|af)",
    r"(?:aan|af) te melden",
    r"deel te nemen",
    r"ne(?:em|emt|men) .{0,60}\bdeel",
    r"er ?bij (?:te )?(?:zijn|kan)",
    r"(?:ben|zijn|kan|zal) er(?: \w+){0,3} (?:niet )?bij",
    r"bij te wonen",
    r"in (?:mijn|zijn|haar|onze|hun) plaats",
    r"(?:\d+|twee|drie|vier|vijf|enkele|extra) (?:extra )?(?:plaats|deelnemer|persone)\w*",
    r"niet (?:kunnen |te )?komen",
    r"(?:kan|kunnen|zal|zullen) .{0,40}\bkomen",
    r"kom(?:en|t)? (?:graag|niet|ook|wel|zeker|toch|mee|alleen|later)",
    r"serai presente?",
    r"places? pour",
    r"sign .{0,20}\bup",
    r"(?:make it|take my place)",
)
#: What a form notes of people, and what people ask about a meeting.
DETAILS = {
    "nl": """
gsm gsm-nummer telefoon* mobiel* emailadres e-mailadres mailadres functie functietitel naamkaartje
vegetari* veggie veganist* vegan allergi* glutenvrij* lactose* dieet* halal parking parkeer* parker* rolstoel*
toegankelijk* broodje* deelnamebewijs aanwezigheidsattest bevestigingsmail inschrijvingsbevestiging
agenda-uitnodiging agendauitnodiging
""",
    "fr": "portable vegetarien* allergi* fauteuil",
    "en": "wheelchair dietary vegetarian* allerg*",
}
#: What comes after these is why, and no object.
REASONS = (
    "wegens", "omwille van", "vanwege", "door", "doordat", "want", "omdat", "aangezien", "gezien",
    "ingevolge", "dankzij", "naar aanleiding", "due to", "because", "since", "en raison", "a cause", "car",
)  # fmt: skip
PREPOSITIONS = (
    "voor", "bij", "aan", "op", "van", "naar", "tijdens", "over", "met", "uit", "pour", "aux?", "sur", "for",
    "at", "to", "from", "of", "about",
)  # fmt: skip
#: What may stand between a preposition and its noun.
DETERMINERS = (
    "de", "het", "een", "'t", "deze", "dit", "die", "dat", "uw", "jullie", "onze", "ons", "mijn", "zijn",
    "haar", "hun", "volgende", "komende", "eerstvolgende", "la", "le", "les", "l'", "ma", "mon", "votre",
    "notre", "prochaine?", "the", "a", "an", "your", "our", "my", "next", "welke?", "wat voor", "quell?es?",
    "quels?", "which", "what",
)  # fmt: skip
#: Verbs with an object beside them that need no preposition.
DIRECT = ("annul*", "schrap*", "bijwonen", "reserve*", "vervang*", "cancel", "attend", "join")
#: Words that are no object of their own: of registering, of people and bodies, of time, of writing a mail.
NEUTRAL = {
    "nl": """
inschrij* ingeschr* inschrev* uitschr* schrij* aanmeld* aangemeld* afmeld* afgemeld* annul* geannul*
schrap* deeln* deelna* aanwezig* afwezig* verontschuld* verhinder* vervang* lijst deelnemerslijst
wachtlijst komst komen plaats* deelnemer* persoon personen naam namen namens gegeven* adres* email*
e-mail* mail* nummer* telefoon* gsm* functie* titel wijzig* aanpass* verbeter* correct* verander* nieuw
nieuwe oud oude juist juiste ander andere formulier* bijlage* invul* uitnodig* oproep vraag* vragen
antwoord* reactie bevestig* bericht* bedank* dank* groet* beste geachte collega* mijn onze jullie hallo
goede* goeie* hierbij graag gelieve burgemeester* schepen* raadsl* directeur* secretari* voorzitter*
medewerk* diensthoofd* stagiair* kabinet* gemeente* stad steden ocmw bestuur besturen provincie
intercommunale een twee drie vier vijf zes aantal eerste tweede derde laatste nog toch niet geen wel ook
even weer opnieuw extra later vroeger dag dagen datum moment uur namiddag voormiddag middag avond ochtend
gelegenheid activiteit* evenement* tijd tijdig maandag dinsdag woensdag donderdag vrijdag zaterdag zondag
januari februari maart april mei juni juli augustus september oktober november december week maand jaar
vergadering bijeenkomst* samenkomst* overleg sessie* programma locatie zaal toegang parking lunch broodje*
willen wilt maar zouden kunnen moeten mogen hebben heeft worden zullen misschien eventueel
probleem info* mogelijk* onmogelijk* belangrijk* dringend* update betreft wie wat waar wanneer hoe over
onder voor tegen tussen zonder allen iedereen alles niets iets iemand niemand haar mezelf mijzelf zelf
elkaar hand hoogte beurt persoonlijk* familiale omstandigheden verlof vakantie ziekte vergissing fout*
secretariaat team dienst harte
""",
    "fr": """
inscri* particip* desist* excus* absen* presen* remplac* place* question* invit* confirm* merci bonjour
cpas commune ville bourgmestre echevin* reunion
""",
    "en": """
regist* attend* apolog* cancel* withdraw* place* question* invit* confirm* thanks hello mayor city event
meeting this that these
""",
}
#: What a subject calls the mail itself, or what came with it: that is no object.
CARRIERS = """
brief* schrijven scan* document* bestand* bijlage* antwoord* reactie mededeling melding bericht doc pdf fax
lettre courrier fichier letter file attachment reply answer message
"""
#: Meetings and matters of others, whatever stands around them.
FOREIGN = """
*vergadering *overleg *college *zitting *raad *comite *commissie college raad teams zoom conseil council
committee commissie fractie werf school opvang zwemles* nieuwsbrief newsletter abonnement*
"""
#: What somebody says who did not ask for what we told them, or does not know what it is.
PROTESTS = (
    r"(?:niet|nooit|nie) (?:\w+ ){0,2}(?:gevraagd|gedaan|gewijzigd|aangepast|veranderd|aangevraagd|gestuurd"
    r"|verstuurd|ingevuld|opgegeven|doorgegeven|ingeschreven|aangemeld|afgemeld|uitgeschreven|geannuleerd)",
    r"wie (?:heeft|had|hebt|deed) ",
    r"klopt(?:e)? (?:\w+ ){0,2}(?:niet|nie|iets)",
    r"iets (?:mis|fout|niet juist)",
    r"(?:ken|herken|begrijp|versta) (?:ik )?(?:dit|dat|deze|die|jullie|u|het)?\b.{0,20}\b(?:niet|geen)",
    r"zonder (?:mijn|ons) (?:medeweten|toestemming|weten|akkoord)",
    r"wat (?:is|betekent|betekende|moet) (?:dit|dat|deze|die|er|ik met)",
    r"waarom (?:krijg|kreeg|ontvang|ontving|staat|werd|ben|is|heb|mail)",
    r"niet van mij|phishing|oplichting|onterecht|ten onrechte|gehackt|misbruik",
    r"pas (?:\w+ ){0,2}(?:demande|fait|envoye|inscrit|modifie|change|annule)",
    r"qui a (?:change|modifie|demande|fait)",
    r"(?:not|never|didn't|did not) (?:\w+ )?(?:ask|request|change|do|send|sign|register|cancel)\w*",
    r"who (?:changed|did|asked|sent)|what is this|what does this mean|why (?:am|did|do) i ",
    r"nicht (?:\w+ ){0,2}(?:beantragt|angefordert|geandert|gemacht|angemeldet)|wer hat",
)
#: What a calendar or somebody puts before the subject of an invitation that they decline.
DECLINES = ("geweigerd", "afgewezen", "afgeslagen", "declined", "refuse", "decline", "abgelehnt", "abgesagt")
