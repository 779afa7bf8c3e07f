"""Blocks → Submission: which form, which people, which answers, and what the words want."""
