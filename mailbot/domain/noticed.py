"""What reading a document noticed, for ``mailbot explain`` and ``mailbot read``: codes, whose words stand in
``wording.reading``. The ledger holds them; no value of them is one of ``Says``, ``FileSays``, ``Saw`` or
``Done``."""

from __future__ import annotations

from enum import StrEnum


class FoundBy(StrEnum):
    """How an answer was found: the place it stood at, or the shape that a region was read in."""

    # The place that it stood at.
    BESIDE = "beside-label"
    ROW = "row-below-labels"
    COLUMN = "column-a-person"
    OPTION_ROWS = "tick-in-row-of-option"
    OPTION_LIST = "list-of-options"
    BEHIND = "behind-label"
    BARE = "behind-bare-label"
    BELOW = "below-label"
    TICK = "ticked-sentence"
    STRUCK = "not-struck"
    NAMES = "list-of-names"
    SLOT_NAME = "name-of-field"
    BLANK = "slot-of-blank"

    # The shape of the rows of a table.
    PEOPLE_BELOW = "person-a-row"
    FORM_ROWS = "answers-beside-labels"
    LABEL_ABOVE_ANSWER = "answers-below-labels"
    AS_TEXT = "running-text"
    HEADING = "heading"

    # The shape of a region.
    AS_IT_STANDS = "as-it-stands"
    ABOVE_ITS_LABEL = "answer-above-label"
    LABELS_FIRST = "labels-then-answers"
    ABOVE_LABELS = "answers-above-labels"
    BEFORE_LABELS = "answers-before-labels"
    ROWS_JOINED = "person-in-several-rows"
    WITHOUT_GAPS = "without-empty-columns"
    SIDE_BY_SIDE = "tables-side-by-side"

    # What is said with one of these.
    IN_SHAPE = "found-in-shape"
    BETTER_THAN = "better-than"
    ALSO_STOOD = "also-stood"


class Noticed(StrEnum):
    """What speaks for a document's being a form or against it, and what of a file was not read."""

    WEIGHED = "weighed"

    # Its questions.
    OWN_FORM = "own-form"
    ASKS_NOBODY = "asks-nobody"
    ASKS_SO_MANY = "asks-so-many"
    ASKS_WHO_COMES = "asks-who-comes"
    NAMES_APART = "names-apart"
    LIST_ASKS_NOBODY = "list-asks-nobody"
    TOO_MANY_TABLES = "too-many-tables"
    QUESTIONS_OF_ANOTHER = "questions-of-another"

    # Title, file name, and the mail around it.
    MAIL_NAMES_EVENT = "mail-names-event"
    LIST_OF_BEFORE = "list-of-before"
    TITLE_REGISTERS = "title-registers"
    WORDS_REGISTER = "words-register"
    OF_A_MACHINE = "of-a-machine"
    ABOUT_MONEY = "about-money"
    EVALUATION = "evaluation"
    TITLE_OF_FORM = "title-of-form"
    NAMES_AN_EVENT = "names-an-event"
    FORM_WAS_TOLD = "form-was-told"
    TITLE_NAMES_ANOTHER = "title-names-another"
    DAY_OF_NO_EVENT = "day-of-no-event"
    TITLE_SAYS_OTHERWISE = "title-says-otherwise"
    OTHER_PAPER_ABOVE = "other-paper-above"
    WORDS_OF_OTHER_PAPERS = "words-of-other-papers"
    OTHER_TITLE = "other-title"
    NOTHING_OF_OURS_ABOVE = "nothing-of-ours-above"

    # What was not read.
    ROWS_CUT = "rows-cut"
    SHEET_CUT = "sheet-cut"
    FORMULA_EMPTY = "formula-empty"
    OUT_OF_TIME = "out-of-time"
    READING_BROKE_OFF = "reading-broke-off"
    MACROS_NOT_RUN = "macros-not-run"
