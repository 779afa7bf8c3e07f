"""A town per test, as the season's tests have it."""

from tests.season.conftest import town

__all__ = ["town"]
