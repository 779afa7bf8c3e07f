"""What a case, a line of the log or a finding says: a code with facts. ``wording`` has the sentence."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Union

from mailbot.domain.done import Done
from mailbot.domain.file_says import FileSays
from mailbot.domain.noticed import FoundBy, Noticed
from mailbot.domain.saw import Saw


class Says(StrEnum):
    """What is said. Code compares these; people read ``wording.secretary``. The ledger holds them."""

    # The words of a mail, and what was understood of them.
    WROTE = "wrote"
    UNDERSTOOD = "understood"
    ACT = "act"
    ACT_WITH = "act-with"
    CHOICE_ABOUT = "choice-about"
    CHOICE_ALSO_ABOUT = "choice-also-about"
    CHOICE_FOR_EACH = "choice-for-each"
    QUOTED = "quoted"
    ALSO_WRITES = "also-writes"
    ANSWERED = "answered"
    WRITES_TO_COME = "writes-to-come"
    COMES_WITH_WRITER = "comes-with-writer"
    OF_ADDRESS = "of-address"
    NEW_VALUES = "new-values"
    NEW_VALUE = "new-value"
    NO_NEW_VALUES = "no-new-values"

    # Mail in words that is not fully understood: what leads its words.
    NO_SUCH_REFERENCE = "no-such-reference"
    ANSWERS_INVITATION = "answers-invitation"
    ASKS = "asks"
    NOT_ALL_UNDERSTOOD = "not-all-understood"
    PERHAPS_WITHDRAWS = "perhaps-withdraws"
    WANTS_CHANGE = "wants-change"
    DENIES = "denies"
    WANTS_ERASURE = "wants-erasure"
    WANTS_ACCESS = "wants-access"
    ANSWER_LEAVES_OPEN = "answer-leaves-open"
    ANSWERS_ONE_OF_SEVERAL = "answers-one-of-several"
    ANSWERS_YOU = "answers-you"
    YES_TO_ANOTHERS_MAIL = "yes-to-anothers-mail"
    WANTS_CONFIRMATION_AGAIN = "wants-confirmation-again"
    SUBSTITUTE_OF_WHOM = "substitute-of-whom"
    SUBSTITUTE_OF_STRANGER = "substitute-of-stranger"
    LEAVES_AND_OTHER_COMES = "leaves-and-other-comes"
    ADDRESS_OF = "address-of"
    ANOTHERS_MAIL_ABOUT_WHOM = "anothers-mail-about-whom"
    ASKS_AND_WITHDRAWS_STRANGER = "asks-and-withdraws-stranger"
    WITHDRAWAL_PASSED_ON = "withdrawal-passed-on"
    WITHDRAWAL_BY_HALF_A_NAME = "withdrawal-by-half-a-name"
    WITHDRAWAL_OF_STRANGERS = "withdrawal-of-strangers"
    NOBODY_OF_BODY = "nobody-of-body"
    ON_LIST_OF_BODY = "on-list-of-body"
    WITHDRAWAL_OF_UNREACHABLE = "withdrawal-of-unreachable"
    WITHDRAWAL_SENT_BY = "withdrawal-sent-by"
    WITHDRAWAL_NAMES = "withdrawal-names"
    WRITER_MAY_BE = "writer-may-be"
    SENT_IN_ANOTHER = "sent-in-another"
    KNOWN_COMES_AND_MORE = "known-comes-and-more"
    STRANGERS_COME = "strangers-come"
    KNOWN_COME_AGAIN = "known-come-again"
    STRANGERS_RETURN = "strangers-return"
    REGISTRATION_PASSED_ON = "registration-passed-on"
    NOT_OF_ALL = "not-of-all"
    WHICH_WITH_EXCEPTION = "which-with-exception"
    WHICH_UNANSWERED = "which-unanswered"
    NAMES_OTHERS = "names-others"

    # Why a mail in words concerns a registration (``decision.concern``).
    IN_OUR_THREAD = "in-our-thread"
    UNDER_INVITATION = "under-invitation"
    NAMES_EVENT = "names-event"
    NAMES_OUR_DAY = "names-our-day"
    OF_SOMEBODY_ASKED = "of-somebody-asked"
    OF_SOMEBODY_WE_WROTE = "of-somebody-we-wrote"
    OF_SOMEBODY_REGISTERED = "of-somebody-registered"
    NAMES_OUR_REFERENCE = "names-our-reference"
    SECRETARY_ANSWERS = "secretary-answers"
    NAMES_NOBODYS_REFERENCE = "names-nobodys-reference"
    ABOUT_REGISTERING = "about-registering"
    ABOUT_REGISTERING_FOR_ONE = "about-registering-for-one"
    ABOUT_COMING = "about-coming"
    ON_THE_DAY = "on-the-day"

    # Answers of a calendar.
    PASSED_INVITATION_ON = "passed-invitation-on"
    OTHER_MOMENT = "other-moment"
    WROTE_ACCEPTING = "wrote-accepting"
    WROTE_TENTATIVE = "wrote-tentative"
    WROTE_DECLINING = "wrote-declining"
    WROTE_TO_CALENDAR = "wrote-to-calendar"
    INVITATION_DECLINED = "invitation-declined"
    STAYS_OUT_OR_RETURNS = "stays-out-or-returns"
    INVITATION_DECLINED_BY_OTHER = "invitation-declined-by-other"
    SENT_FOR = "sent-for"
    WRITTEN_BESIDE = "written-beside"

    # Which event a mail is for.
    WHICH_EVENT = "which-event"
    OTHER_MAILBOX = "other-mailbox"
    FORMS_FOR_SEVERAL = "forms-for-several"
    FORM_FOR_EVENT = "form-for-event"
    SOMEBODY = "somebody"
    NAMES_NO_EVENT_OF_OURS = "names-no-event-of-ours"
    NAMES_OTHER_DATE = "names-other-date"
    NAMES_SEVERAL = "names-several"
    MEETING_ON = "meeting-on"
    MEETING_OVER = "meeting-over"
    MEETING_OFF = "meeting-off"
    NAMES_ANOTHER = "names-another"
    NAMES_NONE = "names-none"
    NONE_OPEN = "none-open"
    SEVERAL_OPEN = "several-open"
    ALSO_FORM_FOR = "also-form-for"
    EVENT_OVER = "event-over"
    EVENT_STARTED = "event-started"
    EVENT_REPLACED = "event-replaced"
    EVENT_CANCELLED = "event-cancelled"
    EVENT_WITHOUT_DATE = "event-without-date"
    CAME_IN_STILL = "came-in-still"
    FORM_NOT_AGREED = "form-not-agreed"

    # Who somebody is, and what they may.
    RESEMBLES = "resembles"
    BECOMES_DOUBLE = "becomes-double"
    CANDIDATE = "candidate"
    MAY_BE_CALLED = "may-be-called"
    MAILS_MOVE = "mails-move"
    ABOUT_WHOM = "about-whom"
    MAY_NOT = "may-not"
    SENDS_OUR_WORKBOOK = "sends-our-workbook"
    LEAVES_EVERYWHERE = "leaves-everywhere"
    COMES_TO_ONE = "comes-to-one"
    ANSWERS_FOR_BODY = "answers-for-body"
    ANSWERS_FOR_SEVERAL = "answers-for-several"
    WOULD_WITHDRAW = "would-withdraw"
    WOULD_SUBSTITUTE = "would-substitute"
    WOULD_CONFIRM = "would-confirm"
    WOULD_READDRESS = "would-readdress"
    WOULD_CHANGE = "would-change"
    WOULD_BRING_BACK = "would-bring-back"
    AS_COLLEAGUE = "as-colleague"
    BESIDES = "besides"
    COLLEAGUES = "colleagues"
    SUBSTITUTE_WHO = "substitute-who"
    COMES_INSTEAD = "comes-instead"
    AWAY_AND_WRITES = "away-and-writes"
    SUBSTITUTE_IS_KNOWN = "substitute-is-known"
    SUBSTITUTE_IS_OUT = "substitute-is-out"
    ANSWERS_FOR_ANOTHER = "answers-for-another"
    ANSWER_WENT_TO_SENDER = "answer-went-to-sender"
    UNCONFIRMED_SENDER = "unconfirmed-sender"
    NOT_INVITED = "not-invited"
    NOT_ON_LIST = "not-on-list"
    MANY_PEOPLE = "many-people"
    NAMELESS = "nameless"
    EXCUSE_OF_NO_NAME = "excuse-of-no-name"
    NAMELESS_EXCUSE = "nameless-excuse"
    MAIL_AND_FORM_DIFFER = "mail-and-form-differ"
    TYPED_ALREADY_HERE = "typed-already-here"
    TYPED_BEFORE = "typed-before"
    LISTED = "listed"

    # Evidence of who wrote a mail (``decision.access``).
    EVENT_GONE = "event-gone"
    OWN_ADDRESS = "own-address"
    ANSWERS_OURS = "answers-ours"
    ANSWERS_OURS_UNCONFIRMED = "answers-ours-unconfirmed"
    IS_FORWARDER = "is-forwarder"
    SERVER_DOES_NOT_CONFIRM = "server-does-not-confirm"
    SENT_IT_IN = "sent-it-in"
    ADDRESS_OF_BODY = "address-of-body"
    COLLEAGUES_WITHDRAW = "colleagues-withdraw"
    NOBODY_TELLS_THEM = "nobody-tells-them"
    WROTE_THEMSELVES = "wrote-themselves"
    FROM_ANOTHER_ADDRESS = "from-another-address"
    DOMAIN_OF_BODY = "domain-of-body"
    NOTHING_TO_DO_WITH_IT = "nothing-to-do-with-it"

    # Time, places and answers.
    ARRIVED_LATE = "arrived-late"
    ARRIVED_WAITS = "arrived-waits"
    LATE_BEFORE = "late-before"
    PERHAPS_FOR_ANOTHER = "perhaps-for-another"
    TAKEN_WITH_IT = "taken-with-it"
    LATE_TO_COME = "late-to-come"
    THROUGH_DAY = "through-day"
    UNTIL_MOMENT = "until-moment"
    NEW_LATE = "new-late"
    NEW_PERHAPS_LATE = "new-perhaps-late"
    PASSED_ON_LATE = "passed-on-late"
    INNER_DATED = "inner-dated"
    INNER_UNDATED = "inner-undated"
    TWO_CLOCKS = "two-clocks"
    CLOCK_AHEAD = "clock-ahead"
    CONTRADICTS = "contradicts"
    CONTRADICTS_STATUS = "contradicts-status"
    PERHAPS_REGISTRATION = "perhaps-registration"
    NOT_READ_IN_TIME = "not-read-in-time"
    NOT_CALCULATED = "not-calculated"
    SEVERAL_INVITATIONS = "several-invitations"
    PLACE_FREE = "place-free"
    PLACES_FREE = "places-free"
    PLACES_TAKEN = "places-taken"
    TOO_MANY_PLACES = "too-many-places"
    FULL_BODY = "full-body"
    FULL = "full"
    ONE_BEFORE = "one-before"
    OTHERS_BEFORE = "others-before"
    PUT_TO_WAIT = "put-to-wait"
    NOT_COMPLETED = "not-completed"

    # Why the outcome of a person is what it is.
    MAIL_CONTRADICTS_FORM = "mail-contradicts-form"
    UNKNOWN_TO_REGISTRATION = "unknown-to-registration"
    UNKNOWN_TO_BODY = "unknown-to-body"
    PERHAPS_KNOWN = "perhaps-known"
    CAME_FREE = "came-free"
    WHO_IS_WHO = "who-is-who"
    OF_WHOM_UNCLEAR = "of-whom-unclear"
    NOT_DELIVERED = "not-delivered"
    NOBODY_TO_HEAR = "nobody-to-hear"
    COMES_NOT_SAID = "comes-not-said"
    ENTRY_DECLINED = "entry-declined"
    DECIDED_OTHERWISE = "decided-otherwise"
    ACCEPTED_AS_IS = "accepted-as-is"
    LEFT_INCOMPLETE = "left-incomplete"
    BY_HER_DECISION = "by-her-decision"

    # Mail that reaches nobody, or would.
    NOBODY_ANSWERED = "nobody-answered"
    NOBODY_ASKED = "nobody-asked"
    NOBODY_WOULD_HEAR = "nobody-would-hear"
    MACHINE = "machine"
    NOT_ANSWERED_KIND = "not-answered-kind"
    MANY_TO_OTHERS = "many-to-others"
    MANY_ANSWERS = "many-answers"
    MANY_ANSWERS_IN_THREAD = "many-answers-in-thread"
    SERVER_COULD_NOT_GIVE = "server-could-not-give"
    RETURNED = "returned"
    RETURNED_FROM = "returned-from"
    REFUSED_BY_SERVER = "refused-by-server"
    UNSURE_DELIVERED = "unsure-delivered"
    MEND_IN_PARTICIPANTS = "mend-in-participants"
    MEND_ELSEWHERE = "mend-elsewhere"
    SHELVED = "shelved"

    # Events that changed or ended.
    CANCELLED_NOW = "cancelled-now"
    DATE_CHANGED = "date-changed"
    HOUR_CHANGED = "hour-changed"
    PLACE_CHANGED = "place-changed"
    TAKES_PLACE_AFTER_ALL = "takes-place-after-all"
    ALL_ARE_TOLD = "all-are-told"
    MOMENT = "moment"
    UNTIL = "until"
    NO_MOMENT = "no-moment"
    REPLACED = "replaced"
    ON_MOMENT = "on-moment"
    ON_DAY = "on-day"
    TO_DESTROY = "to-destroy"

    # What became of a decision or edit of the secretary's.
    PICK_FROM_LIST = "pick-from-list"
    ROW_GONE = "row-gone"
    MESSAGE_GONE = "message-gone"
    NOT_ONE_PERSON = "not-one-person"
    NAMED_UNREAD = "named-unread"
    PICK_EVENT = "pick-event"
    REPLACED_ROW_GONE = "replaced-row-gone"
    REGISTERED_SINCE = "registered-since"
    FULL_SINCE = "full-since"
    OVER_TO_REGISTER = "over-to-register"
    OFF_TO_REGISTER = "off-to-register"
    NOBODY_TO_ANSWER = "nobody-to-answer"
    WRITE_QUESTION = "write-question"
    WRITE_ANSWER = "write-answer"
    ASKED = "asked"
    ANSWERED_BY_HER = "answered-by-her"
    DECIDED_CONTRARY = "decided-contrary"
    NOT_TAKEN_OVER = "not-taken-over"
    NO_STATUS = "no-status"
    NO_REGISTRATION = "no-registration"
    EMPTY_ROW = "empty-row"
    NO_QUESTION = "no-question"
    DELETED_WAS = "deleted-was"
    IS_BACK_WAS = "is-back-was"
    NEITHER_YES_NOR_NO = "neither-yes-nor-no"
    NO_EMAIL_TO_CONFIRM = "no-email-to-confirm"
    CONFIRM_YES_OR_NO = "confirm-yes-or-no"
    EMAIL_IN_DOUBT = "email-in-doubt"
    NOTHING_CHANGED = "nothing-changed"
    REST_TAKEN_OVER = "rest-taken-over"
    ROW_DELETED = "row-deleted"
    TAKEN_OVER_ITSELF = "taken-over-itself"
    STANDS = "stands"
    CANNOT_BE_RECALLED = "cannot-be-recalled"
    IS_KNOWN_NOW = "is-known-now"
    REMARK_WENT_NOWHERE = "remark-went-nowhere"
    NOT_UNDONE = "not-undone"
    NO_SUCH_EVENT = "no-such-event"
    NO_SUCH_ROW = "no-such-row"
    CHANGED_SINCE = "changed-since"
    CHOSEN_AFTERWARDS = "chosen-afterwards"

    # A row of ``Berichten``.
    SENT_ALREADY = "sent-already"
    OLDER_COPY = "older-copy"
    WORD_NOT_IN_LIST = "word-not-in-list"
    NO_ADDRESS_FOR_PROOF = "no-address-for-proof"
    PROOF_SENT = "proof-sent"
    READ_PREVIEW_FIRST = "read-preview-first"
    LIST_CHANGED = "list-changed"
    CAME_LATER = "came-later"
    MAILED_TO = "mailed-to"
    AND_OTHERS = "and-others"
    SOME_PEOPLE = "some-people"
    SO_MANY_PEOPLE = "so-many-people"
    ADDRESSEES = "addressees"
    MAIL_AS_READ = "mail-as-read"
    ATTACHED = "attached"
    NOBODY_MARKED = "nobody-marked"
    MARKED_WHO_STAYS_AWAY = "marked-who-stays-away"
    SHEET_WITHOUT_EMAIL = "sheet-without-email"
    SHEET_WITHOUT_ADDRESS = "sheet-without-address"
    AUDIENCE_UNKNOWN = "audience-unknown"
    PICK_AUDIENCE = "pick-audience"
    NOTHING_SENT = "nothing-sent"
    NO_SUBJECT = "no-subject"
    NO_TEXT = "no-text"
    FILES_UNKNOWN = "files-unknown"
    CERTIFICATE_FOR_PRESENT = "certificate-for-present"
    CERTIFICATE_FOR_LISTED = "certificate-for-listed"
    NO_FORM_ANY_MORE = "no-form-any-more"
    TOO_MANY_ADDRESSES = "too-many-addresses"
    ALL_HAD_THIS = "all-had-this"
    NOBODY_TO_MAIL = "nobody-to-mail"
    DAY_IS_FULL = "day-is-full"
    WITHOUT_ADDRESS = "without-address"
    ADDRESS_TO_CHECK = "address-to-check"
    FORM_UNREADABLE = "form-unreadable"

    @classmethod
    def _missing_(cls, value: object) -> Says | None:
        """The code that says now what a ledger of before holds under another."""
        return cls.AND_OTHERS if value == "and-more" else None


#: What a sentence is filled with: text, a number, a statement, or several. A moment is ISO 8601 text.
Fact = Union[str, int, "Statement", tuple[Union[str, "Statement"], ...]]


#: What a statement says, what a rule saw, what was done, or what reading a document noticed.
StatementCode = Says | FileSays | Saw | Done | FoundBy | Noticed


@dataclass(frozen=True, slots=True)
class Statement:
    """One thing that is said. ``facts`` stand in the order of its sentence: where an answer that is cleared
    stands in one, what follows goes with it."""

    code: StatementCode
    facts: Mapping[str, Fact] = field(default_factory=dict)

    def __hash__(self) -> int:
        return hash((self.code, frozenset(self.facts.items())))

    def with_text(self, change: Callable[[str], str]) -> Statement:
        """The same with each text in its facts changed, in order."""
        return replace(self, facts={name: _changed(fact, change) for name, fact in self.facts.items()})


#: A statement, or the text that a ledger of before holds in its place, which is shown as it is.
Told = Statement | str


def say(code: StatementCode, **facts: Fact) -> Statement:
    """A statement with its facts by name."""
    return Statement(code, facts)


def with_text(says: Iterable[Statement], change: Callable[[str], str]) -> tuple[Statement, ...]:
    """Statements with each text in them changed, in order."""
    return tuple(one.with_text(change) for one in says)


def told_with_text(told: Told, change: Callable[[str], str]) -> Told:
    """The same with each text in it changed."""
    return change(told) if isinstance(told, str) else told.with_text(change)


def _changed(fact: Fact, change: Callable[[str], str]) -> Fact:
    if isinstance(fact, str):
        return change(fact)
    if isinstance(fact, Statement):
        return fact.with_text(change)
    if isinstance(fact, tuple):
        return tuple(change(one) if isinstance(one, str) else one.with_text(change) for one in fact)
    return fact
