"""From a surface's JSON to facts; a key that is not there is a fact that nobody knows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from harness.doctor.facts import PUSH, BotUser, Line, Place, Seen, Stream
from harness.protocol.conversations import Generation
from harness.protocol.portal import ConnectionState

Json = Mapping[str, Any]
STATES = {state.value: state for state in ConnectionState}


def bot(shown: Json) -> Seen:
    """A bot of the portal (docs/reference-api.md, *bot* and *connection*)."""
    connection = shown.get("connection") or {}
    notice = connection.get("notice") or {}
    return Seen(
        id=str(shown["id"]),
        name=str(shown["name"]),
        generation=Generation(shown["generation"]),
        published=shown.get("published"),
        voice=bool(shown.get("voice_enabled")),
        environment=str(shown.get("environment") or ""),
        state=STATES.get(str(connection.get("state"))),
        chosen=str(connection.get("environment") or ""),
        user=_user(connection.get("application_user")),
        teams_channel=connection.get("teams_channel"),
        looks_unconfigured=bool(connection.get("legacy_display")),
        cannot_determine=notice.get("id") == "cannotDetermine",
    )


def _user(shown: Json | None) -> BotUser | None:
    if not shown:
        return None
    roles = tuple(shown.get("security_roles") or ())
    return BotUser(str(shown["name"]), bool(shown["disabled"]), roles)


def moved(bot: Seen, shown: object) -> Seen:
    """The bot with what became of its solution (docs/reference-api.md, *ALM status*)."""
    if not isinstance(shown, Mapping):
        return bot
    return replace(
        bot,
        managed=bool(shown.get("managed")),
        layered=bool(shown.get("unmanagedLayer")),
        lags=bool(shown.get("managed")) and shown.get("latestImported") is False,
        exported_without=bool(shown.get("managed")) and shown.get("ocEnabledInExport") is False,
    )


def layered(bot: Seen, solutions: Iterable[Json] | None) -> Seen:
    """The bot with what the solutions of its environment say of its layers."""
    if solutions is None:
        return bot
    entries = [
        component
        for solution in solutions
        for component in solution.get("components", ())
        if component.get("id") == bot.id
    ]
    managed = any(entry.get("managed") for entry in entries)
    return replace(bot, managed=managed, layered=any(entry.get("layered") for entry in entries))


def places(shown: Iterable[Json]) -> dict[str, Place]:
    """Environments by their ids."""
    return {
        str(each["id"]): Place(
            id=str(each["id"]),
            name=str(each["name"]),
            region=str(each.get("region", "")),
            omnichannel=bool(each.get("omnichannel", True)),
            licences=_words(each.get("licences")),
            extensions=_words(each.get("extensions")),
            is_home=bool(each.get("home")),
        )
        for each in shown
    }


def _words(shown: Iterable[str] | None) -> tuple[str, ...] | None:
    return None if shown is None else tuple(shown)


def stream(shown: Json) -> Stream:
    """A workstream of the admin centre."""
    return Stream(
        id=shown["id"],
        name=shown["name"],
        type=shown["type"],
        mode=shown.get("mode", PUSH),
        bot=shown.get("bot"),
        queue=shown.get("queue"),
    )


def line(shown: Json) -> Line:
    """A queue of the admin centre."""
    return Line(shown["id"], shown["name"], tuple(shown.get("members", ())), shown.get("bot"))


def people(shown: Iterable[Json]) -> dict[str, tuple[str, ...]]:
    """Everybody's security roles, by name."""
    return {str(each["name"]): tuple(each.get("roles", ())) for each in shown}
