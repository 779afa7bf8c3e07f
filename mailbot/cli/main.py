"""The commands: what each is called and takes. What each does stands in a file of its
name beside this one, imported when the command is given."""

from __future__ import annotations

import argparse
import logging
import shutil
import sys
from collections.abc import Sequence
from importlib import import_module
from io import TextIOWrapper
from pathlib import Path
from typing import NoReturn

from mailbot.config.settings import ConfigurationError
from mailbot.service.log_format import TEXT
from mailbot.text.system_errors import describe

DONE, OUTSIDE, WRONG = 0, 1, 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command. Exit status: 0 done; 1 something outside failed and will be tried again;
    2 wrong usage or configuration, said in one line on standard error."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):  # a terminal without ✓ or é shows "?", and goes on
            stream.reconfigure(errors="replace")
    given = _parsed(arguments)
    _log_to_terminal(verbose=given.verbose)
    command = import_module(f"mailbot.cli.{given.command.replace('-', '_')}")
    try:
        status: int = command.run(given)
    except ConfigurationError as error:
        print(f"mailbot: {error}", file=sys.stderr)  # noqa: T201  a command speaks to its user
        return WRONG
    except BrokenPipeError:  # `mailbot messages | head`
        sys.stderr.close()
        return DONE
    except KeyboardInterrupt:
        return OUTSIDE
    except Exception as error:
        if not _is_trouble(error):
            raise
        print(f"mailbot: {_said(error)}", file=sys.stderr)  # noqa: T201  as above
        return OUTSIDE
    return status


