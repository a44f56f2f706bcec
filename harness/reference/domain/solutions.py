"""Solutions: how bots move between environments, and what moving does to them (2.7).

A managed solution puts its content under an unmanaged layer that everybody's later changes go to.
Layers are kept by topic, as the platform keeps them by component: an upgrade changes below, and a
topic that somebody changed in the target stays as it was changed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterable, Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from itertools import chain, count

from harness.reference.domain.bots import Bot, Managed, Topics, prefix_of
from harness.reference.domain.errors import OlderVersion, WrongPublisher

Deviates = Callable[[str], bool]
Versions = tuple[int, ...]

FIRST = "1.0.0.0"
UNMANAGED_LAYER = "Unmanaged layer"
SEE_LAYERS = "See solution layers"
REMOVE_LAYER = "Remove unmanaged layer"

_VERSION = re.compile(r"[0-9]{1,9}(?:\.[0-9]{1,9}){1,3}")


def _conforms(_fault: str) -> bool:
    return False


@dataclass(frozen=True, slots=True)
class Publisher:
    """Who answers for a solution; `prefix` is what its names begin with."""

    name: str
    prefix: str


@dataclass(frozen=True, slots=True)
class Solution:
    """A solution of an environment; `name` is unique there, `title` is what people read.

    `bots` are the ids of its bots. `version` is the one that it had when its bots had been changed
    `counted` times together: each change since makes it one more (`version_of`).
    """

    id: str
    environment: str
    name: str
    title: str
    publisher: Publisher
    version: str = FIRST
    managed: bool = False
    bots: tuple[str, ...] = ()
    counted: int = 0


@dataclass(frozen=True, slots=True)
class Kept:
    """Files of a package that the reference does not read, given back by the next export.

    The id is a bot's or a solution's; paths are those in the package.
    """

    id: str
    files: dict[str, bytes]


@dataclass(frozen=True, slots=True)
class Layer:
    """A layer of a bot; `offers` is what may be done once it is selected."""

    name: str
    managed: bool
    version: str = ""
    publisher: str = ""
    offers: tuple[str, ...] = ()


def notice(bot: Bot, latest: bool, deviates: Deviates = _conforms) -> bool:
    """Whether the portal cannot determine if Omnichannel is enabled: the table of 2.7.

    `latest`: no export of a later revision could be made anywhere (`is_latest`).
    """
    managed = bot.managed
    if managed is None:
        return deviates("notice_in_development")
    unknown = not managed.omnichannel and not deviates("notice_overlooks_missing_omnichannel")
    layered = bot.layered and not deviates("notice_overlooks_layer")
    if unknown or layered or not latest:
        return not deviates("notice_never_shown")
    return deviates("notice_never_goes")


def is_latest(bot: Bot, namesakes: Iterable[Bot]) -> bool:
    """Whether no bot under development elsewhere is ahead of what was imported last."""
    return bot.managed is None or all(
        other.revision <= bot.managed.revision
        for other in namesakes
        if other.managed is None and other.environment != bot.environment
    )


def edited(bot: Bot) -> Bot:
    """The bot after a change of its content; of a managed one this is its unmanaged layer."""
    return replace(bot, revision=bot.revision + 1, layered=bot.managed is not None)


def reverted(bot: Bot) -> Bot:
    """The bot without its unmanaged layer; its connection is no part of that."""
    managed = bot.managed
    if managed is None:
        return bot
    return replace(
        bot,
        name=managed.name,
        voice_enabled=managed.voice_enabled,
        revision=managed.revision,
        layered=False,
    )


def upgraded(bot: Bot, managed: Managed) -> Bot:
    """The bot with other managed content below its unmanaged layer, if it has one."""
    before = bot.managed
    if before is None or not bot.layered:
        return reverted(replace(bot, managed=managed))
    renamed, switched = bot.name != before.name, bot.voice_enabled != before.voice_enabled
    return replace(
        bot,
        managed=managed,
        name=bot.name if renamed else managed.name,
        voice_enabled=bot.voice_enabled if switched else managed.voice_enabled,
        revision=max(bot.revision, managed.revision + 1),
    )


def rebased(before: Topics, edited: Topics, now: Topics) -> Topics:
    """New managed topics under the changes that were made to the managed ones before."""
    return replace(
        now,
        id=edited.id,
        texts=_over(before.texts, edited.texts, now.texts),
        sources=edited.sources | now.sources,
        dialogs=edited.dialogs | now.dialogs,
        stubs=edited.stubs or now.stubs,
    )


def _over(
    before: Mapping[str, str], edited: Mapping[str, str], now: Mapping[str, str]
) -> dict[str, str]:
    kept = {name: text for name, text in now.items() if name in edited or name not in before}
    return kept | {name: text for name, text in edited.items() if before.get(name) != text}


def overwritten(there: Topics, brought: Topics) -> Topics:
    """Topics after an unmanaged import: it adds and overwrites, and removes nothing."""
    return replace(
        there,
        texts=there.texts | brought.texts,
        sources=there.sources | brought.sources,
        dialogs=there.dialogs | brought.dialogs,
        off=tuple(sorted({*there.off} - {*brought.texts} | {*brought.off})),
        entities=there.entities | brought.entities,
        variables=there.variables | brought.variables,
        stubs=there.stubs or brought.stubs,
        signs_in=brought.signs_in,
    )


def layers(bot: Bot, solution: Solution | None) -> tuple[Layer, ...]:
    """The layers of a bot, the topmost first: what customers meet is what is on top."""
    if bot.managed is None or solution is None:
        return (Layer(UNMANAGED_LAYER, managed=False),)
    below = Layer(
        solution.title, managed=True, version=solution.version, publisher=solution.publisher.name
    )
    if not bot.layered:
        return (below,)
    return (Layer(UNMANAGED_LAYER, managed=False, offers=(REMOVE_LAYER,)), below)


def name_for(title: str, taken: Container[str]) -> str:
    """A unique name from what people read: its Latin letters and digits, and a number if need be.

    `taken` are the names of the environment, folded.
    """
    letters = "".join(filter(str.isalnum, title.encode("ascii", "ignore").decode()))[:60]
    plain = letters if letters[:1].isalpha() else f"Solution{letters}"
    names = chain((plain,), (f"{plain}{number}" for number in count(2)))
    return next(name for name in names if name.casefold() not in taken)


def publisher_of(environment: str) -> Publisher:
    """The publisher that every environment has from the start."""
    return Publisher(f"Cr{sha256(environment.encode()).hexdigest()[3:8]}", prefix_of(environment))


def version_of(solution: Solution, bots: Iterable[Bot]) -> str:
    """The version that an export of the solution has now."""
    if solution.managed:
        return solution.version
    *front, last = solution.version.split(".")
    grown = int(last) + max(0, sum(bot.revision for bot in bots) - solution.counted)
    return ".".join((*front, str(grown)))


def is_version(text: str) -> bool:
    """Whether this is a version of a solution: two to four numbers."""
    return _VERSION.fullmatch(text) is not None


def refuse_older(version: str, installed: str) -> None:
    """Raises OlderVersion when the version is lower than the one that is installed."""
    if _numbers(version) < _numbers(installed):
        raise OlderVersion(
            f"solution.xml: version {version} is older than {installed}, which is installed here."
            " Export the solution again where it is developed."
        )


def refuse_foreign(publisher: Publisher, installed: Publisher) -> None:
    """Raises WrongPublisher for a solution of the same name that somebody else publishes."""
    if publisher.name != installed.name:
        raise WrongPublisher(
            f"solution.xml: the publisher is {publisher.name!r}, and that of the solution of this"
            f" name here is {installed.name!r}. Only its own publisher updates a solution."
        )


def _numbers(version: str) -> Versions:
    numbers = [int(part) for part in version.split(".")]
    return tuple(numbers + [0] * (4 - len(numbers)))
