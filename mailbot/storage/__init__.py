"""The ledger: the only truth. Workbook, mails and mailbox folders follow from it.

``Store`` opens the database and gives transactions. Each module beside it holds what is read or written
in one: ``messages`` (mail met), ``decision_context`` and ``decisions`` (before and after a decision),
``outbox`` (mail to send), ``workbooks``, ``queries`` and ``health`` (what commands show),
``personal_data`` and ``retention`` (erasure, and what nobody needs any more), ``consistency`` (what the
daily check looks for), ``lease`` (who runs), ``hosts`` (all who do) and ``backup``.
"""

from mailbot.storage.database import Store, StoreTrouble, Transaction

__all__ = ["Store", "StoreTrouble", "Transaction"]
