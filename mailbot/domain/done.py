"""What was done and why, for ``Logboek``: a code, whose words stand in ``wording.log``."""

from __future__ import annotations

from enum import StrEnum


class Done(StrEnum):
    """The code of a ``Statement`` that only a line of the log makes. The ledger holds them; no value of them
    is one of ``Says``, ``FileSays`` or ``Saw``."""

    # What became of a registration.
    SEVERAL = "several"
    STATUS_GIVEN = "status-given"
    STATUS_MOVED = "status-moved"
    STATUS_MOVED_FOR = "status-moved-for"
    STATUS_KEPT_FOR = "status-kept-for"
    ANSWER_MOVED = "answer-moved"
    ANSWER_ADJUSTED = "answer-adjusted"
    FROM_TO = "from-to"
    AFTER_DEADLINE = "after-deadline"
    UPDATED = "updated"
    ATTENDANCE = "attendance"
    TYPED_IN = "typed-in"
    STATUS_SET = "status-set"
    ROW_PUT_BACK = "row-put-back"
    DOUBLE_REMOVED = "double-removed"
    LISTED_ALREADY = "listed-already"
    NOT_TAKEN = "not-taken"
    CONFIRMATION_SENT = "confirmation-sent"
    MAIL_UNDELIVERED = "mail-undelivered"
    SENSITIVE_CLEARED = "sensitive-cleared"
    DATA_ERASED = "data-erased"
    DATA_DESTROYED = "data-destroyed"

    # What became of a case, a row of ``Berichten``, an event, a mail.
    CASE_OPENED = "case-opened"
    CASE_DECIDED = "case-decided"
    CASE_OBSOLETE = "case-obsolete"
    DECISION_UNDONE = "decision-undone"
    MAILING_PROPOSED = "mailing-proposed"
    MAILING_SENT = "mailing-sent"
    LIST_ASKED = "list-asked"
    EVENT_CHANGED = "event-changed"
    KEY_CHANGED = "key-changed"
    OTHER_ARRIVAL = "other-arrival"

    # Why.
    OF_MAIL = "of-mail"
    TYPED_AT = "typed-at"
    TO_SO_MANY = "to-so-many"
    STATUS_NOW = "status-now"
    PLACES_RIGHT = "places-right"
    OTHERS_WAIT = "others-wait"
    NO_PLACE_LEFT = "no-place-left"
    IS_OVER = "is-over"
    WAS_TOLD = "was-told"

    # A value that is no text.
    LEFT_EMPTY = "left-empty"
    TICKED = "ticked"
    UNTICKED = "unticked"
    A_DAY = "a-day"
    A_MOMENT = "a-moment"
    IF_LATE = "if-late"
