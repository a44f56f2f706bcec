"""Somebody who runs the platform under bots and desk."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from harness.protocol.environments import Environment
from harness.protocol.lifecycle import Layer, Solution


class Platform(Protocol):
    """A person who runs the platform: environments, extensions, and who has which role."""

    name: str

    def environments(self) -> Sequence[Environment]:
        """All of them, the one with the desk first."""

    def makes_environment(self, name: str, region: str, omnichannel: bool = False) -> str:
        """A new environment; its id."""

    def changes_environment(
        self,
        id: str,
        *,
        name: str | None = None,
        region: str | None = None,
        omnichannel: bool | None = None,
        licences: Sequence[str] | None = None,
    ) -> None:
        """Change what is given of it; the rest stays, but Omnichannel brings what it needs."""

    def installs(self, extension: str, id: str) -> None:
        """Install the extension of that name in the environment."""

    def removes_extension(self, extension: str, id: str) -> None: ...
    def people(self) -> Mapping[str, Sequence[str]]:
        """Everybody by name, with their security roles."""

    def gives_roles(self, person: str, roles: Sequence[str]) -> None:
        """These security roles and no others."""


class Lifecycle(Protocol):
    """A person who moves solutions between environments (ALM); environments are ids."""

    name: str

    def solutions(self, environment: str) -> Sequence[Solution]:
        """All solutions of the environment, in the order in which they came."""

    def makes_solution(self, environment: str, name: str) -> str:
        """A new unmanaged solution; its id."""

    def adds_to_solution(self, environment: str, solution: str, bot: str) -> None: ...
    def exports(self, environment: str, solution: str, managed: bool) -> bytes:
        """The solution as a package, a zip archive."""

    def imports(self, environment: str, package: bytes) -> str:
        """Bring the package in; the id of the first bot that it made or changed."""

    def commands(self, environment: str, solution: str, bot: str) -> Sequence[str]:
        """What `More commands` of the bot offers in the solution."""

    def layers(self, environment: str, solution: str, bot: str) -> Sequence[Layer]:
        """The layers of the bot, the topmost first, each with what selecting it offers."""

    def removes_unmanaged_layer(self, environment: str, solution: str, bot: str) -> None: ...
    def deletes_solution(self, environment: str, solution: str) -> None: ...
