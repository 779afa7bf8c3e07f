"""What the secretary reads of each statement, in Dutch, which is her language.

``{fact}`` stands for a fact as it is; of several, with ", " between them. Behind a colon stands how else it
is shown (``wording.statements``): ``: en `` is what stands between several, ``or geen`` what stands for an
empty one, ``plaats|plaatsen`` a number with the word for one and for more, ``First`` begins with a capital,
``%d/%m/%Y`` is the day of a moment, ``moment`` that with the hour, ``second`` with seconds too, ``clock`` the
hour alone, ``act``, ``Wish`` and ``Machine`` are tables of ``wording.kinds``.
"""

from __future__ import annotations

from collections.abc import Mapping

from mailbot.domain.case import CaseKind, Choice, listed
from mailbot.domain.statement import Says, StatementCode
from mailbot.wording import mail_in_words, nl, workbooks

#: A lead stands before the words of a mail and has no full stop; what is a part of another has neither full
#: stop nor capital; anything else is a whole sentence.
SENTENCES: Mapping[StatementCode, str] = {
    Says.WROTE: '{lead}: "{words}"',
    Says.UNDERSTOOD: "Begrepen: {acts:; }.",
    Says.ACT: "{act:act}",
    Says.ACT_WITH: "{act:act} ({detail})",
    Says.CHOICE_ABOUT: "Uw keuze gaat over {names:en}, niet over wie schreef.",
    Says.CHOICE_ALSO_ABOUT: "Uw keuze gaat ook over {names:en}.",
    Says.CHOICE_FOR_EACH: f'"{Choice.REGISTER}" doet alles samen: {{comes:en}} {{comes:komt|komen}}, '
    "{away:en} {away:komt|komen} niet.",
    Says.QUOTED: '"{words}"',
    Says.ALSO_WRITES: 'Schrijft ook: "{words}" Uw Toelichting gaat mee in het antwoord.',
    Says.ANSWERED: 'Antwoord{by}: "{words}"',
    Says.OF_ADDRESS: " van {address}",
    Says.WRITES_TO_COME: '{who} schreef zelf te komen, en blijft ingeschreven: "{words}"',
    Says.NEW_VALUES: "Nieuwe waarde: {values:; }.",
    Says.NEW_VALUE: "{label}: {value}",
    Says.NO_NEW_VALUES: "Er verandert niets: dat staat er al. Wie schrijft, hoort dat pas als u aanvaardt.",
    # Who somebody is, and what they may.
    Says.RESEMBLES: "{who} lijkt op {others:; }. Is dat dezelfde persoon?",
    Says.BECOMES_DOUBLE: (
        "{nr} is nu aangevuld, maar intussen schreef {others:; } zich in. Met "
        f'"{Choice.OTHER}" is dat iemand anders, en {{nr}} ingeschreven. Is het dezelfde, wis dan {{nr}}.'
    ),
    Says.CANDIDATE: "{nr} {name}, {organisation}, {email:or zonder e-mail} ({status})",
    Says.MAY_BE_CALLED: (
        "{by} zegt dat {who} niet komt. Bedoelen ze {others:; }? Dan wordt die afgemeld; met "
        f'"{Choice.OTHER}" is dat iemand anders, die verontschuldigd is.'
    ),
    Says.MAILS_MOVE: "Neemt u dat aan, dan gaan de mails voortaan naar {new}; {held} hoort dat meteen.",
    Says.ABOUT_WHOM: 'Antwoord op onze vraag over {nrs}, maar over wie is niet duidelijk: "{words}"',
    Says.MAY_NOT: '{who} {wants:en}. Dat beslist u: {evidence}. Mail: "{words}"',
    Says.ANSWERS_FOR_BODY: (
        "{who} antwoordt voor {organisation}, maar niet van een adres van dat bestuur. Aanvaarden neemt het "
        "antwoord aan."
    ),
    Says.ANSWERS_FOR_SEVERAL: (
        "{who} geeft één antwoord voor {organisations:en}, en elk bestuur antwoordt zelf. Aanvaarden neemt "
        "het aan zoals het er staat."
    ),
    Says.WOULD_WITHDRAW: "wil deze inschrijving afmelden",
    Says.WOULD_SUBSTITUTE: "wil iemand in de plaats laten komen",
    Says.WOULD_CONFIRM: "bevestigt wat wij vroegen",
    Says.WOULD_READDRESS: "geeft een ander e-mailadres voor deze inschrijving",
    Says.WOULD_CHANGE: "wil iets aan deze inschrijving veranderen",
    Says.WOULD_BRING_BACK: "wil iemand laten komen die zelf schreef en niet komt",
    Says.AS_COLLEAGUE: (
        f'Met "{listed(Choice.AS_COLLEAGUE)}" mag voortaan iedereen die van @{{domain}} mailt mensen van '
        "{organisation} bij naam afmelden; zij horen dat dan meteen."
    ),
    Says.BESIDES: f'Met "{Choice.REGISTER}" is wie komt ingeschreven, en blijft {{nr}} staan.',
    Says.COLLEAGUES: (
        "Wie van @{domain} mailt, geldt als collega van {organisation} en mag mensen van dat bestuur bij "
        "naam afmelden, die dat meteen horen: zo besliste u op {since:%d/%m/%Y}. Deze rij blijft staan "
        f'zolang dat geldt; kies "{Choice.REVOKE}" om het terug te nemen.'
    ),
    Says.SUBSTITUTE_WHO: 'Iemand komt in de plaats, maar wie is niet duidelijk: "{words}"',
    Says.COMES_INSTEAD: "{name} komt in de plaats",
    Says.AWAY_AND_WRITES: (
        '{nr} is {status}, en schrijft: "{words}". Of die persoon toch komt, staat er niet.'
    ),
    Says.SUBSTITUTE_IS_KNOWN: (
        "{by} laat {name} komen in de plaats van {nr}, en {known} heet ook zo en is {status}. Bij "
        "“andere persoon” krijgt {name} een eigen rij."
    ),
    Says.SUBSTITUTE_IS_OUT: (
        "{by} laat {name} komen in de plaats van {nr}, maar {known} heet ook zo en is {status}. Bij "
        "“zelfde persoon” komt {known} weer."
    ),
    Says.ANSWERS_FOR_ANOTHER: (
        '{by} antwoordt op onze vraag aan een ander over de nieuwe datum: "{words}". Aanvaarden neemt dat '
        "aan, en wie ingeschreven is, hoort het."
    ),
    Says.ANSWER_WENT_TO_SENDER: (
        "Het antwoord voor {who} ging naar {sender}, de afzender van de mail; als antwoordadres noemt hij "
        "{other}. Is het een webformulier, vraag dan wie mailbot beheert om het als webformulier in te "
        "stellen. Vul intussen het e-mailadres aan in Deelnemers."
    ),
    Says.UNCONFIRMED_SENDER: (
        'De mail "{subject:or zonder onderwerp}" zegt van {sender} te komen, maar de mailserver kon dat niet '
        "bevestigen. Er is niets geregistreerd."
    ),
    Says.NOT_INVITED: (
        "{organisation} staat niet op de lijst van de genodigden. Mag deze persoon inschrijven?"
    ),
    Says.NOT_ON_LIST: "{organisation} staat niet op de lijst",
    Says.MANY_PEOPLE: (
        "{count} personen in één bericht. Zijn dat allemaal inschrijvingen? Er is nog niets geregistreerd. "
        "Gelezen: {names}{more}."
    ),
    Says.NAMELESS: "iemand zonder naam",
    Says.EXCUSE_OF_NO_NAME: "Laat zich verontschuldigen zonder een naam te noemen",
    Says.NAMELESS_EXCUSE: (
        "Iemand laat zich verontschuldigen zonder een naam te noemen: vul die aan in Deelnemers."
    ),
    Says.MAIL_AND_FORM_DIFFER: (
        'Er kwam een formulier mee, maar de mail lijkt een afmelding: "{words}". Aanvaarden schrijft in '
        "zoals het formulier zegt."
    ),
    Says.TYPED_ALREADY_HERE: (
        "U typte {who} ({where}), maar in de lijst staat al {others:; }. Is dat dezelfde persoon? Dan vult "
        "mailbot aan wat u typte en verdwijnt de dubbele rij. Is het iemand anders, dan krijgt die een eigen "
        "inschrijving."
    ),
    Says.TYPED_BEFORE: (
        "U typte {who}, maar in de lijst stond al {others:; }. De rij die u typte, staat er niet meer, maar "
        "wat erin stond, is bewaard. Is dat dezelfde persoon? Dan vult mailbot aan wat u typte. Is het "
        "iemand anders, dan krijgt die een eigen inschrijving."
    ),
    Says.LISTED: "{nr} {who}, {status}",
    # Evidence of who wrote a mail.
    Says.EVENT_GONE: "de bijeenkomst van {nr} is er niet meer",
    Says.OWN_ADDRESS: "mailt van het adres van de inschrijving",
    Says.ANSWERS_OURS: "antwoordt op onze mail aan {own}",
    Says.ANSWERS_OURS_UNCONFIRMED: (
        "antwoordt op onze mail, maar de mailserver bevestigt niet dat dit van {address} komt"
    ),
    Says.IS_FORWARDER: "{address} staat bij de doorstuurders",
    Says.SERVER_DOES_NOT_CONFIRM: "de mailserver bevestigt niet dat dit van {address} komt",
    Says.SENT_IT_IN: "{address} stuurde deze inschrijving in",
    Says.ADDRESS_OF_BODY: "{address} is een adres van {organisation}",
    Says.COLLEAGUES_WITHDRAW: "{evidence}, en wie van hetzelfde bestuur is, mag alleen afmelden",
    Says.NOBODY_TELLS_THEM: "{evidence}, maar wie ingeschreven is, heeft zelf geen adres en hoort het niet",
    Says.WROTE_THEMSELVES: "{evidence}, maar wie ingeschreven was, schreef ons zelf",
    Says.FROM_ANOTHER_ADDRESS: "{evidence}, maar van een ander adres",
    Says.DOMAIN_OF_BODY: "@{domain} is van {organisation}, zei u",
    Says.NOTHING_TO_DO_WITH_IT: "{address} stuurde die inschrijving niet zelf in",
    # Time, places and answers.
    Says.ARRIVED_LATE: "aangekomen op {when:moment}, na de uiterste datum",
    Says.ARRIVED_WAITS: nl.WAITS[Says.ARRIVED_WAITS],
    Says.LATE_BEFORE: "Deze inschrijving was al eens te laat en werd toen niet aanvaard.",
    Says.PERHAPS_FOR_ANOTHER: "Is het voor een andere bijeenkomst, kies die dan in Bijeenkomst en aanvaard.",
    Says.TAKEN_WITH_IT: f'Dat is van wie schreef, en "{Choice.REGISTER}" neemt het mee over.',
    Says.LATE_TO_COME: "Dat is te laat: inschrijven kon {until}.",
    Says.THROUGH_DAY: "tot en met {at:day}",
    Says.UNTIL_MOMENT: "tot {at:moment}",
    Says.NEW_LATE: "Nieuwe inschrijving, {why}. Mag deze persoon er nog bij?",
    Says.NEW_PERHAPS_LATE: (
        "Nieuwe inschrijving rond de uiterste datum: {why}. Een van beide is te laat. Mag deze persoon er "
        "nog bij?"
    ),
    Says.PASSED_ON_LATE: "Doorgestuurd door {by}, {why}. De mail erin is {dated}.",
    Says.INNER_DATED: "van {sent:moment}",
    Says.INNER_UNDATED: "zonder datum",
    Says.TWO_CLOCKS: (
        "volgens de mailbox kwam de mail op {ours:second}, volgens de mailserver {host} op {theirs:second}"
    ),
    Says.CLOCK_AHEAD: "de mailbox zegt {ours:second}, dat moet nog komen",
    Says.CONTRADICTS: '{label}: u schreef "{hers}", de mail zegt "{mail}".',
    Says.CONTRADICTS_STATUS: 'Status: u zette "{status}", de mail schrijft in.',
    Says.PERHAPS_REGISTRATION: (
        '"{subject:or zonder onderwerp}" is misschien een inschrijving. Er is nog niets geregistreerd en '
        "niemand kreeg een mail. "
        "Gelezen: {people: | }{more}."
    ),
    Says.NOT_CALCULATED: (
        "In {files} staan formules zonder uitkomst. Die cellen zijn leeg gelezen: kijk na of er nog iemand "
        "in staat."
    ),
    Says.SEVERAL_INVITATIONS: "{who} antwoordt op meer dan één agenda-uitnodiging tegelijk",
    Says.NOT_READ_IN_TIME: (
        "Niet gelezen: {files}. Aan één mail wordt hoogstens anderhalve minuut rekentijd besteed. Wat "
        "hieruit volgde, komt uit de rest van de mail: kijk na of er nog iemand in staat."
    ),
    Says.PLACES_FREE: (
        "Er is plaats{figure} voor de eersten op de wachtlijst: {people:, }{more}. Aanvaarden schrijft "
        "hen in, en zij horen het. Wilt u er maar enkelen, zet dan zelf hun Status op Ingeschreven."
    ),
    Says.PLACE_FREE: (
        "Er is plaats{figure} voor de eerste op de wachtlijst: {first}. Aanvaarden schrijft in en mailt dat."
    ),
    Says.PLACES_TAKEN: " ({taken} van {places} plaatsen ingenomen)",
    Says.TOO_MANY_PLACES: "{taken} plaatsen ingenomen, en er zijn er {places}. Niemand is geschrapt.",
    Says.FULL_BODY: nl.WAITS[Says.FULL_BODY],
    Says.FULL: nl.WAITS[Says.FULL],
    Says.ONE_BEFORE: nl.WAITS[Says.ONE_BEFORE],
    Says.OTHERS_BEFORE: nl.WAITS[Says.OTHERS_BEFORE],
    Says.PUT_TO_WAIT: "door u op de wachtlijst gezet, tot u de status wijzigt",
    Says.NOT_COMPLETED: "Na {days:dag|dagen} nog geen antwoord op onze vraag naar: {labels}.",
    # Why the outcome of a person is what it is: a line of the log.
    Says.MAIL_CONTRADICTS_FORM: "mail en formulier spreken elkaar tegen",
    Says.UNKNOWN_TO_REGISTRATION: "afzender onbekend bij de inschrijving",
    Says.UNKNOWN_TO_BODY: "afzender onbekend bij het bestuur",
    Says.PERHAPS_KNOWN: "misschien iemand die bekend is",
    Says.CAME_FREE: "een plaats kwam vrij",
    Says.WHO_IS_WHO: "wie is wie",
    Says.OF_WHOM_UNCLEAR: "over wie dit gaat, is niet duidelijk",
    Says.NOT_DELIVERED: "mail niet bezorgd",
    Says.NOBODY_TO_HEAR: "niemand kan antwoord krijgen",
    Says.COMES_NOT_SAID: "of die persoon toch komt, staat er niet",
    Says.ENTRY_DECLINED: "de agenda-uitnodiging werd geweigerd",
    Says.DECIDED_OTHERWISE: "het secretariaat besliste anders",
    Says.ACCEPTED_AS_IS: "aanvaard zoals het is",
    Says.LEFT_INCOMPLETE: "geen antwoord op onze vraag",
    Says.BY_HER_DECISION: "op beslissing van het secretariaat",
    # Mail that reaches nobody, or would.
    Says.NOBODY_ANSWERED: (
        "Niemand kan antwoord krijgen: {sender} ({kind:Machine}) is geen adres van een persoon, en een ander "
        "adres staat er niet bij. Aanvaarden schrijft in zonder iemand te verwittigen."
    ),
    Says.NOBODY_ASKED: (
        "Niemand werd iets gevraagd: {sender} ({kind:Machine}) is geen adres van een persoon. Kijk dit na: "
        "{labels}. Verbeter het in de rij, of aanvaard wat er staat: dan volgt de bevestiging."
    ),
    Says.NOBODY_WOULD_HEAR: (
        'Niet uitgevoerd, want niemand zou het horen: {why}. Het gaat over {people}. Mail: "{words}"'
    ),
    Says.MACHINE: "{sign:Machine}",
    Says.NOT_ANSWERED_KIND: "zo’n mail wordt niet beantwoord ({kind:Machine})",
    Says.MANY_TO_OTHERS: (
        "door mails van dit adres, of over dezelfde mensen, gingen vandaag al {count} mails naar anderen"
    ),
    Says.MANY_ANSWERS: "er gingen vandaag al {count} antwoorden naar dit adres",
    Says.MANY_ANSWERS_IN_THREAD: "er gingen in dit gesprek al {count} antwoorden naar dit adres",
    Says.SERVER_COULD_NOT_GIVE: (
        "De mailserver kon deze mail niet geven, en schreef in de plaats: {told}. Open hem in uw eigen "
        "mailprogramma en behandel hem met de hand, of vraag de afzender hem opnieuw te sturen. Er is niets "
        "geregistreerd."
    ),
    Says.RETURNED: (
        "Onze mail aan {to} kwam terug: {reason:or zonder uitleg}. Verbeter het adres in Deelnemers."
    ),
    Says.RETURNED_FROM: (
        "Onze mail “{subject}” aan {to} kwam terug: {reason:or zonder uitleg}. Verbeter het adres in uw "
        "lijst, of bereik deze persoon anders."
    ),
    Says.REFUSED_BY_SERVER: "Onze mail aan {to} werd geweigerd: {reply}.",
    Says.UNSURE_DELIVERED: (
        "Of onze mail aan {to} aankwam, is niet te zeggen: {tries} keer ging hij weg zonder bevestiging van "
        "de mailserver ({reply}). Vraag het na."
    ),
    Says.MEND_IN_PARTICIPANTS: "Verbeter het adres in Deelnemers.",
    Says.MEND_ELSEWHERE: "Dit adres staat niet in Deelnemers: verbeter het waar u het vandaan haalde.",
    Says.SHELVED: (
        "Dit bericht kon driemaal niet verwerkt worden. Lees het zelf, of laat de beheerder kijken (mailbot "
        "explain {message}, daarna mailbot retry {message})."
    ),
    # Events that changed or ended.
    Says.CANCELLED_NOW: "{title} gaat niet door. Iedereen die komt, krijgt daarvan bericht.",
    Says.HOUR_CHANGED: "Uur: {before} wordt {after}.",
    Says.DATE_CHANGED: "Datum: {before} wordt {after}.",
    Says.PLACE_CHANGED: "Plaats: {before:or geen} wordt {after:or geen}.",
    Says.TAKES_PLACE_AFTER_ALL: "{title} gaat toch door.",
    Says.ALL_ARE_TOLD: "Iedereen die komt, krijgt de nieuwe gegevens en een bijgewerkte uitnodiging.",
    Says.MOMENT: "{starts:moment}{until}",
    Says.UNTIL: " tot {ends:clock}",
    Says.NO_MOMENT: "geen datum",
    Says.REPLACED: (
        "{title} is vervangen door {successor}{when}. Wie ingeschreven was of op de wachtlijst stond, krijgt "
        "de vraag om mee te gaan; een ja of neen volstaat als antwoord."
    ),
    Says.ON_MOMENT: " op {starts:moment}",
    Says.ON_DAY: " op {at:day}",
    Says.TO_DESTROY: (
        "{title} is al lang voorbij. Aanvaarden vernietigt de gegevens van {count:persoon|personen}; dat kan "
        "niet ongedaan gemaakt worden. Namen in uw eigen kolommen en bladen wist u zelf."
    ),
    # What became of a decision or edit of hers.
    Says.PICK_FROM_LIST: "Dat past niet bij dit geval: kies uit de lijst.",
    Says.ROW_GONE: "De inschrijving waarover het gaat, is er niet meer.",
    Says.MESSAGE_GONE: "Het bericht waarover het gaat, is er niet meer.",
    Says.NOT_ONE_PERSON: (
        "“{who}” in Voor wie is niet de naam van één persoon: schrijf voornaam en naam, of "
        "naam <e-mailadres>."
    ),
    Says.NAMED_UNREAD: (
        "De mail noemt {names:en}, maar zegt niet duidelijk genoeg wie er komt. Schrijf wie komt zelf bij in "
        "Deelnemers en zet dit op afgehandeld, of kies navragen."
    ),
    Says.PICK_EVENT: "Kies ook de bijeenkomst.",
    Says.REPLACED_ROW_GONE: "De inschrijving van wie vervangen wordt, is er niet meer.",
    Says.REGISTERED_SINCE: (
        "Intussen kwam een inschrijving binnen van {people}. Kiest u nog eens “{choice}”, dan geldt dat."
    ),
    Says.FULL_SINCE: (
        "Uw aanvaarden kon niet, want intussen is er geen plaats meer: {why}. Wilt u deze persoon er toch "
        "bij, zet dan Status op Ingeschreven in Deelnemers."
    ),
    Says.OVER_TO_REGISTER: (
        "De bijeenkomst is voorbij: niemand krijgt nog een inschrijving gemaild. Was deze persoon er, zet "
        "dan zelf een rij bij in Deelnemers."
    ),
    Says.OFF_TO_REGISTER: (
        "{title} gaat niet door: niemand wordt er nog voor ingeschreven. Komt er een andere bijeenkomst voor "
        "in de plaats, kies die dan in Bijeenkomst."
    ),
    Says.NOBODY_TO_ANSWER: "Het bericht is er niet meer: mail die persoon zelf.",
    Says.WRITE_QUESTION: "Schrijf uw vraag in Toelichting.",
    Says.WRITE_ANSWER: "Schrijf uw antwoord in Toelichting.",
    Says.ASKED: 'Nagevraagd{on}: "{words}"',
    Says.ANSWERED_BY_HER: 'Beantwoord: "{words}"',
    Says.DECIDED_CONTRARY: (
        "U besliste in één keer twee verschillende dingen over {nr}: “{choice}” hier gebeurde niet."
    ),
    Says.NOT_TAKEN_OVER: "{where}: {why}. {rest}",
    Says.NO_STATUS: '"{typed}" is geen status',
    Says.NO_REGISTRATION: "{nr:or rij} hoort bij geen inschrijving",
    Says.EMPTY_ROW: "een lege rij",
    Says.NO_QUESTION: '"{key}" is geen vraag van het formulier',
    Says.DELETED_WAS: "{nr} gewist, was al {status}",
    Says.IS_BACK_WAS: "{nr} staat er weer, was {status}",
    Says.NEITHER_YES_NOR_NO: 'Aanwezig: "{typed}" is geen ja of neen',
    Says.NO_EMAIL_TO_CONFIRM: "{nr} heeft geen e-mailadres: er kon geen bevestiging vertrekken",
    Says.CONFIRM_YES_OR_NO: 'Bevestiging sturen: "{typed}" is geen ja of neen; er vertrok geen mail',
    Says.EMAIL_IN_DOUBT: "geen bevestiging gestuurd: “{email}” kan een tikfout zijn",
    Says.NOTHING_CHANGED: "Er is niets veranderd.",
    Says.REST_TAKEN_OVER: "Wat u typte, is wel overgenomen.",
    Says.ROW_DELETED: "U wiste de rij van {nr}: {why}. Niemand kreeg daar een mail over.",
    Says.TAKEN_OVER_ITSELF: (
        f"Dat is uitgevoerd ({{people:; }}). Is er verder niets te doen, kies dan {Choice.DONE}."
    ),
    Says.STANDS: "{who}: {status}",
    Says.CANNOT_BE_RECALLED: "Een mail aan velen kan niet teruggeroepen worden.",
    Says.IS_KNOWN_NOW: (
        "Wat de deelnemers weten, staat vast: zet de bijeenkomst zelf terug als het anders moet."
    ),
    Says.REMARK_WENT_NOWHERE: "Uw toelichting ging nergens heen: bij deze beslissing vertrekt geen mail.",
    Says.NOT_UNDONE: "Ongedaan maken kon niet. {why}",
    Says.NO_SUCH_EVENT: "De bijeenkomst bestaat niet meer.",
    Says.NO_SUCH_ROW: "{nr} bestaat niet meer.",
    Says.CHANGED_SINCE: "Intussen veranderde er iets aan {who} ({nr}): verbeter de rij zelf.",
    Says.CHOSEN_AFTERWARDS: "U koos daarna ook “{choice}”: dat gebeurde niet. Maak dit eerst ongedaan.",
    # A row of Berichten.
    Says.SENT_ALREADY: (
        "Dit bericht is verstuurd en verandert niet meer. Kopieer de rij voor een nieuw bericht."
    ),
    Says.OLDER_COPY: ("Dat koos u in een oudere kopie van het werkboek. Lees het voorbeeld en kies opnieuw."),
    Says.WORD_NOT_IN_LIST: '"{word}" staat niet in de lijst: kies een woord eruit.',
    Says.NO_ADDRESS_FOR_PROOF: (
        "Er is geen adres van het secretariaat ingesteld: een proef kan nergens heen."
    ),
    Says.PROOF_SENT: "Proef verstuurd aan {to}, {at:moment}.",
    Says.READ_PREVIEW_FIRST: (
        "Nog niet verstuurd: lees eerst het voorbeeld hiernaast, en kies dan versturen."
    ),
    Says.LIST_CHANGED: "Nog niet verstuurd: de lijst is veranderd. Lees het voorbeeld opnieuw.",
    Says.CAME_LATER: (
        "Kwam er pas later bij en kreeg niets: {people}{more}. Kopieer de rij om ook hen te mailen."
    ),
    Says.MAILED_TO: "{names:en} <{address}>",
    Says.AND_OTHERS: " en nog {count}",
    Says.SOME_PEOPLE: "{people}{more}",
    Says.SO_MANY_PEOPLE: "{count:persoon|personen}: {people}{more}",
    Says.ADDRESSEES: "{count:geadresseerde|geadresseerden}",
    Says.MAIL_AS_READ: "Onderwerp: {subject}{files}\n\n{text}",
    Says.ATTACHED: "\nBijlagen: {files}",
    Says.NOBODY_MARKED: "In de kolom {column} is niemand aangeduid: zet ja bij wie de mail krijgt.",
    Says.MARKED_WHO_STAYS_AWAY: "Aangeduid, maar komt niet: {who}",
    Says.SHEET_WITHOUT_EMAIL: "Het blad {sheet} heeft geen kolom E-mail.",
    Says.SHEET_WITHOUT_ADDRESS: "Op het blad {sheet} staat geen enkel e-mailadres.",
    Says.AUDIENCE_UNKNOWN: (
        'mailbot kent "{word}" niet. Het kan ook de naam zijn van een eigen blad (met E-mail en Naam) of '
        "kolom."
    ),
    Says.PICK_AUDIENCE: (
        "Kies onder Aan wie wie de mail krijgt. Het kan ook de naam zijn van een eigen blad (met E-mail en "
        "Naam) of kolom."
    ),
    Says.NOTHING_SENT: "Er is niets verstuurd.",
    Says.NO_SUBJECT: "Vul een onderwerp in.",
    Says.NO_TEXT: "Schrijf onder Tekst wat er in de mail moet staan.",
    Says.FILES_UNKNOWN: 'Bijlagen: mailbot kent "{word}" niet. Kies uit de lijst.',
    Says.CERTIFICATE_FOR_PRESENT: (
        "Een attest gaat alleen naar wie aanwezig was: kies aanwezig onder Aan wie."
    ),
    Says.CERTIFICATE_FOR_LISTED: "Een attest gaat alleen naar deelnemers uit de lijst.",
    Says.NO_FORM_ANY_MORE: (
        "De bijeenkomst is voorbij of gaat niet door: er is geen formulier meer om mee te sturen."
    ),
    Says.TOO_MANY_ADDRESSES: (
        "{count} adressen is te veel: één bericht gaat naar hoogstens {most}. Splits de lijst."
    ),
    Says.ALL_HAD_THIS: "Iedereen kreeg deze tekst al.",
    Says.NOBODY_TO_MAIL: "Er is niemand om naar te mailen.",
    Says.DAY_IS_FULL: (
        "Vandaag vertroken al {sent} mails aan velen; meer dan {most} per dag mag niet. Kies morgen opnieuw."
    ),
    Says.WITHOUT_ADDRESS: "Krijgt niets, want heeft geen geldig e-mailadres: {who}",
    Says.ADDRESS_TO_CHECK: "Krijgt niets zolang het adres niet nagekeken is: {who}",
    Says.FORM_UNREADABLE: (
        "Niet verstuurd: het formulier{form} kan niet gelezen worden. Zet het terug en kies opnieuw."
    ),
    **mail_in_words.SENTENCES,
    **workbooks.SENTENCES,
}


#: What is the matter in a case, where the name of its kind does not say it.
TITLES: Mapping[CaseKind, str] = {
    CaseKind.DOUBT: "Antwoord niet duidelijk",
    CaseKind.SAME_PERSON: "Zelfde persoon?",
    CaseKind.WORKBOOK: "Werkboek hersteld",
    CaseKind.FORWARDED: "Doorgestuurd na de uiterste datum",
    CaseKind.PERHAPS: "misschien een inschrijving",  # to the letter: others look for it
}
#: The same of a case about something of hers in a workbook that could not be done, of one about cells of hers
#: that name somebody whose data was erased, and of one whose sender is known at the registration.
REFUSED_EDIT, ERASED_ELSEWHERE = "Uw wijziging kon niet", "Gegevens gewist"
KNOWN_SENDER = "Afzender mag dit niet alleen"

#: In a preview: stands where her own words will stand.
REMARK_TO_COME = "(hier komt uw toelichting)"

#: Behind what she asked, until somebody answers it.
NO_ANSWER_YET = "; nog geen antwoord."
