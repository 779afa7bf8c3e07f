"""What the demo shows at its end: each message with what was decided and why, and where all is."""

from __future__ import annotations

import email
import email.policy
import re
from datetime import datetime
from email.message import EmailMessage
from pathlib import Path

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from mailbot.config.settings import Settings, local
from mailbot.decision.reply_limits import NAME as ANSWERS
from mailbot.domain.decision import FindingCode, Outcome
from mailbot.storage import Store, queries
from mailbot.storage.queries import Explained
from mailbot.wording import what_was_done, what_was_found

#: Outcomes in the words of the secretary, with their colours; another is shown by its own name.
WORDS = {
    Outcome.AUTOMATIC: ("automatisch bericht", "dim"),
    Outcome.DUPLICATE: ("zelfde bericht", "dim"),
    Outcome.REVIEW: ("voor het secretariaat", "magenta"),
    Outcome.INCOMPLETE: ("onvolledig, nagevraagd", "yellow"),
    Outcome.WAITLISTED: ("wachtlijst", "yellow"),
    Outcome.LATE: ("te laat", "red"),
    Outcome.SUBSTITUTED: ("vervangen", "green"),
    Outcome.REGISTERED: ("ingeschreven", "green"),
    Outcome.CHANGED: ("gewijzigd", "green"),
    Outcome.CANCELLED: ("afgemeld", "cyan"),
    Outcome.EXCUSED: ("verontschuldigd", "cyan"),
    Outcome.UNCHANGED: ("ongewijzigd", "green"),
    Outcome.NO_FORM: ("gewone mail, blijft staan", "dim"),
}

#: Mails that are for a calendar, by kind; all others answer.
CALENDAR = {"invitation": "agenda-uitnodiging", "withdrawal": "agenda-annulering"}

#: The rules whose findings explain an outcome in a few words; for others it is the last one.
#: `mailbot explain` shows them all.
TELLING = {
    Outcome.REGISTERED: ("welke bijeenkomst", "zelfde persoon", "uiterste datum", "plaatsen", "vraag"),
    Outcome.UNCHANGED: ("zelfde persoon", "inschrijving"),
    Outcome.CHANGED: ("zelfde persoon", "inschrijving"),
    Outcome.INCOMPLETE: ("welke bijeenkomst", "volledig"),
    Outcome.REVIEW: ("welke bijeenkomst", "uiterste datum"),
    Outcome.CANCELLED: ("welke bijeenkomst", "komt niet", "afzender hoort bij de inschrijving"),
}


def table(settings: Settings, console: Console) -> None:
    """Prints a row per message: who and what, the decision, and each rule's reason."""
    shown = Table(show_lines=True, header_style="bold", expand=True)
    for title, ratio in (("Bericht", 4), ("Besloten", 3), ("Waarom", 6), ("Verstuurd", 3)):
        shown.add_column(title, ratio=ratio, overflow="fold")
    with Store(settings.store_url) as store, store.read_transaction() as tx:
        for met in queries.messages(tx):
            explained = queries.explained(tx, met.id)
            if explained:
                shown.add_row(*_row(explained, local(met.received, settings.zone)))
    console.print(shown)


def _row(explained: Explained, received: datetime) -> tuple[str, str, str, str]:
    met = explained.met
    if met.outcome:
        word, colour = WORDS.get(Outcome(met.outcome), (met.outcome, "green"))
    else:
        word, colour = "kon niet verwerkt worden", "red"
    answers: dict[str, list[str]] = {}
    for kind, recipient, _ in explained.mails:
        answers.setdefault(recipient, []).append(CALENDAR.get(kind, "antwoord"))
    return (
        f"[bold]{escape(met.subject or '(zonder onderwerp)')}[/]\n{escape(met.sender)}\n"
        f"[dim]{received:%d-%m %H:%M}[/]",
        f"[bold {colour}]{word}[/]\n{' '.join(met.nrs)}".strip(),
        escape("\n".join(_reasons(explained)) or explained.error.strip().rpartition("\n")[2]),
        escape("\n".join(f"{', '.join(kinds)} → {to}" for to, kinds in answers.items()) or "–"),
    )


def _reasons(explained: Explained) -> list[str]:
    """The few findings that explain the outcome, and what changed; none twice."""
    said = [finding for finding in explained.findings if finding.rule != ANSWERS]
    outcome = explained.met.outcome
    rules = TELLING.get(Outcome(outcome), ()) if outcome else ()
    telling = [
        f"{finding.rule}: {what_was_found(finding)}"
        for finding in said
        if finding.rule in rules and finding.code is not FindingCode.NOTHING
    ]
    if not telling and said:
        telling = [f"{said[-1].rule}: {what_was_found(said[-1])}"]
    if outcome == Outcome.CHANGED:
        telling += [what_was_done(logged.line) for logged in explained.log]
    return list(dict.fromkeys(telling))


def keep(folder: Path, came: list[tuple[bytes, datetime]], went: list[bytes]) -> None:
    """Writes the messages that came, and those that went as .eml with their text beside it."""
    (folder / "messages").mkdir()
    (folder / "replies").mkdir()
    for number, (raw, _) in enumerate(came, start=1):
        (folder / "messages" / f"{number:02d}.eml").write_bytes(raw)
    for number, raw in enumerate(went, start=1):
        mail = email.message_from_bytes(raw, policy=email.policy.default)
        assert isinstance(mail, EmailMessage)
        about = re.sub(r"\W+", "-", f"{mail['To'].addresses[0].addr_spec} {mail['Subject']}")[:70].strip("-")
        path = folder / "replies" / f"{number:02d}-{about}"
        Path(f"{path}.eml").write_bytes(raw)
        for kind, suffix in (("plain", "txt"), ("html", "html")):
            body = mail.get_body((kind,))
            if body:
                Path(f"{path}.{suffix}").write_text(str(body.get_content()), encoding="utf-8")


def places(folder: Path, settings: Settings, console: Console) -> None:
    """Prints where everything is."""
    drawn = (settings.workbook_dir / f"{name}.xlsx" for name in (*settings.events, "Te behandelen"))
    workbooks = ", ".join(str(path) for path in drawn if path.exists())
    console.print()
    for what, where in (
        ("Werkboek", workbooks or f"geen in {settings.workbook_dir}"),
        (
            "Formulier",
            f"{settings.forms_dir}: het eigen Word-formulier, overgenomen als `mailbot form adopt`",
        ),
        ("Antwoorden", f"{folder.resolve() / 'replies'} (.eml, .txt en .html)"),
        ("Mails", str(folder.resolve() / "messages")),
        ("Waarom", f"mailbot explain 1 --config {settings.file}"),
    ):
        console.print(f"[bold]{what:<11}[/] {escape(where)}", soft_wrap=True, highlight=False)
