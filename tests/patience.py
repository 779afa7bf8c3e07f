"""How long a test waits."""

#: Seconds for what must come: a busy machine takes long, and what never comes fails all the same.
PATIENCE = 300.0
