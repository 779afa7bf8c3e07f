"""What ``mailbot explain`` and ``mailbot read`` show of how a document was read, in Dutch; the form of a
sentence is told in ``wording.secretary``. Neither has a capital or a full stop."""

from __future__ import annotations

from collections.abc import Mapping

from mailbot.domain.noticed import FoundBy, Noticed
from mailbot.domain.statement import StatementCode

READING: Mapping[StatementCode, str] = {
    # How an answer was found.
    FoundBy.BESIDE: "naast het label",
    FoundBy.ROW: "een rij onder de labels",
    FoundBy.COLUMN: "een persoon in elke kolom",
    FoundBy.OPTION_ROWS: "een kruisje in de rij van de optie",
    FoundBy.OPTION_LIST: "een lijst van opties, elk met een vakje",
    FoundBy.BEHIND: "achter het label",
    FoundBy.BARE: "achter een label zonder dubbelpunt",
    FoundBy.BELOW: "onder het label",
    FoundBy.TICK: "een aangekruiste zin",
    FoundBy.STRUCK: "wat niet doorgehaald is",
    FoundBy.NAMES: "een lijst van namen",
    FoundBy.SLOT_NAME: "de naam van het veld",
    FoundBy.BLANK: "in het invulveld van het blanco",
    FoundBy.PEOPLE_BELOW: "een persoon in elke rij",
    FoundBy.FORM_ROWS: "antwoorden naast hun label",
    FoundBy.LABEL_ABOVE_ANSWER: "antwoorden onder hun label",
    FoundBy.AS_TEXT: "lopende tekst",
    FoundBy.HEADING: "een kop",
    FoundBy.AS_IT_STANDS: "zoals het staat",
    FoundBy.ABOVE_ITS_LABEL: "antwoord boven het label",
    FoundBy.LABELS_FIRST: "alle labels, dan alle antwoorden",
    FoundBy.ABOVE_LABELS: "antwoorden boven hun labels",
    FoundBy.BEFORE_LABELS: "antwoorden voor hun labels",
    FoundBy.ROWS_JOINED: "een persoon in verschillende rijen",
    FoundBy.WITHOUT_GAPS: "zonder lege kolommen",
    FoundBy.SIDE_BY_SIDE: "tabellen naast elkaar",
    FoundBy.IN_SHAPE: "{place}, {shape}",
    FoundBy.BETTER_THAN: "{what} ({best} tegen {worth})",
    FoundBy.ALSO_STOOD: "{text} [{where}]",
    # What speaks for its being a form, or against it.
    Noticed.WEIGHED: "{what} {weight}",
    Noticed.OWN_FORM: "eigen formulier",
    Noticed.ASKS_NOBODY: "vraagt niet wie er komt",
    Noticed.ASKS_SO_MANY: "{count} van {all} vragen",
    Noticed.ASKS_WHO_COMES: "vraagt wie er komt",
    Noticed.NAMES_APART: "naam, voornaam en bestuur apart",
    Noticed.LIST_ASKS_NOBODY: "een lijst die niet vraagt wie er komt",
    Noticed.TOO_MANY_TABLES: "te veel tabellen om elk op elke manier te lezen",
    Noticed.QUESTIONS_OF_ANOTHER: "{count} vragen van een ander formulier",
    Noticed.MAIL_NAMES_EVENT: "de mail noemt een bijeenkomst",
    Noticed.LIST_OF_BEFORE: "een lijst van wie er was",
    Noticed.TITLE_REGISTERS: "een titel van inschrijven",
    Noticed.WORDS_REGISTER: "woorden van inschrijven",
    Noticed.OF_A_MACHINE: "een automatisch bericht of nieuwsbrief",
    Noticed.ABOUT_MONEY: "het gaat over een factuur of reservatie",
    Noticed.EVALUATION: "een evaluatie of bevraging",
    Noticed.TITLE_OF_FORM: "de titel van het formulier",
    Noticed.NAMES_AN_EVENT: "noemt een bijeenkomst",
    Noticed.FORM_WAS_TOLD: "er is gezegd welk formulier het is",
    Noticed.TITLE_NAMES_ANOTHER: "de titel noemt een andere bijeenkomst",
    Noticed.DAY_OF_NO_EVENT: "een datum van geen enkele bijeenkomst",
    Noticed.TITLE_SAYS_OTHERWISE: "de titel zegt iets anders",
    Noticed.OTHER_PAPER_ABOVE: "er staat een ander soort document boven",
    Noticed.WORDS_OF_OTHER_PAPERS: "woorden van andere documenten",
    Noticed.OTHER_TITLE: "een andere titel",
    Noticed.NOTHING_OF_OURS_ABOVE: "er staat niets boven dat van een bijeenkomst van ons is",
    # What was not read.
    Noticed.ROWS_CUT: "alleen de eerste {rows} rijen en {columns} kolommen zijn gelezen",
    Noticed.SHEET_CUT: "blad {sheet}: alleen de eerste {rows} rijen en {columns} kolommen gelezen",
    Noticed.FORMULA_EMPTY: "blad {sheet}: een formule zonder berekende waarde is leeg gelezen",
    Noticed.OUT_OF_TIME: "het lezen duurde te lang",
    Noticed.READING_BROKE_OFF: "het lezen brak af",
    Noticed.MACROS_NOT_RUN: "macro's zijn niet uitgevoerd",
}
