"""Blocks → Submission: which form, which people, which answers, and what the words want."""

from mailbot.submission.report import as_json
from mailbot.submission.understanding import understand

__all__ = ["as_json", "understand"]
