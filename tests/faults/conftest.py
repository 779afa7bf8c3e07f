"""The installation of ``tests/worker`` on real servers, here to be mistreated."""

from __future__ import annotations

from tests.worker.conftest import make_office, office

__all__ = ["make_office", "office"]
