"""``mailbot login [MAILBOX]``: signs in at a provider, for reading and sending in one go."""

from __future__ import annotations

import argparse
import sys
from dataclasses import replace

from mailbot.cli.output import say, settings_of
from mailbot.config.settings import ConfigurationError, MailboxSettings, OAuth2, Settings


def run(given: argparse.Namespace) -> int:
    """Leads through the sign-in, tries what it gave at the mail servers, and only then keeps it."""
    from mailbot.service.self_check.installation import unit, wrong_user
    from mailbot.transport import oauth
    from mailbot.transport.connection import MailServerTrouble
    from mailbot.transport.sign_in import sign_in

    settings = settings_of(given)
    box = _mailbox(given.mailbox, settings)
    wrong = wrong_user(settings, unit(settings))
    granted = sign_in(box, settings, say, sys.stdin)
    assert box.oauth2 is not None  # sign_in told otherwise
    same = _shares(box.oauth2, settings.smtp.oauth2)
    oauth.remember(box, granted.access_token, granted.lifetime)
    _try_reading(box, settings)
    say(f"{box.name}: {box.oauth2.sign_in_as or box.user} signed in, and its mailbox opens")
    if same and settings.smtp.oauth2:
        oauth.remember(settings.smtp, granted.access_token, granted.lifetime)
        try:
            _try_sending(box, settings)
        except MailServerTrouble as trouble:
            oauth.forget(box)
            raise MailServerTrouble(
                trouble.where, f"{trouble.what}, though the mailbox opens",
                "allow sending for this account (docs/microsoft365.md, docs/google.md) and in scope; "
                "nothing was kept",
            ) from None  # fmt: skip
        say("smtp: the same sign-in may send")
    if granted.scope:
        say(f"granted: {granted.scope}")
    targets = [box.oauth2, *([settings.smtp.oauth2] if same and settings.smtp.oauth2 else [])]
    for path in dict.fromkeys(oauth.keep_signed_in(one, granted.refresh_token, settings) for one in targets):
        say(f"kept in {path}")
    if wrong and path.is_relative_to(settings.state_dir):
        raise ConfigurationError(f"{path}: {wrong.says}", wrong.mend.replace(" check ", " login "))
    return 0


def _mailbox(name: str | None, settings: Settings) -> MailboxSettings:
    if name is None:
        with_oauth2 = [box for box in settings.mailboxes if box.oauth2]
        if len(with_oauth2) == 1:
            return with_oauth2[0]
        names = ", ".join(box.name for box in with_oauth2) or "none: write provider and [mailbox.oauth2]"
        raise ConfigurationError(f"{settings.file}: mailbox: which one signs in", f"name one of {names}")
    for box in settings.mailboxes:
        if box.name == name:
            return box
    names = ", ".join(box.name for box in settings.mailboxes)
    raise ConfigurationError(f'{settings.file}: mailbox: there is no "{name}"', f"use one of {names}")


def _shares(reading: OAuth2, sending: OAuth2 | None) -> bool:
    """Whether one sign-in serves both: the same client at the same server, for a person."""
    return bool(
        sending
        and sending.refresh_token_file
        and (sending.client_id, sending.token_url) == (reading.client_id, reading.token_url)
    )


def _try_reading(box: MailboxSettings, settings: Settings) -> None:
    """Opens the mailbox with the new token, since only the server knows whether whoever signed in may."""
    from mailbot.transport.connection import MailServerTrouble
    from mailbot.transport.imap import Mailbox

    try:
        with Mailbox(box, settings, read_only=True) as mailbox:
            mailbox.uidvalidity()
    except MailServerTrouble as trouble:
        raise MailServerTrouble(
            trouble.where,
            f"does not open the mailbox of {box.user} to who signed in ({trouble.what})",
            f"{_who_should(box)}; nothing was kept",
        ) from None


def _who_should(box: MailboxSettings) -> str:
    if box.oauth2 and box.oauth2.sign_in_as:
        return (
            f"give {box.oauth2.sign_in_as} full access to {box.user}, and sign in as {box.oauth2.sign_in_as}"
        )
    return f"sign in as {box.user}, or name in sign_in_as who has full access to that mailbox"


def _try_sending(box: MailboxSettings, settings: Settings) -> None:
    from mailbot.transport.smtp import Outbox

    with Outbox(replace(settings, mailboxes=(box,))) as outbox:
        outbox.check(box.replies_from.email)
