"""One installation per language for all tests here: its templates are compiled once."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import pytest

from mailbot.config.settings import Settings
from tests.notifications.building import settings


@pytest.fixture(scope="session")
def in_language(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Settings]:
    """The settings of the installation that writes in a language."""
    return cache(lambda language: settings(tmp_path_factory.mktemp(language), language))


@pytest.fixture(scope="session")
def installed(in_language: Callable[[str], Settings]) -> Settings:
    """The settings of the Dutch one."""
    return in_language("nl")
