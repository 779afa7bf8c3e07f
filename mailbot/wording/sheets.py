"""What sheets and lists say around what they list, in Dutch: hints, titles in words, and what stands where
there is nothing to show. The names of sheets and columns, by which her files are read back, stand with
the tables that draw and read them."""

from __future__ import annotations

AS_OF = "Stand op {at}"
NOT_FILLED_IN = "(niet ingevuld)"
PAGE = "Pagina {page} van {pages}"

# Deelnemers: what the headers say when they are chosen.
FILLED_IN_BY_US = "Vult mailbot in."
NUMBER_HINT = (
    "Vult mailbot in. Laat het leeg voor wie u zelf bijtypt. Blauw: nieuw of gewijzigd sinds gisteren."
)
#: The same in former versions.
FORMER_NUMBER_HINT = "Vult mailbot in. Laat het leeg voor wie u zelf bijtypt."
STATUS_HINT = "U mag dit wijzigen: het mailt niemand, tenzij u ja zet onder Bevestiging sturen."
CHANGED_HINT = "Vult mailbot in. Blauw: sinds gisteren."
SENDER_HINT = "Vult mailbot in: wie de inschrijving mailde."
ATTENDED_HINT = "Van u: ja of neen, op de dag zelf of erna."
CONFIRM_HINT = "Typ ja om deze persoon te mailen wat u in de rij veranderde. Zonder ja mailt mailbot niemand."

# Te behandelen and Postvak.
REMARK_HINT = "Gaat letterlijk mee in de mail aan wie schreef. Geen nota voor uzelf."
WHOM_HINT = (
    "Wie u inschrijft, verontschuldigt of afmeldt. Typ een andere naam (met <e-mailadres>, als u dat kent) "
    "als de mail over iemand anders gaat."
)
OPEN_MESSAGE = "openen"

# Berichten.
AUDIENCE_HINT = (
    "Kies uit de lijst (meer dan één: met een komma ertussen), of typ de naam van een eigen blad met de "
    "kolommen E-mail en Naam, of van een eigen kolom op Deelnemers waarin u ja zet."
)
TEXT_HINT = (
    "Aanspreking, datum, plaats en ondertekening komen er vanzelf bij. Alt+Enter begint een nieuwe regel."
)
FILES_HINT = (
    "formulieren: het inschrijvingsformulier (Word en PDF, of het uwe). attest: voor wie aanwezig was."
)
PREVIEW_HINT = "Het begin van de mail. De volledige tekst, met alle namen, staat op het blad Voorbeelden."
SEND_HINT = "Bewaar eerst zonder beslissing en lees het voorbeeld. Pas daarna kunt u versturen kiezen."

# Voorbeelden.
PREVIEWS = "Wat er vertrekt als u beslist"
PREVIEWS_ARE = (
    "De mails die bij een beslissing op {cases} of {others} vertrekken. Wat u op {cases} onder Toelichting "
    "schrijft, komt er letterlijk bij. Wie nog niet ingeschreven is, krijgt zijn nummer pas "
    "dan: het kan nog een ander zijn dan hier."
)
GOES_ON = "{subject} (vervolg)"
PREVIEW_OF_ANOTHER = "Typt u op {inbox} iemand anders onder Voor wie, dan gaat de mail over die persoon."
NO_PREVIEWS = "Er staat niets open waarvoor een mail zou vertrekken."

# Overzicht.
REGISTER_UNTIL = "Inschrijven tot {at}"
REGISTER_THROUGH = "Inschrijven tot en met {day:%d/%m/%Y}"
FREE_PLACES = "Vrije plaatsen (van {capacity})"
WAITING_LIST = "Wachtlijst, in volgorde van aankomst"
PLACE_FOR_THEM = "er is plaats: u beslist"
NOBODY_REGISTERED = "Nog geen inschrijvingen"
NO_ANSWER_YET = "Nog geen antwoord ({count})"
ALL_ANSWERED = "Iedereen heeft geantwoord"
WITHOUT_ADDRESS = "Zonder e-mailadres ({count})"
WE_WRITE_TO = "Wij schrijven naar"
NOBODY = "niemand"
FOR_THE_CATERER = "Voor de catering"
HEADS = "Aantal personen"
NO_ANSWER_TO = "{label}: geen antwoord"
FOR_THE_MINUTES = "Voor het verslag"
LISTS_AS_FILES = "Lijsten als bestand"
LISTS_MADE = "Gemaakt: {name} ({kinds})"
PER_DAY = "Inschrijvingen per dag, ook van wie later afmeldde"
PER_REGION = "Ingeschreven per regio"

# For the minutes.
WHOLE_BODY = "het hele bestuur"
REPLACED_BY = "{name} (vervangen door {other})"
OR_WITHDRAWN = "{word} of afgemeld"

# Seizoen.
SEASON = "Het seizoen in cijfers"
SEASON_IS = "Bijeenkomsten die voorbij zijn, zonder namen. Aanwezig blijft leeg waar u niemand aanduidde."

# The sheet of a form of hers.
SENSITIVE_HINT = "Ja: staat in geen mail aan een ander en verdwijnt na de bijeenkomst."
AGREE_HINT = "Is alles juist? Schrijf hier akkoord. Tot dan wachten de mails."

# A drop-down in which something else was typed: its title, and what it says.
PICK_TITLE, PICK = "Kies uit de lijst", "Kies een van de woorden uit de lijst."

# Lists as files.
FOR_THE_CATERER_LIST = "Voor de traiteur"
#: How somebody on the mailing list is reached who has no address of their own.
REACHED_THROUGH, REACHED_NOWHERE = "adres van wie inschreef", "geen e-mailadres"
NONE_ON_LIST, ONE_ON_LIST, MANY_ON_LIST = "Niemand", "1 persoon", "{count} personen"
