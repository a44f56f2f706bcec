"""Looks at the surfaces of a target: portal, admin centre, platform, Power Apps.

Each is asked as whoever may see it and has a token here. What could not be looked at is told, with
the reason: whoever reads the findings must not take silence for health.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from harness.actors.session import Session
from harness.doctor import dataverse, facts, reading
from harness.doctor.facts import World
from harness.doctor.findings import Finding, noted, wrong
from harness.doctor.needs import WORDS
from harness.errors import HarnessError, Refused
from harness.protocol.organisations import Organisation
from harness.target import Target

ASKED: Mapping[str, tuple[str, ...]] = {
    "portal": ("Mia", "Noah", "Pia", "Olga"),
    "admin": ("Olga", "Mia", "Pia"),
    "platform": ("Pia", "Mia"),
    "power-apps": ("Mia", "Pia", "Noah"),
}
"""Who may see a surface, those whose own it is first."""

OWNERS = {"Mia": "portal", "Noah": "portal", "Olga": "admin", "Pia": "platform"}
"""Whose work a surface is: one who is turned away there lacks a role."""

KNOWN = {
    "portal": "the bot, its publication and its connection",
    "admin": "workstreams and queues",
    "platform": "environments, licences, extensions and roles",
    "power-apps": "solution layers",
}
"""What a surface tells."""


class Look:
    """Asks the surfaces of one organisation, and keeps who was turned away and what stayed shut."""

    def __init__(self, target: Target, organisation: Organisation, refused: dict[str, str]) -> None:
        self._client = target.client
        self._organisation = organisation
        self.refused = refused
        self.shut: dict[str, str] = {}

    def get(self, surface: str, path: str) -> Any:
        """The JSON of a question, as the first who gets an answer; None when nobody does."""
        made, reasons = self._organisation, []
        for person in ASKED[surface]:
            account = made.account(person)
            if account is None:
                continue
            session = Session(self._client, f"{made.url}/{surface}/{made.id}", account)
            try:
                return session.get(path)
            except Refused as refusal:
                reasons.append(f"{person}: {refusal}")
                if refusal.status == 403 and OWNERS[person] == surface:
                    self.refused[person] = refusal.message
            except HarnessError as failure:
                reasons.append(str(failure))
        self.shut.setdefault(surface, "; ".join(reasons) or f"no token of {_any(ASKED[surface])}")
        return None

    def entries(self, surface: str, path: str) -> list[Any] | None:
        """The entries of a list; None when nobody may read it."""
        answer = self.get(surface, path)
        return answer.get("value") if isinstance(answer, dict) else None


def looked(
    target: Target, organisation: Organisation, refused: dict[str, str]
) -> tuple[World, list[Finding]]:
    """What was seen, and what could not be seen; `refused` are those turned away before."""
    if not organisation.url or not organisation.bot:
        missing = "url" if not organisation.url else "bot"
        why = "gives no answer" if target.addresses.get(missing) else "is not there"
        unseen = f"{'; '.join(KNOWN.values())} ([addresses] {missing} {why})"
        return _kept(target, organisation, World(refused=refused), [_not_looked_at(unseen)])
    look = Look(target, organisation, refused)
    try:
        world = _world(look, organisation)
    except (AttributeError, KeyError, TypeError, ValueError) as odd:
        return World(), [_not_looked_at(f"an answer is not as documented ({odd!r})")]
    findings = [*_unknown(look, organisation, world), *_other_generation(target, world)]
    findings += _shut(look)
    if "portal" in look.shut:
        return _kept(target, organisation, world, findings)
    return world, findings


def _kept(
    target: Target, organisation: Organisation, world: World, findings: list[Finding]
) -> tuple[World, list[Finding]]:
    """The same with what Dataverse keeps of the bot, where the portal could not be asked."""
    if not target.addresses.get("dataverse") or not organisation.bot:
        return world, findings
    bot = dataverse.seen(target, organisation)
    if isinstance(bot, str):
        return world, [*findings, _not_looked_at(f"the bot as Dataverse keeps it ({bot})")]
    return replace(world, bot=bot), findings


def _not_looked_at(what: str) -> Finding:
    return noted(f"not looked at: {what}")


def _world(look: Look, organisation: Organisation) -> World:
    shown = look.get("portal", f"bots/{organisation.bot}")
    bot = reading.bot(shown) if isinstance(shown, dict) else None
    if bot:
        bot = reading.moved(bot, look.get("portal", f"bots/{organisation.bot}/alm"))
    places = reading.places(
        look.entries("platform", "environments") or look.entries("portal", "environments") or []
    )
    streams = look.entries("admin", "workstreams")
    queues = look.entries("admin", "queues")
    fed = look.get("admin", "widget")
    people = look.entries("platform", "users")
    if bot is None:
        look.shut["power-apps"] = "which bot it is about was not seen"
    elif bot.environment and bot.layered is None:
        path = f"environments/{bot.environment}/solutions"
        bot = reading.layered(bot, look.entries("power-apps", path))
    return World(
        home=_home(places, organisation),
        bot=bot,
        places=places,
        streams=None if streams is None else tuple(reading.stream(each) for each in streams),
        queues=None if queues is None else tuple(reading.line(each) for each in queues),
        fed=fed.get("workstream") if isinstance(fed, dict) else None,
        people=None if people is None else reading.people(people),
        refused=dict(look.refused),
    )


def _home(places: Mapping[str, facts.Place], organisation: Organisation) -> str:
    marked = [place.id for place in places.values() if place.is_home]
    return marked[0] if marked else organisation.environment


def _unknown(look: Look, organisation: Organisation, world: World) -> Iterator[Finding]:
    """A bot that the portal does not have: nothing else can be said of it."""
    said = look.shut.get("portal", "")
    if world.bot is None and "404" in said and look.get("portal", "bots") is not None:
        del look.shut["portal"], look.shut["power-apps"]
        yield wrong(
            f"the portal has no bot {organisation.bot}: correct [addresses] bot, or look for it "
            "in another environment"
        )


def _other_generation(target: Target, world: World) -> Iterator[Finding]:
    """A file that names another generation: the wrong scenarios would be run."""
    if world.bot and world.bot.generation not in target.generations:
        said, there = target.generation, world.bot.generation
        yield wrong(
            f"the file says generation {said} and the portal is {WORDS[there]}: "
            f'write generation = "{there}" into the file'
        )


def _shut(look: Look) -> Iterator[Finding]:
    for surface, told in KNOWN.items():
        if surface in look.shut:
            yield _not_looked_at(f"{told} ({surface}: {look.shut[surface]})")


def _any(people: tuple[str, ...]) -> str:
    return f"{', '.join(people[:-1])} or {people[-1]}"
