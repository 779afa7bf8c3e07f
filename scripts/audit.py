"""Asks the package index about every pinned dependency: was it withdrawn, and is its licence one of ours?

Known weaknesses are not among what an index tells: for those, run ``pip-audit`` where its service
can be reached.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

REQUIREMENTS = sorted((Path(__file__).parents[1] / "requirements").glob("*.txt"))
#: Licences that let anybody use and pass on what is built with them, as packages write them.
PERMISSIVE = re.compile(r"\b(0?BSD|MIT|Apache|ISC|PSF|Unlicense|MPL|Mozilla Public|CC0|Zlib)\b", re.I)
COPYLEFT = re.compile(r"\b(A|L)?GPL|\b(SSPL|BUSL|EUPL)\b", re.I)
#: Looked at by a person: why these are in order all the same.
KNOWN = {
    "atheris": "Apache-2.0, said in its files only",
    "IMAPClient": "BSD-3-Clause, said in its files only",
    "psycopg": "LGPL, an extra that is installed beside mailbot where PostgreSQL is chosen",
    "psycopg-binary": "the same",
}


def troubles(report: dict[str, Any]) -> list[str]:
    """What is the matter with the packages of a report of pip's (its installation report, version 1).

    pip is pinned with the rest: Debian's own names neither withdrawals nor most licences.
    """
    found = []
    for package in report["install"]:
        facts = package["metadata"]
        name, version = facts["name"], facts["version"]
        if package.get("is_yanked"):
            found.append(f"{name} {version}: was withdrawn from the index: pin another version")
        said = facts.get("license_expression") or "; ".join(
            one for one in facts.get("classifier", ()) if one.startswith("License ::")
        )
        said = said or (facts.get("license") or "").partition("\n")[0]
        if name not in KNOWN and (not PERMISSIVE.search(said) or COPYLEFT.search(said)):
            found.append(f"{name} {version}: its licence is {said or 'not said'}: look at it, or do without")
    return found


def main() -> int:
    """Prints what is the matter, a line each; 1 where anything is."""
    wanted = [word for file in REQUIREMENTS for word in ("-r", str(file))]
    options = "install --dry-run --ignore-installed --no-deps --quiet --disable-pip-version-check --report -"
    asked = [sys.executable, "-m", "pip", *options.split(), *wanted]
    done = subprocess.run(asked, check=True, stdout=subprocess.PIPE)  # noqa: S603  words of our own
    report = json.loads(done.stdout)
    found = troubles(report)
    good = f"{len(report['install'])} dependencies: none withdrawn, every licence looked at"
    print("\n".join(found) or good)  # noqa: T201  a script speaks
    return 1 if found else 0


if __name__ == "__main__":
    raise SystemExit(main())
