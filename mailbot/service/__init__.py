"""The background worker: poll, process, deliver, synchronise workbooks, maintain."""
