"""The thing that is judged: what its file says, where it is, and who can be played there.

A target is a file (`targets/*.toml`); `targets/example-tenant.toml` documents every key. Reading
one is cheap, so that a run can start the reference before anything else and wait for it last.
"""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from difflib import get_close_matches
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from harness import layout
from harness.durations import duration
from harness.errors import Inconclusive, NotReachable, TargetInvalid
from harness.protocol.conversations import Generation
from harness.protocol.organisations import Account, Organisation, Snippet

if TYPE_CHECKING:
    from harness.launch import Launch
    from harness.transport.http import Client

ROLES = ("customer", "agent", "supervisor", "maker", "administrator", "platform", "caller")
DRIVERS = ("widget", "api", "browser", "ask", "none")
KINDS = ("reference", "deployment")
CAPABILITIES = ("chat", "portal", "admin", "inactivity", "voice", "realtime")
ADDRESSES = (
    *("org_url", "org_id", "app_id", "page", "ca"),
    *("url", "organisation", "bot", "environment", "dataverse", "number", "callers"),
)
KEYS: Mapping[str, Sequence[str]] = {
    "": (
        *("schema", "name", "version", "generation", "kind", "capabilities", "bot", "pace"),
        *("expected_failures", "addresses", "roles", "waits", "secrets"),
    ),
    "addresses": ADDRESSES,
    "roles": ROLES,
    "waits": ("delivery", "real_time_budget"),
}
"""Every key that a target's file may have, by table; `secrets` takes any person's name."""

VARIABLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
FOLDERS = (Path("targets"), layout.TARGETS)
"""Where a target is looked for by its name."""


@dataclass(frozen=True, slots=True)
class Waits:
    """How long the target may take to deliver, and how long a run may wait for a real clock."""

    delivery: timedelta = timedelta(seconds=5)
    real_time_budget: timedelta = timedelta(0)


