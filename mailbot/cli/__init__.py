"""The commands: ``main`` parses the command line; one file a command, with ``run(given) -> exit status``."""
