"""The mails that follow from a decision. In goes a Decision with the message that it is about, if any;
out come ``Mail`` values: who gets one, in which words, with which calendar entries."""

from mailbot.notifications.compose import compose

__all__ = ["compose"]
