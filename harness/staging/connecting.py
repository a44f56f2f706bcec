"""How far a bot is on its way to Omnichannel before a scenario begins, and in which world.

Everything goes through the portal, the Power Platform admin centre and the app registrations, as
people do it. A refusal in here makes a scenario inconclusive: it is for a When to be refused.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from harness.cast import ADMINISTRATORS, PLATFORM, Cast
from harness.errors import Inconclusive
from harness.expect.refusals import refusal_of
from harness.protocol.conversations import Generation
from harness.protocol.roles import Platform

BEFORE_NOVEMBER_2021 = datetime(2021, 10, 4, 9, tzinfo=UTC)
"""When a bot was connected that the portal of November 2021 shows as unconfigured (CON-27)."""

UNKNOWN_APPLICATION = "0f0f0f0f-1e1e-4d2d-8c3c-4b4b4b4b4b4b"
"""An Application (client) ID that no app registration has."""

TELEPHONY = "Power Virtual Agents telephony extension"
OMNICHANNEL = "Omnichannel Power Virtual Agents extension"
VOICE = "Omnichannel Voice Power Virtual Agents extension"
EXTENSIONS = (TELEPHONY, OMNICHANNEL, VOICE)
"""In the order in which they are installed; they are removed in the other one (VOI-22)."""


def is_of(cast: Cast, generation: Generation) -> None:
    """The organisation is of this generation; raises Inconclusive when it is of another one."""
    if cast.generation != generation:
        raise Inconclusive(
            f"the organisation is of the generation {cast.generation}, not {generation};"
            f" tag this scenario or its Examples @{generation}"
        )


def was_connected_in_2021(cast: Cast) -> None:
    """The first bot was connected when the portal still showed it in the old way."""
    cast.plans(connected_on=BEFORE_NOVEMBER_2021.isoformat())


def makes_environment(cast: Cast, name: str, region: str, *, omnichannel: bool) -> None:
    """There is a further environment in that region."""
    _platform(cast).makes_environment(name, region, omnichannel)


def loses_licence(cast: Cast, licence: str) -> None:
    """The home environment has every licence that it had but this one; Inconclusive without it."""
    platform, home = _platform(cast), cast.organisation.environment
    held = next(each.licences for each in platform.environments() if each.id == home)
    if licence not in held:
        raise Inconclusive(f"no licence {licence!r} to take away; there are {', '.join(held)}")
    platform.changes_environment(home, licences=[each for each in held if each != licence])


def keeps_licences(cast: Cast, licences: Sequence[str]) -> None:
    """The home environment has these licences and no other one."""
    _platform(cast).changes_environment(cast.organisation.environment, licences=list(licences))


def removes_extension(cast: Cast, extension: str) -> None:
    """The home environment lacks the extension, and the one that needs it."""
    for each in (VOICE, extension):
        _platform(cast).removes_extension(each, cast.organisation.environment)


def removes_extensions(cast: Cast) -> None:
    """The home environment has no extension at all."""
    for extension in reversed(EXTENSIONS):
        _platform(cast).removes_extension(extension, cast.organisation.environment)


def installs_extensions(cast: Cast, environment: str) -> None:
    """Somebody has installed every extension there by hand."""
    for extension in EXTENSIONS:
        _platform(cast).installs(extension, cast.environment(environment))


def has_bot_in(cast: Cast, maker: str, environment: str, name: str = "Beta Helper") -> None:
    """The maker has a new bot in that environment, published and not connected."""
    cast.maker(maker).makes_bot(name)
    cast.maker(maker).moves_bot(cast.environment(environment))
    cast.maker(maker).publishes()


def shares_bot(cast: Cast, maker: str, owner: str) -> None:
    """The maker works on the other maker's bot from now on."""
    cast.maker(maker).works_on = cast.maker(owner).works_on


def has_ready_bot(cast: Cast, maker: str, environment: str = "") -> None:
    """The maker has a new bot that only lacks an application; raises Refused."""
    chosen = cast.environment(environment) if environment else cast.organisation.environment
    cast.maker(maker).makes_bot("Beta Helper")
    cast.maker(maker).publishes()
    cast.maker(maker).enables()
    cast.maker(maker).chooses_environment(chosen)


def has_added_bot(cast: Cast, maker: str, application: str, environment: str = "") -> None:
    """The maker has connected a new bot by this application; raises Refused."""
    has_ready_bot(cast, maker, environment)
    cast.maker(maker).adds_bot(application)


def has_been_refused(cast: Cast, maker: str) -> None:
    """The maker has tried to add the bot by an unknown application; raises Inconclusive."""
    if refusal_of(lambda: cast.maker(maker).adds_bot(UNKNOWN_APPLICATION)) is None:
        raise Inconclusive("a bot could be added by an application that nobody registered")


def has_been_refused_to_connect(cast: Cast, maker: str) -> None:
    """The maker has tried to connect the bot, in vain; raises Inconclusive if it was not."""
    if refusal_of(lambda: cast.maker(maker).connects()) is None:
        raise Inconclusive("the bot could be connected, so that nothing is left to be tried again")


def takes_chats(cast: Cast, maker: str) -> None:
    """New chats go to the bot that the maker works on."""
    cast.administrator(ADMINISTRATORS[0]).assigns_bot(cast.maker(maker).works_on)


def _platform(cast: Cast) -> Platform:
    return cast.platform(PLATFORM[0])
