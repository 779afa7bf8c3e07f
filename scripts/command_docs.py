"""Makes the manual page and the completions for bash and zsh from the definitions of the commands.

python -m scripts.command_docs FOLDER        writes mailbot.1, mailbot.bash and _mailbot there
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

from mailbot.cli.main import make_parser


def commands(parser: argparse.ArgumentParser) -> dict[str, argparse.ArgumentParser]:
    """The commands by name."""
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            return dict(action.choices)
    raise ValueError("no commands")


def options(parser: argparse.ArgumentParser) -> list[argparse.Action]:
    """What a command takes, options first."""
    taken = [action for action in parser._actions if not isinstance(action, argparse._SubParsersAction)]
    return sorted(taken, key=lambda action: not action.option_strings)


def manual(parser: argparse.ArgumentParser) -> str:
    """The page in man(7)."""
    lines = [
        '.TH MAILBOT 1 "" "mailbot" "User commands"',
        ".SH NAME",
        "mailbot \\- registrations by mail: a workbook of who comes, and an answer to each sender",
        ".SH SYNOPSIS",
        ".B mailbot",
        "[\\fB\\-\\-config\\fR \\fIFILE\\fR] \\fICOMMAND\\fR ...",
        ".SH DESCRIPTION",
        _troff(parser.description or ""),
        ".SH OPTIONS",
        *_options(parser),
        ".SH COMMANDS",
    ]
    for name, command in commands(parser).items():
        lines += [f".SS {_troff(name)}", _troff(command.description or ""), *_options(command)]
    lines += [
        ".SH EXIT STATUS",
        "0 done; 1 something outside failed and will be tried again; 2 wrong usage or configuration, said in",
        "one line. \\fBstatus \\-\\-check\\fR: 0 well, 1 will mend itself, 2 needs a person.",
        ".SH FILES",
        "\\fI/etc/mailbot/mailbot.toml\\fR, the configuration; \\fI/var/lib/mailbot\\fR, the ledger;",
        "\\fI/srv/mailbot/workbooks\\fR, the workbooks.",
    ]
    return "\n".join(lines) + "\n"


def _options(parser: argparse.ArgumentParser) -> Iterator[str]:
    for action in options(parser):
        names = ", ".join(f"\\fB{_troff(one)}\\fR" for one in action.option_strings)
        metavar = action.metavar if isinstance(action.metavar, str) else action.dest.upper()
        value = "" if action.option_strings and action.nargs == 0 else f"\\fI{_troff(metavar)}\\fR"
        if action.choices and not action.metavar:
            value = "|".join(map(_troff, action.choices))
        yield ".TP"
        yield " ".join(filter(None, (names, value)))
        yield _troff(action.help or "")


def _troff(text: str) -> str:
    return text.replace("\\", "\\e").replace("-", "\\-").replace("'", "\\(aq")


def bash(parser: argparse.ArgumentParser) -> str:
    """The completion for bash: commands, then the options of the one that is given, else files."""
    cases = [f"        {name}) words='{_words(command)}' ;;" for name, command in commands(parser).items()]
    return f"""# mailbot(1) completion for bash; made from the definitions of its commands.
_mailbot() {{
    local cur=${{COMP_WORDS[COMP_CWORD]}} command= skip= word words
    for word in "${{COMP_WORDS[@]:1:COMP_CWORD-1}}"; do
        if [[ $skip ]]; then skip=; continue; fi
        case $word in
        --config) skip=1 ;;
        -*) ;;
        *) command=$word; break ;;
        esac
    done
    case $command in
        '') words='{" ".join(commands(parser))} {_words(parser)}' ;;
{chr(10).join(cases)}
    esac
    if [[ ! $skip && ( $cur == -* || ! $command ) ]]; then
        mapfile -t COMPREPLY < <(compgen -W "$words" -- "$cur")
    fi
}}
complete -o default -F _mailbot mailbot
"""


def _words(parser: argparse.ArgumentParser) -> str:
    return " ".join(
        one for action in options(parser) for one in action.option_strings if one.startswith("--")
    )


def zsh(parser: argparse.ArgumentParser) -> str:
    """The completion for zsh."""
    helps = {name: (command.description or "").rstrip(".") for name, command in commands(parser).items()}
    described = "\n".join(f"        '{name}:{_zsh(text)}'" for name, text in helps.items())
    cases = "\n".join(
        f"        {name}) _arguments {' '.join(_zsh_options(command))} '*:file:_files' ;;"
        for name, command in commands(parser).items()
    )
    return f"""#compdef mailbot
# made from the definitions of its commands
_mailbot() {{
    local state line
    local -a commands=(
{described}
    )
    _arguments -C {" ".join(_zsh_options(parser))} '1:command:->command' '*::argument:->rest'
    case $state in
    command) _describe command commands ;;
    rest)
        case $line[1] in
{cases}
        esac ;;
    esac
}}
_mailbot "$@"
"""


def _zsh_options(parser: argparse.ArgumentParser) -> Iterator[str]:
    for action in options(parser):
        for one in action.option_strings:
            value = "" if action.nargs == 0 else ":value:_files"
            yield f"'{one}[{_zsh(action.help or '')}]{value}'"


def _zsh(text: str) -> str:
    return text.replace("'", "’").replace("[", "(").replace("]", ")").replace(":", " -")


def main(folder: Path) -> None:
    """Writes all three."""
    parser = make_parser()
    for name, text in (
        ("mailbot.1", manual(parser)),
        ("mailbot.bash", bash(parser)),
        ("_mailbot", zsh(parser)),
    ):
        (folder / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
