"""The configuration that mail is read with."""

import pytest

from mailbot.config.loader import load
from mailbot.config.settings import Settings

CONFIG = """
[[mailbox]]
name = "main"
host = "127.0.0.1"
security = "none"
user = "x"
password_env = "X"
since = 2026-01-01
address = "Secretariaat <inschrijvingen@brugge.example>"
[smtp]
host = "127.0.0.1"
security = "none"
"""


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    file = tmp_path_factory.mktemp("config") / "mailbot.toml"
    file.write_text(CONFIG, encoding="utf-8")
    return load(file)
