"""What the large mail providers have in common for all their customers: hosts, ports, addresses to sign
in at, scopes. ``provider = "..."`` fills in what the configuration leaves open."""

from __future__ import annotations

from typing import Any

_MICROSOFT = "https://login.microsoftonline.com/{tenant}/oauth2/v2.0"
#: By provider and table ("imap", "smtp", "oauth2").
PROVIDERS: dict[str, dict[str, dict[str, Any]]] = {
    "microsoft365": {
        "imap": {"host": "outlook.office365.com", "port": 993, "security": "tls"},
        "smtp": {"host": "smtp.office365.com", "port": 587, "security": "starttls"},
        "oauth2": {
            "token_url": f"{_MICROSOFT}/token",
            "device_url": f"{_MICROSOFT}/devicecode",
            "authorize_url": f"{_MICROSOFT}/authorize",
        },
    },
    "google": {
        "imap": {"host": "imap.gmail.com", "port": 993, "security": "tls"},
        "smtp": {"host": "smtp.gmail.com", "port": 587, "security": "starttls"},
        "oauth2": {
            "token_url": "https://oauth2.googleapis.com/token",
            # A refresh token comes with offline access only, and anew only with consent.
            "authorize_url": "https://accounts.google.com/o/oauth2/v2/auth?access_type=offline&prompt=consent",
            "scope": "https://mail.google.com/",
        },
    },
}
#: Microsoft's scopes for a person who signs in, and for an application of its own.
_PERSON = (
    "https://outlook.office.com/IMAP.AccessAsUser.All https://outlook.office.com/SMTP.Send offline_access"
)
_APPLICATION = "https://outlook.office365.com/.default"


def filled(table: Any, kind: str) -> Any:
    """A table of the configuration ("imap" or "smtp") with the values of its provider; values that are given
    win. Raises ``ValueError`` where the provider needs more."""
    if not isinstance(table, dict) or table.get("provider") not in PROVIDERS:
        return table
    known = PROVIDERS[table["provider"]]
    made = {**known[kind], **table}
    given = made.get("oauth2")
    if isinstance(given, dict):
        oauth2 = {**known["oauth2"], **given}
        if table["provider"] == "microsoft365":
            oauth2 = _microsoft(oauth2)
        made["oauth2"] = oauth2
    return made


def _microsoft(oauth2: dict[str, Any]) -> dict[str, Any]:
    person = bool(oauth2.get("refresh_token_file"))
    if not person and not oauth2.get("tenant"):
        raise ValueError(
            "oauth2.tenant: is required where no person signs in: write the directory (tenant) id"
        )
    tenant = str(oauth2.get("tenant") or "organizations")
    urls = {
        key: value.replace("{tenant}", tenant)
        for key, value in oauth2.items()
        if key.endswith("_url") and isinstance(value, str)
    }
    return {"scope": _PERSON if person else _APPLICATION, **oauth2, **urls}
