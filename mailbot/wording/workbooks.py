"""What the secretary reads of her workbooks and files, in Dutch. ``wording.secretary`` has all other
sentences, and tells how one is made."""

from __future__ import annotations

from collections.abc import Mapping

from mailbot.domain.statement import Says, StatementCode

SENTENCES: Mapping[StatementCode, str] = {
    # What is odd in a workbook, or was asked there and could not be done.
    Says.IN_FILE: "{file}: {what}.",
    Says.FILE_DAMAGED: "het bestand is beschadigd",
    Says.FILE_NO_EXCEL: "het bestand is geen Excel-werkboek",
    Says.FILE_NO_XLSX: "het bestand is geen Excel-werkboek (.xlsx)",
    Says.FILE_LOCKED_OR_OLD: "er staat een wachtwoord op het bestand, of het is in een oud formaat bewaard",
    Says.FILE_TOO_LARGE: "het bestand is te groot",
    Says.SHEET_GONE: "het blad {sheet} ontbreekt",
    Says.HEADERS_GONE: "de kolomtitels van het blad {sheet} zijn verdwenen",
    Says.UNKNOWN_VERSION: "het bestand hoort bij een andere, onbekende versie",
    Says.ROWS_GONE: "er zijn {missing} van de {known} rijen in één keer verdwenen",
    Says.OF_ANOTHER_EVENT: "het bestand is niet het werkboek van deze bijeenkomst{event}",
    Says.EVENT_IN_PARENTHESES: " ({event})",
    Says.OF_ANOTHER_INSTALLATION: "het bestand komt van een andere installatie van mailbot",
    Says.REMOVE_ANOTHERS: "{file} hoort bij een andere installatie: verwijder of hernoem het.",
    Says.SAVE_AS_WORKBOOK: "{file}: {why}. Bewaar het als Excel-werkboek zonder wachtwoord.",
    Says.LOCK_LEFT: "{name} bleef achter: verwijder het gerust als niemand het werkboek open heeft",
    Says.STILL_NAMED: (
        "De gegevens van iemand werden gewist. In {file} staat die persoon nog in wat van u is: {places:; }. "
        "mailbot verandert daar niets aan: wis het zelf."
    ),
    Says.CELLS_OF_SHEET: "blad {sheet}, {cells:en}{more}",
    Says.NOTE_OR_TEXT_BOX: "een opmerking of een tekstvak",
    Says.WORKBOOK_BACK: (
        "{file}: het werkboek stond er niet meer en is teruggezet uit de map versies, met uw eigen kolommen "
        "en bladen zoals ze het laatst bewaard werden."
    ),
    Says.WORKBOOK_REPAIRED: ("{file}: {why}. Het werkboek is hersteld; uw bestand staat ernaast als {kept}."),
    Says.CELLS_SPLIT: "op het blad {sheet} waren cellen samengevoegd; ze zijn weer gesplitst",
    Says.CASE_CELLS_SPLIT: "{sheet}: samengevoegde cellen zijn weer gesplitst",
    Says.COLUMN_RETITLED: "de kolom {column} had een andere titel gekregen",
    Says.COLUMN_BACK: "de kolom {columns} ontbrak en is teruggezet",
    Says.SHEET_COLUMN_BACK: "op het blad {sheet} ontbrak een kolom ({columns}); ze staat er weer",
    Says.HEADER_BACK: "{sheet}: de kop {header} is teruggezet",
    Says.TYPED_OVER: "wat in de kolom {column} getypt was, is teruggezet (rij {rows}{more})",
    Says.AND_OTHER_ROWS: " en andere",
    Says.ROW_REPEATED: "rij {at} zei hetzelfde als rij {first} en is geschrapt",
    Says.NR_REPEATED: "Nr {nr} stond op meer dan één rij{which}{changed}",
    Says.NR_COUNTS_HERE: ": rij {at} telt, rij {others:en} is geschrapt",
    Says.NR_CHANGED_TWICE: "; op meer dan één ervan was iets gewijzigd, kijk na of alles klopt",
    Says.MAIL_DEALT_WITH: (
        "Uw beslissing “{choice}” over de mail “{subject}” van {sender} kon niet meer: hij was al beslist, "
        "beantwoord, verplaatst of gewist. Er is niets veranderd."
    ),
    Says.UNDO_TOO_LATE: (
        "De beslissing over {who} kan niet meer ongedaan gemaakt worden: ze staat al in uw overzichtsmail. "
        "Verbeter de rij zelf."
    ),
    Says.CASE_CLOSED_BEFORE: (
        "Uw beslissing “{choice}” over {who} kon niet meer: dat geval was al afgesloten. Er is niets "
        "veranderd."
    ),
    Says.NO_SUCH_LIST: "“{word}” is geen lijst. Kies {lists} of {all}.",
    Says.LIST_NOT_MADE: (
        "Als bestand kon dit niet gemaakt worden: {lists}. mailbot kan niet schrijven in de map {folder}. "
        "Verwittig wie uw computers beheert, en kies daarna opnieuw."
    ),
    Says.EVENT_ROW: "rij {at}: {wrong:; }.",
    Says.FORM_ROW: 'blad "{sheet}"{row}: {wrong:; }.',
    Says.AT_ROW: ", rij {at}",
    Says.BLANK_REPLACED: (
        "{blank} is vervangen: het {how:; }. Het vorige blijft gelden. Geldt het nieuwe, geef het dan een "
        "andere naam, en schrijf die in {file} bij Eigen formulier."
    ),
    Says.BLANK_UNREADABLE: "kan niet gelezen worden ({why:failure})",
    Says.BLANK_ASKS: 'vraagt nu "{label}"',
    Says.BLANK_ASKS_NO_MORE: 'vraagt "{label}" niet meer',
    Says.BLANK_LOOKS_OTHERWISE: "vraagt hetzelfde, maar ziet er anders uit",
    # Why a file that she names is no blank form, and why what she typed cannot be kept in its file.
    Says.BLANK_PROTECTED: "heeft een wachtwoord; bewaar het zonder",
    Says.BLANK_DAMAGED: "is beschadigd; open het en bewaar het opnieuw",
    Says.BLANK_TOO_LARGE: "is te groot voor een formulier",
    Says.BLANK_UNSUPPORTED: "is geen formulier dat gelezen kan worden; gebruik {formats}",
    Says.BLANK_FILLED_IN: "is al ingevuld; leg er het blanco formulier",
    Says.BLANK_NO_ROOM: "heeft geen plaats voor een antwoord: geen puntjes, vakjes of lege cellen",
    Says.BLANK_NOT_THERE: "ligt niet in de map {folder}, naast bijeenkomsten.xlsx",
    Says.BLANK_NOT_KEPT: "kan niet gelezen of bewaard worden ({why:failure})",
    Says.BLANK_NO_NAME: "is geen naam van een bestand in deze map",
    Says.FILE_NOT_KEPT: "{file} kan niet bewaard worden ({why:failure})",
    Says.NOT_POSSIBLE_SO: "zo kan het niet ({why})",
    Says.SETTINGS_WRONG: "de instellingen van mailbot kloppen niet",
    Says.OF_FILE: "{file}: {why}",
    Says.AT_KEY: "{key:key}: {why}",
    Says.TAKEN_BY: '"{typed}" bestaat al, in {file}',
    Says.NO_VALID_TEXT: "de inhoud is niet geldig",
    # What the daily check found.
    Says.WORKBOOK_REDRAWN: (
        "Een werkboek toonde niet alle inschrijvingen juist; het wordt opnieuw bijgewerkt."
    ),
    Says.NOTHING_NOTED: (
        "Van de mail van {sender:or onbekend}, “{subject:or zonder onderwerp}”, werd niets genoteerd."
    ),
    Says.NOT_ANSWERED: (
        "De mail van {sender:or onbekend}, “{subject:or zonder onderwerp}”, kreeg geen antwoord."
    ),
    Says.MAILS_NOT_SEEN: "{count:mail was|mails waren} nog niet gezien; dat gebeurt alsnog.",
    Says.NO_ROW_CAME: "van bericht {number} kwam geen rij, dossier of mail",
    Says.OWED_ANSWER: "op bericht {number} moest geantwoord worden",
    Says.NEVER_SEEN: "{count} mails in {folder} ({mailbox}) waren nooit gezien",
    Says.WORKBOOK_LACKS: "{file} toont {nr} niet",
    Says.WORKBOOK_SHOWS: "{file} toont {nr}, die niet in de databank staat",
    # Why a workbook is not written yet.
    Says.WORKBOOK_OPEN: "het werkboek is open ({file})",
    Says.WORKBOOK_JUST_SAVED: "het werkboek werd net bewaard",
    Says.WRITING_TOO_SLOW: (
        "het schrijven duurde te lang (de computer heeft het te druk): mailbot probeert het later opnieuw"
    ),
    Says.READ_FIRST: "eerst lezen wat er in het werkboek veranderd is",
    Says.WORKBOOK_NOT_WRITTEN: "het werkboek kon niet geschreven worden",
    Says.NOT_WRITTEN: "{file} kon niet geschreven worden",
    Says.DEFECT: (
        "{what} door een fout in mailbot; wie het beheert, vindt de oorzaak in het log bij {reference}"
    ),
    Says.SENTENCE: "{what}.",
    # What is wrong in a cell of hers.
    Says.IN_COLUMN: "{column}: {why}",
    Says.CONTACT_NOT_CLEAR: '"{typed}" is niet duidelijk; schrijf per regel naam, telefoon, e-mail',
    Says.NO_DATE: '"{typed}" is geen datum; schrijf bijvoorbeeld 3/12/2026 14:00',
    Says.DAY_MISSING: 'schrijf er ook de dag bij, bijvoorbeeld "3/12/2026 {hour}"',
    Says.YEAR_MISSING: '"{typed}" heeft geen jaar; schrijf bijvoorbeeld 3/12/2026 14:00',
    Says.HOUR_MISSING: 'schrijf er ook het uur bij, bijvoorbeeld "{typed} 14:00"',
    Says.NO_COUNT: '"{typed}" is geen aantal',
    Says.NO_CHOICE_OF: '"{typed}" is geen keuze; kies {words}',
    Says.NO_YES_OR_NO: '"{typed}" is geen keuze; kies ja of neen',
    Says.NO_KIND_OF: '"{typed}" is geen soort; kies {words}',
    Says.NOT_THERE_CHOOSE: '"{typed}" bestaat niet; kies {words}',
    Says.NOT_THERE: '"{typed}" bestaat niet',
    Says.NO_EVENT_ID: '"{typed}" bestaat niet; schrijf een kenmerk uit de eerste kolom',
    Says.AFTER_START: "ligt na het begin",
    Says.NOT_AFTER_START: "ligt niet na het begin",
    Says.START_MISSING: "ontbreekt, maar er is wel een einde",
    Says.MISSING_OR_INVALID: "ontbreekt of is niet geldig",
    Says.CHOOSE_FORM_FIRST: "kies eerst in Formulier een ander formulier",
    Says.OWN_FORM_IS: '"{typed}" {why}',
    Says.NOTHING_TO_CHOOSE: "bij deze vraag staat niets om uit te kiezen",
    Says.LABEL_MISSING: "ontbreekt",
    Says.LABEL_TWICE: '"{typed}" staat er al',
    Says.MEND_RED_FIRST: "verbeter eerst de rode vakken",
    Says.AGREEMENT_UNCLEAR: '"{typed}" wordt niet begrepen; schrijf akkoord als alles juist is',
    Says.NAME_KIND_MISSING: "kies eerst bij een vraag die gelezen wordt als Soort naam",
    # What a row says of a decision that is none.
    Says.ROW_CONTRADICTS: (
        "Deze rij zegt iets anders dan de rij van nummer {number}, die ook op dit blad staat."
    ),
    Says.NO_SUCH_NUMBER: (
        "Nummer {number} staat niet op dit blad: het hoort ergens anders, is al afgesloten, of bestaat niet."
    ),
    Says.NO_NUMBER: "Deze rij heeft geen nummer.",
    Says.STRAY_DECISION: (
        "{why} Er gebeurde niets. Kies uw beslissing op de rij van mailbot zelf; deze rij mag u wissen."
    ),
    Says.NOT_OFFERED_HERE: "“{word}” kan op deze rij niet gekozen worden: er gebeurde niets.{which}",
    Says.ITS_LIST_OFFERS: " Kies uit de lijst: {words}.",
    Says.IN_OTHER_COLUMN: "“{word}” staat onder {column}: er gebeurde niets. Kies het onder {choice}.",
    Says.DECIDED_TWICE: (
        "Deze rij stond er twee keer, met “{first}” en met “{second}”: er gebeurde niets. Kies één van beide."
    ),
    # What followed from a decision, and what would follow.
    Says.DECIDED_AT: "Beslist: {choice}, {at:moment}.",
    Says.ROW_DELETED_AT: "Gewist, {at:moment}.",
    Says.MAIL_TO: "Mail aan {to}: “{subject}”, {state}.",
    Says.CALENDAR_TO: "Agenda aan {to}: “{subject}”, {state}.",
    Says.LEAVES_SOON: "vertrekt zo dadelijk",
    Says.BEING_SENT: "wordt verstuurd",
    Says.SENT_AT: "verstuurd {at:moment}",
    Says.COULD_NOT_BE_DELIVERED: "kon niet bezorgd worden",
    Says.SO_MANY_ADDRESSES: "{count} adressen ({first}, …)",
    Says.NOBODY_MAILED: "Niemand kreeg een mail.",
    Says.CAN_BE_UNDONE: "Ongedaan maken kan tot de volgende overzichtsmail.",
    Says.A_COURTESY: (
        "Een dankwoord: dit vraagt geen antwoord. De rij verdwijnt met de volgende overzichtsmail."
    ),
    Says.WOULD_MAIL: "{choice}: mail aan {to}{also}",
    Says.WOULD_MAIL_NOBODY: "{choice}: geen mail{also}",
    Says.ALSO_FOR: ". Zo ook voor {who}",
    Says.FULL_TEXT_ON: "De volledige tekst staat op het blad {sheet}.",
    Says.MAILING_WENT: "{at:moment}, aan {count:adres|adressen}",
    Says.MAILING_STOPPED: "Niet verstuurd ({at:moment}). U kunt nog altijd versturen kiezen.",
    Says.RECIPIENTS: "Wie het krijgt: {who}\n\n{mail}",
    Says.ADDRESS_COUNT: "{count:adres|adressen}",
    # An answer that is in doubt.
    Says.MAIL_ALSO_SAYS: "De mail zegt ook “{read}”: {why}. Noteer het zelf waar u het wilt.",
    Says.YOU_TYPED: (
        "U typte “{read}” als {label} ({where}): {why}. Klopt het toch, kies dan aanvaarden; anders "
        "verbetert u de cel.{held}"
    ),
    Says.CONFIRMATION_HELD: (
        " Tot dan vertrekt er geen bevestiging naar dit adres; zet daarna (opnieuw) ja onder "
        "Bevestiging sturen."
    ),
    Says.IS_IN_DOUBT: "{label}: {why}.",
    Says.WAS_READ: '{label}: gelezen "{read}"; {why}.',
    Says.SHEET_ROW: "{sheet}, rij {at}",
    Says.THE_WORKBOOK: "werkboek",
    Says.THE_MESSAGE: "bericht {number}",
}

#: What the operating system refuses, by the name of its error.
FAILURES: Mapping[str, str] = {
    "EACCES": "mailbot mag er niet aan",
    "EPERM": "mailbot mag er niet aan",
    "ENOENT": "het is er niet",
    "EISDIR": "het is een map",
    "ENOTDIR": "het ligt onder een bestand dat geen map is",
    "EINVAL": "het is geen gewoon bestand",
    "ELOOP": "het is een koppeling, en die wordt niet gevolgd",
    "ENAMETOOLONG": "de naam is te lang",
    "ENOSPC": "de schijf is vol",
    "EDQUOT": "de ruimte die mailbot heeft, is op",
    "EROFS": "er mag niet geschreven worden",
    "EIO": "de schijf is stuk",
    "ESTALE": "de netwerkmap is weg",
    "EHOSTDOWN": "de netwerkmap is niet bereikbaar",
}
