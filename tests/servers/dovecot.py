"""A private Dovecot under a temporary folder: real IMAP on a free port of the loopback."""

from __future__ import annotations

import base64
import grp
import os
import pwd
import re
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from imapclient import IMAPClient

from tests.patience import PATIENCE
from tests.servers import certificate

PASSWORD = "een-geheim"

#: What both versions understand. 2.4 refuses a file of 2.3 and the other way round, so the rest is
#: written for each.
_COMMON = """
base_dir = {root}/run
state_dir = {root}/state
log_path = {root}/dovecot.log
listen = 127.0.0.1
protocols = imap
default_internal_user = {user}
default_internal_group = {group}
default_login_user = {user}
first_valid_uid = 0
first_valid_gid = 0
mailbox_idle_check_interval = 1 secs
mail_max_userip_connections = 100
auth_failure_delay = 0
auth_mechanisms = plain login xoauth2 oauthbearer
ssl = yes
{extra}

namespace inbox {{
  inbox = yes
  separator = {separator}
  prefix = {prefix}
  mailbox Verzonden {{
    special_use = \\Sent
  }}
}}

service imap-login {{
  chroot =
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = {tls_port}
    ssl = yes
  }}
}}
service anvil {{
  chroot =
  unix_listener anvil-auth-penalty {{
    mode = 0
  }}
}}
service stats {{
  chroot =
}}
"""

_CONFIG_2_3 = (
    _COMMON
    + """
mail_location = maildir:{root}/mail/%u
disable_plaintext_auth = no
ssl_cert = <{root}/server.pem
ssl_key = <{root}/server.key
passdb {{
  driver = oauth2
  mechanisms = xoauth2 oauthbearer
  args = {root}/oauth2.conf
}}
passdb {{
  driver = static
  mechanisms = plain login
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={root}/home/%u allow_all_users=yes
}}
"""
)

_OAUTH2_2_3 = """
introspection_mode = local
username_attribute = email
local_validation_key_dict = fs:posix:prefix={root}/keys/
"""

_CONFIG_2_4 = (
    """
dovecot_config_version = 2.4.0
dovecot_storage_version = 2.4.0
"""
    + _COMMON
    + """
mail_driver = maildir
mail_path = {root}/mail/%{{user}}
auth_allow_cleartext = yes
ssl_server_cert_file = {root}/server.pem
ssl_server_key_file = {root}/server.key
oauth2 {{
  introspection_mode = local
  username_attribute = email
  oauth2_local_validation {{
    dict fs {{
      fs posix {{
        prefix = {root}/keys/
      }}
    }}
  }}
}}
passdb static {{
  mechanisms_filter = plain login
  password = {password}
}}
userdb static {{
  allow_all_users = yes
  fields {{
    uid = {uid}
    gid = {gid}
    home = {root}/home/%{{user}}
  }}
}}
"""
)


@dataclass(frozen=True)
class Dovecot:
    """A running server. Any user name logs in with ``PASSWORD``, each with a mailbox of its own."""

    port: int
    tls_port: int
    root: Path
    ca_file: Path
    jwt_key: bytes

    def client(self, user: str) -> IMAPClient:
        """A plain client of imapclient itself, logged in, to prepare and look at mailboxes."""
        client = IMAPClient("127.0.0.1", self.port, ssl=False, timeout=PATIENCE)
        client.normalise_times = False
        client.login(user, PASSWORD)
        return client

    def deliver(self, user: str, raw: bytes, received: datetime | None = None, folder: str = "INBOX") -> int:
        """Puts a message into a folder with that arrival time (aware), and gives its UID."""
        with self.client(user) as client:
            answer = client.append(folder, raw, (), received)
            return int(answer.split(b"APPENDUID ")[1].split(b"]")[0].split()[1])

    def kick(self, user: str) -> None:
        """Ends every connection of a user with a BYE, as a restarted server does."""
        subprocess.run(
            ["doveadm", "-c", self.root / "dovecot.conf", "kick", user],
            check=False,
            capture_output=True,
        )


