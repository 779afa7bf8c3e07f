"""Decisions → mails: who hears what, in which words."""

from mailbot.notifications.compose import compose

__all__ = ["compose"]
