"""The environments of an organisation, as people of the platform see them (CON, VOI)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Environment:
    """Where bots live; `omnichannel` says whether that product is provisioned there.

    Licences and extensions by name, extensions in the order of installing.
    """

    id: str
    name: str
    region: str
    omnichannel: bool
    licences: tuple[str, ...] = ()
    extensions: tuple[str, ...] = ()