def installed() -> bool:
    """Whether this machine has a Dovecot."""
    return shutil.which("dovecot", path=_path()) is not None


@contextmanager
def running(
    *, separator: str = "/", prefix: str = "", extra: str = "", password: str = PASSWORD
) -> Iterator[Dovecot]:
    """A Dovecot of one's own until the block ends, in a folder of its own: pytest closes its
    folders to the unprivileged user that Dovecot serves mail as. ``extra`` is appended to its
    configuration."""
    with tempfile.TemporaryDirectory(prefix="dovecot-") as folder:
        Path(folder).chmod(0o755)
        with _running(Path(folder), separator, prefix, extra, password) as server:
            yield server


@contextmanager
def _running(root: Path, separator: str, prefix: str, extra: str, password: str) -> Iterator[Dovecot]:
    mail_user = "nobody" if os.getuid() == 0 else pwd.getpwuid(os.getuid()).pw_name
    account = pwd.getpwnam(mail_user)
    group = grp.getgrgid(account.pw_gid).gr_name
    port, tls_port = free_ports(2)
    key = os.urandom(32)
    for folder in ("run", "state", "mail", "home", "keys/default/HS256"):
        (root / folder).mkdir(parents=True)
    (root / "keys/default/HS256/default").write_bytes(base64.b64encode(key))
    (root / "oauth2.conf").write_text(_OAUTH2_2_3.format(root=root))
    certificate.write(root)
    binary = shutil.which("dovecot", path=_path()) or "dovecot"
    config = (_CONFIG_2_3 if version(binary) < (2, 4) else _CONFIG_2_4).format(
        root=root,
        user=mail_user,
        group=group,
        uid=account.pw_uid,
        gid=account.pw_gid,
        port=port,
        tls_port=tls_port,
        separator=separator,
        prefix=prefix,
        extra=extra,
        password=password,
    )
    (root / "dovecot.conf").write_text(config)
    if os.getuid() == 0:
        for folder in ("mail", "home"):
            shutil.chown(root / folder, mail_user)
    with (root / "stderr").open("wb") as stderr:  # where it refuses its configuration, before it has a log
        server = subprocess.Popen(
            [binary, "-F", "-c", root / "dovecot.conf"],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,  # it keeps its parent's pipe open otherwise
            stderr=stderr,
        )
    try:
        _wait(port, server, root)
        yield Dovecot(port, tls_port, root, root / "ca.pem", key)
    finally:
        server.terminate()
        server.wait(10)


def until_listening(port: int, what: str) -> None:
    """Waits, ten seconds at most, until a server takes connections; ``what`` it is, for who reads of it."""
    for _ in range(500):
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.02)
        else:
            return
    raise RuntimeError(f"{what} did not start")


def free_ports(count: int) -> list[int]:
    """Ports of the loopback that nobody listens on."""
    sockets = [socket.socket() for _ in range(count)]
    try:
        for one in sockets:
            one.bind(("127.0.0.1", 0))
        return [one.getsockname()[1] for one in sockets]
    finally:
        for one in sockets:
            one.close()


def _path() -> str:
    return f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin"


def version(binary: str = "") -> tuple[int, ...]:
    """The version of a Dovecot, as (2, 4, 1)."""
    binary = binary or shutil.which("dovecot", path=_path()) or "dovecot"
    said = subprocess.run([binary, "--version"], check=True, capture_output=True, text=True).stdout
    return tuple(map(int, re.findall(r"\d+", said.split()[0])))


def _wait(port: int, server: subprocess.Popen[bytes], root: Path) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            if server.poll() is not None:
                break
            time.sleep(0.02)
        else:
            return
    said = [path.read_text() for path in (root / "stderr", root / "dovecot.log") if path.exists()]
    ended = "is silent" if server.poll() is None else f"ended with {server.returncode}"
    raise RuntimeError(f"Dovecot {ended}: {' '.join(filter(None, said)) or 'it said nothing'}")