@dataclass
class Target:
    """One target. `generations` are in order of preference; `secrets` name environment variables.

    `roles` says how each role can be played there, most often by one driver; a role that the file
    does not name cannot be played. `bot` is where the reference finds the bot that it runs, `pace`
    how many times as fast as ours its clock runs; 0 is a clock that stands still until it is moved.
    `expected_failures` lists what is known to be wrong with it (`harness.baseline`).
    """

    name: str
    kind: str
    generations: tuple[Generation, ...]
    version: str = ""
    bot: str = ""
    pace: float = 0.0
    expected_failures: Path | None = None
    capabilities: frozenset[str] = frozenset()
    roles: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    waits: Waits = Waits()
    addresses: Mapping[str, Any] = field(default_factory=dict)
    secrets: Mapping[str, str] = field(default_factory=dict)
    _launch: Launch | None = field(default=None, repr=False)
    _address: dict[str, str] = field(default_factory=dict, repr=False)

    @property
    def generation(self) -> Generation:
        """The generation that the target prefers."""
        return self.generations[0]

    def drivers(self, role: str) -> tuple[str, ...]:
        """How the role can be played there; `("none",)` when it cannot."""
        return self.roles.get(role, ("none",))

    def start(self, *, store: str | None = None, faults: Sequence[str] = ()) -> None:
        """Start the reference's process and wait for nothing; a deployment is there already."""
        if self.kind == "deployment" or self._address or self._launch:
            return
        from harness.launch import Launch  # noqa: PLC0415  (start-up: not every run starts one)

        self._launch = Launch(store=store, faults=faults, bot=self.bot, pace=self.pace)

    def ready(self) -> Mapping[str, str]:
        """Wait until it can be asked; the address. Raises NotReachable when it did not start."""
        if self._launch and not self._address:
            self._address = self._launch.ready()
        if failure := self._address.get("failure"):
            raise NotReachable(failure)
        return self.address()

    def stop(self) -> None:
        """Close the client and end the process that `start` started, if it did."""
        if "client" in self.__dict__:
            self.client.close()
        if self._launch:
            self._launch.stop()
            self._launch = None

    def address(self) -> dict[str, str]:
        """Where it is, for any process: `url`, `ca`, `control`, as far as it has them."""
        named = {key: str(self.addresses[key]) for key in ("url", "ca") if key in self.addresses}
        return self._address or named

    def faults(self) -> list[dict[str, str]]:
        """The catalogue: name, requirement, killed_by, customer, scope and notice of each fault."""
        control = self.ready()["control"]
        rows: list[dict[str, str]] = self.client.call("GET", f"{control}/faults")["value"]
        return rows

    def at(self, address: Mapping[str, str]) -> Target:
        """The same target at the address that another process has started it at."""
        return replace(self, _address=dict(address), _launch=None)

    @cached_property
    def client(self) -> Client:
        """The one client of this process for this target: its trust takes 50 ms to make.

        Raises TargetInvalid for a file of certificates that cannot be read.
        """
        from harness.transport.http import Client, trust  # noqa: PLC0415  (start-up)

        ca = self.address().get("ca")
        try:
            return Client(trust(ca))
        except OSError as problem:  # Missing, or no certificates: ssl.SSLError is one, too.
            why = problem.strerror or problem
            raise TargetInvalid(f"[addresses] ca cannot be used: {ca}: {why}") from problem

    def organisation(self) -> Organisation:
        """The organisation of a deployment, which is always the same one.

        Raises Inconclusive when an address that every customer needs is missing.
        """
        missing = [key for key in ("org_url", "org_id", "app_id") if not self.addresses.get(key)]
        if missing:
            raise Inconclusive(f"target {self.name}: [addresses] lacks {', '.join(missing)}")
        found = self.addresses
        return Organisation(
            id=found.get("organisation", found["org_id"]),
            generation=self.generation,
            url=found.get("url", ""),
            snippet=Snippet(
                found["app_id"], found["org_id"], found["org_url"], found.get("page", "")
            ),
            bot=found.get("bot", ""),
            environment=found.get("environment", ""),
            accounts=tuple(
                Account(person, (), os.environ[variable])
                for person, variable in self.secrets.items()
                if variable in os.environ
            ),
            number=found.get("number", ""),
            callers=tuple(found.get("callers", ())),
        )


def load(name: str, *, bot: str | None = None) -> Target:
    """Read a target: a path to a `.toml` file, or the name of one in `targets/`.

    `bot` is the path of an exported bot for the reference to run, instead of what the file says.
    Raises TargetInvalid, which names file, key and the nearest key that there is.
    """
    path = _find(name)
    try:
        content = tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as problem:
        raise TargetInvalid(f"{path}: {problem}") from problem
    return _with_bot(path, _read(path, content), bot)


def _with_bot(path: Path, target: Target, asked: str | None) -> Target:
    bot = asked or (target.bot and str(path.parent / target.bot))
    if not bot:
        return target
    if target.kind != "reference":
        raise TargetInvalid(f"{path}: a {target.kind} has a bot of its own; leave bot out")
    place = Path(bot.partition("::")[0])
    if not place.exists():
        raise TargetInvalid(f"there is no {place}: bot is a zip or a folder, or PATH::NAME")
    return replace(target, bot=bot, version=target.version or f"with {place.name}")


def _find(name: str) -> Path:
    if name.endswith(".toml"):
        return Path(name)
    candidates = [folder / f"{name}.toml" for folder in FOLDERS]
    for candidate in candidates:
        if candidate.is_file():
            return candidate
    known = sorted({file.stem for folder in FOLDERS for file in folder.glob("*.toml")})
    raise TargetInvalid(f"no target {name!r}; there are {', '.join(known) or 'none'}")


