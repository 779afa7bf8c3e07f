"""The audit of what is pinned, on what pip reports of a package."""

from __future__ import annotations

from typing import Any

import pytest

from scripts.audit import troubles


def report(**facts: Any) -> dict[str, Any]:
    package = {"is_yanked": facts.pop("yanked", False), "metadata": {"name": "x", "version": "1", **facts}}
    return {"install": [package]}


@pytest.mark.parametrize(
    "facts",
    [
        {"license_expression": "Apache-2.0 OR BSD-2-Clause"},
        {"classifier": ["Topic :: Office", "License :: OSI Approved :: MIT License"]},
        {"license": "BSD license (see license.txt for details)"},
        {"name": "psycopg", "license_expression": "LGPL-3.0-only"},
    ],
)
def test_a_permissive_licence_is_in_order_however_it_is_said(facts: dict[str, Any]) -> None:
    assert troubles(report(**facts)) == []


@pytest.mark.parametrize(
    "facts",
    [
        {"license_expression": "AGPL-3.0-or-later"},
        {"classifier": ["License :: OSI Approved :: GNU General Public License v3 (GPLv3)"]},
        {"license": "Proprietary"},
        {},
    ],
)
def test_any_other_licence_is_told(facts: dict[str, Any]) -> None:
    assert len(troubles(report(**facts))) == 1


def test_a_version_that_was_withdrawn_is_told() -> None:
    assert "withdrawn" in troubles(report(yanked=True, license_expression="MIT"))[0]
