"""The command `handoff`: what people and CI type. Each subcommand loads only what it needs."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from harness.errors import HarnessError, UsageError

if TYPE_CHECKING:
    # argparse has no public name for what `add_subparsers` returns.
    Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"

_BOT = "an exported bot, a zip or a folder, instead of the reference's own"
EXIT_USAGE, EXIT_ERROR, EXIT_INTERRUPTED = 2, 3, 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a subcommand; the exit code says how it went.

    0 conformant or partial, 1 any fail or inconclusive, 2 usage, 3 only errors of the harness or
    the machine, 4 refused.
    """
    given = _parser().parse_args(arguments)
    module, _, name = given.does.partition(":")
    try:
        # A subcommand's module is loaded when it is asked for: `handoff run` starts at once.
        command: Callable[[argparse.Namespace], int] = getattr(import_module(module), name)
        return command(given)
    except UsageError as error:
        print(f"handoff: {error}", file=sys.stderr)
        return EXIT_USAGE
    except HarnessError as error:
        print(f"handoff: {error}", file=sys.stderr)
        return EXIT_ERROR
    except KeyboardInterrupt:
        return EXIT_INTERRUPTED
    except BrokenPipeError:
        # Whoever read our output has seen enough (`handoff steps | head`); nothing is left to say,
        # and Python must not try to say it when it ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="handoff",
        description="Judge how a conversation is handed from a bot to a person.",
    )
    parser.add_argument("--version", action="version", version=version("handoff-conformance"))
    commands = parser.add_subparsers(metavar="COMMAND", required=True)
    _running(commands)
    _proving(commands)
    _serving(commands)
    _authoring(commands)
    _reporting(commands)
    return parser


def _command(commands: Commands, name: str, does: str, help_: str) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = commands.add_parser(name, help=help_, description=help_)
    parser.set_defaults(does=does)
    return parser


def _running(commands: Commands) -> None:
    run = _command(commands, "run", "harness.engine.command:run", "run scenarios against a target")
    _scope(run)
    run.add_argument("--generation", choices=("preview", "classic", "web-app"))
    run.add_argument("--bot", metavar="PATH[::NAME]", help=_BOT)
    run.add_argument("--customer", choices=("widget", "api"), help="play customers only so")
    run.add_argument("--report", metavar="DIR", type=Path, default=Path("reports/latest"))
    run.add_argument("--expected-failures", metavar="FILE", type=Path)
    run.add_argument(
        "--require", choices=("conformant",), help="a partial verdict is a failure, too"
    )
    run.add_argument("--no-allure", action="store_true", help="build no Allure report")


def _proving(commands: Commands) -> None:
    prove = _command(
        commands,
        "prove",
        "harness.engine.proving:prove",
        "show that each check can fail: run the faults",
    )
    _scope(prove)
    # Most of a proof is waiting for what will not come, which eight can do at once.
    prove.set_defaults(workers="8")
    prove.add_argument("--fault", action="append", metavar="NAME", help="only this fault")
    prove.add_argument(
        "--search",
        action="store_true",
        help="try every scenario of a fault's requirement, not those that killed it last time",
    )
    prove.add_argument(
        "--green",
        metavar="DIR",
        help="the report of a run just before: what passed in it is not run again",
    )
    prove.add_argument("--report", metavar="DIR", type=Path, default=Path("reports/proof"))
    prove.add_argument("--proof", metavar="FILE", type=Path, help="where proof.json is written")


def _serving(commands: Commands) -> None:
    serve = _command(commands, "serve", "harness.serve:serve", "start the reference for people")
    serve.add_argument("--port", type=int, default=8443)
    serve.add_argument("--store", metavar="URL")
    serve.add_argument("--clock", choices=("real", "virtual"), default="real")
    serve.add_argument("--bot", metavar="PATH[::NAME]", help=_BOT)
    serve.add_argument("--smtp", metavar="HOST:PORT", help="the mail server for transcripts")
    serve.add_argument("--demo", action="store_true", help="with a shop, a bot and agents")
    page = "a page of yours with the widget's tag, to be opened as it is"
    serve.add_argument("--page", metavar="FILE", type=Path, action="append", default=[], help=page)


def _scope(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("paths", nargs="*", metavar="PATH", help="a folder, a file, FILE::Scenario")
    parser.add_argument("--target", metavar="NAME|FILE", default="reference")
    parser.add_argument(
        "--workers", metavar="N", default="0", type=_workers, help="processes, or auto"
    )
    parser.add_argument("--seed", type=int, metavar="N", help="seed of the made-up data")


def _workers(text: str) -> str:
    if text.isdecimal() or text == "auto":
        return text
    raise argparse.ArgumentTypeError(f"{text!r} is neither a number nor auto")


def _authoring(commands: Commands) -> None:
    bot = _command(commands, "bot", "harness.exported:show", "say what runs of an exported bot")
    bot.add_argument("path", metavar="PATH", help="a solution, zipped or unpacked, or topic YAML")
    bot.add_argument("--json", action="store_true", help="say it as JSON")
    steps = _command(
        commands, "steps", "harness.authoring.steps:show", "print every sentence a scenario may use"
    )
    steps.add_argument("word", nargs="?", default="", metavar="WORD")
    requirements = _command(
        commands,
        "requirements",
        "harness.authoring.coverage:show",
        "print what covers the register",
    )
    requirements.add_argument("word", nargs="?", default="", metavar="WORD")
    requirements.add_argument("--report", metavar="DIR", type=Path, default=Path("reports/latest"))
    doctor = _command(
        commands,
        "doctor",
        "harness.doctor:main",
        "say whether a target is reachable and configured",
    )
    doctor.add_argument("--target", metavar="NAME|FILE", default="reference")


def _reporting(commands: Commands) -> None:
    report = _command(
        commands,
        "report",
        "harness.reports.command:report",
        "build the Allure report of a run anew",
    )
    report.add_argument("directory", metavar="DIR", type=Path)
    publish = _command(
        commands,
        "publish",
        "harness.reports.command:publish",
        "add a run's report to a static site",
    )
    publish.add_argument("site", metavar="SITE", type=Path)
    publish.add_argument("--report", metavar="DIR", type=Path, default=Path("reports/latest"))


if __name__ == "__main__":
    raise SystemExit(main())