def _read(path: Path, content: Mapping[str, Any]) -> Target:
    _refuse_unknown(path, "", content)
    for table in ("addresses", "roles", "waits"):
        _refuse_unknown(path, table, content.get(table, {}))
    if content.get("schema") != 1:
        raise TargetInvalid(f"{path}: schema = 1 is the one that is known")
    kind = _one_of(path, "kind", content.get("kind"), KINDS)
    waits, pace = content.get("waits", {}), _pace(path, kind, content.get("pace", 0))
    return Target(
        name=str(content.get("name") or path.stem),
        kind=kind,
        version=str(content.get("version", "")) or _clock(pace),
        pace=pace,
        bot=str(content.get("bot", "")),
        expected_failures=_beside(path, content.get("expected_failures")),
        generations=_generations(path, content.get("generation")),
        capabilities=frozenset(
            _one_of(path, "capabilities", word, CAPABILITIES)
            for word in content.get("capabilities", ())
        ),
        roles=_roles(path, content.get("roles", {})),
        waits=Waits(**{key: _wait(path, key, text) for key, text in waits.items()}),
        addresses=content.get("addresses", {}),
        secrets=_secrets(path, content.get("secrets", {})),
    )


def _beside(path: Path, written: object) -> Path | None:
    """A file that is named by its place beside the target's."""
    if written is None:
        return None
    if not (isinstance(written, str) and (path.parent / written).is_file()):
        told = f"{path}: expected_failures is a file beside this one; there is no {written!r}"
        raise TargetInvalid(told)
    return path.parent / written


def _pace(path: Path, kind: str, written: object) -> float:
    if written and kind != "reference":
        raise TargetInvalid(f"{path}: nobody sets the pace of a deployment's clock; leave pace out")
    if isinstance(written, bool) or not isinstance(written, int | float) or written < 0:
        raise TargetInvalid(f"{path}: pace is a number, such as 120, not {written!r}")
    return float(written)


def _clock(pace: float) -> str:
    """What reports say of a clock that nobody moves."""
    return f"on a real clock, {pace:g} times as fast" if pace else ""


def _secrets(path: Path, content: Mapping[str, Any]) -> dict[str, str]:
    for person, variable in content.items():
        if not (isinstance(variable, str) and VARIABLE.fullmatch(variable)):
            # It may be the token itself, so it is not shown.
            raise TargetInvalid(
                f"{path}: [secrets] {person} must be the name of an environment variable, such as "
                f"HANDOFF_TOKEN_{person.upper()}; no secret stands in a target's file"
            )
    return dict(content)


def _refuse_unknown(path: Path, table: str, content: Mapping[str, Any]) -> None:
    if not isinstance(content, Mapping):
        raise TargetInvalid(f"{path}: [{table}] must be a table")
    for key in content:
        if key not in KEYS[table]:
            place = f"[{table}] {key}" if table else key
            raise TargetInvalid(f"{path}: unknown key {place}{_nearest(key, KEYS[table])}")


def _generations(path: Path, written: object) -> tuple[Generation, ...]:
    words = written if isinstance(written, list) else [written]
    known = [generation.value for generation in Generation]
    return tuple(Generation(_one_of(path, "generation", word, known)) for word in words)


def _roles(path: Path, written: Mapping[str, object]) -> dict[str, tuple[str, ...]]:
    roles = {}
    for role, drivers in written.items():
        words = drivers if isinstance(drivers, list) else [drivers]
        roles[role] = tuple(_one_of(path, f"[roles] {role}", word, DRIVERS) for word in words)
    return roles


def _wait(path: Path, key: str, written: object) -> timedelta:
    try:
        return duration(str(written))
    except ValueError as problem:
        raise TargetInvalid(f"{path}: [waits] {key}: {problem}") from None


def _one_of(path: Path, key: str, word: object, known: Sequence[str]) -> str:
    if word in known:
        return str(word)
    wrong = "is missing" if word is None else f"cannot be {word!r}"
    raise TargetInvalid(f"{path}: {key} {wrong}{_nearest(str(word), known)}")


def _nearest(word: str, known: Sequence[str]) -> str:
    close = get_close_matches(word, known, n=1, cutoff=0.5)
    if close:
        return f"; did you mean {close[0]}?"
    return f"; known: {', '.join(known)}"
