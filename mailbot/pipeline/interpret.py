"""A message with all that was read of it → what it says.

A form in an attachment goes before one typed in the mail, and what the sender typed before
what they quote. Each is read with every form in mind; the one that fits best speaks.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache

from mailbot.config.settings import Settings
from mailbot.domain.document import (
    Block,
    Location,
    Paragraph,
    ParsedDocument,
    ParseStatus,
    Table,
    Unit,
    all_lines,
)
from mailbot.domain.event import Event
from mailbot.domain.form import FieldKind, Form
from mailbot.domain.message import Message
from mailbot.domain.submission import (
    ActKind,
    ClueSource,
    EventClue,
    Intent,
    Person,
    Submission,
    SubmissionKind,
)
from mailbot.extraction.assembly import ExtractionContext
from mailbot.extraction.blank_lines import BlankForm
from mailbot.extraction.deduplicate import merged
from mailbot.extraction.form_reader import Filled, highest_score, read_form, text_lines
from mailbot.extraction.labels import Labels
from mailbot.extraction.template_reader import TemplateReading, read_copy, weighed, with_shared
from mailbot.extraction.values.email import addresses_in
from mailbot.extraction.verdict import FormVerdict, Kind
from mailbot.intent.agreement import IDLE
from mailbot.intent.classifier import DETAILS, IntentResult, read_intent
from mailbot.intent.free_text_registration import details, lists_people, told, writer_by_signature
from mailbot.intent.questions import question_in
from mailbot.intent.statistical import model
from mailbot.intent.substitutes import Standin, as_person
from mailbot.matching.events import (
    day_clues,
    heading_clues,
    id_clues,
    mark_clues,
    names_title,
    sub_address_clues,
)
from mailbot.matching.names import name_of, without_names
from mailbot.matching.organisations import directory
from mailbot.matching.subject_matter import names_an_event, names_another_day
from mailbot.pipeline.templates import templates_of
from mailbot.text.normalize import letters, plain, tidy

#: What only an answer of ours says, or a confirmation by another system.
_OUR_ANSWER = re.compile(
    r"\b(?:dit bericht|deze mail|deze e-mail) (?:is|werd|wordt) automatisch|\bautomatisch verstuurd"
    r"|\b(?:u bent|is|bent u|zijn) (?:nu )?ingeschreven\b|\b(?:uw|je) inschrijving (?:is|werd)\b"
    r"|\bwij noteerden\b|\bgoed ontvangen\b|\bins-\d{3,}\b"
)

#: "Zie hieronder", "mijn antwoorden in het rood": what the sender says lies in what they quote.
_BELOW = re.compile(
    r"\b(?:hieronder|onderstaande?|onderaan|hierbij|ingevuld|tussen (?:de )?(?:lijnen|regels|tekst)"
    r"|in (?:het )?(?:rood|blauw|groen|vet)|(?:mijn|onze) (?:antwoord(?:en)?|gegevens|inschrijving)"
    r"|ci-dessous|below)\b"
)

#: "Zie hieronder ingevuld": what was quoted is a form, and it was filled in there.
_FILLED_IN = re.compile(
    r"\b(?:hieronder|onderaan|onderstaand\w*|zie)\b.{0,40}\bingevuld|\bingevuld\b.{0,40}\bhieronder"
    r"|\bin (?:(?:het|'?t) )?(?:rood|blauw|groen)\b"
)

#: Answers typed between the questions that are quoted: so many are no chance.
_OWN_ANSWERS = 4
#: What a clue from a subject line says of itself.

#: Words of registering, without which "ik kom graag" is about anything.
_REGISTERING = re.compile(
    r"\binschrij|\bschrijf\b|\baanmeld|\binscri|\bregist|\bdeelnem|\bneem\b.{0,60}\bdeel\b"
)

#: What is done without a person.
_CARRIED_OUT = frozenset({Intent.REGISTER, Intent.WITHDRAW, Intent.EXCUSE, Intent.RESTORE, Intent.SUBSTITUTE})
#: Who wants one of these may be unknown to us until then.
_STAYS_AWAY = frozenset({Intent.EXCUSE, Intent.WITHDRAW})
#: Acts that put somebody on the list.
_ON_THE_LIST = frozenset({ActKind.COME, ActKind.BRING, ActKind.PLACES})
#: Acts beside which a list of who comes is only half of what a mail says.
_NOT_ON_THE_LIST = frozenset({ActKind.NOT_COME, ActKind.SUBSTITUTE, ActKind.UNSURE, ActKind.CONDITION})

_FAILED = {
    ParseStatus.PROTECTED: SubmissionKind.PROTECTED,
    ParseStatus.UNREADABLE: SubmissionKind.UNREADABLE,
    ParseStatus.TOO_LARGE: SubmissionKind.TOO_LARGE,
    ParseStatus.TOO_SLOW: SubmissionKind.TOO_LARGE,
    ParseStatus.UNSUPPORTED: SubmissionKind.UNSUPPORTED,
    ParseStatus.EMPTY: SubmissionKind.UNREADABLE,
    ParseStatus.REMOVED: SubmissionKind.UNREADABLE,
}


def understand(
    message: Message | None,
    readings: tuple[ParsedDocument, ...],
    settings: Settings,
    blank_lines: frozenset[str],
    now: datetime,
    form: str = "",
    event: str = "",
    ours: frozenset[str] = frozenset(),
) -> Submission:
    """What a message (or a file, without ``message``) says.

    ``blank_lines`` are the lines of the blank forms that were sent out, ``ours`` those of the
    mails of ours that it answers: what it quotes of them is nobody's answer. ``form`` or ``event``,
    where given, is the form, or the event whose form, it is read with; raises ``KeyError`` for
    one that is not configured. ``now`` is aware.
    """
    return _Understanding(message, readings, settings, blank_lines, ours, now).submission(form, event)


class _Understanding:
    def __init__(
        self,
        message: Message | None,
        readings: tuple[ParsedDocument, ...],
        settings: Settings,
        blank_lines: frozenset[str],
        ours: frozenset[str],
        now: datetime,
    ) -> None:
        self._message = message
        self._readings = readings
        self._settings = settings
        self._titles = _titles(settings)
        self._blank = _blank_form(blank_lines, self._titles)
        self._quoted = _blank_form(blank_lines | ours, self._titles)
        self._directory = directory(settings.organisations.organisations)
        self._now = now
        self._given = False
        self._rejected: list[FormVerdict] = []
        self._bodies = tuple(_bodies(message, settings))
        self._came_back = any(body.own and self._is_ours_alone(body.blocks) for body in self._bodies[:1])
        self._around = " | ".join(_words_around(message))

    def submission(self, form: str, event: str) -> Submission:
        clues = list(self._clues_around())
        forms = self._candidates(form, event)
        self._given = bool(form or event)
        filled, scanned = self._filled(forms, clues)
        filled = _certain(filled)
        people, problems = merged([(one.people, one.problems) for one in _by_event(filled)])
        if people and any(not clue.event and clue.by is ClueSource.SUBJECT for clue in clues):
            said = ({key: answer.value for key, answer in person.answers.items()} for person in people)
            names = tuple(name_of(answers, filled[0].form) for answers in said)
            clues = [clue for clue in clues if clue.by is not ClueSource.SUBJECT] + [
                *self._subject_clues(names)
            ]
        for one in filled:
            clues += heading_clues(
                one.heading, ClueSource.HEADING, self._settings, self._now, is_heading=True
            )
        if filled:
            clues += self._clues_by_form(filled[0])
        taken = frozenset(place for one in filled for place in one.taken)
        unread = tuple((r.name, r.state) for r in self._readings if r.state is not ParseStatus.READ)
        return self._with_intent(
            Submission(
                found=self._found(filled, people, unread),
                form=filled[0].form.id if filled else (forms[0].id if form or event else ""),
                people=people,
                problems=problems,
                clues=_each_once(clues, event),
                unread=unread,
                recognised=scanned and bool(people),
                evidence=self._evidence(filled),
                notes=tuple(dict.fromkeys(note for r in self._readings for note in r.notes)),
                macros=any(reading.macros for reading in self._readings),
            ),
            taken,
        )

    def _evidence(self, filled: list[Filled]) -> tuple[str, ...]:
        """What speaks for and against its being a form: of the one that was read, or the likeliest of
        those that were none."""
        verdicts = [one.verdict for one in filled[:1]] or self._rejected
        best = max(verdicts, key=lambda one: one.score, default=None)
        return tuple(map(str, best.evidence)) if best else ()

    # ------------------------------------------------------------ the forms in it

    def _candidates(self, form: str, event: str) -> tuple[Form, ...]:
        settings = self._settings
        if event:
            return (settings.form_of(settings.events[event]),)
        if form:
            return (settings.forms[form],)
        return tuple(settings.forms.values())

    def _filled(self, forms: tuple[Form, ...], clues: list[EventClue]) -> tuple[list[Filled], bool]:
        """All forms in attachments; else the one in the mail's text. And whether one was read
        from a picture."""
        found: list[Filled] = []
        scanned = False
        for document in self._readings:
            if document.state is ParseStatus.READ and document.blocks:
                one = self._best(
                    document.blocks, forms, clues, self._blank, document.name, recognised=document.recognised
                )
                if one:
                    found.append(one)
                    scanned = scanned or (document.recognised and bool(one.people))
        if any(one.people for one in found):
            return sorted(found, key=lambda one: not one.people), scanned
        for body in () if self._came_back else self._bodies:
            blank = self._blank if body.own and not self._quotes_unmarked(body.blocks) else self._quoted
            known = clues if body.own else []
            one = self._best(body.blocks, forms, known, blank, "", recognised=False, whole=body.whole)
            if one and one.people and (body.own or self._is_filled_in_quote(body.blocks, one)):
                if not body.own:
                    clues += self._marks(body.blocks)
                return [one, *found], False
        return found, False

    def _is_filled_in_quote(self, blocks: tuple[Block, ...], one: Filled) -> bool:
        """Whether a form was filled in inside the invitation that a reply quotes. A confirmation
        of ours, quoted under a word of thanks, holds labels and answers just as well."""
        lines = tuple(text_lines(blocks))
        known = sum(self._quoted.has_text(line) for line in lines)
        answered = sum(1 for p in one.people for _ in p.answers)
        said = self._given or self._is_typed_between(blocks, one)
        ours = one.titled or known >= 2 or any(self._marks(blocks)) or self._points_below(lines)
        ours = ours or (said and answered >= _OWN_ANSWERS)
        return ours and not any(_OUR_ANSWER.search(plain(line)) for line in lines)

    def _points_below(self, lines: tuple[str, ...]) -> bool:
        """Whether the sender sends us to the quote of an invitation, or writes nothing above it."""
        own = [plain(line) for line in text_lines(self._bodies[0].blocks)] if self._bodies else []
        subject = self._message.subject if self._message else ""
        events = self._settings.events.values()
        invited = any(names_title(line, event) for line in (subject, *lines) for event in events)
        return any(map(_FILLED_IN.search, own)) or (invited and (not own or any(map(_BELOW.search, own))))

    def _is_typed_between(self, blocks: tuple[Block, ...], one: Filled) -> bool:
        """Whether the answers are the sender's own lines, each under a question that they quote."""
        own = {tidy(block.text) for block in blocks if block.quote == 0}
        said = [str(a.value) for p in one.people for a in p.answers.values() if isinstance(a.value, str)]
        return bool(said) and sum(text in own for text in said) * 2 > len(said)

    def _marks(self, blocks: tuple[Block, ...]) -> list[EventClue]:
        return [clue for line in text_lines(blocks) for clue in mark_clues(line, self._settings)]

    def _best(
        self,
        blocks: tuple[Block, ...],
        forms: tuple[Form, ...],
        clues: list[EventClue],
        blank: BlankForm,
        name: str,
        *,
        recognised: bool,
        whole: tuple[Block, ...] = (),
    ) -> Filled | None:
        """The form in a document or a text; ``whole`` is the text with what looks like a signature."""
        marked = self._marks(blocks)
        clues += marked
        event_ids = {c.event for c in (*marked, *clues) if c.event}
        preferred = {self._settings.events[event].form for event in event_ids}
        open_forms = {event.form for event in self._open_events()}
        own_form = {self._settings.events[clue.event].form for clue in marked if clue.event}
        likely = [form for form in forms if form.id in own_form] or forms  # it says itself which it is

        def rank(score: float, place: int) -> tuple[float, bool, int]:
            form = likely[place].id
            bonus = 3.5 if form in preferred else 2.0 if form in open_forms else 0
            return score + bonus, form in open_forms, -place

        texts = [blocks, whole] if len(whole) > len(blocks) else [blocks]
        # A form that mailbot drew is marked, and is no copy of the blank that the form was adopted from.
        if not marked and (copy := self._copy(texts, likely, blank, name, recognised)):
            return replace(copy, event=self._event_of(copy, marked))
        best: Filled | None = None
        best_rank: tuple[float, bool, int] | None = None
        promising = [(rank(highest_score(blocks, form), place), place) for place, form in enumerate(likely)]
        for highest, place in sorted(promising, reverse=True):
            if best_rank is not None and highest < best_rank:
                break  # none of the rest can do better
            reading = self._reading(likely[place], blank, recognised=recognised)
            one = read_form(blocks, reading, name, self._around, self._rejected)
            if one is not None and (best_rank is None or rank(one.score, place) > best_rank):
                best, best_rank = one, rank(one.score, place)
        if best is None:
            return None
        best = with_shared(best, templates_of(best.form.blank))
        return replace(best, event=self._event_of(best, marked))

    def _copy(
        self,
        texts: Sequence[tuple[Block, ...]],
        forms: Iterable[Form],
        blank: BlankForm,
        name: str,
        recognised: bool,
    ) -> Filled | None:
        """What a copy of a blank that a form names says, read by it and freely; None for none. ``texts``
        are one document with less of it and with more, of which the first that is a copy counts."""
        best: tuple[TemplateReading, ExtractionContext, tuple[Block, ...]] | None = None
        known = [(form, templates) for form in forms if (templates := templates_of(form.blank))]
        for blocks in texts:
            for form, templates in known:
                reading = self._reading(form, blank, recognised=recognised)
                copy = read_copy(blocks, templates, reading)
                if copy and (best is None or copy.rank > best[0].rank):
                    best = copy, reading, blocks
            if best and not best[0].rearranged:
                break
        if best is None:
            return None
        copy, reading, blocks = best
        weighed_copy = weighed(copy, read_form(blocks, reading, name, self._around))
        return weighed_copy and replace(
            weighed_copy, heading=self._telling(weighed_copy.heading, copy.printed)
        )

    def _telling(self, heading: tuple[str, ...], printed: str) -> tuple[str, ...]:
        """The lines above a copy that tell its event. What else is printed on the blank, the date of a letter
        or by when it is wanted, stands on every copy."""
        return tuple(
            line
            for line in heading
            if letters(line) not in printed
            or any(
                c.event
                for c in heading_clues([line], ClueSource.HEADING, self._settings, self._now, is_heading=True)
            )
        )

    def _event_of(self, one: Filled, marked: list[EventClue]) -> str:
        """The one event that a form names, by its mark or else by its heading."""
        heading = heading_clues(one.heading, ClueSource.HEADING, self._settings, self._now, is_heading=True)
        event_ids = {clue.event for clue in marked or heading}
        return event_ids.pop() if len(event_ids) == 1 else ""

    def _reading(self, form: Form, blank: BlankForm, *, recognised: bool) -> ExtractionContext:
        events = [event for event in self._settings.events.values() if event.form == form.id]
        return ExtractionContext(
            form,
            _labels(form),
            blank,
            self._directory,
            self._settings.own_addresses,
            recognised,
            sender=self._message.sender.email if self._message else "",
            titles=(form.title, *(event.title for event in events)),
            all_titles=tuple(self._titles),
            given=self._given,
            days=tuple(event.starts.date() for event in events if event.starts),
        )

    def _found(
        self, filled: list[Filled], people: tuple[Person, ...], unread: tuple[tuple[str, ParseStatus], ...]
    ) -> SubmissionKind:
        if people:
            sure = any(one.people and one.verdict.kind is Kind.REGISTRATION for one in filled)
            return SubmissionKind.FORM if sure else SubmissionKind.PERHAPS
        if filled:
            return SubmissionKind.BLANK
        return _FAILED[unread[0][1]] if unread else SubmissionKind.NO_FORM

    # ------------------------------------------------------------ which event

    def _open_events(self) -> tuple[Event, ...]:
        return tuple(
            event
            for event in self._settings.events.values()
            if event.is_going_on(self._now, self._settings.zone)
        )

    def _clues_around(self) -> Iterator[EventClue]:
        """What subject, addresses and the sender's own words name."""
        message = self._message
        if message is None:
            return
        settings = self._settings
        to = [address.email for address in (*message.to, *message.cc)]
        yield from sub_address_clues((*to, *message.delivered_to), settings)
        yield from self._subject_clues(())
        for body in self._bodies[:1]:
            for line in text_lines(body.blocks):
                yield from id_clues(line, ClueSource.WORDS, settings)
                for event in settings.events.values():
                    if names_title(line, event):
                        yield from heading_clues([line], ClueSource.WORDS, settings, self._now)

    def _subject_clues(self, names: tuple[str, ...]) -> Iterator[EventClue]:
        """What subject lines name, beside whoever wrote the mail and these ``names``: "Inschrijving
        Kennisplatform An Peeters" is no other meeting than ours."""
        for mail in _mails(self._message) if self._message else ():
            line = without_names(mail.subject, (mail.sender.name, *names))
            yield from id_clues(mail.subject, ClueSource.SUBJECT, self._settings)
            yield from heading_clues([line], ClueSource.SUBJECT, self._settings, self._now)

    def _clues_by_form(self, filled: Filled) -> Iterator[EventClue]:
        """A form that carries its own title, and serves one open event, names that event."""
        events = [event for event in self._open_events() if event.form == filled.form.id]
        if filled.titled and len(events) == 1 and len(self._open_events()) > 1:
            yield EventClue(events[0].id, ClueSource.FORM)

    # ------------------------------------------------------------ what is wanted

    def _with_intent(self, submission: Submission, taken: frozenset[Location]) -> Submission:
        if self._message is None:
            return submission
        titles = frozenset(event.title for event in self._settings.events.values() if event.title.strip())
        result = self._on_our_days(read_intent(self._message, taken | self._unmarked_quotes(), titles))
        form = self._settings.forms.get(submission.form)
        asked = (result.question, *_asked_on_the_form(submission.people, form))
        listing = self._listing(result, submission)
        listed = self._with_free_text_people(submission, listing)
        if listed.told and (listing is result or _names_whom(listed.told, result, self._message)):
            submission, result = listed, listing
        return replace(
            submission,
            intent=result.intent,
            named=result.named,
            question=" ".join(filter(None, asked)),
            words=result.words,
            acts=result.acts,
            heard=result.heard,
            unread_words=result.unread,
            staying=result.staying,
            reader=model().version if result.acts else "",
            nrs=result.nrs,
            substitute=self._standin(result.substitute, form or self._likely_form()),
            writer=self._writer(result, form or self._likely_form()),
        )

    def _writer(self, result: IntentResult, form: Form) -> Person | None:
        """Who excuses themselves, as their signature tells."""
        message = self._message
        if message is None or message.forwarded or result.intent not in _STAYS_AWAY:
            return None
        below = (*result.signature, *_signature_of(message))
        lines = result.words.splitlines()
        return writer_by_signature(lines, below, message.sender, _labels(form), self._directory)

    def _standin(self, who: Standin | None, form: Form) -> Person | None:
        """Who comes in somebody's place, with the data behind their name."""
        if who is None:
            return None
        person = as_person(who, form, Location().at(Unit.MAIL))
        return replace(person, answers={**details(who.behind, _labels(form)), **person.answers})

    def _on_our_days(self, result: IntentResult) -> IntentResult:
        """The result, unclear where a clause that says it names a day that no meeting of ours has:
        "de werkgroep van 14 januari moet ik annuleren"."""
        if result.intent not in _CARRIED_OUT:
            return result
        strange = [one for one in result.acts if names_another_day(one.clause, self._settings)]
        acts = tuple(replace(one, agreed=one.agreed and one not in strange) for one in result.acts)
        return replace(result, intent=Intent.UNCLEAR, acts=acts) if strange else result

    def _listing(self, result: IntentResult, submission: Submission) -> IntentResult:
        """The result, as a registration where the words only put people on the list: "Deelnemers:" and their
        names, "2 plaatsen voor Menen: ...". Nobody comes by it before the sender answered."""
        undecided = result.intent in (Intent.NONE, Intent.REPLY, Intent.UNCLEAR)
        leaves = any(act.kind in _NOT_ON_THE_LIST and not act.elsewhere for act in result.acts)
        if not undecided or submission.people or result.question or leaves:
            return result
        lists = lists_people(result.words.splitlines())
        only_comes = result.acts and all(
            act.kind in _ON_THE_LIST and not act.elsewhere for act in result.acts
        )
        comes = only_comes and _ON_THE_LIST & {*result.heard}
        return replace(result, intent=Intent.REGISTER) if lists or comes else result

    def _with_free_text_people(self, submission: Submission, result: IntentResult) -> Submission:
        """The submission with the people whom words put on the list of a meeting that is named."""
        message = self._message
        if message is None or result.intent is not Intent.REGISTER or submission.people:
            return submission
        said = result.words.splitlines()
        mails = (one for one in _mails(message) if set(said) <= {*_lines_of(one)})
        mail = next(mails, message)  # the one that these words stand in
        clues = submission.clues
        if not any(clue.event for clue in clues):
            clues = (*clues, *day_clues(result.words, ClueSource.WORDS, self._settings))
        event_ids = {clue.event for clue in clues if clue.event}
        acts = [act for act in result.acts if act.kind not in IDLE]
        comes = [act for act in acts if not (act.kind is ActKind.CHANGE and act.field in DETAILS)]
        agreed = bool(comes) and all(act.agreed and act.kind in _ON_THE_LIST for act in comes)
        named = any(names_an_event(line, self._settings, self._now) for line in (mail.subject, *said))
        says_registering = (agreed and named) or _REGISTERING.search(
            plain(f"{mail.subject} | {result.words}")
        )
        if (clues and not event_ids) or not (event_ids or says_registering):
            return submission
        if mail.sender.email.lower() in self._organisers():
            return submission
        form = (
            self._settings.form_of(self._settings.events[min(event_ids)])
            if event_ids
            else self._likely_form()
        )
        below = [*result.signature, *_signature_of(mail)]
        places = frozenset(event.place for event in self._settings.events.values())
        labels = _labels(form)
        people, doubts = told(said, below, mail.sender, labels, self._directory, places, agreed=agreed)
        if not people or _leaves_somebody_out(people, said, result, mail.sender.email):
            return submission
        return replace(submission, form=form.id, told=people, told_doubts=doubts, clues=clues)

    def _organisers(self) -> frozenset[str]:
        """Who writes about a meeting without coming to it: we, and those named in every mail."""
        contacts = (contact for event in self._settings.events.values() for contact in event.contacts)
        return self._settings.own_addresses | {contact.email.lower() for contact in contacts}

    def _quotes_unmarked(self, blocks: tuple[Block, ...]) -> bool:
        """Whether an answer of ours stands in the sender's own text: there are mail programs that
        mark no quotes."""
        return any(
            self._quoted.has_text(line) and _OUR_ANSWER.search(plain(line)) for line in text_lines(blocks)
        )

    def _unmarked_quotes(self) -> frozenset[Location]:
        """Where lines of ours stand that no mark tells from the sender's own."""
        own = self._bodies[0].blocks if self._bodies else ()
        if not self._quotes_unmarked(own):
            return frozenset()
        lines = all_lines(own)
        return frozenset(line.where for line in lines if self._came_back or self._quoted.has_text(line.text))

    def _is_ours_alone(self, blocks: tuple[Block, ...]) -> bool:
        """Whether a mail of ours came back, unmarked, and no word with it: there are programs that
        return a mail as it is. In a table, question and answer are two lines."""
        if not self._quotes_unmarked(blocks):
            return False
        lines = list(text_lines(blocks))
        while lines:
            taken = next((n for n in (2, 1) if self._quoted.has(" ".join(lines[:n]))), 0)
            if not taken:
                return False
            del lines[:taken]
        return True

    def _likely_form(self) -> Form:
        """The form of the first open event, or the first form there is."""
        events = self._open_events()
        return self._settings.form_of(events[0]) if events else next(iter(self._settings.forms.values()))


