"""Why a bot is not connected, or answers nobody though it is: each root before what it causes.

What keeps a bot from being connected is named instead of "never connected", and where a bot is in
the wrong environment, what that environment lacks is not named: mending the first mends the rest.
"""

from __future__ import annotations

from collections.abc import Iterator

from harness.doctor.facts import BotUser, Place, Seen, World
from harness.doctor.findings import Finding, named, noted
from harness.doctor.needs import (
    AGENT,
    BOTS,
    DESK,
    LONGEST_NAME,
    TEXT_EXTENSION,
    VOICE_EXTENSIONS,
    WORDS,
)
from harness.protocol.conversations import Generation
from harness.protocol.portal import ConnectionState

UNMADE = (
    ConnectionState.NOT_CONFIGURED,
    ConnectionState.PANE_OPEN,
    ConnectionState.ENVIRONMENT_SELECTED,
)
PLATFORM = "the Power Platform admin centre"


def places(world: World, bot: Seen) -> list[Finding]:
    """Where the bot and the desk are, and what those environments lack."""
    return (
        list(_place(world, bot))
        or list(_provisioning(world))
        or [*_licences(world, bot), *_extensions(world, bot), *_name(bot)]
    )


def _place(world: World, bot: Seen) -> Iterator[Finding]:
    """In Classic both may be apart, in one region; in the web app they may not (F3, F4)."""
    chosen = bot.chosen or world.home
    own, desk = world.places.get(bot.environment), world.places.get(chosen)
    if bot.generation is Generation.CLASSIC and own and desk and _are_apart(own, desk):
        yield named(
            "region mismatch",
            f"{bot.name} is in {own.name} ({own.region}) and Omnichannel in {desk.name} "
            f"({desk.region}), which Classic refuses to connect: use a bot and an Omnichannel in "
            "environments of one region",
        )
    elif bot.chosen and world.home and bot.chosen != world.home:
        yield named(
            "other environment",
            f"{bot.name} is connected to the Omnichannel of {world.name_of(bot.chosen)}, and this "
            f"widget's desk is in {world.name_of(world.home)}: disconnect the bot in the portal "
            "and connect it to that one",
        )
    elif bot.generation is not Generation.PREVIEW and _is_elsewhere(world, bot):
        yield _elsewhere(world, bot)


def _are_apart(one: Place, other: Place) -> bool:
    regions = (one.region.strip().casefold(), other.region.strip().casefold())
    return all(regions) and regions[0] != regions[1]


def _is_elsewhere(world: World, bot: Seen) -> bool:
    return bool(bot.environment and world.home and bot.environment != world.home)


def _elsewhere(world: World, bot: Seen) -> Finding:
    own, home = world.name_of(bot.environment), world.name_of(world.home)
    if bot.generation is Generation.CLASSIC:
        effect = (
            "in Classic this works, but Omnichannel's analytics do not know the bot, and its "
            f"extensions are not installed in {own} by themselves: move the bot, or live with both"
        )
    else:
        effect = (
            "the web app cannot connect these two, in whatever region they are: "
            f"create or import the bot in {home}, and connect it there"
        )
    return named("other environment", f"{bot.name} is in {own} and Omnichannel in {home}; {effect}")


def _provisioning(world: World) -> Iterator[Finding]:
    home = world.places.get(world.home)
    if home and not home.omnichannel:
        yield named(
            "Omnichannel not provisioned",
            f"{home.name} has no Omnichannel, so no bot can be connected there and no conversation "
            f"finds one: provision Omnichannel in {PLATFORM}",
        )


def _licences(world: World, bot: Seen) -> Iterator[Finding]:
    wanted = ((bot.environment, BOTS), (world.home, DESK[bot.generation]))
    for id, licence in wanted:
        place = world.places.get(id)
        if place and place.licences is not None and licence not in place.licences:
            yield named(
                "licence missing",
                f"{place.name} lacks the licence {licence}, which {WORDS[bot.generation]} needs: "
                f"assign it in {PLATFORM}",
            )


