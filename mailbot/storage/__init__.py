"""The ledger: the only truth. Workbook, mails and mailbox folders follow from it.

``Store`` opens the database and gives transactions; each file beside it holds what is read or
written in one: ``arrivals`` (messages met), ``known`` and ``record`` (before and after a
decision), ``outgoing`` (mail to send), ``workbooks``, ``overview`` (what commands show),
``person`` (one person's data) and ``backup``.
"""

from mailbot.storage.database import Store, StoreTrouble, Transaction

__all__ = ["Store", "StoreTrouble", "Transaction"]
