"""Of what the "not" in a part of a sentence is: of a coming, of what another does, or of something else."""

from __future__ import annotations

from dataclasses import replace

from mailbot.domain.submission import Act, ActKind
from mailbot.intent.clause import (
    COMING,
    Clause,
    apart,
    begins_with_but,
    presence_in,
)
from mailbot.intent.lexicon import is_word, spaced
from mailbot.intent.verdicts import ELLIPSIS

#: Words of a clause that says of what its "not" is.
_SAYS_OF_WHAT = 4
#: Words for people, of whom a clause tells no mere thing.
SOMEBODY = ("mayor", "colleague", "group", "company")


def by_what_is_denied(act: Act, parts: tuple[Clause, ...]) -> Act:
    """A staying away that no part of its sentence says by itself: a reason for one at most where the "not" is
    of something else, and a doubt where its writer is on the list."""
    something_else = _denies_something_else(parts) or _denies_beside_coming(parts)
    if act.kind is not ActKind.NOT_COME or not something_else:
        return act
    stands = any(part.says("stands") for part in parts)
    return replace(act, kind=ActKind.UNSURE) if stands else replace(act, by_reason=True)


def _denies_something_else(parts: tuple[Clause, ...]) -> bool:
    """Whether the only "not" of a sentence stands in a "but" that says nothing of coming: "ik ben
    ingeschreven maar eet geen vlees" stays away from nothing, "... maar mijn auto start niet" may by that."""
    denied = [part for part in parts if part.says("not")]
    return bool(denied) and all(
        begins_with_but(part) and not part.says(*COMING, "not_there", "leave", "away") for part in denied
    )


def _denies_beside_coming(parts: tuple[Clause, ...]) -> bool:
    """Whether each "not" of a sentence stands in a part that says nothing of coming and goes on behind it
    ("nothing has changed", "no parking needed"), where another part says that somebody comes; "helaas niet"
    takes that back."""
    denied = [part for part in parts if part.says("not")]
    comes = any([*presence_in(part)] == [ActKind.COME] for part in parts if part not in denied)
    return (
        comes
        and bool(denied)
        and all(
            not part.says(*COMING, "not_there", "leave", "away") and _denies_a_thing(part) for part in denied
        )
    )


def _denies_a_thing(part: Clause) -> bool:
    """Whether words of its own stand behind the "not" of a part."""
    found = part.lexicon.find("not", part.text)
    behind = part.text[found.end() :].split() if found else []
    return any(word not in part.lexicon.small_words for word in behind)


def is_denied_beside(whole: Clause) -> bool:
    """Whether each "not" of a sentence is in a clause that says itself of what: "ik kom graag, mijn Frans is
    niet perfect", and not "ik kom graag, helaas niet"."""
    parts = apart(whole)
    denied = [part for part in parts if part.says("not")]
    if denied and parts[-1] not in denied and [*presence_in(parts[-1])] == [ActKind.COME]:
        return not any(part.says(*COMING, "not_there", "leave", "away") for part in denied)
    return (
        bool(denied)
        and not whole.says("leave", "away")
        # "ik kwam graag, maar mijn auto ..."
        and not any(map(begins_with_but, parts[: parts.index(denied[-1]) + 1]))
        and all(len(part.text.split()) >= _SAYS_OF_WHAT and _says_of_what(part) for part in denied)
        and not any(part.says(*COMING, "not_there") for part in denied)
    )


def denies_of_another(part: Clause) -> bool:
    """Whether a part of a sentence says by a "not" alone that another does not do what the one before says:
    "ik kom, mijn vrouw niet", and not "ik kwam graag, helaas niet"."""
    lex, denied = part.lexicon, part.lexicon.find("not", part.text)
    if denied is None or part.text[denied.end() :].strip() or part.words > ELLIPSIS:
        return False
    before = spaced(part.text[: denied.start()])
    if lex.who["writer"].search(before) or replace(part, text=before).says(*COMING, "leave", "away"):
        return False
    theirs = any(lex.who[one].search(before) for one in ("mine", *SOMEBODY))
    return theirs or not all(map(is_word, before.split()))


def _says_of_what(part: Clause) -> bool:
    """Whether a clause says of what its "not" is, or begins with it: "... en die haalt het niet", and not
    "... en die dag haal ik het niet"."""
    opens = part.text.split()[:_OPENING]
    of_it = part.lexicon.says("points_at", spaced(" ".join(opens))) and not part.lexicon.who["writer"].search(
        part.text
    )
    return part.says("of_what") or of_it


#: Words: an "and", and what a clause is about.
_OPENING = 2