def _extensions(world: World, bot: Seen) -> Iterator[Finding]:
    """Without the first nothing is handed over in the preview; later it is recommended (F8)."""
    own = world.places.get(bot.environment)
    if own is None or own.extensions is None:
        return
    voice = VOICE_EXTENSIONS if bot.generation is Generation.CLASSIC else ()
    missing = [each for each in (TEXT_EXTENSION, *voice) if each not in own.extensions]
    if TEXT_EXTENSION not in missing and not bot.voice:
        if missing:
            yield noted(f"{own.name} lacks {' and '.join(missing)}; a bot for text needs neither")
        return
    for extension in missing:
        yield named("extension missing", f"{own.name} lacks the {extension}, {_lack(bot)}")


def _lack(bot: Seen) -> str:
    effect = "so the bot does not have all variables and actions of a hand-off"
    if bot.generation is Generation.PREVIEW:
        effect = "without which the preview hands nothing over"
    return f"{effect}: install it there in {PLATFORM}, after those that it needs"


def _name(bot: Seen) -> Iterator[Finding]:
    length = len(bot.name)
    is_to_connect = bot.state in (*UNMADE, ConnectionState.DISCONNECTED)
    if bot.generation is Generation.WEB_APP and is_to_connect and length > LONGEST_NAME:
        yield named(
            "bot name too long",
            f"{bot.name} has {length} characters, and the web app connects none of more than "
            f"{LONGEST_NAME}: rename it in the portal, then connect it",
        )


def state(bot: Seen, *, is_barred: bool) -> Iterator[Finding]:
    """Where the connection stands; `is_barred` when something keeps it from being made."""
    where = f"the portal, Settings, {_menu(bot)}"
    if bot.state in UNMADE and not is_barred:
        yield named(
            "connection never made",
            f"{bot.name} was never connected to Omnichannel, so customers read error code 2013: "
            f"connect it in {where}",
        )
    elif bot.state is ConnectionState.DISCONNECTED:
        yield named(
            "disconnected",
            f"{bot.name} was disconnected, so customers read error code 2013: connect it again in "
            f"{where}",
        )
    elif bot.state is ConnectionState.DISABLED:
        yield named(
            "connection disabled",
            f"the connection of {bot.name} is disabled, so no conversation reaches it: select "
            f"Enable in {where}",
        )
    elif bot.state is ConnectionState.CONNECTED:
        yield from _connected(bot)
    elif bot.state is None and bot.user:
        yield from _user(bot, bot.user)


def _menu(bot: Seen) -> str:
    is_preview = bot.generation is Generation.PREVIEW
    return "Transfer to agent" if is_preview else "Agent transfers"


def _connected(bot: Seen) -> Iterator[Finding]:
    if bot.user is None:
        yield named(
            "application user deleted",
            f"{bot.name} is connected, and the user that stands for it in Omnichannel is gone, so "
            "customers read error code 2013: disconnect the bot in the portal and connect it again",
        )
    else:
        yield from _user(bot, bot.user)
    if bot.generation is not Generation.WEB_APP and bot.teams_channel is False:
        yield named(
            "Teams channel off",
            f"the Microsoft Teams channel of {bot.name} is off, and its conversations travel by "
            "it, so customers read error code 2013: switch it on in the bot's settings",
        )
    if bot.looks_unconfigured:
        yield noted(
            f"{bot.name} was connected before November 2021, so its tile looks unconfigured though "
            "it works: select Enable to see the connection"
        )


def _user(bot: Seen, user: BotUser) -> Iterator[Finding]:
    if user.disabled:
        yield named(
            "application user disabled",
            f"the application user of {bot.name} is disabled, so customers read error code 2013: "
            "enable it in the admin centre",
        )
    elif user.roles and AGENT not in user.roles:
        yield named(
            "role missing",
            f"the application user of {bot.name} lacks the role {AGENT}, so no conversation is "
            f"given to it: give the role in {PLATFORM}",
        )
