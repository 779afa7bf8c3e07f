"""Why an answer is doubted: a code, which ``wording`` has a sentence for in each language."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Reason(StrEnum):
    """Why an answer is doubted. Code compares these; people read ``wording.Words.doubts``."""

    # What holds for any field.
    MISSING = "missing"
    UNCLEAR = "unclear"
    CONFIRM = "confirm"
    FROM_SENDER = "from-sender"
    FROM_WORDS = "from-words"
    FROM_PICTURE = "from-picture"
    TWO_ANSWERS = "two-answers"
    REFERS_ELSEWHERE = "refers-elsewhere"
    NOT_YET = "not-yet"
    TOO_LONG = "too-long"
    RESEMBLES = "resembles"
    NOT_ASKED = "not-asked"

    # What a value of one kind must be.
    NO_ADDRESS = "no-address"
    POSTAL_ADDRESS = "postal-address"
    NO_POSTCODE = "no-postcode"
    CHOICE_UNCLEAR = "choice-unclear"
    MANY_CHOICES = "many-choices"
    MORE_THAN_CHOICE = "more-than-choice"
    CHOICE_TAKEN_AS = "choice-taken-as"
    NO_CHOICE = "no-choice"
    MANY_EMAILS = "many-emails"
    NO_EMAIL = "no-email"
    IMPOSSIBLE_EMAIL = "impossible-email"
    OWN_EMAIL = "own-email"
    UNREAD_EMAIL = "unread-email"
    MORE_THAN_EMAIL = "more-than-email"
    EMAIL_SLIP = "email-slip"
    NO_PHONE = "no-phone"
    INVALID_PHONE = "invalid-phone"
    NO_NUMBER = "no-number"
    MANY_NUMBERS = "many-numbers"
    NO_DATE = "no-date"
    MANY_DATES = "many-dates"
    NO_BIRTH_DATE = "no-birth-date"
    NO_SUCH_DAY = "no-such-day"
    WHICH_YEAR = "which-year"
    NO_NATIONAL_NUMBER = "no-national-number"
    NO_IBAN = "no-iban"
    PLATE = "plate"
    NO_PLATE = "no-plate"
    YES_NO_UNCLEAR = "yes-no-unclear"
    YES_AND_NO = "yes-and-no"
    NEITHER_YES_NOR_NO = "neither-yes-nor-no"
    DOUBLE_DENIAL = "double-denial"
    RESERVED = "reserved"

    # Names of people and bodies.
    NAME = "name"
    NAME_OF_PERSON = "name-of-person"
    MANY_PEOPLE = "many-people"
    OF_WHICH_PERSON = "of-which-person"
    MORE_THAN_NAME = "more-than-name"
    SIGNED_BY_ANOTHER = "signed-by-another"
    WHICH_NAME_IS_FIRST = "which-name-is-first"
    FIRST_NAME_IN_NAME = "first-name-in-name"
    NAME_WITH_NUMBER = "name-with-number"
    WHICH_BODY = "which-body"
    NAME_OF_BODY = "name-of-body"
    WITH_ADDRESS = "with-address"
    UNNAMED_PEOPLE = "unnamed-people"

    # Where an answer stands on a form.
    ABOVE_NAMES = "above-names"
    AT_CONTACT = "at-contact"
    AT_SUBSTITUTE = "at-substitute"
    AT_BODY = "at-body"
    ONCE_FOR_SEVERAL = "once-for-several"
    AT_ANOTHER_PERSON = "at-another-person"
    TWO_LABELS_ON_LINE = "two-labels-on-line"
    BELOW_QUESTION = "below-question"
    BEHIND_LINE = "behind-line"
    BEHIND_SEVERAL_QUESTIONS = "behind-several-questions"
    ON_NEXT_PAGE = "on-next-page"
    BELOW_EMPTY_LINE = "below-empty-line"
    NO_COLON = "no-colon"
    QUESTION_ON_LINE = "question-on-line"
    WHERE_ANSWER_BEGINS = "where-answer-begins"
    OTHER_WORDING = "other-wording"
    OTHER_LAYOUT = "other-layout"
    OTHER_OPTION_TICKED = "other-option-ticked"
    MANY_BESIDE = "many-beside"
    LABEL_OR_ANSWER = "label-or-answer"
    TICK_OF_WHAT = "tick-of-what"
    TICKED_WHAT = "ticked-what"
    BESIDE_SLOT = "beside-slot"
    TEXT_BESIDE_SLOT = "text-beside-slot"
    OUTSIDE_SLOT = "outside-slot"
    OTHER_LAYOUT_THAN_BLANK = "other-layout-than-blank"
    PREFILLED = "prefilled"
    TWO_READINGS = "two-readings"
    MANY_IN_ONE_CELL = "many-in-one-cell"
    ELSEWHERE_STATED = "elsewhere-stated"
    OTHERS_FIT_BADLY = "others-fit-badly"

    # What was found in the answer itself.
    BROKEN_OFF = "broken-off"
    HOLDS_EMAIL = "holds-email"
    HOLDS_ROOM = "holds-room"
    IS_OTHER_QUESTION = "is-other-question"
    HOLDS_QUESTION = "holds-question"
    HOLDS_LABEL = "holds-label"


@dataclass(frozen=True, slots=True)
class Doubt:
    """A reason with the text that its sentence quotes: a name it resembles, the choices there are, what
    stands beside a field. ``detail`` is empty where the sentence quotes nothing."""

    reason: Reason
    detail: str = ""
