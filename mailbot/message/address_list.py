"""Address fields as mail programs write them: RFC 5322 mailbox lists, read with their common faults.

The standard library joins the words before an address without angle brackets into its local part,
takes an address in a display name for the sender's, and keeps group names. Each of these faults has
sent an answer to an address that does not exist.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

#: A local part and a domain without spaces, brackets or separators; quoted local parts are kept whole.
_SPEC = re.compile(r'(?:"[^"\r\n]{1,64}"|[^\s<>()\[\],;:"@]{1,200})@[^\s<>()\[\],;:"@]{1,255}')
#: An encoded word (RFC 2047) is one piece: a comma in it separates nothing.
ENCODED = re.compile(r"=\?([\w.:+-]{1,40})(?:\*[\w-]*)?\?([bBqQ])\?([^?\r\n]*)\?=")
_MAX_ADDRESSES = 500
#: What people write around an address, and is none of it.
_AROUND = ".'\u2018\u2019"


def addresses(field: str, decode: Callable[[str], str]) -> list[tuple[str, str]]:
    """(display name, address) of each mailbox in ``field``, in order; raw names, unquoted.

    ``field`` is one unfolded header value, encoded words (RFC 2047) still in it; ``decode`` reads
    such words. A display name may hold commas in quotes, or an address; the one in angle brackets
    counts. An entry without any address is left out.
    """
    found: list[tuple[str, str]] = []
    for entry in _entries(field):
        if len(found) >= _MAX_ADDRESSES:
            break
        name, spec = _parted(entry, decode)
        if spec:
            found.append((name, spec))
    return found


def beside(field: str, decode: Callable[[str], str]) -> frozenset[str]:
    """What in ``field`` reads as an address, in small letters, in a comment, a display name or elsewhere, and
    is none of its mailboxes: a reader, or the server that checks senders, may take it for one of them."""
    own = {spec.lower() for _, spec in addresses(field, decode)}
    return frozenset(one.lower().strip(_AROUND) for one in _SPEC.findall(decode(field))) - own


def _entries(field: str) -> list[str]:
    """The comma-separated entries, comments (RFC 5322 §3.2.2) kept in them, groups opened."""
    entries = [""]
    angle = False
    for piece, is_syntax in _pieces(field):
        if is_syntax and piece in "<>":
            angle = piece == "<"
        elif is_syntax and piece == ":" and not angle and "@" not in entries[-1]:
            if entries[-1].strip().lower() != "mailto":
                entries[-1] = ""  # what stood before it is the name of a group
                continue
        elif is_syntax and (piece == ";" or (piece == "," and not angle)):
            entries.append("")
            continue
        entries[-1] += piece
    return [entry.strip() for entry in entries if entry.strip()]


def _pieces(field: str) -> Iterator[tuple[str, bool]]:
    """Each character (an encoded word counts as one), and whether it can be syntax: outside quotes and
    comments, and not escaped."""
    quoted = escaped = False
    comments = position = 0
    while position < len(field):
        word = ENCODED.match(field, position)
        if word and not comments:
            yield word[0], False
            position = word.end()
            continue
        char = field[position]
        position += 1
        is_syntax = False
        if escaped or char == "\\":
            escaped = not escaped
        elif char == '"' and not comments:
            quoted = not quoted
        elif char in "()" and not quoted:
            comments = max(comments + (1 if char == "(" else -1), 0)
        else:
            is_syntax = not (quoted or comments)
        yield char, is_syntax


def _parted(entry: str, decode: Callable[[str], str]) -> tuple[str, str]:
    """Display name and address of one entry; an empty address where it has none."""
    start, end = _brackets(entry)
    if start >= 0:
        inside = entry[start + 1 : end if end > start else len(entry)]
        name = entry[:start].strip() or entry[end + 1 :].strip() if end > start else entry[:start].strip()
        return _unquoted(name), _spec(inside, decode)
    bare, comment = _without_comments(entry)
    specs = _SPEC.findall(bare)
    if not specs:
        return "", _spec(bare, decode)
    name = bare.replace(specs[-1], " ", 1).strip().removeprefix("mailto:").strip() or comment
    return _unquoted(name), _spec(specs[-1], decode)


def _brackets(entry: str) -> tuple[int, int]:
    """Where the last angle brackets of an entry stand, -1 for none: those in a comment or in quotes hold no
    address of a mailbox, whatever they look like."""
    at, start, end = 0, -1, -1
    for piece, is_syntax in _pieces(entry):
        if is_syntax and piece == "<":
            start = at
        elif is_syntax and piece == ">":
            end = at
        at += len(piece)
    return start, end


def _spec(text: str, decode: Callable[[str], str]) -> str:
    """The address in ``text``: an encoded word in it, which RFC 2047 §5 forbids, is read; a
    "mailto:" and a route before it are dropped; a full stop behind it as well."""
    text = re.sub(r"\s+", " ", text.strip())
    if "=?" in text:
        if any("@" in decode(word[0]) or " " in decode(word[0]).strip() for word in ENCODED.finditer(text)):
            return ""  # two addresses in one entry: either could be meant
        text = decode(text)
    text = re.sub(r"^(mailto|smtp):", "", text.strip("'\u2018\u2019 "), flags=re.I)
    if not text.isprintable() or "\ufffd" in text:
        return ""  # damaged on its way: without what was lost it is another's, or nobody's
    if text.startswith("@") and ":" in text:  # an obsolete route (RFC 5322 §4.4)
        text = text.partition(":")[2]
    found = _SPEC.search(text.replace(" ", "") if text.count("@") == 1 and '"' not in text else text)
    return found[0].rstrip(".") if found else ""


def _without_comments(entry: str) -> tuple[str, str]:
    """An entry without its comments, and the last comment: "jan@a.example (Jan Peeters)"."""
    kept: list[str] = []
    comment: list[str] = []
    last, depth = "", 0
    for char in entry:
        if char == "(":
            depth += 1
            comment = [] if depth == 1 else [*comment, char]
        elif char == ")" and depth:
            depth -= 1
            if depth:
                comment.append(char)
            else:
                last = "".join(comment)
        else:
            (comment if depth else kept).append(char)
    return "".join(kept).strip(), last.strip()


def _unquoted(name: str) -> str:
    name = name.strip()
    if len(name) > 1 and name[0] == name[-1] == '"':
        name = name[1:-1]
    return re.sub(r"\\(.)", r"\1", name.replace('"', "") if name.count('"') else name)
