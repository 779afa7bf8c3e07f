"""The ledger's tables (``tables.py``) and the migrations that lead to them (``versions/``)."""
