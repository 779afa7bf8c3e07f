"""The mailbox: lists new mail, files what was handled, wakes when mail comes. The only user of imapclient.

Whether a mail is unread does not tell whether mailbot handled it, since people read that mailbox too:
messages that were listed are known by UID under a UIDVALIDITY (RFC 9051 §2.3.1.1), handled ones by the
ledger. Only ``mark_read`` sets the flag.
"""

from mailbot.transport.imap.inbox import BATCH, BATCH_BYTES, Cursor, Fetched
from mailbot.transport.imap.mailbox import Mailbox

__all__ = ["BATCH", "BATCH_BYTES", "Cursor", "Fetched", "Mailbox"]
