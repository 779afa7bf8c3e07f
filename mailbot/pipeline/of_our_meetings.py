"""Whether what words do is done at a meeting of ours: another day, another place, a meeting or a list of
others leave it to a person."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from mailbot.domain.document import Paragraph
from mailbot.domain.form import Form
from mailbot.domain.message import Message
from mailbot.domain.submission import Act, ActKind, Intent, Submission, SubmissionKind
from mailbot.intent.classifier import IntentResult
from mailbot.intent.lexicon import language_of, lexicon, spaced
from mailbot.intent.listed_people import headed
from mailbot.intent.person_mentions import places_headed_for
from mailbot.matching.days_ahead import counts_other_days
from mailbot.matching.names import name_of, same_name
from mailbot.matching.seats import is_another_seat
from mailbot.matching.subject_matter import (
    at_another_meeting,
    heads_another_list,
    is_place_of_ours,
    names_another_day,
    names_another_day_of_a_month,
)
from mailbot.pipeline.material import Material
from mailbot.text.lexicon import LANGUAGES
from mailbot.text.normalize import plain

#: What is left to a person where it may not be of ours.
_IN_DOUBT = {
    Intent.REGISTER: Intent.UNCLEAR,
    Intent.RESTORE: Intent.UNCLEAR,
    Intent.SUBSTITUTE: Intent.UNCLEAR,
    Intent.WITHDRAW: Intent.MAYBE_WITHDRAW,
    Intent.EXCUSE: Intent.MAYBE_WITHDRAW,
}
#: Acts of coming and of staying away.
_PRESENCE = frozenset({ActKind.COME, ActKind.NOT_COME, ActKind.RESTORE})


def in_doubt(result: IntentResult) -> IntentResult:
    """The result as one that a person reads, by which nobody is put on the list or taken off."""
    return replace(result, intent=_IN_DOUBT.get(result.intent, result.intent), left_out=True)


def at_our_meetings(mail: Material, result: IntentResult) -> IntentResult:
    """The result, unclear where a clause that says it names a day that no meeting of ours has, another
    meeting or another place: "de werkgroep van 14 januari moet ik annuleren", "op de sportraad ben ik er niet
    bij", "naar De Grote Post kan ik niet". A day without its month, or counted from today, may be of ours all
    the same."""
    if result.intent not in _IN_DOUBT:
        return result
    strange = [one for one in result.acts if names_another_day(one.clause, mail.settings)]
    ours = [one for one in result.acts if one.kind in _PRESENCE and not one.elsewhere and one not in strange]
    strange += [one for one in ours if _is_at_another(mail, one)]
    strange += [one for one in result.acts if _is_of_another_seat(mail, one)]
    acts = tuple(replace(one, agreed=one.agreed and one not in strange) for one in result.acts)
    if strange:
        return replace(result, intent=Intent.UNCLEAR, acts=acts)
    other = any(
        names_another_day_of_a_month(one.clause, mail.settings)
        or counts_other_days(one.clause, mail.settings, mail.now)
        for one in ours
    )
    return in_doubt(result) if other else result


def _is_at_another(mail: Material, act: Act) -> bool:
    """Whether an act is done at a meeting of others, which the clause before may name, or at another place:
    "de gemeenteraad, daar kan ik niet bij zijn"."""
    said = spaced(act.clause)
    there = any(lexicon(one).concepts["there"].match(said, 1) for one in LANGUAGES)
    if not there and _gives_reason(act.clause):
        return False
    clause = plain(act.words).replace(",", " ") if there else act.clause
    return at_another_meeting(clause, mail.settings, mail.now) or _at_another_place(mail, act)


def _is_of_another_seat(mail: Material, act: Act) -> bool:
    """Whether somebody takes a place that is none at a meeting of ours ("op de tweede rij"), or at one of
    others: "in de gemeenteraad"."""
    if act.kind is not ActKind.SUBSTITUTE or act.elsewhere:
        return False
    said = plain(act.words)
    return any(says(said, mail.settings, mail.now) for says in (is_another_seat, at_another_meeting))


def _at_another_place(mail: Material, act: Act) -> bool:
    """Whether somebody says that they come, or do not, to a place by name where no event of ours is: "naar De
    Grote Post"."""
    places = [place for place in places_headed_for(act.words) if plain(place) in act.clause]
    return bool(places) and not any(is_place_of_ours(place, mail.settings, mail.now) for place in places)


def _gives_reason(clause: str) -> bool:
    """Whether a clause tells why: "ik moet naar de gemeenteraad en kan er niet bij zijn"."""
    said = spaced(clause)
    return lexicon(language_of(said)).says("reason", said)


def lists_of_others(mail: Material, message: Message) -> Iterator[str]:
    """The lists of names in a mail that are those of a meeting of others, by what stands before them, which
    may have been read as part of a form."""
    own = (one for one in message.body if isinstance(one, Paragraph) and not (one.quote or one.signature))
    for head, who in headed([one.text for one in own]):
        signed = same_name(who, message.sender.name)  # a body above who writes for it
        if not signed and heads_another_list(head, mail.settings, mail.now):
            yield f"{head}: {who}"


def without_certainty(submission: Submission, others: tuple[str, ...], form: Form | None) -> Submission:
    """The submission as one that may be a registration, where somebody whom it reads on a form of typed names
    stands in a list of ``others``: a heading among names may be read as one of them."""
    if form is None or submission.found is not SubmissionKind.FORM:
        return submission
    names = (name_of(one.values, form) for one in submission.people)
    theirs = any(name and name in listed for listed in others for name in names)
    return replace(submission, found=SubmissionKind.PERHAPS) if theirs else submission
