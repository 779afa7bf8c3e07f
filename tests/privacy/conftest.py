"""A town per test, as the season's tests have it."""

from tests.event_sheet.conftest import town

__all__ = ["town"]
