"""How the reference is started: its command line and the file of organisations."""

from __future__ import annotations

import argparse
import difflib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec

from harness.reference.bot.exports.packages import Package
from harness.reference.domain.errors import DomainError, Malformed
from harness.reference.faults import CATALOGUE
from harness.reference.operations import imports, plans
from harness.reference.operations.plans import Plan

SQLITE = "sqlite:///"
LAST_PORT = 65535
FASTEST = 3600
"""The greatest pace of a real clock: an hour in a second."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What the command line says. `store` None is a database in memory; port 0 is any free one."""

    port: int = 0
    store: Path | None = None
    virtual: bool = False
    pace: float = 1.0
    control: bool = False
    demo: bool = False
    organisations: tuple[Plan, ...] = ()
    faults: frozenset[str] = frozenset()
    attached: bool = False
    bots: tuple[Package, ...] = ()
    smtp: tuple[str, int] | None = None


def parsed(arguments: Sequence[str]) -> Settings:
    """The settings of a command line; exits with 2 and a sentence when it is wrong."""
    parser = argparse.ArgumentParser(prog="python -m harness.reference", description=__doc__)
    add = parser.add_argument
    add("--port", type=int, default=0, help="0 (the default) takes a free one")
    add("--store", type=_store, metavar="sqlite:///FILE", help="default: in memory")
    add("--clock", choices=("real", "virtual"), default="real")
    add("--pace", type=_pace, default=1.0, metavar="N", help="a real clock N times as fast")
    add("--control", action="store_true", help="mount the control surface")
    add("--demo", action="store_true", help="organisations ready to use, and a start page")
    add("--organisation", type=_plans, default=(), metavar="FILE", help="organisations, as JSON")
    add("--fault", type=_fault, action="append", default=[], metavar="NAME")
    add("--attached", action="store_true", help="stop when standard input ends, too")
    add("--bot", type=_bots, default=(), metavar="PATH[::NAME]", help="an exported bot for all")
    add("--smtp", type=_server, metavar="HOST:PORT", help="the mail server for transcripts")
    given = parser.parse_args(arguments)
    if given.pace != 1.0 and (given.clock == "virtual" or given.store):
        parser.error("--pace is for --clock real and a store in memory: time must not go back")
    if refusal := _refusal(given.organisation, virtual=given.clock == "virtual"):
        parser.error(f"--organisation: {refusal}")
    return Settings(
        given.port,
        given.store,
        given.clock == "virtual",
        given.pace,
        given.control,
        given.demo,
        given.organisation,
        frozenset(given.fault),
        given.attached,
        given.bot,
        given.smtp,
    )


def _store(text: str) -> Path | None:
    if text in ("memory", ":memory:", "sqlite://"):
        return None
    if not text.startswith(SQLITE):
        raise argparse.ArgumentTypeError(f"{text!r} is no store; write sqlite:///FILE")
    return Path(text.removeprefix(SQLITE))


def _pace(text: str) -> float:
    try:
        pace = float(text)
    except ValueError:
        pace = 0.0
    if not 1 <= pace <= FASTEST:
        raise argparse.ArgumentTypeError(f"{text!r} is no pace; write a number from 1 to {FASTEST}")
    return pace


def _plans(name: str) -> tuple[Plan, ...]:
    """One organisation, or a list of them, with the keys of the control surface's creation."""
    try:
        read = msgspec.json.decode(Path(name).read_bytes(), type=list[Plan] | Plan)
    except (OSError, msgspec.DecodeError) as error:
        raise argparse.ArgumentTypeError(f"{name}: {error}") from None
    return tuple(read) if isinstance(read, list) else (read,)


def _refusal(found: Iterable[Plan], *, virtual: bool) -> DomainError | None:
    """Why one of these organisations cannot be; None when each can."""
    ids: set[str] = set()
    try:
        for plan in found:
            plans.refuse_impossible(plan, plans.start(plan, virtual=virtual))
            if plan.id in ids:
                return Malformed(f"two organisations have the id {plan.id}.")
            ids |= {plan.id} if plan.id else set()
    except DomainError as error:
        return error
    return None


def _bots(path: str) -> tuple[Package, ...]:
    try:
        return imports.opened(path)
    except DomainError as error:
        hint = f"`handoff bot {path.partition('::')[0]}` tells all of it"
        raise argparse.ArgumentTypeError(f"{path}: {error} {hint}") from None


def _server(text: str) -> tuple[str, int]:
    host, _, port = text.rpartition(":")
    if not host or not port.isdecimal() or not 0 < int(port) <= LAST_PORT:
        raise argparse.ArgumentTypeError(f"{text!r} is no mail server; write HOST:PORT")
    return host.strip("[]"), int(port)


def _fault(name: str) -> str:
    if name not in CATALOGUE:
        near = difflib.get_close_matches(name, CATALOGUE, 1)
        hint = f"; did you mean {near[0]}?" if near else ""
        raise argparse.ArgumentTypeError(f"there is no fault {name!r}{hint}")
    return name