def _certain(filled: list[Filled]) -> list[Filled]:
    """The forms, without those that are only perhaps one beside a certain one."""
    sure = any(one.people and one.verdict.kind is Kind.REGISTRATION for one in filled)
    return [one for one in filled if not sure or one.verdict.kind is Kind.REGISTRATION]


def _by_event(filled: list[Filled]) -> list[Filled]:
    """The forms, with the event of each at its people where they name several."""
    if len({one.event for one in filled if one.people and one.event}) < 2:
        return filled
    return [replace(one, people=tuple(replace(p, event=one.event) for p in one.people)) for one in filled]


def _mails(message: Message) -> Iterator[Message]:
    yield message
    if message.forwarded:
        yield from _mails(message.forwarded)


@dataclass(frozen=True, slots=True)
class _Body:
    """The text of a mail: ``own`` for what the sender wrote, else with all that they quote. ``whole`` is that
    text with what looks like a signature: a letter above a form is signed as well."""

    blocks: tuple[Block, ...]
    own: bool
    whole: tuple[Block, ...]


def _bodies(message: Message | None, settings: Settings) -> Iterator[_Body]:
    """The texts in which a form may be typed: what the sender wrote, then the same with what
    they quote, for each mail inside. A mail of ours that is passed on counts as a quote."""
    for mail in _mails(message) if message else ():
        everything = tuple(_unsigned(mail.body, settings))
        own = tuple(block for block in everything if block.quote == 0)
        typed = tuple(block for block in mail.body if block.quote == 0)
        yield _Body(own, own=mail.sender.email.lower() not in settings.own_addresses, whole=typed)
        if len(everything) > len(own):
            yield _Body(everything, own=False, whole=tuple(mail.body))


