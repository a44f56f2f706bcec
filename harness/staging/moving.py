"""How a bot is moved between environments: developed in one, exported, imported where the desk is.

Everything goes through Power Apps and the portal, as the people of the documents do it.
"""

from __future__ import annotations

from dataclasses import dataclass

from harness.cast import ADMINISTRATORS, PLATFORM, Cast
from harness.expect import solutions
from harness.protocol.lifecycle import Layer
from harness.staging import topics

DEVELOPMENT = "Development"
"""The environment in which bots are developed, as every organisation has it."""

NAME, SOLUTION = "Parcel Helper", "Parcels"
NOTE = "Note"
"""A topic that is added when a bot is changed."""


@dataclass(frozen=True, slots=True)
class Developed:
    """A bot under development and the solution that holds it, by their ids."""

    environment: str
    solution: str
    bot: str


def develops(cast: Cast, maker: str, *, connected: bool) -> Developed:
    """A published bot in the environment for development, connected there or not, in a solution."""
    environment = cast.environment(DEVELOPMENT)
    cast.platform(PLATFORM[0]).changes_environment(environment, omnichannel=True)
    person = cast.maker(maker)
    person.makes_bot(NAME)
    person.moves_bot(environment)
    person.publishes()
    if connected:
        person.connects()
    solution = cast.lifecycle(maker).makes_solution(environment, SOLUTION)
    cast.lifecycle(maker).adds_to_solution(environment, solution, person.works_on)
    return Developed(environment, solution, person.works_on)


def moves(cast: Cast, maker: str, developed: Developed, *, managed: bool) -> None:
    """Export it as it is now, import it where the desk is; the maker works on the moved bot."""
    lifecycle = cast.lifecycle(maker)
    package = lifecycle.exports(developed.environment, developed.solution, managed)
    cast.maker(maker).works_on = lifecycle.imports(cast.organisation.environment, package)


def changes(cast: Cast, maker: str, bot: str = "") -> None:
    """Write a topic into the bot that the maker works on, or into another one meanwhile."""
    person = cast.maker(maker)
    worked_on = person.works_on
    person.works_on = bot or worked_on
    person.writes_topic(NOTE, topics.on_phrase(NOTE, topics.says("Noted.")))
    person.works_on = worked_on


def takes_chats(cast: Cast, maker: str) -> Developed:
    """A bot with Omnichannel has been moved as managed, and new chats go to the moved one."""
    developed = develops(cast, maker, connected=True)
    moves(cast, maker, developed, managed=True)
    cast.administrator(ADMINISTRATORS[0]).assigns_bot(cast.maker(maker).works_on)
    return developed


def layers(cast: Cast, maker: str) -> tuple[Layer, ...]:
    """The solution layers of the bot that the maker works on."""
    lifecycle, (environment, solution, bot) = cast.lifecycle(maker), _moved(cast, maker)
    return tuple(lifecycle.layers(environment, solution, bot))


def commands(cast: Cast, maker: str) -> tuple[str, ...]:
    """What Power Apps can do with the bot that the maker works on."""
    lifecycle, (environment, solution, bot) = cast.lifecycle(maker), _moved(cast, maker)
    return tuple(lifecycle.commands(environment, solution, bot))


def removes_unmanaged_layer(cast: Cast, maker: str) -> None:
    """Of the bot that the maker works on."""
    lifecycle, (environment, solution, bot) = cast.lifecycle(maker), _moved(cast, maker)
    lifecycle.removes_unmanaged_layer(environment, solution, bot)


def _moved(cast: Cast, maker: str) -> tuple[str, str, str]:
    """Environment, solution and bot that the maker has moved where the desk is."""
    environment, bot = cast.organisation.environment, cast.maker(maker).works_on
    held = solutions.holding(cast.lifecycle(maker).solutions(environment), bot)
    return environment, held.id if held else "", bot
