"""Mails mutated as real ones are odd, and an independent reading of them to compare with."""
