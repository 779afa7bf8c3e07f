"""Whom a message may be about, by what it says: the addresses, names and references to look up."""

from __future__ import annotations

import re
from collections.abc import Sequence

from mailbot.config.settings import Settings
from mailbot.decision.sender_relation import called
from mailbot.decision.signature import last_line, signed_lines
from mailbot.domain.form import ATTENDS, Form
from mailbot.domain.message import Address, Message
from mailbot.domain.registration import nr_text
from mailbot.domain.submission import Intent, Submission
from mailbot.matching.addresses import addresses_in
from mailbot.matching.names import email_of, is_shortened, name_of, without_asides
from mailbot.text.normalize import fold

_REFERENCE = re.compile(r"\bINS-(\d{1,7})\b")
#: Who quotes more references than this passes a list on.
_MOST_QUOTED = 12
#: What words want in which somebody does not come.
STAYS_AWAY = frozenset({Intent.EXCUSE, Intent.WITHDRAW, Intent.MAYBE_WITHDRAW, Intent.SUBSTITUTE})
_LONGEST_NAME = 60


def name_key(name: str) -> str:
    """The words of a name, folded, in alphabetical order, each between spaces, so that "Jan
    Peeters" and "Peeters Jan" meet: " jan peeters "; each once. Empty for no name."""
    words = sorted({*fold(name).split()})
    return f" {' '.join(words)} " if words else ""


def senders_of(content: Message) -> set[str]:
    """The addresses of whoever may have written a mail; one in a display name says who they want to be."""
    addresses = (content.reply_to, *(one.sender for one in content.mails))
    said = {one.lower() for address in addresses if address for one in addresses_in(address.name[:200])}
    return said | {address.email.lower() for address in addresses if address and address.email}


def answered_at(content: Message, settings: Settings) -> set[str]:
    """The addresses that may be answered: sender or Reply-To, and those of the message inside one that a
    configured forwarder passed on."""
    if content.forwarded and content.sender.email.lower() in settings.forwarders:
        content = content.forwarded
    return {content.sender.mailbox, content.answered_at(settings.web_forms).mailbox}


def writers(content: Message) -> list[Address]:
    return [one.sender for one in content.mails if one.sender]


def forms_of(submission: Submission, settings: Settings) -> Sequence[Form]:
    """The form of a message. Who is only named in words was read with none: theirs is that of the event,
    which is not known yet."""
    known = settings.forms.get(submission.form)
    return (known,) if known else tuple(settings.forms.values())


def emails_of(submission: Submission, settings: Settings) -> set[str]:
    """The addresses that a message gives for its people."""
    form = settings.forms.get(submission.form)
    if form is None:
        return set()
    people = (*submission.people, *submission.told)
    said = (person.values for person in people)
    return {email_of(answers, form) for answers in said} - {""}


def named_in(content: Message, submission: Submission) -> tuple[set[str], set[str]]:
    """Whom a mail may be about beside the people of its form: the names in its words, and where it has no
    form those of its writers, or of their signature where they give none; and then the addresses in its
    words."""
    if submission.people:  # a form says who is meant, and the words beside it may name another
        remarks = (str(said.value) for one in submission.people for said in one.answers.values())
        return _written_names("\n".join((*remarks, submission.words))), set()
    by = writers(content)
    names = {name_key(name) for name in map(called, by) if name} or _signed(content, by)
    addresses = {one.lower() for one in addresses_in(submission.words[-_LONGEST_SEARCHED:])}
    return names | _written_names(submission.words), addresses


def _signed(content: Message, by: Sequence[Address]) -> set[str]:
    """The names that the signature may give of who writes without one in From, as names are compared."""
    return {name_key(line) for line in signed_lines(content)} if by else set()


def _written_names(words: str) -> set[str]:
    """Runs of words with a capital, as names are compared: whole names that stand anywhere in the words of a
    mail, below it without a closing too."""
    found: set[str] = set()
    for line in words[-_LONGEST_SEARCHED:].splitlines():
        for run in _RUN.findall(line):
            said = run.split()
            found |= {
                name_key(" ".join(said[start : start + length]))
                for length in range(2, _MOST_WORDS + 1)
                for start in range(len(said) - length + 1)
            }
    return set(sorted(found)[:_MOST_WRITTEN])


#: Words of a name, with the particles in it.
_RUN = re.compile(r"[A-ZÀ-ÖØ-Þ][\w'’.-]*(?:\s+(?:[a-z']{1,6}\s+){0,2}[A-ZÀ-ÖØ-Þ][\w'’.-]*)+")
#: Characters of a text that are searched, words of a name, and names that are looked up.
_LONGEST_SEARCHED, _MOST_WORDS, _MOST_WRITTEN = 3_000, 5, 200


def names_said(content: Message, submission: Submission, settings: Settings) -> tuple[set[str], set[str]]:
    """The names of who may not come, and those of who comes, by a form, by words or by writing."""
    names, comes = set(submission.named), set[str]()
    if submission.intent in STAYS_AWAY and not submission.people:
        names |= {called(one) for one in writers(content)}
        names |= {last_line(submission.words)[:_LONGEST_NAME]}  # below it, without a closing
    elif not submission.people:
        comes |= {called(one) for one in writers(content)}
    for form in forms_of(submission, settings):
        people = (*submission.people, *submission.told)
        for answers in (person.values for person in people):
            away = answers.get(ATTENDS) is False
            (names if away else comes).add(without_asides(name_of(answers, form)))
    comes -= {*names, ""}
    if submission.people and submission.intent not in STAYS_AWAY:
        # the rule for forms asks about less of a name alone: a letter off is another name there
        comes = set(filter(is_shortened, comes))
    return names, comes


def passed_on(content: Message) -> tuple[str, ...]:
    """The Message-ID of the mail that a message passes on: of ours, it tells whom the words may mean."""
    return (content.forwarded.message_id,) if content.forwarded and content.forwarded.message_id else ()


def nrs_in(text: str) -> tuple[str, ...]:
    """The references in a text, each once."""
    return tuple(dict.fromkeys(nr_text(int(one)) for one in _REFERENCE.findall(text)))


def quoted_nrs(content: Message) -> tuple[str, ...]:
    """The references in what a message quotes: whom an answer is about whose thread was lost."""
    quoted = (block.text for block in content.body if block.quote)
    found = (one for text in quoted for one in nrs_in(text[:20_000]))
    return tuple(dict.fromkeys(found))[:_MOST_QUOTED]
