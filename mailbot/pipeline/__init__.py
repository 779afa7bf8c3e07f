"""Blocks → Submission: which form, which people, which answers, and what the words want."""

from mailbot.pipeline.interpret import understand
from mailbot.pipeline.report import as_json

__all__ = ["as_json", "understand"]
