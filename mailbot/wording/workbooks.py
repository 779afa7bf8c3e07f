"""What the secretary reads of her workbooks and files, in Dutch. ``wording.secretary`` has all other
sentences, and tells how one is made."""

from __future__ import annotations

from collections.abc import Mapping

from mailbot.domain.file_says import FileSays
from mailbot.domain.statement import StatementCode

SENTENCES: Mapping[StatementCode, str] = {
    # What is odd in a workbook, or was asked there and could not be done.
    FileSays.IN_FILE: "{file}: {what}.",
    FileSays.FILE_DAMAGED: "het bestand is beschadigd",
    FileSays.FILE_NO_EXCEL: "het bestand is geen Excel-werkboek",
    FileSays.FILE_NO_XLSX: "het bestand is geen Excel-werkboek (.xlsx)",
    FileSays.FILE_LOCKED_OR_OLD: (
        "er staat een wachtwoord op het bestand, of het is in een oud formaat bewaard"
    ),
    FileSays.FILE_TOO_LARGE: "het bestand is te groot",
    FileSays.SHEET_GONE: "het blad {sheet} ontbreekt",
    FileSays.HEADERS_GONE: "de kolomtitels van het blad {sheet} zijn verdwenen",
    FileSays.UNKNOWN_VERSION: "het bestand hoort bij een andere, onbekende versie",
    FileSays.ROWS_GONE: "er zijn {missing} van de {known} rijen in één keer verdwenen",
    FileSays.OF_ANOTHER_EVENT: "het bestand is niet het werkboek van deze bijeenkomst{event}",
    FileSays.EVENT_IN_PARENTHESES: " ({event})",
    FileSays.OF_ANOTHER_INSTALLATION: "het bestand komt van een andere installatie van mailbot",
    FileSays.REMOVE_ANOTHERS: "{file} hoort bij een andere installatie: verwijder of hernoem het.",
    FileSays.SAVE_AS_WORKBOOK: "{file}: {why}. Bewaar het als Excel-werkboek zonder wachtwoord.",
    FileSays.LOCK_LEFT: "{name} bleef achter: verwijder het gerust als niemand het werkboek open heeft",
    FileSays.STILL_NAMED: (
        "De gegevens van iemand werden gewist. In {file} staat die persoon nog in wat u zelf schreef: "
        "{places:; }. mailbot verandert daar niets aan: wis het zelf."
    ),
    FileSays.CELLS_OF_SHEET: "blad {sheet}, {cells:en}{more}",
    FileSays.NOTE_OR_TEXT_BOX: "een opmerking of een tekstvak",
    FileSays.WORKBOOK_BACK: (
        "{file}: het werkboek stond er niet meer en is teruggezet uit de map versies, met uw eigen kolommen "
        "en bladen zoals ze het laatst bewaard werden."
    ),
    FileSays.WORKBOOK_REPAIRED: (
        "{file}: {why}. Het werkboek is hersteld; uw bestand staat ernaast als {kept}."
    ),
    FileSays.COPY_KEPT: (
        "{file} is een kopie om te lezen: wat u daarin typte, telt niet. Het staat nu in {kept}; typ het "
        "over in {workbook}."
    ),
    FileSays.CELLS_SPLIT: "op het blad {sheet} waren cellen samengevoegd; ze zijn weer gesplitst",
    FileSays.CASE_CELLS_SPLIT: "{sheet}: samengevoegde cellen zijn weer gesplitst",
    FileSays.COLUMN_RETITLED: "de kolom {column} had een andere titel gekregen",
    FileSays.COLUMN_BACK: "de kolom {columns} ontbrak en is teruggezet",
    FileSays.SHEET_COLUMN_BACK: "op het blad {sheet} ontbrak een kolom ({columns}); ze staat er weer",
    FileSays.HEADER_BACK: "{sheet}: de kop {header} is teruggezet",
    FileSays.TYPED_OVER: "wat in de kolom {column} getypt was, is teruggezet (rij {rows}{more})",
    FileSays.AND_OTHER_ROWS: " en andere",
    FileSays.ROW_REPEATED: "rij {at} zei hetzelfde als rij {first} en is geschrapt",
    FileSays.NR_REPEATED: "Nr {nr} stond op meer dan één rij{which}{changed}",
    FileSays.NR_COUNTS_HERE: ": rij {at} telt, rij {others:en} is geschrapt",
    FileSays.NR_CHANGED_TWICE: "; op meer dan één ervan was iets gewijzigd, kijk na of alles klopt",
    FileSays.MAIL_DEALT_WITH: (
        "Uw beslissing “{choice}” over de mail “{subject}” van {sender} kon niet meer: over die mail was al "
        "beslist, of hij was beantwoord, verplaatst of gewist. Er is niets veranderd."
    ),
    FileSays.UNDO_TOO_LATE: (
        "De beslissing over {who} kan niet meer ongedaan gemaakt worden: ze staat al in uw overzichtsmail. "
        "Verbeter de rij zelf."
    ),
    FileSays.CASE_CLOSED_BEFORE: (
        "Uw beslissing “{choice}” over {who} kon niet meer: dat geval was al afgesloten. Er is niets "
        "veranderd."
    ),
    FileSays.NO_SUCH_LIST: "“{word}” is geen lijst. Kies {lists} of {all}.",
    FileSays.LIST_NOT_MADE: (
        "Als bestand kon dit niet gemaakt worden: {lists}. mailbot kan niet schrijven in de map {folder}. "
        "Verwittig wie uw computers beheert, en kies daarna opnieuw."
    ),
    FileSays.EVENT_ROW: "rij {at}: {wrong:; }.",
    FileSays.FORM_ROW: 'blad "{sheet}"{row}: {wrong:; }.',
    FileSays.AT_ROW: ", rij {at}",
    FileSays.EVENT_FILE_GONE: (
        "het bestand van deze bijeenkomst ({event}) is er niet meer, of bevat een fout: wat u hier typt, "
        "geldt pas als dat hersteld is. Bestaat de bijeenkomst niet meer, verwijder dan deze rij"
    ),
    FileSays.BLANK_REPLACED: (
        "{blank} is vervangen: het {how:; }. Het vorige blijft gelden. Geldt het nieuwe, geef het dan een "
        "andere naam, en schrijf die in {file} bij Eigen formulier."
    ),
    FileSays.BLANK_UNREADABLE: "kan niet gelezen worden ({why:failure})",
    FileSays.BLANK_ASKS: 'vraagt nu "{label}"',
    FileSays.BLANK_ASKS_NO_MORE: 'vraagt "{label}" niet meer',
    FileSays.BLANK_LOOKS_OTHERWISE: "vraagt hetzelfde, maar ziet er anders uit",
    # Why a file that she names is no blank form, and why what she typed cannot be kept in its file.
    FileSays.BLANK_PROTECTED: "heeft een wachtwoord; bewaar het zonder",
    FileSays.BLANK_DAMAGED: "is beschadigd; open het en bewaar het opnieuw",
    FileSays.BLANK_TOO_LARGE: "is te groot voor een formulier",
    FileSays.BLANK_UNSUPPORTED: "is geen formulier dat gelezen kan worden; gebruik {formats}",
    FileSays.BLANK_FILLED_IN: "is al ingevuld; leg er het blanco formulier",
    FileSays.BLANK_NO_ROOM: "heeft geen plaats voor een antwoord: geen puntjes, vakjes of lege cellen",
    FileSays.BLANK_NOT_THERE: "ligt niet in de map {folder}, naast bijeenkomsten.xlsx",
    FileSays.BLANK_NOT_KEPT: "kan niet gelezen of bewaard worden ({why:failure})",
    FileSays.BLANK_NO_NAME: "is geen naam van een bestand in deze map",
    FileSays.FILE_NOT_KEPT: "{file} kan niet bewaard worden ({why:failure})",
    FileSays.NOT_POSSIBLE_SO: "zo kan het niet ({why})",
    FileSays.SETTINGS_WRONG: "de instellingen van mailbot kloppen niet",
    FileSays.OF_FILE: "{file}: {why}",
    FileSays.AT_KEY: "{key:key}: {why}",
    FileSays.TAKEN_BY: '"{typed}" bestaat al, in {file}',
    FileSays.NO_VALID_TEXT: "de inhoud is niet geldig",
    # What the daily check found.
    FileSays.WORKBOOK_REDRAWN: (
        "Een werkboek toonde niet alle inschrijvingen juist; het wordt opnieuw bijgewerkt."
    ),
    FileSays.NOTHING_NOTED: (
        "Van de mail van {sender:or onbekend}, “{subject:or zonder onderwerp}”, werd niets genoteerd."
    ),
    FileSays.NOT_ANSWERED: (
        "De mail van {sender:or onbekend}, “{subject:or zonder onderwerp}”, kreeg geen antwoord."
    ),
    FileSays.MAILS_NOT_SEEN: "{count:mail was|mails waren} nog niet gezien; dat gebeurt alsnog.",
    FileSays.NO_ROW_CAME: "van bericht {number} kwam geen rij, dossier of mail",
    FileSays.OWED_ANSWER: "op bericht {number} moest geantwoord worden",
    FileSays.NEVER_SEEN: "{count} mails in {folder} ({mailbox}) waren nooit gezien",
    FileSays.WORKBOOK_LACKS: "{file} toont {nr} niet",
    FileSays.WORKBOOK_SHOWS: "{file} toont {nr}, die niet in de databank staat",
    # Why a workbook is not written yet.
    FileSays.WORKBOOK_OPEN: "het werkboek is open ({file})",
    FileSays.WORKBOOK_JUST_SAVED: "het werkboek werd net bewaard",
    FileSays.WRITING_TOO_SLOW: (
        "het schrijven duurde te lang (de computer heeft het te druk): mailbot probeert het later opnieuw"
    ),
    FileSays.READ_FIRST: "eerst lezen wat er in het werkboek veranderd is",
    FileSays.WORKBOOK_NOT_WRITTEN: "het werkboek kon niet geschreven worden",
    FileSays.NOT_WRITTEN: "{file} kon niet geschreven worden",
    FileSays.DEFECT: (
        "{what} door een fout in mailbot; wie het beheert, vindt de oorzaak in het log bij {reference}"
    ),
    FileSays.SENTENCE: "{what}.",
    # What is wrong in a cell of hers.
    FileSays.IN_COLUMN: "{column}: {why}",
    FileSays.CONTACT_NOT_CLEAR: '"{typed}" is niet duidelijk; schrijf per regel naam, telefoon, e-mail',
    FileSays.NO_DATE: '"{typed}" is geen datum; schrijf bijvoorbeeld 3/12/2026 14:00',
    FileSays.DAY_MISSING: 'schrijf er ook de dag bij, bijvoorbeeld "3/12/2026 {hour}"',
    FileSays.YEAR_MISSING: '"{typed}" heeft geen jaar; schrijf bijvoorbeeld 3/12/2026 14:00',
    FileSays.HOUR_MISSING: 'schrijf er ook het uur bij, bijvoorbeeld "{typed} 14:00"',
    FileSays.NO_COUNT: '"{typed}" is geen aantal',
    FileSays.NO_CHOICE_OF: '"{typed}" is geen keuze; kies {words}',
    FileSays.NO_YES_OR_NO: '"{typed}" is geen keuze; kies ja of neen',
    FileSays.NO_KIND_OF: '"{typed}" is geen soort; kies {words}',
    FileSays.NOT_THERE_CHOOSE: '"{typed}" bestaat niet; kies {words}',
    FileSays.NOT_THERE: '"{typed}" bestaat niet',
    FileSays.NO_EVENT_ID: '"{typed}" bestaat niet; schrijf een kenmerk uit de eerste kolom',
    FileSays.AFTER_START: "ligt na het begin",
    FileSays.NOT_AFTER_START: "ligt niet na het begin",
    FileSays.START_MISSING: "ontbreekt, maar er is wel een einde",
    FileSays.MISSING_OR_INVALID: "ontbreekt of is niet geldig",
    FileSays.CHOOSE_FORM_FIRST: "kies eerst in Formulier een ander formulier",
    FileSays.OWN_FORM_IS: '"{typed}" {why}',
    FileSays.NOTHING_TO_CHOOSE: "bij deze vraag staat niets om uit te kiezen",
    FileSays.LABEL_MISSING: "ontbreekt",
    FileSays.LABEL_TWICE: '"{typed}" staat er al',
    FileSays.MEND_RED_FIRST: "verbeter eerst de rode vakken",
    FileSays.AGREEMENT_UNCLEAR: '"{typed}" wordt niet begrepen; schrijf akkoord als alles juist is',
    FileSays.NAME_KIND_MISSING: "kies eerst bij een vraag die gelezen wordt als Soort naam",
    # What a row says of a decision that is none.
    FileSays.ROW_CONTRADICTS: (
        "Deze rij zegt iets anders dan de rij van nummer {number}, die ook op dit blad staat."
    ),
    FileSays.NO_SUCH_NUMBER: (
        "Nummer {number} staat niet op dit blad: het hoort ergens anders, is al afgesloten, of bestaat niet."
    ),
    FileSays.NO_NUMBER: "Deze rij heeft geen nummer.",
    FileSays.STRAY_DECISION: (
        "{why} Er gebeurde niets. Kies uw beslissing op de rij van mailbot zelf; deze rij mag u wissen."
    ),
    FileSays.NOT_OFFERED_HERE: "“{word}” kan op deze rij niet gekozen worden: er gebeurde niets.{which}",
    FileSays.ITS_LIST_OFFERS: " Kies uit de lijst: {words}.",
    FileSays.IN_OTHER_COLUMN: "“{word}” staat onder {column}: er gebeurde niets. Kies het onder {choice}.",
    FileSays.DECIDED_TWICE: (
        "Deze rij stond er twee keer, met “{first}” en met “{second}”: er gebeurde niets. Kies één van beide."
    ),
    # What followed from a decision, and what would follow.
    FileSays.DECIDED_AT: "Beslist: {choice}, {at:moment}.",
    FileSays.ROW_DELETED_AT: "Gewist, {at:moment}.",
    FileSays.MAIL_TO: "Mail aan {to}: “{subject}”, {state}.",
    FileSays.CALENDAR_TO: "Agenda aan {to}: “{subject}”, {state}.",
    FileSays.LEAVES_SOON: "vertrekt zo dadelijk",
    FileSays.BEING_SENT: "wordt verstuurd",
    FileSays.SENT_AT: "verstuurd {at:moment}",
    FileSays.COULD_NOT_BE_DELIVERED: "kon niet bezorgd worden",
    FileSays.SO_MANY_ADDRESSES: "{count} adressen ({first}, …)",
    FileSays.NOBODY_MAILED: "Niemand kreeg een mail.",
    FileSays.CAN_BE_UNDONE: "Ongedaan maken kan tot de volgende overzichtsmail.",
    FileSays.A_COURTESY: (
        "Een bedankje: dit vraagt geen antwoord. De rij verdwijnt met de volgende overzichtsmail."
    ),
    FileSays.WOULD_MAIL: "{choice}: mail aan {to}{also}",
    FileSays.WOULD_MAIL_NOBODY: "{choice}: geen mail{also}",
    FileSays.ALSO_FOR: ". Zo ook voor {who}",
    FileSays.FULL_TEXT_ON: "De volledige tekst staat op het blad {sheet}.",
    FileSays.MAILING_WENT: "{at:moment}, aan {count:adres|adressen}",
    FileSays.MAILING_STOPPED: "Niet verstuurd ({at:moment}). U kunt nog altijd versturen kiezen.",
    FileSays.RECIPIENTS: "Wie het krijgt: {who}\n\n{mail}",
    FileSays.ADDRESS_COUNT: "{count:adres|adressen}",
    # An answer that is in doubt.
    FileSays.MAIL_ALSO_SAYS: "De mail zegt ook “{read}” ({why}). Noteer het zelf waar u het wilt.",
    FileSays.YOU_TYPED: (
        "U typte “{read}” als {label} ({where}; {why}). Klopt het toch, kies dan aanvaarden; anders "
        "verbetert u de cel.{held}"
    ),
    FileSays.CONFIRMATION_HELD: (
        " Tot dan vertrekt er geen bevestiging naar dit adres; zet daarna (opnieuw) ja onder "
        "Bevestiging sturen."
    ),
    FileSays.IS_IN_DOUBT: "{label} ({why}).",
    FileSays.WAS_READ: '{label}: "{read}" ({why}).',
    FileSays.SHEET_ROW: "{sheet}, rij {at}",
    FileSays.THE_WORKBOOK: "werkboek",
    FileSays.THE_MESSAGE: "bericht {number}",
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
