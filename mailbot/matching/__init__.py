"""Recognisers of names, organisations and events, one of each for mail, workbook and edits."""
