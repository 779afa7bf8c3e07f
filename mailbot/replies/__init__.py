"""Decisions → mails: who hears what, in which words."""

from mailbot.replies.answers import compose

__all__ = ["compose"]
