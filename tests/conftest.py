"""Fixtures that every test directory may use."""

from hypothesis import HealthCheck, settings

pytest_plugins = ["tests.servers.fixtures"]

# No test says how fast a machine is: a busy one draws slowly.
settings.register_profile("any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("any machine")
