"""Where bots and Omnichannel live: environments, licences, extensions (specification 1.2, 7.7)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from harness.protocol.conversations import Generation
from harness.reference.domain.errors import InstallOrder


class Licence(StrEnum):
    """What an environment is licensed for."""

    BOTS = "Power Virtual Agents"
    OMNICHANNEL = "Omnichannel for Customer Service"
    CHAT = "Chat Add-in for Dynamics 365 Customer Service"


class Extension(StrEnum):
    """The extensions of the hand-off, in the order in which they are installed (VOI-22)."""

    TELEPHONY = "Power Virtual Agents telephony extension"
    OMNICHANNEL = "Omnichannel Power Virtual Agents extension"
    VOICE = "Omnichannel Voice Power Virtual Agents extension"


NEEDS = {Extension.VOICE: (Extension.TELEPHONY, Extension.OMNICHANNEL)}
"""What has to be there before: text alone does with the second extension (VOI-23)."""

LICENCES = {
    Generation.PREVIEW: (Licence.BOTS, Licence.OMNICHANNEL),
    Generation.CLASSIC: (Licence.BOTS, Licence.CHAT),
    Generation.WEB_APP: (Licence.BOTS, Licence.CHAT),
}
"""The licences that handing over needs, by generation (specification 1.2)."""


@dataclass(frozen=True, slots=True)
class Environment:
    """An environment of an organisation; `omnichannel` says whether that product is provisioned."""

    id: str
    name: str
    region: str
    omnichannel: bool = False
    licences: tuple[Licence, ...] = (Licence.BOTS,)
    extensions: tuple[Extension, ...] = ()


@dataclass(frozen=True, slots=True)
class AppRegistration:
    """An application registered in Azure; `application_id` is its `Application (client) ID`."""

    id: str
    application_id: str
    name: str


def provisioned(
    environment: Environment, deviates: Callable[[str], bool] = lambda _fault: False
) -> Environment:
    """With Omnichannel, its licences, and the extensions, which come by themselves (CON-44)."""
    extensions = () if deviates("extensions_do_not_come_along") else tuple(Extension)
    return replace(environment, omnichannel=True, licences=tuple(Licence), extensions=extensions)


def installed(environment: Environment, extension: Extension) -> Environment:
    """With the extension; one that is there already stays. Raises InstallOrder."""
    return replace(environment, extensions=ordered({*environment.extensions, extension}))


def removed(environment: Environment, extension: Extension) -> Environment:
    """Without the extension, if it was there; raises InstallOrder when another one needs it."""
    return replace(environment, extensions=ordered({*environment.extensions} - {extension}))


def ordered(extensions: Iterable[Extension]) -> tuple[Extension, ...]:
    """Extensions in the order of installing; raises InstallOrder when one lacks what it needs."""
    present = set(extensions)
    for extension in present:
        lacking = [need for need in NEEDS.get(extension, ()) if need not in present]
        if lacking:
            raise InstallOrder(
                f"{extension!s} needs {' and '.join(lacking)}:"
                " install those first, and remove them last."
            )
    return tuple(extension for extension in Extension if extension in present)


def missing_licences(environment: Environment, generation: Generation) -> list[Licence]:
    """The licences that handing over needs and that this environment lacks."""
    return [each for each in LICENCES[generation] if each not in environment.licences]


def share_region(one: Environment, other: Environment) -> bool:
    """Whether both are in the same geographical region; case and outer blanks do not count."""
    return one.region.strip().casefold() == other.region.strip().casefold()
