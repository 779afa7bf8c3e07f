"""What ``Logboek`` shows of what was done and why, in Dutch; the form of a sentence is told in
``wording.secretary``. Neither has a full stop; what is no status or title has no capital."""

from __future__ import annotations

from collections.abc import Mapping

from mailbot.domain.announcement import Announcing
from mailbot.domain.done import Done
from mailbot.domain.statement import StatementCode

LOGGED: Mapping[StatementCode, str] = {
    # What became of a registration.
    Done.SEVERAL: "{changes:; }",
    Done.STATUS_GIVEN: "{status}",
    Done.STATUS_MOVED: "{old} → {new}",
    Done.STATUS_MOVED_FOR: "{old} → {new} ({why})",
    Done.STATUS_KEPT_FOR: "{status} ({why})",
    Done.ANSWER_MOVED: "{label}: {old} → {new}",
    Done.ANSWER_ADJUSTED: "{label}: aangepast",
    Done.FROM_TO: "{before} → {after}",
    Done.AFTER_DEADLINE: "na de uiterste datum",
    Done.UPDATED: "bijgewerkt",
    Done.ATTENDANCE: "Aanwezig: {attended}",
    Done.TYPED_IN: "{status}: {who}",
    Done.STATUS_SET: "status gezet",
    Done.ROW_PUT_BACK: "rij teruggezet",
    Done.DOUBLE_REMOVED: "dubbel, geschrapt",
    Done.LISTED_ALREADY: "staat al in de lijst",
    Done.NOT_TAKEN: "niet overgenomen",
    Done.CONFIRMATION_SENT: "bevestiging gestuurd",
    Done.MAIL_UNDELIVERED: "mail niet bezorgd",
    Done.SENSITIVE_CLEARED: "gevoelige antwoorden gewist bij {count:persoon|personen}",
    Done.DATA_ERASED: "gegevens gewist",
    Done.DATA_DESTROYED: "gegevens vernietigd",
    # What became of a case, a row of Berichten, an event, a mail.
    Done.CASE_OPENED: "{kind:case}",
    Done.CASE_DECIDED: "{kind:case}: {choice}",
    Done.CASE_OBSOLETE: "{kind:case}: vervallen",
    Done.DECISION_UNDONE: "ongedaan gemaakt: {decision}",
    Done.MAILING_PROPOSED: "klaargezet in Berichten: {mailing:proposed}",
    Done.MAILING_SENT: 'bericht verstuurd: "{subject}"',
    Done.LIST_ASKED: "als bestand gevraagd: {name}",
    Done.EVENT_CHANGED: "bijeenkomst gewijzigd: {changes:; }",
    Done.KEY_CHANGED: "{key:key}: {old:or leeg} → {new:or leeg}",
    Done.OTHER_ARRIVAL: "ander uur van aankomst",
    # Why.
    Done.OF_MAIL: 'mail "{subject:or zonder onderwerp}"',
    Done.TYPED_AT: "ingetypt, {where}",
    Done.TO_SO_MANY: "aan {count}",
    Done.STATUS_NOW: "is nu {statuses}",
    Done.PLACES_RIGHT: "het aantal plaatsen klopt weer of is anders",
    Done.OTHERS_WAIT: "er zijn andere plaatsen of wachtenden",
    Done.NO_PLACE_LEFT: "er is geen plaats meer vrij",
    Done.IS_OVER: "de bijeenkomst is voorbij",
    Done.WAS_TOLD: "het stond er een dag, en er valt niets te beslissen",
    # A value that is no text.
    Done.LEFT_EMPTY: "leeg",
    Done.TICKED: "ja",
    Done.UNTICKED: "neen",
    Done.A_DAY: "{day:%d/%m/%Y}",
    Done.A_MOMENT: "{at:%d/%m/%Y %H:%M}",
    Done.IF_LATE: "{late:late}",
}

#: What a row of Berichten that mailbot proposed is for.
PROPOSED: Mapping[str, str] = {
    Announcing.AGAIN: "de nieuwe gegevens, voor wie niet kon komen",
    Announcing.REMINDER: "een herinnering",
    Announcing.PRACTICAL: "de praktische informatie",
    Announcing.THANKS: "de bedanking",
}

#: Who did something that no address did.
UNKNOWN_SENDER = "onbekende afzender"