def _unsigned(body: Iterable[Block], settings: Settings) -> Iterator[Block]:
    """The text without signatures. Nobody signs with "Naam: ...": a form begins there."""
    below = False
    for block in body:
        signature = isinstance(block, Paragraph) and block.signature
        below = signature and (below or _asks_a_name(block.text, settings))
        if not signature or below:
            yield block


def _asks_a_name(line: str, settings: Settings) -> bool:
    """Whether a line begins with the question for a first or last name."""
    asked, colon, _ = line.partition(":")
    labels = ((form, _labels(form).exactly(asked)) for form in settings.forms.values() if colon)
    return any(label and label.key in {form.given_name, form.family_name} for form, label in labels)


def _signature_of(mail: Message) -> list[str]:
    """The lines that a closing marks as its sender's signature."""
    return [b.text for b in mail.body if isinstance(b, Paragraph) and b.signature and b.quote == 0]


def _lines_of(mail: Message) -> Iterator[str]:
    """What its own sender wrote: the mail inside one that is passed on is quoted in it."""
    for block in mail.body:
        if block.quote == 0:
            yield from block.text.splitlines()


def _asked_on_the_form(people: tuple[Person, ...], form: Form | None) -> tuple[str, ...]:
    """What people ask in the answers that may be of any length ("Opmerkingen"), each once."""
    fields = form.of_kind(FieldKind.LONG_TEXT) if form else ()
    asked = (question_in(p.text(field.key).splitlines()) for p in people for field in fields)
    return tuple(dict.fromkeys(filter(None, asked)))


