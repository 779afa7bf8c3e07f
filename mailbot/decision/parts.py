"""Who comes and who does not, as the words of a mail say of each: a decision about it has to be about all
of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from mailbot.decision.sender_relation import called
from mailbot.domain.event import Event
from mailbot.domain.form import Form
from mailbot.domain.message import Address
from mailbot.domain.submission import Act, ActKind, Submission, Who
from mailbot.matching.names import name_of, same_name
from mailbot.matching.subject_matter import names_event

#: What an act says of whom it names: that they come or do not, for certain or not.
_COMES_OR_NOT = (ActKind.COME, ActKind.NOT_COME, ActKind.RESTORE, ActKind.CONDITION, ActKind.UNSURE)
_COMES = frozenset({ActKind.COME, ActKind.RESTORE})


@dataclass(frozen=True, slots=True)
class Parts:
    """Who is said to come or not to come: ``others`` by name, and what is said of the writer (``writer``).
    ``coming`` and ``leaving`` are those of the others of whom that is said for certain; who takes the place
    of somebody that leaves comes. ``unnamed``: one other comes who is told by their function alone, as one
    stays away where ``unnamed_leaves``."""

    others: tuple[str, ...] = ()
    coming: tuple[str, ...] = ()
    leaving: tuple[str, ...] = ()
    writer: frozenset[ActKind] = frozenset()
    unnamed: bool = False
    unnamed_leaves: bool = False

    @property
    def of_others_alone(self) -> bool:
        """Whether only others than the writer are meant."""
        return bool(self.others) and not self.writer

    @property
    def has_one_for_another(self) -> bool:
        """Whether one of the writer and others stays away while another comes: a decision about one of them
        would be half of what was asked."""
        leaves, comes = ActKind.NOT_COME in self.writer, bool(self.writer & _COMES)
        others_come = bool(self.coming) or self.unnamed
        others_leave = bool(self.leaving) or self.unnamed_leaves
        of_writer = (leaves and not comes and others_come) or (comes and not leaves and others_leave)
        return (others_come and others_leave) or of_writer

    @property
    def tells_of_writer(self) -> bool:
        """Whether the words say of the writer that they come or do not."""
        return bool(self.writer & {ActKind.NOT_COME, *_COMES})


def parts_of(submission: Submission) -> Parts:
    """The parts of a mail in words, as its acts tell them; what is about something else is none."""
    acts = [act for act in submission.acts if _is_part(act) and not act.elsewhere]

    def named(*kinds: ActKind) -> tuple[str, ...]:
        return tuple(dict.fromkeys(name for act in acts if act.kind in kinds for name in act.people))

    leaving = named(ActKind.NOT_COME)
    unnamed = submission.comes_by_function is not None and not named(*_COMES)
    writers = [act for act in acts if _is_writers(act) and not (unnamed and _is_of_function(act))]
    instead = [name for name in named(ActKind.SUBSTITUTE) if name not in leaving] if leaving else ()
    return Parts(
        others=named(*_COMES_OR_NOT, ActKind.QUESTION),
        coming=(*named(*_COMES), *instead),
        leaving=leaving,
        writer=frozenset(act.kind for act in writers),
        unnamed=unnamed,
        unnamed_leaves=submission.by_function is not None and not leaving,
    )


def each_their_part(submission: Submission, writer: Address, form: Form) -> Submission:
    """A mail in words whose writer comes in the place of somebody whom it names, as one that says of the
    writer that they come, and of the other that they do not; any other mail as it is."""
    comes = submission.substitute
    if comes is None or submission.people or submission.told or not parts_of(submission).leaving:
        return submission
    if not same_name(name_of(comes.values, form), called(writer)):
        return submission
    acts = tuple(replace(act, kind=ActKind.COME) if _stands_in(act) else act for act in submission.acts)
    return submission if acts == submission.acts else replace(submission, acts=acts, substitute=None)


def _stands_in(act: Act) -> bool:
    own = act.who is Who.WRITER and act.of_self and not act.people
    return act.kind is ActKind.SUBSTITUTE and own and not act.elsewhere


def part_at(submission: Submission, event: Event, named: Iterable[Event]) -> Submission:
    """A mail in words as far as it is about one of the events that it names: what names none of them goes on
    about the last one that was named, or is about all. The substitute is of the event at which they come."""
    acts = tuple(_acts_at(submission.acts, event, tuple(named)))
    comes_instead = any(act.kind is ActKind.SUBSTITUTE for act in acts)
    return replace(submission, acts=acts, substitute=submission.substitute if comes_instead else None)


def _acts_at(acts: Iterable[Act], event: Event, named: tuple[Event, ...]) -> Iterator[Act]:
    about: list[Event] = []
    for act in acts:
        about = [one for one in named if names_event(act.clause, one)] or about
        if not about or event in about:
            yield act


def comes_together(act: Act) -> bool:
    """Whether an act says that its writer comes, together with whom it names: "Joke en ik komen"."""
    return act.who is Who.COMPANY and act.of_self and bool(act.people) and act.kind in _COMES


def is_of_another(act: Act) -> bool:
    """Whether an act is of somebody else than who wrote, by name or not: "onze burgemeester"."""
    return act.who in (Who.MAYOR, Who.COLLEAGUE, Who.NAMED) and not act.of_self


def _is_writers(act: Act) -> bool:
    return comes_together(act) or not (act.people or is_of_another(act))


def _is_of_function(act: Act) -> bool:
    """Whether an act says of somebody by their function that they come."""
    return act.kind in _COMES and act.who in (Who.MAYOR, Who.COLLEAGUE) and not act.people


def _is_part(act: Act) -> bool:
    """Whether an act says of somebody that they come or not, or asks it of another."""
    of_another = act.kind is ActKind.QUESTION and bool(act.people) and not act.of_self
    return act.kind in _COMES_OR_NOT or of_another or (act.kind is ActKind.SUBSTITUTE and bool(act.people))
