"""A mail that only lists who comes, to its last word: "Voor Damme komen: Els Maes (schepen) en Jan Claes."

A list of nothing but names and data of theirs leaves nothing unread; what is left of a mail is what stands
above it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set

from mailbot.domain.submission import Act, ActKind
from mailbot.intent.agreement import IDLE, is_known, is_of_something_else, only_thanks
from mailbot.intent.clause import DETAILS
from mailbot.intent.listed_people import enumerated, list_of
from mailbot.intent.sentences import Sentence, sentences
from mailbot.intent.statistical import tokens
from mailbot.intent.told_details import diets_of
from mailbot.intent.told_person import come_for
from mailbot.text.normalize import letters

#: Words above a list, which the rules may understand to the last one.
_FEW = 14
#: What a second reader may hear in such a mail.
_HEARD = frozenset({ActKind.COME, ActKind.BRING, ActKind.PLACES, ActKind.CHANGE, ActKind.ANSWER, *IDLE})


def only_lists(acts: Sequence[Act], heard: Set[ActKind], lines: Sequence[str]) -> bool:
    """Whether a mail says nothing but that those of a list come, above it in a few words each of which a
    lexicon has: a second reader, who ``heard`` nothing against it, need not know them."""
    telling = [one for one in sentences(lines) if not only_thanks(one.text)]
    head = _head_of_list([act for act in acts if act.kind not in IDLE], telling)
    words = [word for word in tokens(head) if word.isalnum()]
    known = 0 < len(words) <= _FEW and all(map(is_known, words)) and not is_of_something_else(head)
    return known and heard <= _HEARD


def _head_of_list(acts: Iterable[Act], said: Sequence[Sentence]) -> str:
    """The words of a mail above the one list in it, without the body for which they come, where all acts are
    of those listed: that they come, and what one of them eats. Empty for any other mail."""
    lists = {one.text: people for one in said if (people := enumerated(list_of(one.text)))}
    if len(lists) != 1:
        return ""
    ((text, people),) = lists.items()
    names = [one.name for one in people]
    listed, others = {*map(letters, names)}, [one.text for one in said if one.text != text]
    if not all(_is_of_listed(act, listed) for act in acts) or not _only_tell_of(others, names):
        return ""
    head = text.removesuffix(list_of(text)).strip()
    for body in come_for([head]):
        head = head.replace(body, " ")
    return head


def _is_of_listed(act: Act, listed: Set[str]) -> bool:
    """Whether an act says that those who are listed come, or what some of them eat."""
    people = {*map(letters, act.people)}
    comes = act.kind is ActKind.COME and people == listed
    eats = act.kind is ActKind.CHANGE and act.field in DETAILS and bool(people) and people <= listed
    return (comes or eats) and not (act.elsewhere or act.by_reason)


def _only_tell_of(told: Sequence[str], names: Sequence[str]) -> bool:
    """Whether each of these sentences says what one of those listed eats."""
    return all(diets_of(names, [one], pronouns=False) for one in told)