def _parsed(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = make_parser()
    given, rest = parser.parse_known_args(arguments)
    if rest and getattr(given, "event", "") == "adopt" and not any(word.startswith("-") for word in rest):
        given.blank += rest  # argparse ends a list at an option: what follows it is added here
    elif rest:
        parser.error(f"unrecognized arguments: {' '.join(rest)}")
    return given


def _log_to_terminal(*, verbose: bool) -> None:
    logging.basicConfig(format=TEXT, stream=sys.stderr)
    logging.getLogger("mailbot").setLevel(logging.INFO if verbose else logging.WARNING)
    for name in ("apscheduler", "mailparser"):  # the latter logs headers of mail
        logging.getLogger(name).setLevel(logging.ERROR)


def _said(error: Exception) -> str:
    """What an error says, in one line."""
    return describe(error) if isinstance(error, OSError) else " ".join(str(error).split())


def _is_trouble(error: Exception) -> bool:
    """Whether an error comes from outside (ledger, mail server, disk) and is no defect. Classes are compared
    by name, since importing them would slow the start of every command."""
    names = {kind.__name__ for kind in type(error).__mro__}
    return bool(names & {"StoreTrouble", "MailServerTrouble", "OSError"})


_BEGIN = """\
to begin:
  mailbot demo                     the main job on servers of its own, nothing to configure
  mailbot init DIR                 a configuration; then fill it in, and sign in with mailbot login
  mailbot check                    tries all of it, and says what to mend
  mailbot run --once --dry-run     what would be done, without doing it
  mailbot run                      the service

Each command says more: mailbot COMMAND --help. Exit status: 0 done; 1 something outside failed and is tried
again; 2 wrong usage or configuration, in one line with its mend. The documentation lies in docs/, of the
Debian package in /usr/share/doc/mailbot; begin with running.md."""
#: By command, words as they are typed, where its options alone do not show them.
_EXAMPLES = {
    "init": ["init /etc/mailbot --address in@vereniging.example --provider google --event Netwerkdag"],
    "run": ["run --once --dry-run"],
    "read": ["read ingevuld.docx", "read --event kis-2026-3 --json mail.eml"],
    "form": [
        "form kis-2026-3 --format pdf --out formulieren",
        "form adopt Inschrijving.docx --check ingevuld-1.docx ingevuld-2.pdf",
    ],
    "explain": ["explain 17"],
    "status": ["status --check"],
    "person": ["person jan@damme.example --export >jan.json"],
    "backup": ["backup /var/backups/mailbot/2026-11-28.db"],
    "event": ["event copy kis-2026-3 kis-2027-1"],
}


class _Version(argparse.Action):
    """Looks the version up only where it is asked for: that takes longer than the rest of a start."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        from mailbot.service.distribution import release

        parser.exit(0, f"mailbot {release()}\n")


class _Help(argparse.RawDescriptionHelpFormatter):
    """Help in two columns, without the line COMMAND that argparse puts above the list of commands."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, max_help_position=26, width=min(100, shutil.get_terminal_size().columns - 2))
        self._action_max_length = 18  # argparse forgets how far the commands are indented

    def _format_action(self, action: argparse.Action) -> str:
        text = super()._format_action(action)
        return text.split("\n", 1)[1] if isinstance(action, argparse._SubParsersAction) else text


class _Parser(argparse.ArgumentParser):
    """Tells wrong usage in one line, as every error of mailbot; argparse would print the usage before it."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"mailbot: {message}: see `{self.prog} --help`\n")


def make_parser() -> argparse.ArgumentParser:
    """All that is taken on the command line; manual and completions are made from it."""
    parser = _Parser(
        prog="mailbot",
        description="Reads registration forms from a mailbox, keeps a workbook of attendees, answers.",
        epilog=_BEGIN,
        formatter_class=_Help,
    )
    parser.add_argument("--version", action=_Version, nargs=0, help="print the version")
    where = "default: $MAILBOT_CONFIG, else config/mailbot.toml, else /etc/mailbot/mailbot.toml"
    parser.add_argument("--config", metavar="FILE", help=where)
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND", title="commands")

    def command(name: str, text: str) -> argparse.ArgumentParser:
        one = commands.add_parser(
            name,
            help=text,
            description=text[0].upper() + text[1:] + ".",
            epilog="\n".join(("for example:", *(f"  mailbot {words}" for words in _EXAMPLES[name])))
            if name in _EXAMPLES
            else None,
            formatter_class=_Help,
        )
        one._positionals.title = "what it takes"
        # --config may stand before or behind the command. A default here would overwrite the one before.
        one.add_argument("--config", metavar="FILE", default=argparse.SUPPRESS, help=where)
        one.add_argument("--verbose", "-v", action="store_true", help="tell on standard error what is done")
        return one

    one = command("demo", "show the main job on an embedded mail server, with nothing to configure")
    one.add_argument("dir", nargs="?", metavar="DIR", help="where workbook, replies and messages are left")

    one = command("init", "write a starter configuration")
    one.add_argument("dir", metavar="DIR", help="a new or empty folder, or /etc/mailbot")
    one.add_argument("--address", metavar="ADDRESS", help="the address that registrations come to")
    one.add_argument("--provider", metavar="NAME", help="microsoft365 or google: fills in the servers")
    one.add_argument("--secretariat", metavar="ADDRESS", help="who hears of what needs a person")
    one.add_argument("--event", metavar="TITLE", help="the first event")
    one.add_argument("--starts", metavar="WHEN", help="when it starts, as 2027-01-20T14:00")

    one = command("check", "try everything before it is needed: configuration, mail servers, folders, clock")
    one.add_argument("--json", action="store_true", help="one JSON object per thing tried")

    one = command("login", "sign in at Microsoft, Google or another OAuth2 provider, for reading and sending")
    one.add_argument("mailbox", nargs="?", metavar="MAILBOX", help="which one, where several sign in")

    one = command("run", "run the service, until SIGTERM")
    one.add_argument("--once", action="store_true", help="handle what waits, send what is due, and end")
    one.add_argument(
        "--dry-run", action="store_true", help="with --once: print what would be done, and do nothing"
    )
    one.add_argument("--timings", action="store_true", help="with --once: print what took how long")

    one = command("read", "show what would be understood from forms or messages; touches nothing")
    chosen = one.add_mutually_exclusive_group()
    chosen.add_argument("--event", metavar="ID", help="read them as forms of this event")
    chosen.add_argument("--form", metavar="ID", help="read them as this form")
    one.add_argument("--json", action="store_true", help="one JSON object per file")
    one.add_argument("files", nargs="+", metavar="FILE", help="forms in any format, .eml and .msg")

    one = command("form", "make blank registration forms for an event, or adopt one that exists already")
    one.add_argument(
        "event", metavar="EVENT|adopt", help="an event; `adopt` makes forms/<id>.toml from BLANK..."
    )
    one.add_argument("blank", nargs="*", metavar="BLANK", help="adopt: the blank forms that people fill in")
    one.add_argument("--id", metavar="ID", help="adopt: the form's id; default: the first file's name")
    one.add_argument(
        "--check", nargs="+", default=[], metavar="FILLED", help="adopt: show what filled ones give"
    )
    one.add_argument(
        "--force", action="store_true", help="adopt: replace a form, keeping keys, kinds and aliases"
    )
    one.add_argument(
        "--format", default="docx,pdf,xlsx,txt", metavar="LIST", help="default: docx,pdf,xlsx,txt"
    )
    one.add_argument("--out", default=".", metavar="DIR", type=Path, help="where they come; default: here")

    one = command("messages", "list every message ever met, with its outcome")
    one.add_argument("--json", action="store_true", help="one JSON object per message")

    one = command("registrations", "list the registrations of an event")
    one.add_argument("event", metavar="EVENT", help="its id, as in events_dir")
    one.add_argument("--json", action="store_true", help="one JSON object per registration")

    one = command("explain", "say why a message was decided as it was, and where each answer came from")
    one.add_argument("message", metavar="MESSAGE", help="the ledger's id or a Message-ID")

    one = command("status", "say how things stand: polls, outcomes, what waits and why")
    chosen = one.add_mutually_exclusive_group()
    chosen.add_argument("--json", action="store_true", help="one JSON object")
    chosen.add_argument(
        "--check",
        action="store_true",
        help="one line, for monitoring; exit status 0 all well, 1 will mend itself, 2 needs a person",
    )

    one = command("workbook", "write the workbook of an event now")
    one.add_argument("event", metavar="EVENT", help="its id, as in events_dir")

    one = command("retry", "take a message up again that is shelved, failed or not understood")
    one.add_argument("message", metavar="MESSAGE", help="the ledger's id or a Message-ID")

    one = command("person", "export or erase all that is held of one person")
    one.add_argument("address", metavar="ADDRESS", help="their mail address")
    chosen = one.add_mutually_exclusive_group(required=True)
    chosen.add_argument("--export", action="store_true", help="print everything held, as JSON")
    chosen.add_argument("--erase", action="store_true", help="erase it from ledger, workbooks and raw mail")

    one = command("backup", "make a consistent copy of the ledger while everything runs")
    one.add_argument("file", metavar="FILE", type=Path, help="a new SQLite file")

    one = command("restore", "fill an empty ledger from a backup")
    one.add_argument("file", metavar="FILE", type=Path, help="what `mailbot backup` wrote")

    one = command("event", "copy the event file of a meeting for the next one")
    one.add_argument("action", choices=["copy"], help="the only one there is")
    one.add_argument("event", metavar="EVENT", help="the event to copy")
    one.add_argument("new", metavar="NEW", help="the id of the new one")
    return parser


if __name__ == "__main__":
    raise SystemExit(main())
