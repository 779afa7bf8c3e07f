"""``python -m mailbot`` is ``mailbot``."""

from mailbot.cli.main import main

raise SystemExit(main())
