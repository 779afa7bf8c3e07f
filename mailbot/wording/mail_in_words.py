"""What the secretary reads of a mail in words, in Dutch: what leads it in a case, why it concerns a
registration, and which event it is for. ``wording.secretary`` tells how a sentence is made."""

from __future__ import annotations

from collections.abc import Mapping

from mailbot.domain.case import Choice
from mailbot.domain.statement import Says, StatementCode

#: A lead stands before the words of a mail and has no full stop.
SENTENCES: Mapping[StatementCode, str] = {
    # Leads.
    Says.NO_SUCH_REFERENCE: "Noemt een referentie die niemand heeft",
    Says.ANSWERS_INVITATION: "Antwoordt op een uitnodiging",
    Says.ASKS: "Vraag",
    Says.NOT_ALL_UNDERSTOOD: "Niet helemaal begrepen",
    Says.PERHAPS_WITHDRAWS: "Dit lijkt op een afmelding, maar zegt het niet met zoveel woorden",
    Says.SENDS_OUR_WORKBOOK: "Stuurt een lijst van ons terug ({files}): daar is niets van overgenomen",
    Says.COMES_TO_ONE: "Noemt meer dan één bijeenkomst ({titles}); bij elke staat een geval",
    Says.LEAVES_EVERYWHERE: "Wil bij geen enkele bijeenkomst zijn ({titles}); bij elke staat een geval",
    Says.WANTS_CHANGE: "Vraagt in woorden om een inschrijving aan te passen",
    Says.DENIES: "Antwoordt neen",
    Says.WANTS_ERASURE: "Vraagt om gegevens te wissen",
    Says.WANTS_ACCESS: "Vraagt welke gegevens wij van hen hebben",
    Says.ANSWERS_ONE_OF_SEVERAL: "Antwoordt ja of neen, terwijl meer dan één vraag van ons openstaat",
    Says.ANSWER_LEAVES_OPEN: "Antwoord op onze vraag, maar daarmee is ze niet beantwoord",
    Says.ANSWERS_YOU: "Antwoord op uw vraag",
    Says.YES_TO_ANOTHERS_MAIL: "Antwoordt ja op een mail aan iemand anders",
    Says.WANTS_CONFIRMATION_AGAIN: "Vraagt om de bevestiging nog eens te sturen",
    Says.SUBSTITUTE_OF_WHOM: "Iemand komt in de plaats, maar van wie is niet duidelijk",
    Says.SUBSTITUTE_OF_STRANGER: "Iemand komt in de plaats van een deelnemer die niet bekend is",
    Says.LEAVES_AND_OTHER_COMES: "{wish:Wish}, en {names:en} {names:komt|komen}",
    Says.ADDRESS_OF: "{by} schrijft van het adres van {names}, en zegt niet over wie het gaat",
    Says.ANOTHERS_MAIL_ABOUT_WHOM: "Antwoordt op een mail over iemand anders, en zegt niet over wie het gaat",
    Says.ASKS_AND_WITHDRAWS_STRANGER: "Vraagt iets, en wil iemand uitschrijven die niet ingeschreven is",
    Says.WITHDRAWAL_PASSED_ON: "Afmelding van {of}, doorgestuurd en niet ingeschreven",
    Says.WITHDRAWAL_BY_HALF_A_NAME: "Afmelding zonder de hele naam, misschien van {names}",
    Says.WITHDRAWAL_OF_STRANGERS: "Afmelding van {names}, niet ingeschreven",
    Says.NOBODY_OF_BODY: "Van {body} komt niemand",
    Says.ON_LIST_OF_BODY: "{names:Staat|Staan} op de lijst: {names:en}. Daarover gaat uw keuze.",
    Says.WITHDRAWAL_OF_UNREACHABLE: "Afmelding van wie zelf niet te bereiken is, gestuurd door {by}",
    Says.WITHDRAWAL_SENT_BY: "Afmelding van {of}, gestuurd door {by}",
    Says.WITHDRAWAL_NAMES: "Afmelding van {of}, en noemt {names}",
    Says.WRITER_MAY_BE: "{of} schrijft zonder naam, en is misschien {names}",
    Says.SENT_IN_ANOTHER: "{by} schreef {names} in, en zegt niet over wie het gaat",
    Says.KNOWN_COMES_AND_MORE: "Staat al in de lijst, schrijft te komen, en schrijft nog meer",
    Says.STRANGERS_COME: "{names:en} {names:komt|komen}, maar {names:is|zijn} niet bekend",
    Says.KNOWN_COME_AGAIN: "{names} wordt ingeschreven, maar staat al in de lijst",
    Says.COMES_WITH_WRITER: "{by} schrijft zelf ook te komen",
    Says.STRANGERS_RETURN: "{names:en} {names:komt|komen} toch, maar {names:is|zijn} niet bekend",
    Says.REGISTRATION_PASSED_ON: "Inschrijving van {of}, in woorden en doorgestuurd",
    Says.NOT_OF_ALL: "De afzender hoort niet bij alle inschrijvingen waarover dit kan gaan",
    Says.WHICH_WITH_EXCEPTION: "Antwoord op de vraag welke inschrijving bedoeld is, met een uitzondering",
    Says.WHICH_UNANSWERED: "Antwoord op de vraag welke inschrijving bedoeld is",
    Says.NAMES_OTHERS: "Noemt ook {names}, en zegt niet duidelijk wat er met wie gebeurt",
    Says.PASSED_INVITATION_ON: "{who} gaf de agenda-uitnodiging door aan {to:or iemand anders}. Schreef",
    Says.OTHER_MOMENT: "{who} stelt in de agenda een ander moment voor. Schreef",
    Says.WROTE_ACCEPTING: "Schreef bij het aanvaarden van de agenda-uitnodiging",
    Says.WROTE_TENTATIVE: "Antwoordde voorlopig op de agenda-uitnodiging, en schreef",
    Says.WROTE_DECLINING: "Weigerde de agenda-uitnodiging, en schreef",
    Says.WROTE_TO_CALENDAR: "Schreef bij een agenda-antwoord",
    # Why a mail in words concerns a registration.
    Says.IN_OUR_THREAD: "in een gesprek met ons",
    Says.UNDER_INVITATION: "antwoordt op een uitnodiging",
    Says.NAMES_EVENT: "noemt een bijeenkomst",
    Says.NAMES_OUR_DAY: "noemt de dag van een bijeenkomst",
    Says.OF_SOMEBODY_ASKED: "van iemand aan wie wij nog iets vragen",
    Says.OF_SOMEBODY_WE_WROTE: "van iemand aan wie wij over een inschrijving schreven",
    Says.OF_SOMEBODY_REGISTERED: "van of over iemand die ingeschreven is",
    Says.NAMES_OUR_REFERENCE: "noemt een referentie van ons",
    Says.SECRETARY_ANSWERS: "het secretariaat antwoordt op een mail van ons",
    Says.NAMES_NOBODYS_REFERENCE: "noemt een referentie die niemand heeft",
    Says.ABOUT_REGISTERING: "over inschrijven",
    Says.ABOUT_REGISTERING_FOR_ONE: "over inschrijven, en er is maar één bijeenkomst",
    Says.ON_THE_DAY: "van iemand die vandaag verwacht wordt",
    Says.ABOUT_COMING: "over komen of wegblijven, en er is maar één bijeenkomst",
    # Answers of a calendar.
    Says.INVITATION_DECLINED: (
        "{who} weigerde de agenda-uitnodiging; de inschrijving is daarom afgemeld. Vaak is dat een dubbele "
        "afspraak die iemand weggooit: kijk even na."
    ),
    Says.STAYS_OUT_OR_RETURNS: (
        f'"{Choice.ACCEPT}" laat de afmelding staan, "{Choice.REGISTER}" zet de inschrijving terug.'
    ),
    Says.INVITATION_DECLINED_BY_OTHER: (
        "De agenda-uitnodiging van {whose} werd geweigerd door {by}. Dat is niet wie uitgenodigd is, of de "
        "mailserver kon het niet bevestigen. Er is niets veranderd; aanvaarden meldt {whose} af."
    ),
    Says.SENT_FOR: "{attendee} (verstuurd door {sender})",
    Says.WRITTEN_BESIDE: 'Erbij geschreven: "{words}".',
    # Which event a mail is for.
    Says.WHICH_EVENT: 'Voor welke bijeenkomst is "{subject:or zonder onderwerp}"? {why:First}.',
    Says.OTHER_MAILBOX: "{title} heeft een eigen mailbox, en deze mail kwam in een andere aan",
    Says.FORMS_FOR_SEVERAL: "er zitten formulieren in voor meer dan één bijeenkomst: {forms:; }",
    Says.FORM_FOR_EVENT: "{names} voor {title}",
    Says.SOMEBODY: "iemand",
    Says.NAMES_NO_EVENT_OF_OURS: "de mail noemt een titel of datum die geen bijeenkomst hier heeft",
    Says.NAMES_OTHER_DATE: "de mail noemt {title}, maar met een andere datum",
    Says.NAMES_SEVERAL: "de mail noemt er meer dan één: {titles}",
    Says.MEETING_ON: "{title} ({at:day})",
    Says.MEETING_OVER: "{title} ({at:day}, voorbij)",
    Says.MEETING_OFF: "{title} ({at:day}, gaat niet door)",
    Says.NAMES_ANOTHER: "de mail antwoordt op een mail over één bijeenkomst en spreekt van een andere",
    Says.NAMES_NONE: "de mail noemt geen bijeenkomst",
    Says.NONE_OPEN: "er staat geen bijeenkomst open waar dit bij past",
    Says.SEVERAL_OPEN: "er staat meer dan één bijeenkomst open",
    Says.ALSO_FORM_FOR: "In de mail zit ook een formulier voor {title}, van {names}. Aanvaarden schrijft in.",
    Says.EVENT_OVER: "{title} is voorbij",
    Says.EVENT_STARTED: "{title} is al begonnen",
    Says.EVENT_REPLACED: "{title} is vervangen door {successor}",
    Says.EVENT_CANCELLED: "{title} gaat niet door",
    Says.EVENT_WITHOUT_DATE: "{title} ({id}) heeft nog geen datum",
    Says.CAME_IN_STILL: '{why}; toch kwam "{subject:or zonder onderwerp}" nog binnen.',
    Says.FORM_NOT_AGREED: (
        '"{subject:or zonder onderwerp}" wacht op uw akkoord over het formulier {form}, op zijn blad in '
        "bijeenkomsten.xlsx. "
        "Daarna wordt het beoordeeld volgens zijn aankomst."
    ),
}
