"""Fixtures that every test directory may use."""

pytest_plugins = ["tests.servers.fixtures"]
