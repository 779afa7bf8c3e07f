"""Blocks of a document in, the answers of people out: labels, layouts, values."""