def _leaves_somebody_out(
    people: tuple[Person, ...], lines: Sequence[str], result: IntentResult, sender: str
) -> bool:
    """Whether the words speak of more people than were read: by the places that they ask for, or by an
    address that is nobody's of them."""
    taken = {str(answer.value).lower() for one in people for answer in one.answers.values()}
    given = {address.lower() for line in lines for address in addresses_in(line)}
    asked = max((act.places for act in result.acts if not act.elsewhere), default=0)
    return asked > len(people) or bool(given - taken - {sender.lower()})


def _names_whom(people: tuple[Person, ...], result: IntentResult, message: Message) -> bool:
    """Whether somebody is named where the words bring somebody along, or ask for places."""
    own = message.sender.email.lower()
    others = [one for one in people if own not in (str(answer.value) for answer in one.answers.values())]
    return bool(others) or not any(act.kind in (ActKind.BRING, ActKind.PLACES) for act in result.acts)


def _words_around(message: Message | None) -> Iterator[str]:
    for mail in _mails(message) if message else ():
        yield mail.subject
        yield from text_lines(
            block for block in mail.body if block.quote == 0 and not isinstance(block, Table)
        )


def _each_once(clues: Iterable[EventClue], event: str) -> tuple[EventClue, ...]:
    given = (EventClue(event, ClueSource.GIVEN),) if event else ()
    return tuple(dict.fromkeys((*given, *clues)))


@lru_cache(maxsize=8)
def _blank_form(lines: frozenset[str], titles: frozenset[str]) -> BlankForm:
    return BlankForm(lines, titles)


def _titles(settings: Settings) -> frozenset[str]:
    """What stands above forms, and again at the top of their next page."""
    forms = (text for form in settings.forms.values() for text in (form.title, *form.intro.splitlines()))
    return frozenset((*forms, *(event.title for event in settings.events.values())))


@lru_cache(maxsize=32)
def _labels(form: Form) -> Labels:
    return Labels(form)
