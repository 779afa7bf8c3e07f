"""The installation of ``tests/service`` on real servers, here to be mistreated."""

from __future__ import annotations

from tests.service.conftest import make_office, office

__all__ = ["make_office", "office"]
